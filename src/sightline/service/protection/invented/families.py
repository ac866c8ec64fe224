"""Invented families: brothers and sisters with their parents at one address, and the agencies around them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sightline.clocks.months import add_months
from sightline.service.accounts.models import Person
from sightline.service.children import actions, identifiers
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import find_people
from sightline.service.protection.invented.making import Making, Place, words

TURNED_18 = 8
"""How many working days ago whoever is 18 has become so: a story tells of a plan that ended then."""
_ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "APKN", "AIND", "BAFR", "NOBT")


@dataclass(frozen=True)
class Family:
    """A family: its name, its children, the oldest first, and where it lives."""

    name: str
    children: list[KnownPerson]
    place: Place


def invent_family(
    making: Making, place: Place, children: int, *, oldest: int, ago: int, by: Person
) -> Family:
    """Record a family of so many children and their parents, at one address, so many working days ago.

    `oldest` is the age of the oldest child, any where it is 0.
    """
    number = making.next("family")
    name = words()["families"][number % len(words()["families"])]
    token = find_people(name, by=by).token
    age = oldest or 4 + (number * 5) % 11
    found = [_child(making, name, age - 2 * each, token, ago, by) for each in range(children)]
    mother = _adult(making, "mothers", "F", name, token, ago, by)
    father = _adult(making, "fathers", "M", name, token, ago, by) if number % 3 else None
    _home(making, place, number, [*found, mother, *([father] if father and number % 2 else [])])
    for child in found:
        actions.relate(child, mother, kind="mother", parental_responsibility="yes")
        if father:
            actions.relate(child, father, kind="father", parental_responsibility="unknown")
    for one, other in pairwise(found):
        actions.relate(one, other, kind="sibling")
    actions.involve_agency(
        found[0],
        agency=making.agencies["education"],
        professional=making.one_of(words()["professionals"]),
        role="Class teacher",
        starts=making.today - timedelta(days=400),
    )
    return Family(name, found, place)


def new_number(making: Making) -> str:
    """Give a number as the service gives them, but the same each time."""
    return identifiers.new_number(making.chance.randrange)


def _child(making: Making, last: str, age: int, token: str, ago: int, by: Person) -> KnownPerson:
    sex = making.one_of("FM")
    firsts = words()["girls" if sex == "F" else "boys"]
    return actions.record_person(
        search=token,
        by=by,
        number=new_number(making),
        first_names=firsts[making.next(sex) * 7 % len(firsts)],
        last_name=last,
        born=_born(making, age),
        sex=sex,
        ethnicity=making.one_of(_ETHNICITIES),
        made_at=making.at(ago, 8),
    )


def _born(making: Making, age: int) -> date:
    drawn = _birthday(making, max(age, 1))
    turned = making.at(TURNED_18).date()
    return add_months(turned, -18 * 12) if age == 18 else drawn


def _adult(
    making: Making, which: str, sex: str, last: str, token: str, ago: int, by: Person
) -> KnownPerson:
    return actions.record_person(
        search=token,
        by=by,
        number=new_number(making),
        first_names=making.one_of(words()[which]),
        last_name=last,
        born=_birthday(making, making.chance.randrange(24, 46)),
        sex=sex,
        made_at=making.at(ago, 8),
    )


def _birthday(making: Making, age: int) -> date:
    return making.today - timedelta(days=age * 365 + making.chance.randrange(20, 330))


def _home(making: Making, place: Place, number: int, people: list[KnownPerson]) -> None:
    streets = words()["streets"]
    for each in people:
        actions.record_residence(
            each,
            lines=f"{number + 1} {streets[number % len(streets)]}",
            postcode=f"ZZ{number % 9 + 1} {number % 8 + 1}AA",
            locality=place.locality,
            kind="home",
            starts=making.today - timedelta(days=700),
        )
