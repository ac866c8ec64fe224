"""Why conferences were late (CP-20)."""

GUIDANCE = "Conferences not met in CP-05, by reason code."


def test_each_reason(practice):
    """Each reason by its code, and those without one apart."""
    practice(
        "CP-20",
        """
        conference
        child_id | conference_date | section_47_start | late_reason | transfer_in
        C0       | 2016-04-07      | 2016-03-14       | VENUE       |
        C1       | 2016-04-07      | 2016-03-14       | CHAIR       |
        C2       | 2016-04-07      | 2016-03-14       | REPORTS     |
        C3       | 2016-04-07      | 2016-03-14       | FAMILY      |
        C4       | 2016-04-07      | 2016-03-14       | DECISION    |
        C5       | 2016-04-07      | 2016-03-14       | TRANSFER    |
        C6       | 2016-04-07      | 2016-03-14       | QUORUM      |
        C7       | 2016-04-07      | 2016-03-14       | OTHER       |
        C8       | 2016-04-07      | 2016-03-14       |             |
        """,
        year=2017,
        by="category",
        groups={
            "No venue": 1,
            "No chair": 1,
            "Reports of agencies were not there": 1,
            "The family could not come": 1,
            "The decision for a conference was late": 1,
            "Transfer from another authority": 1,
            "Not enough agencies": 1,
            "Another reason": 1,
            "Not known": 1,
        },
        gives=9,
        guidance=GUIDANCE,
    )


def test_only_those_late(practice):
    """On the 15th working day it was in time, and whatever was noted is no reason for lateness. A transfer
    in is left out, as is one dated before its enquiry.
    """
    practice(
        "CP-20",
        """
        conference
        child_id | conference_date | section_47_start | late_reason | transfer_in
        Ann      | 2016-04-06      | 2016-03-14       | VENUE       |
        Ben      | 2016-04-07      | 2016-03-14       | VENUE       | no
        Bob      | 2016-04-07      | 2016-03-14       | VENUE       |
        Bea      | 2016-04-07      | 2016-03-14       | VENUE       | no
        Cal      | 2016-04-07      | 2016-03-14       | VENUE       | yes
        Dee      | 2016-04-07      |                  | VENUE       |
        Eve      | 2016-04-07      | 2016-04-08       | VENUE       |
        """,
        year=2017,
        gives=3,
        guidance=GUIDANCE,
    )


def test_under_several_enquiries(practice):
    """One conference under several enquiries counts once, from the first of them."""
    practice(
        "CP-20",
        """
        conference
        child_id | conference_date | section_47_start | late_reason | transfer_in
        Ann      | 2016-04-07      | 2016-03-14       | VENUE       |
        Ann      | 2016-04-07      | 2016-04-01       | CHAIR       |
        Ben      | 2016-04-07      | 2016-03-14       |             |
        Ben      | 2016-04-08      | 2016-04-01       | CHAIR       |
        """,
        year=2017,
        by="category",
        groups={"No venue": 1, "Not known": 1},
        gives=2,
        guidance=GUIDANCE,
    )


def test_the_same_day(practice):
    """A conference on the day its enquiry began is not late."""
    practice(
        "CP-20",
        """
        conference
        child_id | conference_date | section_47_start | late_reason | transfer_in
        Ann      | 2016-04-07      | 2016-04-07       | VENUE       |
        """,
        year=2017,
        gives=0,
        guidance=GUIDANCE,
    )
