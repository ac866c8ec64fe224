"""Figures: every period and group is there, with rate, target, quality, and what is not computed."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from practice.example import connect, find, parse_records
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import NotInCatalogueError
from sightline.indicators.engine import Engine
from sightline.indicators.figures import Figure, FigureSet, choose, compute
from sightline.indicators.grading import Quality, covers
from sightline.indicators.settings import Settings, Target, load_settings

JANUARY = (date(2022, 1, 1), date(2022, 1, 31))
FEBRUARY = (date(2022, 2, 1), date(2022, 2, 28))
MARCH = (date(2022, 3, 1), date(2022, 3, 31))
YEAR = (date(2021, 4, 1), date(2022, 3, 31))

RECORDS = """
    referral
    child_id | referral_date | no_further_action | referral_source | district
    a        | 2022-01-05    | yes               | 6               | North
    b        | 2022-01-06    | no                | 2A              | South
    c        | 2022-03-07    | no                | 6               | North

    assessment
    child_id | start_date | authorisation_date | district
    a        | 2022-01-06 | 2022-01-10         | North
    b        | 2022-01-06 | 2022-01-12         | South

    assessment_factor
    child_id | start_date | factor
    a        | 2022-01-06 | 3A
    a        | 2022-01-06 | 4B
    b        | 2022-01-06 | 3A
