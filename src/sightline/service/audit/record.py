"""Entries that no change of a row makes: views, exports, refusals, and what people did."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from sightline.service.audit.context import current
from sightline.service.audit.models import AuditEntry, Verb

_MOST = 200
"""Characters of a subject's id that are kept."""


def record(
    verb: Verb,
    subject: str,
    subject_id: object = "",
    *,
    reason: str = "",
    after: Mapping[str, Any] | None = None,
) -> None:
    """Put one entry on record as of who is acting now, in the transaction that is open."""
    _entry(verb, subject, subject_id, reason, after).save(force_insert=True)


def viewed_children(
    subject: str,
    child_ids: Iterable[str],
    *,
    verb: Verb = Verb.VIEW,
    reason: str = "",
    what: str = "child",
) -> None:
    """Put on record that these children's records were shown; an entry a child, in one statement.

    `subject` says where, as `CP-05 2016-03`. `what` is another kind of thing that names children, by number.
    """
    entries = [
        _entry(verb, what, child, reason, {"shown in": subject})
        for child in dict.fromkeys(child_ids)
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def refused(request: HttpRequest, policy: str, about: str = "") -> None:
    """Put a refusal on record. It stands even though the request is then answered with an error."""
    record(Verb.REFUSE, policy, about[:_MOST], after={"method": request.method, "view": about})


def _entry(
    verb: Verb, subject: str, subject_id: object, reason: str, after: Mapping[str, Any] | None
) -> AuditEntry:
    who = current()
    return AuditEntry(
        at=timezone.now(),
        actor=who.actor,
        actor_name=who.actor_name,
        role=who.role,
        reason=_text(reason or who.reason),
        request=who.request,
        verb=verb,
        subject=_text(subject)[:100],
        subject_id=_text(subject_id)[:_MOST],
        after=_text(json.dumps(after, ensure_ascii=False, default=str)) if after else "",
    )


def _text(value: object) -> str:
    """Give text that either database can hold: without NUL, and without halves of characters."""
    return str(value).replace("\0", "\ufffd").encode("utf-8", "replace").decode()
