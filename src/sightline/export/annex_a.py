"""The eleven lists of Annex A as at a day, written from a snapshot's combined records.

Ofsted asks for what happened in, or was going on in, the six months before an inspection (lists 1 to
9) or twelve (lists 10 and 11). A list has one row an event, or a period: what a child has many of, such
as visits, is there as the latest of its kind. A list that no return loaded speaks of is left out, as an
empty one would say that there are none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from sightline.export.annex_a_words import cell_of
from sightline.export.holding import fields_of
from sightline.export.outcome import (
    Deviations,
    Exported,
    ExportError,
    Kind,
    check_target,
    list_beside,
    not_covered,
    whole_file,
)
from sightline.export.tables import Cell
from sightline.export.workbook import LONGEST_TEXT, Rows, write_workbook
from sightline.intake.annex_a import MONTHS, layouts
from sightline.intake.layouts import Layout
from sightline.intake.mapping import principal_table
from sightline.intake.periods import start_of_months
from sightline.records import PLACE, TABLES, Column, Format
from sightline.records import Kind as Type
from sightline.store.snapshots import Snapshot

TWELVE = 12
"""Months of lists 10 and 11, and of the counts that lists state."""
FILLED = {
    "child": ("disabled", "stated_age"),
    "referral": ("stated_referrals", "case_status"),
    "section_47": ("stated_enquiries",),
    "conference": ("stated_conferences",),
    "cp_plan": ("team", "worker"),
    "care_episode": (
        *("entered_care_date", "placement_start_date", "second_period", "team", "worker"),
        *("stated_placements", "stated_missing", "stated_absent"),
    ),
    "legal_status": ("start_date",),
    "care_leaver": ("team", "worker"),
}
"""Columns that the lists ask for and other records tell, where no return states them."""
ALLOCATED = {"Allocated Team": "team", "Allocated Worker": "worker"}
_AT_A_TIME = 10_000
_PLACE = [column.name for column in PLACE]
Progress = Callable[[str], None]


def latest_day(snapshot: Snapshot) -> date:
    """The last day of the latest return held; `ExportError` if the snapshot holds none."""
    if not snapshot.manifest.returns:
        raise ExportError("The snapshot holds no return, so there is nothing to write.")
    return max(each.period_end for each in snapshot.manifest.returns)


def export_annex_a(
    snapshot: Snapshot,
    path: Path,
    *,
    as_at: date | None = None,
    months: int = MONTHS,
    listed: Path | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the lists as at a day, by default the last of the latest return, as a workbook.

    `months` is how far lists 1 to 9 go back; lists 10 and 11 go back twelve, or as far if that is more.
    `listed` is the list of places at which the file is not as the records are; without, it lies beside
    the file. The same snapshot gives the same file. `ExportError` if there is nothing to write, or more
    than a workbook holds.
    """
    listed = listed or list_beside(path)
    check_target(path, listed)
    day = as_at or latest_day(snapshot)
    done = Exported(path, Format.ANNEX_A.value, day, facts=not_covered(snapshot, day))
    tell = progress or (lambda _: None)
    covered = snapshot.coverage()
    chosen: list[Layout] = []
    left: list[Layout] = []
    for layout in layouts():
        table = principal_table(Format.ANNEX_A, layout.part) or ""
        (chosen if table in covered or snapshot.has(table) else left).append(layout)
    if not chosen:
        raise ExportError("No return loaded speaks of anything that Annex A lists.")
    if left:
        names = ", ".join(f"{each.title} ({each.names[1]})" for each in left)
        done.facts.append(f"Left out, as nothing loaded tells of them: {names}.")
    with (
        Deviations(listed, snapshot) as deviations,
        snapshot.connect() as connection,
        whole_file(path) as partial,
    ):
        lists = _Lists(connection, day, months, deviations)
        title = f"Annex A as at {day:%-d %B %Y}"
        try:
            write_workbook(
                partial,
                _sheets(lists, chosen, tell, done, snapshot),
                title=title,
                comments=f"Snapshot {snapshot.id}",
            )
        except OverflowError as error:
            raise ExportError(
                f"A workbook cannot hold the lists ({error}); choose fewer --months."
            ) from error
        done.children = lists.children()
        deviations.finish(done)
    return done


