"""The Standard Safeguarding Dataset, a CSV file a table, written from a snapshot's combined records.

Every record held is in it, whatever its date. Tables point at one another by keys, which records do not
have, so that they are numbered here; a record that points at one that is not held loses that, and is
listed. A table that no return loaded speaks of is left out, as an empty one would say that there is
nothing to tell.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from sightline.export.annex_a import latest_day
from sightline.export.holding import feeds_of
from sightline.export.outcome import (
    Deviations,
    Exported,
    ExportError,
    Kind,
    check_target,
    list_beside,
    partial_of,
)
from sightline.export.ssd_words import (
    ADDRESS_KEYS,
    CONTACT_OUTCOMES,
    FORMER_UPN,
    UNACCOMPANIED,
    UPN,
    keyed,
)
from sightline.export.tables import Cell, write_csv, yes_no
from sightline.intake.field_paths import FieldPath, parse, pointed_at
from sightline.intake.mapping import principal_table
from sightline.intake.ssd import layouts, used_tables
from sightline.records import PLACE, TABLES, Format
from sightline.records.codes import codes
from sightline.store.files import flush_tree, named
from sightline.store.snapshots import Snapshot

BATCH = 5000
"""Children held at a time."""
_AT_A_TIME = 10_000
_PLACE = [column.name for column in PLACE]
_WITH_TEAM = (
    *("referral", "assessment", "cin_plan", "section_47", "conference"),
    *("care_leaver", "allocation"),
)
"""Record tables whose team is written, by its key in the table of departments."""
_LABELLED = ("health_check_type", "eligibility")
"""Lists whose codes are ours, so that words are written."""
Progress = Callable[[str], None]


def export_ssd(
    snapshot: Snapshot,
    folder: Path,
    *,
    listed: Path | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the tables into a new folder, or in place of an earlier export.

    `listed` is the list of places at which the files are not as the records are; without, it lies
    beside the folder. The same snapshot gives the same files. `ExportError` if the folder holds
    anything else, or there is nothing to write.
    """
    done = Exported(folder, Format.SSD.value, latest_day(snapshot))
    tell = progress or (lambda _: None)
    listed = listed or list_beside(folder)
    check_target(folder, listed)
    _check_replaceable(folder)
    partial = partial_of(folder)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        with (
            named(folder, partial),
            Deviations(listed, snapshot) as deviations,
            snapshot.connect() as connection,
        ):
            extract = _Extract(connection, deviations)
            parts = [layout for layout in layouts() if layout.part in used_tables()]
            counts = dict.fromkeys((layout.part for layout in parts), 0)
            for _ in extract.batches(tell):
                for layout in parts:
                    path = partial / f"{layout.part}.csv"
                    rows = extract.rows(layout.part, layout.columns)
                    counts[layout.part] += _write(path, layout.columns, rows)
                extract.report_links()
            for part, count in counts.items():
                if count or _is_known_empty(snapshot, part):
                    done.rows[part] = count
                else:
                    (partial / f"{part}.csv").unlink(missing_ok=True)
            if not any(done.rows.values()):
                raise ExportError(
                    "Nothing loaded can be held by the Standard Safeguarding Dataset."
                )
            done.children = extract.children
            done.facts += extract.facts()
            _swap_in(partial, folder)
            deviations.finish(done)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return done


def _write(path: Path, columns: Sequence[str], rows: Iterator[Sequence[Cell]]) -> int:
    count = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    write_csv(path, columns, counted(), date.isoformat, add=path.exists())
    return count


def _is_known_empty(snapshot: Snapshot, part: str) -> bool:
    """Whether a return held could have said something for a table, and did not."""
    returns = snapshot.manifest.returns
    if any(
        each.format == Format.SSD and any(p.name == part for p in each.parts) for each in returns
    ):
        return True
    table = principal_table(Format.SSD, part)
    return table in snapshot.coverage() and table not in (None, "child", "visit")


