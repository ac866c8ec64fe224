"""What a decision begins: a case for each child whom somebody has matched, once."""

from typing import Any

import pytest
from django.urls import reverse

from service.frontdoor.conftest import MakeContact, match
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.children.actions.merging import merge_people
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions import deciding, screening, telling
from sightline.service.frontdoor.models import Contact, Level, PassedOn
from sightline.service.protection.actions.allocating import allocate
from sightline.service.protection.models import Referral

pytestmark = pytest.mark.django_db


def test_a_case_begins_when_the_decision_is_for_social_care(
    make_contact: MakeContact, officer: Person
) -> None:
    make_contact("recommended")
    assert not Referral.objects.exists()
    decided = make_contact("decided")
    referral = Referral.objects.get()
    assert (referral.child, referral.contact) == (decided.children.get().person, decided)
    assert referral.received_at == decided.received_at
    # A child who is added and matched after the decision: the case begins with the match, and none twice.
    row = screening.add_child(decided, first_names="Ben", last_name="Ashdown")
    notice = decided.notices.get()
    with pytest.raises(IncompleteError, match="who each child is"):
        telling.tell_referrer(notice, "phone", confirmed=True, by=officer)
    child = KnownPerson.objects.create(number="C-1")
    screening.match_child(row, child, by=officer)
    with pytest.raises(StepError, match="matched this child"):
        screening.match_child(row, KnownPerson.objects.create(number="C-2"), by=officer)
    assert Referral.objects.get(child=child).contact == decided
    assert Referral.objects.count() == 2
    telling.tell_referrer(notice, "phone", confirmed=True, by=officer)


def test_nothing_begins_by_a_decision_before_the_contact_was_opened_again(
    make_contact: MakeContact, officer: Person, manager: Person, levels: list[Level]
) -> None:
    contact = make_contact("closed")
    first = contact.children.get()
    deciding.reopen(again(contact), "The school rang again.", by=manager)
    child = KnownPerson.objects.create(number="C-1")
    added = screening.add_child(again(contact), first_names="Ben")
    screening.match_child(added, child, by=officer)
    assert not Referral.objects.filter(child=child).exists()
    assert "stays open" in screening.case_that_stands(first)  # it began by the decision before
    bring_on(contact, officer, manager, levels)
    assert Referral.objects.filter(child=child, contact=contact).count() == 1


def test_nothing_is_decided_that_leads_nowhere(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    given = {"level": levels[-1], "rationale": "Needs at level 4.", "by": officer}
    contact = make_contact("screening", kind="neglect", missing=False, exploitation=False)
    screening.prioritise(contact, contact.version, "amber", "It may get worse.", by=officer)
    for outcome in ("referral", "strategy", "already_open"):
        with pytest.raises(IncompleteError, match="who each child is"):
            deciding.recommend(again(contact), outcome=outcome, **given)
    match(contact, officer)
    for outcome in ("referral", "advice"):
        Contact.objects.filter(pk=contact.pk).update(team=None, locality=None)
        with pytest.raises(IncompleteError, match="whose it is"):
            deciding.recommend(again(contact), outcome=outcome, offered_instead="A number", **given)
    Contact.objects.filter(pk=contact.pk).update(team=manager.appointments_in_force[0].team)
    with pytest.raises(IncompleteError, match="no case is open"):
        deciding.recommend(again(contact), outcome="already_open", **given)
    deciding.recommend(again(contact), outcome="advice", offered_instead="A number", **given)
    waiting = contact.recommendations.get()
    # What has changed since it was recommended stops the decision too.
    other = screening.add_child(contact, first_names="Ben")
    with pytest.raises(IncompleteError, match="who each child is"):
        deciding.authorise_another(waiting, "referral", "More is known.", by=manager)
    other.delete()
    Contact.objects.filter(pk=contact.pk).update(team=None)
    with pytest.raises(IncompleteError, match="whose it is"):
        deciding.authorise(waiting, "I agree.", by=manager)
    assert not Referral.objects.exists()


def test_what_is_passed_on_is_with_the_worker_until_they_have_read_it(
    make_contact: MakeContact,
    make_person: Any,
    officer: Person,
    manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    worker = make_person("social_worker", worker="W1", email="worker@example.org")
    child = make_contact("decided").children.get().person
    assert child
    case = Referral.objects.get(child=child)
    allocate(case, case.version, worker=worker, team=case.team, by=manager)
    contact = make_contact(
        "screening", concern="A second worry.", missing=False, exploitation=False
    )
    screening.match_child(contact.children.get(), child, by=officer)
    screening.prioritise(again(contact), again(contact).version, "amber", "Worse.", by=officer)
    screening.change_contact(again(contact), again(contact).version, {"kind": "neglect"})
    given = {"level": levels[-1], "rationale": "Known.", "by": officer}
    deciding.recommend(again(contact), outcome="already_open", **given)
    deciding.authorise(contact.recommendations.get(), "I agree.", by=manager)
    passed = PassedOn.objects.get()
    client, address = client_of(worker), reverse("passed-on", args=[passed.pk])
    pages = [reverse("your-work"), reverse("case", args=[case.pk])]
    for page in [*pages, reverse("known-person", args=[child.pk])]:
        assert "New contact passed on" in client.get(page).content.decode(), page
    assert f"Contact {contact.number} decided" in (
        client.get(reverse("chronology", args=[child.pk])).content.decode()
    )
    assert "A second worry." in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 302
    passed.refresh_from_db()
    assert passed.read_by == worker
    for page in pages:
        assert "New contact passed on" not in client.get(page).content.decode(), page
    other = make_person("social_worker", worker="W2", email="another@example.org")
    assert client_of(other).get(address).status_code == 403
    # Where a case was to begin and one is open, its worker hears of the contact as well.
    third = make_contact("screening")
    screening.match_child(third.children.get(), child, by=officer)
    bring_on(third, officer, manager, levels)
    assert Referral.objects.filter(child=child).count() == 1
    passed = PassedOn.objects.get(read_at=None)
    assert passed.decision.contact == third
    # Merged records may leave two cases open: the worker of either reads it in their own.
    double = Referral.objects.create(
        child=KnownPerson.objects.create(number="C-9"), received_at=case.received_at, team=case.team
    )
    allocate(double, double.version, worker=other, team=double.team, by=manager)
    merge_people(child, double.child, "The same child.", by=manager)
    for each in (worker, other):
        client = client_of(each)
        assert "New contact passed on" in client.get(pages[0]).content.decode()
        assert client.get(reverse("passed-on", args=[passed.pk])).status_code == 200


def bring_on(contact: Contact, officer: Person, manager: Person, levels: list[Level]) -> None:
    """Decide a contact that is being looked at for social care."""
    screening.prioritise(again(contact), again(contact).version, "amber", "Worse.", by=officer)
    found_out = {"kind": "neglect", "missing": False, "exploitation": False}
    screening.change_contact(again(contact), again(contact).version, found_out)
    deciding.recommend(
        again(contact), outcome="referral", level=levels[-1], rationale="Needs.", by=officer
    )
    deciding.authorise(contact.recommendations.get(state="waiting"), "I agree.", by=manager)


def again(contact: Contact) -> Contact:
    return Contact.objects.get(pk=contact.pk)
