"""All that is said of one indicator, of the whole authority or within a group, from its kept figures.

Within a group the headline, the run, the change and the judgement are the group's, with the authority's own
figure beside. Figures are by one dimension at a time, so breakdowns and comparison are of the whole.
"""

from collections.abc import Sequence

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, versions
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure, no_evidence, withhold
from sightline.indicators.rag import rag
from sightline.present import words
from sightline.present.beside import beside
from sightline.present.breakdowns import breakdowns
from sightline.present.figure_file import RUNS_BY, KeptFigures
from sightline.present.publication import (
    NO_RUN_OF_A_GROUP,
    PROTECTED,
    PROTECTED_RUN,
    PUBLISHED_BREAKDOWNS,
)
from sightline.present.report import IndicatorPage, NoSuchGroupError, OtherVersion, Run, Within
from sightline.present.runs import best_step, make_run, of_run
from sightline.present.windows import Window, years_of


def check_within(kept: KeptFigures, within: Within | None) -> None:
    """Refuse a group that there are no figures of, with `NoSuchGroupError`."""
    if within is None or within.group in (groups := kept.groups(within.by)):
        return
    if within.by not in RUNS_BY:
        raise NoSuchGroupError(
            f"No report is within a {within.by}: it is within a {' or a '.join(RUNS_BY)}."
        )
    if kept.published and within.by not in PUBLISHED_BREAKDOWNS:
        raise NoSuchGroupError(f"Nothing is published by {within.by}.")
    raise NoSuchGroupError(
        f"There is no {within.by} {within.group!r}; there are: {', '.join(groups) or 'none'}."
    )


def is_counted_within(kept: KeptFigures, definition: Definition, within: Within | None) -> bool:
    """Whether an indicator has figures of such a group: it is counted by it, and the records say of which."""
    return within is None or (
        within.by in definition.dimensions and kept.tells(definition, within.by)
    )


def make_page(
    kept: KeptFigures,
    definition: Definition,
    *,
    within: Within | None = None,
    dimensions: Sequence[str] | None = None,
) -> IndicatorPage:
    """Make the page of an indicator in force (one of `kept.windows`), broken down by every dimension it has.

    `dimensions` are others to break it down by. `NoSuchGroupError` if the indicator has no figures of such a
    group; `KeyError` if it has no page.
    """
    check_within(kept, within)
    if within and not is_counted_within(kept, definition, within):
        raise NoSuchGroupError(f"{definition.code} is not counted by {within.by}.")
    by = definition.dimensions if dimensions is None else dimensions
    return page_of(kept, definition, kept.of(definition, needed(by, within)), by, within)


def needed(by: Sequence[str], within: Within | None) -> set[str]:
    """Give the dimensions whose figures a page broken down by some dimensions is made of."""
    return {"category", *by, *((within.by,) if within else ())}


def page_of(
    kept: KeptFigures,
    definition: Definition,
    figures: Sequence[Figure],
    by: Sequence[str],
    within: Within | None,
) -> IndicatorPage:
    """Make a page of figures already read: those by the dimensions `needed`. See `make_page`."""
    window = kept.windows[definition]
    whole = [f for f in figures if f.by == TOTAL]
    mine = whole if within is None else _of_group(figures, whole, within)
    whole_now, now = _at(whole, window.current), _at(mine, window.current)
    before = _at(mine, window.before)
    if now is None or whole_now is None:
        raise AssertionError(f"{definition.code} has no figure for {window.current}")
    change = words.change(now.value, before.value if before else None, definition.unit)
    return IndicatorPage(
        id="-".join([definition.code.lower(), *definition.part.split()]),
        definition=definition,
        period=window.current,
        when=_when(definition, window.current),
        own_period=window != kept.headline,
        current=now,
        before=before,
        change="" if definition.is_profile else change,
        change_from=_change_from(definition, window.before),
        largest=_largest(figures, window) if definition.is_profile else None,
        rag=rag(
            None if words.is_unknown(now) else now.value,
            now.target,
            definition.better,
            definition.unit,
        ),
        run=_run(kept, definition, mine, within),
        breakdowns=breakdowns(
            figures,
            window,
            whole_now,
            by,
            within,
        ),
        comparison=beside(
            definition,
            kept.authority,
            whole_now,
            _whole_years(kept, definition, window, whole),
        ),
        other_versions=_other_versions(kept, definition, window, within),
        within=within,
        whole=whole_now if within else None,
    )


