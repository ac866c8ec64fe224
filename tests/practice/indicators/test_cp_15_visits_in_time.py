"""Children on a plan visited in time (CP-15)."""

GUIDANCE = "Plans open on the day whose child was last visited within the local 10 working days."


def test_ten_working_days(practice):
    """On 31 March 2016: a visit on 15 March is 10 working days ago over Easter, one on the 14th 11."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-15
        Ben      | CP      | 2016-03-14
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_yet_visited(practice):
    """Not yet visited: out of the denominator until the standard has passed, then not met."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2016-03-15
        Ben      | 2016-03-14
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Plans open for less than the interval and not yet visited are listed apart.",
    )


def test_visit_on_the_first_day(practice):
    """A visit on the day the plan starts is a visit under it; one before it is not."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2016-03-21
        Ben      | 2016-03-21

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-21
        Ben      | CP      | 2016-03-20
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_visits_of_other_kinds_and_after_the_day(practice):
    """A visit under a child in need plan is not a child protection visit; a later one is not yet."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01

        visit
        child_id | pathway | visit_date
        Ann      | CIN     | 2016-03-30
        Ben      | CP      | 2016-04-01
        """,
        on="2016-03-31",
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_ended_plans_and_other_authorities(practice):
    """Ended plans and those of other authorities are left out; then there is no value."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-09-01 | 2016-03-31 |
        Ben      | 2015-09-01 |            | yes

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-30
        Ben      | CP      | 2016-03-30
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_the_standard_in_force_on_the_day(practice):
    """From April every 5 working days instead of 10. Ann was visited, and Cal's plan began, on 18 March
    2016: on the 31st, 7 working days later, all is well; on 1 April the new rule holds.
    """
    records = """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-09-01 |
        Ben      | 2015-09-01 | 2016-03-31
        Cal      | 2016-03-18 |

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-18
        Ben      | CP      | 2016-03-18
        """
    settings = """
        [[standard]]
        name = "child-protection-visit"
        value = 5
        unit = "working days"
        from = 2016-04-01
        set_by = "Practice standards, April 2016"
        """
    guidance = "The past is judged by the rule of its day."
    practice("CP-15", records, settings=settings, on="2016-03-30", gives=(2, 2), guidance=guidance)
    practice("CP-15", records, settings=settings, on="2016-03-31", gives=(1, 1), guidance=guidance)
    practice("CP-15", records, settings=settings, on="2016-04-01", gives=(0, 2), guidance=guidance)


def test_dates_before_the_calendar(practice):
    """A plan begun, or a child last visited, in another century is not lost, nor in time."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date
        Ann      | 1915-06-01
        Ben      | 1915-06-01

        visit
        child_id | pathway | visit_date
        Ben      | CP      | 1916-03-10
        """,
        on="2016-03-31",
        gives=(0, 2),
        guidance="Nothing is dropped in silence; the working-day calendar begins in 1990.",
    )


def test_several_visits_and_several_children(practice):
    """Between two visits the first one tells; each plan has its own visits, and twice on a day is once."""
    records = """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-02-01
        Ann      | CP      | 2016-02-01
        Ann      | CP      | 2016-03-29
        Ben      | CP      | 2016-03-01
        """
    practice("CP-15", records, on="2016-03-10", gives=(1, 2), guidance=GUIDANCE)
    practice("CP-15", records, on="2016-03-31", gives=(1, 2), guidance=GUIDANCE)
    practice("CP-15", records, on="2016-02-10", gives=(1, 2), guidance=GUIDANCE)


def test_two_plans_of_one_child(practice):
    """A visit falls under each plan open on its day; two plans under one id are two."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date | end_date
        9212044  | 2015-09-01 |
        9212044  | 2015-09-01 | 2017-01-01
        9212044  | 2016-03-25 |

        visit
        child_id | pathway | visit_date
        9212044  | CP      | 2016-03-22
        """,
        on="2016-03-31",
        gives=(2, 2),
        guidance="Two children under one LA child id: nothing is dropped.",
    )


def test_same_line_of_two_files(practice):
    """Each plan has its own visits, wherever it was read: the line alone does not tell plans apart."""
    records = """
        cp_plan
        line | child_id | start_date
        7    | Ann      | 2015-09-01
        7    | Ben      | 2015-10-01
        7    | Cal      | 2015-09-01
        7    | Cal      | 2015-10-01

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-22
        Ben      | CP      | 2016-03-23
        Cal      | CP      | 2016-03-24
        """
    practice("CP-15", records, on="2016-03-31", gives=(4, 4), guidance=GUIDANCE)
    practice("CP-15", records, on="2016-03-23", gives=(2, 4), guidance=GUIDANCE)


def test_visits_outside_the_plan(practice):
    """Visits before the plan begins or after it ends open nothing: neither plan is open on that day."""
    records = """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-03-21 |
        Ben      | 2015-09-01 | 2016-03-01

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-10
        Ben      | CP      | 2016-02-26
        Ben      | CP      | 2016-03-10
        Ben      | CP      | 2016-03-24
        """
    practice("CP-15", records, on="2016-03-20", gives=(0, 0), guidance=GUIDANCE)
    practice("CP-15", records, on="2016-03-05", gives=(0, 0), guidance=GUIDANCE)


def test_start_that_cannot_be_read(practice):
    """A plan whose start cannot be read is not known to be open on any day."""
    practice(
        "CP-15",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      |            | 2016-06-01
        Ben      | 2016-01-04 | 2016-06-01

        visit
        child_id | pathway | visit_date
        Ann      | CP      | 2016-03-29
        Ben      | CP      | 2016-03-29
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance="Plans open on the day are those with a start on or before it.",
    )
