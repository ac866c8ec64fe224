"""A load: files in, a new snapshot out, or one sentence and the store as it was."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import duckdb
import pyarrow as pa

from sightline import __version__
from sightline.intake.combine import combine
from sightline.intake.held_returns import HeldReturn, tables_fed
from sightline.intake.inputs import GivenFile, Input
from sightline.intake.mapping import (
    CELL_FINDING,
    MappingResult,
    ReturnKey,
    child_field,
    map_readings,
)
from sightline.intake.parts import Finding, Part, Reading, UnreadableFileError
from sightline.intake.places import FILE_NAME, Districts, Places, agreed_places, read_places
from sightline.intake.recognise import recognise
from sightline.records import Format
from sightline.records.availability import dated_parts
from sightline.store.files import link_or_copy
from sightline.store.manifest import InputFile, Manifest, Return, ReturnPart
from sightline.store.snapshots import Draft, Snapshot, Store, StoreError
from sightline.store.tables import FINDING, FINDING_COLUMNS, PARQUET

_FINDINGS = "findings.parquet"
_WITH_HEADERS = {Format.ANNEX_A, Format.SSDA903, Format.SSD, Format.CASEWORK}
"""Formats whose tables name their columns. XML and JSON leave out what is blank, so that a field
that nobody has a value for is blank, not missing."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class LoadSummary:
    """What a load did. `inputs` and `rejected` are of this load's files; the rest is in `snapshot`.

    `carried` are the returns kept from the snapshot before, and `replaced` those given anew.
    """

    snapshot: Snapshot
    inputs: tuple[InputFile, ...]
    rejected: int
    carried: tuple[Return, ...] = ()
    replaced: tuple[Return, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the summary as `sightline load --json` prints it."""
        manifest = self.snapshot.manifest
        return {
            "snapshot": self.snapshot.id,
            "tables": {name: manifest.tables[name].rows for name in self.snapshot.tables()},
            "rejected": self.rejected,
            "findings": manifest.findings,
            "inputs": [
                {
                    "path": each.path,
                    "sha256": each.sha256,
                    "format": each.format,
                    "rows_read": each.rows_read,
                    "rows_kept": each.rows_kept,
                }
                for each in self.inputs
            ],
        }


def load(
    paths: Iterable[str | Path | GivenFile],
    store: Store,
    *,
    authority: str | None = None,
    places: Path | None = None,
    fresh: bool = False,
    as_at: date | None = None,
    progress: Progress | None = None,
) -> LoadSummary:
    """Load files, folders and zips into a new snapshot of the store.

    A return given replaces the one of the same format and last day in the current snapshot, and an
    extract of casework whatever extract there was; the others are carried over, unless `fresh`. Without
    `places`, a list of places among the files is used, else that of the current snapshot. `as_at` is the
    day the files were made, where they do not say.
    Raises `UnreadableFileError` if a file cannot be read, is of another `authority` or has casework as it
    stood before that which is held, and
    `StoreError` if the store cannot be written; in both cases the store is as it was.
    """
    tell = progress or _silent
    listed = read_places(places) if places else None
    tell("Reading the files")
    recognised = recognise(paths, authority=authority, as_at=as_at)
    readings = recognised.readings
    listed, facts = _listed_places(listed, recognised.places)
    del recognised
    if authority:
        _refuse_others(readings, authority)
    current = store.current_or_none() if store.path.exists() and not fresh else None
    returns = current.manifest.returns if current else ()
    _refuse_older_casework(readings, returns)
    readings = _with_others_noted(readings, returns)
    with duckdb.connect() as connection:
        tell("Turning rows into records")
        result = map_readings(connection, readings)
        _add_reader_findings(connection, readings)
        given = _describe(readings, result)
        inputs = _inputs(readings, result)
        del readings
        try:
            with store.writing(tell) as draft:
                return _Load(connection, draft, tell, fresh, facts).run(
                    given, inputs, result, listed
                )
        except duckdb.IOException as error:
            raise StoreError(
                f"{store.path}: cannot be written ({str(error).splitlines()[0]}); it is as it was."
            ) from error


@dataclass
class _Load:
    """The part of a load that happens while the store is held."""

    connection: duckdb.DuckDBPyConnection
    draft: Draft
    tell: Progress
    fresh: bool
    facts: tuple[str, ...]

    def run(
        self,
        given: Sequence[Return],
        inputs: Sequence[InputFile],
        result: MappingResult,
        listed: Places | None,
    ) -> LoadSummary:
        parent = self.draft.parent
        before = parent.manifest.returns if parent else ()
        new = {_slot(each) for each in given}
        replaced = tuple(each for each in before if _slot(each) in new)
        carried = tuple(each for each in before if _slot(each) not in new and not self.fresh)
        places = self._keep_places(listed)
        facts = (*self.facts, *_of_another(replaced, given))
        self.tell("Writing what each return says")
        held = [self._carry_over(each) for each in carried]
        held += [self._write_return(each, result) for each in given]
        result.records.clear()
        pa.default_memory_pool().release_unused()  # for combining, which takes the most
        held.sort(key=lambda each: (each.about.period_end, each.about.format))
        files = _files_of(carried)
        before_inputs = parent.manifest.inputs if parent else ()
        every = sorted(
            [*(e for e in before_inputs if (e.format, e.period, e.key) in files), *inputs],
            key=lambda e: (e.period, e.format, e.path),
        )
        try:
            combined = combine(
                self.connection,
                held,
                self.draft.folder / "tables",
                paths={each.key: each.path for each in every},
                districts=Districts(self.connection, places),
                progress=self.tell,
            )
        except duckdb.Error:
            self._check_readable(held)
            raise
        findings = combined.tables.get(FINDING)
        self.tell("Making the snapshot current")
        snapshot = self.draft.publish(
            Manifest(
                id="",
                created=datetime.now(UTC),
                parent="",
                software=__version__,
                inputs=tuple(every),
                returns=tuple(each.about for each in held),
                tables=combined.tables,
                findings=findings.rows if findings else 0,
                rejected=sum(each.rejected for each in every),
                places=places.sha256 if places else "",
                facts=(*facts, *combined.facts),
            )
        )
        return LoadSummary(snapshot, tuple(inputs), result.records_rejected, carried, replaced)

    def _keep_places(self, listed: Places | None) -> Places | None:
        """Put the list of places in the snapshot: the one given, else that of the one before."""
        parent = self.draft.parent
        if listed is None and parent is not None and parent.manifest.places and not self.fresh:
            listed = read_places(parent.folder / FILE_NAME)
        if listed is not None:
            (self.draft.folder / FILE_NAME).write_bytes(listed.data)
        return listed

    def _carry_over(self, about: Return) -> HeldReturn:
        parent = self.draft.parent
        folder = self.draft.folder / "returns" / about.folder
        folder.mkdir()
        if parent is not None:
            for file in sorted((parent.folder / "returns" / about.folder).glob("*.parquet")):
                link_or_copy(file, folder / file.name)
        if not (folder / _FINDINGS).exists():
            raise self._damaged(about)
        return HeldReturn(about, folder)

    def _check_readable(self, held: Sequence[HeldReturn]) -> None:
        """`StoreError` if rows of a return cannot be read, which is why combining failed."""
        for each in held:
            files = [path for table in each.about.tables if (path := each.path(table))]
            for file in (*files, each.folder / _FINDINGS):
                name = str(file).replace("'", "''")
                try:
                    self.connection.execute(
                        f"SELECT max(hash(r)) FROM read_parquet('{name}') AS r"
                    ).fetchall()
                except duckdb.Error as error:
                    raise self._damaged(each.about) from error

    def _damaged(self, about: Return) -> StoreError:
        return StoreError(
            f"{self.draft.folder.parents[1]}: the return {about.folder} that it holds is damaged; "
            "load its files again with these, or return to an earlier snapshot with "
            "`sightline snapshots undo`."
        )

    def _write_return(self, about: Return, result: MappingResult) -> HeldReturn:
        folder = self.draft.folder / "returns" / about.folder
        folder.mkdir()
        for table, rows in about.tables.items():
            if rows:
                self.connection.register("incoming", result.records[table][_key(about)])
                self._write("FROM incoming", folder / f"{table}.parquet")
                self.connection.unregister("incoming")
        names = ", ".join(column.name for column in FINDING_COLUMNS)
        self._write(
            f"SELECT {names} FROM {CELL_FINDING} WHERE format = '{about.format}' "
            f"AND return_end = DATE '{about.period_end}'",
            folder / _FINDINGS,
        )
        return HeldReturn(about, folder)

    def _write(self, rows: str, path: Path) -> None:
        target = str(path).replace("'", "''")
        self.connection.execute(f"COPY ({rows}) TO '{target}' ({PARQUET})")


def _silent(_: str) -> None:
    """Say nothing."""


def _listed_places(
    named: Places | None, given: Sequence[Input]
) -> tuple[Places | None, tuple[str, ...]]:
    """The list of places named, else that among the files given; and what there is to say of it."""
    if named is None:
        found = agreed_places(given)
        return found, (f"Districts are those of {found.path}.",) if found else ()
    others = [file.path for file in given if file.data != named.data]
    return named, tuple(
        f"{path}: passed over, as {named.path} is the list of places." for path in others
    )


def _key(about: Return) -> ReturnKey:
    return about.format, about.period_end


def _slot(about: Return) -> tuple[str, date | None]:
    """Give what a store holds one of: a format up to a day; of casework the one extract, which has it all."""
    return about.format, None if about.format == Format.CASEWORK else about.period_end


def _refuse_others(readings: Iterable[Reading], authority: str) -> None:
    for reading in readings:
        if reading.authority not in ("", authority):
            raise UnreadableFileError(
                f"{reading.sources[0].path}: is a return of authority {reading.authority}, "
                f"not {authority}; nothing was loaded."
            )


def _refuse_older_casework(readings: Iterable[Reading], held: Iterable[Return]) -> None:
    """Refuse casework as it stood before that which is held: figures would go back in time."""
    made = {each.format: each.made for each in held}
    for reading in readings:
        latest = made.get(reading.format.value)
        if reading.made and latest and reading.made < latest:
            raise UnreadableFileError(
                f"{reading.sources[0].path}: holds casework as it stood at "
                f"{reading.made:%Y-%m-%d %H:%M} UTC, and the records have it as it stood at "
                f"{latest:%Y-%m-%d %H:%M} UTC; nothing was loaded."
            )


def _of_another(replaced: Iterable[Return], given: Iterable[Return]) -> list[str]:
    """Say which returns were replaced by those of another authority."""
    new = {_slot(each): each.authority for each in given}
    pairs = {(each.authority, new[_slot(each)]) for each in replaced}
    return [
        f"Returns of authority {old} were replaced by those of {other}; "
        "`sightline snapshots undo` returns to them."
        for old, other in sorted(pairs)
        if old and other and old != other
    ]


def _with_others_noted(readings: Sequence[Reading], held: Iterable[Return]) -> list[Reading]:
    """Note each return of another authority than those it comes to lie beside.

    They are taken, as a joint service may have two, but nobody should count two as one unknowingly.
    """
    given = {(reading.format.value, reading.period_end) for reading in readings}
    beside = [each.authority for each in held if _key(each) not in given]
    stated = [name for name in (*beside, *(reading.authority for reading in readings)) if name]

    def noted(reading: Reading) -> Reading:
        if reading.authority in ("", *stated[:1]):
            return reading
        message = (
            f"The file is of authority {reading.authority}, and others of {stated[0]}: the children "
            "of both are counted together."
        )
        path = reading.sources[0].path
        finding = Finding("other-authority", path, "", "", reading.authority, message)
        return replace(reading, findings=(*reading.findings, finding))

    return [noted(reading) for reading in readings]


def _grouped(readings: Iterable[Reading]) -> dict[ReturnKey, list[Reading]]:
    groups: dict[ReturnKey, list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.format.value, reading.period_end), []).append(reading)
    return groups


def _describe(readings: Sequence[Reading], result: MappingResult) -> list[Return]:
    """Say of each return what it is and holds; readings to the same day are one return."""
    absent: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for each in result.absent:
        if each.format in _WITH_HEADERS:
            tables = absent.setdefault((each.format.value, each.file, each.part), {})
            tables.setdefault(each.table, set()).add(each.column)
    described = []
    for (name, end), group in _grouped(readings).items():
        parts = [part for reading in group for part in reading.parts]
        described.append(
            Return(
                format=name,
                period_start=min(reading.period_start for reading in group),
                period_end=end,
                authority=next((r.authority for r in group if r.authority), ""),
                files=tuple(dict.fromkeys(s.key for r in group for s in r.sources)),
                tables={
                    table: result.count(table, (name, end))
                    for table in tables_fed(name, (part.name for part in parts))
                },
                parts=tuple(
                    ReturnPart(
                        file=part.source.key,
                        sheet=part.sheet or ("" if part.format is Format.CIN else part.name),
                        name=part.name,
                        in_workbook=bool(part.sheet),
                        absent={
                            table: tuple(sorted(columns))
                            for table, columns in absent.get(
                                (name, part.source.path, part.name), {}
                            ).items()
                        },
                        letters=part.columns,
                    )
                    for part in parts
                ),
                facts=tuple(dict.fromkeys(fact for reading in group for fact in reading.facts)),
                starts=_starts(name, group),
                made=max((r.made for r in group if r.made), default=None),
            )
        )
    return described


def _starts(file_format: str, group: Sequence[Reading]) -> dict[str, date]:
    """Give the first day of each table that begins later than the return: when all its parts have."""
    first = min(reading.period_start for reading in group)
    begins: dict[str, date] = {}
    for reading in group:
        for part in reading.parts:
            day = reading.starts.get(part.name, reading.period_start)
            begins[part.name] = min(day, begins.get(part.name, day))
    starts = {
        table: max(begins.get(part, first) for part in parts)
        for table, parts in dated_parts(file_format).items()
    }
    return {table: start for table, start in starts.items() if start > first}


def _inputs(readings: Sequence[Reading], result: MappingResult) -> list[InputFile]:
    period: dict[tuple[str, str], date] = {}
    for reading in readings:
        for source in reading.sources:
            period.setdefault((source.path, source.sha256), reading.period_end)
    return [
        InputFile(
            path=each.source.path,
            sha256=each.source.sha256,
            size=each.source.size,
            encoding=each.source.encoding,
            format=each.format.value,
            period=period[each.source.path, each.source.sha256],
            rows_read=each.rows_read,
            rows_kept=each.rows_kept,
            rejected=each.rows_rejected,
        )
        for each in result.counts
    ]


def _files_of(returns: Iterable[Return]) -> set[tuple[str, date, str]]:
    return {(each.format, each.period_end, key) for each in returns for key in each.files}


def _add_reader_findings(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]
) -> None:
    """Put what the readers found beside what mapping found."""
    rows = [row for reading in readings if reading.findings for row in _finding_rows(reading)]
    if not rows:
        return
    names = [column.name for column in FINDING_COLUMNS]
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    connection.register("incoming", pa.table(columns))
    connection.execute(
        f"INSERT INTO {CELL_FINDING} ({', '.join(names)}) SELECT {', '.join(names)} FROM incoming"
    )
    connection.unregister("incoming")


def _finding_rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    """What one reading found, as rows; the child is that of the sheet's row or file's line."""
    sources = {source.path: source for source in reading.sources}
    parts: dict[tuple[str, str], list[Part]] = {}
    for part in reading.parts:
        parts.setdefault((part.source.path, part.sheet), []).append(part)
    children: dict[tuple[str, str], Mapping[int, str | None]] = {}
    for finding in reading.findings:
        sheet, _, cell = finding.place.rpartition("!")
        digits = cell.lstrip(ascii_uppercase) if sheet else cell.removeprefix("line ")
        line = int(digits) if digits.isdecimal() else None
        where = (finding.file, sheet)
        if where not in children:
            children[where] = _children_by_line(parts.get(where, ()))
        source = sources.get(finding.file)
        yield (
            finding.code,
            reading.format.value,
            reading.period_end,
            finding.file,
            source.key if source else "",
            finding.place,
            "",
            finding.column,
            finding.value,
            finding.message,
            line,
            None if line is None else children[where].get(line),
        )


def _children_by_line(parts: Sequence[Part]) -> Mapping[int, str | None]:
    """The child that each line of a file or sheet is about; empty where a line is not one row."""
    if len(parts) != 1 or parts[0].format not in _WITH_HEADERS:
        return {}
    part = parts[0]
    field = child_field(part.format, part.name)
    if field is None or field not in part.rows.column_names:
        return {}
    lines, children = part.rows["line"].to_pylist(), part.rows[field].to_pylist()
    return dict(zip(lines, children, strict=True))
