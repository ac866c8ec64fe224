"""Local standards and targets: dated, documented, and refused where they cannot be meant."""

from datetime import date
from pathlib import Path

import pytest

from sightline.indicators.definition import catalogue
from sightline.indicators.settings import (
    Settings,
    SettingsError,
    Standard,
    load_settings,
    parse_settings,
)

VISIT = """
[[standard]]
name = "child-protection-visit"
value = 20
unit = "working days"
from = 2016-09-01
set_by = "Assistant Director, practice standards of July 2016"
"""


def standard(settings: Settings, name: str, on: date) -> Standard:
    (found,) = [
        each
        for each in settings.standards
        if each.name == name and each.valid_from <= on < each.valid_until
    ]
    return found


def test_defaults_say_what_they_are_and_who_set_them() -> None:
    for each in load_settings().standards:
        assert each.meaning, each.name
        assert each.set_by, each.name
        assert each.source.startswith("INDICATORS "), each.name
        assert (each.value is None) == bool(each.words), each.name
        assert bool(each.unit) == (each.value is not None), each.name
    for target in load_settings().targets:
        assert target.set_by, target.indicator


def test_every_standard_a_definition_counts_by_has_a_default_and_the_reverse() -> None:
    names = {each.name for each in load_settings().standards}
    text = " ".join(definition.sql for definition in catalogue())
    unused = {name for name in names if f"'{name}'" not in text}
    assert unused == set()
    for definition in catalogue():
        for part in definition.source.split("local standard")[1:]:
            for word in part.replace(",", " ").split():
                if "-" in word:
                    assert word in names, f"{definition.code} names {word}"


def test_the_local_rules_of_the_issue_are_there() -> None:
    on = date(2016, 6, 1)
    defaults = load_settings()
    assert standard(defaults, "child-in-need-visit", on).value == 20
    assert standard(defaults, "child-protection-visit", on).value == 10
    assert standard(defaults, "looked-after-visit", on).value == 42
    assert standard(defaults, "looked-after-first-visit", on).value == 7
    assert standard(defaults, "section-47-conclusion", on).value == 15
    assert standard(defaults, "contact-below-threshold", on).words == (
        "no further action",
        "advice",
    )
    day_five = standard(defaults, "section-47-conference-decision", on)
    assert (day_five.value, day_five.unit) == (5, "working days")
    assert day_five.valid_from == date(2016, 5, 11)
    assert "R056" in day_five.source


def test_the_default_holds_until_the_authoritys_own_takes_over() -> None:
    own = parse_settings(VISIT, "own.toml")
    before = standard(own, "child-protection-visit", date(2016, 8, 31))
    after = standard(own, "child-protection-visit", date(2016, 9, 1))
    assert (before.value, before.valid_until) == (10, date(2016, 9, 1))
    assert (after.value, after.valid_until) == (20, date(9999, 12, 31))
    assert after.set_by.startswith("Assistant Director")
    assert after.meaning == before.meaning
    assert standard(own, "child-in-need-visit", date(2016, 9, 1)).value == 20


def test_entries_in_any_order_and_a_change_back() -> None:
    later = VISIT.replace("2016-09-01", "2018-01-01").replace("value = 20", "value = 15")
    own = parse_settings(later + VISIT, "own.toml")
    held = [(e.value, e.valid_from) for e in own.standards if e.name == "child-protection-visit"]
    assert held == [
        (10, date(1990, 1, 1)),
        (20, date(2016, 9, 1)),
        (15, date(2018, 1, 1)),
    ]


def test_an_entry_from_the_first_day_takes_the_defaults_place() -> None:
    own = parse_settings(VISIT.replace("2016-09-01", "1990-01-01"), "own.toml")
    assert [e.value for e in own.standards if e.name == "child-protection-visit"] == [20]


def test_words_are_compared_in_lower_case() -> None:
    own = parse_settings(
        '[[standard]]\nname = "universal-early-help"\nwords = [" Primary School "]\n'
        'from = 2016-09-01\nset_by = "Head of early help"\n',
        "own.toml",
    )
    assert standard(own, "universal-early-help", date(2016, 9, 1)).words == ("primary school",)


