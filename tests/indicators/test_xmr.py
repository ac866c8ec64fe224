"""XmR charts: limits, special causes, assurance, guards and the reading in words."""

from collections.abc import Sequence
from dataclasses import astuple
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.indicators.xmr import Assurance, Kind, Signal, XmrResult, reading, reading_short, xmr

VECTOR = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
SERIES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40)


def flagged(result: XmrResult, signal: Signal | None = None) -> list[int]:
    """Numbers of the points with a signal (or this one), the first point being 1."""
    return [
        number
        for number, point in enumerate(result.points, 1)
        if (point.signal == signal if signal is not None else point.signal is not Signal.NONE)
    ]


def fixed(wobble: float, rest: Sequence[float]) -> XmrResult:
    """A series whose limits rest on 20 points: mean 0, mean moving range 2 x wobble, then the rest."""
    return xmr([wobble, -wobble] * 10 + list(rest), better="higher", fix_after=20)


@pytest.mark.parametrize(
    ("screened", "expected"),
    [
        (True, (1.9444, 1.0000, -0.7156, 4.6044, 0.1711, 3.7178)),
        (False, (1.9444, 1.8824, -3.0626, 6.9515, -1.3936, 5.2825)),
    ],
)
def test_the_test_vector(screened: bool, expected: tuple[float, ...]) -> None:
    result = xmr(VECTOR, better="higher", screen_outliers=screened)
    (segment,) = result.segments
    assert tuple(round(each, 4) for each in astuple(segment)[3:]) == expected
    assert astuple(segment)[:3] == (0, 17, 18)
    assert flagged(result) == [5]
    point = result.points[4]
    assert (point.signal, point.direction, point.kind) == (
        Signal.BEYOND_LIMIT,
        1,
        Kind.IMPROVEMENT,
    )


def test_screening_leaves_out_a_range_at_the_cut_and_only_once() -> None:
    # Ranges: 29 of 1 and one large, r. The mean is (29 + r) / 30 and the cut 3.267 times that.
    # r is at the cut when r = 3.267 * 29 / (30 - 3.267).
    values = [0, 1] * 15
    at_the_cut = 3.267 * 29 / 26.733
    for size, mean_range in ((at_the_cut - 0.001, (29 + at_the_cut - 0.001) / 30), (4, 1.0)):
        (segment,) = xmr([*values, 1 + size], better="higher").segments
        assert segment.mean_moving_range == pytest.approx(mean_range)
    # Ranges 3.267, 0.233, 0.25 and 0.25: their mean is 1, and the first is the cut itself.
    (segment,) = xmr([0, 3.267, 3.034, 3.284, 3.034], better="higher").segments
    assert segment.mean_moving_range == pytest.approx(0.733 / 3)
    # 28 of 1, 4 and 100: the cut is 14.4 and leaves 4 in; a second screening would drop it at 3.6.
    (segment,) = xmr([0, 1] * 14 + [0, 4, 104], better="higher").segments
    assert segment.mean_moving_range == pytest.approx(32 / 29)


def test_a_point_on_the_limit_is_not_beyond_it() -> None:
    # Limits 2.66 x 2 = 5.32 to either side of 0.
    assert fixed(1, []).segments[0].upper == 5.32
    assert flagged(fixed(1, [5.32, -5.32])) == []
    assert flagged(fixed(1, [5.33, -5.33]), Signal.BEYOND_LIMIT) == [21, 22]


def test_a_trend_is_seven_points_and_all_are_flagged() -> None:
    assert flagged(fixed(5, [-6, -4, -2, 0, 2, 4])) == []  # 5 down to -6: 6 points rising
    assert flagged(fixed(5, [-6, -4, -2, 0, 2, 4, 6])) == [21, 22, 23, 24, 25, 26, 27]
    falling = fixed(5, [6, 4, 2, 0, -2, -4, -6, -5, -4])
    assert flagged(falling, Signal.TREND) == [21, 22, 23, 24, 25, 26, 27]
    assert {falling.points[i].direction for i in range(20, 27)} == {-1}
    assert {falling.points[i].kind for i in range(20, 27)} == {Kind.CONCERN}


