"""Parts of files mapped to typed record tables: each notation, and each trap."""

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from sightline.intake.mapping import MappingResult, map_readings, principal_table
from sightline.intake.parts import Part, Reading, Source
from sightline.records import PLACE, TABLES, Format

END = date(2016, 3, 31)


def source(name: str) -> Source:
    return Source(name, (name.encode().hex() * 20)[:64], 10)


def part(
    file_format: Format,
    name: str,
    rows: Sequence[dict[str, str | None]],
    *,
    file: str = "file",
    sheet: str = "",
    fields: Sequence[str] = (),
) -> Part:
    """Make a part from rows; `fields` are those there even if no row has them. Lines start at 2."""
    names = list(dict.fromkeys([*fields, *(key for row in rows for key in row)]))
    columns = {key: pa.array([row.get(key) for row in rows], pa.string()) for key in names}
    lines = pa.array(range(2, len(rows) + 2), pa.int32())
    letters = {key: chr(ord("A") + place) for place, key in enumerate(names)} if sheet else {}
    return Part(
        file_format, name, source(file), pa.table({**columns, "line": lines}), sheet, letters
    )


def reading(*parts: Part, end: date = END) -> Reading:
    sources = tuple({p.source.path: p.source for p in parts}.values())
    start = end.replace(year=end.year - 1)
    return Reading(parts[0].format, sources, parts, start, end)


class Mapped:
    """The outcome of a mapping, to be asked."""

    def __init__(self, *readings: Reading) -> None:
        self.engine = duckdb.connect()
        self.result: MappingResult = map_readings(self.engine, readings)
        self.tables = {
            name: sum(records.num_rows for records in by_return.values())
            for name, by_return in self.result.records.items()
        }
        for name, by_return in self.result.records.items():
            self.engine.register(f"record_{name}", pa.concat_tables(by_return.values()))

    def rows(self, table: str, columns: str) -> list[tuple[object, ...]]:
        return self.engine.execute(f"SELECT {columns} FROM record_{table}").fetchall()

    def findings(self, columns: str = "code, place, value") -> list[tuple[object, ...]]:
        return self.engine.execute(f"SELECT {columns} FROM cell_finding").fetchall()


def section_47(**fields: str | None) -> dict[str, str | None]:
    return {
        "LAchildID": "C1",
        "CINreferralDate": "2015-05-01",
        "S47ActualStartDate": "2015-05-04",
        "InitialCPCtarget": None,
        "DateOfInitialCPC": None,
        "ICPCnotRequired": "0",
    } | fields


def test_columns_and_types_are_those_of_the_vocabulary() -> None:
    mapped = Mapped(reading(part(Format.CIN, "Section47", [section_47()])))
    described = mapped.engine.execute("DESCRIBE record_section_47").fetchall()
    table = TABLES["section_47"]
    assert [(row[0], row[1]) for row in described] == [
        (column.name, column.kind.sql) for column in (*table.columns, *PLACE)
    ]


def test_an_enquiry_without_a_conference_stays_and_says_nothing() -> None:
    mapped = Mapped(
        reading(
            part(
                Format.CIN,
                "Section47",
                [
                    section_47(ICPCnotRequired="true"),
                    section_47(LAchildID="C2", InitialCPCtarget="2015-05-26"),
                    section_47(LAchildID="C3", DateOfInitialCPC="2015-05-20"),
                ],
            )
        )
    )
    assert mapped.rows("section_47", "child_id, conference_not_required, conference_date") == [
        ("C1", True, None),
        ("C2", False, None),
        ("C3", False, date(2015, 5, 20)),
    ]
    assert mapped.rows("conference", "child_id, section_47_start, line") == [
        ("C3", date(2015, 5, 4), 4)
    ]
    assert mapped.findings() == []
    count = mapped.result.counts[0]
    assert (count.rows_read, count.rows_kept, count.rows_rejected) == (3, 3, 0)


def test_a_bad_cell_is_one_finding_and_the_row_stays() -> None:
    mapped = Mapped(
        reading(part(Format.CIN, "Section47", [section_47(DateOfInitialCPC="2015-02-30")]))
    )
    assert mapped.rows("section_47", "child_id, conference_date") == [("C1", None)]
    assert "conference" not in mapped.tables
    # The date fills two tables; the cell is reported once, and the conference that cannot be made.
    assert mapped.findings("code, file, place, table_name, column_name, value, line") == [
        ("impossible-date", "file", "line 2", "section_47", "conference_date", "2015-02-30", 2),
        ("row-without-key", "file", "line 2", "conference", "conference_date", "2015-02-30", 2),
    ]
    assert mapped.result.records_rejected == 1
    assert mapped.result.counts[0].rows_rejected == 0


