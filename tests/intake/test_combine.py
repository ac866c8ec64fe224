"""Combining: copies, lists, later returns, other formats, and what is reported of each."""

import random
from pathlib import Path

import pytest

from intake.held import Returns

CIN = [("c1", "", part) for part in ("Child", "CINdetails", "ChildProtectionPlans", "Section47")]
ANNEX = [("a1", f"List {number}", str(number)) for number in range(1, 12)]
EXTERNAL = {"child_id": "A", "referral_date": "2015-05-01"}


def _annex(number: int, **values: object) -> dict[str, object]:
    return {"file": "a1", "sheet": f"List {number}", **values}


@pytest.fixture
def returns(tmp_path: Path) -> Returns:
    return Returns(tmp_path)


def test_one_return_goes_straight_through_sorted_by_key(returns: Returns) -> None:
    returns.add(
        "cin",
        "2016-03-31",
        parts=CIN,
        referral=[
            {"child_id": "B", "referral_date": "2015-05-02"},
            {"child_id": "A", "referral_date": "2015-06-01"},
            {"child_id": "A", "referral_date": "2015-05-01"},
        ],
    )
    result = returns.combine()
    assert result.rows("referral", "child_id, referral_date::VARCHAR, line, district") == [
        ("A", "2015-05-01", 3, None),
        ("A", "2015-06-01", 2, None),
        ("B", "2015-05-02", 1, None),
    ]
    assert result.findings() == []


def test_an_exact_copy_counts_once_and_both_places_are_named(returns: Returns) -> None:
    row = {**EXTERNAL, "referral_source": "6"}
    returns.add("cin", "2016-03-31", parts=CIN, referral=[row, row])
    result = returns.combine()
    assert result.rows("referral", "line") == [(1,)]
    assert result.findings(columns="code, place, table_name, message") == [
        (
            "duplicate-record",
            "line 2",
            "referral",
            "an exact copy of the record at line 1; counted once",
        )
    ]


def test_two_referrals_of_a_day_that_differ_are_two(returns: Returns) -> None:
    returns.add(
        "cin",
        "2016-03-31",
        parts=CIN,
        referral=[{**EXTERNAL, "referral_source": "6"}, {**EXTERNAL, "referral_source": "2A"}],
    )
    result = returns.combine()
    assert result.rows("referral", "referral_source, line") == [("6", 1), ("2A", 2)]
    assert result.findings() == []


def test_a_row_without_part_of_its_key_is_still_told_apart(returns: Returns) -> None:
    returns.add(
        "cin",
        "2016-03-31",
        parts=[("c1", "", "PreProceedingsandFGDM")],
        pre_proceedings=[
            {"child_id": "A", "letter_date": "2015-05-01"},
            {"child_id": "A", "letter_date": "2015-05-01"},
            {"child_id": "B", "letter_date": "2015-05-01"},
        ],
    )
    result = returns.combine()
    assert result.rows("pre_proceedings", "child_id, line") == [("A", 1), ("B", 3)]


def test_the_later_return_wins_and_what_changed_is_a_finding(returns: Returns) -> None:
    for end, closed, need, source in (
        ("2016-03-31", None, "N1", "6"),
        ("2017-03-31", "2016-06-01", "N2", None),
    ):
        returns.add(
            "cin",
            end,
            parts=[(end[:4], "", part) for _, _, part in CIN],
            referral=[
                {
                    **EXTERNAL,
                    "closure_date": closed,
                    "primary_need": need,
                    "referral_source": source,
                }
            ],
        )
    result = returns.combine()
    assert result.rows(
        "referral",
        "closure_date::VARCHAR, primary_need, referral_source, return_end::VARCHAR, file",
    ) == [("2016-06-01", "N2", None, "2017-03-31", "2017")]
    assert result.findings(columns="code, file, place, column_name, value, message") == [
        (
            "changed-since-earlier-return",
            "2017.xml",
            "line 1",
            "primary_need",
            "N2",
            "primary need: N2 here, but N1 in the return to 2016-03-31; the later return was used",
        ),
        (
            "changed-since-earlier-return",
            "2017.xml",
            "line 1",
            "referral_source",
            None,
            "referral source: blank here, but 6 in the return to 2016-03-31; "
            "the later return was used",
        ),
    ]


