"""The examples of a rule notice each small mistake that a hand could make in its SQL.

A run tries a seventh of the rules (see `thorough`).
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indicators.mutants import mutants
from quality import census, lists
from quality.drawn import Drawn, places
from quality.examples import EXAMPLES
from sightline.quality.check import Outcome
from sightline.quality.rule import Rule, rules
from thorough import of_today

LISTED = tomllib.loads((Path(__file__).parent / "equivalent_mutants.toml").read_text("utf-8"))
"""By rule: mutants that find the same in all records there can be, each with the reason."""


def _notices(drawn: Drawn, rule: Rule, sql: str) -> bool:
    result, findings = drawn.run(replace(rule, sql=sql))
    return result.outcome is Outcome.FAILED or sorted(places(findings)) != sorted(drawn.expected)


def _notices_in_file(read: census.Census | lists.Loaded, rule: Rule, sql: str) -> bool:
    result, found = read.run(replace(rule, sql=sql))
    return result.outcome is Outcome.FAILED or found != read.expected


@pytest.mark.parametrize("rule", of_today(rules()), ids=lambda rule: rule.code)
def test_the_examples_notice_every_mutant(rule: Rule) -> None:
    drawn = [example.draw() for example in EXAMPLES if example.code == rule.code]
    paths = [path for path in census.examples() if census.code_of(path) == rule.code]
    listed_in = [path for path in lists.examples() if lists.code_of(path) == rule.code]

    def read() -> Iterator[census.Census | lists.Loaded]:
        yield from map(census.opened, paths)
        for path in listed_in:
            yield from lists.opened(path)

    tried = dict(mutants(rule.sql))
    unnoticed = {
        what
        for what, sql in tried.items()
        if not any(_notices(each, rule, sql) for each in drawn)
        and not any(_notices_in_file(each, rule, sql) for each in read())
    }
    assert unnoticed == set(LISTED.get(rule.code, {}))


def test_every_mutant_listed_has_its_reason() -> None:
    assert set(LISTED) <= {rule.code for rule in rules()}
    assert all(reason for listed in LISTED.values() for reason in listed.values())
