"""What the report says is what the engine counts, and what cannot be said is not said."""

import re
from dataclasses import replace
from datetime import date

import pytest

from present.authority import FIRST, LAST, MADE, NOTICE, measured
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, versions
from sightline.indicators.measured import Measured
from sightline.indicators.rag import Rag
from sightline.present import breakdowns, words
from sightline.present.contents import build
from sightline.present.report import IndicatorPage, Report
from sightline.present.runs import fit_for_chart
from sightline.present.windows import headline_periods
from sightline.published.compare import compare

YEAR = (date(2015, 4, 1), date(2016, 3, 31))
BEFORE = (date(2014, 4, 1), date(2015, 3, 31))


def page_of(report: Report, code: str, part: str = "") -> IndicatorPage:
    return next(p for p in report.pages if (p.code, p.definition.part) == (code, part))


def cell(
    subject: Measured, definition: Definition, period: tuple[date, date], by: str = ""
) -> dict:
    cells = subject.engine.cells([definition], [period], [by] if by else [])
    return {c.group: (c.numerator, c.denominator, c.value) for c in cells if c.by == (by or TOTAL)}


def test_every_headline_figure_is_the_engines(report: Report, subject: Measured) -> None:
    checked = 0
    for page in report.pages:
        counted = cell(subject, page.definition, page.period).get(TOTAL)
        if counted is None or page.definition.is_profile:
            continue
        now = page.current
        assert (now.numerator, now.denominator, now.value) == counted, page.code
        checked += 1
    assert checked > 25


def test_breakdowns_are_the_engines_now_and_the_year_before(
    report: Report, subject: Measured
) -> None:
    page = page_of(report, "CP-05")
    assert [part.by for part in page.breakdowns] == ["district", "team"]
    for part in page.breakdowns:
        now = cell(subject, page.definition, YEAR, part.by)
        then = cell(subject, page.definition, BEFORE, part.by)
        assert {row.group for row in part.rows} == set(now)
        for row in part.rows:
            assert (row.now.numerator, row.now.denominator, row.now.value) == now[row.group]
            if row.before is not None and row.before.denominator:
                before = (row.before.numerator, row.before.denominator, row.before.value)
                assert before == then[row.group]
        assert sum(row.now.denominator or 0 for row in part.rows) == page.current.denominator


def test_the_run_is_the_engines_month_by_month(report: Report, subject: Measured) -> None:
    page = page_of(report, "FD-02")
    assert page.run is not None
    assert page.run.step == "month"
    assert len(page.run.points) == 36
    march = page.run.points[-1]
    assert (march.label, march.figure.period_start) == ("Mar 2016", date(2016, 3, 1))
    for point in page.run.points:
        period = (point.figure.period_start, point.figure.period_end)
        assert point.figure.value == cell(subject, page.definition, period)[TOTAL][2]


def test_a_share_of_few_runs_by_quarter(report: Report) -> None:
    page = page_of(report, "CP-05")
    assert page.run is not None
    assert (page.run.step, len(page.run.points)) == ("quarter", 12)
    assert page.run.points[0].label == "Apr–Jun 2013"
    assert "quarter" in page.run.reading


def test_a_share_is_charted_only_where_each_point_rests_on_enough(report: Report) -> None:
    page = page_of(report, "CP-05")
    assert page.run is not None
    figures = [replace(point.figure, denominator=9.0) for point in page.run.points]
    assert not fit_for_chart(figures)
    assert fit_for_chart([replace(figure, denominator=10.0) for figure in figures])


def test_no_limit_of_a_share_is_drawn_above_100(report: Report) -> None:
    for page in report.pages:
        if page.run and page.definition.is_share and page.definition.measure != "ratio":
            ticks = [int(number) for number in re.findall(r">(\d+)%</text>", page.run.chart)]
            assert max(ticks, default=0) <= 100, page.code
    ratio = page_of(report, "CP-02").run
    assert ratio is not None
    ticks = [int(number) for number in re.findall(r">(\d+)%</text>", ratio.chart)]
    assert max(ticks) > 100, "more conferences than enquiries in one of the months"


