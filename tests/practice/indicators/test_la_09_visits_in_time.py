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


def test_the_standard_in_force_on_the_day(practice):
    """From April every 28 days instead of 42, and the first within 5 instead of 7. Ann was visited 30
    days before the 31st; Ben was placed 7 days before: the new rules hold on 1 April.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            |
        Ben      | 2016-03-24 | S            |
        Cal      | 2015-06-01 | S            | 2016-03-31

        visit
        child_id | pathway | visit_date
        Ann      | LAC     | 2016-03-01
        Cal      | LAC     | 2016-03-01
        """
    settings = """
        [[standard]]
        name = "looked-after-visit"
        value = 28
        unit = "calendar days"
        from = 2016-04-01
        set_by = "Practice standards, April 2016"

        [[standard]]
        name = "looked-after-first-visit"
        value = 5
        unit = "calendar days"
        from = 2016-04-01
        set_by = "Practice standards, April 2016"
        """
    guidance = "The past is judged by the rule of its day."
    practice("LA-09", records, settings=settings, on="2016-03-30", gives=(2, 2), guidance=guidance)
    practice("LA-09", records, settings=settings, on="2016-03-31", gives=(1, 1), guidance=guidance)
    practice("LA-09", records, settings=settings, on="2016-04-01", gives=(0, 2), guidance=guidance)


def test_several_visits_and_several_children(practice):
    """Between two visits the first one tells; each child has its own, and twice on a day is once."""
    records = """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S

        visit
        child_id | pathway | visit_date
        Ann      | LAC     | 2016-01-04
        Ann      | LAC     | 2016-01-04
        Ann      | LAC     | 2016-03-29
        Ben      | LAC     | 2016-02-25
        """
    practice("LA-09", records, on="2016-02-29", gives=(1, 2), guidance=GUIDANCE)
    practice("LA-09", records, on="2016-03-31", gives=(2, 2), guidance=GUIDANCE)
    practice("LA-09", records, on="2016-01-20", gives=(1, 2), guidance=GUIDANCE)


def test_visits_outside_the_placement(practice):
    """A visit before care began or after it ended opens nothing: on those days no child is looked after.
    Visits in one placement do not run on into the next, nor from one period of care into another.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            | 2015-09-01
        Ann      | 2015-09-01 | P            | 2015-12-01
        Ann      | 2016-01-10 | S            |

        visit
        child_id | pathway | visit_date
        Ann      | LAC     | 2015-05-20
        Ann      | LAC     | 2015-06-02
        Ann      | LAC     | 2015-08-28
        Ann      | LAC     | 2015-09-10
        Ann      | LAC     | 2015-12-10
        Ann      | LAC     | 2016-01-12
        """
    for day, gives in (
        ("2015-05-25", (0, 0)),
        ("2015-07-01", (1, 1)),
        ("2015-08-01", (0, 1)),
        ("2015-08-31", (1, 1)),
        ("2015-09-05", (0, 0)),
        ("2015-09-09", (0, 1)),
        ("2015-10-01", (1, 1)),
        ("2015-12-05", (0, 0)),
        ("2015-12-20", (0, 0)),
        ("2016-01-15", (1, 1)),
    ):
        practice("LA-09", records, on=day, gives=gives, guidance=GUIDANCE)
