"""Taking a backup of a deployment, while it is in use. Needs Django to be ready."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from sightline import __version__
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.config.backups.archive import Manifest, as_values, writing
from sightline.service.config.backups.database import copy_out
from sightline.service.config.backups.figures import figures_hash
from sightline.service.config.deployment import service_toml, without_secrets
from sightline.service.config.environment import SERVICE_FILE, Environment, read_service_file
from sightline.store.snapshots import Store

_FIRST = ("notes.jsonl", "settings.toml", "log.jsonl", "current")
"""Of a store, before the snapshots: a load that ends meanwhile is then at most in the snapshots, unseen."""
_MADE_ANEW = {"lock", "checks", "figures", ".current.new", *_FIRST}


def take(
    deployment: Environment,
    output: Path,
    *,
    secrets: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Manifest:
    """Write a backup to a new file, and give its manifest. `BackupError` or `StoreError` says why not.

    That it was taken is on record, in the backup too. The database is copied before the store, so that
    every snapshot it speaks of is there.
    """
    with writing(output) as archive, tempfile.TemporaryDirectory(dir=output.parent) as scratch:
        record(Verb.EXPORT, "backup", output.name)
        progress("Copying the database")
        folder = Path(scratch)
        copied = copy_out(folder)
        for path in sorted(folder.iterdir()):
            archive.add(f"database/{path.name}", path)
        progress("Copying the snapshots")
        store = Store(deployment.store)
        there = deployment.store.exists()
        for path in _store_files(deployment.store) if there else ():
            archive.add(f"store/{path.relative_to(deployment.store).as_posix()}", path)
        for path in _files(deployment.uploads):
            archive.add(f"uploads/{path.relative_to(deployment.uploads).as_posix()}", path)
        said = read_service_file(deployment.home)
        archive.add_text(SERVICE_FILE, service_toml(said if secrets else without_secrets(said)))
        progress("Computing the figures, to compare after a restore")
        snapshot = store.current_or_none() if there else None
        manifest = Manifest(
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            software=__version__,
            database=connection.vendor,
            migrations=copied.migrations,
            entries=copied.entries,
            head=copied.head,
            snapshot=snapshot.id if snapshot else "",
            figures=figures_hash(deployment.store) if snapshot else "",
            secrets=secrets,
            tables=copied.tables,
            sequences=copied.sequences,
        )
        archive.finish(as_values(manifest))
    return manifest


def _store_files(store: Path) -> Iterator[Path]:
    yield from (path for name in _FIRST if (path := store / name).is_file())
    for entry in sorted(store.iterdir()):
        if entry.name not in _MADE_ANEW:
            yield from _files(entry)


def _files(folder: Path) -> Iterator[Path]:
    """Give the files under a folder, or the file itself; what is half made is left out."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else (folder,):
        half_made = any(part.startswith(".") for part in path.relative_to(folder.parent).parts)
        if path.is_file() and not half_made:
            yield path
