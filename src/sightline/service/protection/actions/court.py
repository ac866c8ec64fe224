"""Pre-proceedings: begun, reviewed; stepped down or taken to court; the final order; corrections.

Whether a child's case goes to court is decided by somebody above it who has never had it.
"""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Min
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.actions.need import ENDED_THAT_DAY, begin_in, need_after_last
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
_Kind, _Outcome = CourtMeeting.Kind, PreProceedings.Outcome
_NOT_LATER = "The day must not be after today"
_ENDED = "Pre-proceedings or care proceedings have ended."
"""Why what was booked is called off as they end."""
_NO_APPLICATION = "The application to court is taken back."


def begin_pre_proceedings(
    referral: Referral, decided_on: date, rationale: str, *, by: Person
) -> PreProceedings:
    """Decide that pre-proceedings begin, and why; the letter is then the worker's to write."""
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    if decided_on > timezone.localdate():
        raise IncompleteError(_NOT_LATER, "decided_on")
    _need_received(referral, decided_on)
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


def _need_received(referral: Referral, decided_on: date) -> None:
    received = timezone.localdate(referral.received_at)
    if decided_on < received:
        said = f"The case was received on {received:%-d %B %Y}: it was not decided before"
        raise IncompleteError(said, "decided_on")


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
        need_day(row, held_on, "family_meeting_on")
    with transaction.atomic():
        kept = "" if offered else changes["family_meeting_why_not"]
        write(
            "offer family meeting",
            row,
            by,
            version,
            {**changes, "family_meeting_why_not": kept},
        )


def review_due(row: PreProceedings) -> date | None:
    """Give the day by which pre-proceedings are to be reviewed, from their beginning or last review."""
    last = row.meetings.filter(kind=_Kind.REVIEW).order_by("-held_on").first()
    return due_day("PLO-16", (last and last.held_on) or row.decided_on)


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
    need_day(row, held_on, "held_on")
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

    A child in need plan begins where one is chosen and none is open. A decision for court that was made
    before stays on record.
    """
    if stepped_to not in dict(AFTER):
        raise IncompleteError("Select what the child has instead", "stepped_to")
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    today = timezone.localdate()
    earlier: dict[str, Any] = {}
    if row.outcome == _Outcome.PROCEEDINGS:
        earlier = {
            "court_on": row.outcome_on,
            "court_by": row.outcome_by,
            "court_because": row.outcome_because,
        }
    with transaction.atomic(), because(rationale):
        move(
            "step down",
            row,
            by,
            version,
            **earlier,
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
            need_after_last(row.referral, today, ENDED_THAT_DAY, "stepped_to")
            begin_in(row.referral, today, stepped_from=stepping.BEFORE_COURT)
        _leave_meetings(row, today)


def decide_for_court(
    row: PreProceedings, version: int, *, decided_on: date, rationale: str, by: Person
) -> None:
    """Decide that an application is to be made to court, and why; it is then the worker's to make."""
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    need_day(row, decided_on, "decided_on")
    with transaction.atomic(), because(rationale):
        # Locked, so that no letter is sent meanwhile.
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        if (sent := _lettered(now)) and decided_on < sent:
            raise IncompleteError(
                f"A letter was sent on {sent:%-d %B %Y}: the day must not be before it. If the day of the "
                "letter is wrong, correct that first",
                "decided_on",
            )
        move(
            "decide for court",
            row,
            by,
            version,
            outcome=_Outcome.PROCEEDINGS,
            outcome_on=decided_on,
            outcome_by=by,
            outcome_because=rationale,
        )


def apply_to_court(row: PreProceedings, version: int, *, application_on: date, by: Person) -> None:
    """Say on which day the application that was decided on was made; the 26 weeks run from it."""
    if row.outcome_on and not row.outcome_on <= application_on <= timezone.localdate():
        raise IncompleteError(
            "The day must not be before the decision, nor after today", "application_on"
        )
    with transaction.atomic():
        move("apply to court", row, by, version, application_on=application_on)


def take_back_application(row: PreProceedings, version: int, reason: str, *, by: Person) -> None:
    """Say that no application was made, and why one was recorded: it is to be made, or the child steps down.

    Hearings that were booked are called off.
    """
    with transaction.atomic(), because(reason):
        # Locked, so that no hearing is put on record meanwhile.
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        need_step("take back application", now, by)
        if heard := _heard(now)[1]:
            raise IncompleteError(
                f"A hearing was held on {heard:%-d %B %Y}, so there was an application. If it was no "
                "hearing, correct on its page which meeting it was",
                "reason",
            )
        move(
            "take back application",
            row,
            by,
            version,
            application_on=None,
            **corrected(reason, by, "reason"),
        )
        _call_off(row, _NO_APPLICATION, kind=_Kind.HEARING)


def _heard(row: PreProceedings) -> tuple[date | None, date | None]:
    """Give the days of the first and of the last hearing that was held; None where none was."""
    found = row.meetings.filter(kind=_Kind.HEARING).aggregate(
        first=Min("held_on"), last=Max("held_on")
    )
    return found["first"], found["last"]


def _lettered(row: PreProceedings) -> date | None:
    """Give the day on which the last letter was sent; None where none was."""
    found: date | None = row.letters.aggregate(last=Max("sent_on"))["last"]
    return found


def record_order(
    row: PreProceedings, version: int, *, order_on: date, order: str, order_said: str, by: Person
) -> None:
    """Put the final order of the court on record, which ends the proceedings."""
    _need_order(order, order_said)
    if row.application_on and not row.application_on <= order_on <= timezone.localdate():
        raise IncompleteError(
            "The day must be after the application, and not after today", "order_on"
        )
    with transaction.atomic():
        # Locked, so that no hearing is put on record meanwhile.
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        if (heard := _heard(now)[1]) and order_on < heard:
            raise IncompleteError(
                f"A hearing was held on {heard:%-d %B %Y}: the day must not be before it. If the day of the "
                "hearing is wrong, correct that first",
                "order_on",
            )
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
        _leave_meetings(row, order_on)


