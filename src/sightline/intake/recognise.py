"""What each file is, told from its content, and the reader that reads it.

Files that belong together (the sheets of a workbook, the CSV files of a folder or zip) become one
reading per format. What is not recognised is named: as an error if it was given by name or if
nothing else was there, else as a finding; but notes that people put beside a return, and a list of
findings, are passed over and said to be. A list of places is handed on as it is.
"""

import codecs
import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath

from sightline.intake import annex_a, casework, dfe_api, ssd, ssda903
from sightline.intake.archive import open_archive
from sightline.intake.cin import looks_like_cin, read_cin
from sightline.intake.inputs import CASEWORK_MANIFEST, GivenFile, Input, decode, open_inputs
from sightline.intake.layouts import Match, Taken, match, names_another, take
from sightline.intake.parts import Finding, Reading, UnreadableFileError
from sightline.intake.places import is_list_of_places
from sightline.intake.sheets import Sheet, read_csv, text_of
from sightline.intake.table_sets import PeriodOf, readings_of, repeated
from sightline.intake.workbook import read_workbook
from sightline.records import Format

READS = (
    "Sightline reads Annex A (a workbook, or a CSV file a list), CIN census XML, SSDA903 (CSV files, "
    "a workbook or XML), the Standard Safeguarding Dataset (CSV files), DfE daily API JSON and extracts "
    "of its own casework"
)

_HEAD = 64 * 1024
_LAYOUTS = (*annex_a.layouts(), *ssda903.layouts(), *ssd.layouts())
_PERIOD_OF: dict[Format, PeriodOf] = {
    Format.ANNEX_A: annex_a.period_of,
    Format.SSDA903: ssda903.period_of,
    Format.SSD: ssd.period_of,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "EncryptedPackage"))
_NOT_TEXT = (b"%PDF", b"{\\rtf")
_NOTES = frozenset({"about", "contents", "cover", "notes", "readme"})
"""Names of sheets and text files that tell a reader about a return."""
_ARE_NOTES = "notes"
_BESIDE = {
    ("code", "file", "place", "column", "value"): "a list of findings",
    ("kind", "what", "field", "value", "written"): "a list of what an export could not hold",
}
"""Headers of CSV files that lie beside returns, and what such a file is."""


@dataclass(frozen=True)
class Recognised:
    """What the files given hold: the returns, read, and the lists of places beside them."""

    readings: list[Reading]
    places: list[Input]


def read(
    paths: Iterable[str | Path | GivenFile],
    *,
    authority: str | None = None,
    as_at: date | None = None,
) -> list[Reading]:
    """Read the returns among files, folders and zips: see `recognise`."""
    return recognise(paths, authority=authority, as_at=as_at).readings


