"""Secret addresses of calendars: made anew, found, revoked. Each is shown once and only its hash is kept."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.audit.context import acting, context_of
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.reminders.models import CalendarAddress

_LONGEST = 100


def make_address(person: Person, covers: str) -> str:
    """Give the secret of a new address; one there was before is good no longer."""
    text = secrets.token_urlsafe(32)
    with transaction.atomic():
        # Of two at once the second waits, and revokes what the first made.
        Person.objects.select_for_update().get(pk=person.pk)
        revoke_address(person)
        CalendarAddress.objects.create(person=person, covers=covers, hashed=_hashed(text))
    return text


def revoke_address(person: Person) -> None:
    """Let somebody's address be good no longer, from this moment."""
    with transaction.atomic():
        in_use = CalendarAddress.objects.filter(person=person, revoked_at=None)
        in_use.update(revoked_at=timezone.now())


def address_in_use(person: Person) -> CalendarAddress | None:
    """Give somebody's address, if there is one that is good."""
    return CalendarAddress.objects.filter(person=person, revoked_at=None).first()


def good_address(text: str) -> CalendarAddress | None:
    """Give the address of a secret, if it is good and its owner may sign in."""
    if len(text) > _LONGEST:
        return None
    found = CalendarAddress.objects.select_related("person")
    return found.filter(hashed=_hashed(text), revoked_at=None, person__is_active=True).first()


def used(address: CalendarAddress) -> None:
    """Note the day on which an address was last read, and put that on record; once a day."""
    today = timezone.localdate()
    if address.last_used == today:
        return
    with acting(context_of(address.person)), transaction.atomic():
        CalendarAddress.objects.filter(pk=address.pk).update(last_used=today)
        record(Verb.VIEW, "calendar address", address.pk)


def _hashed(text: str) -> str:
    # The text is 256 random bits, so a quick hash is as good as a slow one.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
