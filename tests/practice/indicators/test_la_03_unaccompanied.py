"""Unaccompanied asylum-seeking children among those looked after (LA-03)."""

GUIDANCE = "LA-01 who are unaccompanied, of LA-01."


def test_unaccompanied(practice):
    """SSDA903 lists only those who are: a child not listed is not counted as one."""
    practice(
        "LA-03",
        """
        child
        child_id | uasc
        Ann      | yes
        Ben      |
        Cal      | no

        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S
        Cal      | 2015-06-01 | S
        """,
        on="2016-03-31",
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_status_ceased(practice):
    """From the day the status ceases the child is no longer counted."""
    practice(
        "LA-03",
        """
        child
        child_id | uasc | uasc_end_date
        Ann      | yes  | 2016-03-31
        Ben      | yes  | 2016-04-01

        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_no_longer_looked_after(practice):
    """One who has left care is in neither; without a child looked after there is no value."""
    practice(
        "LA-03",
        """
        child
        child_id | uasc
        Ann      | yes

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            | 2016-01-01
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_a_child_without_a_record_of_their_own(practice):
    """A looked-after child of whom nothing else is known stays in the denominator."""
    practice(
        "LA-03",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="LA-01 who are unaccompanied, of LA-01.",
    )
