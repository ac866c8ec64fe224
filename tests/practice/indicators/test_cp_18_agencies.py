"""Agencies at conference (CP-18)."""

GUIDANCE = (
    "Conferences the agency attended, or sent a report to, of those it was invited to, by agency."
)


def test_attended_or_reported(practice):
    """Either will do. A report that came after the conference was not sent to it. Whether it came is not
    known of one.
    """
    practice(
        "CP-18",
        """
        conference_invitation
        child_id | conference_date | agency | attended | report_date
        Ann      | 2016-03-04      | Police | yes      |
        Ben      | 2016-03-04      | Police | no       | 2016-03-04
        Cal      | 2016-03-04      | Police | no       | 2016-03-05
        Dee      | 2016-03-04      | Health | yes      | 2016-03-01
        Eve      | 2016-03-04      | Health |          |
        Fay      | 2016-03-04      | Health | no       |
        """,
        year=2016,
        unknown=1,
        by="agency",
        groups={"Police": 66.66666666666667, "Health": 33.333333333333336},
        gives=(3, 6),
        guidance=GUIDANCE,
    )


def test_attended(practice):
    """Attendance alone."""
    practice(
        "CP-18",
        """
        conference_invitation
        child_id | conference_date | agency | attended | report_date
        Ann      | 2016-03-04      | Police | yes      |
        Ben      | 2016-03-04      | Police | no       | 2016-03-04
        Cal      | 2016-03-04      | Police | no       | 2016-03-05
        Dee      | 2016-03-04      | Health | yes      | 2016-03-01
        Eve      | 2016-03-04      | Health |          |
        Fay      | 2016-03-04      | Health | no       |
        """,
        year=2016,
        unknown=1,
        part="attended",
        by="agency",
        groups={"Police": 33.333333333333336, "Health": 33.333333333333336},
        gives=(2, 6),
        guidance=GUIDANCE,
    )


def test_reported(practice):
    """A report alone."""
    practice(
        "CP-18",
        """
        conference_invitation
        child_id | conference_date | agency | attended | report_date
        Ann      | 2016-03-04      | Police | yes      |
        Ben      | 2016-03-04      | Police | no       | 2016-03-04
        Cal      | 2016-03-04      | Police | no       | 2016-03-05
        Dee      | 2016-03-04      | Health | yes      | 2016-03-01
        Eve      | 2016-03-04      | Health |          |
        Fay      | 2016-03-04      | Health | no       |
        """,
        year=2016,
        part="report",
        by="agency",
        groups={"Police": 33.333333333333336, "Health": 33.333333333333336},
        gives=(2, 6),
        guidance=GUIDANCE,
    )
