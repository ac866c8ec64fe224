"""What this app tells of a person in the chronology: birth, homes, families, agencies, merges."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.children.chronology import Entry
from sightline.service.children.households import homes_of
from sightline.service.children.merged import all_of, roots_of
from sightline.service.children.models import Involvement, KnownPerson, Merge
from sightline.service.children.relationships import relatives_of
from sightline.service.children.restrictions import hidden_people

AREA = "Child and family record"


def entries_recorded(person: KnownPerson, by: Person) -> Iterator[Entry]:
    """Give the entries. An address that is not to be told is not in them, as they are printed."""
    if person.born:
        about = " (an estimate)" if person.born_is_estimated else ""
        yield Entry(person.born, f"Born{about}", AREA)
    if person.died:
        yield Entry(person.died, "Died", AREA)
    records, hidden = all_of(person), hidden_people(by)
    for each in records:
        yield _at(each.made_at, f"Recorded as {each.number}", str(each.made_by or ""))
    yield from _homes(person)
    yield from _family(person, hidden)
    yield from _agencies(person)
    yield from _merges(records, hidden)


def _at(moment: datetime, what: str, by: str) -> Entry:
    local = timezone.localtime(moment)
    return Entry(local.date(), what, AREA, by=by, at=local.time().replace(microsecond=0))


def _homes(person: KnownPerson) -> Iterator[Entry]:
    for home in homes_of(person):
        where = ", ".join(filter(None, (*home.address.lines.splitlines(), home.address.postcode)))
        told = f"{where} ({home.get_kind_display().lower()})"
        if home.secret:  # type: ignore[attr-defined]
            where = told = "an address that is not to be told"
        if home.starts:
            yield Entry(home.starts, f"Came to live at {told}", AREA)
        if home.ends:
            yield Entry(home.ends, f"Left {where}", AREA)


def _family(person: KnownPerson, hidden: frozenset[int]) -> Iterator[Entry]:
    for each in relatives_of(person, hidden):
        if each.row.starts:
            yield Entry(each.row.starts, f"{each.person.name} became: {each.what.lower()}", AREA)
        if each.row.ends:
            yield Entry(
                each.row.ends, f"{each.person.name} is no longer: {each.what.lower()}", AREA
            )


def _agencies(person: KnownPerson) -> Iterator[Entry]:
    found = Involvement.objects.filter(person=person).select_related("agency").order_by()
    for each in found.only("professional", "role", "starts", "ends", "agency__name"):
        who = ", ".join(filter(None, (each.professional, each.role)))
        said = f"{each.agency} ({who})" if who else str(each.agency)
        if each.starts:
            yield Entry(each.starts, f"{said} began to work with them", AREA)
        if each.ends:
            yield Entry(each.ends, f"{said} ended their work with them", AREA)


def _merges(records: list[KnownPerson], hidden: frozenset[int]) -> Iterator[Entry]:
    """Give merges and partings. Once parted the reasons are of two people, and told of neither."""
    own = [each.pk for each in records]
    keys = list(Merge.objects.filter(Q(kept__in=own) | Q(gone__in=own)).values_list("pk"))
    if not keys:
        return
    found = list(
        Merge.objects.filter(pk__in=among(key for (key,) in keys)).select_related(
            "kept", "gone", "by", "parted_by"
        )
    )
    roots = roots_of(end for merge in found for end in (merge.kept, merge.gone))
    for merge in found:
        if not hidden.isdisjoint({roots[merge.kept_id].pk, roots[merge.gone_id].pk}):
            continue
        said = f"Record {merge.gone.number} was merged into {merge.kept.number}"
        why = "" if merge.parted_at else f": {merge.why}"
        yield _at(merge.at, f"{said}{why}", str(merge.by))
        if merge.parted_at:
            said = f"Record {merge.gone.number} was parted from {merge.kept.number}"
            yield _at(merge.parted_at, said, str(merge.parted_by))
