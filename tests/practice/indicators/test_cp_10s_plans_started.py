"""Child protection plans started (CP-10s)."""

GUIDANCE = "Plan starts in the period. Each occasion counts."


def test_started_in_the_period(practice):
    """The first and the last day belong to the period."""
    practice(
        "CP-10s",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-03-31
        Ben      | 2015-04-01
        Cal      | 2016-03-31
        Dee      | 2016-04-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_each_occasion(practice):
    """A child with two plans in a year counts twice."""
    practice(
        "CP-10s",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-05-01 | 2015-09-01
        Ann      | 2016-01-01 |
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_ends_before_it_starts(practice):
    """A plan that ends before it starts is a start in its period all the same."""
    practice(
        "CP-10s",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-05-01 | 2015-03-01
        """,
        year=2016,
        gives=1,
        guidance="By the letter: a start and an end in their periods; a finding.",
    )


def test_other_authority(practice):
    """Another authority's plan is left out."""
    practice(
        "CP-10s",
        """
        cp_plan
        child_id | start_date | other_authority
        Ann      | 2015-05-01 | yes
        Ben      | 2015-05-01 |
        """,
        year=2016,
        gives=1,
        guidance="Plans of other authorities are left out of local counts.",
    )
