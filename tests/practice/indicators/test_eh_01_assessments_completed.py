"""Early help assessments completed (EH-01)."""

GUIDANCE = "Early help assessments with a completion date in the period."


def test_completed_in_the_period(practice):
    """The completion date decides, with the first and last day in; the start does not."""
    practice(
        "EH-01",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2015-01-10 | 2015-04-01
        Ben      | 2016-03-01 | 2016-03-31
        Cal      | 2015-01-10 | 2015-03-31
        Dee      | 2016-03-01 | 2016-04-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_not_completed(practice):
    """An assessment under way has not been completed."""
    practice(
        "EH-01",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2015-06-10 |
        """,
        year=2016,
        gives=0,
        guidance=GUIDANCE,
    )


def test_by_organisation(practice):
    """By who completed it; twice for one child counts twice."""
    practice(
        "EH-01",
        """
        early_help_episode
        child_id | start_date | end_date   | organisation
        Ann      | 2015-05-10 | 2015-06-01 | Redwood School
        Ann      | 2015-08-10 | 2015-09-01 | Redwood School
        Ben      | 2015-05-10 | 2015-06-01 |
        """,
        year=2016,
        gives=3,
        by="organisation",
        groups={"Redwood School": 2, "Not known": 1},
        guidance=GUIDANCE,
    )
