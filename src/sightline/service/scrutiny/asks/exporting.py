"""Requests as open data: CSV and JSON, with the words and steps that the person may read."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from sightline.export.tables import csv_text
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks.standing import standing
from sightline.service.scrutiny.asks.who import is_private, may_read
from sightline.service.scrutiny.models import Ask, AskStep, Reply

MOST = 5_000
"""Requests a file may have."""
COLUMNS = (
    *(
        "reference",
        "committee",
        "made on",
        "kind",
        "words",
        "restricted",
        "asked of",
        "lead officer",
    ),
    *(
        "due",
        "due rule",
        "statutory due",
        "state",
        "how it stands",
        "days overdue",
        "meetings overdue",
    ),
    *("answered on", "closed at", "closed by minute", "topic", "indicator"),
)


def rows_of(asks: QuerySet[Ask], person: Person, on: date) -> Iterator[dict[str, Any]]:
    """Give each request as plain values: days as ISO dates, None where nothing is known."""
    steps = AskStep.objects.order_by("at", "pk")
    replies = Reply.objects.filter(sent_at__isnull=False).order_by("sent_at", "pk")
    whole = asks.select_related("meeting", "closed_at").prefetch_related(
        Prefetch("steps", steps), Prefetch("replies", replies, to_attr="sent_replies")
    )
    for ask in whole[:MOST]:
        open_to = may_read(person, ask)
        how = standing(ask, on)
        yield {
            "reference": ask.reference,
            "committee": ask.committee.name,
            "made on": _iso(ask.made_on),
            "kind": ask.get_kind_display(),
            "words": ask.text if open_to else ask.public_summary,
            "restricted": is_private(ask),
            "asked of": ask.addressee or None if open_to else None,
            "lead officer": ask.lead.name if ask.lead else None,
            "due": _iso(ask.due),
            "due rule": ask.due_rule or None if open_to else None,
            "statutory due": _iso(ask.statutory_due),
            "state": ask.get_state_display(),
            "how it stands": how.word,
            "days overdue": how.days,
            "meetings overdue": how.meetings,
            "answered on": _iso(_day(ask.sent_replies[-1].sent_at)) if ask.sent_replies else None,
            "closed at": _iso(ask.closed_at.day) if ask.closed_at else None,
            "closed by minute": ask.closed_minute or None,
            "topic": ask.topic.title if ask.topic and open_to else None,
            "indicator": ask.indicator or None if open_to else None,
            "steps": [
                {
                    "on": _iso(_day(step.at)),
                    "state": step.get_after_display(),
                    "minute": step.minute or None,
                    "why": step.why or None if open_to else None,
                }
                for step in ask.steps.all()
            ],
            "replies": [
                {"sent on": _iso(_day(each.sent_at)), "words": each.text, "evidence": each.evidence}
                for each in ask.sent_replies
            ]
            if open_to
            else [],
        }


def as_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """Write requests as CSV, a line each, without their steps and replies."""
    lines = [[row[name] for name in COLUMNS] for row in rows]
    return csv_text(COLUMNS, lines).encode("utf-8-sig")


def as_json(rows: Iterable[dict[str, Any]], on: date) -> bytes:
    """Write requests as JSON, with their steps and the replies that were sent."""
    told = {"made on": on.isoformat(), "requests": list(rows)}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(at: Any) -> date | None:
    return timezone.localdate(at) if at else None
