"""`sightline figures`: indicators by period and group."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sightline.cli.asking import Code, Day, settings_file, settings_option, store_option
from sightline.cli.output import (
    Progress,
    format_option,
    print_csv,
    print_json,
    print_table,
    quiet_option,
)
from sightline.clocks.months import EVERY
from sightline.store.snapshots import Store

if TYPE_CHECKING:
    from sightline.indicators.definition import Definition
    from sightline.indicators.engine import Counting, Period
    from sightline.indicators.figures import Figure
    from sightline.indicators.measured import Measured

_COLUMNS = (
    "indicator",
    "version",
    "part",
    "title",
    "period_start",
    "period_end",
    "by",
    "group",
    "numerator",
    "denominator",
    "value",
    "unit",
    "rate",
    "unknown",
    "target",
    "quality",
    "quality_reason",
    "suppressed",
    "withheld",
)


@click.command(
    epilog="""\b
Examples:
  sightline figures --store STORE                                 every indicator, year by year
  sightline figures --store STORE --indicator CP-05 --by district
  sightline figures --store STORE --indicator CP-05 --every month --from 2015-04-01 --to 2016-03-31
  sightline figures --store STORE --indicator AS-01 --every-version
  sightline figures --store STORE --by district --publish --format csv

Years run from 1 April to 31 March. A stock (plans open) is as at the last day of each period.
`--publish` hides counts of 1 to 5, and what would let them be worked out.
"""
)
@store_option
@click.option(
    "--indicator",
    "codes",
    type=Code(),
    multiple=True,
    help="Only this code; may be given several times.",
)
@click.option(
    "--by",
    multiple=True,
    help="Also by district, team, worker, source, age, sex, ethnicity, disability ...; "
    "may be given several times.",
)
@click.option("--every", type=click.Choice(EVERY), default="year", show_default=True)
@click.option("--from", "start", type=Day(), help="Default: the first day that any file covers.")
@click.option("--to", "end", type=Day(), help="Default: the last day that any file covers.")
@click.option(
    "--every-version", is_flag=True, help="Count each period by every version of a definition."
)
@click.option("--publish", is_flag=True, help="Protect small numbers, for publication.")
@click.option(
    "--with-unusable",
    is_flag=True,
    help="Also give figures that are withheld because the data behind them are not usable.",
)
@click.option(
    "--published-before",
    "earlier",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With --publish: the JSON published last time, so that the difference tells nothing.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What runs the definitions; spark is an optional part.",
)
@settings_option
@format_option
@quiet_option
def command(
    store: Path,
    codes: tuple[str, ...],
    by: tuple[str, ...],
    every: str,
    start: date | None,
    end: date | None,
    every_version: bool,
    publish: bool,
    with_unusable: bool,
    earlier: Path | None,
    engine: str,
    settings_path: Path | None,
    layout: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Compute figures: value, numerator, denominator and the grade of the data behind each."""
    from sightline.indicators.figures import choose, withhold  # noqa: PLC0415 - keeps --help quick
    from sightline.indicators.measured import measured  # noqa: PLC0415

    if start and end and end < start:
        raise click.BadParameter(f"{end} is before {start}.", param_hint="--to")
    if earlier and not publish:
        raise click.UsageError("--published-before goes with --publish.")
    if with_unusable and publish:
        raise click.UsageError("Figures that are not usable are not published.")
    definitions = choose(codes)
    dimensions = [name.strip() for each in by for name in each.split(",") if name.strip()]
    without = _without(definitions, dimensions)
    progress = Progress(quiet=quiet)
    snapshot = Store(store).current()
    with (
        measured(snapshot, settings_file(settings_path, store), progress) as subject,
        _counting(engine, subject, progress) as counting,
    ):
        _refuse_outside(subject.covered, start, end)
        asked = subject.asked_periods(every, start, end)
        found = subject.compute(
            definitions, asked, dimensions, every_version=every_version, engine=counting
        )
    figures = list(found.figures)
    if publish:
        figures = _protected(figures, earlier)
    if not with_unusable:
        figures = withhold(figures)
    progress.done()
    if as_json or layout == "json":
        print_json([figure.to_json() for figure in figures])
    elif layout == "csv":
        rows = [figure.to_json() for figure in figures]
        print_csv(_COLUMNS, [[row.get(name) for name in _COLUMNS] for row in rows])
    else:
        _print(figures)
    if quiet:
        return
    for missing in found.not_computed:
        click.echo(f"{missing.definition.code} not computed. {missing.reason}", err=True)
    for name, some in without.items():
        click.echo(f"Not by {name}: {', '.join(some)}.", err=True)


