"""Child protection plans ended (CP-10e)."""

GUIDANCE = "Plan ends in the period. Each occasion counts."


def test_ended_in_the_period(practice):
    """The first and the last day belong to the period; an open plan has not ended."""
    practice(
        "CP-10e",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-05-01 | 2015-03-31
        Ben      | 2014-05-01 | 2015-04-01
        Cal      | 2014-05-01 | 2016-03-31
        Dee      | 2014-05-01 | 2016-04-01
        Eve      | 2014-05-01 |
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_ends_before_it_starts(practice):
    """A plan that ends before it starts is an end in its period all the same."""
    practice(
        "CP-10e",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-05-01 | 2015-06-01
        """,
        year=2016,
        gives=1,
        guidance="By the letter: a start and an end in their periods; a finding.",
    )


def test_other_authority(practice):
    """Another authority's plan is left out."""
    practice(
        "CP-10e",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-05-01 | 2015-09-01 | yes
        Ben      | 2015-05-01 | 2015-09-01 |
        """,
        year=2016,
        gives=1,
        guidance="Plans of other authorities are left out of local counts.",
    )


def test_start_that_cannot_be_read(practice):
    """A plan whose start cannot be read ends in its period all the same."""
    practice(
        "CP-10e",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      |            | 2015-09-01
        """,
        year=2016,
        gives=1,
        guidance="A date that cannot be read is not given; the record stays.",
    )
