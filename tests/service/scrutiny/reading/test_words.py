"""Fixed forms of words: deadlines, when an ask is due, what asks nothing; and which text is fuller."""

from datetime import date

import pytest

from sightline.intake.minutes.record import Doubt, Item, Minutes, Quotation, Stated
from sightline.service.scrutiny.reading import participation, words
from sightline.service.scrutiny.reading.fields import PRIVATE, fields_of
from sightline.service.scrutiny.reading.merging import fuller


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "should notify the Head of Legal Services in writing no later than 9.00am on the working day "
            "before the meeting (in this case 12 September 2017).",
            ("09:00", 1, "working_days", "Head of Legal Services", "2017-09-12"),
        ),
        (
            "Questions must be sent by 12 noon two working days before the meeting.",
            ("12:00", 2, "working_days", "", None),
        ),
        (
            "Please contact Democratic Services by 5pm 3 days before the date of the meeting.",
            ("17:00", 3, "days", "Democratic Services", None),
        ),
        ("by 10:30 am on the day before the meeting", ("10:30", 1, "days", "", None)),
    ],
)
def test_deadlines_for_public_participation(said: str, expected: tuple[object, ...]) -> None:
    found = participation.deadline_in(said)
    assert found is not None
    assert (found.time, found.days, found.rule, found.to, found.day) == expected


@pytest.mark.parametrize("said", ["None.", "by the working day before the meeting", "at 9.00am"])
def test_no_deadline_is_made_up(said: str) -> None:
    assert participation.deadline_in(said) is None


@pytest.mark.parametrize(
    ("day", "rule", "fits"),
    [
        ("2017-09-12", "working_days", date(2017, 9, 13)),
        ("2017-09-15", "working_days", date(2017, 9, 18)),
        ("2017-04-13", "working_days", date(2017, 4, 18)),
        ("2017-09-12", "days", None),
        (None, "working_days", None),
    ],
)
def test_the_meeting_that_a_printed_deadline_fits(
    day: str | None, rule: str, fits: date | None
) -> None:
    given = {"day": day, "rule": rule, "days": 1, "time": "09:00", "to": ""}
    assert participation.meeting_day(given) == fits


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The Panel requested a further update in 6 months' time.", "in 6 months' time"),
        ("an update be provided to this Group in 12 months time", "in 12 months time"),
        ("figures within ten working days", "within ten working days"),
        ("a formal response to the next meeting", "to the next meeting"),
        ("a list by 3 May 2018, by district", "by 3 May 2018"),
        ("is presented to full Council in November 2015.", "in November 2015"),
        (
            "asked if members could be advised when the roll-out took place.",
            "when the roll-out took place",
        ),
        ("The Minutes of the Meeting held on 14 August 2017 were agreed", ""),
        ("the deficit in September 2016 of school places", ""),
    ],
)
def test_when_an_ask_is_due_in_its_own_words(text: str, due: str) -> None:
    assert words.due_words(text) == due


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("That the update be noted.", True),
        ("The Minutes of the Meeting were agreed as a correct record.", True),
        ("That the press and public be excluded from the meeting.", True),
        ("the exclusion of the press and public", True),
        ("That the next meeting of the Group be held on 8 January 2019", True),
        ("That the update be noted and a report be brought to the next meeting.", False),
        ("That the plan be approved.", False),
    ],
)
def test_what_asks_nothing_of_anybody(text: str, nothing: bool) -> None:
    assert words.asks_nothing(text) == nothing


@pytest.mark.parametrize(
    ("name", "printed", "said"),
    [
        ("Mr A Example", "Mr A Example (Chairman), Mr B Example", "Chairman"),
        ("Mr B Example", "Mr A Example (Chairman), Mr B Example", ""),
        ("Mr A Example", "Mr A Example, Cabinet Member", "Cabinet Member"),
        ("Mr A Example", "Mr A Example – Democratic Services", "Democratic Services"),
        ("Mr A Example", "Mr A Example, Cabinet Member Mr B Example", ""),
        ("Mr A Example", "Nobody", ""),
    ],
)
def test_what_stands_after_a_name(name: str, printed: str, said: str) -> None:
    others = {"Mr A Example", "Mr B Example"} - {name}
    assert words.after_name(name, printed, others) == said


def test_a_substitute_and_who_came_remotely() -> None:
    assert words.substitute_for("substitute for Mr B Example") == "Mr B Example"
    assert words.substitute_for("Chairman") == ""
    assert words.is_remote("via Teams") and not words.is_remote("Chairman")


@pytest.mark.parametrize(
    ("stands", "given", "truncated", "stays"),
    [
        ("", "a cut te", True, "a cut te"),
        ("Short.", "Rather longer.", False, "Rather longer."),
        ("Short.", "Rather longer, but cut", True, "Short."),
        ("The same  words", "The same words.", False, "The same  words"),
        ("Longer words.", "Short.", False, "Longer words."),
        ("Words.", "", False, "Words."),
    ],
)
def test_the_fuller_text_stays(stands: str, given: str, truncated: bool, stays: str) -> None:
    assert fuller(stands, given, given_is_truncated=truncated) == stays


def test_a_doubt_stands_with_the_field_it_is_about_or_by_itself() -> None:
    day = Stated(date(2017, 9, 13), Quotation("13 or 14 September 2017", "line 3"))
    item = Item("1", "Private", Quotation("Private", "line 9"), restricted=True)
    minutes = Minutes("m", "text", date=day, items=(item,)).doubting(
        Doubt("date", "Two days are named.", day.quotation),
        Doubt("present", "X was expected.", Quotation("X", "line 5")),
        Doubt("items", "A number is missing.", Quotation("7 Other", "line 30")),
    )
    rows = {(each.field, each.place): each for each in fields_of(minutes)}
    assert rows["date", "line 3"].doubt == "Two days are named."
    assert rows["date", "line 3"].value == "2017-09-13"
    assert rows["items", "line 9"].doubt == PRIVATE
    for place in (("present", "line 5"), ("items", "line 30")):
        assert rows[place].value is None and rows[place].doubt
    assert rows["committee", ""].value is None and not rows["committee", ""].doubt
