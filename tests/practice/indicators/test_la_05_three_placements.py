"""Three or more placements in the year (LA-05)."""

GUIDANCE = "LA-01 with three or more placements in the year, of LA-01."


def test_three_placements(practice):
    """Three in the year count; two do not. The placement open on 1 April is the first."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2015-06-01
        Ann      | 2015-06-01 | P            | 2015-09-01
        Ann      | 2015-09-01 | B            |
        Ben      | 2014-06-01 | S            | 2015-06-01
        Ben      | 2015-06-01 | P            |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance="Placements open on 1 April count.",
    )


def test_ended_by_the_first_of_april(practice):
    """A placement that ended on 1 April was not open on it; one that ended on the 2nd was."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2015-04-01
        Ann      | 2015-04-01 | P            | 2015-09-01
        Ann      | 2015-09-01 | P            |
        Ben      | 2014-06-01 | S            | 2015-04-02
        Ben      | 2015-04-02 | P            | 2015-09-01
        Ben      | 2015-09-01 | P            |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance="Placements open on 1 April count.",
    )


def test_legal_status_is_not_a_move(practice):
    """A new episode that only changes the legal status goes on in the same placement."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | legal_status | end_date
        Ann      | 2015-05-01 | S            | V2           | 2015-06-01
        Ann      | 2015-06-01 | L            | C1           | 2015-09-01
        Ann      | 2015-09-01 | P            | C1           |
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_adoption_by_the_foster_carers(practice):
    """Adoption by existing foster carers (A3, A5) is not a move; by others (A6) it is."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | placement | end_date
        Ann      | 2015-05-01 | S            | U6        | 2015-06-01
        Ann      | 2015-06-01 | P            | U5        | 2015-09-01
        Ann      | 2015-09-01 | U            | A5        |
        Ben      | 2015-05-01 | S            | U6        | 2015-06-01
        Ben      | 2015-06-01 | P            | U5        | 2015-09-01
        Ben      | 2015-09-01 | B            | A6        |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance="Adoption by existing foster carers is not a move.",
    )


def test_two_periods_of_care_in_the_year(practice):
    """Placements of an earlier period of care in the same year count."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-05-01 | S            | 2015-06-01
        Ann      | 2015-08-01 | S            | 2015-09-01
        Ann      | 2015-12-01 | S            |
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_less_than_a_day(practice):
    """A placement that ended on the day it began is not counted."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-05-01 | S            | 2015-06-01
        Ann      | 2015-06-01 | P            | 2015-06-01
        Ann      | 2015-06-01 | P            |
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="All placements of 24 hours or more.",
    )


def test_the_number_annex_a_states(practice):
    """Annex A holds only the latest placement: the number it states is used; without it, not known."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | entered_care_date | start_date | stated_placements | source
        Ann      | 2014-05-01        | 2015-12-01 | 3                 | annex_a
        Ben      | 2014-05-01        | 2015-12-01 | 2                 | annex_a
        Cal      | 2014-05-01        | 2015-12-01 |                   | annex_a
        """,
        on="2016-03-31",
        gives=(1, 3),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_leap_day(practice):
    """A placement whose last full day was 29 February 2016 is in the year to 28 February 2017, which
    begins on 1 March 2016's eve, clamped; it is out of the year to 1 March.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2016-03-01
        Ann      | 2016-03-01 | P            | 2016-09-01
        Ann      | 2016-09-01 | P            |
        """
    practice("LA-05", records, on="2017-02-28", gives=(1, 1), guidance=GUIDANCE)
    practice("LA-05", records, on="2017-03-01", gives=(0, 1), guidance=GUIDANCE)


