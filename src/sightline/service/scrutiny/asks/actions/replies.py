"""Replies are written, sent to the committee, published; figures are quoted in them before they are sent."""

import re
from contextlib import AbstractContextManager, nullcontext
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.asks.actions.making import make_ask
from sightline.service.scrutiny.asks.actions.steps import (
    NotYoursError,
    take_step,
    tell_the_public,
)
from sightline.service.scrutiny.asks.states import WAITING
from sightline.service.scrutiny.asks.who import is_private, may_answer
from sightline.service.scrutiny.identifying import what_may_identify
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import Ask, AskState, QuotedFigure, Reply

_REPEATED = re.compile(r"(.+)/\d+")
"""The reference of an ask that was asked again: `289a/2`."""
CHECKED = "Checked by a person: nothing in it tells who a child or family is."
"""The reason on record where a text that raised an alarm stands."""


class IdentifyingError(ValidationError):
    """A text may tell who a child or family is, and nobody has said that it was checked."""


class SentError(Exception):
    """The reply was sent, published or withdrawn already; the message is for people."""


def write_reply(
    ask: Ask,
    text: str,
    *,
    by: Person | None,
    evidence: str = "",
    by_name: str = "",
    checked: bool = False,
) -> Reply:
    """Write a reply, not yet sent. `IdentifyingError` where it raises an alarm and is not `checked`."""
    _need_answerer(by, ask)
    with _looked_at(checked, text, evidence), transaction.atomic():
        return Reply.objects.create(
            ask=ask, text=text.strip(), evidence=evidence.strip(), by=by, by_name=by_name.strip()
        )


def change_reply(
    reply: Reply,
    version: int,
    text: str,
    *,
    by: Person | None,
    evidence: str = "",
    by_name: str = "",
    checked: bool = False,
) -> None:
    """Change a reply that is not sent; `SentError` once it is, `ConflictError` where another changed it."""
    _need_answerer(by, reply.ask)
    _need_unsent(reply)
    changes = {"text": text.strip(), "evidence": evidence.strip(), "by_name": by_name.strip()}
    with _looked_at(checked, text, evidence), transaction.atomic():
        save_changes(reply, version, changes)  # sending raises the version, too
    reply.refresh_from_db()


def add_figure(reply: Reply, figure: QuotedFigure, *, by: Person | None) -> QuotedFigure:
    """Quote a figure in a reply that is not sent; the same figure is there once."""
    _need_answerer(by, reply.ask)
    with transaction.atomic():
        # The reply's row is held, so that it is not sent meanwhile.
        if not Reply.objects.filter(pk=reply.pk, sent_at=None).update(version=F("version") + 1):
            raise SentError(_SENT)
        same = reply.figures.filter(
            indicator=figure.indicator,
            part=figure.part,
            by=figure.by,
            group_by=figure.group_by,
            group=figure.group,
            period_start=figure.period_start,
            period_end=figure.period_end,
            snapshot=figure.snapshot,
        ).first()
        if same:
            return same
        last = reply.figures.aggregate(last=Max("position"))["last"] or 0
        figure.reply, figure.position = reply, last + 1
        figure.save()
    return figure


def remove_figure(figure: QuotedFigure, *, by: Person | None) -> None:
    """Take a figure out of a reply that is not sent."""
    reply = figure.reply
    if reply is None:
        raise SentError("This figure stands in no reply.")
    _need_answerer(by, reply.ask)
    with transaction.atomic():
        if not Reply.objects.filter(pk=reply.pk, sent_at=None).update(version=F("version") + 1):
            raise SentError(_SENT)
        QuotedFigure.objects.filter(pk=figure.pk).delete()


def send_reply(reply: Reply, *, by: Person | None) -> None:
    """Send a reply to the committee: it is then as it is. An ask that waited for it is answered.

    One that is asked again every so many months is made anew. `SentError` where it was sent already.
    """
    ask = reply.ask
    _need_answerer(by, ask)
    with transaction.atomic():
        if not Reply.objects.filter(pk=reply.pk, sent_at=None).update(
            sent_at=timezone.now(), version=F("version") + 1
        ):
            raise SentError(_SENT)
        reply.refresh_from_db()
        ask.refresh_from_db()
        if ask.state in WAITING:
            take_step(ask, AskState.REPLIED, by=by)
            _ask_again(ask)


