from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intake.periods import Events, day_of, events_in, start_of_months, year_end


def every_day(first: date, days: int, times: int = 1) -> Counter[date]:
    return Counter({first + timedelta(days=n): times for n in range(days)})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-09-16", date(2020, 9, 16)),
        ("2020-09-16T13:45:00Z", date(2020, 9, 16)),
        ("2020-09-16 00:00:00", date(2020, 9, 16)),
        ("06/09/2020", date(2020, 9, 6)),
        ("6/9/2020 10:00", date(2020, 9, 6)),
        ("31/02/2020", None),
        ("9999-12-31", None),
        ("1900-01-01", None),
        ("zz/05/2020", None),
        ("ongoing", None),
    ],
)
def test_days_that_text_writes(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_dates_of_several_columns_are_counted() -> None:
    columns = [pa.array(["2020-01-02", None, "02/01/2020", "nope"]), pa.array(["2020-01-03"])]
    counted = events_in(columns).days
    assert counted == Counter({date(2020, 1, 2): 2, date(2020, 1, 3): 1})


def test_without_dates_there_is_no_latest() -> None:
    assert Events(Counter()).latest is None
    assert Events(Counter()).census_year is None


def test_a_slip_of_the_keyboard_is_not_the_latest_event() -> None:
    days = every_day(date(2020, 9, 16), 180)
    assert Events(days + Counter([date(2051, 3, 5)])).latest == date(2021, 3, 14)


def test_a_slip_of_one_year_is_passed_over_in_a_large_file() -> None:
    days = every_day(date(2020, 9, 16), 180, times=5)
    assert Events(days + Counter([date(2022, 3, 5)] * 2)).latest == date(2021, 3, 14)


def test_the_latest_event_of_a_small_file_is_believed() -> None:
    days = Counter([date(2012, 1, 1), date(2015, 1, 1), date(2021, 3, 14)])
    assert Events(days).latest == date(2021, 3, 14)


def test_many_late_events_are_believed() -> None:
    days = every_day(date(2019, 1, 1), 100) + every_day(date(2021, 1, 1), 10)
    assert Events(days).latest == date(2021, 1, 10)


def test_the_year_of_most_late_events_is_the_census_year() -> None:
    days = every_day(date(2016, 4, 1), 730) + Counter([date(2018, 4, 1), date(2029, 1, 1)])
    assert Events(days).census_year == date(2018, 3, 31)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2020, 3, 31), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2021, 3, 31)),
        (date(2020, 2, 29), date(2020, 3, 31)),
    ],
)
def test_the_end_of_a_collection_year(day: date, end: date) -> None:
    assert year_end(day) == end


@pytest.mark.parametrize(
    ("end", "start"),
    [
        (date(2021, 3, 15), date(2020, 9, 16)),
        (date(2021, 3, 31), date(2020, 10, 1)),
        (date(2021, 8, 31), date(2021, 3, 1)),
        (date(2024, 2, 29), date(2023, 8, 30)),
    ],
)
def test_six_months(end: date, start: date) -> None:
    assert start_of_months(end, 6) == start


@given(st.dates(date(1995, 1, 1), date(2089, 1, 1)), st.integers(1, 100))
def test_months_always_end_after_they_start(end: date, months: int) -> None:
    start = start_of_months(end, months)
    assert timedelta(28 * months - 1) <= end - start <= timedelta(31 * months)
