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


def test_every_source(practice):
    """Each of the 22 codes has its group, as in the published table; what is no code is not known."""
    practice(
        "FD-09",
        """
        referral
        child_id | referral_date | referral_source
        Ann      | 2015-06-01    | 1A
        Ben      | 2015-06-01    | 1B
        Cal      | 2015-06-01    | 1C
        Dee      | 2015-06-01    | 1D
        Eve      | 2015-06-01    | 2A
        Fay      | 2015-06-01    | 2B
        Gus      | 2015-06-01    | 3A
        Hal      | 2015-06-01    | 3B
        Ida      | 2015-06-01    | 3C
        Jan      | 2015-06-01    | 3D
        Kay      | 2015-06-01    | 3E
        Lou      | 2015-06-01    | 3F
        Moe      | 2015-06-01    | 4
        Nan      | 2015-06-01    | 5A
        Oli      | 2015-06-01    | 5B
        Pat      | 2015-06-01    | 5C
        Quy      | 2015-06-01    | 5D
        Ray      | 2015-06-01    | 6
        Sam      | 2015-06-01    | 7
        Tom      | 2015-06-01    | 8
        Una      | 2015-06-01    | 9
        Vic      | 2015-06-01    | 10
        Wyn      | 2015-06-01    | 11
        Xen      | 2015-06-01    | XX
        """,
        year=2016,
        gives=24,
        by="category",
        groups={
            "Individual": 4,
            "Schools": 1,
            "Education services": 1,
            "Health services": 6,
            "Housing": 1,
            "Local authority services": 4,
            "Police": 1,
            "Other legal agency": 1,
            "Other": 1,
            "Anonymous": 1,
            "Unknown": 1,
            "Not known": 2,
        },
        guidance="22 codes, 1A to 10.",
    )