def test_targets_are_only_the_authoritys_own() -> None:
    assert load_settings().target("AS-01", date(2016, 3, 31)) is not None
    own = parse_settings(
        '[[target]]\nindicator = "AS-01"\nvalue = 85\nfrom = 2015-04-01\nset_by = "Board"\n'
        '[[target]]\nindicator = "AS-01"\nvalue = 95\ntolerance = 2\nfrom = 2016-04-01\n'
        'set_by = "Board"\n',
        "own.toml",
    )
    assert own.target("AS-01", date(2015, 3, 31)) is None
    first = own.target("AS-01", date(2016, 3, 31))
    second = own.target("AS-01", date(2016, 4, 1))
    assert first is not None and (first.value, first.tolerance) == (85, 5)
    assert second is not None and (second.value, second.tolerance) == (95, 2)
    assert own.target("CP-05", date(2016, 4, 1)) is None


def test_a_unit_the_day_five_rule_may_choose() -> None:
    own = parse_settings(
        '[[standard]]\nname = "section-47-conference-decision"\nvalue = 5\n'
        'unit = "calendar days"\nfrom = 2016-05-11\nset_by = "Group Manager"\n',
        "own.toml",
    )
    assert standard(own, "section-47-conference-decision", date(2016, 6, 1)).unit == "calendar days"


WRONG = {
    "not TOML": ("[[standard]", "not valid TOML"),
    "a part that is none": ("[[standards]]\nname = 1", "no such part as standards"),
    "no name": (VISIT.replace("name =", "# name ="), "standard number 1 lacks name"),
    "no day": (VISIT.replace("from =", "# from ="), "standard child-protection-visit lacks from"),
    "nobody": (VISIT.replace("set_by =", "# "), "standard child-protection-visit lacks set_by"),
    "an empty name of who": (
        VISIT.replace('"Assistant Director, practice standards of July 2016"', '""'),
        "standard child-protection-visit lacks set_by",
    ),
    "a day in words": (
        VISIT.replace("2016-09-01", '"1 September"'),
        "`from` of standard child-protection-visit is not a date",
    ),
    "a moment": (
        VISIT.replace("2016-09-01", "2016-09-01T00:00:00"),
        "`from` of standard child-protection-visit is not a date",
    ),
    "an entry that is none": (
        VISIT + 'until = "2017"\n',
        "standard child-protection-visit has no such entry as until",
    ),
    "a standard that is none": (
        VISIT.replace("child-protection-visit", "child-protection-visits"),
        "there is no standard child-protection-visits",
    ),
    "another unit": (
        VISIT.replace("working days", "calendar days"),
        "the unit of standard child-protection-visit must be working days",
    ),
    "half a day": (
        VISIT.replace("value = 20", "value = 10.5"),
        "standard child-protection-visit needs a",
    ),
    "none at all": (
        VISIT.replace("value = 20", "value = 0"),
        "standard child-protection-visit needs a `value`",
    ),
    "words for a number": (
        VISIT.replace("value = 20", 'words = ["often"]'),
        "standard child-protection-visit needs a `value`",
    ),
    "a number for words": (
        VISIT.replace("child-protection-visit", "universal-early-help"),
        "standard universal-early-help needs `words`",
    ),
    "an empty word": (
        '[[standard]]\nname = "universal-early-help"\nwords = [" "]\nfrom = 2016-09-01\n'
        'set_by = "Head"',
        "standard universal-early-help needs `words`",
    ),
    "twice": (VISIT + VISIT, "standard child-protection-visit stands twice on 2016-09-01"),
    "a target for what is no indicator": (
        '[[target]]\nindicator = "AS-99"\nvalue = 1\nfrom = 2016-09-01\nset_by = "Board"',
        "a target for AS-99, which is no indicator",
    ),
    "a target without a value": (
        '[[target]]\nindicator = "AS-01"\nfrom = 2016-09-01\nset_by = "Board"',
        "the target for AS-01 needs a value",
    ),
    "a target in words": (
        '[[target]]\nindicator = "AS-01"\nvalue = "high"\nfrom = 2016-09-01\nset_by = "Board"',
        "the target for AS-01 needs a value",
    ),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse_settings(text, "own.toml")
    assert "own.toml" in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Cannot read the settings file .*none\.toml"):
        load_settings(tmp_path / "none.toml")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"own.toml is not UTF-8 text"):
        load_settings(path)


def test_a_file_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[authority]\nname = "Anyshire"\n' + VISIT, "utf-8")
    own = load_settings(path)
    assert own.authority == "Anyshire"
    assert standard(own, "child-protection-visit", date(2017, 1, 1)).value == 20
