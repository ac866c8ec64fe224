"""Levels of need stated and assessed (FD-15)."""

GUIDANCE = (
    "Referrals where the referrer's level differs from the assessed level; higher and lower apart."
)


def test_differs(practice):
    """Of referrals with both levels, the two differ. What ended otherwise is left out."""
    practice(
        "FD-15",
        """
        contact
        child_id | contact_date | new_referral | referrer_level | level
        Ann      | 2016-03-04   | yes          | 4              | 3
        Ben      | 2016-03-04   | yes          | 2              | 3
        Cal      | 2016-03-04   | yes          | 1              | 3
        Dee      | 2016-03-04   | yes          | 3              | 3
        Eve      | 2016-03-04   | yes          |                | 3
        Fay      | 2016-03-04   | yes          | 3              |
        Gus      | 2016-03-04   | no           | 4              | 3
        Hal      | 2016-03-04   | no           | 2              | 3
        Ira      | 2016-03-04   |              | 4              | 3
        """,
        year=2016,
        gives=(3, 4),
        guidance=GUIDANCE,
    )


def test_higher(practice):
    """The referrer stated more."""
    practice(
        "FD-15",
        """
        contact
        child_id | contact_date | new_referral | referrer_level | level
        Ann      | 2016-03-04   | yes          | 4              | 3
        Ben      | 2016-03-04   | yes          | 2              | 3
        Cal      | 2016-03-04   | yes          | 1              | 3
        Dee      | 2016-03-04   | yes          | 3              | 3
        Eve      | 2016-03-04   | yes          |                | 3
        Fay      | 2016-03-04   | yes          | 3              |
        Gus      | 2016-03-04   | no           | 4              | 3
        Hal      | 2016-03-04   | no           | 2              | 3
        Ira      | 2016-03-04   |              | 4              | 3
        """,
        year=2016,
        part="higher",
        gives=(1, 4),
        guidance=GUIDANCE,
    )


def test_lower(practice):
    """The referrer stated less."""
    practice(
        "FD-15",
        """
        contact
        child_id | contact_date | new_referral | referrer_level | level
        Ann      | 2016-03-04   | yes          | 4              | 3
        Ben      | 2016-03-04   | yes          | 2              | 3
        Cal      | 2016-03-04   | yes          | 1              | 3
        Dee      | 2016-03-04   | yes          | 3              | 3
        Eve      | 2016-03-04   | yes          |                | 3
        Fay      | 2016-03-04   | yes          | 3              |
        Gus      | 2016-03-04   | no           | 4              | 3
        Hal      | 2016-03-04   | no           | 2              | 3
        Ira      | 2016-03-04   |              | 4              | 3
        """,
        year=2016,
        part="lower",
        gives=(2, 4),
        guidance=GUIDANCE,
    )
