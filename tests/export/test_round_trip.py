"""Load, export, load: the same records, but for what a format has no place for."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from export.comparing import differences, records
from export.conftest import LAST_DAY, SAMPLES, YEARS, Load, assert_valid
from sightline.export.annex_a import FILLED, export_annex_a
from sightline.export.census_layout import FIRST_YEAR, LAST_YEAR, PLANS_SINCE, blocks
from sightline.export.cin import export_cin
from sightline.export.holding import held, not_held
from sightline.export.outcome import Exported
from sightline.export.ssd import export_ssd
from sightline.records import TABLES, Format
from sightline.records.availability import feeders
from sightline.store.snapshots import Snapshot
from thorough import of_today

CENSUS_LACKS = {
    "child": "nhs_number disabled uasc uasc_end_date mother own_child_birth_date postcode "
    "address_reference stated_age",
    "referral": "case_status stated_referrals team worker",
    "assessment": "child_seen needs_support team worker",
    "section_47": "end_date stated_enquiries team worker",
    "conference": "transfer_in resulted_in_plan stated_conferences team worker",
    "cin_plan": "team worker",
    "cp_plan": "other_authority emergency_powers team worker",
    "cp_review": "due_date participation quorate",
}
"""What a census has no element for, of the tables it has blocks for."""
ANNEX_A_LACKS = {
    "child": "upn former_upn upn_unknown nhs_number expected_birth_date death_date uasc_end_date "
    "mother own_child_birth_date postcode address_reference",
    "contact": "new_referral no_further_action advice",
    "early_help_episode": "reason end_reason worker",
    "assessment": "referral_date internal_review_date",
    "section_47": "referral_date end_date conference_target_date",
    "conference": "referral_date under_enquiry target_date transfer_in",
    "cp_plan": "referral_date other_authority",
    "cp_review": "due_date participation quorate",
    "visit": "bedroom_seen",
    "care_episode": "start_reason change_reason home_postcode distance",
    "legal_status": "end_date",
    "care_review": "due_date participation",
    "health_check": "status",
    "adoption": "foster_carer adopters adopters_sex adopters_status",
}
"""What Annex A has no column for, of the tables it has lists for."""
SSD_LACKS = {
    "child": "disabled stated_age",
    "referral": "case_status stated_referrals",
    "assessment": "internal_review_date needs_support",
    "section_47": "conference_target_date conference_date conference_not_required stated_enquiries",
    "conference": "under_enquiry stated_conferences",
    "cp_plan": "previous_plans emergency_powers team worker",
    "pre_proceedings": "referral_date family_meeting_offered family_meeting_held court_date",
    "care_episode": "home_postcode location permanence_plan stated_placements stated_missing "
    "stated_absent second_period team worker",
    "adoption": "family_id entered_care_date",
}
"""What the SSD has no column for, of the tables it has."""


def lacking(of: dict[str, frozenset[str]]) -> dict[str, str]:
    """Name what a format has no place for and another return has: casework alone has more."""
    told = {
        table: [name for name in columns if feeders(f"{table}.{name}") != (Format.CASEWORK,)]
        for table, columns in not_held(of).items()
        if table in of
    }
    return {table: " ".join(columns) for table, columns in told.items() if columns}


def test_what_each_format_has_no_place_for_is_what_the_vocabulary_says() -> None:
    census = held(Format.CIN, blocks(LAST_YEAR))
    assert lacking(census) == CENSUS_LACKS
    assert set(census) == {*CENSUS_LACKS, "disability", "assessment_factor"}
    before_plans = held(Format.CIN, blocks(PLANS_SINCE - 1))
    assert set(census) - set(before_plans) == {"cin_plan"}
    assert lacking(held(Format.ANNEX_A)) == ANNEX_A_LACKS
    assert set(held(Format.ANNEX_A)) - set(ANNEX_A_LACKS) == {"referral", "care_leaver", "adopter"}
    assert lacking(held(Format.SSD)) == SSD_LACKS
    assert set(TABLES) - set(held(Format.SSD)) == {
        "care_outcome",
        "adopter",
        "deprivation_of_liberty",
        # Of casework alone:
        *("information_request", "conference_invitation", "core_group", "merged_number"),
    }


def assert_empty_elsewhere(after: Snapshot, of: dict[str, frozenset[str]]) -> None:
    """What a format has no place for is not there after it was loaded: nothing came from elsewhere."""
    with after.connect() as connection:
        for table, columns in not_held(of).items():
            for column in columns:
                (count,) = connection.execute(f'SELECT count("{column}") FROM {table}').fetchone()
                assert count == 0, f"{table}.{column}"


# -- the invented authority ------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_a_census_comes_back(loaded: Load, again: Load, tmp_path: Path, year: int) -> None:
    before = loaded(f"cin/invented-885-cin-{year}.xml")
    done = export_cin(before, year, tmp_path / "cin.xml")
    assert done.deviations == []
    assert done.listed is None
    assert done.facts == []
    assert_valid(done.path, year)
    after = again(done.path)
    assert differences(before, after, held(Format.CIN)) == {}
    assert after.manifest.returns[0].authority == "885"
    assert after.manifest.findings == 0


def test_a_census_is_the_same_from_years_of_censuses(
    loaded: Load, again: Load, tmp_path: Path
) -> None:
    """Of all years together, that year's census is taken out whole: no record more or less."""
    done = export_cin(loaded("cin"), 2018, tmp_path / "cin.xml")
    only = loaded("cin/invented-885-cin-2018.xml")
    assert differences(only, again(done.path), held(Format.CIN)) == {}


