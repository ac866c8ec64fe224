"""Records with a valid NHS number (HA-02). The numbers are of the range kept for tests."""

GUIDANCE = "CP and looked-after records with a verified NHS number, of those on the day."


def test_a_number_that_fits(practice):
    """Ten digits of which the last fits the others; spaces and hyphens are no part of it."""
    practice(
        "HA-02",
        """
        child
        child_id | nhs_number
        Ann      | 9991151672
        Ben      | 999 126 1672
        Cal      | 999-137-1672
        Dee      | 9991151673
        Eve      | 9991511672

        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01
        Cal      | 2015-09-01
        Dee      | 2015-09-01
        Eve      | 2015-09-01
        """,
        on="2016-03-31",
        gives=(3, 5),
        guidance=GUIDANCE,
    )


def test_no_number(practice):
    """No number, one too short or too long, or one with letters in it: the record is not matched."""
    practice(
        "HA-02",
        """
        child
        child_id | nhs_number
        Ann      |
        Ben      | 999115167
        Cal      | 99911516720
        Dee      | 999115167X
        Fay      | A991151679

        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01
        Cal      | 2015-09-01
        Dee      | 2015-09-01
        Eve      | 2015-09-01
        Fay      | 2015-09-01
        """,
        on="2016-03-31",
        gives=(0, 6),
        guidance=GUIDANCE,
    )


def test_records_on_the_day(practice):
    """Plans open and children looked after that day: a child with both has two records."""
    practice(
        "HA-02",
        """
        child
        child_id | nhs_number
        Ann      | 9991151672
        Ben      | 9991261672

        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-09-01 |            | no
        Ben      | 2015-09-01 | 2016-03-31 |
        Cal      | 2015-09-01 |            | yes

        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            |
        Dee      | 2015-06-01 | S            |
        Eve      | 2015-06-01 | S            | 2016-03-31
        """,
        on="2016-03-31",
        gives=(2, 3),
        by="pathway",
        groups={"Child protection": 100.0, "Looked after": 50.0},
        guidance=GUIDANCE,
    )


def test_none(practice):
    """Without a record there is no value."""
    practice(
        "HA-02",
        """
        child
        child_id | nhs_number
        Ann      | 9991151672
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_each_digit_counts(practice):
    """The digits weigh ten, nine, eight and so on: each of these fits only by all of them. Signs that are
    no digits do not fit, even where they would weigh right; two children's records are two.
    """
    practice(
        "HA-02",
        """
        child
        child_id | nhs_number
        Ann      | 9876543210
        Ben      | 1234567881
        Cal      | 2121212124
        Dee      | A876543297

        cp_plan
        child_id | start_date
        Ann      | 2015-09-01
        Ben      | 2015-09-01
        Cal      | 2015-09-01
        Dee      | 2015-09-01
        Ann      | 2015-09-01
        """,
        on="2016-03-31",
        gives=(4, 5),
        guidance=GUIDANCE,
    )
