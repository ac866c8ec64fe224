"""First core group within 10 working days (CP-08)."""

GUIDANCE = "Plans whose first core group was within 10 working days of the initial conference."


def test_tenth_working_day(practice):
    """From the conference on 19 December 2016 the tenth working day is 5 January 2017."""
    practice(
        "CP-08",
        """
        cp_plan
        child_id | start_date | conference_date | as_at_day  | return_end
        Ann      | 2016-12-19 | 2016-12-19      | 2017-03-31 | 2017-03-31
        Ben      | 2016-12-19 | 2016-12-19      | 2017-03-31 | 2017-03-31
        Cal      | 2016-12-19 | 2016-12-19      | 2017-03-31 | 2017-03-31
        Dee      | 2016-12-19 | 2016-12-19      | 2017-03-31 | 2017-03-31

        core_group
        child_id | plan_start | held_date
        Ann      | 2016-12-19 | 2017-01-20
        Ann      | 2016-12-19 | 2017-01-05
        Ben      | 2016-12-19 | 2017-01-06
        Cal      | 2016-12-19 | 2016-12-19
        """,
        year=2017,
        gives=(2, 4),
        guidance=GUIDANCE,
    )


def test_only_once_ten_days_have_passed(practice):
    """A plan counts from the day after the tenth on."""
    practice(
        "CP-08",
        """
        cp_plan
        child_id | start_date | as_at_day  | return_end
        Ann      | 2016-12-19 | 2017-01-05 | 2017-03-31
        Ben      | 2016-12-19 | 2017-01-06 | 2017-03-31
        """,
        year=2017,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_what_only_a_return_tells(practice):
    """A return does not tell of core groups: not known, once ten days have passed by its last day."""
    practice(
        "CP-08",
        """
        cp_plan
        child_id | start_date | as_at_day | return_end | other_authority
        Ann      | 2016-12-19 |           | 2017-01-06 |
        Ben      | 2016-12-19 |           | 2017-01-05 |
        Cal      | 2016-12-19 |           | 2017-01-06 | yes
        """,
        year=2017,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_from_the_conference(practice):
    """The days run from the conference that made the plan, where that is on record."""
    practice(
        "CP-08",
        """
        cp_plan
        child_id | start_date | conference_date | as_at_day  | return_end
        Ann      | 2016-12-20 | 2016-12-19      | 2017-03-31 | 2017-03-31
        Ben      | 2016-12-20 |                 | 2017-03-31 | 2017-03-31

        core_group
        child_id | plan_start | held_date
        Ann      | 2016-12-20 | 2017-01-06
        Ben      | 2016-12-20 | 2017-01-06
        """,
        year=2017,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_core_group_of_another_plan(practice):
    """A core group of another plan, or of another child, or before the plan began, is not its first."""
    practice(
        "CP-08",
        """
        cp_plan
        child_id | start_date | as_at_day  | return_end
        Ann      | 2016-12-19 | 2017-03-31 | 2017-03-31
        Ben      | 2016-12-19 | 2017-03-31 | 2017-03-31

        core_group
        child_id | plan_start | held_date
        Ann      | 2015-12-19 | 2016-12-20
        Ann      | 2016-12-19 | 2016-12-18
        Cal      | 2016-12-19 | 2016-12-20
        """,
        year=2017,
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_days_the_calendar_does_not_cover(practice):
    """Where no working days can be counted, the plan is left out: nobody knows that they have passed."""
    practice(
        "CP-08",
        """
        cp_plan
        child_id | start_date | as_at_day  | return_end
        Ann      | 1989-12-19 | 1990-03-31 | 1990-03-31
        """,
        year=1990,
        gives=(0, 0),
        guidance=GUIDANCE,
    )