def test_several_loads_of_annex_a(practice):
    """From Annex A alone the number stated with the latest placement holds, whatever the loads show."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | entered_care_date | start_date | end_date   | stated_placements | source
        Ann      | 2013-05-01        | 2013-05-01 | 2014-12-01 | 1                 | annex_a
        Ann      | 2013-05-01        | 2014-12-01 | 2015-12-01 | 1                 | annex_a
        Ann      | 2013-05-01        | 2015-12-01 |            | 3                 | annex_a
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance="Annex A holds only the latest placement.",
    )


def test_full_episodes_and_a_stated_number(practice):
    """Where the episodes are known they are counted, not the number that a file states."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | stated_placements | source
        Ann      | 2014-06-01 | S            | 2015-12-01 |                   | ssda903
        Ann      | 2015-12-01 | P            |            | 3                 | ssda903
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_one_placement_of_several_episodes(practice):
    """A placement lasts until its last episode ends, and its last episode tells where it belongs; each
    placement has its own, of two episodes on one day the later line.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date   | district | team | worker
        Ann      | 2014-06-01 | S            | 2015-03-01 | Wyre     | Mid  | Quy
        Ann      | 2015-03-01 | L            | 2015-09-01 | Wyre     | Mid  | Quy
        Ann      | 2015-09-01 | P            | 2015-12-01 | Wyre     | Mid  | Quy
        Ann      | 2015-12-01 | P            | 2016-01-01 | Wychavon | West | Pat
        Ann      | 2016-01-01 | L            | 2016-05-01 | Redditch | East | Ola
        Ann      | 2016-05-01 | P            |            | Wyre     | Mid  | Quy
        Ben      | 2015-06-01 | S            | 2015-06-01 | Redditch | East | Ola
        Ben      | 2015-06-01 | L            | 2016-06-01 | Wychavon | West | Pat
        Ben      | 2016-08-01 | S            |            | Redditch | East | Ola
        """
    for by, first, second in (
        ("district", "Redditch", "Wychavon"),
        ("team", "East", "West"),
        ("worker", "Ola", "Pat"),
    ):
        practice(
            "LA-05",
            records,
            on="2016-03-31",
            gives=(1, 2),
            by=by,
            groups={first: 100.0, second: 0.0},
            guidance=GUIDANCE,
        )


def test_the_placements_own_start(practice):
    """Where a source gives the day the placement began, episodes with the same day are one placement,
    whatever the reason; another child's placement is another, though it began on the same day.
    """
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | placement_start_date
        Ann      | 2015-06-01 | S            | 2015-07-01 | 2015-06-01
        Ann      | 2015-07-01 | P            | 2015-08-01 | 2015-06-01
        Ann      | 2015-08-01 | P            |            | 2015-06-01
        Ben      | 2015-05-01 | S            | 2015-06-01 | 2015-05-01
        Ben      | 2015-06-01 | P            | 2015-09-01 | 2015-06-01
        Ben      | 2015-09-01 | P            |            | 2015-09-01
        Cal      | 2015-06-01 | S            | 2015-07-01 | 2015-06-01
        Cal      | 2015-07-01 | P            | 2015-08-01 | 2015-06-01
        Cal      | 2015-08-01 | P            |            | 2015-06-01
        Dee      | 2015-06-01 | S            | 2015-07-01 | 2015-06-01
        Dee      | 2015-07-01 | P            | 2015-08-01 | 2015-06-01
        Dee      | 2015-08-01 | P            |            | 2015-08-01
        """,
        on="2016-03-31",
        gives=(1, 4),
        guidance=GUIDANCE,
    )


def test_a_placement_told_by_two_sources(practice):
    """Where another source tells of the placement beside Annex A, placements are counted."""
    practice(
        "LA-05",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | stated_placements | source
        Ann      | 2015-05-01 | S            | 2015-06-01 |                   | ssda903
        Ann      | 2015-06-01 | P            | 2015-09-01 |                   | ssda903
        Ann      | 2015-09-01 | P            | 2015-12-01 | 1                 | annex_a
        Ann      | 2015-12-01 | L            |            |                   | ssda903
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )
