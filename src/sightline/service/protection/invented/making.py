"""What the invented cases are made with: the day, chance, the same each time, words, people, places."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.protection.invented import moments


@cache
def words() -> dict[str, Any]:
    """Give the words of the invented cases."""
    text = (files("sightline.service.protection.invented") / "words.toml").read_text("utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class Place:
    """Where cases are: a team, its locality, who works there, two who may authorise their work, and who
    decides above them whether a child's case goes to court.
    """

    team: Team
    locality: Locality
    workers: Sequence[Person]
    manager: Person
    other: Person
    senior: Person


@dataclass
class Making:
    """What the cases are made with. `officer` took the contacts; `director` authorised them."""

    now: datetime
    chance: Random
    agencies: dict[str, Agency]
    officer: Person
    director: Person
    chairs: Sequence[Person]
    support: Person
    made: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is made on."""
        return timezone.localdate(self.now)

    def at(self, ago: int, hour: int = 10) -> datetime:
        """Give an hour of the working day so many ago."""
        return moments.moment(self.now, ago, hour)

    def one_of(self, these: Sequence[Any]) -> Any:
        """Choose one."""
        return self.chance.choice(these)

    def say(self, about: str, what: str, name: str) -> str:
        """Choose words of a kind, about a child of this name."""
        said = words()[about][what]
        chosen: str = said if isinstance(said, str) else self.one_of(said)
        return chosen.format(name=name)

    def next(self, what: str) -> int:
        """Count: 0, 1, 2 and so on, for each kind of thing on its own."""
        number = self.made.get(what, -1) + 1
        self.made[what] = number
        return number
