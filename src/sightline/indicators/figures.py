"""Figures as people read them: every period and group filled in, with rate, target and quality."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, repeat
from typing import Any

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, catalogue, versions
from sightline.indicators.engine import Counted, Counting, Period
from sightline.indicators.grading import Grade, Quality
from sightline.indicators.settings import Settings, Target, load_settings
from sightline.records.availability import advice, lacking

RATE_UNIT = "per 10,000 children"
POPULATION = "population"
_DAYS_OF_A_YEAR = 365

Population = Callable[[date], float | None]
"""Gives the population aged 0 to 17 for a rate whose period ends on a day, or None if not known."""


@dataclass(slots=True, unsafe_hash=True)
class Figure:
    """One figure. See `Cell` for the numbers; `rate` is per 10,000 children where the indicator has
    one. `suppressed` says why a published figure is hidden; its numbers are then None.

    Never change one: use `dataclasses.replace`. (Freezing the class would make half a million of
    them, as one authority has, take a second longer.)
    """

    definition: Definition
    period_start: date
    period_end: date
    by: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    unit: str
    unknown: int | None
    quality: Grade
    rate: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    target: Target | None = None
    suppressed: str = ""

    @property
    def indicator(self) -> str:
        """The indicator's code."""
        return self.definition.code

    @property
    def withheld(self) -> str:
        """Why the figure is withheld, its numbers then None; empty where it is not."""
        known = (self.numerator, self.denominator, self.value)
        return (
            "" if self.quality.usable or any(n is not None for n in known) else self.quality.reason
        )

    def to_json(self) -> dict[str, object]:
        """Give the figure as the command line and the API print it."""
        row: dict[str, object] = {
            "indicator": self.definition.code,
            "version": self.definition.version,
            "period_start": self.period_start.isoformat(),
            "period_end": self.period_end.isoformat(),
            "by": self.by,
            "group": self.group,
            "numerator": _whole(self.numerator),
            "denominator": _whole(self.denominator),
            "value": _whole(self.value),
            "unit": self.unit,
            "quality": self.quality.letter,
            "quality_reason": self.quality.reason,
            "part": self.definition.part,
            "title": self.definition.title,
            "unknown": self.unknown,
            "rate": self.rate,
            "target": self.target.value if self.target else None,
        }
        if self.lower_quartile is not None:
            row |= {"lower_quartile": self.lower_quartile, "upper_quartile": self.upper_quartile}
        if self.suppressed:
            row |= {"suppressed": self.suppressed}
        if self.withheld:
            row |= {"withheld": self.withheld}
        return row


@dataclass(frozen=True)
class NotComputed:
    """An indicator there is no figure for, and which file would be needed."""

    definition: Definition
    reason: str


@dataclass(frozen=True)
class FigureSet:
    """Figures in the order asked for, and what could not be computed."""

    figures: tuple[Figure, ...]
    not_computed: tuple[NotComputed, ...]


def choose(codes: Iterable[str] = (), *, every_version: bool = False) -> list[Definition]:
    """Give the definitions of these codes (all, if none are named); `NotInCatalogueError` for an unknown one.

    Without `every_version`, each period is later counted by the version in force on its last day.
    """
    wanted = list(codes)
    return [each for code in wanted for each in versions(code)] if wanted else list(catalogue())


def compute(
    engine: Counting,
    definitions: Sequence[Definition],
    periods: Sequence[Period],
    by: Sequence[str] = (),
    *,
    formats: Iterable[str] | None = None,
    quality: Quality | None = None,
    population: Population | None = None,
    settings: Settings | None = None,
    every_version: bool = False,
) -> FigureSet:
    """Compute figures for every definition, period and breakdown.

    `formats` are those loaded: a definition whose fields none of them fills is in `not_computed`.
    """
    settings = settings or load_settings()
    loaded = None if formats is None else list(formats)
    not_computed: list[NotComputed] = []
    asked: dict[tuple[Period, ...], list[Definition]] = {}
    for definition in definitions:
        if loaded is not None and lacking(definition.fields, loaded):
            not_computed.append(NotComputed(definition, advice(definition.fields, loaded)))
        elif in_force := tuple(p for p in periods if every_version or definition.in_force(p[1])):
            asked.setdefault(in_force, []).append(definition)
    maker = _Maker(quality or Quality(), population, settings)
    made: dict[int, list[Figure]] = {}
    with _no_search_for_cycles():
        for in_force, together in asked.items():
            for counted in engine.counted(together, in_force, by):
                for number, series in _series(counted, len(in_force)).items():
                    definition = counted.definitions[number]
                    made[id(definition)] = maker.figures(definition, in_force, series)
        figures = [each for one in definitions for each in made.get(id(one), ())]
    return FigureSet(tuple(figures), tuple(not_computed))


def withhold(figures: Iterable[Figure]) -> list[Figure]:
    """Take the numbers off figures that are not usable; their grade says why."""
    return [each if each.quality.usable else replace(each, **_NOTHING) for each in figures]


