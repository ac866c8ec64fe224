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
from sightline.service.children.actions import end_restriction, record_person, restrict_child
from sightline.service.children.matching import VERY_LIKELY
from sightline.service.children.models import PossibleMatch, RestrictedChild
from sightline.service.children.queries import find_people, hidden_people
from sightline.service.children.telling import tell_of_likeness
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


def test_a_contact_matched_with_whom_very_likely_is_a_restricted_child_closes_and_is_told(
    make_contact: MakeContact,
    make_person: Any,
    worker: Person,
    officer: Person,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    lead = make_person("governance_lead", email="lead@example.org")
    born = timezone.localdate() - timedelta(days=3000)
    names = ("Amara Ashdown", "Amarah Ashdown")
    secret, other = (
        record_person(
            search=find_people(name, by=worker).token,
            by=worker,
            **dict(zip(("first_names", "last_name"), name.split(), strict=True)),
            born=born,
            nhs_number="9434765919",
        )
        for name in names
    )
    client = client_of(officer)

    def matched() -> tuple[Contact, str]:
        contact = make_contact("screening")
        mail.outbox.clear()
        address = reverse("match-child", args=[contact.children.get().pk])
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address, {"person": other.pk}, follow=True)
        assert contact.children.get().person == other
        return contact, answer.content.decode()

    # Restricted before what is like it was, as by an earlier edition, or found to be alike only since.
    PossibleMatch.objects.update(weight=VERY_LIKELY - 1)
    restrict_child(secret.number, "family of staff", [worker])
    assert "The child is matched." in matched()[1]
    assert other.pk not in hidden_people(officer)
    PossibleMatch.objects.update(weight=VERY_LIKELY)
    contact, text = matched()
    assert "Somebody else has been told of this contact" in text
    assert hidden_people(officer) == {secret.pk, other.pk}
    made = RestrictedChild.objects.get(child_id=other.number)
    assert (list(made.named.all()), made.reason) == ([worker], "family of staff")
    assert client.get(reverse("contact", args=[contact.pk])).status_code == 403
    # Each named is led to what they may open: whoever opens neither the contact nor the record, nowhere.
    page, own = reverse("contact", args=[contact.pk]), reverse("known-person", args=[other.pk])
    letters = {each.to[0]: each.body for each in mail.outbox}
    assert letters.keys() == {worker.email, lead.email}, "as nobody named opens either"
    assert "http" not in letters[worker.email]
    assert "have been asked to name somebody" in letters[worker.email]
    second = make_person("front_door", team=contact.team.name, email="second@example.org")
    chair = make_person("conference_chair", email="chair@example.org")
    made.named.add(second, chair)
    with django_capture_on_commit_callbacks(execute=True):
        tell_of_likeness.enqueue(made.pk, f"http://testserver{page}")
    letters |= {each.to[0]: each.body for each in mail.outbox}
    assert f"http://testserver{page}" in letters[second.email]
    assert f"http://testserver{own}" in letters[chair.email]
    assert client_of(second).get(page).status_code == 200
    assert client_of(chair).get(own).status_code == 200
    assert "http" not in letters[worker.email]
    said = " ".join(letters.values())
    assert not any(word in said for word in ("Ashdown", other.number, secret.number, "staff"))
    # Found to be another child, and so ended, it stays open to whoever is matched with it next.
    end_restriction(made, "Another child.")
    assert "The child is matched." in matched()[1]
    assert hidden_people(officer) == {secret.pk}
    assert mail.outbox == []


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
