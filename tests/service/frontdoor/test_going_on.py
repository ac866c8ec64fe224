"""A restricted child's work that nobody who is named can go on with is nobody's: it is said, and told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.conftest import MakeContact
from service.protection.conftest import MakeCase, make_case, worker
from sightline.service.accounts.models import Person
from sightline.service.children.actions import record_person, restrict_child
from sightline.service.children.models import RestrictedChild
from sightline.service.children.queries import find_people
from sightline.service.frontdoor.actions import deciding, screening
from sightline.service.frontdoor.models import Contact, Level

pytestmark = pytest.mark.django_db

__all__ = ["make_case", "worker"]


def test_a_contact_that_nobody_named_can_go_on_with_is_told_to_those_who_may_restrict(
    make_contact: MakeContact,
    make_person: Any,
    worker: Person,
    officer: Person,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    lead = make_person("governance_lead", email="lead@example.org")
    born = timezone.localdate() - timedelta(days=3000)
    name = {"first_names": "Amara", "last_name": "Ashdown", "born": born}
    token = find_people("Amara Ashdown", by=worker).token
    secret = record_person(search=token, by=worker, **name)
    restrict_child(secret.number, "family of staff", [worker])
    contact = make_contact("screening")
    contact.children.update(born=born)
    child, client = contact.children.get(), client_of(officer)
    address = reverse("match-child", args=[child.pk])
    found = client.get(address).context["found"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, {"person": "new", "search": found.token}, follow=True)
    text = answer.content.decode()
    assert "Somebody else has been told of this contact" in text
    assert "manager will look" not in text
    assert "Only people named for the record may see them" in text
    made = RestrictedChild.objects.exclude(child_id=secret.number).get()
    letters = {each.to[0]: each.body for each in mail.outbox}
    assert set(letters) == {worker.email, lead.email}
    change = reverse("change-restriction", args=[made.pk])
    assert f"http://testserver{change}" in letters[lead.email]
    assert "name somebody who may" in letters[worker.email]
    for secret_word in ("Ashdown", made.child_id, secret.number, "staff", contact.number):
        assert not any(secret_word in each for each in letters.values())
    page = client_of(lead).get(change).content.decode()
    assert f"Nobody who is named may go on with contact {contact.number}." in page


def test_what_nobody_named_can_go_on_with_is_said_as_a_child_is_restricted(
    make_contact: MakeContact,
    make_person: Any,
    make_case: MakeCase,
    worker: Person,
    officer: Person,
    manager: Person,
    other_manager: Person,
    levels: list[Level],
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    lead = make_person("governance_lead", email="lead@example.org")
    contact = make_contact("screening", kind="neglect", missing=False, exploitation=False)
    child = make_case().child
    screening.match_child(contact.children.get(), child, by=officer)
    screening.prioritise(contact, contact.version, "amber", "Likely to become worse.", by=officer)
    client = client_of(lead)
    taken = f"Nobody who is named may go on with contact {contact.number}."
    decided = (
        f"Nobody who is named may authorise what another recommends of contact {contact.number}."
    )
    worked = "Nobody who is named is the worker of the child’s open case."
    authorised = "Nobody who is named may authorise work in the child’s open case."
    everything = (taken, decided, worked, authorised)

    def said(text: str) -> set[str]:
        return {each for each in everything if each in text}

    def restricted(*named: Person) -> set[str]:
        made = RestrictedChild.objects.filter(ended_at=None).first()
        address = reverse("change-restriction", args=[made.pk]) if made else reverse("restrict")
        sent = {
            "child_id": child.number,
            "reason": "family of staff",
            "people": "\n".join(each.email for each in named),
            "version": made.version if made else 1,
        }
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address, sent, follow=True)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "No published record has this number" not in text
        made = RestrictedChild.objects.get(ended_at=None)
        page = client.get(reverse("change-restriction", args=[made.pk])).content.decode()
        assert said(page) == said(text)
        assert [each.to for each in mail.outbox] == ([[lead.email]] if said(text) else [])
        return said(text)

    assert restricted() == set(everything)
    assert restricted(worker) == {taken, decided, authorised}
    assert restricted(worker, officer) == {decided, authorised}
    assert restricted(worker, manager) == {decided}, "nobody authorises their own recommendation"
    assert restricted(worker, manager, other_manager) == set()
    deciding.recommend(
        Contact.objects.get(pk=contact.pk),
        outcome="strategy",
        level=levels[-1],
        rationale="Needs at level 4.",
        by=manager,
    )
    assert restricted(worker, manager, officer) == {decided}
    assert restricted(worker, other_manager) == set()
