"""Children who take part in their review (LA-08)."""

GUIDANCE = "Reviews in the period of children aged 4 and over where the child took part (PN codes)."


def test_codes(practice):
    """Speaking, an advocate, symbols or views sent count; attending without a word, or nothing, not."""
    practice(
        "LA-08",
        """
        care_review
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
    """Under four by birth date, or by the code where no birth date is known: left out."""
    practice(
        "LA-08",
        """
        child
        child_id | birth_date
        Ann      | 2011-06-02
        Ben      | 2011-06-01

        care_review
        child_id | review_date | participation
        Ann      | 2015-06-01  | PN1
        Ben      | 2015-06-01  | PN1
        Cal      | 2015-06-01  | PN0
        """,
        year=2016,
        gives=(1, 1),
        guidance="Of children aged 4 and over.",
    )


def test_no_answer(practice):
    """No code, or the code for a child under four given for an older one: not known."""
    practice(
        "LA-08",
        """
        child
        child_id | birth_date
        Ann      | 2005-06-01

        care_review
        child_id | review_date | participation
        Ann      | 2015-06-01  | PN0
        Ben      | 2015-06-01  |
        Cal      | 2015-06-01  | PN7
        """,
        year=2016,
        gives=(0, 3),
        unknown=2,
        guidance="Unknown is not no.",
    )
