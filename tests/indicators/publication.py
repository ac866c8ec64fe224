"""Invented records and the figures they give, counted the plain way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sightline.clocks.months import periods
from sightline.indicators.definition import Definition, versions
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure
from sightline.indicators.grading import Grade

DISTRICTS = ("Bromsgrove", "Malvern Hills", "Redditch", "Worcester", "Wychavon", "Wyre Forest")
TEAMS = ("North", "South", "Duty")
SEXES = ("Female", "Male", "Not known")
YEAR = (date(2015, 4, 1), date(2016, 3, 31))
POPULATION = 115_430
GRADE = Grade("B", "3 of 121 rows of cp plan have an error in end date.")


@dataclass(frozen=True)
class Episode:
    """A conference or a plan of an invented child."""

    child: int
    start: date
    end: date | None = None
    district: str = DISTRICTS[0]
    team: str = TEAMS[0]
    sex: str = SEXES[0]
    met: bool | None = True
    transferred: bool = False
    category: str = "Neglect"
    length: float | None = 20.0


Chosen = Callable[[Episode, Period], bool]


def _started(episode: Episode, period: Period) -> bool:
    return period[0] <= episode.start <= period[1]


def _ended(episode: Episode, period: Period) -> bool:
    return episode.end is not None and period[0] <= episode.end <= period[1]


def _open(episode: Episode, period: Period) -> bool:
    return episode.start <= period[1] and (episode.end is None or episode.end > period[1])


def _long(days: int) -> Chosen:
    return lambda e, p: _open(e, p) and e.start <= p[1] - timedelta(days=days)


def _met(episode: Episode, _: Period) -> bool | None:
    return episode.met


def _conference(episode: Episode, period: Period) -> bool:
    return _started(episode, period) and not episode.transferred


CASES: dict[str, tuple[Chosen, Callable[[Episode, Period], bool | None]]] = {
    "CP-06": (_started, _met),
    "CP-05": (_conference, _met),
    "CP-07": (_started, lambda e, _: e.category == "Neglect"),
    "CP-09": (_open, _met),
    "CP-10s": (_started, _met),
    "CP-10e": (_ended, _met),
    "CP-11": (_started, _met),
    "CP-12": (_ended, lambda e, _: e.end is not None and (e.end - e.start).days > 300),
    "CP-13": (_open, _long(300)),
    "CP-14": (_long(90), _met),
    "MI-01": (_started, _met),
    "LA-10": (_open, _met),
    "AS-02": (_started, _met),
    "LH-05": (_started, _met),
}
"""Which episodes an indicator is given here, and which of them are met."""


def definition_of(code: str) -> Definition:
    """Give the definition: the latest version, the part of a name where there are several."""
    part = {"MI-01": "children", "LA-10": "missing", "LH-05": "mean"}.get(code, "")
    return [each for each in versions(code) if each.part == part][-1]


def figures(
    codes: Iterable[str],
    episodes: Sequence[Episode],
    asked: Sequence[Period] = (YEAR,),
    by: Sequence[str] = ("district", "team", "sex"),
) -> list[Figure]:
    """Count indicators in total and by each dimension, every group in every period."""
    made = []
    for code in codes:
        definition = definition_of(code)
        for period in asked:
            rows = [e for e in episodes if CASES[code][0](e, period)]
            made.append(_figure(definition, period, "all", "all", rows))
            for dimension in by:
                for group in sorted({getattr(e, dimension) for e in episodes}):
                    some = [e for e in rows if getattr(e, dimension) == group]
                    made.append(_figure(definition, period, dimension, group, some))
    return made


def _figure(
    definition: Definition, period: Period, by: str, group: str, rows: Sequence[Episode]
) -> Figure:
    numerator: float | None
    denominator: float | None
    value: float | None
    unknown = 0
    answers = [CASES[definition.code][1](row, period) for row in rows]
    if definition.measure == "children":
        children = {row.child for row in rows}
        met = {row.child for row, answer in zip(rows, answers, strict=True) if answer}
        percent = definition.unit == "percent"
        numerator = float(len(met) if percent else len(children))
        denominator = float(len(children)) if percent else None
        value = numerator if denominator is None else _share(numerator, denominator)
    elif definition.is_share:
        numerator, denominator = float(sum(a is True for a in answers)), float(len(rows))
        unknown = sum(a is None for a in answers)
        value = _share(numerator, denominator)
    elif definition.measure in ("median", "mean"):
        lengths = [row.length for row in rows if row.length is not None]
        denominator, unknown = float(len(lengths)), len(rows) - len(lengths)
        is_mean = definition.measure == "mean"
        numerator = sum(lengths) if is_mean and lengths else None
        middle = sum(lengths) / len(lengths) if is_mean and lengths else None
        value = middle if is_mean else (median(lengths) if lengths else None)
    else:
        numerator, denominator, value = float(len(rows)), None, float(len(rows))
    rate = None
    if definition.per == "population" and by == "all" and numerator is not None:
        rate = 10_000 * numerator / POPULATION
    return Figure(
        definition,
        *period,
        by,
        group,
        numerator,
        denominator,
        value,
        definition.unit,
        unknown,
        GRADE,
        rate,
    )


def _share(numerator: float, denominator: float) -> float | None:
    return 100 * numerator / denominator if denominator else None


def profile(code: str, part: str, counts: dict[str, int], period: Period = YEAR) -> list[Figure]:
    """Give the figures of a profile: the whole, and each category over it."""
    definition = next(each for each in versions(code) if each.part == part)
    whole = float(sum(counts.values()))
    rows = [("all", "all", whole), *(("category", name, float(n)) for name, n in counts.items())]
    return [
        Figure(
            definition,
            *period,
            by,
            group,
            count,
            whole,
            _share(count, whole),
            definition.unit,
            0,
            GRADE,
        )
        for by, group, count in rows
    ]


def every(step: str, period: Period = YEAR) -> list[Period]:
    """Give the months, quarters or years of a stretch."""
    return list(periods(step, *period))
