"""Factors found at assessment (AS-05)."""

GUIDANCE = "Assessments authorised in the period with the factor, one rate for each factor."


def test_each_factor_of_an_assessment(practice):
    """An assessment with two factors counts under both."""
    practice(
        "AS-05",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-20
        Ben      | 2015-06-01 | 2015-06-20

        assessment_factor
        child_id | start_date | factor
        Ann      | 2015-06-01 | 3A
        Ann      | 2015-06-01 | 10A
        Ben      | 2015-06-01 | 3A
        """,
        year=2016,
        gives=3,
        by="category",
        groups={"3A": 2, "10A": 1},
        guidance=GUIDANCE,
    )


def test_a_factor_named_twice(practice):
    """The same factor twice in one assessment counts once."""
    practice(
        "AS-05",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2015-06-20

        assessment_factor
        child_id | start_date | factor
        Ann      | 2015-06-01 | 3A
        Ann      | 2015-06-01 | 3A
        """,
        year=2016,
        gives=1,
        by="category",
        groups={"3A": 1},
        guidance=GUIDANCE,
    )


def test_only_assessments_authorised_in_the_period(practice):
    """Factors of an open assessment, or of one of another year, do not count."""
    practice(
        "AS-05",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 |
        Ben      | 2014-06-01 | 2014-06-20
        Cal      | 2015-03-01 | 2015-04-01

        assessment_factor
        child_id | start_date | factor
        Ann      | 2015-06-01 | 3A
        Ben      | 2014-06-01 | 3A
        Cal      | 2015-03-01 | 24A
        """,
        year=2016,
        gives=1,
        by="category",
        groups={"24A": 1},
        guidance=GUIDANCE,
    )


def test_two_assessments_that_began_on_one_day(practice):
    """The factor is one, found by one of them: it counts once, for the one authorised first."""
    records = """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2015-06-01 | 2016-05-01
        Ann      | 2015-06-01 | 2015-07-01
        Ann      | 2015-06-01 |

        assessment_factor
        child_id | start_date | factor
        Ann      | 2015-06-01 | 3A
        """
    for year, count in ((2016, 1), (2017, 0)):
        practice(
            "AS-05",
            records,
            year=year,
            gives=count,
            by="category",
            groups={"3A": 1} if count else {},
            guidance="Assessments authorised in the period with the factor.",
        )


def test_each_assessment_has_its_own_factors(practice):
    """Of two assessments of one child, one authorised in the year: only its own factors count."""
    practice(
        "AS-05",
        """
        assessment
        child_id | start_date | authorisation_date
        Ann      | 2014-06-01 | 2014-07-01
        Ann      | 2015-06-01 | 2015-07-01

        assessment_factor
        child_id | start_date | factor
        Ann      | 2014-06-01 | 1A
        Ann      | 2015-06-01 | 3A
        """,
        year=2016,
        gives=1,
        by="category",
        groups={"3A": 1},
        guidance="Assessments authorised in the period with the factor.",
    )
