"""A week being invented: what it is made with, and the rows made so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models import (
    ContactChild,
    Guidance,
    InformationRequest,
    Level,
    ReferralForm,
)

DAYS = 7


@dataclass
class Week:
    """What the week is made with, and the rows made so far."""

    now: datetime
    chance: Random
    words: dict[str, Any]
    agencies: list[Agency]
    officers: list[Person]
    managers: list[Person]
    places: list[tuple[Team | None, Locality | None]]
    known: list[KnownPerson]
    forms: dict[str, ReferralForm | None]
    levels: list[Level]
    guidance: Guidance | None
    rows: dict[type, list[Any]] = field(default_factory=dict)
    asked: list[tuple[InformationRequest, list[ContactChild]]] = field(default_factory=list)

    def one_of(self, these: Sequence[Any]) -> Any:
        """Choose one."""
        return self.chance.choice(these)

    def by_weight(self, weights: dict[Any, int]) -> Any:
        """Choose one by weight."""
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def maybe(self, share: float) -> bool:
        """Say yes to this share."""
        return self.chance.random() < share

    def add(self, row: Any) -> Any:
        """Keep a row to be written."""
        self.rows.setdefault(type(row), []).append(row)
        return row


def after(week: Week, moment: datetime | None, least: float, most: float) -> datetime:
    """Give a moment some hours later, but never one to come."""
    later = (moment or week.now) + timedelta(hours=week.chance.uniform(least, most))
    return min(later, week.now)
