"""Children in pre-proceedings (PL-01)."""

RECORDS = """
        pre_proceedings
        child_id | start_date | decision_date | court_date
        Ann      | 2016-03-17 |               |
        Ben      | 2015-12-10 |               |
        Cal      | 2015-09-30 |               |
        Dee      | 2015-06-01 | 2016-03-31    |
        Eve      | 2015-06-01 |               | 2015-09-01
        """


def test_open_on_the_day(practice):
    """Begun by the day, and neither stepped down nor taken to court by it."""
    practice(
        "PL-01",
        RECORDS,
        part="number",
        on="2016-03-31",
        gives=3,
        guidance="Children in open pre-proceedings on the day.",
    )


def test_median_weeks(practice):
    """Two, sixteen and about twenty-six weeks: the median is sixteen."""
    practice(
        "PL-01",
        RECORDS,
        part="weeks",
        on="2016-03-31",
        gives=16,
        guidance="Median weeks.",
    )


def test_over_sixteen_weeks(practice):
    """Sixteen weeks to the day is not over sixteen; the next day it is."""
    practice(
        "PL-01",
        RECORDS,
        part="over 16 weeks",
        on="2016-03-31",
        gives=1,
        guidance="Over 16 weeks.",
    )
    practice(
        "PL-01",
        RECORDS,
        part="over 16 weeks",
        on="2016-04-01",
        gives=2,
        guidance="Over 16 weeks.",
    )


def test_over_twenty_six_weeks(practice):
    """From 30 September 2015, 26 weeks end on 30 March 2016: over from the 31st."""
    practice(
        "PL-01", RECORDS, part="over 26 weeks", on="2016-03-30", gives=1, guidance="Over 26 weeks."
    )
    practice(
        "PL-01", RECORDS, part="over 26 weeks", on="2016-03-31", gives=1, guidance="Over 26 weeks."
    )


def test_nobody(practice):
    """A family meeting recorded before pre-proceedings begin is not yet pre-proceedings."""
    practice(
        "PL-01",
        """
        pre_proceedings
        child_id | start_date | family_meeting_offered
        Ann      |            | yes
        """,
        part="number",
        on="2016-03-31",
        gives=0,
        guidance="Snapshot.",
    )
    practice(
        "PL-01",
        """
        pre_proceedings
        child_id | start_date | family_meeting_offered
        Ann      |            | yes
        """,
        part="weeks",
        on="2016-03-31",
        gives=None,
        guidance="Without a case there is no median.",
    )
