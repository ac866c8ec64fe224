"""Convicted or cautioned (LH-07)."""

GUIDANCE = "Convicted or cautioned in the year, of those aged 10 or over."


def test_aged_ten_or_over(practice):
    """Ten on the last day of the year is in; a day younger is out; age not known stays in."""
    practice(
        "LH-07",
        """
        child
        child_id | birth_date
        Ann      | 2006-03-31
        Ben      | 2006-04-01

        care_outcome
        child_id | year_end   | convicted
        Ann      | 2016-03-31 | yes
        Ben      | 2016-03-31 | yes
        Cal      | 2016-03-31 | no
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_not_known(practice):
    """A blank is not a no."""
    practice(
        "LH-07",
        """
        child
        child_id | birth_date
        Ann      | 2003-03-31

        care_outcome
        child_id | year_end   | convicted
        Ann      | 2016-03-31 |
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_nobody_of_age(practice):
    """Without a child aged ten or over there is no value."""
    practice(
        "LH-07",
        """
        child
        child_id | birth_date
        Ann      | 2013-03-31

        care_outcome
        child_id | year_end   | convicted
        Ann      | 2016-03-31 | no
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
