"""Every rule of the census finds what its examples mark, read from XML, and nothing else."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from conftest import SHARED
from quality.census import code_of, examples, opened
from sightline.quality.check import Outcome
from sightline.quality.rule import Rule, rules, rules_of_return
from thorough import of_today

CENSUS_RULES = [rule for rule in rules() if rule.of == "cin"]


@pytest.mark.parametrize("path", of_today(examples(), days=2), ids=lambda path: path.stem)
def test_the_rule_finds_the_lines_that_are_marked(path: Path) -> None:
    census = opened(path)
    rule = census.rules()[code_of(path)]
    result, lines = census.run(rule)
    assert result.outcome in (Outcome.CLEAN, Outcome.FINDINGS), result.reason
    assert lines == census.expected


@pytest.mark.parametrize("rule", CENSUS_RULES, ids=lambda rule: rule.code)
def test_every_rule_has_examples_that_pass_and_examples_that_fail(rule: Rule) -> None:
    own = [path for path in examples() if code_of(path) == rule.code]
    assert own
    text = "".join(path.read_text("utf-8") for path in own)
    failing = ["<!-- found" in child for child in text.split("<Child>")[1:]]
    assert any(failing)
    assert not all(failing)


def test_no_example_is_of_a_rule_that_is_not_there() -> None:
    assert {code_of(path) for path in examples()} <= {rule.code for rule in CENSUS_RULES}


@pytest.mark.shared
def test_the_rules_of_2026_are_those_published() -> None:
    path = SHARED / "data" / "rules" / "cin_2025_26.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {row["code"]: row for row in csv.DictReader(file)}
    ours = {rule.code: rule for rule in rules_of_return("cin", 2026)}
    wrong: dict[str, list[str]] = defaultdict(list)
    for code, rule in ours.items():
        row = published.get(code)
        if row is None:
            wrong[code].append("is not published")
            continue
        for what, said, wanted in (
            ("severity", rule.severity, row["severity"].lower()),
            ("module", rule.module, row["module"]),
            ("official", " ".join(rule.official.split()), " ".join(row["message"].split())),
        ):
            if said != wanted:
                wrong[code].append(f"{what}: {said!r}, not {wanted!r}")
        if not rule.source.endswith(f"rule {code}"):
            wrong[code].append(f"source: {rule.source!r}")
    assert not wrong
    assert set(ours) == set(published)
