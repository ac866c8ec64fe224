"""What of restricted children nobody who is named can go on with, from every app: each says so once, with
`stuck_by`. What is hidden from all stands on no list while its clocks run.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sightline.service.accounts.keys import Keys, among
from sightline.service.accounts.models import Person
from sightline.service.accounts.queries import with_appointments
from sightline.service.children.merged import records_of
from sightline.service.children.models import KnownPerson, RestrictedChild
from sightline.service.children.once import asked_once
from sightline.service.children.restrictions import find_hidden_of, hidden_people


@dataclass(frozen=True)
class Named:
    """A restriction: the keys of every record of the child, and the people named who may know of them.

    Another restriction of the same child may close the records to some who are named: they are `shut_out`.
    """

    key: int
    records: frozenset[int]
    people: Sequence[Person]
    shut_out: Sequence[Person] = ()


class Standing(NamedTuple):
    """How a restriction stands: what nobody who is named can go on with, and whom another shuts out."""

    stuck: list[str]
    shut_out: Sequence[Person]


Said = tuple[int, str]
Teller = Callable[[Sequence[Named]], Iterable[Said]]
"""Gives a sentence for each thing, with the key of the restriction: as many statements for many as for one.
What is hidden from those named, and what they are appointed to, was asked already."""

_tellers: list[Teller] = []


def records_among(restricted: Iterable[Named]) -> Keys:
    """Give the records of all of them, to look rows up by."""
    return among({record for each in restricted for record in each.records})


def stuck_by(teller: Teller) -> None:
    """Add what says of open work which step none of the people named may take."""
    if teller not in _tellers:
        _tellers.append(teller)


def stuck_with(restriction: RestrictedChild) -> list[str]:
    """Say of which open work of a restricted child nobody who is named may take the next steps."""
    return stuck_with_each([restriction])[restriction.pk]


def stuck_with_each(restrictions: Iterable[RestrictedChild]) -> dict[int, list[str]]:
    """Say the same of many, by the key of each: in as many statements as of one."""
    return {key: each.stuck for key, each in standing_of(restrictions).items()}


def standing_of(restrictions: Iterable[RestrictedChild]) -> dict[int, Standing]:
    """Say how each of many stands, by its key."""
    numbers = {each.pk: each.child_id for each in restrictions}
    with asked_once():
        restricted = list(_named(numbers))
        found = {key: Standing([], ()) for key in numbers}
        found |= {each.key: Standing([], each.shut_out) for each in restricted}
        for tell in _tellers if restricted else ():
            for key, said in tell(restricted):
                found[key].stuck.append(said)
    return found


def _named(numbers: dict[int, str]) -> Iterator[Named]:
    """Give the restrictions of children known here, by the number that each is for."""
    children = {
        each.number: each for each in KnownPerson.objects.filter(number__in=numbers.values())
    }
    if not children:
        return
    records = records_of(children.values())
    named = RestrictedChild.named.through._default_manager.filter(
        restrictedchild__in=among(numbers), person__is_active=True
    )
    pairs = set(named.values_list("restrictedchild", "person"))
    found = with_appointments(Person.objects.filter(pk__in=among({key for _, key in pairs})))
    find_hidden_of(found)
    for key, number in numbers.items():
        if number in children:
            own = frozenset(each.pk for each in records[children[number].pk])
            people: dict[bool, list[Person]] = {True: [], False: []}
            for each in found:
                if (key, each.pk) in pairs:
                    people[own.isdisjoint(hidden_people(each))].append(each)
            yield Named(key, own, people[True], shut_out=people[False])
