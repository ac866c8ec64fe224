"""Visits. One at which the child was not seen is on record too, and stops no clock."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.actions.steps import need_begin, need_text, write
from sightline.service.protection.models import Referral, Visit
from sightline.service.protection.states import VISIT


def record_visit(referral: Referral, seen: Mapping[str, Any], *, by: Person) -> Visit:
    """Put a visit on record, by whoever made it; `seen` are the columns of `Visit`."""
    _need_whole(seen)
    with transaction.atomic():
        need_begin(VISIT, "record visit", referral, by)
        if referral.visits.filter(by=by, made_at=seen["made_at"]).exists():
            raise StepError("You have recorded this visit already. Nothing was changed.")
        return Visit.objects.create(referral=referral, by=by, **seen)


def correct_visit(
    visit: Visit, version: int, seen: Mapping[str, Any], *, because_of: str, by: Person
) -> None:
    """Correct what is recorded of a visit, and say why; `ConflictError` where another did meanwhile."""
    _need_whole(seen)
    need_text(because_of, "Say why it is corrected", "corrected_because")
    corrected = {
        "corrected_by": by,
        "corrected_at": timezone.now(),
        "corrected_because": because_of,
    }
    with transaction.atomic(), because(because_of):
        write("correct visit", visit, by, version, {**seen, **corrected})


def seen_under(referral: Referral, pathway: Visit.Pathway) -> QuerySet[Visit]:
    """Give the visits of a case that are work under a kind of plan: one without the child is none."""
    return referral.visits.filter(pathway=pathway, seen=True)


def _need_whole(seen: Mapping[str, Any]) -> None:
    if seen["made_at"] > timezone.now():
        raise IncompleteError("A visit must not be in the future", "day")
    if not seen["seen"]:
        need_text(seen["why_not"], "Say why the child was not seen", "why_not")
        if seen["seen_alone"]:
            raise IncompleteError("The child cannot be seen alone and not be seen", "seen_alone")
        return
    if seen["seen_alone"] is None:
        raise IncompleteError("Select whether the child was seen alone", "seen_alone")
    if not seen["seen_alone"]:
        need_text(seen["why_not"], "Say why the child was not seen alone", "why_not")
    if seen["bedroom_seen"] is None:
        raise IncompleteError("Select whether the bedroom was seen", "bedroom_seen")
    need_text(
        seen["own_words"],
        "Write what the child said or did; of a baby, what you saw",
        "own_words",
    )
