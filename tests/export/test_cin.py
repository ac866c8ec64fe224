"""Which records a census has, as it stood on its last day, and what is said where it cannot have them."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from export.conftest import SCHEMAS, assert_valid
from export.drawn import snapshot_of
from sightline.export.census_layout import blocks
from sightline.export.cin import export_cin
from sightline.export.outcome import LIST_COLUMNS, Exported, ExportError, list_beside
from sightline.records.codes import codes, is_national, is_valid

REFERRAL = {"referral_source": "6", "no_further_action": False}
ANN = {"child_id": "Ann1", "sex": "F", "ethnicity": "WBRI", "birth_date": date(2010, 5, 1)}

Export = Callable[..., "Census"]


class Census:
    """A census that was written: its text, its parts, and the lines of its list."""

    def __init__(self, done: Exported, year: int) -> None:
        self.done = done
        if SCHEMAS.is_dir():
            assert_valid(done.path, year)
        self.root = ElementTree.parse(done.path).getroot()

    def texts(self, name: str) -> list[str | None]:
        return [each.text for each in self.root.iter(name)]

    def listed(self) -> list[dict[str, str]]:
        if self.done.listed is None:
            return []
        with self.done.listed.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def told(self) -> list[tuple[str, str, str, str]]:
        return [(e["kind"], e["field"], e["value"], e["written"]) for e in self.listed()]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def give(year: int = 2016 + 1, **tables: list[dict[str, object]]) -> Census:
        tables.setdefault("child", [ANN])
        whole = {
            name: [
                {"child_id": "Ann1", **(REFERRAL if name == "referral" else {}), **row}
                for row in rows
            ]
            for name, rows in tables.items()
        }
        snapshot = snapshot_of(tmp_path / "store", "ssd", whole)
        return Census(export_cin(snapshot, year, tmp_path / "cin.xml"), year)

    return give


@pytest.mark.parametrize(
    ("received", "closed", "nothing_done", "there"),
    [
        ("2016-04-01", None, False, True),
        ("2017-03-31", None, False, True),
        ("2017-04-01", None, False, False),
        ("2010-01-01", None, False, True),
        ("2010-01-01", "2016-04-01", False, True),
        ("2010-01-01", "2016-03-31", False, False),
        ("2010-01-01", "2017-04-01", False, True),
        ("2016-04-01", None, True, True),
        ("2016-03-31", None, True, False),
        ("2016-03-31", "2016-04-01", True, True),
        ("2016-03-31", None, None, True),
    ],
)
def test_an_episode_is_there_if_it_was_open_in_the_year_or_referred_in_it(
    export: Export, received: str, closed: str | None, nothing_done: bool | None, there: bool
) -> None:
    referral = {
        "referral_date": received,
        "closure_date": closed,
        "closure_reason": "RC7" if closed else None,
        "no_further_action": nothing_done,
    }
    always = {"referral_date": "2017-01-01", "child_id": "Ben2"}
    census = export(referral=[referral, always])
    assert (received in census.texts("CINreferralDate")) == there
    assert census.texts("LAchildID") == (["Ann1", "Ben2"] if there else ["Ben2"])


def test_what_happened_after_the_year_is_blank(export: Export) -> None:
    later = "2017-04-01"
    census = export(
        referral=[{"referral_date": "2016-05-01", "closure_date": later, "closure_reason": "RC7"}],
        assessment=[{"referral_date": "2016-05-01", "start_date": "2017-03-01", "authorisation_date": later}],
        assessment_factor=[{"start_date": "2017-03-01", "factor": "3B"}],
        section_47=[{"referral_date": "2016-05-01", "start_date": "2017-03-20", "conference_date": later}],
        cp_plan=[
            {
                "referral_date": "2016-05-01",
                "start_date": "2017-01-01",
                "end_date": later,
                "initial_category": "NEG",
                "latest_category": "EMO",
                "previous_plans": 0,
            }
        ],
        cp_review=[
            {"plan_start": "2017-01-01", "review_date": "2017-03-30"},
            {"plan_start": "2017-01-01", "review_date": later},
        ],
    )  # fmt: skip
    assert later not in census.done.path.read_text("utf-8")
    assert "RC7" not in census.texts("ReasonForClosure")
    assert census.texts("AssessmentFactors") == []
    assert census.texts("CPPreviewDate") == ["2017-03-30"]
    assert census.texts("ICPCnotRequired") == ["0"]
    assert census.done.deviations == []
    assert census.done.facts[-1] == (
        "What happened after 31 March 2017 was left out, as it stood that day: "
        "1 AssessmentAuthorisationDate, 1 CINclosureDate, 1 CPPendDate, 1 CPPreviewDate, "
        "1 DateOfInitialCPC."
    )


def test_what_was_over_before_the_year_is_not_there(export: Export) -> None:
    census = export(
        referral=[{"referral_date": "2014-05-01"}],
        assessment=[
            {"referral_date": "2014-05-01", "start_date": "2014-05-02", "authorisation_date": end}
            for end in ("2016-03-31", "2016-04-01")
        ],
        section_47=[
            {"referral_date": "2014-05-01", "start_date": start, "conference_date": held,
             "conference_not_required": False}
            for start, held in (("2016-03-20", None), ("2016-03-21", "2016-04-01"))
        ],
    )  # fmt: skip
    assert census.texts("AssessmentAuthorisationDate") == ["2016-04-01"]
    assert census.texts("S47ActualStartDate") == ["2016-03-21"]
    assert census.done.deviations == []


def test_an_unborn_child_and_one_born_after_the_year(export: Export) -> None:
    census = export(
        child=[
            {"sex": "U", "ethnicity": "NOBT", "expected_birth_date": "2017-05-01"},
            {"child_id": "Ben2", "sex": "M", "ethnicity": "NOBT", "birth_date": "2017-04-20"},
        ],
        referral=[
            {"referral_date": "2017-01-01"},
            {"referral_date": "2017-01-01", "child_id": "Ben2"},
        ],
    )
    assert census.texts("PersonBirthDate") == []
    assert census.texts("ExpectedPersonBirthDate") == ["2017-05-01", "2017-04-20"]
    assert census.texts("GenderCurrent") == ["0", "0"]
    assert census.texts("Disabilities") == []
    assert census.told() == [("converted", "PersonBirthDate", "2017-04-20", "2017-04-20")]


def test_several_disabilities_reviews_and_an_assessment_without_factors(export: Export) -> None:
    census = export(
        referral=[{"referral_date": "2016-05-01"}],
        disability=[{"disability": "LD"}, {"disability": "AUT"}],
        assessment=[
            {"referral_date": "2016-05-01", "start_date": "2016-05-02",
             "authorisation_date": "2016-06-01"},
            {"referral_date": "2016-05-01", "start_date": "2016-07-02",
             "authorisation_date": "2016-08-01"},
        ],
        assessment_factor=[{"start_date": "2016-07-02", "factor": "21"}],
        cp_plan=[{"referral_date": "2016-05-01", "start_date": "2016-06-01",
                  "initial_category": "NEG", "latest_category": "NEG", "previous_plans": 2}],
        cp_review=[{"plan_start": "2016-06-01", "review_date": day}
                   for day in ("2017-02-01", "2016-08-20")],
    )  # fmt: skip
    assert census.texts("Disability") == ["AUT", "LD"]
    assert census.texts("CPPreviewDate") == ["2016-08-20", "2017-02-01"]
    first, second = census.root.iter("Assessments")
    assert first.find("FactorsIdentifiedAtAssessment") is None
    assert [each.text for each in second.iter("AssessmentFactors")] == ["21"]
    assert census.told() == []


def test_codes_that_the_year_has_not(export: Export) -> None:
    closed = {"closure_date": "2016-06-01", "primary_need": "N1"}
    tables = {
        "referral": [
            {"referral_date": "2016-05-01", "referral_source": "5D", "closure_reason": "RC9", **closed},
            {"referral_date": "2016-07-01", "referral_source": "1X"},
            {"referral_date": "2016-08-01", "referral_source": None, "primary_need": "N77"},
        ],
        "assessment": [
            {"referral_date": "2016-05-01", "start_date": "2016-05-02", "authorisation_date": "2016-05-30"}
        ],
        "assessment_factor": [
            {"start_date": "2016-05-02", "factor": code} for code in ("18B", "18C", "24A", "3B")
        ],
    }  # fmt: skip
    census = export(2017, **tables)
    assert census.texts("ReferralSource") == ["5B", "10", "10"]
    assert census.texts("ReasonForClosure") == ["RC8"]
    assert census.texts("AssessmentFactors") == ["18A", "3B"]
    assert census.texts("PrimaryNeedCode") == ["N1"]
    assert sorted(census.told()) == [
        ("assumed", "ReferralSource", "", "10"),
        ("assumed", "ReferralSource", "", "10"),
        ("converted", "AssessmentFactors", "18B", "18A"),
        ("converted", "AssessmentFactors", "18C", "18A"),
        ("converted", "ReasonForClosure", "RC9", "RC8"),
        ("converted", "ReferralSource", "5D", "5B"),
        ("left out", "AssessmentFactors", "24A", ""),
        ("left out", "PrimaryNeedCode", "N77", ""),
        ("left out", "ReferralSource", "1X", ""),
    ]


def test_what_the_schema_asks_for_and_is_not_recorded(export: Export) -> None:
    census = export(
        child=[{"sex": None, "ethnicity": None, "upn": "not one"}],
        referral=[{"referral_date": "2016-05-01", "no_further_action": None}],
        section_47=[
            {"referral_date": "2016-05-01", "start_date": "2016-05-02", "end_date": "2016-05-20"},
            {"referral_date": "2016-05-01", "start_date": "2016-06-02"},
        ],
        cp_plan=[
            {"referral_date": "2016-05-01", "start_date": "2016-06-01", "initial_category": "NEG"},
            {"referral_date": "2016-05-01", "start_date": "2016-09-01", "initial_category": "NEG",
             "latest_category": "PHY"},
            {"referral_date": "2016-05-01", "start_date": "2016-12-01", "previous_plans": 1},
        ],
        cp_review=[{"plan_start": "2016-12-01", "review_date": "2017-02-01"}],
    )  # fmt: skip
    assert census.texts("GenderCurrent") == ["0"]
    assert census.texts("Ethnicity") == ["NOBT"]
    assert census.texts("UPN") == []
    assert census.texts("ReferralNFA") == ["0"]
    assert census.texts("ICPCnotRequired") == ["1", "0"]
    assert census.texts("LatestCategoryOfAbuse") == ["NEG", "PHY"]
    assert census.texts("NumberOfPreviousCPP") == ["0", "1"]
    assert sorted(census.told()) == [
        ("assumed", "Ethnicity", "", "NOBT"),
        ("assumed", "ICPCnotRequired", "", "0"),
        ("assumed", "ICPCnotRequired", "", "1"),
        ("assumed", "LatestCategoryOfAbuse", "", "NEG"),
        ("assumed", "NumberOfPreviousCPP", "", "0"),
        ("assumed", "NumberOfPreviousCPP", "", "1"),
        ("assumed", "ReferralNFA", "", "0"),
        ("assumed", "Sex", "", "U"),
        ("left out", "CPPreviewDate", "2017-02-01", ""),
        ("left out", "ChildProtectionPlans", "2016-12-01", ""),
        ("left out", "UPN", "not one", ""),
    ]


def test_records_whose_referral_is_not_said_go_to_the_episode_open_that_day(export: Export) -> None:
    census = export(
        referral=[
            {"referral_date": "2016-05-01", "closure_date": "2016-06-01", "closure_reason": "RC7"},
            {"referral_date": "2016-08-01"},
        ],
        assessment=[
            {"start_date": "2016-05-20"},
            {"start_date": "2016-09-01"},
            {"start_date": "2016-07-01"},
        ],
    )
    first, second = census.root.iter("CINdetails")
    starts = [[e.text for e in each.iter("AssessmentActualStartDate")] for each in (first, second)]
    assert starts == [["2016-05-20"], ["2016-09-01"]]
    (lost,) = [each for each in census.listed() if each["kind"] == "left out"]
    assert (lost["child"], lost["record"], lost["file"]) == ("Ann1", "2016-07-01", "abc")
    assert lost["place"] == "line 3"


def test_what_belongs_to_a_record_left_out_is_listed_too(export: Export) -> None:
    census = export(
        referral=[{"referral_date": "2016-05-01", "closure_date": "2016-06-01", "closure_reason": "RC7"}],
        assessment=[{"start_date": "2016-09-01", "authorisation_date": "2016-10-01"}],
        assessment_factor=[{"start_date": "2016-09-01", "factor": "3B"}],
        cp_plan=[{"start_date": "2016-09-05", "initial_category": "NEG", "latest_category": "NEG",
                  "previous_plans": 0}],
        cp_review=[{"plan_start": "2016-09-05", "review_date": "2016-11-30"}],
    )  # fmt: skip
    assert [(kind, field, value) for kind, field, value, _ in census.told()] == [
        ("left out", "Assessments", ""),
        ("left out", "AssessmentFactors", "3B"),
        ("left out", "ChildProtectionPlans", ""),
        ("left out", "CPPreviewDate", "2016-11-30"),
    ]


def test_where_a_conference_is_recorded_stays(export: Export) -> None:
    census = export(
        referral=[{"referral_date": "2016-05-01"}],
        section_47=[{"referral_date": "2016-05-01", "start_date": "2016-05-02"}],
        conference=[
            {"referral_date": "2016-05-01", "conference_date": "2016-05-20",
             "section_47_start": "2016-05-02", "target_date": "2016-05-23"},
            {"referral_date": "2016-05-01", "conference_date": "2016-11-20"},
            {"referral_date": "2016-05-01", "conference_date": "2016-12-20"},
        ],
    )  # fmt: skip
    (details,) = census.root.iter("CINdetails")
    assert details.findtext("DateOfInitialCPC") == "2016-11-20"
    assert details.findtext("Section47/DateOfInitialCPC") == "2016-05-20"
    assert details.findtext("Section47/InitialCPCtarget") == "2016-05-23"
    assert census.told() == [("left out", "DateOfInitialCPC", "2016-12-20", "")]


def test_a_list_of_an_earlier_export_goes_when_nothing_is_to_be_mended(
    export: Export, tmp_path: Path
) -> None:
    old = list_beside(tmp_path / "cin.xml")
    old.write_text(",".join(LIST_COLUMNS) + "\r\nassumed,\r\n", newline="")
    census = export(referral=[{"referral_date": "2016-05-01"}])
    assert census.done.is_whole
    assert not old.exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cin.xml", "store"]


def test_a_file_in_the_lists_place_that_is_no_list_is_left_alone(
    export: Export, tmp_path: Path
) -> None:
    mine = list_beside(tmp_path / "cin.xml")
    mine.write_text("my own notes")
    assert export(referral=[{"referral_date": "2016-05-01"}]).done.listed is None
    assert mine.read_text() == "my own notes"


def test_a_file_that_was_there_stays_if_the_export_fails(export: Export, tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text("as before")
    with pytest.raises(ExportError, match="No child has an episode in the census year to 31 March"):
        export(referral=[{"referral_date": "2010-05-01", "closure_date": "2011-05-01"}])
    assert (tmp_path / "cin.xml").read_text() == "as before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cin.xml", "store"]


@pytest.mark.parametrize("year", [2017, 2024, 2025, 2026])
def test_the_codes_of_a_year_are_those_of_its_schema(year: int) -> None:
    """So that what is valid to us is valid to the schema, code by code."""
    if not SCHEMAS.is_dir():
        pytest.skip("the census schemas are not beside this checkout (shared/data/schemas/cin)")
    space = "{http://www.w3.org/2001/XMLSchema}"
    types = {
        each.get("name"): [code.get("value") for code in each.iter(f"{space}enumeration")]
        for each in ElementTree.parse(SCHEMAS / f"CIN_schema_{year}.xsd").iter(f"{space}simpleType")
    }
    for kind, name in (
        ("ethnicitytype", "ethnicity"),
        ("disabilitytype", "disability"),
        ("referralsourcetype", "referral_source"),
        ("primaryneedcodetype", "primary_need"),
        ("reasonforclosuretype", "closure_reason"),
        ("categoryofabusetype", "abuse_category"),
        ("assessmentfactorstype", "assessment_factor"),
        ("unknownupntype", "upn_unknown"),
    ):
        ours = [c for c in codes(name) if is_national(name, c) and is_valid(name, c, year)]
        assert sorted(ours) == sorted(types[kind]), name


@pytest.mark.parametrize("year", [2017, 2024, 2025, 2026])
def test_the_elements_of_a_year_are_those_of_its_schema(year: int) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the census schemas are not beside this checkout (shared/data/schemas/cin)")
    space = "{http://www.w3.org/2001/XMLSchema}"
    named = {
        each.get("name")
        for each in ElementTree.parse(SCHEMAS / f"CIN_schema_{year}.xsd").iter(f"{space}element")
    }
    around = {
        *(
            "Message",
            "Header",
            "CollectionDetails",
            "Collection",
            "Year",
            "ReferenceDate",
            "Source",
        ),
        *(
            "SourceLevel",
            "LEA",
            "SoftwareCode",
            "Release",
            "SerialNo",
            "DateTime",
            "Children",
            "Child",
        ),
        *("ChildIdentifiers", "ChildCharacteristics", "Disabilities", "Reviews"),
        "FactorsIdentifiedAtAssessment",
    }
    ours = {name for block, names in blocks(year).items() for name in (block, *names)}
    if year < 2025:
        ours = ours - {"Sex"} | {"GenderCurrent"}
    assert ours | around == named
