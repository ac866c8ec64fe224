"""Missing episodes, and children who went missing (MI-01)."""

GUIDANCE = "Episodes started in the period; different children. Home and care apart."
RECORDS = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-08-01 | S            | 2015-12-01

        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | M            | 2015-07-31 | 2015-08-02
        Ann      | M            | 2015-08-01 |
        Ann      | M            | 2015-09-01 | 2015-09-02
        Ann      | M            | 2015-12-01 | 2015-12-02
        Ben      |              | 2016-03-31 |
        Ben      | A            | 2015-05-01 | 2015-05-02
        Cal      | M            | 2015-03-31 | 2015-04-02
        """


def test_episodes(practice):
    """Started in the period, by where the child lived that day; away without authorisation is not
    missing, and a kind not given is.
    """
    practice(
        "MI-01",
        RECORDS,
        part="episodes",
        year=2016,
        gives=5,
        by="place",
        groups={"Home": 3, "Care": 2},
        guidance=GUIDANCE,
    )


def test_children(practice):
    """Different children: Ann is one, though she went missing from home and from care."""
    practice(
        "MI-01",
        RECORDS,
        part="children",
        year=2016,
        gives=2,
        by="place",
        groups={"Home": 2, "Care": 1},
        guidance=GUIDANCE,
    )


def test_none(practice):
    """No episode is a count of 0."""
    practice("MI-01", RECORDS, part="episodes", year=2018, gives=0, guidance=GUIDANCE)
    practice("MI-01", RECORDS, part="children", year=2018, gives=0, guidance=GUIDANCE)


def test_a_kind_that_is_no_code(practice):
    """A kind that is no code is as one not given: a child missing is not lost for a word."""
    practice(
        "MI-01",
        """
        missing_episode
        child_id | missing_kind | start_date
        Ann      | Absconded    | 2015-09-01
        """,
        part="episodes",
        year=2016,
        gives=1,
        guidance="Unknown code: no figure changes; a finding.",
    )


def test_children_by_where_they_lived(practice):
    """Care from its first day up to the day it ends; the first day of the year is in it, the day before
    is not; away without authorisation is not missing; another child's care is not this one's.
    """
    practice(
        "MI-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-08-01 | S            | 2015-12-01
        Ben      | 2015-08-01 | S            | 2015-12-01
        Cal      | 2015-08-01 | S            | 2015-12-01

        missing_episode
        child_id | missing_kind | start_date
        Ann      | M            | 2015-08-01
        Ben      | M            | 2015-12-01
        Cal      | M            | 2015-07-31
        Dee      | M            | 2015-09-01
        Eve      | A            | 2015-09-01
        Fay      | M            | 2015-04-01
        Gus      | M            | 2015-03-31
        """,
        part="children",
        year=2016,
        gives=5,
        by="place",
        groups={"Care": 1, "Home": 4},
        guidance=GUIDANCE,
    )


def test_episodes_by_where_they_lived(practice):
    """Another child's care is not this one's."""
    practice(
        "MI-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-01-01 | S            |

        missing_episode
        child_id | missing_kind | start_date
        Dee      | M            | 2015-09-01
        """,
        part="episodes",
        year=2016,
        gives=1,
        by="place",
        groups={"Home": 1},
        guidance=GUIDANCE,
    )


SAID = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-01-01 | S            |
        Ben      | 2015-01-01 | S            |

        missing_episode
        child_id | start_date | missing_from | team
        Ann      | 2015-09-01 | Home         | North
        Ben      | 2015-09-01 |              | North
        Cal      | 2015-09-01 | Care         |
        Dee      | 2015-09-01 |              |
        """


def test_episodes_of_which_casework_says_from_where(practice):
    """Casework says from where: Cal came into care after the last return was made, and Ann had left it."""
    practice(
        "MI-01",
        SAID,
        part="episodes",
        year=2016,
        gives=4,
        by="place",
        groups={"Home": 2, "Care": 2},
        guidance=GUIDANCE,
    )


def test_children_of_whom_casework_says_from_where(practice):
    """The same of the children."""
    practice(
        "MI-01",
        SAID,
        part="children",
        year=2016,
        gives=4,
        by="place",
        groups={"Home": 2, "Care": 2},
        guidance=GUIDANCE,
    )


def test_by_team(practice):
    """By the team that casework says the episode is of; a return says none."""
    practice(
        "MI-01",
        SAID,
        part="episodes",
        year=2016,
        gives=4,
        by="team",
        groups={"North": 2, "Not known": 2},
        guidance="Episodes started in the period, by whose they are.",
    )