def _check_replaceable(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError(f"{folder}: is a file; name a folder for the tables.")
    own = {f"{layout.part}.csv" for layout in layouts()}
    others = sorted(each.name for each in folder.iterdir() if each.name not in own)
    if others:
        raise ExportError(
            f"{folder}: holds other things than an earlier export ({others[0]}); name a new folder."
        )


def _swap_in(partial: Path, folder: Path) -> None:
    """Put the new folder where the old one was, which is there until the new one is whole."""
    flush_tree(partial)
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True)
class _Source:
    """Where a table's rows come from: SQL of records as `r`, joins, and columns that are not plain."""

    rows: str
    cells: dict[str, str]
    joins: str = ""
    where: str = "true"


@dataclass(frozen=True)
class _Link:
    """A pointer of a record table to another: who has it, and the day that tells the other."""

    table: str
    day: str
    keys: str
    what: str


LINKS = (
    _Link("assessment", "referral_date", "referral_key", "its referral"),
    _Link("cin_plan", "referral_date", "referral_key", "its referral"),
    _Link("section_47", "referral_date", "referral_key", "its referral"),
    _Link("conference", "referral_date", "referral_key", "its referral"),
    _Link("cp_plan", "referral_date", "referral_key", "its referral"),
    _Link("conference", "section_47_start", "section_47_key", "its enquiry"),
    _Link("cp_review", "plan_start", "cp_plan_key", "its plan"),
)
"""Pointers that a record keeps its row without, if what they point at is not held."""


