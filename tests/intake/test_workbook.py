import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sightline.intake import workbook
from sightline.intake.inputs import open_inputs
from sightline.intake.parts import UnreadableFileError
from sightline.intake.sheets import Sheet
from sightline.intake.workbook import read_workbook

SHEET = "xl/worksheets/sheet1.xml"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = "</sheetData></worksheet>"


def sheets_of(path: Path) -> list[Sheet]:
    (file,) = open_inputs([path])
    return list(read_workbook(file))


def with_part(path: Path, part: str, content: str) -> Path:
    """The same workbook with one part put in place of another."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    path.write_bytes(buffer.getvalue())
    return path


@pytest.fixture
def book(write_workbook: Callable[..., Path]) -> Path:
    return write_workbook({"One": [["a", "b"], [1.0, date(2020, 1, 2)]]})


def test_cells_are_what_the_workbook_stores(book: Path) -> None:
    (sheet,) = sheets_of(book)
    assert list(map(list, sheet.rows)) == [["a", "b"], [1.0, date(2020, 1, 2)]]
    assert list(sheet.lines) == [1, 2]
    assert (sheet.name, sheet.hidden, sheet.broken) == ("One", False, {})


def test_hidden_sheets_are_read(write_workbook: Callable[..., Path]) -> None:
    sheets = sheets_of(write_workbook({"One": [["a"]], "Two": [["b"]]}, hidden=["Two"]))
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("One", False), ("Two", True)]


def test_blank_rows_and_columns_before_the_first_cell_are_counted(
    write_workbook: Callable[..., Path],
) -> None:
    (sheet,) = sheets_of(write_workbook({"One": [["", ""], ["", ""], ["", "x"]]}))
    assert sheet.rows[2][1] == "x"
    assert sheet.place(sheet.lines[2], 1) == "One!B3"


def test_errors_and_formulas_without_a_result_have_addresses(book: Path) -> None:
    xml = (
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1"><f>H2+5</f></c><c r="D1"><f>A1</f><v></v></c><c r="E1"><f>A1</f><v/></c>'
        '<c r="F1"><f>A1</f><v>7</v></c><c r="G1" t="str"><f>A1</f><v></v></c>'
        '<c r="AA1"><f t="shared" si="0"/></c></row>'
    )
    (sheet,) = sheets_of(with_part(book, SHEET, OPEN + xml + CLOSE))
    assert sheet.broken == {
        (1, 0): "#N/A",
        (1, 1): "#DIV/0!",
        (1, 2): "=H2+5",
        (1, 3): "=A1",
        (1, 4): "=A1",
        (1, 26): "=",
    }
    assert sheet.rows[0][5] == 7.0


def test_a_prefix_on_every_tag_changes_nothing(book: Path) -> None:
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c>'
        '<x:c r="B1" t="e"><x:v>#REF!</x:v></x:c><x:c r="C1"><x:f>A1</x:f></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    (sheet,) = sheets_of(with_part(book, SHEET, xml))
    assert sheet.rows[0][0] == 5.0
    assert sheet.broken == {(1, 1): "#REF!", (1, 2): "=A1"}


def test_formulas_of_a_library_that_stores_no_results(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["a", "b"])
    made.active.append([1, "=A2+5"])
    path = tmp_path / "made.xlsx"
    made.save(path)
    (sheet,) = sheets_of(path)
    assert sheet.broken == {(2, 1): "=A2+5"}


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c r="ZZ99999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c s="1" r="XFD1048576"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
        "<row r=\"1\"><c r='XFD1048576'><v>1</v></c></row><row r=\"2\"><c r='A2'><v>1</v></c></row>",
        '<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="xfd1"><v>1</v></c></row>',
    ],
)
def test_cells_far_out_are_refused_before_room_is_made_for_them(book: Path, cells: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"reaches further|damaged"):
        sheets_of(with_part(book, SHEET, OPEN + cells + CLOSE))


def test_cells_without_addresses_are_counted_on(book: Path) -> None:
    xml = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    (sheet,) = sheets_of(with_part(book, SHEET, OPEN + xml + CLOSE))
    assert list(map(list, sheet.rows)) == [[1.0, 2.0], [3.0, ""]]


def test_many_sheets_share_one_limit(
    write_workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 3_000_000)
    rows = [[""] * 20] * 60_000 + [["x"] * 20]
    path = write_workbook({"One": rows, "Two": rows, "Three": rows})
    with pytest.raises(UnreadableFileError, match="its sheet “Three” reaches further"):
        sheets_of(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels"])
def test_a_document_type_is_refused(book: Path, part: str) -> None:
    xml = '<!DOCTYPE x [<!ENTITY a "b">]>' + OPEN + CLOSE
    with pytest.raises(UnreadableFileError, match="declares a document type"):
        sheets_of(with_part(book, part, xml))


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels"])
def test_damaged_parts_are_one_sentence(book: Path, part: str) -> None:
    with pytest.raises(UnreadableFileError, match="the workbook is damaged"):
        sheets_of(with_part(book, part, OPEN + '<row r="1"><c r="A1"><v'))
