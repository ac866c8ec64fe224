"""What raises the alarm that a child or family may be told from a text, and what does not."""

import pytest

from sightline.service.scrutiny.identifying import Alarm, alarms, sentence, what_may_identify


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("DOB 03/05/2009", "a date of birth"),
        ("Her date of birth: 3 May 2009.", "a date of birth"),
        ("He was born on 3rd May 2009 in the county.", "a date of birth"),
        ("NHS no. 12345", "an NHS number"),
        ("known as 943 476 5919 to health", "an NHS number"),
        ("number 9434765919", "an NHS number"),
        ("pupil A123456789012 was absent", "a unique pupil number"),
        ("UPN: 1234", "a unique pupil number"),
        ("NI QQ123456C and AB 12 34 56 C", "a National Insurance number"),
        ("see Mosaic ID 104938", "the number of a case or a child"),
        ("Case number: CF/0123456", "the number of a case or a child"),
        ("She moved to WR5 1AA in June.", "a postcode"),
        ("who lives at 12 Acacia Avenue", "the address of a home"),
        ("The child's name was given to members.", "the name of a child or carer"),
        ("the name of the mother", "the name of a child or carer"),
        ("The girl, Poppy Invented, had been missing", "the name of a child"),
        ("a boy called Tom", "the name of a child"),
        ("Poppy Invented (aged 7) was taken into care", "a name beside an age"),
        ("Poppy, aged 7, was taken into care", "a name beside an age"),
        ("Poppy was 7 years old", "a name beside an age"),
        ("the mother of Poppy Invented", "a name beside a family tie"),
        ("Poppy's mother asked for help", "a name beside a family tie"),
        ("the Invented family was known to services", "the name of a family"),
    ],
)
def test_what_may_identify(text: str, what: str) -> None:
    assert what in [each.what for each in alarms([("line 1", text)])]
    said = what_may_identify(text)
    assert said.startswith("This may tell who a child or family is: it seems to hold ")
    digits = "".join(sign for sign in text if sign.isdigit())
    assert len(digits) < 4 or digits not in said


@pytest.mark.parametrize(
    "text",
    [
        "Children aged 5 to 16 and young people aged 18 to 25.",
        "Pupils aged 11 at Key Stage 2, and Those aged 7.",
        "An audit of babies born between November and December 2016.",
        "Venue: County Hall, Spetchley Road, Worcester WR5 2NP",
        "The Council House, Victoria Square, Birmingham B1 1BB",
        "Telephone 01905 763763 or 03003 033 3030",
        "Child A and Child B had been known to services.",
        "Worcestershire's children and the Troubled Families programme",
        "the Whole family approach; Think Family; the Stronger Families Programme",
        "a budget of £1,234,567,890 and reference 2017/17",
        "The mother of the child had asked for help.",
        "Minute 289 of 13 September 2017 at 10.00 am",
        "943 476 5918",
        "With regard to the voice of the child, Ahmed explained the tools.",
        "the child Protection plan, and a child, Councillor Invented said",
    ],
)
def test_what_may_not(text: str) -> None:
    assert alarms([("line 1", text)]) == []
    assert what_may_identify(text) == ""


def test_an_alarm_says_where_and_never_what_was_written() -> None:
    found = alarms([("line 3", "Poppy, aged 7"), ("page 2, line 1", "DOB 3/5/2009")])
    assert found == [
        Alarm("a name beside an age", "line 3"),
        Alarm("a date of birth", "page 2, line 1"),
    ]
    assert sentence(found) == (
        "This may tell who a child or family is: it seems to hold a name beside an age (line 3) and a "
        "date of birth (page 2, line 1)."
    )


def test_a_long_text_is_looked_at_to_its_end() -> None:
    assert what_may_identify("a " * 200_000 + "DOB 3/5/2009")
    assert what_may_identify("Aa " * 100_000) == ""
