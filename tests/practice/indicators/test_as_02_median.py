"""Median length of an assessment (AS-02)."""

GUIDANCE = "Median of elapsed working days, of assessments authorised in the period."


def test_odd_number(practice):
    """Of three, the middle one."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-02
        Ben      | 2015-06-01 | 2015-06-08
        Cal      | 2015-06-01 | 2015-08-03
        """,
        year=2016,
        gives=5,
        guidance=GUIDANCE,
    )


def test_even_number(practice):
    """Of two, half-way between them."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-02
        Ben      | 2015-06-01 | 2015-06-05
        """,
        year=2016,
        gives=2.5,
        guidance=GUIDANCE,
    )


def test_left_out(practice):
    """Open assessments, and those that end before they start, are left out."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-02
        Ben      | 2015-06-01 |
        Cal      | 2015-06-10 | 2015-06-01
        """,
        year=2016,
        gives=1,
        guidance=GUIDANCE,
    )


def test_none(practice):
    """Without an assessment there is no median."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 |
        """,
        year=2016,
        gives=None,
        guidance=GUIDANCE,
    )


def test_quartiles_stand_beside_it(practice):
    """Of 0, 2, 5, 10 and 20 working days the quartiles are 2 and 10; of 1 and 4 they lie between."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-01
        Ben      | 2015-06-01 | 2015-06-03
        Cal      | 2015-06-01 | 2015-06-08
        Dee      | 2015-06-01 | 2015-06-15
        Eve      | 2015-06-01 | 2015-06-29
        """,
        year=2016,
        gives=5,
        quartiles=(2, 10),
        guidance="Also 25th and 75th percentiles.",
    )
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-02
        Ben      | 2015-06-01 | 2015-06-05
        """,
        year=2016,
        gives=2.5,
        quartiles=(1.75, 3.25),
        guidance="Also 25th and 75th percentiles.",
    )


def test_start_before_the_calendar(practice):
    """A start in another century cannot be counted from: it has no length, and is shown as not known."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 1915-06-01 | 2015-06-02
        Ben      | 2015-06-01 | 2015-06-05
        """,
        year=2016,
        gives=4,
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )


def test_end_before_the_calendar(practice):
    """An assessment of 1989 has no length that can be counted."""
    practice(
        "AS-02",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 1989-06-01 | 1989-06-05
        """,
        year=1990,
        gives=None,
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )
