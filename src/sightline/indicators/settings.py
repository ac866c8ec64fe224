"""An authority's own standards and targets: dated rows, with who set each."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

_LAST_DAY = date(9999, 12, 31)


class SettingsError(ValueError):
    """A settings file that cannot be used; the message says where and what to mend."""


@dataclass(frozen=True)
class Standard:
    """A local standard in force from `valid_from` up to, not including, `valid_until`."""

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
    """All of one settings file."""

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
    if path is None:
        text, name = (
            (files("sightline.indicators") / "settings.toml").read_text("utf-8"),
            "settings.toml",
        )
    else:
        try:
            text, name = path.read_text("utf-8"), str(path)
        except OSError as error:
            raise SettingsError(
                f"Cannot read the settings file {path}: {error.strerror}"
            ) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name} is not valid TOML: {error}") from error
    return Settings(
        authority=str(content.get("authority", {}).get("name", "")),
        standards=tuple(
            Standard(
                name=entry["name"],
                meaning=entry.get("meaning", ""),
                value=float(entry["value"]) if "value" in entry else None,
                words=tuple(entry.get("words", ())),
                unit=entry.get("unit", ""),
                valid_from=entry["from"],
                valid_until=until,
                set_by=entry["set_by"],
                source=entry.get("source", ""),
            )
            for entry, until in _dated(content.get("standard", []), "name", "standard", name)
        ),
        targets=tuple(
            Target(
                indicator=entry["indicator"],
                value=float(entry["value"]),
                tolerance=float(entry.get("tolerance", 5)),
                valid_from=entry["from"],
                valid_until=until,
                set_by=entry["set_by"],
            )
            for entry, until in _dated(content.get("target", []), "indicator", "target", name)
        ),
    )


def _dated(
    entries: list[dict[str, Any]], identity: str, kind: str, file: str
) -> list[tuple[dict[str, Any], date]]:
    """Pair each entry with the day the next one of the same name takes over."""
    for entry in entries:
        if missing := {identity, "from", "set_by"} - entry.keys():
            raise SettingsError(f"{file}: a [[{kind}]] lacks {', '.join(sorted(missing))}")
        if not isinstance(entry["from"], date):
            raise SettingsError(f"{file}: `from` of {kind} {entry[identity]} is not a date")
    ordered = sorted(entries, key=lambda entry: (entry[identity], entry["from"]))
    result = []
    for entry, later in zip(ordered, [*ordered[1:], None], strict=True):
        same = later is not None and later[identity] == entry[identity]
        until = later["from"] if same and later is not None else _LAST_DAY
        if until == entry["from"]:
            raise SettingsError(f"{file}: {kind} {entry[identity]} stands twice on {until}")
        result.append((entry, until))
    return result
