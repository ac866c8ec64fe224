"""Records drawn at random come back from every format: odd but legal ones whole, others accounted for."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.comparing import differences, records
from export.conftest import SCHEMAS, assert_valid
from export.drawn import (
    AS_AT,
    Tables,
    any_code,
    code,
    days,
    identifiers,
    rows,
    snapshot_of,
    texts,
    value,
)
from sightline.export.annex_a import export_annex_a
from sightline.export.census_layout import blocks
from sightline.export.cin import export_cin
from sightline.export.holding import held
from sightline.export.outcome import ExportError
from sightline.export.ssd import export_ssd
from sightline.intake.load import load
from sightline.records import TABLES, Format
from sightline.store.snapshots import Snapshot, Store
from thorough import THOROUGH

pytestmark = pytest.mark.slow

CIN = held(Format.CIN, blocks(2026))
ANNEX_A = held(Format.ANNEX_A)
SSD = held(Format.SSD)
_DAY = timedelta(days=1)
sometimes = settings(
    max_examples=20 if THOROUGH else 3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def load_again(folder: Path, path: Path, as_at: date | None = None) -> Snapshot:
    return load([path], Store(folder / "again"), as_at=as_at).snapshot


def children(draw: st.DrawFn) -> list[str]:
    return draw(st.lists(identifiers, min_size=1, max_size=4, unique=True))


# -- the census --------------------------------------------------------------------------------

upns = st.from_regex(r"[A-Za-z][0-9]{11}[0-9A-Za-z]", fullmatch=True)


@st.composite
def censuses(draw: st.DrawFn) -> Tables:
    """Records that a census of 2026 can hold whole, several of a child on one day among them."""
    tables: Tables = {name: [] for name in CIN}
    few_days = st.sampled_from([date(2015, 6, 1), date(2015, 6, 2)]) | days
    for name in children(draw):
        child = {"child_id": st.just(name)}
        known = {"upn": st.none() | upns, "former_upn": st.none() | upns}
        known |= {"sex": code("sex"), "ethnicity": code("ethnicity")}
        known |= {"upn_unknown": st.none() | code("upn_unknown")}
        tables["child"] += rows(draw, "child", CIN["child"], child | known, most=1)[:1] or [
            dict.fromkeys(CIN["child"]) | {"child_id": name, "sex": "U", "ethnicity": "NOBT"}
        ]
        coded = {"disability": code("disability")}
        tables["disability"] += rows(draw, "disability", CIN["disability"], child | coded)
        said = child | {"referral_date": few_days, "referral_source": code("referral_source")}
        said |= {"no_further_action": st.booleans()}
        said |= {n: st.none() | code(n) for n in ("primary_need", "closure_reason")}
        referrals = rows(draw, "referral", CIN["referral"], said)
        referrals = referrals or [
            dict.fromkeys(CIN["referral"])
            | {"child_id": name, "referral_date": AS_AT, "referral_source": "6"}
            | {"no_further_action": False}
        ]
        tables["referral"] += referrals
        own = child | {"referral_date": st.sampled_from([r["referral_date"] for r in referrals])}
        begun = own | {"start_date": few_days}
        assessments = rows(draw, "assessment", CIN["assessment"], begun)
        tables["assessment"] += assessments
        if assessments:
            start = st.sampled_from([each["start_date"] for each in assessments])
            factor = child | {"start_date": start, "factor": code("assessment_factor")}
            tables["assessment_factor"] += rows(
                draw, "assessment_factor", CIN["assessment_factor"], factor
            )
        tables["cin_plan"] += rows(draw, "cin_plan", CIN["cin_plan"], begun)
        flag = begun | {"conference_not_required": st.booleans()}
        enquiries = rows(draw, "section_47", CIN["section_47"], flag)
        tables["section_47"] += enquiries
        under = [
            {
                "child_id": name,
                "referral_date": each["referral_date"],
                "section_47_start": each["start_date"],
                "under_enquiry": True,
                "conference_date": each["conference_date"],
                "target_date": each["conference_target_date"],
            }
            for each in enquiries
            if each["conference_date"]
        ]
        alone = {
            "section_47_start": st.none(),
            "under_enquiry": st.none(),
            "target_date": st.none(),
            "conference_date": days,
        }
        transfers = rows(
            draw, "conference", CIN["conference"], own | alone, unique=("referral_date",)
        )
        both = [*under, *transfers]
        tables["conference"] += [
            dict(each) for each in dict.fromkeys(tuple(r.items()) for r in both)
        ]
        coded = {name: code("abuse_category") for name in ("initial_category", "latest_category")}
        plans = rows(
            draw, "cp_plan", CIN["cp_plan"], begun | coded | {"previous_plans": st.integers(0, 20)}
        )
        tables["cp_plan"] += plans
        if plans:
            of = child | {"plan_start": st.sampled_from([each["start_date"] for each in plans])}
            tables["cp_review"] += rows(
                draw, "cp_review", CIN["cp_review"], of | {"review_date": few_days}
            )
    return tables


@sometimes
@given(censuses())
def test_a_drawn_census_comes_back_whole(tables: Tables) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        before = snapshot_of(folder / "store", "cin", tables)
        done = export_cin(before, 2026, folder / "cin.xml", every_record=True)
        if SCHEMAS.is_dir():
            assert_valid(done.path, 2026)
        assert done.deviations == []
        assert differences(before, load_again(folder, done.path), CIN) == {}


@st.composite
def anything(draw: st.DrawFn) -> Tables:
    """Records of any kind: nulls, codes of no list, records of no referral, signs XML cannot hold."""
    tables: Tables = {}
    names = st.sampled_from(["Ann1", "Ben2", "O'Neill", "a\x01b"])
    codes_too = st.sampled_from(["ZZ", "1X", "18B", "RC9", "5D"]) | any_code("assessment_factor")
    for table in CIN:
        given_values: dict[str, st.SearchStrategy[Any]] = {"child_id": names}
        for column in TABLES[table].columns:
            if column.name in CIN[table] and column.codes:
                given_values[column.name] = st.none() | value(table, column.name) | codes_too
        for needed in TABLES[table].needs:
            if needed != "child_id" and needed not in given_values:
                given_values[needed] = value(table, needed)
        for coded in ("disability", "factor"):
            if coded in CIN[table]:
                given_values[coded] = value(table, coded) | codes_too
        unique = ("child_id",) if table == "child" else ()
        tables[table] = rows(draw, table, CIN[table], given_values, most=5, unique=unique)
        for row in tables[table] if TABLES[table].either else ():
            one, other = TABLES[table].either
            if row[one] is None and row[other] is None:
                row[one] = AS_AT
    return tables


@sometimes
@given(anything(), st.sampled_from([2017, 2024, 2025, 2026]))
def test_any_records_give_a_valid_census_and_none_is_lost_unsaid(tables: Tables, year: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        before = snapshot_of(folder / "store", "cin", tables)
        try:
            done = export_cin(before, year, folder / "cin.xml", every_record=True)
        except ExportError:
            assert not tables["referral"]
            return
        if SCHEMAS.is_dir():
            assert_valid(done.path, year)
        after = load_again(folder, done.path)
        left = Counter()
        for each in done.deviations:
            # Two factors that the year has one code for become one.
            if each.kind == "left out" or each.field == "AssessmentFactors":
                left[each.field] += each.count
        # A child without a referral is one line; its records have none of their own unless they ask.
        referred = {row["child_id"] for row in tables["referral"]}
        for table, block in (
            ("assessment", "Assessments"),
            ("assessment_factor", "AssessmentFactors"),
            ("cp_plan", "ChildProtectionPlans"),
            ("cp_review", "CPPreviewDate"),
            ("section_47", "Section47"),
            ("conference", "DateOfInitialCPC"),
            ("cin_plan", "CINPlanDates"),
        ):
            if table == "cin_plan" and year < 2022:
                continue
            there = sum(records(before, table, ["child_id"]).values())
            kept = sum(records(after, table, ["child_id"]).values())
            # What a block is left out for is in the list; codes that are read are no block.
            assert there - kept <= left[block] + _merged(before, table), table
        told = {row["child_id"] for row in tables["child"]} | referred
        assert len(records(after, "child", ["child_id"])) == len(referred)
        assert left["CINdetails"] >= len(told - referred)


def _merged(before: Snapshot, table: str) -> int:
    """Records that became alike, as they differ in what the census does not hold or had assumed."""
    keys = [name for name in TABLES[table].key if name in CIN[table]]
    found = records(before, table, keys)
    return sum(found.values()) - len(found)


# -- Annex A -----------------------------------------------------------------------------------


@st.composite
def lists(draw: st.DrawFn) -> Tables:
    """Records that Annex A's lists hold whole: of what a child has many of, the latest alone."""
    tables: Tables = {name: [] for name in ANNEX_A}
    team = {"team": st.none() | texts, "worker": st.none() | texts}
    for name in children(draw):
        child = {"child_id": st.just(name)}
        stated = {"stated_age": st.integers(0, 200).map(lambda n: n / 8), "disabled": st.booleans()}
        one = rows(draw, "child", ANNEX_A["child"], child | stated, most=1)
        tables["child"] += one
        if not one:
            continue
        tables["contact"] += rows(
            draw, "contact", ANNEX_A["contact"], child | {"contact_date": days}
        )
        tables["early_help_episode"] += rows(
            draw, "early_help_episode", ANNEX_A["early_help_episode"], child | {"start_date": days}
        )
        case = {"referral_date": days, "case_status": value("referral", "case_status")}
        case |= {
            "stated_referrals": st.integers(0, 9),
            "no_further_action": st.none() | st.just(False),
        }
        referrals = rows(
            draw, "referral", ANNEX_A["referral"], child | case, unique=("referral_date",)
        )
        tables["referral"] += referrals
        tables["visit"] += _latest(
            draw, name, [r["referral_date"] for r in referrals], pathway="CIN", seen=True
        )
        tables["assessment"] += rows(
            draw, "assessment", ANNEX_A["assessment"], child | team | {"start_date": days}
        )
        counts = {"stated_enquiries": st.integers(0, 9), "start_date": days}
        enquiries = rows(
            draw, "section_47", ANNEX_A["section_47"], child | team | counts,
            unique=("start_date", "conference_date"),
        )  # fmt: skip
        tables["section_47"] += enquiries
        tables["conference"] += [
            {
                "child_id": name,
                "section_47_start": each["start_date"],
                "conference_date": each["conference_date"],
                "resulted_in_plan": draw(st.none() | st.booleans()),
                "stated_conferences": draw(st.integers(0, 9)),
                "team": each["team"],
                "worker": each["worker"],
            }
            for each in enquiries
            if each["conference_date"]
        ]
        plans = rows(
            draw,
            "cp_plan",
            ANNEX_A["cp_plan"],
            child | {"start_date": days},
            unique=("start_date",),
        )
        tables["cp_plan"] += plans
        starts = [each["start_date"] for each in plans]
        tables["visit"] += _latest(
            draw, name, starts, pathway="CP", seen_alone=st.none() | st.booleans()
        )
        tables["cp_review"] += [
            {"child_id": name, "plan_start": start, "review_date": draw(days)}
            for start in starts
            if draw(st.booleans())
        ]
        _in_care(draw, name, tables)
        leaver = child | {"as_at": st.just(AS_AT)}
        tables["care_leaver"] += rows(draw, "care_leaver", ANNEX_A["care_leaver"], leaver, most=1)
        tables["adoption"] += rows(
            draw, "adoption", ANNEX_A["adoption"], child | {"decision_date": days}, most=1
        )
    _known_by_lists(tables)
    tables["adopter"] = rows(
        draw, "adopter", ANNEX_A["adopter"], {"adopter_id": identifiers}, unique=("adopter_id",)
    )
    return tables


