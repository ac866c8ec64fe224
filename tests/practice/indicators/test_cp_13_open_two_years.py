"""Open plans of 24 months or more (CP-13)."""

GUIDANCE = "Of plans open on the day (CP-09), those started on or before the day minus 24 months."


def test_to_the_day(practice):
    """On 31 March 2016: started on 31 March 2014 is met, on 1 April 2014 is not."""
    practice(
        "CP-13",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-03-31 |
        Ben      | 2014-04-01 |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_leap_day(practice):
    """The day minus 24 months clamps: 28 February 2018 gives 28 February 2016, before a start on the
    29th. A day later it is met.
    """
    records = """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-02-29 |
        """
    clamped = "Start on or before the day minus 24 months, clamped."
    practice("CP-13", records, on="2018-02-28", gives=(0, 1), guidance=clamped)
    practice("CP-13", records, on="2018-03-01", gives=(1, 1), guidance=clamped)


def test_only_open_plans(practice):
    """A plan that ended on the day is in neither; without an open plan there is no value."""
    practice(
        "CP-13",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2010-04-01 | 2016-03-31
        Ben      | 2016-04-01 |
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_other_authority(practice):
    """Another authority's plan is left out."""
    practice(
        "CP-13",
        """
        cp_plan
        child_id | start_date | other_authority
        Ann      | 2010-04-01 | yes
        Ben      | 2016-03-01 |
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Plans of other authorities are left out of local counts.",
    )
