from datetime import date, datetime
from pathlib import Path

import pytest

from sightline.intake.inputs import open_inputs
from sightline.intake.parts import UnreadableFileError
from sightline.intake.sheets import Sheet, letter, read_csv, text_of, tidy


def sheet_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> Sheet:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    (file,) = open_inputs([path])
    return read_csv(file)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (9212044.0, "9212044"),
        (6.138261464750171, "6.138261464750171"),
        (-3.0, "-3"),
        (0.0, "0"),
        (1e300, "1e+300"),
        (True, "true"),
        (False, "false"),
        (date(2020, 9, 16), "2020-09-16"),
        (datetime(2020, 9, 16, 13, 45, 0, 400), "2020-09-16T13:45:00"),  # noqa: DTZ001
        (datetime(2020, 9, 16, 13, 44, 59, 999_900), "2020-09-16T13:45:00"),  # noqa: DTZ001
        ("00123", "00123"),
        ("\u00a0 Dustin\u00a0Hazlett\u200b ", "Dustin Hazlett"),
        ("A\u200bB", "AB"),
        ("", ""),
    ],
)
def test_the_text_of_a_cell(cell: object, text: str) -> None:
    assert text_of(cell) == text


def test_text_inside_a_value_is_kept() -> None:
    assert tidy("O'Neil  Smith\nof \u202fY") == "O'Neil  Smith\nof  Y"


@pytest.mark.parametrize(
    ("index", "name"),
    [(0, "A"), (12, "M"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_letters_of_columns(index: int, name: str) -> None:
    assert letter(index) == name


def test_lines_are_counted_through_quoted_new_lines(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, 'a,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2,w\r\n')
    assert list(sheet.rows) == [["a", "b"], ["1", "x\r\ny\r\nz"], [], ["2", "w"]]
    assert list(sheet.lines) == [1, 2, 5, 6]


def test_old_line_ends_and_separators_inside_values(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "a,b\r1,x\u2028y\r2,z\x0bq")
    assert list(sheet.rows) == [["a", "b"], ["1", "x\u2028y"], ["2", "z\x0bq"]]
    assert list(sheet.lines) == [1, 2, 3]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_separators_are_found_and_said(tmp_path: Path, mark: str) -> None:
    sheet = sheet_of(tmp_path, f"CHILD{mark}DOB\n1{mark}2,5\n")
    assert sheet.rows[1] == ["1", "2,5"]
    assert any("separated by" in fact for fact in sheet.facts)


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "CHILD,NAME\n1,Zoë\n", "windows-1252")
    assert sheet.rows[1][1] == "Zoë"
    assert any("Windows-1252" in fact for fact in sheet.facts)


def test_a_quotation_mark_left_open_is_found_with_its_line(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, 'a,b\n1,x\n2,"y\n3,z\n4,w\n')
    (finding,) = sheet.findings
    assert (finding.code, finding.place) == ("unclosed-quote", "line 3")


def test_a_quotation_mark_that_swallows_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="from line 2 on; look for a quotation mark"):
        sheet_of(tmp_path, 'a,b\n1,"' + "x,y\n" * 100_000)
