"""The vocabulary agrees with the code lists and with the formats' own schemas."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from sightline.intake.field_paths import owner, parse, pointed_at, ssd_tables
from sightline.records import TABLES, Format, Kind
from sightline.records.codes import codes, find_code, list_names

SCHEMAS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "schemas"
needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(),
    reason="the folder of schemas, shared/data/schemas, is not beside this one",
)


def feeds(file_format: Format) -> list[tuple[str, str, str]]:
    """Table, part and notation of every field a format feeds."""
    return [
        (table.name, feed.part, notation)
        for table in TABLES.values()
        for feed in table.feeds
        if feed.format is file_format
        for notation in feed.fields.values()
    ]


def test_every_code_column_has_a_list_and_only_those() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if column.kind is Kind.CODE:
                assert codes(column.codes), f"{table.name}.{column.name}"
            else:
                assert not column.codes, f"{table.name}.{column.name}"


def test_every_list_is_used() -> None:
    used = {column.codes for table in TABLES.values() for column in table.columns}
    assert set(list_names()) - used == {"yes_no", "upn_authority"}


def test_constants_are_codes() -> None:
    for table in TABLES.values():
        for feed in table.feeds:
            for name, value in feed.constants.items():
                if table.column(name).kind is Kind.CODE:
                    assert value in codes(table.column(name).codes)


def test_every_alias_means_a_code_of_its_list() -> None:
    text = files("sightline.records").joinpath("aliases.csv").read_text(encoding="utf-8")
    assert len(text.encode()) < 200_000
    columns = {column.name for table in TABLES.values() for column in table.columns}
    for row in csv.DictReader(text.splitlines()):
        list_name, _, column = row["list"].partition(":")
        assert row["code"] in codes(list_name), row
        assert find_code(row["list"], row["alias"]) == row["code"], row
        assert not column or (list_name == "yes_no" and column in columns), row
        assert row["source"], row


def test_every_code_is_listed_once_with_a_source() -> None:
    text = files("sightline.records").joinpath("codes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({(row["list"], row["code"]) for row in rows}) == len(rows)
    assert all(row["label"] and row["source"] for row in rows)


def test_ssd_fields_exist_and_keys_lead_somewhere() -> None:
    tables = ssd_tables()
    for table, part, notation in feeds(Format.SSD):
        path = parse(Format.SSD, notation)
        for field in path.own_fields:
            assert field in tables[part].columns, (table, part, notation)
        if path.follow:
            assert owner(path.follow) == pointed_at(path.field)[0], (table, part, notation)
        if path.on_day:
            held = tables[owner(path.field)].columns
            assert {f"{path.field}_start_date", f"{path.field}_end_date"} <= set(held)


@needs_schemas
def test_cin_fields_exist_in_the_census() -> None:
    names = set()
    for schema in (SCHEMAS / "cin").glob("*.xsd"):
        names |= set(re.findall(r'element name="(\w+)"', schema.read_text(encoding="utf-8")))
    assert "CINreferralDate" in names
    for table, part, notation in feeds(Format.CIN):
        # The block of pre-proceedings is in no schema yet (FORMATS 2.5).
        if part != "PreProceedingsandFGDM":
            assert notation in names, (table, part, notation)


@needs_schemas
def test_cin_codes_are_those_of_the_census() -> None:
    text = (SCHEMAS / "cin" / "CIN_schema_2026.xsd").read_text(encoding="utf-8")
    blocks = re.split(r'simpleType name="', text)[1:]
    types = {
        block.partition('"')[0]: set(re.findall(r'enumeration value="(\w+)"', block))
        for block in blocks
    }
    for type_name, list_name, own in (
        ("unknownupntype", "upn_unknown", set()),
        ("sextype", "sex", set()),
        ("ethnicitytype", "ethnicity", set()),
        ("disabilitytype", "disability", set()),
        ("referralsourcetype", "referral_source", {"1X", "3X", "5X"}),
        ("categoryofabusetype", "abuse_category", set()),
        ("primaryneedcodetype", "primary_need", set()),
        ("reasonforclosuretype", "closure_reason", set()),
        ("assessmentfactorstype", "assessment_factor", set()),
    ):
        assert types[type_name] == set(codes(list_name)) - own, list_name


@needs_schemas
def test_ssda903_fields_and_codes_exist_in_the_return() -> None:
    text = "\n".join(
        schema.read_text(encoding="utf-8") for schema in sorted((SCHEMAS / "ssda903").glob("*.yml"))
    )
    names = set(re.findall(r"^\s+([A-Z][A-Z0-9_]+):\s*$", text, re.MULTILINE))
    for table, part, notation in feeds(Format.SSDA903):
        if part != "DoLo":  # in the rules of 2026/27, in no schema yet (FORMATS 3.1)
            assert parse(Format.SSDA903, notation).field in names, (table, part, notation)
    lists = (
        ("RNE", "episode_reason"),
        ("LS", "legal_status"),
        ("PLACE", "placement"),
        ("PLACE_PROVIDER", "placement_provider"),
        ("REC", "care_end_reason"),
        ("REASON_PLACE_CHANGE", "placement_change"),
        ("REVIEW_CODE", "participation"),
        ("SDQ_REASON", "sdq_reason"),
        ("MISSING", "missing"),
        ("IN_TOUCH", "in_touch"),
        ("ACTIV", "activity"),
        ("PREV_PERM", "previous_permanence"),
        ("REASON_PLACED_CEASED", "placed_end_reason"),
        ("SEX_ADOPTR", "adopters_sex"),
        ("LS_ADOPTR", "adopters_status"),
        ("SW_REASON", "worker_change"),
    )
    for field, list_name in lists:
        blocks = re.findall(
            rf"(?:^\s+{field}:|\.{field}\.category:)(.*?)(?=^\s+[A-Z][A-Z0-9_]+:|canbeblank|^column_map|\Z)",
            text,
            re.DOTALL | re.MULTILINE,
        )
        found = {code for block in blocks for code in re.findall(r'code: "(\w+)"', block)}
        assert found, field
        assert found == set(codes(list_name)), field


@needs_schemas
def test_annex_a_fields_exist_in_the_lists() -> None:
    text = (SCHEMAS / "annex_a" / "Annex_A_schema.yml").read_text(encoding="utf-8")
    lists: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := re.match(r"    list_(\d+):", line):
            found = lists.setdefault(match[1], set())
        elif match := re.match(r"        ([^ ].*?):\s*(?:[&*][\w-]+)?\s*$", line):
            found.add(match[1].strip("'\"").replace("''", "'"))
    assert len(lists) == 11
    for table, part, notation in feeds(Format.ANNEX_A):
        # The schema calls the age of every list as list 10 does (FORMATS 4.1).
        field = "Age of Child (Years)" if notation == "Age" else notation
        headers = {header.lower() for header in lists[part]}
        assert field.lower() in headers, (table, part, notation)
