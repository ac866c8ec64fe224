from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.intake.layouts import Layout, match, take
from sightline.intake.parts import Source
from sightline.intake.sheets import BLANK_MARKS, EXCEL_ERRORS, Sheet, text_of
from sightline.records import Format

LAYOUT = Layout(Format.SSD, "visits", "Visits", ("visit_id", "said", "day"))
PARTS_OF_TEXT = st.sampled_from(
    [*" \t\n\x0b\x1c\x1f\u00a0\u200b\u2028", "-", "#N/A", "#n/a", "N", "INV1", "é", "None", "null"]
)
TEXTS = st.lists(PARTS_OF_TEXT, max_size=3).map("".join)
CELLS = st.one_of(
    TEXTS,
    st.booleans(),
    st.sampled_from([0.0, 1.0, 2.5, date(2025, 3, 31), datetime(2025, 3, 31, 9)]),  # noqa: DTZ001
)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=30) | st.lists(CELLS, max_size=30))
def test_a_column_is_read_as_its_cells_are(cells: list[object]) -> None:
    rows = [["visit_id", "said", "day"], *([f"v{n}", cell, ""] for n, cell in enumerate(cells))]
    sheet = Sheet(Source("a.csv", "", 0), "", rows, range(1, len(rows) + 1))
    found = match(sheet, [LAYOUT])
    assert found is not None
    taken = take(sheet, found)

    texts = [text_of(cell) for cell in cells]
    errors = [text.upper() in EXCEL_ERRORS for text in texts]
    marks = Counter(text for text in texts if text.lower() in BLANK_MARKS)
    nothing = [text == "" or text in marks for text in texts]
    assert taken.part.rows["said"].to_pylist() == [
        None if blank or error else text
        for text, blank, error in zip(texts, nothing, errors, strict=True)
    ]
    assert [(f.code, f.place, f.value) for f in taken.findings] == [
        ("excel-error", f"line {line}", text)
        for line, (text, error) in enumerate(zip(texts, errors, strict=True), start=2)
        if error
    ]
    for mark, count in marks.items():
        assert any(f"“{mark}” in {count:,}" in fact for fact in taken.facts)
    assert bool(marks) == any("read as blank" in fact for fact in taken.facts)


@pytest.mark.parametrize(
    "label",
    [
        *("Total", "TOTALS", " Total: ", "Grand total", "Sub-total", "Subtotal", "Total 42"),
        *("Total children: 42", "Total number of children = 1,042", "Total:42", "Total\u00a0- 42"),
        *("Overall Total", "Total (children)", "Total no. of children 42"),
    ],
)
def test_a_line_of_totals_is_found_and_is_no_row(label: str) -> None:
    rows = [["visit_id", "said", "day"], ["V1", "a", "b"], ["", "", ""], [label, "42", ""]]
    sheet = Sheet(Source("a.xlsx", "", 0), "Visits", rows, range(1, 5))
    found = match(sheet, [LAYOUT])
    assert found is not None
    taken = take(sheet, found)
    assert taken.part.rows.to_pydict() == {
        "line": [2], "visit_id": ["V1"], "said": ["a"], "day": ["b"],
    }  # fmt: skip
    assert [(f.code, f.place, f.column, f.value) for f in taken.findings] == [
        ("total-line", "Visits!A4", "visit_id", text_of(label))
    ]


@pytest.mark.parametrize(
    "identifier", ["TOTAL42", "Totalis", "42TOTAL", "TOTAL-42", "X Total", "TOT", "Subtotal7"]
)
def test_an_identifier_with_the_letters_of_a_total_is_a_row(identifier: str) -> None:
    rows = [["visit_id", "said", "day"], [identifier, "Total", ""]]
    sheet = Sheet(Source("a.csv", "", 0), "", rows, range(1, 3))
    found = match(sheet, [LAYOUT])
    assert found is not None
    taken = take(sheet, found)
    assert taken.part.rows["visit_id"].to_pylist() == [identifier]
    assert not taken.findings
