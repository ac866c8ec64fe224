"""Contacts triaged by the next working day (FD-10)."""

GUIDANCE = "Notifications triaged on the same or the next working day."


def test_same_or_next_working_day(practice):
    """Received on Friday 4 March 2016: triaged that day or on the Monday is in time, on the Tuesday is
    not.
    """
    practice(
        "FD-10",
        """
        contact
        child_id | contact_date | triage_date
        Ann      | 2016-03-04   | 2016-03-04
        Ben      | 2016-03-04   | 2016-03-07
        Cal      | 2016-03-04   | 2016-03-08
        Dee      | 2016-03-04   | 2016-03-03
        """,
        year=2016,
        gives=(2, 4),
        guidance=GUIDANCE,
    )


def test_not_triaged(practice):
    """Until the next working day is over it is not known; then it is not met. Where only a return tells of
    it, it is not known.
    """
    practice(
        "FD-10",
        """
        contact
        child_id | contact_date | triage_date | as_at_day
        Ann      | 2016-03-04   |             | 2016-03-07
        Ben      | 2016-03-04   |             | 2016-03-08
        Cal      | 2016-03-04   |             |
        """,
        year=2016,
        unknown=2,
        by="source",
        groups={"Not known": 0.0},
        gives=(0, 3),
        guidance=GUIDANCE,
    )


def test_triaged_though_the_day_is_over(practice):
    """One that was triaged in time stays so however long ago it was."""
    practice(
        "FD-10",
        """
        contact
        child_id | contact_date | triage_date | as_at_day
        Ann      | 2016-03-04   | 2016-03-07  | 2016-03-31
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_days_the_calendar_does_not_cover(practice):
    """Where no working days can be counted, it is not known."""
    practice(
        "FD-10",
        """
        contact
        child_id | contact_date | triage_date | as_at_day
        Ann      | 1989-12-29   | 1990-01-02  | 1990-03-01
        Ben      | 1989-12-29   |             | 1990-03-01
        """,
        year=1990,
        unknown=2,
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_triage_after_the_calendar(practice):
    """Nor to a day after its end."""
    practice(
        "FD-10",
        """
        contact
        child_id | contact_date | triage_date
        Ann      | 2049-12-31   | 2050-01-04
        """,
        year=2050,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_one_contact_about_several_children(practice):
    """A contact counts once, however many children it is about. A child added since it was opened again
    came with the contact of that day.
    """
    practice(
        "FD-10",
        """
        contact
        contact_id | child_id | contact_date | triage_date | district
        1          | Ben      | 2016-03-04   | 2016-03-04  | South
        1          | Ann      | 2016-03-04   | 2016-03-04  | North
        1          | Cal      | 2016-03-21   | 2016-03-29  | North
        2          | Ann      | 2016-03-04   | 2016-03-04  | East
        """,
        year=2016,
        by="district",
        groups={"North": 50.0, "East": 100.0},
        gives=(2, 3),
        guidance=GUIDANCE,
    )