def _sheets(
    lists: "_Lists",
    chosen: Sequence[Layout],
    tell: Progress,
    done: Exported,
    snapshot: Snapshot,
) -> Iterator[tuple[str, Rows]]:
    """Give each list's sheet as it is wanted, and last one that says what they are."""
    for layout in chosen:
        tell(f"Writing {layout.title}")
        sheet = _Sheet(layout, lists.rows(layout.part))
        yield layout.title, sheet
        done.rows[layout.title] = sheet.count
        if sheet.count and sheet.empty:
            done.facts.append(
                f"{layout.title} is blank throughout, as no record says it, in: "
                f"{'; '.join(sheet.empty)}."
            )
    yield (
        "About",
        [
            [f"The lists of Annex A as at {done.day:%-d %B %Y}, written by Sightline."],
            [f"Snapshot {snapshot.id}"],
            [f"Lists 1 to 9 go back to {lists.start:%-d %B %Y}."],
            [f"Lists 10 and 11 go back to {lists.start_long:%-d %B %Y}."],
            *([fact] for fact in done.facts),
        ],
    )


@dataclass
class _Sheet:
    """A list's rows on their way, header first, and which columns nothing stood in."""

    layout: Layout
    data: Iterator[Sequence[Cell]]
    count: int = 0
    filled: set[int] = field(default_factory=set)

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        yield self.layout.columns
        for row in self.data:
            self.count += 1
            if len(self.filled) < len(row):
                self.filled |= {n for n, cell in enumerate(row) if cell is not None}
            yield row

    @property
    def empty(self) -> list[str]:
        return [name for n, name in enumerate(self.layout.columns) if n not in self.filled]


