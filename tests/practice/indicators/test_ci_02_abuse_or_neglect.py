"""Children in need because of abuse or neglect (CI-02)."""

GUIDANCE = "CI-01 with primary need N1, of CI-01."


def test_primary_need(practice):
    """Of the episodes open on the day, those whose primary need is N1."""
    practice(
        "CI-02",
        """
        referral
        child_id | referral_date | closure_date | primary_need
        Ann      | 2015-06-01    |              | N1
        Ben      | 2015-06-01    |              | N4
        Cal      | 2015-06-01    | 2016-03-31   | N1
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_stated(practice):
    """Need not stated (N0) or not given is not known: in the denominator, not met, shown beside."""
    practice(
        "CI-02",
        """
        referral
        child_id | referral_date | primary_need
        Ann      | 2015-06-01    | N1
        Ben      | 2015-06-01    | N0
        Cal      | 2015-06-01    |
        """,
        on="2016-03-31",
        gives=(1, 3),
        unknown=2,
        guidance="Unknown is not no.",
    )


def test_unknown_code(practice):
    """A code that is on no list changes no figure: the child stays in the denominator, not known."""
    practice(
        "CI-02",
        """
        referral
        child_id | referral_date | primary_need
        Ann      | 2015-06-01    | N1
        Ben      | 2015-06-01    | PSRMEM
        """,
        on="2016-03-31",
        gives=(1, 2),
        unknown=1,
        guidance="Unknown code, stray text, an older element name: no figure changes; a finding.",
    )


def test_no_further_action(practice):
    """Referrals marked no further action are in neither; without an episode there is no value."""
    practice(
        "CI-02",
        """
        referral
        child_id | referral_date | no_further_action | primary_need
        Ann      | 2015-06-01    | yes               | N1
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance=GUIDANCE,
    )


def test_every_other_need_is_an_answer(practice):
    """Each of the other eight needs says that it is not abuse or neglect."""
    practice(
        "CI-02",
        """
        referral
        child_id | referral_date | primary_need
        Ann      | 2015-06-01    | N2
        Ben      | 2015-06-01    | N3
        Cal      | 2015-06-01    | N4
        Dee      | 2015-06-01    | N5
        Eve      | 2015-06-01    | N6
        Fay      | 2015-06-01    | N7
        Gus      | 2015-06-01    | N8
        Hal      | 2015-06-01    | N9
        """,
        on="2016-03-31",
        gives=(0, 8),
        guidance=GUIDANCE,
    )
