"""Every rule finds what its examples say it must, at the exact place, and nothing else."""

import re
from collections import defaultdict

import pytest

from quality.drawn import EVERY_FIELD, Example, places
from quality.examples import EXAMPLES
from sightline.indicators.portable import complaints
from sightline.quality.check import Outcome
from sightline.quality.rule import Rule, parse, rules
from sightline.records.availability import feeders
from sightline.records.sql_header import DefinitionError

of_rules = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code} {example.shows}")
def test_the_rule_finds_what_the_example_says(example: Example) -> None:
    drawn = example.draw()
    result, findings = drawn.run(example.rule)
    assert result.outcome in (Outcome.CLEAN, Outcome.FINDINGS), result.reason
    assert sorted(places(findings)) == sorted(drawn.expected)
    assert result.findings == len(findings)
    for finding in findings:
        assert (finding.file, finding.format) == ("census.xml", "cin")
        assert finding.code == example.code
        assert finding.field in example.rule.points
        assert finding.message == example.rule.message


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if not rule.of], ids=lambda rule: rule.code
)
def test_every_rule_of_the_records_has_rows_that_pass_and_rows_that_fail(rule: Rule) -> None:
    drawn = [example.draw() for example in EXAMPLES if example.code == rule.code]
    assert any(each.expected for each in drawn)
    assert any(each.has_passing for each in drawn)


def test_no_example_is_of_a_rule_that_is_not_there() -> None:
    assert {example.code for example in EXAMPLES} <= {rule.code for rule in rules()}


@of_rules
def test_a_rule_says_what_it_needs_and_where_it_points(rule: Rule) -> None:
    # A rule about several modules may also point at one that a whole return can lack.
    if rule.module == "Header":  # of which there are no records: what is said of it are findings
        assert rule.points == ("ReferenceDate",)
    else:
        assert rule.points[0] in rule.fields
        assert {*rule.points, *rule.fields} <= EVERY_FIELD
        for table in {field.split(".")[0] for field in rule.fields}:
            assert re.search(rf"\b{table}\b", rule.sql)
    for field in rule.fields:
        assert feeders(field), f"no format holds {field}"
    for text in (rule.message, rule.reading):
        assert not text or (text[0].isupper() and text.endswith((".", "”")))
    assert not rule.title.endswith(".")


@of_rules
def test_a_rule_keeps_to_sql_that_every_engine_answers_alike(rule: Rule) -> None:
    assert not complaints(rule.sql)


def test_the_rules_that_the_indicators_lean_on_are_there() -> None:
    """INDICATORS.md 3.1, and the findings that its exact definitions ask for."""
    wanted = """
        8870Q 8875 8675Q 8670Q 1103 1104 1105 2889 8815 4001 4016 4017 2885 2884 8840 8841 8940 4014 2883
        8608 8615 8925
    """
    assert set(wanted.split()) <= {rule.code for rule in rules()}


def test_codes_tell_rules_apart_and_titles_too() -> None:
    titles: dict[str, list[str]] = defaultdict(list)
    for rule in rules():
        titles[rule.title].append(rule.code)
    assert [codes for codes in titles.values() if len(codes) > 1] == []


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ({"severity": "warning"}, "severity is `error` or `query`"),
        ({"points": ""}, "the header lacks points"),
        ({"colour": "red"}, "no such entry as colour"),
    ],
)
def test_a_rule_file_that_is_wrong_is_refused(header: dict[str, str], complaint: str) -> None:
    whole = {
        "code": "T01",
        "severity": "error",
        "title": "A test",
        "message": "It is a test.",
        "fields": "child.sex",
        "points": "child.sex",
        "source": "Sightline",
    }
    lines = [f"-- {key}: {value}" for key, value in {**whole, **header}.items()]
    with pytest.raises(DefinitionError, match=complaint):
        parse("\n".join([*lines, "SELECT 1"]), "T01.sql")
