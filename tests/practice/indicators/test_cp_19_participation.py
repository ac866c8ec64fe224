"""Children who take part in their review conference (CP-19)."""

GUIDANCE = "Conferences with participation by the child or an advocate (codes PN0 to PN7)."


def test_codes(practice):
    """Speaking, an advocate, symbols or views sent count; attending without a word, or nothing, not."""
    practice(
        "CP-19",
        """
        cp_review
        child_id | review_date | participation
        Ann      | 2015-06-01  | PN1
        Ben      | 2015-06-01  | PN2
        Cal      | 2015-06-01  | PN3
        Dee      | 2015-06-01  | PN4
        Eve      | 2015-06-01  | PN5
        Fay      | 2015-06-01  | PN6
        Gus      | 2015-06-01  | PN7
        """,
        year=2016,
        gives=(5, 7),
        guidance=GUIDANCE,
    )


def test_under_four(practice):
    """A child under four (PN0) is left out; without others there is no value."""
    practice(
        "CP-19",
        """
        cp_review
        child_id | review_date | participation
        Ann      | 2015-06-01  | PN0
        """,
        year=2016,
        gives=(0, 0),
        guidance="PN0 under age 4 excluded.",
    )


def test_not_known(practice):
    """A review without a code stays in the denominator and is shown as not known."""
    practice(
        "CP-19",
        """
        cp_review
        child_id | review_date | participation
        Ann      | 2015-06-01  |
        Ben      | 2015-06-01  | PN1
        Cal      | 2016-06-01  | PN1
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )
