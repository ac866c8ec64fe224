"""The children-in-need census, a yearly XML file of every child referred or open to social care.

Parts are named by the census's modules (`Child`, `CINdetails`, `Section47`, ...), and by the element
where one may come any number of times (`Disability`, `AssessmentFactors`, `CPPreviewDate`). Rows also
carry the child's id and, below an episode, its referral date. Elements are read in any order, with
or without a namespace, and the children as well without the header.
"""

import codecs
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.parsers import expat

import pyarrow as pa

from sightline.intake import cin_layout as layout
from sightline.intake.cin_parser import CensusParser
from sightline.intake.parts import Finding, Part, Reading, Source, UnreadableFileError
from sightline.intake.periods import Events, day_of, events_in, start_of_months
from sightline.records import Format

_HEAD = 64 * 1024
_OUTSIDE = 0.05
"""Share of dates outside the year from which the year itself is in doubt."""
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_SIGNS = re.compile(
    r"<(?:[\w.-]+:)?(?:ChildIdentifiers|LAchildID|CINdetails|CINreferralDate|Collection>\s*CIN\b)",
    re.IGNORECASE,
)
_OPPOSITE = "CINdetailsCollection"
_ROOTS = {"message", "children", _OPPOSITE.lower()}
_LEA = re.compile(r"\d{3}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRUNCATED = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}
_WRONG_ENCODING = expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING]
_BAD_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


def looks_like_cin(head: bytes) -> bool:
    """Whether the beginning of a file is that of a census: its outermost element, and a sign of it.

    Other collections of the Department begin in the same way, so that alone is not enough.
    """
    text = _plain(head)
    root = _ROOT.search(text)
    return root is not None and root[1].lower() in _ROOTS and _SIGNS.search(text) is not None


def read_cin(data: bytes, source: Source, *, as_at: date | None) -> Reading:
    """Read a census file. Its ReferenceDate tells the year; `as_at` does where it has none.

    `UnreadableFileError` if it is not well-formed or not whole, declares a document type, is nested
    or repeated beyond all sense, has no children, or nothing tells which year it is of.
    """
    root = _ROOT.search(_plain(data[:_HEAD]))
    if root and root[1] == _OPPOSITE:
        raise UnreadableFileError(
            f"{source.path}: its outermost element is “{_OPPOSITE}”, a form in which a flag says the "
            "opposite of the census's; export it as a census, whose outermost element is “Message”."
        )
    parser, encoding, facts = _parse(data, source.path)
    source = replace(source, encoding=encoding)
    if layout.CHILD.part not in parser.tables:
        raise UnreadableFileError(f"{source.path}: has no children in it; export it again.")
    header = _Header(parser, source.path)
    parts = tuple(Part(Format.CIN, name, source, rows) for name, rows in parser.tables.items())
    start, end = header.period(parts, as_at)
    authority = header.authority()
    if parser.prefixed:
        facts.append("Its elements have a namespace, which was passed over.")
    counts = ", ".join(f"{part.rows.num_rows:,} {part.name}" for part in parts)
    facts += [*header.facts, f"It holds {counts}."]
    return Reading(
        Format.CIN,
        (source,),
        parts,
        start,
        end,
        authority,
        (*header.findings, *parser.findings()),
        tuple(facts),
    )


