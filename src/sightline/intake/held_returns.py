"""The returns a snapshot holds, as tables the combining SQL can join: parts, and what each can say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from sightline.intake.mapping import principal_table
from sightline.records import TABLES, Format
from sightline.store.manifest import Return, ReturnPart


@dataclass(frozen=True)
class HeldReturn:
    """A return, and the folder with its rows: `<table>.parquet` and `findings.parquet`."""

    about: Return
    folder: Path

    def path(self, table: str) -> Path | None:
        """The file with the return's rows of a table, if it has any."""
        return self.folder / f"{table}.parquet" if self.about.tables.get(table) else None


@cache
def _part_order() -> dict[tuple[str, str], int]:
    """Parts in the order of the vocabulary, which is that of Annex A's lists."""
    order: dict[tuple[str, str], int] = {}
    for table in TABLES.values():
        for feed in table.feeds:
            order.setdefault((feed.format.value, feed.part), len(order))
    return order


@cache
def child_part(file_format: str) -> str:
    """The part of a format that has one row a child, such as `Header`; empty for Annex A."""
    fills = {
        feed.part: len(feed.fields)
        for feed in TABLES["child"].feeds
        if feed.format == file_format and principal_table(Format(file_format), feed.part) == "child"
    }
    return max(fills, key=lambda part: fills[part]) if fills else ""


@cache
def is_about(file_format: str, table: str) -> bool:
    """Whether a part of the format is about this table, so that a row of it is a row of the file.

    Annex A repeats a child's latest visit on every row that the child has in a list; such rows are
    one visit, and no row of the list is given twice.
    """
    return any(
        principal_table(feed.format, feed.part) == table
        for feed in TABLES[table].feeds
        if feed.format == file_format
    )


def tables_fed(file_format: str, parts: Iterable[str]) -> list[str]:
    """The record tables that these parts of a format can fill."""
    present = set(parts)
    return [
        name
        for name, table in TABLES.items()
        if any(feed.format == file_format and feed.part in present for feed in table.feeds)
    ]


def register_parts(
    connection: duckdb.DuckDBPyConnection, held: Sequence[HeldReturn], paths: Mapping[str, str]
) -> None:
    """Make the tables `part_of` and `stated_by`.

    `part_of` has a row for each file and sheet of a return: its order, the file's path, how places in
    it are written, and whether it has one row a child. `stated_by` says, for each of these and each
    table, which columns it has fields for: a bit a column, the first column's the lowest.
    """
    places: dict[tuple[str, date, str, str], list[ReturnPart]] = {}
    for each in held:
        for part in each.about.parts:
            key = (each.about.format, each.about.period_end, part.file, part.sheet)
            places.setdefault(key, []).append(part)
    part_rows, stated_rows = [], []
    for key, parts in places.items():
        file_format, _, file, sheet = key
        last = len(_part_order())
        order = min(_part_order().get((file_format, part.name), last) for part in parts)
        opening = f"{sheet}!" if parts[0].in_workbook else "line "
        one_a_child = child_part(file_format) in {part.name for part in parts}
        part_rows.append((*key, order, paths.get(file, file), opening, one_a_child))
        for name in tables_fed(file_format, (part.name for part in parts)):
            stated_rows.append((*key, name, _stated(file_format, name, parts)))
    _make(connection, "part_of", _PART_OF, part_rows)
    _make(connection, "stated_by", _STATED_BY, stated_rows)


def _stated(file_format: str, name: str, parts: Sequence[ReturnPart]) -> int:
    table = TABLES[name]
    said: set[str] = set()
    for part in parts:
        absent = part.absent.get(name, ())
        for feed in table.feeds:
            if feed.format == file_format and feed.part == part.name:
                said |= (set(feed.fields) | set(feed.constants)) - set(absent)
    return sum(1 << i for i, column in enumerate(table.columns) if column.name in said)


_PLACE_FIELDS = [
    ("source", pa.string()),
    ("return_end", pa.date32()),
    ("file", pa.string()),
    ("sheet", pa.string()),
]
_PART_OF = pa.schema(
    [
        *_PLACE_FIELDS,
        ("part_order", pa.int32()),
        ("path", pa.string()),
        ("opening", pa.string()),
        ("one_a_child", pa.bool_()),
    ]
)
_STATED_BY = pa.schema([*_PLACE_FIELDS, ("table_name", pa.string()), ("bits", pa.int64())])


def _make(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    schema: pa.Schema,
    rows: Sequence[tuple[object, ...]],
) -> None:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema.names)
    arrays = [
        pa.array(list(column), kind) for column, kind in zip(columns, schema.types, strict=True)
    ]
    connection.register("incoming", pa.Table.from_arrays(arrays, schema=schema))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM incoming")
    connection.unregister("incoming")
