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


def test_what_leaves_the_answer_open(practice):
    """Near, or inside the boundary, is an answer by itself. Far, or outside, is not."""
    practice(
        "LA-04",
        """
        care_episode
        child_id | start_date | start_reason | distance | location
        Ann      | 2015-06-01 | S            | 20.5     | OUT
        Ben      | 2015-06-01 | S            | 20.5     |
        Cal      | 2015-06-01 | S            | 20       |
        Dee      | 2015-06-01 | S            |          | IN
        Eve      | 2015-06-01 | S            |          | OUT
        Fay      | 2015-06-01 | S            | 21.5     | OUT
        Gus      | 2015-06-01 | S            |          |
        """,
        on="2016-03-31",
        gives=(2, 7),
        unknown=3,
        guidance="Placed over 20 miles from home and outside the boundary.",
    )


def test_what_either_episode_of_a_placement_says(practice):
    """A placement of two episodes: what one says holds for both, and a distance of 999.9 says nothing."""
    practice(
        "LA-04",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | distance | location
        Ann      | 2015-06-01 | S            | 2015-09-01 | 999.9    | OUT
        Ann      | 2015-09-01 | L            |            | 30       |
        Ben      | 2015-06-01 | S            | 2015-09-01 | 10       |
        Ben      | 2015-09-01 | L            |            | 999      |
        Cal      | 2015-06-01 | S            | 2015-09-01 | 998      | IN
        Cal      | 2015-09-01 | L            |            |          | OUT
        Dee      | 2015-06-01 | S            | 2015-09-01 | 30       | OUT
        Dee      | 2015-09-01 | L            |            | 10       |
        """,
        on="2016-03-31",
        gives=(3, 4),
        guidance="Placed over 20 miles from home and outside the boundary.",
    )
