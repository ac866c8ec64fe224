"""The files: valid, the same each time, plainly invented, and in agreement with one another."""

import csv
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sightline.export.annex_a_words import shown
from sightline.indicators.figures import choose
from sightline.indicators.measured import measured
from sightline.intake.load import load
from sightline.intake.ssd import layouts
from sightline.published.areas import areas
from sightline.records.codes import codes, find_code
from sightline.store.snapshots import Store
from sightline.synthetic import FORMATS, Written, invent
from sightline.synthetic.authority import make_authority
from sightline.synthetic.protection import first_day, last_day
from sightline.synthetic.returns import _wanted
from sightline.synthetic.write_cin import cin_lines
from sightline.synthetic.write_ssd import ssd_tables
from synthetic.conftest import SCHEMAS, YEARS, Loaded, faults_found

BOTH_SIDES = {
    (
        "cin",
        "ssd",
    ): "FD-02 FD-05 FD-07 FD-08 FD-09 AS-01 AS-02 CP-01 CP-02 CP-05 CP-06 CP-09 CP-10s "
    "CP-10e CP-12 CP-13 CP-14 CP-17 CI-01 CI-02 CI-03",
    ("cin", "annex-a"): "FD-02 FD-05 FD-07 FD-08 FD-09 AS-01 AS-02 CP-01 CP-02 CP-05 CP-06 CP-09 "
    "CP-10s CP-10e CP-11 CP-12 CP-13 CP-17 CI-01 CI-02 CI-03",
    ("ssda903", "annex-a"): "LA-01 LA-02 CL-01 CL-02 CL-03 CL-04",
    ("ssda903", "ssd"): "LA-01 LA-02 LA-03 LA-08 LA-10 MI-01 MI-04",
    ("annex-a", "ssd"): "FD-01 EH-01 EH-02 AS-03 CP-07 CP-15 CP-16 CI-05 CI-06",
}
"""Pairs of formats, and the indicators that both can give."""
ALL_YEARS_BUT_THE_FIRST = {"FD-05", "LA-08"}
"""What needs the year before, of which a format that holds more than its year knows more."""


@pytest.mark.parametrize("name", [*FORMATS, "all"])
def test_a_clean_load_has_no_findings(loaded: Callable[[str], Loaded], name: str) -> None:
    found = loaded(name)
    assert faults_found(found.report) == []
    assert not found.report.any_failed
    assert found.snapshot.manifest.rejected == 0


@pytest.mark.parametrize(
    ("name", "years"),
    [("cin", YEARS), ("ssda903", YEARS), ("annex-a", YEARS), ("ssd", YEARS[-1:])],
)
def test_the_files_tell_to_which_day_they_run(
    loaded: Callable[[str], Loaded], name: str, years: range
) -> None:
    returns = loaded(name).snapshot.manifest.returns
    assert [each.period_end for each in returns] == [last_day(year) for year in years]


def test_no_event_of_an_extract_is_after_its_last_day(tmp_path: Path) -> None:
    """Tried on many children, as one late day would move the extract's own."""
    authority = make_authority("351", 2018, 2019, 4, progress=lambda _: None)
    events = {layout.part: layout.events for layout in layouts()}
    late = {
        (table.name, name)
        for table in ssd_tables(authority)
        for name in events[table.name]
        for row in table.rows
        if (day := row[list(table.columns).index(name)]) and day > last_day(2019)
    }
    assert late == set()


@pytest.mark.parametrize(("pair", "indicators"), BOTH_SIDES.items())
def test_formats_agree_on_what_both_hold(
    loaded: Callable[[str], Loaded], pair: tuple[str, str], indicators: str
) -> None:
    named = indicators.split()
    one, other = (loaded(name).figures(named, YEARS) for name in pair)
    differing = []
    for key, figure in one.items():
        code, _, _, year = key
        if code in ALL_YEARS_BUT_THE_FIRST and year == YEARS[0]:
            continue
        twin = other.get(key)
        if twin is None or (figure.numerator, figure.denominator, figure.value) != (
            twin.numerator,
            twin.denominator,
            twin.value,
        ):
            differing.append((key, figure.numerator, twin and twin.numerator))
    assert {key[0] for key in one} == set(named)
    assert differing == []