class _Extract:
    def __init__(self, connection: duckdb.DuckDBPyConnection, deviations: Deviations) -> None:
        self.connection = connection
        self.deviations = deviations
        self.children = 0
        self.batch = 0
        self.earlier: Counter[str] = Counter()
        self.make_teams()

    def batches(self, tell: Progress) -> Iterator[None]:
        """Hold a number of children at a time, so that memory does not grow with the authority.

        Views of the same names are put before the snapshot's, with the records of these children. Keys
        begin with the number of the batch.
        """
        tables = [name for name, table in TABLES.items() if "child_id" in table.key]
        union = " UNION ".join(f"SELECT child_id FROM {name}" for name in tables)
        ids = [
            str(name)
            for (name,) in self.connection.execute(f"{union} ORDER BY child_id").fetchall()
        ]
        for place in range(0, max(len(ids), 1), BATCH):
            self.batch += 1
            some = ids[place : place + BATCH] or [""]
            tell(f"Writing children {place + 1:,} to {place + len(some):,}")
            low, high = (each.replace("'", "''") for each in (some[0], some[-1]))
            for name in tables:
                self.connection.execute(
                    f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM memory.main.{name} "
                    f"WHERE child_id BETWEEN '{low}' AND '{high}'"
                )
            for table, day in (
                *(("referral", "referral_date"), ("assessment", "start_date")),
                *(("section_47", "start_date"), ("cp_plan", "start_date")),
                ("conference", "conference_date"),
            ):
                self.number(table, day)
            self.make_care()
            self.count_what_is_left()
            yield

    # -- keys ----------------------------------------------------------------------------------

    def number(self, table: str, day: str) -> None:
        """Make `TABLE_row`, with a key for each record, and `TABLE_key`, the first of a child's day."""
        order = f"child_id, {day}, {', '.join(_PLACE)}"
        letter = {"referral": "R", "assessment": "A", "section_47": "S", "cp_plan": "P"}
        self.make(
            f"{table}_row",
            f"SELECT *, '{letter.get(table, 'C')}{self.batch}-' || row_number() OVER (ORDER BY {order}) "
            "AS key, "
            f"row_number() OVER (ORDER BY {order}) AS n FROM {table}",
        )
        self.make(
            f"{table}_key",
            f"SELECT child_id, {day} AS day, arg_min(key, n) AS key FROM {table}_row "
            f"WHERE {day} IS NOT NULL GROUP BY child_id, {day}",
        )

    def make_teams(self) -> None:
        names = " UNION ".join(
            f"SELECT team FROM {table} WHERE team IS NOT NULL" for table in _WITH_TEAM
        )
        self.make(
            "team_key",
            "SELECT team, 'T' || row_number() OVER (ORDER BY team) AS key, "
            f"row_number() OVER (ORDER BY team) AS n FROM ({names})",
        )

    def make_care(self) -> None:
        """Make `care_row`, with the period each episode is of, and the statuses to be written."""
        order = f"child_id, start_date, {', '.join(_PLACE)}"
        period = (
            "coalesce(entered_care_date, max(CASE WHEN start_reason = 'S' THEN start_date END) "
            "OVER (PARTITION BY child_id ORDER BY start_date, end_date NULLS LAST))"
        )
        self.make(
            "care_row",
            f"SELECT *, 'L{self.batch}-' || dense_rank() "
            "OVER (ORDER BY child_id, entered NULLS FIRST) AS care, "
            f"row_number() OVER (ORDER BY {order}) AS n FROM "
            f"(SELECT *, {period} AS entered FROM care_episode)",
        )
        self.make(
            "care_key",
            "SELECT child_id, care AS key, min(start_date) AS begun, "
            "lead(min(start_date)) OVER (PARTITION BY child_id ORDER BY min(start_date), care) "
            "AS until, row_number() OVER (PARTITION BY child_id ORDER BY min(start_date), care) "
            "AS place FROM care_row GROUP BY child_id, care",
        )
        # A status is told by the stretch it was in force. Where the statuses recorded of a child do
        # not explain one of its episodes, all its episodes get their own, which begin later and so win.
        own = f"return_end, line, {', '.join(_PLACE)}"
        self.make(
            "status_row",
            f"SELECT *, row_number() OVER (ORDER BY child_id, start_date, {own}) AS n "
            "FROM legal_status",
        )
        self.make(
            "unexplained",
            "WITH in_force AS (SELECT r.n, arg_max(s.legal_status, (s.start_date, s.n)) AS status "
            "FROM care_row AS r JOIN status_row AS s ON s.child_id = r.child_id "
            "AND s.start_date <= r.start_date "
            "AND (s.end_date IS NULL OR s.end_date >= r.start_date) GROUP BY r.n) "
            "SELECT * FROM care_row WHERE legal_status IS NOT NULL AND child_id IN ("
            "SELECT r.child_id FROM care_row AS r LEFT JOIN in_force AS f ON f.n = r.n "
            "WHERE r.legal_status IS NOT NULL AND f.status IS DISTINCT FROM r.legal_status)",
        )
        by_child = "PARTITION BY child_id ORDER BY start_date, n"
        self.make(
            "status_written",
            f"SELECT child_id, legal_status, start_date, end_date, n, {', '.join(_PLACE)} "
            "FROM status_row UNION ALL BY NAME "
            "SELECT child_id, legal_status, min(start_date) AS start_date, CASE WHEN "
            "bool_or(end_date IS NULL) THEN NULL "
            "ELSE greatest(max(end_date), max(start_date)) END AS end_date, "
            "(SELECT count(*) FROM status_row) + min(n) AS n, arg_min(source, n) AS source, "
            "arg_min(return_end, n) AS return_end, arg_min(file, n) AS file, "
            "arg_min(sheet, n) AS sheet, arg_min(line, n) AS line FROM (SELECT *, "
            f"sum(CASE WHEN same THEN 0 ELSE 1 END) OVER ({by_child}) AS run FROM (SELECT *, "
            f"coalesce(legal_status = lag(legal_status) OVER ({by_child}) "
            f"AND start_date <= lag(end_date) OVER ({by_child}), false) AS same "
            "FROM unexplained)) GROUP BY child_id, legal_status, run",
        )

    # -- tables --------------------------------------------------------------------------------

    def rows(self, part: str, columns: Sequence[str]) -> Iterator[Sequence[Cell]]:
        """Give a table's rows, in order of child and day."""
        source = self.source(part)
        taken = ", ".join(f"{source.cells.get(name, 'NULL')} AS {name}" for name in columns)
        cursor = self.connection.execute(
            f"SELECT {taken} FROM {source.rows} AS r {source.joins} WHERE {source.where} ORDER BY r.n"
        )
        write = [_writer(part, name) for name in columns]
        while rows := cursor.fetchmany(_AT_A_TIME):
            for row in rows:
                yield [
                    None if value is None else make(value)
                    for make, value in zip(write, row, strict=True)
                ]

    def source(self, part: str) -> _Source:
        special = getattr(self, part, None)
        return special() if special is not None else self.plain(part)

    def plain(
        self,
        part: str,
        *,
        rows: str = "",
        where: str = "true",
        more: dict[str, str] | None = None,
        joins: str = "",
        key: str = "",
    ) -> _Source:
        """The rows of the table a part is about, with what stands in it as it is, and links.

        `key` is the column that numbers the rows, where the part has one and nothing points at it.
        """
        table = principal_table(Format.SSD, part) or ""
        cells: dict[str, str] = {}
        links = joins
        for feed in feeds_of(Format.SSD, part, table):
            for column, notation in feed.fields.items():
                path = parse(Format.SSD, notation)
                if path.is_plain:
                    cells[path.field] = f'r."{column}"'
                elif path.follow and pointed_at(path.field)[0] == "ssd_department":
                    links += " LEFT JOIN team_key AS team ON team.team = r.team"
                    cells[path.field] = "team.key"
                else:
                    links += self.link(path, table, column)
                    cells[path.field] = f"{path.field}.key"
        if key:
            cells[key] = self.numbered(part)
        return _Source(rows or self.ordered(table), cells | (more or {}), links, where)

    def numbered(self, part: str) -> str:
        """SQL: a key of its own for each row of a table."""
        return f"'{part.removeprefix('ssd_')}-{self.batch}-' || r.n"

    def link(self, path: FieldPath, table: str, column: str) -> str:
        """SQL: join the key of what a record points at by the day of it."""
        found = next((e for e in LINKS if (e.table, e.day) == (table, column)), None)
        if found is None:
            return ""
        return (
            f" LEFT JOIN {found.keys} AS {path.field} ON {path.field}.child_id = r.child_id "
            f"AND {path.field}.day = r.{column}"
        )

    def ordered(self, table: str) -> str:
        """SQL: a table's records, numbered in order of key and place."""
        if table in ("referral", "assessment", "section_47", "cp_plan", "conference"):
            return f"{table}_row"
        key = ", ".join(f'"{name}"' for name in TABLES[table].key)
        return (
            f"(SELECT *, row_number() OVER (ORDER BY {key}, {', '.join(_PLACE)}) AS n FROM {table})"
        )

    def ssd_person(self) -> _Source:
        return self.plain("ssd_person")

    def ssd_mother(self) -> _Source:
        return _Source(
            self.ordered("child"),
            {
                "moth_table_id": self.numbered("ssd_mother"),
                "moth_person_id": "r.child_id",
                "moth_childs_dob": "r.own_child_birth_date",
            },
            where="r.own_child_birth_date IS NOT NULL",
        )

    def ssd_address(self) -> _Source:
        return _Source(
            self.ordered("child"),
            {
                "addr_table_id": self.numbered("ssd_address"),
                "addr_address_json": "r.address_reference",
                "addr_person_id": "r.child_id",
                "addr_address_type": "'Home'",
                "addr_address_postcode": "r.postcode",
            },
            where="r.postcode IS NOT NULL OR r.address_reference IS NOT NULL",
        )

    def ssd_immigration_status(self) -> _Source:
        return _Source(
            self.ordered("child"),
            {
                "immi_person_id": "r.child_id",
                "immi_immigration_status_id": self.numbered("ssd_immigration_status"),
                "immi_immigration_status": f"CASE WHEN r.uasc THEN '{UNACCOMPANIED}' END",
                "immi_immigration_status_end_date": "r.uasc_end_date",
            },
            where="r.uasc OR r.uasc_end_date IS NOT NULL",
        )

    def ssd_linked_identifiers(self) -> _Source:
        each = (
            "SELECT child_id, '{0}' AS kind, {1} AS value, {2} AS place FROM child "
            "WHERE {1} IS NOT NULL"
        )
        both = " UNION ALL ".join(
            (each.format(UPN, "upn", 1), each.format(FORMER_UPN, "former_upn", 2))
        )
        return _Source(
            f"(SELECT *, row_number() OVER (ORDER BY child_id, place) AS n FROM ({both}))",
            {
                "link_table_id": self.numbered("ssd_linked_identifiers"),
                "link_person_id": "r.child_id",
                "link_identifier_type": "r.kind",
                "link_identifier_value": "r.value",
            },
        )

    def ssd_disability(self) -> _Source:
        return self.plain("ssd_disability", key="disa_table_id")

    def ssd_contacts(self) -> _Source:
        outcome = (
            "CASE WHEN coalesce(r.new_referral, r.no_further_action, r.advice) IS NOT NULL "
            "THEN [r.new_referral, r.no_further_action, r.advice] END"
        )
        return _Source(
            self.ordered("contact"),
            {
                "cont_contact_id": self.numbered("ssd_contacts"),
                "cont_person_id": "r.child_id",
                "cont_contact_date": "r.contact_date",
                "cont_contact_source_code": "r.contact_source",
                "cont_contact_source_desc": "r.contact_source",
                "cont_contact_outcome_json": outcome,
            },
        )

    def ssd_early_help_episodes(self) -> _Source:
        return self.plain("ssd_early_help_episodes", key="earl_episode_id")

    def ssd_cin_episodes(self) -> _Source:
        more = {"cine_referral_id": "r.key", "cine_referral_source_desc": "r.referral_source"}
        return self.plain("ssd_cin_episodes", more=more)

    def ssd_cin_assessments(self) -> _Source:
        return self.plain("ssd_cin_assessments", more={"cina_assessment_id": "r.key"})

    def ssd_assessment_factors(self) -> _Source:
        return _Source(
            "(SELECT child_id, start_date, list(factor ORDER BY factor) AS factors, "
            "row_number() OVER (ORDER BY child_id, start_date) AS n FROM assessment_factor "
            "GROUP BY child_id, start_date)",
            {
                "cinf_table_id": self.numbered("ssd_assessment_factors"),
                "cinf_assessment_id": "a.key",
                "cinf_assessment_factors_json": "r.factors",
            },
            "JOIN assessment_key AS a ON a.child_id = r.child_id AND a.day = r.start_date",
        )

    def ssd_cin_plans(self) -> _Source:
        return self.plain("ssd_cin_plans", key="cinp_cin_plan_id")

    def ssd_cin_visits(self) -> _Source:
        return self.visits("ssd_cin_visits", "CIN", "cinv_cin_visit_id")

    def ssd_cp_visits(self) -> _Source:
        return self.visits("ssd_cp_visits", "CP", "cppv_cp_visit_id")

    def ssd_cla_visits(self) -> _Source:
        return self.visits("ssd_cla_visits", "LAC", "clav_cla_visit_id")

    def visits(self, part: str, pathway: str, key: str) -> _Source:
        return self.plain(part, where=f"r.pathway = '{pathway}'", key=key)

    def ssd_s47_enquiry(self) -> _Source:
        return self.plain("ssd_s47_enquiry", more={"s47e_s47_enquiry_id": "r.key"})

    def ssd_initial_cp_conference(self) -> _Source:
        return self.plain(
            "ssd_initial_cp_conference",
            more={"icpc_icpc_id": "r.key", "icpc_cp_plan_id": "plan.key"},
            joins=" LEFT JOIN cp_plan_key AS plan ON plan.child_id = r.child_id "
            "AND plan.day = r.conference_date",
        )

    def ssd_cp_plans(self) -> _Source:
        return self.plain(
            "ssd_cp_plans",
            more={"cppl_cp_plan_id": "r.key", "cppl_icpc_id": "held.key"},
            joins=" LEFT JOIN conference_key AS held ON held.child_id = r.child_id "
            "AND held.day = r.start_date",
        )

    def ssd_cp_reviews(self) -> _Source:
        return self.plain("ssd_cp_reviews", key="cppr_cp_review_id")

    def ssd_cla_episodes(self) -> _Source:
        return self.plain(
            "ssd_cla_episodes",
            rows="care_row",
            more={
                "clae_cla_episode_id": self.numbered("ssd_cla_episodes"),
                "clae_cla_id": "r.care",
                "clae_cla_placement_id": self.numbered("ssd_cla_placement"),
            },
        )

    def ssd_cla_placement(self) -> _Source:
        cells = {
            parse(Format.SSD, notation).follow: f'r."{column}"'
            for feed in feeds_of(Format.SSD, "ssd_cla_episodes", "care_episode")
            for column, notation in feed.fields.items()
            if notation.startswith("clae_cla_placement_id>")
        }
        own = {
            "clap_cla_placement_id": self.numbered("ssd_cla_placement"),
            "clap_cla_id": "r.care",
            "clap_person_id": "r.child_id",
            "clap_cla_placement_end_date": "r.end_date",
        }
        return _Source("care_row", cells | own)

    def ssd_legal_status(self) -> _Source:
        return self.plain("ssd_legal_status", rows="status_written", key="lega_legal_status_id")

    def ssd_cla_reviews(self) -> _Source:
        """Reviews by the period of care they fall in; an earlier one by the child's first."""
        return _Source(
            self.ordered("care_review"),
            {
                "clar_cla_review_id": self.numbered("ssd_cla_reviews"),
                "clar_cla_id": "c.key",
                "clar_cla_review_due_date": "r.due_date",
                "clar_cla_review_date": "r.review_date",
                "clar_cla_review_participation": "r.participation",
            },
            "JOIN care_key AS c ON c.child_id = r.child_id "
            "AND (c.place = 1 OR r.review_date >= c.begun) "
            "AND (c.until IS NULL OR r.review_date < c.until)",
        )

    def ssd_cla_health(self) -> _Source:
        return self.plain("ssd_cla_health", key="clah_health_check_id")

    def ssd_sdq_scores(self) -> _Source:
        return self.plain("ssd_sdq_scores", key="csdq_table_id")

    def ssd_missing(self) -> _Source:
        return self.plain("ssd_missing", key="miss_table_id")

    def ssd_cla_previous_permanence(self) -> _Source:
        return self.plain("ssd_cla_previous_permanence", key="lapp_table_id")

    def ssd_permanence(self) -> _Source:
        return self.plain("ssd_permanence", key="perm_table_id")

    def ssd_pre_proceedings(self) -> _Source:
        return self.plain("ssd_pre_proceedings", key="prep_table_id")

    def ssd_involvements(self) -> _Source:
        return self.plain("ssd_involvements", key="invo_involvements_id")

    def ssd_care_leavers(self) -> _Source:
        return self.plain(
            "ssd_care_leavers", rows=self.last_said("care_leaver", "child_id"), key="clea_table_id"
        )

    def ssd_professionals(self) -> _Source:
        return self.plain(
            "ssd_professionals", rows=self.last_said("worker", "worker_id"), where=self.once
        )

    def ssd_department(self) -> _Source:
        cells = {"dept_team_id": "r.key", "dept_team_name": "r.team"}
        return _Source("team_key", cells, where=self.once)

    @property
    def once(self) -> str:
        """SQL: whether this is the first batch, with which what is not of a child is written."""
        return "true" if self.batch == 1 else "false"

    def last_said(self, table: str, key: str) -> str:
        """SQL: of records that describe a day, those of the latest day of each."""
        return (
            f"(SELECT * FROM {self.ordered(table)} "
            f"QUALIFY rank() OVER (PARTITION BY {key} ORDER BY as_at DESC NULLS LAST) = 1)"
        )

    # -- what could not be written as it is ------------------------------------------------------

    def report_links(self) -> None:
        """List records that point at one that is not held, and those that are nothing without it."""
        for link in LINKS:
            self.report(
                link.table,
                f"r.{link.day} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {link.keys} AS k "
                f"WHERE k.child_id = r.child_id AND k.day = r.{link.day})",
                link.day,
                f"{link.what} of that day is not among the records; written without",
            )
        self.report(
            "assessment_factor",
            "NOT EXISTS (SELECT 1 FROM assessment_key AS k "
            "WHERE k.child_id = r.child_id AND k.day = r.start_date)",
            "factor",
            "its assessment is not among the records",
        )
        self.report(
            "care_review",
            "NOT EXISTS (SELECT 1 FROM care_key AS k WHERE k.child_id = r.child_id)",
            "review_date",
            "no episode of care of the child is among the records",
        )
        self.report(
            "visit",
            "coalesce(r.pathway NOT IN ('CIN', 'CP', 'LAC'), true)",
            "visit_date",
            "whether it was in need, protection or care is not recorded",
        )

    def report(self, table: str, where: str, column: str, what: str) -> None:
        cursor = self.connection.execute(
            f"SELECT child_id, {column}, {', '.join(_PLACE)} FROM {table} AS r WHERE {where} "
            f"ORDER BY child_id, {column}, {', '.join(_PLACE)}"
        )
        while rows := cursor.fetchmany(_AT_A_TIME):
            for child, value, *place in rows:
                row = {"child_id": child, **dict(zip(_PLACE, place, strict=True))}
                self.deviations.add(
                    Kind.LEFT_OUT, row, what, field=f"{table}.{column}", value=value, record=value
                )

    def count_what_is_left(self) -> None:
        """Count what the format has no place for: earlier days of what it describes on one."""
        self.children += self.count("SELECT count(*) FROM child")
        self.earlier["uasc"] += self.count("SELECT count(*) FROM child WHERE uasc = false")
        self.earlier["care leavers"] += self.count_earlier("care_leaver", "child_id")
        if self.batch == 1:
            self.earlier["workers"] += self.count_earlier("worker", "worker_id")

    def count_earlier(self, table: str, key: str) -> int:
        every = self.count(f"SELECT count(*) FROM {table}")
        return every - self.count(f"SELECT count(*) FROM {self.last_said(table, key)}")

    def facts(self) -> list[str]:
        """Say of how many records the format has no place."""
        said = []
        for what in ("care leavers", "workers"):
            if left := self.earlier[what]:
                records = "record" if left == 1 else "records"
                said.append(
                    f"{left:,} {records} of {what} on earlier days {'was' if left == 1 else 'were'} "
                    "left out, as the dataset has each as they last were."
                )
        if denied := self.earlier["uasc"]:
            said.append(
                f"{denied:,} {'child is' if denied == 1 else 'children are'} recorded as not "
                "unaccompanied; the dataset has no way to say so."
            )
        return said

    def count(self, query: str) -> int:
        return int(self.connection.execute(query).fetchall()[0][0])

    def make(self, name: str, query: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def _contact_outcome(said: Sequence[bool | None]) -> str:
    names = ("NEW_REFERRAL_FLAG", "NFA_FLAG", "ADVICE_FLAG")
    known = {
        name: yes_no(value) for name, value in zip(names, said, strict=True) if value is not None
    }
    return keyed(CONTACT_OUTCOMES, known)


@cache
def _labels(name: str) -> dict[str, str]:
    return codes(name)


def _writer(part: str, column: str) -> Callable[..., Cell]:
    """Give what writes the values of a column."""
    if column == "cont_contact_outcome_json":
        return _contact_outcome
    if column == "addr_address_json":
        return lambda value: keyed(ADDRESS_KEYS, {"UPRN": value})
    if column == "cinf_assessment_factors_json":
        return _factors
    if column.endswith("_source_desc"):
        return lambda value: _labels("referral_source").get(value)
    list_name = _list_of(part, column)
    if list_name in _LABELLED:
        return lambda value: _labels(list_name).get(value, value)
    return _plain


@cache
def _list_of(part: str, column: str) -> str:
    """Name the list of codes that a column's values are of, if any."""
    table = principal_table(Format.SSD, part)
    for feed in feeds_of(Format.SSD, part, table) if table else ():
        for name, notation in feed.fields.items():
            if notation == column:
                return TABLES[table or ""].column(name).codes
    return ""


def _plain(value: Cell) -> Cell:
    return yes_no(value) if isinstance(value, bool) else value


def _factors(codes_found: Sequence[str]) -> str:
    return json.dumps(list(codes_found), ensure_ascii=False)
