"""Contacts below the threshold (FD-06)."""

GUIDANCE = (
    "Contacts that ended with no further action or advice. Each authority sets its own reading."
)


def test_no_further_action_or_advice(practice):
    """Either is below the threshold; a contact passed on in another way is not."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | new_referral | no_further_action | advice
        Ann      | 2015-06-01   | no           | yes               | no
        Ben      | 2015-06-01   | no           | no                | yes
        Cal      | 2015-06-01   | no           | no                | no
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_a_new_referral_is_not_below(practice):
    """Advice given beside a new referral does not make the contact one below the threshold."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | new_referral | no_further_action | advice
        Ann      | 2015-06-01   | yes          | no                | yes
        Ben      | 2015-06-01   | yes          |                   |
        """,
        year=2016,
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_outcome_not_known(practice):
    """Half an answer is not an answer: without the other flag, "no" to one leaves it open."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | new_referral | no_further_action | advice
        Ann      | 2015-06-01   | no           | no                |
        Ben      | 2015-06-01   |              |                   |
        Cal      | 2015-06-01   |              | yes               |
        """,
        year=2016,
        gives=(1, 3),
        unknown=2,
        guidance=GUIDANCE,
    )


def test_each_authority_sets_its_own_reading(practice):
    """From October advice no longer counts as below: the reading in force on the day of the contact
    decides. What a reading does not name cannot leave the answer open.
    """
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | new_referral | no_further_action | advice
        Ann      | 2015-09-30   | no           | no                | yes
        Ben      | 2015-10-01   | no           | no                | yes
        Cal      | 2015-10-01   | no           | yes               | no
        Dee      | 2015-10-01   | no           | no                |
        """,
        settings="""
        [[standard]]
        name = "contact-below-threshold"
        words = ["No further action"]
        from = 2015-10-01
        set_by = "Threshold document, October 2015"
        """,
        year=2016,
        gives=(2, 4),
        guidance="Each authority sets and dates its definition.",
    )


def test_only_advice(practice):
    """Where only advice counts as below, no further action does not."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | new_referral | no_further_action | advice
        Ann      | 2015-09-30   | no           | yes               | no
        Ben      | 2015-10-01   | no           | yes               | no
        Cal      | 2015-10-01   | no           | no                | yes
        """,
        settings="""
        [[standard]]
        name = "contact-below-threshold"
        words = ["advice"]
        from = 2015-10-01
        set_by = "Threshold document, October 2015"
        """,
        year=2016,
        gives=(2, 3),
        guidance="Each authority sets and dates its definition.",
    )


def test_words_of_another_standard(practice):
    """The same words in another standard change nothing here."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | new_referral | no_further_action | advice
        Ann      | 2015-10-01   | no           | yes               | no
        """,
        settings="""
        [[standard]]
        name = "early-help-planned-end"
        words = ["no further action", "advice"]
        from = 2015-10-01
        set_by = "Head of early help"
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_level_as_assessed(practice):
    """Assessed below level 4 is below the threshold, whatever came of it; at level 4 the outcome decides."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | level | new_referral | no_further_action | advice
        Ann      | 2015-06-01   | 3     | no           | no                | no
        Ben      | 2015-06-01   | 3     | yes          | no                | no
        Cal      | 2015-06-01   | 4     | yes          | no                | no
        Dee      | 2015-06-01   | 4     | no           | yes               | no
        Eve      | 2015-06-01   | 4     | no           | no                | no
        """,
        year=2016,
        gives=(3, 5),
        guidance="Contacts assessed below level 4, or ended with no further action or advice.",
    )


def test_each_authority_sets_its_own_level(practice):
    """From October only levels below 3 are below: the standard in force on the day of the contact decides."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | level | new_referral | no_further_action | advice
        Ann      | 2015-09-30   | 3     | no           | no                | no
        Ben      | 2015-10-01   | 3     | no           | no                | no
        Cal      | 2015-10-01   | 2     | no           | no                | no
        """,
        year=2016,
        settings="""

[[standard]]
name = "contact-below-level"
value = 3
unit = "level"
from = 2015-10-01
set_by = "Invented board"
""",
        gives=(2, 3),
        guidance="Each authority sets and dates its definition.",
    )


def test_the_value_of_another_standard(practice):
    """Another standard's number changes nothing here."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | level | new_referral | no_further_action | advice
        Ann      | 2015-10-01   | 4     | no           | no                | no
        """,
        year=2016,
        settings="""

[[standard]]
name = "child-in-need-visit"
value = 19
unit = "working days"
from = 2015-10-01
set_by = "Invented board"
""",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_before_any_standard(practice):
    """Before 1990 no standard is in force, so that nothing is below it."""
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | level | new_referral | no_further_action | advice
        Ann      | 1989-06-01   | 1     | no           | yes               | no
        """,
        year=1990,
        gives=(0, 1),
        guidance="Each authority sets and dates its definition.",
    )


def test_level_by_the_guidance_published(practice):
    """What the board published of a level counts before the standard: at level 3, that met the threshold
    then, a contact is not below it; at level 4, that did not, it is. Then the outcome decides.
    """
    practice(
        "FD-06",
        """
        contact
        child_id | contact_date | level | meets_threshold | new_referral | no_further_action | advice
        Ann      | 2015-06-01   | 3     | yes             | no           | no                | no
        Ben      | 2015-06-01   | 4     | no              | yes          | no                | no
        Cal      | 2015-06-01   | 4     | yes             | no           | yes               | no
        Dee      | 2015-06-01   | 3     | yes             | yes          | no                | no
        """,
        year=2016,
        gives=(2, 4),
        guidance="Each authority sets and dates its definition.",
    )
