"""Published figures, one at a time, and the populations that rates rest on.

A published cell is a number or a symbol, and a symbol is never read as nought: a figure without a
value says why. `year` is the year in which the reporting year ends: 31 March, or 30 September for the
workforce. Percentages, rates and averages have one decimal place, as published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from sightline.published.areas import Area, areas, find_area, why_absent
from sightline.published.measures import (
    Measure,
    NotPublishedError,
    Source,
    find_measure,
    measures_of,
    symbols,
)
from sightline.published.packaged import rows

_PER = {"percent": 100, "per 10,000": 10_000}
Cell = tuple[float | None, str]
"""A value, or the symbol in its place."""


@dataclass(frozen=True)
class Figure:
    """One published figure of an indicator, for one area and year.

    `value` is None when `symbol` stands in its place or there is no row; `reason` then says why.
    `numerator` and `denominator` are None where they are hidden or not published. `calculated` is
    true when the value was worked out from published counts, false when it is published itself;
    `by_difference`, when the numerator is a total less its later bands because an early band is
    hidden.
    """

    code: str
    part: str
    category: str
    unit: str
    area: str
    name: str
    year: int
    value: float | None
    numerator: float | None
    denominator: float | None
    symbol: str
    reason: str
    source: str
    calculated: bool
    by_difference: bool


@dataclass(frozen=True)
class _Row:
    """The cells of one source for one area and year, and the edition they were published in."""

    cells: Mapping[str, Cell]
    edition: int


@cache
def _read(source: Source) -> Mapping[tuple[str, int], _Row]:
    """Read the rows of one source, by area and year."""
    wanted = f"measure IN ({', '.join('?' * len(source.columns))})"
    if source.table == "lait":
        columns, where = "area, year, measure, value, symbol, 0", f"year IS NOT NULL AND {wanted}"
        found = rows("lait.parquet", columns, where, *source.columns)
    else:
        columns, where = "area, year, measure, value, symbol, edition", f'"table" = ? AND {wanted}'
        found = rows("series.parquet", columns, where, source.table, *source.columns)
    cells: dict[tuple[str, int], dict[str, Cell]] = {}
    editions: dict[tuple[str, int], int] = {}
    for area, year, measure, value, symbol, edition in found:
        cells.setdefault((area, year), {})[measure] = (value, symbol)
        # A rate rests on the populations of its own edition, a count on none.
        if measure == source.value:
            editions[area, year] = edition
    return {key: _Row(each, editions.get(key, 0)) for key, each in cells.items()}


@cache
def _populations() -> Mapping[tuple[str, int], tuple[tuple[int, int | None], ...]]:
    """Estimates by area and mid-year: editions, earliest first, with the number."""
    found: dict[tuple[str, int], tuple[tuple[int, int | None], ...]] = {}
    columns, order = "area, mid_year, edition, population", "true ORDER BY area, mid_year, edition"
    for area, mid_year, edition, number in rows("population.parquet", columns, order):
        found[area, mid_year] = (*found.get((area, mid_year), ()), (edition, number))
    return found


def population(area: str, year: int) -> int | None:
    """Give children aged 0 to 17 for the rates of the year ending 31 March `year`.

    The Office for National Statistics estimate for the middle of the year before (for 2016: mid-2015),
    latest edition. None where there is no estimate for that year and area: estimates run from mid-2012
    to mid-2024. `NotPublishedError` for an unknown area.
    """
    return _population(find_area(area).code, year)


def _population(code: str, year: int, edition: int = 0) -> int | None:
    """Give the estimate of the latest edition, or the one that a published rate rests on."""
    found = _populations().get((code, year - 1), ())
    # Tables to 2024 rest on estimates to mid-2023, and so on.
    in_time = [number for each, number in found if not edition or each < edition]
    return in_time[-1] if in_time else (found[-1][1] if found else None)


@cache
def years_held(measure: Measure) -> tuple[int, ...]:
    """Every year in which any area has a row for a measure, in order."""
    return tuple(sorted({year for source in measure.sources for _, year in _read(source)}))


@cache
def areas_held(measure: Measure, year: int) -> tuple[str, ...]:
    """Give the number of every local authority with a row for a measure in a year."""
    return tuple(
        sorted(
            {
                area
                for source in measure.sources
                for area, each in _read(source)
                if each == year and areas()[area].level == "Local authority"
            }
        )
    )


def published_figure(
    code: str,
    area: str,
    year: int,
    *,
    unit: str = "",
    part: str = "",
    category: str = "",
    by_difference: bool = True,
) -> Figure:
    """Give one published figure; `area` is a number, a nine-character code or a name.

    Without a `unit`, a rate or share rather than a number. `by_difference` allows a numerator with
    hidden early bands to be the total less the later ones. `NotPublishedError` for an indicator,
    area or year that is not held; an area without a row in a year that is held gives a figure without
    a value.
    """
    measure = find_measure(code, unit=unit, part=part, category=category)
    place = find_area(area)
    check_year(measure, year)
    return figure_of(measure, place, year, by_difference=by_difference)


def published_figures(
    code: str, area: str, year: int, *, by_difference: bool = True
) -> tuple[Figure, ...]:
    """Give every published figure of an indicator: number and rate, each part and category.

    Errors as `published_figure`; a measure that is not held for the year is left out.
    """
    place = find_area(area)
    offered = measures_of(code)
    held = [measure for measure in offered if year in years_held(measure)]
    if not held:
        check_year(offered[0], year)
    return tuple(figure_of(each, place, year, by_difference=by_difference) for each in held)


def check_year(measure: Measure, year: int) -> None:
    """Raise `NotPublishedError`, with the years there are, unless the year is held."""
    held = years_held(measure)
    if year not in held:
        raise NotPublishedError(
            f"{measure.code} ({measure.unit}) is held for years ending {held[0]} to {held[-1]}; "
            f"{year} is not among them."
        )


def figure_of(measure: Measure, area: Area, year: int, *, by_difference: bool = True) -> Figure:
    """Give the figure of a measure for an area and year, from the first source that has a row."""
    for source in measure.sources:
        if row := _read(source).get((area.code, year)):
            return _from_row(measure, source, row, area, year, by_difference=by_difference)
    return Figure(
        measure.code,
        measure.part,
        measure.category,
        measure.unit,
        area.code,
        area.name,
        year,
        value=None,
        numerator=None,
        denominator=None,
        symbol="",
        reason=why_absent(area, year),
        source="",
        calculated=False,
        by_difference=False,
    )


def _from_row(
    measure: Measure, source: Source, row: _Row, area: Area, year: int, *, by_difference: bool
) -> Figure:
    numerator, difference = _numerator(source, row, by_difference)
    denominator = _denominator(source, row, area, year)
    value, calculated = _value(measure, source, row, numerator, denominator)
    symbol = value[1]
    return Figure(
        measure.code,
        measure.part,
        measure.category,
        measure.unit,
        area.code,
        area.name,
        year,
        value=value[0],
        numerator=numerator[0],
        denominator=denominator[0],
        symbol=symbol,
        reason=_reason(value, denominator, symbol),
        source=". ".join(each for each in (source.title, source.note.rstrip(".")) if each),
        calculated=calculated,
        by_difference=difference,
    )


def _reason(value: Cell, denominator: Cell, symbol: str) -> str:
    if value[0] is not None:
        return ""
    if symbol:
        return f"{symbol}: {symbols()[symbol]}"
    return "nothing to divide by" if denominator[0] == 0 else "not published"


def _sum(columns: Sequence[str], row: _Row) -> Cell:
    """Add columns up; one symbol hides the sum. Without columns, or without one of them, nothing."""
    cells = [row.cells.get(column, (None, "")) for column in columns]
    numbers = [number for number, _ in cells if number is not None]
    if columns and len(numbers) == len(cells):
        return round(sum(numbers), 6), ""
    return None, next((symbol for _, symbol in cells if symbol), "")


def _numerator(source: Source, row: _Row, by_difference: bool) -> tuple[Cell, bool]:
    """Give the numerator, and whether it is the total less the later bands."""
    numerator = _sum(source.numerator, row)
    if numerator[0] is None and source.less and by_difference:
        total, later = _sum([source.total], row), _sum(source.less, row)
        if total[0] is not None and later[0] is not None:
            return (total[0] - later[0], ""), True
    return numerator, False


def _denominator(source: Source, row: _Row, area: Area, year: int) -> Cell:
    if source.population:
        number = _population(area.code, year, row.edition)
        return (None if number is None else float(number)), ""
    return _sum(source.denominator, row)


def _value(
    measure: Measure, source: Source, row: _Row, numerator: Cell, denominator: Cell
) -> tuple[Cell, bool]:
    """Give the value as published or, where no cell is published, worked out from the counts."""
    if source.value in row.cells:
        number, symbol = row.cells[source.value]
        if number is not None and source.complement:
            return (rounded(100 - number), ""), True
        return (number, symbol), False
    if measure.unit == "number":
        return numerator, False
    if numerator[0] is None or denominator[0] is None:
        return (None, numerator[1] or denominator[1]), True
    if denominator[0] == 0:
        return (None, ""), True
    share = Decimal(repr(numerator[0])) / Decimal(repr(denominator[0]))
    return (rounded(share * _PER.get(measure.unit, 1)), ""), True


def rounded(number: float | Decimal) -> float:
    """Round to one decimal place, halves away from zero, as the published tables do."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