def test_a_record_that_ends_is_kept_though_its_start_cannot_be_read() -> None:
    row: dict[str, str | None] = {"LAchildID": "C1", "CINreferralDate": "2015-05-01"}
    starts = ("2015-02-30", None, None, "2015-05-04")
    ends = ("2015-06-01", "2015-06-02", None, None)
    rows = [
        row | {"CPPstartDate": start, "CPPendDate": end}
        for start, end in zip(starts, ends, strict=True)
    ]
    mapped = Mapped(reading(part(Format.CIN, "ChildProtectionPlans", rows)))
    assert mapped.rows("cp_plan", "line, start_date, end_date") == [
        (2, None, date(2015, 6, 1)),
        (3, None, date(2015, 6, 2)),
        (5, date(2015, 5, 4), None),
    ]
    assert sorted(mapped.findings("code, place, column_name, coalesce(value, '')")) == [
        ("impossible-date", "line 2", "start_date", "2015-02-30"),
        ("record-without-start", "line 3", "start_date", ""),
        ("row-without-key", "line 4", "start_date", ""),
    ]
    assert mapped.result.records_rejected == 1


def test_a_conference_is_kept_under_an_enquiry_whose_start_cannot_be_read() -> None:
    mapped = Mapped(
        reading(
            part(
                Format.CIN,
                "Section47",
                [section_47(S47ActualStartDate="soon", DateOfInitialCPC="2015-05-20")],
            ),
            part(Format.CIN, "CINdetails", [section_47(DateOfInitialCPC="2015-05-21")]),
        )
    )
    assert mapped.rows("conference", "conference_date, section_47_start, under_enquiry") == [
        (date(2015, 5, 20), None, True),
        (date(2015, 5, 21), None, None),
    ]


def test_a_row_without_its_key_is_rejected_with_a_finding() -> None:
    mapped = Mapped(
        reading(
            part(
                Format.CIN,
                "Section47",
                [section_47(LAchildID=None), section_47(S47ActualStartDate="soon"), section_47()],
            )
        )
    )
    assert mapped.rows("section_47", "line") == [(4,)]
    assert sorted(mapped.findings("code, place, column_name")) == [
        ("row-without-key", "line 2", "child_id"),
        ("row-without-key", "line 3", "start_date"),
        ("unreadable-date", "line 3", "start_date"),
    ]
    count = mapped.result.counts[0]
    assert (count.rows_read, count.rows_kept, count.rows_rejected) == (3, 1, 2)
    assert mapped.result.records_rejected == 2


def test_a_rejected_row_that_gives_another_record_is_kept() -> None:
    row = {"Child Unique ID": "7", "Gender": "b) Female", "Date of Referral": "31/02/2016"}
    mapped = Mapped(reading(part(Format.ANNEX_A, "3", [row], sheet="List 3")))
    assert mapped.rows("child", "child_id, sex") == [("7", "F")]
    assert mapped.tables == {"child": 1}
    assert mapped.result.counts[0].rows_kept == 1
    assert mapped.result.records_rejected == 1


def test_place_columns_and_addresses_of_cells() -> None:
    row = {"Child Unique ID": "0007", "Date of Contact": "soon", "Contact Source": "q) 6: Police"}
    good = row | {"Date of Contact": "01/02/2016"}
    mapped = Mapped(reading(part(Format.ANNEX_A, "1", [row, good], file="a.xlsx", sheet="List 1")))
    assert mapped.rows("contact", "child_id, contact_date, contact_source, source, return_end") == [
        ("0007", date(2016, 2, 1), "6", "annex_a", END)
    ]
    assert mapped.rows("contact", "file, sheet, line") == [(source("a.xlsx").key, "List 1", 3)]
    assert mapped.findings("code, format, return_end, file, file_key, place")[0] == (
        "unreadable-date",
        "annex_a",
        END,
        "a.xlsx",
        source("a.xlsx").key,
        "List 1!B2",
    )


