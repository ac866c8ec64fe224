"""Working days, through assessments in 45 of them (AS-01) and conferences in 15 (CP-05).

The start is day 0. A working day is Monday to Friday and not a bank holiday in England and Wales.
"""

import pytest

GUIDANCE = "Working days after the start, up to and including the end. The start is day 0."


@pytest.mark.parametrize(
    ("start", "due", "late", "why"),
    [
        ("2016-03-14", "2016-04-06", "2016-04-07", "Good Friday and Easter Monday are skipped"),
        ("2016-03-05", "2016-03-29", "2016-03-30", "a start on a Saturday"),
        ("2016-03-07", "2016-03-30", "2016-03-31", "the Monday after it, one day later"),
        ("2016-12-19", "2017-01-12", "2017-01-13", "26 and 27 December and 2 January are skipped"),
        ("2011-04-20", "2011-05-17", "2011-05-18", "Easter, the royal wedding and 2 May"),
        ("2012-06-01", "2012-06-26", "2012-06-27", "the spring holiday moved, and the jubilee"),
        ("2020-05-07", "2020-06-01", "2020-06-02", "early May moved to the 8th, and 25 May"),
        ("2020-12-24", "2021-01-19", "2021-01-20", "28 December is a substitute day"),
        ("2022-05-30", "2022-06-22", "2022-06-23", "2 and 3 June; 30 May is no holiday that year"),
        ("2022-09-16", "2022-10-10", "2022-10-11", "the state funeral"),
        ("2023-05-05", "2023-05-30", "2023-05-31", "the coronation, and 29 May"),
    ],
)
def test_fifteen_working_days(practice, start, due, late, why):
    """The fifteenth working day is in time and the next is not, whatever holidays lie between."""
    practice(
        "CP-05",
        f"""
        conference
        child_id | conference_date | section_47_start
        Ann      | {due}           | {start}
        Ben      | {late}          | {start}
        """,
        period=(start, late),
        gives=(1, 2),
        guidance=f"Conferences within 15 working days: {why}.",
    )


@pytest.mark.parametrize(
    ("start", "due", "late", "why"),
    [
        ("2016-03-01", "2016-05-06", "2016-05-09", "Easter and 2 May are skipped"),
        ("2016-10-31", "2017-01-05", "2017-01-06", "Christmas and the New Year"),
        ("2016-03-25", "2016-06-01", "2016-06-02", "a start on Good Friday: the Tuesday is day 1"),
    ],
)
def test_forty_five_working_days(practice, start, due, late, why):
    """The forty-fifth working day is in time and the next is not."""
    practice(
        "AS-01",
        f"""
        assessment
        child_id | start_date | authorisation_date
        Ann      | {start}    | {due}
        Ben      | {start}    | {late}
        """,
        version=2,
        period=(start, late),
        gives=(1, 2),
        guidance=f"Assessments within 45 working days: {why}.",
    )


@pytest.mark.parametrize(
    ("start", "end", "elapsed"),
    [
        ("2016-03-14", "2016-03-14", 0),
        ("2016-03-24", "2016-03-28", 0),
        ("2016-03-25", "2016-03-29", 1),
        ("2016-03-26", "2016-03-29", 1),
        ("2022-05-30", "2022-06-06", 3),
        ("2016-12-24", "2016-12-28", 1),
    ],
)
def test_elapsed(practice, start, end, elapsed):
    """Days off at the start, at the end and between do not count; a start on a day off is right too."""
    practice(
        "AS-02",
        f"""
        assessment
        child_id | start_date | authorisation_date
        Ann      | {start}    | {end}
        """,
        period=(start, end),
        gives=elapsed,
        guidance=GUIDANCE,
    )


def test_months_clamp(practice):
    """Twenty-four months after 29 February 2012 is 28 February 2014; a day short is short."""
    practice(
        "CP-12",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-02-28 | 2016-02-28
        Ben      | 2014-03-31 | 2016-03-31
        Cal      | 2014-03-31 | 2016-03-30
        Dee      | 2012-02-29 | 2014-02-28
        """,
        period=("2014-01-01", "2016-12-31"),
        gives=(3, 4),
        guidance="If the target month has no such day, use its last day.",
    )
