"""Meetings before court, reviews and hearings: booked, held, called off, corrected."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.actions.court import corrected, need_day
from sightline.service.protection.actions.steps import move, need_step, need_text, write
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import CourtMeeting, PreProceedings

_Kind = CourtMeeting.Kind
MET = (_Kind.MEETING, _Kind.FAMILY, _Kind.HEARING)
"""What is booked and recorded by whoever works with the case; a review is a manager's."""
_MOST_MONTHS = 24
"""For how many months more than its day a hearing may give time: what is longer is a year mistyped."""


def book_meeting(
    row: PreProceedings, *, kind: str, booked_for: datetime, place: str, by: Person
) -> CourtMeeting:
    """Book a meeting or a hearing: it is on the list, and in the calendar at its hour."""
    _need_to_come(booked_for)
    with transaction.atomic():
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        need_step("book meeting", now, by)
        _need_kind(now, kind, timezone.localdate(booked_for), "day")
        if now.meetings.filter(
            kind=kind, booked_for=booked_for, held_on=None, called_off_because=""
        ).exists():
            raise StepError("This meeting is booked already. Nothing was changed.")
        return CourtMeeting.objects.create(
            pre_proceedings=now, kind=kind, booked_for=booked_for, place=place, by=by
        )


def move_meeting(
    meeting: CourtMeeting, version: int, *, booked_for: datetime, place: str, by: Person
) -> None:
    """Change for when and where a meeting is booked; `ConflictError` where another did meanwhile."""
    _need_to_come(booked_for)
    with transaction.atomic():
        now = PreProceedings.objects.select_for_update().get(pk=meeting.pre_proceedings_id)
        _need_kind(now, meeting.kind, timezone.localdate(booked_for), "day")
        changes = {"booked_for": booked_for, "place": place}
        write("move meeting", meeting, by, version, changes)


def call_off_meeting(meeting: CourtMeeting, version: int, reason: str, *, by: Person) -> None:
    """Say that a meeting that was booked is not held, and why."""
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        move("call off meeting", meeting, by, version, called_off_because=reason)


def record_meeting(
    row: PreProceedings,
    *,
    kind: str,
    held_on: date,
    present: str,
    agreed: str,
    extended_until: date | None = None,
    extended_because: str = "",
    by: Person,
) -> CourtMeeting:
    """Put a meeting or a hearing that was not booked on record: who came, and what was agreed or ordered."""
    with transaction.atomic():
        # Locked, so that it does not end meanwhile, nor the application be taken back.
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        need_step("record meeting", now, by)
        said = {
            "kind": kind,
            "held_on": held_on,
            "present": present,
            "agreed": agreed,
            "extended_until": extended_until,
            "extended_because": extended_because,
        }
        _need_whole(now, said)
        if now.meetings.filter(kind=kind, held_on=held_on).exists():
            raise StepError("This meeting is on record already. Nothing was changed.")
        found = CourtMeeting.objects.create(pre_proceedings=now, **said, by=by)
        _note_family(now, now.family_meeting_on, kind)
        return found


def hold_meeting(
    meeting: CourtMeeting, version: int, said: Mapping[str, Any], *, by: Person
) -> None:
    """Put on record what a meeting that was booked agreed, or a hearing ordered; `said` are its columns."""
    with transaction.atomic():
        now = PreProceedings.objects.select_for_update().get(pk=meeting.pre_proceedings_id)
        _need_whole(now, {**said, "kind": meeting.kind})
        move("hold meeting", meeting, by, version, **said)
        CourtMeeting.objects.filter(pk=meeting.pk).update(by=by)
        _note_family(now, now.family_meeting_on, meeting.kind)


