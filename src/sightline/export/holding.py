"""What a format can hold, told from the vocabulary's feeds, and which records a snapshot speaks of."""

from collections.abc import Iterable, Mapping
from functools import cache

from sightline.records import TABLES, Column, Feed, Format


def fields_of(file_format: Format, part: str, table: str) -> dict[str, Column]:
    """Give, by the field's name, the column of a table that a part of a format fills."""
    return {
        name: TABLES[table].column(column)
        for feed in feeds_of(file_format, part, table)
        for column, name in feed.fields.items()
    }


def feeds_of(file_format: Format, part: str, table: str) -> list[Feed]:
    """Give the feeds by which a part fills a table."""
    return [
        feed for feed in TABLES[table].feeds if feed.format is file_format and feed.part == part
    ]


def held(file_format: Format, parts: Iterable[str] | None = None) -> dict[str, frozenset[str]]:
    """Give, for each record table, the columns that a format has a field for, or implies.

    With `parts`, only those. A table of which it has none is left out.
    """
    wanted = None if parts is None else set(parts)
    found: dict[str, frozenset[str]] = {}
    for name, table in TABLES.items():
        columns = {
            column
            for feed in table.feeds
            if feed.format is file_format and (wanted is None or feed.part in wanted)
            for column in (*feed.fields, *feed.constants)
        }
        if columns:
            found[name] = frozenset(columns)
    return found


def not_held(of: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Give, for each record table, the columns that what `held` gave lacks, in the table's order."""
    return {
        name: lacking
        for name, table in TABLES.items()
        if (
            lacking := tuple(
                column.name for column in table.columns if column.name not in of.get(name, ())
            )
        )
    }


@cache
def parts_about(file_format: Format) -> dict[str, frozenset[str]]:
    """Name, for each record table, the parts of a format that fill it."""
    return {
        name: frozenset(feed.part for feed in table.feeds if feed.format is file_format)
        for name, table in TABLES.items()
    }
