"""The grade that travels with a figure: how many rows can be used, which days are covered, and why."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from quality.returns import ANNEX_A, CENSUS, LOOKED_AFTER, with_cell, write, write_workbook
from sightline.indicators.definition import catalogue, parse, versions
from sightline.indicators.figures import Figure, choose, compute, withhold
from sightline.indicators.grading import Grade, GroupRows, Quality, covers
from sightline.indicators.measured import measured, quality_of
from sightline.intake.annex_a import layouts
from sightline.intake.load import load
from sightline.present import words
from sightline.present.contents import build
from sightline.present.report import Report
from sightline.quality.check import CheckReport, Outcome
from sightline.quality.snapshot_check import check_snapshot
from sightline.records.sql_header import DefinitionError
from sightline.store.snapshots import Snapshot, Store

APRIL, MARCH = date(2015, 4, 1), date(2016, 3, 31)
YEAR = ((APRIL, MARCH),)
PLAN = ("cp_plan.start_date", "cp_plan.end_date")


def plans(broken: int = 0, rows: int = 1000, lost: int = 0, **known: object) -> Quality:
    return Quality(
        rows={"cp_plan": rows},
        broken={"cp_plan.end_date": broken} if broken else {},
        lost={"cp_plan": lost} if lost else {},
        **known,
    )


def loaded(folder: Path, *paths: Path) -> Snapshot:
    load(paths, Store(folder / "store"))
    return Store(folder / "store").current()


def checked(snapshot: Snapshot) -> CheckReport:
    with snapshot.connect() as connection:
        return check_snapshot(snapshot, connection)


def census(folder: Path, *changes: tuple[str, str], year: int = 2016) -> Path:
    text = CENSUS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    for ahead in range(year - 2016):
        for each in (2016 + ahead, 2015 + ahead):
            text = text.replace(f">{each}", f">{each + 1}")
    path = folder / f"census-{year}.xml"
    path.write_text(text, "utf-8")
    return path


# -- the share of usable rows ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "letter"),
    [
        (0, "A"),
        (10, "A"),
        (11, "B"),
        (50, "B"),
        (51, "C"),
        (100, "C"),
        (101, "D"),
        (250, "D"),
        (251, "E"),
        (1000, "E"),
        (1200, "E"),
    ],
)
def test_the_letter_is_the_share_of_usable_rows(broken: int, letter: str) -> None:
    assert plans(broken).grade(PLAN, APRIL, MARCH).letter == letter


def test_the_reason_is_a_sentence_with_the_rows() -> None:
    assert plans().grade(PLAN, APRIL, MARCH) == Grade(
        "A", "No row has an error in the fields it uses."
    )
    assert plans(1234, rows=40_000).grade(PLAN, APRIL, MARCH).reason == (
        "1,234 of 40,000 rows of cp plan have an error in end date."
    )


def test_rows_that_gave_no_record_count_too() -> None:
    """Ten rows lost and ten with an error, of a thousand read."""
    assert plans(10, rows=990, lost=10).grade(PLAN, APRIL, MARCH) == Grade(
        "B",
        "10 of 1,000 rows of cp plan could not be read, and 10 have an error in end date.",
    )
    assert plans(0, rows=900, lost=100).grade(PLAN, APRIL, MARCH) == Grade(
        "C", "100 of 1,000 rows of cp plan could not be read."
    )
    assert plans(0, rows=0, lost=3).grade(PLAN, APRIL, MARCH).letter == "E"


def test_the_worst_field_decides_and_others_do_not_tell() -> None:
    quality = Quality(
        rows={"cp_plan": 100, "cp_review": 100},
        broken={"cp_plan.start_date": 2, "cp_review.review_date": 30, "cp_plan.team": 90},
    )
    assert quality.grade(PLAN, APRIL, MARCH).letter == "B"
    assert quality.grade((*PLAN, "cp_review.review_date"), APRIL, MARCH) == Grade(
        "E", "30 of 100 rows of cp review have an error in review date."
    )


def test_a_table_without_rows_has_no_error() -> None:
    assert plans(rows=0).grade(PLAN, APRIL, MARCH).letter == "A"


def test_a_failed_rule_on_a_field_makes_the_grade_e() -> None:
    quality = plans(failed=frozenset({"cp_plan.end_date"}))
    assert quality.grade(PLAN, APRIL, MARCH) == Grade(
        "E", "A check of cp plan.end date failed, so its quality is not known.", usable=False
    )
    assert quality.grade(("cp_plan.start_date",), APRIL, MARCH).letter == "A"


# -- the days covered -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretches", "whole"),
    [
        ([], False),
        ([(APRIL, MARCH)], True),
        ([(date(2014, 4, 1), date(2017, 3, 31))], True),
        ([(date(2015, 4, 2), MARCH)], False),
        ([(APRIL, date(2016, 3, 30))], False),
        ([(date(2015, 10, 1), MARCH), (APRIL, date(2015, 9, 30))], True),
        ([(date(2015, 10, 2), MARCH), (APRIL, date(2015, 9, 30))], False),
        ([(APRIL, date(2015, 12, 31)), (date(2015, 6, 1), date(2015, 7, 1)),
          (date(2015, 12, 1), MARCH)], True),
        ([(date(2014, 4, 1), date(2015, 3, 31))], False),
    ],
)  # fmt: skip
def test_stretches_cover_every_day_or_do_not(
    stretches: Sequence[tuple[date, date]], whole: bool
) -> None:
    assert covers(stretches, APRIL, MARCH) is whole


def test_days_that_no_file_covers_are_said() -> None:
    quality = plans(covered={"cp_plan": YEAR})
    assert quality.grade(PLAN, APRIL, MARCH).letter == "A"
    assert quality.grade(PLAN, MARCH, MARCH).letter == "A"
    assert quality.grade(PLAN, APRIL, date(2016, 4, 1)) == Grade(
        "-", "No loaded file covers cp plan for the whole of 1 April 2015 to 1 April 2016."
    )
    day = date(2016, 4, 1)
    assert quality.grade(PLAN, day, day) == Grade(
        "-", "No loaded file covers cp plan on 1 April 2016.", usable=False
    )


def test_a_table_that_no_file_speaks_of_is_not_covered() -> None:
    quality = plans(covered={"cp_plan": YEAR})
    assert quality.grade((*PLAN, "cp_review.review_date"), MARCH, MARCH) == Grade(
        "-", "No loaded file covers cp review on 31 March 2016.", usable=False
    )


def test_of_two_fields_one_is_enough_to_cover() -> None:
    either = ("adoption.placed_date or care_episode.placement",)
    assert Quality(covered={"care_episode": YEAR}).grade(either, APRIL, MARCH).letter == "A"
    assert Quality(covered={"cp_plan": YEAR}).grade(either, APRIL, MARCH).reason == (
        "No loaded file covers adoption or care episode for the whole of "
        "1 April 2015 to 31 March 2016."
    )


def test_a_field_that_no_file_has_is_said() -> None:
    quality = plans(unsaid=frozenset(["cp_plan.end_date"]))
    assert quality.grade(PLAN, APRIL, MARCH) == Grade(
        "-", "No loaded file has the end date of each cp plan."
    )
    assert quality.grade(PLAN[:1], APRIL, MARCH).letter == "A"
    assert quality.grade(["cp_plan.end_date or cp_plan.start_date"], APRIL, MARCH).letter == "A"


REFERRALS = {
    "List 3": [
        ["Child Unique ID", "Date of Referral", "Referral Source", "Referral NFA?"],
        ["Ann1", "01/06/2015", "q) 6: Police", "b) No"],
    ],
    "List 6": [
        [
            "Child Unique ID",
            "CIN Start Date",
            "Primary Need Code",
            "CIN Closure Date",
            "Case Status",
        ],
        ["Ann1", "01/06/2015", "N1", "", "c) Child in need plan"],
    ],
}


@pytest.mark.parametrize(
    ("lists", "grade"),
    [
        (["List 3"], Grade("-", "No loaded file has the closure date of each referral.")),
        (["List 3", "List 6"], Grade("A", "No row has an error in the fields it uses.")),
    ],
)
def test_a_list_of_referrals_alone_does_not_tell_which_are_open(
    lists: list[str], grade: Grade, tmp_path: Path
) -> None:
    """List 6 has the closures. Without it every referral would count as open still."""
    files = write(tmp_path, {name: REFERRALS[name] for name in lists})
    with measured(loaded(tmp_path, *files)) as subject:
        last = subject.covered[1]
        assert subject.quality.grade(versions("CI-01")[0].fields, last, last) == grade


def test_days_looked_back_to_must_be_covered_too() -> None:
    referral, since = ("referral.referral_date",), date(2014, 4, 1)
    quality = Quality(rows={"referral": 10}, covered={"referral": YEAR})
    assert quality.grade(referral, APRIL, MARCH).letter == "A"
    assert quality.grade(referral, APRIL, MARCH, since) == Grade(
        "-",
        "It looks back to 1 April 2014, and no loaded file covers referral for the whole of "
        "1 April 2014 to 31 March 2015: what is not held is not counted.",
    )
    both = {"referral": ((since, date(2015, 3, 31)), *YEAR)}
    assert Quality(rows={"referral": 10}, covered=both).grade(
        referral, APRIL, MARCH, since
    ).letter == "A"  # fmt: skip


def test_how_far_a_definition_looks_back() -> None:
    rereferrals, missing, plans_open = (versions(c)[-1] for c in ("FD-05", "MI-04", "CP-09"))
    assert rereferrals.looks_from(APRIL) == date(2014, 4, 1)
    # The first of three missing episodes within 90 days, its own day included.
    assert missing.looks_from(date(2016, 3, 30)) == date(2016, 1, 1)
    assert plans_open.looks_from(APRIL) == APRIL
    assert {each.code: each.states_instead for each in catalogue() if each.looks_back} == {
        "FD-05": "",
        "MI-04": "",
        "LA-05": "care_episode.stated_placements",
        "LA-06": "care_episode.entered_care_date",
    }
    (stable,) = versions("LA-06")
    assert stable.looks_from(date(2016, 3, 31)) == date(2013, 9, 30)


def test_what_a_file_states_on_the_day_will_do_for_the_days_before() -> None:
    fields, stated = ("care_episode.start_date",), "care_episode.entered_care_date"
    covered = {"care_episode": YEAR, stated: ((MARCH, MARCH),)}
    quality = Quality(rows={"care_episode": 10}, covered=covered)
    since = date(2013, 9, 30)
    assert quality.grade(fields, MARCH, MARCH, since).letter == "-"
    assert quality.grade(fields, MARCH, MARCH, since, stated).letter == "A"
    assert quality.grade(fields, APRIL, APRIL, since, stated).letter == "-"


@pytest.mark.parametrize(
    "stated", ["a year", "12", "12 weeks", "months", "12 months or", "12 months or a.b or c.d"]
)
def test_a_look_back_that_cannot_be_read_is_refused(stated: str) -> None:
    header = {
        "code": "T-01",
        "version": "1",
        "title": "A test",
        "area": "Front door",
        "measure": "count",
        "unit": "referrals",
        "better": "neutral",
        "fields": "referral.referral_date",
        "source": "Sightline",
        "looks_back": stated,
    }
    text = "\n".join([*(f"-- {key}: {value}" for key, value in header.items()), "SELECT 1"])
    with pytest.raises(DefinitionError, match="`looks_back` is a number of months or days"):
        parse(text, "T-01.sql")


# -- figures that are withheld --------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "broken", "usable"),
    [(20, 10, True), (20, 11, False), (19, 19, True), (1000, 501, False), (1000, 500, True)],
)
def test_a_figure_is_withheld_where_fewer_than_half_of_enough_rows_are_usable(
    rows: int, broken: int, usable: bool
) -> None:
    grade = plans(broken, rows=rows).grade(PLAN, APRIL, MARCH)
    assert (grade.letter, grade.usable) == ("E", usable)


def test_a_field_that_is_not_usable_counts_even_where_another_is_worse() -> None:
    quality = Quality(
        rows={"cp_plan": 10, "cp_review": 100}, broken={"cp_plan.start_date": 9, "cp_review.a": 60}
    )
    grade = quality.grade(("cp_plan.start_date", "cp_review.a"), APRIL, MARCH)
    assert grade.reason == "9 of 10 rows of cp plan have an error in start date."
    assert not grade.usable


def test_a_period_that_files_cover_in_part_is_given_with_its_reason() -> None:
    quality = plans(covered={"cp_plan": YEAR})
    assert quality.grade(PLAN, APRIL, date(2016, 6, 30)).usable
    assert not quality.grade(PLAN, date(2016, 4, 1), date(2016, 6, 30)).usable
    both = {"cp_plan": YEAR, "cp_review": ((date(2017, 4, 1), date(2018, 3, 31)),)}
    assert not plans(covered=both).grade((*PLAN, "cp_review.a"), APRIL, MARCH).usable


def test_withheld_figures_have_no_number_and_say_why() -> None:
    unusable = Grade("E", "15 of 20 rows of cp plan have an error in end date.", usable=False)
    figure = Figure(
        choose(["CP-09"])[0], APRIL, MARCH, "all", "all", 5.0, None, 5.0, "plans", 0, unusable
    )
    usable = replace(figure, quality=Grade("E", "Poor."))
    hidden, shown = withhold([figure, usable])
    assert (hidden.numerator, hidden.value, hidden.unknown) == (None, None, None)
    assert hidden.withheld == unusable.reason
    assert hidden.to_json()["withheld"] == unusable.reason
    assert shown == usable
    assert shown.withheld == ""
    assert "withheld" not in shown.to_json()
    assert words.value(hidden) == "w"
    assert words.value(shown) == "5"


def test_a_group_is_graded_by_its_own_rows() -> None:
    rows = {
        ("cp_plan.end_date", "Bury East"): (40, 30),
        ("cp_plan.end_date", "Radcliffe"): (160, 0),
    }
    asked: list[str] = []

    def of_groups(by: str) -> GroupRows:
        asked.append(by)
        return rows

    quality = plans(30, rows=200, of_groups=of_groups, covered={"cp_plan": YEAR})
    total = [quality.grade(PLAN, APRIL, MARCH), quality.grade(PLAN, APRIL, date(2016, 4, 1))]
    assert [each.letter for each in total] == ["D", "-"]
    east = quality.grades_of_group(total, PLAN, "district", "Bury East")
    assert east == [
        Grade("E", "30 of 40 rows of cp plan in Bury East have an error in end date.", False),
        total[1],
    ]
    other = quality.grades_of_group(total, PLAN, "district", "Radcliffe")
    assert other[0] == Grade("A", "No row in Radcliffe has an error in the fields it uses.")
    assert quality.grades_of_group(total, PLAN, "sex", "F") is total
    assert asked == ["district", "district"]


# -- from the check of a snapshot -----------------------------------------------------------


def graded(snapshot: Snapshot, report: CheckReport) -> Quality:
    with snapshot.connect() as connection:
        return quality_of(snapshot, connection, report)


def test_a_snapshot_without_a_fault_has_grade_a_where_it_covers(tmp_path: Path) -> None:
    snapshot = loaded(tmp_path, census(tmp_path))
    quality = graded(snapshot, checked(snapshot))
    assert quality.broken == {}
    assert quality.lost == {}
    assert quality.failed == frozenset()
    assert quality.covered["referral"] == YEAR
    assert "care_episode" not in quality.covered
    assert quality.grade(PLAN, APRIL, MARCH).letter == "A"
    assert quality.grade(("care_episode.start_date",), MARCH, MARCH).letter == "-"


def test_errors_count_by_field_and_queries_do_not(tmp_path: Path) -> None:
    snapshot = loaded(
        tmp_path,
        census(
            tmp_path,
            ("<CPPstartDate>2015-06-23<", "<CPPstartDate>2015-06-22<"),  # 2885, an error
            ("<InitialCPCtarget>2015-06-23<", "<InitialCPCtarget>2015-06-21<"),  # 8870Q, a query
        ),
    )
    report = checked(snapshot)
    assert {each.code for each in report.findings} >= {"2885", "8870Q"}
    quality = graded(snapshot, report)
    assert quality.broken == {"cp_plan.start_date": 1}
    assert quality.grade(PLAN, APRIL, MARCH) == Grade(
        "E", "1 of 1 rows of cp plan have an error in start date."
    )


@pytest.mark.parametrize("kind", ["files", "workbook"])
def test_a_row_with_several_errors_on_a_field_counts_once(tmp_path: Path, kind: str) -> None:
    """The reader names the cell that has no known code, and rule 8910 its row: they are one row."""
    tables = with_cell(ANNEX_A, "List 7", 2, "Latest Category of Abuse", "x")
    paths = (
        write(tmp_path, tables)
        if kind == "files"
        else [write_workbook(tmp_path / "annex-a.xlsx", tables)]
    )
    snapshot = loaded(tmp_path, *paths)
    report = checked(snapshot)
    assert {each.code for each in report.findings} == {"unknown-code", "8910", "A-002"}
    assert graded(snapshot, report).broken == {"cp_plan.latest_category": 1}


def test_a_census_on_one_line_has_no_more_broken_rows_than_findings(tmp_path: Path) -> None:
    child = CENSUS[CENSUS.index("<Child>") : CENSUS.index("</Children>")]
    others = "".join(child.replace("Ann1", f"Ben{n}") for n in range(9))
    early = ("<CPPstartDate>2015-06-23<", "<CPPstartDate>2015-06-22<")
    text = CENSUS.replace(*early).replace("</Children>", f"{others}</Children>").replace("\n", "")
    (tmp_path / "census.xml").write_text(text, "utf-8")
    snapshot = loaded(tmp_path, tmp_path / "census.xml")
    assert snapshot.manifest.tables["cp_plan"].rows == 10
    assert graded(snapshot, checked(snapshot)).broken == {"cp_plan.start_date": 1}


def test_what_a_later_return_mended_is_not_broken(tmp_path: Path) -> None:
    """The plan stands in both censuses; the later has mended one of its two codes."""
    first = ("<InitialCategoryOfAbuse>NEG<", "<InitialCategoryOfAbuse>x<")
    latest = ("<LatestCategoryOfAbuse>NEG<", "<LatestCategoryOfAbuse>x<")
    later = CENSUS.replace("2016-03-31", "2017-03-31").replace("<Year>2016", "<Year>2017")
    (tmp_path / "later.xml").write_text(later.replace(*first), "utf-8")
    snapshot = loaded(tmp_path, census(tmp_path, first, latest), tmp_path / "later.xml")
    report = checked(snapshot)
    assert {each.code for each in report.findings} >= {"8905", "8910"}
    broken = graded(snapshot, report).broken
    assert broken["cp_plan.initial_category"] == 1
    assert "cp_plan.latest_category" not in broken


def test_a_district_with_errors_is_graded_apart(tmp_path: Path) -> None:
    places = tmp_path / "places.csv"
    listed = "kind,place,district\nteam,North,Bury East\nteam,South,Radcliffe\n"
    places.write_text(listed, "utf-8")
    assessments = [ANNEX_A["List 4"][0]]
    for n in range(40):
        row = list(ANNEX_A["List 4"][1])
        row[0], row[10] = f"Kid{n}", "North" if n < 20 else "South"
        if n < 15:
            row[8] = "20/05/2015"  # authorised before it began
        assessments.append(row)
    paths = write(tmp_path, {"List 4": assessments})
    load(paths, Store(tmp_path / "store"), places=places)
    snapshot = Store(tmp_path / "store").current()
    with measured(snapshot) as ready:
        stretch = ready.covered
        found = ready.compute(choose(["AS-02"]), [stretch], ["district"]).figures
    grades = {each.group: (each.quality.letter, each.quality.usable) for each in found}
    assert grades == {"all": ("E", True), "Bury East": ("E", False), "Radcliffe": ("A", True)}
    assert {each.group for each in withhold(found) if each.withheld} == {"Bury East"}


def test_a_row_that_gave_no_record_is_lost_to_every_field_of_its_table(tmp_path: Path) -> None:
    tables = with_cell(ANNEX_A, "List 4", 3, "Continuous Assessment Start Date", "n/k")
    authorised = "Continuous Assessment Date of Authorisation"
    snapshot = loaded(tmp_path, *write(tmp_path, with_cell(tables, "List 4", 3, authorised, "")))
    quality = graded(snapshot, checked(snapshot))
    assert quality.lost == {"assessment": 1}
    start, end = quality.covered["assessment"][0]
    assert quality.grade(("assessment.authorisation_date",), start, end) == Grade(
        "E", "1 of 2 rows of assessment could not be read."
    )
    assert quality.grade(("assessment.start_date",), start, end) == Grade(
        "E", "1 of 2 rows of assessment could not be read."
    )


def test_groups_are_graded_while_the_connection_is_in_use(tmp_path: Path) -> None:
    """Figures are graded while the engine counts the next batch."""
    snapshot = loaded(
        tmp_path,
        census(tmp_path, ("<CPPstartDate>2015-06-23<", "<CPPstartDate>2015-06-22<")),
    )
    with measured(snapshot) as ready:
        of_groups = ready.quality.of_groups
        pending = ready.connection.execute("SELECT * FROM range(3)")
        found = of_groups("district")
        assert pending.fetchall() == [(0,), (1,), (2,)]
    assert ("cp_plan.start_date", "Not known") in found


def test_the_latest_visits_of_annex_a_tell_of_its_last_day_alone(tmp_path: Path) -> None:
    """On an earlier day a child seen then and again since would count as not seen."""
    snapshot = loaded(tmp_path, *write(tmp_path, ANNEX_A))
    quality = graded(snapshot, checked(snapshot))
    [(start, end)] = quality.covered["cp_plan"]
    earlier = end - timedelta(days=31)
    assert start < earlier
    assert quality.covered["visit.visit_date"] == ((end, end),)
    visits = ("visit.visit_date",)
    assert quality.grade((*PLAN, *visits), end, end).letter == "A"
    assert quality.grade((*PLAN, *visits), earlier, earlier).letter == "-"
    for code in ("CP-15", "CP-16", "CI-05", "CI-06", "LA-09"):
        assert set(visits) <= set(versions(code)[0].fields)
    assert quality.grade(PLAN, earlier, earlier).letter == "A"


def returns_of_care(folder: Path, years: Sequence[int]) -> list[Path]:
    """Ann is in one placement throughout. Ben has been in care as long, and moved in 2014."""
    episodes = {
        "Ann": [("01/06/2010", "S", "")],
        "Ben": [("01/06/2010", "S", "01/09/2014"), ("01/09/2014", "P", "")],
    }
    paths = []
    for year in years:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        rows = [
            [child, start, reason, "C2", "N1", "U6", end if end and day_of(end) <= last else ""]
            for child, held in episodes.items()
            for start, reason, end in held
            if day_of(start) <= last and (not end or day_of(end) >= first)
        ]
        # Each return has events of its own year, which tell what year it is of.
        rows.append(["Cal", f"01/06/{year - 1}", "S", "C2", "N1", "U6", f"10/06/{year - 1}"])
        # A child of this year alone, so that no two returns have the same list of children.
        people = ["Ann", "Ben", "Cal", f"Dee{year}"]
        header = LOOKED_AFTER["Header"][0]
        made = {
            "Header": [header, *([who, "1", "01/01/2008", "WBRI", "", "", ""] for who in people)],
            "Episodes": [
                LOOKED_AFTER["Episodes"][0],
                *([*each[:6], "PR1", each[6], "", "", "", "", ""] for each in rows),
            ],
        }
        into = folder / str(year)
        into.mkdir()
        paths += write(into, made)
    return paths


def day_of(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize(
    ("years", "letter", "gives"),
    [
        ([2016], "-", (1, 1)),
        ([2015, 2016], "-", (1, 2)),
        ([2014, 2015, 2016], "A", (1, 2)),
    ],
)
def test_one_return_does_not_tell_who_has_been_in_care_for_long(
    years: list[int], letter: str, gives: tuple[int, int], tmp_path: Path
) -> None:
    """The return of 2016 has only Ben's later placement: he would be left out, and Ann be all."""
    with measured(loaded(tmp_path, *returns_of_care(tmp_path, years))) as ready:
        (found,) = ready.compute(choose(["LA-06"]), [(MARCH, MARCH)]).figures
    assert (found.numerator, found.denominator) == gives
    assert found.quality.letter == letter
    if letter == "-":
        assert found.quality.reason.startswith("It looks back to 30 September 2013")


