"""What differs between two snapshots: rows added, removed and changed, table by table."""

from dataclasses import dataclass, field

import duckdb

from sightline.records import PLACE, TABLES
from sightline.store.snapshots import Snapshot, StoreError
from sightline.store.tables import columns_of

_PLACE_NAMES = {column.name for column in PLACE}


@dataclass(frozen=True)
class RowDifference:
    """One row that differs: `what` is added, removed or changed; `key` its key, as text.

    `changes` gives, for a changed row, each column with its value before and after, as text.
    """

    what: str
    key: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class TableDifference:
    """How many rows of a table differ, and in a changed row, how often which column."""

    table: str
    added: int
    removed: int
    changed: int
    columns: dict[str, int] = field(default_factory=dict)
    rows: tuple[RowDifference, ...] = ()


def diff(before: Snapshot, after: Snapshot, *, rows: int = 0) -> list[TableDifference]:
    """Compare two snapshots; tables that are the same are left out.

    Rows are matched by their table's key, and where several share one, in the order of their
    content. Where a row stands in a file is no difference. `rows` is how many of each table's
    differing rows to show. `StoreError` if a table's file is missing or damaged.
    """
    found = []
    with duckdb.connect() as connection:
        for name in TABLES:
            was, now = before.manifest.tables.get(name), after.manifest.tables.get(name)
            if (was and was.hash) == (now and now.hash):
                continue
            try:
                for side, snapshot in (("before", before), ("after", after)):
                    connection.execute(
                        f"CREATE OR REPLACE TEMP VIEW {side} AS {snapshot.rows_of(name)}"
                    )
                difference = _diff_table(connection, name, rows)
            except duckdb.Error as error:
                raise StoreError(
                    f"{before.folder.parent}: the table {name} of snapshot {before.id} or "
                    f"{after.id} is damaged, so they cannot be compared."
                ) from error
            if difference.added or difference.removed or difference.changed:
                found.append(difference)
    return found


def _diff_table(connection: duckdb.DuckDBPyConnection, name: str, limit: int) -> TableDifference:
    table = TABLES[name]
    columns = [c.name for c in columns_of(name) if c.name not in _PLACE_NAMES]
    listed = ", ".join(f'"{c}"' for c in columns)
    key = ", ".join(f'"{c}"' for c in table.key)
    for side, a, b in (("gone", "before", "after"), ("come", "after", "before")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {side} AS SELECT *, row_number() OVER "
            f"(PARTITION BY {key} ORDER BY {listed}) AS occurrence FROM "
            f"(SELECT {listed} FROM {a} EXCEPT ALL SELECT {listed} FROM {b})"
        )
    same = " AND ".join(f'g."{c}" IS NOT DISTINCT FROM c."{c}"' for c in (*table.key, "occurrence"))
    # A row that a join did not find is not null itself, but all its fields are.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE pair AS SELECT g AS g, c AS c, CASE "
        "WHEN g.occurrence IS NULL THEN 'added' WHEN c.occurrence IS NULL THEN 'removed' "
        f"ELSE 'changed' END AS what FROM gone AS g FULL JOIN come AS c ON {same}"
    )
    others = [c for c in columns if c not in table.key]
    counted = "".join(
        f', count(*) FILTER (WHERE what = \'changed\' AND g."{c}" IS DISTINCT FROM c."{c}")'
        for c in others
    )
    removed, added, changed, *per_column = connection.execute(
        "SELECT count(*) FILTER (WHERE what = 'removed'), count(*) FILTER (WHERE what = 'added'), "
        f"count(*) FILTER (WHERE what = 'changed'){counted} FROM pair"
    ).fetchall()[0]
    return TableDifference(
        name,
        added,
        removed,
        changed,
        {column: count for column, count in zip(others, per_column, strict=True) if count},
        _rows(connection, table.key, others, limit) if limit else (),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, key: tuple[str, ...], others: list[str], limit: int
) -> tuple[RowDifference, ...]:
    keys = ", ".join(f'coalesce(c."{column}", g."{column}")::VARCHAR' for column in key)
    values = "".join(f', g."{c}"::VARCHAR, c."{c}"::VARCHAR' for c in others)
    rows = connection.execute(
        f"SELECT what, {keys}{values} FROM pair "
        f"ORDER BY {', '.join(map(str, range(1, len(key) + 2)))}, g.occurrence, c.occurrence "
        f"LIMIT {limit}"
    ).fetchall()
    found = []
    for what, *cells in rows:
        texts = ["" if cell is None else cell for cell in cells]
        before, after = texts[len(key) :: 2], texts[len(key) + 1 :: 2]
        changes = tuple(
            (column, old, new)
            for column, old, new in zip(others, before, after, strict=True)
            if what == "changed" and old != new
        )
        found.append(RowDifference(what, tuple(texts[: len(key)]), changes))
    return tuple(found)