def test_a_list_without_a_visit_gives_no_visit_and_no_finding() -> None:
    row = {
        "Child Unique ID": "7",
        "Child Protection Plan Start Date": "2016-01-05",
        "Date of the Last Statutory Visit": None,
        "Was the Child Seen Alone?": "b) No",
        "Date of latest review conference": "-",
        "Number of Previous Child Protection Plans": "1.0",
    }
    mapped = Mapped(reading(part(Format.ANNEX_A, "7", [row])))
    assert mapped.rows("cp_plan", "start_date, previous_plans") == [(date(2016, 1, 5), 1)]
    assert set(mapped.tables) == {"child", "cp_plan"}
    # A blank mark is counted, once for all alike.
    assert mapped.findings("code, column_name") == [("blank-mark", "review_date")]


def test_constants_and_several_feeds_of_one_part() -> None:
    row = {
        "Child Unique ID": "7",
        "Start Date of Most Recent Placement": "2016-01-05",
        "Date of Last Health Assessment": "2016-01-06",
        "Date of Last Dental Check": "2016-01-07",
        "Date of Last Social Work Visit": "2016-01-08",
    }
    mapped = Mapped(reading(part(Format.ANNEX_A, "8", [row])))
    assert sorted(mapped.rows("health_check", "check_type, check_date")) == [
        ("DENTAL", date(2016, 1, 7)),
        ("HEALTH", date(2016, 1, 6)),
    ]
    assert mapped.rows("visit", "pathway, visit_date") == [("LAC", date(2016, 1, 8))]
    seen = {
        "Child Unique ID": "7",
        "CIN Start Date": "1/1/2016",
        "Date Child Was Last Seen": "2/2/2016",
    }
    mapped = Mapped(reading(part(Format.ANNEX_A, "6", [seen])))
    assert mapped.rows("visit", "pathway, seen") == [("CIN", True)]


def test_the_end_of_the_return_is_a_constant() -> None:
    rows = [
        {"CHILD": "1", "DOB": "01/02/1998", "IN_TOUCH": "YES", "ACTIV": "F1", "ACCOM": "U1"},
        {"CHILD": "2", "DOB": "01/02/1998", "IN_TOUCH": "NO", "ACTIV": "0", "ACCOM": "B2"},
        {"CHILD": "3", "DOB": "01/02/1998", "IN_TOUCH": "DIED", "ACTIV": "0", "ACCOM": "0"},
        {"CHILD": "4", "DOB": "01/02/1998", "IN_TOUCH": "YES", "ACTIV": "F1", "ACCOM": "Q9"},
    ]
    mapped = Mapped(
        reading(part(Format.SSDA903, "OC3", rows, file="a"), end=date(2016, 3, 31)),
        reading(part(Format.SSDA903, "OC3", rows[:1], file="b"), end=date(2015, 3, 31)),
    )
    assert mapped.rows("care_leaver", "child_id, as_at, accommodation, suitable, sheet") == [
        ("1", date(2016, 3, 31), "U", True, "OC3"),
        ("2", date(2016, 3, 31), "B", False, "OC3"),
        ("3", date(2016, 3, 31), "0", None, "OC3"),
        ("4", date(2016, 3, 31), "Q9", None, "OC3"),
        ("1", date(2015, 3, 31), "U", True, "OC3"),
    ]
    assert mapped.findings() == [("unknown-code", "line 5", "Q9")]
    assert [count.rows_kept for count in mapped.result.counts] == [4, 1]


def test_an_absent_column_is_known_to_be_absent() -> None:
    rows = [{"CHILD": "1", "REVIEW": "01/02/2016"}]
    both = [{"CHILD": "1", "REVIEW": "01/03/2016", "REVIEW_CODE": "PN1"}]
    mapped = Mapped(
        reading(
            part(Format.SSDA903, "Reviews", rows, file="a"),
            part(Format.SSDA903, "Reviews", both, file="b"),
        )
    )
    assert mapped.rows("care_review", "review_date, participation") == [
        (date(2016, 2, 1), None),
        (date(2016, 3, 1), "PN1"),
    ]
    assert ("a", "care_review", "participation") in {
        (one.file, one.table, one.column) for one in mapped.result.absent
    }
    assert ("b", "care_review", "participation") not in {
        (one.file, one.table, one.column) for one in mapped.result.absent
    }
    assert mapped.findings() == []


def test_an_absent_key_is_one_finding_a_file() -> None:
    rows = [{"CHILD": str(number), "REVIEW_CODE": "PN1"} for number in range(3)]
    mapped = Mapped(reading(part(Format.SSDA903, "Reviews", rows)))
    assert mapped.findings("code, column_name") == [("missing-column", "review_date")]
    assert mapped.result.records_rejected == 3
    assert mapped.rows("child", "count(*)") == [(3,)]