def test_annex_a_tells_on_its_last_day_how_long_each_has_been_in_care(tmp_path: Path) -> None:
    """It has the day care began and the latest placement: where a child was before, it does not say."""
    ann = {
        "Child Unique ID": "Ann1",
        "Date of Birth": "01/01/2008",
        "Date Started to be Looked After": "01/06/2010",
        "Start Date of Most Recent Placement": "01/09/2014",
        "Placement Type": "U6",
        "Number of Placements in the Last 12 months": "1",
    }
    (columns,) = (each.columns for each in layouts() if each.part == "8")
    in_care = [list(columns), [ann.get(column, "") for column in columns]]
    snapshot = loaded(tmp_path, *write(tmp_path, {"List 1": ANNEX_A["List 1"], "List 8": in_care}))
    with measured(snapshot) as ready:
        [(start, end)] = ready.quality.covered["care_episode"]
        earlier = end - timedelta(days=31)
        assert start < earlier
        for code in ("LA-05", "LA-06"):
            (definition,) = versions(code)
            for day, letter in ((end, "A"), (earlier, "-")):
                since = definition.looks_from(day)
                assert ready.quality.grade(
                    definition.fields, day, day, since, definition.states_instead
                ).letter == letter  # fmt: skip
        assert ready.quality.grade(versions("LA-01")[0].fields, earlier, earlier).letter == "A"


