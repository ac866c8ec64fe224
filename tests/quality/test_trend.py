"""What became of findings between two loads: new, still there, mended, and what only looks mended."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import sightline.quality.snapshot_check
from quality.returns import ANNEX_A, CENSUS, with_cell, write_workbook
from sightline.intake.load import load
from sightline.quality.check import Outcome
from sightline.quality.kept_check import whole_check
from sightline.quality.rule import Rule, rules_of_return
from sightline.quality.trend import Became, Trend, compare
from sightline.store.snapshots import Snapshot, Store

NO_ETHNICITY = CENSUS.replace("<Ethnicity>WBRI</Ethnicity>\n", "")
OPEN_ASSESSMENT = CENSUS.replace(
    "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>\n", ""
)
SECOND = """<Assessments>
<AssessmentActualStartDate>2015-07-01</AssessmentActualStartDate>
</Assessments>
"""


def loaded(folder: Path, *texts: str | Path, fresh: bool = False) -> Snapshot:
    """A snapshot with census texts, each a file of its own, or files that are there."""
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"census-{number}.xml"
        if isinstance(text, Path):
            path = text
        else:
            path.write_text(text, "utf-8")
        paths.append(path)
    load(paths, Store(folder / "store"), fresh=fresh)
    return Store(folder / "store").current()


def trend(before: Snapshot, after: Snapshot) -> Trend:
    return compare(before, whole_check(before), after, whole_check(after))


def became(of: Trend, *codes: str) -> Counter[tuple[str, str]]:
    """How many findings of each rule became what."""
    rows = pa.concat_tables([of.now, of.gone]).select(["code", "trend"]).to_pylist()
    return Counter((row["code"], row["trend"]) for row in rows if not codes or row["code"] in codes)


def test_what_was_mended_what_stayed_and_what_is_new(tmp_path: Path) -> None:
    both = NO_ETHNICITY.replace(
        "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>\n", ""
    )
    before = loaded(tmp_path, both)
    no_plan_number = OPEN_ASSESSMENT.replace("<NumberOfPreviousCPP>0</NumberOfPreviousCPP>\n", "")
    after = loaded(tmp_path, no_plan_number)
    found = became(trend(before, after), "4220", "8670Q", "8730")
    assert found == {
        ("4220", Became.MENDED): 1,
        ("8670Q", Became.STILL): 1,
        ("8730", Became.NEW): 1,
    }


def test_a_line_that_moves_is_no_change(tmp_path: Path) -> None:
    before = loaded(tmp_path, OPEN_ASSESSMENT)
    after = loaded(tmp_path, OPEN_ASSESSMENT.replace("<Children>", "\n\n\n<Children>"))
    moved = trend(before, after)
    assert became(moved, "8670Q") == {("8670Q", Became.STILL): 1}
    assert moved.gone.num_rows == 0
    places = [whole_check(each).findings[0].place for each in (before, after)]
    assert places[0] != places[1]


def test_another_wrong_value_is_not_mended(tmp_path: Path) -> None:
    before = loaded(tmp_path, CENSUS.replace("<Ethnicity>WBRI", "<Ethnicity>XXXX"))
    after = loaded(tmp_path, CENSUS.replace("<Ethnicity>WBRI", "<Ethnicity>YYYY"))
    assert became(trend(before, after), "4220") == {("4220", Became.STILL): 1}


def test_of_two_alike_one_mended_is_one_mended(tmp_path: Path) -> None:
    two = OPEN_ASSESSMENT.replace("<Section47>", SECOND + "<Section47>", 1)
    before, after = (
        loaded(tmp_path, two),
        loaded(
            tmp_path,
            two.replace(
                "StartDate>2015-07-01</AssessmentActualStartDate>",
                "StartDate>2015-07-01</AssessmentActualStartDate>"
                "<AssessmentAuthorisationDate>2015-07-20</AssessmentAuthorisationDate>",
            ),
        ),
    )
    moved = trend(before, after)
    assert became(moved, "8670Q") == {("8670Q", Became.STILL): 1, ("8670Q", Became.MENDED): 1}
    (gone,) = (r for r in moved.gone.to_pylist() if r["code"] == "8670Q")
    assert gone["record"] == "2015-07-01"


def test_a_record_that_went_is_not_called_mended(tmp_path: Path) -> None:
    two = CENSUS.replace("<Section47>", SECOND + "<Section47>", 1)
    before, after = loaded(tmp_path, two), loaded(tmp_path, CENSUS)
    assert became(trend(before, after), "8670Q") == {("8670Q", Became.RECORD_GONE): 1}


def test_a_child_that_went_is_not_called_mended(tmp_path: Path) -> None:
    before = loaded(tmp_path, NO_ETHNICITY)
    after = loaded(tmp_path, CENSUS.replace("Ann1", "Zoe9"))
    assert became(trend(before, after), "4220") == {("4220", Became.RECORD_GONE): 1}


def test_a_start_that_was_mended_is_no_record_gone(tmp_path: Path) -> None:
    wrong = CENSUS.replace(
        "<AssessmentActualStartDate>2015-06-01", "<AssessmentActualStartDate>2015-07-01"
    )
    before, after = loaded(tmp_path, wrong), loaded(tmp_path, CENSUS)
    assert became(trend(before, after), "8608") == {("8608", Became.MENDED): 1}


def test_a_return_or_part_that_is_not_there_was_not_looked_at(tmp_path: Path) -> None:
    before = loaded(tmp_path, OPEN_ASSESSMENT)
    start, end = OPEN_ASSESSMENT.index("<Assessments>"), OPEN_ASSESSMENT.index("<Section47>")
    part_gone = loaded(tmp_path, OPEN_ASSESSMENT[:start] + OPEN_ASSESSMENT[end:])
    book = write_workbook(tmp_path / "a.xlsx", ANNEX_A)
    return_gone = loaded(tmp_path, book, fresh=True)
    for after in (part_gone, return_gone):
        assert became(trend(before, after), "8670Q") == {("8670Q", Became.NOT_LOOKED_AT): 1}


def test_a_return_that_comes_beside_is_told_by_itself(tmp_path: Path) -> None:
    before = loaded(tmp_path, NO_ETHNICITY)
    later = NO_ETHNICITY.replace("2016-03-31", "2017-03-31").replace("<Year>2016", "<Year>2017")
    after = loaded(tmp_path, later)
    assert became(trend(before, after), "4220") == {
        ("4220", Became.STILL): 1,
        ("4220", Became.NEW): 1,
    }


def test_a_rule_that_fails_now_has_mended_nothing(tmp_path: Path) -> None:
    before, after = loaded(tmp_path, NO_ETHNICITY), loaded(tmp_path, CENSUS)
    was, now = whole_check(before), whole_check(after)
    failed = tuple(
        replace(rule, outcome=Outcome.FAILED, unjudged=(("cin", "2016-03-31"),))
        if rule.code == "4220"
        else rule
        for rule in now.rules
    )
    found = became(compare(before, was, after, replace(now, rules=failed)), "4220")
    assert found == {("4220", Became.NOT_LOOKED_AT): 1}


def test_a_rule_that_really_breaks_has_mended_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = loaded(tmp_path, NO_ETHNICITY), loaded(tmp_path, CENSUS)
    was = whole_check(before)

    def broken(file_format: str, year: int) -> tuple[Rule, ...]:
        return tuple(
            replace(rule, sql="SELECT no FROM nowhere") if rule.code == "4220" else rule
            for rule in rules_of_return(file_format, year)
        )

    monkeypatch.setattr(sightline.quality.snapshot_check, "rules_of_return", broken)
    now = whole_check(after)
    (rule,) = (rule for rule in now.rules if rule.code == "4220")
    assert (rule.outcome, rule.unjudged) == (Outcome.FAILED, (("cin", "2016-03-31"),))
    found = became(compare(before, was, after, now), "4220")
    assert found == {("4220", Became.NOT_LOOKED_AT): 1}


def test_what_a_rule_that_failed_then_finds_now_is_not_called_new(tmp_path: Path) -> None:
    before, after = loaded(tmp_path, CENSUS), loaded(tmp_path, NO_ETHNICITY)
    was, now = whole_check(before), whole_check(after)
    failed = tuple(
        replace(rule, outcome=Outcome.FAILED, unjudged=(("cin", "2016-03-31"),))
        if rule.code == "4220"
        else rule
        for rule in was.rules
    )
    found = became(compare(before, replace(was, rules=failed), after, now), "4220")
    assert found == {("4220", Became.NOT_KNOWN): 1}


def test_what_reading_finds_has_a_trend_too(tmp_path: Path) -> None:
    wrong = with_cell(ANNEX_A, "List 7", 2, "Child Protection Plan End Date", "31/02/2015")
    before = loaded(tmp_path, write_workbook(tmp_path / "a.xlsx", wrong))
    after = loaded(tmp_path, write_workbook(tmp_path / "b.xlsx", ANNEX_A))
    code = "impossible-date"
    assert became(trend(before, before), code) == {(code, Became.STILL): 1}
    assert became(trend(before, after), code) == {(code, Became.MENDED): 1}
    assert became(trend(after, before), code) == {(code, Became.NEW): 1}
