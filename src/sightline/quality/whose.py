"""What a finding is about and who is to mend it: its return, its record, its child, team and worker.

A finding has the file and line of its row. The row as its return gave it says which record it is, so
that the finding can be known again in the next load, where it stands on another line. The team and
worker are those of the row; where its format has none, those another format gives the same record; else
those of the child's open work in the combined records that began last; else they are not known.
"""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from sightline.intake.combine import ENDS
from sightline.quality.check import FOUND
from sightline.records import TABLES, Table
from sightline.store.manifest import Return
from sightline.store.snapshots import Snapshot
from sightline.store.tables import columns_of, typed_rows

NOT_KNOWN = "Not known"
_NEEDED = ["code", "format", "field", "value", "child_id", "file_key", "sheet", "line"]
BETWEEN = " · "
"""What stands between the parts of a record's key."""

CHECKED = pa.schema(
    [
        *FOUND,
        *((name, pa.string()) for name in ("return_end", "record", "team", "worker", "id")),
    ]
)
"""The findings of a whole check as columns."""


def add_whose(
    snapshot: Snapshot, connection: duckdb.DuckDBPyConnection, found: pa.Table
) -> pa.Table:
    """Give the findings of a snapshot (`FOUND`) with what they are about and whose they are (`CHECKED`).

    Where several records of a child stand on one line and nothing tells them apart, as in a file
    written on one line, `record` is empty. `id` is the same for findings of one rule about one column
    of one record, whatever its value, and whichever return has it.
    """
    with connection.cursor() as cursor:
        known = found.select(_NEEDED).append_column(
            "n", pa.array(range(found.num_rows), pa.int32())
        )
        cursor.register("known_arrow", known)
        cursor.execute(
            f"CREATE TEMP TABLE about AS SELECT f.*, {_stands_for('f')} AS stands_for "
            "FROM known_arrow AS f"
        )
        cursor.unregister("known_arrow")
        cursor.execute("CREATE TEMP TABLE return_of (file_key TEXT, format TEXT, ends TEXT)")
        for of in snapshot.manifest.returns:
            for key in of.files:
                values = [key, of.format, str(of.period_end)]
                cursor.execute("INSERT INTO return_of VALUES (?, ?, ?)", values)
        cursor.execute("CREATE TEMP TABLE match (n INTEGER, record TEXT, team TEXT, worker TEXT)")
        for table, fields in _pointed(cursor):
            cursor.execute(_match_sql(snapshot, TABLES[table], fields))
        cursor.execute(f"CREATE TEMP TABLE work AS {_work_sql(snapshot)}")
        whose = cursor.sql(_WHOSE).to_arrow_table()
    columns = {name: found[name] for name in FOUND.names}
    columns |= {name: whose[name] for name in whose.column_names}
    return pa.table({name: columns[name] for name in CHECKED.names}).cast(CHECKED)


def _stands_for(row: str) -> str:
    """SQL for the number under which the combined records have a row's child; empty where it has none."""
    merged = f"SELECT m.stands_for FROM merged_number AS m WHERE m.number = {row}.child_id"
    return f"COALESCE(({merged}), {row}.child_id, '')"


def names_in(snapshot: Snapshot, column: str) -> list[str]:
    """Give every team or worker (`column`) that the records of a snapshot name, and `Not known`."""
    tables = [name for name in snapshot.tables() if has(TABLES[name], column)]
    if not tables:
        return [NOT_KNOWN]
    every = " UNION ".join(f'SELECT "{column}" FROM "{name}"' for name in tables)
    with snapshot.connect() as connection:
        rows = connection.execute(f"SELECT * FROM ({every}) WHERE {column} <> '' ORDER BY 1")
        return [*(str(name) for (name,) in rows.fetchall()), NOT_KNOWN]


def return_rows(snapshot: Snapshot, table: str, returns: Sequence[Return] | None = None) -> str:
    """SQL that gives the rows of a table as the returns gave them, before they were combined."""
    of = snapshot.manifest.returns if returns is None else returns
    held = [snapshot.return_rows_of(each, table) for each in of if each.tables.get(table)]
    none = typed_rows(columns_of(table, combined=False), [], ())
    return " UNION ALL ".join(held or [none])


def record_sql(table: Table, row: str) -> str:
    """SQL for the key of a row's record as text, but for the child."""
    parts = ", ".join(
        f"COALESCE(CAST({row}.\"{name}\" AS VARCHAR), '–')"
        for name in table.key
        if name != "child_id"
    )
    return f"CONCAT_WS('{BETWEEN}', {parts})" if parts else "''"


def has(table: Table, column: str) -> bool:
    """Whether a table has a column."""
    return any(each.name == column for each in table.columns)