def _need_order(order: str, order_said: str) -> None:
    if order not in PreProceedings.Order.values:
        raise IncompleteError("Select what the court decided", "order")
    if order == PreProceedings.Order.OTHER:
        need_text(order_said, "Write which order it is", "order_said")


def take_back_order(row: PreProceedings, version: int, reason: str, *, by: Person) -> None:
    """Say that no final order was made, and why one was recorded: the proceedings go on as they did.

    What was booked, and called off as they ended, is booked again.
    """
    with transaction.atomic(), because(reason):
        need_step("take back order", row, by)
        case = Referral.objects.select_for_update().get(pk=row.referral_id)
        if case.state != Referral.State.OPEN:
            raise StepError("This case is closed, or to be closed. Nothing was changed.")
        try:
            with transaction.atomic():
                move(
                    "take back order",
                    row,
                    by,
                    version,
                    order_on=None,
                    order="",
                    order_said="",
                    stepped_to="",
                    ended_on=None,
                    **corrected(reason, by, "reason"),
                )
        except IntegrityError:
            raise StepError(
                "Other pre-proceedings have begun in this case since. Nothing was changed."
            ) from None
        # What the order called off is to be held again, or, where its time is past, told what came of it.
        row.meetings.filter(held_on=None, called_off_because=_ENDED).update(
            called_off_because="", version=F("version") + 1
        )


def correct_pre_proceedings(
    row: PreProceedings, version: int, changes: Mapping[str, Any], *, because_of: str, by: Person
) -> None:
    """Correct the days of pre-proceedings, or the order of the court, and say why.

    `changes` are some of `decided_on`, `court_on`, `outcome_on`, `application_on`, `order_on`, `order` and
    `order_said`: those that are on record. `ConflictError` where another changed it meanwhile.
    """
    said: dict[str, Any] = {**changes}
    with transaction.atomic(), because(because_of):
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        _need_in_order(now, said)
        if "order" in said:
            _need_order(said["order"], said["order_said"])
            said["stepped_to"] = stepping.CARE if said["order"] in INTO_CARE else ""
            said["ended_on"] = said["order_on"]
        correction = corrected(because_of, by)
        write("correct pre-proceedings", row, by, version, {**said, **correction})


def _need_in_order(row: PreProceedings, said: Mapping[str, Any]) -> None:
    """Go on only where the days, as they would be, are one after the other."""
    _need_received(row.referral, said["decided_on"])
    met = row.meetings.exclude(kind=_Kind.HEARING).aggregate(first=Min("held_on"))
    first_heard, last_heard = _heard(row)
    court_on, outcome_on = (
        said.get(name, getattr(row, name)) for name in ("court_on", "outcome_on")
    )
    began = ("decided_on", "it began", said["decided_on"])
    for_court = ("court_on", "it was decided to go to court", court_on)
    outcome = ("outcome_on", "it was decided how it goes on", outcome_on)
    application = ("application_on", "the application was made", said.get("application_on"))
    order = ("order_on", "the court decided", said.get("order_on"))
    today = timezone.localdate()
    for chain in (
        [began, ("", "the first letter was sent", row.letter_on)],
        [began, ("", "the first meeting was held", met["first"])],
        [began, for_court, outcome, application, order],
        [application, ("", "the first hearing was held", first_heard)],
        [("", "the last hearing was held", last_heard), order],
        # As when a letter is put on record (`letters`).
        [("", "the last letter was sent", _lettered(row)), for_court if court_on else outcome],
    ):
        held = [(name, what, day) for name, what, day in chain if day is not None]
        for (name, first, day), (then_name, then, later) in pairwise(held):
            if day > later:
                on = f"{day:%-d %B %Y}"
                raise IncompleteError(
                    f"It cannot be that {then} before {first}, on {on}", then_name or name
                )
        for name, _, day in held:
            if day > today:
                raise IncompleteError(_NOT_LATER, name)


def corrected(because_of: str, by: Person, field: str = "corrected_because") -> dict[str, Any]:
    """Give the columns that say by whom something is corrected, when and why."""
    need_text(because_of, "Say why it is corrected", field)
    return {
        "corrected_by": by,
        "corrected_at": timezone.now(),
        "corrected_because": because_of,
    }


def _leave_meetings(row: PreProceedings, ended: date) -> None:
    """Call off what was to come, as pre-proceedings or proceedings end on a day; within a transaction.

    What was until then is told first: it is at a hearing that the final order is made.
    """
    waits = row.meetings.filter(held_on=None, called_off_because="")
    was = waits.filter(booked_for__lte=timezone.now(), booked_for__date__lte=ended).first()
    if was and was.booked_for:
        at = f"{timezone.localtime(was.booked_for):%-d %B %Y, %H:%M}"
        raise IncompleteError(
            f"{was.get_kind_display()} booked for {at}: first record what came of it, or call it off"
        )
    _call_off(row, _ENDED)


def _call_off(row: PreProceedings, why: str, **which: str) -> None:
    waits = row.meetings.filter(held_on=None, called_off_because="", **which)
    waits.update(called_off_because=why, version=F("version") + 1)


def need_day(row: PreProceedings, day: date, field: str) -> None:
    """Go on only for a day from the beginning of pre-proceedings until today."""
    if not row.decided_on <= day <= timezone.localdate():
        raise IncompleteError(
            "The day must be after pre-proceedings began, and not after today", field
        )
