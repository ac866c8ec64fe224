"""What administrators do to accounts, and people to their own: check, write, on record; each whole.

An administrator changes nobody's account into one that lets the administrator themselves do more: what
concerns their own account and appointments is left to another (`OwnAccountError`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from sightline.service.accounts.models import Appointment, Draft, Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record


class OwnAccountError(Exception):
    """Somebody tried to keep their own account; the message is for them."""


OWN = "Nobody changes their own account or appointments. Ask another administrator."


def add_person(*, by: Person, address: str, **about: Any) -> Person:
    """Make an account without a password, and write to the person how to choose one.

    `address` is where a password is chosen.
    """
    with transaction.atomic():
        person = Person.objects.create_person(**about)
        transaction.on_commit(lambda: _welcome(person, address))
    return person


def _welcome(person: Person, address: str) -> None:
    text = render_to_string("accounts/email/welcome.txt", {"person": person, "address": address})
    EmailMessage("Your Sightline account", text, to=[person.email]).send()


def change_person(person: Person, version: int, changes: Mapping[str, Any], *, by: Person) -> None:
    """Change what is known of somebody; `ConflictError` where another did so meanwhile.

    With a new address they are signed out everywhere: it is what they sign in by.
    """
    _not_own(person, by)
    with transaction.atomic():
        save_changes(person, version, changes)
        if changes.get("email", person.email) != person.email:
            _end_sessions(person)


def close_account(person: Person, *, by: Person) -> None:
    """Let somebody no longer sign in, from this moment; their appointments end and stay on record."""
    _not_own(person, by)
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=False, version=F("version") + 1)
        _end_sessions(person)
        _revoke_secrets(person)
        for appointment in person.appointments.in_force():
            _end_now(appointment)
        person.appointments.filter(starts__gt=timezone.localdate()).update(
            ends=F("starts"), ended_at=timezone.now()
        )


def open_account(person: Person, *, by: Person) -> None:
    """Let somebody sign in again, without any role, token of the API or address of a calendar."""
    _not_own(person, by)
    with transaction.atomic():
        _revoke_secrets(person)  # earlier versions left the calendar's when they closed it
        Person.objects.filter(pk=person.pk).update(is_active=True, version=F("version") + 1)


def _revoke_secrets(person: Person) -> None:
    """Let nothing be good any longer by which a program or calendar reads in somebody's name."""
    for secrets in (person.api_tokens, person.calendar_addresses):
        secrets.filter(revoked_at=None).update(revoked_at=timezone.now())


def appoint(person: Person, *, by: Person, **about: Any) -> Appointment:
    """Appoint somebody to a role; `ValidationError` where it lacks what it reaches by."""
    _not_own(person, by)
    with transaction.atomic():
        # Two at once would else both find that there is no such appointment yet.
        Person.objects.select_for_update().get(pk=person.pk)
        appointment = Appointment(person=person, **about)
        appointment.full_clean()
        same = person.appointments.filter(
            role=appointment.role,
            team=appointment.team,
            locality=appointment.locality,
            ended_at=None,
            starts__lte=appointment.ends or date.max,
        ).exclude(ends__lt=appointment.starts)
        if same.exists():
            raise ValidationError({"role": "This person has this appointment already."})
        appointment.save()
    return appointment


def end_appointment(appointment: Appointment, last_day: date | None, *, by: Person) -> None:
    """End an appointment on its last day; at once where none is given."""
    _not_own(appointment.person, by)
    with transaction.atomic():
        current = Appointment.objects.select_for_update().get(pk=appointment.pk)
        if last_day is None:
            _end_now(current)
            return
        current.ends = last_day
        current.full_clean()
        current.save(update_fields=["ends"])


def _end_now(appointment: Appointment) -> None:
    today = timezone.localdate()
    if appointment.ended_at is None:
        appointment.ended_at = timezone.now()
        appointment.ends = max(today, appointment.starts)
        appointment.save(update_fields=["ends", "ended_at"])


def keep(row: models.Model, version: int, changes: Mapping[str, Any]) -> None:
    """Change an agency, team or locality; `ConflictError` where another did so meanwhile."""
    save_changes(row, version, changes)


def remove(row: models.Model) -> None:
    """Remove an agency, team or locality that nothing refers to; `ProtectedError` where something does."""
    with transaction.atomic():
        row.delete()


def sign_out_everywhere(person: Person) -> None:
    """End every session of a person, on whatever machine."""
    with transaction.atomic():
        _end_sessions(person)
        record(Verb.SIGN_OUT, "person", person.pk, after={"where": "everywhere"})


def _end_sessions(person: AbstractBaseUser) -> None:
    Person.objects.filter(pk=person.pk).update(session_number=F("session_number") + 1)


def discard_draft(draft: Draft) -> None:
    """Throw away what somebody had typed."""
    draft.delete()


def _not_own(person: Person, by: Person) -> None:
    if person.pk == by.pk:
        raise OwnAccountError(OWN)
