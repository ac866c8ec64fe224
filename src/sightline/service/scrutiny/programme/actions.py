"""What is done to the work programme: check, write, on record; each whole.

`ProgrammeError` says in a sentence why something cannot be done now.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.addresses import free_slug
from sightline.service.scrutiny.asks.who import is_private
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    Committee,
    EntryMove,
    ForwardPlanEntry,
    Item,
    Meeting,
    ProgrammeEntry,
    Suggestion,
    Topic,
)
from sightline.service.scrutiny.programme import scoring

AHEAD = (Meeting.State.PLANNED, Meeting.State.CALLED)
"""A meeting that is still to be held."""
OVER = (AskState.CLOSED, AskState.REJECTED, AskState.NOT_FEASIBLE)
"""An ask in such a state wants no follow-up."""


class ProgrammeError(Exception):
    """Something that cannot be done now; the message says why, for whoever tried."""


# Topics


def add_topic(title: str, **about: Any) -> Topic:
    """Follow a subject from now on."""
    with transaction.atomic():
        topic = Topic(title=title, slug=free_slug(Topic, title), **about)
        topic.full_clean()
        topic.save()
    return topic


def change_topic(topic: Topic, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is said of a topic; `ConflictError` where another did so meanwhile."""
    save_changes(topic, version, changes)


def put_under_topic(topic: Topic, items: Iterable[Item], asks: Iterable[Ask]) -> int:
    """Put items and asks under a topic; give how many. What stood under another moves."""
    with transaction.atomic(), because(f"Topic: {topic.title}"):
        moved = Item.objects.filter(pk__in=[item.pk for item in items]).update(topic=topic)
        return moved + Ask.objects.filter(pk__in=[ask.pk for ask in asks]).update(topic=topic)


# Suggestions


def suggest(
    committee: Committee, title: str, why: str, suggested_by: str, **more: Any
) -> Suggestion:
    """Put a suggestion before a committee."""
    return Suggestion.objects.create(
        committee=committee, title=title, why=why, suggested_by=suggested_by, **more
    )


def score_suggestion(suggestion: Suggestion, version: int, scores: Mapping[str, int]) -> None:
    """Score a suggestion against the criteria in force; a criterion left out stays unscored.

    `ProgrammeError` for points a criterion does not give, or once it is decided; `ConflictError` where
    another scored meanwhile.
    """
    allowed = {each.code: dict(each.points) for each in scoring.criteria().criteria}
    for code, points in scores.items():
        if points not in allowed.get(code, {}):
            raise ProgrammeError(f"The criterion {code!r} does not give {points} points.")
    _still_open(suggestion)
    # Points by a criterion there is no longer stay on record.
    kept = {code: points for code, points in suggestion.scores.items() if code not in allowed}
    save_changes(suggestion, version, {"scores": {**kept, **scores}})


def take_up(suggestion: Suggestion, version: int, why: str, topic: Topic | None = None) -> Topic:
    """Take a suggestion into the programme: under a topic, or a new one of its title."""
    with transaction.atomic(), because(why):
        _still_open(suggestion)
        under = topic or add_topic(suggestion.title, committee=suggestion.committee)
        save_changes(
            suggestion,
            version,
            {"state": Suggestion.State.TAKEN, "decided_because": why, "topic": under},
        )
    return under


def leave_out(suggestion: Suggestion, version: int, why: str) -> None:
    """Not take up a suggestion, and say why."""
    with transaction.atomic(), because(why):
        _still_open(suggestion)
        save_changes(
            suggestion, version, {"state": Suggestion.State.NOT_TAKEN, "decided_because": why}
        )


def _still_open(suggestion: Suggestion) -> None:
    now = Suggestion.objects.get(pk=suggestion.pk)
    if now.state != Suggestion.State.OPEN:
        raise ProgrammeError(f"This was decided already: {now.get_state_display().lower()}.")


# Entries


def plan_entry(
    committee: Committee,
    title: str,
    *,
    meeting: Meeting | None = None,
    month: date | None = None,
    purpose: str = "",
    outcome: str = "",
    **more: Any,
) -> ProgrammeEntry:
    """Plan to look at something, at a meeting or in a month, or some time where neither is given.

    `purpose` and `outcome` (what the committee wants to come of it) are what the forms ask for; only a
    follow-up that minutes asked for has a purpose of its own.
    """
    _check_place(committee, meeting)
    with transaction.atomic():
        entry = ProgrammeEntry(
            committee=committee,
            title=title,
            meeting=meeting,
            month=_first_day(month) if meeting is None else None,
            purpose=purpose,
            outcome=outcome,
            **more,
        )
        entry.full_clean()
        entry.save()
    return entry


