"""In the same placement for two years or more (LA-06)."""

GUIDANCE = (
    "Under 16, looked after 2.5 years or more: of these, in the same placement 2 years or more, or "
    "placed for adoption and the two placements together 2 years or more."
)


def test_two_years_in_the_placement(practice):
    """Two years to the day is stable; a day short is not."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2005-01-01
        Ben      | 2005-01-01

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2013-01-01 | S            | 2014-03-31
        Ann      | 2014-03-31 | P            |
        Ben      | 2013-01-01 | S            | 2014-04-01
        Ben      | 2014-04-01 | P            |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_two_and_a_half_years_in_care(practice):
    """Looked after for 2.5 years to the day is in; a day short is not."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2005-01-01
        Ben      | 2005-01-01

        care_episode
        child_id | start_date | start_reason
        Ann      | 2013-09-30 | S
        Ben      | 2013-10-01 | S
        """,
        on="2016-03-30",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_under_sixteen(practice):
    """From the sixteenth birthday a child is out; one whose birth date is not known stays in."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2000-03-31
        Ben      | 2000-04-01
        Cal      |

        care_episode
        child_id | start_date | start_reason
        Ann      | 2010-01-01 | S
        Ben      | 2010-01-01 | S
        Cal      | 2010-01-01 | S
        """,
        on="2016-03-31",
        gives=(2, 2),
        guidance="Under 16.",
    )


def test_placed_for_adoption(practice):
    """Placed for adoption lately: that placement and the one before it count together."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2011-01-01
        Ben      | 2011-01-01

        care_episode
        child_id | start_date | start_reason | placement | end_date
        Ann      | 2013-01-01 | S            | U6        | 2013-06-01
        Ann      | 2013-06-01 | P            | U6        | 2016-01-01
        Ann      | 2016-01-01 | P            | A6        |
        Ben      | 2013-01-01 | S            | U6        | 2014-06-01
        Ben      | 2014-06-01 | P            | U6        | 2016-01-01
        Ben      | 2016-01-01 | P            | A6        |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_care_that_was_broken(practice):
    """Back in care for less than 2.5 years: the earlier period does not count. Then no value."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2005-01-01

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2010-01-01 | S            | 2014-01-01
        Ann      | 2014-02-01 | S            |
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Continuously.",
    )


def test_adopted_by_the_foster_carers(practice):
    """Placed for adoption (A5) with the foster carers: the stay with them is one placement, and what
    went before it is another that does not count.
    """
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2005-01-01
        Ben      | 2005-01-01

        care_episode
        child_id | start_date | start_reason | placement | end_date
        Ann      | 2013-01-01 | S            | U6        | 2014-06-01
        Ann      | 2014-06-01 | P            | U6        | 2016-01-01
        Ann      | 2016-01-01 | U            | A5        |
        Ben      | 2013-01-01 | S            | U6        | 2014-02-01
        Ben      | 2014-02-01 | P            | U6        | 2016-01-01
        Ben      | 2016-01-01 | U            | A3        |
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance="The two placements together 2 years or more.",
    )


def test_birth_date_not_known(practice):
    """A child whose birth date is not known stays in, and only in the placement of the day."""
    practice(
        "LA-06",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2012-01-01 | S            | 2015-06-01
        Ann      | 2015-06-01 | P            |
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Unknown is not no.",
    )


def test_sixteen_on_the_day(practice):
    """Sixteen on the day is not under 16; sixteen the day after still is. So with a move soon after."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2000-03-31
        Ben      | 2000-04-01
        Cal      | 2000-03-31
        Dee      | 2000-04-01

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2010-01-01 | S            |
        Ben      | 2010-01-01 | S            |
        Cal      | 2010-01-01 | S            | 2016-05-01
        Dee      | 2010-01-01 | S            | 2016-05-01
        """,
        on="2016-03-31",
        gives=(2, 2),
        guidance="Under 16, looked after 2.5 years or more.",
    )


def test_with_the_adopters_from_the_first(practice):
    """Placed for adoption at once, with consent (A4) or under an order (A6), and there for two years."""
    practice(
        "LA-06",
        """
        care_episode
        child_id | start_date | start_reason | placement | end_date
        Ann      | 2013-06-01 | S            | A6        |
        Ben      | 2013-06-01 | S            | U6        | 2015-06-01
        Ben      | 2015-06-01 | P            | A4        |
        """,
        on="2016-03-31",
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_moved_at_fifteen(practice):
    """A child who moved at fifteen is in the placement of the day only."""
    practice(
        "LA-06",
        """
        child
        child_id | birth_date
        Ann      | 2000-06-01

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2010-01-01 | S            | 2015-12-01
        Ann      | 2015-12-01 | P            |
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Under 16, looked after 2.5 years or more.",
    )


def test_the_placements_own_start(practice):
    """Two episodes of one placement, then a move: the new placement is not the old one."""
    practice(
        "LA-06",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | placement_start_date
        Ann      | 2010-06-01 | S            | 2013-07-01 | 2010-06-01
        Ann      | 2013-07-01 | P            | 2015-08-01 | 2010-06-01
        Ann      | 2015-08-01 | P            |            | 2015-08-01
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )
