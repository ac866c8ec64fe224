"""Days from entering care to living with the adoptive family (AD-01)."""

GUIDANCE = "Mean days from entering care to moving in with the adoptive family, children adopted."


def test_mean(practice):
    """Of the children whose adoption order fell in the year: 400 and 500 days, 450 on average."""
    practice(
        "AD-01",
        """
        adoption
        child_id | entered_care_date | placed_date | order_date
        Ann      | 2013-01-01        | 2014-02-05  | 2015-06-01
        Ben      | 2013-01-01        | 2014-05-16  | 2015-06-01
        Cal      | 2010-01-01        | 2012-05-16  | 2014-06-01
        """,
        year=2016,
        gives=450,
        guidance=GUIDANCE,
    )


def test_not_yet_adopted(practice):
    """A child placed and not yet adopted is not counted; without one adopted there is no mean."""
    practice(
        "AD-01",
        """
        adoption
        child_id | entered_care_date | placed_date | order_date
        Ann      | 2013-01-01        | 2014-02-05  |
        """,
        year=2016,
        gives=None,
        guidance=GUIDANCE,
    )


def test_from_episodes_of_care(practice):
    """SSDA903: care ended by adoption (E11), and the first placement for adoption is an episode."""
    practice(
        "AD-01",
        """
        adoption
        child_id | decision_date
        Ann      | 2014-01-01

        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason
        Ann      | 2013-01-01 | S            | U6        | 2014-02-05 | X1
        Ann      | 2014-02-05 | B            | A6        | 2014-09-01 | X1
        Ann      | 2014-09-01 | L            | A6        | 2015-06-01 | E11
        """,
        year=2016,
        gives=400,
        guidance=GUIDANCE,
    )


def test_dates_not_known(practice):
    """An adopted child whose entry is before the records is counted as not known, not as short."""
    practice(
        "AD-01",
        """
        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason
        Ann      | 2015-01-01 | P            | A6        | 2015-06-01 | E12
        """,
        year=2016,
        gives=None,
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_other_orders(practice):
    """A permanence record without any step of adoption is another order, such as guardianship."""
    practice(
        "AD-01",
        """
        adoption
        child_id | entered_care_date | order_date
        Ann      | 2013-01-01        | 2015-06-01
        """,
        year=2016,
        gives=None,
        guidance=GUIDANCE,
    )


def test_dates_in_the_wrong_order(practice):
    """Placed before care began is an error: not known. Placed on the first day of care is 0 days."""
    practice(
        "AD-01",
        """
        adoption
        child_id | entered_care_date | decision_date | placed_date | order_date
        Ann      | 2015-01-10        | 2015-02-01    | 2015-01-09  | 2015-09-01
        Ben      | 2015-01-10        | 2015-02-01    | 2015-01-10  | 2015-09-01
        """,
        year=2016,
        gives=0,
        unknown=1,
        guidance="A wrong figure is worse than none.",
    )


def test_two_periods_of_care(practice):
    """The period that ended in adoption counts, and of its placements the first for adoption: with
    consent (A3, A4) or under an order (A5, A6). Ann was in care once before, and went home.
    """
    practice(
        "AD-01",
        """
        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason
        Ann      | 2010-01-01 | S            | A6        | 2010-03-01 | E4A
        Ann      | 2013-01-01 | S            | U6        | 2014-02-05 | X1
        Ann      | 2014-02-05 | B            | A4        | 2014-05-01 | X1
        Ann      | 2014-05-01 | P            | A6        | 2015-06-01 | E12
        """,
        year=2016,
        gives=400,
        guidance=GUIDANCE,
    )
    for placement in ("A3", "A4", "A5", "A6"):
        practice(
            "AD-01",
            f"""
        care_episode
        child_id | start_date | start_reason | placement    | end_date   | end_reason
        Ann      | 2013-01-01 | S            | U6           | 2014-02-05 | X1
        Ann      | 2014-02-05 | U            | {placement}  | 2015-06-01 | E11
        Ben      | 2012-01-01 | S            | A6           |            |
        """,
            year=2016,
            gives=400,
            guidance="An episode with PLACE A3 to A6.",
        )


def test_care_that_ended_otherwise(practice):
    """A child placed for adoption whose care ended at home was not adopted."""
    practice(
        "AD-01",
        """
        adoption
        child_id | decision_date
        Ann      | 2014-01-01

        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason
        Ann      | 2013-01-01 | S            | A6        | 2015-06-01 | E4A
        """,
        year=2016,
        gives=None,
        guidance="Children adopted in the period.",
    )


def test_one_child_known_from_both(practice):
    """A child in the adoption record and in care is one child; the record's district comes first."""
    practice(
        "AD-01",
        """
        adoption
        child_id | decision_date | district
        Ann      | 2014-01-01    | Redditch
        Ben      | 2014-01-01    |

        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason | district
        Ann      | 2013-01-01 | S            | A6        | 2015-06-01 | E11        | Wychavon
        Ben      | 2013-01-01 | S            | A6        | 2015-06-01 | E11        | Wychavon
        """,
        year=2016,
        gives=0,
        by="district",
        groups={"Redditch": 0.0, "Wychavon": 0.0},
        guidance=GUIDANCE,
    )


def test_each_child_once(practice):
    """Ann, in both, is one child of two: 0 and 100 days, 50 on average."""
    practice(
        "AD-01",
        """
        adoption
        child_id | decision_date
        Ann      | 2014-01-01

        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason
        Ann      | 2013-01-01 | S            | A6        | 2015-06-01 | E11
        Ben      | 2013-01-01 | S            | U6        | 2013-04-11 | X1
        Ben      | 2013-04-11 | P            | A6        | 2015-06-01 | E11
        """,
        year=2016,
        gives=50,
        guidance=GUIDANCE,
    )


def test_the_last_episode_says_how_care_ended(practice):
    """Adoption as the reason of the last episode of the period, whatever stands on those before it."""
    practice(
        "AD-01",
        """
        care_episode
        child_id | start_date | start_reason | placement | end_date   | end_reason
        Ann      | 2013-01-01 | S            | A6        | 2014-06-01 | X1
        Ann      | 2014-06-01 | L            | A6        | 2015-06-01 | E11
        Ben      | 2013-01-01 | S            | A6        | 2014-06-01 | E11
        Ben      | 2014-06-01 | L            | A6        | 2015-06-01 | E4A
        """,
        year=2016,
        gives=0,
        by="district",
        groups={"Not known": 0.0},
        guidance=GUIDANCE,
    )
