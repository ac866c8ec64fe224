"""The columns a snapshot's tables have, and how rows written by an older Sightline are read."""

from collections.abc import Sequence
from pathlib import Path

from sightline.records import DISTRICT, PLACE, TABLES, Column, Kind

FINDING = "finding"
"""The table of what is wrong in the files, beside the record tables."""

PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384"
"""How tables are written: in groups of rows small enough that a year's go to several processors."""

FINDING_COLUMNS = (
    Column("code", Kind.TEXT, "What is wrong, in words that read as English"),
    Column("format", Kind.TEXT, "Format of the file"),
    Column("return_end", Kind.DATE, "Last day of the return"),
    Column("file", Kind.TEXT, "Path of the file, as it was given"),
    Column("file_key", Kind.TEXT, "First 12 characters of the SHA-256 of the file"),
    Column("place", Kind.TEXT, "Line, or sheet and cell"),
    Column("table_name", Kind.TEXT, "Record table"),
    Column("column_name", Kind.TEXT, "Column of the record table"),
    Column("value", Kind.TEXT, "The text as it stands in the file"),
    Column("message", Kind.TEXT, "What is wrong, in a sentence"),
    Column("line", Kind.INTEGER, "Line of the file, or row of the sheet, from 1"),
    Column("child_id", Kind.TEXT, "Child that the row is about, where it says so"),
)


def columns_of(table: str, *, combined: bool = True) -> tuple[Column, ...]:
    """The columns of a table of a snapshot; `KeyError` if the vocabulary has none such.

    Combined tables about children have `district`; the rows of a single return do not yet.
    """
    if table == FINDING:
        return FINDING_COLUMNS
    columns = TABLES[table].columns
    with_district = combined and any(column.name == "child_id" for column in columns)
    return (*columns, *((DISTRICT,) if with_district else ()), *PLACE)


def typed_rows(columns: Sequence[Column], paths: Sequence[Path], present: Sequence[str]) -> str:
    """SQL that reads parquet files as the given columns, in their order and types.

    `present` are the columns the files have; the others are null. Without files, no rows.
    """
    if not paths:
        empty = ", ".join(f'CAST(NULL AS {c.kind.sql}) AS "{c.name}"' for c in columns)
        return f"SELECT {empty} WHERE false"
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    known = set(present)
    taken = ", ".join(
        f'"{c.name}"' if c.name in known else f'CAST(NULL AS {c.kind.sql}) AS "{c.name}"'
        for c in columns
    )
    return f"SELECT {taken} FROM read_parquet([{files}], union_by_name = true)"
