"""Computes what a report says; `report` holds the shape of it.

Headline figures are for the last complete year ending 31 March that the files cover; where they cover
less than a year, for the stretch they cover. An indicator whose own tables are not covered for that
time has the last stretch they are covered for, and says so. A figure for time that no file covers is
left out altogether: nothing loaded is not nothing done.

For publication, a run over time is given whole or not at all, so that no hidden month can be worked
out from a year and the other months.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sightline.clocks.months import periods
from sightline.indicators.counting import NOT_KNOWN, TOTAL
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure, NotComputed, withhold
from sightline.indicators.grading import Grade
from sightline.indicators.measured import Measured
from sightline.indicators.rag import rag
from sightline.present import charts, words
from sightline.present.beside import beside
from sightline.present.report import (
    Area,
    Breakdown,
    BreakdownRow,
    IndicatorPage,
    InputView,
    Protect,
    QualityView,
    Report,
    Run,
)
from sightline.present.runs import STEPS, fit_for_chart, make_run, run_periods
from sightline.present.unseen import unseen_lists
from sightline.present.windows import last_stretch
from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.records.availability import FORMAT_NAMES, advice, lacking

AREAS = (
    "Front door",
    "Early help",
    "Assessment",
    "Children in need",
    "Child protection",
    "Hospital alert",
    "Pre-proceedings",
    "Looked-after children",
    "Health of looked-after children",
    "Missing",
    "Care leavers",
    "Adoption",
    "Workforce",
)
"""Areas in the order of a child's way through the services; any other comes after them."""
BREAKDOWNS = ("district", "team", "organisation", "department")
PUBLISHED_BREAKDOWNS = ("district",)
"""Teams lie within districts in ways that only an insider knows, so that hiding numbers in both does not
protect; nothing is published by team."""
MOST_YEARS = 8
MOST_BARS, MOST_CATEGORIES = 8, 14
INVENTED = "invented"
"""Word that an invented authority's files begin their names with, or name their maker by."""
NOT_COVERED = "-"
PROTECTED_RUN = Run(
    "month",
    (),
    "",
    "By month or quarter its numbers are small, so they are protected.",
    "Protected",
    "",
)


def headline_periods(covered: tuple[date, date]) -> tuple[Period, Period | None]:
    """Give the headline period and the one before it, where the files cover it."""
    years = [p for p in periods("year", *covered) if p[0] >= covered[0]]
    if not years:
        return covered, None
    return years[-1], years[-2] if len(years) > 1 else None


@dataclass(frozen=True)
class _Window:
    """The headline period of some indicators, and the one before."""

    current: Period
    before: Period | None


