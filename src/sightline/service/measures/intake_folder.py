"""A folder into which a case system, or somebody by SFTP, puts files for the night.

    FOLDER/...                  files that wait; taken once none has changed for a minute
    FOLDER/working/TIME/        files that are being loaded
    FOLDER/done/TIME/           files that were loaded
    FOLDER/failed/TIME/         files that were not, with why.txt

Files are moved aside before they are read, so that none is loaded twice. Only plain files count, and
folders and links are left alone.
"""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sightline.service.audit.context import acting, system
from sightline.service.measures.load_actions import (
    AnotherLoadOpenError,
    LoadRefusedError,
    give_up_load,
    open_load,
    publish_load,
    receive_load,
)
from sightline.service.measures.load_tasks import work_on
from sightline.service.measures.load_uploads import MOST_FILES, Given, clear_files, most_bytes
from sightline.service.measures.loaded_snapshots import INTERRUPTED, fail_interrupted
from sightline.service.measures.models import Load

STILL_SECONDS = 60
"""Seconds for which no file may have changed, so that none is still being written."""
WORKING, DONE, FAILED = "working", "done", "failed"
WHY = "why.txt"
_LOCK = ".lock"
_PIECE = 1024 * 1024


def take_in(folder: Path, *, publish: bool = False, now: float | None = None) -> str:
    """Load what waits in a folder, all of it as one load, and publish it if asked to; say what was done.

    It waits for the next time where a file changed within the last minute. `LoadRefusedError` says why
    the files were not loaded or not published. `OSError` where the folder cannot be read or written.
    """
    with acting(system("Nightly load")), _only_one(folder):
        fail_interrupted()
        clear_files()
        for left in sorted((folder / WORKING).glob("*/")):
            _set_aside(left, FAILED, INTERRUPTED)
        waiting = _waiting(folder)
        if not waiting:
            return "There is nothing to load."
        if (now or time.time()) - max(each.stat().st_mtime for each in waiting) < STILL_SECONDS:
            return "Files are still being written: they are loaded the next time."
        if load := open_load():
            raise LoadRefusedError(_wait_for(load))
        aside = _moved(folder, waiting)
        try:
            load = _loaded(folder, aside)
        except LoadRefusedError as error:
            _set_aside(aside, FAILED, str(error))
            raise
        _set_aside(aside, DONE)
        if not publish:
            return f"Load {load.pk} waits to be published or discarded."
        publish_load(load.pk, None)
        return f"Load {load.pk} is published."


def _loaded(folder: Path, aside: Path) -> Load:
    """Load the files of a folder; `LoadRefusedError` says why they were not loaded."""
    files = sorted(aside.iterdir())
    size = sum(each.stat().st_size for each in files)
    if len(files) > MOST_FILES or size > most_bytes():
        raise LoadRefusedError(
            f"There are {len(files)} files of {size / 1024**2:,.0f} MB; a load may have {MOST_FILES} "
            f"files of {most_bytes() // 1024**2:,} MB in all."
        )
    with ExitStack() as opened:
        given = [Given(each.name, _pieces(opened.enter_context(_open(each)))) for each in files]
        try:
            source = f"the folder {folder.name}"
            load = receive_load(given, by=None, source=source, begin=False)
        except AnotherLoadOpenError as error:
            raise LoadRefusedError(_wait_for(error.load)) from error
    load = work_on(load.pk)
    if load.state != Load.State.LOADED:
        failure = load.failure
        with suppress(LoadRefusedError):
            give_up_load(load.pk, None)  # the files are in the folder
        raise LoadRefusedError(failure)
    return load


def _wait_for(load: Load) -> str:
    return f"Load {load.pk} is still open: it must be published or discarded first."


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LoadRefusedError("It is running already.") from error
        yield


def _waiting(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return sorted(
            folder / each.name
            for each in entries
            if each.is_file(follow_symlinks=False) and not each.name.startswith(".")
        )


def _moved(folder: Path, waiting: Sequence[Path]) -> Path:
    aside = folder / WORKING / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir(mode=0o700, parents=True)
    for each in waiting:
        each.rename(aside / each.name)
    return aside


def _set_aside(aside: Path, where: str, why: str = "") -> None:
    if why:
        # Whoever fills the folder may have put a link there: it is removed and not written through.
        (aside / WHY).unlink(missing_ok=True)
        with (aside / WHY).open("x", encoding="utf-8") as file:
            file.write(f"{why}\n")
    into = aside.parents[1] / where
    into.mkdir(mode=0o700, exist_ok=True)
    aside.rename(into / aside.name)


def _open(path: Path) -> BinaryIO:
    # It may have been put in place of a file by whoever fills the folder: a link is not followed.
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
