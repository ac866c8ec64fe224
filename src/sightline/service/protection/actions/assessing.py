"""An assessment is written, submitted by the worker, and authorised by another, who says why."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.actions.steps import move, need_begin, need_text, write
from sightline.service.protection.clocks import assessment_began, is_late
from sightline.service.protection.models import Assessment, Referral
from sightline.service.protection.states import ASSESSMENT


def begin_assessment(referral: Referral, *, by: Person) -> Assessment:
    """Begin an assessment; `StepError` where one is not authorised yet."""
    with transaction.atomic():
        need_begin(ASSESSMENT, "begin assessment", referral, by)
        if referral.assessments.filter(authorised_at=None).exists():
            raise StepError("An assessment is being written already. Nothing was changed.")
        made = Assessment.objects.create(referral=referral, written_by=by, began_at=timezone.now())
        made.writers.add(by)
        return made


def write_assessment(
    assessment: Assessment, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change what is written; `ConflictError` where another did meanwhile."""
    with transaction.atomic():
        write("write assessment", assessment, by, version, {**changes, "written_by": by})
        assessment.writers.add(by)


def submit_assessment(assessment: Assessment, *, version: int | None = None, by: Person) -> None:
    """Hand an assessment in, as it was read; `IncompleteError` says what it lacks."""
    version = assessment.version if version is None else version
    need_text(
        assessment.referral.primary_need,
        "First say what the case is about, on its page: its primary need is not said yet.",
    )
    if assessment.child_seen is None:
        raise IncompleteError("Say whether the child was seen.")
    need_text(
        assessment.child_view, "Write what the child says; where it is not known, say so and why."
    )
    need_text(
        assessment.parent_view, "Write what the parents say; where it is not known, say so and why."
    )
    need_text(assessment.judgement, "Write your professional judgement.")
    need_text(assessment.factors, "Choose the factors, or that none was identified.")
    need_text(assessment.outcome, "Choose what follows from the assessment.")
    now = timezone.now()
    began = assessment_began(assessment)
    if is_late("ASM-45", began, now):
        need_text(assessment.late_reason, "The assessment is late: choose the reason why.")
    with transaction.atomic():
        move("submit assessment", assessment, by, version, submitted_at=now)


def return_assessment(assessment: Assessment, version: int, rationale: str, *, by: Person) -> None:
    """Give an assessment back to be written further, with what is missing."""
    need_text(rationale, "Say why", "rationale")
    with transaction.atomic(), because(rationale):
        move(
            "return assessment",
            assessment,
            by,
            version,
            submitted_at=None,
            returned_because=rationale,
        )


def authorise_assessment(
    assessment: Assessment, version: int, rationale: str, *, late_reason: str = "", by: Person
) -> None:
    """Authorise an assessment as it was read, with the rationale; nobody does so with their own.

    Its clock ends only now: late without a reason given before, it needs one, which is kept with it.
    """
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    if is_unexplained(assessment) and late_reason not in Assessment.LateReason.values:
        raise IncompleteError("The assessment is late: select the reason", "late_reason")
    with transaction.atomic(), because(rationale):
        move(
            "authorise assessment",
            assessment,
            by,
            version,
            authorised_at=timezone.now(),
            authorised_by=by,
            authorised_because=rationale,
            late_reason=late_reason if is_unexplained(assessment) else assessment.late_reason,
        )


def is_unexplained(assessment: Assessment) -> bool:
    """Whether an assessment is late by now, and nobody has said why."""
    began = assessment_began(assessment)
    return not assessment.late_reason and is_late("ASM-45", began, timezone.now())