def recognise(
    paths: Iterable[str | Path | GivenFile],
    *,
    authority: str | None = None,
    as_at: date | None = None,
) -> Recognised:
    """Read files, folders and zips. `as_at` is the day the returns were made, where none says it.

    Raises `UnreadableFileError`, with one sentence for the person who gave the paths, if a path is
    not there or not safe, if a file given by name is of no known format, if nothing is recognised,
    or if nothing tells which days a return covers.
    """
    recogniser = _Recogniser(authority or "", as_at)
    with _without_collecting():
        for file in open_inputs(paths):
            recogniser.add(file)
        return Recognised(recogniser.readings(), recogniser.places)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage: rows are lists of text, which hold no cycles to find."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Recogniser:
    """Takes files one at a time, and keeps those of a set until all are there."""

    def __init__(self, authority: str, as_at: date | None) -> None:
        self._authority = authority
        self._as_at = as_at
        self.places: list[Input] = []
        self._seen: dict[str, str] = {}
        self._whole: list[Reading] = []
        self._sets: dict[tuple[str, Format], list[Taken]] = {}
        self._stated: dict[str, annex_a.Stated] = {}
        self._not_read: list[Finding] = []
        self._facts: list[str] = []

    def add(self, file: Input) -> None:
        if is_list_of_places(file):
            self.places.append(file)
            return
        if earlier := self._seen.get(file.source.sha256):
            message = f"The file is the same, byte for byte, as {earlier}; it was read once."
            self._note("same-file-twice", file.path, message)
            return
        self._seen[file.source.sha256] = file.path
        if reason := self._read(file):
            if file.named:
                raise UnreadableFileError(f"{file.path}: {reason}. {READS}.")
            if what := _beside(file):
                if what == _ARE_NOTES:
                    self._note_stated(_text(file), file.path, file.group)
                self._facts.append(f"{file.path}: passed over, as it is {what}.")
                return
            self._note("unknown-file", file.path, f"The file was not read: {reason}.")

    def readings(self) -> list[Reading]:
        """One reading of each file or set, what was not recognised being noted with the first."""
        readings = [*self._whole]
        for (container, file_format), taken in self._sets.items():
            used, facts = ssd.used(taken) if file_format is Format.SSD else (taken, ())
            if not used:
                self._note("unknown-file", taken[0].part.source.path, facts[0])
                continue
            period_of = self._period_of(container, file_format, used)
            for reading in readings_of(
                used, period_of, authority=self._authority, as_at=self._as_at
            ):
                readings.append(replace(reading, facts=(*facts, *reading.facts)))
        if not readings:
            paths = [*(f.file for f in self._not_read), *(file.path for file in self.places)]
            named = ", ".join(path for path in paths[:5] if path)
            raise UnreadableFileError(f"Nothing to load was recognised ({named}). {READS}.")
        first = replace(
            readings[0],
            findings=(*readings[0].findings, *self._not_read),
            facts=(*readings[0].facts, *self._facts),
        )
        return [first, *readings[1:]]

    def _period_of(self, container: str, file_format: Format, taken: Sequence[Taken]) -> PeriodOf:
        """What tells the period of a set: for Annex A, the notes beside it too."""
        stated = self._stated.get(container) if file_format is Format.ANNEX_A else None
        if stated is None:
            return _PERIOD_OF[file_format]
        if repeated(taken):
            self._facts.append(
                f"The days that {stated.where} states were not used, as a list is there twice."
            )
            return _PERIOD_OF[file_format]
        return partial(annex_a.period_of, stated=stated)

    def _note_stated(self, notes: str, where: str, container: str) -> None:
        """Keep what notes say of the days that lists beside them cover."""
        if stated := annex_a.stated_in(notes, where):
            self._stated.setdefault(container, stated)

    def _read(self, file: Input) -> str:
        """Read a file; a reason if it is of no known format."""
        head = file.data[:_HEAD]
        if not file.data.strip(b"\xef\xbb\xbf \t\r\n"):
            return "it is empty"
        if file.is_archive:
            return self._office(file)
        if _is_binary(file, head):
            return "it is not a workbook, CSV, XML or JSON file"
        start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
        reader = {b"<": self._xml, b"{": self._json, b"[": self._json}.get(start, self._csv)
        return reader(file)

    def _office(self, file: Input) -> str:
        archive = open_archive(file.data, file.path)
        names = archive.names()
        if CASEWORK_MANIFEST in names:
            self._add_whole(casework.read_casework(archive))
            return ""
        if "xl/workbook.xml" in names:
            return self._sheets(read_workbook(file), file.path)
        if "xl/workbook.bin" in names or "mimetype" in names:
            return "it is not an .xlsx workbook, as which it may be saved"
        return "it is an office document, but not a workbook"

    def _xml(self, file: Input) -> str:
        head = file.data[:_HEAD]
        if looks_like_cin(head):
            self._add_whole(read_cin(file.data, file.source, as_at=self._as_at))
        elif ssda903.looks_like_ssda903(head):
            self._sets.setdefault((file.path, Format.SSDA903), []).extend(ssda903.read_xml(file))
        else:
            return "it is XML, but neither a CIN census nor an SSDA903 return"
        return ""

    def _json(self, file: Input) -> str:
        reading = dfe_api.read_dfe_api(file, as_at=self._as_at)
        if reading is None:
            return "it is JSON, but has no children as the DfE daily API writes them"
        self._add_whole(reading)
        return ""

    def _csv(self, file: Input) -> str:
        try:
            sheet = read_csv(file)
        except UnreadableFileError:
            if file.named or PurePath(file.path).suffix.lower() == ".csv":
                raise
            return "it cannot be read as text"
        return self._sheets([sheet], file.group)

    def _sheets(self, sheets: Iterable[Sheet], container: str) -> str:
        taken: list[Taken] = []
        unknown: list[Sheet] = []
        for sheet in sheets:
            if found := match(sheet, _LAYOUTS):
                taken.append(_take(sheet, found))
            elif any(map(any, sheet.rows)):
                unknown.append(sheet)
        if not taken:
            return _unlike_any(unknown)
        for each in taken:
            self._sets.setdefault((container, each.layout.format), []).append(each)
        for sheet in unknown:
            if sheet.name.strip().lower() in _NOTES:
                words = " ".join(text_of(cell) for row in sheet.rows for cell in row)
                where = f"{sheet.source.path}: the sheet “{sheet.name}”"
                self._note_stated(words, where, container)
                self._facts.append(
                    f"{sheet.source.path}: the sheet “{sheet.name}” was passed over, as notes."
                )
                continue
            message = f"The sheet “{sheet.name}” is no list or table known; it was not read."
            self._note("unknown-sheet", sheet.source.path, message, sheet.name)
        return ""

    def _add_whole(self, reading: Reading) -> None:
        self._whole.append(replace(reading, authority=reading.authority or self._authority))

    def _note(self, code: str, file: str, message: str, place: str = "") -> None:
        self._not_read.append(Finding(code, file, place, "", "", message))


