"""Placed over 20 miles away and outside the authority (LA-04)."""

GUIDANCE = "LA-01 placed over 20 miles from home and outside the boundary, of LA-01."


def test_both(practice):
    """It takes both: far inside the boundary, or near outside it, does not count; nor does 20 itself."""
    practice(
        "LA-04",
        """
        care_episode
        child_id | start_date | start_reason | distance | location
        Ann      | 2015-06-01 | S            | 20.1     | OUT
        Ben      | 2015-06-01 | S            | 20.0     | OUT
        Cal      | 2015-06-01 | S            | 25.0     | IN
        Dee      | 2015-06-01 | S            | 5.0      | OUT
        """,
        on="2016-03-31",
        gives=(1, 4),
        guidance=GUIDANCE,
    )


def test_not_known(practice):
    """Far, but where is not said; outside, but how far is not: not known. One "no" is enough."""
    practice(
        "LA-04",
        """
        care_episode
        child_id | start_date | start_reason | distance | location
        Ann      | 2015-06-01 | S            | 30.0     |
        Ben      | 2015-06-01 | S            |          | OUT
        Cal      | 2015-06-01 | S            | 999.9    | OUT
        Dee      | 2015-06-01 | S            | 3.0      |
        Eve      | 2015-06-01 | S            |          | IN
        """,
        on="2016-03-31",
        gives=(0, 5),
        unknown=3,
        guidance="Unknown is not no. 999.9 stands for a postcode missing or outside England.",
    )


def test_the_placement_on_the_day(practice):
    """A child moved nearer is counted where it lives on the day."""
    practice(
        "LA-04",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | distance | location
        Ann      | 2015-06-01 | S            | 2015-12-01 | 40.0     | OUT
        Ann      | 2015-12-01 | P            |            | 2.0      | IN
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )
