"""Month arithmetic clamps to the month's end; periods are whole and follow one another."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.clocks.months import EVERY, add_months, periods, year_end

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "gives"),
    [
        ("2016-02-29", -12, "2015-02-28"),
        ("2016-02-28", -12, "2015-02-28"),
        ("2016-02-29", 24, "2018-02-28"),
        ("2015-11-30", 3, "2016-02-29"),
        ("2015-08-31", 6, "2016-02-29"),
        ("2015-12-31", 3, "2016-03-31"),
        ("2016-03-31", -3, "2015-12-31"),
        ("2016-03-31", -24, "2014-03-31"),
        ("2016-05-31", -3, "2016-02-29"),
        ("2016-06-30", -3, "2016-03-30"),
        ("2016-03-31", 3, "2016-06-30"),
    ],
)
def test_add_months(start, months, gives):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(gives)


@given(DAYS, st.integers(-600, 600))
def test_the_month_is_exact_and_the_day_the_nearest_there_is(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 60))
def test_there_and_back_loses_only_what_clamping_took(day, months):
    back = add_months(add_months(day, months), -months)
    assert back <= day
    assert (back.year, back.month) == (day.year, day.month)


def test_years_run_from_april_to_march():
    assert periods("year", date(2014, 4, 1), date(2016, 3, 31)) == [
        (date(2014, 4, 1), date(2015, 3, 31)),
        (date(2015, 4, 1), date(2016, 3, 31)),
    ]
    assert year_end(date(2016, 3, 31)) == date(2016, 3, 31)
    assert year_end(date(2016, 4, 1)) == date(2017, 3, 31)


def test_quarters_are_those_of_the_year():
    found = periods("quarter", date(2015, 4, 1), date(2016, 3, 31))
    assert [start.month for start, _ in found] == [4, 7, 10, 1]


def test_a_rolling_year_ends_with_each_month():
    found = periods("rolling-year", date(2016, 1, 15), date(2016, 3, 31))
    assert found == [
        (date(2015, 2, 1), date(2016, 1, 31)),
        (date(2015, 3, 1), date(2016, 2, 29)),
        (date(2015, 4, 1), date(2016, 3, 31)),
    ]


@given(st.sampled_from(EVERY), DAYS, st.integers(0, 3000))
def test_periods_end_within_what_was_asked_and_follow_on(every, start, length):
    end = start + timedelta(days=length)
    found = periods(every, start, end)
    assert all(start <= last <= end for _, last in found)
    if every != "rolling-year":
        assert all(b[0] == a[1] + timedelta(days=1) for a, b in pairwise(found))


def test_an_unknown_length_says_what_there_is():
    with pytest.raises(ValueError, match="month, quarter, year, rolling-year"):
        periods("week", date(2016, 1, 1), date(2016, 3, 31))
