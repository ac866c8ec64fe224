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
