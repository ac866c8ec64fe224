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


def test_plans_outside_the_episode(practice):
    """A plan that began before the referral, or another after its closure, opens no episode then: on
    neither day is there one.
    """
    records = """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    | 2016-01-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-04-01 | 2015-09-01
        Ann      | 2016-02-01 | 2016-03-01
        """
    for part in ("", "child in need only"):
        for day, gives in (
            ("2015-05-01", (0, 0)),
            ("2015-06-01", (1, 1)),
            ("2015-09-01", (0, 1)),
            ("2016-01-15", (0, 0)),
            ("2016-02-15", (0, 0)),
        ):
            practice("CI-04", records, part=part, on=day, gives=gives, guidance="CI-01 on the day.")


def test_plans_of_other_children(practice):
    """Another child's plan is not this one's; two plans at once are one child with a plan."""
    records = """
        referral
        line | child_id | referral_date | closure_date
        7    | Ann      | 2015-06-01    |
        7    | Ben      | 2015-06-01    |
        7    | Cal      | 2015-06-01    | 2015-12-01
        7    | Cal      | 2015-09-01    |
        8    | Cal      | 2015-09-01    | 2016-03-31

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 |
        Ann      | 2015-08-01 | 2015-10-01
        Cal      | 2015-11-01 | 2016-02-01
        """
    for part in ("", "child in need only"):
        for day, gives in (
            ("2016-03-31", (1, 3)),
            ("2015-11-15", (4, 5)),
            ("2015-07-15", (1, 3)),
            ("2015-10-15", (1, 5)),
        ):
            practice(
                "CI-04", records, part=part, on=day, gives=gives, guidance="With a plan on the day."
            )


def test_no_further_action(practice):
    """A referral marked no further action is no episode, with a plan or without."""
    records = """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-06-01    | yes
        Ben      | 2015-06-01    | no
        Cal      | 2015-06-01    | yes

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 |
        Ben      | 2015-07-01 | 2015-08-01
        """
    for part in ("", "child in need only"):
        practice(
            "CI-04",
            records,
            part=part,
            on="2016-03-31",
            gives=(0, 1),
            guidance="Excluding referrals marked no further action.",
        )
        practice(
            "CI-04",
            records,
            part=part,
            on="2015-06-15",
            gives=(0, 1),
            guidance="Excluding referrals marked no further action.",
        )


def test_another_authoritys_protection_plan(practice):
    """Only a protection plan of this authority takes a child out of those in need only; care ends and
    the child is back among them.
    """
    records = """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    | 2016-03-31
        Ben      | 2015-06-01    |
        Cal      | 2015-06-01    |
        Dee      | 2015-06-01    |

        cin_plan
        child_id | start_date
        Ann      | 2015-06-01
        Cal      | 2015-06-01

        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-07-01 |            | yes
        Ben      | 2015-07-01 | 2015-10-01 | no
        Dee      | 2015-07-01 | 2015-10-01 |

        care_episode
        child_id | start_date | start_reason | end_date
        Cal      | 2015-08-01 | S            | 2015-11-01
        """
    for day, gives in (
        ("2015-06-15", (2, 4)),
        ("2015-07-15", (2, 2)),
        ("2015-09-15", (1, 1)),
        ("2015-10-01", (1, 3)),
        ("2015-11-01", (2, 4)),
        ("2016-03-31", (1, 3)),
    ):
        practice(
            "CI-04",
            records,
            part="child in need only",
            on=day,
            gives=gives,
            guidance="Also show without children on a CP plan or looked after.",
        )


def test_days_missing_or_the_wrong_way_round(practice):
    """A referral or plan without its first day is on no day, and a plan that ends before it starts is
    never open: not Ann's, nor the protection plan of Ben's.
    """
    records = """
        referral
        child_id | referral_date | closure_date
        Ann      |               |
        Ann      | 2015-06-01    |
        Ben      | 2015-06-01    |

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 | 2015-08-01
        Ann      | 2015-10-01 | 2015-09-01
        Ann      |            | 2016-01-01
        Ben      | 2015-07-01 |

        cp_plan
        child_id | start_date | end_date
        Ben      | 2015-10-01 | 2015-09-01
        """
    for part in ("", "child in need only"):
        for day, gives in (
            ("2015-06-15", (0, 2)),
            ("2015-07-15", (2, 2)),
            ("2015-08-15", (1, 2)),
            ("2015-09-15", (1, 2)),
            ("2015-10-15", (1, 2)),
        ):
            practice("CI-04", records, part=part, on=day, gives=gives, guidance="CI-01 on the day.")


def test_protection_within_care(practice):
    """A protection plan that ends while the child is looked after does not bring the child back among
    those in need only; the end of care does.
    """
    records = """
        referral
        child_id | referral_date
        Ann      | 2015-06-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-06-01 | 2015-06-15
        Ann      | 2015-12-15 |

        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-08-01 | 2015-09-01
        Ann      | 2016-02-01 | 2016-03-01

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-07-01 | S            | 2015-12-01
        """
    for day, gives in (
        ("2015-06-10", (1, 1)),
        ("2015-06-20", (0, 1)),
        ("2015-08-15", (0, 0)),
        ("2015-10-01", (0, 0)),
        ("2015-12-01", (0, 1)),
        ("2016-01-01", (1, 1)),
        ("2016-02-15", (0, 0)),
        ("2016-03-15", (1, 1)),
    ):
        practice(
            "CI-04",
            records,
            part="child in need only",
            on=day,
            gives=gives,
            guidance="Also show without children on a CP plan or looked after.",
        )


def test_one_plan_after_another(practice):
    """Between two plans, and after the last, the child is without one."""
    records = """
        referral
        child_id | referral_date
        Ann      | 2015-06-01

        cin_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 | 2015-09-01
        Ann      | 2015-11-01 | 2016-01-01
        """
    for part in ("", "child in need only"):
        for day, gives in (
            ("2015-06-15", (0, 1)),
            ("2015-08-01", (1, 1)),
            ("2015-10-01", (0, 1)),
            ("2015-12-01", (1, 1)),
            ("2016-02-01", (0, 1)),
        ):
            practice(
                "CI-04", records, part=part, on=day, gives=gives, guidance="With a plan on the day."
            )


def test_protection_and_care_that_overlap(practice):
    """A protection plan within a time in care does not end it; one that ends before it starts takes
    nothing out, and makes no child two.
    """
    records = """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01
        Cal      | 2015-06-01

        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-08-01 | 2015-10-01
        Ann      | 2015-08-01 | 2015-09-01
        Ben      | 2015-11-01 | 2015-09-01

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-07-01 | S            | 2015-12-01
        Cal      | 2015-11-01 | S            | 2015-09-01
        """
    for day, gives in (
        ("2015-06-15", (0, 3)),
        ("2015-09-15", (0, 2)),
        ("2015-10-15", (0, 2)),
        ("2015-12-15", (0, 3)),
    ):
        practice(
            "CI-04",
            records,
            part="child in need only",
            on=day,
            gives=gives,
            guidance="Also show without children on a CP plan or looked after.",
        )
