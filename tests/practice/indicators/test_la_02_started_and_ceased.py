"""Children who started and ceased to be looked after (LA-02)."""

GUIDANCE = "Started in the period; ceased in the period. Only the last time a child ceased counts."
RECORDS = """
        care_episode
        child_id | start_date | start_reason | end_date   | end_reason
        Ann      | 2015-04-01 | S            | 2015-06-01 | X1
        Ann      | 2015-06-01 | P            | 2015-07-01 | E4A
        Ann      | 2015-09-01 | S            | 2016-03-31 | E4A
        Ben      | 2015-03-31 | S            | 2016-04-01 | E5
        Cal      | 2016-03-31 | S            |            |
        """


def test_started(practice):
    """A child who started twice is one child; a change of placement is not a start."""
    practice("LA-02", RECORDS, part="started", year=2016, gives=2, guidance=GUIDANCE)


def test_ceased(practice):
    """A child who ceased twice is one child; an episode followed by the next has not ceased."""
    practice("LA-02", RECORDS, part="ceased", year=2016, gives=1, guidance=GUIDANCE)


def test_a_reason_not_given(practice):
    """An episode that follows on the day the last one ends, without a reason: care goes on."""
    practice(
        "LA-02",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-01-01 | S            | 2015-06-01
        Ann      | 2015-06-01 |              |
        """,
        part="ceased",
        year=2016,
        gives=0,
        guidance="Ceased in the period.",
    )


def test_care_begun_before_the_records(practice):
    """A first episode that is not a start shows care begun earlier: not a start of this year."""
    practice(
        "LA-02",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | P            |
        Ben      | 2015-06-01 | S            |
        """,
        part="started",
        year=2016,
        gives=1,
        guidance="Unknown is not yes: the day of entry is not in the records.",
    )


def test_short_breaks(practice):
    """Short breaks neither start nor cease a period."""
    practice(
        "LA-02",
        """
        care_episode
        child_id | start_date | start_reason | legal_status | end_date
        Ann      | 2015-06-01 | S            | V4           | 2015-08-01
        """,
        part="started",
        year=2016,
        gives=0,
        guidance=GUIDANCE,
    )
    practice(
        "LA-02",
        """
        care_episode
        child_id | start_date | start_reason | legal_status | end_date
        Ann      | 2015-06-01 | S            | V4           | 2015-08-01
        """,
        part="ceased",
        year=2016,
        gives=0,
        guidance=GUIDANCE,
    )


def test_first_day_of_the_year_and_the_day_before(practice):
    """On the first day of the year is in the year, the day before it is not."""
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-04-01 | S            |
        Ben      | 2015-03-31 | S            |
        Cal      | 2014-01-01 | S            | 2015-04-01
        Dee      | 2014-01-01 | S            | 2015-03-31
        """
    guidance = "On or after the first day and on or before the last day."
    practice("LA-02", records, part="started", year=2016, gives=1, guidance=guidance)
    practice("LA-02", records, part="ceased", year=2016, gives=1, guidance=guidance)


def test_each_period_of_care_by_itself(practice):
    """A known entry does not make the period before it known; leaving care and entering it again on one
    day are two periods; an episode that ended on the day it began, in the same placement change, is none.
    """
    practice(
        "LA-02",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-05-01 | P            | 2014-06-01
        Ann      | 2016-01-01 | S            |
        """,
        part="started",
        year=2015,
        gives=0,
        guidance="A period of care that the records show only from its middle on is not a start.",
    )
    practice(
        "LA-02",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-05-01 | S            | 2015-09-01
        Ann      | 2015-09-01 | S            |
        Ben      | 2014-01-01 | S            | 2015-01-01
        Ben      | 2015-06-01 | S            | 2015-06-01
        Ben      | 2015-06-01 | P            |
        """,
        part="ceased",
        year=2016,
        gives=1,
        guidance="Only the last time a child ceased in the year counts.",
    )
