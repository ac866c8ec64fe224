"""Every rule of Annex A and SSDA903 finds what its examples mark, read from files, and nothing else."""

import re
from pathlib import Path

import pytest

from conftest import SHARED
from quality.lists import code_of, examples, has_both, opened_today
from sightline.quality.check import Outcome
from sightline.quality.rule import Rule, rules, rules_of_return
from thorough import of_today

LIST_RULES = [rule for rule in rules() if rule.of in ("annex_a", "ssda903")]


@pytest.mark.parametrize("path", of_today(examples(), days=2), ids=lambda path: path.stem)
def test_the_rule_finds_the_cells_that_are_marked(path: Path) -> None:
    for loaded in opened_today(path):
        result, places = loaded.run(loaded.rules()[code_of(path)])
        assert result.outcome in (Outcome.CLEAN, Outcome.FINDINGS), result.reason
        assert places == loaded.expected, loaded.shape


@pytest.mark.parametrize("rule", LIST_RULES, ids=lambda rule: rule.code)
def test_every_rule_has_examples_that_pass_and_examples_that_fail(rule: Rule) -> None:
    assert has_both([path for path in examples() if code_of(path) == rule.code])


def test_no_example_is_of_a_rule_that_is_not_there() -> None:
    assert {code_of(path) for path in examples()} <= {rule.code for rule in LIST_RULES}


@pytest.mark.shared
def test_the_rules_of_ssda903_are_those_published() -> None:
    path = SHARED / "data" / "rules" / "ssda903_2026_27.txt"
    published = {
        match[1]: match[2]
        for line in path.read_text("utf-8").splitlines()
        if (match := re.fullmatch(r"(\w+) \| \[.*?\] \| \[.*?\] \| (.*)", line))
    }
    wrong = {}
    for rule in rules_of_return("ssda903", 2027):
        number = rule.code.removeprefix("903-")
        message = published.get(number, "")
        if " ".join(rule.official.split()) != " ".join(message.split()):
            wrong[rule.code] = message
        assert rule.source == f"DfE SSDA903 validation rules 2026/27, rule {number}"
    assert not wrong
