"""Which restricted children a person may not know of, and what openings there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from sightline.clocks.calendar import due
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import BREAK_GLASS
from sightline.service.children.merged import all_of_each, roots_of
from sightline.service.children.models import (
    BrokenGlass,
    KnownPerson,
    OpeningTime,
    RestrictedChild,
)

DEFAULT_HOURS = 4
"""How long an opening lasts where the authority has not decided: half a working day."""
REVIEW_WORKING_DAYS = 1
"""An opening is reviewed by the next working day (MODELS 11.3)."""


def restricted_now() -> QuerySet[RestrictedChild]:
    """Give the restrictions in force today."""
    return RestrictedChild.objects.filter(since__lte=timezone.localdate(), ended_at=None)


def closed_to(person: Person) -> QuerySet[RestrictedChild]:
    """Give the restrictions that close a record to a person now."""
    opened = BrokenGlass.objects.filter(person=person, closes_at__gt=timezone.now())
    return restricted_now().exclude(named=person).exclude(pk__in=opened.values("restriction"))


def hidden_from(person: Person) -> frozenset[str]:
    """Give the numbers of the restricted children that a person may not know of now.

    Those who are named may, and so may whoever broke the glass, until it closes. Of a child with several
    records, every number is among them, whichever is restricted.
    """
    return _hidden(person).numbers


def hidden_people(person: Person) -> frozenset[int]:
    """Give the keys of the records that a person may not know of now, as `hidden_from` does the numbers."""
    return _hidden(person).people


@dataclass(frozen=True)
class _Hidden:
    """Those whom somebody may not know of: numbers, as restricted, and the keys of the records."""

    numbers: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()


def _hidden(person: Person) -> _Hidden:
    kept = _kept.get()
    if kept is None:
        return _find_hidden(person)
    if person.pk not in kept:
        kept[person.pk] = _find_hidden(person)
    return kept[person.pk]


def _find_hidden(person: Person) -> _Hidden:
    numbers = frozenset(closed_to(person).values_list("child_id", flat=True))
    if not numbers:
        return _Hidden()
    roots = roots_of(KnownPerson.objects.filter(number__in=numbers)).values()
    records = all_of_each({each.pk: each for each in roots}.values())
    return _Hidden(
        numbers | {each.number for each in records}, frozenset(each.pk for each in records)
    )


_kept: ContextVar[dict[int, _Hidden] | None] = ContextVar("hidden, asked once", default=None)


@contextmanager
def hidden_asked_once() -> Iterator[None]:
    """Ask once for those hidden from a person, however often it is needed, as for one page that is read."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def why_hidden(person: Person, child_id: str) -> str:
    """Say why a child's record is closed to a person; empty where no restriction closes it."""
    if not closed_to(person).filter(child_id=child_id).exists():
        return ""
    said = "This record is restricted: only the people named for it may open it."
    if BREAK_GLASS.allows(person):
        said += " In an emergency you may open it with a reason, which is reviewed."
    return said


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
