"""Initial health assessment within 20 working days (LH-01)."""

GUIDANCE = "Entrants in care for 20 working days or more, assessed within 20 working days of entry."


def test_twenty_working_days(practice):
    """From 1 June 2015 the 20th working day is 29 June: that day is in time, the next is not."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S
        Cal      | 2015-06-01 | S

        health_check
        child_id | check_type | check_date
        Ann      | HEALTH     | 2015-06-29
        Ben      | HEALTH     | 2015-06-30
        Cal      | DENTAL     | 2015-06-10
        """,
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_left_before_it_was_due(practice):
    """In care for fewer than 20 working days: left out."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            | 2015-06-26
        Ben      | 2015-06-01 | S            | 2015-06-29
        """,
        year=2016,
        gives=(0, 1),
        guidance="Entrants in the period in care for 20 working days or more.",
    )


def test_not_yet_due_when_the_records_end(practice):
    """Twenty working days have not passed by the last day the records cover: left out."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason | return_end
        Ann      | 2016-03-15 | S            | 2016-03-31
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_latest_assessment_only(practice):
    """Annex A gives the latest assessment: a late one leaves open whether there was an earlier one."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | entered_care_date | start_date | source
        Ann      | 2015-06-01        | 2015-06-01 | annex_a
        Ben      | 2015-06-01        | 2015-06-01 | annex_a
        Cal      | 2015-06-01        | 2015-06-01 | annex_a

        health_check
        child_id | check_type | check_date | source
        Ann      | HEALTH     | 2015-12-10 | annex_a
        Ben      | HEALTH     | 2015-06-10 | annex_a
        """,
        year=2016,
        gives=(1, 3),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_declined_and_before_entry(practice):
    """One declined was not had; one before entering care is not the initial assessment."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S
        Cal      | 2014-06-01 | P

        health_check
        child_id | check_type | check_date | status
        Ann      | HEALTH     | 2015-06-10 | Declined
        Ben      | HEALTH     | 2015-05-31 |
        """,
        year=2016,
        gives=(0, 2),
        guidance="Declined counts as not received.",
    )


def test_every_word_for_not_had(practice):
    """An assessment refused, cancelled, not attended, pending or declined was not had."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S
        Cal      | 2015-06-01 | S
        Dee      | 2015-06-01 | S
        Eve      | 2015-06-01 | S
        Fay      | 2015-06-01 | S

        health_check
        child_id | check_type | check_date | status
        Ann      | HEALTH     | 2015-06-10 | Child refused
        Ben      | HEALTH     | 2015-06-10 | Cancelled
        Cal      | HEALTH     | 2015-06-10 | Did not attend
        Dee      | HEALTH     | 2015-06-10 | Pending
        Eve      | HEALTH     | 2015-06-10 | DECLINED
        Fay      | HEALTH     | 2015-06-10 | Completed
        """,
        year=2016,
        gives=(1, 6),
        guidance="Declined counts as not received.",
    )


def test_first_and_last_day(practice):
    """On the day of entry counts, and on the day the child left, if that is the day it was due."""
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | return_end
        Ann      | 2015-06-01 | S            |            | 2015-06-29
        Ben      | 2015-06-01 | S            | 2015-06-29 | 2015-06-15

        health_check
        child_id | check_type | check_date
        Ann      | HEALTH     | 2015-06-01
        Ben      | HEALTH     | 2015-06-29
        """,
        year=2016,
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_each_period_of_care_has_its_own(practice):
    """The assessment of an earlier period is not that of the next; the first of several decides; care
    that the records show only from its middle on is no entry.
    """
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-04-01 | S            | 2015-07-01
        Ann      | 2015-09-01 | S            |
        Ben      | 2015-06-01 | S            |
        Cal      | 2015-06-01 | P            |

        health_check
        child_id | check_type | check_date
        Ann      | HEALTH     | 2015-04-10
        Ben      | HEALTH     | 2015-06-10
        Ben      | HEALTH     | 2015-12-10
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_annex_a_beside_a_full_record(practice):
    """Where another source gives the assessments, a late first one is late. Annex A's latest after the
    child left care says nothing of the time in it.
    """
    practice(
        "LH-01",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | source
        Ann      | 2015-06-01 | S            |            | ssd
        Ben      | 2015-06-01 | S            | 2015-12-01 | annex_a

        health_check
        child_id | check_type | check_date | source
        Ann      | HEALTH     | 2015-08-10 | ssd
        Ann      | HEALTH     | 2015-12-10 | annex_a
        Ben      | HEALTH     | 2016-01-10 | annex_a
        """,
        year=2016,
        gives=(0, 2),
        guidance=GUIDANCE,
    )
