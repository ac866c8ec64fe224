"""Workbooks (.xlsx, .xlsm), read raw: what each cell stores, and which cells hold no usable value.

python-calamine reads the cells. It gives a blank for an Excel error and for a formula without a
stored result, so those are found in the sheet's XML. It also makes room for a sheet's whole extent
before anyone can ask how large it is, so far-flung cells are refused first.
"""

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import zip_longest
from posixpath import join, normpath
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sightline.intake.archive import open_archive
from sightline.intake.inputs import Input
from sightline.intake.parts import UnreadableFileError
from sightline.intake.sheets import Sheet

MAX_CELLS = 20_000_000
"""Cells the sheets of a workbook may span in all, blank ones included."""

# Tags that do not begin with an address of at most two letters and five digits, or have a prefix.
_ODD_TAGS = (
    re.compile(rb'<c(?! r="[A-Z]{0,2}\d{1,5}")[\s/>]'),
    re.compile(rb'<row(?! r="\d{1,5}")[\s/>]'),
    re.compile(rb":(?:c|row)[\s/>]"),
)
_TWO_LETTERS = re.compile(rb'r="([A-Z]{2})\d')
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d+)[\"']")
_ERROR = re.compile(rb"t=[\"']e[\"']")
_FORMULA = (re.compile(rb"<f[\s/>]"), re.compile(rb":f[\s/>]"))
_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?=<(?:\w+:)?v\s*/>|<(?:\w+:)?v></|</(?:\w+:)?c>)"
)


def read_workbook(file: Input) -> Iterator[Sheet]:
    """Give every sheet of a workbook in turn, hidden ones too.

    `UnreadableFileError` if it is damaged, has a document type declaration, or its sheets span more
    than `MAX_CELLS`.
    """
    archive = open_archive(file.data, file.path)
    parts = dict(archive.files())
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content[:4096]:
            raise UnreadableFileError(
                f"{file.path}: refused, because its part {name} declares a document type."
            )
    try:
        xml_of = {name: parts[part] for name, part in _sheet_parts(parts)}
        book = CalamineWorkbook.from_filelike(archive.packed_again())
        shown = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        # The next sheet is loaded while this one is being made text of.
        with ThreadPoolExecutor(1) as ahead:

            def load(name: str) -> Future[CalamineSheet]:
                _check_extent(file, name, xml_of[name])
                return ahead.submit(book.get_sheet_by_name, name)

            loading = [load(about.name) for about in shown[:1]]
            spanned = 0
            for about, following in zip_longest(shown, shown[1:]):
                if following:
                    loading.append(load(following.name))
                cells = loading.pop(0).result()
                spanned += (cells.total_height + 1) * (cells.total_width + 1)
                if spanned > MAX_CELLS:
                    raise _too_large(file, about.name)
                rows = cells.to_python(skip_empty_area=False)
                yield Sheet(
                    replace(file.source, encoding="xlsx"),
                    about.name,
                    rows,
                    range(1, len(rows) + 1),
                    hidden=about.visible != SheetVisibleEnum.Visible,
                    broken=dict(_broken_cells(xml_of[about.name])),
                )
    except (CalamineError, expat.ExpatError, ValueError, LookupError, OSError) as error:
        raise _damaged(file) from error


def _sheet_parts(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name, and the part of the workbook that holds it."""
    targets = {
        attributes.get("Id"): normpath(join("/xl", attributes.get("Target", "")))[1:]
        for tag, attributes in _elements(parts.get("xl/_rels/workbook.xml.rels", b""))
        if tag == "Relationship"
    }
    given: set[str] = set()
    for tag, attributes in _elements(parts["xl/workbook.xml"]):
        if tag != "sheet":
            continue
        reference = next((v for k, v in attributes.items() if k.endswith(":id")), None)
        part = targets.get(reference)
        if part is None or part not in parts or part in given:
            raise LookupError(attributes.get("name"))
        given.add(part)
        yield attributes.get("name", ""), part


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append(
        (tag.rpartition(":")[2], attributes)
    )
    parser.Parse(xml, True)
    return found


def _check_extent(file: Input, name: str, xml: bytes) -> None:
    widest = max(map(_number, set(_TWO_LETTERS.findall(xml))), default=26)
    if widest * 99_999 <= MAX_CELLS and not any(odd.search(xml) for odd in _ODD_TAGS):
        return
    rows, columns = _extent(xml)
    if rows * columns > MAX_CELLS:
        raise _too_large(file, name)


def _extent(xml: bytes) -> tuple[int, int]:
    """The last row and column that any cell of a sheet's XML stands in, or claims to."""
    row = column = last_row = last_column = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, last_row, last_column
        kind = tag.rpartition(":")[2]
        if kind == "row":
            row = int(attributes.get("r", row + 1))
            column = 0
        elif kind == "c":
            column += 1
            if "r" in attributes:
                letters = attributes["r"].rstrip("0123456789")
                column = _number(letters.encode())
                row = int(attributes["r"][len(letters) :])
            last_row, last_column = max(last_row, row), max(last_column, column)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return last_row, last_column


def _number(letters: bytes) -> int:
    """The column that letters stand for, counted from 1."""
    number = 0
    for character in letters.upper():
        number = number * 26 + character - ord("A") + 1
    return number


def _broken_cells(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Line, column from 0, and what is shown, of cells that hold an error or no result."""
    for match in _ERROR.finditer(xml):
        start = xml.rfind(b"<", 0, match.start())
        close = _CELL_END.search(xml, match.end())
        value = _VALUE.search(xml, match.end(), close.start() if close else match.end())
        if address := _ADDRESS.search(xml, start, xml.find(b">", match.end())):
            yield _where(address), value[1].decode(errors="replace") if value else "an error"
    if any(formula.search(xml) for formula in _FORMULA):
        for match in _NO_RESULT.finditer(xml):
            start = max(xml.rfind(b"<c", 0, match.start()), xml.rfind(b":c", 0, match.start()))
            address = _ADDRESS.search(xml, start, match.start())
            if address and not _TEXT.search(xml, start, match.start()):
                yield _where(address), "=" + (match[1] or b"").decode(errors="replace")


def _where(address: re.Match[bytes]) -> tuple[int, int]:
    return int(address[2]), _number(address[1]) - 1


def _damaged(file: Input) -> UnreadableFileError:
    return UnreadableFileError(
        f"{file.path}: the workbook is damaged; open it in Excel, save it again and load that."
    )


def _too_large(file: Input, sheet: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{file.path}: its sheet “{sheet}” reaches further than {MAX_CELLS:,} cells; "
        "delete the stray cells far right or far below, and save it again."
    )
