"""The one way in which anything here goes from a state to another; of two at once only one does."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.context import because
from sightline.service.children.models import KnownPerson
from sightline.service.missing.access import child_of, opened_of
from sightline.service.missing.models import (
    MissingEpisode,
    ProfileContribution,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.states import machine_of
from sightline.service.protection.states import Step, Who

OWN = "You had a part in this interview: it was given to you, or you held or wrote it. Another judges it."
ASIDE = "This episode was recorded in error. Nothing was changed."
OF_ANOTHER_AGENCY = "This is of another agency: only its own people change it."


def need_text(value: str, said: str, field: str = "") -> None:
    """Go on only where something was written."""
    if not value.strip():
        raise IncompleteError(said, field)


def need_who(who: Who, row: Model, by: Person) -> None:
    """Go on only if somebody may take a step of this kind with a row, or with a child as yet without one."""
    if said := why_not(who, row, by):
        raise NotAllowedError(said)


def why_not(who: Who, row: Model, by: Person) -> str:
    """Say why somebody may not take a step of this kind; empty where they may."""
    if isinstance(row, ProfileContribution):
        if not who.policy.allows(by):
            return f"This is done by {who.words}."
        return "" if row.agency_id == by.agency_id else OF_ANOTHER_AGENCY
    if not opened_of(by, child_of(row)).lets(by, who.policy, row):
        return f"This is done by {who.words}."
    return OWN if who.another and is_own(row, by) else ""


def is_own(row: Model, by: Person) -> bool:
    """Whether somebody had a part in an interview; for a list, `involved` is read beforehand."""
    return isinstance(row, ReturnInterview) and by.pk in {
        row.given_to_id,
        row.written_by_id,
        row.held_by_id,
        *(each.pk for each in row.involved.all()),
    }


def need_child(records: Sequence[KnownPerson], day: date, field: str, *, is_child: bool) -> None:
    """Go on only with somebody who was a child on a day; `is_child` says so of one without date of birth."""
    born = next((each.born for each in records if each.born), None)
    if born and day < born:
        raise IncompleteError(f"{records[0].name} was born on {born:%-d %B %Y}, after that", field)
    known = (each.is_adult(day) for each in records)
    adult = next((each for each in known if each is not None), None)
    if adult:
        raise IncompleteError(
            f"{records[0].name} was 18 or over then: only children are recorded", field
        )
    if adult is None and not is_child:
        raise IncompleteError("No date of birth is known: say that this is a child", "is_child")


def locked(child: KnownPerson) -> KnownPerson:
    """Give a child's record, locked: of two who begin at once the second sees what the first began."""
    return KnownPerson.objects.select_for_update().get(pk=child.pk)


def need_step(verb: str, row: Model, by: Person) -> Step:
    """Give the step of a verb for a row as it was read; `StepError` or `NotAllowedError` if none."""
    step = machine_of(row).step(verb, row)
    if step is None or is_aside(row):
        raise StepError(_stands(row))
    need_who(step.who, row, by)
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
        if machine_of(now).step(verb, now) is None or is_aside(now):
            raise StepError(_stands(now))
        raise ConflictError(now)


def set_aside(verb: str, row: MissingEpisode | Screening, reason: str, by: Person) -> None:
    """Say of a row that it was recorded in error, and why."""
    need_text(reason, "Say why it is an error", "reason")
    with transaction.atomic(), because(reason):
        said: dict[str, Any] = {"aside_at": timezone.now(), "aside_because": reason, "aside_by": by}
        move(verb, row, by, None, **said)
        # What it answered is to be answered again.
        row.concerns.filter(aside_at=None).update(**said)


def _written(step: Step, row: Model, version: int | None, changes: Mapping[str, Any]) -> bool:
    model = type(row)
    before = machine_of(row).state(step.before).condition(model)
    found = model._default_manager.filter(before, pk=row.pk)
    if model is ReturnInterview:
        # Not by a join: the state of the row itself is asked for again once another's change is through.
        aside = MissingEpisode.objects.filter(pk=OuterRef("episode"), aside_at__isnull=False)
        found = found.filter(~Exists(aside))
    if version is not None:
        found = found.filter(version=version)
    # One statement, so that of two at once only one finds the state.
    return bool(found.update(**changes, version=F("version") + 1))


def _now(row: Model) -> Model:
    return type(row)._default_manager.get(pk=row.pk)


def is_aside(row: Model) -> bool:
    """Whether an interview is of an episode that was recorded in error: no step is left of it."""
    return isinstance(row, ReturnInterview) and row.episode.aside_at is not None


def _stands(row: Model) -> str:
    if is_aside(row):
        return ASIDE
    label = machine_of(row).state_of(row).label
    return (
        f"Somebody has changed this meanwhile: it is now “{label}”. Nothing was changed by you; look at it "
        "again."
    )
