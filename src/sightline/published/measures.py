"""What the published tables give: `measures.toml`, `symbols.csv` and the years they hold."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any


class NotPublishedError(LookupError):
    """What was asked for is in none of the packaged statistics; the message says what is."""


@dataclass(frozen=True)
class Source:
    """Where a measure comes from; the fields are explained at the head of `measures.toml`."""

    table: str
    title: str
    value: str = ""
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    population: bool = False
    total: str = ""
    less: tuple[str, ...] = ()
    complement: bool = False
    note: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the table that the measure reads, each once."""
        named = (self.value, *self.numerator, *self.denominator, self.total, *self.less)
        return tuple(dict.fromkeys(each for each in named if each))


@dataclass(frozen=True)
class Measure:
    """One published figure of an indicator: one unit, one part, one category."""

    code: str
    part: str
    category: str
    title: str
    unit: str
    better: str
    sources: tuple[Source, ...]


def _source(given: Mapping[str, Any], tables: Mapping[str, str]) -> Source:
    fields: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each
        for key, each in given.items()
        if key != "categories"
    }
    return Source(title=tables[given["table"]], **fields)


def _measures(given: Mapping[str, Any], tables: Mapping[str, str]) -> list[Measure]:
    """Give one measure, or one for each category of its first source."""
    written = given["from"]
    sources = [_source(each, tables) for each in written]
    columns = [each.get("categories", {}) for each in written]

    def measure(category: str, chosen: list[Source]) -> Measure:
        return Measure(
            code=given["code"],
            part=given.get("part", ""),
            category=category,
            title=given["title"],
            unit=given["unit"],
            better=given["better"],
            sources=tuple(chosen),
        )

    if not columns[0]:
        return [measure("", sources)]
    return [
        measure(
            category,
            [
                replace(source, value=names[category])
                if source.table == "lait"
                else replace(source, numerator=(names[category],))
                for source, names in zip(sources, columns, strict=True)
                if category in names
            ],
        )
        for category in columns[0]
    ]


@cache
def measures() -> tuple[Measure, ...]:
    """Every published measure, in the order of `measures.toml`."""
    text = files("sightline.published").joinpath("measures.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text)
    return tuple(
        each for measure in given["measure"] for each in _measures(measure, given["tables"])
    )


def published_codes() -> tuple[str, ...]:
    """Every indicator code that has a published figure, once."""
    return tuple(dict.fromkeys(measure.code for measure in measures()))


def measures_of(code: str) -> tuple[Measure, ...]:
    """Every published measure of an indicator; `NotPublishedError` if there is none."""
    if not (found := tuple(measure for measure in measures() if measure.code == code)):
        raise NotPublishedError(
            f"No published statistic gives {code}. Those that are given: "
            f"{', '.join(published_codes())}."
        )
    return found


def find_measure(code: str, *, unit: str = "", part: str = "", category: str = "") -> Measure:
    """Give one measure of an indicator.

    Without a unit, the first that can be compared between authorities (a rate or a share rather than
    a number). `NotPublishedError` names what there is.
    """
    offered = measures_of(code)
    found = [
        measure
        for measure in offered
        if measure.part == part
        and measure.category == category
        and (not unit or measure.unit == unit)
    ]
    if not found:
        asked = ", ".join(each for each in (unit, part, category) if each) or "a single figure"
        raise NotPublishedError(
            f"{code} is not published as {asked}. It is published as: "
            + "; ".join(
                ", ".join(each for each in (m.unit, m.part, m.category) if each) for m in offered
            )
            + "."
        )
    return min(found, key=lambda measure: measure.unit == "number")


@cache
def symbols() -> Mapping[str, str]:
    """The symbols that stand in published cells, with their meaning."""
    text = files("sightline.published").joinpath("symbols.csv").read_text(encoding="utf-8")
    return {row["symbol"]: row["meaning"] for row in csv.DictReader(text.splitlines())}