def test_a_run_with_months_of_nothing_has_no_limits_and_says_why(report: Report) -> None:
    page = page_of(report, "EH-02")
    assert page.run is not None
    assert page.run.chart == ""
    assert page.run.reading == "No control chart: in some of the time there was nothing to count."


def test_change_target_and_judgement(report: Report) -> None:
    page = page_of(report, "CP-05")
    assert page.before is not None
    assert page.current.value is not None
    assert page.before.value is not None
    points = round(round(page.current.value, 1) - round(page.before.value, 1), 1)
    assert page.change == f"{'+' if points > 0 else '−'}{abs(points):.1f} points"
    assert page.change_from == "year to 31 March 2015"
    assert page.target is not None
    assert page.target.value == 90
    assert page.rag is Rag.RED


def test_what_stands_out_is_told_by_the_targets(report: Report) -> None:
    judged = {page.code: page.rag for page in report.pages if page.rag is not Rag.GREY}
    assert set(judged) == {"AS-01", "CP-05", "CI-05", "CP-14"}
    assert report.judged
    listed = [*report.off_target, *report.near_target, *report.on_target]
    assert {page.code for page in listed} == set(judged)
    for page in listed:
        assert page.current.value is not None
        assert page.target is not None
        met = page.current.value >= page.target.value
        assert (page in report.on_target) == met


def test_neighbours_and_england_are_the_published_ones(report: Report) -> None:
    view = page_of(report, "CP-05").comparison
    assert view is not None
    year = compare("CP-05", "885", [2016]).years[0]
    assert view.year == "year to 31 March 2016"
    assert view.neighbours is not None
    assert view.england is not None
    assert (view.neighbours.value, view.neighbours.of) == (year.mean, year.with_value)
    assert view.england.value == year.england.value == 76.7
    assert view.columns[-1] == "2016", "no later year than the files are about"


def test_the_authoritys_own_figures_stand_in_the_comparison(report: Report) -> None:
    page = page_of(report, "FD-02")
    assert page.comparison is not None
    own = page.comparison.rows[0]
    assert own.name == "Worcestershire, from these files"
    assert own.cells[-1].value == page.current.rate
    assert own.cells[page.comparison.columns.index("2013")].value is None
    published = page.comparison.rows[1]
    assert published.cells[-1].value == 430.2


def test_categories_are_compared_one_by_one(report: Report) -> None:
    page = page_of(report, "CP-17", "latest")
    assert page.comparison is not None
    assert page.comparison.columns[0] == "Worcestershire"
    assert [row.name for row in page.comparison.rows][:2] == ["Neglect", "Physical abuse"]
    assert page.largest is not None
    assert page.largest.value == max(row.now.value or 0 for row in page.breakdowns[0].rows)


def test_every_category_is_drawn_the_largest_first(report: Report) -> None:
    page = page_of(report, "FD-09")
    part = page.breakdowns[0]
    counts = [row.now.numerator or 0 for row in part.rows]
    assert counts == sorted(counts, reverse=True)
    assert part.left_out == 0
    assert part.chart.count("<rect") == len(counts) == 5
    assert page.largest == part.rows[0].now


def test_of_many_groups_the_largest_are_drawn_and_all_are_in_the_table(
    subject: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breakdowns, "MOST_BARS", 4)
    page = page_of(build(subject, made=MADE, codes=["AS-01"]), "AS-01")
    teams = page.breakdowns[1]
    assert (len(teams.rows), teams.left_out, teams.chart.count("<rect")) == (6, 2, 4)
    sizes = sorted((row.now.denominator or 0 for row in teams.rows), reverse=True)
    drawn = [row for row in teams.rows if f"({words.numerator(row.now)} of" in teams.chart]
    assert min(row.now.denominator or 0 for row in drawn) >= sizes[3]


def test_groups_of_which_none_is_known_are_not_drawn() -> None:
    subject = measured(60)
    subject.connection.execute("UPDATE referral SET district = NULL, team = 'North'")
    page = page_of(build(subject, made=MADE, codes=["FD-02"]), "FD-02")
    assert [part.by for part in page.breakdowns] == ["team"]


