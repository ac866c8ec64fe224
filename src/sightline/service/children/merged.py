"""Records found to be of one person: which one stands for them, and which went into it."""

from collections.abc import Iterable

from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.restrictions import hidden_from


def roots_of(people: Iterable[KnownPerson]) -> dict[int, KnownPerson]:
    """Give for each record, by its key, the one that stands for the person now."""
    rows = {each.pk: each for each in people}
    wanted = set(rows)
    while missing := {
        each.merged_into_id for each in rows.values() if each.merged_into_id is not None
    } - set(rows):
        rows.update(KnownPerson.objects.in_bulk(missing))
    found = {}
    for pk in wanted:
        row = rows[pk]
        while row.merged_into_id is not None:
            row = rows[row.merged_into_id]
        found[pk] = row
    return found


def root_of(person: KnownPerson) -> KnownPerson:
    """Give the record that stands for a person now."""
    return roots_of([person])[person.pk]


def all_of(person: KnownPerson) -> list[KnownPerson]:
    """Give a record and every one that went into it, however far back; the record itself first."""
    found = [person]
    newest = [person.pk]
    while newest:
        more = list(KnownPerson.objects.filter(merged_into__in=newest).order_by("pk"))
        newest = [each.pk for each in more]
        found += more
    return found


def numbers_of(person: KnownPerson) -> list[str]:
    """Give every number under which the records may have a person; the one that stands first."""
    return [each.number for each in all_of(person)]


def hidden_people(by: Person) -> frozenset[int]:
    """Give the keys of the records that a person may not know of now.

    A record is hidden where it is of a restricted child, or one of such went into it.
    """
    numbers = hidden_from(by)
    if not numbers:
        return frozenset()
    rows = list(KnownPerson.objects.filter(number__in=numbers))
    return frozenset(each.pk for each in rows) | {each.pk for each in roots_of(rows).values()}
