"""Published figures beside the authority's own: neighbours, region and England."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from sightline.indicators.definition import Definition
from sightline.indicators.figures import Figure
from sightline.present import charts, words
from sightline.present.report import ComparisonCell, ComparisonRow, ComparisonView
from sightline.published.compare import Comparison, YearCompared, compare
from sightline.published.figures import Figure as PublishedFigure
from sightline.published.figures import years_held
from sightline.published.measures import Measure, NotPublishedError, find_measure, measures_of

MOST_YEARS = 8
_TO_SEPTEMBER = "csww"
"""Table whose years end on 30 September."""
_PUBLISHED_PART = {("LA-10", "missing"): ""}
"""Parts that the statistics publish under another name."""


def beside(
    definition: Definition, authority: str, now: Figure, yearly: Mapping[int, Figure]
) -> ComparisonView | None:
    """Set a headline figure beside published ones; None where there are none to set it beside.

    `authority` is its number; `yearly` the figures from the authority's own files for whole years, by
    the year they end in. A definition that another has replaced is not compared: the statistics follow
    the newer one.
    """
    if not authority or definition.valid_until is not None:
        return None
    part = _PUBLISHED_PART.get((definition.code, definition.part), definition.part)
    try:
        if definition.is_profile:
            return _profile(definition, authority, part, now.period_end)
        return _years(definition, authority, part, now, yearly)
    except NotPublishedError:
        return None


@lru_cache(maxsize=1024)
def _compared(
    code: str, authority: str, years: tuple[int, ...], part: str, category: str = ""
) -> Comparison:
    """Compare, once: what is published does not change while the program runs."""
    return compare(code, authority, years, part=part, category=category)


def year_held(measure: Measure, end: date) -> int | None:
    """Give the latest published year that had ended by a day; None if there is none."""
    return max(
        (year for year in years_held(measure) if year_end(measure, year) <= end), default=None
    )


def year_end(measure: Measure, year: int) -> date:
    """Give the last day of a published year: 30 September for the workforce, else 31 March."""
    september = any(source.table == _TO_SEPTEMBER for source in measure.sources)
    return date(year, 9, 30) if september else date(year, 3, 31)


def _cell(figure: PublishedFigure) -> ComparisonCell:
    return ComparisonCell(figure.value, figure.symbol)


def _mean(year: YearCompared) -> ComparisonCell:
    return ComparisonCell(year.mean, of=year.with_value)


def _years(
    definition: Definition, authority: str, part: str, now: Figure, yearly: Mapping[int, Figure]
) -> ComparisonView | None:
    measure = find_measure(definition.code, part=part)
    latest = year_held(measure, now.period_end)
    if latest is None:
        return None
    held = [year for year in years_held(measure) if year <= latest][-MOST_YEARS:]
    found = _compared(definition.code, authority, tuple(held), part)
    rate = measure.unit.startswith("per ")
    own = {
        year: figure.rate if rate else figure.value
        for year, figure in yearly.items()
        if year_end(measure, year) == figure.period_end
    }
    last = found.years[-1]
    ours = f"{found.authority.name}, from these files"
    region, england = last.region.name, last.england.name
    rows = [
        ComparisonRow(ours, tuple(_own(year.year, own, yearly) for year in found.years)),
        ComparisonRow(
            f"{found.authority.name}, published",
            tuple(_cell(year.authority) for year in found.years),
        ),
        ComparisonRow("Neighbours, mean", tuple(map(_mean, found.years))),
        ComparisonRow(
            "Neighbours, median",
            tuple(ComparisonCell(year.median, of=year.with_value) for year in found.years),
        ),
        ComparisonRow(region, tuple(_cell(year.region) for year in found.years)),
        ComparisonRow(england, tuple(_cell(year.england) for year in found.years)),
    ]
    if not any(cell.value is not None for cell in rows[0].cells):
        del rows[0]
    lines = [
        charts.Series(name, values, strong)
        for name, values, strong in (
            (found.authority.name, [year.authority.value for year in found.years], True),
            ("Neighbours, mean", [year.mean for year in found.years], False),
            (region, [year.region.value for year in found.years], False),
            (england, [year.england.value for year in found.years], False),
        )
        if any(value is not None for value in values)
    ]
    if not lines:
        return None
    caption = f"{measure.title}, {words.unit_of(measure.unit) or 'per cent'}, as published"
    return ComparisonView(
        caption=caption,
        unit=measure.unit,
        head="Area",
        columns=tuple(str(year) for year in held),
        rows=tuple(rows),
        chart=charts.line_chart(
            [str(year) for year in held],
            lines,
            title=f"{caption}, {held[0]} to {held[-1]}",
            description=_described(found, held),
            unit=measure.unit,
            width=400,
            height=230,
        )
        if len(held) > 1
        else "",
        notes=_notes(found),
        year=_year_words(measure, latest),
        neighbours=_mean(last),
        region=_cell(last.region),
        england=_cell(last.england),
        own=_cell(last.authority),
        standing=(
            f"Rank {last.rank} of {last.ranked} authorities, 1 the best; quarter {last.quartile} "
            f"of A (best) to D."
            if last.rank
            else ""
        ),
    )


def _own(
    year: int, own: Mapping[int, float | None], yearly: Mapping[int, Figure]
) -> ComparisonCell:
    hidden = year in own and words.is_hidden(yearly[year])
    return ComparisonCell(own.get(year), words.HIDDEN if hidden else "")


def _described(found: Comparison, held: Sequence[int]) -> str:
    last = found.years[-1]
    unit = found.measure.unit
    return (
        f"In {held[-1]}: {found.authority.name} {words.shown(last.authority.value, unit)}; "
        f"neighbours' mean {words.shown(last.mean, unit)} ({last.with_value} had a value); "
        f"{last.region.name} {words.shown(last.region.value, unit)}; "
        f"England {words.shown(last.england.value, unit)}."
    )


def _notes(found: Comparison) -> tuple[str, ...]:
    models = [
        f"Statistical neighbours, model of {model}: "
        f"{', '.join(each.area.name for each in neighbours)}."
        for model, neighbours in found.neighbours.items()
    ]
    notes = dict.fromkeys(note for year in found.years for note in year.notes)
    source = next(
        (year.england.source for year in reversed(found.years) if year.england.source), ""
    )
    return (*models, *notes, f"Source: {source.rstrip('.')}.") if source else (*models, *notes)


def _year_words(measure: Measure, year: int) -> str:
    return f"year to {words.day(year_end(measure, year))}"


def _profile(definition: Definition, authority: str, part: str, end: date) -> ComparisonView | None:
    """Set the categories of a profile side by side, in the latest published year."""
    categories = [
        measure
        for measure in measures_of(definition.code)
        if measure.part == part and measure.category
    ]
    rows: list[ComparisonRow] = []
    found = None
    latest = year_held(categories[0], end) if categories else None
    if latest is None:
        return None
    for measure in categories:
        found = _compared(definition.code, authority, (latest,), part, measure.category)
        year = found.years[0]
        rows.append(
            ComparisonRow(
                measure.category,
                (_cell(year.authority), _mean(year), _cell(year.region), _cell(year.england)),
            )
        )
    if found is None:
        return None
    year = found.years[0]
    return ComparisonView(
        caption=f"{definition.title}, as published, {_year_words(categories[0], latest)}",
        unit=categories[0].unit,
        head="Category",
        columns=(found.authority.name, "Neighbours, mean", year.region.name, "England"),
        rows=tuple(rows),
        chart="",
        notes=_notes(found),
        year=_year_words(categories[0], latest),
    )
