"""Files given to be loaded: each in a folder of random name, under a number, until the load is settled.

UPLOADS/FOLDER/1, 2, ...    the files; what people call them stands with the load, and is no path
UPLOADS/FOLDER/lock         held while somebody works on the load; the system frees it at a crash
"""

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from sightline.intake.inputs import GivenFile
from sightline.service.measures.models import Load

MOST_FILES = 80
KEPT_DAYS = 14
"""Days the files of a load that failed are kept for it to be begun again."""
NAME_LENGTH = 150
_LOCK = "lock"
_FOLDER = re.compile(r"[0-9a-f]{32}")
_BESIDE_FILES = 1024 * 1024
"""Bytes a form may have besides its files."""


class Given(NamedTuple):
    """A file as it comes: what people call it, and its content in pieces."""

    name: str
    pieces: Iterable[bytes]


def most_bytes() -> int:
    """Give the bytes that the files of one load may have together."""
    return int(settings.DEPLOYMENT.upload_megabytes) * 1024 * 1024


def keep_files(given: Iterable[Given]) -> tuple[str, list[dict[str, Any]]]:
    """Write files into a new folder; give its name, and the name and size of each. Raises `OSError`."""
    name = secrets.token_hex(16)
    folder = settings.DEPLOYMENT.uploads / name
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    told = []
    try:
        for number, each in enumerate(given, start=1):
            how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(folder / str(number), how, 0o600), "wb") as file:
                for piece in each.pieces:
                    file.write(piece)
                told.append({"name": each.name[:NAME_LENGTH], "size": file.tell()})
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return name, told


def given_files(load: Load) -> list[GivenFile]:
    """Give the files of a load, as intake takes them."""
    folder = _folder(load.folder)
    return [
        GivenFile(folder / str(number), each["name"])
        for number, each in enumerate(load.files, start=1)
    ]


def are_there(load: Load) -> bool:
    """Whether the files of a load are still kept."""
    return all(each.path.is_file() for each in given_files(load))


def remove_files(load: Load) -> None:
    """Remove the files of a load, if they are there."""
    shutil.rmtree(_folder(load.folder), ignore_errors=True)


def clear_files(now: float | None = None) -> None:
    """Remove what a crash left behind, and the files of loads that failed `KEPT_DAYS` ago or earlier."""
    uploads = settings.DEPLOYMENT.uploads
    if not uploads.is_dir():
        return
    old = (now or time.time()) - KEPT_DAYS * 24 * 3600
    kept = set(
        Load.objects.filter(state__in=(*Load.OPEN, Load.State.FAILED), settled_at=None).values_list(
            "folder", "state", "given_at"
        )
    )
    wanted = {
        folder
        for folder, state, given_at in kept
        if state != Load.State.FAILED or given_at.timestamp() > old
    }
    for folder in uploads.iterdir():
        # One that no load has yet may belong to a request that is still being answered.
        if not _FOLDER.fullmatch(folder.name) or folder.name in wanted:
            continue
        known = Load.objects.filter(folder=folder.name).exists()
        if known or folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held(load: Load) -> Iterator[None]:
    """Hold a load while working on it. `BlockingIOError` if somebody does already."""
    with (_folder(load.folder) / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def is_held(load: Load) -> bool:
    """Whether somebody is working on a load now."""
    try:
        with held(load):
            return False
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False


def _folder(name: str) -> Path:
    if not _FOLDER.fullmatch(name):
        raise ValueError("The folder of a load has the name of none.")
    folder: Path = settings.DEPLOYMENT.uploads / name
    return folder


class LimitedUpload(FileUploadHandler):
    """Counts what comes, and stops reading where it is more than the files of a load may have."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left = most_bytes()
        self.stopped = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count a piece and pass it on."""
        self.left -= len(raw_data)
        if self.left < 0:
            self.stopped = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


class NoUpload(FileUploadHandler):
    """Refuses every file: for all pages but that on which files are given."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Stop reading."""
        raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> None:
        """Keep nothing."""


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request says itself that it is larger than a load may be, before any of it is read."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return True
    return size > most_bytes() + _BESIDE_FILES
