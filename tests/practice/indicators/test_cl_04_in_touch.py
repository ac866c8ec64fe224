"""Care leavers the authority is in touch with (CL-04)."""

GUIDANCE = "Authority in touch, of the cohort of CL-01."


def test_codes(practice):
    """Refusing contact and no longer requiring services are not being in touch."""
    practice(
        "CL-04",
        """
        care_leaver
        child_id | as_at      | in_touch
        Ann      | 2016-03-31 | YES
        Ben      | 2016-03-31 | NO
        Cal      | 2016-03-31 | REFU
        Dee      | 2016-03-31 | NREQ
        """,
        year=2016,
        gives=(1, 4),
        guidance=GUIDANCE,
    )


def test_not_known(practice):
    """A blank is not a no."""
    practice(
        "CL-04",
        """
        care_leaver
        child_id | as_at      | in_touch
        Ann      | 2016-03-31 | YES
        Ben      | 2016-03-31 |
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_left_out(practice):
    """Died and returned home for six months or more are left out."""
    practice(
        "CL-04",
        """
        care_leaver
        child_id | as_at      | in_touch
        Ann      | 2016-03-31 | DIED
        Ben      | 2016-03-31 | RHOM
        """,
        year=2016,
        gives=(0, 0),
        guidance="Exclusions: died; returned home for 6 months or more.",
    )


def test_a_word_that_is_no_code(practice):
    """What is no code is not an answer: not known."""
    practice(
        "CL-04",
        """
        care_leaver
        child_id | as_at      | in_touch
        Ann      | 2016-03-31 | SOMETIMES
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown code: no figure changes; a finding.",
    )