def test_a_census_is_the_same_from_the_ssd(loaded: Load, again: Load, tmp_path: Path) -> None:
    """Told by another format, but for what that does not tell: said in the list, and only there."""
    done = export_cin(loaded("ssd"), 2018, tmp_path / "cin.xml", authority="885")
    assert {(each.kind, each.field) for each in done.deviations} == {
        ("assumed", "NumberOfPreviousCPP"),
        ("assumed", "ICPCnotRequired"),
    }
    only = loaded("cin/invented-885-cin-2018.xml")
    found = differences(only, again(done.path), held(Format.CIN))
    # The target of a conference that is not held yet is known to the census alone.
    assert set(found) <= {"section_47"}
    for each in found.values():
        column = each.columns.index("conference_target_date")
        assert Counter({(*r[:column], *r[column + 1 :]): n for r, n in each.lost.items()}) == (
            Counter({(*r[:column], *r[column + 1 :]): n for r, n in each.gained.items()})
        )
        assert all(row[column] is None for row in each.gained)


def test_annex_a_comes_back(loaded: Load, again: Load, tmp_path: Path) -> None:
    before = loaded("annex-a/invented-885-annex-a-2018.xlsx")
    day = before.manifest.returns[0].period_end
    done = export_annex_a(before, tmp_path / "annex-a.xlsx", months=12)
    assert done.deviations == []
    assert list(done.rows) == [f"List {n}" for n in range(1, 12)]
    after = again(done.path, as_at=day)
    assert differences(before, after, held(Format.ANNEX_A)) == {}
    assert_empty_elsewhere(after, held(Format.ANNEX_A))
    assert after.manifest.findings == 0


def test_the_ssd_comes_back(loaded: Load, again: Load, tmp_path: Path) -> None:
    before = loaded("ssd")
    done = export_ssd(before, tmp_path / "ssd")
    assert done.deviations == []
    after = again(done.path, as_at=done.day)
    assert differences(before, after, held(Format.SSD)) == {}
    assert_empty_elsewhere(after, held(Format.SSD))
    assert after.manifest.findings == 0
    written = {part.name for part in after.manifest.returns[0].parts}
    assert written == {part.name for part in before.manifest.returns[0].parts}


def test_every_format_together_gives_each(loaded: Load, again: Load, tmp_path: Path) -> None:
    """From records of all formats, a census has no more than a census holds."""
    done = export_cin(loaded("cin", "annex-a", "ssda903", "ssd"), 2018, tmp_path / "cin.xml")
    after = again(done.path)
    assert done.deviations == []
    assert_empty_elsewhere(after, held(Format.CIN, blocks(2018)))
    only = loaded("cin/invented-885-cin-2018.xml")
    assert differences(only, after, held(Format.CIN)) == {}


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_year_has_its_layout_and_its_codes(
    loaded: Load, again: Load, tmp_path: Path, year: int
) -> None:
    before = loaded("ssd")
    done = export_cin(before, year, tmp_path / "cin.xml", authority="885", every_record=True)
    assert_valid(done.path, year)
    text = done.path.read_text("utf-8")
    assert ("<Sex>" in text) == (year >= 2025)
    assert ("<GenderCurrent>" in text) == (year < 2025)
    assert ("<CINPlanDates>" in text) == (year >= 2022)
    after = again(done.path)
    referrals = [
        c.name for c in TABLES["referral"].columns if c.name in held(Format.CIN)["referral"]
    ]
    assert records(after, "referral", referrals) == records(before, "referral", referrals)
    told = ("child_id", "birth_date", "sex", "ethnicity", "upn")
    referred = "child_id IN (SELECT child_id FROM referral)"
    assert records(after, "child", told) == records(before, "child", told, referred)
    plans = records(after, "cin_plan", ("child_id", "referral_date", "start_date", "end_date"))
    if year >= 2022:
        columns = ("child_id", "referral_date", "start_date", "end_date")
        assert plans == records(before, "cin_plan", columns)
    else:
        assert not plans
        count = before.manifest.tables["cin_plan"].rows
        assert (
            f"The census of {year} has no CINPlanDates, of which {count} are recorded."
            in done.facts
        )


