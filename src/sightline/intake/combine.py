"""Combines the returns held into one set of tables, and reports what they do not agree on.

Rows whose key stands once go straight through. For the others, table by table:

1. An exact copy of a row within a return is counted once (`duplicate-record`).
2. Rows of one return that share a key are one record if they come from different lists, and each
   column takes its value from the first list that has one (`sources-disagree` where another list
   differs). Rows of one list that share a key and differ are records of their own; except that a
   child is one child (`child-id-repeated`), and what Annex A repeats on each row of a child is one.
3. The same record in several returns of one format: the later return wins, for every column it has
   a field for (`changed-since-earlier-return` where a value became another, or blank).
4. The same record in several formats: each column's value is that of the latest return with one; on
   the same day casework comes before SSD, the census, SSDA903 and Annex A (`sources-disagree`). Where
   casework is the latest, its ends, decisions and homes stand though they are blank: nobody knows better.

Before all of this, a number that casework has merged into another is read as that other, in every return.

A record that is open in the last return that has it, and gone from a later return of the same
format, stays as it is and is reported (`open-but-gone`); so are identifiers of children that differ
only by capitals, spaces or leading noughts (`child-id-alike`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from sightline.intake.held_returns import HeldReturn, is_about, register_parts
from sightline.intake.occurrences import number_occurrences
from sightline.intake.places import Districts
from sightline.records import PLACE, TABLES, Format, Table
from sightline.records.availability import FORMAT_NAMES
from sightline.store.manifest import TableContent
from sightline.store.tables import FINDING, FINDING_COLUMNS, PARQUET, columns_of, typed_rows

PREFERENCE = (
    Format.CASEWORK,
    Format.SSD,
    Format.CIN,
    Format.SSDA903,
    Format.ANNEX_A,
    Format.DFE_API,
)
"""Which format is believed where two returns to the same day differ."""

ENDS = {
    "early_help_episode": "end_date",
    "referral": "closure_date",
    "assessment": "authorisation_date",
    "cin_plan": "end_date",
    "cp_plan": "end_date",
    "care_episode": "end_date",
    "legal_status": "end_date",
    "missing_episode": "end_date",
    "deprivation_of_liberty": "end_date",
    "allocation": "end_date",
}
"""For each kind of record that lasts, the column that is blank while it does."""

PASSING = {"team", "worker", "case_status", "postcode", "address_reference"}
"""Columns that describe the day the file was made: a different value later is no contradiction."""

BLANK_STANDS = {
    "child": {"death_date"},
    "contact": {"new_referral", "no_further_action", "advice"},
    "referral": {"closure_date", "closure_reason"},
    "assessment": {"authorisation_date", "needs_support"},
    "section_47": {"end_date", "conference_date", "conference_not_required"},
    "cin_plan": {"end_date"},
    "cp_plan": {"end_date"},
    "pre_proceedings": {"decision_date", "outcome", "court_date"},
    "missing_episode": {"end_date"},
    "allocation": {"end_date"},
}
"""Columns that casework leaves blank where there is nothing: not ended, not decided, not dead."""
_HOME = ("postcode", "address_reference")
_TOLD_OF_HOME = (
    "(postcode IS NOT NULL OR address_reference IS NOT NULL OR coalesce(home_untold, false))"
)

_PLACE = [column.name for column in PLACE]


@dataclass(frozen=True)
class Combined:
    """What combining made: each table's content (with `finding`), and sentences about districts."""

    tables: dict[str, TableContent]
    facts: tuple[str, ...]