def test_unknown_codes_are_kept_and_flagged() -> None:
    rows = [
        {"LAchildID": "C1", "AssessmentActualStartDate": "2015-05-01", "AssessmentFactors": code}
        for code in ("rb", " 2b\u00a0", "18A")
    ]
    mapped = Mapped(reading(part(Format.CIN, "AssessmentFactors", rows)))
    assert mapped.rows("assessment_factor", "factor") == [("RB",), ("2B",), ("18A",)]
    assert mapped.findings("code, value, line") == [("unknown-code", "rb", 2)]


def test_codes_of_another_year_are_read_and_reported_once() -> None:
    rows = [
        {"LAchildID": f"C{number}", "Sex": sex, "Ethnicity": "WBRI"}
        for number, sex in enumerate("112F")
    ]
    mapped = Mapped(reading(part(Format.CIN, "Child", rows), end=date(2026, 3, 31)))
    assert mapped.rows("child", "sex") == [("M",), ("M",), ("F",), ("F",)]
    assert mapped.findings("code, value, line") == [
        ("code-of-another-year", "1", 2),
        ("code-of-another-year", "2", 4),
    ]
    assert "2 cells" in str(mapped.findings("message")[0][0])
    mapped = Mapped(reading(part(Format.CIN, "Child", rows[:3]), end=date(2016, 3, 31)))
    assert mapped.findings() == []


def test_yes_no_of_every_sort_and_unknown_is_not_no() -> None:
    words = ["1", "true", "a) Yes", "0", "b) No", "c) Unknown", "NA", None, "perhaps"]
    rows = [
        {"Child Unique ID": str(place), "Continuous Assessment Start Date": "1/4/2015"}
        | {"Child Seen During Continuous Assessment": word}
        for place, word in enumerate(words)
    ]
    mapped = Mapped(reading(part(Format.ANNEX_A, "4", rows)))
    assert [seen for (seen,) in mapped.rows("assessment", "child_seen")] == (
        [True] * 3 + [False] * 2 + [None] * 4
    )
    assert mapped.findings("code, value") == [("not-a-boolean", "perhaps")]


def test_white_space_is_blank_and_spreadsheet_errors_are_findings() -> None:
    row = {
        "Child Unique ID": " 00\u00a0",
        "Date of Referral": "\u00a0 ",
        "Allocated Team": "#N/A",
    }
    good = row | {"Date of Referral": "01/04/2015", "Allocated Worker": "Dustin\u00a0Hazlett"}
    mapped = Mapped(reading(part(Format.ANNEX_A, "3", [row, good])))
    assert mapped.rows("referral", "child_id, team, worker") == [("00", None, "Dustin Hazlett")]
    assert sorted(mapped.findings("code, line")) == [
        ("error-value", 2),
        ("error-value", 3),
        ("row-without-key", 2),
    ]


# -- the SSD's notations ---------------------------------------------------------------------


def test_a_key_is_followed_within_its_reading() -> None:
    def extract(file: str, when: str, end: date) -> Reading:
        return reading(
            part(
                Format.SSD,
                "ssd_cin_episodes",
                [
                    {"cine_referral_id": "R1", "cine_person_id": "P1", "cine_referral_date": when},
                    {"cine_referral_id": "R1", "cine_person_id": "P1", "cine_referral_date": None},
                ],
                file=file,
            ),
            part(
                Format.SSD,
                "ssd_cin_plans",
                [
                    {
                        "cinp_person_id": "P1",
                        "cinp_referral_id": key,
                        "cinp_cin_plan_start_date": "2015-06-01T00:00:00",
                        "cinp_cin_plan_team": "T1",
                    }
                    for key in (" R1", "R9", None)
                ],
                file=file,
            ),
            part(
                Format.SSD,
                "ssd_department",
                [{"dept_team_id": "T1", "dept_team_name": "North"}],
                file=file,
            ),
            end=end,
        )

    mapped = Mapped(extract("a", "2015-05-01", END), extract("b", "2014-05-01", date(2015, 3, 31)))
    # Two rows under one key do not multiply the plans.
    assert mapped.rows("cin_plan", "return_end, referral_date, team") == [
        (END, date(2015, 5, 1), "North"),
        (END, None, "North"),
        (END, None, "North"),
        (date(2015, 3, 31), date(2014, 5, 1), "North"),
        (date(2015, 3, 31), None, "North"),
        (date(2015, 3, 31), None, "North"),
    ]
    broken = [row for row in mapped.findings("code, value, place") if row[0] == "broken-link"]
    assert broken == [("broken-link", "R9", "line 3")] * 2
    # The departments fill no table, but they are used.
    assert not [row for row in mapped.findings() if row[0] == "unused-part"]


