"""Records that very likely are of one child, and that nobody has judged yet.

Of a restricted child each is closed: by one that is not, anybody would open what is hidden from them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.children.matching import VERY_LIKELY
from sightline.service.children.merged import all_of, all_of_each, records_of, root_of, roots_of
from sightline.service.children.models import KnownPerson, PossibleMatch, RestrictedChild
from sightline.service.children.restrictions import restricted_now


class OpenAlike(NamedTuple):
    """A record that stands open, and the restriction of one that very likely is of the same child."""

    person: KnownPerson
    restriction: RestrictedChild


def alike_to(child_id: str) -> list[KnownPerson]:
    """Give the records that very likely are of the same child as this number, and that nobody has judged.

    What is like one of them is of the same child too, however far on; but for what was said to be of another
    child than this number or one before it, or was let open: that is not undone by way of a third.
    """
    found = KnownPerson.objects.filter(number=child_id).first()
    if found is None:
        return []
    root = root_of(found)
    others: dict[int, KnownPerson] = {}
    newest = {root.pk: root}
    seen = set(newest)
    while newest:
        seen |= _apart(all_of_each(newest.values()))
        matches = list(_very_likely(newest))
        newest = _ends(_none_let_open(matches) if others else matches, seen)
        seen |= newest.keys()
        others |= newest
    return [others[pk] for pk in sorted(others)]


def restricted_alike(child_id: str) -> list[RestrictedChild]:
    """Give the other restrictions in force of this child, and of what very likely is of the same.

    None of a record that is like them by an open one only, or by one of another child than this.
    """
    found = KnownPerson.objects.filter(number=child_id).first()
    if found is None:
        return []
    root = root_of(found)
    whole = all_of(root)
    numbers = [each.number for each in whole]
    own = restricted_now().filter(child_id__in=numbers).exclude(child_id=child_id)
    restrictions = list(own.prefetch_related("named"))
    newest = {root.pk}
    seen = newest | _apart(whole)
    while newest and (near := _ends(_very_likely(newest), seen)):
        seen = seen | near.keys()
        records = records_of(near.values())
        root_with = {each.number: pk for pk, rows in records.items() for each in rows}
        here = list(restricted_now().filter(child_id__in=root_with).prefetch_related("named"))
        restrictions += here
        newest = {root_with[each.child_id] for each in here}
    return sorted(restrictions, key=lambda each: each.pk)


def in_the_same_way(restriction: RestrictedChild, why: str, named: Set[Person]) -> bool:
    """Whether somebody restricted it with another: for the same reason, and open to the same people."""
    return restriction.reason == why and set(restriction.named.all()) == named


def stays_open(found: OpenAlike) -> bool:
    """Whether a record was said to be of another child than one restricted here, or let open then.

    By the one that it is like now, both would be of one child: somebody decides, and until then it is listed.
    That goes for each that is like this one, whatever its reason and names: a record like several that
    differ is restricted in the way of none of them.
    """
    restriction, root = found.restriction, found.person
    together = {
        each.child_id: each for each in (restriction, *restricted_alike(restriction.child_id))
    }
    records = records_of(KnownPerson.objects.filter(number__in=together))
    by_root: dict[int, list[RestrictedChild]] = defaultdict(list)
    for rows in records.values():
        by_root[rows[0].pk] += [together[each.number] for each in rows if each.number in together]
    whole = all_of(root)
    if not by_root.keys().isdisjoint(_apart(whole)):
        return True
    ended = _ended_of({root.pk: whole}).get(root.pk, ())
    return any(
        _was_let_open(each, match, other)
        for match in (_very_likely({root.pk}) if ended else ())
        for each in ended
        for other in by_root.get(match.other_id if match.one_id == root.pk else match.one_id, ())
    )


def _apart(records: Iterable[KnownPerson]) -> set[int]:
    """Give the keys of those whom somebody has said to be another than the people of these records.

    It was said of the record that stood for either then: what that went into since is meant too.
    """
    own = {each.pk for each in records}
    judged = PossibleMatch.objects.filter(
        Q(one__in=among(own)) | Q(other__in=among(own)), state=PossibleMatch.State.DIFFERENT
    )
    others = _ends(judged.select_related("one", "other").order_by(), own)
    return {each.pk for each in roots_of(others.values()).values()}


def _ends(matches: Iterable[PossibleMatch], seen: Set[int]) -> dict[int, KnownPerson]:
    """Give the records of matches that were not seen yet, by key."""
    ends = (each for match in matches for each in (match.one, match.other))
    return {each.pk: each for each in ends if each.pk not in seen}


def _none_let_open(matches: Sequence[PossibleMatch]) -> list[PossibleMatch]:
    """Give the matches but for those of a record whose own restriction was ended since they were found."""
    ended = _ended_of(records_of(each for match in matches for each in (match.one, match.other)))
    return [
        match
        for match in matches
        if not any(
            each.ended_at is not None and each.ended_at >= match.found_at
            for pk in (match.one_id, match.other_id)
            for each in ended.get(pk, ())
        )
    ]


def _ended_of(records: Mapping[int, Sequence[KnownPerson]]) -> dict[int, list[RestrictedChild]]:
    """Give the restrictions of these records that were ended, by the key of the one that stands for each."""
    root_with = {each.number: rows[0].pk for rows in records.values() for each in rows}
    ended = defaultdict(list)
    for each in RestrictedChild.objects.filter(child_id__in=root_with).exclude(ended_at=None):
        ended[root_with[each.child_id]].append(each)
    return ended


def open_alike(of: KnownPerson | None = None) -> list[OpenAlike]:
    """Give each record that stands open though it very likely is of a restricted child.

    With `of`, only by what is like that person's records. One whose own restriction was ended since they
    were found to be alike is left out: that was on purpose.
    """
    matches = list(_very_likely(_records_of(of)))
    if not matches:
        return []
    records = records_of(each for match in matches for each in (match.one, match.other))
    root_with = {each.number: rows[0].pk for rows in records.values() for each in rows}
    in_force, ended = defaultdict(list), _ended_of(records)
    here = restricted_now().filter(child_id__in=root_with).order_by("pk")
    for each in here.prefetch_related("named"):
        in_force[root_with[each.child_id]].append(each)
    found = [
        OpenAlike(one, restriction)
        for match in matches
        for one, other in _both_ways(records[match.one_id][0], records[match.other_id][0])
        if one.pk not in in_force
        for restriction in in_force.get(other.pk, ())
        if not any(_was_let_open(each, match, restriction) for each in ended.get(one.pk, ()))
    ]
    return list({(each.person.pk, each.restriction.pk): each for each in found}.values())


def _very_likely(records: Iterable[int]) -> QuerySet[PossibleMatch]:
    """Give the matches of these records that very likely are of one person, and that nobody has judged.

    A record that went into another has none: of what it was like, the one that is kept is judged.
    """
    return (
        PossibleMatch.objects.filter(
            Q(one__in=among(records)) | Q(other__in=among(records)),
            state=PossibleMatch.State.OPEN,
            one__merged_into=None,
            other__merged_into=None,
            weight__gte=VERY_LIKELY,
        )
        .select_related("one", "other")
        .order_by("pk")
    )


def _records_of(of: KnownPerson | None) -> set[int]:
    """Give the keys of every record of a person, or of every restricted child."""
    if of is not None:
        return {each.pk for each in all_of(root_of(of))}
    restricted = KnownPerson.objects.filter(number__in=restricted_now().values("child_id"))
    return {each.pk for rows in records_of(restricted).values() for each in rows}


def _both_ways(
    one: KnownPerson, other: KnownPerson
) -> tuple[tuple[KnownPerson, KnownPerson], tuple[KnownPerson, KnownPerson]]:
    return (one, other), (other, one)


def _was_let_open(
    ended: RestrictedChild, match: PossibleMatch, restriction: RestrictedChild
) -> bool:
    at = ended.ended_at
    return at is not None and at >= match.found_at and timezone.localdate(at) >= restriction.since
