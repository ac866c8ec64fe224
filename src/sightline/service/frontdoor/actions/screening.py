"""An officer looks into a contact: takes it, says how urgent it is, whose it is, which child it is."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.children.actions import (
    record_person,
    record_residence,
    restrict_like,
)
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions.steps import move
from sightline.service.frontdoor.beginning import begin_work, decision_of, is_worked_with
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.frontdoor.states import OPEN, UNDECIDED, Verb

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

    `StepError` where it was sent already, or is closed; `IncompleteError` where neither is feared.
    """
    _need_open(contact)
    if not (contact.missing or contact.exploitation):
        raise IncompleteError("First say that a child is missing, or that exploitation is feared.")
    feared = Q(missing=True) | Q(exploitation=True)
    with transaction.atomic():
        sent = Contact.objects.filter(feared, pk=contact.pk, routed_at=None, state__in=OPEN).update(
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


def match_child(child: ContactChild, person: KnownPerson, *, address: str = "", by: Person) -> None:
    """Say which of those known a child is, once: another match takes this one away first, with the reason.

    Where they very likely are a restricted child, the contact and the record are from then on for those
    named, who are told and led to `address`: see `restrict_like`. `StepError` where somebody has matched the
    child already, or another child of the contact is the same.
    """
    try:
        with transaction.atomic():
            contact = Contact.objects.get(pk=child.contact_id)
            _need_open(contact)
            if not ContactChild.objects.filter(pk=child.pk, person=None).update(
                person=person,
                matched_by=by,
                matched_at=timezone.now(),
                version=F("version") + 1,
            ):
                raise StepError(MATCHED)
            begin_work(contact)
            restrict_like(person, by=by, address=address)
    except IntegrityError:
        raise StepError(
            "Another child of this contact is matched with this person already. If one child was named "
            "twice, set this row aside."
        ) from None


MATCHED = "Another has matched this child meanwhile. Nothing was changed."


def record_child(
    child: ContactChild, search: str, *, lives: str = "", address: str = "", by: Person
) -> KnownPerson:
    """Record a child as somebody new, after a search that found nobody, and match the two.

    `lives` is in what way the child lives at the address given (`Residence.Kind`); where it is empty, the
    address is not theirs and stays with the contact alone. `address` as in `match_child`.
    `ValidationError` says what is missing; `NotSearchedError` where nobody was looked for under the name.
    """
    with transaction.atomic():
        # Of two at once the second waits here, and finds that the child is matched.
        rows = ContactChild.objects.select_for_update().select_related(None)
        locked = rows.filter(pk=child.pk).first()
        if locked is None:
            raise StepError("This row was set aside meanwhile. Nothing was changed.")
        _need_open(child.contact)
        if locked.person_id is not None:
            raise StepError(MATCHED)
        person = record_person(
            search=search,
            by=by,
            first_names=child.first_names,
            last_name=child.last_name,
            born=child.born,
            expected=child.expected,
        )
        if lives and child.address:
            record_residence(
                person,
                lines=child.address,
                postcode=child.postcode,
                locality=child.contact.locality,
                kind=lives,
                starts=None,
            )
        match_child(child, person, address=address, by=by)
    return person


def unmatch_child(child: ContactChild, reason: str) -> None:
    """Say that a child of an open contact is not the person it was matched with.

    What the decision began for that person stands: see `case_that_stands`.
    """
    _need_open(Contact.objects.get(pk=child.contact_id))
    with transaction.atomic(), because(reason):
        ContactChild.objects.filter(pk=child.pk).update(
            person=None, matched_by=None, matched_at=None, version=F("version") + 1
        )


def set_aside_child(child: ContactChild, reason: str, *, by: Person) -> None:
    """Say that a row of an open contact is no child, or one named twice, and why; it stays on record.

    `IncompleteError` where it is matched: first say whose row it is not. `StepError` where another did so.
    """
    _need_open(Contact.objects.get(pk=child.contact_id))
    if not reason:
        raise IncompleteError("Say why it is set aside.", "reason")
    with transaction.atomic(), because(reason):
        # One statement, so that none is set aside that another matches meanwhile.
        if not ContactChild.objects.filter(pk=child.pk, person=None).update(
            aside_at=timezone.now(),
            aside_because=reason,
            aside_by=by,
            version=F("version") + 1,
        ):
            if ContactChild.objects.filter(pk=child.pk).exists():
                raise IncompleteError("This child is matched: first take the match away.")
            raise StepError("This row was set aside already. Nothing was changed.")


def take_back_child(child: ContactChild, reason: str) -> None:
    """Say that a row that was set aside is a child after all, and why."""
    _need_open(Contact.objects.get(pk=child.contact_id))
    with transaction.atomic(), because(reason):
        aside = ContactChild.every_row.filter(pk=child.pk, aside_at__isnull=False)
        if not aside.update(
            aside_at=None, aside_because="", aside_by=None, version=F("version") + 1
        ):
            raise StepError("This row is not set aside. Nothing was changed.")


def case_that_stands(child: ContactChild) -> str:
    """Say whose case stays open when a match is taken away after the decision; empty where none does."""
    contact = child.contact
    again = contact.reopened_at if contact.state in UNDECIDED else None
    if child.person is None or (again and child.matched_at and child.matched_at >= again):
        return ""  # matched since it was opened again: no decision has led anywhere yet
    if not decision_of(contact) or not is_worked_with(child.person):
        return ""
    return f"The case of {child.person.name}, number {child.person.number}, stays open: tell whoever has it."
