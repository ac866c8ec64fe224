"""Conferences that result in a plan (CP-07)."""

GUIDANCE = "Initial conferences with a plan as the outcome, of those held in the period."


def test_outcome(practice):
    """Of two conferences one resulted in a plan."""
    practice(
        "CP-07",
        """
        conference
        child_id | conference_date | resulted_in_plan
        Ann      | 2015-06-01      | yes
        Ben      | 2015-06-01      | no
        Cal      | 2016-06-01      | yes
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_outcome_not_known(practice):
    """A conference whose outcome is not given stays in the denominator."""
    practice(
        "CP-07",
        """
        conference
        child_id | conference_date | resulted_in_plan
        Ann      | 2015-06-01      | yes
        Ben      | 2015-06-01      |
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_one_conference_under_two_enquiries(practice):
    """Recorded under two enquiries it is one conference, and the outcome given with one holds."""
    practice(
        "CP-07",
        """
        conference
        child_id | conference_date | section_47_start | resulted_in_plan
        Ann      | 2015-06-01      | 2015-05-20       | yes
        Ann      | 2015-06-01      | 2015-05-25       |
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_recorded_twice(practice):
    """One conference under two enquiries: a plan by either record is a plan."""
    practice(
        "CP-07",
        """
        conference
        child_id | conference_date | section_47_start | resulted_in_plan
        Ann      | 2015-06-01      | 2015-05-20       | yes
        Ann      | 2015-06-01      | 2015-05-25       | no
        """,
        year=2016,
        gives=(1, 1),
        guidance="ICPCs with a plan as the outcome.",
    )
