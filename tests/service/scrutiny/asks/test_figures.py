"""Figures quoted in replies: protected, kept as they stood, drawn without the snapshot, set beside newer."""

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from sightline.indicators.counting import TOTAL
from sightline.present import words
from sightline.present.report import Within
from sightline.service.accounts.models import Person
from sightline.service.measures import reading as readings
from sightline.service.scrutiny.asks import actions, figures
from sightline.service.scrutiny.models import Ask, AskState, QuotedFigure

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def _quote(reading: Any, code: str, **more: Any) -> QuotedFigure:
    part = more.pop("part", "")
    return figures.quote(reading, figures.definition_of(reading, code, part), **more)


def _with_run(reading: Any) -> QuotedFigure:
    every = (figures.quote(reading, each) for each in figures.quotable(reading, ""))
    return next(each for each in every if each.shown["run"])


def test_every_figure_that_can_be_quoted_is_the_protected_one(published_reading: Any) -> None:
    kept = published_reading.figures(protected=True)
    quoted = 0
    for definition in figures.quotable(published_reading, ""):
        for by in ("", *figures.breakdowns_of(definition)):
            figure = figures.quote(published_reading, definition, by=by)
            period = (figure.period_start, figure.period_end)
            of = {
                (f.by, f.group): f
                for f in kept.of(definition)
                if (f.period_start, f.period_end) == period
            }
            assert figure.shown["figure"]["text"] == words.value(of[TOTAL, TOTAL])
            for row in figure.shown["rows"]:
                now = of[figure.by, row["group"]]
                assert row["text"] == words.value(now)
                if words.is_hidden(now):
                    assert row["value"] is None
            quoted += 1
    assert quoted > 100


def test_it_is_drawn_from_what_was_kept_alone(
    published_reading: Any, monkeypatch: Any, make: Callable[..., Ask], lead: Person
) -> None:
    reply = actions.write_reply(make(AskState.SENT), "The figures by district.", by=lead)
    by = actions.add_figure(reply, _quote(published_reading, "AS-01", by="district"), by=lead)
    run = actions.add_figure(reply, _with_run(published_reading), by=lead)
    assert (by.position, run.position) == (1, 2)
    shown = QuotedFigure.objects.get(pk=by.pk).shown
    assert json.loads(json.dumps(shown)) == shown

    def gone(*_: Any) -> None:
        raise AssertionError("the snapshot was opened")

    monkeypatch.setattr(readings, "reading_of", gone)
    monkeypatch.setattr(readings, "store", gone)
    page = figures.render(QuotedFigure.objects.get(pk=by.pk))
    assert "<svg" in page
    for row in shown["rows"]:
        assert row["group"] in page
        assert row["bar"] in page
    assert "Small numbers are protected" in page
    assert "<svg" in figures.render(QuotedFigure.objects.get(pk=run.pk))


def test_within_a_district_it_is_that_districts_own(published_reading: Any) -> None:
    kept = published_reading.figures(protected=True)
    group = kept.groups("district")[0]
    figure = _quote(published_reading, "AS-01", within=Within("district", group))
    whole = _quote(published_reading, "AS-01", by="district")
    row = next(row for row in whole.shown["rows"] if row["group"] == group)
    assert figure.shown["figure"]["text"] == row["text"]
    assert (figure.group, figure.shown["run"]) == (group, None)
    assert group in figures.name_of(figure)


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "team"},
        {"by": "worker"},
        {"by": "nothing"},
        {"within": Within("team", "Redditch team 1")},
        {"within": Within("district", "Nowhere")},
        {"within": Within("district", "Redditch"), "by": "district"},
    ],
)
def test_what_is_not_published_cannot_be_quoted(
    asked: dict[str, Any], published_reading: Any
) -> None:
    with pytest.raises(figures.NoFigureError):
        _quote(published_reading, "AS-01", **asked)
    with pytest.raises(figures.NoFigureError):
        figures.definition_of(published_reading, "XX-99")


def test_the_period_before_is_the_last_of_the_same_length() -> None:
    years = [(date(year - 1, 4, 1), date(year, 3, 31)) for year in (2018, 2017, 2016)]
    months = [(date(2017, 3, 1), date(2017, 3, 31))]
    for now, before in pairwise(years):
        assert figures._before([*months, *years], now) == before
    assert figures._before([*months, *years], years[-1]) is None
    assert figures._before(years, months[0]) is None


def test_a_period_without_a_figure_cannot_be_quoted(published_reading: Any) -> None:
    definition = figures.definition_of(published_reading, "AS-01")
    (period,) = figures.periods_of(published_reading, definition)
    shown = figures.quote(published_reading, definition, period).shown
    assert (shown["figure"]["before"], shown["change"]) == ("", "")
    with pytest.raises(figures.NoFigureError, match="has no figure for"):
        figures.quote(published_reading, definition, (date(1999, 4, 1), date(2000, 3, 31)))


def test_a_newer_one_stands_beside_with_what_changed(published_reading: Any) -> None:
    figure = _quote(published_reading, "AS-01", by="district")
    assert figures.newer(figure, published_reading) is None
    assert figures.newer(figure, None) is None
    figure.snapshot = "an earlier one"
    row = next(row for row in figure.shown["rows"] if row["value"] is not None)
    whole = figure.shown["figure"]
    row["text"], row["value"] = "1.0%", 1.0
    kept = json.dumps(figure.shown)
    found = figures.newer(figure, published_reading)
    assert found is not None
    assert found.any
    changed = {each.group: each for each in found.changes}
    assert changed["The whole"].then == changed["The whole"].now == whole["text"]
    assert changed[row["group"]].then == "1.0%"
    assert changed[row["group"]].change.endswith("points")
    assert found.caution == ""
    assert json.dumps(figure.shown) == kept
    figure.shown["version"] = 99
    assert "definition has changed" in figures.newer(figure, published_reading).caution  # type: ignore[union-attr]
    figure.indicator = "XX-99"
    assert figures.newer(figure, published_reading) is None


def test_the_catalogue_is_searched_by_words(published_reading: Any) -> None:
    found = figures.quotable(published_reading, "plan second")
    assert found
    assert all("plan" in f"{each.title} {each.definition}".lower() for each in found)
    assert figures.quotable(published_reading, "as-01")[0].code == "AS-01"
    assert figures.quotable(published_reading, "no such words at all") == []
