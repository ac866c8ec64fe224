"""What can be worked out of hidden numbers: against every solution there is, counted out."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.indicators.recovery import Links, Ranges, Terms, work_out

MOST = 6
"""The greatest value of a cell in the invented systems: few enough to count all solutions out."""


def system(signs: Sequence[Sequence[int]], solution: Sequence[int]) -> tuple[list[Terms], Ranges]:
    """Set up sums of hidden cells whose totals are known, and bounds of 0 to `MOST`."""
    count = len(solution)
    equations: list[Terms] = []
    known: dict[int, float] = {}
    for row in signs:
        terms = tuple((sign, cell) for cell, sign in enumerate(row) if sign)
        total = count + len(known)
        known[total] = sum(sign * solution[cell] for sign, cell in terms)
        equations.append((*terms, (-1, total)))
    lowest: dict[int, float] = dict.fromkeys(range(count), 0)
    for cell in range(count):
        top, left = 1000 + cell, 2000 + cell
        known[top] = MOST
        lowest[left] = 0
        equations.append(((1, cell), (1, left), (-1, top)))
    ranges = work_out(equations, known, lowest, set(lowest))
    ranges.eliminate()
    return equations, ranges


def solutions(signs: Sequence[Sequence[int]], solution: Sequence[int]) -> list[tuple[int, ...]]:
    """Every whole solution, by trying all."""
    totals = [sum(s * v for s, v in zip(row, solution, strict=True)) for row in signs]
    return [
        values
        for values in product(range(MOST + 1), repeat=len(solution))
        if [sum(s * v for s, v in zip(row, values, strict=True)) for row in signs] == totals
    ]


def test_one_hidden_cell_is_the_rest() -> None:
    ranges = work_out([((1, 0), (1, 1), (-1, 2))], {1: 7, 2: 10}, {0: 1}, {0})
    assert ranges.exact(0) == 3


def test_two_hidden_cells_are_not_known_but_bounded() -> None:
    ranges = work_out([((1, 0), (1, 1), (-1, 2))], {2: 10}, {0: 1, 1: 1}, {0, 1})
    assert (ranges.lowest[0], ranges.highest[0], ranges.exact(0)) == (1, 9, None)
    assert not ranges.is_forced(0, 3)


def test_without_an_upper_bound_nothing_is_exact() -> None:
    ranges = work_out([((1, 0), (-1, 1), (-1, 2))], {2: 4}, {0: 1, 1: 1}, {0, 1})
    assert (ranges.lowest[0], ranges.exact(0), ranges.exact(1)) == (5, None, None)


def test_three_sums_of_pairs_give_all_three() -> None:
    """No sum has fewer than two hidden cells, and together they hide nothing."""
    signs = [(1, 1, 0), (1, 0, 1), (0, 1, 1)]
    _, ranges = system(signs, (1, 2, 4))
    assert [ranges.exact(cell) for cell in range(3)] == [1, 2, 4]


def test_amounts_need_not_be_whole() -> None:
    equations: list[Terms] = [((1, 0), (1, 1), (-1, 2))]
    ranges = work_out(equations, {2: 0.5}, {0: 0, 1: 0}, set())
    assert (ranges.highest[0], ranges.exact(0)) == (0.5, None)
    assert work_out(equations, {2: 0.5}, {0: 0, 1: 0}, {0}).exact(0) == 0


def test_what_is_published_at_odds_with_itself_comes_to_an_end() -> None:
    equations: list[Terms] = [((1, 0), (-1, 1), (-1, 2)), ((1, 1), (-1, 0), (-1, 3))]
    ranges = work_out(equations, {2: 1, 3: 1}, {0: 0, 1: 0}, {0, 1})
    assert ranges.exact(0) is None


def test_found_only_by_supposing_it_otherwise() -> None:
    """a + c + d = 10 and a - b - c - d = 1: b is odd, and with a of 6 at most, a is 6 and b is 1."""
    signs, solution = [(1, 0, 1, 1), (1, -1, -1, -1)], (6, 1, 0, 4)
    _, ranges = system(signs, solution)
    for cell in (0, 1):
        assert ranges.exact(cell) is None
        assert ranges.is_forced(cell, solution[cell])
        assert {values[cell] for values in solutions(signs, solution)} == {solution[cell]}
    assert not ranges.is_forced(3, 4)


SYSTEMS = st.integers(2, 5).flatmap(
    lambda count: st.tuples(
        st.lists(
            st.lists(st.sampled_from([-1, 0, 1, 1]), min_size=count, max_size=count),
            min_size=1,
            max_size=4,
        ),
        st.lists(st.integers(0, MOST), min_size=count, max_size=count),
    )
)


@settings(max_examples=150, deadline=None)
@given(SYSTEMS)
def test_every_solution_lies_within_the_ranges(drawn: tuple[list[list[int]], list[int]]) -> None:
    signs, solution = drawn
    _, ranges = system(signs, solution)
    possible = solutions(signs, solution)
    for cell, value in enumerate(solution):
        values = {each[cell] for each in possible}
        assert ranges.lowest[cell] <= min(values)
        assert ranges.highest[cell] >= max(values)
        if ranges.exact(cell) is not None or ranges.is_forced(cell, value):
            assert values == {value}
    before = dict(ranges.lowest), dict(ranges.highest)
    ranges.is_forced(0, solution[0])
    assert (ranges.lowest, ranges.highest) == before


CHAIN: list[Terms] = [
    ((1, 0), (1, 1), (-1, 2)),
    ((1, 2), (1, 3), (-1, 4)),
    ((1, 4), (1, 5), (-1, 6)),
]
"""Each sum shares one cell with the next."""


def test_sums_are_linked_by_the_cells_that_are_not_known_and_by_no_others() -> None:
    links = Links(CHAIN, [0, 3])
    assert [each.numbers for each in links.sets()] == [{0}, {1}]
    first, second = links.sets()
    first.found, second.found = [[0]], [[]]
    links.open(5)
    assert [each.found for each in links.sets()] == [[[0]], [[]], []], (
        "the others stay as they were"
    )
    links.open(2)
    assert sorted(map(sorted, (each.numbers for each in links.sets()))) == [[0, 1], [2]]
    assert all(each.found == [] for each in links.sets())
    links.open(4)
    [every] = links.sets()
    assert links.equations_of(every) == CHAIN


def test_combinations_are_looked_at_only_when_asked_for() -> None:
    """Three sums of pairs: each by itself leaves bounds, and together they give all."""
    sums: list[Terms] = [
        ((1, 0), (1, 1), (-1, 3)),
        ((1, 0), (1, 2), (-1, 4)),
        ((1, 1), (1, 2), (-1, 5)),
    ]
    ranges = work_out(sums, {3: 30, 4: 40, 5: 50}, dict.fromkeys(range(3), 0), {0, 1, 2})
    assert [ranges.exact(cell) for cell in range(3)] == [None, None, None]
    ranges.eliminate()
    assert [ranges.exact(cell) for cell in range(3)] == [10, 20, 30]
