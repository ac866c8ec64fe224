"""What a report says, before it is drawn: the HTML, the workbook and the PDF are made from this alone.

Headline figures are for the last complete year ending 31 March that the loaded files cover; where they
cover less than a year, for the stretch they cover. Charts run by month over the last three years.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sightline import __version__
from sightline.clocks.months import periods
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Engine, Period
from sightline.indicators.figures import Figure, NotComputed, Population, compute
from sightline.indicators.grading import Quality
from sightline.indicators.rag import Rag, rag
from sightline.indicators.settings import Settings, Target
from sightline.indicators.xmr import XmrResult, reading, xmr
from sightline.present import charts, words
from sightline.published.compare import Comparison, compare
from sightline.published.measures import NotPublishedError
from sightline.quality.check import CheckReport, Outcome, RuleResult

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
MONTHS = 36
BREAKDOWNS = ("district", "team")
UNSEEN = "CI-06"
MOST_LISTED = 200
_FEW = 13
"""Points a control chart needs before its limits are more than trial limits."""

Protect = Callable[[Sequence[Figure]], list[Figure]]
"""Hides small numbers in the figures that are to be published together."""


@dataclass(frozen=True)
class SeriesPoint:
    """One figure of a run, with its label and what the control chart says of it."""

    label: str
    figure: Figure
    signal: str = ""


@dataclass(frozen=True)
class Breakdown:
    """The headline figure by one dimension."""

    name: str
    figures: tuple[Figure, ...]
    chart: str


@dataclass(frozen=True)
class ComparisonRow:
    """One area of a comparison, a text for each year."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class ComparisonView:
    """Published figures beside others."""

    caption: str
    years: tuple[int, ...]
    rows: tuple[ComparisonRow, ...]
    chart: str
    note: str


@dataclass(frozen=True)
class IndicatorPage:
    """All that is said of one indicator."""

    id: str
    code: str
    name: str
    part: str
    version: int
    unit: str
    better: str
    definition: str
    note: str
    source: str
    sql: str
    shares: bool
    when: str
    current: Figure | None
    change: str
    target: Target | None
    rag: Rag
    neighbours: str
    neighbours_label: str
    england: str
    compared_year: int | None
    reading: str
    reading_short: str
    chart: str
    chart_title: str
    step: str
    series: tuple[SeriesPoint, ...]
    sparkline: str
    breakdowns: tuple[Breakdown, ...]
    comparison: ComparisonView | None


@dataclass(frozen=True)
class Area:
    """Indicators of one part of the work."""

    id: str
    name: str
    pages: tuple[IndicatorPage, ...]


@dataclass(frozen=True)
class UnseenChild:
    """A child not seen within the standard."""

    child_id: str
    last_seen: date | None
    since: date
    district: str
    team: str
    worker: str
    reason: str


@dataclass(frozen=True)
class UnseenGroup:
    """How many in one district, by reason."""

    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class UnseenList:
    """The children of one list, those waiting longest first."""

    code: str
    title: str
    sentence: str
    total: int
    reasons: tuple[str, ...]
    groups: tuple[UnseenGroup, ...]
    children: tuple[UnseenChild, ...]
    left_out: int


@dataclass(frozen=True)
class QualityView:
    """What the checks found."""

    sentence: str
    rules: tuple[RuleResult, ...]


@dataclass(frozen=True)
class InputView:
    """A file the figures rest on."""

    path: str
    format: str
    covers: str
    rows_read: int
    rows_kept: int
    sha256: str


@dataclass(frozen=True)
class Report:
    """Everything a report shows."""

    title: str
    authority: str
    lede: str
    period: str
    before: str
    end: date
    notice: str
    published: bool
    unseen: tuple[UnseenList, ...]
    areas: tuple[Area, ...]
    not_computed: tuple[NotComputed, ...]
    quality: QualityView
    inputs: tuple[InputView, ...]
    snapshot: str
    made: date
    software: str = __version__
    licence: str = LICENCE


@dataclass(frozen=True)
class Subject:
    """What a report is about: an opened snapshot, and what is known of it."""

    engine: Engine
    formats: Sequence[str]
    covered: tuple[date, date]
    authority: str
    authority_code: str
    snapshot: str
    made: date
    settings: Settings
    quality: Quality
    check: CheckReport
    inputs: tuple[InputView, ...] = ()
    notice: str = ""
    population: Population | None = None
    codes: Sequence[str] = field(default_factory=tuple)


