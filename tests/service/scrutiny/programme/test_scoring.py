"""Suggestions are scored by criteria that anybody can read and a council may change."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sightline.service.scrutiny.programme import scoring

OWN = """
title = "Ours"
since = 2027-01-01
source = "Council, 1 January 2027"

[[criterion]]
code = "risk"
name = "Risk"
question = "Is a child at risk?"
points = [{points = 0, meaning = "No"}, {points = 5, meaning = "Yes"}]
"""


def test_what_comes_with_sightline_says_what_each_number_means() -> None:
    by = scoring.packaged()
    assert [each.code for each in by.criteria] == [
        "timely",
        "priority",
        "public",
        "influence",
        "cost",
    ]
    assert by.most == 10
    assert all(meaning for each in by.criteria for _, meaning in each.points)
    assert "cfgs.org.uk" in by.source


def test_what_is_not_scored_is_not_0() -> None:
    by = scoring.packaged()
    assert scoring.score({}, by).words == "not scored yet"
    some = scoring.score({"timely": 2, "priority": 0}, by)
    assert (some.words, some.missing) == ("2 of 4 so far", ("Public interest", "Influence", "Cost"))
    full = scoring.score(dict.fromkeys((each.code for each in by.criteria), 1), by)
    assert (full.words, full.missing) == ("5 of 10", ())


def test_points_of_a_criterion_that_is_gone_are_kept_apart() -> None:
    score = scoring.score({"risk": 5, "timely": 1, "cost": 9}, scoring.packaged())
    assert score.points == 1
    assert score.no_longer == ("risk",)
    assert "Cost" in score.missing  # 9 points are none it gives


def test_a_council_scores_by_its_own(settings: Any, tmp_path: Path) -> None:
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, home=tmp_path)
    assert scoring.criteria().title != "Ours"
    (tmp_path / scoring.OWN_FILE).write_text(OWN, "utf-8")
    assert [each.code for each in scoring.criteria().criteria] == ["risk"]
    (tmp_path / scoring.OWN_FILE).write_text(OWN.replace("Ours", "Ours, changed"), "utf-8")
    assert scoring.criteria().title == "Ours, changed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[[criterion]]", "[[criteria]]"), "there is no [[criterion]]"),
        (('name = "Risk"', "name = 5"), "criterion 1: `name` must be text in quotes, not 5"),
        (("points = 5", 'points = "5"'), "`points` must be a whole number from 0, not '5'"),
        (("points = 5", "points = 0"), "the same number of points stands twice"),
        (("since = 2027-01-01", 'since = "lately"'), "`since` must be a day"),
        (('title = "Ours"', "title ="), "own.toml: Invalid value"),
        ((', {points = 5, meaning = "Yes"}', ""), "needs two or more"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(change: tuple[str, str], said: str) -> None:
    with pytest.raises(scoring.CriteriaError) as error:
        scoring.read(OWN.replace(*change), "own.toml")
    assert said in str(error.value)
    assert str(error.value).startswith("own.toml")
