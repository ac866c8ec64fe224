"""Looked-after children visited in time (LA-09)."""

GUIDANCE = "Looked-after children visited within the interval of rule LACV: 7 days, then 42."


def test_forty_two_days(practice):
    """On 31 March 2016: a visit on 18 February is 42 days ago; one on the 17th is overdue."""
    practice(
        "LA-09",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S

        visit
        child_id | pathway | visit_date
        Ann      | LAC     | 2016-02-18
        Ben      | LAC     | 2016-02-17
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_first_week_of_a_placement(practice):
    """Not yet visited in a new placement: counted only when the first week has passed."""
    practice(
        "LA-09",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2016-03-24 | S
        Ben      | 2016-03-23 | S
        Cal      | 2016-03-24 | S

        visit
        child_id | pathway | visit_date
        Cal      | LAC     | 2016-03-24
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance="Within 1 week of placement.",
    )


def test_a_move_asks_for_a_new_visit(practice):
    """A visit in the last placement is not a visit in this one."""
    practice(
        "LA-09",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            | 2016-03-10
        Ann      | 2016-03-10 | P            |

        visit
        child_id | pathway | visit_date
        Ann      | LAC     | 2016-03-08
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_other_visits(practice):
    """A visit of another kind, or after the day, does not count; nor a child who has left care."""
    practice(
        "LA-09",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            |
        Ben      | 2015-06-01 | S            |
        Cal      | 2015-06-01 | S            | 2016-03-31

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-20
        Ben      | LAC     | 2016-04-01
        Cal      | LAC     | 2016-03-20
        """,
        on="2016-03-31",
        gives=(0, 2),
        guidance=GUIDANCE,
    )