def test_the_census_is_valid_by_the_schema_of_its_year(small: Written) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the census schemas are not beside this checkout (shared/data/schemas/cin)")
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(SCHEMAS / "CIN_schema_2017.xsd"))
    for path in (small.folder / "cin").iterdir():
        schema.assertValid(etree.parse(path))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_later_census_layouts_are_valid_too(year: int, tmp_path: Path) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the census schemas are not beside this checkout (shared/data/schemas/cin)")
    from lxml import etree

    authority = make_authority("885", 2023, 2024, 1, children=400, progress=lambda _: None)
    # The counts end in 2024; the layouts after it are tried on its last year's children.
    text = "\n".join(cin_lines(authority, year))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / f"CIN_schema_{year}.xsd"))
    schema.assertValid(etree.fromstring(text.encode()))


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        invent(tmp_path / name, like="351", first=2016, last=2017, seed=seed, children=300)
    one, two, three = (_digests(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert len(one) > 40
    assert all(one[name] != three[name] for name in one if name.endswith((".xml", ".xlsx")))


def test_a_format_is_the_same_whichever_others_are_written(small: Written, tmp_path: Path) -> None:
    invent(
        tmp_path, like="885", first=YEARS[0], last=YEARS[-1], seed=5, children=1500,
        formats=("ssda903",),
    )  # fmt: skip
    assert _digests(tmp_path / "ssda903") == _digests(small.folder / "ssda903")


def test_every_output_says_that_the_children_are_invented(small: Written) -> None:
    for path in small.folder.rglob("*"):
        if not path.is_file():
            continue
        named = path.name.startswith("invented-")
        assert named or path.name in ("README.txt", "places.csv"), path
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                assert "No child" in book.read("docProps/core.xml").decode()
                assert "No child" in book.read("xl/worksheets/sheet1.xml").decode()
                assert 'name="About"' in book.read("xl/workbook.xml").decode()
        elif path.suffix in (".xml", ".txt") or not named:
            assert "No child in this file is real" in path.read_text("utf-8")


def test_identifiers_cannot_be_taken_for_real_ones(small: Written) -> None:
    with (small.folder / "ssd" / "invented-ssd_person.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    assert len(people) > 1000
    assert {person["pers_forename"] for person in people} == {"Invented"}
    assert all(person["pers_person_id"].startswith("INV885") for person in people)
    assert not any(person["pers_common_child_id"] for person in people)
    with (small.folder / "ssd" / "invented-ssd_linked_identifiers.csv").open(
        encoding="utf-8"
    ) as file:
        # The four digits of the school are of none there is.
        schools = {row["link_identifier_value"][4:6] for row in csv.DictReader(file)}
    assert schools == {"00"}


def test_each_child_has_a_district(small: Written, tmp_path: Path) -> None:
    with small.places.open(encoding="utf-8") as file:
        assert "No child in this file is real" in next(file)
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"team", "postcode", "child"}
    assert {row["district"] for row in rows} == {
        *("Bromsgrove", "Malvern Hills", "Redditch", "Worcester", "Wychavon", "Wyre Forest")
    }
    assert sum(row["kind"] == "child" for row in rows) == small.children


@pytest.mark.parametrize(
    "name",
    [
        *("ethnicity", "referral_source", "primary_need", "closure_reason", "abuse_category"),
        *("case_status", "legal_status", "placement", "placement_provider", "care_end_reason"),
        *("location", "permanence_plan", "eligibility", "accommodation", "activity"),
    ],
)
def test_the_words_of_annex_a_are_read_as_the_codes_meant(name: str) -> None:
    assert {code: find_code(name, shown(name, code)) for code in codes(name)} == {
        code: code for code in codes(name)
    }


def test_an_authority_scales_and_keeps_its_rates(small: Written, loaded: Callable[[str], Loaded]):
    assert abs(small.children - 1500) < 150
    figures = loaded("cin").figures(["CP-05", "FD-05", "CP-14"], YEARS)
    assert abs((figures["CP-05", "", "all", 2016].value or 0) - 47.0) < 3
    assert abs((figures["FD-05", "", "all", 2016].value or 0) - 18.2) < 1
    assert abs((figures["CP-14", "", "all", 2016].value or 0) - 87.8) < 5


def test_several_authorities_have_a_folder_each_and_share_the_children(tmp_path: Path) -> None:
    written = invent(
        tmp_path, like="351", first=2016, last=2016, children=900, authorities=3, formats=("cin",)
    )
    assert written.folders[0].name == "invented-351"
    assert len({path.name for path in written.folders}) == 3
    assert 600 < written.children < 1300
    assert all((path / "README.txt").exists() for path in written.folders)


def test_more_authorities_than_there_are_have_numbers_that_no_real_one_has() -> None:
    wanted = _wanted("885", 2016, 2016, None, 160)
    numbers = [each.number or each.like for each in wanted]
    assert len(set(numbers)) == 160
    assert numbers[0] == "885"
    assert set(numbers) - set(areas()) == {
        f"{n:03d}" for n in range(1, sum(each.number is not None for each in wanted) + 1)
    }
    assert any(each.number for each in wanted)


def test_annex_a_alone_covers_its_year_and_its_figures_are_graded(
    small: Written, tmp_path: Path
) -> None:
    book = small.folder / "annex-a" / "invented-885-annex-a-2016.xlsx"
    snapshot = load([book], Store(tmp_path / "store")).snapshot
    (held,) = snapshot.manifest.returns
    assert (held.period_start, held.period_end) == (first_day(2016), last_day(2016))
    with measured(snapshot) as subject:
        asked = subject.asked_periods("year", None, None)
        found = {
            each.indicator: each.quality.letter
            for each in subject.compute(choose(["CP-05", "FD-01", "FD-05"]), asked).figures
        }
    assert asked == [(first_day(2016), last_day(2016))]
    # FD-05 looks back to the year before, of which the workbook does not tell.
    assert found == {"CP-05": "A", "FD-01": "A", "FD-05": "-"}
