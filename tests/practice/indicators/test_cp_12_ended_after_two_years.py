"""Plans ended after 24 months or more (CP-12)."""

GUIDANCE = "Of plans ended in the period, those where end is on or after start plus 24 months."


def test_a_day_short_and_to_the_day(practice):
    """From 1 April 2014: an end on 31 March 2016 is a day short, one on 1 April 2016 is met."""
    records = """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-04-01 | 2016-03-31
        Ben      | 2014-04-01 | 2016-04-01
        """
    practice("CP-12", records, year=2016, gives=(0, 1), guidance=GUIDANCE)
    practice("CP-12", records, year=2017, gives=(1, 1), guidance=GUIDANCE)


def test_leap_day(practice):
    """Twenty-four months after 29 February 2016 is 28 February 2018."""
    practice(
        "CP-12",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-02-29 | 2018-02-28
        Ben      | 2016-02-29 | 2018-02-27
        """,
        year=2018,
        gives=(1, 2),
        guidance="If the target month has no such day, use its last day.",
    )


def test_open_plans_are_not_counted(practice):
    """A plan still open is not in CP-12, however old; without an end there is no value."""
    practice(
        "CP-12",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2010-04-01 |
        """,
        year=2016,
        gives=(0, 0),
        guidance=GUIDANCE,
    )


def test_ends_before_it_starts(practice):
    """A plan that ends before it starts is an end in its period, and not met."""
    practice(
        "CP-12",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-05-01 | 2015-06-01
        """,
        year=2016,
        gives=(0, 1),
        guidance="By the letter; a finding.",
    )


def test_other_authority(practice):
    """Another authority's plan is left out."""
    practice(
        "CP-12",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2012-05-01 | 2015-09-01 | yes
        Ben      | 2015-05-01 | 2015-09-01 |
        """,
        year=2016,
        gives=(0, 1),
        guidance="Plans of other authorities are left out of local counts.",
    )


def test_start_that_cannot_be_read(practice):
    """A plan whose start cannot be read has ended all the same; how long it was is not known."""
    practice(
        "CP-12",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      |            | 2015-09-01
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="A date that cannot be read is not given; the record stays. Unknown is not no.",
    )
