"""The one way in which anything of the pathway goes from a state to another; of two at once only one does."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Model

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.accounts.versions import ConflictError
from sightline.service.protection.access import case_of, referral_of, whose_work
from sightline.service.protection.models import Referral
from sightline.service.protection.states import Machine, Step, Who, machine_of

OWN = "This is your own work: another decides."
UNREGISTERED = "Only a registered social worker authorises work."


def need_text(value: str, said: str, field: str = "") -> None:
    """Go on only where something was written."""
    if not value.strip():
        raise IncompleteError(said, field)


def need_who(who: Who, referral: Referral, by: Person, row: Model | None = None) -> None:
    """Go on only if somebody may take a step of this kind; `NotAllowedError` says who may."""
    if not case_of(by, referral).lets(by, who.policy):
        raise NotAllowedError(f"This is done by {who.words}.")
    if who.registered and not by.registration:
        raise NotAllowedError(UNREGISTERED)
    if who.another and by.pk in whose_work(referral, row, ever=who.outside):
        raise NotAllowedError(OWN)


def need_begin(machine: Machine, verb: str, referral: Referral, by: Person) -> None:
    """Go on only if somebody may begin something in a referral, which must be open; within a transaction.

    The referral is locked, so that of two who begin at once the second sees what the first began.
    """
    step = next(each for each in machine.steps if each.verb == verb and not each.before)
    need_who(step.who, referral, by)
    if Referral.objects.select_for_update().get(pk=referral.pk).state != Referral.State.OPEN:
        raise StepError("This case is closed, or to be closed. Nothing was changed.")


def need_step(verb: str, row: Model, by: Person) -> Step:
    """Give the step of a verb for a row as it was read; `StepError` or `NotAllowedError` if none."""
    step = machine_of(row).step(verb, row)
    if step is None:
        raise StepError(_stands(row))
    need_who(step.who, referral_of(row), by, row)
    return step


def move(verb: str, row: Model, by: Person, version: int | None = None, **changes: Any) -> None:
    """Take a step, with changes of the row; within a transaction.

    `StepError` where another took it somewhere else meanwhile, or, with a `version`, changed it since it was
    read: nothing is written then.
    """
    step = need_step(verb, row, by)
    if not _written(step, row, version, changes):
        raise StepError(_stands(_now(row)))


def write(verb: str, row: Model, by: Person, version: int, changes: Mapping[str, Any]) -> None:
    """Write changes to a row of this version; `ConflictError` where it has another by now.

    `StepError` where it may no longer be written at all.
    """
    step = need_step(verb, row, by)
    if not _written(step, row, version, changes):
        now = _now(row)
        if machine_of(now).step(verb, now) is None:
            raise StepError(_stands(now))
        raise ConflictError(now)


def _written(step: Step, row: Model, version: int | None, changes: Mapping[str, Any]) -> bool:
    machine = machine_of(row)
    model = type(row)
    before = machine.state(step.before).condition(model)
    found = model._default_manager.filter(before, pk=row.pk)
    if version is not None:
        found = found.filter(version=version)
    # One statement, so that of two at once only one finds the state.
    return bool(found.update(**changes, version=F("version") + 1))


def _now(row: Model) -> Model:
    return type(row)._default_manager.get(pk=row.pk)


def _stands(row: Model) -> str:
    label = machine_of(row).state_of(row).label
    return (
        f"Somebody has changed this meanwhile: it is now “{label}”. Nothing was changed by you; look at it "
        "again."
    )