def no_evidence(total: Figure, by: str, group: str) -> Figure:
    """Give the figure of a group of which nothing is counted in a period, from that of the total."""
    numerator, denominator, value, unknown, *_ = _no_evidence(total.definition)
    return replace(
        total,
        by=by,
        group=group,
        numerator=numerator,
        denominator=denominator,
        value=value,
        unknown=unknown,
        rate=None,
        lower_quartile=None,
        upper_quartile=None,
        suppressed="",
    )


_NOTHING: dict[str, Any] = dict.fromkeys(
    ("numerator", "denominator", "value", "unknown", "rate", "lower_quartile", "upper_quartile")
)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep Python from searching for cycles while very many objects without any are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Series:
    """The numbers of one group, one for each period. No evidence is a count of 0, or 0 out of 0."""

    by: str
    group: str
    numerators: list[float | None]
    denominators: list[float | None]
    values: list[float | None]
    unknowns: list[int]
    lower: list[float | None] | None = None
    upper: list[float | None] | None = None


def _series(counted: Counted, periods: int) -> dict[int, list[_Series]]:
    """Put what was counted in series, by definition's place: the total, then groups by name."""
    empty = [_no_evidence(definition) for definition in counted.definitions]
    medians = ["median" in definition.measure for definition in counted.definitions]
    filled: list[list[Any]] = [
        list(chain.from_iterable(repeat(empty[key[0]][kind], periods) for key in counted.series))
        for kind in range(6 if any(medians) else 4)
    ]
    for into, values in zip(filled, counted.columns, strict=False):
        for slot, value in zip(counted.slots, values, strict=True):
            into[slot] = value
    result: dict[int, list[_Series]] = {number: [] for number in range(len(empty))}
    for place, (number, by, group) in enumerate(counted.series):
        one = slice(place * periods, (place + 1) * periods)
        numbers = [column[one] for column in filled]
        result[number].append(_Series(by, group, *numbers[: 6 if medians[number] else 4]))
    for number, series in result.items():
        if not series:
            series.append(_Series(TOTAL, TOTAL, *([each] * periods for each in empty[number][:4])))
    return result


def _no_evidence(definition: Definition) -> tuple[Any, ...]:
    """Give numerator, denominator, value, unknown (and quartiles) where there is no evidence."""
    if definition.is_share:
        return 0.0, 0.0, None, 0, None, None
    if definition.measure in ("median", "mean", "stock median"):
        return None, 0.0, None, 0, None, None
    return 0.0, None, 0.0, 0, None, None


class _Maker:
    """Makes the figures of one request."""

    def __init__(self, quality: Quality, population: Population | None, settings: Settings) -> None:
        self._quality = quality
        self._population = population
        self._settings = settings

    def figures(
        self, definition: Definition, periods: Sequence[Period], series: Sequence[_Series]
    ) -> list[Figure]:
        """Make the figures of a definition's series, the total being the first of them."""
        starts, ends = zip(*periods, strict=True)
        grades = [
            self._quality.grade(
                definition.fields,
                first,
                end,
                definition.looks_from(first),
                definition.states_instead,
            )
            for start, end in periods
            for first in (end if definition.is_stock else start,)
        ]
        targets = [self._settings.target(definition.code, end) for end in ends]
        people = self._people(definition, periods)
        none: list[float | None] = [None] * len(periods)
        figures: list[Figure] = []
        for each in series:
            denominators, values, rates = each.denominators, each.values, none
            if people is not None and each.by in (TOTAL, "category"):
                rates = [
                    10_000 * count / number if number and count is not None else None
                    for count, number in zip(each.numerators, people, strict=True)
                ]
            if definition.is_profile and definition.per == POPULATION:
                denominators, values = people or none, rates
            elif definition.is_profile:
                whole = series[0].numerators
                denominators = [number or 0.0 for number in whole]
                values = [
                    100 * (count or 0) / number if number else None
                    for count, number in zip(each.numerators, whole, strict=True)
                ]
            figures += map(
                Figure,
                repeat(definition),
                starts,
                ends,
                repeat(each.by),
                repeat(each.group),
                each.numerators,
                denominators,
                values,
                repeat(definition.unit),
                each.unknowns,
                self._quality.grades_of_group(grades, definition.fields, each.by, each.group),
                rates,
                each.lower or none,
                each.upper or none,
                targets,
            )
        return figures

    def _people(
        self, definition: Definition, periods: Sequence[Period]
    ) -> list[float | None] | None:
        """Give the population for each period that a rate can be given for."""
        if definition.per != POPULATION or self._population is None:
            return None
        return [
            self._population(end) or None
            if definition.is_stock or (end - start).days >= _DAYS_OF_A_YEAR - 1
            else None
            for start, end in periods
        ]


def _whole(number: float | None) -> float | int | None:
    """Print 374.0 as 374."""
    if number is None:
        return None
    return int(number) if float(number).is_integer() else number