def build(
    measured: Measured,
    *,
    made: date,
    codes: Sequence[str] = (),
    protect: Protect | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Compute everything a report shows; `made` is the day to print on it.

    With `codes`, only these indicators. With `protect`, it is for publication: no child is listed.
    """
    headline = _Window(*headline_periods(measured.covered))
    windows, not_computed = _windows(measured, headline, codes)
    yearly, runs = _computed(measured, windows, headline, protect, progress)
    areas: dict[str, list[IndicatorPage]] = defaultdict(list)
    for definition, window in windows.items():
        progress(f"Comparing {definition.code}")
        page = _page(
            measured, definition, yearly[definition], runs.get(definition), window, headline
        )
        areas[definition.area].append(page)
    progress("Listing children not seen")
    authority = measured.authority_name or "an authority not named"
    return Report(
        title=f"Children's safeguarding: {authority}",
        authority=authority,
        lede=f"Indicators for {words.the_period(*headline.current)}, from the authority's own files.",
        period=words.period(*headline.current),
        end=headline.current[1],
        notice=_notice(measured),
        published=protect is not None,
        unseen=() if protect else unseen_lists(measured, codes),
        areas=tuple(
            Area(name.lower().replace(" ", "-"), name, tuple(areas[name]))
            for name in sorted(areas, key=_order)
        ),
        not_computed=tuple(sorted(not_computed, key=lambda each: _order(each.definition.area))),
        quality=_quality_view(measured.check, published=protect is not None),
        inputs=_inputs(measured),
        snapshot=measured.snapshot.id,
        made=made,
        figures=tuple(
            figure
            for definition in sorted(windows, key=lambda each: _order(each.area))
            for figure in (*yearly[definition], *_run_figures(runs.get(definition)))
        ),
    )


def _order(area: str) -> tuple[int, str]:
    return (AREAS.index(area), "") if area in AREAS else (len(AREAS), area)


def _run_figures(run: Run | None) -> Iterable[Figure]:
    return (point.figure for point in run.points) if run else ()


def _windows(
    measured: Measured, headline: _Window, codes: Sequence[str]
) -> tuple[dict[Definition, _Window], list[NotComputed]]:
    """Give each indicator its headline period, or the reason why it has none."""
    found: dict[Definition, _Window] = {}
    not_computed: list[NotComputed] = []
    for definition in catalogue():
        if (codes and definition.code not in codes) or not definition.in_force(headline.current[1]):
            continue
        grade = _grade(measured, definition, headline)
        if lacking(definition.fields, measured.formats):
            why = advice(definition.fields, measured.formats)
            not_computed.append(NotComputed(definition, why))
        elif grade.letter != NOT_COVERED and not grade.usable:
            not_computed.append(NotComputed(definition, f"It is withheld. {grade.reason}"))
        elif grade.letter != NOT_COVERED:
            found[definition] = headline
        elif (
            stretch := last_stretch(definition.fields, measured.quality, measured.covered)
        ) and _grade(
            measured, definition, window := _Window(*headline_periods(stretch))
        ).letter != NOT_COVERED:
            found[definition] = window
        else:
            not_computed.append(NotComputed(definition, grade.reason))
    return found, not_computed


def _grade(measured: Measured, definition: Definition, window: _Window) -> Grade:
    """Grade the figure of a window's period, with the days it looks back to."""
    start, end = window.current
    first = end if definition.is_stock else start
    return measured.quality.grade(
        definition.fields, first, end, definition.looks_from(first), definition.states_instead
    )


def _computed(
    measured: Measured,
    windows: Mapping[Definition, _Window],
    headline: _Window,
    protect: Protect | None,
    progress: Callable[[str], None],
) -> tuple[dict[Definition, list[Figure]], dict[Definition, Run]]:
    """Compute the figures by year and the runs, and protect them together."""

    def covered(
        definitions: Sequence[Definition], asked: Sequence[Period], by: Sequence[str] = ()
    ) -> list[Figure]:
        if not definitions or not asked:
            return []
        found = measured.compute(definitions, asked, by).figures
        return [figure for figure in found if figure.quality.letter != NOT_COVERED]

    progress("Computing the years")
    yearly: list[Figure] = []
    for window in dict.fromkeys(windows.values()):
        years = [period for period in (window.before, window.current) if period]
        if window == headline and window.before:
            whole = periods("year", *measured.covered)
            years = [p for p in whole if p[0] >= measured.covered[0]][-MOST_YEARS:]
        sharing = [each for each in windows if windows[each] == window]
        yearly += covered(sharing, years, PUBLISHED_BREAKDOWNS if protect else BREAKDOWNS)
    chosen: dict[Definition, tuple[str, list[Figure]]] = {}
    left = [definition for definition in windows if not definition.is_profile]
    for step in STEPS:
        progress(f"Computing by {step}")
        found = by_definition(covered(left, run_periods(step, measured.covered)))
        for definition, figures in found.items():
            fit = fit_for_chart(protect(figures) if protect else figures)
            if fit or definition not in chosen:
                chosen[definition] = (step, figures)
            if fit:
                left.remove(definition)
    steps = {definition: step for definition, (step, _) in chosen.items()}
    in_runs = [figure for _, figures in chosen.values() for figure in figures]
    if protect:
        shown = protect([*yearly, *in_runs])
        yearly, in_runs = shown[: len(yearly)], shown[len(yearly) :]
    years_of, run_of = by_definition(withhold(yearly)), by_definition(withhold(in_runs))
    runs = {}
    for definition, figures in run_of.items():
        # A hidden month could be worked out from the year and the other months, and a hidden year
        # from its months.
        totals = [figure for figure in years_of.get(definition, []) if figure.by == TOTAL]
        if any(map(words.is_hidden, (*figures, *totals))):
            runs[definition] = PROTECTED_RUN
        else:
            target = figures[-1].target
            runs[definition] = make_run(definition, steps[definition], figures, target)
    return {definition: years_of.get(definition, []) for definition in windows}, runs


def by_definition(figures: Iterable[Figure]) -> dict[Definition, list[Figure]]:
    """Gather the figures of each definition, in the order they come."""
    grouped: dict[Definition, list[Figure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.definition].append(figure)
    return grouped


def _page(
    measured: Measured,
    definition: Definition,
    figures: Sequence[Figure],
    run: Run | None,
    window: _Window,
    headline: _Window,
) -> IndicatorPage:
    def total(period: Period | None) -> Figure | None:
        return next(
            (f for f in figures if f.by == TOTAL and period and f.period_end == period[1]), None
        )

    now, before = total(window.current), total(window.before)
    if now is None:
        raise AssertionError(f"{definition.code} has no figure for {window.current}")
    now_groups = [f for f in figures if f.by != TOTAL and f.period_end == window.current[1]]
    whole_years = {
        f.period_end.year: f for f in figures if f.by == TOTAL and _ends_a_year(definition, f)
    }
    largest = max(
        (f for f in now_groups if definition.is_profile and f.value is not None),
        key=lambda f: f.value or 0.0,
        default=None,
    )
    code = measured.authority.code if measured.authority else ""
    change = words.change(now.value, before.value if before else None, definition.unit)
    return IndicatorPage(
        id="-".join([definition.code.lower(), *definition.part.split()]),
        definition=definition,
        period=window.current,
        when=_when(definition, window.current),
        own_period=window != headline,
        current=now,
        before=before,
        change="" if definition.is_profile else change,
        change_from=_change_from(definition, window.before),
        largest=largest,
        rag=rag(
            None if words.is_unknown(now) else now.value,
            now.target,
            definition.better,
            definition.unit,
        ),
        run=run,
        breakdowns=_breakdowns(definition, figures, window, now),
        comparison=beside(definition, code, now, whole_years),
    )


def _ends_a_year(definition: Definition, figure: Figure) -> bool:
    end = figure.period_end
    year = (end - figure.period_start).days >= 364 or definition.is_stock
    return year and (end.month, end.day) == (3, 31)


def _when(definition: Definition, period: Period) -> str:
    if definition.is_stock:
        return f"At {words.day(period[1])}"
    return words.capitalised(words.period(*period))


def _change_from(definition: Definition, before: Period | None) -> str:
    if before is None:
        return ""
    return words.day(before[1]) if definition.is_stock else words.period(*before)


def _breakdowns(
    definition: Definition, figures: Sequence[Figure], window: _Window, now: Figure
) -> tuple[Breakdown, ...]:
    if now.value is None and not words.is_hidden(now):
        return ()
    wanted = ("category",) if definition.is_profile else BREAKDOWNS
    found = []
    for by in wanted:
        rows = tuple(_rows(by, figures, window))
        if any(row.group != NOT_KNOWN for row in rows):
            found.append(_breakdown(definition, by, rows, now))
    return tuple(found)


def _rows(by: str, figures: Sequence[Figure], window: _Window) -> Iterator[BreakdownRow]:
    """Give the groups with anything to show now; every district, even at 0."""
    mine = [figure for figure in figures if figure.by == by]
    then = {f.group: f for f in mine if window.before and f.period_end == window.before[1]}
    groups = [f for f in mine if f.period_end == window.current[1]]
    for figure in sorted(groups, key=_place):
        empty = not (figure.suppressed or figure.withheld or figure.denominator or figure.numerator)
        if not empty or (by == "district" and figure.group != NOT_KNOWN):
            yield BreakdownRow(figure.group, figure, then.get(figure.group))


def _place(figure: Figure) -> tuple[bool, float, str]:
    """Order groups by name and categories by size, what is not known last."""
    size = _size(figure) if figure.definition.is_profile else 0.0
    return figure.group == NOT_KNOWN, -size, figure.group


def _breakdown(
    definition: Definition, by: str, rows: Sequence[BreakdownRow], now: Figure
) -> Breakdown:
    most = MOST_CATEGORIES if definition.is_profile else MOST_BARS
    drawn = list(rows)
    if len(rows) > most:
        size = {row.group: _size(row.now) for row in rows}
        largest = sorted(size, key=lambda group: -size[group])[:most]
        drawn = [row for row in rows if row.group in largest]
    judged = not definition.is_profile and definition.measure not in _COUNTED
    said = ", ".join(f"{row.group} {words.value(row.now)}" for row in drawn)
    return Breakdown(
        by=by,
        rows=tuple(rows),
        chart=charts.bar_chart(
            [
                (
                    row.group,
                    None if words.is_unknown(row.now) else row.now.value,
                    words.bar(row.now),
                )
                for row in drawn
            ],
            title=f"{definition.title} by {by}",
            description=f"{said}.",
            unit=definition.unit,
            width=720 if definition.is_profile else 400,
            reference=("all", now.value) if judged and now.value is not None else None,
        ),
        left_out=len(rows) - len(drawn),
    )


def _size(figure: Figure) -> float:
    """Give how much a group weighs: what it is a share of, or in a profile what is in it."""
    if figure.definition.is_profile:
        return figure.numerator or 0.0
    return figure.denominator or figure.numerator or 0.0


_COUNTED = ("count", "stock", "children")
"""Measures whose groups add up, so that the whole is no mark to hold a group against."""


def _quality_view(check: CheckReport, *, published: bool) -> QualityView:
    """Sum up the checks. For publication, no count of 1 to 5 and no total to work one out from."""
    by_outcome: dict[Outcome, list[RuleResult]] = defaultdict(list)
    for rule in check.rules:
        by_outcome[rule.outcome].append(rule)
    found = sorted(
        by_outcome[Outcome.FINDINGS], key=lambda rule: (rule.severity, -rule.findings, rule.code)
    )
    if published:
        found.sort(key=lambda rule: rule.code)
    clean = len(by_outcome[Outcome.CLEAN])
    findings = sum(rule.findings for rule in found)
    total = "" if published else f", {findings:,} findings in all"
    sentence = (
        f"Of {len(check.rules)} rules, {len(found)} found something{total}; {clean} found nothing; "
        f"{len(by_outcome[Outcome.COULD_NOT_RUN])} could not run for want of a file; "
        f"{len(by_outcome[Outcome.FAILED])} failed."
    )
    return QualityView(
        sentence,
        tuple(found),
        tuple(by_outcome[Outcome.FAILED]),
        tuple(by_outcome[Outcome.COULD_NOT_RUN]),
        clean,
    )


def _inputs(measured: Measured) -> tuple[InputView, ...]:
    manifest = measured.snapshot.manifest
    covers = {
        key: words.period(each.period_start, each.period_end)
        for each in manifest.returns
        for key in each.files
    }
    return tuple(
        InputView(
            each.path,
            _format_name(each.format),
            covers.get(each.key, f"to {words.day(each.period)}"),
            each.rows_read,
            each.rows_kept,
            each.sha256,
        )
        for each in manifest.inputs
    )


def _format_name(name: str) -> str:
    return words.capitalised(FORMAT_NAMES.get(name, name).removeprefix("the "))


def _notice(measured: Measured) -> str:
    """Say that the children are invented, where the files' names or the files themselves say so."""
    manifest = measured.snapshot.manifest
    keys = {
        key
        for each in manifest.returns
        if any(INVENTED in fact.lower() for fact in each.facts)
        for key in each.files
    }
    invented = [
        each
        for each in manifest.inputs
        if each.key in keys or Path(each.path).name.lower().startswith(INVENTED)
    ]
    if not invented:
        return ""
    if len(invented) == len(manifest.inputs):
        return "The children in this report are invented. None of them is real."
    return f"{len(invented)} of the {len(manifest.inputs)} files this was made from hold invented children."
