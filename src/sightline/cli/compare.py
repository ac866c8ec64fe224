"""`sightline compare`: published figures of an authority beside its neighbours, region and England."""

import re

import click

from sightline.cli.asking import Code
from sightline.cli.output import format_option, print_csv, print_json, print_table, quiet_option
from sightline.present.words import shown as written
from sightline.published.compare import Comparison, compare

_COLUMNS = ("year", "kind", "area", "name", "numerator", "denominator", "value", "unit", "symbol")


def _years(text: str | None) -> range | None:
    if text is None:
        return None
    match = re.fullmatch(r"\s*(\d{4})\s*(?:[-–.]+\s*(\d{4}))?\s*", text)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise click.BadParameter("Write years as 2016 or 2014-2024.", param_hint="--years")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


@click.command(
    epilog="""\b
Examples:
  sightline compare CP-05 --authority 885
  sightline compare CP-05 --authority Bury --years 2014-2019
  sightline compare CP-09 --authority 885 --unit "per 10,000" --format csv
"""
)
@click.argument("code", type=Code())
@click.option("--authority", required=True, help="Number or name of the authority, as 885.")
@click.option("--years", help="Years ending 31 March, as 2014-2024. Default: all held.")
@click.option("--model", help="Model of statistical neighbours, as 2021-04. Default: each year's.")
@click.option(
    "--unit", default="", help='Where there are several: "percent", "per 10,000", "number".'
)
@click.option("--part", default="", help="Part of the indicator, where it has several.")
@click.option("--category", default="", help="Category, for a figure published by category.")
@format_option
@quiet_option
def command(
    code: str,
    authority: str,
    years: str | None,
    model: str | None,
    unit: str,
    part: str,
    category: str,
    layout: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Set published figures beside the statistical neighbours, the region and England.

    The mean and the median of the neighbours are both given, with how many had a value, and the
    neighbours are named with the date of the model that chose them.
    """
    result = compare(
        code, authority, _years(years), unit=unit, part=part, category=category, model=model
    )
    if as_json or layout == "json":
        print_json(_rows(result))
    elif layout == "csv":
        rows = _rows(result)
        print_csv(list(rows[0]), [list(row.values()) for row in rows])
    else:
        _print(result, quiet=quiet)


def _rows(result: Comparison) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for year in result.years:
        figures = [
            ("authority", year.authority),
            *(("neighbour", each) for each in year.neighbours),
            ("region", year.region),
            ("england", year.england),
        ]
        rows += [
            {
                "indicator": figure.code,
                "year": year.year,
                "kind": kind,
                "area": figure.area,
                "name": figure.name,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "value": figure.value,
                "unit": figure.unit,
                "symbol": figure.symbol,
                "model": year.model,
                "neighbours_with_value": None,
            }
            for kind, figure in figures
        ]
        rows += [
            {
                "indicator": year.authority.code,
                "year": year.year,
                "kind": kind,
                "area": "",
                "name": f"{kind.split('_')[1].capitalize()} of statistical neighbours",
                "numerator": None,
                "denominator": None,
                "value": value,
                "unit": year.authority.unit,
                "symbol": "",
                "model": year.model,
                "neighbours_with_value": year.with_value,
            }
            for kind, value in (
                ("neighbours_mean", year.mean),
                ("neighbours_median", year.median),
            )
        ]
    return rows


def _print(result: Comparison, *, quiet: bool) -> None:
    years = result.years
    unit = result.measure.unit
    own = years[0]

    def shown(value: float | None, symbol: str = "") -> str:
        return written(value, unit) if value is not None else symbol or "–"

    lines: list[list[object]] = [
        [result.authority.name, *(shown(y.authority.value, y.authority.symbol) for y in years)],
        ["Neighbours, mean", *(f"{shown(y.mean)} ({y.with_value})" for y in years)],
        ["Neighbours, median", *(f"{shown(y.median)} ({y.with_value})" for y in years)],
        [own.region.name, *(shown(y.region.value, y.region.symbol) for y in years)],
        ["England", *(shown(y.england.value, y.england.symbol) for y in years)],
    ]
    if any(y.rank for y in years):
        lines.append(
            ["Rank, 1 best", *(f"{y.rank} of {y.ranked}" if y.rank else "–" for y in years)]
        )
    print_table(
        ["", *(str(y.year) for y in years)],
        lines,
        title=f"{own.authority.code} {result.measure.title}, {unit}",
        numbers=[str(y.year) for y in years],
    )
    if quiet:
        return
    for model, neighbours in result.neighbours.items():
        names = ", ".join(each.area.name for each in neighbours)
        click.echo(f"Statistical neighbours, model of {model}: {names}.")
    click.echo("In brackets, how many neighbours had a value.")
    for note in dict.fromkeys(note for year in years for note in year.notes):
        click.echo(note)
    click.echo(f"Source: {own.authority.source}")
    click.echo(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )
