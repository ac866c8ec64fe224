"""Three or more social workers in the year (LA-11)."""

GUIDANCE = (
    "Children with three or more allocated social workers in the year, of those looked after."
)
CARE = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            |
        Ben      | 2014-06-01 | S            |
"""


def test_three_different_workers(practice):
    """Three different people count; one who comes back is not a third."""
    practice(
        "LA-11",
        CARE
        + """
        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2014-06-01 | 2015-06-01
        Ann      | W2     | Social worker | 2015-06-01 | 2015-09-01
        Ann      | W3     | Social worker | 2015-09-01 |
        Ben      | W1     | Social worker | 2014-06-01 | 2015-06-01
        Ben      | W2     | Social worker | 2015-06-01 | 2015-09-01
        Ben      | W1     | Social worker | 2015-09-01 |
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_only_workers_of_the_year(practice):
    """One whose time ended on its first day is not of the year; one who begins on its last day is."""
    practice(
        "LA-11",
        CARE
        + """
        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2014-06-01 | 2015-04-01
        Ann      | W2     | Social worker | 2015-04-01 | 2015-09-01
        Ann      | W3     | Social worker | 2015-09-01 |
        Ben      | W1     | Social worker | 2014-06-01 | 2015-04-02
        Ben      | W2     | Social worker | 2015-04-02 | 2016-03-31
        Ben      | W3     | Social worker | 2016-03-31 |
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_other_roles(practice):
    """A personal adviser is not a social worker; a role that is not given counts."""
    practice(
        "LA-11",
        CARE
        + """
        allocation
        child_id | worker | role                  | start_date | end_date
        Ann      | W1     | Allocated Case Worker | 2015-05-01 | 2015-06-01
        Ann      | W2     |                       | 2015-06-01 | 2015-09-01
        Ann      | W3     | Personal adviser      | 2015-09-01 |
        Ben      | W1     | Allocated Case Worker | 2015-05-01 | 2015-06-01
        Ben      | W2     |                       | 2015-06-01 | 2015-09-01
        Ben      | W3     | Senior Social Worker  | 2015-09-01 |
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_while_looked_after(practice):
    """Workers before care began are not counted; without a child looked after there is no value."""
    practice(
        "LA-11",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-09-01 | S            |

        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2015-05-01 | 2015-06-01
        Ann      | W2     | Social worker | 2015-06-01 | 2015-10-01
        Ann      | W3     | Social worker | 2015-10-01 |
        """,
        year=2016,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_short_cover_in_another_year(practice):
    """A third worker for two months of the year before is not of this one, though both the others are."""
    records = (
        CARE
        + """
        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2014-06-01 |
        Ann      | W2     | Social worker | 2014-06-01 |
        Ann      | W3     | Social worker | 2014-07-01 | 2014-09-01
        """
    )
    practice("LA-11", records, year=2015, gives=(1, 2), guidance=GUIDANCE)
    practice("LA-11", records, year=2016, gives=(0, 2), guidance=GUIDANCE)


def test_two_periods_of_care_in_the_year(practice):
    """Workers of two periods of care in the year count together."""
    practice(
        "LA-11",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-05-01 | S            | 2015-09-01
        Ann      | 2015-11-01 | S            |

        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2015-05-01 | 2015-07-01
        Ann      | W2     | Social worker | 2015-07-01 | 2015-09-01
        Ann      | W3     | Social worker | 2015-11-01 |
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_two_children_under_three_workers(practice):
    """The workers of two children are not counted together."""
    practice(
        "LA-11",
        CARE
        + """
        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2015-05-01 | 2015-07-01
        Ann      | W2     | Social worker | 2015-07-01 |
        Ben      | W3     | Social worker | 2015-05-01 | 2015-07-01
        Ben      | W1     | Social worker | 2015-07-01 |
        """,
        year=2016,
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_on_the_edges_of_care(practice):
    """A worker from before care counts from its first day; one whose time ended on it, or began on the
    last day of care, does not; nor an allocation without a worker.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-05-01 | S            | 2015-09-01

        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2015-01-01 | 2015-06-01
        Ann      | W2     | Social worker | 2015-06-01 |
        Ann      | {}     | Social worker | {} | {}
        """
    for worker, start, end, gives in (
        ("W3", "2015-01-01", "2015-05-01", (0, 1)),
        ("W3", "2015-01-01", "2015-05-02", (1, 1)),
        ("W3", "2015-09-01", "2015-12-01", (0, 1)),
        ("W3", "2015-08-31", "2015-12-01", (1, 1)),
        ("  ", "2015-05-10", "2015-12-01", (0, 1)),
    ):
        practice(
            "LA-11",
            records.format(worker, start, end),
            year=2016,
            gives=gives,
            guidance=GUIDANCE,
        )


def test_workers_before_care_and_in_another_year(practice):
    """In care since the last days of the year before: two of the three had ended before care began."""
    practice(
        "LA-11",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-03-20 | S            | 2015-05-01
        Ben      | 2014-03-20 | S            |

        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2015-01-01 | 2015-03-25
        Ann      | W2     | Social worker | 2015-03-25 | 2015-04-10
        Ann      | W3     | Social worker | 2015-04-10 |
        Ben      | W1     | Social worker | 2014-03-20 |
        Ben      | W2     | Social worker | 2014-03-20 | 2015-04-02
        Ben      | W2     | Social worker | 2014-03-20 | 2014-05-01
        Ben      | W3     | Social worker | 2014-03-20 | 2015-04-02
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_three_workers_before_care(practice):
    """Three workers before care began make no child of that year: nobody was looked after in it."""
    practice(
        "LA-11",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-09-01 | S

        allocation
        child_id | worker | role          | start_date
        Ann      | W1     | Social worker | 2014-06-01
        Ann      | W2     | Social worker | 2014-06-01
        Ann      | W3     | Social worker | 2014-06-01
        """,
        year=2015,
        gives=(0, 0),
        guidance=GUIDANCE,
    )


def test_workers_shared_and_workers_who_return(practice):
    """Two children whose second worker is the same from the same day have two each; so has a child whose
    second worker comes back.
    """
    practice(
        "LA-11",
        CARE
        + """
        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W0     | Social worker | 2015-04-15 |
        Ann      | W1     | Social worker | 2015-05-01 | 2015-06-01
        Ann      | W1     | Social worker | 2015-07-01 |
        Ben      | W2     | Social worker | 2015-04-15 |
        Ben      | W1     | Social worker | 2015-05-01 |
        """,
        year=2016,
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_the_year_before_the_third(practice):
    """Before the third worker began there were two; afterwards all three, whose allocations were at
    times recorded in pieces.
    """
    records = (
        CARE
        + """
        allocation
        child_id | worker | role          | start_date | end_date
        Ann      | W1     | Social worker | 2014-06-01 |
        Ann      | W2     | Social worker | 2014-06-01 | 2014-07-01
        Ann      | W2     | Social worker | 2014-08-01 |
        Ann      | W3     | Social worker | 2015-05-01 | 2015-05-02
        Ann      | W3     | Social worker | 2015-05-01 |
        """
    )
    practice("LA-11", records, year=2015, gives=(0, 2), guidance=GUIDANCE)
    practice("LA-11", records, year=2016, gives=(1, 2), guidance=GUIDANCE)
    practice("LA-11", records, year=2017, gives=(1, 2), guidance=GUIDANCE)
