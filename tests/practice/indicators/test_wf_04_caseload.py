"""Cases for each full-time case holder (WF-04)."""

GUIDANCE = "Cases held over the FTE holding one or more cases, agency included."
RECORDS = """
        worker
        worker_id | registration | caseload | fte | agency | as_at
        W1        | SW1          | 16       | 1.0 | no     | 2016-03-31
        W2        | SW2          | 31       | 1.0 | yes    | 2016-03-31
        W3        | SW3          | 23       | 0.5 | no     | 2016-03-31
        W4        | SW4          | 0        | 1.0 | no     | 2016-03-31
        W5        | SW5          |          | 1.0 | no     | 2016-03-31
        W6        |              | 22       | 1.0 | no     | 2016-03-31
        """


def test_case_holders(practice):
    """Those who hold none, or of whom it is not known, are not case holders; nor are others."""
    practice("WF-04", RECORDS, year=2016, gives=(70, 2.5), guidance=GUIDANCE)


def test_distribution(practice):
    """How many hold over 22 and over 30: 22 and 30 themselves are not over."""
    practice(
        "WF-04",
        RECORDS,
        part="distribution",
        year=2016,
        gives=3,
        by="category",
        groups={"1 to 16": 1, "23 to 30": 1, "Over 30": 1},
        guidance="Also the distribution: maximum, over 22, over 30.",
    )


def test_bounds_of_the_distribution(practice):
    """The bounds of each band."""
    practice(
        "WF-04",
        """
        worker
        worker_id | registration | caseload | as_at
        W1        | SW1          | 1        | 2016-03-31
        W2        | SW2          | 17       | 2016-03-31
        W3        | SW3          | 22       | 2016-03-31
        W4        | SW4          | 30       | 2016-03-31
        W5        | SW5          | 0        | 2016-03-31
        """,
        part="distribution",
        year=2016,
        gives=4,
        by="category",
        groups={"1 to 16": 1, "17 to 22": 2, "23 to 30": 1},
        guidance="Over 22; over 30.",
    )


def test_no_full_time_equivalent(practice):
    """Cases held by one whose FTE is nil or not known have nothing to be set over: no value."""
    practice(
        "WF-04",
        """
        worker
        worker_id | registration | caseload | fte | as_at
        W1        | SW1          | 16       |     | 2016-03-31
        W2        | SW2          | 16       | 0   | 2016-03-31
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_each_case_holder_counts_in_both(practice):
    """One case is a case; a worker without FTE, or not a social worker, is on neither side. A title that
    says social worker will do without a registration.
    """
    practice(
        "WF-04",
        """
        worker
        worker_id | registration | job_title            | caseload | fte | as_at
        W1        |              | Senior Social Worker | 1        | 0.5 | 2015-09-30
        W2        |              | Personal Adviser     | 5        | 1.0 | 2015-09-30
        W3        | SW3          |                      | 3        | 0.5 | 2015-09-30
        W4        | SW4          |                      | 2        | 0.5 | 2015-09-30
        W5        | SW5          |                      | 7        | 0   | 2015-09-30
        W6        | SW6          |                      | 0        | 1.0 | 2015-09-30
        """,
        period=("2015-09-30", "2015-09-30"),
        gives=(6, 1.5),
        guidance="Cases held at 30 September over FTE holding one or more cases.",
    )
    practice(
        "WF-04",
        """
        worker
        worker_id | registration | job_title            | caseload | as_at
        W1        |              | Senior Social Worker | 1        | 2015-09-30
        W2        |              | Personal Adviser     | 5        | 2015-09-30
        """,
        part="distribution",
        period=("2015-09-30", "2015-09-30"),
        gives=1,
        by="category",
        groups={"1 to 16": 1},
        guidance="Also the distribution.",
    )


def test_two_workers_alike(practice):
    """Two workers with as many cases and the same FTE are two."""
    practice(
        "WF-04",
        """
        worker
        worker_id | registration | caseload | fte | as_at
        W1        | SW1          | 10       | 1.0 | 2015-09-30
        W2        | SW2          | 10       | 1.0 | 2015-09-30
        """,
        year=2016,
        gives=(20, 2),
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
    practice("WF-04", records, year=2016, gives=(62, 2.5), guidance=GUIDANCE)
    practice(
        "WF-04",
        records,
        year=2016,
        gives=(62, 2.5),
        by="department",
        groups={"North": 24.8},
        guidance=GUIDANCE,
    )
    practice(
        "WF-04",
        records,
        part="distribution",
        year=2016,
        gives=3,
        by="category",
        groups={"1 to 16": 1, "17 to 22": 1, "23 to 30": 1},
        guidance="Also the distribution.",
    )
