"""Contacts that become a referral (FD-03)."""

GUIDANCE = "Contacts in the period with the outcome new referral, of all contacts in it."


def test_outcome(practice):
    """Of three contacts one became a referral."""
    practice(
        "FD-03",
        """
        contact
        child_id | contact_date | new_referral
        Ann      | 2015-06-01   | yes
        Ben      | 2015-06-01   | no
        Cal      | 2015-06-02   | no
        Dee      | 2016-04-01   | yes
        """,
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_outcome_not_known(practice):
    """Unknown is not no: it stays in the denominator, is not met, and is shown beside the value."""
    practice(
        "FD-03",
        """
        contact
        child_id | contact_date | new_referral
        Ann      | 2015-06-01   | yes
        Ben      | 2015-06-01   |
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_no_contacts(practice):
    """Without a contact there is no share: no value, neither 0% nor 100%."""
    practice(
        "FD-03",
        """
        contact
        child_id | contact_date | new_referral
        Ann      | 2014-06-01   | yes
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_passed_on(practice):
    """One contact, decided for social care, is about three children. It began the cases of two; the third
    has an open case, to whose worker it was passed on: no referral began for that child.
    """
    practice(
        "FD-03",
        """
        contact
        contact_id | child_id | contact_date | new_referral
        1          | Ann      | 2015-06-01   | yes
        1          | Ben      | 2015-06-01   | yes
        1          | Cal      | 2015-06-01   | no
        """,
        year=2016,
        gives=(2, 3),
        guidance="Contacts with the outcome new referral, one for each child in each contact.",
    )
