"""Who was there, what they declared, and when they were out of the room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sightline.service.accounts.versions import ConflictError, save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.models import (
    Attendance,
    Declaration,
    InterestKind,
    Item,
    Meeting,
    Member,
)

_TAKEN_AT = (Meeting.State.OPEN, Meeting.State.HELD, Meeting.State.INQUORATE)
Status = Attendance.Status
_THERE = (Status.PRESENT, Status.REMOTE)


@dataclass(frozen=True)
class Attended:
    """What is taken of one member. `status` is empty while nothing is known; `version` 0 for a new row."""

    member: Member
    capacity: str
    status: str
    came_at: time | None = None
    left_at: time | None = None
    substitute_for: str = ""
    version: int = 0


def take_attendance(meeting: Meeting, entries: Sequence[Attended]) -> None:
    """Write who is there, all at once. Emptied, a row that was taken by mistake goes.

    `ConflictError` where somebody else took one of them meanwhile, otherwise than given here.
    """
    with transaction.atomic():
        _takes(meeting)
        there = {
            row.member_id: row
            for row in Attendance.objects.filter(meeting=meeting).exclude(member=None)
        }
        for each in entries:
            _check_times(each.status, each.came_at, each.left_at, str(each.member))
            values = {
                "name": each.member.name,
                "capacity": each.capacity,
                "status": each.status,
                "came_at": each.came_at,
                "left_at": each.left_at,
                "substitute_for": each.substitute_for,
            }
            row = there.get(each.member.pk)
            if row is None:
                if each.version:
                    raise ValidationError(
                        f"What was taken of {each.member} has been removed meanwhile."
                    )
                if each.status:
                    Attendance.objects.create(meeting=meeting, member=each.member, **values)
                continue
            if all(getattr(row, name) == value for name, value in values.items()):
                continue
            if row.version != each.version:
                raise ConflictError(row)
            if each.status:
                save_changes(row, each.version, values)
            else:
                row.delete()


def add_attendee(
    meeting: Meeting,
    *,
    name: str = "",
    member: Member | None = None,
    capacity: str,
    status: str = Status.PRESENT,
    post: str = "",
    substitute_for: str = "",
    came_at: time | None = None,
    left_at: time | None = None,
) -> Attendance:
    """Write somebody more who was there: a substitute, another councillor, an officer, somebody invited."""
    with transaction.atomic():
        _takes(meeting)
        shown = name.strip() or (member.name if member else "")
        if not shown:
            raise ValidationError({"name": "Give a name, or choose a member."})
        if capacity == Attendance.Capacity.SUBSTITUTE and not substitute_for:
            raise ValidationError({"substitute_for": "Say in whose place the substitute came."})
        own = Attendance.objects.filter(meeting=meeting)
        if (member and own.filter(member=member).exists()) or own.filter(name=shown).exists():
            raise ValidationError({"name": f"{shown} is on the list already."})
        _check_times(status, came_at, left_at, shown)
        row = Attendance(
            meeting=meeting,
            name=shown,
            member=member,
            capacity=capacity,
            status=status,
            post=post,
            substitute_for=substitute_for,
            came_at=came_at,
            left_at=left_at,
        )
        row.full_clean()
        row.save(force_insert=True)
    return row


def correct_attendance(row: Attendance, version: int, changes: Mapping[str, Any], why: str) -> None:
    """Correct what was taken, also once the minutes are confirmed, with the reason."""
    if not why.strip():
        raise ValidationError({"corrected_because": "Say why it is corrected."})
    values = {"status": row.status, "came_at": row.came_at, "left_at": row.left_at, **changes}
    _check_times(values["status"], values["came_at"], values["left_at"], row.name)
    with transaction.atomic(), because(why):
        save_changes(row, version, {**changes, "corrected_because": why.strip()})


def declare(
    meeting: Meeting,
    *,
    name: str = "",
    member: Member | None = None,
    kind: InterestKind | None = None,
    nature: str = "",
    item: Item | None = None,
    is_party_whip: bool = False,
) -> Declaration:
    """Write that somebody declared an interest, or a party whip, in an item of the meeting."""
    with transaction.atomic():
        _takes(meeting)
        shown = name.strip() or (member.name if member else "")
        if not shown:
            raise ValidationError({"name": "Say who declared it."})
        if not is_party_whip and kind is None:
            raise ValidationError({"kind": "Say what kind of interest it is."})
        if item and item.meeting_id != meeting.pk:
            raise ValidationError({"item": "This item is of another meeting."})
        declaration = Declaration(
            meeting=meeting,
            name=shown,
            member=member,
            kind=None if is_party_whip else kind,
            nature=nature.strip(),
            item=item,
            cited=item.number if item else "",
            is_party_whip=is_party_whip,
        )
        declaration.full_clean()
        declaration.save(force_insert=True)
    return declaration


def record_leaving(
    declaration: Declaration,
    version: int,
    *,
    left: bool | None,
    left_at: time | None = None,
    returned_at: time | None = None,
) -> None:
    """Write whether somebody left the room for the item they had declared, when, and when they returned."""
    if not left and (left_at or returned_at):
        raise ValidationError({"left": "Say that the member left, or give no times."})
    if returned_at and not left_at:
        raise ValidationError({"left_at": "Give the time of leaving with that of the return."})
    if left_at and returned_at and returned_at <= left_at:
        raise ValidationError({"returned_at": "The return must be after the leaving."})
    with transaction.atomic():
        _takes(declaration.meeting)
        changes = {"left": left, "left_at": left_at, "returned_at": returned_at}
        save_changes(declaration, version, changes)


def _takes(meeting: Meeting) -> None:
    stands = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stands.state not in _TAKEN_AT:
        raise ValidationError("Attendance is taken once the meeting is open.")
    if stands.minutes_state in (Meeting.MinutesState.CONFIRMED, Meeting.MinutesState.SIGNED):
        raise ValidationError(
            "The minutes are confirmed: correct one entry of the attendance, with a reason."
        )


def _check_times(status: str, came: time | None, left: time | None, who: str) -> None:
    if (came or left) and status not in _THERE:
        raise ValidationError(f"{who}: give times only for somebody who was there.")
    if came and left and left <= came:
        raise ValidationError(f"{who} must leave after they came.")
