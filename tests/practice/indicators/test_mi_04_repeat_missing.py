"""Children missing three times or more in 90 days (MI-04)."""

GUIDANCE = "Children with three or more episodes in 90 days."


def test_within_ninety_days(practice):
    """The third on the 90th day counts, the first day being day one; on the 91st it does not."""
    practice(
        "MI-04",
        """
        missing_episode
        child_id | start_date
        Ann      | 2015-05-01
        Ann      | 2015-06-01
        Ann      | 2015-07-29
        Ben      | 2015-05-01
        Ben      | 2015-06-01
        Ben      | 2015-07-30
        """,
        year=2016,
        gives=1,
        guidance=GUIDANCE,
    )


def test_the_third_in_the_period(practice):
    """The third decides the period; the first two may be before it. A child counts once."""
    practice(
        "MI-04",
        """
        missing_episode
        child_id | start_date
        Ann      | 2015-03-01
        Ann      | 2015-03-15
        Ann      | 2015-04-01
        Ann      | 2015-04-05
        Ben      | 2015-03-01
        Ben      | 2015-03-15
        Ben      | 2015-03-31
        """,
        year=2016,
        gives=1,
        guidance=GUIDANCE,
    )


def test_two_or_away(practice):
    """Two episodes are not three; away without authorisation is not missing."""
    practice(
        "MI-04",
        """
        missing_episode
        child_id | missing_kind | start_date
        Ann      | M            | 2015-05-01
        Ann      | M            | 2015-05-05
        Ann      | A            | 2015-05-07
        """,
        year=2016,
        gives=0,
        guidance=GUIDANCE,
    )


def test_on_the_first_day_of_the_year(practice):
    """The third on the first day of the year is in the year."""
    practice(
        "MI-04",
        """
        missing_episode
        child_id | missing_kind | start_date
        Ann      | M            | 2015-03-01
        Ann      | M            | 2015-03-15
        Ann      | M            | 2015-04-01
        """,
        year=2016,
        gives=1,
        guidance="Three or more episodes in 90 days.",
    )
