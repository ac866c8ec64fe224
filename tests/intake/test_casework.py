"""An extract of casework is read as any return; one cut short, wrong or hostile is refused in a sentence."""

import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sightline.intake.casework import Manifest
from sightline.intake.combine import BLANK_STANDS
from sightline.intake.load import load
from sightline.intake.parts import UnreadableFileError
from sightline.intake.recognise import read
from sightline.records import TABLES, Format, Kind
from sightline.records.casework import COLUMNS
from sightline.store.snapshots import Snapshot, Store

MADE = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
CONTACT = "child_id,contact_date,contact_id,received_at,level\n"
ROWS = {
    "child": "child_id,birth_date\nAnn,2015-01-01\n",
    "contact": f"{CONTACT}Ann,2026-06-10,K-1,2026-06-10T22:15:00Z,2\n",
}


def extract(
    path: Path,
    rows: dict[str, str] | None = None,
    *,
    made: datetime = MADE,
    manifest: dict[str, Any] | str | None = None,
    more: dict[str, str | bytes] | None = None,
    without: str = "",
) -> Path:
    """Write an extract: `manifest` are entries that are other than they should be, or all of its text."""
    tables = ROWS if rows is None else rows
    counts = {name: text.count("\n") - 1 for name, text in tables.items()}
    told = Manifest("885", date(2026, 4, 1), made.date(), made, counts).to_json()
    if isinstance(manifest, dict):
        told = json.dumps({**json.loads(told), **manifest})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in tables.items():
            if name != without:
                packed.writestr(f"{name}.csv", text)
        for name, content in (more or {}).items():
            packed.writestr(name, content)
        packed.writestr("casework.json", manifest if isinstance(manifest, str) else told)
    return path


def rows_of(snapshot: Snapshot, query: str) -> list[tuple[Any, ...]]:
    return snapshot.connect().execute(query).fetchall()


def test_it_is_read_as_records_as_at_the_moment_it_was_made(tmp_path: Path) -> None:
    found = load([extract(tmp_path / "casework.zip")], Store(tmp_path / "store")).snapshot
    moments = "CAST(received_at AS VARCHAR), CAST(as_at AS VARCHAR)"
    assert rows_of(found, f"SELECT child_id, level, {moments}, source FROM contact") == [
        ("Ann", 2, "2026-06-10 22:15:00", "2026-06-12 09:30:00", "casework")
    ]
    [held] = found.manifest.returns
    assert (held.format, held.authority) == ("casework", "885")
    assert (held.period_start, held.period_end) == (date(2026, 4, 1), date(2026, 6, 12))


