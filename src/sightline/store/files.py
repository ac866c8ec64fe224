"""Files that survive a crash: written beside, flushed to the disk, then renamed into place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def named(path: Path, beside: Path) -> Iterator[None]:
    """Have an `OSError` that names no file, or the one written `beside` it, name `path`."""
    try:
        yield
    except OSError as error:
        if error.filename not in (None, str(beside)):
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def flush(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """Flush every file under a folder, and the folders themselves, innermost first."""
    for here, _, names in os.walk(folder, topdown=False):
        for name in sorted(names):
            flush(Path(here, name))
        flush(Path(here))


def write_flushed(path: Path, text: str) -> None:
    """Write a file and wait until it, and its name in the folder, are on the disk."""
    path.write_text(text, "utf-8")
    flush(path)
    flush(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file and flush it; a line cut short by an earlier crash is closed first."""
    with path.open("a+b") as file:
        size = file.seek(0, os.SEEK_END)
        torn = False
        if size:
            file.seek(-1, os.SEEK_END)
            torn = file.read(1) != b"\n"
        file.write((("\n" if torn else "") + line + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
    if not size:
        flush(path.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file, which will never change, a second name; copy it where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
