"""Load an Annex A workbook, against a bare read of its sheets by python-calamine.

    python bench/annex_a_load.py [--children 20000] [--repeats 3]

Eleven lists of that many rows, the children invented. Each run is a fresh process; the fastest of
the repeats counts.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import measure
import xlsxwriter

LIMIT = 3.0
LAST_DAY = datetime(2025, 3, 31)  # noqa: DTZ001 - a workbook's days have no zone


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, default=20_000, help="rows of each list")
    asked.add_argument("--repeats", type=int, default=3)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "annex a.xlsx"
        write_workbook(file, options.children)
        size = file.stat().st_size / 1e6
        measure.compare(
            f"Annex A, 11 lists of {options.children:,} rows, {size:.0f} MB: load",
            lambda _: [__file__, "bare", file],
            lambda turn: [__file__, "sightline", file, Path(folder) / f"store {turn}"],
            repeats=options.repeats,
            limit=LIMIT,
        )


def bare_read(file: str) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(file)
    cells = 0
    for name in book.sheet_names:
        cells += sum(map(len, book.get_sheet_by_name(name).to_python()))
    print(f"{cells:,} cells")


def load_it(file: str, folder: str) -> None:
    # Only this run is to pay for these imports.
    from sightline.intake.load import load
    from sightline.store.snapshots import Store

    loaded = load([file], Store(folder))
    rows = sum(each.rows_kept for each in loaded.inputs)
    print(f"{rows:,} rows kept, {loaded.snapshot.manifest.findings:,} findings")


Make = Callable[[int, random.Random], object]


def write_workbook(file: Path, rows: int) -> None:
    """Write the lists with every column of theirs; dates are Excel dates, as in real files."""
    from sightline.intake.annex_a import layouts

    dice = random.Random(2025)
    day = {"default_date_format": "dd/mm/yyyy", "constant_memory": True}
    with xlsxwriter.Workbook(file, day) as book:
        for layout in layouts():
            sheet = book.add_worksheet(f"List {layout.part}")
            sheet.write_row(0, 0, layout.columns)
            makers = [_maker(layout.part, name) for name in layout.columns]
            for number in range(rows):
                sheet.write_row(number + 1, 0, [make(number, dice) for make in makers])


def _maker(part: str, name: str) -> Make:
    """What gives the values of a column: by the kind of the record column that it fills."""
    from sightline.records import TABLES, Format, Kind
    from sightline.records.codes import codes

    if name in ("Child Unique ID", "Individual adopter identifier", "Family identifier"):
        return lambda number, _: f"INV{number:06}"
    if name == "Date of Birth":
        return lambda number, _: LAST_DAY - timedelta(days=200 + number * 7919 % 6_000)
    if name in ("Gender", "Ethnicity", "Does the Child have a Disability"):
        few = {"Gender": "MF", "Ethnicity": ("WBRI", "APKN", "MWBC")}.get(name, ("Yes", "No"))
        return lambda number, _: few[number * 7919 % len(few)]
    column = next(
        (
            table.column(own)
            for table in TABLES.values()
            for feed in table.feeds
            if (feed.format, feed.part) == (Format.ANNEX_A, part)
            for own, header in feed.fields.items()
            if header == name
        ),
        None,
    )
    if column is None:
        return lambda _, dice: f"Invented {dice.randrange(30)}"
    if column.kind is Kind.DATE:
        blank = 0.5 if "end" in column.name or "closure" in column.name else 0.05
        return lambda _, dice: (
            None if dice.random() < blank else LAST_DAY - timedelta(days=dice.randrange(180))
        )
    if column.kind is Kind.BOOLEAN:
        return lambda _, dice: dice.choice(("a) Yes", "b) No"))
    if column.kind in (Kind.INTEGER, Kind.DECIMAL):
        return lambda _, dice: dice.randrange(18)
    if column.kind is Kind.CODE and not column.codes.startswith("yes_no"):
        few = list(codes(column.codes))[:8]
        return lambda _, dice: dice.choice(few)
    return lambda _, dice: f"Invented {dice.randrange(30)}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        bare_read(sys.argv[2])
    elif sys.argv[1:2] == ["sightline"]:
        load_it(sys.argv[2], sys.argv[3])
    else:
        main()