def combine(
    connection: duckdb.DuckDBPyConnection,
    held: Sequence[HeldReturn],
    target: Path,
    *,
    paths: Mapping[str, str],
    districts: Districts,
    progress: Callable[[str], None] | None = None,
) -> Combined:
    """Write `target/<table>.parquet` for every table the returns have rows of, and `finding`.

    `paths` gives the path of each file by its short name. Rows are sorted by key, then place.
    """
    register_parts(connection, held, paths)
    columns = ", ".join(f"{column.name} {column.kind.sql}" for column in FINDING_COLUMNS)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE combining ({columns})")
    _read_merged(connection, held)
    districts.take_merged()
    made: dict[str, TableContent] = {}
    for name in TABLES:
        files = [path for each in held if (path := each.path(name))]
        if not files:
            continue
        if progress is not None:
            progress(f"Combining {name.replace('_', ' ')} records")
        combiner = _Combiner(connection, TABLES[name], files, districts)
        made[name] = combiner.run(target / f"{name}.parquet", _last_returns(held, name))
    _report_alike(connection, target, [name for name in made if _has_child(TABLES[name])])
    findings = _write_findings(connection, held, target / f"{FINDING}.parquet")
    if findings.rows:
        made[FINDING] = findings
    return Combined(made, _district_facts(connection, target, made, districts))


