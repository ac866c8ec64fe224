"""Referrals with no further action (FD-07)."""

GUIDANCE = "Share of the referrals in the period marked no further action."


def test_marked(practice):
    """Of the referrals in the year, those marked."""
    practice(
        "FD-07",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-04-01    | yes
        Ben      | 2015-05-01    | no
        Cal      | 2016-03-31    | no
        Dee      | 2016-04-01    | yes
        """,
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_not_known(practice):
    """A referral of which it is not said stays in the denominator and is shown as not known."""
    practice(
        "FD-07",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-04-01    | yes
        Ben      | 2015-05-01    |
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_no_referrals(practice):
    """Denominator 0 gives no value."""
    practice(
        "FD-07",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2014-04-01    | yes
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
