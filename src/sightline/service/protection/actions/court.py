"""Pre-proceedings: begun, the letter, meetings, reviews; stepped down or taken to court; the final order.

Whether a child's case goes to court is decided by somebody above it who has never had it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.actions.need import begin_in
from sightline.service.protection.actions.steps import (
    move,
    need_begin,
    need_step,
    need_text,
    write,
)
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import CourtMeeting, PreProceedings, Referral
from sightline.service.protection.states import PRE_PROCEEDINGS

AFTER = (
    (stepping.PROTECTION_PLAN, "The child protection plan goes on"),
    (stepping.NEED_PLAN, "A child in need plan"),
    (stepping.EARLY_HELP, "Early help"),
    (stepping.OTHER, "Something else, as the reason says"),
)
"""What the child has where pre-proceedings step down."""
INTO_CARE = (PreProceedings.Order.CARE, PreProceedings.Order.PLACEMENT)
"""Orders by which a child is in care."""
IN_LETTER = {
    "worries": "Write what you are worried about",
    "must_change": "Write what must change, and by when",
    "support": "Write what help you give",
    "child_view": "Write what the child says; where it is not known, say so",
    "parent_view": "Write what the parents say; where it is not known, say so",
}
"""What a letter before proceedings needs, with what is said where it is not there."""
_Kind, _Outcome = CourtMeeting.Kind, PreProceedings.Outcome
_NOT_LATER = "The day must not be after today"


def begin_pre_proceedings(
    referral: Referral, decided_on: date, rationale: str, *, by: Person
) -> PreProceedings:
    """Decide that pre-proceedings begin, and why; the letter is then the worker's to write."""
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    if decided_on > timezone.localdate():
        raise IncompleteError(_NOT_LATER, "decided_on")
    with transaction.atomic(), because(rationale):
        need_begin(PRE_PROCEEDINGS, "begin pre-proceedings", referral, by)
        if not referral.assessments.exclude(authorised_at=None).exists():
            raise IncompleteError("First an assessment has to be authorised.")
        try:
            with transaction.atomic():
                return PreProceedings.objects.create(
                    referral=referral,
                    decided_on=decided_on,
                    decided_by=by,
                    decided_because=rationale,
                )
        except IntegrityError:
            raise StepError(
                "Pre-proceedings or care proceedings are open already. Nothing was changed."
            ) from None


