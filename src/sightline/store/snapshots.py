"""Snapshots on disk: each load writes a new one beside the others, and one rename makes it current.

    STORE/current                        the id of the current snapshot
    STORE/log.jsonl                      every load and undo, with its time; only ever added to
    STORE/.current.new                   the id about to become current, for the time of the swap
    STORE/notes.jsonl                    reviewers' notes on queries; only ever added to (see `notes`)
    STORE/checks/                        what checks found, kept to be quick; may be deleted
    STORE/figures/                       figures computed, kept to be quick; may be deleted
    STORE/lock                           held while something writes; the system frees it at a crash
    STORE/snapshots/ID/manifest.json     see `manifest`
    STORE/snapshots/ID/tables/           the combined record tables and `finding`; see `thinning`
    STORE/snapshots/ID/returns/          what each return said, before they were combined
    STORE/snapshots/ID/places.csv        the places it was made with, where there were any

A process killed at any point leaves the snapshot that was current as it was, and current. What it
leaves half-made is never shown, and is cleared by the next that writes.
"""

import fcntl
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from sightline.records import TABLES
from sightline.store.files import append_line, flush, flush_tree, write_flushed
from sightline.store.manifest import Manifest, ManifestError, Return
from sightline.store.tables import FINDING, columns_of, typed_rows

_STAGING = ".staging-"
_NEXT = ".current.new"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,99}")
_UNDO = "`sightline snapshots undo` returns to the one before"
_OWN = {
    "checks",
    "current",
    "figures",
    "lock",
    "log.jsonl",
    "notes.jsonl",
    "snapshots",
    "settings.toml",
}
"""What a store's folder may hold; `settings.toml` is put there by the authority."""


class StoreError(Exception):
    """A store that cannot be read or written; the message is one sentence for the person using it."""


@dataclass(frozen=True)
class Covered:
    """A stretch that a return speaks of: its format, and first and last day."""

    format: str
    period_start: date
    period_end: date


@dataclass(frozen=True)
class LogEntry:
    """A line of the store's log: what was done (`load` or `undo`), when, and what became current."""

    what: str
    at: datetime
    snapshot: str
    before: str


