"""Asks are made, given to a lead, dated, joined to the same question asked before."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.asks.actions.steps import tell_the_public
from sightline.service.scrutiny.asks.clocks import clock_of
from sightline.service.scrutiny.asks.due import (
    AT_NEXT_MEETING,
    Due,
    due_from,
    reckon,
    statutory_due,
)
from sightline.service.scrutiny.asks.states import TO_BE_DONE, WAITING
from sightline.service.scrutiny.models import (
    Ask,
    AskKind,
    AskState,
    AskStep,
    Committee,
    Item,
    Meeting,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.public.visible import is_minuted

_UNNUMBERED = "R"
"""Begins the reference of an ask whose minute has no number (yet)."""
_TRIES = 20


def make_ask(
    item: Item | None,
    kind: AskKind | str,
    text: str,
    *,
    committee: Committee,
    place: str = "",
    by: Person | None = None,
    privacy: Privacy | str = Privacy.PUBLIC,
    public_summary: str = "",
    addressee: str = "",
    due_words: str = "",
    topic: Topic | None = None,
    meeting: Meeting | None = None,
    group: TaskGroup | None = None,
    made_on: date | None = None,
    reference: str = "",
    state: AskState | str = AskState.MADE,
    **more: Any,
) -> Ask:
    """Make an ask of exact words. What arose in a private item is restricted as the item is.

    Its reference is the minute number and the next letter (`289a`), or `R1` where there is no number, unless
    given. `due_words` are read by `asks.due`. `more` are other columns of an ask, as `lead` or `origin`.
    `ValidationError` where the words are empty or the reference given is taken.
    """
    if not text.strip():
        raise ValidationError({"text": "Give the exact words."})
    meeting = item.meeting if item else meeting
    if item and item.privacy != Privacy.PUBLIC:
        privacy = item.privacy
    columns = {
        "committee": committee,
        "item": item,
        "meeting": meeting,
        "group": group,
        "kind": AskKind(kind),
        "text": text.strip(),
        "place": place[:200],
        "privacy": Privacy(privacy),
        "public_summary": public_summary,
        "addressee": addressee[:300],
        "topic": topic or (item.topic if item else None),
        "made_on": made_on or (meeting.day if meeting else None),
        "state": AskState(state),
        **_dated(due_from(due_words, meeting)),
        **more,
    }
    for _ in range(_TRIES):
        given = reference or _next_reference(committee, item, group)
        try:
            with transaction.atomic():
                ask = Ask.objects.create(reference=given, **columns)
                AskStep.objects.create(ask=ask, before="", after=ask.state, meeting=meeting, by=by)
                if meeting is None or is_minuted(meeting):
                    tell_the_public(ask)
            return ask
        except IntegrityError:
            # Another made one of the same reference at this moment, or the one given is taken.
            if reference or not Ask.objects.filter(committee=committee, reference=given).exists():
                break
    if reference and Ask.objects.filter(committee=committee, reference=reference).exists():
        raise ValidationError({"reference": f"{committee} has a request {reference} already."})
    raise ValidationError("The request could not be given a reference. Try again.")


def _next_reference(committee: Committee, item: Item | None, group: TaskGroup | None) -> str:
    base = item.number if item and item.number else f"G{group.pk}-" if group else _UNNUMBERED
    taken = set(
        Ask.objects.filter(committee=committee, reference__startswith=base).values_list(
            "reference", flat=True
        )
    )
    numbered = item is not None and bool(item.number)
    return next(
        reference
        for number in count(1)
        if (reference := base + (_letters(number) if numbered else str(number))) not in taken
    )


def _letters(number: int) -> str:
    """Write 1 as a, 26 as z, 27 as aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _dated(due: Due) -> dict[str, Any]:
    return {"due": due.day, "due_rule": due.rule[:200], "awaits": due.awaits[:300]}


def change_ask(
    ask: Ask,
    version: int,
    changes: Mapping[str, Any],
    *,
    due_words: str = "",
    by: Person | None = None,
) -> None:
    """Change columns of an ask; `ConflictError` where another did so meanwhile.

    `due_words` are read anew where given; a `due` that is changed by hand says so in its rule. With a
    notice received, the statutory date follows from its clock; without one there is none.
    """
    changed = dict(changes)
    if due_words.strip():
        changed |= _dated(due_from(due_words, ask.meeting))
    elif "due" in changed and changed["due"] != ask.due:
        name = f" by {by.name}" if by else ""
        changed["due_rule"] = f"Set{name}." if changed["due"] else ""
    received = changed.get("notice_received", ask.notice_received)
    code = changed.get("statutory_clock", ask.statutory_clock)
    changed["statutory_due"] = None
    if received:
        if received > timezone.localdate():
            raise ValidationError({"notice_received": "A notice cannot have come in the future."})
        try:
            changed["statutory_due"] = statutory_due(received, clock_of(code, received)).day
        except LookupError as error:
            raise ValidationError({"statutory_clock": str(error)}) from None
    private = changed.get("privacy", ask.privacy)
    if ask.item and ask.item.privacy not in (Privacy.PUBLIC, private):
        raise ValidationError(
            {
                "privacy": "It arose in a private item of the meeting, so it is restricted as that is."
            }
        )
    with transaction.atomic():
        save_changes(ask, version, changed)
        ask.refresh_from_db()
        # What became private, or reads otherwise, is so in the search at once.
        tell_the_public(ask)


