"""An authority beside its statistical neighbours, its region and England.

The neighbours' value is the unweighted mean of those that have one (the rule of the Local Authority
Interactive Tool); the Department's dashboard uses the median, so both are given, with how many had a
value. A model of neighbours is used for the years it was in force, unless one is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import mean, median, quantiles

from sightline.published.areas import ENGLAND, Area, areas, find_area, number_in
from sightline.published.figures import (
    Figure,
    areas_held,
    check_year,
    figure_of,
    years_held,
)
from sightline.published.measures import Measure, NotPublishedError, find_measure
from sightline.published.packaged import rows

MODELS: Mapping[str, int] = {"2021-04": 0, "2025-05": 2025}
"""Each dated model of statistical neighbours, with the first reporting year it is used for.

The model of April 2021 serves every year before May 2025 too, because the earlier one has no order.
"""


@dataclass(frozen=True)
class Neighbour:
    """One statistical neighbour in one model. The model before 2021 has neither rank nor closeness."""

    area: Area
    rank: int | None
    closeness: str


@dataclass(frozen=True)
class YearCompared:
    """One year: the authority, its neighbours, its region and England.

    `with_value` of `neighbours` had a value; `mean` and `median` are theirs, None without any. `rank`
    is among the `ranked` authorities of England with a value, 1 the best, ties taking the lowest
    number; `quartile` is A (best) to D. Both are None for a neutral indicator. `notes` are sentences a
    reader must see: the codes joined, the values worked out by difference.
    """

    year: int
    model: str
    authority: Figure
    neighbours: tuple[Figure, ...]
    with_value: int
    mean: float | None
    median: float | None
    region: Figure
    england: Figure
    rank: int | None
    ranked: int
    quartile: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """A published measure of one authority beside others, year by year.

    `neighbours` holds the neighbours in order for each model used. `join_codes` says whether an
    authority that changed its number (Dorset, 835 to 2019 and 838 from 2020) is read as one series.
    """

    measure: Measure
    authority: Area
    join_codes: bool
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    years: tuple[YearCompared, ...]


@cache
def models() -> tuple[str, ...]:
    """Every model of statistical neighbours held, the latest last."""
    held = {model for (model,) in rows("neighbours.parquet", "DISTINCT model")}
    return tuple(sorted(held, key=lambda model: (model in MODELS, model)))


def model_for(year: int) -> str:
    """Give the model in force for the statistics of the year ending in `year`."""
    return [model for model, first_year in MODELS.items() if first_year <= year][-1]


@cache
def neighbours_of(code: str, model: str) -> tuple[Neighbour, ...]:
    """Give an authority's statistical neighbours in order, by its three-digit number.

    `NotPublishedError` for a model that is not held or an authority that is not in it.
    """
    if model not in models():
        raise NotPublishedError(
            f"No model of statistical neighbours is called {model!r}. Held: {', '.join(models())}."
        )
    found = rows(
        "neighbours.parquet",
        "neighbour, rank, closeness",
        "model = ? AND area = ? ORDER BY rank, neighbour",
        model,
        code,
    )
    if not found:
        raise NotPublishedError(
            f"{find_area(code).name} ({code}) has no statistical neighbours in the model of {model}."
        )
    return tuple(
        Neighbour(areas()[neighbour], rank, closeness) for neighbour, rank, closeness in found
    )


def compare(
    code: str,
    authority: str,
    years: Iterable[int] | None = None,
    *,
    unit: str = "",
    part: str = "",
    category: str = "",
    model: str | None = None,
    join_codes: bool = True,
    by_difference: bool = True,
) -> Comparison:
    """Set an authority beside its statistical neighbours, its region and England.

    Without `years`, every year held; without a `unit`, a rate or share rather than a number; without a
    `model`, the one in force for each year. `by_difference` as in `published_figure`.
    `NotPublishedError` for an indicator, authority, year or model that is not held, or an area that is
    not an authority.
    """
    measure = find_measure(code, unit=unit, part=part, category=category)
    area = find_area(authority)
    if area.level != "Local authority":
        raise NotPublishedError(f"{area.name} ({area.code}) is not a local authority.")
    wanted = years_held(measure) if years is None else tuple(sorted(set(years)))
    if not wanted:
        raise NotPublishedError("No year to compare was given.")
    for year in wanted:
        check_year(measure, year)
    chosen = {year: model or model_for(year) for year in wanted}
    neighbours = {each: neighbours_of(area.code, each) for each in dict.fromkeys(chosen.values())}
    compared = tuple(
        _compare_year(
            measure,
            area,
            year,
            model=chosen[year],
            neighbours=neighbours[chosen[year]],
            join_codes=join_codes,
            by_difference=by_difference,
        )
        for year in wanted
    )
    return Comparison(measure, area, join_codes, neighbours, compared)


def _compare_year(
    measure: Measure,
    area: Area,
    year: int,
    *,
    model: str,
    neighbours: Sequence[Neighbour],
    join_codes: bool,
    by_difference: bool,
) -> YearCompared:
    notes: list[str] = []

    def figure(place: Area) -> Figure:
        number = number_in(place.code, year) if join_codes else place.code
        found = figure_of(measure, areas()[number], year, by_difference=by_difference)
        if number != place.code and found.source:
            notes.append(f"{place.name} is read under its number of that year, {number}.")
        if found.by_difference:
            notes.append(
                f"{place.name}: an early band is hidden, so the numerator is the total less "
                "the later bands."
            )
        return found

    own = figure(area)
    beside = tuple(figure(each.area) for each in neighbours)
    values = [each.value for each in beside if each.value is not None]
    everyone = [
        each.value
        for code in areas_held(measure, year)
        if (each := figure_of(measure, areas()[code], year, by_difference=by_difference)).value
        is not None
    ]
    rank, quartile = place_among(own.value, everyone, measure.better)
    return YearCompared(
        year,
        model,
        own,
        beside,
        with_value=len(values),
        mean=round(mean(values), 6) if values else None,
        median=round(median(values), 6) if values else None,
        region=figure_of(measure, areas()[area.region], year, by_difference=by_difference),
        england=figure_of(measure, areas()[ENGLAND], year, by_difference=by_difference),
        rank=rank,
        ranked=len(everyone),
        quartile=quartile,
        notes=tuple(notes),
    )


def place_among(
    value: float | None, everyone: Sequence[float], better: str
) -> tuple[int | None, str | None]:
    """Give the rank of a value, 1 the best and ties the lowest number, and its quartile band.

    A to D from best to worst, cut at the 25%, 50% and 75% points of `everyone` (interpolated between
    values), a value equal to a cut falling below it. Neither for a neutral indicator, a missing value
    or fewer than four values.
    """
    if value is None or better == "neutral" or len(everyone) < 4:
        return None, None
    rank = 1 + sum(each < value if better == "lower" else each > value for each in everyone)
    above = sum(value > cut for cut in quantiles(everyone, n=4, method="inclusive"))
    return rank, ("ABCD" if better == "lower" else "DCBA")[above]
