"""Agency social workers (WF-02)."""

GUIDANCE = "Agency FTE over agency FTE and in-post FTE."


def test_full_time_equivalent(practice):
    """FTE and not heads: 0.5 of 2.0."""
    practice(
        "WF-02",
        """
        worker
        worker_id | registration | fte | agency | as_at
        W1        | SW1          | 1.0 | no     | 2016-09-30
        W2        | SW2          | 0.5 | no     | 2016-09-30
        W3        | SW3          | 0.5 | yes    | 2016-09-30
        """,
        year=2017,
        gives=(0.5, 2.0),
        guidance=GUIDANCE,
    )


def test_not_said_whether_agency(practice):
    """Not known whether agency: in the denominator, and not counted as agency."""
    practice(
        "WF-02",
        """
        worker
        worker_id | registration | fte | agency | as_at
        W1        | SW1          | 1.0 | yes    | 2016-03-31
        W2        | SW2          | 1.0 |        | 2016-03-31
        """,
        year=2016,
        gives=(1, 2),
        guidance="Unknown is not no.",
    )


def test_by_department(practice):
    """By department, social workers only."""
    practice(
        "WF-02",
        """
        worker
        worker_id | job_title      | department | fte | agency | as_at
        W1        | Social Worker  | North      | 1.0 | yes    | 2016-03-31
        W2        | Social Worker  | North      | 3.0 | no     | 2016-03-31
        W3        | Social Worker  | South      | 1.0 | no     | 2016-03-31
        W4        | Administrator  | South      | 1.0 | yes    | 2016-03-31
        """,
        year=2016,
        gives=(1, 5),
        by="department",
        groups={"North": 25, "South": 0},
        guidance=GUIDANCE,
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
    practice("WF-02", records, year=2016, gives=(1, 2.5), guidance=GUIDANCE)
    practice(
        "WF-02",
        records,
        year=2016,
        gives=(1, 2.5),
        by="department",
        groups={"North": 40},
        guidance=GUIDANCE,
    )