def same_question(ask: Ask, earlier: Ask | None, version: int) -> None:
    """Say that an ask is the same question as one asked before, or (None) that it is not.

    `ValidationError` where the other one is itself, was asked later, or leads back to it.
    """
    seen, each = {ask.pk}, earlier
    while each is not None:
        if each.pk in seen:
            raise ValidationError({"same_as": "A request cannot be the same as itself."})
        seen.add(each.pk)
        each = each.same_as
    if earlier and earlier.made_on and ask.made_on and earlier.made_on > ask.made_on:
        raise ValidationError({"same_as": "That one was asked later. Join it to this one instead."})
    with transaction.atomic():
        save_changes(ask, version, {"same_as": earlier})
        ask.refresh_from_db()


def event_happened(ask: Ask, version: int, what: str, due: date, *, by: Person | None) -> None:
    """Say that what an ask waits for has come, and by when it is due now.

    `ValidationError` where it waits for nothing.
    """
    if not ask.awaits:
        raise ValidationError("This request waits for no event.")
    said = f"The event came (“{ask.awaits}”): {what.strip()}"
    with transaction.atomic(), because(said):
        save_changes(ask, version, {"awaits": "", "due": due, "due_rule": said[:200]})
        AskStep.objects.create(ask=ask, before=ask.state, after=ask.state, why=said, by=by)
        ask.refresh_from_db()


def reckon_next_meeting(committee: Committee) -> int:
    """Date anew the open asks that are due at a next meeting, now that it may be another; give how many.

    A meeting was called, put off or called off. A day set by hand has another rule, and stays.
    """
    dated = 0
    with transaction.atomic():
        waiting = Ask.objects.filter(
            committee=committee,
            meeting__day__isnull=False,
            due_rule__startswith=AT_NEXT_MEETING,
            state__in=(*WAITING, *TO_BE_DONE),
        )
        for ask in waiting.select_related("meeting"):
            due = due_from("next meeting", ask.meeting)
            if due.day != ask.due:
                save_changes(ask, ask.version, _dated(due))
                dated += 1
    return dated


def refer_by_minutes(meeting: Meeting) -> int:
    """Give the asks of a meeting that had no minute number the reference of theirs; give how many."""
    given = 0
    with transaction.atomic():
        for ask in (
            Ask.objects.filter(meeting=meeting, item__isnull=False)
            .select_related("item", "committee")
            .order_by("item__position", "pk")
        ):
            if re.fullmatch(rf"{_UNNUMBERED}\d+", ask.reference) and ask.item and ask.item.number:
                reference = _next_reference(ask.committee, ask.item, None)
                save_changes(ask, ask.version, {"reference": reference})
                given += 1
    return given


def import_tracker(
    committee: Committee, rows: Sequence[Mapping[str, Any]], origin: str, *, by: Person | None
) -> list[Ask]:
    """Take over the rows of a tracker (`asks.importing`), all or none; `origin` says where they are from.

    `ValidationError` naming the row where one cannot be stored, as its reference was taken meanwhile.
    """
    made = []
    with transaction.atomic():
        for row in rows:
            day, words = row.get("due") or ("", "")
            made_on = date.fromisoformat(row["made_on"]) if row.get("made_on") else None
            due = reckon(words, made_on, lambda: None) if words else Due()
            if day:
                due = Due(date.fromisoformat(day), "The date in the tracker.")
            try:
                ask = make_ask(
                    None,
                    row.get("kind") or AskKind.REQUEST,
                    row["text"],
                    committee=committee,
                    by=by,
                    addressee=row.get("addressee") or "",
                    made_on=made_on,
                    reference=row["reference"],
                    state=row.get("state") or AskState.SENT,
                    lead_id=row.get("lead_id"),
                    origin=f"{origin}, row {row['number']}"[:300],
                    **_dated(due),
                )
            except ValidationError as error:
                raise ValidationError(f"Row {row['number']}: {' '.join(error.messages)}") from None
            if note := row.get("note"):
                AskStep.objects.create(
                    ask=ask, before=ask.state, after=ask.state, why=f"In the tracker: {note}", by=by
                )
            made.append(ask)
    return made
