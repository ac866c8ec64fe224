"""An officer looks into a contact: takes it, says how urgent it is, whose it is, which child it is."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.children.actions import record_person
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions.steps import StepError, move
from sightline.service.frontdoor.beginning import begin_work
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.frontdoor.states import OPEN, Verb

COMPLEX_SAFEGUARDING = "Complex safeguarding team"


def _need_open(contact: Contact) -> None:
    if contact.state not in OPEN:
        raise StepError("This contact is closed. Open it again first. Nothing was changed.")


def take_contact(contact: Contact, *, by: Person) -> None:
    """Begin to work on a contact."""
    with transaction.atomic():
        move(Verb.TAKE, contact, by, screened_by=by, screened_at=timezone.now())


def put_back(contact: Contact, reason: str, *, by: Person) -> None:
    """Put a contact back for another officer, with the reason."""
    with transaction.atomic(), because(reason):
        move(Verb.PUT_BACK, contact, by, screened_by=None, screened_at=None)


def change_contact(contact: Contact, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is known of an open contact; `ConflictError` where another did so meanwhile."""
    _need_open(contact)
    with transaction.atomic():
        save_changes(contact, version, changes)


def prioritise(contact: Contact, version: int, priority: str, reason: str, *, by: Person) -> None:
    """Say how urgent an open contact is, and why; `ConflictError` where another did so meanwhile."""
    _need_open(contact)
    changes = {
        "priority": priority,
        "priority_because": reason,
        "priority_by": by,
        "priority_at": timezone.now(),
    }
    with transaction.atomic(), because(reason):
        save_changes(contact, version, changes)


def route_contact(contact: Contact, *, by: Person) -> None:
    """Send a concern about a missing or exploited child to the complex-safeguarding team.

    `StepError` where it was sent already.
    """
    with transaction.atomic():
        sent = Contact.objects.filter(pk=contact.pk, routed_at=None).update(
            routed_to=COMPLEX_SAFEGUARDING,
            routed_by=by,
            routed_at=timezone.now(),
            version=F("version") + 1,
        )
        if not sent:
            raise StepError("This contact was routed already. Nothing was changed.")


def add_child(contact: Contact, **about: Any) -> ContactChild:
    """Add a child that an open contact is about too."""
    _need_open(contact)
    with transaction.atomic():
        return ContactChild.objects.create(contact=contact, **about)


def match_child(child: ContactChild, person: KnownPerson, *, by: Person) -> None:
    """Say which of those known a child is; `StepError` where another child of the contact is the same."""
    try:
        with transaction.atomic():
            ContactChild.objects.filter(pk=child.pk).update(
                person=person, matched_by=by, matched_at=timezone.now()
            )
            begin_work(child.contact)
    except IntegrityError:
        raise StepError(
            "Another child of this contact is matched with this person already."
        ) from None


def record_child(child: ContactChild, search: str, *, by: Person) -> KnownPerson:
    """Record a child as somebody new, after a search that found nobody, and match the two.

    `ValidationError` says what is missing; `NotSearchedError` where nobody was looked for under the name.
    """
    with transaction.atomic():
        person = record_person(
            search=search,
            by=by,
            first_names=child.first_names,
            last_name=child.last_name,
            born=child.born,
        )
        match_child(child, person, by=by)
    return person


def unmatch_child(child: ContactChild, reason: str) -> None:
    """Say that a child is not the person it was matched with."""
    with transaction.atomic(), because(reason):
        ContactChild.objects.filter(pk=child.pk).update(
            person=None, matched_by=None, matched_at=None
        )