def _of_group(figures: Sequence[Figure], whole: Sequence[Figure], within: Within) -> list[Figure]:
    """Give a group's figures, for each period that there is one of the whole for.

    Without evidence of the group in any period, nothing has been counted of it: 0, or 0 out of 0.
    """
    found = {
        (f.period_start, f.period_end): f
        for f in figures
        if (f.by, f.group) == (within.by, within.group)
    }
    return withhold(
        found.get((f.period_start, f.period_end)) or no_evidence(f, within.by, within.group)
        for f in whole
    )


def _at(figures: Sequence[Figure], period: Period | None) -> Figure | None:
    if period is None:
        return None
    return next(
        (
            f
            for f in figures
            if (f.period_start, f.period_end) == period and f.definition.in_force(f.period_end)
        ),
        None,
    )


def _largest(figures: Sequence[Figure], window: Window) -> Figure | None:
    """Give the category that most fall in."""
    known = [
        f
        for f in figures
        if f.by != TOTAL
        and (f.period_start, f.period_end) == window.current
        and f.value is not None
    ]
    return max(known, key=lambda f: f.value or 0.0, default=None)


def _run(
    kept: KeptFigures, definition: Definition, mine: Sequence[Figure], within: Within | None
) -> Run | None:
    if definition.is_profile:
        return None
    step = kept.runs.get(definition, "") if kept.published else best_step(mine, kept.covered)
    if not step:
        return None
    if step == PROTECTED:
        return PROTECTED_RUN
    if kept.published and within:
        return NO_RUN_OF_A_GROUP
    figures = of_run(mine, step, kept.covered)
    return make_run(definition, step, figures, figures[-1].target)


def _other_versions(
    kept: KeptFigures, definition: Definition, window: Window, within: Within | None
) -> tuple[OtherVersion, ...]:
    found = []
    for other in versions(definition.code):
        if other.version == definition.version:
            continue
        figures = [
            f
            for f in kept.of(other, (within.by,) if within else ())
            if (f.period_start, f.period_end) == window.current
        ]
        whole = next((f for f in figures if f.by == TOTAL), None)
        current = whole
        if within and whole:
            current = _of_group(figures, [whole], within)[0]
        found.append(OtherVersion(other, _changed(other, definition), current))
    return tuple(found)


def _changed(other: Definition, current: Definition) -> str:
    older, newer = sorted((other, current), key=lambda each: each.version)
    day = newer.valid_from
    replaces = newer.replaces or f"version {older.version}"
    on = f" on {words.day(day)}" if day else ""
    return f"Version {newer.version} ({newer.title}) replaced {replaces}{on}."


def _whole_years(
    kept: KeptFigures, definition: Definition, window: Window, whole: Sequence[Figure]
) -> dict[int, Figure]:
    """Give the authority's figures for years to 31 March, or at that day, by the year."""
    years = set(years_of(window, kept.covered))
    return {
        end.year: figure
        for figure in whole
        for start, end in ((figure.period_start, figure.period_end),)
        if (start, end) in years
        and ((end - start).days >= 364 or definition.is_stock)
        and (end.month, end.day) == (3, 31)
        and definition.in_force(end)
    }


def _when(definition: Definition, period: Period) -> str:
    if definition.is_stock:
        return f"At {words.day(period[1])}"
    return words.capitalised(words.period(*period))


def _change_from(definition: Definition, before: Period | None) -> str:
    if before is None:
        return ""
    return words.day(before[1]) if definition.is_stock else words.period(*before)
