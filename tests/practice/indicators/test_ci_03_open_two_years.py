"""Children in need for two years or more (CI-03)."""

GUIDANCE = "CI-01 open 2 years or more on the day, of CI-01."


def test_two_years(practice):
    """Referred on the same day two years before: yes. The day after that: not yet."""
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date
        Ann      | 2014-03-31
        Ben      | 2014-04-01
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_leap_day(practice):
    """Two years before 28 February 2018 is 28 February 2016: a referral on the 29th is a day short."""
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date
        Ann      | 2016-02-29
        Ben      | 2016-02-28
        """,
        on="2018-02-28",
        gives=(1, 2),
        guidance="Month arithmetic clamps to the month's end.",
    )


def test_closed_or_no_further_action(practice):
    """Closed episodes and referrals with no further action are in neither."""
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date | closure_date | no_further_action
        Ann      | 2012-03-31    | 2016-03-31   | no
        Ben      | 2012-03-31    |              | yes
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance=GUIDANCE,
    )


def test_by_duration(practice):
    """Each episode stands in one band on the day: three months ago to the day is three months."""
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2016-01-01    |
        Ben      | 2015-12-31    | no
        Cal      | 2015-10-01    |
        Dee      | 2015-09-30    |
        Eve      | 2015-04-01    |
        Fay      | 2015-03-31    |
        Gus      | 2014-04-01    |
        Hal      | 2014-03-31    |
        Ida      | 2014-03-31    | yes
        Jan      | 2016-04-01    |
        """,
        part="duration",
        on="2016-03-31",
        gives=8,
        by="category",
        groups={
            "Under 3 months": 1,
            "3 to 6 months": 2,
            "6 to 12 months": 2,
            "1 to 2 years": 2,
            "2 years or more": 1,
        },
        guidance="CI-01 open 2 years or more on the day, and other duration bands.",
    )


def test_duration_at_month_ends(practice):
    """On 30 June, three months before is 30 March: a referral of 31 March is under three months old.
    On 28 February 2018 two years before is 28 February 2016: one of the 29th is not yet two years old.
    """
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-31
        """,
        part="duration",
        on="2016-06-30",
        gives=1,
        by="category",
        groups={"Under 3 months": 1},
        guidance="Month arithmetic clamps to the month's end.",
    )
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date
        Ann      | 2016-02-29
        """,
        part="duration",
        on="2018-02-28",
        gives=1,
        by="category",
        groups={"1 to 2 years": 1},
        guidance="Month arithmetic clamps to the month's end.",
    )
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-31
        """,
        part="duration",
        on="2016-07-01",
        gives=1,
        by="category",
        groups={"3 to 6 months": 1},
        guidance="Month arithmetic clamps to the month's end.",
    )


def test_closed_within_a_band(practice):
    """Closed is closed, in whichever band and on whichever day of it; the day itself included."""
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date | closure_date
        Ann      | 2016-01-01    | 2016-03-31
        Ben      | 2013-03-31    | 2016-03-31
        Cal      | 2015-12-31    | 2016-03-31
        Dee      | 2015-12-31    | 2016-04-01
        Eve      | 2013-03-31    | 2016-04-01
        Fay      | 2012-03-31    | 2014-03-31
        Gus      | 2015-08-31    | 2015-12-01
        """,
        part="duration",
        on="2016-03-31",
        gives=2,
        by="category",
        groups={"3 to 6 months": 1, "2 years or more": 1},
        guidance="Open on the day: no closure or closure after the day.",
    )


def test_leap_day_and_the_day_after(practice):
    """A referral of 29 February 2016 is two years old on 1 March 2018 and not on 28 February."""
    records = """
        referral
        child_id | referral_date
        Ann      | 2016-02-29
        """
    guidance = "Referral on or before the day minus 24 months, clamped to the month's end."
    practice("CI-03", records, on="2018-02-28", gives=(0, 1), guidance=guidance)
    practice("CI-03", records, on="2018-03-01", gives=(1, 1), guidance=guidance)


def test_duration_from_the_first_day(practice):
    """A referral of the day itself is under three months old."""
    practice(
        "CI-03",
        """
        referral
        child_id | referral_date
        Ann      | 2016-03-31
        """,
        part="duration",
        on="2016-03-31",
        gives=1,
        by="category",
        groups={"Under 3 months": 1},
        guidance="Open on the day: referral date on or before the day.",
    )
