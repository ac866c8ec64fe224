"""The file of a backup: a compressed tar, with a manifest at its end that has the hash of every file.

database/...     `sightline.sqlite3`, or a file for each table of PostgreSQL (see `database`)
store/...        the snapshots, the log, the notes and the authority's settings
uploads/...      files given in the browser and not yet loaded or discarded
service.toml     the settings, without secrets unless they were asked for
manifest.json    see `Manifest`
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sightline.service.config.environment import DeploymentError

FORMAT = 1
MANIFEST = "manifest.json"
_LEVEL = 4
"""Of compression: the snapshots are compressed already."""
_CHUNK = 1024 * 1024


class BackupError(DeploymentError):
    """A backup that cannot be taken or restored; the message is one sentence."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    `database` is `sqlite` or `postgresql`; `migrations` those it had. `entries` and `head` are the number and
    hash of the last audit entry; `snapshot` and `figures` the current snapshot and the hash of what
    `sightline figures --json` prints of it, empty where nothing was loaded. `files` has each file's SHA-256.
    """

    made: str
    software: str
    database: str
    migrations: list[str]
    entries: int
    head: str
    snapshot: str
    figures: str
    secrets: bool
    tables: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def when(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made)


class Writing:
    """A backup being written; it knows the hashes of what was put in."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Put a file in under a name."""
        with path.open("rb") as file:
            self._put(name, file, os.fstat(file.fileno()).st_size)

    def add_text(self, name: str, text: str) -> None:
        """Put a text in under a name."""
        content = text.encode()
        self._put(name, io.BytesIO(content), len(content))

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Put the manifest in."""
        self.add_text(MANIFEST, json.dumps({**manifest, "files": self.files}, indent=1) + "\n")

    def _put(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        hashed = _Hashed(file)
        try:
            self._tar.addfile(entry, hashed)
        except OSError as error:
            raise BackupError(
                f"{name}: changed while it was read; take the backup again."
            ) from error
        self.files[name] = hashed.hash.hexdigest()


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        read = self._file.read(size)
        self.hash.update(read)
        return read


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Write a backup beside `path` and rename it once it is whole; only its owner may read it.

    `BackupError` if there is a file of that name already.
    """
    if path.exists():
        raise BackupError(f"{path}: there is such a file already; name another.")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL) as tar:
                yield Writing(tar)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says it holds. `BackupError` if it is none, or was cut short."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            file = tar.extractfile(MANIFEST)
            values = json.load(file) if file else {}
        if values.get("format") != FORMAT:
            raise BackupError(f"{path}: is of a format that this version does not read.")
        return Manifest(**values)
    except FileNotFoundError:
        raise BackupError(f"{path}: there is no such file.") from None
    except (
        OSError,
        EOFError,
        tarfile.TarError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        raise BackupError(f"{path}: is no backup, or a damaged or unfinished one.") from error


def unpack(path: Path, manifest: Manifest, target: Path) -> None:
    """Write a backup's files into a folder, and check each against its hash."""
    left = dict(manifest.files)
    try:
        with tarfile.open(path, "r:gz") as tar:
            for entry in tar:
                if entry.name == MANIFEST:
                    continue
                expected = left.pop(entry.name, None)
                source = tar.extractfile(entry) if entry.isreg() else None
                if expected is None or source is None or not _stays_within(entry.name):
                    raise BackupError(
                        f"{path}: holds {entry.name}, which its manifest does not name."
                    )
                if _write(source, target / entry.name) != expected:
                    raise BackupError(f"{path}: {entry.name} is damaged.")
    except (EOFError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{path}: is damaged ({error}).") from error
    if left:
        raise BackupError(f"{path}: lacks {min(left)}.")


def _stays_within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _write(source: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(_CHUNK):
            hashed.update(chunk)
            file.write(chunk)
    return hashed.hexdigest()


def as_values(manifest: Manifest) -> dict[str, Any]:
    """Give a manifest as it is written."""
    return asdict(manifest)
