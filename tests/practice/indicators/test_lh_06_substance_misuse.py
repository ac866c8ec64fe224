"""Substance misuse problem (LH-06)."""

GUIDANCE = "Identified as having a substance misuse problem in the year."


def test_of_those_looked_after_for_a_year(practice):
    """The cohort is the children of the return looked after for 12 months at its end."""
    practice(
        "LH-06",
        """
        care_outcome
        child_id | year_end   | substance_misuse
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
        "LH-06",
        """
        care_outcome
        child_id | year_end   | substance_misuse
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
        "LH-06",
        """
        care_outcome
        child_id | year_end   | substance_misuse
        Ann      | 2015-03-31 | yes
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