def test_a_failed_rule_reaches_the_grade_of_its_fields(tmp_path: Path) -> None:
    snapshot = loaded(tmp_path, census(tmp_path))
    report = checked(snapshot)
    failed = tuple(
        replace(rule, outcome=Outcome.FAILED) if rule.code == "8608" else rule
        for rule in report.rules
    )
    quality = graded(snapshot, CheckReport(failed, report.found))
    assert quality.failed == {"assessment.start_date", "assessment.authorisation_date"}
    assert quality.grade(("assessment.start_date",), APRIL, MARCH).letter == "E"
    assert quality.grade(PLAN, APRIL, MARCH).letter == "A"


def test_a_figure_that_looks_back_says_when_the_year_before_is_not_loaded(tmp_path: Path) -> None:
    one_year = loaded(tmp_path, census(tmp_path))
    with measured(one_year) as ready:
        figures = ready.compute(choose(["FD-02", "FD-05"]), [(APRIL, MARCH)]).figures
    referrals, again = figures
    assert referrals.quality == Grade("A", "No row has an error in the fields it uses.")
    assert again.quality.letter == "-"
    assert again.quality.reason.startswith("It looks back to 1 April 2014, and no loaded file")
    assert again.value == 0, "the figure is still shown, with its reason"

    later = (date(2016, 4, 1), date(2017, 3, 31))
    (tmp_path / "later").mkdir()
    two_years = loaded(tmp_path, census(tmp_path / "later", (">Ann1<", ">Ben2<"), year=2017))
    with measured(two_years) as ready:
        (again,) = ready.compute(choose(["FD-05"]), [later]).figures
    assert again.quality.letter == "A"