def test_a_key_to_a_table_that_was_not_given_is_no_finding() -> None:
    rows = [
        {"cinp_person_id": "P1", "cinp_referral_id": "R1", "cinp_cin_plan_start_date": "1/6/2015"}
    ]
    mapped = Mapped(reading(part(Format.SSD, "ssd_cin_plans", rows)))
    assert mapped.rows("cin_plan", "child_id, referral_date, start_date") == [
        ("P1", None, date(2015, 6, 1))
    ]
    assert mapped.findings() == []


def test_keys_of_json() -> None:
    texts = ['{"NEW_REFERRAL_FLAG": "Y", "NFA_FLAG": "N", "ADVICE_FLAG": ""}', "{broken", None]
    rows = [
        {
            "cont_person_id": "P1",
            "cont_contact_date": "2015-06-01",
            "cont_contact_outcome_json": text,
        }
        for text in texts
    ]
    mapped = Mapped(reading(part(Format.SSD, "ssd_contacts", rows)))
    assert mapped.rows("contact", "new_referral, no_further_action, advice") == [
        (True, False, None),
        (None, None, None),
        (None, None, None),
    ]
    assert mapped.findings() == [("unreadable-json", "line 3", "{broken")]


def test_elements_of_json() -> None:
    assessments = [
        {
            "cina_assessment_id": "A1",
            "cina_person_id": "P1",
            "cina_assessment_start_date": "2015-06-01",
        }
    ]
    texts = [
        '["1A","2B"]',
        '{"3A":"Yes","3B":"No","3C":"","4A":"perhaps"}',
        "[]",
        "5A, 6B",
        '["broken"',
        None,
        '"7A"',
    ]
    factors = [{"cinf_assessment_id": "A1", "cinf_assessment_factors_json": text} for text in texts]
    mapped = Mapped(
        reading(
            part(Format.SSD, "ssd_cin_assessments", assessments),
            part(Format.SSD, "ssd_assessment_factors", factors),
        )
    )
    found = mapped.rows("assessment_factor", "child_id, start_date, factor")
    assert {row[:2] for row in found} == {("P1", date(2015, 6, 1))}
    assert [row[2] for row in found] == ["1A", "2B", "3A", "4A=PERHAPS", "5A", "6B", "7A"]
    assert sorted(mapped.findings()) == [
        ("unknown-code", "line 3", "4A=perhaps"),
        ("unreadable-json", "line 6", '["broken"'),
    ]


def test_a_value_under_a_condition() -> None:
    rows = [
        {"link_person_id": "P1", "link_identifier_type": kind, "link_identifier_value": value}
        for kind, value in (
            ("Unique Pupil Number", "A1"),
            ("former unique pupil number ", "B2"),
            ("NHS Number", "999"),
        )
    ]
    mapped = Mapped(reading(part(Format.SSD, "ssd_linked_identifiers", rows)))
    assert mapped.rows("child", "upn, former_upn") == [("A1", None), (None, "B2"), (None, None)]


def test_a_status_that_says_a_thing_or_says_nothing() -> None:
    rows = [
        {"immi_person_id": "P1", "immi_immigration_status": text}
        for text in ("UASC", "Unaccompanied Asylum Seeking Child", "British citizen", None)
    ]
    mapped = Mapped(reading(part(Format.SSD, "ssd_immigration_status", rows)))
    assert mapped.rows("child", "uasc") == [(True,), (True,), (None,), (None,)]
    assert mapped.findings() == []


