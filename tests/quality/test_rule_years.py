"""The census's rules by collection year: a set is the one before it and a listed difference."""

import pytest

from sightline.quality.rule import KNOWN_SETS, changes, rules, rules_of_return
from sightline.records import Format


def test_what_was_new_in_2024_25() -> None:
    found = changes(Format.CIN, 2024, 2025)
    assert {rule.code for rule in found.added} == {"1570", "1580", "8945Q", "8950Q"}
    assert found.withdrawn == ()
    assert {now.code for _, now in found.changed} == {"2886Q", "4180", "8750", "8770Q"}
    [sex] = [pair for pair in found.changed if pair[1].code == "4180"]
    assert [rule.official for rule in sex] == [
        "Gender is missing",
        "Sex must be provided and equal M, F, or U",
    ]


def test_a_difference_read_backwards_is_its_reverse() -> None:
    there, back = changes(Format.CIN, 2023, 2025), changes(Format.CIN, 2025, 2023)
    assert {rule.code for rule in back.withdrawn} == {rule.code for rule in there.added}
    assert back.added == there.withdrawn == ()
    assert back.changed == tuple((now, was) for was, now in there.changed)
    assert back.codes_withdrawn == there.codes_added
    assert back.codes_added == there.codes_withdrawn == ()


def test_a_code_list_is_part_of_the_difference() -> None:
    """Cumberland, and Westmorland and Furness, gave UPNs from April 2023."""
    found = changes(Format.CIN, 2023, 2024)
    assert found.codes_added == (("upn_authority", "942"), ("upn_authority", "943"))
    assert found.added == found.withdrawn == found.changed == ()


@pytest.mark.parametrize(
    ("year", "rules_in_force"), [(2023, 105), (2024, 105), (2025, 109), (2026, 109)]
)
def test_each_set_has_as_many_rules_as_were_in_force(year: int, rules_in_force: int) -> None:
    assert len(rules_of_return(Format.CIN, year)) == rules_in_force


def test_a_year_outside_the_sets_known_is_judged_by_the_nearest() -> None:
    for file_format, (first, last) in KNOWN_SETS.items():
        assert rules_of_return(file_format, 2010) == rules_of_return(file_format, first)
        assert rules_of_return(file_format, last + 5) == rules_of_return(file_format, last)


def test_a_rule_with_years_is_of_a_format_whose_sets_are_known() -> None:
    for rule in rules():
        if rule.first_year or rule.last_year:
            assert rule.of in KNOWN_SETS, rule.code