def _known_by_lists(tables: Tables) -> None:
    """Leave of each child what the lists it is in have a column for."""
    care = ("care_episode", "care_leaver")
    disability = (*care, "assessment", "section_47", "referral", "cp_plan", "adoption")
    listed = (*disability, "contact", "early_help_episode")
    within = {
        of: {row["child_id"] for name in of for row in tables[name]}
        for of in (care, disability, listed)
    }
    for row in tables["child"]:
        if row["child_id"] not in within[care]:
            row["uasc"] = None
        if row["child_id"] not in within[disability]:
            row["disabled"] = None
    tables["child"] = [row for row in tables["child"] if row["child_id"] in within[listed]]


def _latest(draw: st.DrawFn, child: str, starts: list[date], **more: Any) -> list[dict[str, Any]]:
    """Draw a visit, or none, in each of the stretches that begin on these days."""
    found = []
    ordered = sorted(starts)
    for start, until in zip(ordered, [*ordered[1:], AS_AT + _DAY], strict=False):
        if draw(st.booleans()):
            day = draw(st.dates(start, max(start, until - _DAY)))
            values = {
                n: draw(v) if isinstance(v, st.SearchStrategy) else v for n, v in more.items()
            }
            found.append({"child_id": child, "visit_date": day} | values)
    return found


