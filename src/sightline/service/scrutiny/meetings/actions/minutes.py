"""Minutes: their numbers, what is written while the meeting goes on, confirmed and signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.scrutiny.asks.actions import make_ask, refer_by_minutes
from sightline.service.scrutiny.meetings.law import remote_counts
from sightline.service.scrutiny.meetings.numbers import next_numbers
from sightline.service.scrutiny.models import (
    Ask,
    Attendance,
    Committee,
    Item,
    Meeting,
    MinutesCorrection,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.numbering import running
from sightline.service.scrutiny.programme.actions import follow_up_of_minutes
from sightline.service.scrutiny.public.search import publish_texts

MinutesState = Meeting.MinutesState
WRITTEN_AT = (Meeting.State.OPEN, Meeting.State.HELD, Meeting.State.INQUORATE)
"""When minutes may be written."""


@transaction.atomic
def number_items(meeting: Meeting) -> None:
    """Give the items of a meeting their minute numbers, in order, after the last of the committee.

    Numbers that were given stay. But as long as nothing rests on them (no request cites them, no later
    meeting has numbers, the minutes are not confirmed), a new item amid the others moves those after it on.
    """
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    items = list(meeting.items.order_by("position", "pk"))
    begun = next_numbers(committee, len(items), besides=meeting)
    own = [item.running for item in items if item.running is not None]
    last = running(begun[0], committee.number_runs) if begun else None
    loose = (
        not Ask.objects.filter(item__meeting=meeting).exists()
        and meeting.minutes_state in (MinutesState.NONE, MinutesState.DRAFT)
        and (not own or last is None or min(own) >= last)
    )
    to_number = items if loose else [item for item in items if not item.number]
    numbers = begun if loose else next_numbers(committee, len(to_number))
    for item, number in zip(to_number, numbers, strict=False):
        item.number, item.running = number, running(number, committee.number_runs)
    Item.objects.bulk_update(to_number, ["number", "running"])
    refer_by_minutes(meeting)


def write_minute(item: Item, version: int, minute: str, *, public_summary: str = "") -> None:
    """Write what is minuted under an item, until the minutes are confirmed.

    `public_summary` is what the public reads of a private item.
    """
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        if meeting.state not in WRITTEN_AT:
            raise ValidationError("Minutes are written once the meeting is open.")
        _not_confirmed(meeting)
        changes: dict[str, Any] = {"minute": minute.strip()}
        if item.privacy != Privacy.PUBLIC:
            changes["public_summary"] = public_summary.strip()
        save_changes(item, version, changes)
        Meeting.objects.filter(pk=meeting.pk, minutes_state=MinutesState.NONE).update(
            minutes_state=MinutesState.DRAFT, version=F("version") + 1
        )


def mark_ask(item: Item, kind: str, text: str, *, by: Person | None = None, **more: Any) -> Ask:
    """Mark words of a minute as an ask: a resolution, a request, an undertaking.

    The words must stand in the minute as given, whatever the spaces between. `more` goes to `make_ask`.
    """
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        _not_confirmed(meeting)
        item = Item.objects.select_related("meeting__committee").get(pk=item.pk)
        words = " ".join(text.split())
        if not words or words not in " ".join(item.minute.split()):
            said = "These words do not stand in the minute. Save the minute first, and copy them exactly."
            raise ValidationError({"text": said})
        ask = make_ask(
            item,
            kind,
            text.strip(),
            committee=item.meeting.committee,
            by=by,
            privacy=item.privacy,
            **more,
        )
        if more.get("due_words"):
            follow_up_of_minutes(ask)
        return ask


@dataclass(frozen=True)
class Correction:
    """A change the committee made when it confirmed: of an item's words, or, without one, of the rest."""

    before: str
    after: str
    item: Item | None = None


