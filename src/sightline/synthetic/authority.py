"""An invented authority: its children, and all that happened to them in the years invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random

from sightline.synthetic.care import make_care
from sightline.synthetic.care_targets import CareTargets, read_care_targets
from sightline.synthetic.events import (
    Allocation,
    Child,
    Contact,
    EarlyHelp,
    Leaver,
    Missing,
    Visit,
    YearInCare,
)
from sightline.synthetic.front_door import contacts, early_help
from sightline.synthetic.outcomes import care_leavers, health_checks, times_missing, years_in_care
from sightline.synthetic.pathway import Pathway
from sightline.synthetic.people import Nursery
from sightline.synthetic.protection import first_day, last_day, make_timetable
from sightline.synthetic.targets import Targets, likely_children, read_targets
from sightline.synthetic.visits import visits_to
from sightline.synthetic.workforce import Workforce

Progress = Callable[[str], None]


@dataclass
class Authority:
    """One invented authority. `notes` say where it cannot add up to what is published.

    `permanence` gives, for children who had a permanence order before care, its kind, authority and
    date. Visits and allocations are made when a child's are first asked for.
    """

    code: str
    seed: str
    targets: Targets
    care_targets: Sequence[CareTargets]
    children: list[Child]
    contacts: list[Contact]
    early_help: list[EarlyHelp]
    missing: list[Missing]
    years_in_care: list[YearInCare]
    health_checks: dict[str, list[tuple[str, date]]]
    leavers: list[Leaver]
    workforce: Workforce
    permanence: dict[str, tuple[str, str, str]]
    districts: tuple[str, ...]
    notes: tuple[str, ...]
    _allocations: dict[str, list[Allocation]] = field(default_factory=dict)
    _visits: dict[str, list[Visit]] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years invented, by the 31 March that ends each."""
        return range(self.targets.years[0].year, self.targets.years[-1].year + 1)

    @cached_property
    def in_care(self) -> list[Child]:
        """The children who were in care at any time."""
        return [child for child in self.children if child.care]

    def allocations(self, child: Child) -> list[Allocation]:
        """Give the workers a child had in turn."""
        if child.id not in self._allocations:
            self.workforce.random = _random(self.seed, "allocations", child.id)
            self._allocations[child.id] = self.workforce.allocate(child)
        return self._allocations[child.id]

    def visits(self, child: Child) -> list[Visit]:
        """Give the visits to a child, in order."""
        if child.id not in self._visits:
            self._visits[child.id] = visits_to(
                child,
                first_day(self.years[0]),
                last_day(self.years[-1]),
                _random(self.seed, "visits", child.id),
            )
        return self._visits[child.id]


def make_authority(
    like: str,
    first: int,
    last: int,
    seed: int,
    *,
    children: int | None = None,
    number: str | None = None,
    progress: Progress,
) -> Authority:
    """Invent an authority whose yearly counts are those published for a real one.

    With `children`, the counts are scaled so that about so many children are known. The same arguments
    give the same authority. `number` is its three-digit number, if not that of the one it is like.
    Errors as `read_targets`.
    """
    factor = children / likely_children(like, first, last) if children else 1.0
    targets = read_targets(like, first, last, factor=factor)
    code = number or targets.authority
    key = f"{code} {first} {last} {seed} {children}"
    nursery = Nursery(code, targets.authority, _random(key, "children"))
    before, care_years = read_care_targets(targets.authority, first, last, factor=factor)
    care = make_care(before, care_years, _random(key, "care"), progress)
    timetable = make_timetable(targets, _random(key, "protection"))
    pathway = Pathway(targets, timetable, care, nursery, _random(key, "pathway"), progress)
    pathway.run()
    progress("Inventing contacts, early help and care leavers")
    known = list(nursery.children)
    in_care = [child for child in known if child.care]
    years = range(first, last + 1)
    healthy = years_in_care(in_care, care_years, _random(key, "health"))
    leavers = care_leavers(nursery, care_years, _random(key, "leavers"))
    return Authority(
        code,
        key,
        targets,
        care_years,
        nursery.children,
        contacts(nursery, known, years, _random(key, "contacts")),
        early_help(nursery, known, years, _random(key, "early help")),
        times_missing(in_care, care_years, _random(key, "missing")),
        healthy,
        health_checks(in_care, healthy, last_day(last), _random(key, "health checks")),
        leavers,
        Workforce(
            code,
            nursery.districts,
            sum(targets.years[-1].in_need.values()),
            years,
            _random(key, "workers"),
        ),
        _permanence(in_care, code, _random(key, "permanence")),
        nursery.districts,
        (*targets.notes, *pathway.notes),
    )


def _random(*key: str) -> Random:
    """Give a source of chance of its own, so that no part depends on how much another draws."""
    return Random(" ".join(key))  # noqa: S311 - invented people, not secrets


def _permanence(
    children: Sequence[Child], authority: str, random: Random
) -> dict[str, tuple[str, str, str]]:
    """Say which children in care had a permanence order before."""
    found: dict[str, tuple[str, str, str]] = {}
    for child in children:
        if (child.care[0].entered - child.birth).days < 1200:
            continue
        if random.random() < 0.08:
            year = child.birth.year + random.randint(1, 2)
            month = random.randint(1, 12)
            option = random.choices(("P1", "P2", "P3"), (2, 5, 3))[0]
            found[child.id] = option, authority, f"zz/{month:02d}/{year}"
    return found