def test_of_two_referrals_of_a_day_the_later_return_changes_its_own(returns: Returns) -> None:
    first = {**EXTERNAL, "referral_source": "6", "primary_need": "N1"}
    second = {**EXTERNAL, "referral_source": "2A", "primary_need": "N4"}
    returns.add(
        "cin", "2016-03-31", parts=CIN, referral=[{**first, "closure_date": "2016-02-01"}, second]
    )
    returns.add(
        "cin",
        "2017-03-31",
        parts=[("c2", "", part) for _, _, part in CIN],
        referral=[{**second, "closure_date": "2016-09-01"}],
    )
    result = returns.combine()
    assert result.rows("referral", "referral_source, closure_date::VARCHAR") == [
        ("6", "2016-02-01"),
        ("2A", "2016-09-01"),
    ]
    assert result.findings() == []


def test_a_column_the_later_file_has_no_field_for_keeps_its_value(returns: Returns) -> None:
    parts = [("e", "Episodes", "Episodes")]
    row = {"child_id": "A", "start_date": "2015-05-01"}
    returns.add("ssda903", "2016-03-31", parts=parts, care_episode=[{**row, "placement_urn": "X"}])
    returns.add(
        "ssda903",
        "2017-03-31",
        parts=parts,
        absent={"Episodes": {"care_episode": ("placement_urn",)}},
        care_episode=[{**row, "end_date": "2016-05-01"}],
    )
    result = returns.combine()
    assert result.rows("care_episode", "placement_urn, end_date::VARCHAR") == [("X", "2016-05-01")]
    assert result.findings() == []


def test_lists_3_and_6_of_annex_a_speak_of_one_referral(returns: Returns) -> None:
    returns.add(
        "annex_a",
        "2016-03-31",
        parts=ANNEX,
        referral=[
            _annex(3, **EXTERNAL, referral_source="6", team="Duty", line=4),
            _annex(6, **EXTERNAL, closure_date="2016-01-05", team="North", line=9),
        ],
    )
    result = returns.combine()
    assert result.rows("referral", "referral_source, closure_date::VARCHAR, team, sheet, line") == [
        ("6", "2016-01-05", "Duty", "List 3", 4)
    ]
    assert result.findings() == []


def test_a_later_annex_a_without_list_6_does_not_reopen_a_referral(returns: Returns) -> None:
    returns.add(
        "annex_a",
        "2016-03-31",
        parts=ANNEX,
        referral=[_annex(6, **EXTERNAL, closure_date="2016-01-05", line=9)],
    )
    returns.add(
        "annex_a",
        "2016-06-30",
        parts=ANNEX,
        referral=[_annex(3, **EXTERNAL, referral_source="6", line=4)],
    )
    result = returns.combine()
    assert result.rows("referral", "referral_source, closure_date::VARCHAR, line") == [
        ("6", "2016-01-05", 4)
    ]
    assert result.findings() == []


def test_a_visit_repeated_on_each_row_of_a_child_is_one(returns: Returns) -> None:
    visit = {"child_id": "A", "pathway": "CP", "visit_date": "2016-03-01"}
    returns.add(
        "annex_a",
        "2016-03-31",
        parts=ANNEX,
        visit=[_annex(7, **visit, line=2), _annex(7, **visit, seen_alone=True, line=3)],
    )
    result = returns.combine()
    assert result.rows("visit", "seen_alone, line") == [(True, 2)]
    assert result.findings() == []


def test_a_child_of_many_lists_is_one_and_list_9_is_believed_before_10(returns: Returns) -> None:
    returns.add(
        "annex_a",
        "2016-03-31",
        parts=ANNEX,
        child=[
            _annex(10, child_id="A", birth_date="2000-02-01", line=5),
            _annex(9, child_id="A", birth_date="2000-01-01", sex="F", line=7),
            _annex(1, child_id="A", ethnicity="WBRI", line=3),
            _annex(1, child_id="A", ethnicity="WBRI", line=4),
            _annex(1, child_id="B", line=5),
        ],
    )
    result = returns.combine()
    assert result.rows("child", "child_id, birth_date::VARCHAR, sex, ethnicity, sheet, line") == [
        ("A", "2000-01-01", "F", "WBRI", "List 1", 3),
        ("B", None, None, None, "List 1", 5),
    ]
    assert result.findings(columns="code, place, column_name, value, message") == [
        (
            "sources-disagree",
            "List 10!5",
            "birth_date",
            "2000-02-01",
            "birth date: 2000-02-01 here, but 2000-01-01 at List 9!7, which was used",
        )
    ]


