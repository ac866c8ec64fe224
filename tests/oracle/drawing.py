"""Invented authorities drawn at random, most of their dates where a definition turns."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from oracle.definitions import (
    BANK_HOLIDAYS,
    Assessment,
    Enquiry,
    Plan,
    Records,
    Referral,
    due,
    plus_months,
)

_DAY = timedelta(days=1)
_SOURCES = ("1A", "2A", "6", "10", "5D", "ZZ", "")


@dataclass
class Episode:
    """One CINdetails. What stands twice in a list is an exact copy. `transfer_in` is the date of a
    conference that follows no enquiry.
    """

    referral: Referral
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    transfer_in: date | None = None


@dataclass
class Child:
    """One Child element. Two may have the same id."""

    id: str
    episodes: list[Episode]
    group: str = "WBRI"
    birth: str = "2008-05-01"


def records_of(children: Iterable[Child], *, under_referrals: bool = True) -> Records:
    """Take each record once: of one child, and of one referral where it is recorded under one.

    Two plans of a child that start on one day cannot both be: their reviews are reviews of both.
    """
    episodes = [episode for child in children for episode in child.episodes]

    def once(name: str) -> list:
        return [
            record
            for _, _, record in dict.fromkeys(
                (
                    episode.referral.child,
                    under_referrals and episode.referral.date,
                    _without_reviews(record),
                )
                for episode in episodes
                for record in getattr(episode, name)
            )
        ]

    reviews: dict[tuple[str, date | None], set[date]] = {}
    for episode in episodes:
        for plan in episode.plans:
            reviews.setdefault((plan.child, plan.start), set()).update(plan.reviews)
    return Records(
        referrals=list(dict.fromkeys(episode.referral for episode in episodes)),
        assessments=once("assessments"),
        enquiries=once("enquiries"),
        plans=[
            replace(plan, reviews=tuple(reviews[plan.child, plan.start])) for plan in once("plans")
        ],
    )


def _without_reviews(record: Assessment | Enquiry | Plan) -> Assessment | Enquiry | Plan:
    return replace(record, reviews=()) if isinstance(record, Plan) else record


class Drawing:
    """Draws children whose events lie around the year ending 31 March of `year`."""

    def __init__(self, random: Random, year: int, *, years: int = 1, damage: float = 0.04) -> None:
        self.random = random
        self.damage = damage
        self.first = date(year - years, 4, 1)
        self.last = date(year, 3, 31)
        months = [plus_months(self.first, number) for number in range(-2, 12 * years + 2)]
        self.turns = [
            *months,
            *(each - _DAY for each in months),
            *(day for day in sorted(BANK_HOLIDAYS) if self.first <= day <= self.last),
            *(plus_months(date(every, 1, 31), 1) for every in range(year - years, year + 1)),
            self.last,
            self.first,
            self.last,
        ]

    def authority(self, prefix: str, group: str, count: int) -> list[Child]:
        """Draw children; some stand twice, and some ids are of two children."""
        found: list[Child] = []
        for number in range(count):
            child = Child(f"{prefix}{number}", self._episodes(f"{prefix}{number}"), group)
            found.append(child)
            if self._happens(0.03):
                found.append(child)
            if self._happens(0.05):
                other = self._episodes(child.id)
                found.append(Child(child.id, other, group, birth="2011-09-09"))
        return found

    def _episodes(self, child: str) -> list[Episode]:
        found: list[Episode] = []
        starts: list[date] = []
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 2, 3))):
            start = self._day()
            if starts and self._happens(0.6):
                before = self.random.choice(starts)
                start = self._near(
                    self.random.choice((before, plus_months(before, 12), plus_months(before, -12)))
                )
            starts.append(start)
            found.append(self._episode(child, start))
            if self._happens(0.03):
                found.append(found[-1])
        return found

    def _episode(self, child: str, start: date) -> Episode:
        days = (start, self._day(), self._near(start))
        return Episode(
            Referral(
                child,
                self._known(start),
                closure=self._maybe(self._after(start), 0.5),
                nfa=None if self._damaged() else self._happens(0.2),
                source=self.random.choice(_SOURCES),
            ),
            self._several(lambda: self._assessment(self.random.choice(days))),
            self._several(lambda: self._enquiry(child, self.random.choice(days))),
            self._several(lambda: self._plan(child, self._plan_start(start))),
            transfer_in=self._maybe(self._day(), 0.15),
        )

    def _assessment(self, start: date) -> Assessment:
        end = self._near(due(start, 45)) if self._happens(0.6) else self._after(start)
        return Assessment(self._known(start), self._maybe(end, 0.85))

    def _enquiry(self, child: str, start: date) -> Enquiry:
        conference = self._near(due(start, 15)) if self._happens(0.6) else self._after(start)
        return Enquiry(child, self._known(start), self._maybe(conference, 0.75))

    def _plan(self, child: str, start: date) -> Plan:
        end = (
            self._near(plus_months(start, 24))
            if self._happens(0.4)
            else self.random.choice((self._day(), self._after(start)))
        )
        return Plan(
            child,
            self._known(start),
            self._maybe(end, 0.4),
            self._reviews(start),
            None if self._damaged() else self.random.choice((0, 0, 0, 1, 2)),
        )

    def _plan_start(self, referral: date) -> date:
        months = self.random.choice((3, 3, 9, 24, 24))
        back = plus_months(self.random.choice(self.turns), -months)
        return self.random.choice((referral, self._day(), self._near(back), self._near(back)))

    def _reviews(self, start: date) -> tuple[date, ...]:
        found = []
        months, day = 3, start
        for _ in range(self.random.choice((0, 1, 1, 2, 3, 6))):
            limit = plus_months(day, months)
            early = limit - self.random.choice((0, 0, 0, 1, 9, 30)) * _DAY
            day = limit + _DAY if self._happens(0.12) else early
            months = 6
            found.append(day)
        if self._happens(0.1):
            found.append(start - self.random.choice((0, 1)) * _DAY)
        if self._happens(0.1):
            found.append(self._day())
        if found and self._happens(0.1):
            found.append(found[0])
        self.random.shuffle(found)
        return tuple(found)

    def _several(self, draw) -> list:
        found = [draw() for _ in range(self.random.choice((0, 0, 1, 1, 2)))]
        return found + found[:1] if self._happens(0.06) else found

    def _day(self) -> date:
        if self._happens(0.6):
            return self._near(self.random.choice(self.turns))
        whole = (self.last - self.first).days
        return self.first + self.random.randint(-200, whole + 20) * _DAY

    def _near(self, day: date) -> date:
        return day + self.random.choice((-1, 0, 0, 0, 1)) * _DAY

    def _after(self, day: date) -> date:
        return day + self.random.choice((0, 0, 1, 3, 20, 60, 200, -1 if self.damage else 1)) * _DAY

    def _maybe(self, day: date, chance: float) -> date | None:
        return self._known(day) if self._happens(chance) else None

    def _known(self, day: date) -> date | None:
        return None if self._damaged() else day

    def _damaged(self) -> bool:
        return self._happens(self.damage)

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance
