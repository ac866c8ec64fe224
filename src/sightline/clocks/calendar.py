"""Working days: Monday to Friday and not a bank holiday in England and Wales.

The start is day 0. Working days elapsed are those after the start, up to and including the end; a limit
of n is kept when n or fewer have elapsed. A start on a day off is right too: the next working day is
day 1. Source: INDICATORS section 2; the bands of DfE's children in need tables c2 and c4.
"""

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2049, 12, 31)
"""The days the calendar covers, both included. Later years lack holidays not yet announced."""


class OutsideCalendarError(ValueError):
    """A day that the calendar of working days does not cover."""


@cache
def bank_holidays() -> dict[date, str]:
    """Give the bank holidays in England and Wales on weekdays, substitute days included, with names."""
    text = (files("sightline.clocks") / "bank_holidays.csv").read_text("utf-8")
    return {
        date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(text.splitlines())
    }


@cache
def _working_days() -> tuple[date, ...]:
    holidays = bank_holidays()
    days = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in holidays)


def is_working_day(day: date) -> bool:
    """Say whether a day is a working day; `OutsideCalendarError` beyond the calendar."""
    _check(day)
    return day.weekday() < 5 and day not in bank_holidays()


def elapsed(start: date, end: date) -> int:
    """Count working days after `start` up to and including `end`; negative if it ends before it starts.

    `OutsideCalendarError` if the calendar does not cover both days.
    """
    return _number(end) - _number(start)


def due(start: date, working_days: int) -> date:
    """Give the nth working day after `start`: the last day on which a limit of n is kept.

    A negative n counts backwards: -1 is the working day before. `ValueError` for 0, which is no day
    when the start is a day off; `OutsideCalendarError` if the day is beyond the calendar.
    """
    if working_days == 0:
        raise ValueError("a limit of 0 working days has no day it falls on")
    _check(start)
    days = _working_days()
    if working_days > 0:
        at = bisect_right(days, start) + working_days - 1
    else:
        at = bisect_left(days, start) + working_days
    if not 0 <= at < len(days):
        raise OutsideCalendarError(
            f"{working_days} working days from {start} is beyond the calendar of working days, "
            f"which covers {FIRST_DAY} to {LAST_DAY}."
        )
    return days[at]


def calendar_rows() -> Iterator[tuple[date, bool, int]]:
    """Give each day, whether it is a working day, and the count of working days up to and with it."""
    working, count, day = set(_working_days()), 0, FIRST_DAY
    while day <= LAST_DAY:
        count += day in working
        yield day, day in working, count
        day += timedelta(days=1)


def _number(day: date) -> int:
    _check(day)
    return bisect_right(_working_days(), day)


def _check(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutsideCalendarError(
            f"{day} is outside the calendar of working days, which covers {FIRST_DAY} to {LAST_DAY}."
        )