def _in_care(draw: st.DrawFn, name: str, tables: Tables) -> None:
    """Draw a period of care, or none, with the latest of all that list 8 tells of it."""
    placed = draw(days)
    stated = {
        "entered_care_date": days,
        "start_date": st.just(placed),
        "placement_start_date": st.just(placed),
        "second_period": st.booleans(),
        "legal_status": any_code("legal_status"),
        "end_reason": st.none() | st.sampled_from(["E11", "E4A", "E8"]),
    }
    stated |= {f"stated_{what}": st.integers(0, 9) for what in ("placements", "missing", "absent")}
    care = rows(
        draw, "care_episode", ANNEX_A["care_episode"], {"child_id": st.just(name)} | stated, most=1
    )
    tables["care_episode"] += care
    for episode in care:
        tables["legal_status"].append(
            {"child_id": name, "legal_status": episode["legal_status"], "start_date": draw(days)}
        )
        if draw(st.booleans()):
            tables["visit"].append({"child_id": name, "pathway": "LAC", "visit_date": draw(days)})
        if draw(st.booleans()):
            tables["care_review"].append({"child_id": name, "review_date": draw(days)})
        for kind in ("HEALTH", "DENTAL"):
            if draw(st.booleans()):
                tables["health_check"].append(
                    {"child_id": name, "check_type": kind, "check_date": draw(days)}
                )