def test_areas_follow_a_childs_way_through_the_services(report: Report) -> None:
    assert [area.name for area in report.areas] == [
        "Front door",
        "Early help",
        "Assessment",
        "Children in need",
        "Child protection",
    ]
    assert len({page.id for page in report.pages}) == len(report.pages)


def test_what_no_file_speaks_of_is_not_nought(report: Report) -> None:
    shown = {page.code for page in report.pages}
    reasons = {each.definition.code: each.reason for each in report.not_computed}
    assert not any(code.startswith(("LA-", "CL-", "AD-")) for code in shown)
    assert reasons["LA-06"] == "No loaded file covers care episode on 31 March 2016."
    assert reasons["FD-03"].endswith("Dataset or Sightline's own casework would give.")
    assert not shown & (set(reasons) - {"CI-04", "EH-07"})


def test_children_not_seen_are_those_of_the_indicators(report: Report, subject: Measured) -> None:
    in_plans, in_need, in_care = report.unseen
    day = (LAST, LAST)
    met, plans, _ = cell(subject, versions("CP-15")[-1], day)[TOTAL]
    assert in_plans.total == len(in_plans.children) == plans - met
    assert (
        in_need.total
        == len(in_need.children)
        == cell(subject, versions("CI-06")[-1], day)[TOTAL][2]
    )
    assert in_care.total is None
    assert in_care.sentence == (
        "The files do not say. No loaded file covers care episode on 31 March 2016."
    )
    assert in_need.sentence == (
        "children in need were not seen within 20 working days as at 31 March 2016."
    )


def test_those_waiting_longest_come_first_and_those_never_seen_wait_since_the_start(
    report: Report, subject: Measured
) -> None:
    in_need = report.unseen[1]
    waits = [child.days for child in in_need.children]
    assert waits == sorted(waits, reverse=True)
    referred = dict(
        subject.connection.execute("SELECT child_id, referral_date FROM referral").fetchall()
    )
    visits = dict(
        subject.connection.execute(
            "SELECT child_id, max(visit_date) FROM visit "
            "WHERE seen AND visit_date <= DATE '2016-03-31' GROUP BY child_id"
        ).fetchall()
    )
    never = [child for child in in_need.children if child.last_seen is None]
    assert never
    for child in never:
        assert child.since == referred[child.child_id]
        assert child.days == (LAST - child.since).days
    for child in in_need.children:
        if child.last_seen is not None:
            assert child.last_seen == visits[child.child_id]
            assert child.since == child.last_seen
            assert child.days == (LAST - child.last_seen).days > 20


def test_districts_of_the_list_add_up(report: Report) -> None:
    for each in report.unseen:
        assert sum(group.total for group in each.groups) == (each.total or 0)
    groups = report.unseen[1].groups
    assert groups[-1].name == "Not known"
    first = groups[0]
    mine = [child for child in report.unseen[1].children if child.district == first.name]
    assert first.never == sum(child.last_seen is None for child in mine)
    assert first.overdue == sum(child.last_seen is not None for child in mine)


def test_grades_travel_with_their_reason(report: Report, subject: Measured) -> None:
    page = page_of(report, "CP-05")
    grade = subject.quality.grade(page.definition.fields, *YEAR)
    assert page.grade == grade
    letters = [graded.letter for graded in report.grades]
    assert letters == sorted(letters)
    assert sum(len(graded.pages) for graded in report.grades) == len(report.pages)
    assert grade.reason in [reason for reason, _ in report.grades[-1].reasons]


def test_the_checks_are_summed_up(report: Report, subject: Measured) -> None:
    rules = subject.check.rules
    found = [rule for rule in rules if rule.findings]
    quality = report.quality
    assert {rule.code for rule in quality.found} == {rule.code for rule in found}
    assert f"{sum(rule.findings for rule in found):,} findings in all" in quality.sentence
    every = (*quality.found, *quality.failed, *quality.could_not_run)
    assert len(every) + quality.clean == len(rules)


