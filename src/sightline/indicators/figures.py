"""Figures as people read them: every period and group filled in, with rate, target and quality."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, catalogue, versions
from sightline.indicators.engine import Cell, Engine, Period
from sightline.indicators.grading import Grade, Quality
from sightline.indicators.settings import Settings, Target, load_settings
from sightline.records.availability import advice, lacking

RATE_UNIT = "per 10,000 children"
POPULATION = "population"

Population = Callable[[date], float | None]
"""Gives the population aged 0 to 17 for a rate whose period ends on a day, or None if not known."""


@dataclass(frozen=True)
class Figure:
    """One figure. See `Cell` for the numbers; `rate` is per 10,000 children where the indicator has
    one. `suppressed` says why a published figure is hidden; its numbers are then None.
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
    engine: Engine,
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
    quality = quality or Quality()
    loaded = None if formats is None else list(formats)
    figures: list[Figure] = []
    not_computed: list[NotComputed] = []
    for definition in definitions:
        if loaded is not None and lacking(definition.fields, loaded):
            not_computed.append(NotComputed(definition, advice(definition.fields, loaded)))
            continue
        in_force = [p for p in periods if every_version or definition.in_force(p[1])]
        if not in_force:
            continue
        cells = engine.cells([definition], in_force, by)
        for cell in _filled(definition, cells, in_force):
            figures.append(_figure(cell, quality, population, settings))
    return FigureSet(tuple(figures), tuple(not_computed))


def _filled(definition: Definition, cells: Sequence[Cell], periods: Sequence[Period]) -> list[Cell]:
    """Add the periods in which a group has no evidence: a count of 0, a share of 0 out of 0.

    In a profile each category is set over the whole.
    """
    known = {(cell.by, cell.group, cell.period_end): cell for cell in cells}
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    groups[TOTAL][TOTAL] = None
    for cell in cells:
        groups[cell.by][cell.group] = None
    counted = definition.measure not in ("median", "mean", "stock median") and (
        not definition.is_share
    )
    filled: list[Cell] = []
    for by, names in groups.items():
        for group in names:
            for start, end in periods:
                cell = known.get((by, group, end)) or Cell(
                    definition,
                    start,
                    end,
                    by,
                    group,
                    0.0 if counted or definition.is_share else None,
                    None if counted else 0.0,
                    0.0 if counted else None,
                    0,
                )
                if definition.is_profile:
                    cell = _share_of_whole(cell, known.get((TOTAL, TOTAL, end)))
                filled.append(cell)
    return filled


def _share_of_whole(cell: Cell, whole: Cell | None) -> Cell:
    if cell.definition.per == POPULATION:
        return cell
    total = whole.numerator if whole else None
    value = 100 * (cell.numerator or 0) / total if total else None
    return replace(cell, denominator=total or 0.0, value=value)


def _figure(
    cell: Cell, quality: Quality, population: Population | None, settings: Settings
) -> Figure:
    definition = cell.definition
    start = cell.period_end if definition.is_stock else cell.period_start
    rate = None
    value, denominator = cell.value, cell.denominator
    whole_year = definition.is_stock or (cell.period_end - cell.period_start).days >= 364
    if definition.per == POPULATION and population is not None and whole_year:
        people = population(cell.period_end)
        if people and cell.numerator is not None and cell.by in (TOTAL, "category"):
            rate = 10_000 * cell.numerator / people
            if definition.is_profile:
                value, denominator = rate, people
    elif definition.per == POPULATION and definition.is_profile:
        value = None
    return Figure(
        definition=definition,
        period_start=cell.period_start,
        period_end=cell.period_end,
        by=cell.by,
        group=cell.group,
        numerator=cell.numerator,
        denominator=denominator,
        value=value,
        unit=definition.unit,
        unknown=cell.unknown,
        quality=quality.grade(definition.fields, start, cell.period_end),
        rate=rate,
        lower_quartile=cell.lower_quartile,
        upper_quartile=cell.upper_quartile,
        target=settings.target(definition.code, cell.period_end),
    )


def _whole(number: float | None) -> float | int | None:
    """Print 374.0 as 374."""
    if number is None:
        return None
    return int(number) if float(number).is_integer() else number
