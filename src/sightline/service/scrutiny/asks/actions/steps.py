"""Steps of asks, by the table of `asks.states`."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.asks.standing import evidence
from sightline.service.scrutiny.asks.states import Needs, Step, step_between
from sightline.service.scrutiny.asks.who import may_take
from sightline.service.scrutiny.models import Ask, AskState, AskStep, Meeting, Reply


class StepError(Exception):
    """No such step is there from the state the ask is in; the message is for people."""


class NotYoursError(Exception):
    """The person may not do this with the ask; the message says who may."""


def take_step(
    ask: Ask,
    to: AskState | str,
    *,
    by: Person | None,
    why: str = "",
    meeting: Meeting | None = None,
    minute: str = "",
    version: int | None = None,
) -> AskStep:
    """Move an ask to another state, with who, when and why; `by` None is the service itself.

    `StepError` where the table has no such step, `NotYoursError` where it is not the person's,
    `ValidationError` (by field: why, meeting, minute, to) where something it needs is not there,
    `ConflictError` where another moved the ask since `version` (that of `ask` unless given).
    """
    to, before, why, minute = AskState(to), AskState(ask.state), why.strip(), minute.strip()
    step = step_between(before, to)
    if step is None:
        if before == to:
            raise StepError(f"The request is “{before.label}” already.")
        raise StepError(f"From “{before.label}” a request does not become “{to.label}”.")
    if by is not None and not may_take(by, ask, step):
        raise NotYoursError(f"This is for {step.who}.")
    for need in step.needs:
        _CHECKS[need](ask, step, why, meeting, minute)
    closes = to is AskState.CLOSED
    changes: dict[str, Any] = {
        "state": to,
        "closed_at": meeting if closes else None,
        "closed_minute": minute if closes else "",
    }
    with transaction.atomic(), because(why) if why else nullcontext():
        save_changes(ask, ask.version if version is None else version, changes)
        taken = AskStep.objects.create(
            ask=ask, before=before, after=to, why=why, meeting=meeting, minute=minute, by=by
        )
        ask.refresh_from_db()
        tell_the_public(ask)
    return taken


def tell_the_public(ask: Ask) -> None:
    """Put what the public may now read of an ask into the public search, in the open transaction."""
    from sightline.service.scrutiny.public.search import publish_text_of  # noqa: PLC0415 - it reads asks

    publish_text_of(ask)


def _need_reason(ask: Ask, step: Step, why: str, meeting: Meeting | None, minute: str) -> None:
    if not why:
        raise ValidationError({"why": "Say why."})


def _need_reply(ask: Ask, step: Step, why: str, meeting: Meeting | None, minute: str) -> None:
    since = ask.steps.filter(after=AskState.REOPENED).order_by("-at").first()
    sent = Reply.objects.filter(ask=ask, sent_at__isnull=False)
    if not (sent.filter(sent_at__gt=since.at) if since else sent).exists():
        raise ValidationError({"to": "Write a reply and send it: the request is answered by it."})


def _need_evidence(ask: Ask, step: Step, why: str, meeting: Meeting | None, minute: str) -> None:
    if not evidence().filter(ask=ask).exists():
        raise ValidationError(
            {"to": "Send a reply that says what shows it, or that quotes a figure, first."}
        )


def _need_minute(ask: Ask, step: Step, why: str, meeting: Meeting | None, minute: str) -> None:
    if meeting is None:
        raise ValidationError({"meeting": "Say at which meeting."})
    if not minute:
        raise ValidationError({"minute": "Give the minute number."})
    if meeting.committee_id != ask.committee_id and ask.committee.ended is None:
        raise ValidationError({"meeting": f"That was no meeting of {ask.committee}."})
    if meeting.state not in (Meeting.State.OPEN, Meeting.State.HELD):
        raise ValidationError({"meeting": "That meeting has not been held."})
    if meeting.day is None or meeting.day > timezone.localdate():
        raise ValidationError({"meeting": "That meeting has not been held."})
    if ask.made_on and meeting.day < ask.made_on:
        raise ValidationError({"meeting": "That meeting was before the request was made."})
    numbers = list(meeting.items.exclude(number="").values_list("number", flat=True))
    if numbers and minute not in numbers:
        raise ValidationError(
            {"minute": f"That meeting has no minute {minute}. It has {', '.join(numbers)}."}
        )


_CHECKS: dict[Needs, Callable[[Ask, Step, str, Meeting | None, str], None]] = {
    Needs.REASON: _need_reason,
    Needs.REPLY: _need_reply,
    Needs.EVIDENCE: _need_evidence,
    Needs.MINUTE: _need_minute,
}
