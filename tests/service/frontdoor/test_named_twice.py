"""A row of a contact that is no child, or one named twice, is set aside with the reason, and taken back."""

from typing import Any

import pytest
from django.urls import reverse

from service.frontdoor.conftest import MakeContact, ask, match
from service.frontdoor.test_beginning import bring_on
from service.frontdoor.test_holding import again
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.models import AuditEntry
from sightline.service.children.models import KnownPerson
from sightline.service.feed.records import front_door, people
from sightline.service.feed.records.numbers import Numbers
from sightline.service.frontdoor.actions import screening, telling
from sightline.service.frontdoor.models import ContactChild, Level
from sightline.service.missing.queries.worklist import concerns_open

pytestmark = pytest.mark.django_db


def test_a_child_named_twice_is_set_aside_and_stops_no_decision(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    contact = make_contact("screening")
    match(contact, officer)
    first = contact.children.get()
    double = screening.add_child(contact, first_names="Amarah", last_name="Ashdown")
    asked = ask(again(contact), officer)
    assert first.person
    with pytest.raises(StepError, match="set this row aside"):
        screening.match_child(double, first.person, by=officer)
    with pytest.raises(IncompleteError, match="take the match away"):
        screening.set_aside_child(first, "Named twice.", by=officer)
    with pytest.raises(IncompleteError, match="Say why"):
        screening.set_aside_child(double, "", by=officer)
    client, page = client_of(officer), reverse("contact", args=[contact.pk])
    address = reverse("set-aside-child", args=[double.pk])
    assert address in client.get(page).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    for _ in range(2):  # pressed twice
        assert client.post(address, {"reason": "Amara, written otherwise."}).status_code == 302
    row = ContactChild.every_row.get(pk=double.pk)
    assert (row.aside_by, row.aside_because, row.version) == (
        officer, "Amara, written otherwise.", 2,
    )  # fmt: skip
    assert AuditEntry.objects.filter(reason="Amara, written otherwise.").exists()
    # It is in no list, question or feed, and on record.
    assert list(contact.children.all()) == [first]
    shown = client.get(page).content.decode()
    assert "Set aside: Amarah Ashdown" in shown
    assert reverse("match-child", args=[double.pk]) not in shown
    assert "Amarah" not in client.get(reverse("front-door")).content.decode()
    form = client.get(reverse("ask-agency", args=[contact.pk])).context["form"]
    assert list(form.fields["children"].queryset) == [first]
    assert len([*front_door.contacts(Numbers())]) == 1
    assert len([*front_door.information_requests(Numbers())]) == 1
    assert not [each for each in people.children(Numbers()) if "/" in str(each["child_id"])]
    # What an agency was asked about stays as it was asked; about the double alone, it is of the contact.
    asked.children.set([double])
    said = client.get(reverse("contact-information", args=[contact.pk])).content.decode()
    assert "About Amarah Ashdown" in said
    assert len([*front_door.information_requests(Numbers())]) == 1
    # It is looked for as nobody, and no decision waits for it.
    other = KnownPerson.objects.create(number="C-9")
    client.post(reverse("match-child", args=[double.pk]), {"person": other.pk})
    assert ContactChild.every_row.get(pk=double.pk).person is None
    client.post(reverse("go-on", args=[contact.pk]), {"reason": "It cannot wait."})
    bring_on(contact, officer, manager, levels)
    telling.tell_referrer(again(contact).notices.get(), "phone", confirmed=True, by=officer)
    for step in (
        lambda: screening.set_aside_child(row, "Why.", by=officer),
        lambda: screening.take_back_child(row, "Why."),
    ):
        with pytest.raises(StepError, match="is closed"):
            step()


def test_what_was_set_aside_is_taken_back_with_a_reason(
    make_contact: MakeContact, make_person: Any, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening", missing=True)
    child, client = contact.children.get(), client_of(officer)
    complex_team = make_person("complex_safeguarding", email="complex@example.org")
    screening.set_aside_child(child, "No child.", by=officer)
    assert not contact.children.exists()
    with pytest.raises(StepError, match="set aside meanwhile"):
        screening.record_child(child, "Amara Ashdown", by=officer)
    # The fear stays to be answered though nobody is named.
    assert [len(each.children.all()) for each in concerns_open(complex_team)] == [0]
    # Nor does the contact leave the figures: it is fed, as before, with a child nobody has matched.
    another = screening.add_child(again(contact), first_names="Amarah", last_name="Ashdown")
    screening.set_aside_child(another, "No child.", by=officer)
    asked = ask(again(contact), officer)
    named = f"{contact.number}/{child.pk}"
    for about in ([], [another]):
        asked.children.set(about)
        for fed in (front_door.contacts, front_door.information_requests, people.children):
            assert [each["child_id"] for each in fed(Numbers())] == [named], fed
    client.post(reverse("go-on", args=[contact.pk]), {"reason": "It cannot wait."})
    address = reverse("take-back-child", args=[child.pk])
    assert "No child." in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address, {"reason": "She is his sister."}).status_code == 302
    assert contact.children.get() == child
    row = contact.children.get()
    assert (row.aside_at, row.aside_because, row.aside_by, row.version) == (None, "", None, 3)
    assert AuditEntry.objects.filter(reason="She is his sister.").exists()
    elsewhere = make_person("front_door", team="Far team", email="far@example.org")
    for name in ("set-aside-child", "take-back-child"):
        refused = client_of(elsewhere).post(reverse(name, args=[child.pk]), {"reason": "No."})
        assert refused.status_code == 403, name
