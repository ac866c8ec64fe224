"""What is open with a person, from every app: each says so once, with `open_by`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson


@dataclass(frozen=True)
class Open:
    """Something open: what it is, since when, whose it is, when something is due, and where it leads."""

    what: str
    since: date | None = None
    whose: str = ""
    due: date | None = None
    href: str = ""


Teller = Callable[[KnownPerson, Person], Iterable[Open]]

_tellers: list[Teller] = []


def open_by(teller: Teller) -> None:
    """Add what gives the open work of a person, for whoever asks."""
    if teller not in _tellers:
        _tellers.append(teller)


def open_with(person: KnownPerson, by: Person) -> list[Open]:
    """Give what is open with a person, what is due first at the top."""
    found = [each for tell in _tellers for each in tell(person, by)]
    return sorted(found, key=lambda each: (each.due or date.max, each.since or date.min, each.what))