def test_two_equal_neighbours_break_a_trend() -> None:
    assert flagged(fixed(5, [-6, -4, -2, 0, 0, 2, 4, 6])) == []


def test_a_point_in_two_opposite_trends_takes_the_later() -> None:
    result = fixed(9, [-10, -6, -4, -2, 0, 2, 4, 3, 1, -1, -3, -5, -7])
    assert flagged(result, Signal.TREND) == list(range(21, 34))
    assert [point.direction for point in result.points[20:]] == [1] * 6 + [-1] * 7


def test_two_of_three_near_a_limit() -> None:
    # Mean 0, limits 5.32, near limits 3.5467.
    near = Signal.TWO_OF_THREE
    assert flagged(fixed(1, [4, 1, 4, -1]), near) == [21, 23]
    assert flagged(fixed(1, [4, 4, 1, -1]), near) == [21, 22]
    assert flagged(fixed(1, [4, 4, 4, -1]), near) == [21, 22, 23]
    assert flagged(fixed(1, [-4, -1, -4, 1]), near) == [21, 23]
    assert fixed(1, [-4, -1, -4, 1]).points[20].direction == -1


def test_what_is_not_two_of_three() -> None:
    near = Signal.TWO_OF_THREE
    assert flagged(fixed(1, [4, -1, 4, -1]), near) == []  # one on the other side
    assert flagged(fixed(1, [4, 0, 4, -1]), near) == []  # one on the mean
    assert flagged(fixed(1, [4, -4, -1, 1]), near) == []  # near opposite limits
    assert flagged(fixed(1, [4, 1, 1, 4]), near) == []  # too far apart
    assert flagged(fixed(1, [3.5, 1, 3.5, -1]), near) == []  # within the near limit
    # Beyond the limit does not count as near: only one near point is left.
    assert flagged(fixed(1, [6, 1, 4, -1]), near) == []
    assert flagged(fixed(1, [6, 1, 4, -1]), Signal.BEYOND_LIMIT) == [21]


def test_a_shift_is_seven_points_on_one_side_of_the_mean() -> None:
    # The point before is below the mean, so that the run begins with the first of these.
    assert flagged(fixed(1, [1, 2, 1, 2, 1, 2, -1])) == []
    assert flagged(fixed(1, [1, 2, 1, 2, 1, 2, 1, -1])) == [21, 22, 23, 24, 25, 26, 27]
    assert flagged(fixed(1, [1, 2, 1, 2, 1, 2, 1, 2, -1]), Signal.SHIFT) == list(range(21, 29))
    below = fixed(1, [1, -1, -2, -1, -2, -1, -2, -1])
    assert flagged(below, Signal.SHIFT) == [22, 23, 24, 25, 26, 27, 28]
    assert below.points[21].kind is Kind.CONCERN


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    assert flagged(fixed(1, [1, 2, 1, 0, 1, 2, 1, 2, -1])) == []


def test_on_the_mean_whatever_floating_point_makes_of_it() -> None:
    # A third, two thirds and a half of a hundred: their mean is the half, to the last digit.
    values = [100 / 3, 200 / 3] * 10 + [51, 51.5, 51, 50.0, 51.5, 51, 51.5, 51]
    assert flagged(xmr(values, better="higher", fix_after=20), Signal.SHIFT) == []
    assert flagged(xmr([0.1] * 20, better="higher")) == []


def test_precedence() -> None:
    # Rising to beyond the limit: the last point shows the limit, the others the trend; 4, 5 and 5.2
    # would be two of three and all seven a shift.
    rising = fixed(1, [0.5, 1, 2, 3, 4, 5, 5.2, 5.4])
    assert [point.signal for point in rising.points[20:]] == [Signal.TREND] * 7 + [
        Signal.BEYOND_LIMIT
    ]
    level = fixed(1, [1, 1, 1, 1, 4, 4, 1])
    assert [point.signal for point in level.points[20:]] == (
        [Signal.SHIFT] * 4 + [Signal.TWO_OF_THREE] * 2 + [Signal.SHIFT]
    )


