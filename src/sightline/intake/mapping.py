"""Parts of files into typed record tables, driven by the vocabulary's feeds.

Everything is done by set: one pass over a part for each table it feeds. Typed values, and a bit for
each cell that had text and gave none, are kept together, so that a second pass happens only for the
columns in which something was wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sightline.intake import cells
from sightline.intake.field_paths import FieldPath, owner, parse, pointed_at, ssd_tables
from sightline.intake.parts import Part, Reading, Source
from sightline.intake.typed import Cells, read_cells
from sightline.records import TABLES, Column, Feed, Format, Kind, Table
from sightline.records.codes import fits_year
from sightline.store.tables import FINDING_COLUMNS

CELL_FINDING = "cell_finding"
"""The table of findings that mapping makes."""

_YEARLY = {Format.CIN, Format.SSDA903}
"""Formats whose codes belong to one year; the others carry history in today's or older codes."""

_PART = pa.schema(
    [
        ("_part", pa.int32()),
        ("reading", pa.int32()),
        ("source", pa.string()),
        ("return_end", pa.date32()),
        ("file", pa.string()),
        ("path", pa.string()),
        ("sheet", pa.string()),
        ("in_workbook", pa.bool_()),
    ]
)
_ARROW = {
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.BOOLEAN: pa.bool_(),
    Kind.INTEGER: pa.int32(),
    Kind.DECIMAL: pa.float64(),
}
_OF_A_PART = ("source", "return_end", "file", "sheet")
_LETTER = pa.schema([("_part", pa.int32()), ("field", pa.string()), ("letter", pa.string())])
_MISFIT = pa.schema([("raw", pa.string()), ("year", pa.int32())])
_WHY = pa.schema(
    [
        ("value", pa.string()),
        ("code", pa.string()),
        ("message", pa.string()),
        ("each_one", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class SourceCount:
    """What became of the rows of one file: read = kept + rejected + unused."""

    source: Source
    format: Format
    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_unused: int


@dataclass(frozen=True)
class AbsentField:
    """A field that a file's part does not have: its column is not known there, rather than blank."""

    format: Format
    part: str
    field: str
    file: str
    table: str
    column: str


_NO_CHILD = "CAST(NULL AS VARCHAR)"

ReturnKey = tuple[str, date]
"""A return's format and last day."""


@dataclass(frozen=True)
class MappingResult:
    """What mapping made.

    `records` are those of each table and return: the vocabulary's columns, typed, then those of
    `PLACE`. `records_rejected` counts the records that could not be made for want of a column they
    need (each with a finding).
    """

    records: dict[str, dict[ReturnKey, pa.Table]]
    counts: tuple[SourceCount, ...]
    findings: int
    records_rejected: int
    absent: tuple[AbsentField, ...]

    def count(self, table: str, of: ReturnKey) -> int:
        """How many records of a table a return gave."""
        records = self.records.get(table, {}).get(of)
        return records.num_rows if records else 0


def map_readings(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]
) -> MappingResult:
    """Make the records of every table the readings fill, and `cell_finding` in the database.

    A table of that name that the connection already holds is replaced.
    """
    return _Mapper(connection, readings).run()


def principal_table(file_format: Format, part: str) -> str | None:
    """Name the table a part is about, or `None` if it feeds none.

    It is the table of which the part fills most columns; `child`, which nearly every part feeds
    besides, only where there is no other. A row that gives no record of it is rejected, while other
    tables simply have no record where the part is blank for them: an enquiry without a conference.
    """
    fills: dict[str, int] = {}
    for table in TABLES.values():
        for feed in table.feeds:
            if (feed.format, feed.part) == (file_format, part):
                fills[table.name] = max(fills.get(table.name, 0), len(feed.fields))
    if len(fills) > 1:
        fills.pop("child", None)
    return max(fills, key=lambda name: fills[name]) if fills else None


def _arrow(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema.names)
    arrays = [
        pa.array(list(column), kind) for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _kept_as(column: Column, path: FieldPath) -> tuple[str, Kind, str, str]:
    """What a column is read from and as; only a yes/no is read by its name."""
    return path.field, column.kind, column.codes, column.name if column.kind is Kind.BOOLEAN else ""


def _person_of(table: str) -> str:
    """The column of an SSD table that holds the child."""
    return next(name for name in ssd_tables()[table].columns if name.endswith("_person_id"))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@dataclass
class _Group:
    """All parts of one format and name, stacked; their numbers are those of `intake_part`.

    `stacked` is what the SQL knows as `relation`. `read` keeps columns that were read, as several
    tables are fed from the same.
    """

    format: Format
    name: str
    parts: list[tuple[int, Part]]
    relation: str = ""
    stacked: pa.Table = field(default_factory=lambda: pa.table({}))
    read: dict[tuple[str, Kind, str, str], Cells] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(part.rows.num_rows for _, part in self.parts)

    def without(self, field_name: str) -> list[int]:
        """The parts that do not have this field."""
        return [number for number, part in self.parts if field_name not in part.rows.schema.names]


@dataclass
class _Plan:
    """One feed of one group while it is mapped: its columns and where their text is found."""

    table: Table
    feed: Feed
    principal: bool
    columns: list[tuple[Column, str, FieldPath]]
    cells: list[Cells] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether every cell is taken as it stands."""
        return all(path.is_plain for _, _, path in self.columns)

    @property
    def child(self) -> str:
        """SQL for the child that a row `s` of the stage is about; null if the table has none."""
        return next((f"s.c_{place}" for place in self._places(["child_id"])), _NO_CHILD)

    def needed(self) -> list[int]:
        """Positions of the columns a record needs."""
        return self._places(self.table.needs)

    def either(self) -> list[int]:
        """Positions of the columns of which a record needs one; none if that is of no matter."""
        return self._places(self.table.either)

    def _places(self, names: Sequence[str]) -> list[int]:
        there = [column.name for column, _, _ in self.columns]
        return [there.index(name) for name in names if name in there]


class _Mapper:
    def __init__(self, connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> None:
        self.connection = connection
        self.readings = readings
        self.groups: dict[tuple[Format, str], _Group] = {}
        self.absent: list[AbsentField] = []
        self.rejected = 0
        self.lost: dict[int, int] = defaultdict(int)
        self.unused: dict[int, int] = {}
        self.made: dict[str, dict[ReturnKey, list[pa.Table]]] = {}
        self.registered: list[str] = []
        self.temporary: dict[str, None] = {}
        self.serial = 0

    # -- the whole -------------------------------------------------------------------------

    def run(self) -> MappingResult:
        columns = ", ".join(f"{column.name} {column.kind.sql}" for column in FINDING_COLUMNS)
        self.connection.execute(f"CREATE OR REPLACE TABLE {CELL_FINDING} ({columns})")
        self._list_parts()
        try:
            for group in self.groups.values():
                self._stack(group)
            for group in self.groups.values():
                self._map_group(group)
        finally:
            self._clear()
        return MappingResult(
            records={
                name: {each: pa.concat_tables(rows) for each, rows in self.made[name].items()}
                for name in TABLES
                if name in self.made
            },
            counts=self._counts(),
            findings=self._number(f"SELECT count(*) FROM {CELL_FINDING}"),
            records_rejected=self.rejected,
            absent=tuple(self.absent),
        )

    def _list_parts(self) -> None:
        """Number the parts and group them; keep what every row of a part has in common."""
        facts: list[tuple[object, ...]] = []
        letters: list[tuple[int, str, str]] = []
        for place, reading in enumerate(self.readings):
            for part in reading.parts:
                number = len(facts)
                group = self.groups.setdefault(
                    (part.format, part.name), _Group(part.format, part.name, [])
                )
                group.parts.append((number, part))
                set_name = "" if part.format is Format.CIN else part.name
                facts.append(
                    (
                        number,
                        place,
                        part.format.value,
                        reading.period_end,
                        part.source.key,
                        part.source.path,
                        part.sheet or set_name,
                        bool(part.sheet),
                    )
                )
                letters += [(number, name, letter) for name, letter in part.columns.items()]
        self.facts = _arrow(_PART, facts)
        self.returns = [(str(source), end) for _, _, source, end, *_ in facts]
        self._keep("intake_part", self.facts)
        self._keep("intake_letter", _arrow(_LETTER, letters))

    def _stack(self, group: _Group) -> None:
        """Put the parts of a group under each other, with only the fields that are used."""
        wanted = _fields_used(group.format, group.name)
        tables = []
        for number, part in group.parts:
            names = part.rows.schema.names
            count = part.rows.num_rows
            columns = [
                part.rows.column(name).cast(pa.string())
                if name in names
                else pa.nulls(count, pa.string())
                for name in wanted
            ]
            columns += [
                part.rows.column("line").cast(pa.int32()),
                pa.repeat(pa.scalar(number, pa.int32()), count),
            ]
            tables.append(pa.table(columns, names=[*wanted, "_line", "_part"]))
        stacked = pa.concat_tables(tables)
        stacked = stacked.append_column("_row", pa.array(range(stacked.num_rows), pa.int32()))
        group.stacked = stacked
        group.relation = self._fresh("intake_rows")
        self.connection.register(group.relation, stacked)
        self.registered.append(group.relation)

    def _map_group(self, group: _Group) -> None:
        plans = self._plans(group)
        if not plans:
            self._report_unused(group)
            return
        self._read_plain(group, plans)
        seen: set[tuple[str, Kind, str]] = set()
        lost = ""
        for place, plan in enumerate(plans):
            self._note_absent(group, plan)
            staged = self._stage(group, plan)
            stage = self._fresh("intake_stage")
            self.connection.register(stage, staged)
            unmet = staged.num_rows - (pc.sum(staged.column("met")).as_py() or 0)
            self._keep_records(plan, staged, unmet)
            self._report_cells(plan, stage, seen)
            self._report_years(plan, stage)
            if unmet:
                self._report_rejected(group, plan, stage)
            self._report_without_start(group, plan, stage)
            if place == 0 or lost:
                lost = self._still_lost(stage, lost) if unmet else ""
            self.connection.unregister(stage)
        group.read.clear()
        if lost:
            per_part = self.connection.execute(
                f"SELECT _part, count(*) FROM {lost} GROUP BY _part"
            ).fetchall()
            for number, count in per_part:
                self.lost[number] += count

    def _plans(self, group: _Group) -> list[_Plan]:
        """The feeds of a group, the table it is about first."""
        principal = principal_table(group.format, group.name)
        plans = []
        for table in TABLES.values():
            for feed in table.feeds:
                if (feed.format, feed.part) != (group.format, group.name):
                    continue
                columns = [
                    (table.column(name), notation, parse(feed.format, notation))
                    for name, notation in feed.fields.items()
                ]
                plans.append(_Plan(table, feed, table.name == principal, columns))
        return sorted(plans, key=lambda plan: not plan.principal)

    # -- reading one feed ------------------------------------------------------------------

    def _read_plain(self, group: _Group, plans: Sequence[_Plan]) -> None:
        """Read every cell that is taken as it stands, once for all the tables it feeds."""
        wanted = {
            _kept_as(column, path): (column, group.stacked.column(path.field))
            for plan in plans
            if plan.is_plain
            for column, _, path in plan.columns
        }
        read = read_cells(self.connection, wanted.values())
        group.read = dict(zip(wanted, read, strict=True))

    def _stage(self, group: _Group, plan: _Plan) -> pa.Table:
        """Make the stage of a feed.

        For each row: the text `r_`, and the value `c_`, of each column; a bit in `bad` for each cell
        with text and no value; whether the needs are `met`; and what the part says of it.
        """
        if plan.is_plain:
            rows = group.stacked
            numbers = rows.column("_row")
            texts = [rows.column(path.field) for _, _, path in plan.columns]
            plan.cells = [group.read[_kept_as(column, path)] for column, _, path in plan.columns]
        else:
            rows = self.connection.sql(
                f"SELECT * FROM {self._follow(group, plan)} ORDER BY _n"
            ).to_arrow_table()
            numbers = rows.column("_n")
            texts = [rows.column(f"r_{position}") for position in range(len(plan.columns))]
            wanted = zip((column for column, _, _ in plan.columns), texts, strict=True)
            plan.cells = read_cells(self.connection, wanted)
        met = pa.repeat(pa.scalar(True), rows.num_rows)
        for position in plan.needed():
            met = pc.and_(met, pc.is_valid(plan.cells[position].values))
        if given := [pc.is_valid(plan.cells[position].values) for position in plan.either()]:
            met = pc.and_(met, reduce(pc.or_, given))
        bad = pa.repeat(pa.scalar(0, pa.int64()), rows.num_rows)
        for position, read in enumerate(plan.cells):
            if read.any_bad:
                bad = pc.add(bad, pc.multiply(read.bad.cast(pa.int64()), 1 << position))
        part = rows.column("_part")
        columns = {"_n": numbers, "_row": rows.column("_row"), "_part": part}
        columns |= {"_line": rows.column("_line"), "bad": bad, "met": met}
        columns |= {name: self._of_part(name, part) for name in _OF_A_PART}
        columns |= {f"r_{position}": text for position, text in enumerate(texts)}
        columns |= {f"c_{position}": read.values for position, read in enumerate(plan.cells)}
        return pa.table(columns)

    def _of_part(self, name: str, part: pa.ChunkedArray) -> pa.Array:
        """What the part of each row says."""
        said = self.facts.column(name).combine_chunks()
        return pa.DictionaryArray.from_arrays(part.combine_chunks(), said)

    def _follow(self, group: _Group, plan: _Plan) -> str:
        """Gather the text of a feed whose fields lead elsewhere; give the table of it."""
        own = group.relation
        joins: dict[str, str] = {}
        flags: dict[str, str] = {}
        taken = []
        for position, (_, _, path) in enumerate(plan.columns):
            cell = f"p.{_name(path.field)}"
            if path.follow:
                cell = self._linked(group, path, joins, flags)
            elif path.json_key:
                flags[f"broken_json_{path.field}"] = _is_broken_json(cell)
                cell = f"CASE WHEN json_valid({cell}) THEN {cell} ->> '$.{path.json_key}' END"
            elif path.each:
                flags[f"broken_json_{path.field}"] = _is_broken_json(cell)
                joins["each"] = (
                    f", UNNEST({_elements(cell)}) WITH ORDINALITY AS each_one(element, place)"
                )
                cell = "each_one.element"
            elif path.where:
                other, value = path.where
                test = f"lower({cells.clean(f'p.{_name(other)}')}) = {_quoted(value.lower())}"
                cell = f"CASE WHEN {test} THEN {cell} END"
            elif path.says:
                cell = (
                    f"CASE WHEN regexp_matches({cell}, {_quoted('(?i)' + path.says)}) THEN '1' END"
                )
            elif path.on_day:
                cell = self._in_force(group, plan, path, joins)
            elif path.suitable:
                cell = f"nullif(regexp_extract({cell}, '^\\s*[A-Za-z]([12])\\s*$', 1), '')"
            taken.append(f"{cell} AS r_{position}")
        # A list without elements gives no row; its broken JSON is looked for before that.
        for flag, test in flags.items():
            self._report_flag(group, plan, flag, test, joins)
        order = "p._row, each_one.place" if "each" in joins else "p._row"
        return self._temporary(
            "intake_raw",
            f"SELECT CAST(row_number() OVER (ORDER BY {order}) AS INTEGER) AS _n, p._row, p._part, p._line, "
            f"{', '.join(taken)} FROM {own} p {' '.join(joins.values())}",
        )

    def _linked(
        self, group: _Group, path: FieldPath, joins: dict[str, str], flags: dict[str, str]
    ) -> str:
        """Join the row a key points at, within the same reading; give the cell's expression."""
        table, key = pointed_at(path.field)
        target = self.groups.get((group.format, table))
        if target is None:
            return "CAST(NULL AS VARCHAR)"
        alias = f"to_{path.field}"
        if alias not in joins:
            links = f"intake_link_{table}_{key}"
            if links not in self.temporary:
                # A key met twice points at its first row: a join may not multiply rows.
                self._temporary(
                    links,
                    f"SELECT DISTINCT ON (m.reading, {cells.clean('t.' + _name(key))}) m.reading, "
                    f"{cells.clean('t.' + _name(key))} AS _key, t.* FROM {target.relation} t "
                    f"JOIN intake_part m ON m._part = t._part WHERE t.{_name(key)} IS NOT NULL "
                    f"ORDER BY m.reading, _key, t._row",
                    exact=True,
                )
            joins.setdefault("reading", "JOIN intake_part m ON m._part = p._part")
            here = f"p.{_name(path.field)}"
            joins[alias] = (
                f"LEFT JOIN {links} AS {alias} ON {alias}.reading = m.reading "
                f"AND {alias}._key = {cells.clean(here)}"
            )
            present = ", ".join(
                str(place)
                for place, reading in enumerate(self.readings)
                if any(part.name == table for part in reading.parts)
            )
            flags[f"broken_link_{path.field}"] = (
                f"{alias}._key IS NULL AND m.reading IN ({present}) AND NOT {cells.is_blank(here)}"
            )
        return f"{alias}.{_name(path.follow)}"

    def _in_force(self, group: _Group, plan: _Plan, path: FieldPath, joins: dict[str, str]) -> str:
        """Join the child's value in force on a day: the latest begun by then and not over."""
        table = owner(path.field)
        target = self.groups.get((group.format, table))
        if target is None:
            return "CAST(NULL AS VARCHAR)"
        person = _person_of(table)
        child = next(own.field for column, _, own in plan.columns if column.name == "child_id")
        start, end = (
            cells.day(f"t.{_name(f'{path.field}_{which}_date')}") for which in ("start", "end")
        )
        spans = self._temporary(
            "intake_spans",
            f"SELECT m.reading, {cells.text('t.' + _name(person))} AS person, "
            f"t.{_name(path.field)} AS value, {start} AS begun, {end} AS over, t._row AS line "
            f"FROM {target.relation} t JOIN intake_part m ON m._part = t._part",
        )
        days = self._temporary(
            "intake_days",
            f"SELECT p._row, m.reading, {cells.text('p.' + _name(child))} AS person, "
            f"{cells.day('p.' + _name(path.on_day))} AS day "
            f"FROM {group.relation} p JOIN intake_part m ON m._part = p._part",
        )
        held = self._temporary(
            "intake_held",
            "SELECT _row, value FROM (SELECT d._row, s.value, row_number() OVER "
            "(PARTITION BY d._row ORDER BY s.begun DESC, s.line DESC) AS latest "
            f"FROM {days} d JOIN {spans} s ON s.reading = d.reading AND s.person = d.person "
            "WHERE s.begun <= d.day AND (s.over IS NULL OR s.over >= d.day)) WHERE latest = 1",
        )
        joins["held"] = f"LEFT JOIN {held} AS held ON held._row = p._row"
        return "held.value"

    # -- records ---------------------------------------------------------------------------

    def _keep_records(self, plan: _Plan, staged: pa.Table, unmet: int) -> None:
        """Keep the rows that meet the table's needs as records of it."""
        rows = staged.filter(staged.column("met")) if unmet else staged
        positions = {column.name: place for place, (column, _, _) in enumerate(plan.columns)}
        records = {}
        for column in plan.table.columns:
            constant = plan.feed.constants.get(column.name)
            if column.name in positions:
                values = rows.column(f"c_{positions[column.name]}")
            elif constant == "@return_end":
                values = rows.column("return_end")
            else:
                values = pa.repeat(pa.scalar(constant, pa.string()), rows.num_rows)
            records[column.name] = values.cast(_ARROW[column.kind])
        records |= {name: rows.column(name) for name in _OF_A_PART}
        records["line"] = rows.column("_line")
        table = pa.table(records)
        parts = pc.run_end_encode(rows.column("_part").combine_chunks())
        start = 0
        for number, end in zip(parts.values.to_pylist(), parts.run_ends.to_pylist(), strict=True):
            returns = self.made.setdefault(plan.table.name, {})
            returns.setdefault(self.returns[number], []).append(table.slice(start, end - start))
            start = end

    def _still_lost(self, stage: str, lost: str) -> str:
        """The rows that no feed so far has made a record of; empty when there are none."""
        without = f"SELECT _row, _part FROM {stage} WHERE NOT met"
        also = f" INTERSECT SELECT _row, _part FROM {lost}" if lost else ""
        name = self._temporary(
            "intake_lost", f"({without} EXCEPT SELECT _row, _part FROM {stage} WHERE met){also}"
        )
        return name if self._number(f"SELECT count(*) FROM {name}") else ""

    # -- findings --------------------------------------------------------------------------

    def _report_cells(self, plan: _Plan, stage: str, seen: set[tuple[str, Kind, str]]) -> None:
        """Report each cell with text and no usable value, once however many columns it fills."""
        for position, (column, notation, _) in enumerate(plan.columns):
            what = (notation, column.kind, column.codes)
            if what in seen:
                continue
            seen.add(what)
            if not plan.cells[position].any_bad:
                continue
            found = self._temporary(
                "intake_bad",
                f"SELECT s._part, s._line, s.r_{position} AS value, {plan.child} AS child "
                f"FROM {stage} s "
                f"WHERE s.bad & {1 << position} <> 0",
            )
            spellings = self._texts(f"SELECT DISTINCT value FROM {found}")
            reasons = [
                (raw, reason)
                for raw in spellings
                if (reason := cells.explain(column.kind, column.codes, raw))
            ]
            if not reasons:
                continue
            why = self._fresh("intake_why")
            self._keep(why, _arrow(_WHY, [(raw, r.code, r.message, r.each) for raw, r in reasons]))
            path = plan.columns[position][2]
            self._find(
                plan.table.name,
                column.name,
                path.field,
                f"SELECT f._part, f._line, f.value, w.code, w.message, f.child FROM {found} f "
                f"JOIN {why} w ON w.value = f.value WHERE w.each_one",
            )
            self._find(
                plan.table.name,
                column.name,
                path.field,
                "SELECT f._part, min(f._line) AS _line, f.value, w.code, "
                "concat(w.message, ' (', count(*), ' cells)') AS message, "
                f"{_of_one('f.child')} AS child FROM {found} f "
                f"JOIN {why} w ON w.value = f.value WHERE NOT w.each_one "
                "GROUP BY f._part, f.value, w.code, w.message",
            )

    def _report_years(self, plan: _Plan, stage: str) -> None:
        """Report codes that are not of the year of the return; one finding for all alike."""
        if plan.feed.format not in _YEARLY:
            return
        years = sorted({reading.period_end.year for reading in self.readings})
        for position, (column, _, path) in enumerate(plan.columns):
            if column.kind is not Kind.CODE:
                continue
            misfits = [
                (raw, year)
                for raw in plan.cells[position].usable
                for year in years
                if not fits_year(column.codes, cells.trimmed(raw), year)
            ]
            if not misfits:
                continue
            misfit = self._fresh("intake_misfit")
            self._keep(misfit, _arrow(_MISFIT, misfits))
            self._find(
                plan.table.name,
                column.name,
                path.field,
                f"SELECT s._part, min(s._line) AS _line, s.r_{position} AS value, "
                "'code-of-another-year' AS code, "
                "concat('\"', s.r_{0}, '\" is not a code of the year ending 31 March ', y.year, "
                "'; read all the same (', count(*), ' cells)') AS message, ".format(position)
                + f"{_of_one(plan.child)} AS child FROM {stage} s "
                f"JOIN {misfit} y ON y.raw = s.r_{position} AND y.year = year(s.return_end) "
                f"GROUP BY s._part, s.r_{position}, y.year",
            )

    def _report_rejected(self, group: _Group, plan: _Plan, stage: str) -> None:
        """Report rows that give no record for want of a column it needs.

        A part that is about another table is silent where it is simply blank for this one.
        """
        earlier = "true"
        lacking = {position: f"s.c_{position} IS NULL" for position in plan.needed()}
        if either := plan.either():
            lacking[either[0]] = " AND ".join(f"s.c_{position} IS NULL" for position in either)
        for position, missing in lacking.items():
            column, _, path = plan.columns[position]
            without = group.without(path.field) if not path.on_day else []
            absent = f"s._part IN ({', '.join(map(str, without))})" if without else "false"
            says = f"(s.bad & {1 << position}) <> 0 AND NOT {cells.is_blank(f's.r_{position}')}"
            loud = f"NOT ({absent})" if plan.principal else f"({says})"
            meaning = f"{column.meaning[0].lower()}{column.meaning[1:]}"
            message = f"without it ({meaning}) the row gives no record in {plan.table.name}"
            rows = f"FROM {stage} s WHERE NOT s.met AND {missing} AND {earlier}"
            self.rejected += self._find(
                plan.table.name,
                column.name,
                path.field,
                f"SELECT s._part, s._line, s.r_{position} AS value, 'row-without-key' AS code, "
                f"{_quoted(message)} AS message, {plan.child} AS child {rows} AND {loud}",
            )
            if without and plan.principal:
                self.rejected += self._number(f"SELECT count(*) {rows} AND {absent}")
                self._find(
                    plan.table.name,
                    column.name,
                    path.field,
                    "SELECT s._part, min(s._line) AS _line, CAST(NULL AS VARCHAR) AS value, "
                    "'missing-column' AS code, concat('the column is not there; without it no row "
                    f"gives a record in {plan.table.name} (', count(*), ' rows)') AS message, "
                    f"{_of_one(plan.child)} AS child {rows} AND {absent} GROUP BY s._part",
                )
            earlier += f" AND NOT ({missing})"

    def _report_without_start(self, group: _Group, plan: _Plan, stage: str) -> None:
        """Report records kept though they lack the first of two columns, where it is blank."""
        for position in plan.either()[:1]:
            column, _, path = plan.columns[position]
            without = group.without(path.field)
            absent = f"s._part IN ({', '.join(map(str, without))})" if without else "false"
            meaning = f"{column.meaning[0].lower()}{column.meaning[1:]}"
            message = f"is not given ({meaning}); what depends on it is not known of the record"
            self._find(
                plan.table.name,
                column.name,
                path.field,
                f"SELECT s._part, s._line, s.r_{position} AS value, 'record-without-start' AS code, "
                f"{_quoted(message)} AS message, {plan.child} AS child FROM {stage} s WHERE s.met "
                f"AND {cells.is_blank(f's.r_{position}')} AND NOT ({absent})",
            )

    def _report_flag(
        self, group: _Group, plan: _Plan, flag: str, test: str, joins: dict[str, str]
    ) -> None:
        field_name = flag.removeprefix("broken_json_").removeprefix("broken_link_")
        if flag.startswith("broken_json"):
            code, message = "unreadable-json", "is not JSON that can be read; read as not given"
        else:
            table, key = pointed_at(field_name)
            code, message = "broken-link", f"points at no row of {table} ({key})"
        column = next(column for column, _, path in plan.columns if path.field == field_name)
        others = " ".join(join for name, join in joins.items() if name != "each")
        own = [path for own, _, path in plan.columns if own.name == "child_id" and path.is_plain]
        child = cells.text(f"p.{_name(own[0].field)}") if own else _NO_CHILD
        self._find(
            plan.table.name,
            column.name,
            field_name,
            f"SELECT p._part, p._line, p.{_name(field_name)} AS value, {_quoted(code)} AS code, "
            f"concat('\"', p.{_name(field_name)}, '\" {message}') AS message, {child} AS child "
            f"FROM {group.relation} p {others} WHERE {test}",
        )

    def _report_unused(self, group: _Group) -> None:
        """Rows that no table holds are counted; tables others point into are used by that."""
        targets = {pointed_at(path.field)[0] for path in _all_paths(group.format) if path.follow}
        if group.name in targets or not group.rows:
            return
        for number, part in group.parts:
            self.unused[number] = part.rows.num_rows
        self._find(
            "",
            "",
            "",
            "SELECT _part, min(_line) AS _line, CAST(NULL AS VARCHAR) AS value, "
            "'unused-part' AS code, "
            f"concat({_quoted(group.name)}, ' was read, but no table holds it (', count(*), "
            f"' rows)') AS message, {_NO_CHILD} AS child FROM {group.relation} GROUP BY _part",
        )

    def _note_absent(self, group: _Group, plan: _Plan) -> None:
        for column, _, path in plan.columns:
            for own in path.own_fields:
                for number in group.without(own):
                    part = dict(group.parts)[number]
                    self.absent.append(
                        AbsentField(
                            group.format,
                            group.name,
                            own,
                            part.source.path,
                            plan.table.name,
                            column.name,
                        )
                    )

    def _find(self, table: str, column: str, field_name: str, rows: str) -> int:
        """Add findings; `rows` gives _part, _line, value, code, message and child. Their number."""
        opening = f"{_quoted(field_name + ': ')} || " if field_name else ""
        return self._number(
            f"INSERT INTO {CELL_FINDING} SELECT w.code, m.source, m.return_end, m.path, m.file, "
            "CASE WHEN NOT m.in_workbook THEN 'line ' || w._line "
            "WHEN l.letter IS NULL THEN m.sheet || '!' || w._line "
            "ELSE m.sheet || '!' || l.letter || w._line END, "
            f"{_quoted(table)}, {_quoted(column)}, w.value, {opening}w.message, w._line, w.child "
            f"FROM ({rows}) AS w JOIN intake_part m ON m._part = w._part "
            f"LEFT JOIN intake_letter l ON l._part = w._part AND l.field = {_quoted(field_name)} "
            "ORDER BY w._part, w._line, w.value"
        )

    # -- the end ---------------------------------------------------------------------------

    def _counts(self) -> tuple[SourceCount, ...]:
        sums: dict[tuple[str, str], list[int]] = {}
        known: dict[tuple[str, str], tuple[Source, Format]] = {}
        for reading in self.readings:
            for source in reading.sources:
                key = (source.path, source.sha256)
                known.setdefault(key, (source, reading.format))
                sums.setdefault(key, [0, 0, 0])
        for group in self.groups.values():
            for number, part in group.parts:
                key = (part.source.path, part.source.sha256)
                known.setdefault(key, (part.source, part.format))
                total = sums.setdefault(key, [0, 0, 0])
                total[0] += part.rows.num_rows
                total[1] += self.lost.get(number, 0)
                total[2] += self.unused.get(number, 0)
        return tuple(
            SourceCount(source, fmt, read, read - lost - unused, lost, unused)
            for (source, fmt), (read, lost, unused) in zip(
                known.values(), (sums[key] for key in known), strict=True
            )
        )

    def _clear(self) -> None:
        for name in self.registered:
            self.connection.unregister(name)
        for name in self.temporary:
            self.connection.execute(f"DROP TABLE IF EXISTS {name}")

    # -- small change ----------------------------------------------------------------------

    def _fresh(self, stem: str) -> str:
        self.serial += 1
        return f"{stem}_{self.serial}"

    def _temporary(self, stem: str, query: str, *, exact: bool = False) -> str:
        name = stem if exact else self._fresh(stem)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
        self.temporary[name] = None
        return name

    def _keep(self, name: str, table: pa.Table) -> None:
        """Make a temporary table of a small Arrow table."""
        self.connection.register("intake_incoming", table)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM intake_incoming"
        )
        self.connection.unregister("intake_incoming")
        self.temporary[name] = None

    def _texts(self, query: str) -> list[str]:
        """The texts of a query's only column."""
        return [str(text) for (text,) in self.connection.execute(query).fetchall()]

    def _number(self, query: str) -> int:
        rows = self.connection.execute(query).fetchall()
        return int(rows[0][0]) if rows else 0


def _all_paths(file_format: Format) -> Iterable[FieldPath]:
    for table in TABLES.values():
        for feed in table.feeds:
            if feed.format is file_format:
                for notation in feed.fields.values():
                    yield parse(file_format, notation)


def _fields_used(file_format: Format, part: str) -> list[str]:
    """The fields of a part that feeds of it, or of parts that point at it, read."""
    wanted: dict[str, None] = {}
    for table in TABLES.values():
        for feed in table.feeds:
            if feed.format is not file_format:
                continue
            for notation in feed.fields.values():
                path = parse(file_format, notation)
                if feed.part == part:
                    wanted.update(dict.fromkeys(path.own_fields))
                if path.follow and pointed_at(path.field)[0] == part:
                    wanted.update({pointed_at(path.field)[1]: None, path.follow: None})
                if path.on_day and owner(path.field) == part:
                    dates = (f"{path.field}_start_date", f"{path.field}_end_date")
                    wanted.update(dict.fromkeys((_person_of(part), path.field, *dates)))
    return list(wanted)


def child_field(file_format: Format, part: str) -> str | None:
    """The field of a part that holds the child's identifier as it stands, if it has one."""
    for table in TABLES.values():
        for feed in table.feeds:
            if (feed.format, feed.part) == (file_format, part) and "child_id" in feed.fields:
                path = parse(file_format, feed.fields["child_id"])
                if path.is_plain:
                    return path.field
    return None


def _of_one(child: str) -> str:
    """SQL: the child, where all rows that a finding is made of are of one."""
    return (
        f"CASE WHEN count({child}) = count(*) AND min({child}) = max({child}) THEN min({child}) END"
    )


def _is_broken_json(cell: str) -> str:
    opens = f"regexp_matches({cell}, '^\\s*[\\[{{]')"
    return f"{cell} IS NOT NULL AND {opens} AND NOT json_valid({cell})"


def _elements(cell: str) -> str:
    """SQL: the elements of a JSON list, the keys an object says yes to, or text split at commas.

    A key with a word that is neither yes, no nor blank is kept as `key=word`, to become a finding.
    """
    word = f"lower(trim(coalesce(json_extract_string({cell}, '$.\"' || k || '\"'), '')))"
    keys = (
        f"list_transform(list_filter(json_keys({cell}), lambda k: {word} NOT IN "
        "('no', 'n', 'false', '0', 'f', '')), lambda k: CASE WHEN "
        f"{word} IN ('yes', 'y', 'true', '1', 't') THEN k ELSE k || '=' || {word} END)"
    )
    return (
        f"CASE WHEN {cell} IS NULL THEN [] "
        f"WHEN json_valid({cell}) THEN CASE json_type({cell}) "
        f"WHEN 'ARRAY' THEN json_extract_string({cell}, '$[*]') "
        f"WHEN 'OBJECT' THEN {keys} "
        f"ELSE [json_extract_string({cell}, '$')] END "
        f"WHEN regexp_matches({cell}, '^\\s*[\\[{{]') THEN [] "
        f"ELSE string_split({cell}, ',') END"
    )
