"""Children on a plan seen alone at the last visit (CP-16)."""

GUIDANCE = "Children on a plan seen alone at the last visit, of plans open on the day with a visit."


def test_last_visit(practice):
    """Only the last visit by the day counts; a plan without a visit is left out."""
    practice(
        "CP-16",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01
        Cal      | 2015-09-01

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2016-01-10 | no
        Ann      | CP      | 2016-03-10 | yes
        Ann      | CP      | 2016-04-10 | no
        Ben      | CP      | 2016-01-10 | yes
        Ben      | CP      | 2016-03-10 | no
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_known(practice):
    """Whether the child was seen alone at the last visit is not known: in the denominator, not met."""
    practice(
        "CP-16",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2016-01-10 | yes
        Ann      | CP      | 2016-03-10 |
        """,
        on="2016-03-31",
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_visit_on_the_first_day_and_other_kinds(practice):
    """A visit on the first day counts; a visit of another kind, or before the plan, does not."""
    practice(
        "CP-16",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2015-09-01 | yes
        Ben      | LAC     | 2015-10-01 | yes
        Ben      | CP      | 2015-08-31 | yes
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_two_visits_on_one_day(practice):
    """Two visits on the last day: seen alone at either is seen alone."""
    practice(
        "CP-16",
        """
        cp_plan
        child_id | start_date | other_authority
        Ann      | 2015-09-01 |
        Ben      | 2015-09-01 | yes

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2015-10-01 | no
        Ann      | CP      | 2015-10-01 | yes
        Ben      | CP      | 2015-10-01 | yes
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_same_line_of_two_files(practice):
    """Each plan has its own last visit, wherever it was read."""
    records = """
        cp_plan
        line | child_id | start_date | end_date
        7    | Ann      | 2015-09-01 |
        7    | Ben      | 2015-09-01 |
        7    | Cal      | 2015-09-01 | 2016-01-01
        7    | Cal      | 2015-10-01 |
        8    | Cal      | 2015-10-01 |

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2015-11-02 | yes
        Ben      | CP      | 2015-11-03 | no
        Cal      | CP      | 2015-11-04 | yes
        """
    practice("CP-16", records, on="2016-03-31", gives=(3, 4), guidance=GUIDANCE)
    practice("CP-16", records, on="2015-11-04", gives=(4, 5), guidance=GUIDANCE)


def test_visits_outside_the_plan(practice):
    """Visits before the plan begins or after it ends are none of it, and no plan is open after its end."""
    records = """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-03-21 |
        Ben      | 2015-09-01 | 2016-03-01

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2016-03-10 | yes
        Ben      | CP      | 2016-02-26 | yes
        Ben      | CP      | 2016-03-10 | yes
        Ben      | CP      | 2016-03-24 | yes
        """
    practice("CP-16", records, on="2016-03-20", gives=(0, 0), guidance=GUIDANCE)
    practice("CP-16", records, on="2016-03-05", gives=(0, 0), guidance=GUIDANCE)
    practice("CP-16", records, on="2016-02-28", gives=(1, 1), guidance=GUIDANCE)


def test_plans_said_to_be_our_own(practice):
    """Plans of another authority are left out; one said to be our own, or not said, is counted."""
    practice(
        "CP-16",
        """
        cp_plan
        child_id | start_date | other_authority
        Ann      | 2015-09-01 | no
        Ben      | 2015-09-01 | yes
        Cal      | 2015-09-01 | yes

        visit
        child_id | pathway | visit_date | seen_alone
        Ann      | CP      | 2015-10-01 | no
        Ben      | CP      | 2015-10-01 | yes
        Cal      | CP      | 2015-10-01 | yes
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Plans of other authorities are left out of local counts.",
    )
