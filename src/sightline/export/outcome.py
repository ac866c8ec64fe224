"""What became of records on their way to a file, and files that are there whole or not at all.

A format that cannot hold a record as it stands is never a reason to be silent about it. Each such
place is a line of a list beside the file, for the person who mends it; what is printed and logged
counts them, and names no child.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sightline.export.tables import safe
from sightline.intake.parts import place_of
from sightline.store.files import flush, named
from sightline.store.snapshots import Snapshot

LIST_COLUMNS = (*("kind", "what", "field", "value", "written", "child", "record", "file", "place"),)
"""The columns of the list: what was done and why, where in the file, and where it was read."""
Row = Mapping[str, Any]
"""A record by its columns, with those of `PLACE`."""


class ExportError(Exception):
    """An export that cannot be made; the message is one sentence for the person who asked."""


class Kind(StrEnum):
    """What was done where the file could not be as the record is."""

    LEFT_OUT = "left out"
    ASSUMED = "assumed"
    CONVERTED = "converted"


@dataclass(frozen=True)
class Counted:
    """How often one thing was done: `field` is the format's own name, `what` a sentence on it."""

    kind: Kind
    field: str
    what: str
    count: int


@dataclass
class Exported:
    """What an export wrote.

    `rows` counts the blocks, lists' or tables' rows by name. `deviations` counts the places at which
    the file is not as the records are, each of them a line of the file `listed`; none, if there are
    none. `facts` are sentences about the whole.
    """

    path: Path
    format: str
    day: date
    children: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    deviations: list[Counted] = field(default_factory=list)
    listed: Path | None = None
    facts: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the file says all that the records say, and nothing more."""
        return not self.deviations

    def to_json(self) -> dict[str, Any]:
        """Give the summary as `sightline export --json` prints it; it names no child."""
        return {
            "path": str(self.path),
            "format": self.format,
            "day": self.day.isoformat(),
            "children": self.children,
            "rows": self.rows,
            "deviations": [
                {"kind": d.kind.value, "field": d.field, "what": d.what, "count": d.count}
                for d in self.deviations
            ],
            "listed": str(self.listed) if self.listed else None,
            "facts": self.facts,
        }


class Deviations:
    """The list of places at which the file is not as the records are, written as they are met."""

    def __init__(self, path: Path, snapshot: Snapshot) -> None:
        self.path = path
        self._partial = partial_of(path)
        self._counts: Counter[tuple[Kind, str, str]] = Counter()
        self._paths = {each.key: each.path for each in snapshot.manifest.inputs}
        self._in_workbook = {
            (part.file, part.sheet)
            for held in snapshot.manifest.returns
            for part in held.parts
            if part.in_workbook
        }

    def __enter__(self) -> Self:
        with named(self.path, self._partial):
            self._file = self._partial.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(LIST_COLUMNS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with named(self.path, self._partial):
                self._file.close()
        finally:
            self._partial.unlink(missing_ok=True)

    def add(
        self,
        kind: Kind,
        row: Row,
        what: str,
        *,
        field: str,
        value: object = None,
        written: object = None,
        record: object = None,
    ) -> None:
        """Note one place. `row` is the record, `record` the day that tells it from the child's others."""
        self._counts[kind, field, what] += 1
        file = row.get("file") or ""
        place = ""
        if row.get("line") is not None:
            sheet = row["sheet"] if (file, row["sheet"]) in self._in_workbook else ""
            place = place_of(row["line"], sheet)
        cells = (kind.value, what, field, value, written, row.get("child_id"), record)
        with named(self.path, self._partial):
            self._writer.writerow([safe(c) for c in (*cells, self._paths.get(file, file), place)])

    def finish(self, exported: Exported) -> None:
        """Put the list in its place, or remove that of an earlier export if there is nothing on it.

        A file of that name that is no such list is left alone.
        """
        with named(self.path, self._partial):
            self._file.close()
        exported.deviations = [
            Counted(kind, name, what, count)
            for (kind, name, what), count in sorted(
                self._counts.items(),
                key=lambda each: (list(Kind).index(each[0][0]), -each[1], each[0]),
            )
        ]
        if exported.deviations:
            with named(self.path, self._partial):
                self._partial.replace(self.path)
            exported.listed = self.path
        elif _is_list(self.path):
            self.path.unlink()


def _is_list(path: Path) -> bool:
    """Whether a file is such a list, told by its header."""
    header = ",".join(LIST_COLUMNS).encode()
    try:
        with path.open("rb") as file:
            return file.read(len(header)) == header
    except OSError:
        return False


def check_target(path: Path, listed: Path | None = None) -> None:
    """See that a file or folder, and the list that belongs to it, can stand where they are to.

    `ExportError` if a folder is not there, or if the list would stand in the export's place, or in it.
    """
    for each in (path, *([listed] if listed else [])):
        if not each.parent.is_dir():
            raise ExportError(
                f"{each}: there is no folder {each.parent} to write it in; make it first."
            )
    if listed and path.resolve() in (listed.resolve(), *listed.resolve().parents):
        raise ExportError(f"{listed}: is where the export itself goes; name another --list.")


def list_beside(path: Path) -> Path:
    """Name the list that belongs to a file or folder: `cin-2026.xml` has `cin-2026.to-mend.csv`."""
    return path.with_name(f"{path.stem if path.suffix else path.name}.to-mend.csv")


def partial_of(path: Path) -> Path:
    """Name what a file or folder is called until it is whole; another for each that writes it at once."""
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def not_covered(snapshot: Snapshot, day: date) -> list[str]:
    """Say, in a sentence, that no return held goes as far as `day`; nothing if one does."""
    latest = max((each.period_end for each in snapshot.manifest.returns), default=day)
    if latest >= day:
        return []
    return [
        f"No file loaded goes beyond {latest:%-d %B %Y}: what was open then is written as open still on "
        f"{day:%-d %B %Y}, and what happened in between is not known."
    ]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a name to write to beside `path`; it takes its place once all is written and on the disk."""
    partial = partial_of(path)
    try:
        with named(path, partial):
            yield partial
            flush(partial)
            partial.replace(path)
            flush(path.parent)
    finally:
        partial.unlink(missing_ok=True)
