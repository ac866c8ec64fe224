"""Care leavers in suitable accommodation (CL-01), and who is counted in CL-01 to CL-04."""

GUIDANCE = (
    "In suitable accommodation, of former relevant young people turned 19, 20 or 21 in the year."
)


def test_suitable(practice):
    """SSDA903 lists the cohort with suitability; not said is not known, and stays."""
    practice(
        "CL-01",
        """
        care_leaver
        child_id | as_at      | accommodation | suitable
        Ann      | 2016-03-31 | U             | yes
        Ben      | 2016-03-31 | W             | no
        Cal      | 2016-03-31 | 0             |
        """,
        year=2016,
        gives=(1, 3),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_birthdays(practice):
    """A 19th, 20th or 21st birthday in the year to the day: 1 April to 31 March, both included."""
    practice(
        "CL-01",
        """
        child
        child_id | birth_date
        Ann      | 1997-03-31
        Ben      | 1997-04-01
        Cal      | 1994-04-01
        Dee      | 1994-03-31
        Eve      | 1996-10-10

        care_leaver
        child_id | as_at      | eligibility     | accommodation | suitable
        Ann      | 2016-03-31 | FORMER_RELEVANT | U             | yes
        Ben      | 2016-03-31 | FORMER_RELEVANT | U             | yes
        Cal      | 2016-03-31 | FORMER_RELEVANT | U             | yes
        Dee      | 2016-03-31 | FORMER_RELEVANT | U             | yes
        Eve      | 2016-03-31 | FORMER_RELEVANT | U             | no
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_former_relevant(practice):
    """Other eligibility is left out; one not stated stays in."""
    practice(
        "CL-01",
        """
        care_leaver
        child_id | as_at      | eligibility     | suitable
        Ann      | 2016-03-31 | FORMER_RELEVANT | yes
        Ben      | 2016-03-31 | RELEVANT        | yes
        Cal      | 2016-03-31 | QUALIFYING      | yes
        Dee      | 2016-03-31 |                 | yes
        """,
        year=2016,
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_left_out(practice):
    """Died, home for six months, only short breaks, abroad, deported or residence unknown."""
    practice(
        "CL-01",
        """
        child
        child_id | death_date
        Hal      | 2015-10-01
        Ida      | 2016-10-01

        care_episode
        child_id | start_date | legal_status
        Cal      | 2010-01-01 | V4
        Dee      | 2010-01-01 | V4
        Dee      | 2011-01-01 | C2

        care_leaver
        child_id | as_at      | in_touch | accommodation | suitable
        Ann      | 2016-03-31 | DIED     | U             | yes
        Ben      | 2016-03-31 | RHOM     | B             | yes
        Cal      | 2016-03-31 | YES      | U             | yes
        Dee      | 2016-03-31 | YES      | U             | yes
        Eve      | 2016-03-31 | YES      | G             | yes
        Fay      | 2016-03-31 | YES      | H             | yes
        Gus      | 2016-03-31 | NO       | R             | no
        Hal      | 2016-03-31 |          | U             | yes
        Ida      | 2016-03-31 | YES      | U             | no
        """,
        year=2016,
        gives=(1, 2),
        guidance="Exclusions: died; returned home; short breaks; abroad, deported or unknown.",
    )


def test_several_extracts_in_a_year(practice):
    """Of several extracts in a year the latest counts, and the young person once."""
    practice(
        "CL-01",
        """
        care_leaver
        child_id | as_at      | suitable
        Ann      | 2015-09-30 | no
        Ann      | 2016-03-31 | yes
        Ann      | 2015-03-31 | no
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_nobody(practice):
    """Without one in the cohort there is no value."""
    practice(
        "CL-01",
        """
        care_leaver
        child_id | as_at      | in_touch | suitable
        Ann      | 2016-03-31 | DIED     | yes
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
