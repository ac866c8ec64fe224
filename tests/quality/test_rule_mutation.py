"""The examples of a rule notice each small mistake that a hand could make in its SQL."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from indicators.mutants import mutants
from quality.census import Census, code_of, examples, opened
from quality.drawn import Drawn, places
from quality.examples import EXAMPLES
from sightline.quality.check import Outcome
from sightline.quality.rule import Rule, rules

LISTED = tomllib.loads((Path(__file__).parent / "equivalent_mutants.toml").read_text("utf-8"))
"""By rule: mutants that find the same in all records there can be, each with the reason."""


def _notices(drawn: Drawn, rule: Rule, sql: str) -> bool:
    result, findings = drawn.run(replace(rule, sql=sql))
    return result.outcome is Outcome.FAILED or sorted(places(findings)) != sorted(drawn.expected)


def _notices_in_xml(census: Census, rule: Rule, sql: str) -> bool:
    result, lines = census.run(replace(rule, sql=sql))
    return result.outcome is Outcome.FAILED or lines != census.expected


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_the_examples_notice_every_mutant(rule: Rule) -> None:
    drawn = [example.draw() for example in EXAMPLES if example.code == rule.code]
    read = [opened(path) for path in examples() if code_of(path) == rule.code]
    unnoticed = {
        what
        for what, sql in mutants(rule.sql)
        if not any(_notices(each, rule, sql) for each in drawn)
        and not any(_notices_in_xml(each, rule, sql) for each in read)
    }
    assert unnoticed == set(LISTED.get(rule.code, {}))


def test_every_mutant_listed_has_its_reason() -> None:
    assert set(LISTED) <= {rule.code for rule in rules()}
    assert all(reason for listed in LISTED.values() for reason in listed.values())
