"""The authority's headline figure by one dimension after another."""

from collections.abc import Iterator, Sequence

from sightline.indicators.counting import NOT_KNOWN
from sightline.indicators.definition import Definition
from sightline.indicators.figures import Figure
from sightline.present import charts, words
from sightline.present.report import Breakdown, BreakdownRow, Within
from sightline.present.windows import Window

MOST_BARS, MOST_CATEGORIES = 8, 14


def breakdowns(
    figures: Sequence[Figure],
    window: Window,
    now: Figure,
    dimensions: Sequence[str],
    within: Within | None = None,
) -> tuple[Breakdown, ...]:
    """Break the authority's headline figure down, `now` being that in total.

    `figures` are all of one indicator; a profile is by category only. The group that a report is within
    is marked.
    """
    if now.value is None and not words.is_hidden(now):
        return ()
    definition = now.definition
    by_dimension: dict[str, list[Figure]] = {}
    for figure in figures:
        by_dimension.setdefault(figure.by, []).append(figure)
    found = []
    for by in ("category",) if definition.is_profile else dimensions:
        rows = tuple(_rows(by, by_dimension.get(by, ()), window, within))
        if any(row.group != NOT_KNOWN for row in rows):
            found.append(_breakdown(definition, by, rows, now))
    return tuple(found)


def _rows(
    by: str, figures: Sequence[Figure], window: Window, within: Within | None
) -> Iterator[BreakdownRow]:
    """Give the groups with anything to show now; every district, even at 0."""
    then = {f.group: f for f in figures if (f.period_start, f.period_end) == window.before}
    groups = [f for f in figures if (f.period_start, f.period_end) == window.current]
    for figure in sorted(groups, key=_place):
        empty = not (figure.suppressed or figure.withheld or figure.denominator or figure.numerator)
        if not empty or (by == "district" and figure.group != NOT_KNOWN):
            marked = within == Within(by, figure.group)
            yield BreakdownRow(figure.group, figure, then.get(figure.group), marked)


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
        drawn = [row for row in rows if row.group in largest or row.marked]
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
            marked=next((row.group for row in rows if row.marked), ""),
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
