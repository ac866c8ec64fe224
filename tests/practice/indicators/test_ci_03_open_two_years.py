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
