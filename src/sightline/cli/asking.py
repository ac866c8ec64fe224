"""How commands read what the user asks for: the store, the settings, dates and periods."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from sightline.clocks.months import add_months

DEFAULT_STORE = Path("demo/store")


class Code(click.ParamType[str]):
    """The code of an indicator, in capitals or not."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Write it as the catalogue does."""
        from sightline.indicators.definition import codes  # noqa: PLC0415 - keeps --help quick

        asked = str(value).strip()
        return next((code for code in codes() if code.upper() == asked.upper()), asked)


class Day(click.ParamType[date]):
    """A date, written 2016-03-31 or 31/03/2016."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date, day first where it is written with slashes."""
        if isinstance(value, date):
            return value
        try:
            if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", str(value).strip()):
                day = date(int(match[3]), int(match[2]), int(match[1]))
            else:
                day = date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as 2016-03-31 or 31/03/2016.", param, ctx)
        if day.year // 100 not in (19, 20):
            self.fail(f"{value!r} is not of a year from 1900 to 2099.", param, ctx)
        return day


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--store`."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=DEFAULT_STORE,
        envvar="SIGHTLINE_STORE",
        show_default=True,
        show_envvar=True,
        help="Folder that holds the snapshots.",
    )(command)


def folder_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--folder`, of a deployment."""
    return click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("demo"),
        envvar="SIGHTLINE_HOME",
        show_default=True,
        show_envvar=True,
        help="Folder of the deployment, as `sightline setup` made it.",
    )(command)


def settings_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--settings`."""
    return click.option(
        "--settings",
        "settings_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The authority's standards and targets (TOML). Default: settings.toml in the store, "
        "or Sightline's own.",
    )(command)


def settings_file(given: Path | None, store: Path) -> Path | None:
    """Give the settings file to use: the one named, else the store's own, else none."""
    own = store / "settings.toml"
    return given or (own if own.exists() else None)


def read_period(text: str) -> tuple[date, date]:
    """Read a period: 2016-03 (a month), 2016-Q4 or 2015-16-Q4 (a quarter), 2016 or 2015-16 (the
    year ending 31 March 2016), 2016-03-31 (a day), or 2015-04-01..2016-03-31. `BadParameter` says
    how to write one.
    """
    for pattern, read in _PERIODS:
        if (match := pattern.fullmatch(text.strip())) and (period := read(match)):
            return period
    raise click.BadParameter(
        f"{text!r} is not a period. Write 2016-03 for a month, 2016 or 2015/16 for the year ending "
        "31 March 2016, 2016-Q4 for January to March 2016, or 2015-04-01..2016-03-31."
    )


def _stretch(match: re.Match[str]) -> tuple[date, date] | None:
    try:
        start, end = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
    except ValueError as error:
        raise click.BadParameter(f"{match[0]}: {error}.") from error
    if end < start:
        raise click.BadParameter(f"{match[0]} ends before it starts.")
    return start, end


def _quarter(match: re.Match[str]) -> tuple[date, date]:
    """Read a quarter of the year ending 31 March: Q1 is April to June."""
    year = int(match[1])
    if match[2] and int(match[2]) != (year + 1) % 100:
        raise click.BadParameter(f"{match[0]}: {match[1]}-{match[2]} is not a year.")
    start = year if match[2] else year - 1
    return _months(add_months(date(start, 4, 1), 3 * (int(match[3]) - 1)), 3)


def _year(match: re.Match[str]) -> tuple[date, date] | None:
    """Read a year by both its ends, as 2015-16; 2011-12 is December 2011, but 2011/12 is the year."""
    year = int(match[1])
    two = int(match[3]) == (year + 1) % 100
    if two and (match[2] == "/" or int(match[3]) > 12):
        return date(year, 4, 1), date(year + 1, 3, 31)
    return None


def _month(match: re.Match[str]) -> tuple[date, date] | None:
    year, month = int(match[1]), int(match[2])
    return _months(date(year, month, 1), 1) if 1 <= month <= 12 else None


def _months(start: date, count: int) -> tuple[date, date]:
    return start, add_months(start, count) - timedelta(days=1)


_PERIODS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[date, date] | None]], ...
] = (
    (re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?"), _stretch),
    (re.compile(r"((?:19|20)\d\d)(?:[-/](\d\d))?-?Q([1-4])", re.IGNORECASE), _quarter),
    (re.compile(r"((?:19|20)\d\d)([-/])(\d\d)"), _year),
    (re.compile(r"((?:19|20)\d\d)-(\d\d)"), _month),
    (re.compile(r"((?:19|20)\d\d)"), lambda match: _months(date(int(match[1]) - 1, 4, 1), 12)),
)
"""Ways to write a period, tried in order."""