@pytest.mark.parametrize(
    ("better", "up", "down"),
    [
        ("higher", Kind.IMPROVEMENT, Kind.CONCERN),
        ("lower", Kind.CONCERN, Kind.IMPROVEMENT),
        ("neutral", Kind.HIGH, Kind.LOW),
    ],
)
def test_what_a_signal_means(better: str, up: Kind, down: Kind) -> None:
    values = [1, -1] * 10 + [9, 0, -9]
    kinds = [point.kind for point in xmr(values, better=better, fix_after=20).points[20:]]
    assert kinds == [up, Kind.COMMON, down]


@pytest.mark.parametrize(
    ("target", "high", "low"),
    [
        (4.7, Assurance.FAILS, Assurance.PASSES),
        (4.6, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        (-0.7, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        (-0.8, Assurance.PASSES, Assurance.FAILS),
        (None, None, None),
    ],
)
def test_assurance(target: float | None, high: Assurance | None, low: Assurance | None) -> None:
    assert xmr(VECTOR, better="higher", target=target).assurance is high
    assert xmr(VECTOR, better="lower", target=target).assurance is low
    assert xmr(VECTOR, better="neutral", target=target).assurance is None


def test_a_target_on_the_limit_is_hit_and_miss() -> None:
    values = [1, -1] * 10
    for target in (5.32, -5.32):
        assert xmr(values, better="lower", target=target, screen_outliers=False).assurance is (
            Assurance.HIT_AND_MISS
        )


def test_assurance_goes_by_the_last_limits() -> None:
    values = [1, 2] * 7 + [11, 12] * 7
    assert xmr(values, better="higher", target=8).assurance is Assurance.HIT_AND_MISS
    assert xmr(values, better="higher", target=8, rebase=[14]).assurance is Assurance.PASSES


def test_fewer_than_thirteen_points_are_trial_limits() -> None:
    for count, trial in ((12, True), (13, False)):
        (segment,) = xmr(VECTOR[:count], better="higher").segments
        assert (segment.based_on, segment.trial) == (count, trial)
    assert xmr(VECTOR, better="higher", fix_after=12).segments[0].trial


def test_limits_fixed_after_some_points_rest_on_those() -> None:
    (segment,) = xmr([1, 3] * 7 + [100] * 4, better="higher", fix_after=14).segments
    assert (segment.mean, segment.mean_moving_range, segment.last) == (2, 2, 17)


def test_a_rebase_begins_new_limits_and_no_signal_reaches_over_it() -> None:
    values = [3, 5] * 7 + [4, 5, 6, 7, 8, 9, 10, 9, 10, 9, 10, 9, 10, 9, 10]
    assert flagged(xmr(values, better="higher"), Signal.TREND) != []
    result = xmr(values, better="higher", rebase=[17])
    first, second = result.segments
    assert (first.first, first.last, second.first, second.last) == (0, 16, 17, 28)
    assert second.mean == pytest.approx(sum(values[17:]) / 12)
    assert flagged(result, Signal.TREND) == []
    assert second.trial and not first.trial


def test_a_gap_divides_the_series() -> None:
    values = [3, 5, 3, 5, None, 8, 9, 8, 9]
    first, second = xmr(values, better="higher").segments
    assert (first.first, first.last, second.first, second.last) == (0, 3, 5, 8)
    assert (first.mean, second.mean) == (4, 8.5)
    # Six steps up, but not in one stretch.
    assert flagged(xmr([1, 2, 3, 4, None, 5, 6, 7, 8], better="higher")) == []


def test_a_point_by_itself_has_no_limits() -> None:
    result = xmr([3, 5, 4, None, 9], better="higher", target=1)
    assert len(result.segments) == 1
    assert (result.current, result.assurance) == (None, None)
    assert reading_short(result) == "Too few figures"
    assert "too few figures" in reading(result)
    assert xmr([], better="higher").segments == xmr([None, 4], better="lower").segments == ()
    assert xmr([3, 5, None], better="higher").current is not None


def test_displayed_limits_of_a_percentage_stay_between_0_and_100() -> None:
    (segment,) = xmr([99, 90] * 8 + [100], better="higher", target=100).segments
    assert segment.upper > 100
    assert segment.displayed("percent") == (segment.lower, 100.0)
    assert segment.displayed("children") == (segment.lower, segment.upper)
    (segment,) = xmr([1, 10] * 8, better="higher").segments
    assert segment.displayed("percent")[0] == 0.0
    # A target of 100% is judged by the limits as calculated, so it can be hit.
    assert xmr([99, 90] * 8, better="higher", target=100).assurance is Assurance.HIT_AND_MISS


@pytest.mark.parametrize(
    "wrong", [{"better": "more"}, {"rebase": [18]}, {"rebase": [-1]}, {"fix_after": 1}]
)
def test_refusals(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong)))):
        xmr(VECTOR, **({"better": "higher"} | wrong))  # type: ignore[arg-type]


