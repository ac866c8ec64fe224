"""Section 47 enquiries (CP-01)."""

GUIDANCE = "Section 47 enquiries started in the period. Each is counted."


def test_started_in_the_period(practice):
    """The first and the last day belong to the period; when it was concluded does not matter."""
    practice(
        "CP-01",
        """
        section_47
        child_id | start_date | end_date
        Ann      | 2015-03-31 | 2015-04-10
        Ben      | 2015-04-01 |
        Cal      | 2016-03-31 | 2016-04-20
        Dee      | 2016-04-01 |
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_each_enquiry(practice):
    """Two enquiries about one child in a year count twice."""
    practice(
        "CP-01",
        """
        section_47
        child_id | start_date
        Ann      | 2015-05-01
        Ann      | 2015-10-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_no_conference_needed(practice):
    """An enquiry after which no conference was needed is an enquiry."""
    practice(
        "CP-01",
        """
        section_47
        child_id | start_date | conference_not_required
        Ann      | 2015-05-01 | yes
        """,
        year=2016,
        gives=1,
        guidance=GUIDANCE,
    )