def correct_meeting(
    meeting: CourtMeeting, version: int, said: Mapping[str, Any], *, because_of: str, by: Person
) -> None:
    """Correct what is on record of a meeting or hearing, and say why; `ConflictError` as elsewhere."""
    with transaction.atomic(), because(because_of):
        now = PreProceedings.objects.select_for_update().get(pk=meeting.pre_proceedings_id)
        _need_whole(now, said, meeting)
        changes = {**said, **corrected(because_of, by)}
        write("correct meeting", meeting, by, version, changes)
        # A day that was entered stays, unless it was that of this meeting.
        entered = now.family_meeting_on
        was_this = meeting.kind == _Kind.FAMILY and entered == meeting.held_on
        _note_family(now, None if was_this else entered, meeting.kind, said["kind"])


def correct_review(
    meeting: CourtMeeting, version: int, said: Mapping[str, Any], *, because_of: str, by: Person
) -> None:
    """Correct what is on record of a review, and say why; the next is due by the day it was held."""
    need_text(said["agreed"], "Write what was decided, and why", "agreed")
    with transaction.atomic(), because(because_of):
        now = PreProceedings.objects.select_for_update().get(pk=meeting.pre_proceedings_id)
        need_day(now, said["held_on"], "held_on")
        others = now.meetings.filter(kind=_Kind.REVIEW, held_on__lt=said["held_on"])
        before = others.exclude(pk=meeting.pk).order_by("-held_on").first()
        due = due_day("PLO-16", (before.held_on if before else None) or now.decided_on)
        late = due is not None and said["held_on"] > due
        if late:
            need_text(said["late_because"], "The review was late: say why", "late_because")
        kept = {**said, "late_because": said["late_because"] if late else ""}
        write("correct review", meeting, by, version, {**kept, **corrected(because_of, by)})


def _need_to_come(booked_for: datetime) -> None:
    if booked_for < timezone.now():
        raise IncompleteError("It is past: record it as held", "day")


def _need_kind(row: PreProceedings, kind: str, day: date, field: str) -> None:
    """Go on only where a meeting of a kind can be on a day: a hearing after the application to court, and
    nothing after the end.
    """
    if kind not in MET:
        raise IncompleteError("Select which meeting it was", "kind")
    applied, ended = row.application_on, row.ended_on
    if kind == _Kind.HEARING and (applied is None or day < applied):
        raise IncompleteError("There is no hearing before the application to court", field)
    if ended is not None and day > ended:
        said = f"They ended on {ended:%-d %B %Y}: no meeting or hearing was after that"
        raise IncompleteError(said, field)


def _need_whole(
    row: PreProceedings, said: Mapping[str, Any], was: CourtMeeting | None = None
) -> None:
    """Go on only where what is said of a meeting is whole; which and when, where that changes."""
    need_text(said["agreed"], "Write what was agreed or ordered", "agreed")
    need_day(row, said["held_on"], "held_on")
    if was is None or (was.kind, was.held_on) != (said["kind"], said["held_on"]):
        _need_kind(row, said["kind"], said["held_on"], "held_on")
    until = said["extended_until"]
    if until is None:
        return
    if said["kind"] != _Kind.HEARING:
        raise IncompleteError("Only at a hearing the court gives more time", "extended_until")
    if not said["held_on"] < until <= add_months(said["held_on"], _MOST_MONTHS):
        said_so = f"The day must be after the hearing, and within {_MOST_MONTHS // 12} years of it"
        raise IncompleteError(said_so, "extended_until")
    need_text(said["extended_because"], "Say why the court gave more time", "extended_because")


def _note_family(row: PreProceedings, entered: date | None, *kinds: str) -> None:
    """Have it be known when the family group met last, where a meeting of these kinds was one; `entered` is
    the day that was known of beside them.
    """
    if _Kind.FAMILY not in kinds:
        return
    held = row.meetings.filter(kind=_Kind.FAMILY).aggregate(last=Max("held_on"))["last"]
    last = max(filter(None, (held, entered)), default=None)
    offered = {"family_meeting_offered": True, "family_meeting_why_not": ""} if last else {}
    PreProceedings.objects.filter(pk=row.pk).update(
        **offered,
        family_meeting_on=last,
        version=F("version") + 1,
    )