STEADY = [5, 7] * 10


@pytest.mark.parametrize(
    ("values", "said", "short"),
    [
        (STEADY, "Only ordinary variation", "Ordinary variation"),
        (
            [*STEADY, 20],
            "The latest month is higher than ordinary variation explains, a concern",
            "Concern: unusually high",
        ),
        (
            [*STEADY, -9],
            "The latest month is lower than ordinary variation explains, an improvement",
            "Improvement: unusually low",
        ),
        ([*STEADY, 3, 4, 5, 6, 7, 8, 9], "It has risen 6 months running, a concern", "rising"),
        (
            [*STEADY, 5.5, 5.6, 5.5, 5.6, 5.5, 5.6, 5.5, 5.6],
            "The last 8 months are all below the average, an improvement",
            "Improvement: lasting fall",
        ),
        ([*STEADY, 10.5, 10.5], "At least two of the last three months are unusually high", "near"),
        (
            [*STEADY, 20, 5, 7],
            "The latest month is within ordinary variation; the last that was not came 2 months "
            "before it (above the upper limit, a concern).",
            "Ordinary variation",
        ),
        ([5, 7, 5, 7], "A first indication, from 4 months only: only ordinary", "(trial limits)"),
        ([*STEADY, 20, None], "The latest month with a figure is higher", "unusually high"),
    ],
)
def test_the_reading_in_words(values: list[float | None], said: str, short: str) -> None:
    result = xmr(values, better="lower")
    assert said in reading(result)
    assert short in reading_short(result)
    assert "arget" not in reading(result) + reading_short(result)


def test_a_neutral_indicator_is_not_judged() -> None:
    result = xmr([*STEADY, 20], better="neutral", target=3)
    assert reading(result) == (
        "The latest month is higher than ordinary variation explains: look for the cause."
    )
    assert reading_short(result) == "Unusually high"


def test_what_to_expect_of_the_target() -> None:
    said = {
        target: reading(xmr(STEADY, better="lower", target=target), step="quarter")
        for target in (20, 6, -20)
    }
    assert said[20].endswith("expect the target to be met every quarter.")
    assert "met in some quarters and missed in others" in said[6]
    assert "expect the target to be missed every quarter" in said[-20]
    assert reading_short(xmr(STEADY, better="lower", target=6)) == (
        "Ordinary variation. Target: hit and miss"
    )


