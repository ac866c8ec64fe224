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


def test_the_standard_in_force_on_the_day(practice):
    """From April every 10 working days instead of 20. Ann was seen on 10 March 2016: on the 31st, 13
    working days later, she is not on the list; on 1 April she is. Ben, never seen, is all the time.
    """
    records = """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    |
        Ben      | 2016-03-10    |
        Cal      | 2015-06-01    | 2016-03-31

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-10 | yes
        """
    settings = """
        [[standard]]
        name = "child-in-need-visit"
        value = 10
        unit = "working days"
        from = 2016-04-01
        set_by = "Practice standards, April 2016"
        """
    guidance = "The past is judged by the rule of its day."
    practice("CI-06", records, settings=settings, on="2016-03-30", gives=2, guidance=guidance)
    practice("CI-06", records, settings=settings, on="2016-03-31", gives=1, guidance=guidance)
    practice("CI-06", records, settings=settings, on="2016-04-01", gives=2, guidance=guidance)
    practice("CI-06", records, settings=settings, on="2016-05-31", gives=2, guidance=guidance)


def test_dates_before_the_calendar(practice):
    """A case opened, or a child last seen, in another century is not lost."""
    practice(
        "CI-06",
        """
        referral
        child_id | referral_date
        Ann      | 1915-06-01
        Ben      | 1915-06-01

        visit
        child_id | pathway | visit_date | seen
        Ben      | CIN     | 1916-03-10 | yes
        """,
        on="2016-03-31",
        gives=2,
        by="reason",
        groups={"Never seen": 1, "Overdue": 1},
        guidance="Nothing is dropped in silence; the working-day calendar begins in 1990.",
    )
