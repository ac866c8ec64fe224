"""Everything dated that is known of a person, from every app, in the order of time.

Each app says once what it has to tell, with `told_by`; this module knows none of them. An entry tells in a
few words; the rest is where its link leads, under that page's own policy.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson


@dataclass(frozen=True)
class Entry:
    """One entry: the day (and time, if known), what happened, by whom, whose entry it is, where it leads.

    `area` is the part of the work that tells it, as `Front door`. `whose` is the team or worker it
    belongs to. `href` is an address without personal data.
    """

    day: date
    what: str
    area: str
    by: str = ""
    whose: str = ""
    href: str = ""
    at: time | None = None


Teller = Callable[[KnownPerson, Person], Iterable[Entry]]
"""Gives the entries of a person for whoever asks; the person is one whose record they may open."""

_tellers: dict[str, Teller] = {}


def told_by(area: str, teller: Teller) -> None:
    """Say what gives the entries of an area of work."""
    _tellers[area] = teller


def areas() -> list[str]:
    """Name the areas that have something to tell, in the order of the alphabet."""
    return sorted(_tellers)


def entries_of(person: KnownPerson, by: Person, area: str = "") -> list[Entry]:
    """Give every entry of a person that `by` may see, the latest first; of one area where it is given."""
    asked = {area: _tellers[area]} if area in _tellers else _tellers
    found = [entry for tell in asked.values() for entry in tell(person, by)]
    return sorted(
        found, key=lambda each: (each.day, each.at or time.min, each.area, each.what), reverse=True
    )
