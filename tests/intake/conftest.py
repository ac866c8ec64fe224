"""Files for the readers' tests: the public samples, and workbooks and CSV files made on the spot."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from sightline.intake.parts import Reading
from sightline.intake.sheets import text_of

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "samples"

Rows = Sequence[Sequence[object]]


@pytest.fixture
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the public sample files are not beside this checkout (shared/data/samples)")
    return SAMPLES


@pytest.fixture
def annex_a_lists(samples: Path) -> dict[int, list[list[object]]]:
    """The rows of the sample workbook by list number, header first."""
    book = CalamineWorkbook.from_path(samples / "annex_a" / "Annex_A_2021.xlsx")
    return {
        int(name.split()[1]): book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


@pytest.fixture
def write_workbook(tmp_path: Path) -> Callable[..., Path]:
    def write(
        sheets: Mapping[str, Rows], name: str = "book.xlsx", hidden: Sequence[str] = ()
    ) -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(path)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        time = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(line, column, cell, time)
                    elif isinstance(cell, date):
                        moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - sheets have no zones
                        sheet.write_datetime(line, column, moment, day)
                    elif cell != "":
                        sheet.write(line, column, cell)
            if title in hidden:
                sheet.hide()
        book.close()
        return path

    return write


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerows([[text_of(cell) for cell in row] for row in rows])
        return path

    return write


@pytest.fixture
def tables_of() -> Callable[[Reading], dict[str, dict[str, list[str | None]]]]:
    """What a reading's parts hold, by part and field, without the lines."""

    def tables(reading: Reading) -> dict[str, dict[str, list[str | None]]]:
        return {
            part.name: {
                name: values
                for name, values in part.rows.to_pydict().items()
                if name != "line" and any(values)
            }
            for part in reading.parts
        }

    return tables


@pytest.fixture
def codes_of() -> Callable[[Reading], list[str]]:
    return lambda reading: [found.code for found in reading.findings]
