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


def test_each_year_has_its_own_row(practice):
    """A young person counts in each year; of two rows of one year to 31 March, the later."""
    records = """
        care_leaver
        child_id | as_at      | accommodation | suitable
        Ann      | 2015-03-31 | U             | no
        Ann      | 2015-04-30 | U             | no
        Ann      | 2016-03-31 | U             | yes
        """
    practice("CL-01", records, year=2015, gives=(0, 1), guidance=GUIDANCE)
    practice("CL-01", records, year=2016, gives=(1, 1), guidance=GUIDANCE)


def test_who_is_left_out(practice):
    """Died by the day, looked after for short breaks only (V3 and V4), and those who are no former
    relevant young people. An eligibility that is no code leaves nobody out.
    """
    practice(
        "CL-01",
        """
        child
        child_id | birth_date | death_date
        Ann      | 1996-06-01 | 2016-03-31
        Ben      | 1996-06-01 | 2016-04-01

        care_leaver
        child_id | as_at      | accommodation | suitable | eligibility
        Ann      | 2016-03-31 | U             | yes      |
        Ben      | 2016-03-31 | U             | yes      |
        Cal      | 2016-03-31 | U             | yes      |
        Dee      | 2016-03-31 | U             | yes      |
        Eve      | 2016-03-31 | U             | yes      |
        Fay      | 2016-03-31 | U             | yes      | RELEVANT
        Gus      | 2016-03-31 | U             | yes      | QUALIFYING
        Hal      | 2016-03-31 | U             | yes      | ELIGIBLE
        Ida      | 2016-03-31 | U             | yes      | OTHER
        Jan      | 2016-03-31 | U             | yes      | FORMER_RELEVANT
        Kay      | 2016-03-31 | U             | yes      | Perhaps

        care_episode
        child_id | start_date | start_reason | legal_status
        Cal      | 2012-06-01 | S            | V3
        Dee      | 2012-06-01 | S            | V4
        Eve      | 2012-06-01 | S            | V4
        Eve      | 2013-06-01 | S            |
        """,
        year=2016,
        gives=(4, 4),
        guidance="Died; returned home; looked after only in a series of short-term placements.",
    )
