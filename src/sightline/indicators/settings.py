"""An authority's own standards and targets: dated rows, with who set each.

`settings.toml` beside this module holds the documented defaults. An authority's own file adds to them:
a standard of its own is in force from its first day on and the default before that, so that no standard
is ever missing. Targets are only those of the file given: nobody is held to a target they did not set.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from sightline.indicators.definition import codes

_LAST_DAY = date(9999, 12, 31)
_DEFAULTS = "settings.toml"
_ENTRIES = {
    "standard": {"name", "meaning", "value", "words", "unit", "from", "set_by", "source"},
    "target": {"indicator", "value", "tolerance", "from", "set_by"},
}
_IN_EITHER_DAYS = ("section-47-conference-decision",)
"""Standards whose unit an authority may choose: CP-04 counts in either."""
_EITHER_DAYS = ("working days", "calendar days")

_Entry = dict[str, Any]
_Dated = TypeVar("_Dated", "Standard", "Target")


class SettingsError(ValueError):
    """A settings file that cannot be used; the message says where and what to mend."""


@dataclass(frozen=True)
class Standard:
    """A local standard in force from `valid_from` up to, not including, `valid_until`.

    It has a `value` in its `unit`, or `words` in lower case.
    """

    name: str
    meaning: str
    value: float | None
    words: tuple[str, ...]
    unit: str
    valid_from: date
    valid_until: date
    set_by: str
    source: str


@dataclass(frozen=True)
class Target:
    """A target in force from `valid_from` up to, not including, `valid_until`."""

    indicator: str
    value: float
    tolerance: float
    valid_from: date
    valid_until: date
    set_by: str


@dataclass(frozen=True)
class Settings:
    """All of one settings file, over the defaults."""

    authority: str
    standards: tuple[Standard, ...]
    targets: tuple[Target, ...]

    def target(self, indicator: str, on: date) -> Target | None:
        """The target of an indicator in force on a day."""
        for target in self.targets:
            if target.indicator == indicator and target.valid_from <= on < target.valid_until:
                return target
        return None


def load_settings(path: Path | None = None) -> Settings:
    """Read a settings file, or the documented defaults; `SettingsError` says what is wrong."""
    return _defaults() if path is None else parse_settings(read_settings(path), str(path))


def read_settings(path: Path) -> str:
    """Give the text of a settings file; `SettingsError` where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"Cannot read the settings file {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text") from error


def parse_settings(text: str, file: str) -> Settings:
    """Read the text of an authority's settings file; `file` is what messages call it."""
    return _settings(text, file, _defaults().standards)


@cache
def _defaults() -> Settings:
    text = (files("sightline.indicators") / _DEFAULTS).read_text("utf-8")
    return _settings(text, _DEFAULTS, ())


def _settings(text: str, file: str, defaults: tuple[Standard, ...]) -> Settings:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error
    if unknown := content.keys() - {"authority", *_ENTRIES}:
        raise SettingsError(f"{file}: there is no such part as {', '.join(sorted(unknown))}")
    own = [
        _standard(entry, file, defaults) for entry in _entries(content, "standard", "name", file)
    ]
    targets = [_target(entry, file) for entry in _entries(content, "target", "indicator", file)]
    kept = [
        default
        for default in defaults
        if all(default.valid_from < each.valid_from for each in own if each.name == default.name)
    ]
    return Settings(
        authority=str(content.get("authority", {}).get("name", "")),
        standards=tuple(_until_the_next([*kept, *own], lambda each: each.name, "standard", file)),
        targets=tuple(_until_the_next(targets, lambda each: each.indicator, "target", file)),
    )


def _entries(content: _Entry, kind: str, identity: str, file: str) -> Iterable[_Entry]:
    """Give the entries of one kind that say what every entry must."""
    for number, entry in enumerate(content.get(kind, []), start=1):
        which = f"{kind} {entry.get(identity, f'number {number}')}"
        if missing := {identity, "from", "set_by"} - {key for key, value in entry.items() if value}:
            raise SettingsError(f"{file}: {which} lacks {', '.join(sorted(missing))}")
        if unknown := entry.keys() - _ENTRIES[kind]:
            raise SettingsError(
                f"{file}: {which} has no such entry as {', '.join(sorted(unknown))}"
            )
        if type(entry["from"]) is not date:
            raise SettingsError(
                f"{file}: `from` of {which} is not a date, which is written 2016-09-01"
            )
        yield entry


def _standard(entry: _Entry, file: str, defaults: tuple[Standard, ...]) -> Standard:
    name = entry["name"]
    default = next((each for each in defaults if each.name == name), None)
    if defaults and default is None:
        names = ", ".join(sorted({each.name for each in defaults}))
        raise SettingsError(f"{file}: there is no standard {name}. There are {names}.")
    in_words = bool(default.words) if default else "words" in entry
    value, words = entry.get("value"), entry.get("words")
    if in_words and not (value is None and _are_words(words)):
        raise SettingsError(f"{file}: standard {name} needs `words`, a list of them, and no value")
    if not in_words and not (words is None and type(value) is int and value > 0):
        raise SettingsError(
            f"{file}: standard {name} needs a `value`, a whole number above 0, and no words"
        )
    unit = entry.get("unit", "")
    allowed = _EITHER_DAYS if name in _IN_EITHER_DAYS else (default.unit if default else unit,)
    if unit not in allowed:
        raise SettingsError(
            f"{file}: the unit of standard {name} must be "
            f"{' or '.join(allowed) if any(allowed) else 'left out'}, because it is counted so"
        )
    return Standard(
        name=name,
        meaning=entry.get("meaning") or (default.meaning if default else ""),
        value=None if value is None else float(value),
        words=tuple(word.strip().lower() for word in words or ()),
        unit=unit,
        valid_from=entry["from"],
        valid_until=_LAST_DAY,
        set_by=entry["set_by"],
        source=entry.get("source", ""),
    )


def _are_words(given: object) -> bool:
    return (
        isinstance(given, list)
        and bool(given)
        and all(isinstance(word, str) and word.strip() for word in given)
    )


def _target(entry: _Entry, file: str) -> Target:
    code = entry["indicator"]
    if code not in codes():
        raise SettingsError(f"{file}: there is a target for {code}, which is no indicator")
    number = {key: entry[key] for key in ("value", "tolerance") if key in entry}
    if "value" not in number or not all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in number.values()
    ):
        raise SettingsError(f"{file}: the target for {code} needs a value that is a number")
    return Target(
        indicator=code,
        value=float(number["value"]),
        tolerance=float(number.get("tolerance", 5)),
        valid_from=entry["from"],
        valid_until=_LAST_DAY,
        set_by=entry["set_by"],
    )


def _until_the_next(
    rows: list[_Dated], name: Callable[[_Dated], str], kind: str, file: str
) -> Iterable[_Dated]:
    """Let each row hold up to the day on which the next of its name takes over."""
    days: dict[tuple[str, date], _Dated] = {}
    for row in rows:
        if (name(row), row.valid_from) in days:
            raise SettingsError(f"{file}: {kind} {name(row)} stands twice on {row.valid_from}")
        days[name(row), row.valid_from] = row
    for (which, day), row in sorted(days.items(), key=lambda item: item[0]):
        later = [start for other, start in days if other == which and start > day]
        yield replace(row, valid_until=min(later, default=_LAST_DAY))