class _Combiner:
    """Combines one table. Works in temporary tables that the next one replaces.

    `stack` has the rows whose key stands more than once: `n` numbers them in order of return, list
    and place, `k` numbers their keys, `occ` the records under a key.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: Table,
        files: Sequence[Path],
        districts: Districts,
    ) -> None:
        self.connection = connection
        self.table = table
        self.districts = districts
        self.columns = [column.name for column in table.columns]
        self.values = [name for name in self.columns if name not in table.key]
        self.bit = {name: 1 << i for i, name in enumerate(self.columns)}
        self.lasting = [
            name
            for name in self.values
            if name not in PASSING and not name.startswith("stated_") and table.name != "worker"
        ]
        self.child = table.name == "child"
        self.has_child = _has_child(table)
        rows = typed_rows(
            columns_of(table.name, combined=False), files, _present(connection, files)
        )
        if self.has_child:
            rows = (
                "SELECT r.* REPLACE (coalesce(m.stands_for, r.child_id) AS child_id) "
                f"FROM ({rows}) AS r LEFT JOIN merged AS m ON m.number = r.child_id"
            )
        self.execute(f"CREATE OR REPLACE TEMP VIEW said AS {rows}")

    # -- the whole -------------------------------------------------------------------------

    def run(self, path: Path, last: Mapping[str, str]) -> TableContent:
        key = _names(self.table.key)
        self.execute(
            f"CREATE OR REPLACE TEMP TABLE shared AS SELECT hash({key}) AS h FROM said "
            "GROUP BY h HAVING count(*) > 1"
        )
        everything = _names([*self.columns, *_PLACE])
        if not self.number("SELECT count(*) FROM shared"):
            self.execute("CREATE OR REPLACE TEMP VIEW whole AS SELECT *, NULL AS bits FROM said")
        else:
            self.stack()
            self.merge_lists()
            self.merge_returns()
            self.merge_formats()
            self.execute(
                "CREATE OR REPLACE TEMP VIEW whole AS "
                f"SELECT {everything}, NULL AS bits FROM said "
                f"ANTI JOIN shared ON shared.h = hash({key}) "
                f"UNION ALL SELECT {everything}, bits FROM by_format"
            )
        if len(last) and self.table.name in ENDS:
            self.report_gone(last)
        if self.child:
            self.districts.place_children(
                "SELECT child_id, postcode, address_reference AS uprn FROM whole"
            )
        return self.write(path)

    def write(self, path: Path) -> TableContent:
        columns = columns_of(self.table.name)
        district, joins = "", ""
        if _has_child(self.table):
            found, joins = self.districts.lookup("w", has_team="team" in self.columns)
            if "locality" in self.columns:
                found = f"coalesce(w.locality, {found})"
            district = f", {found} AS district"
        own = ", ".join(f'w."{name}"' for name in self.columns)
        place = ", ".join(f"w.{name}" for name in _PLACE)
        order = ", ".join(f'w."{name}"' for name in [*self.table.key, *_PLACE])
        self.execute(
            f"COPY (SELECT {own}{district}, {place} FROM whole AS w {joins} ORDER BY {order}) "
            f"TO '{_escaped(str(path))}' ({PARQUET})"
        )
        return content_of(self.connection, path, [column.name for column in columns])

    # -- rows whose key stands more than once ----------------------------------------------

    def stack(self) -> None:
        """Gather the rows, drop copies, and number the records under each key."""
        columns, key = _names(self.columns, "s"), _names(self.table.key, "s")
        place = _names(_PLACE, "s")
        order = "s.source, s.return_end, coalesce(p.part_order, 0), s.file, s.sheet, s.line"
        self.execute(
            f"CREATE OR REPLACE TEMP TABLE gathered AS SELECT {columns}, {place}, "
            "coalesce(b.bits, -1) AS bits, coalesce(p.one_a_child, false) AS one_a_child, "
            f"row_number() OVER (ORDER BY {order}, {columns}) AS n "
            "FROM said AS s SEMI JOIN shared ON shared.h = hash("
            f"{key}) {_join_part('s', 'p')} LEFT JOIN stated_by AS b ON b.source = s.source "
            "AND b.return_end = s.return_end AND b.file = s.file AND b.sheet = s.sheet "
            f"AND b.table_name = '{self.table.name}'"
        )
        same = _names(["source", "return_end", "sheet", *self.columns])
        copies = self.number(
            f"SELECT count(*) FROM (SELECT 1 FROM gathered GROUP BY {same} HAVING count(*) > 1)"
        )
        first = f"min(n) OVER (PARTITION BY {same})" if copies else "n"
        self.execute(
            "CREATE OR REPLACE TEMP TABLE numbered AS SELECT *, "
            f"min(n) OVER (PARTITION BY {_names(self.table.key)}) AS k, "
            f"{first} AS first_n FROM gathered"
        )
        if self.child:
            self.report_repeated_children()
        else:
            self.report_copies()
        repeating = [f.value for f in Format if self.repeats(f.value)]
        among = "PARTITION BY source, return_end, file, sheet, k ORDER BY n"
        occ = f"row_number() OVER ({among})"
        if self.child:
            occ = "1"
        elif repeating:
            occ = f"CASE WHEN source IN ({', '.join(map(repr, repeating))}) THEN 1 ELSE {occ} END"
        self.execute(
            f"CREATE OR REPLACE TEMP TABLE stack AS SELECT * EXCLUDE (first_n), {occ} AS occ "
            "FROM numbered WHERE n = first_n"
        )
        self.match_occurrences()

    def repeats(self, file_format: str) -> bool:
        """Whether the format repeats such a record on each row of a child."""
        return file_format == Format.ANNEX_A.value and not is_about(file_format, self.table.name)

    def match_occurrences(self) -> None:
        """Where a key stands more than once in one list, and in another too, tell which is which."""
        rows = self.rows(
            "SELECT n, k, dense_rank() OVER (ORDER BY return_end, source, file, sheet) AS list, "
            f"{_names(self.values) or 'NULL'} FROM stack WHERE k IN (SELECT k FROM stack GROUP BY k "
            "HAVING max(occ) > 1 AND count(DISTINCT (source, return_end, file, sheet)) > 1) "
            "ORDER BY k, list, n"
        )
        if not rows:
            return
        numbered = number_occurrences((n, k, unit, tuple(values)) for n, k, unit, *values in rows)
        self.connection.register(
            "incoming",
            pa.table(
                {
                    "n": pa.array([n for n, _ in numbered], pa.int64()),
                    "occ": pa.array([occ for _, occ in numbered], pa.int64()),
                }
            ),
        )
        self.execute("UPDATE stack SET occ = incoming.occ FROM incoming WHERE incoming.n = stack.n")
        self.connection.unregister("incoming")

    def merge_lists(self) -> None:
        """Within each return, one row a record; a column's value is the first list's that has one."""
        values = "".join(f', arg_min("{v}", n) AS "{v}"' for v in self.values)
        keys = "".join(f', any_value("{c}") AS "{c}"' for c in self.table.key)
        place = "".join(f", arg_min({c}, n) AS {c}" for c in ("file", "sheet", "line"))
        self.execute(
            "CREATE OR REPLACE TEMP TABLE by_return AS SELECT source, return_end, k, occ, "
            f"min(n) AS n, bit_or(bits) AS bits{keys}{values}{place} FROM stack "
            "GROUP BY source, return_end, k, occ"
        )
        again = (
            " AND NOT (o.one_a_child AND o.n <> (SELECT min(f.n) FROM stack AS f "
            "WHERE f.k = o.k AND f.source = o.source AND f.return_end = o.return_end "
            "AND f.file = o.file AND f.sheet = o.sheet))"
            if self.child
            else ""
        )
        self.report_conflicts(
            "FROM stack AS o JOIN by_return AS w ON w.k = o.k AND w.occ = o.occ "
            f"AND w.source = o.source AND w.return_end = o.return_end AND w.n <> o.n{again}",
            "stack",
            "s.source = c.source AND s.return_end = c.return_end",
            "",
        )

    def merge_returns(self) -> None:
        """Within each format, one row a record; the later return wins in what it has a field for."""
        values = "".join(
            f', arg_max_null("{v}", return_end) FILTER (WHERE bits & {self.bit[v]} <> 0) AS "{v}"'
            for v in self.values
        )
        keys = "".join(f', any_value("{c}") AS "{c}"' for c in self.table.key)
        place = "".join(f", arg_max({c}, return_end) AS {c}" for c in ("file", "sheet", "line"))
        self.execute(
            "CREATE OR REPLACE TEMP TABLE by_source AS SELECT source, k, occ, "
            f"max(return_end) AS return_end, arg_max(n, return_end) AS n, bit_or(bits) AS bits"
            f"{keys}{values}{place} FROM by_return GROUP BY source, k, occ"
        )
        self.report_changes()

    def merge_formats(self) -> None:
        """One row a record; a column's value is that of the latest return that has one."""
        ranks = " ".join(
            f"WHEN '{name.value}' THEN {len(PREFERENCE) - i}" for i, name in enumerate(PREFERENCE)
        )
        rank = f"((return_end - DATE '1900-01-01') * 8 + CASE source {ranks} ELSE 0 END)"
        values = "".join(f', {self.latest(v)} AS "{v}"' for v in self.values)
        keys = "".join(f', any_value("{c}") AS "{c}"' for c in self.table.key)
        place = "".join(f", arg_max({c}, rank) AS {c}" for c in _PLACE)
        self.execute(
            "CREATE OR REPLACE TEMP TABLE by_format AS SELECT k, occ, arg_max(n, rank) AS n, "
            f"bit_or(bits) AS bits{keys}{values}{place} FROM (SELECT *, {rank} AS rank "
            "FROM by_source) GROUP BY k, occ"
        )
        names = " ".join(
            f"WHEN '{key}' THEN '{_escaped(name)}'" for key, name in FORMAT_NAMES.items()
        )
        self.report_conflicts(
            "FROM by_source AS o JOIN by_format AS w ON w.k = o.k AND w.occ = o.occ AND w.n <> o.n",
            "by_source",
            "true",
            f"concat(' in ', CASE s.source {names} ELSE s.source END, ' to ', s.return_end, ' at ')",
        )

    def latest(self, column: str) -> str:
        """SQL for the value of the latest format that has one, or, where it may, for a blank of casework."""
        stands = f"arg_max(source, rank) = '{Format.CASEWORK}'"
        if column in BLANK_STANDS.get(self.table.name, ()):
            stands += f" AND arg_max(bits, rank) & {self.bit[column]} <> 0"
        elif self.child and column in _HOME:
            stands += f" AND arg_max({_TOLD_OF_HOME}, rank)"
        else:
            return f'arg_max("{column}", rank)'
        return (
            f'CASE WHEN {stands} THEN arg_max_null("{column}", rank) '
            f'ELSE arg_max("{column}", rank) END'
        )

    # -- what is reported ------------------------------------------------------------------

    def report_copies(self) -> None:
        sources = [f.value for f in Format if is_about(f.value, self.table.name)]
        if not sources:
            return
        self.find(
            "SELECT 'duplicate-record' AS code, c.source, c.return_end, c.file, c.sheet, c.line, "
            "NULL AS column_name, NULL AS value, concat('an exact copy of the record at ', "
            f"{_where('f', 'q', 'c')}, '; counted once') AS message, {self.child_of('c')} "
            "FROM numbered AS c JOIN numbered AS f ON f.n = c.first_n "
            f"{_join_part('f', 'q')} WHERE c.n <> c.first_n "
            f"AND c.source IN ({', '.join(map(repr, sources))})"
        )

    def report_repeated_children(self) -> None:
        differing = ", ".join(
            f'CASE WHEN c."{v}" <> f."{v}" THEN \'{_words(v)}\' END' for v in self.lasting
        )
        self.find(
            "SELECT 'child-id-repeated' AS code, c.source, c.return_end, c.file, c.sheet, c.line, "
            "'child_id' AS column_name, c.child_id AS value, concat('the identifier ', c.child_id, "
            f"' also stands at ', {_where('f', 'q', 'c')}, '; what stands under one identifier is "
            "one child', CASE WHEN c.differs <> '' THEN concat('. They differ in ', c.differs, "
            "', of which the first was kept') END) AS message, c.child_id FROM ("
            f"SELECT c.*, f.n AS f_n, concat_ws(', ', {differing}) AS differs FROM ("
            "SELECT *, min(n) OVER (PARTITION BY source, return_end, file, sheet, k) AS head "
            "FROM numbered WHERE one_a_child) AS c JOIN numbered AS f ON f.n = c.head "
            f"WHERE c.n <> c.head) AS c JOIN numbered AS f ON f.n = c.f_n {_join_part('f', 'q')}"
        )

    def report_conflicts(self, pairs: str, rows: str, within: str, which: str) -> None:
        """Report values overruled by another; `pairs` joins the overruled `o` and the kept `w`.

        `rows` is the table that holds the row with the kept value, found by `within`.
        """
        if not self.lasting:
            return
        mask = " + ".join(
            f'CASE WHEN o."{v}" IS NOT NULL AND o."{v}" IS DISTINCT FROM w."{v}" '
            f"THEN {self.bit[v]} ELSE 0 END"
            for v in self.lasting
        )
        self.execute(
            "CREATE OR REPLACE TEMP TABLE conflict AS SELECT * FROM (SELECT o.k, o.occ, o.n, "
            f"{_names(_PLACE, 'o')}, {self.child_of('o')}, {mask} AS mask, "
            + ", ".join(f'o."{v}" AS "o_{v}", w."{v}" AS "w_{v}"' for v in self.lasting)
            + f" {pairs}) WHERE mask <> 0"
        )
        for column in self.differing("conflict"):
            name = _words(column)
            self.execute(
                "CREATE OR REPLACE TEMP TABLE overruled AS SELECT * FROM conflict AS c "
                f"WHERE mask & {self.bit[column]} <> 0 QUALIFY row_number() OVER (PARTITION BY "
                f'k, occ, source, return_end, "o_{column}" ORDER BY n) = 1'
            )
            stated = which or "' at '"
            self.find(
                "SELECT 'sources-disagree' AS code, c.source, c.return_end, c.file, c.sheet, "
                f"c.line, '{column}' AS column_name, CAST(c.\"o_{column}\" AS VARCHAR) AS value, "
                f"concat('{name}: ', c.\"o_{column}\", ' here, but ', "
                f"coalesce(CAST(c.\"w_{column}\" AS VARCHAR), 'blank'), {stated}, "
                f"{_where('s', 'q', 'c')}, ', which was used') AS message, c.child_id "
                f"FROM overruled AS c JOIN {rows} AS s ON s.k = c.k AND s.occ = c.occ AND {within} "
                f'AND s."{column}" IS NOT DISTINCT FROM c."w_{column}" {_join_part("s", "q")} '
                "QUALIFY row_number() OVER (PARTITION BY c.n ORDER BY "
                f"c.\"w_{column}\" IS NULL AND s.source <> '{Format.CASEWORK}', s.n) = 1"
            )

    def report_changes(self) -> None:
        if not self.lasting:
            return
        mask = " + ".join(
            f'CASE WHEN a.bits & b.bits & {self.bit[v]} <> 0 AND a."{v}" IS NOT NULL '
            f'AND b."{v}" IS DISTINCT FROM a."{v}" THEN {self.bit[v]} ELSE 0 END'
            for v in self.lasting
        )
        self.execute(
            "CREATE OR REPLACE TEMP TABLE conflict AS WITH ordered AS (SELECT *, row_number() OVER "
            "(PARTITION BY source, k, occ ORDER BY return_end) AS seq FROM by_return) "
            f"SELECT * FROM (SELECT {_names(_PLACE, 'b')}, {self.child_of('b')}, "
            f"a.return_end AS before, {mask} AS mask, "
            + ", ".join(f'a."{v}" AS "o_{v}", b."{v}" AS "w_{v}"' for v in self.lasting)
            + " FROM ordered AS a JOIN ordered AS b ON b.source = a.source AND b.k = a.k "
            "AND b.occ = a.occ AND b.seq = a.seq + 1) WHERE mask <> 0"
        )
        for column in self.differing("conflict"):
            self.find(
                "SELECT 'changed-since-earlier-return' AS code, c.source, c.return_end, c.file, "
                f"c.sheet, c.line, '{column}' AS column_name, "
                f"CAST(c.\"w_{column}\" AS VARCHAR) AS value, concat('{_words(column)}: ', "
                f"coalesce(CAST(c.\"w_{column}\" AS VARCHAR), 'blank'), ' here, but ', "
                f"c.\"o_{column}\", ' in the return to ', c.before, '; the later return was used') "
                f"AS message, c.child_id FROM conflict AS c WHERE mask & {self.bit[column]} <> 0"
            )

    def differing(self, table: str) -> list[str]:
        mask = self.number(f"SELECT coalesce(bit_or(mask), 0) FROM {table}")
        return [column for column in self.lasting if mask & self.bit[column]]

    def report_gone(self, last: Mapping[str, str]) -> None:
        """Report records still open in the last return that has them, when later ones do not."""
        end = ENDS[self.table.name]
        later = " ".join(f"WHEN '{source}' THEN DATE '{day}'" for source, day in last.items())
        active = (
            "AND w.no_further_action IS NOT TRUE" if "no_further_action" in self.columns else ""
        )
        if self.table.name == "care_episode":
            # A child has one placement at a time: a later one ends this one. Annex A has no more.
            active += (
                " AND NOT EXISTS (SELECT 1 FROM whole AS n WHERE n.child_id = w.child_id "
                "AND n.start_date > w.start_date)"
            )
        self.find(
            "SELECT 'open-but-gone' AS code, w.source, w.return_end, w.file, w.sheet, w.line, "
            f"'{end}' AS column_name, NULL AS value, concat('open in this return, but not in the "
            "one to ', w.last, '; without an end it counts as open still') AS message, "
            f"{self.child_of('w')} FROM (SELECT *, CASE source {later} END AS last FROM whole) AS w "
            "LEFT JOIN stated_by AS b ON b.source = w.source AND b.return_end = w.return_end "
            "AND b.file = w.file AND b.sheet = w.sheet "
            f"AND b.table_name = '{self.table.name}' WHERE w.\"{end}\" IS NULL {active} "
            f"AND w.return_end < w.last AND coalesce(w.bits, b.bits, -1) & {self.bit[end]} <> 0"
        )

    def find(self, rows: str) -> None:
        """Add findings; `rows` gives code, the place, column_name, value, message and child_id."""
        _find(self.connection, self.table.name, rows)

    # -- small change ----------------------------------------------------------------------

    def child_of(self, row: str) -> str:
        """SQL for the child that a row is about, as `child_id`."""
        return f"{row}.child_id" if self.has_child else "CAST(NULL AS VARCHAR) AS child_id"

    def execute(self, query: str) -> None:
        self.connection.execute(query)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def number(self, query: str) -> int:
        return _number(self.connection, query)