def test_the_report_leaves_it_out_with_the_reason_until_the_year_before_is_loaded(
    tmp_path: Path,
) -> None:
    def report_of(snapshot: Snapshot) -> Report:
        with measured(snapshot) as ready:
            return build(ready, made=date(2017, 5, 1), codes=["FD-02", "FD-05"])

    report = report_of(loaded(tmp_path, census(tmp_path)))
    assert [page.code for page in report.pages] == ["FD-02"]
    assert [(each.definition.code, each.reason[:31]) for each in report.not_computed] == [
        ("FD-05", "It looks back to 1 April 2014, ")
    ]
    later = report_of(loaded(tmp_path, census(tmp_path, (">Ann1<", ">Ben2<"), year=2017)))
    assert [page.code for page in later.pages] == ["FD-02", "FD-05"]
    assert later.not_computed == ()


def test_every_reason_is_a_sentence(tmp_path: Path) -> None:
    looked_after = write(tmp_path, with_cell(LOOKED_AFTER, "Episodes", 2, "DEC", "31/05/2015"))
    snapshot = loaded(tmp_path, census(tmp_path), *looked_after)
    with measured(snapshot) as ready:
        result = compute(
            ready.engine,
            list(catalogue()),
            [(APRIL, MARCH), (date(2014, 4, 1), date(2015, 3, 31))],
            formats=ready.formats,
            quality=ready.quality,
        )
    assert {"A", "D", "E", "-"} >= {each.quality.letter for each in result.figures} > {"A", "-"}
    for each in result.figures:
        assert re.fullmatch(r"[A-Z0-9][^_]*\.", each.quality.reason), each.quality.reason
        assert each.quality.letter in each.to_json()["quality"]
    for absent in result.not_computed:
        assert absent.reason.endswith(".")
