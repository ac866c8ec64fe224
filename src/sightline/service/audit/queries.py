"""Reading the audit: what is asked for, a page of it at a time, and how its chain stands.

Entries are read by their numbers, downwards. Times never go back along the numbers, so that a stretch of
days is a stretch of numbers too, and each question is answered by an index that ends in `number`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import POLICIES
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.triggers import audited_models
from sightline.service.audit.verify import VERIFIED

A_PAGE = 50
_MOST_PEOPLE = 50
_BATCH = 2000

OTHER_SUBJECTS = {
    "child": "a child's record",
    "person": "a person signing in or out",
    "audit": "the audit itself",
    VERIFIED: "the audit's chain",
    "database": "the database",
    "backup": "a backup",
}
"""Subjects that are no table, in words."""


@dataclass(frozen=True)
class Wanted:
    """What of the audit is asked for; what is empty is not asked."""

    person: str = ""
    verb: str = ""
    subject: str = ""
    row: str = ""
    request: str = ""
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self != Wanted()

    def to_json(self) -> dict[str, str]:
        """Give what is asked, as it is kept in the session and put on record."""
        return {name: str(value) for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, values: Mapping[str, str]) -> "Wanted":
        """Read it back; what cannot be read is not asked."""
        try:
            days = {n: date.fromisoformat(values[n]) for n in ("first", "last") if values.get(n)}
            texts = {
                n: str(values.get(n, "")) for n in ("person", "verb", "subject", "row", "request")
            }
        except (AttributeError, TypeError, ValueError):
            return cls()
        return cls(**texts, **days)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Page:
    """Some entries, latest first. `older` and `newer` are numbers to go on from, where there are more."""

    entries: list[AuditEntry]
    older: int | None
    newer: int | None


@dataclass(frozen=True)
class ChainState:
    """The last entry's number and hash, and the entry that says when the chain was last verified."""

    number: int
    head: str
    verified: AuditEntry | None

    @property
    def found(self) -> dict[str, Any]:
        """What was found when it was last verified."""
        return values_of(self.verified.after) if self.verified else {}


def entries_of(wanted: Wanted) -> QuerySet[AuditEntry]:
    """Give the entries asked for, latest first."""
    found = AuditEntry.objects.exclude(number=None).order_by("-number")
    for name, value in (
        ("verb", wanted.verb),
        ("subject", wanted.subject),
        ("subject_id", wanted.row),
        ("request", wanted.request),
    ):
        if value:
            found = found.filter(**{name: value})
    if wanted.person:
        found = found.filter(_by(wanted.person))
    if wanted.first and (number := _first_since(_midnight(wanted.first))) is not None:
        found = found.filter(number__gte=number)
    elif wanted.first:
        return found.none()
    if wanted.last:
        number = _first_since(_midnight(wanted.last + timedelta(days=1)))
        found = found.filter(number__lt=number) if number is not None else found
    return found


def _by(text: str) -> Q:
    """Say who acted: people by a part of their name or their address, or a command or task by its name."""
    people = Person.objects.filter(Q(name__icontains=text) | Q(email__iexact=text))
    numbers = [str(pk) for pk in people.values_list("pk", flat=True)[:_MOST_PEOPLE]]
    return Q(actor__in=numbers) if numbers else Q(actor="", actor_name=text)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _first_since(moment: datetime) -> int | None:
    """Give the number of the first entry at or after a moment; None where there is none."""
    since = AuditEntry.objects.filter(at__gte=moment).order_by("at", "number")
    return since.values_list("number", flat=True).first()


def page_of(wanted: Wanted, *, before: int | None = None, after: int | None = None) -> Page:
    """Give a page: the latest, or those before or after a number."""
    found = entries_of(wanted)
    if after is not None:
        rows = list(found.filter(number__gt=after).order_by("number")[: A_PAGE + 1])
        more_newer = len(rows) > A_PAGE
        rows = rows[:A_PAGE][::-1]
        more_older = True
    else:
        rows = list(
            (found.filter(number__lt=before) if before is not None else found)[: A_PAGE + 1]
        )
        more_older = len(rows) > A_PAGE
        rows = rows[:A_PAGE]
        more_newer = before is not None
    return Page(
        rows,
        _number(rows[-1]) if rows and more_older else None,
        _number(rows[0]) if rows and more_newer else None,
    )


def _number(entry: AuditEntry) -> int:
    return entry.number or 0


def in_batches(wanted: Wanted, most: int) -> Iterator[AuditEntry]:
    """Give at most so many entries, latest first, reading some thousands at a time."""
    found, given, before = entries_of(wanted), 0, None
    while given < most:
        rows = list(
            (found.filter(number__lt=before) if before else found)[: min(_BATCH, most - given)]
        )
        yield from rows
        given += len(rows)
        if len(rows) < _BATCH:
            return
        before = rows[-1].number


def how_many(wanted: Wanted, most: int) -> int:
    """Count the entries asked for, up to `most` and one."""
    return entries_of(wanted).values("number")[: most + 1].count()


def chain_state() -> ChainState:
    """Give how the chain stands."""
    last = AuditEntry.objects.exclude(number=None).order_by("-number").first()
    verified = (
        AuditEntry.objects.filter(subject=VERIFIED, verb=Verb.ACT).order_by("-number").first()
    )
    return ChainState(_number(last) if last else 0, last.hash if last else "", verified)


def latest_mark(subjects: Sequence[str]) -> str:
    """Give what changes with every entry about these subjects (tables), empty before the first.

    A number would not do: after a rollback another entry may come to have it.
    """
    table = AuditEntry._meta.db_table
    one = f"(SELECT hash FROM {table} WHERE subject = %s ORDER BY number DESC LIMIT 1)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(subjects))}", list(subjects))
        (hashes,) = cursor.fetchall()
    joined = " ".join(each or "" for each in hashes)
    return sha256(joined.encode()).hexdigest() if any(hashes) else ""


def values_of(text: str) -> dict[str, Any]:
    """Read what an entry says a row was or became; nothing where it says nothing."""
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        return {"": text}
    return values if isinstance(values, dict) else {"": values}


def subject_words(subject: str) -> str:
    """Give a subject in words: a table by what its rows are."""
    return subject_names().get(subject, subject)


def subject_names() -> dict[str, str]:
    """Give every subject an entry may have, and its words."""
    tables = {
        model._meta.db_table: f"{apps.get_app_config(model._meta.app_label).verbose_name}: "
        f"{model._meta.verbose_name}"
        for model in audited_models()
    }
    return OTHER_SUBJECTS | {each.name: each.name for each in POLICIES} | tables
