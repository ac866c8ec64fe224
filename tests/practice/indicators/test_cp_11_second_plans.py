"""Second or subsequent plans (CP-11)."""

GUIDANCE = "Of plan starts in the period, those with one or more previous plans."


def test_stated_number(practice):
    """The number the census states decides: none, one or more."""
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | previous_plans
        Ann      | 2015-05-01 | 0
        Ben      | 2015-05-01 | 1
        Cal      | 2015-05-01 | 3
        Dee      | 2014-05-01 | 1
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_earlier_plan_in_the_records(practice):
    """Where no number is stated, an earlier plan in the records counts, however long ago."""
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | end_date   | previous_plans
        Ann      | 2008-05-01 | 2009-05-01 |
        Ann      | 2015-05-01 |            |
        Ben      | 2014-05-01 |            |
        Ben      | 2015-05-01 |            |
        """,
        year=2016,
        gives=(2, 2),
        guidance="Any previous plan ever (known to the authority).",
    )


def test_not_known(practice):
    """With no number and no earlier plan the answer is not known: there may have been one before
    the records begin. A later plan is not an earlier one.
    """
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | end_date   | previous_plans
        Ann      | 2015-05-01 | 2015-06-01 |
        Ann      | 2016-05-01 |            |
        Ben      | 2015-05-01 |            | 0
        """,
        year=2016,
        gives=(0, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_other_authority(practice):
    """Another authority's plan is neither counted nor a previous plan here."""
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-05-01 | 2015-06-01 | yes
        Ann      | 2015-10-01 |            |
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Plans of other authorities are left out of local counts.",
    )


def test_no_plans(practice):
    """Denominator 0 gives no value."""
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | previous_plans
        Ann      | 2014-05-01 | 1
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_an_earlier_plan_that_the_stated_number_leaves_out(practice):
    """None is stated, and the records have one that had ended: it is known. One that had not ended when
    this one began may be the same plan under another date; nor does one of no days or a later one count.
    """
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | end_date   | previous_plans
        Ann      | 2014-05-01 | 2015-05-01 | 0
        Ann      | 2015-05-01 | 2015-12-01 | 0
        Ben      | 2014-05-01 | 2015-05-02 | 0
        Ben      | 2015-05-01 | 2015-09-01 | 0
        Cal      | 2014-05-01 |            | 0
        Cal      | 2015-05-01 |            | 0
        Dee      | 2014-05-01 | 2014-05-01 | 0
        Dee      | 2015-05-01 |            | 0
        Eve      | 2014-05-01 | 2015-05-01 | 0
        Fay      | 2015-05-01 |            | 0
        """,
        year=2016,
        gives=(1, 5),
        guidance="Any previous plan ever (known to the authority).",
    )


def test_another_childs_earlier_plan(practice):
    """An earlier plan of another child is no earlier plan of this one."""
    practice(
        "CP-11",
        """
        cp_plan
        child_id | start_date | previous_plans
        Ann      | 2014-09-01 |
        Ben      | 2015-09-01 |
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Any previous plan ever known to the authority.",
    )
