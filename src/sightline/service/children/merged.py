"""Records found to be of one person: which one stands for them, and which went into it."""

from collections.abc import Iterable

from django.db.models import Q

from sightline.service.children.models import KnownPerson
from sightline.service.children.once import once


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


def found_with_merged(pk: int) -> tuple[KnownPerson | None, list[KnownPerson]]:
    """Give the record with a key, None where there is none, and every one that went into it."""
    rows = list(KnownPerson.objects.filter(Q(pk=pk) | Q(merged_into=pk)).order_by("pk"))
    found = next((each for each in rows if each.pk == pk), None)
    return found, all_of_each(each for each in rows if each.pk != pk)


def all_of(person: KnownPerson) -> list[KnownPerson]:
    """Give a record and every one that went into it, however far back; the record itself first."""
    return list(once(("records", person.pk), lambda: all_of_each([person])))


def all_of_each(people: Iterable[KnownPerson]) -> list[KnownPerson]:
    """Give records and every one that went into one of them, however far back; they themselves first."""
    found = list(people)
    newest = [each.pk for each in found]
    while newest:
        more = list(KnownPerson.objects.filter(merged_into__in=newest).order_by("pk"))
        newest = [each.pk for each in more]
        found += more
    return found


def records_of(people: Iterable[KnownPerson]) -> dict[int, list[KnownPerson]]:
    """Give for each record, by its key, every one of that person; the one that stands for them first."""
    roots = roots_of(people)
    whole = all_of_each({root.pk: root for root in roots.values()}.values())
    stands = roots_of(whole)  # all are among them, so that nothing more is asked for
    of_one: dict[int, list[KnownPerson]] = {}
    for each in whole:
        of_one.setdefault(stands[each.pk].pk, []).append(each)
    return {pk: of_one[root.pk] for pk, root in roots.items()}


def numbers_of(person: KnownPerson) -> list[str]:
    """Give every number under which the records may have a person; the one that stands first."""
    return [each.number for each in all_of(person)]


def numbers_with(number: str) -> list[str]:
    """Give every number of the person who has this one; it alone where no record here has it."""
    found = KnownPerson.objects.filter(number=number).first()
    return numbers_of(root_of(found)) if found else [number]
