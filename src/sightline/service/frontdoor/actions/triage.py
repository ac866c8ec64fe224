"""The daily triage: who came, which contacts were discussed, what was decided and is to be done."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import AUTHORISE_CONTACTS, TAKE_CONTACTS
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.frontdoor.actions.steps import move
from sightline.service.frontdoor.models import Contact, Triage, TriageAttendance, TriagedContact
from sightline.service.frontdoor.states import Verb


def list_for_triage(contact: Contact, *, by: Person) -> None:
    """Put a contact on the list of the next triage."""
    with transaction.atomic():
        move(Verb.LIST, contact, by)


def take_off_list(contact: Contact, reason: str, *, by: Person) -> None:
    """Take a contact off the list, with the reason."""
    with transaction.atomic(), because(reason):
        move(Verb.UNLIST, contact, by)


def begin_triage(*, by: Person) -> Triage:
    """Open the record of today's triage, in the chair; `StepError` where there is one already."""
    try:
        with transaction.atomic():
            return Triage.objects.create(chair=by)
    except IntegrityError:
        raise StepError("Today’s triage is on record already.") from None


def record_attendance(
    triage: Triage, version: int, rows: Iterable[Mapping[str, Any]], *, ended: bool
) -> None:
    """Say which agency was there; `ConflictError` where another did so meanwhile.

    Each row has `agency`, `status`, `name` and `fill_by`. An agency without a row is not recorded, which is
    not the same as absent. `ended`: the triage is over.
    """
    _need_not_over(triage)
    kept = list(rows)
    if ended and not any(row["status"] in _THERE for row in kept):
        raise IncompleteError("A triage at which nobody was cannot be over: say who attended.")
    with transaction.atomic():
        save_changes(triage, version, {"ended_at": timezone.now() if ended else None})
        for row in kept:
            about = {name: row[name] for name in ("status", "name", "fill_by")}
            TriageAttendance.objects.update_or_create(
                triage=triage, agency=row["agency"], defaults=about
            )
        triage.attendance.exclude(agency__in=[row["agency"] for row in kept]).delete()


def reopen_triage(triage: Triage, reason: str, *, by: Person) -> None:
    """Open the record of today's triage again, with the reason: its chair does, or a manager.

    `StepError` where it is not over, or is of another day: what was written then stands.
    """
    if triage.chair_id != by.pk and not by.holds(MANAGERS):
        raise NotAllowedError("This is done by the chair of the triage, or a manager.")
    over = Triage.objects.filter(pk=triage.pk, day=timezone.localdate(), ended_at__isnull=False)
    with transaction.atomic(), because(reason):
        if not over.update(ended_at=None, version=F("version") + 1):
            raise StepError("Only a triage of today that is over is opened again.")


MANAGERS = AUTHORISE_CONTACTS.roles & TAKE_CONTACTS.roles
"""Roles whose holders lead the front door and work at it."""


def _need_not_over(triage: Triage) -> None:
    if Triage.objects.exclude(ended_at=None).filter(pk=triage.pk).exists():
        raise StepError("This triage is over. Nothing was changed.")


_THERE = (TriageAttendance.Status.PRESENT, TriageAttendance.Status.REMOTE)


def discuss_contact(
    triage: Triage, contact: Contact, version: int | None, changes: Mapping[str, str]
) -> None:
    """Keep what was said of a contact, decided and to be done.

    `version` is that of the row where there was one; `ConflictError` where another wrote or changed it
    meanwhile, `StepError` where the triage is over.
    """
    _need_not_over(triage)
    with transaction.atomic():
        row, made = TriagedContact.objects.get_or_create(
            triage=triage, contact=contact, defaults=dict(changes)
        )
        if not made:
            save_changes(row, version or 0, changes)