def _read_merged(connection: duckdb.DuckDBPyConnection, held: Sequence[HeldReturn]) -> None:
    """Make the table `merged`: which number casework has merged into which."""
    files = [path for each in held if (path := each.path("merged_number"))]
    columns = columns_of("merged_number", combined=False)
    rows = typed_rows(columns, files, _present(connection, files))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE merged AS {rows}")


def content_of(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[str]
) -> TableContent:
    """Count and hash the rows of a file. The hash is of the values, whatever order they stand in."""
    texts = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), chr(1))' for name in columns)
    rows, low, high = connection.execute(
        "SELECT count(*), sum(CAST(h >> 64 AS HUGEINT)), "
        f"sum(CAST(h & {2**64 - 1} AS HUGEINT)) FROM (SELECT md5_number(concat_ws(chr(2), {texts})) "
        f"AS h FROM read_parquet('{_escaped(str(path))}'))"
    ).fetchall()[0]
    digest = sha256(f"{','.join(columns)}:{rows}:{low}:{high}".encode()).hexdigest()
    return TableContent(rows, digest, tuple(columns))


def _last_returns(held: Sequence[HeldReturn], table: str) -> dict[str, str]:
    """The last day of the latest return of each format with rows of a table, if it has several.

    The daily API sends changes only, so that a record it leaves out is not gone.
    """
    days: dict[str, list[str]] = {}
    for each in held:
        if each.about.tables.get(table) and each.about.format != Format.DFE_API.value:
            days.setdefault(each.about.format, []).append(str(each.about.period_end))
    return {name: max(each) for name, each in days.items() if len(each) > 1}