def _beside(file: Input) -> str:
    """Say what a file is that lies beside a return and is none; empty if that is not known."""
    path = PurePath(file.path)
    if path.suffix.lower() in ("", ".md", ".txt") and path.stem.lower() in _NOTES:
        return _ARE_NOTES
    first = file.data[:_HEAD].partition(b"\n")[0].removeprefix(b"\xef\xbb\xbf")
    columns = tuple(word.strip().lower() for word in first.decode("utf-8", "replace").split(","))
    return next((what for head, what in _BESIDE.items() if columns[: len(head)] == head), "")


def _text(file: Input) -> str:
    """The text of notes; none if it cannot be read, as notes need not be."""
    try:
        return decode(file.source, file.data[:_HEAD])[0]
    except UnreadableFileError:
        return ""


def _is_binary(file: Input, head: bytes) -> bool:
    if head.startswith(_OLE) and any(name in file.data for name in _OLE_WORKBOOKS):
        raise UnreadableFileError(
            f"{file.path}: is an old Excel workbook (.xls) or has a password; "
            "save it as .xlsx without one."
        )
    utf_16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.startswith((_OLE, *_NOT_TEXT)) or (b"\0" in head and not utf_16)


def _take(sheet: Sheet, found: Match) -> Taken:
    taken = take(sheet, found)
    named = names_another(sheet, found.layout, _LAYOUTS)
    if named is None:
        return taken
    message = (
        f"The name speaks of {named.title}, but the headers are those of {found.layout.title}, "
        "as which it was read."
    )
    clash = Finding("name-clash", sheet.source.path, sheet.name, "", sheet.title, message)
    return replace(taken, findings=(*taken.findings, clash))


def _unlike_any(sheets: Sequence[Sheet]) -> str:
    for sheet in sheets:
        for row in sheet.rows:
            if cells := [str(cell) for cell in row if str(cell).strip()]:
                begins = "".join(c if c.isprintable() else " " for c in ", ".join(cells)[:80])
                return f"its columns are those of no list or table known (it begins “{begins}”)"
    return "it is empty"
