"""From referral to allocation (FD-16)."""

GUIDANCE = "Referrals allocated to a worker within 24 hours of receipt, by hours of the clock."


def test_by_the_minute(practice):
    """24 hours to the minute. Not allocated is not met once they are over, and not known before."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | decision_date | received_at      | allocated_at     | as_at
        Ann      | 2016-03-04    | 2016-03-04    | 2016-03-04 09:00 | 2016-03-05 09:00 | 2016-03-06 09:00
        Ben      | 2016-03-04    | 2016-03-04    | 2016-03-04 09:00 | 2016-03-05 09:01 | 2016-03-06 09:00
        Cal      | 2016-03-04    | 2016-03-04    | 2016-03-04 09:00 |                  | 2016-03-05 09:01
        Dee      | 2016-03-04    | 2016-03-04    | 2016-03-04 09:00 |                  | 2016-03-05 09:00
        """,
        year=2016,
        unknown=1,
        gives=(1, 4),
        guidance=GUIDANCE,
    )


def test_the_day_it_was_accepted(practice):
    """It counts in the year in which it was decided to take it up; with no decision on record, in that of
    its own day.
    """
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | decision_date | received_at      | allocated_at
        Ann      | 2016-03-31    | 2016-04-01    | 2016-03-31 16:00 | 2016-04-01 10:00
        Ben      | 2016-03-31    |               | 2016-03-31 16:00 | 2016-04-01 10:00
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_only_those_accepted(practice):
    """One without further action was not accepted. What a return says nothing of is not known."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | no_further_action | received_at      | allocated_at
        Ann      | 2016-03-04    | yes               | 2016-03-04 09:00 | 2016-03-04 10:00
        Ben      | 2016-03-04    | no                | 2016-03-04 09:00 | 2016-03-04 10:00
        Bob      | 2016-03-04    | no                | 2016-03-04 09:00 | 2016-03-04 10:00
        Cal      | 2016-03-04    |                   |                  |
        """,
        year=2016,
        unknown=1,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_median_hours(practice):
    """An hour and a half; 23 hours and a quarter over midnight; two days and an hour less ten minutes."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | decision_date | no_further_action | received_at      | allocated_at
        Ann      | 2016-03-04    | 2016-03-04    | no                | 2016-03-04 09:15 | 2016-03-04 10:45
        Ben      | 2016-03-04    | 2016-03-04    |                   | 2016-03-04 10:45 | 2016-03-05 10:00
        Cal      | 2016-03-04    | 2016-03-04    | no                | 2016-03-04 09:30 | 2016-03-06 10:18
        Dee      | 2016-03-04    | 2016-03-04    | yes               | 2016-03-04 09:00 | 2016-03-24 09:00
        Eve      | 2016-03-04    | 2016-03-04    | no                | 2016-03-04 09:00 |
        """,
        year=2016,
        part="hours",
        quartiles=(12.375, 36.025),
        gives=23.25,
        guidance=GUIDANCE,
    )


def test_median_of_the_day_it_was_accepted(practice):
    """With no decision on record, it counts on its own day."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | decision_date | received_at      | allocated_at
        Ann      | 2016-03-31    | 2016-04-01    | 2016-03-31 16:00 | 2016-04-01 10:00
        Ben      | 2016-03-31    |               | 2016-03-31 16:00 | 2016-03-31 18:00
        """,
        year=2016,
        part="hours",
        gives=2.0,
        guidance=GUIDANCE,
    )


def test_listed(practice):
    """At the end of the day no worker has it and it is not closed."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | decision_date | allocated_at     | closure_date | as_at
        Ann      | 2016-03-04    | 2016-03-05    |                  |              | 2016-03-31 17:00
        Ben      | 2016-03-04    | 2016-03-05    | 2016-03-06 09:00 |              | 2016-03-31 17:00
        Cal      | 2016-03-04    | 2016-03-05    | 2016-03-05 23:00 |              | 2016-03-31 17:00
        Dee      | 2016-03-04    | 2016-03-06    |                  |              | 2016-03-31 17:00
        Eve      | 2016-03-05    |               |                  |              | 2016-03-31 17:00
        Gus      | 2016-03-04    | 2016-03-05    |                  | 2016-03-05   | 2016-03-31 17:00
        Hal      | 2016-03-04    | 2016-03-05    |                  |              |
        Ida      | 2016-03-04    | 2016-03-05    | 2016-03-05 23:00 | 2016-03-20   | 2016-03-31 17:00
        """,
        on="2016-03-05",
        part="unallocated",
        by="team",
        gives=3,
        groups={"Not known": 3},
        guidance=GUIDANCE,
    )


def test_listed_are_only_those_accepted(practice):
    """One without further action waits for no worker."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | no_further_action | as_at
        Ann      | 2016-03-04    | yes               | 2016-03-31 17:00
        Ben      | 2016-03-04    | no                | 2016-03-31 17:00
        Bob      | 2016-03-04    | no                | 2016-03-31 17:00
        Cal      | 2016-03-04    |                   | 2016-03-31 17:00
        """,
        on="2016-03-05",
        part="unallocated",
        gives=3,
        guidance=GUIDANCE,
    )


def test_listed_by_the_day_of_the_united_kingdom(practice):
    """Allocated in the first hour of a summer day, it has been allocated on that day, not the one before."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | allocated_at     | allocation_date | as_at
        Ann      | 2016-06-01    | 2016-06-02 23:20 | 2016-06-03      | 2016-06-30 17:00
        """,
        on="2016-06-02",
        part="unallocated",
        gives=1,
        guidance=GUIDANCE,
    )


def test_of_a_child_who_moved_in(practice):
    """Of a child who moved in only the day is on record: within how many hours is not known."""
    practice(
        "FD-16",
        """
        referral
        child_id | referral_date | received_at | allocated_at     | as_at
        Ann      | 2016-03-04    |             | 2016-03-05 09:00 | 2016-03-31 17:00
        """,
        year=2016,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )
