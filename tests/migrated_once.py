"""The database of the tests is migrated by one worker of a run, which takes long; the others copy it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from made_once import made_once


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Stand before pytest-django's making of the database: where it migrates, migrate once or copy."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    from django.core import management

    original = management.call_command

    def call(name: str, *words: Any, **options: Any) -> Any:
        if name != "migrate":
            return original(name, *words, **options)
        patch.undo()
        made: list[Path] = []

        def migrate(folder: Path) -> None:
            original(name, *words, **options)
            _keep(folder)
            made.append(folder)

        kept = made_once(tmp_path_factory, "migrated", migrate)
        if not made:
            _copy(kept)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", call)
        yield


_TEMPLATE = "sightline_migrated"


def _keep(folder: Path) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "database")) as kept:
            connection.connection.backup(kept)
    else:
        _as_copy(_TEMPLATE, connection.settings_dict["NAME"])


def _copy(folder: Path) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "database")) as kept:
            kept.backup(connection.connection)
    else:
        _as_copy(connection.settings_dict["NAME"], _TEMPLATE)


def _as_copy(name: str, of: str) -> None:
    """Make a database of PostgreSQL anew as a copy of another, to which nobody may be connected."""
    from django.db import connection

    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}"')
