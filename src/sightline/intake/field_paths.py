"""The notation of `Feed.fields`: where in a part, or in a row it points at, a column is found."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sightline.records import Format

_SUITABLE = re.compile(r"(\w+)\[suitable\]")


@dataclass(frozen=True)
class FieldPath:
    """One field as a feed names it. At most one of the ways to take it is set.

    `follow` is the field to take from the row that `field` points at; `json_key` a key of the JSON
    in it; `each` says that every element of the JSON is taken; `where` is another field and the
    value it must have; `says` a pattern that, found in the text, means yes; `on_day` a field of the
    part holding the day on which `field`, of another table, was in force; `suitable` says that the
    digit of SSDA903's accommodation code is meant.
    """

    field: str
    follow: str = ""
    json_key: str = ""
    each: bool = False
    where: tuple[str, str] | None = None
    says: str = ""
    on_day: str = ""
    suitable: bool = False

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The fields of the part itself that it reads."""
        if self.on_day:
            return (self.on_day,)
        return (self.field, self.where[0]) if self.where else (self.field,)

    @property
    def is_plain(self) -> bool:
        """Whether the cell is taken as it stands."""
        return self == FieldPath(self.field)


_SSD_NOTATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], FieldPath]], ...] = (
    (re.compile(r"(\w+)>(\w+)"), lambda found: FieldPath(found[1], follow=found[2])),
    (re.compile(r"(\w+)\.(\w+)"), lambda found: FieldPath(found[1], json_key=found[2])),
    (re.compile(r"(\w+)\[\]"), lambda found: FieldPath(found[1], each=True)),
    (
        re.compile(r"(\w+)\[(\w+)=([^\]]+)\]"),
        lambda found: FieldPath(found[1], where=(found[2], found[3])),
    ),
    (re.compile(r"(\w+)~(.+)"), lambda found: FieldPath(found[1], says=found[2])),
    (re.compile(r"(\w+)@(\w+)"), lambda found: FieldPath(found[1], on_day=found[2])),
)


@cache
def parse(file_format: Format, notation: str) -> FieldPath:
    """Read a field of a feed. Only the SSD and SSDA903 use more than a field's name."""
    if file_format is Format.SSDA903 and (found := _SUITABLE.fullmatch(notation)):
        return FieldPath(found[1], suitable=True)
    if file_format is Format.SSD:
        for shape, make in _SSD_NOTATIONS:
            if found := shape.fullmatch(notation):
                return make(found)
    return FieldPath(notation)


@dataclass(frozen=True)
class SsdTable:
    """One table of the SSD: its columns, and for a column the table and column it points at."""

    columns: tuple[str, ...]
    points: dict[str, tuple[str, str]]


@cache
def ssd_tables() -> dict[str, SsdTable]:
    """Give the tables of the SSD by name (`ssd_tables.toml`)."""
    text = files("sightline.intake").joinpath("ssd_tables.toml").read_text(encoding="utf-8")
    tables = {}
    for name, entry in tomllib.loads(text).items():
        if name.startswith("ssd_"):
            points = {}
            for column, target in entry.get("points", {}).items():
                table, _, key = target.partition(".")
                points[column] = (table, key)
            tables[name] = SsdTable(tuple(entry["columns"]), points)
    return tables


@cache
def owner(column: str) -> str:
    """Name the SSD table that has this column; `KeyError` if none has."""
    for name, table in ssd_tables().items():
        if column in table.columns:
            return name
    raise KeyError(f"no table of the SSD has the column {column}")


@cache
def pointed_at(column: str) -> tuple[str, str]:
    """Give the SSD table and column whose value this column holds; `KeyError` if it points nowhere."""
    return ssd_tables()[owner(column)].points[column]