class _Lists:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        day: date,
        months: int,
        deviations: Deviations,
    ) -> None:
        self.connection = connection
        self.deviations = deviations
        self.start = start_of_months(day, months)
        self.start_long = start_of_months(day, max(months, TWELVE))
        self.end = f"DATE '{day}'"
        self.begin = f"DATE '{self.start}'"
        self.begin_long = f"DATE '{self.start_long}'"
        self.year = f"DATE '{start_of_months(day, TWELVE)}'"
        self.made: dict[str, None] = {}
        self.make(
            "who",
            "SELECT c.*, coalesce(c.disabled, d.disabled_by_code) AS has_disability FROM child AS c "
            "LEFT JOIN (SELECT child_id, bool_or(disability <> 'NONE') AS disabled_by_code "
            "FROM disability GROUP BY child_id) AS d ON d.child_id = c.child_id",
        )
        self.make(
            "allocated",
            f"SELECT child_id, team, worker FROM allocation WHERE start_date <= {self.end} "
            f"AND (end_date IS NULL OR end_date > {self.end}) "
            "QUALIFY row_number() OVER (PARTITION BY child_id "
            "ORDER BY start_date DESC, worker, team) = 1",
        )
        self.made.clear()  # these two are for all lists
        self.connection.execute("CREATE OR REPLACE TEMP TABLE listed (child_id VARCHAR)")

    # -- the lists -----------------------------------------------------------------------------

    def rows(self, number: str) -> Iterator[Sequence[Cell]]:
        """Give a list's rows, in the order of their days."""
        layout = next(each for each in layouts() if each.part == number)
        special = getattr(self, f"list_{number}")()
        select = self.select(number, layout, special)
        columns = self.meanings(number, layout)
        self.make("listing", select)
        if number != "11":
            self.connection.execute("INSERT INTO listed SELECT DISTINCT c0 FROM listing")
        first = 5 if number not in ("10", "11") else 0
        names = [f"c{n}" for n in range(len(layout.columns))]
        sort = ", ".join([names[first], *names, *_PLACE])
        taken = ", ".join([*names, *_PLACE])
        cursor = self.connection.execute(f"SELECT {taken} FROM listing ORDER BY {sort}")
        while rows := cursor.fetchmany(_AT_A_TIME):
            for row in rows:
                values = row[: len(columns)]
                place = dict(zip(_PLACE, row[len(columns) :], strict=True))
                yield [
                    self.fitting(cell_of(column, value), layout, n, place, row[0])
                    for n, (column, value) in enumerate(zip(columns, values, strict=True))
                ]
        self.drop()

    def fitting(
        self, cell: Cell, layout: Layout, number: int, place: Mapping[str, object], child: object
    ) -> Cell:
        """Give a cell as a workbook can hold it; text too long for one is cut, and listed."""
        if not isinstance(cell, str) or len(cell) <= LONGEST_TEXT:
            return cell
        self.deviations.add(
            Kind.CONVERTED,
            {**place, "child_id": child},
            f"its text is longer than the {LONGEST_TEXT:,} signs of a cell, and was cut",
            field=f"{layout.title}: {layout.columns[number]}",
        )
        return cell[:LONGEST_TEXT]

    def children(self) -> int:
        """How many children are in the lists written so far."""
        rows = self.connection.execute("SELECT count(DISTINCT child_id) FROM listed").fetchall()
        return int(rows[0][0])

    def select(self, number: str, layout: Layout, special: "_List") -> str:
        """SQL of a list: each header from what is special to it, its own record, or the child."""
        table = principal_table(Format.ANNEX_A, number) or ""
        own = fields_of(Format.ANNEX_A, number, table)
        child = fields_of(Format.ANNEX_A, number, "child") if number != "11" else {}
        cells = []
        for place, header in enumerate(layout.columns):
            if header in special.cells:
                cell = special.cells[header]
            elif header in own:
                column = own[header]
                cell = f"p.{column.name}"
                if column.kind is Type.DATE:
                    cell = self.past(cell)
            elif header in child:
                cell = self.about(child[header].name)
            else:
                cell = "NULL"
            if header in ALLOCATED and number in ("7", "8", "9"):
                # Records of plans and of care mostly do not say who has the case; allocations do.
                unsaid = "p.team IS NULL AND p.worker IS NULL"
                cell = f"CASE WHEN {unsaid} THEN a.{ALLOCATED[header]} ELSE {cell} END"
            cells.append(f"{cell} AS c{place}")
        who = (
            "LEFT JOIN who AS w ON w.child_id = p.child_id "
            "LEFT JOIN allocated AS a ON a.child_id = p.child_id"
            if number != "11"
            else ""
        )
        places = ", ".join(f"p.{name}" for name in _PLACE)
        return (
            f"SELECT {', '.join(cells)}, {places} FROM {special.rows} AS p {who} "
            f"{special.joins} WHERE {special.where}"
        )

    def meanings(self, number: str, layout: Layout) -> list[Column | None]:
        """The record column that each header fills, if any does."""
        found: dict[str, Column] = {}
        for name in (principal_table(Format.ANNEX_A, number) or "", "child", *TABLES):
            for header, column in fields_of(Format.ANNEX_A, number, name).items():
                found.setdefault(header, column)
        return [found.get(header) for header in layout.columns]

    def list_1(self) -> "_List":
        return _List("contact", f"p.contact_date BETWEEN {self.begin} AND {self.end}")

    def list_2(self) -> "_List":
        return _List("early_help_episode", self.going_on("p.start_date", "p.end_date"))

    def list_3(self) -> "_List":
        counted = self.counted("referral", "referral_date", "stated_referrals")
        return _List(
            "referral",
            f"p.referral_date BETWEEN {self.begin} AND {self.end}",
            {"Number of Referrals in Last 12 Months": counted},
        )

    def list_4(self) -> "_List":
        return _List("assessment", self.going_on("p.start_date", "p.authorisation_date"))

    def list_5(self) -> "_List":
        """Enquiries with their conferences, then conferences that no enquiry is recorded for."""
        self.pair_enquiries()
        stated = self.counted("section_47", "start_date", "stated_enquiries", "p.s_")
        conferences = self.counted("conference", "conference_date", "stated_conferences", "p.q_")
        return _List(
            "enquiry",
            f"coalesce(p.start_date <= {self.end}, true) "
            f"AND coalesce(p.conference_date, p.start_date) >= {self.begin} AND coalesce("
            f"p.start_date, p.conference_date) <= {self.end}",
            {
                "Date of Initial Child Protection Conference": self.past("p.conference_date"),
                "Did the Initial Child Protection Conference Result in a Child Protection Plan": (
                    "p.resulted_in_plan"
                ),
                "Number of Section 47 Enquiries in the last 12 months": stated,
                "Number of ICPCs in the last 12 months": conferences,
            },
        )

    def list_6(self) -> "_List":
        self.spans(
            "in_need",
            "referral",
            "referral_date",
            # A referral of list 3 alone is not said to be a case; nor is one without further action.
            "no_further_action IS NOT TRUE AND (source <> 'annex_a' OR primary_need IS NOT NULL "
            "OR closure_date IS NOT NULL OR case_status IS NOT NULL)",
        )
        self.latest("seen", "in_need", "visit", "visit_date", "s.seen")
        return _List(
            "in_need",
            self.going_on("p.referral_date", "p.closure_date"),
            {
                "Date Child Was Last Seen": "seen.day",
                "Reason for Closure": self.where_past("p.closure_date", "p.closure_reason"),
                "Case Status": self.case_status(),
            },
            "LEFT JOIN seen ON seen.n = p.n",
        )

    def list_7(self) -> "_List":
        self.spans("planned", "cp_plan", "coalesce(start_date, end_date)", "true")
        self.latest("visited", "planned", "visit", "visit_date", "s.pathway = 'CP'", "seen_alone")
        self.make(
            "reviewed",
            "SELECT r.n, max(s.review_date) AS day FROM planned AS r JOIN cp_review AS s "
            "ON s.child_id = r.child_id AND s.plan_start IS NOT DISTINCT FROM r.start_date "
            f"WHERE {self.known('s', 's.review_date')} GROUP BY r.n",
        )
        return _List(
            "planned",
            self.going_on("p.start_date", "p.end_date"),
            {
                "Date of the Last Statutory Visit": "visited.day",
                "Was the Child Seen Alone?": "visited.seen_alone",
                "Date of latest review conference": "reviewed.day",
            },
            "LEFT JOIN visited ON visited.n = p.n LEFT JOIN reviewed ON reviewed.n = p.n",
        )

    def list_8(self) -> "_List":
        self.care_periods()
        for name, table, day, where in (
            ("cared_visit", "visit", "visit_date", "s.pathway = 'LAC'"),
            ("cared_review", "care_review", "review_date", "true"),
            ("cared_health", "health_check", "check_date", "s.check_type = 'HEALTH'"),
            ("cared_teeth", "health_check", "check_date", "s.check_type = 'DENTAL'"),
        ):
            self.latest(name, "cared_for", table, day, where)
        status = "s.legal_status IS NOT DISTINCT FROM coalesce(r.legal_status, s.legal_status)"
        self.make(
            "cared_status",
            "SELECT r.n, s.legal_status, s.start_date AS day FROM cared_for AS r "
            f"JOIN legal_status AS s ON s.child_id = r.child_id AND {status} "
            f"WHERE s.start_date IS NULL OR {self.known('s', 's.start_date')} "
            "QUALIFY row_number() OVER (PARTITION BY r.n ORDER BY "
            "coalesce((r.since IS NULL OR s.start_date >= r.since) "
            "AND (r.until IS NULL OR s.start_date < r.until), false) DESC, "
            "s.start_date DESC NULLS LAST, s.legal_status) = 1",
        )
        latest = (
            "arg_max_null(s.{0}, (s.start_date, coalesce(CAST(s.{0} AS INTEGER), -1))) "
            "FILTER (WHERE s.missing_kind = 'M')"
        )
        self.make(
            "cared_missing",
            "SELECT s.child_id, count(*) FILTER (WHERE s.missing_kind = 'M') AS missing, "
            "count(*) FILTER (WHERE s.missing_kind = 'A') AS absent, "
            f"{latest.format('interview_offered')} AS offered, "
            f"{latest.format('interview_accepted')} AS accepted FROM missing_episode AS s "
            f"WHERE s.start_date BETWEEN {self.year} AND {self.end} GROUP BY s.child_id",
        )
        tells = "EXISTS (SELECT 1 FROM missing_episode)"
        ceased = "p.end_reason IS DISTINCT FROM 'X1'"
        missing = "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"
        absent = "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months"
        second = (
            "Is this a second or subsequent period of being a Looked After Child within the last "
            "12 months (Y/N)"
        )
        last_missing = "a Return Interview after their last missing episode (Y/N)?"
        return _List(
            "cared_for",
            self.going_on("p.start_date", f"CASE WHEN {ceased} THEN p.end_date END"),
            {
                "Date Started to be Looked After": "p.entered",
                second: self.stated("second_period", "p.again"),
                "Start date of current legal status": (
                    "CASE WHEN cared_status.n IS NULL THEN p.status_since ELSE cared_status.day END"
                ),
                "Child's Legal Status": "coalesce(p.legal_status, cared_status.legal_status)",
                "Date of Latest Statutory Review": "cared_review.day",
                "Date of Last Social Work Visit": "cared_visit.day",
                "Date of Last Health Assessment": "cared_health.day",
                "Date of Last Dental Check": "cared_teeth.day",
                "Number of Placements in the Last 12 months": self.stated(
                    "stated_placements", "p.placements"
                ),
                "Date Ceased to be Looked After": (
                    f"CASE WHEN {ceased} THEN {self.past('p.end_date')} END"
                ),
                "Reason Ceased to be Looked After": self.where_past(
                    "p.end_date", f"CASE WHEN {ceased} THEN p.end_reason END"
                ),
                "Start Date of Most Recent Placement": "p.placed",
                missing: self.stated(
                    "stated_missing",
                    f"CASE WHEN {tells} THEN coalesce(cared_missing.missing, 0) END",
                ),
                absent: self.stated(
                    "stated_absent", f"CASE WHEN {tells} THEN coalesce(cared_missing.absent, 0) END"
                ),
                f"Was the child offered {last_missing}": "cared_missing.offered",
                f"Did the child accept {last_missing}": "cared_missing.accepted",
            },
            " ".join(
                f"LEFT JOIN {name} ON {name}.n = p.n"
                for name in (
                    *("cared_visit", "cared_review", "cared_health", "cared_teeth"),
                    "cared_status",
                )
            )
            + " LEFT JOIN cared_missing ON cared_missing.child_id = p.child_id",
        )

    def list_9(self) -> "_List":
        latest = (
            "(SELECT * FROM care_leaver WHERE as_at <= {0} AND as_at >= {1} "
            "QUALIFY rank() OVER (PARTITION BY child_id ORDER BY as_at DESC) = 1)"
        )
        return _List(latest.format(self.end, self.begin), "true")

    def list_10(self) -> "_List":
        days = [
            column.name
            for column in TABLES["adoption"].columns
            if column.kind is Type.DATE and column.name != "entered_care_date"
        ]
        return _List(
            "adoption",
            self.lately(days, ("p.order_date", "p.reversed_date"), "p.decision_date"),
        )

    def list_11(self) -> "_List":
        days = [c.name for c in TABLES["adopter"].columns if c.kind is Type.DATE]
        return _List(
            "adopter", self.lately(days, ("p.left_date", "p.order_date"), "p.enquiry_date")
        )

    # -- what several lists need ----------------------------------------------------------------

    def pair_enquiries(self) -> None:
        """Make `enquiry`: each enquiry with its conference, and conferences that no enquiry has."""
        rank = "row_number() OVER (PARTITION BY {} ORDER BY team, worker, ALL_PLACES)".replace(
            "ALL_PLACES", ", ".join(_PLACE)
        )
        self.make(
            "enquired",
            f"SELECT *, {rank.format('child_id, start_date, conference_date')} AS r, "
            f"row_number() OVER (ORDER BY child_id, start_date, {', '.join(_PLACE)}) AS n "
            "FROM section_47",
        )
        self.make(
            "conferred",
            f"SELECT *, {rank.format('child_id, section_47_start, conference_date')} AS r, "
            f"row_number() OVER (ORDER BY child_id, conference_date, {', '.join(_PLACE)}) AS n "
            "FROM conference",
        )
        self.make(
            "named",
            "SELECT e.n, c.n AS m FROM enquired AS e JOIN conferred AS c ON c.child_id = e.child_id "
            "AND c.section_47_start = e.start_date AND c.conference_date = e.conference_date "
            "AND c.r = e.r",
        )
        open_rank = "row_number() OVER (PARTITION BY child_id, {} ORDER BY n) AS r"
        self.make(
            "unnamed",
            "SELECT e.n, c.n AS m FROM (SELECT n, child_id, start_date, "
            f"{open_rank.format('start_date')} FROM enquired WHERE conference_date IS NULL) AS e "
            "JOIN (SELECT n, child_id, section_47_start, "
            f"{open_rank.format('section_47_start')} FROM conferred "
            "ANTI JOIN named ON named.m = conferred.n) AS c "
            "ON c.child_id = e.child_id AND c.section_47_start = e.start_date AND c.r = e.r",
        )
        place = ", ".join(f"coalesce(e.{name}, c.{name}) AS {name}" for name in _PLACE)
        self.make(
            "enquiry",
            "SELECT coalesce(e.child_id, c.child_id) AS child_id, "
            "coalesce(e.start_date, c.section_47_start) AS start_date, e.conference_not_required, "
            "coalesce(e.conference_date, c.conference_date) AS conference_date, c.resulted_in_plan, "
            "e.stated_enquiries AS s_stated_enquiries, e.return_end AS s_return_end, "
            "c.stated_conferences AS q_stated_conferences, c.return_end AS q_return_end, "
            f"coalesce(e.team, c.team) AS team, coalesce(e.worker, c.worker) AS worker, {place} "
            "FROM enquired AS e "
            "LEFT JOIN (FROM named UNION ALL FROM unnamed) AS pair ON pair.n = e.n "
            "FULL JOIN conferred AS c ON c.n = pair.m",
        )

    def care_periods(self) -> None:
        """Make `cared_for`: for each period of care, its latest episode, and what it builds on.

        A period begins when the return says so, or with the episode whose reason is S. A placement
        begins with an episode whose reason is other than a change of legal status alone.
        """
        begun = "start_reason IN ('S', 'P', 'T', 'B', 'U')"
        before = "PARTITION BY child_id ORDER BY start_date, end_date NULLS LAST"
        self.make(
            "cared_episode",
            f"SELECT *, coalesce(entered_care_date, max(CASE WHEN start_reason = 'S' "
            f"THEN start_date END) OVER ({before})) AS entered, "
            f"coalesce(placement_start_date, max(CASE WHEN {begun} THEN start_date END) "
            f"OVER ({before}), start_date) AS placed, "
            f"count(*) FILTER (WHERE {begun}) OVER ({before}) AS stay FROM care_episode AS s "
            f"WHERE {self.known('s', 's.start_date')}",
        )
        self.make(
            "cared_period",
            "SELECT child_id, entered, min(start_date) AS begins, CASE WHEN bool_or(end_date IS NULL) "
            "THEN NULL ELSE max(end_date) END AS ends FROM cared_episode GROUP BY ALL",
        )
        self.make(
            "cared_before",
            "SELECT a.child_id, a.entered, lag(a.ends) OVER (PARTITION BY a.child_id "
            "ORDER BY a.begins) AS ended_before, lead(a.begins) OVER (PARTITION BY a.child_id "
            "ORDER BY a.begins) AS until, CASE WHEN row_number() OVER (PARTITION BY a.child_id "
            "ORDER BY a.begins) > 1 THEN coalesce(a.entered, a.begins) END AS since "
            "FROM cared_period AS a",
        )
        self.make(
            "cared_stays",
            "SELECT child_id, count(DISTINCT stay) FILTER (WHERE end_date IS NULL "
            f"OR end_date >= {self.year}) AS placements FROM cared_episode "
            "GROUP BY child_id HAVING max(stay) > 0",
        )
        self.make(
            "cared_for",
            "SELECT p.*, b.since, b.until, t.placements, CASE WHEN p.entered IS NOT NULL THEN "
            f"coalesce(b.ended_before >= {self.year}, false) END AS again, "
            "row_number() OVER (ORDER BY p.child_id, p.start_date, p.file, p.sheet, p.line) AS n, "
            "(SELECT min(e.start_date) FROM cared_episode AS e WHERE e.child_id = p.child_id "
            "AND e.entered IS NOT DISTINCT FROM p.entered "
            "AND e.legal_status = p.legal_status) AS status_since "
            "FROM (SELECT * FROM cared_episode QUALIFY rank() OVER (PARTITION BY child_id, entered "
            "ORDER BY start_date DESC) = 1) AS p JOIN cared_before AS b ON b.child_id = p.child_id "
            "AND b.entered IS NOT DISTINCT FROM p.entered "
            "LEFT JOIN cared_stays AS t ON t.child_id = p.child_id",
        )

    def case_status(self) -> str:
        """SQL: the status stated on the day, else what the records show of it."""
        now = (
            "EXISTS (SELECT 1 FROM {0} AS x WHERE x.child_id = p.child_id "
            f"AND x.start_date <= {self.end} "
            "AND (x.{1} IS NULL OR x.{1} > "
            f"{self.end}){{2}})"
        )
        shown = (
            f"CASE WHEN p.closure_date <= {self.end} THEN 'CLOSED' "
            f"WHEN {now.format('care_episode', 'end_date', '')} THEN 'LAC' "
            f"WHEN {now.format('cp_plan', 'end_date', '')} THEN 'CP' "
            f"WHEN {now.format('cin_plan', 'end_date', '')} THEN 'CIN' "
            f"WHEN {now.format('assessment', 'authorisation_date', '')} THEN 'ASSESSMENT' END"
        )
        stated = f"p.return_end = {self.end} AND p.case_status IS NOT NULL"
        return f"CASE WHEN {stated} THEN p.case_status ELSE {shown} END"

    def spans(self, name: str, table: str, day: str, where: str) -> None:
        """Make a table of records, each with the stretch `since` to `until` the next of the child's.

        The first of a child has no `since`: what came before it is nobody else's.
        """
        self.make(
            name,
            f"SELECT *, row_number() OVER (ORDER BY child_id, {day}, {', '.join(_PLACE)}) AS n, "
            f"CASE WHEN row_number() OVER w > 1 THEN {day} END AS since, "
            f"lead({day}) OVER w AS until FROM {table} WHERE {where} "
            f"WINDOW w AS (PARTITION BY child_id ORDER BY {day}, {', '.join(_PLACE)})",
        )

    def latest(self, name: str, rows: str, table: str, day: str, where: str, *columns: str) -> None:
        """Make a table of the latest day of a kind, and columns of that day, for each of `rows`."""
        # Of the latest day itself, though it be null there; of two on a day, a yes.
        taken = "".join(
            f", arg_max_null(s.{c}, (s.{day}, coalesce(CAST(s.{c} AS INTEGER), -1))) AS {c}"
            for c in columns
        )
        self.make(
            name,
            f"SELECT r.n, max(s.{day}) AS day{taken} FROM {rows} AS r JOIN {table} AS s "
            f"ON s.child_id = r.child_id AND (r.since IS NULL OR s.{day} >= r.since) "
            f"AND (r.until IS NULL OR s.{day} < r.until) "
            f"WHERE {where} AND {self.known('s', f's.{day}')} GROUP BY r.n",
        )

    def about(self, column: str) -> str:
        """SQL: what is known of the child."""
        if column == "disabled":
            return "w.has_disability"
        if column == "stated_age":
            return (
                f"CASE WHEN w.return_end = {self.end} AND w.stated_age IS NOT NULL "
                f"THEN w.stated_age WHEN w.birth_date <= {self.end} "
                f"THEN date_part('year', age({self.end}, w.birth_date)) END"
            )
        return f"w.{column}"

    def known(self, alias: str, day: str) -> str:
        """SQL: whether a day was known on the day the lists are as at.

        A later day is, where a return up to then had it: a conference that was booked ahead.
        """
        return f"({day} <= {self.end} OR {alias}.return_end <= {self.end})"

    def past(self, day: str) -> str:
        """SQL: a day, if it was known on the day the lists are as at."""
        return f"CASE WHEN {self.known('p', day)} THEN {day} END"

    def where_past(self, day: str, value: str) -> str:
        """SQL: a value that came with a day; one without a day is as it stands."""
        return f"CASE WHEN {day} IS NULL OR {self.known('p', day)} THEN {value} END"

    def going_on(self, start: str, end: str) -> str:
        """SQL: whether something lasted into the months the lists go back."""
        return (
            f"coalesce({start} <= {self.end}, true) AND coalesce({end} >= {self.begin}, true) "
            f"AND coalesce({start}, {end}) IS NOT NULL"
        )

    def lately(self, days: Sequence[str], ends: Sequence[str], start: str) -> str:
        """SQL: whether something ended, happened or was still said in the last twelve months."""
        some = " OR ".join(f"p.{day} BETWEEN {self.begin_long} AND {self.end}" for day in days)
        said = f"p.return_end BETWEEN {self.begin_long} AND {self.end}"
        over = " AND ".join(f"coalesce({end} >= {self.begin_long}, true)" for end in ends)
        return f"coalesce({start} <= {self.end}, true) AND {over} AND ({said} OR {some})"

    def stated(self, column: str, counted: str, prefix: str = "p.") -> str:
        """SQL: the number a return to the day states, else as counted."""
        return (
            f"CASE WHEN {prefix}return_end = {self.end} AND {prefix}{column} IS NOT NULL "
            f"THEN {prefix}{column} ELSE {counted} END"
        )

    def counted(self, table: str, day: str, column: str, prefix: str = "p.") -> str:
        """SQL: how many records of a child there are of twelve months, if no return states it."""
        name = f"count_{table}"
        self.make(
            name,
            f"SELECT child_id, count(*) AS number FROM {table} "
            f"WHERE {day} BETWEEN {self.year} AND {self.end} GROUP BY child_id",
        )
        number = f"coalesce((SELECT number FROM {name} AS x WHERE x.child_id = p.child_id), 0)"
        return self.stated(column, number, prefix)

    def make(self, name: str, query: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
        self.made[name] = None

    def drop(self) -> None:
        """Let go of the tables that the list just written needed."""
        for name in self.made:
            self.connection.execute(f"DROP TABLE {name}")
        self.made.clear()


@dataclass(frozen=True)
class _List:
    """What is special to a list: its rows, which of them belong, and cells that are not plain."""

    rows: str
    where: str
    cells: Mapping[str, str] = field(default_factory=dict)
    joins: str = ""