Exporter = Callable[[Snapshot, Path], Exported]
EXPORTERS: dict[str, Exporter] = {
    "cin": lambda snapshot, path: export_cin(snapshot, 2018, path / "cin.xml"),
    "annex-a": lambda snapshot, path: export_annex_a(snapshot, path / "a.xlsx"),
    "ssd": lambda snapshot, path: export_ssd(snapshot, path / "ssd"),
}


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_snapshot_gives_the_same_bytes(loaded: Load, tmp_path: Path, name: str) -> None:
    snapshot = loaded("cin", "annex-a", "ssda903", "ssd")
    made = []
    for each in ("one", "two"):
        (tmp_path / each).mkdir()
        EXPORTERS[name](snapshot, tmp_path / each)
        made.append(_bytes(tmp_path / each))
    assert made[0] == made[1]
    assert made[0]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", of_today(["cin", "ssd"], days=2))
def test_how_many_children_are_held_at_a_time_makes_no_difference(
    loaded: Load, again: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(f"sightline.export.{name}.BATCH", 60)
    before = loaded("ssd") if name == "ssd" else loaded("cin/invented-885-cin-2018.xml")
    done = EXPORTERS[name](before, tmp_path)
    assert done.deviations == []
    after = again(done.path, as_at=done.day)
    assert differences(before, after, held(Format(name))) == {}
    assert done.children == before.manifest.tables["child"].rows


# -- the public samples ----------------------------------------------------------------------


@pytest.fixture
def sample(again: Load, tmp_path: Path) -> Callable[[str], Snapshot]:
    def give(name: str) -> Snapshot:
        from sightline.intake.load import load
        from sightline.store.snapshots import Store

        return load([SAMPLES / name], Store(tmp_path / "sample")).snapshot

    return give


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "lost"),
    of_today(
        [
            ("cin/CIN_Census_2024.xml", ["RB"]),
            ("cin/CIN_Census_2026.xml", ["RB"]),
            ("cin/fake_CIN_data.xml", []),
        ],
        days=3,
    ),
)
def test_a_sample_census_comes_back(
    sample: Callable[[str], Snapshot], again: Load, tmp_path: Path, name: str, lost: Iterable[str]
) -> None:
    """But for a factor that is not a code (listed), and pre-proceedings, which no census has yet."""
    before = sample(name)
    done = export_cin(before, 2026, tmp_path / "cin.xml", every_record=True)
    assert_valid(done.path, 2026)
    found = differences(before, again(done.path), held(Format.CIN, blocks(2026)))
    assert {table: list(each.lost.elements()) for table, each in found.items()} == (
        {"assessment_factor": [("DfEX0000001", date(2028, 4, 28), "RB")]} if lost else {}
    )
    assert not any(each.gained for each in found.values())
    assert [(each.kind, each.field, each.count) for each in done.deviations] == [
        ("left out", "AssessmentFactors", 1) for _ in lost
    ]
    begun = before.manifest.tables.get("pre_proceedings")
    assert len(done.facts) == (1 if begun else 0)


@pytest.mark.shared
def test_the_sample_annex_a_comes_back(
    sample: Callable[[str], Snapshot], again: Load, tmp_path: Path
) -> None:
    before = sample("annex_a/Annex_A_2021.xlsx")
    done = export_annex_a(before, tmp_path / "annex-a.xlsx", months=1200)
    after = again(done.path, as_at=done.day)
    assert done.deviations == []
    for table, columns in held(Format.ANNEX_A).items():
        # An age has more digits there than Excel keeps, and counts that nobody stated are counted.
        compared = [name for name in sorted(columns) if name not in FILLED.get(table, ())]
        assert records(before, table, compared) == records(after, table, compared), table
    ages = "round(stated_age, 9)"
    assert _ask(before, f"SELECT child_id, {ages} FROM child") == _ask(
        after, f"SELECT child_id, {ages} FROM child"
    )
    for table, columns in FILLED.items():
        stated = [name for name in columns if name in held(Format.ANNEX_A).get(table, ())]
        for name in stated:
            told = f"{name} IS NOT NULL"
            key = [*TABLES[table].key, name]
            if name != "stated_age":
                assert records(before, table, key, told) <= records(after, table, key, told), name


def _ask(snapshot: Snapshot, sql: str) -> list[tuple[object, ...]]:
    with snapshot.connect() as connection:
        return sorted(connection.execute(sql).fetchall(), key=str)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    of_today(["ssda903", *(f"dfe_api/fake_payload_{number}.json" for number in (1, 2, 3))], days=4),
)
def test_samples_of_other_formats_come_through_the_ssd(
    sample: Callable[[str], Snapshot], again: Load, tmp_path: Path, name: str
) -> None:
    """What the SSD has columns for is all there, but for reviews of children without an episode."""
    before = sample(name)
    done = export_ssd(before, tmp_path / "ssd")
    found = differences(before, again(done.path, as_at=done.day), held(Format.SSD))
    # The dataset tells an episode's legal status by the stretch it was in force.
    statuses = found.pop("legal_status", None)
    assert statuses is None or not statuses.lost
    reviews = found.pop("care_review", None)
    assert found == {}
    listed = sum(each.count for each in done.deviations)
    assert listed == (sum(reviews.lost.values()) if reviews else 0)
    assert (listed > 0) == (name == "ssda903")


def test_the_last_day_is_that_of_the_latest_return(loaded: Load) -> None:
    from sightline.export.annex_a import latest_day

    assert latest_day(loaded("cin")) == LAST_DAY
