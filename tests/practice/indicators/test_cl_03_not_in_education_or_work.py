"""Care leavers not in education, employment or training (CL-03)."""

GUIDANCE = "Not in education, employment or training, of the cohort of CL-01."


def test_codes(practice):
    """The three G codes count; no information is not known."""
    practice(
        "CL-03",
        """
        care_leaver
        child_id | as_at      | activity
        Ann      | 2016-03-31 | G4
        Ben      | 2016-03-31 | G5
        Cal      | 2016-03-31 | G6
        Dee      | 2016-03-31 | P1
        Eve      | 2016-03-31 | 0
        """,
        year=2016,
        gives=(3, 5),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_care_taken_over(practice):
    """One whose last care another authority took over (E3) is left out, not one taken back since."""
    practice(
        "CL-03",
        """
        care_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2010-01-01 | 2012-01-01 | E3
        Ben      | 2010-01-01 | 2012-01-01 | E3
        Ben      | 2013-01-01 | 2014-01-01 | E6

        care_leaver
        child_id | as_at      | activity
        Ann      | 2016-03-31 | G5
        Ben      | 2016-03-31 | G5
        """,
        year=2016,
        gives=(1, 1),
        guidance="Care transferred to another authority also excluded.",
    )


def test_nobody(practice):
    """Without one in the cohort there is no value."""
    practice(
        "CL-03",
        """
        care_leaver
        child_id | as_at      | in_touch | activity
        Ann      | 2016-03-31 | RHOM     | G5
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_every_code_is_an_answer(practice):
    """Ten codes are education, employment or training, full or part time; three are none of them."""
    practice(
        "CL-03",
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
        gives=(3, 13),
        guidance=GUIDANCE,
    )


def test_how_care_ended(practice):
    """The last episode tells whether another authority took over, of two on one day the later line. What
    another young person's episodes say does not matter.
    """
    practice(
        "CL-03",
        """
        care_leaver
        child_id | as_at      | activity
        Ann      | 2016-03-31 | G5
        Ben      | 2016-03-31 | G5
        Cal      | 2016-03-31 | G5
        Dee      | 2016-03-31 | G5

        care_episode
        child_id | start_date | start_reason | legal_status | end_date   | end_reason
        Ann      | 2012-06-01 | S            | C2           | 2013-06-01 | E3
        Ann      | 2013-06-01 | P            | C2           | 2014-06-01 | E5
        Ben      | 2012-06-01 | S            | C2           | 2013-06-01 | X1
        Ben      | 2013-06-01 | P            | C2           | 2014-06-01 | E3
        Cal      | 2013-06-01 | P            | C2           | 2013-06-01 | X1
        Cal      | 2013-06-01 | P            | C2           | 2014-06-01 | E3
        """,
        year=2016,
        gives=(2, 2),
        guidance="Care transferred to another authority also excluded.",
    )