@given(SERIES, st.integers(-500, 500))
def test_adding_a_constant_moves_the_limits_and_no_signal(values: list[int], added: int) -> None:
    before, after = xmr(values, better="lower"), xmr([v + added for v in values], better="lower")
    for name in ("mean", "lower", "upper", "near_lower", "near_upper"):
        moved = getattr(after.segments[0], name) - getattr(before.segments[0], name)
        assert moved == pytest.approx(added)
    assert after.segments[0].mean_moving_range == before.segments[0].mean_moving_range
    assert [p.kind for p in after.points] == [p.kind for p in before.points]


@given(SERIES, st.integers(1, 50))
def test_another_unit_gives_the_same_signals(values: list[int], scale: int) -> None:
    before, after = xmr(values, better="lower"), xmr([v * scale for v in values], better="lower")
    assert [(p.signal, p.kind) for p in after.points] == [(p.signal, p.kind) for p in before.points]


@given(SERIES)
def test_upside_down_is_the_other_polarity(values: list[int]) -> None:
    up, down = xmr(values, better="higher"), xmr([-v for v in values], better="lower")
    assert [(p.signal, p.kind) for p in up.points] == [(p.signal, p.kind) for p in down.points]
    lower = xmr(values, better="lower")
    mirrored = {Kind.IMPROVEMENT: Kind.CONCERN, Kind.CONCERN: Kind.IMPROVEMENT}
    assert [mirrored.get(p.kind, p.kind) for p in up.points] == [p.kind for p in lower.points]
    assert [p.signal for p in up.points] == [p.signal for p in lower.points]


@given(SERIES)
def test_backwards_has_the_same_limits_and_the_same_points_beyond_them(values: list[int]) -> None:
    forth, back = xmr(values, better="higher"), xmr(values[::-1], better="higher")
    assert forth.segments == back.segments
    beyond = {len(values) + 1 - number for number in flagged(back, Signal.BEYOND_LIMIT)}
    assert beyond == set(flagged(forth, Signal.BEYOND_LIMIT))


@given(SERIES, st.sampled_from(["higher", "lower", "neutral"]), st.none() | st.integers(2, 12))
def test_every_flag_is_what_the_rule_says(
    values: list[int], better: str, fix_after: int | None
) -> None:
    """The rules once more, each point looked at by itself."""
    result = xmr(values, better=better, fix_after=fix_after)
    basis = [float(value) for value in values[:fix_after]]
    mean = sum(basis) / len(basis)
    ranges = [abs(after - before) for before, after in pairwise(basis)]
    average = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < 3.267 * average] or ranges
    spread = 2.66 * sum(kept) / len(kept)
    off = [value - mean for value in values]
    # A point within rounding of a line is left to the exact tests above.
    if any(min(abs(abs(o) - spread), abs(abs(o) - spread * 2 / 3)) < 1e-6 for o in off):
        return
    if any(
        0 < abs(each) < 1e-6 or abs(abs(each) - 3.267 * average) < 1e-6 for each in ranges + off
    ):
        return
    for index, point in enumerate(result.points):
        runs = [values[i : i + 7] for i in range(max(0, index - 6), index + 1)]
        runs = [run for run in runs if len(run) == 7]
        sides = [off[i : i + 7] for i in range(max(0, index - 6), index + 1)]
        sides = [run for run in sides if len(run) == 7]
        threes = [off[i : i + 3] for i in range(max(0, index - 2), index + 1)]

        def near(each: float) -> bool:
            return spread * 2 / 3 < abs(each) <= spread

        def one_sided(run: Sequence[float]) -> bool:
            return all(each > 0 for each in run) or all(each < 0 for each in run)

        if abs(off[index]) > spread:
            expected = Signal.BEYOND_LIMIT
        elif any(one_sided([b - a for a, b in pairwise(run)]) for run in runs):
            expected = Signal.TREND
        elif near(off[index]) and any(
            len(three) == 3 and one_sided(three) and sum(map(near, three)) >= 2 for three in threes
        ):
            expected = Signal.TWO_OF_THREE
        elif any(one_sided(run) for run in sides):
            expected = Signal.SHIFT
        else:
            expected = Signal.NONE
        assert point.signal is expected, (index, values)
