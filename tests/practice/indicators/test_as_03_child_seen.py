"""Child seen in the assessment (AS-03)."""

GUIDANCE = "Assessments with child seen = yes, of assessments authorised in the period."


def test_seen(practice):
    """Of two assessments one child was seen; one still open is not counted."""
    practice(
        "AS-03",
        """
        assessment
        child_id | start_date | authorisation_date | child_seen
        Ann      | 2015-06-01 | 2015-06-20         | yes
        Ben      | 2015-06-01 | 2015-06-20         | no
        Cal      | 2015-06-01 |                    | yes
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_unborn_children(practice):
    """A child born after the authorisation, or only expected, cannot be seen and is left out."""
    practice(
        "AS-03",
        """
        child
        child_id | birth_date | expected_birth_date
        Ann      | 2015-07-01 |
        Ben      |            | 2015-09-01
        Cal      | 2015-06-20 |

        assessment
        child_id | start_date | authorisation_date | child_seen
        Ann      | 2015-06-01 | 2015-06-20         | no
        Ben      | 2015-06-01 | 2015-06-20         | no
        Cal      | 2015-06-01 | 2015-06-20         | yes
        """,
        year=2016,
        gives=(1, 1),
        guidance="Unborn children excluded.",
    )


def test_not_known(practice):
    """Whether the child was seen, or when it was born, is not known: it stays in the denominator."""
    practice(
        "AS-03",
        """
        child
        child_id | birth_date
        Ben      |

        assessment
        child_id | start_date | authorisation_date | child_seen
        Ann      | 2015-06-01 | 2015-06-20         |
        Ben      | 2015-06-01 | 2015-06-20         | yes
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="Unknown is not no.",
    )
