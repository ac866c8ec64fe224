"""Results kept beside the snapshot they were computed from, so that they are computed once.

A kept file is Parquet; what it is about stands in its metadata as JSON, with `made_by`, a hash of all that
decided the result. It is written whole or not at all, and passed over where it is damaged or was made by
anything else. It may be deleted at any time.
"""

import json
import os
import threading
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import sightline
from sightline.store.files import flush
from sightline.store.snapshots import Snapshot

_ABOUT, _DIGEST = b"sightline about", b"sightline digest"
_DECIDING = (".py", ".csv", ".toml", ".sql", ".parquet")

DAMAGED = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)
"""What reading a kept file that is missing, damaged or of another version may raise."""


def kept_path(snapshot: Snapshot, kind: str, form: str = "") -> Path:
    """Give the file in which a kind of result of a snapshot is kept, there or not."""
    name = f"{snapshot.id}.{form}.parquet" if form else f"{snapshot.id}.parquet"
    return snapshot.folder.parents[1] / kind / name


@cache
def software_hash(packages: tuple[str, ...]) -> str:
    """Hash the files of some of Sightline's packages that decide what they compute."""
    digest = sha256()
    root = Path(sightline.__file__).parent
    for package in packages:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _DECIDING:
                digest.update(f"{path.relative_to(root)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def made_by(told: Iterable[object]) -> str:
    """Hash all that decides a result, each told by its `repr`."""
    return sha256(repr(list(told)).encode()).hexdigest()


def encode(tables: Iterable[pa.Table], about: dict[str, Any], made: str) -> bytes:
    """Give the content of a kept file: tables of one schema (at least one), a row group for each."""
    told = json.dumps({**about, "made_by": made}, ensure_ascii=False).encode()
    metadata = {_ABOUT: told, _DIGEST: _digest(told)}
    into = pa.BufferOutputStream()
    writer: pq.ParquetWriter | None = None
    for table in tables:
        if writer is None:
            schema = table.schema.with_metadata(metadata)
            writer = pq.ParquetWriter(into, schema, compression="zstd", write_page_checksum=True)
        writer.write_table(table, row_group_size=max(table.num_rows, 1))
    if writer is None:
        raise ValueError("A kept file has at least one table.")
    writer.close()
    return into.getvalue().to_pybytes()  # type: ignore[no-any-return]


def read_about(file: pq.ParquetFile, made: str) -> dict[str, Any] | None:
    """Read what a kept file is about; None if it was made by something else. Raises one of `DAMAGED`."""
    told = file.schema_arrow.metadata[_ABOUT]
    about: dict[str, Any] = json.loads(told)
    # Parquet checks its pages, and not its metadata.
    whole = file.schema_arrow.metadata[_DIGEST] == _digest(told)
    return about if whole and about["made_by"] == made else None


def write_kept(path: Path, content: bytes) -> None:
    """Write a kept file whole or not at all; `OSError` if the store cannot be written."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        beside.write_bytes(content)
        flush(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
