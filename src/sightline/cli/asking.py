"""How commands read what the user asks for: the store, the settings, dates and periods."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from sightline.clocks.months import EVERY, add_months

DEFAULT_STORE = Path("demo/store")


class Day(click.ParamType):
    """A date, written 2016-03-31 or 31/03/2016."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date, day first where it is written with slashes."""
        if isinstance(value, date):
            return value
        try:
            if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", str(value).strip()):
                return date(int(match[3]), int(match[2]), int(match[1]))
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as 2016-03-31 or 31/03/2016.", param, ctx)


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
    year ending 31 March 2016), or 2015-04-01..2016-03-31. `BadParameter` says how to write one.
    """
    text = text.strip()
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text):
        try:
            start, end = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        except ValueError as error:
            raise click.BadParameter(f"{text}: {error}") from error
        if end < start:
            raise click.BadParameter(f"{text} ends before it starts.")
        return start, end
    if match := re.fullmatch(r"(?:(\d{4})-)?(\d{2}|\d{4})-?Q([1-4])", text, re.IGNORECASE):
        year = int(match[1]) + 1 if match[1] else int(match[2])
        return (
            _months(date(year - 1, 4 + 3 * (int(match[3]) - 1), 1), 3)
            if match[3] != "4"
            else (_months(date(year, 1, 1), 3))
        )
    if match := re.fullmatch(r"(\d{4})-(\d\d)", text):
        year, second = int(match[1]), int(match[2])
        if second == (year + 1) % 100 and second > 12:
            return date(year, 4, 1), date(year + 1, 3, 31)
        if 1 <= second <= 12:
            return _months(date(year, second, 1), 1)
    if match := re.fullmatch(r"(\d{4})/(\d\d)", text):
        return date(int(match[1]), 4, 1), date(int(match[1]) + 1, 3, 31)
    if re.fullmatch(r"\d{4}", text):
        return date(int(text) - 1, 4, 1), date(int(text), 3, 31)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text), date.fromisoformat(text)
        except ValueError as error:
            raise click.BadParameter(f"{text}: {error}") from error
    raise click.BadParameter(
        f"{text!r} is not a period. Write 2016-03 for a month, 2016 or 2015/16 for the year ending "
        "31 March 2016, 2016-Q4 for January to March 2016, or 2015-04-01..2016-03-31."
    )


def _months(start: date, count: int) -> tuple[date, date]:
    return start, add_months(start, count) - timedelta(days=1)
