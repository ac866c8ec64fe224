"""Which restricted children a person may not know of, and what openings there are."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from sightline.clocks.calendar import due
from sightline.service.accounts.models import Person
from sightline.service.children.merged import all_of_each, roots_of
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
    opened = BrokenGlass.objects.filter(person=person, closes_at__gt=timezone.now())
    return restricted_now().exclude(named=person).exclude(pk__in=opened.values("restriction"))


def hidden_from(person: Person) -> frozenset[str]:
    """Give the numbers of the restricted children that a person may not know of now.

    Those who are named may, and so may whoever broke the glass, until it closes. Of a child with several
    records, every number is among them, whichever is restricted.
    """
    closed, people = _hidden(person)
    return closed | {each.number for each in people}


def hidden_people(person: Person) -> frozenset[int]:
    """Give the keys of the records that a person may not know of now, as `hidden_from` does the numbers."""
    return frozenset(each.pk for each in _hidden(person)[1])


def _hidden(person: Person) -> tuple[frozenset[str], list[KnownPerson]]:
    """Give the numbers that are closed to somebody, and every record of those children."""
    return once(("hidden", person.pk), lambda: _find_hidden(person))


def _find_hidden(person: Person) -> tuple[frozenset[str], list[KnownPerson]]:
    closed = frozenset(closed_to(person).order_by().values_list("child_id", flat=True))
    if not closed:
        return closed, []
    people = KnownPerson.objects.order_by().only("number", "merged_into")
    those = people.filter(number__in=closed)
    # Two questions in one, each with an index of its own.
    found = list(those.union(people.filter(merged_into__in=those.values("pk"))))
    if any(each.merged_into_id for each in found):
        roots = {root.pk: root for root in roots_of(found).values()}
        return closed, all_of_each(roots.values())
    return closed, found


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
