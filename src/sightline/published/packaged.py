"""Reading the packaged parquet files."""

from functools import cache
from importlib.resources import files
from typing import Any

import duckdb


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def rows(file: str, columns: str, where: str = "true", *values: Any) -> list[tuple[Any, ...]]:
    """Give the rows of one packaged file, such as `rows("areas.parquet", "area, name")`.

    `where` is SQL with a `?` for each of `values`.
    """
    path = str(files("sightline.published").joinpath(file))
    # A cursor for each read: a connection is not shared between threads.
    with _connection().cursor() as cursor:
        return cursor.execute(
            f"SELECT {columns} FROM read_parquet(?) WHERE {where}", [path, *values]
        ).fetchall()