def test_an_extract_replaces_the_one_before_and_leaves_other_returns(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    list_one = tmp_path / "List 1 Contacts.csv"
    list_one.write_text(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n"
        "Ann,F,WBRI,01/01/2015,11,10/06/2026,6\nBen,M,WBRI,01/02/2015,11,01/06/2026,2A\n"
    )
    load([list_one], store, as_at=date(2026, 6, 11))
    load([extract(tmp_path / "one.zip")], store)
    later = f"{CONTACT}Ann,2026-06-10,K-1,2026-06-10T22:15:00Z,3\n"
    moved_on = extract(
        tmp_path / "two.zip", {**ROWS, "contact": later}, made=datetime(2026, 6, 14, 8, tzinfo=UTC)
    )
    done = load([moved_on], store)
    assert [each.folder for each in done.replaced] == ["casework-2026-06-12"]
    assert [each.format for each in done.carried] == ["annex_a"]
    # A contact that both tell of is one: each says what it knows.
    assert rows_of(
        done.snapshot, "SELECT child_id, contact_source, level FROM contact ORDER BY child_id"
    ) == [("Ann", "6", 3), ("Ben", "2A", None)]
    assert rows_of(done.snapshot, "SELECT child_id, sex FROM child ORDER BY 1") == [
        ("Ann", "F"),
        ("Ben", "M"),
    ]


def test_casework_is_believed_where_a_return_to_the_same_day_differs(tmp_path: Path) -> None:
    list_one = tmp_path / "List 1 Contacts.csv"
    list_one.write_text(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n"
        "Ann,F,WBRI,02/01/2015,11,10/06/2026,6\n"
    )
    store = Store(tmp_path / "store")
    load([list_one], store, as_at=date(2026, 6, 12))
    found = load([extract(tmp_path / "casework.zip")], store).snapshot
    assert rows_of(found, "SELECT birth_date FROM child") == [(date(2015, 1, 1),)]
    assert rows_of(found, "SELECT DISTINCT code FROM finding") == [("sources-disagree",)]


def test_blanks_that_stand_are_of_columns_that_casework_fills() -> None:
    for table, columns in BLANK_STANDS.items():
        assert columns <= set(COLUMNS[table]) - {*TABLES[table].key}, table


def test_a_cell_that_cannot_be_used_is_a_finding_at_its_line(tmp_path: Path) -> None:
    wrong = (
        f"{CONTACT}Ann,2026-06-10,K-1,10 June 2026,two\n"
        "Ann,2026-06-11,K-2,2026-06-31T09:00:00Z,2\n,2026-06-11,K-3,,\n"
    )
    path = extract(tmp_path / "casework.zip", {"contact": wrong})
    done = load([path], Store(tmp_path / "store"))
    assert done.rejected == 1
    found = rows_of(
        done.snapshot, "SELECT code, place, column_name FROM finding ORDER BY place, column_name"
    )
    assert found == [
        ("not-a-number", "contact!2", "level"),
        ("unreadable-moment", "contact!2", "received_at"),
        ("unreadable-moment", "contact!3", "received_at"),
        ("row-without-key", "contact!4", "child_id"),
    ]


def test_a_column_that_is_none_of_the_table_is_a_finding(tmp_path: Path) -> None:
    rows = {"child": "child_id,shoe_size\nAnn,36\n"}
    [reading] = read([extract(tmp_path / "casework.zip", rows)])
    assert [(each.code, each.column) for each in reading.findings] == [
        ("unknown-column", "shoe_size")
    ]


def test_as_at_is_what_the_manifest_says_and_no_column(tmp_path: Path) -> None:
    rows = {"contact": "child_id,contact_date,as_at\nAnn,2026-06-10,2030-01-01T00:00:00Z\n"}
    found = load([extract(tmp_path / "c.zip", rows)], Store(tmp_path / "store")).snapshot
    assert rows_of(found, "SELECT CAST(as_at AS VARCHAR) FROM contact") == [
        ("2026-06-12 09:30:00",)
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"manifest": "{"}, "is not JSON"),
        ({"manifest": "[" * 100_000}, "is not JSON"),
        ({"manifest": "[]"}, "is not an object"),
        ({"manifest": {"edition": 2}}, "is of edition 2, and this Sightline reads edition 1"),
        ({"manifest": {"edition": True}}, "is of edition True"),
        ({"manifest": {"tables": ["child"]}}, "how many rows each table has"),
        ({"manifest": {"tables": {"child": -1}}}, "how many rows each table has"),
        ({"manifest": {"tables": {"child": 1, "payroll": 0}}}, "a table “payroll”, which casework"),
        ({"manifest": {"tables": {"child": 2, "contact": 1}}}, "has 1 rows and not the 2"),
        ({"manifest": {"period_end": "2026-02-30"}}, "period_end is not a day"),
        ({"manifest": {"period_end": "1066-10-14"}}, "lies outside 1901 to 2100"),
        ({"manifest": {"period_start": "2026-07-01"}}, "ends before it begins"),
        ({"manifest": {"made": "yesterday"}}, "made is not a moment"),
        ({"manifest": {"authority": "8\x1b[2J85"}}, "authority is not a short text"),
        ({"without": "contact"}, "lacks “contact.csv”"),
        ({"more": {"payroll.csv": "a\n"}}, "holds “payroll.csv”"),
        ({"more": {"../child.csv": "a\n"}}, "leads out of the archive"),
        ({"rows": {"child": "child_id,child_id\nA,B\n"}}, "has a column twice"),
        ({"rows": {"child": "child_id,line\nA,B\n"}}, "has a column twice"),
        (
            {"rows": {"child": "child_id,birth_date\nSecret,2015-01-01,more\n"}},
            "cannot be read as CSV",
        ),
        ({"rows": {"child": ""}, "manifest": {"tables": {"child": 0}}}, "cannot be read as CSV"),
    ],
)
def test_what_is_wrong_is_refused_in_a_sentence(
    tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    path = extract(tmp_path / "casework.zip", **wrong)
    with pytest.raises(UnreadableFileError, match=said) as refused:
        read([path])
    assert "Secret" not in str(refused.value)
    assert str(path) in str(refused.value)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "casework.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("child.csv", b"child_id\n\xff\xfe\xfa\n")
        told = Manifest("", date(2026, 4, 1), date(2026, 6, 12), MADE, {"child": 1})
        packed.writestr("casework.json", told.to_json())
    with pytest.raises(UnreadableFileError, match="cannot be read as CSV in UTF-8"):
        read([path])


def test_every_column_it_names_is_one_of_the_table() -> None:
    for name, columns in COLUMNS.items():
        assert {each.name for each in TABLES[name].columns} >= set(columns)
        assert set(TABLES[name].needs) <= set(columns), name


def test_only_casework_says_moments() -> None:
    told = {
        f"{table.name}.{column.name}": {
            feed.format for feed in table.feeds if column.name in feed.fields
        }
        for table in TABLES.values()
        for column in table.columns
        if column.kind is Kind.MOMENT
    }
    assert told
    assert set().union(*told.values()) == {Format.CASEWORK}
