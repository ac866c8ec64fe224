"""Figures quoted in replies and reports: kept as they stood, drawn from what was kept, and set beside newer.

What is quoted is always the protected form: small numbers hidden, nothing by team, whoever quotes it. All
that is shown is written into `QuotedFigure.shown`, so that it is drawn without the snapshot.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition
from sightline.indicators.disclosure import SMALLEST_SHOWN, SYMBOL
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure, no_evidence, withhold
from sightline.indicators.xmr import xmr
from sightline.present import charts, words
from sightline.present.breakdowns import breakdowns
from sightline.present.publication import PUBLISHED_BREAKDOWNS
from sightline.present.report import Run, Within
from sightline.present.windows import Window, years_of
from sightline.service.measures.reading import Reading, current_reading
from sightline.service.scrutiny.models import QuotedFigure
from sightline.store.snapshots import StoreError

FORM = 1
"""The form of what is kept, so that what was kept long ago is still drawn once the form has changed."""
MOST_BARS = 14
DISCLOSURE = (
    f"Small numbers are protected: “{SYMBOL}” stands for a number hidden so that no child can be made out "
    f"(1 to {SMALLEST_SHOWN - 1}, and others that would give one away)."
)


class NoFigureError(LookupError):
    """There is no such figure to quote; the message says why."""


# --- What can be quoted


def published_now() -> Reading | None:
    """Give what is published; None where nothing is, or it cannot be read now."""
    try:
        return current_reading()
    except StoreError:
        return None


def quotable(reading: Reading, asked: str) -> list[Definition]:
    """Give the indicators with published figures that have every word asked for, by code."""
    wanted = re.findall(r"[\w-]+", asked.lower())

    def has(definition: Definition) -> bool:
        told = (definition.code, definition.title, definition.part, definition.area)
        text = " ".join((*told, definition.definition)).lower()
        return all(word in text for word in wanted)

    found = reading.figures(protected=True).windows
    exact = asked.strip().upper()
    return sorted(filter(has, found), key=lambda each: (each.code != exact, each.code, each.part))


def definition_of(reading: Reading, code: str, part: str = "") -> Definition:
    """Give the definition in force of an indicator and part; `NoFigureError` if it has no figures."""
    for each in reading.definitions(code, protected=True):
        if each.part == part:
            return each
    raise NoFigureError(f"There is no published figure of {code} {part}".rstrip() + ".")


def periods_of(reading: Reading, definition: Definition) -> list[Period]:
    """Give the periods whose figure can be quoted, the latest first."""
    kept = reading.figures(protected=True)
    window = kept.window_of(definition)
    there = {(f.period_start, f.period_end) for f in kept.of(definition, ())}
    known = {*years_of(window, kept.covered), window.current} & there
    return sorted(known, key=lambda period: (period[1], period[0]), reverse=True)


def breakdowns_of(definition: Definition) -> tuple[str, ...]:
    """Give the dimensions a figure can be broken down by when it is quoted."""
    if definition.is_profile:
        return ("category",)
    return tuple(by for by in PUBLISHED_BREAKDOWNS if by in definition.dimensions)


# --- Quoting


def quote(
    reading: Reading,
    definition: Definition,
    period: Period | None = None,
    within: Within | None = None,
    by: str = "",
) -> QuotedFigure:
    """Quote a figure: of a period (the headline's if none), of the whole or `within` a district, broken down.

    It is not saved yet, and in no reply. `NoFigureError` if there is no such published figure.
    """
    kept = reading.figures(protected=True)
    if definition not in kept.windows:
        raise NoFigureError(f"There is no published figure of {definition.code}.")
    window = kept.window_of(definition)
    period = period or window.current
    if definition.is_profile:
        by = "category"
    if by and by not in breakdowns_of(definition):
        raise NoFigureError(f"{definition.code} is not published by {by}.")
    if within and (
        within.by not in breakdowns_of(definition) or within.group not in kept.groups(within.by)
    ):
        raise NoFigureError(f"{definition.code} is not published within {within}.")
    if within and by:
        raise NoFigureError("Within a district a figure is not broken down further.")
    wanted = {by, *((within.by,) if within else ())} - {""}
    figures = kept.of(definition, wanted)
    before = _before(periods_of(reading, definition), period)
    now = _figure(figures, period, within)
    if now is None:
        raise NoFigureError(f"{definition.code} has no figure for {words.the_period(*period)}.")
    then = _figure(figures, before, within) if before else None
    rows = _rows(figures, Window(period, before), now, by) if by else []
    run = None
    if not by and not within and period == window.current:
        run = reading.page(definition, protected=True).run
    return QuotedFigure(
        indicator=definition.code,
        part=definition.part,
        by=by,
        group_by=within.by if within else "",
        group=within.group if within else "",
        period_start=period[0],
        period_end=period[1],
        snapshot=reading.snapshot.id,
        shown={
            "form": FORM,
            "authority": reading.authority,
            "title": definition.title,
            "code": definition.code,
            "part": definition.part,
            "version": definition.version,
            "definition": definition.definition,
            "unit": definition.unit,
            "when": _when(definition, period),
            "before_when": _when(definition, before) if then and before else "",
            "of_share": definition.is_share or definition.is_profile,
            "adds_up": definition.is_profile
            or definition.measure in ("count", "stock", "children"),
            "figure": _cell(now, then),
            "change": ""
            if definition.is_profile
            else words.change(now.value, then.value if then else None, definition.unit),
            "rows": rows,
            "run": _run(definition, run),
            "reaches_to": reading.covered_until.isoformat(),
            "quality": now.quality.letter,
            "disclosure": DISCLOSURE,
        },
    )


def _when(definition: Definition, period: Period) -> str:
    if definition.is_stock:
        return f"At {words.day(period[1])}"
    return words.capitalised(words.period(*period))


def _before(periods: Sequence[Period], period: Period) -> Period | None:
    """Give the period of the same length that ended last before one."""
    long = (period[1] - period[0]).days
    return next(
        (
            each
            for each in periods
            if each[1] < period[1] and abs((each[1] - each[0]).days - long) <= 1
        ),
        None,
    )


def _figure(figures: Iterable[Figure], period: Period, within: Within | None) -> Figure | None:
    """Give the figure of a period, in total or of a group; a group nothing is counted of has 0."""
    at = {(f.by, f.group): f for f in figures if (f.period_start, f.period_end) == period}
    whole = at.get((TOTAL, TOTAL))
    if within is None or whole is None:
        return whole
    found = at.get((within.by, within.group)) or no_evidence(whole, within.by, within.group)
    return withhold([found])[0]


def _rows(figures: Sequence[Figure], window: Window, now: Figure, by: str) -> list[dict[str, Any]]:
    found = breakdowns(figures, window, now, (by,))
    return [
        {"group": row.group, **_cell(row.now, row.before)} for each in found for row in each.rows
    ]


def _cell(now: Figure, before: Figure | None) -> dict[str, Any]:
    """Write one figure: as text for people, and as a number for the chart, None where there is none."""
    return {
        "value": None if words.is_unknown(now) else now.value,
        "text": words.value(now),
        "under": words.under(now),
        "bar": words.bar(now),
        "numerator": words.numerator(now),
        "denominator": words.denominator(now),
        "not_known": words.not_known(now),
        "withheld": now.withheld,
        "before": words.value(before) if before else "",
    }


def _run(definition: Definition, run: Run | None) -> dict[str, Any] | None:
    if run is None or not run.chart:
        return None
    figures = [point.figure for point in run.points]
    target = figures[-1].target
    wanted = target.value if target and definition.better != "neutral" else None
    control = xmr([each.value for each in figures], better=definition.better, target=wanted)
    return {
        "step": run.step,
        "points": [
            {
                "label": point.label,
                "value": each.value,
                "text": words.value(point.figure),
                "kind": str(each.kind),
                "said": point.signal,
            }
            for point, each in zip(run.points, control.points, strict=True)
        ],
        "limits": [
            [each.first, each.last, each.mean, each.lower, each.upper] for each in control.segments
        ],
        "target": control.target,
        "kinds": list(run.kinds),
        "reading": run.reading,
        "most": 100.0 if definition.unit == "percent" and definition.measure != "ratio" else None,
    }


# --- Drawing what was kept


def render(figure: QuotedFigure, *, level: int = 3, which: str = "") -> SafeString:
    """Draw a quoted figure from what was kept of it: the figure, its chart, its numbers as a table.

    `level` is that of its heading; `which` tells it from another of the same name on the page, as "then".
    """
    shown = figure.shown
    return render_to_string(
        "scrutiny/asks/figure.html",
        {
            "figure": figure,
            "shown": {**shown, "reaches_day": on_day(figure)},
            "name": f"{name_of(figure)}, {which}" if which else name_of(figure),
            "bars": _bars(shown, name_of(figure), figure.by),
            "control": _control(shown, name_of(figure)),
            "level": level,
        },
    )


def drawings(figure: QuotedFigure) -> list[SafeString]:
    """Give the charts of a quoted figure as SVG, for paper: the bars of its breakdown, its run."""
    name = name_of(figure)
    drawn = (_bars(figure.shown, name, figure.by), _control(figure.shown, name))
    return [each for each in drawn if each]


def name_of(figure: QuotedFigure) -> str:
    """Name a quoted figure: its title, and the district it is within."""
    where = f", {figure.group}" if figure.group else ""
    return f"{_titled(str(figure.shown.get('title', figure.indicator)), figure.part)}{where}"


def title_of(definition: Definition) -> str:
    """Name an indicator: its title, and its part."""
    return _titled(definition.title, definition.part)


def _titled(title: str, part: str) -> str:
    # Some titles say their part already: "Return interview offered", of the part "offered".
    return f"{title} ({part})" if part and part not in title.lower() else title


def _bars(shown: dict[str, Any], name: str, by: str) -> SafeString:
    rows = shown.get("rows") or []
    if all(row["value"] is None for row in rows):
        return SafeString("")  # nothing is broken down, or every number of it is hidden
    drawn = rows
    if len(rows) > MOST_BARS:
        largest = sorted(rows, key=lambda row: row["value"] or 0.0, reverse=True)[:MOST_BARS]
        drawn = [row for row in rows if row in largest]
    whole = shown["figure"]["value"]
    # `present.charts` escapes every text.
    return mark_safe(  # noqa: S308
        charts.bar_chart(
            [(row["group"], row["value"], row["bar"]) for row in drawn],
            title=f"{name} by {by}",
            description=", ".join(f"{row['group']} {row['text']}" for row in drawn) + ".",
            unit=shown["unit"],
            width=560,
            reference=("all", whole) if whole is not None and not shown["adds_up"] else None,
        )
    )


def _control(shown: dict[str, Any], name: str) -> SafeString:
    run = shown.get("run")
    if not run:
        return SafeString("")
    points = run["points"]
    return mark_safe(  # noqa: S308 - as above
        charts.control_chart(
            [charts.Point(each["label"], each["value"], each["kind"]) for each in points],
            [charts.Limits(*each) for each in run["limits"]],
            title=f"{name} by {run['step']}",
            description=f"{len(points)} points from {points[0]['label']} to {points[-1]['label']}; "
            f"the latest is {points[-1]['text']}. {run['reading']}",
            unit=shown["unit"],
            target=run["target"],
            most=run["most"],
        )
    )


# --- A newer one beside it


@dataclass(frozen=True)
class Change:
    """One group of a figure, as it was quoted and as it is now, and the change in words."""

    group: str
    then: str
    now: str
    change: str


@dataclass(frozen=True)
class Newer:
    """The same figure from what is published now, and what changed; `caution` where they are unlike."""

    figure: QuotedFigure
    changes: tuple[Change, ...]
    caution: str

    @property
    def any(self) -> bool:
        """Whether any number is another one."""
        return any(each.then != each.now for each in self.changes)


def newer(figure: QuotedFigure, reading: Reading | None) -> Newer | None:
    """Give the figure from the current snapshot, of its latest period; None where there is no newer one."""
    if reading is None or reading.snapshot.id == figure.snapshot:
        return None
    within = Within(figure.group_by, figure.group) if figure.group else None
    try:
        definition = definition_of(reading, figure.indicator, figure.part)
        now = quote(reading, definition, within=within, by=figure.by)
    except NoFigureError:
        return None
    unit = figure.shown["unit"]
    was = {"The whole": figure.shown["figure"], **_by_group(figure)}
    new = {"The whole": now.shown["figure"], **_by_group(now)}
    changes = []
    for group in dict.fromkeys((*new, *was)):
        then, at = was.get(group), new.get(group)
        changes.append(
            Change(
                group if group != "The whole" or not figure.group else figure.group,
                then["text"] if then else words.NONE,
                at["text"] if at else words.NONE,
                words.change(at["value"], then["value"], unit) if at and then else "",
            )
        )
    caution = ""
    if now.shown["version"] != figure.shown["version"] or now.shown["unit"] != unit:
        caution = "The definition has changed since, so the two do not count the same."
    elif abs(_days(now) - _days(figure)) > 1:
        caution = "The two periods are not equally long."
    return Newer(now, tuple(changes), caution)


def _by_group(figure: QuotedFigure) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in figure.shown.get("rows") or []}


def _days(figure: QuotedFigure) -> int:
    return (figure.period_end - figure.period_start).days


def on_day(figure: QuotedFigure) -> date:
    """Give the day the records behind a quoted figure reach to."""
    return date.fromisoformat(figure.shown["reaches_to"])
