"""What was given to load: files, the files of a folder, and those inside zips."""

import codecs
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sightline.intake.archive import MAX_TOTAL, ZIP_START, Archive, open_archive
from sightline.intake.parts import Source, UnreadableFileError

MAX_FILE = 2**30
"""Bytes a file may have."""
MAX_DEPTH = 2
"""Archives within one another: a zip in a zip is opened, one deeper is refused."""

CASEWORK_MANIFEST = "casework.json"
_ONE_FILE = {"[Content_Types].xml", "xl/workbook.xml", "mimetype", CASEWORK_MANIFEST}
"""Members that tell an office document or an extract of casework, which is one file, from a zip of files."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class GivenFile:
    """A file that people know by another name than its path's, as one that came by the browser."""

    path: Path
    name: str


@dataclass(frozen=True)
class Input:
    """One file. `group` is the folder or archive it lies in; files of a set share it.

    `named` says whether a person gave this very file, so that it must be one Sightline reads.
    """

    source: Source
    data: bytes
    group: str
    named: bool

    @property
    def path(self) -> str:
        """The file's path as people are shown it."""
        return self.source.path

    @property
    def is_archive(self) -> bool:
        """Whether it is a zip of any kind, workbooks included."""
        return self.data.startswith(ZIP_START)


def open_inputs(paths: Iterable[str | Path | GivenFile]) -> Iterator[Input]:
    """Give each file of the paths, one at a time, folders and zips opened, in order of name.

    A `GivenFile` is shown under its name, and all such lie in one folder.

    Hidden files are passed over. `UnreadableFileError` for a path that is not there or cannot be
    opened, a folder without files, an empty file given by name, and an archive that is not safe.
    """
    for given in paths:
        if isinstance(given, GivenFile):
            shown = _UNPRINTABLE.sub("?", given.name)
            yield from _open(_read(given.path), shown, "", named=True)
            continue
        path = Path(given)
        if path.is_dir():
            found = list(_files(path))
            if not found:
                raise UnreadableFileError(
                    f"{path}: the folder has no files in it; name the folder that holds the return."
                )
            for file in found:
                yield from _open(_read(file), _shown(file), str(file.parent), named=False)
        else:
            yield from _open(_read(path), _shown(path), str(path.parent), named=True)


def decode(source: Source, data: bytes) -> tuple[str, Source]:
    """Give the text of a file, and its source with the encoding found.

    UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252, which is a guess and
    said to be. `UnreadableFileError` if it is none of them.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (b"", "utf-8"),
        (b"", "windows-1252"),
    ):
        if not data.startswith(mark):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            if mark:
                break
            continue
        if "\0" in text:
            break
        guess = " (a guess)" if encoding == "windows-1252" else ""
        return text, replace(source, encoding=encoding + guess)
    raise UnreadableFileError(
        f"{source.path}: its text cannot be decoded as UTF-8, UTF-16 or Windows-1252; "
        "save it again as “CSV UTF-8”."
    )


def _shown(path: Path) -> str:
    """The path as text, also where its name is not UTF-8 and holds marks that are not for showing."""
    return _UNPRINTABLE.sub("?", os.fsencode(path).decode("utf-8", "replace"))


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder, onerror=_cannot_open):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(here) / name


def _cannot_open(error: OSError) -> None:
    raise UnreadableFileError(f"{error.filename}: cannot be opened ({error.strerror}).")


def _read(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UnreadableFileError(f"{path}: there is no such file or folder; check the path.")
        if not path.is_file():
            raise UnreadableFileError(f"{path}: is not an ordinary file.")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UnreadableFileError(
                f"{path}: has {size / 2**30:.1f} GB, more than the {MAX_FILE / 2**30:.0f} GB a "
                "file may have."
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(f"{path}: cannot be opened ({reason}).") from error


@dataclass
class _Unpacking:
    """How deep in archives we are, and the bytes unpacked so far from the outermost one."""

    depth: int = 0
    total: int = 0

    def enter(self, archive: Archive) -> None:
        self.total += sum(member.file_size for member in archive.members)
        if self.total > MAX_TOTAL:
            raise UnreadableFileError(
                f"{archive.path}: the zip it lies in would unpack to more than "
                f"{MAX_TOTAL / 2**30:.0f} GB; load its files one by one."
            )


def _open(
    data: bytes, path: str, group: str, *, named: bool, unpacking: _Unpacking | None = None
) -> Iterator[Input]:
    source = Source(path, hashlib.sha256(data).hexdigest(), len(data))
    if named and not data:
        raise UnreadableFileError(f"{path}: is empty; export it again.")
    file = Input(source, data, group, named)
    if not file.is_archive:
        yield file
        return
    archive = open_archive(data, path)
    if _ONE_FILE & set(archive.names()):
        yield file
        return
    unpacking = unpacking or _Unpacking()
    if unpacking.depth == MAX_DEPTH:
        raise UnreadableFileError(
            f"{path}: lies in a zip in a zip in a zip; unpack the outer ones first."
        )
    inside = [name for name in archive.names() if not _hidden(name)]
    if not inside:
        raise UnreadableFileError(f"{path}: the zip has no files in it.")
    unpacking.enter(archive)
    unpacking.depth += 1
    for name, content in archive.files():
        if not _hidden(name):
            shown = f"{path}/{_UNPRINTABLE.sub('?', name)}"
            inner = str(PurePosixPath(shown).parent)
            yield from _open(content, shown, inner, named=False, unpacking=unpacking)
    unpacking.depth -= 1


def _hidden(name: str) -> bool:
    return any(
        step.startswith((".", "__MACOSX")) for step in name.split("/") if step not in (".", "")
    )