def headline_periods(covered: tuple[date, date]) -> tuple[Period, Period | None]:
    """Give the headline period and the one before it, where the files cover it."""
    years = [p for p in periods("year", *covered) if p[0] >= covered[0]]
    if not years:
        return covered, None
    return years[-1], years[-2] if len(years) > 1 else None


def build(
    subject: Subject,
    *,
    protect: Protect | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Compute everything a report shows. With `protect`, it is for publication: no child is listed."""
    current, before = headline_periods(subject.covered)
    months = [p for p in periods("month", *subject.covered) if p[0] >= subject.covered[0]][-MONTHS:]
    wanted = [
        each
        for each in catalogue()
        if (not subject.codes or each.code in subject.codes) and each.in_force(current[1])
    ]

    def run(asked: Sequence[Period], by: Sequence[str]) -> tuple[list[Figure], list[NotComputed]]:
        found = compute(
            subject.engine,
            wanted,
            asked,
            by,
            formats=subject.formats,
            quality=subject.quality,
            population=subject.population,
            settings=subject.settings,
        )
        return list(found.figures), list(found.not_computed)

    progress("Computing the year")
    yearly, not_computed = run([p for p in (before, current) if p], BREAKDOWNS)
    progress("Computing by month")
    monthly, _ = run(months, ()) if months else ([], [])
    if protect is not None:
        yearly, monthly = protect(yearly), protect(monthly)
    grouped = _by_definition(yearly)
    runs = _by_definition(monthly)
    areas: dict[str, list[IndicatorPage]] = {}
    for definition in wanted:
        if definition not in grouped:
            continue
        progress(f"Comparing {definition.code}")
        page = _page(subject, definition, grouped[definition], runs.get(definition, []), current, before)
        areas.setdefault(definition.area, []).append(page)
    return Report(
        title=f"Children's safeguarding: {subject.authority}",
        authority=subject.authority,
        lede=f"Indicators for the {words.period(*current)}, from the authority's own files.",
        period=words.period(*current),
        before=words.period(*before) if before else "the year before",
        end=current[1],
        notice=subject.notice,
        published=protect is not None,
        unseen=() if protect is not None else _unseen(subject, current),
        areas=tuple(
            Area(name.lower().replace(" ", "-").replace("'", ""), name, tuple(pages))
            for name, pages in areas.items()
        ),
        not_computed=tuple(not_computed),
        quality=_quality_view(subject.check),
        inputs=subject.inputs,
        snapshot=subject.snapshot,
        made=subject.made,
    )


def _by_definition(figures: Iterable[Figure]) -> dict[Definition, list[Figure]]:
    grouped: dict[Definition, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.definition, []).append(figure)
    return grouped


def _page(
    subject: Subject,
    definition: Definition,
    figures: Sequence[Figure],
    monthly: Sequence[Figure],
    current: Period,
    before: Period | None,
) -> IndicatorPage:
    def total(period: Period | None) -> Figure | None:
        return next(
            (f for f in figures if f.by == TOTAL and period and f.period_end == period[1]), None
        )

    now, then = total(current), total(before)
    points, control = _series(definition, monthly)
    view, neighbours, england, compared = _compared(subject, definition, now, current)
    value = now.value if now else None
    target = now.target if now else None
    part = definition.part
    return IndicatorPage(
        id="-".join(filter(None, (definition.code.lower(), part.replace(" ", "-")))),
        code=definition.code,
        name=definition.title,
        part=part,
        version=definition.version,
        unit=definition.unit,
        better=definition.better,
        definition=definition.definition,
        note=definition.note,
        source=definition.source,
        sql=definition.sql,
        shares=definition.is_share,
        when=f"At {words.day(current[1])}" if definition.is_stock else words.period(*current).capitalize(),
        current=now,
        change=words.change(value, then.value if then else None, definition.unit),
        target=target,
        rag=rag(value, target, definition.better, definition.unit),
        neighbours=neighbours,
        neighbours_label="Neighbours' mean",
        england=england,
        compared_year=compared,
        reading=reading(control) if control else "",
        reading_short=_short(control),
        chart=_control_chart(definition, points, control, target),
        chart_title=f"{definition.title}, by month",
        step="month",
        series=points,
        sparkline=charts.sparkline(
            [point.figure.value for point in points],
            title=f"{definition.title}: the last {len(points)} months",
        )
        if points and not definition.is_profile
        else "",
        breakdowns=_breakdowns(definition, figures, current, now),
        comparison=view,
    )
