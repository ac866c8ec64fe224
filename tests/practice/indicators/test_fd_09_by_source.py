"""Referrals by source (FD-09)."""

GUIDANCE = "Referrals in the period by who made them, grouped as in the published table."


def test_grouped_as_published(practice):
    """Detailed codes fall into the published groups."""
    practice(
        "FD-09",
        """
        referral
        child_id | referral_date | referral_source
        Ann      | 2015-05-01    | 1A
        Ben      | 2015-05-01    | 1D
        Cal      | 2015-05-01    | 3D
        Dee      | 2015-05-01    | 6
        Eve      | 2015-05-01    | 5D
        """,
        year=2016,
        gives=5,
        by="category",
        groups={
            "Individual": 2,
            "Health services": 1,
            "Police": 1,
            "Local authority services": 1,
        },
        guidance=GUIDANCE,
    )


def test_unknown_source_and_no_source(practice):
    """A source recorded as unknown (10) is an answer; one not given, or not a code, is not known."""
    practice(
        "FD-09",
        """
        referral
        child_id | referral_date | referral_source
        Ann      | 2015-05-01    | 10
        Ben      | 2015-05-01    |
        Cal      | 2015-05-01    | 99Z
        """,
        year=2016,
        gives=3,
        by="category",
        groups={"Unknown": 1, "Not known": 2},
        guidance="An unknown code changes no figure: it is kept, and is a finding.",
    )


def test_only_the_period(practice):
    """Referrals outside the period have no part in the shares."""
    practice(
        "FD-09",
        """
        referral
        child_id | referral_date | referral_source
        Ann      | 2015-05-01    | 2A
        Ben      | 2014-05-01    | 6
        """,
        year=2016,
        gives=1,
        by="category",
        groups={"Schools": 1},
        guidance=GUIDANCE,
    )
