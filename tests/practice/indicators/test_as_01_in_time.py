"""Assessments in time (AS-01), in the version of each day."""

import pytest

GUIDANCE = (
    "Working days from actual start to authorisation are 45 or fewer. The start is day 0. A working "
    "day is Monday to Friday and not a bank holiday in England and Wales."
)


@pytest.mark.parametrize(
    ("start", "end", "elapsed"),
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
def test_elapsed_working_days(practice, start, end, elapsed):
    """The elapsed working days between two dates: bank holidays and weekends do not count."""
    practice(
        "AS-02",
        f"""
        assessment
        child_id | start_date | authorisation_date
        Ann      | {start}    | {end}
        """,
        period=(start, end),
        gives=elapsed,
        guidance="Working days after the start, up to and including the end.",
    )


def test_forty_five_is_in_time_and_forty_six_is_not(practice):
    """From 1 March 2016 the 45th working day is 6 May, over Easter and the early May holiday."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2016-03-01 | 2016-05-06
        Ben      | 2016-03-01 | 2016-05-09
        """,
        year=2017,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_same_day(practice):
    """Start and end on the same day: elapsed 0, met."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2016-03-14 | 2016-03-14
        """,
        year=2016,
        gives=(1, 1),
        guidance="The start is day 0.",
    )


def test_start_on_a_saturday(practice):
    """A start on Saturday and an end on the next Monday is one working day."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2016-03-05 | 2016-03-07
        """,
        year=2016,
        gives=1,
        guidance="A start on a day that is no working day: the next working day is day 1.",
    )


def test_still_open(practice):
    """An assessment still open is not in AS-01; AS-04 counts those that are late."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-04-01 |
        Ben      | 2015-04-01 | 2015-05-01
        """,
        year=2016,
        gives=(1, 1),
        guidance="Of assessments authorised in the period.",
    )


def test_authorised_in_the_period(practice):
    """The day of authorisation decides the year; when it was started does not."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-03-20 | 2015-04-01
        Ben      | 2016-03-20 | 2016-03-31
        Cal      | 2015-03-20 | 2015-03-31
        Dee      | 2016-03-20 | 2016-04-01
        """,
        year=2016,
        gives=(2, 2),
        guidance="On or after the first day and on or before the last day.",
    )


def test_end_before_start(practice):
    """An end before its start stays in the denominator and is not met; it is a finding."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-10 | 2015-06-01
        Ben      | 2015-06-01 | 2015-06-10
        """,
        year=2016,
        gives=(1, 2),
        guidance="An end before its start in AS-01: in the denominator, not met; a finding.",
    )


def test_unreadable_start(practice):
    """A start that could not be read is not given. The assessment stays, and whether it was in time
    is not known.
    """
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      |            | 2015-06-01
        Ben      | 2015-05-20 | 2015-06-01
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="A date that cannot be read: not given; the record and those around it stay.",
    )


def test_two_versions_side_by_side(practice):
    """The same assessments by the limits of 2010, for initial and for core assessments, and by the
    single assessment's that replaced both in April 2013. No record says which it was of the two.
    """
    records = """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2012-10-01 | 2012-10-15
        Ben      | 2012-10-01 | 2012-10-16
        Cal      | 2012-10-01 | 2012-11-19
        Dee      | 2012-10-01 | 2012-11-20
        Eve      | 2012-10-01 | 2012-12-03
        Fay      | 2012-10-01 | 2012-12-04
        """
    practice(
        "AS-01",
        records,
        version=1,
        part="initial",
        year=2013,
        gives=(1, 6),
        guidance="To March 2013: the initial assessment's 10 working days.",
    )
    practice(
        "AS-01",
        records,
        version=1,
        part="core",
        year=2013,
        gives=(3, 6),
        guidance="To March 2013: the core assessment's 35 working days.",
    )
    practice(
        "AS-01",
        records,
        version=2,
        year=2013,
        gives=(5, 6),
        guidance="From April 2013: the single assessment's 45 working days.",
    )


@pytest.mark.parametrize("part", ["initial", "core"])
def test_end_before_start_in_the_older_version(practice, part):
    """The older version reads a damaged record the same way, and leaves out what is still open."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2012-06-10 | 2012-06-01
        Ben      | 2012-06-10 |
        """,
        version=1,
        part=part,
        year=2013,
        gives=(0, 1),
        guidance="In the denominator, not met; a finding.",
    )


def test_start_before_the_calendar(practice):
    """A start in another century, misread or mistyped, cannot be counted from: not known."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 1915-05-20 | 2015-06-01
        Ben      | 2015-05-20 | 2015-06-01
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )


def test_no_assessment(practice):
    """Denominator 0 gives no value."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-04-01 |
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value. Never 0% or 100%.",
    )


@pytest.mark.parametrize(
    ("version", "part"), [(1, "initial"), (1, "core"), (2, "")], ids=["initial", "core", "single"]
)
def test_days_the_calendar_does_not_cover(practice, version, part):
    """From a start in another century, or to an end before 1990, no working days can be counted: not
    known. The same day is day 0, in any version.
    """
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 1915-05-20 | 2012-06-01
        Ben      | 2012-06-01 | 2012-06-01
        """,
        version=version,
        part=part,
        year=2013,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 1989-05-20 | 1989-06-01
        """,
        version=version,
        part=part,
        year=1990,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )


def test_start_that_cannot_be_read(practice):
    """An assessment whose start cannot be read was authorised all the same; not known to be in time."""
    practice(
        "AS-01",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      |            | 2015-09-01
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="A date that cannot be read is not given; the record stays. Unknown is not no.",
    )