def write_letter(
    row: PreProceedings, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change what the letter before proceedings says; `ConflictError` where another did meanwhile."""
    with transaction.atomic():
        write("write letter", row, by, version, changes)


def send_letter(row: PreProceedings, version: int, letter_on: date, *, by: Person) -> None:
    """Say that the letter, as it was read, was sent on a day; `IncompleteError` says what it lacks."""
    for name, said in IN_LETTER.items():
        need_text(getattr(row, name), f"{said}, in the letter.")
    _need_day(row, letter_on, "letter_on")
    with transaction.atomic():
        move("send letter", row, by, version, letter_on=letter_on)


def offer_family_meeting(
    row: PreProceedings, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Say whether a family group meeting was offered, and when it was held; where none was, why.

    `ConflictError` where another changed it meanwhile.
    """
    offered, held_on = changes["family_meeting_offered"], changes["family_meeting_on"]
    if offered is None:
        raise IncompleteError("Select whether one was offered", "family_meeting_offered")
    if not offered:
        need_text(
            changes["family_meeting_why_not"], "Say why none was offered", "family_meeting_why_not"
        )
    if held_on:
        if not offered:
            raise IncompleteError("One that was held was offered too", "family_meeting_offered")
        _need_day(row, held_on, "family_meeting_on")
    with transaction.atomic():
        kept = "" if offered else changes["family_meeting_why_not"]
        write(
            "offer family meeting",
            row,
            by,
            version,
            {**changes, "family_meeting_why_not": kept},
        )


def record_meeting(
    row: PreProceedings, *, kind: str, held_on: date, present: str, agreed: str, by: Person
) -> CourtMeeting:
    """Put a meeting or a hearing on record: who came, and what was agreed or ordered."""
    need_text(agreed, "Write what was agreed or ordered", "agreed")
    _need_day(row, held_on, "held_on")
    if kind not in (_Kind.MEETING, _Kind.FAMILY, _Kind.HEARING):
        raise IncompleteError("Select which meeting it was", "kind")
    with transaction.atomic():
        # Locked, so that it does not go to court, or end, meanwhile.
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        need_step("record meeting", now, by)
        if kind == _Kind.HEARING and now.application_on is None:
            raise IncompleteError("There is no hearing before the application to court", "kind")
        if kind != _Kind.HEARING and now.application_on is not None:
            raise IncompleteError("After the application to court there are hearings", "kind")
        if now.meetings.filter(kind=kind, held_on=held_on).exists():
            raise StepError("This meeting is on record already. Nothing was changed.")
        if kind == _Kind.FAMILY:
            PreProceedings.objects.filter(pk=now.pk).update(
                family_meeting_offered=True,
                family_meeting_why_not="",
                family_meeting_on=held_on,
                version=F("version") + 1,
            )
        return CourtMeeting.objects.create(
            pre_proceedings=now, kind=kind, held_on=held_on, present=present, agreed=agreed, by=by
        )


def review_due(row: PreProceedings) -> date | None:
    """Give the day by which pre-proceedings are to be reviewed, from their beginning or last review."""
    last = row.meetings.filter(kind=_Kind.REVIEW).order_by("-held_on").first()
    return due_day("PLO-16", last.held_on if last else row.decided_on)


def review_pre_proceedings(
    row: PreProceedings,
    version: int,
    *,
    held_on: date,
    present: str,
    agreed: str,
    late_because: str = "",
    by: Person,
) -> CourtMeeting:
    """Put a review on record: why it goes on, until when; the next is due by its clock.

    Whoever has the case does not review it. Of two at once one is taken.
    """
    need_text(agreed, "Write what was decided, and why", "agreed")
    _need_day(row, held_on, "held_on")
    due = review_due(row)
    late = due is not None and held_on > due
    if late:
        need_text(late_because, "The review was late: say why", "late_because")
    with transaction.atomic(), because(agreed):
        move("review pre-proceedings", row, by, version)
        return CourtMeeting.objects.create(
            pre_proceedings=row,
            kind=_Kind.REVIEW,
            held_on=held_on,
            present=present,
            agreed=agreed,
            late_because=late_because if late else "",
            by=by,
        )


def step_down(
    row: PreProceedings, version: int, *, stepped_to: str, rationale: str, by: Person
) -> None:
    """End pre-proceedings without court, and say what the child has instead and why.

    A child in need plan begins where one is chosen and none is open.
    """
    if stepped_to not in dict(AFTER):
        raise IncompleteError("Select what the child has instead", "stepped_to")
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    today = timezone.localdate()
    with transaction.atomic(), because(rationale):
        move(
            "step down",
            row,
            by,
            version,
            outcome=_Outcome.STEPPED_DOWN,
            outcome_on=today,
            outcome_by=by,
            outcome_because=rationale,
            stepped_to=stepped_to,
            ended_on=today,
        )
        on_plan = row.referral.plans.filter(ends=None).exists()
        if stepped_to == stepping.PROTECTION_PLAN and not on_plan:
            raise IncompleteError("No child protection plan is open", "stepped_to")
        if stepped_to != stepping.PROTECTION_PLAN and on_plan:
            raise IncompleteError(
                "A child protection plan is open: it goes on until a conference ends it",
                "stepped_to",
            )
        if (
            stepped_to == stepping.NEED_PLAN
            and not row.referral.need_plans.filter(ends=None).exists()
        ):
            begin_in(row.referral, today, stepped_from=stepping.BEFORE_COURT)


def apply_to_court(
    row: PreProceedings, version: int, *, application_on: date, rationale: str, by: Person
) -> None:
    """Decide that an application is made to court, and why; the 26 weeks run from its day."""
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    _need_day(row, application_on, "application_on")
    with transaction.atomic(), because(rationale):
        move(
            "apply to court",
            row,
            by,
            version,
            outcome=_Outcome.PROCEEDINGS,
            outcome_on=application_on,
            outcome_by=by,
            outcome_because=rationale,
            application_on=application_on,
        )


def record_order(
    row: PreProceedings, version: int, *, order_on: date, order: str, order_said: str, by: Person
) -> None:
    """Put the final order of the court on record, which ends the proceedings."""
    if order not in PreProceedings.Order.values:
        raise IncompleteError("Select what the court decided", "order")
    if order == PreProceedings.Order.OTHER:
        need_text(order_said, "Write which order it is", "order_said")
    began = row.application_on or row.decided_on
    if not began <= order_on <= timezone.localdate():
        raise IncompleteError(
            "The day must be after the application, and not after today", "order_on"
        )
    with transaction.atomic():
        move(
            "record order",
            row,
            by,
            version,
            order_on=order_on,
            order=order,
            order_said=order_said,
            stepped_to=stepping.CARE if order in INTO_CARE else "",
            ended_on=order_on,
        )


def _need_day(row: PreProceedings, day: date, field: str) -> None:
    if not row.decided_on <= day <= timezone.localdate():
        raise IncompleteError(
            "The day must be after pre-proceedings began, and not after today", field
        )
