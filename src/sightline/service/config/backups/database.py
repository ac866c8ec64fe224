"""The database in a backup: SQLite's file by its own backup, PostgreSQL's tables by COPY.

Both are one moment's: what is written meanwhile is not in it, and nobody waits.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from sightline.service.config.backups.archive import BackupError, Manifest

SQLITE_FILE = "sightline.sqlite3"
_NOT_COPIED = {settings.CACHES["default"]["LOCATION"]}
_LAST = "SELECT number, hash FROM audit_auditentry ORDER BY number DESC LIMIT 1"
_MIGRATIONS = "SELECT app, name FROM django_migrations"


@dataclass(frozen=True)
class Copied:
    """A database copied into files: what the manifest says of it."""

    migrations: list[str]
    entries: int
    head: str
    tables: dict[str, list[str]]
    sequences: dict[str, int]


def copy_out(folder: Path) -> Copied:
    """Copy the database into files of a folder."""
    return _copy_sqlite(folder) if connection.vendor == "sqlite" else _copy_postgresql(folder)


def _copied(execute: Any, tables: dict[str, list[str]], sequences: dict[str, int]) -> Copied:
    number, head = execute(_LAST).fetchone() or (0, "")
    migrations = sorted(f"{app}.{name}" for app, name in execute(_MIGRATIONS).fetchall())
    return Copied(migrations, number, head, tables, sequences)


def _copy_sqlite(folder: Path) -> Copied:
    source = f"file:{settings.DATABASES['default']['NAME']}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as live,
        closing(sqlite3.connect(folder / SQLITE_FILE)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise BackupError("The database is damaged: SQLite's own check of the copy failed.")
        return _copied(copy.execute, {}, {})


def _copy_postgresql(folder: Path) -> Copied:
    with psycopg.connect(**_parameters()) as live:
        live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        live.read_only = True
        tables = _tables(live)
        for table, columns in tables.items():
            with (
                (folder / f"{table}.copy").open("wb") as file,
                live.cursor() as cursor,
                cursor.copy(_copy_statement(table, columns, "TO STDOUT")) as rows,
            ):
                file.writelines(rows)
        found = live.execute(
            "SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = CURRENT_SCHEMA() AND last_value IS NOT NULL"
        ).fetchall()
        return _copied(live.execute, tables, dict(found))


def _parameters() -> dict[str, Any]:
    told = connection.get_connection_params()
    # A COPY of a long table is no transaction that sits idle, and waits for no lock.
    return {
        k: v for k, v in told.items() if k not in ("cursor_factory", "context", "prepare_threshold")
    }


def _tables(live: "psycopg.Connection[Any]") -> dict[str, list[str]]:
    rows = live.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE table_schema = CURRENT_SCHEMA() AND t.table_type = 'BASE TABLE' "
        "AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.ordinal_position"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        if table not in _NOT_COPIED:
            found.setdefault(table, []).append(column)
    return found


def _copy_statement(table: str, columns: list[str], way: str) -> sql.Composed:
    return sql.SQL("COPY {} ({}) {}").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(way)
    )


@contextmanager
def copied_in(folder: Path, manifest: Manifest) -> Iterator[None]:
    """Copy the tables of PostgreSQL in, into a database just migrated; undone if the body fails.

    The audit's triggers stand aside meanwhile: the entries come as they were, and none is made.
    `BackupError` if the database is not laid out as the one the backup is of.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        live = connection.connection
        there = _tables(live)
        if {t: set(c) for t, c in there.items()} != {t: set(c) for t, c in manifest.tables.items()}:
            raise BackupError(
                f"The backup is of another version of Sightline ({manifest.software}); restore it with that."
            )
        names = [sql.Identifier(table) for table in there]
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
        for table, columns in manifest.tables.items():
            with (
                (folder / f"{table}.copy").open("rb") as file,
                live.cursor() as raw,
                raw.copy(_copy_statement(table, columns, "FROM STDIN")) as rows,
            ):
                while chunk := file.read(1024 * 1024):
                    rows.write(chunk)
        for sequence, last in manifest.sequences.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{sequence}"', last])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        yield
