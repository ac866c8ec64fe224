"""Early help plans open (EH-03)."""

GUIDANCE = "Plans open on the day."


def test_open_on_the_day(practice):
    """Begun by the day, with no end or an end after it."""
    practice(
        "EH-03",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2016-03-31 |
        Ben      | 2015-06-01 | 2016-03-31
        Cal      | 2015-06-01 | 2016-04-01
        Dee      | 2016-04-01 |
        """,
        on="2016-03-31",
        gives=2,
        guidance=GUIDANCE,
    )


def test_annex_a_lists_assessments(practice):
    """Annex A lists assessments: one under way is not a plan."""
    practice(
        "EH-03",
        """
        early_help_episode
        child_id | start_date | source
        Ann      | 2015-06-01 | annex_a
        Ben      | 2015-06-01 | ssd
        """,
        on="2016-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_two_plans_of_one_child(practice):
    """Plans are counted, not children."""
    practice(
        "EH-03",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2015-06-01 |
        Ann      | 2015-09-01 |
        """,
        on="2016-03-31",
        gives=2,
        guidance=GUIDANCE,
    )


def test_an_episode_that_annex_a_also_lists(practice):
    """Where the record has what only an episode has, it is a plan, whichever file spoke last."""
    practice(
        "EH-03",
        """
        early_help_episode
        child_id | start_date | end_date   | reason   | end_reason | worker | source
        Ann      | 2015-06-01 |            | Housing  |            |        | annex_a
        Ben      | 2015-06-01 | 2017-01-01 |          | Needs met  |        | annex_a
        Cal      | 2015-06-01 |            |          |            | Ola    | annex_a
        Dee      | 2015-06-01 |            |          |            |        | annex_a
        """,
        on="2016-03-31",
        gives=3,
        guidance=GUIDANCE,
    )
