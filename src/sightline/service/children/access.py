"""Who may open whose record: by the child's rows, an adult's by those of the children they belong to."""

import logging
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.policies import OPEN_CHILDREN, Policy
from sightline.service.children.households import on_day
from sightline.service.children.merged import all_of, numbers_of, roots_of
from sightline.service.children.models import KnownPerson, Relationship, Residence
from sightline.service.children.restrictions import hidden_people
from sightline.service.children.whereabouts import Row, Rows, rows_of, still_theirs_since
from sightline.store.snapshots import StoreError

_log = logging.getLogger(__name__)


def may_open(by: Person, person: KnownPerson, to: Policy = OPEN_CHILDREN) -> bool:
    """Whether somebody may do this to a person's record: it is of their remit, and not hidden from them."""
    hidden = hidden_people(by)
    return person.pk not in hidden and is_in_remit(by, person, to, hidden)


def is_in_remit(by: Person, person: KnownPerson, to: Policy, hidden: frozenset[int]) -> bool:
    """Whether a record is of somebody's remit; children hidden from them open no adult's record."""
    return covers(by, to, whose(person, hidden))


def covers(by: Person, to: Policy, rows: Iterable[Row]) -> bool:
    """Whether somebody may do this to a person of these rows; who reaches the whole needs none."""
    return to.allows(by) and (to.remit(by).whole or any(to.allows(by, row) for row in rows))


def whose(
    person: KnownPerson,
    hidden: frozenset[int] = frozenset(),
    records: Sequence[KnownPerson] | None = None,
) -> Rows:
    """Give the rows that say where a person belongs; `hidden` children lend theirs to nobody.

    A child has rows of their own. Somebody not known to be a child, and a child whom no app claims and who
    was recorded of late, as a brother or sister, have those of the children they are related to as well.
    """
    return Rows(_whose(person, hidden, records or all_of(person)))


def _whose(
    person: KnownPerson, hidden: frozenset[int], records: Sequence[KnownPerson]
) -> Iterator[Row]:
    claimed = yield from own_rows(each.number for each in records)
    adult = person.is_adult(timezone.localdate())
    if (claimed and not adult) or (adult is False and not _of_late(person)):
        return  # else whoever relates a child of another team to one of theirs would open the record
    for child in related_children(records):
        if child.pk not in hidden:
            yield from own_rows(numbers_of(child))


def own_rows(numbers: Iterable[str]) -> Generator[Row, None, bool]:
    """Give the rows under the numbers of a person; return whether an app claims one of them."""
    claimed = False
    for number in numbers:
        claimed |= yield from _rows_of(number)
    return claimed


def _rows_of(number: str) -> Generator[Row, None, bool]:
    """Give the rows of a number; where the loaded records cannot be read, those who record them are left."""
    try:
        return (yield from rows_of(number))
    except StoreError:
        _log.exception("the loaded records cannot be read, so they open no record")
        yield from rows_recorded_of(number)
        return True  # it cannot be told now, so nothing is lent


def _of_late(person: KnownPerson) -> bool:
    return timezone.localdate(person.made_at) >= still_theirs_since()


def related_children(records: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Give the family and carers of a person now, in either direction, who are not known to be adults."""
    own = {each.pk for each in records}
    today = timezone.localdate()
    rows = (
        Relationship.objects.filter(Q(person__in=own) | Q(other__in=own), on_day(today))
        .exclude(kind=Relationship.Kind.OTHER)  # says too little to open a record by
        .select_related("person", "other")
    )
    ends = {each.pk: each for row in rows for each in (row.person, row.other)}
    roots = {root.pk: root for root in roots_of(ends.values()).values()}
    return [each for pk, each in roots.items() if pk not in own and not each.is_adult(today)]


def held_at(moment: Any, day: Any) -> Q:
    """Give the appointments in force at a moment of a day."""
    not_over = (Q(ends=None) | Q(ends__gte=day)) & (Q(ended_at=None) | Q(ended_at__gt=moment))
    return not_over & Q(starts__lte=day)


def rows_recorded_of(number: str) -> list[Row]:
    """Give where somebody belongs whom no app claims: to who recorded them of late, their team and place.

    The team is that of then: a child does not follow an officer to another.
    """
    person = KnownPerson.objects.filter(number=number).select_related("made_by").first()
    if person is None or person.made_by is None or not _of_late(person):
        return []
    teams = (
        Appointment.objects.filter(held_at(person.made_at, timezone.localdate(person.made_at)))
        .filter(person=person.made_by)
        .exclude(team=None)
        .values_list("team__name", flat=True)
    )
    places = (
        Residence.objects.filter(on_day(timezone.localdate()), person=person)
        .exclude(address__locality=None)
        .values_list("address__locality__name", flat=True)
    )
    rows: list[Row] = [{"team": name} for name in teams]
    rows += [{"district": name} for name in places]
    if person.made_by.worker:
        rows.append({"worker": person.made_by.worker})
    return rows
