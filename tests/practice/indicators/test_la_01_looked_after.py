"""Looked-after children (LA-01)."""

GUIDANCE = "Children looked after on the day; series of short-term placements (V3, V4) excluded."


def test_looked_after_on_the_day(practice):
    """From the day of entry until the day before ceasing."""
    practice(
        "LA-01",
        """
        care_episode
        child_id | start_date | start_reason | legal_status | end_date
        Ann      | 2016-03-31 | S            | V2           |
        Ben      | 2015-06-01 | S            | V2           | 2016-03-31
        Cal      | 2015-06-01 | S            | C2           | 2016-04-01
        Dee      | 2016-04-01 | S            | C2           |
        """,
        on="2016-03-31",
        gives=2,
        guidance=GUIDANCE,
    )


def test_episodes_of_one_period(practice):
    """A child with several episodes is one child, with no day lost or counted twice at a change."""
    practice(
        "LA-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | end_reason
        Ann      | 2015-06-01 | S            | 2016-03-31 | X1
        Ann      | 2016-03-31 | P            |            |
        """,
        on="2016-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_a_start_while_still_in_care(practice):
    """An episode that begins care while an earlier one lasts: the child is in care once, until both end.
    Where the earlier one ends on that day, care begins anew.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-01-01 | S            | 2016-06-01
        Ann      | 2016-01-01 | S            |
        Ben      | 2015-01-01 | S            | 2016-06-01
        Ben      | 2015-06-01 | S            | 2015-09-01
        Cal      | 2015-01-01 | S            | 2016-01-01
        Cal      | 2016-01-01 | S            |
        """
    practice(
        "LA-01", records, on="2016-03-31", gives=3, guidance="A child is in care once at a time."
    )
    practice(
        "LA-01", records, on="2015-07-01", gives=3, guidance="A child is in care once at a time."
    )
    practice(
        "LA-01", records, on="2016-07-01", gives=2, guidance="A child is in care once at a time."
    )
    practice(
        "LA-02",
        records,
        part="started",
        period=("2015-04-01", "2016-03-31"),
        gives=1,
        guidance="Started in the period.",
    )


def test_short_breaks(practice):
    """An agreed series of short breaks is left out, however it is recorded."""
    practice(
        "LA-01",
        """
        care_episode
        child_id | start_date | start_reason | legal_status
        Ann      | 2015-06-01 | S            | V3
        Ben      | 2015-06-01 | S            | V4
        Cal      | 2015-06-01 | S            |
        """,
        on="2016-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_episode_left_open_before_the_next(practice):
    """An episode without an end, with another after it, ends when that one starts: still one child."""
    practice(
        "LA-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            |
        Ann      | 2015-09-01 | P            |
        Ben      | 2015-06-01 | S            |
        Ben      | 2015-09-01 | P            | 2016-01-01
        """,
        on="2016-03-31",
        gives=1,
        guidance="A child has one episode of care at a time.",
    )


def test_entry_earlier_than_the_placement(practice):
    """Annex A gives the latest placement and the day care began: the child is counted from then."""
    practice(
        "LA-01",
        """
        care_episode
        child_id | entered_care_date | start_date | source
        Ann      | 2014-02-01        | 2016-01-10 | annex_a
        """,
        on="2015-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_home_between_two_periods(practice):
    """Between two periods of care a child is not looked after."""
    practice(
        "LA-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | end_reason
        Ann      | 2015-04-01 | S            | 2015-06-01 | E4A
        Ann      | 2015-09-01 | S            |            |
        """,
        on="2015-07-01",
        gives=0,
        guidance=GUIDANCE,
    )


def test_the_latest_episode_tells_district_team_and_worker(practice):
    """A child in care in two episodes: the place of the latest is the child's, whatever the letters."""
    records = """
        care_episode
        child_id | start_date | start_reason | end_date   | district | team | worker
        Ann      | 2015-06-01 | S            | 2015-09-01 | Redditch | East | Ola
        Ann      | 2015-09-01 | P            |            | Wychavon | West | Pat
        Ben      | 2015-06-01 | S            | 2015-09-01 | Wychavon | West | Pat
        Ben      | 2015-09-01 | P            | 2016-06-01 | Redditch | East | Ola
        Cal      | 2015-06-01 | S            | 2015-09-01 | Malvern  | Mid  | Quy
        Cal      | 2015-09-01 | P            |            | Wychavon | West | Pat
        """
    for by, first, second in (
        ("district", "Redditch", "Wychavon"),
        ("team", "East", "West"),
        ("worker", "Ola", "Pat"),
    ):
        practice(
            "LA-01",
            records,
            on="2016-03-31",
            gives=3,
            by=by,
            groups={first: 1, second: 2},
            guidance="Every indicator has the dimensions district, team and worker.",
        )


def test_gaps_in_care(practice):
    """In a gap between episodes a child is not looked after, whatever the reason given for the next one,
    and whether or not another child was; nor before an entry whose first episode lasted no day.
    """
    practice(
        "LA-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-01-01 | P            | 2015-01-01
        Ann      | 2015-06-01 | P            | 2016-02-01
        Ben      | 2014-01-01 | S            | 2016-01-01
        Cal      | 2014-01-01 | S            | 2015-01-01
        Cal      | 2015-06-01 | S            | 2015-06-01
        Cal      | 2015-06-01 | P            |
        """,
        on="2015-03-01",
        gives=1,
        guidance="Children looked after on the day.",
    )


def test_districts_of_two_periods_and_of_two_episodes_on_one_day(practice):
    """Each period of care has its own last episode; of two that began on one day, the later line."""
    records = """
        care_episode
        child_id | start_date | start_reason | end_date   | district
        Ann      | 2014-01-01 | S            | 2015-01-01 | Redditch
        Ann      | 2015-06-01 | S            |            | Wychavon
        Ben      | 2014-01-01 | S            | 2014-01-01 | Wychavon
        Ben      | 2014-01-01 | P            |            | Malvern
        """
    practice(
        "LA-01",
        records,
        on="2014-06-01",
        gives=2,
        by="district",
        groups={"Redditch": 1, "Malvern": 1},
        guidance="Every indicator has the dimension district.",
    )
