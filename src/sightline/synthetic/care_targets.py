"""What the looked-after children of an invented authority must add up to, year by year.

Counts at authority level are held from 2016 (two authorities) or 2021 (all); an earlier year is like the
first one held. Percentages published for the region or England stand in where the authority has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.published.areas import ENGLAND, find_area
from sightline.published.figures import Figure, published_figure, years_held
from sightline.published.measures import NotPublishedError, find_measure
from sightline.published.packaged import rows


@dataclass(frozen=True)
class CareTargets:
    """Counts and percentages of the year ending 31 March `year`."""

    year: int
    looked_after: int
    started: int
    ceased: int
    unaccompanied: int
    three_placements: int
    far: float
    stable: float | None
    missing: float
    away: float
    health: float
    dental: float
    immunised: float
    questionnaire: float
    substance: float
    convicted: float
    leavers: int
    suitable: int
    in_work: int
    not_in_work: float
    not_in_touch: float
    adopted: int


def read_care_targets(
    authority: str, first: int, last: int, *, factor: float = 1.0
) -> tuple[int, tuple[CareTargets, ...]]:
    """Give how many children were in care before the first year, and what each year adds up to."""
    code = find_area(authority).code
    years = range(first, last + 1)
    held = [year for year in years if _held(code, "LA-01", year, "number")]
    stocks: dict[int, int] = {}
    started: dict[int, int] = {}
    ceased: dict[int, int] = {}
    for year in years:
        near = min(held or [_nearest_care(code, year)], key=lambda each: abs(each - year))
        stocks[year] = round((_number(code, "LA-01", near) or 0) * factor)
        started[year] = round((_number(code, "LA-02", near, part="started") or 0) * factor)
        ceased[year] = round((_number(code, "LA-02", near, part="ceased") or 0) * factor)
    before = _roll_back(list(years), held, stocks, started, ceased)
    return before, tuple(
        _year(code, year, stocks[year], started[year], ceased[year], factor) for year in years
    )


def _roll_back(
    years: Sequence[int],
    held: Sequence[int],
    stocks: dict[int, int],
    started: dict[int, int],
    ceased: dict[int, int],
) -> int:
    """Make the years before the first one held lead up to it, and give the stock before them."""
    known = min(held, default=years[0])
    before = max(0, stocks[known] - started[known] + ceased[known])
    for year in reversed([each for each in years if each < known]):
        stocks[year] = before
        ceased[year] = started[year]
    return before


def _year(
    code: str, year: int, stock: int, started: int, ceased: int, factor: float
) -> CareTargets:
    def percent(indicator: str, likely: float, part: str = "") -> float:
        value = _percent(code, indicator, year, part)
        return likely if value is None else value

    three = _figure(code, "LA-05", year, "percent")
    three_count = None if three is None else three.numerator
    leavers = _near(code, "CL-01", year, "percent")
    number = (leavers.denominator if leavers else None) or stock / factor * 0.42
    share = leavers.value if leavers and leavers.value is not None else 80.0
    suitable = (leavers.numerator if leavers else None) or number * share / 100
    work = _near(code, "CL-02", year, "percent")
    in_work = (work.numerator if work else None) or number * percent("CL-02", 50.0) / 100
    unaccompanied = _near(code, "LA-03", year, "number")
    adopted_share = _published_share(code, "%_of LAC Adopted", year, 12.0) / 100
    return CareTargets(
        year=year,
        looked_after=stock,
        started=started,
        ceased=ceased,
        unaccompanied=min(
            stock,
            round(((unaccompanied.numerator if unaccompanied else None) or stock * 0.04) * factor),
        ),
        three_placements=round(
            three_count * factor
            if three_count is not None
            else stock * percent("LA-05", 10.0) / 100
        ),
        far=percent("LA-04", 14.0),
        stable=_percent(code, "LA-06", year) if _held(code, "LA-06", year, "percent") else None,
        missing=percent("LA-10", 10.0),
        away=_published_share(code, "Children_Away", year, 2.0),
        health=percent("LH-02", 88.0),
        dental=percent("LH-03", 84.0),
        immunised=percent("LH-04", 85.0),
        questionnaire=percent("LH-05", 14.2, "mean"),
        substance=percent("LH-06", 4.0),
        convicted=percent("LH-07", 5.0),
        leavers=round(number * factor),
        suitable=round(suitable * factor),
        in_work=round(in_work * factor),
        not_in_work=percent("CL-03", 40.0),
        not_in_touch=100 - percent("CL-04", 88.0),
        adopted=round(ceased * adopted_share),
    )


def _figure(code: str, indicator: str, year: int, unit: str, part: str = "") -> Figure | None:
    try:
        return published_figure(indicator, code, year, unit=unit, part=part)
    except NotPublishedError:
        return None


def _held(code: str, indicator: str, year: int, unit: str, part: str = "") -> bool:
    figure = _figure(code, indicator, year, unit, part)
    return figure is not None and (figure.value is not None or figure.numerator is not None)


def _near(code: str, indicator: str, year: int, unit: str, part: str = "") -> Figure | None:
    """Give the figure of the nearest year that has one."""
    held = years_held(find_measure(indicator, unit=unit, part=part))
    for each in sorted(held, key=lambda other: (abs(other - year), other)):
        if _held(code, indicator, each, unit, part):
            return _figure(code, indicator, each, unit, part)
    return None


def _percent(code: str, indicator: str, year: int, part: str = "") -> float | None:
    """Give the authority's percentage, or else its region's or England's, of the nearest year."""
    unit = "score" if indicator == "LH-05" else "percent"
    for area in (code, find_area(code).region, ENGLAND):
        figure = _near(area, indicator, year, unit, part) if area else None
        if figure is not None and figure.value is not None:
            return figure.value
    return None


def _number(code: str, indicator: str, year: int, part: str = "") -> float | None:
    figure = _near(code, indicator, year, "number", part)
    return figure.numerator if figure else None


def _nearest_care(code: str, year: int) -> int:
    """Give the nearest year in which the number of looked-after children is held."""
    held = years_held(find_measure("LA-01", unit="number"))
    able = [each for each in held if _held(code, "LA-01", each, "number")]
    return min(able or [year], key=lambda each: abs(each - year))


def _published_share(code: str, measure: str, year: int, likely: float) -> float:
    """Give a percentage of the comparison tool that no indicator reads, of the nearest year."""
    for area in (code, ENGLAND):
        found = rows(
            "lait.parquet",
            "year, value",
            "area = ? AND measure = ? AND value IS NOT NULL AND year IS NOT NULL",
            area,
            measure,
        )
        if found:
            return float(min(found, key=lambda row: (abs(row[0] - year), row[0]))[1])
    return likely
