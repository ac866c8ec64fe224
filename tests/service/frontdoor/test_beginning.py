"""What a decision begins: a case for each child whom somebody has matched, once."""

import pytest

from service.frontdoor.conftest import MakeContact
from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions import screening
from sightline.service.protection.models import Referral

pytestmark = pytest.mark.django_db


def test_a_case_begins_when_the_decision_is_for_social_care(
    make_contact: MakeContact, officer: Person
) -> None:
    contact = make_contact("recommended")
    child = KnownPerson.objects.create(number="C-1")
    screening.match_child(contact.children.get(), child, by=officer)
    assert not Referral.objects.exists()
    decided = make_contact("decided")
    assert not Referral.objects.exists()
    # A child who is matched after the decision: the case begins with the match, and with no second one.
    row = decided.children.get()
    for _ in range(2):
        screening.match_child(row, child, by=officer)
    referral = Referral.objects.get()
    assert (referral.child, referral.contact) == (child, decided)
    assert referral.received_at == decided.received_at


def test_a_matched_child_has_a_case_from_the_decision_on(
    make_contact: MakeContact, officer: Person, manager: Person
) -> None:
    from sightline.service.frontdoor.actions import deciding

    contact = make_contact("recommended")
    child = KnownPerson.objects.create(number="C-1")
    screening.match_child(contact.children.get(), child, by=officer)
    deciding.authorise(contact.recommendations.get(), "I agree.", by=manager)
    assert Referral.objects.get().child == child