def _report_alike(
    connection: duckdb.DuckDBPyConnection, target: Path, tables: Sequence[str]
) -> None:
    if not tables:
        return
    files = [f"read_parquet('{_escaped(str(target / name))}.parquet')" for name in tables]
    ids = " UNION ".join(f"SELECT child_id FROM {file}" for file in files)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE alike AS SELECT * FROM (SELECT child_id, min(child_id) OVER "
        "(PARTITION BY ltrim(lower(regexp_replace(child_id, '\\s', '', 'g')), '0')) AS first_id "
        f"FROM ({ids})) WHERE child_id <> first_id"
    )
    if not _number(connection, "SELECT count(*) FROM alike"):
        return
    place = "{" + ", ".join(f"'{name}': {name}" for name in _PLACE) + "}"
    places = " UNION ALL ".join(f"SELECT child_id, {place} AS place FROM {file}" for file in files)
    _find(
        connection,
        "child",
        "SELECT 'child-id-alike' AS code, a.place.source AS source, "
        "a.place.return_end AS return_end, a.place.file AS file, a.place.sheet AS sheet, "
        "a.place.line AS line, 'child_id' AS column_name, a.child_id AS value, "
        "concat('the identifiers \"', first_id, '\" and \"', a.child_id, '\" differ only in "
        "capitals, spaces or leading noughts; they were read as two children') AS message, "
        "a.child_id "
        "FROM (SELECT child_id, any_value(first_id) AS first_id, min(place) AS place "
        f"FROM ({places}) JOIN alike USING (child_id) GROUP BY child_id) AS a",
    )


