"""Contacts come in, by a form that anybody may fill in or taken down by an officer."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.clocks.rules import due_at
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import StepError
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.frontdoor.queries.thresholds import guidance_on

_LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
"""Of a contact's number: none that is taken for another, and no vowel, so that no word is made."""


def new_number() -> str:
    """Give a number for a contact, which says neither when it came nor how many there are."""
    made = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{made[:4]}-{made[4:]}"


def receive(
    way: Contact.Way,
    about: Mapping[str, Any],
    children: Iterable[Mapping[str, Any]],
    *,
    at: datetime | None = None,
) -> Contact:
    """Take a contact in, with the guidance in force on its day and the time by which to decide it.

    `about` is by field of `Contact`, each of `children` by field of `ContactChild`.
    """
    now = at or timezone.now()
    with transaction.atomic():
        contact = Contact.objects.create(
            number=new_number(),
            received_at=now,
            way=way,
            guidance=guidance_on(timezone.localdate(now)),
            decide_by=due_at("REF-1", now),
            **about,
        )
        for child in children:
            ContactChild.objects.create(contact=contact, **child)
    return contact


def take_down(
    by: Person,
    way: Contact.Way,
    about: Mapping[str, Any],
    child: Mapping[str, Any],
    *,
    at: datetime | None = None,
    once: str | None = None,
) -> Contact:
    """Take down what somebody told an officer: the officer works on it from now on.

    `at` is when it came, as a letter does before anybody types it in; now, unless it is given. `once` is the
    key of the page it was sent from (`accounts.sent_once`): `StepError` where it is saved already.
    """
    now = timezone.now()
    taken = {
        "taken_by": by,
        "screened_by": by,
        "screened_at": now,
        "state": Contact.State.SCREENING,
        "priority_by": by,
        "priority_at": now,
    }
    try:
        with transaction.atomic():
            return receive(way, {**about, **taken, "sent_once": once}, [child], at=at or now)
    except IntegrityError:
        if once is None or saved_once(once) is None:
            raise
        raise StepError("This contact is saved already. It was not saved again.") from None


def saved_once(once: str) -> Contact | None:
    """Give the contact that was saved from a page, by its key; None where none was."""
    return Contact.objects.filter(sent_once=once).first()
