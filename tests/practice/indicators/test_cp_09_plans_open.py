"""Child protection plans open on the day (CP-09)."""

GUIDANCE = "Plans with start on or before the day, and no end or an end after the day."


def test_starts_and_ends_on_the_day(practice):
    """A plan that starts on the day is open on it; a plan that ends on the day is not."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-03-31 |
        Ben      | 2015-09-01 | 2016-03-31
        """,
        on="2016-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_ends_after_the_day_and_starts_after_it(practice):
    """An end after the day leaves the plan open on it; a start after the day does not open it."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-09-01 | 2016-04-01
        Ben      | 2016-04-01 |
        Cal      | 2015-09-01 |
        """,
        on="2016-03-31",
        gives=2,
        guidance=GUIDANCE,
    )


def test_ends_before_it_starts(practice):
    """A plan that ends before it starts is not open after its end, nor on any day."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-09-10 | 2015-09-01
        """,
        on="2015-09-10",
        gives=0,
        guidance="By the letter: not open after its end; a finding.",
    )


def test_unreadable_end(practice):
    """An end that could not be read is not given: the plan stays, and stays open."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-09-10 |
        """,
        on="2016-03-31",
        gives=1,
        guidance="A date that cannot be read: not given. The record stays; the value is a finding.",
    )


def test_other_authority(practice):
    """Plans of other authorities are left out of local counts; not said is our own."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date | other_authority
        Ann      | 2015-09-10 | yes
        Ben      | 2015-09-10 | no
        Cal      | 2015-09-10 |
        """,
        on="2016-03-31",
        gives=2,
        guidance="Plans of other authorities are shown apart and left out of local counts.",
    )


def test_two_children_under_one_id(practice):
    """Two plans under one id at once both count: nothing is dropped, and it is a finding."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date
        9212044  | 2015-09-10
        9212044  | 2015-10-10
        """,
        on="2016-03-31",
        gives=2,
        guidance="Two children under one LA child id: nothing is dropped; a finding.",
    )


def test_said_to_be_our_own(practice):
    """A plan said to be our own is counted, as is one of which it is not said."""
    practice(
        "CP-09",
        """
        cp_plan
        child_id | start_date | other_authority
        Ann      | 2015-09-10 | no
        """,
        on="2016-03-31",
        gives=1,
        guidance="Plans of other authorities are left out of local counts.",
    )
