"""Health assessment up to date (LH-02)."""

GUIDANCE = "Denominator children with the annual assessment (under 5, two). Declined counts as not received."


def test_of_those_looked_after_for_a_year(practice):
    """The cohort is the children of the return looked after for 12 months at its end."""
    practice(
        "LH-02",
        """
        care_outcome
        child_id | year_end   | health_assessed
        Ann      | 2016-03-31 | yes
        Ben      | 2016-03-31 | no
        Cal      | 2015-03-31 | yes
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_known(practice):
    """A blank is not a no: it stays in the denominator and is shown as not known."""
    practice(
        "LH-02",
        """
        care_outcome
        child_id | year_end   | health_assessed
        Ann      | 2016-03-31 | yes
        Ben      | 2016-03-31 |
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_nobody(practice):
    """Without such a child there is no value."""
    practice(
        "LH-02",
        """
        care_outcome
        child_id | year_end   | health_assessed
        Ann      | 2015-03-31 | yes
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_looked_after_for_twelve_months(practice):
    """A row of a child whom the episodes of care show to have come into care in the year, to have left
    by its last day, or to have been in care for short breaks only, is left out. One whose care is not
    told stays.
    """
    practice(
        "LH-02",
        """
        care_episode
        child_id | start_date | start_reason | legal_status | end_date
        Ann      | 2015-03-31 | S            | C2           |
        Ben      | 2015-04-01 | S            | C2           |
        Cal      | 2014-01-01 | S            | C2           | 2016-03-31
        Dee      | 2014-01-01 | S            | C2           | 2016-04-01
        Eve      | 2014-01-01 | S            | V4           |

        care_outcome
        child_id | year_end   | health_assessed
        Ann      | 2016-03-31 | yes
        Ben      | 2016-03-31 | yes
        Cal      | 2016-03-31 | yes
        Dee      | 2016-03-31 | no
        Eve      | 2016-03-31 | yes
        Fay      | 2016-03-31 | yes
        """,
        year=2016,
        gives=(2, 3),
        guidance="Looked after 12 months or more at 31 March.",
    )


def test_back_in_care(practice):
    """The period of care the child is in on the last day is the one that counts, for district and team
    too; the row's own district where no care is told.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date   | district | team | worker
        Ann      | 2012-01-01 | S            | 2013-01-01 | Wyre     | West | Pat
        Ann      | 2014-01-01 | S            |            | Redditch | East | Ola
        Ben      | 2012-01-01 | S            | 2015-01-01 | Wyre     | West | Pat
        Ben      | 2015-06-01 | S            |            | Redditch | East | Ola

        care_outcome
        child_id | year_end   | health_assessed | district
        Ann      | 2016-03-31 | yes             | Malvern
        Ben      | 2016-03-31 | yes             | Malvern
        Cal      | 2016-03-31 | no              | Malvern
        Dee      |            | no              | Malvern
        """
    for by, groups in (
        ("district", {"Redditch": 100.0, "Malvern": 0.0}),
        ("team", {"East": 100.0, "Not known": 0.0}),
        ("worker", {"Ola": 100.0, "Not known": 0.0}),
    ):
        practice(
            "LH-02",
            records,
            year=2016,
            gives=(1, 2),
            by=by,
            groups=groups,
            guidance="Looked after 12 months or more at 31 March.",
        )