def test_the_legal_status_in_force_when_an_episode_starts() -> None:
    statuses = [
        ("P1", "V2", "2015-01-01", "2015-06-01"),
        ("P1", "C1", "2015-06-01", None),
        ("P2", "C2", "2015-01-01", "2015-02-01"),
        ("P3", "E1", "2016-01-01", None),
    ]
    episodes = [
        ("P1", "2015-03-01"),
        ("P1", "2015-06-01"),
        ("P2", "2015-03-01"),
        ("P3", "2015-03-01"),
    ]
    mapped = Mapped(
        reading(
            part(
                Format.SSD,
                "ssd_legal_status",
                [
                    {
                        "lega_person_id": person,
                        "lega_legal_status": status,
                        "lega_legal_status_start_date": start,
                        "lega_legal_status_end_date": end,
                    }
                    for person, status, start, end in statuses
                ],
            ),
            part(
                Format.SSD,
                "ssd_cla_episodes",
                [
                    {"clae_person_id": person, "clae_cla_episode_start_date": start}
                    for person, start in episodes
                ],
            ),
        )
    )
    assert mapped.rows("care_episode", "child_id, legal_status") == [
        ("P1", "V2"),
        ("P1", "C1"),
        ("P2", None),
        ("P3", None),
    ]
    assert mapped.tables["legal_status"] == 4


def test_a_part_no_table_holds_is_counted() -> None:
    mapped = Mapped(
        reading(part(Format.SSD, "ssd_sen_need", [{"senn_table_id": "1"}, {"senn_table_id": "2"}]))
    )
    assert mapped.findings("code, place") == [("unused-part", "line 2")]
    count = mapped.result.counts[0]
    assert (count.rows_read, count.rows_kept, count.rows_unused) == (2, 0, 2)


def test_nothing_in_nothing_out() -> None:
    assert Mapped().tables == {}
    empty = part(Format.CIN, "Child", [], fields=["LAchildID"])
    mapped = Mapped(reading(empty))
    assert mapped.tables == {}
    assert mapped.findings() == []
    assert mapped.result.counts[0].rows_read == 0


def test_nothing_but_results_is_left_behind() -> None:
    with duckdb.connect() as connection:
        map_readings(connection, [reading(part(Format.CIN, "Section47", [section_47()]))])
        left = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    assert left == {"cell_finding"}


def test_records_are_kept_by_their_return() -> None:
    earlier, unmet = END.replace(year=END.year - 1), section_47(LAchildID=None)
    children = [[unmet, section_47(LAchildID="C1")], [unmet], [section_47(LAchildID="C2"), unmet]]
    files = [
        part(Format.CIN, "Section47", rows, file=f"{n}.xml") for n, rows in enumerate(children)
    ]
    result = map_readings(
        duckdb.connect(),
        [reading(files[0]), reading(files[1], end=earlier), reading(files[2], end=earlier)],
    )
    ids = {
        key: rows.column("child_id").to_pylist()
        for key, rows in result.records["section_47"].items()
    }
    assert ids == {("cin", END): ["C1"], ("cin", earlier): ["C2"]}
    assert result.count("section_47", ("cin", earlier)) == 1
    assert result.count("conference", ("cin", earlier)) == 0
    assert result.records_rejected == 3


@pytest.mark.parametrize(
    ("file_format", "name", "table"),
    [
        (Format.CIN, "Section47", "section_47"),
        (Format.CIN, "CINdetails", "referral"),
        (Format.CIN, "Child", "child"),
        (Format.ANNEX_A, "1", "contact"),
        (Format.ANNEX_A, "5", "section_47"),
        (Format.ANNEX_A, "6", "referral"),
        (Format.ANNEX_A, "7", "cp_plan"),
        (Format.ANNEX_A, "8", "care_episode"),
        (Format.ANNEX_A, "9", "care_leaver"),
        (Format.ANNEX_A, "10", "adoption"),
        (Format.SSDA903, "Episodes", "care_episode"),
        (Format.SSDA903, "UASC", "child"),
        (Format.SSDA903, "Reviews", "care_review"),
        (Format.SSD, "ssd_sen_need", None),
    ],
)
def test_what_a_part_is_about(file_format: Format, name: str, table: str | None) -> None:
    assert principal_table(file_format, name) == table


def test_every_part_of_every_format_can_be_mapped() -> None:
    """Empty cells in every field of every feed: no record, no crash, each row accounted for."""
    by_format: dict[Format, set[str]] = {}
    for table in TABLES.values():
        for feed in table.feeds:
            by_format.setdefault(feed.format, set()).add(feed.part)
    for file_format, names in by_format.items():
        parts = [part(file_format, name, [{"nothing we know": "x"}]) for name in sorted(names)]
        mapped = Mapped(reading(*parts))
        assert mapped.tables == {}
        count = mapped.result.counts[0]
        assert count.rows_read == len(parts)
        # A cell without factors is a list of none: nothing of it is lost.
        without_list = 1 if file_format is Format.SSD else 0
        assert count.rows_kept == without_list
        assert count.rows_rejected == len(parts) - without_list