@sometimes
@given(lists())
def test_drawn_lists_come_back_whole(tables: Tables) -> None:
    if not any(tables.values()):
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        before = snapshot_of(folder / "store", "annex_a", tables)
        done = export_annex_a(before, folder / "a.xlsx", as_at=AS_AT, months=600)
        assert done.deviations == []
        assert differences(before, load_again(folder, done.path, AS_AT), ANNEX_A) == {}


# -- the SSD -----------------------------------------------------------------------------------


@st.composite
def extracts(draw: st.DrawFn) -> Tables:
    """Records that the SSD holds whole: those that point at another have it there."""
    tables: Tables = {name: [] for name in SSD}

    def add(table: str, given_values: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
        found = rows(draw, table, SSD[table], given_values, **options)
        tables[table] += found
        return found

    for name in children(draw):
        child = {"child_id": st.just(name)}
        plain = child | {"start_date": days}
        add("child", child | {"uasc": st.none() | st.just(True)}, most=1)
        add("disability", child | {"disability": any_code("disability")})
        add("contact", child | {"contact_date": days})
        add("early_help_episode", plain)
        referrals = add("referral", child | {"referral_date": days}, unique=("referral_date",))
        day = st.sampled_from([None, *(each["referral_date"] for each in referrals)])
        begun = plain | {"referral_date": day}
        assessments = add("assessment", begun)
        if assessments:
            start = st.sampled_from([each["start_date"] for each in assessments])
            add(
                "assessment_factor",
                child | {"start_date": start, "factor": any_code("assessment_factor")},
            )
        add("cin_plan", begun)
        enquiries = add("section_47", begun)
        start = st.sampled_from([None, *(each["start_date"] for each in enquiries)])
        add(
            "conference",
            child | {"referral_date": day, "section_47_start": start, "conference_date": days},
        )
        plans = add("cp_plan", begun)
        start = st.sampled_from([None, *(each["start_date"] for each in plans)])
        add("cp_review", child | {"plan_start": start, "review_date": days})
        for pathway in ("CIN", "CP", "LAC"):
            seen = child | {"pathway": st.just(pathway), "visit_date": days}
            add("visit", seen | ({"bedroom_seen": st.none()} if pathway == "LAC" else {}))
        status = {"legal_status": any_code("legal_status")}
        care = add("care_episode", plain | status, unique=("start_date",))
        if care:
            add("care_review", child | {"review_date": days})
        add("health_check", child | {"check_date": days})
        add("sdq", child)
        add("missing_episode", plain)
        add("care_leaver", child | {"as_at": st.just(AS_AT)}, most=1)
        add("adoption", child)
        add("previous_permanence", child)
        add("pre_proceedings", child)
        add("allocation", plain)
    add("worker", {"worker_id": identifiers, "as_at": st.just(AS_AT)})
    return tables


@sometimes
@given(extracts())
def test_a_drawn_extract_comes_back_whole(tables: Tables) -> None:
    if not any(tables.values()):
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        before = snapshot_of(folder / "store", "ssd", tables)
        done = export_ssd(before, folder / "ssd")
        assert done.deviations == []
        found = differences(before, load_again(folder, done.path, AS_AT), SSD)
        # An episode's legal status is told by the stretch it was in force.
        found.pop("legal_status", None)
        assert found == {}
