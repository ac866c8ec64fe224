"""Writing a file whole or not at all."""

import os
from pathlib import Path

from sightline.store.files import named


def write_whole(path: Path, content: bytes) -> None:
    """Write beside `path` and rename, so that a reader never meets half a file.

    `OSError`, which names `path`, if it cannot.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with named(path, beside):
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
