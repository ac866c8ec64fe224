# ruff: noqa: E501 - lists as minutes print them
"""Names, dates, times and numbers on their own."""

from datetime import date

import pytest

from sightline.intake.minutes.people import people
from sightline.intake.minutes.score import Score, compare, overlaps
from sightline.intake.minutes.titles import inline, like_a_title
from sightline.intake.minutes.when import dates, span_in, time_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Councillors B Birch and C O'Hare", ["Councillor B Birch", "Councillor C O'Hare"]),
        ("Cllrs Ann Birch and Bo Cole", ["Cllr Ann Birch", "Cllr Bo Cole"]),
        ("Mrs F M Ash (Chairman), Mr B Cole (Vice-Chairman)", ["Mrs F M Ash", "Mr B Cole"]),
        (
            "Mr J P Ash, Cabinet Member for Children and Families Mrs E B Cole Jane Dunn, Northshire Healthwatch",
            ["Mr J P Ash", "Mrs E B Cole", "Jane Dunn"],
        ),
        (
            "Director of Children's Services (John Smith) and Ann Hall (Head of Service)",
            ["John Smith", "Ann Hall"],
        ),
        ("Leigh Web – Democratic Services", ["Leigh Web"]),
        ("Head of Legal, Bea Carr; Cal Dunn", ["Bea Carr", "Cal Dunn"]),
        ("Councillor Leo East (in place of Councillor Mo Frew)", ["Councillor Leo East"]),
        ("Quality Assurance and Safeguarding Services", []),
    ],
)
def test_people(text, names):
    assert [each.name for each in people(text)] == names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.00 pm", "14:00"),
        ("at 18:30", "18:30"),
        ("1830 hours", "18:30"),
        ("8.15 p.m.", "20:15"),
        ("12 noon", "12:00"),
        ("7pm", "19:00"),
        ("12.05 am", "00:05"),
        ("09:30", "09:30"),
        ("at 6.30", None),
        ("no later than 9.00am", None),
        ("25.70 pm", None),
    ],
)
def test_times(text, value):
    assert time_in(text) == value


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2.00 pm to 4.35 p.m.", ("14:00", "16:35")),
        ("2.00 - 4.30pm", ("14:00", "16:30")),
        ("10.00 – 12.05 pm", ("10:00", "12:05")),
        ("10.30 am – 12 noon", ("10:30", "12:00")),
    ],
)
def test_spans(text, span):
    assert span_in(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, 3rd March, 2020",
        "3 MARCH 2020",
        "03/03/2020",
        "3.3.20",
        "2020-03-03",
        "the 3rd day of March 2020",
        "March 3, 2020",
    ],
)
def test_dates(text):
    assert [day for day, _ in dates(text)] == [date(2020, 3, 3)]


def test_a_day_that_is_not_in_the_calendar_is_none():
    assert list(dates("31 February 2020, 45/13/2020")) == []


def test_titles():
    assert like_a_title("Declaration of Interest and of any Party Whip")
    assert not like_a_title("The Panel was told that numbers had risen.")
    assert inline("MINUTES – Resolved – That they be signed.") == (
        "MINUTES",
        "Resolved – That they be signed.",
    )
    assert inline("Work Programme") is None


def test_overlap_of_asks():
    assert overlaps(
        "The Panel requested a further update in 6 months' time.",
        "a further update in 6 months' time",
    )
    assert not overlaps("That the report be noted.", "That the budget be approved.")


def test_optional_entries_count_neither_way_and_alternatives_are_right():
    record = {"present": ["Cllr A Ash"], "chair": None, "asks": []}
    result = Score()
    compare(
        {"present": ["Councillor A. Ash", "Cllr B Birch"], "chair": "Cllr A Ash"},
        {**record, "_optional": {"present": ["B Birch"]}, "_accept": {"chair": ["A Ash"]}},
        "x",
        result,
    )
    assert result.misses == []
    assert result.fields["present"].precision == result.fields["present"].recall == 1
