"""When an ask is due by its own words, and the statutory clock apart from it."""

from datetime import date

import pytest

from sightline.service.scrutiny.asks.clocks import UNVERIFIED, clock_of, clocks
from sightline.service.scrutiny.asks.due import NO_NEXT_MEETING, due_from, reckon, statutory_due
from sightline.service.scrutiny.models import Committee, Meeting

MADE = date(2017, 9, 13)


def none() -> date | None:
    return None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("a further update in 6 months' time", date(2018, 3, 13)),
        ("in six months’ time", date(2018, 3, 13)),
        ("In 12 months time", date(2018, 9, 13)),
        ("within a year", date(2018, 9, 13)),
        ("in half a year", date(2018, 3, 13)),
        ("within two weeks", date(2017, 9, 27)),
        ("within 10 working days", date(2017, 9, 27)),
        ("in the next three months", None),
        ("in January", date(2018, 1, 31)),
        ("in November 2017", date(2017, 11, 30)),
        ("by the end of October", date(2017, 10, 31)),
        ("before December 2017", date(2017, 11, 30)),
        ("by 1 September", date(2018, 9, 1)),
    ],
)
def test_words_are_counted_from_the_day_of_the_meeting_and_marked(
    words: str, day: date | None
) -> None:
    found = reckon(words, MADE, none)
    if day is None:
        day = date(2017, 12, 13)
    assert (found.day, found.computed) == (day, True)
    assert "computed" in found.rule
    assert words.rsplit(maxsplit=1)[-1] in found.rule


@pytest.mark.parametrize(
    "words", ["8 January 2019", "by 8th January, 2019", "2019-01-08", "08/01/2019", "8.1.2019"]
)
def test_a_date_is_taken_as_given(words: str) -> None:
    found = reckon(words, None, none)
    assert (found.day, found.computed) == (date(2019, 1, 8), False)


def test_months_end_with_the_last_day_of_a_shorter_one() -> None:
    assert reckon("in six months", date(2016, 8, 31), none).day == date(2017, 2, 28)


@pytest.mark.parametrize("words", ["", "the data on referrals", "soon", "as they see fit"])
def test_words_without_a_time_give_no_day(words: str) -> None:
    assert reckon(words, MADE, none).day is None


@pytest.mark.parametrize(
    "words", ["in six months", "8 January", "in January", "in two weeks", "31 February 2019"]
)
def test_what_cannot_be_computed_says_why_and_gives_no_day(words: str) -> None:
    found = reckon(words, None, none)
    assert found.day is None
    assert words in found.rule
    assert len(found.rule) > len(words) + 2


def test_a_time_beyond_the_calendar_gives_no_day() -> None:
    assert reckon("within 999 working days", date(2049, 1, 1), none).day is None
    assert reckon("in 999 years", date(9100, 1, 1), none).day is None


def test_an_event_is_waited_for() -> None:
    found = reckon("when wider roll-out across districts takes place", MADE, none)
    assert found.day is None
    assert found.awaits == "when wider roll-out across districts takes place"


@pytest.mark.django_db
def test_the_next_meeting_is_the_next_one_that_is_not_cancelled(panel: Committee) -> None:
    def meeting(day: date, state: str = "planned") -> Meeting:
        return Meeting.objects.create(committee=panel, day=day, state=state)

    asked = meeting(date(2017, 9, 13), "held")
    found = due_from("an update to the next meeting", asked)
    assert (found.day, found.rule) == (None, NO_NEXT_MEETING)
    meeting(date(2017, 10, 4), "cancelled")
    meeting(date(2018, 1, 8))
    meeting(date(2017, 11, 8))
    found = due_from("an update to the next meeting", asked)
    assert (found.day, found.computed) == (date(2017, 11, 8), True)
    assert "8 November 2017" in found.rule
    assert due_from("next meeting", None).day is None


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2018, 5, 10), date(2018, 7, 9)),
        (date(2018, 5, 1), date(2018, 6, 30)),
        (date(2018, 12, 31), date(2019, 2, 28)),
        (date(2018, 12, 29), date(2019, 2, 28)),
        (date(2018, 12, 28), date(2019, 2, 27)),
        (date(2019, 12, 30), date(2020, 2, 29)),
    ],
)
def test_two_months_beginning_with_the_day_of_receipt_count_that_day(
    received: date, last: date
) -> None:
    found = statutory_due(received, clock_of("executive", received))
    assert found.day == last
    assert "9FE" in found.rule


def test_a_health_body_has_28_days() -> None:
    received = date(2018, 5, 10)
    assert statutory_due(received, clock_of("health", received)).day == date(2018, 6, 7)


def test_every_clock_has_a_source_and_says_that_nobody_checked_it() -> None:
    for each in clocks():
        assert each.source
        assert bool(each.months) != bool(each.days)
        assert each.caution == ("" if each.verified else UNVERIFIED)
    with pytest.raises(LookupError, match="health"):
        clock_of("health", date(2001, 1, 1))
