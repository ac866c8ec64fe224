"""Care leavers in education, employment or training (CL-02)."""

GUIDANCE = (
    "In education, employment or training, of the cohort of CL-01. Those not in touch stay in."
)


def test_codes(practice):
    """Full and part time, education and work of every year's codes count; G codes do not."""
    practice(
        "CL-02",
        """
        care_leaver
        child_id | as_at      | activity
        Ann      | 2016-03-31 | F1
        Ben      | 2016-03-31 | P2
        Cal      | 2016-03-31 | F3
        Dee      | 2016-03-31 | P5
        Eve      | 2016-03-31 | F4
        Fay      | 2016-03-31 | G4
        Gus      | 2016-03-31 | G5
        Hal      | 2016-03-31 | G6
        """,
        year=2016,
        gives=(5, 8),
        guidance=GUIDANCE,
    )


def test_not_in_touch(practice):
    """Those not in touch, with no information, stay in the denominator as not known."""
    practice(
        "CL-02",
        """
        care_leaver
        child_id | as_at      | in_touch | activity
        Ann      | 2016-03-31 | YES      | F2
        Ben      | 2016-03-31 | NO       | 0
        Cal      | 2016-03-31 | REFU     |
        """,
        year=2016,
        gives=(1, 3),
        unknown=2,
        guidance=GUIDANCE,
    )


def test_abroad_stays_in(practice):
    """Being abroad matters for accommodation only; one who died is left out."""
    practice(
        "CL-02",
        """
        care_leaver
        child_id | as_at      | in_touch | accommodation | activity
        Ann      | 2016-03-31 | YES      | G             | F2
        Ben      | 2016-03-31 | DIED     | U             | F2
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_every_code_is_an_answer(practice):
    """Ten codes are education, employment or training, full or part time; three are none of them."""
    practice(
        "CL-02",
        """
        care_leaver
        child_id | as_at      | activity
        Ann      | 2016-03-31 | F1
        Ben      | 2016-03-31 | P1
        Cal      | 2016-03-31 | F2
        Dee      | 2016-03-31 | P2
        Eve      | 2016-03-31 | F3
        Fay      | 2016-03-31 | P3
        Gus      | 2016-03-31 | F4
        Hal      | 2016-03-31 | P4
        Ida      | 2016-03-31 | F5
        Jan      | 2016-03-31 | P5
        Kay      | 2016-03-31 | G4
        Lou      | 2016-03-31 | G5
        Moe      | 2016-03-31 | G6
        """,
        year=2016,
        gives=(10, 13),
        guidance=GUIDANCE,
    )
