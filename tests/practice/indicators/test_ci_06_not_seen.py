"""Children in need not seen within the standard (CI-06)."""

GUIDANCE = "Open CIN never seen, or last seen longer ago than the standard. Never averaged away."


def test_never_seen_and_overdue(practice):
    """Never seen counts from the first day; overdue from the day after the standard ran out."""
    practice(
        "CI-06",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-31
        Ben      | 2015-06-01
        Cal      | 2015-06-01

        visit
        child_id | pathway | visit_date | seen
        Ben      | CIN     | 2016-02-29 | yes
        Cal      | CIN     | 2016-03-01 | yes
        """,
        on="2016-03-31",
        gives=2,
        by="reason",
        groups={"Never seen": 1, "Overdue": 1},
        guidance=GUIDANCE,
    )


def test_a_visit_without_the_child_is_not_being_seen(practice):
    """Ann was visited and not seen; of Ben it is not known: neither has been seen."""
    practice(
        "CI-06",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-01
        Ben      | 2016-03-01

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-10 | no
        Ben      | CIN     | 2016-03-10 |
        """,
        on="2016-03-31",
        gives=2,
        by="reason",
        groups={"Never seen": 2},
        guidance="Unknown is not counted as met.",
    )


def test_seen_on_the_first_day(practice):
    """Seen on the day of the referral: not on this list until the standard has run out."""
    practice(
        "CI-06",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-01

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-01 | yes
        """,
        on="2016-03-31",
        gives=0,
        guidance=GUIDANCE,
    )


def test_closed(practice):
    """An episode closed on the day, or with no further action, is not waiting to be seen."""
    practice(
        "CI-06",
        """
        referral
        child_id | referral_date | closure_date | no_further_action
        Ann      | 2016-03-01    | 2016-03-31   |
        Ben      | 2016-03-01    |              | yes
        """,
        on="2016-03-31",
        gives=0,
        guidance=GUIDANCE,
    )