def _ask_again(ask: Ask) -> Ask | None:
    """Make the next ask of one that recurs, unless it is there."""
    first = _first_reference(ask)
    if not ask.recurs_months or ask.asked_again.filter(reference__startswith=f"{first}/").exists():
        return None
    taken = set(
        Ask.objects.filter(committee=ask.committee, reference__startswith=f"{first}/").values_list(
            "reference", flat=True
        )
    )
    reference = next(each for n in count(2) if (each := f"{first}/{n}") not in taken)
    # What stands in nothing that is public does not come to stand in something by being repeated.
    from_somewhere = ask.meeting_id or ask.item_id or ask.group_id or ask.origin
    start = ask.due or timezone.localdate()
    return make_ask(
        ask.item,
        ask.kind,
        ask.text,
        committee=ask.committee,
        place=ask.place,
        privacy=ask.privacy,
        public_summary=ask.public_summary,
        addressee=ask.addressee,
        topic=ask.topic,
        meeting=ask.meeting,
        group=ask.group,
        made_on=timezone.localdate(),
        reference=reference,
        state=AskState.SENT,
        origin=f"Asked again after {ask.reference}, every {ask.recurs_months} months"
        if from_somewhere
        else "",
        summary=ask.summary,
        lead=ask.lead,
        indicator=ask.indicator,
        recurs_months=ask.recurs_months,
        same_as=ask,
        due=add_months(start, ask.recurs_months),
        due_rule=f"Every {ask.recurs_months} months, counted from {start:%-d %B %Y}.",
    )


def _first_reference(ask: Ask) -> str:
    """Give the reference an ask was first asked under: `289a` of `289a/2`, and `53/24` of itself."""
    found, before = _REPEATED.fullmatch(ask.reference), ask.same_as
    repeats = found and before and f"{before.reference}/".startswith(f"{found[1]}/")
    return found[1] if found and repeats else ask.reference


def publish_reply(reply: Reply, *, by: Person | None, checked: bool = False) -> None:
    """Give a reply that was sent to the public. Whoever keeps the committee does, and looks at it anew.

    `ValidationError` for a reply to a private ask, `SentError` where it is not sent, or published already.
    """
    ask = reply.ask
    if by is not None and not may_keep(by, ask.committee):
        raise NotYoursError("A reply is published by whoever keeps the committee.")
    if is_private(ask):
        raise ValidationError("The request is restricted, so the answer is not published.")
    with _looked_at(checked, reply.text, reply.evidence), transaction.atomic():
        if not Reply.objects.filter(pk=reply.pk, sent_at__isnull=False, published_at=None).update(
            published_at=timezone.now(), version=F("version") + 1
        ):
            raise SentError("Only a reply that was sent can be published, and only once.")
        reply.refresh_from_db()
        tell_the_public(ask)


def withdraw_reply(reply: Reply, why: str, *, by: Person | None) -> None:
    """Take a published reply away from the public at once, with the reason."""
    if by is not None and not may_keep(by, reply.ask.committee):
        raise NotYoursError("A reply is withdrawn by whoever keeps the committee.")
    if not why.strip():
        raise ValidationError({"why": "Say why."})
    with transaction.atomic(), because(why):
        if not Reply.objects.filter(pk=reply.pk, published_at__isnull=False).update(
            published_at=None, version=F("version") + 1
        ):
            raise SentError("The reply is not published.")
        reply.refresh_from_db()
        tell_the_public(reply.ask)


_SENT = "The reply was sent already. What was sent stays as it is: write another reply."


def _need_answerer(by: Person | None, ask: Ask) -> None:
    if by is not None and not may_answer(by, ask):
        raise NotYoursError(
            "A request is answered by its lead officer, an assistant director or who keeps the committee."
        )


def _need_unsent(reply: Reply) -> None:
    if reply.sent_at is not None:
        raise SentError(_SENT)


def _looked_at(checked: bool, *texts: str) -> AbstractContextManager[None]:
    """Refuse texts that raise an alarm and were not checked; with the check as the reason where they were."""
    alarms = [said for text in texts if (said := what_may_identify(text))]
    if alarms and not checked:
        raise IdentifyingError(list(dict.fromkeys(alarms)), code="identifying")
    return because(CHECKED) if alarms else nullcontext()