def _write_findings(
    connection: duckdb.DuckDBPyConnection, held: Sequence[HeldReturn], path: Path
) -> TableContent:
    names = [column.name for column in FINDING_COLUMNS]
    files = [file for each in held if (file := each.folder / "findings.parquet").exists()]
    order = (
        "format, return_end, file, file_key, line, place, table_name, column_name, code, message"
    )
    # Returns carried over may have been written before a column was thought of.
    held_rows = typed_rows(FINDING_COLUMNS, files, _present(connection, files))
    rows = f"{held_rows} UNION ALL SELECT {_names(names)} FROM combining"
    connection.execute(
        f"COPY (SELECT * FROM ({rows}) ORDER BY {order}) TO '{_escaped(str(path))}' ({PARQUET})"
    )
    return content_of(connection, path, names)


def _present(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> list[str]:
    """The columns that any of the files has."""
    if not files:
        return []
    listed = ", ".join(f"'{_escaped(str(file))}'" for file in files)
    described = f"DESCRIBE FROM read_parquet([{listed}], union_by_name = true)"
    return [str(row[0]) for row in connection.execute(described).fetchall()]


def _district_facts(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    made: Mapping[str, TableContent],
    districts: Districts,
) -> tuple[str, ...]:
    if not districts.known or "child" not in made:
        return ()
    facts = []
    path = _escaped(str(target / "child.parquet"))
    children = made["child"].rows
    placed = _number(connection, f"SELECT count(district) FROM read_parquet('{path}')")
    facts.append(f"The district of {placed:,} of {children:,} children is known.")
    with_team = [n for n in made if n in TABLES and "team" in {c.name for c in TABLES[n].columns}]
    if with_team:
        teams = " UNION ".join(
            f"SELECT team FROM read_parquet('{_escaped(str(target / name))}.parquet') "
            "WHERE team IS NOT NULL"
            for name in with_team
        )
        missing = [
            str(team)
            for (team,) in connection.execute(
                f"SELECT min(team) FROM ({teams}) WHERE "
                "lower(trim(regexp_replace(team, '\\s+', ' ', 'g'))) NOT IN "
                "(SELECT place FROM place_of WHERE kind = 'team') "
                "GROUP BY lower(trim(regexp_replace(team, '\\s+', ' ', 'g'))) ORDER BY 1"
            ).fetchall()
        ]
        if missing:
            shown = ", ".join(missing[:10]) + (", ..." if len(missing) > 10 else "")
            facts.append(f"Teams that the list of places does not have ({len(missing)}): {shown}.")
    return tuple(facts)


def _find(connection: duckdb.DuckDBPyConnection, table: str, rows: str) -> None:
    connection.execute(
        "INSERT INTO combining SELECT r.code, r.source, r.return_end, coalesce(p.path, r.file), "
        f"r.file, concat(coalesce(p.opening, 'line '), r.line), '{table}', "
        f"coalesce(r.column_name, ''), r.value, r.message, r.line, r.child_id FROM ({rows}) AS r "
        + _join_part("r", "p")
    )


def _join_part(row: str, part: str) -> str:
    same = " AND ".join(
        f"{part}.{name} = {row}.{name}" for name in ("source", "return_end", "file", "sheet")
    )
    return f"LEFT JOIN part_of AS {part} ON {same}"


def _where(row: str, part: str, here: str) -> str:
    """SQL: where a row stands, with its file's path if that is another than the row `here` is in."""
    place = f"concat(coalesce({part}.opening, 'line '), {row}.line)"
    return (
        f"CASE WHEN {row}.file = {here}.file THEN {place} "
        f"ELSE concat(coalesce({part}.path, {row}.file), ' ', {place}) END"
    )


def _names(names: Sequence[str], alias: str = "") -> str:
    return ", ".join(f'{alias}."{name}"' if alias else f'"{name}"' for name in names)


def _words(column: str) -> str:
    return column.replace("_", " ")


def _escaped(text: str) -> str:
    return text.replace("'", "''")


def _has_child(table: Table) -> bool:
    return any(column.name == "child_id" for column in table.columns)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