def test_the_notice_and_the_files_are_said(report: Report) -> None:
    assert report.notice == NOTICE
    assert [(file.path, file.format) for file in report.inputs] == [
        ("returns/invented-cin.xml", "CIN census"),
        ("=annex <a>.xlsx", "Annex A"),
    ]
    assert report.inputs[0].covers == "1 April 2013 to 31 March 2016"
    assert report.made == MADE


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "invented-885-cin-2019.xml",
            "The children in this report are invented. None of them is real.",
        ),
        ("census.xml", "1 of the 2 files this was made from hold invented children."),
    ],
)
def test_invented_children_are_never_passed_off_as_real(path: str, said: str) -> None:
    subject = measured(60)
    manifest = subject.snapshot.manifest
    census, annex_a = manifest.inputs
    inputs = (replace(census, path=path), annex_a)
    subject.snapshot = replace(subject.snapshot, manifest=replace(manifest, inputs=inputs))
    assert build(subject, made=MADE, codes=["FD-02"]).notice == said


@pytest.mark.parametrize(
    ("covered", "headline"),
    [
        ((FIRST, LAST), (YEAR, BEFORE)),
        ((FIRST, date(2016, 7, 31)), (YEAR, BEFORE)),
        ((date(2015, 4, 1), LAST), (YEAR, None)),
        ((date(2015, 6, 1), date(2015, 11, 30)), ((date(2015, 6, 1), date(2015, 11, 30)), None)),
        ((date(2015, 6, 1), date(2016, 5, 30)), ((date(2015, 6, 1), date(2016, 5, 30)), None)),
    ],
)
def test_the_headline_is_the_last_whole_year_or_all_there_is(
    covered: tuple[date, date], headline: tuple[object, object]
) -> None:
    assert headline_periods(covered) == headline


def test_only_the_indicators_asked_for() -> None:
    subject = measured(60)
    report = build(subject, made=MADE, codes=["CP-09", "FD-02"])
    assert [page.code for page in report.pages] == ["FD-02", "CP-09"]
    assert report.unseen == ()
    assert report.not_computed == ()


def test_an_indicator_covered_for_less_time_has_its_own_period() -> None:
    subject = measured(200, annex_a=(date(2015, 10, 1), date(2015, 12, 31)))
    report = build(subject, made=MADE, codes=["FD-01", "FD-02", "CI-06"])
    contacts, referrals = page_of(report, "FD-01"), page_of(report, "FD-02")
    assert contacts.own_period
    assert contacts.when == "October to December 2015"
    assert (
        contacts.current.value
        == cell(subject, contacts.definition, (date(2015, 10, 1), date(2015, 12, 31)))[TOTAL][2]
    )
    assert contacts.run is not None
    assert [point.label for point in contacts.run.points] == ["Oct 2015", "Nov 2015", "Dec 2015"]
    assert not referrals.own_period
    assert report.unseen[0].on == date(2015, 12, 31), "the last day on which visits are known"


def test_an_authority_that_is_not_named_is_compared_with_nobody() -> None:
    report = build(measured(60, authority=""), made=MADE, codes=["FD-02"])
    page = page_of(report, "FD-02")
    assert page.comparison is None
    assert page.current.rate is None
    assert report.authority == "an authority not named"


def test_a_share_of_which_nothing_is_known_is_drawn_and_judged_nowhere(report: Report) -> None:
    page = page_of(report, "CI-08")
    assert page.current.unknown == page.current.denominator
    assert words.value(page.current) == "Not known"
    assert page.run is not None
    assert page.run.chart == page.run.sparkline == ""
    assert "<rect" not in page.breakdowns[0].chart


def test_a_target_is_not_missed_by_what_nobody_knows() -> None:
    subject = measured(200)
    target = replace(subject.settings.targets[0], indicator="CP-16", value=80.0)
    subject.settings = replace(subject.settings, targets=(target,))
    subject.connection.execute("UPDATE visit SET seen_alone = NULL")
    page = page_of(build(subject, made=MADE, codes=["CP-16"]), "CP-16")
    assert page.current.value == 0
    assert page.target == target
    assert page.rag is Rag.GREY
