"""Referrers told the outcome within one working day (FD-12)."""

GUIDANCE = "Professional referrals whose outcome was sent within 1 working day of the decision."


def test_same_or_next_working_day(practice):
    """Decided on Friday 4 March 2016: told that day or on the Monday is in time, on the Tuesday is not,
    nor before it was decided.
    """
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | decision_date | outcome_sent_date
        Ann      | 6              | 2016-03-04    | 2016-03-04
        Ben      | 6              | 2016-03-04    | 2016-03-07
        Cal      | 6              | 2016-03-04    | 2016-03-08
        Dee      | 6              | 2016-03-04    | 2016-03-03
        """,
        year=2016,
        gives=(2, 4),
        guidance=GUIDANCE,
    )


def test_not_told(practice):
    """Until the next working day is over it is not known; then it is not met."""
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | decision_date | outcome_sent_date | as_at_day
        Ann      | 6              | 2016-03-04    |                   | 2016-03-07
        Ben      | 6              | 2016-03-04    |                   | 2016-03-08
        Cal      | 6              | 2016-03-04    | 2016-03-07        | 2016-03-31
        """,
        year=2016,
        unknown=1,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_the_public_and_anonymous(practice):
    """Individuals and anonymous sources are left out; a source that is not known stays."""
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | decision_date | outcome_sent_date
        Ann      | 1A             | 2016-03-04    | 2016-03-04
        Ben      | 1B             | 2016-03-04    | 2016-03-04
        Cal      | 1C             | 2016-03-04    | 2016-03-04
        Dee      | 1D             | 2016-03-04    | 2016-03-04
        Eve      | 1X             | 2016-03-04    | 2016-03-04
        Fay      | 9              | 2016-03-04    | 2016-03-04
        Gus      | 8              | 2016-03-04    | 2016-03-04
        Gxs      | 8              | 2016-03-04    | 2016-03-04
        Hal      | 10             | 2016-03-04    | 2016-03-04
        Hxl      | 10             | 2016-03-04    | 2016-03-04
        Hyl      | 10             | 2016-03-04    | 2016-03-04
        Ira      |                | 2016-03-04    | 2016-03-04
        """,
        year=2016,
        gives=(6, 6),
        guidance=GUIDANCE,
    )


def test_days_the_calendar_does_not_cover(practice):
    """Where no working days can be counted, it is not known."""
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | decision_date | outcome_sent_date | as_at_day
        Ann      | 6              | 1989-12-29    | 1990-01-02        | 1990-03-01
        Ben      | 6              | 1989-12-29    |                   | 1990-03-01
        """,
        year=1990,
        unknown=2,
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_told_after_the_calendar(practice):
    """Nor to a day after its end."""
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | decision_date | outcome_sent_date
        Ann      | 6              | 2049-12-31    | 2050-01-04
        """,
        year=2050,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_who_is_a_professional_in_casework(practice):
    """What casework holds whoever made the contact for counts before the source."""
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | professional | decision_date | outcome_sent_date
        Ann      |                | no           | 2016-03-04    |
        Ben      | 1A             | yes          | 2016-03-04    | 2016-03-04
        Cal      | 6              | no           | 2016-03-04    |
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_opened_again(practice):
    """The decision before it was opened again counts in its own month, as the latest does in its own."""
    practice(
        "FD-12",
        """
        contact
        child_id | first_decision_date | first_outcome_sent_date | decision_date | as_at_day
        Ann      | 2016-03-04          | 2016-03-07              | 2016-04-04    | 2016-04-30
        Ben      | 2016-03-04          |                         |               | 2016-04-30
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_two_contacts_alike(practice):
    """Two contacts about a child are two."""
    practice(
        "FD-12",
        """
        contact
        child_id | contact_source | decision_date | outcome_sent_date
        Ann      | 6              | 2016-03-04    | 2016-03-04
        Ann      | 6              | 2016-03-04    | 2016-03-04
        """,
        year=2016,
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_one_decision_about_several_children(practice):
    """A decision counts once, however many children it is about, and so does that before the contact was
    opened again. A child who was added since has no part in the first.
    """
    practice(
        "FD-12",
        """
        contact
        contact_id | child_id | first_decision_date | decision_date | outcome_sent_date | as_at_day | district
        1          | Ben      | 2016-03-01          | 2016-03-21    | 2016-03-21        | 2016-04-30 | South
        1          | Ann      | 2016-03-01          | 2016-03-21    | 2016-03-21        | 2016-04-30 | North
        1          | Aaron    |                     | 2016-03-21    | 2016-03-21        | 2016-04-30 | West
        2          | Ann      |                     | 2016-03-21    | 2016-03-21        | 2016-04-30 | East
        """,
        year=2016,
        by="district",
        groups={"North": 0.0, "West": 100.0, "East": 100.0},
        gives=(2, 3),
        guidance=GUIDANCE,
    )
