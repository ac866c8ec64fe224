"""Permanent social workers (WF-01)."""

GUIDANCE = "Permanent FTE over permanent FTE and agency FTE."


def test_full_time_equivalent(practice):
    """FTE and not heads: 1.5 of 2.0."""
    practice(
        "WF-01",
        """
        worker
        worker_id | registration | fte | agency | as_at
        W1        | SW1          | 1.0 | no     | 2016-03-31
        W2        | SW2          | 0.5 | no     | 2016-03-31
        W3        | SW3          | 0.5 | yes    | 2016-03-31
        """,
        year=2016,
        gives=(1.5, 2.0),
        guidance=GUIDANCE,
    )


def test_social_workers_only(practice):
    """Registered, or a social worker by job title; others are not counted."""
    practice(
        "WF-01",
        """
        worker
        worker_id | registration | job_title            | fte | agency | as_at
        W1        | SW1          | Team Manager         | 1.0 | no     | 2016-03-31
        W2        |              | Senior Social Worker | 1.0 | yes    | 2016-03-31
        W3        |              | Family Support       | 1.0 | no     | 2016-03-31
        W4        |              |                      | 1.0 | no     | 2016-03-31
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_said_whether_agency(practice):
    """Not known whether agency: in the denominator, and never counted as permanent."""
    practice(
        "WF-01",
        """
        worker
        worker_id | registration | fte | agency | as_at
        W1        | SW1          | 1.0 | no     | 2016-03-31
        W2        | SW2          | 1.0 |        | 2016-03-31
        W3        | SW3          |     | no     | 2016-03-31
        """,
        year=2016,
        gives=(1, 2),
        guidance="Unknown is not no.",
    )


def test_day_described(practice):
    """Rows count on the day they describe; without any in the period there is no value."""
    practice(
        "WF-01",
        """
        worker
        worker_id | registration | fte | agency | as_at
        W1        | SW1          | 1.0 | no     | 2015-03-31
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_known_by_the_title(practice):
    """A social worker by title alone counts on both sides; another worker on neither."""
    practice(
        "WF-01",
        """
        worker
        worker_id | registration | job_title            | fte | agency | as_at
        W1        |              | Senior Social Worker | 1.0 | no     | 2015-09-30
        W2        |              | Senior Social Worker | 1.0 | yes    | 2015-09-30
        W3        |              | Personal Adviser     | 1.0 | no     | 2015-09-30
        W4        |              | Senior Social Worker | 1.0 | no     | 2015-09-30
        """,
        year=2016,
        gives=(2, 3),
        guidance="Permanent FTE over permanent and agency FTE.",
    )


def test_several_extracts_in_the_period(practice):
    """As at the latest one: somebody in post at each is one person, and one who has left is not there."""
    records = """
        worker
        worker_id | registration | caseload | fte | agency | department | as_at
        W1        | SW1          | 16       | 1.0 | no     | North      | 2015-09-30
        W2        | SW2          | 31       | 1.0 | yes    | South      | 2015-09-30
        W1        | SW1          | 12       | 0.5 | no     | North      | 2016-03-15
        W2        | SW2          | 20       | 1.0 | no     | North      | 2016-03-15
        W3        | SW3          | 30       | 1.0 | yes    | North      | 2016-03-15
        W1        | SW1          | 40       | 1.0 | no     | North      | 2016-04-30
        """
    practice("WF-01", records, year=2016, gives=(1.5, 2.5), guidance=GUIDANCE)
    practice(
        "WF-01",
        records,
        year=2016,
        gives=(1.5, 2.5),
        by="department",
        groups={"North": 60},
        guidance=GUIDANCE,
    )
