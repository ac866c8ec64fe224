"""Every step of the table: who may, who may not, what it needs, twice, and two at once."""

import threading
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection  # noqa: F401 - what a condition below asks

from service.scrutiny.asks.conftest import at_once, sent, today
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.asks.states import BY_PAIR, STEPS, Needs, Step, Who, steps_from
from sightline.service.scrutiny.asks.who import steps_for
from sightline.service.scrutiny.models import Ask, AskState, Committee, Item, Meeting

Make = Callable[..., Ask]
WHY = "The work is held up."


def _enough(step: Step, ask: Ask, at: Meeting) -> dict[str, Any]:
    """Give all that a step needs."""
    said: dict[str, Any] = {}
    for need in step.needs:
        if need is Needs.REASON:
            said["why"] = WHY
        elif need is Needs.MINUTE:
            said |= {"meeting": at, "minute": "295"}
        else:
            sent(ask, evidence="The published figures.")
    return said


def test_the_table_reaches_every_state_and_only_the_committee_closes() -> None:
    assert len(BY_PAIR) == len(STEPS)
    assert {each.after for each in STEPS} == set(AskState) - {AskState.MADE}
    for each in STEPS:
        if AskState.CLOSED in (each.before, each.after) or each.after is AskState.REOPENED:
            assert each.who is Who.COMMITTEE
            assert Needs.MINUTE in each.needs
        if each.after in (AskState.REJECTED, AskState.NOT_FEASIBLE):
            assert Needs.REASON in each.needs


@pytest.mark.databases_by_turns
@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.before}-{step.after}")
def test_each_step_by_whoever_may_and_by_nobody_else(
    step: Step, make: Make, later: Meeting, make_person: Callable[..., Person], lead: Person
) -> None:
    ask = make(step.before)
    said = _enough(step, ask, later)
    keeper, director = make_person("scrutiny_officer"), make_person("assistant_director")
    others = [
        make_person("service_manager"),
        make_person("analyst"),
        make_person("councillor"),
        make_person("board_manager"),
        make_person("team_manager"),
        make_person(""),
    ]
    may = [keeper, *((lead, director) if step.who is Who.ANSWERER else ())]
    for person in (*others, *(each for each in (lead, director) if each not in may)):
        assert step not in steps_for(person, ask)
        with pytest.raises(actions.NotYoursError, match="This is for"):
            actions.take_step(ask, step.after, by=person, **said)
    ask.refresh_from_db()
    assert ask.state == step.before
    for person in may:
        Ask.objects.filter(pk=ask.pk).update(
            state=step.before,
            **(
                {"closed_at": later, "closed_minute": "295"}
                if step.before is AskState.CLOSED
                else {}
            ),
        )
        ask.refresh_from_db()
        assert step in steps_for(person, ask)
        taken = actions.take_step(ask, step.after, by=person, **said)
        assert (taken.before, taken.after, taken.by) == (step.before, step.after, person)
        assert (ask.state, taken.why) == (step.after, said.get("why", ""))
        closed = step.after is AskState.CLOSED
        assert (ask.closed_at, ask.closed_minute) == ((later, "295") if closed else (None, ""))
    if "why" in said:
        assert AuditEntry.objects.filter(subject="scrutiny_ask", reason=WHY).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "need"),
    [(step, need) for step in STEPS for need in step.needs],
    ids=lambda each: each.name if isinstance(each, Needs) else f"{each.before}-{each.after}",
)
def test_no_step_without_what_it_needs(
    step: Step, need: Needs, make: Make, later: Meeting, officer: Person
) -> None:
    ask = make(step.before)
    said = _enough(step, ask, later)
    if need is Needs.REASON:
        said["why"] = "  "
    elif need is Needs.MINUTE:
        said["minute"] = ""
    else:
        ask.replies.all().delete()
    with pytest.raises(ValidationError):
        actions.take_step(ask, step.after, by=officer, **said)
    ask.refresh_from_db()
    assert (ask.state, ask.version) == (step.before, 1)


@pytest.mark.django_db
def test_no_step_that_the_table_does_not_have(make: Make, later: Meeting, officer: Person) -> None:
    ask = make()
    sent(ask, evidence="The published figures.")
    said: dict[str, Any] = {"why": WHY, "meeting": later, "minute": "295"}
    for before, after in product(AskState, AskState):
        if (before, after) in BY_PAIR:
            continue
        ask.state = before
        with pytest.raises(actions.StepError, match=before.label):
            actions.take_step(ask, after, by=officer, **said)
    assert [each.after for each in steps_from(AskState.CLOSED)] == [AskState.REOPENED]


@pytest.mark.databases_by_turns
@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.before}-{step.after}")
def test_a_step_that_is_sent_twice_is_taken_once(
    step: Step, make: Make, later: Meeting, officer: Person
) -> None:
    ask = make(step.before)
    said = _enough(step, ask, later)
    again, version = Ask.objects.get(pk=ask.pk), ask.version
    actions.take_step(ask, step.after, by=officer, **said)
    with pytest.raises(ConflictError):
        actions.take_step(again, step.after, by=officer, version=version, **said)
    fresh = Ask.objects.get(pk=ask.pk)
    with pytest.raises((actions.StepError, ConflictError)):
        actions.take_step(fresh, step.after, by=officer, version=version, **said)
    assert ask.steps.filter(after=step.after, by=officer).count() == 1


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'",
    reason="SQLite lets one write at a time: there both are as above",
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", [(AskState.ACCEPTED, AskState.REJECTED), (AskState.CLOSED,) * 2])
def test_of_two_at_once_one_is_taken(
    ends: tuple[AskState, AskState], make: Make, later: Meeting, officer: Person
) -> None:
    ask = make(AskState.REPLIED)
    said: dict[str, Any] = {"why": WHY, "meeting": later, "minute": "295"}
    both = threading.Barrier(2)

    def move(to: AskState) -> str:
        own = Ask.objects.select_related("committee", "item").get(pk=ask.pk)
        both.wait(10)
        try:
            actions.take_step(own, to, by=officer, **said)
        except ConflictError:
            return "conflict"
        return "taken"

    assert sorted(at_once(*(lambda to=to: move(to) for to in ends))) == ["conflict", "taken"]
    assert ask.steps.exclude(before="").count() == 1


@pytest.mark.django_db
def test_it_is_closed_only_by_a_meeting_of_the_committee_that_was_held_and_minuted(
    make: Make, later: Meeting, officer: Person, panel: Committee
) -> None:
    ask = make(AskState.REPLIED)

    def refused(field: str, meeting: Meeting, minute: str = "295") -> str:
        with pytest.raises(ValidationError) as error:
            actions.take_step(ask, "closed", by=officer, meeting=meeting, minute=minute)
        assert list(error.value.message_dict) == [field]
        return str(error.value.message_dict[field][0])

    other = Committee.objects.create(name="Another", slug="another", kind="scrutiny")
    assert "no meeting of" in refused("meeting", Meeting.objects.create(committee=other))
    for state in ("planned", "called", "cancelled", "inquorate"):
        meeting = Meeting.objects.create(committee=panel, day=today(), state=state)
        assert "not been held" in refused("meeting", meeting)
    assert "has no minute 300. It has 295." in refused("minute", later, "300")
    panel.ended = today()
    panel.save()
    ask = Ask.objects.select_related("committee").get(pk=ask.pk)
    heir = Meeting.objects.create(committee=other, day=today(), state="held")
    Item.objects.create(meeting=heir, position=1, number="7", running=7, title="Old requests")
    actions.take_step(ask, "closed", by=officer, meeting=heir, minute="7")
    assert ask.closed_at == heir