def confirm_minutes(
    meeting: Meeting,
    at: Meeting | None = None,
    corrections: Sequence[Correction] = (),
    by: Person | None = None,
) -> None:
    """Say that a meeting's minutes were confirmed, at which meeting, and with which corrections.

    `at` is empty only where a source says that they were and not when. The words before a correction of an
    item must stand in its minute once. From then on the minutes are the public's.
    """
    with transaction.atomic():
        stands = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stands.minutes_state in (MinutesState.CONFIRMED, MinutesState.SIGNED):
            raise ValidationError("These minutes are confirmed already.")
        if stands.minutes_state == MinutesState.NONE:
            raise ValidationError("There are no minutes of this meeting to confirm.")
        if stands.state not in (Meeting.State.HELD, Meeting.State.INQUORATE):
            raise ValidationError("Minutes are confirmed once their meeting is over.")
        if at:
            _check_confirming(stands, at)
        for each in corrections:
            _correct(stands, each, at, by)
        Meeting.objects.filter(pk=stands.pk).update(
            minutes_state=MinutesState.CONFIRMED,
            confirmed_by=at,
            confirmed_at=timezone.now(),
            version=F("version") + 1,
        )
        meeting.refresh_from_db()
        publish_texts(meeting)


def sign_minutes(meeting: Meeting, by_name: str, on: date) -> None:
    """Say who signed confirmed minutes, presiding, and on which day."""
    if not by_name.strip():
        raise ValidationError({"by_name": "Say who signed the minutes."})
    if meeting.day and on < meeting.day:
        raise ValidationError({"on": "Minutes cannot be signed before their meeting."})
    at = meeting.confirmed_by
    if at and at.day and on < at.day:
        said = f"Minutes cannot be signed before they were confirmed, on {at.day:%-d %B %Y}."
        raise ValidationError({"on": said})
    if on > timezone.localdate():
        raise ValidationError({"on": "The day of signing cannot be in the future."})
    with transaction.atomic():
        signed = Meeting.objects.filter(pk=meeting.pk, minutes_state=MinutesState.CONFIRMED).update(
            minutes_state=MinutesState.SIGNED,
            signed_by=by_name.strip(),
            signed_on=on,
            version=F("version") + 1,
        )
    meeting.refresh_from_db()
    if not signed:
        raise ValidationError(
            "These minutes are signed already."
            if meeting.minutes_state == MinutesState.SIGNED
            else "Only confirmed minutes are signed."
        )


def _check_confirming(meeting: Meeting, at: Meeting) -> None:
    if at.pk == meeting.pk:
        raise ValidationError({"at": "A meeting cannot confirm its own minutes: a later one does."})
    if at.committee_id != meeting.committee_id:
        raise ValidationError({"at": "Only a meeting of the same committee confirms its minutes."})
    if at.day and meeting.day and at.day < meeting.day:
        raise ValidationError({"at": "A meeting cannot confirm minutes of a later one."})
    if at.state not in (Meeting.State.OPEN, Meeting.State.HELD):
        said = f"That meeting is “{at.get_state_display().lower()}”: one that is held confirms minutes."
        raise ValidationError({"at": said})
    there = set(
        at.attendance.filter(
            capacity__in=("member", "substitute", "co_optee"), status__in=("present", "remote")
        ).values_list("status", flat=True)
    )
    if there == {Attendance.Status.REMOTE} and at.day and not remote_counts(at.day):
        said = "Everybody attended that meeting remotely, so it cannot confirm minutes."
        raise ValidationError({"at": said})


def _correct(
    meeting: Meeting, correction: Correction, at: Meeting | None, by: Person | None
) -> None:
    item = correction.item
    if item is not None:
        stands = Item.objects.get(pk=item.pk, meeting=meeting)
        count = stands.minute.count(correction.before) if correction.before else 0
        if count != 1:
            times = "do not stand" if count == 0 else f"stand {count} times"
            said = f"The words to correct {times} in minute {stands}: give words that stand there once."
            raise ValidationError({"before": said})
        Item.objects.filter(pk=item.pk).update(
            minute=stands.minute.replace(correction.before, correction.after),
            version=F("version") + 1,
        )
    MinutesCorrection.objects.create(
        meeting=meeting,
        item=item,
        before=correction.before,
        after=correction.after,
        agreed_at=at,
        written_by=by,
    )


def _not_confirmed(meeting: Meeting) -> None:
    if meeting.minutes_state in (MinutesState.CONFIRMED, MinutesState.SIGNED):
        raise ValidationError("These minutes are confirmed, so they no longer change.")
