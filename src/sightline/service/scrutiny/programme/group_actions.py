"""What is done about task-and-finish groups: check, write, on record; each whole.

A group's recommendations are asks of its committee, made once it reports; the executive's response to each
is a step of the ask, and to all of them together stands with the group.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.addresses import free_slug
from sightline.service.scrutiny.asks.actions import (
    NotYoursError,
    StepError,
    make_ask,
    send_reply,
    take_step,
    tell_the_public,
    write_reply,
)
from sightline.service.scrutiny.asks.due import reckon
from sightline.service.scrutiny.asks.states import WAITING
from sightline.service.scrutiny.models import Ask, AskKind, AskState, Committee, TaskGroup
from sightline.service.scrutiny.programme.actions import ProgrammeError, first_meeting

RESPONSES = (
    AskState.ACCEPTED,
    AskState.PART_ACCEPTED,
    AskState.REJECTED,
    AskState.NOT_FEASIBLE,
)
"""What the executive may answer to a recommendation."""
BEFORE_RESPONSE = (*WAITING, AskState.REPLIED)
"""States of a recommendation that the executive has not answered yet."""
_State = TaskGroup.State
NEXT = {
    _State.SCOPED: (_State.WORKING, _State.CLOSED),
    _State.WORKING: (_State.REPORTED, _State.CLOSED),
    _State.REPORTED: (_State.CLOSED,),
    _State.CLOSED: (),
}
"""What a group may become."""


def set_up_group(committee: Committee, title: str, scope: str, **about: Any) -> TaskGroup:
    """Set up a group of a committee, with its scope; `members` are those who sit on it."""
    members = about.pop("members", ())
    with transaction.atomic():
        group = TaskGroup(
            committee=committee,
            title=title,
            scope=scope,
            slug=free_slug(TaskGroup, title),
            **about,
        )
        group.full_clean()
        group.save()
        group.members.set(members)
    return group


def change_group(group: TaskGroup, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is said of a group: its scope, members, evidence, findings."""
    plain = dict(changes)
    members = plain.pop("members", None)
    with transaction.atomic():
        save_changes(group, version, plain)
        if members is not None:
            group.members.set(members)


def group_becomes(group: TaskGroup, version: int, state: str, on: date, why: str = "") -> None:
    """Move a group on: at work, reported, closed. `ProgrammeError` says what is lacking."""
    with transaction.atomic(), because(why):
        now = TaskGroup.objects.select_for_update().get(pk=group.pk)
        if state not in NEXT[TaskGroup.State(now.state)]:
            raise ProgrammeError(f"The group is {now.get_state_display().lower()} already.")
        changes: dict[str, Any] = {"state": state}
        if state == TaskGroup.State.WORKING:
            changes["began"] = on
        if state == TaskGroup.State.REPORTED:
            if not now.findings.strip():
                raise ProgrammeError("Write its findings before the group reports.")
            if not now.recommendations.exists():
                raise ProgrammeError("Write at least one recommendation before the group reports.")
            changes["reported"] = on
        if state == TaskGroup.State.CLOSED and now.state != TaskGroup.State.REPORTED and not why:
            raise ProgrammeError("Say why the group is closed without a report.")
        save_changes(group, version, changes)
        for ask in now.recommendations.all():
            tell_the_public(ask)  # with its report they are the public's


def recommend(
    group: TaskGroup, text: str, *, by: Person | None, due_words: str = "", **about: Any
) -> Ask:
    """Write a recommendation of a group: an ask of its committee, followed like any other.

    It was made at no meeting, so `due_words`, as "in two months", are counted from today.
    """
    if group.state == TaskGroup.State.CLOSED:
        raise ProgrammeError("The group is closed.")
    today = timezone.localdate()
    due = reckon(due_words, today, lambda: _next_meeting(group.committee, today))
    return make_ask(
        None,
        AskKind.RECOMMENDATION,
        text,
        committee=group.committee,
        group=group,
        topic=group.topic,
        made_on=today,
        due=due.day,
        due_rule=due.rule.replace("the meeting on ", "")[:200],
        awaits=due.awaits[:300],
        by=by,
        **about,
    )


def _next_meeting(committee: Committee, after: date) -> date | None:
    found = first_meeting(committee, after)
    return found.day if found else None


def respond_to(ask: Ask, response: str, text: str, *, by: Person | None, by_name: str = "") -> None:
    """Write what the executive answered to one recommendation: a reply to the ask, and its step.

    `ProgrammeError` where the ask cannot take the step, or the words may tell who a child is.
    """
    if ask.group_id is None:
        raise ProgrammeError("This is no recommendation of a group.")
    if response not in RESPONSES:
        raise ProgrammeError(f"{response!r} is no answer to a recommendation.")
    try:
        with transaction.atomic():
            send_reply(write_reply(ask, text, by=by, by_name=by_name), by=by)
            ask.refresh_from_db()
            take_step(ask, AskState(response), by=by, why=text)
    except ValidationError as error:
        raise ProgrammeError(" ".join(error.messages)) from error
    except (StepError, NotYoursError) as error:
        raise ProgrammeError(str(error)) from error


def respond_as_a_whole(group: TaskGroup, version: int, response: str, on: date) -> None:
    """Write what the executive answered to the group's report as a whole."""
    if group.state not in (TaskGroup.State.REPORTED, TaskGroup.State.CLOSED):
        raise ProgrammeError("The group has not reported yet, so there is nothing to respond to.")
    save_changes(group, version, {"response": response, "responded_on": on})
