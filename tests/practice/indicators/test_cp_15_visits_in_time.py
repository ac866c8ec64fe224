"""Children on a plan visited in time (CP-15)."""

GUIDANCE = "Plans open on the day whose child was last visited within the local 10 working days."


def test_ten_working_days(practice):
    """On 31 March 2016: a visit on 15 March is 10 working days ago over Easter, one on the 14th 11."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-15
        Ben      | CP      | 2016-03-14
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_yet_visited(practice):
    """Not yet visited: out of the denominator until the standard has passed, then not met."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2016-03-15
        Ben      | 2016-03-14
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Plans open for less than the interval and not yet visited are listed apart.",
    )


def test_visit_on_the_first_day(practice):
    """A visit on the day the plan starts is a visit under it; one before it is not."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2016-03-21
        Ben      | 2016-03-21

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-21
        Ben      | CP      | 2016-03-20
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_visits_of_other_kinds_and_after_the_day(practice):
    """A visit under a child in need plan is not a child protection visit; a later one is not yet."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01

        visit
        child_id | pathway | visit_date
        Ann      | CIN     | 2016-03-30
        Ben      | CP      | 2016-04-01
        """,
        on="2016-03-31",
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_ended_plans_and_other_authorities(practice):
    """Ended plans and those of other authorities are left out; then there is no value."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-09-01 | 2016-03-31 |
        Ben      | 2015-09-01 |            | yes

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-30
        Ben      | CP      | 2016-03-30
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
