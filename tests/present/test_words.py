"""How numbers and dates are written."""

from dataclasses import replace
from datetime import date

import pytest

from sightline.indicators.definition import versions
from sightline.indicators.disclosure import REASON
from sightline.indicators.figures import Figure
from sightline.indicators.grading import Grade
from sightline.present import words


def figure(code: str, **given: object) -> Figure:
    definition = versions(code)[-1]
    numbers: dict[str, object] = {"numerator": None, "denominator": None, "value": None, **given}
    return Figure(
        definition=definition,
        period_start=date(2015, 4, 1),
        period_end=date(2016, 3, 31),
        by="all",
        group="all",
        unit=definition.unit,
        unknown=numbers.pop("unknown", 0),  # type: ignore[arg-type]
        quality=Grade("A", ""),
        **numbers,  # type: ignore[arg-type]
    )


SHARE = figure("CP-05", numerator=374.0, denominator=795.0, value=100 * 374 / 795)
NOTHING = figure("CP-05", numerator=0.0, denominator=0.0)
PLANS = figure("CP-09", numerator=473.0, value=473.0, rate=40.96)
MEDIAN = figure("AS-02", denominator=6662.0, value=38.5, lower_quartile=20.0, upper_quartile=45.0)
HIDDEN = replace(SHARE, numerator=None, value=None, suppressed=REASON)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (None, "percent", "–"),
        (47.044, "percent", "47.0%"),
        (0.0, "percent", "0.0%"),
        (1234.0, "plans", "1,234"),
        (12.25, "weeks", "12.3"),
        (6.25, "percent", "6.3%"),
        (41.0, "per 10,000", "41.0"),
    ],
)
def test_a_value_in_its_unit(value: float | None, unit: str, written: str) -> None:
    assert words.shown(value, unit) == written


@pytest.mark.parametrize(
    ("given", "value", "under"),
    [
        (SHARE, "47.0%", "374 of 795"),
        (NOTHING, "–", "0 of 0"),
        (PLANS, "473", "41.0 per 10,000"),
        (replace(PLANS, rate=None), "473", "plans"),
        (MEDIAN, "38.5", "working days, over 6,662"),
        (HIDDEN, "c", "c of 795"),
        (replace(HIDDEN, denominator=None), "c", "c of c"),
        (replace(PLANS, numerator=None, value=None, rate=None, suppressed=REASON), "c", "plans"),
    ],
)
def test_a_figure_and_what_stands_under_it(given: Figure, value: str, under: str) -> None:
    assert (words.value(given), words.under(given)) == (value, under)


def test_a_share_of_which_nothing_is_known_is_not_written_as_nought() -> None:
    unknown = figure("CI-08", numerator=0.0, denominator=307.0, value=0.0, unknown=307)
    assert words.value(unknown) == "Not known"
    partly = replace(unknown, unknown=306)
    assert words.value(partly) == "0.0%"
    assert words.not_known(partly) == "306 not known"


def test_a_number_not_known_may_itself_be_hidden() -> None:
    assert words.not_known(replace(SHARE, unknown=None, suppressed=REASON)) == "c not known"
    assert words.value(replace(SHARE, unknown=None, suppressed=REASON)) == "47.0%"
    assert words.not_known(SHARE) == ""


def test_what_stands_beside_a_bar() -> None:
    assert words.bar(SHARE) == "47.0% (374 of 795)"
    assert words.bar(HIDDEN) == "c (c of 795)"
    assert words.bar(PLANS) == "473"


def test_the_middle_half_of_a_median() -> None:
    assert words.middle_half(MEDIAN) == "20 to 45"
    assert words.middle_half(SHARE) == ""


@pytest.mark.parametrize(
    ("now", "before", "unit", "written"),
    [
        (47.0, 66.9, "percent", "−19.9 points"),
        (66.9, 47.0, "percent", "+19.9 points"),
        (47.04, 46.96, "percent", "no change"),
        (473.0, 368.0, "plans", "+105"),
        (12.5, 14.0, "weeks", "−1.5"),
        (None, 3.0, "plans", ""),
        (3.0, None, "plans", ""),
    ],
)
def test_a_change(now: float | None, before: float | None, unit: str, written: str) -> None:
    assert words.change(now, before, unit) == written


@pytest.mark.parametrize(
    ("start", "end", "written", "short"),
    [
        ("2015-04-01", "2016-03-31", "year to 31 March 2016", "31 Mar 2016"),
        ("2016-02-01", "2016-02-29", "February 2016", "Feb 2016"),
        ("2015-10-01", "2015-12-31", "October to December 2015", "Oct–Dec 2015"),
        ("2016-03-31", "2016-03-31", "at 31 March 2016", "Mar 2016"),
        ("2016-01-04", "2016-07-03", "4 January 2016 to 3 July 2016", "3 Jul 2016"),
    ],
)
def test_a_period(start: str, end: str, written: str, short: str) -> None:
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert (words.period(*days), words.short_period(*days)) == (written, short)


def test_a_period_in_a_sentence() -> None:
    assert words.the_period(date(2015, 4, 1), date(2016, 3, 31)) == "the year to 31 March 2016"
    autumn = words.the_period(date(2015, 9, 16), date(2016, 3, 15))
    assert autumn == "16 September 2015 to 15 March 2016"


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (1, "c"), (5, "c"), (6, "6")])
def test_few_findings_are_hidden_when_published(number: int, written: str) -> None:
    assert words.findings(number, published=True) == written
    assert words.findings(number, published=False) == str(number)


def test_titles_within_a_sentence_keep_their_capitals() -> None:
    assert words.lower_first("Early help") == "early help"
    assert words.lower_first("LAIT 305") == "LAIT 305"
    assert words.capitalised("year to 31 March") == "Year to 31 March"
