"""The figures of a store, as one hash: a restored deployment must give the same, byte for byte."""

import hashlib
import subprocess
import sys
from pathlib import Path

from sightline.service.config.backups.archive import BackupError

_PROGRAM = "from sightline.cli import main; main()"


def figures_hash(store: Path) -> str:
    """Give the SHA-256 of what `sightline figures --json` prints of a store's current snapshot."""
    words = ["figures", "--json", "--quiet", "--store", str(store)]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROGRAM, *words], capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("sightline: ")
        raise BackupError(f"The figures cannot be computed: {said}")
    return hashlib.sha256(done.stdout).hexdigest()
