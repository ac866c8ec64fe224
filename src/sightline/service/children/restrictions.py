"""Which restricted children a person may not know of, and what openings there are."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from sightline.clocks.calendar import due
from sightline.service.accounts.keys import ByKeys, among
from sightline.service.accounts.models import Person
from sightline.service.children.merged import records_of
from sightline.service.children.models import (
    BrokenGlass,
    KnownPerson,
    OpeningTime,
    RestrictedChild,
)
from sightline.service.children.once import once

DEFAULT_HOURS = 4
"""How long an opening lasts where the authority has not decided: half a working day."""
REVIEW_WORKING_DAYS = 1
"""An opening is reviewed by the next working day (MODELS 11.3)."""


def restricted_now() -> QuerySet[RestrictedChild]:
    """Give the restrictions in force today."""
    return RestrictedChild.objects.filter(since__lte=timezone.localdate(), ended_at=None)


def closed_to(person: Person) -> QuerySet[RestrictedChild]:
    """Give the restrictions that close a record to a person now."""
    return RestrictedChild.objects.filter(pk__in=[each.key for each in _closed_to(person.pk)])


class _Restriction(NamedTuple):
    """A restriction that has not ended: whether a person is named and until when they opened it, and the
    record of the child, with whether it went into another or another into it.
    """

    key: int
    number: str
    since: date
    is_named: bool
    open_until: datetime | None
    record: int | None
    is_merged: bool


def _as_they_stand(here: Any) -> QuerySet[Any, Any]:
    """Give the question for all of them as they stand for a person: in one, as each page asks."""
    named = RestrictedChild.named.through._default_manager.filter(person__in=here)
    opened = BrokenGlass.objects.filter(person__in=here, restriction=OuterRef("pk"))
    record = KnownPerson.objects.filter(number=OuterRef("child_id")).order_by()
    merged = KnownPerson.objects.filter(merged_into__number=OuterRef("child_id"))
    found: QuerySet[Any, Any] = (
        RestrictedChild.objects.filter(ended_at=None)
        .order_by()
        .annotate(
            is_named=Exists(named.filter(restrictedchild=OuterRef("pk"))),
            open_until=Subquery(opened.order_by("-closes_at").values("closes_at")[:1]),
            record=Subquery(record.values("pk")[:1]),
            is_merged=Exists(record.filter(merged_into__isnull=False)) | Exists(merged),
        )
    )
    return found.values_list(
        "pk", "child_id", "since", "is_named", "open_until", "record", "is_merged"
    )


_RESTRICTIONS = ByKeys(_as_they_stand)


_NOBODY = 0
"""The key of no person: what is closed to it is every restriction in force."""


def _closed_to(person: int) -> list[_Restriction]:
    today, now = timezone.localdate(), timezone.now()
    return [
        each
        for each in starmap(_Restriction, _RESTRICTIONS.rows([person]))
        if each.since <= today
        and not each.is_named
        and (each.open_until is None or each.open_until <= now)
    ]


def hidden_from(person: Person) -> frozenset[str]:
    """Give the numbers of the restricted children that a person may not know of now.

    Those who are named may, and so may whoever broke the glass, until it closes. Of a child with several
    records, every number is among them, whichever is restricted.
    """
    closed, people = _hidden(person)
    return closed.union(people.values())


def hidden_people(person: Person) -> frozenset[int]:
    """Give the keys of the records that a person may not know of now, as `hidden_from` does the numbers."""
    return frozenset(_hidden(person)[1])


def _hidden(person: Person) -> tuple[frozenset[str], dict[int, str]]:
    """Give the numbers that are closed to somebody, and every record of those children: its number by key."""
    return once(_about(person.pk), lambda: _find_hidden(person))


def _about(person: int) -> tuple[str, int]:
    return "hidden", person


def _find_hidden(person: Person) -> tuple[frozenset[str], dict[int, str]]:
    closed = _closed_to(person.pk)
    return _hidden_by(closed, _records_closed(closed))


def find_hidden_of(people: Iterable[Person]) -> None:
    """Find what is hidden from each of many people in a few statements; `once` keeps it for who asks next."""
    keys = {each.pk for each in people}
    closed = _closed_to(_NOBODY)
    records = _records_closed(closed)
    named = RestrictedChild.named.through._default_manager.filter(person__in=among(keys))
    opened = BrokenGlass.objects.filter(person__in=among(keys), closes_at__gt=timezone.now())
    lets = set(named.values_list("person", "restrictedchild"))
    lets |= set(opened.order_by().values_list("person", "restriction"))
    for key in keys:
        theirs = [each for each in closed if (key, each.key) not in lets]
        once(_about(key), partial(_hidden_by, theirs, records))


def _hidden_by(
    closed: Iterable[_Restriction], records: Mapping[int, Mapping[int, str]]
) -> tuple[frozenset[str], dict[int, str]]:
    found: dict[int, str] = {}
    for each in closed:
        found |= records[each.key]
    return frozenset(each.number for each in closed), found


def _records_closed(closed: Iterable[_Restriction]) -> dict[int, dict[int, str]]:
    """Give every record of the child of each restriction, its number by key."""
    merged = [each.record for each in closed if each.is_merged and each.record is not None]
    whole = records_of(KnownPerson.objects.filter(pk__in=merged)) if merged else {}
    found: dict[int, dict[int, str]] = {}
    for each in closed:
        if each.record in whole:
            found[each.key] = {record.pk: record.number for record in whole[each.record]}
        else:
            found[each.key] = {} if each.record is None else {each.record: each.number}
    return found


def hours_on(day: date) -> int:
    """Give how many hours an opening made on a day lasts."""
    decided = OpeningTime.objects.filter(starts__lte=day).first()
    return decided.hours if decided else DEFAULT_HOURS


def review_due(opened_at: datetime) -> date:
    """Give the day by which an opening is to be reviewed: the next working day."""
    return due(timezone.localdate(opened_at), REVIEW_WORKING_DAYS)


def is_overdue(opening: BrokenGlass) -> bool:
    """Whether an opening that nobody has reviewed should have been by now."""
    return opening.reviewed_at is None and timezone.localdate() > review_due(opening.opened_at)


def openings(*, reviewed: bool | None = None) -> QuerySet[BrokenGlass]:
    """Give openings with whose they are, those not reviewed first, the oldest of them at the top."""
    found = BrokenGlass.objects.select_related("person", "restriction", "reviewed_by")
    if reviewed is not None:
        found = found.filter(reviewed_at__isnull=not reviewed)
    return found.order_by("-opened_at" if reviewed else "opened_at", "pk")


def openings_of(person: Person) -> QuerySet[BrokenGlass]:
    """Give a person's own openings, the latest first."""
    return BrokenGlass.objects.filter(person=person).order_by("-opened_at", "-pk")
