"""Children in need seen within the standard (CI-05)."""

GUIDANCE = "Open CIN last seen within 20 working days of the day (a local standard)."


def test_seen_within_twenty_working_days(practice):
    """Seen on 29 February 2016, the 20th working day after is 30 March; on the 31st it is overdue."""
    practice(
        "CI-05",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-01 | yes
        Ben      | CIN     | 2016-02-29 | yes
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_only_the_last_time_counts(practice):
    """Long overdue and then seen: in time again. A visit after the day has not happened yet."""
    practice(
        "CI-05",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2015-06-20 | yes
        Ann      | CIN     | 2016-03-30 | yes
        Ben      | CIN     | 2015-06-20 | yes
        Ben      | CIN     | 2016-04-01 | yes
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_new_and_not_yet_seen(practice):
    """Open for less than the standard and not yet seen: listed apart, so not in the denominator."""
    practice(
        "CI-05",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-20
        Ben      | 2015-06-01
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Cases open for less than the standard and not yet seen are listed apart.",
    )


def test_seen_on_the_day_of_the_referral(practice):
    """A child seen on the day of the referral has been seen."""
    practice(
        "CI-05",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-20

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-20 | yes
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_visited_but_not_seen(practice):
    """A visit at which the child was not seen, or of which it is not known, is not being seen."""
    practice(
        "CI-05",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01
        Cal      | 2015-06-01

        visit
        child_id | pathway | visit_date | seen | seen_alone
        Ann      | CIN     | 2016-03-30 | no   |
        Ben      | CIN     | 2016-03-30 |      |
        Cal      | CP      | 2016-03-30 |      | yes
        """,
        on="2016-03-31",
        gives=(1, 3),
        guidance="Unknown is not counted as met.",
    )


def test_closed_or_no_further_action(practice):
    """Closed episodes and referrals with no further action are left out; without any, no value."""
    practice(
        "CI-05",
        """
        referral
        child_id | referral_date | closure_date | no_further_action
        Ann      | 2015-06-01    | 2016-03-31   | no
        Ben      | 2015-06-01    |              | yes

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-30 | yes
        Ben      | CIN     | 2016-03-30 | yes
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance=GUIDANCE,
    )


def test_the_standard_in_force_on_the_day(practice):
    """From April every 10 working days instead of 20. Ann and Ben were seen, and Cal's case opened, on
    10 March 2016: on the 31st, 13 working days later, all is well; on 1 April the new rule holds.
    """
    records = """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    |
        Ben      | 2015-06-01    | 2016-03-31
        Cal      | 2016-03-10    |

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-10 | yes
        Ben      | CIN     | 2016-03-10 | yes
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
    practice("CI-05", records, settings=settings, on="2016-03-31", gives=(1, 1), guidance=guidance)
    practice("CI-05", records, settings=settings, on="2016-04-01", gives=(0, 2), guidance=guidance)
    practice("CI-05", records, settings=settings, on="2016-03-30", gives=(2, 2), guidance=guidance)


def test_dates_before_the_calendar(practice):
    """A case opened, or a child last seen, in another century is not lost, nor in time."""
    practice(
        "CI-05",
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
        gives=(0, 2),
        guidance="Nothing is dropped in silence; the working-day calendar begins in 1990.",
    )


def test_by_district_team_and_worker(practice):
    """Each case belongs to the district, team and worker of its referral, seen or not."""
    records = """
        referral
        child_id | referral_date | district | team | worker
        Ann      | 2015-06-01    | Redditch | East | Ola
        Ben      | 2015-06-01    | Wychavon | West | Pat

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-10 | yes
        """
    for by, first, second in (
        ("district", "Redditch", "Wychavon"),
        ("team", "East", "West"),
        ("worker", "Ola", "Pat"),
    ):
        practice(
            "CI-05",
            records,
            on="2016-03-31",
            gives=(1, 2),
            by=by,
            groups={first: 100.0, second: 0.0},
            guidance="Every indicator has the dimensions district, team and worker.",
        )


def test_same_line_of_two_files(practice):
    """Each case has its own days of being seen, wherever it was read: the line alone does not tell them
    apart.
    """
    records = """
        referral
        line | child_id | referral_date
        7    | Ann      | 2015-06-01
        7    | Ben      | 2015-06-01
        7    | Cal      | 2015-06-01
        7    | Cal      | 2015-07-01
        8    | Cal      | 2015-07-01

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-22 | yes
        Ben      | CIN     | 2016-03-23 | yes
        Cal      | CIN     | 2016-03-24 | yes
        """
    practice("CI-05", records, on="2016-03-31", gives=(5, 5), guidance=GUIDANCE)
    practice("CI-05", records, on="2016-03-23", gives=(2, 5), guidance=GUIDANCE)


def test_seen_outside_the_episode(practice):
    """Seen before the referral or after the closure opens no episode on those days."""
    records = """
        referral
        child_id | referral_date | closure_date
        Ann      | 2016-03-21    |
        Ben      | 2015-06-01    | 2016-03-01

        visit
        child_id | pathway | visit_date | seen
        Ann      | CIN     | 2016-03-10 | yes
        Ben      | CIN     | 2016-02-26 | yes
        Ben      | CIN     | 2016-03-10 | yes
        Ben      | CIN     | 2016-03-24 | yes
        """
    practice("CI-05", records, on="2016-03-20", gives=(0, 0), guidance=GUIDANCE)
    practice("CI-05", records, on="2016-03-05", gives=(0, 0), guidance=GUIDANCE)
