"""The windows of Annex A's lists, what is told from other records, and what is left out and said."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from export.drawn import snapshot_of
from sightline.export.annex_a import export_annex_a
from sightline.export.annex_a_words import cell_of
from sightline.export.outcome import Exported, ExportError
from sightline.export.workbook import LONGEST_TEXT, write_workbook
from sightline.intake.cells import read_word
from sightline.records import TABLES, Kind
from sightline.records.codes import codes

DAY = date(2016, 3, 31)
Export = Callable[..., "Lists"]


class Lists:
    def __init__(self, done: Exported) -> None:
        self.done = done
        self.book = CalamineWorkbook.from_path(done.path)

    def column(self, number: int, header: str) -> list[object]:
        head, *rows = self.book.get_sheet_by_name(f"List {number}").to_python()
        return [row[head.index(header)] for row in rows]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def give(
        *,
        source: str = "ssd",
        as_at: date = DAY,
        months: int = 6,
        **tables: list[dict[str, object]],
    ) -> Lists:
        tables.setdefault("child", [{"birth_date": "2010-04-01", "sex": "F", "ethnicity": "WBRI"}])
        whole = {
            name: [{"child_id": "Ann1", **row} for row in rows] for name, rows in tables.items()
        }
        snapshot = snapshot_of(tmp_path / "store", source, whole)
        return Lists(export_annex_a(snapshot, tmp_path / "a.xlsx", as_at=as_at, months=months))

    return give


@pytest.mark.parametrize(
    ("table", "row", "number"),
    [
        ("contact", {"contact_date": "{}"}, 1),
        ("referral", {"referral_date": "{}"}, 3),
        ("section_47", {"start_date": "{}"}, 5),
    ],
)
def test_lists_of_events_have_six_months(
    export: Export, table: str, row: dict[str, str], number: int
) -> None:
    days = ("2015-09-30", "2015-10-01", "2016-03-31", "2016-04-01")
    rows = [{name: text.format(day) for name, text in row.items()} for day in days]
    assert export(**{table: rows}).done.rows[f"List {number}"] == 2


@pytest.mark.parametrize(
    ("table", "start", "end", "number"),
    [
        ("early_help_episode", "start_date", "end_date", 2),
        ("assessment", "start_date", "authorisation_date", 4),
        ("referral", "referral_date", "closure_date", 6),
        ("cp_plan", "start_date", "end_date", 7),
        ("care_episode", "start_date", "end_date", 8),
    ],
)
@pytest.mark.parametrize(
    ("ended", "there", "shown"),
    [
        (None, True, ""),
        ("2015-09-30", False, None),
        ("2015-10-01", True, date(2015, 10, 1)),
        ("2016-03-31", True, date(2016, 3, 31)),
    ],
)
def test_lists_of_what_lasts_have_what_went_on_in_the_months(
    export: Export, table: str, start: str, end: str, number: int, ended: str | None, there: bool,
    shown: object,
) -> None:  # fmt: skip
    lists = export(
        **{table: [{start: "2014-01-01", end: ended}], "contact": [{"contact_date": DAY}]}
    )
    assert lists.done.rows[f"List {number}"] == there
    headers = {
        2: "Assessment completion date",
        4: "Continuous Assessment Date of Authorisation",
        6: "CIN Closure Date",
        7: "Child Protection Plan End Date",
        8: "Date Ceased to be Looked After",
    }
    assert lists.column(number, headers[number]) == ([shown] if there else [])


def test_lists_are_as_at_a_day_before_the_return(export: Export) -> None:
    """What happened later is blank, though the return has it."""
    lists = export(
        as_at=date(2015, 12, 31),
        cp_plan=[{"start_date": "2015-06-01", "end_date": "2016-02-01"}, {"start_date": "2016-01-05"}],
        cp_review=[
            {"plan_start": "2015-06-01", "review_date": day} for day in ("2015-08-20", "2016-01-20")
        ],
        visit=[
            {"pathway": "CP", "visit_date": day, "seen_alone": alone}
            for day, alone in (("2015-12-01", True), ("2015-11-01", False), ("2016-02-02", False))
        ],
    )  # fmt: skip
    assert lists.column(7, "Child Protection Plan Start Date") == [date(2015, 6, 1)]
    assert lists.column(7, "Child Protection Plan End Date") == [""]
    assert lists.column(7, "Date of latest review conference") == [date(2015, 8, 20)]
    assert lists.column(7, "Date of the Last Statutory Visit") == [date(2015, 12, 1)]
    assert lists.column(7, "Was the Child Seen Alone?") == ["a) Yes"]
    assert lists.column(7, "Age") == [5]


def test_the_latest_visit_is_as_it_was_recorded_itself(export: Export) -> None:
    """An answer of an earlier visit, or episode, is not that of the latest, which has none."""
    lists = export(
        cp_plan=[{"start_date": "2015-06-01"}],
        visit=[
            {"pathway": "CP", "visit_date": "2016-01-01", "seen_alone": True},
            {"pathway": "CP", "visit_date": "2016-02-01", "seen_alone": None},
        ],
        care_episode=[{"start_date": "2015-06-01", "start_reason": "S"}],
        missing_episode=[
            {"missing_kind": "M", "start_date": "2016-01-01", "interview_offered": True},
            {"missing_kind": "M", "start_date": "2016-02-01"},
        ],
        allocation=[
            {"start_date": "2015-01-01", "team": "Old", "worker": "W1"},
            {"start_date": "2016-01-01", "team": None, "worker": "W2"},
        ],
    )
    assert lists.column(7, "Date of the Last Statutory Visit") == [date(2016, 2, 1)]
    assert lists.column(7, "Was the Child Seen Alone?") == [""]
    offered = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
    assert lists.column(8, offered) == [""]
    assert lists.column(7, "Allocated Team") == [""]
    assert lists.column(7, "Allocated Worker") == ["W2"]


def test_a_conference_booked_ahead_stays(export: Export) -> None:
    """A return up to the day may have a date after it, which is known on the day."""
    lists = export(
        section_47=[{"start_date": "2016-03-20", "conference_date": "2016-04-10"}],
        conference=[{"section_47_start": "2016-03-20", "conference_date": "2016-04-10"}],
    )
    assert lists.column(5, "Date of Initial Child Protection Conference") == [date(2016, 4, 10)]


def test_what_lists_ask_for_is_counted_from_the_records(export: Export) -> None:
    lists = export(
        disability=[{"disability": "LD"}],
        referral=[
            {"referral_date": day, "closure_date": "2016-02-01"}
            for day in ("2015-03-31", "2015-04-01", "2016-01-01")
        ],
        care_episode=[
            {"start_date": "2015-02-01", "start_reason": "S", "end_date": "2015-06-01",
             "end_reason": "X1", "placement": "U6", "legal_status": "V2"},
            {"start_date": "2015-06-01", "start_reason": "L", "end_date": "2015-12-01",
             "end_reason": "X1", "placement": "U6", "legal_status": "C1"},
            {"start_date": "2015-12-01", "start_reason": "P", "placement": "K2", "legal_status": "C1"},
        ],
        missing_episode=[
            {"missing_kind": "M", "start_date": day, "interview_offered": offered}
            for day, offered in (("2015-03-31", True), ("2015-05-01", True), ("2016-01-09", False))
        ],
        allocation=[
            {"start_date": "2015-01-01", "end_date": "2015-12-31", "team": "Old", "worker": "W1"},
            {"start_date": "2016-01-01", "team": "New", "worker": "W2"},
        ],
    )  # fmt: skip
    assert lists.column(3, "Number of Referrals in Last 12 Months") == [2]
    assert lists.column(6, "Case Status") == ["Closed episode"] * 3
    assert lists.done.rows["List 8"] == 1
    assert lists.column(8, "Date Started to be Looked After") == [date(2015, 2, 1)]
    assert lists.column(8, "Start Date of Most Recent Placement") == [date(2015, 12, 1)]
    assert lists.column(8, "Start date of current legal status") == [date(2015, 6, 1)]
    assert lists.column(8, "Number of Placements in the Last 12 months") == [2]
    assert lists.column(8, "Does the Child have a Disability") == ["a) Yes"]
    missing = (
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"
    )
    assert lists.column(8, missing) == [2]
    offered = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
    assert lists.column(8, offered) == ["b) No"]
    assert lists.column(8, "Allocated Team") == ["New"]
    assert lists.column(8, "Date Ceased to be Looked After") == [""]


def test_a_list_that_nothing_tells_of_is_left_out_and_said(export: Export) -> None:
    lists = export(referral=[{"referral_date": "2016-01-01"}])
    assert lists.book.sheet_names == ["List 3", "List 6", "About"]
    assert lists.done.facts[0] == (
        "Left out, as nothing loaded tells of them: List 1 (Contacts), List 2 (Early Help), "
        "List 4 (Assessments), List 5 (Sec47 and ICPC), List 7 (Child Protection), "
        "List 8 (Children in Care), List 9 (Care leavers), List 10 (Adoption), List 11 (Adopters)."
    )
    assert "List 3 is blank throughout" in lists.done.facts[1]
    assert "Allocated Team; Allocated Worker" in lists.done.facts[1]


def test_a_referral_that_annex_a_does_not_say_is_a_case_is_none(export: Export) -> None:
    lists = export(
        source="annex_a",
        referral=[
            {"referral_date": "2016-01-01", "no_further_action": False},
            {"referral_date": "2016-02-01", "case_status": "CIN"},
        ],
    )
    assert lists.column(3, "Date of Referral") == [date(2016, 1, 1), date(2016, 2, 1)]
    assert lists.column(6, "CIN Start Date") == [date(2016, 2, 1)]


def test_text_too_long_for_a_cell_is_cut_and_listed(export: Export) -> None:
    lists = export(early_help_episode=[{"start_date": "2016-01-01", "organisation": "é" * 40_000}])
    (text,) = lists.column(2, "Organisation completing assessment")
    assert text == "é" * LONGEST_TEXT
    ((kind, field, count),) = [(d.kind, d.field, d.count) for d in lists.done.deviations]
    assert (kind, field, count) == ("converted", "List 2: Organisation completing assessment", 1)


def test_a_sheet_has_no_more_rows_than_excel_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.export.workbook.MOST_ROWS", 3)
    write_workbook(tmp_path / "a.xlsx", [("List 1", [["a"]] * 3)], title="", comments="")
    with pytest.raises(OverflowError, match="List 1 has more than 3 rows"):
        write_workbook(tmp_path / "b.xlsx", [("List 1", [["a"]] * 4)], title="", comments="")


def test_nothing_to_write_is_an_error(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path / "store", "ssda903", {"sdq": [{"child_id": "Ann1"}]})
    with pytest.raises(ExportError, match="No return loaded speaks of anything that Annex A lists"):
        export_annex_a(snapshot, tmp_path / "a.xlsx", as_at=DAY)


@pytest.mark.parametrize(
    "column",
    [
        column
        for table in TABLES.values()
        if any(feed.format == "annex_a" for feed in table.feeds)
        for column in table.columns
        if column.codes
        and any(column.name in f.fields for f in table.feeds if f.format == "annex_a")
    ],
    ids=lambda column: column.codes,
)
def test_every_code_is_written_in_words_that_are_read_as_it(column) -> None:
    for code in codes(column.codes):
        cell = cell_of(column, code)
        assert read_word(Kind.CODE, column.codes, column.name, str(cell)).value == code
