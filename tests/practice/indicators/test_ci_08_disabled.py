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


def test_every_code_of_a_disability(practice):
    """Each of the twelve codes is a disability; what is no code says nothing."""
    practice(
        "CI-08",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-06-01    | no
        Ben      | 2015-06-01    |
        Cal      | 2015-06-01    |
        Dee      | 2015-06-01    |
        Eve      | 2015-06-01    |
        Fay      | 2015-06-01    |
        Gus      | 2015-06-01    |
        Hal      | 2015-06-01    |
        Ida      | 2015-06-01    |
        Jan      | 2015-06-01    |
        Kay      | 2015-06-01    |
        Lou      | 2015-06-01    |
        Moe      | 2015-06-01    |

        disability
        child_id | disability
        Ann      | MOB
        Ben      | HAND
        Cal      | PC
        Dee      | INC
        Eve      | COMM
        Fay      | LD
        Gus      | HEAR
        Hal      | VIS
        Ida      | BEH
        Jan      | CON
        Kay      | AUT
        Lou      | DDA
        Moe      | ASTHMA
        """,
        on="2016-03-31",
        gives=(12, 13),
        unknown=1,
        guidance="Unknown code, stray text: no figure changes; a finding.",
    )


def test_one_code_is_enough(practice):
    """A code beside NONE is a disability; what Annex A states of a child is of that child; a referral with
    no further action is left out.
    """
    practice(
        "CI-08",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-06-01    | no
        Ben      | 2015-06-01    | yes

        disability
        child_id | disability
        Ann      | NONE
        Ann      | LD
        Ben      | LD
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )
    practice(
        "CI-08",
        """
        child
        child_id | disabled
        Ann      | yes

        referral
        child_id | referral_date
        Ann      | 2015-06-01
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )
