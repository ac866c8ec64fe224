"""Small numbers in publications: the rules, and an attacker who tries to work out what is hidden."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.attacker import Attacker, Name
from indicators.publication import (
    CASES,
    DISTRICTS,
    POPULATION,
    SEXES,
    TEAMS,
    YEAR,
    Episode,
    every,
    figures,
    profile,
)
from sightline.indicators.definition import catalogue, versions
from sightline.indicators.disclosure import (
    FLOWS,
    LEFT,
    REASON,
    SAME,
    SOURCES,
    SUMS,
    WITHIN,
    CrossRefusedError,
    EarlierRowsError,
    protect,
)
from sightline.indicators.figures import Figure
from sightline.indicators.grading import Grade
from sightline.published.packaged import rows as published_rows

HALF_YEAR = (date(2015, 4, 1), date(2015, 9, 30))
OTHER_HALF = (date(2015, 10, 1), date(2016, 3, 31))
TO_JANUARY = (date(2015, 4, 1), date(2016, 1, 31))
GRADE = Grade("A", "No row has an error in the fields it uses.")
TO_FEBRUARY = (date(2015, 4, 1), date(2016, 2, 29))


def counts(by_group: dict[str, int], **changed: object) -> list[Episode]:
    """So many episodes in each district, all in the same half-year."""
    return [
        Episode(number, date(2015, 5, 1), district=group, **changed)  # type: ignore[arg-type]
        for group, count in by_group.items()
        for number in range(count)
    ]


def shown(protected: Sequence[Figure], by: str = "district") -> dict[str, float | None]:
    return {figure.group: figure.numerator for figure in protected if figure.by == by}


def small(value: float | None) -> bool:
    return value is not None and 0 < value < 6


def primary_only(made: Sequence[Figure]) -> list[Figure]:
    """What a careless publisher does: hide the numbers of 1 to 5, and nothing else."""
    hidden = []
    for figure in made:
        n, d, u = figure.numerator, figure.denominator, figure.unknown
        rest = d - n if figure.definition.is_share and d is not None and n is not None else None
        hides_n, hides_d = small(n) or small(rest), small(d)
        hidden.append(
            replace(
                figure,
                numerator=None if hides_n else n,
                denominator=None if hides_d else d,
                unknown=None if small(u) else u,
                value=None if hides_n or hides_d else figure.value,
                rate=None if hides_n else figure.rate,
            )
        )
    return hidden


def json_rows(published: Sequence[Figure]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(json.dumps([each.to_json() for each in published]))
    return rows


def recovered(
    made: Sequence[Figure],
    published: Sequence[Figure],
    before: Sequence[dict[str, object]] = (),
) -> list[tuple[Name, int]]:
    """Give every hidden number, and every difference of 1 to 5, that the attacker can name."""
    true = Attacker(json_rows(made))
    values = {name: float(value) for name, value in true.known.items()} | true.forced()
    unseen = values.keys() - true.known.keys()
    found = []
    for name, value in Attacker([*before, *json_rows(published)], POPULATION).forced().items():
        assert value == values.get(name, value), "the attacker is wrong"
        if value > 0 and (name not in unseen or small(value)):
            found.append((name, value))
    return found


# The rules, one by one


def test_numbers_of_1_to_5_are_hidden_and_nought_and_6_are_shown() -> None:
    made = counts({"Bromsgrove": 1, "Redditch": 5, "Worcester": 6, "Wychavon": 40})
    made += [Episode(1, date(2014, 5, 1), district="Malvern Hills")]
    protected = protect(figures(["CP-10s"], made, by=["district"]))
    assert shown(protected) == {
        "Bromsgrove": None,
        "Malvern Hills": 0,
        "Redditch": None,
        "Worcester": 6,
        "Wychavon": 40,
    }
    assert shown(protected, "all") == {"all": 52}
    hidden = [figure for figure in protected if figure.suppressed]
    assert {figure.group for figure in hidden} == {"Bromsgrove", "Redditch"}
    assert {(f.value, f.suppressed) for f in hidden} == {(None, REASON)}
    assert "suppressed" in hidden[0].to_json()


def test_nothing_is_hidden_where_no_number_is_small() -> None:
    made = counts(dict.fromkeys(DISTRICTS, 20), met=True)
    made += counts(dict.fromkeys(DISTRICTS, 12), met=False)
    made = [replace(e, end=e.start + timedelta(days=400 * (i % 2))) for i, e in enumerate(made)]
    codes = ["CP-06", "CP-07", "CP-10s", "CP-11"]
    given_figures = figures(codes, made, [YEAR, HALF_YEAR], ["district", "sex"])
    protected = protect(given_figures)
    assert [
        replace(f, quality=g.quality) for f, g in zip(protected, given_figures, strict=True)
    ] == (given_figures)


def test_one_hidden_group_takes_the_next_smallest_with_it() -> None:
    made = counts({"Bromsgrove": 3, "Redditch": 9, "Worcester": 8, "Wychavon": 40})
    protected = protect(figures(["CP-10s"], made, by=["district"]))
    assert shown(protected) == {
        "Bromsgrove": None,
        "Redditch": 9,
        "Worcester": None,
        "Wychavon": 40,
    }


def test_hidden_groups_that_together_are_small_take_another_with_them() -> None:
    made = counts({"Bromsgrove": 1, "Redditch": 2, "Worcester": 8, "Wychavon": 40})
    assert shown(protect(figures(["CP-10s"], made, by=["district"]))) == {
        "Bromsgrove": None,
        "Redditch": None,
        "Worcester": None,
        "Wychavon": 40,
    }


def test_where_every_group_is_hidden_and_together_they_tell_the_total_goes_too() -> None:
    made = counts(dict.fromkeys(DISTRICTS, 1))
    protected = protect(figures(["CP-10s"], made, by=["district"]))
    assert set(shown(protected).values()) == {None}
    assert shown(protected, "all") == {"all": None}
    assert {figure.rate for figure in protected} == {None}


def test_the_published_example_of_bury_in_2017() -> None:
    """Table d7, Bury 2017: 319 plans ended = 44 + c + 155 + 89 + c, the two hidden ones 31 together."""
    found = published_rows(
        "series.parquet",
        "measure, value, symbol",
        "\"table\" = 'd7' AND area = '351' AND year = 2017 AND measure NOT LIKE '%percent'",
    )
    printed = {measure: (value, symbol) for measure, value, symbol in found}
    assert printed.pop("cpp_end") == (319, "")
    assert sorted(symbol for _, symbol in printed.values()) == ["", "", "", "c", "c"]
    left = 319 - sum(value for value, _ in printed.values() if value is not None)
    assert left == 31
    for few in range(1, 6):
        names = iter([float(few), float(31 - few)])
        bands = {
            name: int(next(names) if value is None else value)
            for name, (value, _) in sorted(printed.items(), key=lambda each: each[1][1] != "c")
        }
        protected = protect(profile("CP-17", "initial", bands))
        assert shown(protected, "category") == {
            name: None if printed[name][1] == "c" else printed[name][0] for name in bands
        }
        assert shown(protected, "all") == {"all": 319}


def share(met: int, not_met: int, unknown: int = 0, code: str = "CP-07") -> Figure:
    """The total of a share alone."""
    (figure,) = figures([code], counts({"Redditch": 1}), by=[])
    whole = met + not_met + unknown
    return replace(
        figure,
        numerator=float(met),
        denominator=float(whole),
        value=100 * met / whole if whole else None,
        unknown=unknown,
    )


@pytest.mark.parametrize(
    ("met", "not_met", "numerator", "denominator", "has_value"),
    [
        (30, 20, 30, 50, True),
        (5, 45, None, 50, False),
        (6, 44, 6, 50, True),
        (45, 5, None, 50, False),
        (44, 6, 44, 50, True),
        (0, 50, 0, 50, True),
        (50, 0, 50, 50, True),
        (0, 10, 0, 10, True),
        (0, 9, None, 9, False),  # fewer than 10, so no percentage, and 0 of 9 is one
        (9, 0, None, 9, False),
        (0, 4, None, None, False),
        (2, 2, None, None, False),
        (0, 0, 0, 0, False),
    ],
)
def test_shares(
    met: int, not_met: int, numerator: int | None, denominator: int | None, has_value: bool
) -> None:
    (protected,) = protect([share(met, not_met)])
    assert (protected.numerator, protected.denominator) == (numerator, denominator)
    assert (protected.value is not None) == has_value
    whole = met + not_met == 0
    assert bool(protected.suppressed) == (not has_value and not whole)


def test_answers_not_known_are_counts_too() -> None:
    (hidden,) = protect([share(30, 20, 3)])
    assert (hidden.unknown, hidden.numerator, hidden.denominator) == (None, 30, 53)
    assert hidden.value is not None and hidden.suppressed
    # 3 who did not, in the open: 60 - 50 - 7.
    (hidden,) = protect([share(50, 3, 7)])
    assert hidden.unknown is None
    (plain,) = protect([share(50, 10, 7)])
    assert (plain.unknown, plain.suppressed) == (7, "")


def test_medians_and_means_of_fewer_than_10_are_hidden() -> None:
    for count, hidden in ((9, True), (10, False)):
        for code in ("AS-02", "LH-05"):
            made = figures([code], counts({"Redditch": count}), by=[])
            made = [replace(each, lower_quartile=1.0, upper_quartile=2.0) for each in made]
            (protected,) = protect(made)
            assert bool(protected.suppressed) == hidden
            assert (protected.value is None) == hidden
            assert (
                (protected.lower_quartile is None) == (protected.upper_quartile is None) == hidden
            )
            assert protected.denominator == count


def test_a_hidden_mean_cannot_be_had_from_the_other_groups() -> None:
    made = counts({"Bromsgrove": 7, "Redditch": 30, "Worcester": 20, "Wychavon": 40})
    protected = protect(figures(["LH-05"], made, by=["district"]))
    means = {figure.group: figure.value for figure in protected if figure.by == "district"}
    assert [group for group, value in means.items() if value is None] == ["Bromsgrove", "Worcester"]


def test_a_rate_goes_with_its_count() -> None:
    protected = protect(figures(["CP-10s"], counts({"Redditch": 4}), by=[]))
    assert [(f.numerator, f.value, f.rate) for f in protected] == [(None, None, None)]


def test_the_same_number_in_another_indicator_is_hidden_there_too() -> None:
    """The denominator of second plans is the plans started: shown there, it would be known here."""
    made = counts({"Bromsgrove": 3, "Redditch": 50, "Worcester": 13, "Wychavon": 40}, met=False)
    protected = protect(figures(["CP-10s", "CP-11"], made, by=["district"]))
    started = {f.group: f.numerator for f in protected if f.indicator == "CP-10s"}
    second = {f.group: f.denominator for f in protected if f.indicator == "CP-11"}
    assert started == second
    assert [group for group, value in started.items() if value is None] == [
        "Bromsgrove",
        "Worcester",
    ]


def test_the_same_number_is_found_though_one_is_given_for_more_periods() -> None:
    """Plans started by quarter and year, second plans by year alone: the year cannot be had there."""
    quarters = every("quarter")
    made = [
        Episode(n, start, district=district, met=n % 2 == 0)
        for district, sizes in (("Redditch", (2, 2, 2, 0)), ("Worcester", (20, 20, 20, 40)))
        for (start, _), size in zip(quarters, sizes, strict=True)
        for n in range(size)
    ]
    given_figures = figures(["CP-10s"], made, [*quarters, YEAR], ["district"])
    given_figures += figures(["CP-11"], made, [YEAR], ["district"])
    protected = protect(given_figures)
    year = {
        (f.indicator, f.group): f.numerator if f.indicator == "CP-10s" else f.denominator
        for f in protected
        if f.period_start == YEAR[0] and f.period_end == YEAR[1]
    }
    assert year["CP-10s", "Redditch"] is None
    for group in ("all", "Redditch", "Worcester"):
        assert year["CP-10s", group] == year["CP-11", group]
    assert recovered(given_figures, protected) == []


def test_hidden_quarters_that_together_are_small_take_another_with_them() -> None:
    quarters, months = every("quarter"), every("month")
    sizes = (1, 0, 0, 2, 0, 0, 10, 11, 12, 20, 21, 22)
    made = [
        Episode(n, start)
        for (start, _), size in zip(months, sizes, strict=True)
        for n in range(size)
    ]
    protected = protect(figures(["CP-10s"], made, [*months, *quarters, YEAR], by=[]))
    numbers = {(f.period_start, f.period_end): f.numerator for f in protected}
    assert [numbers[quarter] for quarter in quarters] == [None, None, None, 63]
    assert numbers[YEAR] == 99


def test_plans_started_and_ended_and_open_do_not_give_each_other_away() -> None:
    before = [Episode(n, date(2014, 6, 1)) for n in range(30)]
    ended = [replace(each, end=date(2015, 8, 1)) for each in before[:3]]
    started = [Episode(n, date(2015, 7, 1)) for n in range(20)]
    episodes = [*ended, *before[3:], *started]
    end_of_march = (date(2015, 3, 1), date(2015, 3, 31))
    made = figures(["CP-09"], episodes, [end_of_march, YEAR], by=[])
    made += figures(["CP-10s", "CP-10e"], episodes, by=[])
    protected = {(f.indicator, f.period_end.year): f.numerator for f in protect(made)}
    assert protected["CP-10e", 2016] is None
    assert list(protected.values()).count(None) == 2
    assert recovered(made, primary_only(made)) != []
    assert recovered(made, protect(made)) == []


def test_one_indicator_within_another() -> None:
    """Plans open, and those open for three months: 2 newer ones are hidden."""
    old = [Episode(n, date(2015, 6, 1)) for n in range(40)]
    new = [Episode(n, date(2016, 3, 1)) for n in range(2)]
    made = figures(["CP-09", "CP-14"], [*old, *new], by=[])
    stock, reviewed = protect(made)
    assert (stock.numerator, reviewed.denominator) == (42, None)
    assert recovered(made, protect(made)) == []


def by_district(
    code: str, groups: dict[str, tuple[int, int | None]], part: str = ""
) -> list[Figure]:
    """Figures of one indicator by district and in total, from numerator and denominator of each."""
    (definition,) = (each for each in versions(code) if each.part == part)
    totals = tuple(sum(n or 0 for n in numbers) for numbers in zip(*groups.values(), strict=True))
    return [
        Figure(
            definition,
            *YEAR,
            "all" if group == "all" else "district",
            group,
            float(over),
            None if of is None else float(of),
            None,
            definition.unit,
            0,
            GRADE,
        )
        for group, (over, of) in {"all": totals, **groups}.items()
    ]


Hidden = dict[tuple[str, str], set[str]]


def hidden_in(protected: Sequence[Figure]) -> Hidden:
    """Give the districts in which a number of an indicator is hidden."""
    found: Hidden = {}
    for figure in protected:
        for kind in ("numerator", "denominator"):
            groups = found.setdefault((figure.indicator, kind), set())
            if getattr(figure, kind) is None and figure.suppressed:
                groups.add(figure.group)
    return found


def test_those_seen_in_time_and_those_not_are_the_children_in_need() -> None:
    """20 of 25 were seen in time: 5 were not, so 20 is hidden; 26 less 6 would give it back."""
    made = by_district("CI-01", {"Redditch": (26, None), "Worcester": (60, None)})
    made += by_district("CI-05", {"Redditch": (20, 25), "Worcester": (30, 48)})
    made += by_district("CI-06", {"Redditch": (6, None), "Worcester": (30, None)})
    hidden = hidden_in(protect(made))
    assert "Redditch" in hidden["CI-05", "numerator"]
    others = hidden["CI-01", "numerator"] | hidden["CI-06", "numerator"]
    assert "Redditch" in others


def test_plans_and_looked_after_children_are_the_records_with_a_number() -> None:
    """2 plans, 11 in care: 13 records give the 2 away. Nobody in Wychavon is in care: there the records
    are the plans, and hidden with them.
    """
    made = by_district(
        "CP-09", {"Redditch": (2, None), "Worcester": (40, None), "Wychavon": (12, None)}
    )
    made += by_district("LA-01", {"Redditch": (11, None), "Worcester": (60, None)})
    made += by_district("HA-02", {"Redditch": (0, 13), "Worcester": (0, 100), "Wychavon": (0, 12)})
    hidden = hidden_in(protect(made))
    assert {"Redditch", "Wychavon"} <= hidden["CP-09", "numerator"]
    assert "Redditch" in hidden["LA-01", "numerator"] | hidden["HA-02", "denominator"]
    assert "Wychavon" in hidden["HA-02", "denominator"]


def test_records_by_pathway_are_the_plans_and_the_children_in_care() -> None:
    """The plans are hidden to keep the 2 of Redditch; as records of child protection they are the same."""
    made = by_district("CP-09", {"Redditch": (2, None), "Worcester": (0, None)})
    records = by_district("HA-02", {"Child protection": (0, 2), "Looked after": (0, 71)})
    made += [replace(each, by="all" if each.group == "all" else "pathway") for each in records]
    made += by_district("LA-01", {"Redditch": (11, None), "Worcester": (60, None)})
    hidden = hidden_in(protect(made))
    assert "all" in hidden["CP-09", "numerator"]
    assert "Child protection" in hidden["HA-02", "denominator"]
    others = hidden["HA-02", "denominator"] & {"Looked after", "all"}
    assert "all" in hidden["LA-01", "numerator"] or others == {"Looked after", "all"}


def by_group(made: Sequence[Figure], by: str) -> list[Figure]:
    """The same figures by another dimension than district."""
    return [replace(each, by=by if each.by == "district" else each.by) for each in made]


def test_referrals_by_source_are_those_of_the_categories() -> None:
    """4 from neighbours: hidden, and so would 30 from individuals less 26 from others give them."""
    sources = {"1A": 12, "1B": 4, "1C": 14, "2A": 2, "2B": 20, "6": 50}
    made = by_group(
        by_district("FD-02", {name: (n, None) for name, n in sources.items()}), "source"
    )
    alone = {each.group for each in protect(made) if each.suppressed}
    assert alone == {"1B", "2A"}, "two hide each other"
    categories = {"Individual": 30, "Schools": 2, "Education services": 20, "Police": 50}
    made += profile("FD-09", "", categories)
    hidden = hidden_in(protect(made))
    assert "Schools" in hidden["FD-09", "numerator"]
    individuals = hidden["FD-02", "numerator"] & {"1A", "1C"}
    assert individuals or "Individual" in hidden["FD-09", "numerator"]


def test_every_source_has_the_category_that_the_indicator_gives_it() -> None:
    codes = sorted(code for each in SOURCES.values() for code in each if code != "Not known")
    (definition,) = versions("FD-09")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE referral AS SELECT 'x' AS child_id, DATE '2015-06-01' AS referral_date, "
            "UNNEST(?) AS referral_source",
            [[*codes, "x", None]],
        )
        rows = connection.execute(definition.sql).fetchall()
    found: dict[str, set[str]] = {}
    for _, _, category, code in rows:
        found.setdefault(category, set()).add(code if code in codes else "Not known")
    assert found == {category: set(sources) for category, sources in SOURCES.items()}


def test_those_never_seen_for_longer_than_the_standard_are_not_given_away() -> None:
    """48 less 30 seen in time less 15 overdue: 3 never seen, of 20 that CI-06 has, most of them new."""
    made = by_district("CI-05", {"Redditch": (30, 48)})
    reasons = by_district("CI-06", {"Overdue": (15, None), "Never seen": (20, None)})
    made += by_group(reasons, "reason")
    hidden = hidden_in(protect(made))
    reason = hidden["CI-06", "numerator"]
    assert "all" in hidden["CI-05", "numerator"] | hidden["CI-05", "denominator"] or reason
    enough = by_district("CI-05", {"Redditch": (30, 52)}) + by_group(reasons, "reason")
    assert not any(each.suppressed for each in protect(enough))


def test_the_total_of_a_profile_does_not_stand_beside_itself_as_its_denominator() -> None:
    """Of 5 plans the number is hidden, as denominator too."""
    total, *categories = protect(profile("CP-17", "initial", {"Neglect": 3, "Physical abuse": 2}))
    assert (total.numerator, total.denominator, total.value) == (None, None, None)
    assert {each.denominator for each in categories} == {None}
    total, *_ = protect(profile("CP-17", "initial", {"Neglect": 6, "Physical abuse": 2}))
    assert (total.numerator, total.denominator, total.value) == (8, 8, 100)


@pytest.mark.parametrize(("code", "part"), [("LA-10", "missing"), ("LA-10", "away"), ("LA-11", "")])
def test_in_care_at_the_end_or_ceased_are_those_in_care_at_any_time(code: str, part: str) -> None:
    """2 ceased: 13 looked after in the year and 11 at its end would say so."""
    made = by_district("LA-01", {"Redditch": (11, None), "Worcester": (60, None)})
    made += by_district("LA-02", {"Redditch": (2, None), "Worcester": (20, None)}, "ceased")
    made += by_district(code, {"Redditch": (0, 13), "Worcester": (0, 80)}, part)
    hidden = hidden_in(protect(made))
    assert "Redditch" in hidden["LA-02", "numerator"]
    assert "Redditch" in hidden["LA-01", "numerator"] | hidden[code, "denominator"]


@pytest.mark.parametrize(
    ("whole", "part"), [("CI-01", "CI-05"), ("CP-09", "CP-15"), ("LA-01", "LA-09")]
)
def test_those_not_yet_due_a_visit_are_not_given_away(whole: str, part: str) -> None:
    made = by_district(whole, {"Redditch": (40, None), "Worcester": (60, None)})
    made += by_district(part, {"Redditch": (20, 38), "Worcester": (30, 50)})
    hidden = hidden_in(protect(made))
    assert "Redditch" in hidden[whole, "numerator"] | hidden[part, "denominator"]


def test_months_add_up_to_the_year() -> None:
    months = every("month")
    sizes = (3, 20, 30, 8, *[11] * 8)
    made = [
        Episode(n, start)
        for (start, _), size in zip(months, sizes, strict=True)
        for n in range(size)
    ]
    protected = protect(figures(["CP-10s"], made, [*months, YEAR], by=[]))
    hidden = [figure.period_start.month for figure in protected if figure.suppressed]
    assert hidden == [4, 7]
    alone = protect(figures(["CP-10s"], made, months, by=[]))
    assert [figure.period_start.month for figure in alone if figure.suppressed] == [4]


def test_two_stretches_from_the_same_day_do_not_give_away_what_lies_between() -> None:
    episodes = [Episode(n, date(2015, 5, 1)) for n in range(24)]
    episodes += [Episode(n, date(2016, 2, 10)) for n in range(3)]
    made = figures(["CP-10s"], episodes, [TO_JANUARY, TO_FEBRUARY], by=[])
    assert [figure.numerator for figure in protect(made)] == [None, 27]
    assert recovered(made, made) != []


def test_what_each_indicator_lies_within_is_in_the_catalogue() -> None:
    held = {(each.code, each.part) for each in catalogue()}
    named = {(code, part) for whole in WITHIN for code, part in (whole[:2], whole[2:])}
    named |= {(code, "") for codes in FLOWS for code in codes}
    named |= {each[:2] for whole, parts in SUMS for each in (whole, *parts)}
    named |= {each[:2] for whole, parts in (*SAME, *LEFT) for each in (whole, *parts)}
    assert named - held == set()


def test_different_children_need_not_add_up() -> None:
    """One child in two districts: the hidden district must not stand alone all the same."""
    made = [Episode(n, date(2015, 5, 1), district="Redditch") for n in range(30)]
    made += [Episode(n, date(2015, 5, 1), district="Worcester") for n in range(20, 40)]
    made += [Episode(n, date(2015, 5, 1), district="Wychavon") for n in range(38, 43)]
    protected = protect(figures(["MI-01"], made, by=["district"]))
    assert shown(protected, "all") == {"all": 43}
    assert shown(protected) == {"Redditch": 30, "Worcester": 20, "Wychavon": None}
    alone = [e for e in made if e.district != "Worcester"]
    protected = protect(figures(["MI-01"], alone, by=["district"]))
    assert shown(protected) == {"Redditch": None, "Wychavon": None}


def test_a_cross_of_geography_by_age_by_ethnicity_is_refused() -> None:
    (figure,) = figures(["CP-10s"], counts({"Redditch": 400}), by=[])
    for by in ("district by age by ethnicity", "ethnicity, age, team"):
        with pytest.raises(CrossRefusedError, match="singles children out"):
            protect([replace(figure, by=by, group="Redditch, 5 to 9, White British")])
    assert protect([replace(figure, by="age by ethnicity", group="5 to 9, White British")])


def test_the_reason_and_the_quality_name_no_small_number() -> None:
    made = figures(["CP-10s"], counts({"Redditch": 400, "Worcester": 2}), by=["district"])
    protected = protect(made)
    assert {figure.suppressed for figure in protected} == {REASON, ""}
    assert {figure.quality.reason for figure in protected} == {
        "At least 95% of the rows can be used, in each field it needs."
    }
    for grade in (
        Grade("A", "No row has an error in the fields it uses."),
        Grade("E", "A check of section_47.start failed, so its quality is not known."),
        Grade("-", "No loaded file covers cp plan on 31 March 2016."),
    ):
        (kept,) = protect([replace(made[0], quality=grade)])
        assert kept.quality == grade
    (worst,) = protect(
        [replace(made[0], quality=Grade("E", "3 of 4 rows of x have an error in y."))]
    )
    assert worst.quality.reason.startswith("Less than 75% of the rows")


# Against the publication before


def test_a_new_number_close_to_the_one_before_is_hidden() -> None:
    then = protect(figures(["CP-10s"], counts({"Redditch": 50, "Worcester": 60}), by=["district"]))
    late = counts({"Redditch": 53, "Worcester": 60})
    protected = protect(figures(["CP-10s"], late, by=["district"]), json_rows(then))
    assert shown(protected) == {"Redditch": None, "Worcester": 60}
    assert shown(protected, "all") == {"all": None}
    many = counts({"Redditch": 56, "Worcester": 60})
    protected = protect(figures(["CP-10s"], many, by=["district"]), json_rows(then))
    assert shown(protected) == {"Redditch": 56, "Worcester": 60}
    again = protect(
        figures(["CP-10s"], counts({"Redditch": 50, "Worcester": 60}), by=["district"]),
        json_rows(then),
    )
    assert shown(again) == {"Redditch": 50, "Worcester": 60}


def test_a_longer_stretch_than_the_one_before() -> None:
    episodes = [Episode(n, date(2015, 5, 1)) for n in range(24)]
    episodes += [Episode(n, date(2016, 2, 10)) for n in range(3)]
    then = protect(figures(["CP-10s"], episodes, [TO_JANUARY], by=[]))
    assert then[0].numerator == 24
    now = figures(["CP-10s"], episodes, [TO_FEBRUARY], by=[])
    assert [figure.numerator for figure in protect(now)] == [27]
    assert [figure.numerator for figure in protect(now, json_rows(then))] == [None]


def test_a_boundary_that_has_moved() -> None:
    """Two districts become one: what was shown of one and is shown of both tells the other's."""
    sizes = {"Bromsgrove": 3, "Redditch": 7, "Worcester": 40, "Wychavon": 60}
    then = protect(figures(["CP-10s"], counts(sizes), by=["district"]))
    assert shown(then)["Bromsgrove"] is None and shown(then)["Redditch"] is None
    merged = [
        replace(e, district="East" if e.district in ("Bromsgrove", "Worcester") else e.district)
        for e in counts(sizes)
    ]
    now = figures(["CP-10s"], merged, by=["district"])
    assert shown(protect(now)) == {"East": 43, "Redditch": 7, "Wychavon": 60}
    # East less Worcester, which was published, would be Bromsgrove's 3.
    protected = protect(now, json_rows(then))
    assert shown(protected) == {"East": None, "Redditch": None, "Wychavon": 60}


def test_groups_made_anew_add_up_by_themselves() -> None:
    then = protect(figures(["CP-10s"], counts({"Redditch": 40, "Wychavon": 60}), by=["district"]))
    divided = counts({"Redditch": 40, "Wychavon": 50, "West": 3, "Centre": 7})
    protected = protect(figures(["CP-10s"], divided, by=["district"]), json_rows(then))
    assert shown(protected) == {"Redditch": 40, "Wychavon": 50, "West": None, "Centre": None}


def test_what_was_published_before_is_not_hidden_in_vain() -> None:
    """Six districts with 1 each would take the total of 6 with them, but that is known already."""
    made = counts(dict.fromkeys(DISTRICTS, 1))
    then = protect(figures(["CP-10s"], made, by=[]))
    protected = protect(figures(["CP-10s"], made, by=["district"]), json_rows(then))
    assert shown(protected, "all") == {"all": 6}
    assert set(shown(protected).values()) == {None}


def test_a_publication_before_of_other_things_changes_nothing() -> None:
    made = figures(["CP-10s"], counts({"Redditch": 53, "Worcester": 60}), by=["district"])
    before = json_rows(figures(["CP-06"], counts({"Redditch": 51, "Worcester": 60})))
    before.append({**before[0], "indicator": "ZZ-99"})
    assert protect(made, before) == protect(made)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"indicator": "CP-10s"},
        "CP-10s",
        {"period_end": "31 March"},
        {"numerator": "c"},
        {"version": None},
    ],
)
def test_what_was_published_before_must_be_figures(row: object) -> None:
    made = figures(["CP-10s"], counts({"Redditch": 53}), by=[])
    whole = json_rows(made)[0] | row if isinstance(row, dict) and len(row) == 1 else row
    if row == {"indicator": "CP-10s"}:
        whole = row
    with pytest.raises(EarlierRowsError, match="published before"):
        protect(made, [whole])  # type: ignore[list-item]


# The attack


EPISODES = st.builds(
    lambda child, start, length, district, team, sex, met, transferred, category, value: Episode(
        child,
        date(2014, 6, 1) + timedelta(days=start),
        date(2014, 6, 1) + timedelta(days=start + length) if length else None,
        district,
        team,
        sex,
        met,
        transferred,
        category,
        value,
    ),
    st.integers(0, 60),
    st.integers(0, 660),
    st.none() | st.integers(1, 400),
    st.sampled_from(DISTRICTS) | st.sampled_from(DISTRICTS[:2]),
    st.sampled_from(TEAMS) | st.just(TEAMS[0]),
    st.sampled_from(SEXES),
    st.sampled_from([True, True, True, False, None]),
    st.sampled_from([False] * 9 + [True]),
    st.sampled_from(["Neglect", "Emotional abuse"]),
    st.sampled_from([None, 10.0, 20.0, 35.0]),
)
PERIODS = st.sampled_from([[YEAR], [*every("quarter"), YEAR], [TO_JANUARY, TO_FEBRUARY, YEAR]])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(EPISODES, min_size=1, max_size=90),
    st.lists(st.sampled_from(sorted(CASES)), min_size=1, max_size=4, unique=True),
    PERIODS,
    st.lists(st.sampled_from(["district", "team", "sex"]), max_size=2, unique=True),
)
def test_nothing_hidden_can_be_worked_out(
    episodes: list[Episode],
    codes: list[str],
    asked: list[tuple[date, date]],
    by: list[str],
) -> None:
    made = figures(codes, episodes, asked, by)
    protected = protect(made)
    assert recovered(made, protected) == []
    assert protect(protected) == protected
    for before, after in zip(made, protected, strict=True):
        _check_figure(before, after)


def _check_figure(before: Figure, after: Figure) -> None:
    """What is left is unchanged; what is small is gone; what is gone is said to be."""
    numbers = ("numerator", "denominator", "unknown", "value", "rate")
    kept = [name for name in numbers if getattr(after, name) is not None]
    assert all(getattr(after, name) == getattr(before, name) for name in kept)
    gone = [
        name
        for name in numbers
        if getattr(after, name) is None and getattr(before, name) is not None
    ]
    assert bool(after.suppressed) == bool(gone)
    mean = before.definition.measure == "mean"
    for name in ("denominator", "unknown", *(() if mean else ("numerator",))):
        assert not small(getattr(after, name))
    if before.denominator is None:
        assert after.numerator == 0 or before.numerator != 0
    if after.denominator is not None and after.denominator < 10:
        assert after.value is None
    # A percentage with all its digits gives its fraction away: it stands only beside both counts.
    if after.value is not None and before.definition.unit == "percent":
        assert after.numerator is not None and after.denominator is not None


def invented(seed: int) -> list[Episode]:
    chance = random.Random(seed)
    made = []
    for child in range(chance.choice([40, 120, 200])):
        start = date(2014, 6, 1) + timedelta(days=chance.randrange(660))
        end = start + timedelta(days=chance.randrange(1, 500))
        made.append(
            Episode(
                child,
                start,
                end if chance.random() < 0.7 and end <= YEAR[1] else None,
                chance.choices(DISTRICTS, [1, 2, 3, 5, 8, 13])[0],
                chance.choices(TEAMS, [1, 4, 9])[0],
                chance.choices(SEXES, [9, 10, 1])[0],
                chance.choices([True, False, None], [8, 3, 1])[0],
                chance.random() < 0.05,
            )
        )
    return made


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_same_attack_finds_what_a_careless_publisher_leaves(seed: int) -> None:
    made = figures(
        ["CP-06", "CP-05", "CP-09", "CP-10s", "CP-10e", "CP-11"],
        invented(seed),
        [HALF_YEAR, OTHER_HALF, YEAR],
        ["district", "sex"],
    )
    found = recovered(made, primary_only(made))
    assert len(found) >= 5
    assert any(small(value) for _, value in found)
    assert recovered(made, protect(made)) == []
    assert sum(figure.numerator is not None for figure in protect(made)) >= 30


def test_a_second_publication_does_not_open_the_first() -> None:
    """By district, then by sex and by month: the attacker holds both."""
    for seed in range(3):
        episodes = invented(seed)
        first = figures(["CP-10s", "CP-11"], episodes, [YEAR], ["district"])
        then = protect(first)
        second = figures(["CP-10s", "CP-11"], episodes, [*every("quarter"), YEAR], ["sex"])
        now = protect(second, json_rows(then))
        both = [*first, *(f for f in second if not (f.by == "all" and f.period_start == YEAR[0]))]
        assert recovered(both, now, json_rows(then)) == []
