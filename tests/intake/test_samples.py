"""Every public sample file, loaded; what came of it is counted again here by other means."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from sightline.intake.load import LoadSummary, load
from sightline.store.snapshots import Store

pytestmark = pytest.mark.shared

Load = Callable[..., "Loaded"]
CIN_FILES = ["CIN_Census_2024.xml", "CIN_Census_2026.xml", "fake_CIN_data.xml"]
FEDS = ["fake_payload_1.json", "fake_payload_2.json", "fake_payload_3.json"]


class Loaded:
    """A load, to be asked."""

    def __init__(self, summary: LoadSummary) -> None:
        self.summary = summary
        self.connection = summary.snapshot.connect()

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        return self.connection.execute(sql).fetchall()

    def count(self, table: str) -> int:
        return self.summary.snapshot.manifest.tables[table].rows if self.has(table) else 0

    def has(self, table: str) -> bool:
        return self.summary.snapshot.has(table)

    def findings(self) -> Counter[str]:
        return Counter(code for (code,) in self.ask("SELECT code FROM finding"))

    def balance(self) -> dict[str, int]:
        """Rows read of each file, after checking that each row is accounted for."""
        unused = sum(
            int(message.rpartition("(")[2].split()[0])
            for (message,) in self.ask("SELECT message FROM finding WHERE code = 'unused-part'")
        )
        lost = sum(e.rows_read - e.rows_kept - e.rejected for e in self.summary.inputs)
        assert lost == unused
        return {Path(each.path).name: each.rows_read for each in self.summary.inputs}


@pytest.fixture
def loaded(tmp_path: Path, samples: Path) -> Load:
    def of(*names: str) -> Loaded:
        return Loaded(load([samples / name for name in names], Store(tmp_path / "store")))

    return of


# -- the census ------------------------------------------------------------------------------

BLOCKS = {
    "Child": "child",
    "CINdetails": "referral",
    "Assessments": "assessment",
    "CINPlanDates": "cin_plan",
    "Section47": "section_47",
    "ChildProtectionPlans": "cp_plan",
    "PreProceedingsandFGDM": "pre_proceedings",
    "Disability": "disability",
    "AssessmentFactors": "assessment_factor",
    "CPPreviewDate": "cp_review",
}


@pytest.mark.parametrize("name", CIN_FILES)
def test_every_block_of_a_census_is_a_record(loaded: Load, samples: Path, name: str) -> None:
    result = loaded(f"cin/{name}")
    tree = ElementTree.parse(samples / "cin" / name)
    blocks = {tag: list(tree.iter(tag)) for tag in BLOCKS}
    assert result.balance() == {name: sum(map(len, blocks.values()))}
    copies = result.findings()["duplicate-record"]
    assert (
        sum(result.count(table) for table in BLOCKS.values())
        == sum(map(len, blocks.values())) - copies
    )
    assert result.summary.rejected == 0
    conferences = [
        block
        for tag in ("CINdetails", "Section47")
        for block in tree.iter(tag)
        if block.find("DateOfInitialCPC") is not None
    ]
    assert result.count("conference") == len(conferences)


@pytest.mark.parametrize("name", CIN_FILES)
def test_every_review_date_is_there_with_its_child_and_plan(
    loaded: Load, samples: Path, name: str
) -> None:
    wanted = sorted(
        (
            child.findtext(".//LAchildID"),
            plan.findtext("CPPstartDate"),
            review.text,
        )
        for child in ElementTree.parse(samples / "cin" / name).iter("Child")
        for plan in child.iter("ChildProtectionPlans")
        for review in plan.iter("CPPreviewDate")
    )
    got = loaded(f"cin/{name}").ask(
        "SELECT child_id, CAST(plan_start AS VARCHAR), CAST(review_date AS VARCHAR) "
        "FROM cp_review ORDER BY ALL"
    )
    assert got == wanted


@pytest.mark.parametrize("name", CIN_FILES)
def test_values_of_a_census_come_through(loaded: Load, samples: Path, name: str) -> None:
    result = loaded(f"cin/{name}")
    children = list(ElementTree.parse(samples / "cin" / name).iter("Child"))
    episodes = sorted(
        (
            child.findtext(".//LAchildID"),
            *(
                episode.findtext(field)
                for field in ("CINreferralDate", "ReferralSource", "CINclosureDate")
            ),
            episode.findtext("ReferralNFA") in ("true", "1"),
        )
        for child in children
        for episode in child.iter("CINdetails")
    )
    got = result.ask(
        "SELECT child_id, CAST(referral_date AS VARCHAR), referral_source, "
        "CAST(closure_date AS VARCHAR), no_further_action FROM referral"
    )
    assert sorted(got, key=str) == sorted(episodes, key=str)
    meaning = {"1": "M", "2": "F", "0": "U", "9": "U"}
    sexes = Counter(
        meaning.get(text, text)
        for child in children
        for tag in ("Sex", "GenderCurrent")
        if (text := child.findtext(f".//{tag}"))
    )
    assert dict(result.ask("SELECT sex, count(*) FROM child GROUP BY sex")) == sexes
    deaths = sum(child.find(".//PersonDeathDate") is not None for child in children)
    assert result.ask("SELECT count(death_date) FROM child") == [(deaths,)]


def test_lines_lead_back_to_the_file(loaded: Load, samples: Path) -> None:
    text = (samples / "cin" / "CIN_Census_2026.xml").read_text("utf-8").splitlines()
    result = loaded("cin/CIN_Census_2026.xml")
    for part, table in BLOCKS.items():
        lines = result.ask(f"SELECT line FROM {table}")
        assert lines
        for (line,) in lines:
            assert f"<{part}>" in text[int(str(line)) - 1]
    for place, value in result.ask(
        "SELECT place, value FROM finding WHERE code IN ('unknown-code', 'stray-text')"
    ):
        assert str(value) in text[int(str(place).removeprefix("line ")) - 1]


def test_what_is_odd_in_the_samples_is_found(loaded: Load) -> None:
    assert loaded("cin/CIN_Census_2026.xml").findings() == {
        "stray-text": 1,
        "empty-part": 1,
        "unknown-code": 1,
        "year-differs": 1,
        "dates-outside-year": 1,
        "code-of-another-year": 1,
    }


# -- SSDA903 ---------------------------------------------------------------------------------

TABLES_903 = {
    "episodes.csv": "care_episode",
    "reviews.csv": "care_review",
    "missing.csv": "missing_episode",
    "oc2.csv": "care_outcome",
    "oc3.csv": "care_leaver",
    "placed_for_adoption.csv": "adoption",
    "previous_permanence.csv": "previous_permanence",
    "header.csv": "child",
}


def test_every_row_of_the_903_is_a_record(loaded: Load, samples: Path) -> None:
    result = loaded("ssda903")
    rows = {
        path.name: list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        for path in sorted((samples / "ssda903").iterdir())
    }
    assert result.balance() == {name: len(of) for name, of in rows.items()}
    assert result.summary.rejected == 0
    copies = result.findings()["duplicate-record"]
    assert copies == sum(len(of) - len({tuple(row.values()) for row in of}) for of in rows.values())
    for name, table in TABLES_903.items():
        wanted = {tuple(row.values()) for row in rows[name]}
        assert result.count(table) == len(wanted), name
    starts = sorted((row["CHILD"], row["DECOM"]) for row in rows["episodes.csv"])
    assert starts == sorted(
        result.ask("SELECT child_id, strftime(start_date, '%d/%m/%Y') FROM care_episode")
    )


# -- Annex A ---------------------------------------------------------------------------------


def test_every_row_of_the_workbook_is_read(
    loaded: Load, annex_a_lists: dict[int, list[list[object]]]
) -> None:
    result = loaded("annex_a/Annex_A_2021.xlsx")
    filled = {n: [row for row in rows[1:] if any(row)] for n, rows in annex_a_lists.items()}
    assert result.balance() == {"Annex_A_2021.xlsx": sum(map(len, filled.values()))}
    assert result.summary.rejected == 0
    for number, table in {1: "contact", 2: "early_help_episode", 4: "assessment"}.items():
        assert result.count(table) == len(filled[number])
    column = annex_a_lists[1][0].index("Child Unique ID")
    ids = {str(int(float(str(row[column])))) for row in filled[1]}
    assert {str(i) for (i,) in result.ask("SELECT child_id FROM contact")} == ids


# -- the daily collection --------------------------------------------------------------------


@pytest.mark.parametrize("name", FEDS)
def test_every_object_of_the_daily_collection_is_accounted_for(
    loaded: Load, samples: Path, name: str
) -> None:
    result = loaded(f"dfe_api/{name}")
    given = json.loads((samples / "dfe_api" / name).read_text("utf-8"))
    children = given if isinstance(given, list) else [given]
    episodes = [e for child in children for e in child.get("social_care_episodes", ())]
    assert result.count("child") == len(children)
    assert result.count("referral") == len(episodes)
    for key, table in {
        "child_and_family_assessments": "assessment",
        "child_in_need_plans": "cin_plan",
        "section_47_assessments": "section_47",
        "child_protection_plans": "cp_plan",
        "child_looked_after_placements": "care_episode",
        "care_worker_details": "allocation",
    }.items():
        wanted = sum(len(episode.get(key, ())) for episode in episodes)
        assert result.count(table) == wanted, key
    assert result.balance()[name] > len(children) + len(episodes)


# -- all together ----------------------------------------------------------------------------


def test_all_samples_load_together_and_again_to_the_same(samples: Path, tmp_path: Path) -> None:
    def hashes(store: str) -> dict[str, str]:
        summary = load([samples], Store(tmp_path / store))
        return {name: of.hash for name, of in summary.snapshot.manifest.tables.items()}

    first = hashes("a")
    assert first == hashes("b")
    assert {"child", "referral", "care_episode", "contact", "finding"} <= set(first)
    children = duckdb.sql(
        f"SELECT count(*), count(DISTINCT child_id) FROM "
        f"'{tmp_path}/a/snapshots/*/tables/child.parquet'"
    ).fetchall()
    assert children[0][0] == children[0][1] > 3_000