def _refuse_outside(covered: "Period", start: date | None, end: date | None) -> None:
    """An error where one end is left to the files, and lies on the wrong side of the other."""
    first, last = covered
    files = f"the files cover {first} to {last}"
    if start and end is None and start > last:
        raise click.BadParameter(f"{start} is too late: {files}.", param_hint="--from")
    if end and start is None and end < first:
        raise click.BadParameter(f"{end} is too early: {files}.", param_hint="--to")


@contextmanager
def _counting(name: str, subject: "Measured", progress: Progress) -> "Iterator[Counting]":
    """Open what runs the definitions."""
    if name == "duckdb":
        yield subject.engine
        return
    from sightline.indicators.spark import spark_engine  # noqa: PLC0415

    progress("Starting Spark")
    with spark_engine(subject.snapshot, subject.settings) as engine:
        yield engine


def _protected(figures: "list[Figure]", earlier: Path | None) -> "list[Figure]":
    import json  # noqa: PLC0415

    from sightline.indicators.disclosure import DisclosureError, protect  # noqa: PLC0415

    before = []
    if earlier is not None:
        try:
            before = json.loads(earlier.read_text("utf-8"))
        except ValueError as error:
            raise click.BadParameter(
                f"{earlier} is not the JSON that `sightline figures --publish --json` prints.",
                param_hint="--published-before",
            ) from error
    try:
        return protect(figures, before)
    except DisclosureError as error:
        raise click.UsageError(str(error)) from error


def _without(definitions: "list[Definition]", by: list[str]) -> dict[str, list[str]]:
    """Say which indicators do not have a breakdown; an error if none of them has it."""
    lacking: dict[str, list[str]] = {}
    for name in by:
        codes = [each.code for each in definitions if name not in each.dimensions]
        if len(codes) == len(definitions):
            known = dict.fromkeys(d for each in definitions for d in each.dimensions)
            raise click.BadParameter(
                f"none of the indicators can be broken down by {name!r}; "
                f"they can by {', '.join(known)}.",
                param_hint="--by",
            )
        if codes:
            lacking[name] = list(dict.fromkeys(codes))
    return lacking


def _print(figures: "list[Figure]") -> None:
    if not figures:
        return
    rates = ["Per 10,000"] if any(figure.rate is not None for figure in figures) else []
    print_table(
        ["Code", "Indicator", "Period", "By", "Group", "Num.", "Den.", "Value", *rates, "Quality"],
        [
            (
                figure.indicator,
                _name(figure),
                _period(figure.period_start, figure.period_end, stock=figure.definition.is_stock),
                "" if figure.by == "all" else figure.by,
                "" if figure.by == "all" else figure.group,
                _cell(figure, figure.numerator),
                _cell(figure, figure.denominator),
                _cell(figure, figure.value, figure.unit),
                *(["" if figure.rate is None else f"{figure.rate:,.1f}"] if rates else []),
                figure.quality.letter,
            )
            for figure in figures
        ],
        numbers=["Num.", "Den.", "Value", *rates],
    )
    if any(figure.suppressed for figure in figures):
        click.echo("c: hidden, so that no child can be made out.")
    if any(figure.withheld for figure in figures):
        click.echo("w: withheld, as the data behind it are not usable; `--json` says why.")


def _cell(figure: "Figure", value: float | None, unit: str = "") -> str:
    from sightline.present.words import shown  # noqa: PLC0415 - keeps --help quick

    if value is None and figure.withheld:
        return "w"
    return "c" if value is None and figure.suppressed else shown(value, unit)


def _name(figure: "Figure") -> str:
    parts = [figure.definition.title]
    if figure.definition.valid_until:
        parts.append(f"(to {figure.definition.valid_until.year})")
    return " ".join(parts)


def _period(start: date, end: date, *, stock: bool) -> str:
    return f"at {end}" if stock else f"{start} to {end}"
