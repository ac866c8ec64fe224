"""Referrals decided within one working day (FD-04)."""

GUIDANCE = "Within one working day of receipt; what is not decided is listed."


def test_same_or_next_working_day(practice):
    """Received on Friday 4 March 2016: decided that day or on the Monday is in time, on the Tuesday is
    not.
    """
    practice(
        "FD-04",
        """
        referral
        child_id | referral_date | decision_date
        Ann      | 2016-03-04    | 2016-03-04
        Ben      | 2016-03-04    | 2016-03-07
        Cal      | 2016-03-04    | 2016-03-08
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_decided_before_received(practice):
    """A decision dated before its referral is not met."""
    practice(
        "FD-04",
        """
        referral
        child_id | referral_date | decision_date
        Ann      | 2016-03-04    | 2016-03-03
        """,
        year=2016,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_undecided_is_not_in_the_share(practice):
    """What has no decision is in no share."""
    practice(
        "FD-04",
        """
        referral
        child_id | referral_date | decision_date
        Ann      | 2016-03-04    |
        Ben      | 2016-03-04    | 2016-03-04
        """,
        year=2016,
        by="source",
        groups={"Not known": 100.0},
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_days_the_calendar_does_not_cover(practice):
    """Where no working days can be counted, it is not known."""
    practice(
        "FD-04",
        """
        referral
        child_id | referral_date | decision_date
        Ann      | 1989-03-04    | 1989-03-05
        Ben      | 2049-12-31    | 2050-01-04
        """,
        year=2050,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_referral_before_the_calendar(practice):
    """Nor from a day before the calendar begins."""
    practice(
        "FD-04",
        """
        referral
        child_id | referral_date | decision_date
        Ann      | 1989-12-29    | 1990-01-02
        """,
        year=1990,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_listed(practice):
    """Contacts of casework that nobody has decided are listed, by the day they came or were opened again.
    What a return says nothing of is not.
    """
    practice(
        "FD-04",
        """
        contact
        child_id | contact_date | received_at | reopened_at | reopened_date | decision_date | as_at
        Ann      | 2016-03-04   | 2016-03-04  |             |               |               | 2016-04-30
        Ben      | 2016-03-04   | 2016-03-04  |             |               | 2016-03-04    | 2016-04-30
        Cal      | 2016-03-04   | 2016-03-04  |             |               |               |
        Dee      | 2014-03-04   | 2014-03-04  | 2016-03-05  | 2016-03-05    |               | 2016-04-30
        Eve      | 2016-04-04   | 2016-04-04  |             |               |               | 2016-04-30
        """,
        year=2016,
        part="undecided",
        by="team",
        groups={"Not known": 2},
        gives=2,
        guidance=GUIDANCE,
    )


def test_listed_once(practice):
    """A contact about several children is one that is undecided. Children who moved in are none."""
    practice(
        "FD-04",
        """
        contact
        contact_id | child_id | contact_date | received_at | decision_date | as_at
        1          | Ann      | 2016-03-04   | 2016-03-04  |               | 2016-04-30
        1          | Ben      | 2016-03-04   | 2016-03-04  |               | 2016-04-30

        referral
        child_id | referral_date | decision_date | as_at
        Cal      | 2016-03-04    |               | 2016-04-30
        """,
        year=2016,
        part="undecided",
        gives=1,
        guidance=GUIDANCE,
    )
