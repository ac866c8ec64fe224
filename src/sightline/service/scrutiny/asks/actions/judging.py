"""What people judge of an ask: its colour where dates do not tell all, and what came of it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError, save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.asks.actions.steps import NotYoursError
from sightline.service.scrutiny.asks.standing import evidence
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import Ask, Impact


def judge(ask: Ask, version: int, level: str, why: str, *, by: Person) -> None:
    """Set the colour of an ask by judgement, with the reason; an empty level leaves it to the dates.

    `ValidationError` for green without evidence, or without a reason; `ConflictError` as elsewhere.
    """
    if not may_keep(by, ask.committee):
        raise NotYoursError("A colour is set by whoever keeps the committee.")
    why = why.strip()
    if level and not why:
        raise ValidationError({"why": "Say why."})
    if level == "green" and not evidence().filter(ask=ask).exists():
        raise ValidationError(
            {"level": "Nothing is green without evidence: no reply was sent that shows anything."}
        )
    changes = {
        "rag_override": level,
        "rag_because": why if level else "",
        "rag_by": by if level else None,
    }
    with transaction.atomic(), because(why or "left to dates and replies"):
        save_changes(ask, version, changes)
        ask.refresh_from_db()


def record_impact(
    ask: Ask, version: int | None, said: Mapping[str, Any], *, by: Person | None
) -> Impact:
    """Say what came of an ask; `version` is that of what stands, None where nothing does.

    That no impact was found is an answer. `ValidationError` where something changed and it is not said
    what; `ConflictError` where another wrote meanwhile.
    """
    if by is not None and not may_keep(by, ask.committee):
        raise NotYoursError("What came of a request is recorded by whoever keeps the committee.")
    if said["found"] == Impact.Found.YES and not str(said.get("change", "")).strip():
        raise ValidationError({"change": "Say what changed."})
    if version is not None:
        impact = Impact.objects.get(ask=ask)
        save_changes(impact, version, {**said, "by": by})
        impact.refresh_from_db()
        return impact
    try:
        with transaction.atomic():
            return Impact.objects.create(ask=ask, by=by, **said)
    except IntegrityError:
        raise ConflictError(Impact.objects.get(ask=ask)) from None
