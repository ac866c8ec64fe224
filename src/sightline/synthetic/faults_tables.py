"""Faults in lists and tables: Annex A, SSDA903 and the Standard Safeguarding Dataset."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import elapsed
from sightline.export.tables import Cell, Table
from sightline.intake.sheets import letter
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import Child
from sightline.synthetic.faults import Fault, Kind, hosts, plant
from sightline.synthetic.protection import last_day

_HEADER_ROWS = 1
_NO_DAY = "30/02/{year}"

Change = Callable[[Child, "Row"], list[Fault] | None]
"""Plants a fault in a row of a child; none where the row does not lend itself to it."""


class Row:
    """A row of a table, by its columns, and where it stands in the file."""

    def __init__(self, table: Table, index: int, place: str) -> None:
        self.table = table
        self.index = index
        self._place = place

    def __getitem__(self, column: str) -> Cell:
        return self.table.rows[self.index][list(self.table.columns).index(column)]

    def __setitem__(self, column: str, cell: Cell) -> None:
        self.table.rows[self.index][list(self.table.columns).index(column)] = cell

    def day(self, column: str) -> date | None:
        """Give a cell that holds a day."""
        cell = self[column]
        return cell if isinstance(cell, date) else None

    def fault(self, code: str, column: str, value: object = "", *, cell: str = "") -> Fault:
        """Give a finding on this row, or on one cell of it where the file has cells."""
        line = self.index + 1 + _HEADER_ROWS
        if not self._place:
            return Fault(code, f"line {line}", column, str(value), file=self.table.name)
        at = letter(list(self.table.columns).index(cell)) if cell else ""
        return Fault(code, f"{self._place}!{at}{line}", column, str(value))

    def copy(self) -> Fault:
        """Add an exact copy of the row at the end of the table."""
        self.table.rows.append(list(self.table.rows[self.index]))
        place = "" if not self._place else self._place
        return Row(self.table, len(self.table.rows) - 1, place).fault("duplicate-record", "")


class _Return:
    """The tables of one return, and the rows of each child in them."""

    def __init__(self, tables: Sequence[Table], end: date, child: Mapping[str, str], *, book: bool):
        self.tables = {table.name: table for table in tables}
        self.end = end
        self.book = book
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for table in tables:
            if table.name in child:
                at = list(table.columns).index(child[table.name])
                for index, row in enumerate(table.rows):
                    self._rows[table.name, str(row[at])].append(index)

    def rows(self, table: str, child: Child) -> list[Row]:
        """Give the rows of a child in a table."""
        return [
            Row(self.tables[table], index, table if self.book else "")
            for index in self._rows.get((table, child.id), ())
        ]

    def kind(self, table: str, change: Change, *, only: bool = True) -> Kind:
        """Offer a change the row of a child in a table; only if it is the one row, unless said."""

        def planted(child: Child) -> list[Fault] | None:
            rows = self.rows(table, child) if table in self.tables else []
            if not rows or (only and len(rows) != 1):
                return None
            return change(child, rows[0])

        return planted


def _put(column: str, record: str, value: str, *codes: str) -> Change:
    """Put a value that cannot be used in a cell: the first code is of the cell, others of the row."""

    def change(_: Child, row: Row) -> list[Fault] | None:
        if row[column] is None:
            return None
        row[column] = value
        cell, *rules = codes
        # A code that cannot be read is kept in capitals.
        shown = value.upper() if cell == "unknown-code" else ""
        return [
            row.fault(cell, record, value, cell=column),
            *(row.fault(rule, record, shown, cell=column) for rule in rules),
        ]

    return change


def _blank(column: str, record: str, *codes: str) -> Change:
    def change(_: Child, row: Row) -> list[Fault] | None:
        if row[column] is None:
            return None
        row[column] = None
        return [row.fault(code, record, cell=column) for code in codes]

    return change


def _too_early(end: str, start: str, record: str, code: str, *, days: int = 5) -> Change:
    """Put an end so many days before the start of what it ends."""

    def change(_: Child, row: Row) -> list[Fault] | None:
        begun = row.day(start)
        if begun is None or row[end] is None:
            return None
        early = begun - timedelta(days=days)
        row[end] = early
        return [row.fault(code, record, early, cell=end)]

    return change


def _no_such_day(column: str, record: str, *also: str, year: int) -> Change:
    """Put 30 February in a cell."""

    def change(_: Child, row: Row) -> list[Fault] | None:
        if row[column] is None:
            return None
        value = _NO_DAY.format(year=year)
        row[column] = value
        faults = [row.fault("impossible-date", record, value, cell=column)]
        return faults + [row.fault(code, record, value, cell=column) for code in also]

    return change


def _copy(_: Child, row: Row) -> list[Fault]:
    return [row.copy()]


# -- Annex A -----------------------------------------------------------------------------------


def plant_annex_a(
    tables: Sequence[Table], authority: Authority, count: int, random: Random
) -> list[Fault]:
    """Plant faults in the lists of the last workbook."""
    end = last_day(authority.years[-1])
    first = {table.name: table.columns[0] for table in tables}
    book = _Return(tables, end, first, book=True)
    year = end.year

    def finished_late(child: Child, row: Row) -> list[Fault] | None:
        begun = row.day("Continuous Assessment Start Date")
        if begun is None or elapsed(begun, end) > 40:
            return None
        column = "Continuous Assessment Date of Authorisation"
        found = _no_such_day(column, "authorisation_date", year=year)(child, row)
        if found and all(case["CIN Closure Date"] for case in book.rows("List 6", child)):
            found.append(row.fault("A-403", "authorisation_date", cell=column))
        return found

    def closed_early(child: Child, row: Row) -> list[Fault] | None:
        referral = book.rows("List 3", child)
        begun = row.day("CIN Start Date")
        if begun is None or row["CIN Closure Date"] is None or len(referral) != 1:
            return None
        early = begun - timedelta(days=3)
        row["CIN Closure Date"] = early
        # A referral stands in list 3 first, and that is where its record is.
        return [referral[0].fault("8630", "closure_date", early)]

    def at_weekend(_: Child, row: Row) -> list[Fault] | None:
        column = "Date of Initial Child Protection Conference"
        held = row.day(column)
        planned = "Did the Initial Child Protection Conference Result in a Child Protection Plan"
        if held is None or str(row[planned]).endswith("Yes"):
            return None
        saturday = held + timedelta(days=5 - held.weekday())
        if saturday > end:
            return None
        row[column] = saturday
        return [row.fault("8875", "conference_date", saturday, cell=column)]

    def spreadsheet_error(_: Child, row: Row) -> list[Fault] | None:
        row["Allocated Worker"] = "#N/A"
        cell = "Allocated Worker"
        nobody = [row.fault("A-603", "worker", cell=cell)] if not row["CIN Closure Date"] else []
        return [row.fault("excel-error", cell, "#N/A", cell=cell), *nobody]

    def reviewed_early(_: Child, row: Row) -> list[Fault] | None:
        begun, held = (
            row.day("Child Protection Plan Start Date"),
            "Date of latest review conference",
        )
        if begun is None or row[held] is None or row["Child Protection Plan End Date"] is not None:
            return None
        row[held] = begun - timedelta(days=7)
        return [row.fault("8841", "review_date", begun - timedelta(days=7), cell=held)]

    def other_birth(child: Child, row: Row) -> list[Fault] | None:
        if not book.rows("List 3", child):
            return None
        row["Date of Birth"] = child.birth - timedelta(days=31)
        return [row.fault("sources-disagree", "birth_date", child.birth - timedelta(days=31))]

    kinds = (
        book.kind(
            "List 4",
            _too_early(
                "Continuous Assessment Date of Authorisation",
                "Continuous Assessment Start Date",
                "authorisation_date",
                "8608",
            ),
        ),
        book.kind("List 4", finished_late),
        book.kind(
            "List 7",
            _too_early(
                "Child Protection Plan End Date",
                "Child Protection Plan Start Date",
                "end_date",
                "8925",
            ),
        ),
        book.kind("List 7", reviewed_early),
        book.kind("List 5", at_weekend),
        book.kind("List 6", closed_early),
        book.kind("List 6", spreadsheet_error),
        book.kind("List 3", _put("Referral NFA?", "no_further_action", "perhaps", "not-a-boolean")),
        book.kind(
            "List 3", _put("Referral Source", "referral_source", "Carrier pigeon", "unknown-code")
        ),
        book.kind("List 1", _blank("Date of Contact", "contact_date", "row-without-key")),
        book.kind("List 1", _copy),
        book.kind("List 4", other_birth),
        book.kind(
            "List 7",
            _put("Initial Category of Abuse", "initial_category", "Worry", "unknown-code", "8905"),
        ),
        book.kind(
            "List 7",
            _put(
                "Number of Previous Child Protection Plans",
                "previous_plans",
                "several",
                "not-a-number",
                "8730",
            ),
        ),
    )
    return plant(kinds, count, hosts(authority, random))


# -- SSDA903 -----------------------------------------------------------------------------------


def plant_ssda903(
    tables: Sequence[Table], authority: Authority, count: int, random: Random
) -> list[Fault]:
    """Plant faults in the tables of the last return, in children who entered care in its year."""
    end = last_day(authority.years[-1])
    care = _Return(tables, end, {table.name: "CHILD" for table in tables}, book=False)
    year = end.year
    entered = [child for child in hosts(authority, random) if care.rows("Episodes", child)]
    fresh = {child.id for child in entered}
    others = [child for child in authority.children if child.care and child.id not in fresh]
    listed = {child.id for child in others} | fresh
    others += [
        each.child
        for each in authority.leavers
        if each.year == year and each.child.id not in listed
    ]
    random.shuffle(others)

    def new(kind: Kind) -> Kind:
        """Offer a change only children of whom no earlier return tells."""
        return lambda child: kind(child) if child.id in fresh else None

    def overlapping(child: Child, row: Row) -> list[Fault] | None:
        rows = care.rows("Episodes", child)
        if len(rows) != 2 or len(child.care) != 1:
            return None
        second = rows[1].day("DECOM")
        if second is None:
            return None
        early = second - timedelta(days=2)
        if early <= (row.day("DECOM") or early):
            return None
        rows[1]["DECOM"] = early
        return [
            row.fault("903-388", "end_reason", row["REC"]),
            rows[1].fault("903-501", "start_date", early),
            rows[1].fault("903-433", "start_date", early),
        ]

    def not_ended(child: Child, row: Row) -> list[Fault] | None:
        rows = care.rows("Episodes", child)
        if len(rows) != 2 or row["REC"] != "X1":
            return None
        row["DEC"] = None
        return [
            row.fault("903-142", "end_date"),
            row.fault("903-148", "end_date"),
        ]

    def back_late(child: Child, row: Row) -> list[Fault] | None:
        found = _no_such_day("MIS_END", "end_date", year=year)(child, row)
        if found and all(episode["DEC"] for episode in care.rows("Episodes", child)):
            found.append(row.fault("903-577", "end_date"))
        return found

    def no_sex(child: Child, row: Row) -> list[Fault] | None:
        # The table of unaccompanied children says it again.
        return None if care.rows("UASC", child) else _blank("SEX", "sex", "4180")(child, row)

    def unknown_child(_: Child, row: Row) -> list[Fault] | None:
        # A code of an authority that there is not: nobody with it is in the header.
        row["CHILD"] = f"INV000{row.index:06d}"
        return [
            row.fault(code, column) for code, column in (("4180", "sex"), ("4220", "ethnicity"))
        ]

    def other_birth(child: Child, row: Row) -> list[Fault] | None:
        row["DOB"] = child.birth - timedelta(days=31)
        return [row.fault("sources-disagree", "birth_date", child.birth - timedelta(days=31))]

    kinds = (
        new(care.kind("Episodes", _too_early("DEC", "DECOM", "end_date", "903-356"))),
        new(care.kind("Episodes", overlapping, only=False)),
        new(care.kind("Episodes", not_ended, only=False)),
        care.kind(
            "Reviews", _put("REVIEW_CODE", "participation", "PN9", "unknown-code", "903-167")
        ),
        care.kind("Reviews", _copy),
        care.kind("Reviews", other_birth),
        care.kind("Reviews", _no_such_day("REVIEW", "review_date", "row-without-key", year=year)),
        new(care.kind("Episodes", _put("PLACE", "placement", "Q9", "unknown-code", "903-146"))),
        new(care.kind("Header", no_sex)),
        new(care.kind("Header", _put("ETHNIC", "ethnicity", "MARS", "unknown-code", "4220"))),
        care.kind("Missing", back_late),
        care.kind("Missing", _too_early("MIS_END", "MIS_START", "end_date", "903-567")),
        care.kind("OC3", _put("ACTIV", "activity", "Q1", "unknown-code", "903-132")),
        care.kind("OC3", _copy),
        care.kind("OC3", other_birth),
        care.kind("OC3", unknown_child),
    )
    return plant(kinds, count, [*entered, *others])


# -- Standard Safeguarding Dataset -----------------------------------------------------------------


def plant_ssd(
    tables: Sequence[Table], authority: Authority, count: int, random: Random
) -> list[Fault]:
    """Plant faults in the tables of the extract."""
    end = last_day(authority.years[-1])
    child = {
        table.name: next(name for name in table.columns if name.endswith("_person_id"))
        for table in tables
        if any(name.endswith("_person_id") for name in table.columns)
    }
    data = _Return(tables, end, child, book=False)

    def orphan(_: Child, row: Row) -> list[Fault] | None:
        stranger = f"INV000{row.index:06d}"
        row["cont_person_id"] = stranger
        return [row.fault("O-contact", "child_id", stranger)]

    def lost_referral(_: Child, row: Row) -> list[Fault] | None:
        key = f"none-{row.index}"
        row["cina_referral_id"] = key
        return [row.fault("broken-link", "referral_date", key)]

    def at_weekend(_: Child, row: Row) -> list[Fault] | None:
        held = row.day("icpc_icpc_date")
        if held is None or row["icpc_icpc_outcome_cp_flag"] == "Y":
            return None
        saturday = held + timedelta(days=5 - held.weekday())
        if saturday > end:
            return None
        row["icpc_icpc_date"] = saturday
        return [row.fault("8875", "conference_date", saturday, cell="icpc_icpc_date")]

    def closed_early(one: Child, row: Row) -> list[Fault] | None:
        if len(one.episodes) != 1:
            return None
        return _too_early("cine_close_date", "cine_referral_date", "closure_date", "8630", days=3)(
            one, row
        )

    def no_reason(_: Child, row: Row) -> list[Fault] | None:
        if row["cine_close_date"] is None:
            return None
        row["cine_close_reason"] = None
        return [row.fault("8805", "closure_reason")]

    kinds = (
        data.kind(
            "ssd_cin_assessments",
            _too_early(
                "cina_assessment_auth_date",
                "cina_assessment_start_date",
                "authorisation_date",
                "8608",
            ),
        ),
        data.kind(
            "ssd_cp_plans",
            _too_early("cppl_cp_plan_end_date", "cppl_cp_plan_start_date", "end_date", "8925"),
        ),
        data.kind("ssd_initial_cp_conference", at_weekend),
        data.kind("ssd_contacts", orphan),
        data.kind("ssd_cin_episodes", closed_early),
        data.kind("ssd_cin_episodes", no_reason),
        data.kind("ssd_cin_assessments", lost_referral),
        data.kind(
            "ssd_cin_episodes",
            _put("cine_referral_source_code", "referral_source", "ZZ", "unknown-code"),
        ),
        data.kind(
            "ssd_s47_enquiry",
            _too_early("s47e_s47_end_date", "s47e_s47_start_date", "end_date", "S01"),
        ),
        data.kind(
            "ssd_early_help_episodes",
            _too_early("earl_episode_end_date", "earl_episode_start_date", "end_date", "E01"),
        ),
        data.kind(
            "ssd_contacts",
            _no_such_day("cont_contact_date", "contact_date", "row-without-key", year=end.year),
        ),
        data.kind(
            "ssd_cin_visits",
            _put("cinv_cin_visit_seen", "seen", "maybe", "not-a-boolean"),
            only=False,
        ),
        data.kind("ssd_cin_visits", _copy, only=False),
        data.kind("ssd_person", _blank("pers_sex", "sex", "4180")),
        data.kind("ssd_person", _blank("pers_dob", "birth_date", "8525Q")),
    )
    return plant(kinds, count, hosts(authority, random))