def _pointed(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The record tables that findings point into, each with the columns they point at."""
    rows = cursor.execute(
        "SELECT split_part(field, '.', 1) AS name, list(DISTINCT split_part(field, '.', 2)) "
        "FROM about WHERE contains(field, '.') GROUP BY name ORDER BY name"
    ).fetchall()
    for name, columns in rows:
        if name in TABLES:
            table = TABLES[name]
            yield name, tuple(sorted(each for each in columns if has(table, each)))


# Of the rows at a finding's place, those that hold its value, or all if none does. What they do not
# agree on is left out.
_MATCH = """
INSERT INTO match
WITH pointing AS (SELECT * FROM about WHERE split_part(field, '.', 1) = '{table}'),
place AS (SELECT DISTINCT file_key, sheet, line FROM pointing),
standing AS (
    SELECT
        place.file_key, place.sheet, place.line, {child} AS stands_for, {record} AS record,
        {team} AS team, {worker} AS worker{values}
    FROM place
    JOIN ({rows}) AS r
        ON r.file = place.file_key AND CAST(r.line AS VARCHAR) = place.line
        AND (place.sheet = '' OR place.sheet = r.sheet)
),
near AS (
    SELECT k.n, s.stands_for, s.record, s.team, s.worker,
        RANK() OVER (
            PARTITION BY k.n
            ORDER BY CASE WHEN k.value = COALESCE({held}, '') THEN 0 ELSE 1 END
        ) AS rank
    FROM pointing AS k
    JOIN standing AS s USING (file_key, sheet, line, stands_for)
),
own AS (
    SELECT n, MIN(stands_for) AS child_id,
        CASE WHEN COUNT(DISTINCT record) = 1 THEN MIN(record) ELSE '' END AS record,
        CASE WHEN COUNT(DISTINCT COALESCE(team, '')) = 1 THEN MIN(team) END AS team,
        CASE WHEN COUNT(DISTINCT COALESCE(worker, '')) = 1 THEN MIN(worker) END AS worker
    FROM near
    WHERE rank = 1
    GROUP BY n
),
combined AS (
    SELECT child_id, record, MIN(team) AS team, MIN(worker) AS worker
    FROM ({combined})
    GROUP BY child_id, record
    HAVING COUNT(DISTINCT team) <= 1 AND COUNT(DISTINCT worker) <= 1
)
SELECT n, own.record,
    CASE WHEN own.team IS NULL AND own.worker IS NULL THEN c.team ELSE own.team END,
    CASE WHEN own.team IS NULL AND own.worker IS NULL THEN c.worker ELSE own.worker END
FROM own
LEFT JOIN combined AS c ON c.child_id = own.child_id AND c.record = own.record AND own.record <> ''
"""


def _match_sql(snapshot: Snapshot, table: Table, fields: Sequence[str]) -> str:
    def column(name: str) -> str:
        return f'r."{name}"' if has(table, name) else "NULL"

    told = has(table, "team") or has(table, "worker")
    cases = " ".join(f"WHEN '{table.name}.{name}' THEN s.\"v_{name}\"" for name in fields)
    wanted = {
        "{table}": table.name,
        "{child}": _stands_for("r") if has(table, "child_id") else "''",
        "{record}": record_sql(table, "r"),
        "{team}": column("team"),
        "{worker}": column("worker"),
        "{values}": "".join(f', CAST({column(name)} AS VARCHAR) AS "v_{name}"' for name in fields),
        "{held}": f"CASE k.field {cases} END" if cases else "NULL",
        "{rows}": return_rows(snapshot, table.name),
        "{combined}": f"SELECT {column('child_id')} AS child_id, {record_sql(table, 'r')} AS record, "
        f'{column("team")} AS team, {column("worker")} AS worker FROM "{table.name}" AS r '
        + ("" if told else "WHERE false"),
    }
    query = _MATCH
    for mark, text in wanted.items():
        query = query.replace(mark, text)
    return query


def _work_sql(snapshot: Snapshot) -> str:
    """SQL for each child's open work that began last: a row a child, with its team and worker.

    A care leaver listed is work of the day of the list.
    """
    open_work = []
    for name, end in (*ENDS.items(), ("care_leaver", "")):
        table = TABLES[name]
        if not snapshot.has(name) or not (has(table, "team") or has(table, "worker")):
            continue
        since = next(key for key in table.key if key not in ("child_id", "worker"))
        team, worker = (
            each if has(table, each) else "CAST(NULL AS VARCHAR)" for each in ("team", "worker")
        )
        closed = f"{end} IS NULL" if end else "TRUE"
        if has(table, "no_further_action"):
            closed += " AND no_further_action IS NOT TRUE"
        open_work.append(
            f"SELECT child_id, {team} AS team, {worker} AS worker, {since} AS since "
            f'FROM "{name}" WHERE {closed}'
        )
    if not open_work:
        return "SELECT '' AS child_id, '' AS team, '' AS worker WHERE false"
    return (
        "SELECT child_id, team, worker FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY child_id "
        "ORDER BY since DESC NULLS LAST, team NULLS LAST, worker NULLS LAST) AS place "
        f"FROM ({' UNION ALL '.join(open_work)}) "
        "WHERE team IS NOT NULL OR worker IS NOT NULL) WHERE place = 1"
    )


# Team and worker belong together: of the child's work one fills what the row lacks only where they
# agree on the other.
_WHOSE = f"""
SELECT
    COALESCE(r.ends, '') AS return_end,
    f.record,
    COALESCE(CASE
        WHEN f.team IS NOT NULL THEN f.team
        WHEN f.worker IS NULL OR f.worker = work.worker THEN work.team
    END, '{NOT_KNOWN}') AS team,
    COALESCE(CASE
        WHEN f.worker IS NOT NULL THEN f.worker
        WHEN f.team IS NULL OR f.team = work.team THEN work.worker
    END, '{NOT_KNOWN}') AS worker,
    SUBSTR(MD5(CONCAT_WS(CHR(31), f.code, f.format, f.child_id, f.field, f.record,
        CASE WHEN f.child_id = '' THEN f.value ELSE '' END)), 1, 10) AS id
FROM (
    SELECT about.*, match.team, match.worker, COALESCE(match.record, '') AS record
    FROM about
    LEFT JOIN match USING (n)
) AS f
LEFT JOIN (SELECT file_key, format, MAX(ends) AS ends FROM return_of GROUP BY file_key, format) AS r
    ON r.file_key = f.file_key AND r.format = f.format
LEFT JOIN work ON work.child_id = f.stands_for
ORDER BY f.n
"""
