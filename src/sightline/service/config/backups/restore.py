"""Making a deployment from a backup, in a new folder, and checking that it is the same."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sightline import __version__
from sightline.service.config.backups.archive import BackupError, Manifest, read_manifest, unpack
from sightline.service.config.deployment import new_secret, service_toml, use, write_private
from sightline.service.config.environment import SERVICE_FILE, database_settings, read_service_file


def restore(
    backup: Path,
    target: Path,
    *,
    database: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Manifest:
    """Restore a backup into a folder that is new or empty, and give its manifest.

    A backup of PostgreSQL goes into an empty database, whose address is `database`. Every file is checked
    against its hash, the audit's chain is verified up to the entry that was its last, and the figures are
    computed and compared. `BackupError` says what is wrong; the folder is then as it was.
    """
    _need_empty(target)
    manifest = read_manifest(backup)
    _need_right_database(manifest, database)
    there = target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.chmod(0o700)
        progress("Unpacking and checking the files")
        unpack(backup, manifest, target)
        (target / "uploads").mkdir(exist_ok=True, mode=0o700)
        _write_settings(target, manifest, database)
        _restore_database(target, manifest, progress)
        _compare_figures(target, manifest, progress)
    except BaseException:
        _clear(target, remove=not there)
        raise
    return manifest


def _need_empty(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target}: is not empty; name a new folder.")


def _need_right_database(manifest: Manifest, database: str) -> None:
    database_settings(database, Path())
    if manifest.database == "postgresql" and not database:
        raise BackupError(
            "The backup is of PostgreSQL: give the address of an empty database, by --database or in "
            "SIGHTLINE_DATABASE."
        )
    if manifest.database == "sqlite" and database:
        raise BackupError(
            "The backup is of SQLite, and is restored to SQLite: leave --database out."
        )


def _write_settings(target: Path, manifest: Manifest, database: str) -> None:
    said: dict[str, Any] = read_service_file(target)
    said.pop("store", None)  # it is in the folder now
    said.pop("database", None)
    if database:
        said["database"] = database
    if not manifest.secrets:
        said = {"secret_key": new_secret(), **said}
    (target / SERVICE_FILE).unlink()
    write_private(target / SERVICE_FILE, service_toml(said))


def _restore_database(target: Path, manifest: Manifest, progress: Callable[[str], None]) -> None:
    """Put the database in place and verify the audit; Django begins to know of it here."""
    parts = target / "database"
    if manifest.database == "sqlite":
        (parts / "sightline.sqlite3").rename(target / "sightline.sqlite3")
    use(target, "restore")
    from sightline.service.config import prepare  # noqa: PLC0415 - Django is ready now
    from sightline.service.config.backups.database import copied_in  # noqa: PLC0415

    progress("Restoring the database and verifying the audit")
    if manifest.database == "sqlite":
        _need_same_version(manifest)
        prepare.need_ready()
        _verify(manifest)
    else:
        prepare.need_empty()
        prepare.migrate()
        with copied_in(parts, manifest):
            _need_same_version(manifest)
            prepare.need_ready()
            _verify(manifest)
    shutil.rmtree(parts)
    _note(manifest)


def _need_same_version(manifest: Manifest) -> None:
    from django.db import connection  # noqa: PLC0415 - Django is ready now
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).graph.nodes}
    if known != set(manifest.migrations):
        raise BackupError(
            f"The backup is of another version of Sightline ({manifest.software}, here {__version__}); "
            "restore it with that, then upgrade."
        )


def _verify(manifest: Manifest) -> None:
    from sightline.service.audit.verify import verify  # noqa: PLC0415 - Django is ready now

    found = verify(manifest.head)
    if found.faults:
        raise BackupError(f"The audit in the backup does not hold: {found.faults[0]}")
    if (found.entries, found.head) != (manifest.entries, manifest.head):
        raise BackupError("The audit in the backup does not end where its manifest says.")


def _note(manifest: Manifest) -> None:
    from sightline.service.audit.models import Verb  # noqa: PLC0415 - Django is ready now
    from sightline.service.audit.record import record  # noqa: PLC0415

    record(Verb.ACT, "backup", "restored", after={"made": manifest.made, "head": manifest.head})


def _compare_figures(target: Path, manifest: Manifest, progress: Callable[[str], None]) -> None:
    from sightline.service.config.backups.figures import figures_hash  # noqa: PLC0415 - as above

    if not manifest.figures:
        return
    progress("Computing the figures and comparing them")
    if figures_hash(target / "store") != manifest.figures:
        raise BackupError(
            "The figures of the restored store are not those of the backup"
            + (
                f", which is of another version ({manifest.software})."
                if manifest.software != __version__
                else "."
            )
        )


def _clear(target: Path, *, remove: bool) -> None:
    with suppress(OSError):
        for each in target.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if remove:
            target.rmdir()
