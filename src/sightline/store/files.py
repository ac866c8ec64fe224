"""Files that survive a crash: written beside, flushed to the disk, then renamed into place."""

import os
import shutil
from pathlib import Path


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


def write_whole(path: Path, text: str) -> None:
    """Replace a file's content so that a reader finds all of the old or all of the new."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    flush(beside)
    beside.replace(path)
    flush(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file and flush it; a line cut short by an earlier crash is closed first."""
    torn = path.exists() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if torn else "") + line + "\n")
        file.flush()
        os.fsync(file.fileno())


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file, which will never change, a second name; copy it where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