"""


def figures(
    codes: Sequence[str],
    periods: Sequence[tuple[date, date]],
    by: Sequence[str] = (),
    **options: object,
) -> FigureSet:
    engine = Engine(connect(parse_records(RECORDS)))
    return compute(engine, choose(codes), periods, by, **options)  # type: ignore[arg-type]


def numbers(found: FigureSet) -> dict[tuple[str, date], tuple[object, ...]]:
    return {
        (each.group, each.period_end): (each.numerator, each.denominator, each.value)
        for each in found.figures
    }


def test_a_count_without_evidence_is_nought_and_a_share_is_nought_of_nought() -> None:
    counts = numbers(figures(["FD-02"], [JANUARY, FEBRUARY, MARCH], ["district"]))
    assert counts == {
        ("all", JANUARY[1]): (2, None, 2),
        ("all", FEBRUARY[1]): (0, None, 0),
        ("all", MARCH[1]): (1, None, 1),
        ("North", JANUARY[1]): (1, None, 1),
        ("North", FEBRUARY[1]): (0, None, 0),
        ("North", MARCH[1]): (1, None, 1),
        ("South", JANUARY[1]): (1, None, 1),
        ("South", FEBRUARY[1]): (0, None, 0),
        ("South", MARCH[1]): (0, None, 0),
    }
    shares = numbers(figures(["FD-07"], [JANUARY, FEBRUARY]))
    assert shares == {("all", JANUARY[1]): (1, 2, 50), ("all", FEBRUARY[1]): (0, 0, None)}


def test_a_median_without_evidence_has_no_value() -> None:
    found = figures(["AS-02"], [JANUARY, FEBRUARY]).figures
    assert [(each.numerator, each.denominator, each.value) for each in found] == [
        (None, 2, 3),
        (None, 0, None),
    ]
    assert (found[0].lower_quartile, found[0].upper_quartile) == (2.5, 3.5)
    assert (found[1].lower_quartile, found[1].upper_quartile) == (None, None)


def test_the_total_is_there_where_there_is_no_evidence_at_all() -> None:
    assert numbers(figures(["CP-09"], [JANUARY], ["district"])) == {
        ("all", JANUARY[1]): (0, None, 0)
    }


def test_figures_come_by_definition_then_total_then_groups_by_name_then_period() -> None:
    found = figures(["FD-07", "FD-02"], [JANUARY, MARCH], ["district", "age"]).figures
    order = [(each.indicator, each.by, each.group, each.period_end.month) for each in found]
    assert order == [
        (code, by, group, month)
        for code in ("FD-07", "FD-02")
        for by, group in (
            (TOTAL, TOTAL),
            ("age", "Not known"),
            ("district", "North"),
            ("district", "South"),
        )
        for month in (1, 3)
    ]


def test_the_same_definition_asked_for_twice_is_given_twice() -> None:
    found = figures(["FD-02", "FD-02"], [JANUARY]).figures
    assert [each.value for each in found] == [2, 2]


def test_a_dimension_it_does_not_have_gives_the_total_only() -> None:
    assert {each.by for each in figures(["FD-02"], [JANUARY], ["reason"]).figures} == {TOTAL}


def test_a_profile_sets_each_category_over_the_whole() -> None:
    found = numbers(figures(["FD-09"], [JANUARY, FEBRUARY]))
    assert found[("Police", JANUARY[1])] == (1, 2, 50)
    assert found[("Schools", JANUARY[1])] == (1, 2, 50)
    assert found[("all", JANUARY[1])] == (2, 2, 100)
    assert found[("Police", FEBRUARY[1])] == (0, 0, None)


def people(day: date) -> float | None:
    return 20_000.0 if day.year == 2022 else None


def test_a_rate_is_for_whole_years_and_totals_where_the_population_is_known() -> None:
    found = figures(["FD-02"], [YEAR, JANUARY], ["district"], population=people).figures
    rates = {(each.group, each.period_end): each.rate for each in found}
    assert rates[("all", YEAR[1])] == 1.5
    assert rates[("North", YEAR[1])] is None
    assert rates[("all", JANUARY[1])] is None
    before = (date(2020, 4, 1), date(2021, 3, 31))
    assert [each.rate for each in figures(["FD-02"], [before], population=people).figures] == [None]


def test_a_stock_has_a_rate_on_any_day() -> None:
    [found] = figures(["CI-01"], [JANUARY], population=people).figures
    assert (found.value, found.rate) == (1, 0.5)


def test_a_profile_of_rates_is_of_the_population_or_has_no_value() -> None:
    found = numbers(figures(["AS-05"], [YEAR], population=people))
    assert found[("3A", YEAR[1])] == (2, 20_000, 1)
    assert found[("4B", YEAR[1])] == (1, 20_000, 0.5)
    for options in ({}, {"population": lambda _: None}):
        none = numbers(figures(["AS-05"], [YEAR], **options))
        assert none[("3A", YEAR[1])] == (2, None, None)


def test_a_period_is_counted_by_the_version_in_force_on_its_last_day() -> None:
    before = (date(2012, 4, 1), date(2013, 3, 31))
    after = (date(2012, 5, 1), date(2013, 4, 1))
    one = {
        (each.definition.part, each.definition.version, each.period_end)
        for each in figures(["AS-01"], [before, after]).figures
    }
    newest = find("AS-01")
    assert ("", newest.version, after[1]) in one
    assert not any(version == newest.version and end == before[1] for _, version, end in one)
    assert all(end == before[1] for _, version, end in one if version != newest.version)
    every = figures(["AS-01"], [before, after], every_version=True).figures
    assert {(each.definition, each.period_end) for each in every} == {
        (definition, end) for definition in choose(["AS-01"]) for _, end in (before, after)
    }


def test_what_no_loaded_file_gives_is_not_computed_and_says_which_would() -> None:
    found = figures(["FD-01", "FD-02"], [JANUARY], formats=["cin"])
    assert {each.indicator for each in found.figures} == {"FD-02"}
    [missing] = found.not_computed
    assert missing.definition.code == "FD-01"
    assert "contact.contact_date" in missing.reason
    assert "Annex A" in missing.reason


def test_a_target_is_the_one_in_force_on_the_last_day() -> None:
    def target(value: float, start: date, end: date) -> Target:
        return Target("FD-07", value, 1, start, end, "test")

    settings = replace(
        load_settings(),
        targets=(
            target(10, date(2000, 1, 1), FEBRUARY[1]),
            target(20, FEBRUARY[1], date(9999, 12, 31)),
        ),
    )
    assert isinstance(settings, Settings)
    found = figures(["FD-07"], [JANUARY, FEBRUARY], settings=settings).figures
    assert [each.target and each.target.value for each in found] == [10, 20]


def test_the_grade_is_of_the_days_the_figure_speaks_of() -> None:
    """A stock speaks of one day, a flow of the whole period."""
    quality = Quality(covered={"referral": ((date(2022, 1, 15), date(2022, 3, 31)),)})
    found = figures(["FD-02", "CI-01"], [JANUARY, FEBRUARY], ["district"], quality=quality).figures
    grades = {(each.indicator, each.period_end): each.quality.letter for each in found}
    assert grades == {
        ("FD-02", JANUARY[1]): "-",
        ("FD-02", FEBRUARY[1]): "A",
        ("CI-01", JANUARY[1]): "A",
        ("CI-01", FEBRUARY[1]): "A",
    }


def test_the_grade_falls_with_the_share_of_usable_rows() -> None:
    def letter(broken: int) -> str:
        quality = Quality(rows={"referral": 1_000}, broken={"referral.referral_date": broken})
        [found] = figures(["FD-02"], [JANUARY], quality=quality).figures
        return found.quality.letter

    assert [letter(broken) for broken in (0, 10, 11, 50, 51, 100, 101, 250, 251)] == list(
        "AABBCCDDE"
    )
    failed = Quality(failed=frozenset(["referral.referral_date"]))
    assert figures(["FD-02"], [JANUARY], quality=failed).figures[0].quality.letter == "E"


def test_stretches_that_meet_cover_what_they_hold_together() -> None:
    stretches = [(date(2022, 2, 1), date(2022, 3, 31)), (date(2022, 1, 1), date(2022, 1, 31))]
    assert covers(stretches, date(2022, 1, 1), date(2022, 3, 31))
    assert not covers(stretches, date(2021, 12, 31), date(2022, 3, 31))
    assert not covers(stretches, date(2022, 1, 1), date(2022, 4, 1))


def test_json_gives_whole_numbers_whole() -> None:
    [figure] = figures(["FD-07"], [JANUARY]).figures
    row = figure.to_json()
    assert (row["indicator"], row["numerator"], row["denominator"]) == ("FD-07", 1, 2)
    assert isinstance(row["numerator"], int)
    assert (row["period_start"], row["period_end"]) == ("2022-01-01", "2022-01-31")
    assert "lower_quartile" not in row


def test_a_figure_can_be_replaced_compared_and_kept_in_a_set() -> None:
    [figure] = figures(["FD-07"], [JANUARY]).figures
    hidden = replace(figure, value=None, suppressed="small number")
    assert isinstance(hidden, Figure)
    assert hidden != figure
    assert {figure, replace(hidden, value=figure.value, suppressed="")} == {figure}


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(NotInCatalogueError, match="no indicator XX-99"):
        choose(["XX-99"])


def test_the_search_for_cycles_is_left_as_it_was() -> None:
    assert gc.isenabled()
    figures(["FD-02"], [JANUARY])
    assert gc.isenabled()
    gc.disable()
    try:
        figures(["FD-02"], [JANUARY])
        assert not gc.isenabled()
    finally:
        gc.enable()
