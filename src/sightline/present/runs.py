"""The run of an indicator over time: its points, the control chart, and the reading in words.

By month over the last three years. Where a month has no value, or a share rests on so few that its
months say little, by quarter over the last six years; where quarters do no better, without limits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from statistics import median

from sightline.clocks.months import periods
from sightline.indicators.definition import Definition
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure
from sightline.indicators.settings import Target
from sightline.indicators.xmr import XmrResult, reading, reading_short, xmr
from sightline.present import charts, words
from sightline.present.report import Run, SeriesPoint

STEPS = {"month": 36, "quarter": 24}
"""Lengths of period a run may have, in the order tried, and the most points of each."""
LEAST = 10
"""Median denominator below which a share's control chart would show noise."""
FEWEST_POINTS = 2

Protect = Callable[[Sequence[Figure]], list[Figure]]
"""Hides small numbers in figures that are published together."""


def run_periods(step: str, covered: tuple[date, date]) -> list[Period]:
    """Give the periods of a run: whole ones within what the files cover, the last so many."""
    return [p for p in periods(step, *covered) if p[0] >= covered[0]][-STEPS[step] :]


def of_run(figures: Iterable[Figure], step: str, covered: tuple[date, date]) -> list[Figure]:
    """Choose the figures of a run from those of one group, in order of time."""
    wanted = _wanted(step, covered)
    return sorted(
        (
            figure
            for figure in figures
            if (figure.period_start, figure.period_end) in wanted
            and figure.definition.in_force(figure.period_end)
        ),
        key=lambda figure: figure.period_end,
    )


@lru_cache(maxsize=64)
def _wanted(step: str, covered: tuple[date, date]) -> frozenset[Period]:
    return frozenset(run_periods(step, covered))


def best_step(
    figures: Sequence[Figure], covered: tuple[date, date], protect: Protect | None = None
) -> str:
    """Say by which step the figures of one group run best; empty where there are none of a run.

    With `protect`, it is for publication.
    """
    best = ""
    for step in STEPS:
        found = of_run(figures, step, covered)
        if found and fit_for_chart(protect(found) if protect else found):
            return step
        best = best or (step if found else "")
    return best


def fit_for_chart(figures: Sequence[Figure]) -> bool:
    """Say whether figures in order of time make a control chart: no gaps, and shares of enough."""
    return not _why_not(figures)


def _why_not(figures: Sequence[Figure]) -> str:
    if all(map(words.is_unknown, figures)):
        return "No control chart: the files do not say."
    if any(map(words.is_hidden, figures)):
        return "No control chart: small numbers in it are protected."
    if any(figure.value is None for figure in figures):
        return "No control chart: in some of the time there was nothing to count."
    if len(figures) < FEWEST_POINTS:
        return "No control chart: the files cover too short a time."
    shares = [figure.denominator or 0.0 for figure in figures if figure.definition.is_share]
    if shares and median(shares) < LEAST:
        return "No control chart: each point would rest on fewer than ten."
    return ""


def make_run(
    definition: Definition,
    step: str,
    figures: Sequence[Figure],
    target: Target | None,
    notes: Mapping[str, date] | None = None,
) -> Run:
    """Read the figures of one indicator, in order of time.

    `notes` are marks to put on the chart, as `1`, each with a day of the point that it belongs to.
    """
    labels = [words.short_period(f.period_start, f.period_end) for f in figures]
    values = [figure.value for figure in figures]
    title = f"{definition.title}: the last {len(figures)} {step}s"
    unknown = all(map(words.is_unknown, figures))
    drawn = len(figures) >= FEWEST_POINTS and not unknown
    spark = charts.sparkline(values, title=title) if drawn else ""
    if why_not := _why_not(figures):
        points = tuple(map(SeriesPoint, labels, figures))
        short = words.NOT_KNOWN if unknown else "Too few to read"
        return Run(step, points, "", why_not, short, spark)
    wanted = target.value if target and definition.better != "neutral" else None
    control = xmr(values, better=definition.better, target=wanted)
    said = reading(control, step=step)
    return Run(
        step,
        tuple(
            SeriesPoint(label, figure, point.said)
            for label, figure, point in zip(labels, figures, control.points, strict=True)
        ),
        _chart(
            definition,
            labels,
            control,
            f"{definition.title} by {step}",
            said,
            _marks(figures, notes),
        ),
        said,
        reading_short(control),
        spark,
        tuple(dict.fromkeys(str(p.kind) for p in control.points if p.direction)),
        str(control.points[-1].kind),
    )


def _marks(figures: Sequence[Figure], notes: Mapping[str, date] | None) -> list[str]:
    """Give the marks on each point: those of the notes whose day is in its period."""
    return [
        ", ".join(
            mark for mark, day in (notes or {}).items() if f.period_start <= day <= f.period_end
        )
        for f in figures
    ]


def _chart(
    definition: Definition,
    labels: Sequence[str],
    control: XmrResult,
    title: str,
    said: str,
    marks: Sequence[str],
) -> str:
    known = [point.value for point in control.points if point.value is not None]
    low, high = words.shown(min(known), definition.unit), words.shown(max(known), definition.unit)
    return charts.control_chart(
        [
            charts.Point(label, point.value, str(point.kind), mark)
            for label, point, mark in zip(labels, control.points, marks, strict=True)
        ],
        [
            charts.Limits(each.first, each.last, each.mean, each.lower, each.upper)
            for each in control.segments
        ],
        title=title,
        description=f"{len(known)} points from {labels[0]} to {labels[-1]}, from {low} to {high}; "
        f"the latest is {words.shown(known[-1], definition.unit)}. {said}",
        unit=definition.unit,
        target=control.target,
        most=100.0 if definition.unit == "percent" and definition.measure != "ratio" else None,
    )
