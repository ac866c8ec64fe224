"""When a request is due, by its own words.

The date is counted from the day of the meeting that asked. What the words do not say is not guessed.
"""

import pytest


@pytest.mark.parametrize(
    ("meeting", "words", "due", "why"),
    [
        ("2016-05-11", "in six months’ time", "2016-11-11", "the same day six months on"),
        ("2017-08-31", "in six months", "2018-02-28", "February has no 31st: its last day"),
        ("2018-10-16", "in 12 months time", "2019-10-16", "a year, without the apostrophe"),
        ("2017-09-13", "within 10 working days", "2017-09-27", "Saturdays and Sundays are skipped"),
        ("2016-03-24", "within 5 working days", "2016-04-04", "Easter is skipped"),
    ],
)
def test_after_a_time(reckoning, meeting, words, due, why):
    """A time is counted from the meeting. Months keep the day; working days skip weekends and holidays."""
    reckoning(
        "due",
        f"""
        meeting    | words
        {meeting} | {words}
        """,
        gives=due,
        guidance=f"Counted from the meeting: {why}.",
    )


@pytest.mark.parametrize(
    ("words", "due", "why"),
    [
        ("by 8 January 2019", "2019-01-08", "the date itself"),
        ("by 8 January", "2019-01-08", "the year is not said, so it is the first such day after"),
        ("in November 2018", "2018-11-30", "a month is kept up to its last day"),
        ("before March 2019", "2019-02-28", "before a month is up to the day before it begins"),
    ],
)
def test_a_day_or_a_month(reckoning, words, due, why):
    """A day or month that is named is the date, and one without a year is the next to come."""
    reckoning(
        "due",
        f"""
        meeting    | words
        2018-10-16 | {words}
        """,
        gives=due,
        guidance=f"Named in the minutes: {why}.",
    )


def test_the_next_meeting(reckoning):
    """The next meeting is due on its day."""
    reckoning(
        "due",
        """
        meeting    | words                          | next meeting
        2018-10-16 | a response to the next meeting | 2019-01-08
        """,
        gives="2019-01-08",
        guidance="A formal response to the next meeting.",
    )


def test_a_next_meeting_nobody_has_called(reckoning):
    """Where no next meeting is called there is no date yet. It is found once one is."""
    reckoning(
        "due",
        """
        meeting    | words
        2018-10-16 | at the next meeting
        """,
        gives="no date",
        guidance="No date is better than a wrong one.",
    )


@pytest.mark.parametrize(
    ("words", "gives"),
    [
        ("", "no date"),
        ("as soon as possible", "waits for: as soon as possible"),
        (
            "when wider roll-out across districts takes place",
            "waits for: when wider roll-out across districts takes place",
        ),
        ("regularly", "no date"),
    ],
)
def test_without_a_date(reckoning, words, gives):
    """Words that give no day get none. An event that is waited for is kept as an event."""
    reckoning(
        "due",
        f"""
        meeting    | words
        2016-05-11 | {words}
        """,
        gives=gives,
        guidance="Members to be advised when something takes place: tracked, and never overdue by itself.",
    )
