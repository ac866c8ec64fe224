"""Immunisations up to date (LH-04)."""

GUIDANCE = "Denominator children up to date."


def test_of_those_looked_after_for_a_year(practice):
    """The cohort is the children of the return looked after for 12 months at its end."""
    practice(
        "LH-04",
        """
        care_outcome
        child_id | year_end   | immunised
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
        "LH-04",
        """
        care_outcome
        child_id | year_end   | immunised
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
        "LH-04",
        """
        care_outcome
        child_id | year_end   | immunised
        Ann      | 2015-03-31 | yes
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