def test_two_children_under_one_identifier_are_one_and_reported_once(returns: Returns) -> None:
    returns.add(
        "cin",
        "2016-03-31",
        parts=CIN,
        child=[
            {"child_id": "A", "birth_date": "2000-01-01", "sex": "F"},
            {"child_id": "A", "birth_date": "2003-01-01", "sex": "M", "ethnicity": "WBRI"},
        ],
    )
    result = returns.combine()
    assert result.rows("child", "birth_date::VARCHAR, sex, ethnicity") == [
        ("2000-01-01", "F", "WBRI")
    ]
    assert result.findings() == [
        (
            "child-id-repeated",
            "line 2",
            "child_id",
            "the identifier A also stands at line 1; what stands under one identifier is one child. "
            "They differ in birth date, sex, of which the first was kept",
        )
    ]


def test_formats_complete_each_other_and_the_latest_value_is_used(returns: Returns) -> None:
    returns.add(
        "annex_a",
        "2016-03-31",
        parts=ANNEX,
        child=[_annex(3, child_id="A", sex="F", ethnicity="WBRI", line=2)],
    )
    returns.add("cin", "2016-03-31", parts=CIN, child=[{"child_id": "A", "sex": "M", "upn": "X"}])
    returns.add(
        "ssda903",
        "2015-03-31",
        parts=[("h", "Header", "Header")],
        child=[{"child_id": "A", "ethnicity": "WIRI", "mother": True, "upn": "X"}],
    )
    result = returns.combine()
    assert result.rows("child", "sex, ethnicity, upn, mother, source") == [
        ("M", "WBRI", "X", True, "cin")
    ]
    assert result.findings(columns="code, format, column_name, value, message") == [
        (
            "sources-disagree",
            "annex_a",
            "sex",
            "F",
            "sex: F here, but M in the CIN census to 2016-03-31 at c1.xml line 1, which was used",
        ),
        (
            "sources-disagree",
            "ssda903",
            "ethnicity",
            "WIRI",
            "ethnicity: WIRI here, but WBRI in Annex A to 2016-03-31 at a1.xml List 3!2, "
            "which was used",
        ),
    ]


def test_a_plan_open_once_and_gone_later_is_reported_and_stays(returns: Returns) -> None:
    plan = {"child_id": "A", "start_date": "2015-05-01"}
    returns.add("cin", "2016-03-31", parts=CIN, cp_plan=[plan, {**plan, "child_id": "B"}])
    returns.add("cin", "2017-03-31", parts=CIN, cp_plan=[{**plan, "child_id": "B"}])
    result = returns.combine()
    assert result.rows("cp_plan", "child_id, end_date") == [("A", None), ("B", None)]
    assert result.findings() == [
        (
            "open-but-gone",
            "line 1",
            "end_date",
            "open in this return, but not in the one to 2017-03-31; "
            "without an end it counts as open still",
        )
    ]


def test_a_referral_without_further_action_need_not_come_again(returns: Returns) -> None:
    returns.add("cin", "2016-03-31", parts=CIN, referral=[{**EXTERNAL, "no_further_action": True}])
    returns.add("cin", "2017-03-31", parts=CIN, referral=[{**EXTERNAL, "child_id": "B"}])
    assert returns.combine().findings() == []


def test_identifiers_that_differ_by_leading_noughts_are_told(returns: Returns) -> None:
    """A spreadsheet takes the noughts from 00712; 7120 is another child."""
    returns.add(
        "cin",
        "2016-03-31",
        parts=CIN,
        child=[{"child_id": "00712"}, {"child_id": "712"}, {"child_id": "7120"}, {"child_id": "0"}],
    )
    result = returns.combine()
    assert [row[0] for row in result.findings("child-id-alike", "value")] == ["712"]


def test_identifiers_that_differ_by_case_or_space_are_told(returns: Returns) -> None:
    returns.add(
        "cin",
        "2016-03-31",
        parts=CIN,
        child=[{"child_id": "ab1"}, {"child_id": "AB1"}, {"child_id": "AB2"}],
        referral=[{"child_id": "A b2", "referral_date": "2015-05-01"}],
    )
    result = returns.combine()
    assert sorted(row[0] for row in result.findings("child-id-alike", "value")) == ["AB2", "ab1"]
    assert len(result.rows("child", "child_id")) == 3


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = [
        {
            "child_id": f"C{i % 20}",
            "referral_date": f"2015-05-{1 + i % 7:02}",
            "line": i + 1,
            "referral_source": str(i % 3),
        }
        for i in range(1000)
    ]
    hashes = set()
    for seed in range(4):
        shuffled = rows[:]
        random.Random(seed).shuffle(shuffled)
        returns = Returns(tmp_path / str(seed))
        returns.add("cin", "2016-03-31", parts=CIN, referral=shuffled)
        tables = returns.combine().combined.tables
        hashes.add((tables["referral"].hash, tables["finding"].hash))
    assert len(hashes) == 1
