"""The tables of the SSD: keys that meet, what is lost when they do not, and the folder they are in."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from export.comparing import records
from export.drawn import snapshot_of
from sightline.export.outcome import Exported, ExportError
from sightline.export.ssd import export_ssd
from sightline.intake.load import load
from sightline.store.snapshots import Store

Export = Callable[..., Exported]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def give(source: str = "cin", **tables: list[dict[str, object]]) -> Exported:
        tables.setdefault("child", [{}])
        whole = {
            name: [{"child_id": "Ann1", **row} for row in rows] for name, rows in tables.items()
        }
        snapshot = snapshot_of(tmp_path / "store", source, whole)
        return export_ssd(snapshot, tmp_path / "ssd")

    return give


def rows(done: Exported, table: str) -> list[dict[str, str]]:
    with (done.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_keys_meet(export: Export) -> None:
    done = export(
        referral=[{"referral_date": "2015-05-01", "team": "Duty"}, {"referral_date": "2015-09-01"}],
        assessment=[{"referral_date": "2015-09-01", "start_date": "2015-09-02", "team": "Duty"}],
        assessment_factor=[{"start_date": "2015-09-02", "factor": f} for f in ("3B", "10A")],
        section_47=[{"referral_date": "2015-09-01", "start_date": "2015-10-01"}],
        conference=[{"conference_date": "2015-10-15", "section_47_start": "2015-10-01"}],
        cp_plan=[{"referral_date": "2015-09-01", "start_date": "2015-10-15"}],
        cp_review=[{"plan_start": "2015-10-15", "review_date": "2016-01-10"}],
    )
    assert done.deviations == []
    referral = {r["cine_referral_date"]: r for r in rows(done, "ssd_cin_episodes")}
    (assessment,) = rows(done, "ssd_cin_assessments")
    assert assessment["cina_referral_id"] == referral["2015-09-01"]["cine_referral_id"]
    (team,) = rows(done, "ssd_department")
    assert team["dept_team_name"] == "Duty"
    assert assessment["cina_assessment_team"] == team["dept_team_id"]
    assert referral["2015-05-01"]["cine_referral_team"] == team["dept_team_id"]
    (factors,) = rows(done, "ssd_assessment_factors")
    assert factors["cinf_assessment_factors_json"] == '["10A", "3B"]'
    assert factors["cinf_assessment_id"] == assessment["cina_assessment_id"]
    (conference,) = rows(done, "ssd_initial_cp_conference")
    (enquiry,) = rows(done, "ssd_s47_enquiry")
    (plan,) = rows(done, "ssd_cp_plans")
    (review,) = rows(done, "ssd_cp_reviews")
    assert conference["icpc_s47_enquiry_id"] == enquiry["s47e_s47_enquiry_id"]
    assert conference["icpc_cp_plan_id"] == plan["cppl_cp_plan_id"] == review["cppr_cp_plan_id"]
    assert plan["cppl_icpc_id"] == conference["icpc_icpc_id"]


def test_what_points_at_nothing_held_is_listed_with_its_place(export: Export) -> None:
    done = export(
        referral=[{"referral_date": "2015-05-01"}],
        assessment=[{"referral_date": "2015-05-02", "start_date": "2015-05-03"}],
        assessment_factor=[{"start_date": "2015-05-04", "factor": "3B"}],
        cp_review=[{"plan_start": "2015-10-15", "review_date": "2016-01-10"}],
        care_review=[{"review_date": "2016-01-10"}],
        visit=[{"visit_date": "2016-01-10"}],
    )
    assert done.listed is not None
    with done.listed.open(encoding="utf-8", newline="") as file:
        listed = [(e["field"], e["value"], e["child"], e["place"]) for e in csv.DictReader(file)]
    assert listed == [
        ("assessment.referral_date", "2015-05-02", "Ann1", "line 1"),
        ("cp_review.plan_start", "2015-10-15", "Ann1", "line 1"),
        ("assessment_factor.factor", "3B", "Ann1", "line 1"),
        ("care_review.review_date", "2016-01-10", "Ann1", "line 1"),
        ("visit.visit_date", "2016-01-10", "Ann1", "line 1"),
    ]
    assert len(rows(done, "ssd_cin_assessments")) == len(rows(done, "ssd_cp_reviews")) == 1


def test_legal_status_is_told_by_the_stretch_it_was_in_force(
    export: Export, tmp_path: Path
) -> None:
    done = export(
        "ssda903",
        care_episode=[
            {"start_date": "2014-01-01", "end_date": "2014-06-01", "legal_status": "V2"},
            {"start_date": "2014-06-01", "end_date": "2015-01-01", "legal_status": "V2"},
            {"start_date": "2015-01-01", "end_date": "2015-03-01", "legal_status": "C1"},
            {"start_date": "2015-03-01", "legal_status": "V2"},
        ],
    )
    told = [
        (r["lega_legal_status"], r["lega_legal_status_start_date"], r["lega_legal_status_end_date"])
        for r in rows(done, "ssd_legal_status")
    ]
    assert told == [
        ("V2", "2014-01-01", "2015-01-01"),
        ("C1", "2015-01-01", "2015-03-01"),
        ("V2", "2015-03-01", ""),
    ]
    after = load([done.path], Store(tmp_path / "again"), as_at=done.day).snapshot
    read = records(after, "care_episode", ("start_date", "legal_status"))
    assert [status for _, status in sorted(read)] == ["V2", "V2", "C1", "V2"]


def test_only_the_latest_of_what_describes_a_day_is_there(export: Export) -> None:
    done = export(
        care_leaver=[
            {"as_at": "2015-03-31", "activity": "F1"},
            {"as_at": "2016-03-31", "activity": "F2"},
        ]
    )
    (leaver,) = rows(done, "ssd_care_leavers")
    assert leaver["clea_care_leaver_activity"] == "F2"
    assert done.facts == [
        "1 record of care leavers on earlier days was left out, as the dataset has each as they "
        "last were."
    ]


def test_a_table_that_nothing_tells_of_is_not_there(export: Export) -> None:
    done = export(referral=[{"referral_date": "2015-05-01"}])
    assert {each.name for each in done.path.iterdir()} == {"ssd_person.csv", "ssd_cin_episodes.csv"}


def test_an_earlier_export_is_replaced_and_another_folder_is_not(
    export: Export, tmp_path: Path
) -> None:
    first = export(
        referral=[{"referral_date": "2015-05-01"}], contact=[{"contact_date": "2015-04-01"}]
    )
    assert (first.path / "ssd_contacts.csv").exists()
    again = export(referral=[{"referral_date": "2015-05-01"}])
    assert not (again.path / "ssd_contacts.csv").exists()
    (again.path / "mine.txt").write_text("mine")
    with pytest.raises(
        ExportError, match=r"holds other things than an earlier export \(mine.txt\)"
    ):
        export(referral=[{"referral_date": "2015-05-01"}])
    assert (again.path / "mine.txt").read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["ssd", "store"]


def test_the_day_is_that_of_the_latest_return(export: Export) -> None:
    assert export(referral=[{"referral_date": "2015-05-01"}]).day == date(2016, 3, 31)
