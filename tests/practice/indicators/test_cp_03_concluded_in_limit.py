"""Section 47 enquiries concluded within the local limit (CP-03)."""

GUIDANCE = "Enquiries concluded within the local limit (15 working days by default)."


def test_fifteen_working_days(practice):
    """From 14 March 2016 the 15th working day is 6 April, over Easter."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 2016-03-14 | 2016-04-06
        Ben      | 2016-03-14 | 2016-04-07
        """,
        year=2017,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_concluded(practice):
    """An enquiry still open is not counted, however long it has lasted."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 2015-05-01 |
        """,
        year=2016,
        gives=(0, 0),
        guidance="Of enquiries concluded in the period.",
    )


def test_end_before_start(practice):
    """An end before its start is not within the limit."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 2015-05-10 | 2015-05-01
        """,
        year=2016,
        gives=(0, 1),
        guidance="In the denominator, not met; a finding.",
    )
