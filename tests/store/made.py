"""Snapshots made by hand, as small as they can be. The children in them are invented."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from sightline.intake.combine import content_of
from sightline.store.manifest import InputFile, Manifest, Return, ReturnPart, TableContent
from sightline.store.snapshots import Draft, Snapshot, Store
from sightline.store.tables import columns_of

Rows = Sequence[Mapping[str, object]]
RETURN_END = date(2016, 3, 31)


def write_table(folder: Path, table: str, rows: Rows) -> TableContent:
    """Write the rows of a table as a load does, and say what they are."""
    path = folder / f"{table}.parquet"
    columns = columns_of(table)
    with duckdb.connect() as connection:
        listed = ", ".join(f'"{c.name}" {c.kind.sql}' for c in columns)
        connection.execute(f"CREATE TABLE made ({listed})")
        for line, row in enumerate(rows, start=1):
            whole = {"source": "cin", "return_end": RETURN_END, "file": "abc", "line": line, **row}
            names = ", ".join(f'"{name}"' for name in whole)
            marks = ", ".join("?" * len(whole))
            connection.execute(f"INSERT INTO made ({names}) VALUES ({marks})", list(whole.values()))
        target = str(path).replace("'", "''")
        connection.execute(f"COPY made TO '{target}' (FORMAT parquet)")
        return content_of(connection, path, [column.name for column in columns])


def publish(draft: Draft, tables: Mapping[str, Rows], *, facts: Sequence[str] = ()) -> Snapshot:
    """Fill a draft with tables and make it the current snapshot."""
    content = {
        name: write_table(draft.folder / "tables", name, rows) for name, rows in tables.items()
    }
    return draft.publish(manifest_of(content, facts=facts))


def load(store: Store, tables: Mapping[str, Rows], *, facts: Sequence[str] = ()) -> Snapshot:
    """Load tables into a store."""
    with store.writing() as draft:
        return publish(draft, tables, facts=facts)


def manifest_of(
    tables: Mapping[str, TableContent],
    *,
    returns: Sequence[Return] = (),
    facts: Sequence[str] = (),
) -> Manifest:
    """A manifest as a load gives it to `publish`."""
    return Manifest(
        id="",
        created=datetime(2000, 1, 1, tzinfo=UTC),
        parent="",
        software="0",
        inputs=(
            InputFile("Ffôn.xml", sha256(b"").hexdigest(), 0, "utf-8", "cin", RETURN_END, 3, 2, 1),
        ),
        returns=tuple(returns),
        tables=tables,
        findings=0,
        rejected=1,
        facts=tuple(facts),
    )


def one_return(file_format: str, start: date, end: date, **tables: int) -> Return:
    """A return held."""
    parts = (ReturnPart("abc", "", "Child", absent={"child": ("sex", "upn")}),)
    return Return(file_format, start, end, "885", ("abc",), tables, parts, ("told",))


def children(*names: str) -> dict[str, Rows]:
    """A table of children."""
    return {"child": [{"child_id": name} for name in names]}


def hashes(snapshot: Snapshot) -> dict[str, str]:
    """The hash of each table, computed anew from its file."""
    with duckdb.connect() as connection:
        return {
            name: content_of(connection, snapshot.table_path(name), content.columns).hash
            for name, content in snapshot.manifest.tables.items()
        }


def stated_hashes(snapshot: Snapshot) -> dict[str, str]:
    """The hash of each table that the manifest states."""
    return {name: content.hash for name, content in snapshot.manifest.tables.items()}


def names_in(snapshot: Snapshot) -> set[str]:
    """The children in a snapshot."""
    with snapshot.connect() as connection:
        return {name for (name,) in connection.execute("SELECT child_id FROM child").fetchall()}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its content, for comparing before and after."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
