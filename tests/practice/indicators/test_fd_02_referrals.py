"""Referrals (FD-02)."""

GUIDANCE = "Referrals with a referral date in the period. Every referral counts."


def test_referrals_in_the_period(practice):
    """The first and the last day of the period belong to it; the days beside them do not."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date
        Ann      | 2015-03-31
        Ben      | 2015-04-01
        Cal      | 2016-03-31
        Dee      | 2016-04-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_every_referral_counts(practice):
    """A child referred three times counts three times, also where nothing further was done."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-05-01    | yes
        Ann      | 2015-05-01    | no
        Ann      | 2015-09-01    |
        """,
        year=2016,
        gives=3,
        guidance=GUIDANCE,
    )


def test_no_referrals(practice):
    """None at all is a count of 0: unlike a share, a count has a value."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date
        Ann      | 2014-05-01
        """,
        year=2016,
        gives=0,
        guidance=GUIDANCE,
    )


def test_by_district_and_month(practice):
    """By district in one month; a place that is not known has its own line."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date | district
        Ann      | 2015-05-01    | Redditch
        Ben      | 2015-05-31    | Redditch
        Cal      | 2015-05-15    | Wychavon
        Dee      | 2015-05-20    |
        Eve      | 2015-06-01    | Wychavon
        """,
        period=("2015-05-01", "2015-05-31"),
        gives=4,
        by="district",
        groups={"Redditch": 2, "Wychavon": 1, "Not known": 1},
        guidance=GUIDANCE,
    )


def test_by_age(practice):
    """Age is taken on the day of the referral; a child not yet born has a line of its own."""
    practice(
        "FD-02",
        """
        child
        child_id | birth_date
        Ann      | 2011-05-02
        Ben      | 2010-05-01
        Cal      | 2015-06-01
        Dee      |

        referral
        child_id | referral_date
        Ann      | 2016-03-01
        Ben      | 2015-05-01
        Cal      | 2015-05-01
        Dee      | 2015-05-01
        Eve      | 2015-05-01
        """,
        year=2016,
        gives=5,
        by="age",
        groups={"1 to 4": 1, "5 to 9": 1, "Unborn": 1, "Not known": 2},
        guidance=GUIDANCE,
    )


def test_two_children_under_one_id(practice):
    """What stands under one id is one child: nothing is dropped, and both referrals count."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date | primary_need
        9212044  | 2015-05-01    | N1
        9212044  | 2015-05-02    | N4
        """,
        year=2016,
        gives=2,
        guidance="Two children under one LA child id: nothing is dropped; a finding.",
    )
