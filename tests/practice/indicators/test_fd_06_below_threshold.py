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