@dataclass(frozen=True)
class Snapshot:
    """One snapshot: its folder, which never changes, and its manifest."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """Its name: the time it was made and a short hash, so that names sort by time."""
        return self.manifest.id

    def tables(self) -> tuple[str, ...]:
        """The record tables it has rows of, in the order of the vocabulary."""
        return tuple(name for name in TABLES if name in self.manifest.tables)

    def has(self, table: str) -> bool:
        """Whether it has rows of a table."""
        return table in self.manifest.tables

    @property
    def holds_records(self) -> bool:
        """Whether its records are there; they are removed of feeds that others replaced (`thinning`)."""
        return (self.folder / "tables").is_dir()

    def table_path(self, name: str) -> Path:
        """The parquet file of a table (or of `finding`); `KeyError` if it has no rows of it."""
        if name not in self.manifest.tables:
            raise KeyError(f"snapshot {self.id} has no table {name}")
        return self.folder / "tables" / f"{name}.parquet"

    def coverage(self) -> dict[str, tuple[Covered, ...]]:
        """For each table that a return held can speak of, the stretches covered, earliest first.

        A table is covered by a return that could have held rows of it and held none.
        """
        found: dict[str, list[Covered]] = {}
        for each in self.manifest.returns:
            for table in each.tables:
                start = each.starts.get(table, each.period_start)
                stretch = Covered(each.format, start, each.period_end)
                found.setdefault(table, []).append(stretch)
        return {
            name: tuple(sorted(found[name], key=lambda c: (c.period_end, c.format)))
            for name in TABLES
            if name in found
        }

    def rows_of(self, table: str) -> str:
        """SQL that gives the rows of a table, with the vocabulary's columns; none if it has none."""
        content = self.manifest.tables.get(table)
        paths = [self.table_path(table)] if content else []
        return typed_rows(columns_of(table), paths, content.columns if content else ())

    def return_rows_of(self, of: Return, table: str) -> str:
        """SQL that gives the rows of a table that one return holds, before they were combined.

        `StoreError` if its file is missing or damaged.
        """
        path = self.folder / "returns" / of.folder / f"{table}.parquet"
        columns = columns_of(table, combined=False)
        if not of.tables.get(table):
            return typed_rows(columns, [], ())
        # An older Sightline may have written the return, before a column was thought of.
        try:
            present = pq.read_schema(path).names
        except (OSError, pa.ArrowException) as error:
            raise StoreError(
                f"{self.folder}: the table {table} of the return {of.folder} cannot be read; {_UNDO}."
            ) from error
        return typed_rows(columns, [path], present)

    def need_records(self) -> None:
        """Raise `StoreError` if its records were removed."""
        if not self.holds_records and self.manifest.tables:
            raise StoreError(
                f"{self.folder}: the records of snapshot {self.id} are not there; those of a feed are "
                "removed once its day is past, but for the last of the day."
            )

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open an in-memory database with a view for every table of the vocabulary, and `finding`.

        A table the snapshot has no rows of is an empty view with the vocabulary's columns.
        `StoreError` if a file is missing or damaged, or its records were removed.
        """
        self.need_records()
        connection = duckdb.connect()
        connection.execute("SET enable_progress_bar = false")  # the commands draw their own
        for name in (*TABLES, FINDING):
            try:
                connection.execute(f'CREATE VIEW "{name}" AS {self.rows_of(name)}')
            except duckdb.Error as error:
                connection.close()
                raise StoreError(
                    f"{self.folder}: the table {name} of snapshot {self.id} cannot be read; {_UNDO}."
                ) from error
        return connection


class Draft:
    """A snapshot being made. Fill `folder`, then `publish`; until then nobody can see it."""

    def __init__(self, store: "Store", folder: Path, parent: Snapshot | None) -> None:
        self._store = store
        self.folder = folder
        self.parent = parent

    def publish(self, manifest: Manifest) -> Snapshot:
        """Make the folder a snapshot and the current one; its id, time and parent are set here."""
        made = replace(
            manifest,
            id="",
            created=datetime.now(UTC),
            parent=self.parent.id if self.parent else "",
        )
        made = replace(made, id=f"{made.created:%Y%m%dT%H%M%SZ}-{_short_hash(made.to_json())}")
        text = json.dumps(made.to_json(), ensure_ascii=False, indent=1) + "\n"
        (self.folder / "manifest.json").write_text(text, "utf-8")
        flush_tree(self.folder)
        final = self.folder.with_name(made.id)
        with self._store._making_current("load", made.id, made.parent):
            self.folder.rename(final)
            flush(final.parent)
        return Snapshot(final, made)


class Store:
    """A folder of snapshots. Any number may read it; one writes at a time, others wait."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def current(self) -> Snapshot:
        """The current snapshot. `StoreError` if there is none, or it cannot be read."""
        snapshot = self.current_or_none()
        if snapshot is None:
            raise StoreError(
                f"{self.path}: nothing has been loaded there yet; "
                f"`sightline load FILES --store {self.path}` does that."
            )
        return snapshot

    def current_or_none(self) -> Snapshot | None:
        """The current snapshot, or none if nothing has been loaded. `StoreError` if damaged."""
        self._check_folder()
        name = self._current_id()
        if not name:
            return None
        try:
            return self.open(name)
        except StoreError as error:
            raise StoreError(f"{str(error).removesuffix('.')}; {_UNDO}.") from error

    def open(self, snapshot_id: str) -> Snapshot:
        """A snapshot by its id. `StoreError` if there is none such, or its manifest is damaged."""
        if not _ID.fullmatch(snapshot_id):
            raise StoreError(f"{self.path}: there is no snapshot {_shown(snapshot_id)}.")
        folder = self.path / "snapshots" / snapshot_id
        try:
            values = json.loads((folder / "manifest.json").read_text("utf-8"))
            manifest = Manifest.from_json(values)
            if manifest.id != snapshot_id:
                raise ManifestError("has the manifest of another")
            if not snapshot_id.endswith(f"-{_short_hash(values)}"):
                raise ManifestError("has a damaged manifest")
        except (FileNotFoundError, NotADirectoryError) as error:
            lacks = "there is no snapshot" if not folder.is_dir() else "the manifest is missing of"
            raise StoreError(f"{self.path}: {lacks} {snapshot_id}.") from error
        except OSError as error:
            reason = f"cannot be read ({error.strerror})"
            raise StoreError(f"{self.path}: the snapshot {snapshot_id} {reason}.") from error
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, ManifestError) else "has a damaged manifest"
            raise StoreError(f"{self.path}: the snapshot {snapshot_id} {reason}.") from error
        return Snapshot(folder, manifest)

    def log(self) -> tuple[LogEntry, ...]:
        """Every load and undo, earliest first; a line that a crash cut short is passed over.

        `StoreError` if there is a log that cannot be opened.
        """
        try:
            lines = (self.path / "log.jsonl").read_text("utf-8", errors="replace").split("\n")
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreError(f"{self.path}: its log cannot be read ({error.strerror}).") from error
        return tuple(entry for line in lines if (entry := _log_entry(line)))

    def undo(self, waiting: Callable[[str], None] | None = None) -> Snapshot:
        """Make the parent of the current snapshot current again, and give it.

        Nothing is deleted, and the log keeps both the load and the undo. `StoreError` if there is
        nothing before the current snapshot.
        """
        self._check_folder()
        with self._locked(waiting):
            self._clear_leftovers()  # the swap is made ready anew, and no longer tells of them
            name = self._current_id()
            if not name:
                self.current()
            try:
                parent = self.open(name).manifest.parent
            except StoreError as error:
                parent = self._logged_before(name)
                if not parent:
                    raise StoreError(
                        f"{str(error).removesuffix('.')}, and the log names none before it."
                    ) from error
            if not parent:
                raise StoreError(
                    f"{self.path}: there is nothing to undo; {name} was the first load."
                )
            snapshot = self.open(parent)
            snapshot.need_records()
            with self._making_current("undo", parent, name):
                pass
            return snapshot

    def return_to(
        self,
        snapshot_id: str,
        *,
        instead_of: str,
        waiting: Callable[[str], None] | None = None,
    ) -> Snapshot:
        """Make a snapshot that was current once current again, if `instead_of` still is the current one.

        Nothing is deleted, and the log has it as an undo. `StoreError` if another snapshot has become
        current meanwhile, or the one wanted cannot be read.
        """
        self._check_folder()
        with self._locked(waiting):
            self._clear_leftovers()
            name = self._current_id()
            if name != instead_of:
                raise StoreError(
                    f"{self.path}: {name} is current, and not {instead_of}; it is left as it is."
                )
            snapshot = self.open(snapshot_id)
            snapshot.need_records()
            with self._making_current("undo", snapshot_id, name):
                pass
            return snapshot

    def remove_records(
        self, snapshot_ids: Sequence[str], waiting: Callable[[str], None] | None = None
    ) -> None:
        """Remove the records of snapshots, and what was computed from them; their manifests stay.

        `StoreError` if one of them is the current one.
        """
        with self._locked(waiting):
            self._clear_leftovers()
            for name in snapshot_ids:
                folder = self.open(name).folder
                if name == self._current_id():
                    raise StoreError(f"{self.path}: {name} is current; its records stay.")
                gone = folder.with_name(f"{_STAGING}{name}")
                gone.mkdir()
                for kept in (
                    *self.path.glob(f"figures/{name}.*"),
                    *self.path.glob(f"checks/{name}.*"),
                ):
                    kept.unlink(missing_ok=True)
                # The tables last: while they are there, whoever was stopped here begins again.
                for part in ("returns", "tables"):
                    if (folder / part).is_dir():
                        (folder / part).rename(gone / part)
                shutil.rmtree(gone, ignore_errors=True)

    @contextmanager
    def writing(self, waiting: Callable[[str], None] | None = None) -> Iterator[Draft]:
        """Hold the store's lock and give a draft; left unpublished, it is removed.

        If another process holds the lock, `waiting` is told so in a sentence, and we wait for it.
        `StoreError` if the folder is not a store, or cannot be written.
        """
        with self._locked(waiting):
            parent = self.current_or_none()
            self._clear_leftovers()
            folder = self.path / "snapshots" / f"{_STAGING}{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            (folder / "tables").mkdir(parents=True)
            (folder / "returns").mkdir()
            try:
                yield Draft(self, folder, parent)
            finally:
                self._clear_leftovers()

    def list(self) -> tuple[Snapshot, ...]:
        """Every snapshot that was ever current, oldest first, those undone too.

        Those that cannot be read are left out; `unreadable` names them.
        """
        self._check_folder()
        found = (self._open_or_none(name) for name in self._published())
        return tuple(sorted((each for each in found if each), key=_age))

    def unreadable(self) -> tuple[str, ...]:
        """The ids of snapshots that were once current and are now missing or damaged."""
        self._check_folder()
        return tuple(sorted(n for n in self._published() if self._open_or_none(n) is None))

    def append(
        self, name: str, lines: Sequence[str], waiting: Callable[[str], None] | None = None
    ) -> None:
        """Add lines to a file of the store that is only ever added to, holding the store's lock.

        `StoreError` if the folder is not a store, or cannot be written.
        """
        with self._locked(waiting):
            for line in lines:
                append_line(self.path / name, line)

    @contextmanager
    def _locked(self, waiting: Callable[[str], None] | None) -> Iterator[None]:
        self._check_folder(for_writing=True)
        try:
            if not self.path.is_dir():
                self.path.mkdir(parents=True, exist_ok=True)
                flush(self.path.parent)
            with (self.path / "lock").open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if waiting is not None:
                        waiting(f"Waiting for another load into {self.path} to finish")
                    fcntl.flock(lock, fcntl.LOCK_EX)
                self._note_unlogged()
                yield
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written ({error.strerror or error}); it is as it was."
            ) from error

    def _check_folder(self, *, for_writing: bool = False) -> None:
        try:
            if not self.path.exists():
                if for_writing:
                    return
                raise StoreError(
                    f"{self.path}: there is no such store; "
                    f"`sightline load FILES --store {self.path}` makes one."
                )
            if not self.path.is_dir():
                raise StoreError(f"{self.path}: is a file, not the folder of a store.")
            names = {entry.name for entry in self.path.iterdir()}
        except OSError as error:
            shown = _shown(str(self.path))
            raise StoreError(f"{shown}: cannot be opened ({error.strerror}).") from error
        if "snapshots" in names and names & {"current", "log.jsonl"}:
            return
        if others := sorted(name for name in names - _OWN if not name.startswith(".")):
            raise StoreError(
                f"{self.path}: is not a store, as it holds other things ({others[0]}); "
                "name the folder of a store, or a new one."
            )

    def _current_id(self) -> str:
        """The id in the file `current`, or empty if nothing has been loaded.

        A store with a log or a snapshot had a current one. Taking it for empty would let the next
        load leave out the returns that the store holds, so that is refused.
        """
        try:
            name = (self.path / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            name = ""
        except (OSError, ValueError) as error:
            raise self._current_damaged() from error
        if _ID.fullmatch(name) and (self.path / "snapshots" / name).is_dir():
            return name
        if (self.path / "current").exists() or self._held():
            # One that the log knows was there: that it is gone is for `open` to say.
            if name and name in self._held():
                return name
            raise self._current_damaged()
        return ""

    def _current_damaged(self) -> StoreError:
        held = self._held()
        mend = f"; write {held[-1]} into it to use the last snapshot known" if held else ""
        return StoreError(f"{self.path}: its file `current` is missing or damaged{mend}.")

    def _held(self) -> tuple[str, ...]:
        """Ids of snapshots there have been, the last to be current last, told without `current`."""
        logged = tuple(entry.snapshot for entry in self.log())
        if logged:
            return logged
        there = {entry.name for entry in (self.path / "snapshots").glob("[!.]*")}
        return tuple(sorted(there - {self._made_ready()}))

    def _made_ready(self) -> str:
        """The id that a load or undo that was killed was about to make current, or empty."""
        with suppress(OSError, ValueError):
            return (self.path / _NEXT).read_text("utf-8").strip()
        return ""

    @contextmanager
    def _making_current(self, what: str, snapshot: str, before: str) -> Iterator[None]:
        """Make a snapshot current once the body has put it in place.

        The swap is made ready first: `.current.new` tells the next that writes which folder a load
        that was killed before the swap may have left.
        """
        ready = self.path / _NEXT
        write_flushed(ready, snapshot + "\n")
        yield
        ready.replace(self.path / "current")
        # It is current now, whatever follows; a missing line is noted by the next that writes.
        with suppress(OSError):
            flush(self.path)
            self._append(what, snapshot, before)

    def _append(self, what: str, snapshot: str, before: str) -> None:
        entry: Mapping[str, Any] = {
            "what": what,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "snapshot": snapshot,
            "before": before,
        }
        append_line(self.path / "log.jsonl", json.dumps(entry))

    def _note_unlogged(self) -> None:
        """Write the line that a crash kept from the log, between the swap and the log."""
        current = self._current_id()
        entries = self.log()
        last = entries[-1].snapshot if entries else ""
        if not current or current == last:
            return
        known = {entry.snapshot for entry in entries}
        self._append("undo" if current in known else "load", current, last)

    def _logged_before(self, snapshot: str) -> str:
        """What was current before a snapshot whose manifest cannot be read was loaded."""
        entries = [e for e in self.log() if e.what == "load" and e.snapshot == snapshot]
        return entries[-1].before if entries else ""

    def _open_or_none(self, name: str) -> Snapshot | None:
        try:
            return self.open(name)
        except StoreError:
            return None

    def _published(self) -> set[str]:
        """Snapshots that were ever current: in the log, or current now, or before one of these."""
        waiting = [name for e in self.log() for name in (e.snapshot, e.before)]
        waiting.append(self._current_id())
        names: set[str] = set()
        while waiting:
            name = waiting.pop()
            if _ID.fullmatch(name) and name not in names:
                names.add(name)
                snapshot = self._open_or_none(name)
                waiting += [snapshot.manifest.parent] if snapshot else []
        return names

    def _clear_leftovers(self) -> None:
        """Remove what loads that were killed left half-made, as far as that can be done."""
        folder = self.path / "snapshots"
        for entry in folder.glob(f"{_STAGING}*"):
            shutil.rmtree(entry, ignore_errors=True)
        name = self._made_ready()
        with suppress(OSError, StoreError):
            if _ID.fullmatch(name) and name not in self._published():
                shutil.rmtree(folder / name, ignore_errors=True)
            (self.path / _NEXT).unlink(missing_ok=True)


def _log_entry(line: str) -> LogEntry | None:
    try:
        values = json.loads(line)
        what, at, *names = (str(values[key]) for key in ("what", "at", "snapshot", "before"))
        return LogEntry(what, datetime.fromisoformat(at), *names)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _short_hash(manifest: Mapping[str, Any]) -> str:
    """The hash in a snapshot's id: of its manifest as values, but for the id itself."""
    content = json.dumps({**manifest, "id": ""}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def _age(snapshot: Snapshot) -> tuple[datetime, str]:
    return snapshot.manifest.created, snapshot.id


def _shown(name: str) -> str:
    """A name short and plain enough for a sentence."""
    return name if name.isprintable() and len(name) <= 200 else repr(name[:60]) + "..."
