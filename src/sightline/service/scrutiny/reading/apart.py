"""Reads a document in a process of its own, within limits: a hostile file costs seconds and no more."""

import json
import os
import subprocess
import sys

from sightline.intake.parts import UnreadableFileError
from sightline.service.scrutiny.reading.reader import SECONDS, Reading

_MODULE = "sightline.service.scrutiny.reading.reader"


def read_apart(data: bytes, name: str) -> Reading:
    """Read a document; `UnreadableFileError`, one sentence, where it cannot be read within the limits."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the file comes on standard input
            [sys.executable, "-P", "-m", _MODULE],
            input=json.dumps(name).encode() + b"\n" + data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            # Nothing of the deployment's settings and secrets goes to what reads a stranger's file.
            env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise UnreadableFileError(
            f"{name}: took longer than {SECONDS} seconds to read; that is no set of minutes."
        ) from None
    except ValueError:
        raise UnreadableFileError(
            f"{name}: cannot be read within the time and memory that minutes need."
        ) from None
    if "refused" in said:
        raise UnreadableFileError(said["refused"])
    return Reading.from_json(said["reading"])
