"""The children-in-need census of a year, written from a snapshot's combined records.

Which records belong follows the Department for Education's census: every episode that was open at any
time in the year, or was referred in it, with what happened in the year or was open in it; what happened
after the year's last day is left blank, as it stood that day. A file is written that the schema of the
year accepts. Where a record cannot be in it as it stands, the record is written as far as the schema
allows, and the place is listed (`Deviations`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from sightline import __version__
from sightline.clocks.months import add_months
from sightline.export.census_layout import (
    CLOSING_LINES,
    FIRST_YEAR,
    LAST_YEAR,
    PLANS_SINCE,
    Block,
    blocks,
    child_lines,
    is_xml,
    opening_lines,
)
from sightline.export.holding import fields_of
from sightline.export.outcome import (
    Deviations,
    Exported,
    ExportError,
    Kind,
    Row,
    check_target,
    list_beside,
    not_covered,
    whole_file,
)
from sightline.records import PLACE, TABLES, Format
from sightline.records import Kind as Type
from sightline.records.codes import is_national, is_valid
from sightline.store.snapshots import Snapshot

TABLES_READ = (
    *("child", "disability", "referral", "assessment", "assessment_factor", "cin_plan"),
    *("section_47", "conference", "cp_plan", "cp_review", "pre_proceedings"),
)
BATCH = 2000
"""Children read at a time, so that memory does not grow with the authority."""

_BROADER = {
    ("assessment_factor", "18B"): "18A",
    ("assessment_factor", "18C"): "18A",
    ("assessment_factor", "19B"): "19A",
    ("assessment_factor", "19C"): "19A",
    ("closure_reason", "RC9"): "RC8",
    ("referral_source", "5D"): "5B",
}
"""Codes that were split off another: what a census before the split has for them."""
_NOT_KNOWN = {"Sex": "U", "Ethnicity": "NOBT", "ReferralSource": "10"}
"""What the census has for an element that must be there and is not known."""
_UPN = re.compile(r"[A-Za-z][0-9]{11}[0-9A-Za-z]")
_NO_REFERRAL = "no referral of the child is recorded that it could belong to"
_OTHER_REFERRAL = (
    "its referral is not among the records; written in the episode that was open on its day"
)
_UNSAID_REFERRAL = (
    "which referral it belongs to is not recorded; written in the episode that was open on its day"
)
Progress = Callable[[str], None]


def export_cin(
    snapshot: Snapshot,
    year: int,
    path: Path,
    *,
    authority: str = "",
    every_record: bool = False,
    listed: Path | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the census of the year ending 31 March `year`, valid by that year's schema.

    `authority` is the three digits for the header; without, those that the returns held state. With
    `every_record`, records outside the year and what happened after it are written too: to pass a file
    on in another layout, not to return it. `listed` is the list of places at which the file is not as
    the records are; without, it lies beside the file. The same snapshot gives the same file.
    `ExportError` for a year without a known layout, and if no child has an episode to be written.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ExportError(
            f"The layout of the census of {year} is not known; "
            f"those of {FIRST_YEAR} to {LAST_YEAR} are."
        )
    listed = listed or list_beside(path)
    check_target(path, listed)
    done = Exported(path, Format.CIN.value, date(year, 3, 31))
    with (
        Deviations(listed, snapshot) as deviations,
        snapshot.connect() as connection,
        whole_file(path) as partial,
    ):
        census = _Census(connection, year, deviations, every_record=every_record)
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            made = f"{snapshot.manifest.created:%Y-%m-%dT%H:%M:%S}"
            code = authority or _authority(snapshot, done)
            opening = opening_lines(
                done.day, code, software="Sightline", release=__version__, made=made
            )
            file.write("\n".join(opening) + "\n")
            for lines in census.children(progress or _silent):
                file.write("\n".join(lines) + "\n")
            file.write("\n".join(CLOSING_LINES) + "\n")
        if not census.counts["Child"]:
            raise ExportError(
                f"No child has an episode in the census year to {done.day:%-d %B %Y}, so there is "
                "no census to write; check --year."
            )
        done.children = census.counts["Child"]
        done.rows = {name: census.counts[name] for name in blocks(year) if census.counts[name]}
        if not every_record:
            done.facts += not_covered(snapshot, done.day)
        done.facts += census.facts()
        deviations.finish(done)
    return done


def _silent(_: str) -> None:
    """Say nothing."""


def _authority(snapshot: Snapshot, done: Exported) -> str:
    """The authority the returns are of, the latest first; a fact if it is not known, or not alone."""
    returns = sorted(snapshot.manifest.returns, key=lambda each: each.period_end, reverse=True)
    codes = list(dict.fromkeys(each.authority for each in returns if each.authority))
    if not codes:
        done.facts.append(
            "No file says which authority it is of, so the header has no Source; state it with "
            "--authority."
        )
        return ""
    if len(codes) > 1:
        done.facts.append(
            f"The returns are of several authorities ({', '.join(codes)}), and records do not say "
            f"which each is of: all are in the file, as of {codes[0]}."
        )
    return codes[0]


@dataclass
class _Child:
    """The records of a child by table, and the blocks made of them."""

    id: str
    rows: dict[str, list[Row]]
    details: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def referrals(self) -> list[Row]:
        return self.rows["referral"]


class _Census:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        year: int,
        deviations: Deviations,
        *,
        every_record: bool,
    ) -> None:
        self.connection = connection
        self.year = year
        self.end = date(year, 3, 31)
        self.start = add_months(self.end, -12) + timedelta(days=1)
        self.deviations = deviations
        self.every_record = every_record
        self.homeless: Row | None = None
        self.counts: Counter[str] = Counter()
        self.later: Counter[str] = Counter()
        self.no_block: Counter[str] = Counter()
        self.elements = {
            (table, part): fields_of(Format.CIN, part, table)
            for table, part in (
                *(("child", "Child"), ("referral", "CINdetails"), ("assessment", "Assessments")),
                *(("cin_plan", "CINPlanDates"), ("section_47", "Section47")),
                ("cp_plan", "ChildProtectionPlans"),
            )
        }

    # -- reading -----------------------------------------------------------------------------

    def children(self, progress: Progress) -> Iterator[list[str]]:
        """Give the lines of each child that is in the census, in order of identifier."""
        union = " UNION ".join(f"SELECT child_id FROM {name}" for name in TABLES_READ)
        ids = [
            str(child)
            for (child,) in self.connection.execute(f"{union} ORDER BY child_id").fetchall()
        ]
        for place in range(0, len(ids), BATCH):
            progress(f"Writing children {place + 1:,} to {min(place + BATCH, len(ids)):,}")
            batch = ids[place : place + BATCH]
            for child in self._batch(batch):
                block = self._child(child)
                if block is not None:
                    self._count(block)
                    yield child_lines(block, self.year)

    def _batch(self, ids: Sequence[str]) -> Iterator[_Child]:
        found = {name: _Child(name, {table: [] for table in TABLES_READ}) for name in ids}
        for table in TABLES_READ:
            names = [column.name for column in (*TABLES[table].columns, *PLACE)]
            # Tables are sorted by child, so that this reads only the part of the file with these.
            rows = self.connection.execute(
                f"SELECT {', '.join(names)} FROM {table} WHERE child_id BETWEEN ? AND ? "
                "ORDER BY ALL",
                [ids[0], ids[-1]],
            ).fetchall()
            place = names.index("child_id")
            for row in rows:
                found[row[place]].rows[table].append(dict(zip(names, row, strict=True)))
        for child in found.values():
            child.rows["referral"].sort(key=lambda row: row["referral_date"])
            yield child

    # -- which records belong ------------------------------------------------------------------

    def _past(self, day: date | None, element: str) -> date | None:
        """A day up to the end of the year; a later one is left blank, and counted."""
        if day is None or day <= self.end or self.every_record:
            return day
        self.later[element] += 1
        return None

    def _of_year(self, start: date | None, end: date | None) -> bool:
        """Whether what lasted from `start` to `end`, where known, was going on in the year."""
        if self.every_record:
            return True
        return (start is None or start <= self.end) and (end is None or end >= self.start)

    def _in_census(self, referral: Row) -> bool:
        """Whether an episode is in the census: open in the year, or referred in it.

        A referral that led to no further action opens nothing, so that the day it was received
        decides, unless it is said to have closed later.
        """
        received, closed = referral["referral_date"], referral["closure_date"]
        if referral["no_further_action"] and closed is None:
            closed = received
        return self._of_year(received, closed)

    # -- a child -------------------------------------------------------------------------------

    def _child(self, child: _Child) -> Block | None:
        """Make the block of a child; none if none of its records is of the year."""
        for number, referral in enumerate(child.referrals):
            if self._in_census(referral):
                child.details[number] = self._details(referral)
        self._assessments(child)
        self._cin_plans(child)
        self._enquiries(child)
        self._plans(child)
        for _ in child.rows["pre_proceedings"]:
            self.no_block["PreProceedingsandFGDM"] += 1
        if not child.details:
            if self.every_record:
                row = next(rows[0] for rows in child.rows.values() if rows)
                self.deviations.add(
                    Kind.LEFT_OUT, row, "the child has no referral", field="CINdetails"
                )
            return None
        known = child.rows["child"]
        about = known[0] if known else {"child_id": child.id}
        block = self._values(about, "child", "Child", "")
        self._identify(block, about)
        block["Disability"] = self._disabilities(child, about)
        block["CINdetails"] = list(child.details.values())
        return block

    def _disabilities(self, child: _Child, about: Row) -> list[str]:
        """Give the codes of a child's disabilities; NONE if it is recorded only that there is none."""
        rows = child.rows["disability"]
        if rows or about.get("disabled") is None:
            coded = ((row["disability"], row) for row in rows)
            return self._codes(coded, "Disability", "disability", "")
        if about["disabled"]:
            self._left_out(about, "Disability", "yes", "it is not recorded which it is")
            return []
        return ["NONE"]

    def _identify(self, block: dict[str, Any], about: Row) -> None:
        """See to what the schema, or the last day of the year, asks of a child's identifiers."""
        identifier = about["child_id"]
        block["LAchildID"] = identifier
        if not is_xml(identifier):
            self.deviations.add(
                Kind.CONVERTED,
                about,
                "it has signs that XML cannot hold; each was written as U+FFFD",
                field="LAchildID",
                value=identifier,
            )
        for element in ("UPN", "FormerUPN"):
            value = block.get(element)
            if value is not None and not _UPN.fullmatch(value):
                self._left_out(about, element, value, "it is not of the form the schema asks for")
                block[element] = None
        born = block.get("PersonBirthDate")
        if born is not None and born > self.end and not self.every_record:
            expected = block.get("ExpectedPersonBirthDate") or born
            block |= {"PersonBirthDate": None, "ExpectedPersonBirthDate": expected, "Sex": "U"}
            self.deviations.add(
                Kind.CONVERTED,
                about,
                "the child was born after the year, so it is written as unborn, of sex U",
                field="PersonBirthDate",
                value=born,
                written=expected,
            )
        block["PersonDeathDate"] = self._past(block.get("PersonDeathDate"), "PersonDeathDate")
        for element in ("Sex", "Ethnicity"):
            self._need(block, element, about, "")

    def _details(self, referral: Row) -> dict[str, Any]:
        record = referral["referral_date"]
        block = self._values(referral, "referral", "CINdetails", record)
        block["CINclosureDate"] = self._past(block["CINclosureDate"], "CINclosureDate")
        if block["CINclosureDate"] is None and referral["closure_date"] is not None:
            block["ReasonForClosure"] = None
        self._need(block, "ReferralSource", referral, record)
        if block["ReferralNFA"] is None:
            self._assumed(referral, "ReferralNFA", 0, record)
            block["ReferralNFA"] = False
        return block | {
            "DateOfInitialCPC": None,
            "Assessments": [],
            "CINPlanDates": [],
            "Section47": [],
            "ChildProtectionPlans": [],
        }

    # -- what belongs to an episode ------------------------------------------------------------

    def _home(self, child: _Child, row: Row, day: date | None, block: str) -> dict[str, Any] | None:
        """Find the episode's block that a record is to be in; none if that is not of the year.

        A record whose referral is not known goes to the episode that was open on its day; one for which
        there is none is listed, and `_is_homeless`.
        """
        referrals, said = child.referrals, row["referral_date"]
        same = [n for n, each in enumerate(referrals) if each["referral_date"] == said]
        if said is not None and same:
            open_then = [n for n in same if _open_on(referrals[n], day)]
            chosen = (open_then or same)[0]
            return child.details.get(chosen)
        open_then = [n for n, each in enumerate(referrals) if _open_on(each, day)]
        acted = [n for n in open_then if not referrals[n]["no_further_action"]]
        if not open_then:
            self.deviations.add(
                Kind.LEFT_OUT, row, _NO_REFERRAL, field=block, record=day, value=said
            )
            self.homeless = row
            return None
        chosen = (acted or open_then)[-1]
        if chosen in child.details:
            self.deviations.add(
                Kind.ASSUMED,
                row,
                _UNSAID_REFERRAL if said is None else _OTHER_REFERRAL,
                field=block,
                record=day,
                value=said,
                written=referrals[chosen]["referral_date"],
            )
        return child.details.get(chosen)

    def _is_homeless(self, row: Row) -> bool:
        """Whether no episode was found for a record, the last that one was looked for."""
        return self.homeless is row

    def _assessments(self, child: _Child) -> None:
        factors: dict[date, list[Row]] = {}
        for row in child.rows["assessment_factor"]:
            factors.setdefault(row["start_date"], []).append(row)
        # Where two begin on a day, the factors are those of the first that was completed.
        rows = sorted(child.rows["assessment"], key=lambda row: row["authorisation_date"] is None)
        for row in rows:
            start, end = row["start_date"], row["authorisation_date"]
            own = factors.pop(start, []) if start is not None else []
            if not self._of_year(start, end):
                continue
            home = self._home(child, row, start or end, "Assessments")
            if home is None:
                for each in own if self._is_homeless(row) else ():
                    self._left_out(
                        each,
                        "AssessmentFactors",
                        each["factor"],
                        "its assessment was left out",
                        start,
                    )
                continue
            if start is None:
                self._left_out(
                    row, "Assessments", end, "it has no start, which the schema asks for", end
                )
                continue
            block = self._values(row, "assessment", "Assessments", start)
            done = self._past(end, "AssessmentAuthorisationDate")
            block["AssessmentAuthorisationDate"] = done
            if done is not None or end is None:
                block["AssessmentFactors"] = self._codes(
                    ((each["factor"], each) for each in own),
                    "AssessmentFactors",
                    "assessment_factor",
                    start,
                )
            home["Assessments"].append(block)
        for start, left in factors.items():
            for each in left if self._of_year(start, None) else ():
                self._left_out(
                    each,
                    "AssessmentFactors",
                    each["factor"],
                    "no assessment of that start is recorded",
                    start,
                )

    def _cin_plans(self, child: _Child) -> None:
        for row in child.rows["cin_plan"]:
            if not self._of_year(row["start_date"], row["end_date"]):
                continue
            if self.year < PLANS_SINCE:
                self.no_block["CINPlanDates"] += 1
                continue
            home = self._home(child, row, row["start_date"], "CINPlanDates")
            if home is not None:
                block = self._values(row, "cin_plan", "CINPlanDates", row["start_date"])
                block["CINPlanEndDate"] = self._past(row["end_date"], "CINPlanEndDate")
                home["CINPlanDates"].append(block)

    def _enquiries(self, child: _Child) -> None:
        conferences = list(child.rows["conference"])
        pairs: list[tuple[Row, Row | None]] = []
        # A conference that an enquiry names is that one; others go to an enquiry that names none.
        for row in sorted(child.rows["section_47"], key=lambda row: row["conference_date"] is None):
            held = row["conference_date"]
            found = next(
                (
                    each
                    for each in conferences
                    if each["section_47_start"] == row["start_date"]
                    and held in (None, each["conference_date"])
                ),
                None,
            )
            if found is not None:
                conferences.remove(found)
            pairs.append((row, found))
        for row, found in sorted(pairs, key=lambda pair: pair[0]["start_date"]):
            self._enquiry(child, row, found)
        for each in conferences:
            self._conference(child, each)

    def _enquiry(self, child: _Child, row: Row, conference: Row | None) -> None:
        start = row["start_date"]
        held = row["conference_date"] or (conference["conference_date"] if conference else None)
        if not self._of_year(start, held or start):
            return
        home = self._home(child, row, start, "Section47")
        if home is None:
            return
        block = self._values(row, "section_47", "Section47", start)
        target = row["conference_target_date"] or (
            conference["target_date"] if conference else None
        )
        block["InitialCPCtarget"] = target
        block["DateOfInitialCPC"] = self._past(held, "DateOfInitialCPC")
        if block["ICPCnotRequired"] is None:
            # With an end and no conference there was no need of one; an open one may yet need it.
            needless = held is None and target is None and row["end_date"] is not None
            block["ICPCnotRequired"] = needless
            if held is None:
                self._assumed(row, "ICPCnotRequired", int(needless), start)
        home["Section47"].append(block)

    def _conference(self, child: _Child, row: Row) -> None:
        """Write a conference that no enquiry has."""
        held, start = row["conference_date"], row["section_47_start"]
        if not self._of_year(held, held):
            return
        home = self._home(child, row, held, "DateOfInitialCPC")
        if home is None:
            return
        if start is not None:
            self.deviations.add(
                Kind.CONVERTED,
                row,
                "no enquiry of that start is without another conference; written with one of its own",
                field="DateOfInitialCPC",
                value=held,
                written=held,
                record=start,
            )
            home["Section47"].append(
                {
                    "S47ActualStartDate": start,
                    "InitialCPCtarget": row["target_date"],
                    "DateOfInitialCPC": held,
                    "ICPCnotRequired": False,
                }
            )
            return
        if home["DateOfInitialCPC"] is not None:
            self._left_out(
                row, "DateOfInitialCPC", held, "the episode has another, and may have one", held
            )
            return
        if row["under_enquiry"]:
            self.deviations.add(
                Kind.CONVERTED,
                row,
                "the start of its enquiry is not known; written for the episode instead",
                field="DateOfInitialCPC",
                value=held,
                written=held,
                record=held,
            )
        home["DateOfInitialCPC"] = held

    def _plans(self, child: _Child) -> None:
        reviews = list(child.rows["cp_review"])
        for row in child.rows["cp_plan"]:
            start, end = row["start_date"], row["end_date"]
            own = [each for each in reviews if _is_of(each, row)]
            reviews = [each for each in reviews if not _is_of(each, row)]
            if not self._of_year(start, end):
                continue
            home = self._home(child, row, start or end, "ChildProtectionPlans")
            if home is None and not self._is_homeless(row):
                continue
            block = self._plan(child, row) if home is not None and start is not None else None
            if home is not None and start is None:
                self._left_out(
                    row, "ChildProtectionPlans", end, "it has no start, which the schema asks for"
                )
            if home is None or block is None:
                for each in own:
                    self._left_out(
                        each, "CPPreviewDate", each["review_date"], "its plan was left out", start
                    )
                continue
            days: dict[date, None] = {}
            for each in own:
                if each["plan_start"] is None:
                    self._assumed_plan(each, start)
                if (day := self._past(each["review_date"], "CPPreviewDate")) is not None:
                    days[day] = None
            block["CPPreviewDate"] = sorted(days)
            home["ChildProtectionPlans"].append(block)
        for each in reviews:
            if self._of_year(each["review_date"], each["review_date"]):
                self._left_out(
                    each,
                    "CPPreviewDate",
                    each["review_date"],
                    "no plan is recorded that it could be of",
                    each["plan_start"],
                )

    def _plan(self, child: _Child, row: Row) -> dict[str, Any] | None:
        start = row["start_date"]
        block = self._values(row, "cp_plan", "ChildProtectionPlans", start)
        block["CPPendDate"] = self._past(row["end_date"], "CPPendDate")
        pair = ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse")
        if not any(block[element] for element in pair):
            self._left_out(
                row, "ChildProtectionPlans", start, "no category of abuse is recorded", start
            )
            return None
        for element, other in (pair, pair[::-1]):
            if block[element] is None:
                block[element] = block[other]
                self._assumed(row, element, block[other], start)
        previous = block["NumberOfPreviousCPP"]
        if previous is None or previous < 0:
            begun = {each["start_date"] for each in child.rows["cp_plan"]} - {None}
            block["NumberOfPreviousCPP"] = sum(each < start for each in begun)
            self.deviations.add(
                Kind.ASSUMED,
                row,
                "it is not recorded; the earlier plans among the records were counted",
                field="NumberOfPreviousCPP",
                value=previous,
                written=block["NumberOfPreviousCPP"],
                record=start,
            )
        return block

    # -- values --------------------------------------------------------------------------------

    def _values(self, row: Row, table: str, part: str, record: object) -> dict[str, Any]:
        """Give a record's values by element, codes as the year has them."""
        values: dict[str, Any] = {}
        for element in blocks(self.year).get(part, ()):
            column = self.elements[table, part].get(element)
            if column is None:
                continue
            value = row.get(column.name)
            if column.kind is Type.CODE and value is not None:
                value = self._code(value, row, element, column.codes, record)
            values[element] = value
        return values

    def _code(
        self, value: str, row: Row, element: str, list_name: str, record: object
    ) -> str | None:
        """Give a code as the year's census has it; none, and a line of the list, if it has not."""
        if element == "Sex":
            if value in ("M", "F", "U"):
                return value
        elif is_national(list_name, value) and is_valid(list_name, value, self.year):
            return value
        broader = _BROADER.get((list_name, value))
        if broader is not None and is_national(list_name, value):
            what = "the census of the year has one broader code for it"
            self.deviations.add(
                Kind.CONVERTED,
                row,
                what,
                field=element,
                value=value,
                written=broader,
                record=record,
            )
            return broader
        self._left_out(row, element, value, "it is not a code of the year's census", record)
        return None

    def _codes(
        self, values: Iterator[tuple[str, Row]], element: str, list_name: str, record: object
    ) -> list[str]:
        """Give codes as the year has them, each once."""
        written = (self._code(code, row, element, list_name, record) for code, row in values)
        return list(dict.fromkeys(code for code in written if code is not None))

    def _need(self, block: dict[str, Any], element: str, row: Row, record: object) -> None:
        """Give an element that must be there the census's code for what is not known."""
        if block.get(element) is None:
            block[element] = _NOT_KNOWN[element]
            self._assumed(row, element, block[element], record)

    def _left_out(
        self, row: Row, element: str, value: object, why: str, record: object = ""
    ) -> None:
        self.deviations.add(Kind.LEFT_OUT, row, why, field=element, value=value, record=record)

    def _assumed(self, row: Row, element: str, written: object, record: object) -> None:
        what = f"it is not recorded, and must be there; written as {written}"
        self.deviations.add(Kind.ASSUMED, row, what, field=element, written=written, record=record)

    def _assumed_plan(self, row: Row, start: date) -> None:
        self.deviations.add(
            Kind.ASSUMED,
            row,
            "its plan is not recorded; written with the one in force that day",
            field="CPPreviewDate",
            value=row["review_date"],
            written=row["review_date"],
            record=start,
        )

    # -- counts --------------------------------------------------------------------------------

    def _count(self, block: Block, name: str = "Child") -> None:
        self.counts[name] += 1
        for element, value in block.items():
            if isinstance(value, list):
                for each in value:
                    if isinstance(each, dict):
                        self._count(each, element)
                    else:
                        self.counts[element] += 1

    def facts(self) -> list[str]:
        """Say what was left blank as it happened after the year, and what the year has no block for."""
        said = []
        if self.later:
            listed = ", ".join(f"{count:,} {name}" for name, count in sorted(self.later.items()))
            said.append(
                f"What happened after {self.end:%-d %B %Y} was left out, as it stood that day: "
                f"{listed}."
            )
        for name, count in sorted(self.no_block.items()):
            said.append(
                f"The census of {self.year} has no {name}, of which {count:,} are recorded."
            )
        return said


def _open_on(referral: Row, day: date | None) -> bool:
    """Whether an episode was open on a day."""
    if day is None or referral["referral_date"] > day:
        return False
    return referral["closure_date"] is None or referral["closure_date"] >= day


def _is_of(review: Row, plan: Row) -> bool:
    """Whether a review is of a plan: of that start, or, where that is not known, in force that day."""
    start, end, day = plan["start_date"], plan["end_date"], review["review_date"]
    if review["plan_start"] is not None or start is None:
        return bool(review["plan_start"] == start)
    return bool(start <= day and (end is None or day <= end))
