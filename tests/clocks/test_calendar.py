"""Working days: the published vectors, the two calendars that must agree, and laws that always hold."""

import csv
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.clocks import build
from sightline.clocks.calendar import (
    FIRST_DAY,
    LAST_DAY,
    OutsideCalendarError,
    bank_holidays,
    due,
    elapsed,
    is_working_day,
)
from sightline.clocks.calendar_table import make_calendar

SHARED = Path(__file__).parents[2].parent / "shared/data/published/bank_holidays_england_wales.csv"
DAYS = st.dates(date(1995, 1, 1), date(2044, 12, 31))


@pytest.mark.parametrize(
    ("start", "limit", "falls_on"),
    [
        ("2016-03-14", 15, "2016-04-06"),
        ("2016-03-01", 45, "2016-05-06"),
        ("2016-12-19", 10, "2017-01-05"),
        ("2016-03-14", 5, "2016-03-21"),
        ("2016-03-21", 5, "2016-03-30"),
        ("2016-03-05", 15, "2016-03-29"),
        ("2016-03-07", 15, "2016-03-30"),
        ("2016-12-24", 1, "2016-12-28"),
        ("2011-04-28", 1, "2011-05-03"),
        ("2012-06-01", 1, "2012-06-06"),
        ("2020-05-07", 1, "2020-05-11"),
        ("2020-12-24", 1, "2020-12-29"),
        ("2022-05-30", 5, "2022-06-08"),
        ("2022-09-16", 1, "2022-09-20"),
        ("2023-05-05", 1, "2023-05-09"),
        ("2017-09-13", -1, "2017-09-12"),
        ("2016-05-03", -1, "2016-04-29"),
    ],
)
def test_due(start, limit, falls_on):
    assert due(date.fromisoformat(start), limit) == date.fromisoformat(falls_on)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2016-03-14", "2016-03-14", 0),
        ("2016-03-14", "2016-04-06", 15),
        ("2016-03-14", "2016-04-07", 16),
        ("2016-03-01", "2016-05-06", 45),
        ("2016-03-01", "2016-05-09", 46),
        ("2016-03-24", "2016-03-28", 0),
        ("2016-03-25", "2016-03-29", 1),
        ("2016-03-26", "2016-03-29", 1),
        ("2022-05-30", "2022-06-06", 3),
    ],
)
def test_elapsed(start, end, days):
    assert elapsed(date.fromisoformat(start), date.fromisoformat(end)) == days


def test_the_packaged_list_is_what_its_source_gives():
    assert {day.isoformat(): name for day, name in bank_holidays().items()} == build.bank_holidays()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared list of bank holidays is not here")
def test_the_packaged_list_agrees_with_the_published_one():
    with SHARED.open(encoding="utf-8-sig") as file:
        published = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    years = {day.year for day in published}
    assert {day for day in bank_holidays() if day.year in years} == {
        day for day in published if day.weekday() < 5
    }


@given(DAYS, st.integers(1, 400))
def test_due_and_elapsed_agree(start, limit):
    day = due(start, limit)
    assert is_working_day(day)
    assert elapsed(start, day) == limit
    assert elapsed(start, day - timedelta(days=1)) == limit - 1


@given(DAYS, DAYS, DAYS)
def test_elapsed_adds_up(first, second, third):
    assert elapsed(first, second) + elapsed(second, third) == elapsed(first, third)


@given(DAYS, st.integers(0, 60))
def test_elapsed_is_the_count_of_working_days(start, length):
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    assert elapsed(start, start + timedelta(days=length)) == sum(map(is_working_day, days))


def test_sql_and_python_agree_on_every_day():
    with duckdb.connect() as connection:
        make_calendar(connection)
        rows = connection.execute(
            "SELECT day, is_working, wd FROM calendar ORDER BY day"
        ).fetchall()
    assert (rows[0][0], rows[-1][0]) == (FIRST_DAY, LAST_DAY)
    assert len(rows) == (LAST_DAY - FIRST_DAY).days + 1
    for day, working, number in rows[::37]:
        assert working == is_working_day(day)
        assert number - rows[0][2] == elapsed(FIRST_DAY, day)


def test_beyond_the_calendar_is_an_error_not_a_guess():
    with pytest.raises(OutsideCalendarError, match="2050-01-02 is outside"):
        elapsed(date(2050, 1, 1), date(2050, 1, 2))
    with pytest.raises(OutsideCalendarError, match="beyond the calendar"):
        due(date(2049, 12, 20), 20)
    with pytest.raises(ValueError, match="0 working days"):
        due(date(2016, 3, 14), 0)
