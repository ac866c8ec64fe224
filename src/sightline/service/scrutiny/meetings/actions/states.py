"""How a meeting comes along: planned, called, opened, held; or cancelled, or not quorate."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from sightline.clocks.calendar import FIRST_DAY, LAST_DAY
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.asks.actions import reckon_next_meeting
from sightline.service.scrutiny.meetings.actions.minutes import number_items
from sightline.service.scrutiny.models import Committee, Meeting

State = Meeting.State


@transaction.atomic
def plan_meeting(
    committee: Committee, day: date, starts: time | None = None, venue: str = ""
) -> Meeting:
    """Plan a meeting of a committee; one a day and time."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    _check_day(committee, day)
    _check_alone(Meeting.objects.filter(committee=committee, day=day, starts=starts))
    meeting = Meeting(committee=committee, day=day, starts=starts, venue=venue)
    meeting.full_clean()
    meeting.save(force_insert=True)
    reckon_next_meeting(committee)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, version: int, changes: Mapping[str, Any]) -> None:
    """Change when and where a meeting is held. Once the agenda is out its day stays: cancel it instead."""
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    stands = Meeting.objects.get(pk=meeting.pk)
    day, starts = changes.get("day", stands.day), changes.get("starts", stands.starts)
    if day != stands.day:
        if stands.state != State.PLANNED:
            said = "The agenda is published for this day. Cancel the meeting and plan another."
            raise ValidationError({"day": said})
        _check_day(committee, day)
    if stands.state != State.CANCELLED and (day, starts) != (stands.day, stands.starts):
        others = Meeting.objects.filter(committee=committee, day=day, starts=starts)
        _check_alone(others.exclude(pk=stands.pk))
    save_changes(meeting, version, changes)
    reckon_next_meeting(committee)


def open_meeting(meeting: Meeting, chair: str) -> None:
    """Open a meeting whose agenda is published, with who presides; its items get their minute numbers."""
    with transaction.atomic():
        _move(meeting, (State.CALLED,), State.OPEN, chair=chair)
        number_items(meeting)


def close_meeting(meeting: Meeting, ended: time | None) -> None:
    """Say that a meeting was held, and when it ended, where that is known."""
    starts = meeting.starts
    if ended and starts and ended <= starts:
        raise ValidationError({"ended": "A meeting must end after it starts."})
    _move(meeting, (State.OPEN,), State.HELD, ended=ended)


def cancel_meeting(meeting: Meeting, why: str) -> None:
    """Cancel a meeting that has not begun. It counts in no statistics."""
    _is_not_held(meeting, (State.PLANNED, State.CALLED), State.CANCELLED, why)


def find_inquorate(meeting: Meeting, why: str) -> None:
    """Say that a meeting could not be held, or not go on, for want of a quorum."""
    _is_not_held(meeting, (State.CALLED, State.OPEN), State.INQUORATE, why)


def _is_not_held(meeting: Meeting, before: tuple[State, ...], after: State, why: str) -> None:
    with transaction.atomic(), because(why):
        _move(meeting, before, after, state_reason=why)
        # What was due at it is due at the next that is held.
        reckon_next_meeting(meeting.committee)


def _move(meeting: Meeting, before: tuple[State, ...], after: State, **more: Any) -> None:
    """Change the state in one statement, so that of two at once only one does it."""
    with transaction.atomic():
        moved = Meeting.objects.filter(pk=meeting.pk, state__in=before).update(
            state=after, version=F("version") + 1, **more
        )
    meeting.refresh_from_db()
    if not moved:
        states = " or ".join(f"“{State(each).label.lower()}”" for each in before)
        raise ValidationError(
            f"This meeting is “{meeting.get_state_display().lower()}”; only one that is {states} can become "
            f"“{after.label.lower()}”."
        )


def _check_alone(same: QuerySet[Meeting]) -> None:
    if there := same.exclude(state=State.CANCELLED).first():
        said = f"A meeting on {there.day:%-d %B %Y} at this time is kept already."
        raise ValidationError({"day": said})


def _check_day(committee: Committee, day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        said = f"The date must be between {FIRST_DAY:%-d %B %Y} and {LAST_DAY:%-d %B %Y}."
        raise ValidationError({"day": said})
    if committee.ended and day > committee.ended:
        said = f"The committee was abolished on {committee.ended:%-d %B %Y}."
        raise ValidationError({"day": said})
