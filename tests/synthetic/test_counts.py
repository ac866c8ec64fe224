"""Whole numbers that add up, and values with given quartiles."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.synthetic.counts import fill_hidden, share_out, values_with_quartiles


@given(
    st.integers(0, 10_000), st.lists(st.floats(0, 1000, allow_nan=False), min_size=1, max_size=12)
)
def test_shares_add_up_and_are_off_by_less_than_one(total: int, weights: list[float]) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    if whole > 1e-6:
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - total * weight / whole) < 1 + 1e-6


def test_counts_that_add_up_already_are_shared_out_as_they_are() -> None:
    assert share_out(795, [78, 296, 153, 268]) == [78, 296, 153, 268]
    assert share_out(3, [0, 0, 0]) == [1, 1, 1]
    assert share_out(5, []) == []


def test_hidden_counts_take_what_the_known_ones_leave() -> None:
    cells = {"neglect": 38.0, "physical": None, "sexual": None}
    filled = fill_hidden(cells, 50, {"physical": 2.0, "sexual": 1.0})
    assert filled == {"neglect": 38.0, "physical": 8, "sexual": 4}


def test_nothing_is_left_for_hidden_counts_where_the_known_ones_exceed_the_total() -> None:
    assert fill_hidden({"a": 9.0, "b": None}, 8, {"b": 1.0}) == {"a": 9.0, "b": 0}


@pytest.mark.parametrize("wanted", [(22.0, 44.0, 71.0), (7.0, 26.0, 44.0)])
def test_values_have_the_count_of_each_band_and_the_quartiles(
    wanted: tuple[float, float, float],
) -> None:
    bands = [(0, 0, 40), (1, 10, 260), (11, 20, 200), (21, 30, 230), (31, 45, 300), (46, 90, 500)]
    if wanted[0] < 20:
        bands = [
            (0, 0, 240),
            (1, 10, 260),
            (11, 20, 200),
            (21, 30, 300),
            (31, 45, 300),
            (46, 90, 300),
        ]
    values = values_with_quartiles(bands, wanted)
    for low, high, count in bands:
        assert sum(low <= value <= high for value in values) == count
    assert values == sorted(values)
    assert median(values) == wanted[1]


def test_a_quartile_outside_its_band_is_not_forced() -> None:
    values = values_with_quartiles([(1, 10, 10), (11, 20, 10)], (None, 40.0, None))
    assert [sum(v <= 10 for v in values), sum(v > 10 for v in values)] == [10, 10]
    assert max(values) == 20
