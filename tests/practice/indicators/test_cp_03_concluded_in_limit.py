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


def test_the_limit_in_force_on_the_day_it_was_concluded(practice):
    """From October 10 working days instead of 15: the same 12 were in time on 30 September."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 2015-09-14 | 2015-09-30
        Ben      | 2015-09-15 | 2015-10-01
        Cal      | 2015-09-30 | 2015-09-30
        """,
        settings="""
        [[standard]]
        name = "section-47-conclusion"
        value = 10
        unit = "working days"
        from = 2015-10-01
        set_by = "Practice standards, October 2015"
        """,
        year=2016,
        gives=(2, 3),
        guidance="The past is judged by the rule of its day.",
    )


def test_days_the_calendar_does_not_cover(practice):
    """From a start in another century no working days can be counted: not known."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 1915-09-14 | 2015-09-30
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )


def test_conclusion_before_the_calendar_and_the_standards(practice):
    """Before 1990 no standard is in force, so none is judged."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 1989-09-14 | 1989-09-30
        """,
        year=1990,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_concluded_after_the_calendar(practice):
    """A conclusion after 2049 cannot be counted to: not known."""
    practice(
        "CP-03",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 2049-09-14 | 2050-09-30
        """,
        year=2051,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar ends in 2049.",
    )