class _Header:
    """What the header says of the whole return, and what is odd about it."""

    def __init__(self, parser: CensusParser, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.facts: list[str] = []
        self.sources = parser.header(layout.SOURCE)
        collections = parser.header(layout.COLLECTION)
        self.collection = collections[0] if collections else {}
        if len(collections) > 1:
            message = "The header has more than one; the first was used."
            self._find("repeated-part", collections[1]["line"], "CollectionDetails", "", message)
        if (name := self.collection.get("Collection")) and name.upper() != "CIN":
            message = f"The header calls the collection {name}; it was read as a CIN census."
            self._find("other-collection", self._line, "Collection", name, message)
        for each in self.sources:
            made = [each[name] for name in ("SoftwareCode", "Release", "SerialNo") if each[name]]
            when = f" on {each['DateTime']}" if each["DateTime"] else ""
            if made or when:
                self.facts.append(f"It was made by {', '.join(made) or 'no software named'}{when}.")

    def period(self, parts: tuple[Part, ...], as_at: date | None) -> tuple[date, date]:
        """First and last day of the year the return covers, and facts on how they were told."""
        every = {part.name: part.rows for part in parts}
        events = events_in(
            every[name][column]
            for name, columns in layout.EVENTS.items()
            if name in every
            for column in columns
        )
        told_by_date = self._reference_date(as_at)
        end = told_by_date or as_at or events.census_year
        if end is None:
            raise UnreadableFileError(
                f"{self.path}: has no ReferenceDate that can be read, and no dates that tell the "
                "year; state its last day with --as-at."
            )
        if not self.collection.get("ReferenceDate"):
            told = "as stated" if as_at else "as the dates in it tell; state another with --as-at"
            self.facts.append(f"It has no ReferenceDate: its year ends {end.isoformat()}, {told}.")
            message = (
                f"The header has no ReferenceDate; its year was taken to end {end.isoformat()}."
            )
            self._find("reference-date", self._line, "ReferenceDate", "", message)
        start = start_of_months(end, 12)
        if (end.month, end.day) != (3, 31):
            self.facts.append(
                f"Its year is {start.isoformat()} to {end.isoformat()}, and not to a 31 March."
            )
            if told_by_date:
                message = (
                    "The ReferenceDate of a census is 31 March; the year to this day was used."
                )
                self._find("reference-date", self._line, "ReferenceDate", end.isoformat(), message)
        year = self.collection.get("Year")
        if year and year != str(end.year):
            message = f"The header's Year is {year}, but its year ends {end.isoformat()}, as used."
            self._find("year-differs", self._line, "Year", year, message)
        self._doubt(events, every, start, end)
        return start, end

    def authority(self) -> str:
        """The three digits of the authority; empty if the header has none that can be read."""
        codes: dict[str, None] = {}
        for each in self.sources:
            code = each["LEA"]
            if code and _LEA.fullmatch(code):
                if codes and code not in codes:
                    message = f"Another Source is of {next(iter(codes))}, which was used."
                    self._find("authority-differs", each["line"], "LEA", code, message)
                codes[code] = None
            elif code:
                message = "It is not the three digits of a local authority; it was not used."
                self._find("authority-unreadable", each["line"], "LEA", code, message)
        return next(iter(codes), "")

    def _reference_date(self, as_at: date | None) -> date | None:
        text = self.collection.get("ReferenceDate")
        if not text:
            return None
        day = day_of(text)
        if day is None:
            message = "It is no date that can be read, so it does not tell the year."
            self._find("unreadable-date", self._line, "ReferenceDate", text, message)
        elif as_at and as_at != day:
            self.facts.append(
                f"Its ReferenceDate, {day.isoformat()}, was used, not {as_at.isoformat()}."
            )
        return day

    def _doubt(self, events: Events, every: dict[str, pa.Table], start: date, end: date) -> None:
        """Say once if many dates are outside the year: it may be a year out, or hold every case."""
        closed = events_in([every["CINdetails"]["CINclosureDate"]] if "CINdetails" in every else [])
        late, early = events.after(end), closed.total - closed.after(start - timedelta(days=1))
        if late > events.total * _OUTSIDE or early > closed.total * _OUTSIDE:
            message = (
                f"{late:,} of {events.total:,} dates of events are after {end.isoformat()}, and "
                f"{early:,} of {closed.total:,} closures before {start.isoformat()}; check that the "
                "ReferenceDate is right and that the file holds one year's cases."
            )
            self._find("dates-outside-year", self._line, "ReferenceDate", end.isoformat(), message)

    @property
    def _line(self) -> int:
        return int(self.collection.get("line", 1))

    def _find(self, code: str, line: int, column: str, value: str, message: str) -> None:
        self.findings.append(Finding(code, self.path, f"line {line}", column, value, message))


def _parse(data: bytes, path: str) -> tuple[CensusParser, str, list[str]]:
    """Read the file; the encoding it was read in, and sentences on that."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    parser = CensusParser(path)
    try:
        parser.parse(data)
    except expat.ExpatError as error:
        other = _other_encoding(data, marked, error)
        if not other:
            raise _not_well_formed(path, error) from error
        first = error
    except (ValueError, LookupError) as error:
        raise UnreadableFileError(
            f"{path}: declares the encoding {parser.declared!r}, which cannot be read; save it "
            "again as UTF-8."
        ) from error
    else:
        return parser, marked or parser.declared.lower() or "utf-8", []
    declared = parser.declared
    parser = CensusParser(path)
    try:
        parser.parse(data, other)
    except expat.ExpatError:
        raise _not_well_formed(path, first) from first
    if other == "utf-8":
        return parser, other, [f"It declares the encoding {declared}, but is {other}, as read."]
    return (
        parser,
        f"{other} (a guess)",
        [
            "It is not the UTF-8 it should be, so it was read as Windows-1252; check accented letters."
        ],
    )


def _other_encoding(data: bytes, marked: str, error: expat.ExpatError) -> str:
    """The encoding to try after an error: what a file is when it is not what it says."""
    if marked:
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252" if error.code == _BAD_TOKEN else ""
    return "utf-8" if error.code == _WRONG_ENCODING else ""


def _not_well_formed(path: str, error: expat.ExpatError) -> UnreadableFileError:
    if error.code in _TRUNCATED:
        return UnreadableFileError(
            f"{path}: breaks off at line {error.lineno}, so it is not the whole file; copy or export "
            "it again."
        )
    return UnreadableFileError(
        f"{path}: is not well-formed XML (line {error.lineno}: {expat.ErrorString(error.code)}); "
        "export it again."
    )


def _plain(head: bytes) -> str:
    """The beginning of a file as text, comments left out."""
    text = head.replace(b"\0", b"").decode("latin-1")
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
