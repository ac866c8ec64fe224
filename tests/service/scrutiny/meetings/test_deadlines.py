"""Clear days and deadlines for public participation, as councils print them."""

from datetime import date, time

import pytest

from sightline.clocks.calendar import OutsideCalendarError
from sightline.service.scrutiny.meetings.deadlines import (
    DAYS,
    WORKING_DAYS,
    clock,
    participation,
    publication,
)

NINE = time(9, 0)


@pytest.mark.parametrize(
    ("meeting", "last", "why"),
    [
        ("2017-09-13", "2017-09-05", "a Wednesday: the week before it, less a day"),
        ("2017-09-18", "2017-09-08", "a Monday: five whole days lie between two weekends"),
        ("2016-03-30", "2016-03-18", "Easter: Good Friday and Easter Monday do not count"),
        ("2017-01-04", "2016-12-22", "Christmas and the New Year"),
        ("2023-05-10", "2023-04-28", "early May Day and the coronation"),
        ("2022-06-08", "2022-05-27", "the jubilee: two days off in one week"),
        ("2016-04-02", "2016-03-23", "a Saturday"),
    ],
)
def test_the_last_day_of_publication(meeting: str, last: str, why: str) -> None:
    assert publication(date.fromisoformat(meeting)).day == date.fromisoformat(last), why


def test_the_clear_days_are_a_setting() -> None:
    assert publication(date(2017, 9, 13), 3).day == date(2017, 9, 7)
    assert publication(date(2017, 9, 13), 3).rule.startswith("Three clear working days")
    assert "1 clear" not in publication(date(2017, 9, 13), 1).rule


@pytest.mark.parametrize(
    ("meeting", "rule", "days", "last", "why"),
    [
        ("2017-09-13", WORKING_DAYS, 1, "2017-09-12", "as one council printed it"),
        ("2017-09-18", WORKING_DAYS, 1, "2017-09-15", "a Monday meeting: the Friday before"),
        ("2016-03-29", WORKING_DAYS, 1, "2016-03-24", "the day after Easter: Maundy Thursday"),
        ("2016-12-28", WORKING_DAYS, 1, "2016-12-23", "after Christmas, with a substitute day"),
        ("2017-09-13", WORKING_DAYS, 3, "2017-09-08", "over a weekend"),
        ("2017-09-13", DAYS, 7, "2017-09-06", "days of the calendar skip nothing"),
        ("2017-09-18", DAYS, 1, "2017-09-17", "a Sunday, as the rule says"),
    ],
)
def test_the_deadline_for_public_participation(
    meeting: str, rule: str, days: int, last: str, why: str
) -> None:
    found = participation(date.fromisoformat(meeting), rule, days, NINE)
    assert (found.day, found.at) == (date.fromisoformat(last), NINE), why


def test_each_is_printed_with_its_rule_and_the_days_it_skipped() -> None:
    assert participation(date(2017, 9, 13), WORKING_DAYS, 1, NINE).sentence == (
        "By 9.00am, the working day before the meeting (in this case 9.00am on Tuesday 12 September 2017)."
    )
    assert publication(date(2016, 3, 30)).sentence == (
        "To be published by Friday 18 March 2016: five clear working days before the meeting, counting "
        "neither the day of publication nor the day of the meeting. Not counted: Saturday 19 March 2016, "
        "Sunday 20 March 2016, 25 March 2016 (Good Friday), Saturday 26 March 2016, Sunday 27 March 2016, "
        "28 March 2016 (Easter Monday)."
    )
    sunday = participation(date(2017, 9, 18), DAYS, 1, NINE)
    assert sunday.skipped == ()
    assert sunday.sentence.endswith("That day is no working day: Sunday.")


def test_a_day_outside_the_calendar_and_a_rule_there_is_not_are_refused() -> None:
    with pytest.raises(OutsideCalendarError):
        publication(date(1990, 1, 3))
    with pytest.raises(ValueError, match="'weeks' is no rule"):
        participation(date(2017, 9, 13), "weeks", 1, NINE)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(9, 0), "9.00am"),
        (time(12, 0), "12 noon"),
        (time(12, 5), "12.05pm"),
        (time(0, 0), "midnight"),
        (time(0, 30), "12.30am"),
        (time(17, 30), "5.30pm"),
    ],
)
def test_times_as_councils_write_them(at: time, words: str) -> None:
    assert clock(at) == words
