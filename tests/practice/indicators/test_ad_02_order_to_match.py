"""Days from placement order to match (AD-02)."""

GUIDANCE = "Mean days from placement order to match, of children adopted."


def test_mean(practice):
    """100 and 200 days: 150 on average, for the children adopted in the year."""
    practice(
        "AD-02",
        """
        adoption
        child_id | placement_order_date | matched_date | order_date
        Ann      | 2014-01-01           | 2014-04-11   | 2015-06-01
        Ben      | 2014-01-01           | 2014-07-20   | 2016-03-31
        Cal      | 2014-01-01           | 2015-07-20   | 2016-04-01
        """,
        year=2016,
        gives=150,
        guidance=GUIDANCE,
    )


def test_placement_order_from_episodes(practice):
    """SSDA903: the first episode under a placement order (E1) gives its date."""
    practice(
        "AD-02",
        """
        adoption
        child_id | decision_date | matched_date
        Ann      | 2013-12-01    | 2014-04-11

        care_episode
        child_id | start_date | start_reason | legal_status | placement | end_date   | end_reason
        Ann      | 2013-01-01 | S            | C1           | U6        | 2014-01-01 | X1
        Ann      | 2014-01-01 | L            | E1           | U6        | 2014-06-01 | X1
        Ann      | 2014-06-01 | P            | E1           | A6        | 2015-06-01 | E11
        """,
        year=2016,
        gives=100,
        guidance=GUIDANCE,
    )


def test_without_a_placement_order(practice):
    """Adopted with consent, there is no placement order: not known, and not in the mean."""
    practice(
        "AD-02",
        """
        adoption
        child_id | placement_order_date | matched_date | order_date
        Ann      |                      | 2014-04-11   | 2015-06-01
        Ben      | 2014-01-01           | 2014-01-31   | 2015-06-01
        """,
        year=2016,
        gives=30,
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_order_of_the_period_that_ended_in_adoption(practice):
    """The first episode under a placement order, in the care that ended in adoption and no other."""
    practice(
        "AD-02",
        """
        adoption
        child_id | matched_date
        Ann      | 2014-07-10

        care_episode
        child_id | start_date | start_reason | legal_status | end_date   | end_reason
        Ann      | 2010-01-01 | S            | E1           | 2010-03-01 | E4A
        Ann      | 2013-01-01 | S            | C2           | 2014-04-01 | X1
        Ann      | 2014-04-01 | L            | E1           | 2014-09-01 | X1
        Ann      | 2014-09-01 | P            | E1           | 2015-06-01 | E12
        """,
        year=2016,
        gives=100,
        guidance="Days from placement order to match.",
    )
