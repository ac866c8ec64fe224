"""Children in need with a child in need plan (CI-04)."""

GUIDANCE = "CI-01 with a CIN plan open on the day, of CI-01."
PLANS = """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    |
        Ben      | 2015-06-01    |
        Cal      | 2015-06-01    |
        Dee      | 2015-06-01    | 2016-03-31

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 |
        Ben      | 2015-07-01 | 2016-03-31
        Dee      | 2015-07-01 |
        """


def test_plan_open_on_the_day(practice):
    """Ann's plan is open, Ben's ended that day, Cal has none; Dee's episode is closed."""
    practice("CI-04", PLANS, on="2016-03-31", gives=(1, 3), guidance=GUIDANCE)


def test_before_the_plan_and_between_plans(practice):
    """An episode counts as planned only while a plan is open: not before it, nor between two."""
    practice(
        "CI-04",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 | 2015-09-01
        Ann      | 2015-11-01 |
        Ben      | 2015-11-01 |
        """,
        on="2015-10-15",
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_one_plan_follows_another(practice):
    """A plan that starts on the day the last one ended leaves no gap; nor do plans that overlap."""
    practice(
        "CI-04",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 | 2015-09-01
        Ann      | 2015-09-01 |
        Ben      | 2015-07-01 | 2016-01-01
        Ben      | 2015-08-01 | 2015-09-01
        """,
        on="2015-09-01",
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_plan_begun_before_the_referral(practice):
    """A plan begun before the episode, and still open, counts from the episode's first day."""
    practice(
        "CI-04",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-05-01 |
        """,
        on="2015-06-01",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_without_children_on_a_protection_plan_or_looked_after(practice):
    """Children with a child protection plan, or looked after, are not expected to have a CIN plan."""
    practice(
        "CI-04",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01
        Cal      | 2015-06-01
        Dee      | 2015-06-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 |

        cp_plan
        child_id | start_date | end_date
        Ben      | 2015-07-01 |
        Dee      | 2015-07-01 | 2016-03-01

        care_episode
        child_id | start_date | start_reason | end_date
        Cal      | 2015-07-01 | S            |
        """,
        part="child in need only",
        on="2016-03-31",
        gives=(1, 2),
        guidance="Also show without children on a CP plan or looked after.",
    )
