"""Assessments open over 45 working days (AS-04)."""

GUIDANCE = "Assessments started on or before the day, not authorised by it, elapsed over 45."


def test_late_from_the_forty_sixth_day(practice):
    """Started on 1 March 2016, the 46th working day is 9 May: late that day."""
    practice(
        "AS-04",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2016-03-01 |
        """,
        on="2016-05-09",
        gives=1,
        guidance=GUIDANCE,
    )


def test_not_late_on_the_forty_fifth_day(practice):
    """On the 45th working day, and on the weekend after it, nothing is late."""
    practice(
        "AS-04",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2016-03-01 |
        """,
        on="2016-05-08",
        gives=0,
        guidance=GUIDANCE,
    )


def test_authorised_on_the_day(practice):
    """One authorised on the day is no longer open; one authorised later was open that day."""
    practice(
        "AS-04",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-09-01 | 2016-03-31
        Ben      | 2015-09-01 | 2016-04-01
        """,
        on="2016-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_start_before_the_calendar(practice):
    """One whose start stands in another century is not lost: it is on the list."""
    practice(
        "AS-04",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 1915-06-01 |
        """,
        on="2016-03-31",
        gives=1,
        guidance="Nothing is dropped in silence.",
    )