def change_entry(entry: ProgrammeEntry, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is said of an entry, but not where it stands: that is `move_entry`."""
    save_changes(entry, version, changes)


def move_entry(
    entry: ProgrammeEntry,
    version: int,
    *,
    meeting: Meeting | None,
    month: date | None,
    why: str,
    by: Person | None,
) -> None:
    """Put an entry at another meeting or in another month, and keep where it stood and why."""
    _check_place(entry.committee, meeting)
    to_month = _first_day(month) if meeting is None else None
    with transaction.atomic(), because(why):
        now = ProgrammeEntry.objects.select_for_update().get(pk=entry.pk)
        _still_planned(now)
        if (now.meeting_id, now.month) == (meeting.pk if meeting else None, to_month):
            raise ProgrammeError("It stands there already.")
        save_changes(entry, version, {"meeting": meeting, "month": to_month})
        EntryMove.objects.create(
            entry=entry,
            from_meeting=now.meeting,
            from_month=now.month,
            to_meeting=meeting,
            to_month=to_month,
            why=why,
            by=by,
        )


def entry_done(entry: ProgrammeEntry, version: int, what_came: str = "") -> None:
    """Say that an entry was done, and what came of it, where the minutes do not."""
    with transaction.atomic(), because(what_came):
        _still_planned(ProgrammeEntry.objects.select_for_update().get(pk=entry.pk))
        save_changes(
            entry, version, {"state": ProgrammeEntry.State.DONE, "state_reason": what_came}
        )


def drop_entry(entry: ProgrammeEntry, version: int, why: str) -> None:
    """Take an entry out of the programme, and say why. It stays in its history."""
    with transaction.atomic(), because(why):
        _still_planned(ProgrammeEntry.objects.select_for_update().get(pk=entry.pk))
        save_changes(entry, version, {"state": ProgrammeEntry.State.DROPPED, "state_reason": why})


def _still_planned(entry: ProgrammeEntry) -> None:
    if entry.state != ProgrammeEntry.State.PLANNED:
        raise ProgrammeError(f"This entry is {entry.get_state_display().lower()} already.")


def _check_place(committee: Committee, meeting: Meeting | None) -> None:
    if meeting is None:
        return
    if meeting.committee_id != committee.pk:
        raise ProgrammeError(f"{meeting} is no meeting of {committee}.")
    if meeting.state not in AHEAD:
        raise ProgrammeError(
            f"Nothing can be planned for {meeting}: {meeting.get_state_display().lower()}."
        )


def _first_day(month: date | None) -> date | None:
    return month.replace(day=1) if month else None


# Follow-ups


def schedule_follow_up(ask: Ask) -> ProgrammeEntry | None:
    """Plan what minutes asked to come back, as "a further update in six months' time".

    It stands at the first meeting of the committee on or after the day it is due, or in that month where
    none is called yet. Give the entry, the one there is where it was planned before; None where the ask
    is over, or no day is known (`Ask.due`) and nothing is waited for (`Ask.awaits`).
    """
    due = ask.due
    if ask.state in OVER or (due is None and not ask.awaits):
        return None
    with transaction.atomic():
        # Two at once would else both find that nothing is planned.
        Ask.objects.select_for_update().get(pk=ask.pk)
        planned = ProgrammeEntry.objects.filter(from_ask=ask, state=ProgrammeEntry.State.PLANNED)
        if (found := planned.first()) is not None:
            return found
        why = ask.due_rule or (f"It waits for this: {ask.awaits}." if ask.awaits else "")
        return plan_entry(
            ask.committee,
            _title_of(ask),
            meeting=first_meeting(ask.committee, due) if due else None,
            month=due,
            purpose=f"Follow-up of {ask.reference}. {why}".strip(),
            topic=ask.topic,
            from_ask=ask,
        )


def follow_up_of_minutes(ask: Ask) -> ProgrammeEntry | None:
    """Plan a follow-up where the minutes say by when, and that day is still to come; else None."""
    if ask.due is None or not ask.due_rule or ask.due < timezone.localdate():
        return None
    return schedule_follow_up(ask)


def first_meeting(committee: Committee, on_or_after: date) -> Meeting | None:
    """Give the first meeting still to be held on or after a day; None where none is called yet."""
    return (
        committee.meetings.filter(state__in=AHEAD, day__gte=on_or_after)
        .order_by("day", "starts", "pk")
        .first()
    )


def _title_of(ask: Ask) -> str:
    if is_private(ask):
        # The programme is read by whoever may not read what was private.
        return (ask.public_summary or f"Follow-up of {ask.reference}")[:200]
    return (ask.summary or ask.text)[:200]


# The forward plan


def follow_decision(title: str, *, by: Person | None, **about: Any) -> ForwardPlanEntry:
    """Note a decision the executive plans, so that the committee may see it before."""
    with transaction.atomic():
        entry = ForwardPlanEntry(title=title, added_by=by, **about)
        entry.full_clean()
        entry.save()
    return entry


def change_decision(entry: ForwardPlanEntry, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is known of a planned decision; `ConflictError` where another did so meanwhile."""
    save_changes(entry, version, changes)


def remove_decision(entry: ForwardPlanEntry, why: str) -> None:
    """Take a decision out that the executive no longer plans."""
    with transaction.atomic(), because(why):
        entry.delete()
