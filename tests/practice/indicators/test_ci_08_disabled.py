"""Disabled children in need (CI-08)."""

GUIDANCE = "CI-01 with any disability code other than NONE, of CI-01."


def test_any_code_but_none(practice):
    """Two codes for one child count once; NONE says there is no disability."""
    practice(
        "CI-08",
        """
        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01

        disability
        child_id | disability
        Ann      | LD
        Ann      | MOB
        Ben      | NONE
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_stated_by_annex_a(practice):
    """Annex A says yes or no without a code."""
    practice(
        "CI-08",
        """
        child
        child_id | disabled
        Ann      | yes
        Ben      | no

        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_nothing_said(practice):
    """A child of whom nothing is said stays in the denominator and is shown as not known."""
    practice(
        "CI-08",
        """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    |
        Ben      | 2015-06-01    | 2016-01-01

        disability
        child_id | disability
        Ben      | LD
        """,
        on="2016-03-31",
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no.",
    )
