"""Notes on queries: they hold while the values that the rule looked at stay, and lapse when they change."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import sightline.quality.snapshot_check
from quality.returns import ANNEX_A, CENSUS, with_cell, write_workbook
from sightline.intake.load import load
from sightline.quality.check import CheckReport
from sightline.quality.kept_check import whole_check
from sightline.quality.listing import list_findings
from sightline.quality.notes import Held, fingerprints, looked_at
from sightline.quality.rule import Rule
from sightline.store.notes import NOTED, Note, add_notes, read_notes, standing
from sightline.store.snapshots import Snapshot, Store

OPEN_ASSESSMENT = CENSUS.replace(
    "<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>\n", ""
)
LATER_ONE = """<Assessments>
<AssessmentActualStartDate>2015-08-03</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2015-08-20</AssessmentAuthorisationDate>
</Assessments>
"""


def rule(sql: str, *points: str) -> Rule:
    return Rule("T1", "query", "Title", "Message", points, points, "Source", sql)


# -- what a rule looks at -------------------------------------------------------------------


def test_a_rule_looks_at_the_columns_its_sql_names() -> None:
    looks = looked_at(
        rule(
            "SELECT child_id, file, sheet, line, start_date AS value FROM assessment "
            "WHERE authorisation_date < start_date",
            "assessment.start_date",
        )
    )
    assert dict(looks.columns) == {"assessment": ("start_date", "authorisation_date")}
    assert looks.every_row == frozenset()
    assert not looks.period


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a.start_date FROM assessment AS a JOIN assessment AS b USING (child_id)",
        "SELECT LAG(start_date) OVER (PARTITION BY child_id) FROM assessment",
        "SELECT start_date FROM assessment GROUP BY child_id",
        "SELECT MIN (start_date) FROM assessment",
    ],
    ids=["itself", "window", "group", "least"],
)
def test_a_rule_that_compares_rows_looks_at_all_the_childs(sql: str) -> None:
    assert looked_at(rule(sql, "assessment.start_date")).every_row == {"assessment"}


def test_a_rule_looks_at_the_childs_rows_of_another_table_and_at_the_return() -> None:
    looks = looked_at(
        rule(
            "SELECT a.start_date FROM assessment AS a JOIN child AS c ON c.child_id = a.child_id "
            "AND c.birth_date > a.start_date WHERE a.return_end > a.start_date",
            "assessment.start_date",
        )
    )
    assert looks.columns["child"] == ("birth_date",)
    assert looks.every_row == {"child"}
    assert looks.period


# -- a note from load to load ---------------------------------------------------------------


class Noting:
    """A store into which texts of a census, or files, are loaded one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "store")

    def load(self, *given: str | Path) -> "Noting":
        paths = []
        for number, each in enumerate(given):
            path = self.folder / f"census-{number}.xml" if isinstance(each, str) else each
            if isinstance(each, str):
                path.write_text(each, "utf-8")
            paths.append(path)
        load(paths, self.store)
        return self

    def checked(self) -> tuple[Snapshot, CheckReport]:
        snapshot = self.store.current()
        return snapshot, whole_check(snapshot)

    def note(self, code: str) -> None:
        """Note every finding of a rule, as the command does."""
        snapshot, report = self.checked()
        chosen = report.of([code]).found
        assert chosen.num_rows
        with snapshot.connect() as connection:
            prints = fingerprints(snapshot, connection, chosen)
        add_notes(
            self.store,
            [
                Note(
                    NOTED,
                    datetime(2016, 5, 3, tzinfo=UTC),
                    "A. Analyst",
                    "Checked",
                    row["id"],
                    row["code"],
                    row["format"],
                    row["child_id"],
                    row["field"],
                    row["record"],
                    row["value"],
                    (print_,),
                )
                for row, print_ in zip(chosen.to_pylist(), prints, strict=True)
            ],
        )

    def column(self, code: str, name: str) -> list[str]:
        """A column of the list of a rule's findings, in their order."""
        snapshot, report = self.checked()
        notes = standing(read_notes(self.store)[0])
        listed = list_findings(snapshot, report, report.found, notes)
        return [row[name] for row in listed.to_pylist() if row["code"] == code]

    def held(self, code: str) -> list[str]:
        """Whether the notes on a rule's findings hold."""
        return self.column(code, "note_holds")

    def told(self, code: str) -> list[str]:
        """What the notes on a rule's findings say."""
        return self.column(code, "note")


@pytest.fixture
def noting(tmp_path: Path) -> Noting:
    return Noting(tmp_path)


def test_a_note_carries_to_the_next_load_while_the_values_stay(noting: Noting) -> None:
    noting.load(OPEN_ASSESSMENT).note("8670Q")
    assert noting.held("8670Q") == [Held.NOTED]
    moved = OPEN_ASSESSMENT.replace("<Children>", "\n\n<Children>")
    elsewhere = moved.replace("<Ethnicity>WBRI", "<Ethnicity>WIRI")
    with_another = elsewhere.replace("<Section47>", LATER_ONE + "<Section47>", 1)
    for text in (moved, elsewhere, with_another):
        assert noting.load(text).held("8670Q") == [Held.NOTED]


def test_a_note_is_on_its_record_alone(noting: Noting) -> None:
    another = LATER_ONE.replace(
        "<AssessmentAuthorisationDate>2015-08-20</AssessmentAuthorisationDate>\n", ""
    )
    noting.load(OPEN_ASSESSMENT).note("8670Q")
    noting.load(OPEN_ASSESSMENT.replace("<Section47>", another + "<Section47>", 1))
    assert sorted(noting.held("8670Q")) == ["", Held.NOTED]


def test_a_note_lapses_when_the_key_of_its_record_changes(noting: Noting) -> None:
    noting.load(OPEN_ASSESSMENT).note("8670Q")
    later = OPEN_ASSESSMENT.replace("StartDate>2015-06-01</Ass", "StartDate>2015-06-03</Ass")
    assert noting.load(later).held("8670Q") == [Held.LAPSED]
    told = noting.told("8670Q")
    assert told == ["Checked (A. Analyst, 3 May 2016, of 2015-06-01)"]
    other_child = OPEN_ASSESSMENT.replace("Ann1", "Zoe9")
    assert noting.load(other_child).held("8670Q") == [""]


def test_a_note_lapses_when_the_return_it_is_about_is_of_another_year(noting: Noting) -> None:
    # Still open a year later: the rule looks at the last day of the return.
    noting.load(OPEN_ASSESSMENT).note("8670Q")
    later = OPEN_ASSESSMENT.replace("2016-03-31", "2017-03-31").replace("<Year>2016", "<Year>2017")
    assert noting.load(later).held("8670Q") == [Held.NOTED, Held.LAPSED]


def test_undo_takes_no_note_away(noting: Noting) -> None:
    noting.load(OPEN_ASSESSMENT)
    noting.load(OPEN_ASSESSMENT.replace("<Children>", "\n<Children>")).note("8670Q")
    noting.store.undo()
    assert noting.held("8670Q") == [Held.NOTED]


def query_on(
    monkeypatch: pytest.MonkeyPatch, sql: str, point: str = "assessment.start_date"
) -> None:
    """Put a query of our own in place of the rules of the census."""
    own = rule(sql, point)
    monkeypatch.setattr(
        sightline.quality.snapshot_check,
        "rules_of_return",
        lambda of, _: (own,) if of == "cin" else (),
    )


OWN_ROW = (
    "SELECT child_id, file, sheet, line, CAST(start_date AS VARCHAR) AS value FROM assessment "
    "WHERE authorisation_date IS NOT NULL"
)
WITH_CHILD = (
    "SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.start_date AS VARCHAR) AS value "
    "FROM assessment AS a JOIN child AS c ON c.child_id = a.child_id WHERE c.birth_date < a.start_date"
)
ACROSS = (
    "SELECT a.child_id, a.file, a.sheet, a.line, CAST(a.start_date AS VARCHAR) AS value "
    "FROM assessment AS a WHERE a.start_date IN (SELECT MIN(start_date) FROM assessment GROUP BY child_id)"
)


WHOLE = (
    "SELECT NULL AS child_id, MIN(file) AS file, '' AS sheet, MIN(line) AS line, NULL AS value "
    "FROM assessment HAVING COUNT(DISTINCT authorisation_date) < 9"
)


@pytest.mark.parametrize(
    ("sql", "changed", "expected"),
    [
        (OWN_ROW, lambda t: t.replace("Date>2015-06-30<", "Date>2015-06-29<"), Held.LAPSED),
        (OWN_ROW, lambda t: t.replace("PersonBirthDate>2008", "PersonBirthDate>2009"), Held.NOTED),
        (OWN_ROW, lambda t: t.replace("<Section47>", LATER_ONE + "<Section47>", 1), Held.NOTED),
        (
            WITH_CHILD,
            lambda t: t.replace("PersonBirthDate>2008", "PersonBirthDate>2009"),
            Held.LAPSED,
        ),
        (WITH_CHILD, lambda t: t.replace("Current>2<", "Current>1<"), Held.NOTED),
        (ACROSS, lambda t: t.replace("<Section47>", LATER_ONE + "<Section47>", 1), Held.LAPSED),
        (ACROSS, lambda t: t.replace("PersonBirthDate>2008", "PersonBirthDate>2009"), Held.NOTED),
        (WHOLE, lambda t: t.replace("Date>2015-06-30<", "Date>2015-06-29<"), Held.LAPSED),
        (WHOLE, lambda t: t.replace("PersonBirthDate>2008", "PersonBirthDate>2009"), Held.NOTED),
    ],
    ids=[
        "a value of the row",
        "a value it does not look at",
        "another row",
        "a value of the child",
        "another value of the child",
        "a row it is compared with",
        "not the row's",
        "a value of a whole return",
        "no value of it",
    ],
)
def test_a_note_lapses_with_what_the_rule_looks_at_and_nothing_else(
    noting: Noting,
    monkeypatch: pytest.MonkeyPatch,
    sql: str,
    changed: Callable[[str], str],
    expected: Held,
) -> None:
    query_on(monkeypatch, sql)
    noting.load(CENSUS).note("T1")
    assert noting.held("T1") == [Held.NOTED]
    assert noting.load(changed(CENSUS)).held("T1")[0] == expected


def test_a_note_on_what_reading_found_holds_wherever_it_stands(noting: Noting) -> None:
    def lists(day: str) -> Path:
        cells = with_cell(ANNEX_A, "List 4", 2, "Continuous Assessment Date of Authorisation", day)
        return write_workbook(noting.folder / "a.xlsx", cells)

    noting.load(CENSUS, lists("29/06/2015")).note("sources-disagree")
    assert noting.held("sources-disagree") == [Held.NOTED]
    moved = CENSUS.replace("<Children>", "\n\n<Children>")
    assert noting.load(moved).held("sources-disagree") == [Held.NOTED]
    assert noting.load(lists("26/06/2015")).held("sources-disagree") == [Held.LAPSED]


def test_a_note_on_what_gave_no_record_is_of_its_child_its_return_and_their_number(
    noting: Noting,
) -> None:
    review = "<CPPreviewDate>2015-09-15</CPPreviewDate>\n"
    undated = CENSUS.replace(review, "<CPPreviewDate>soon</CPPreviewDate>\n")
    noting.load(undated).note("8842Q")
    assert noting.load(undated.replace("<Children>", "\n<Children>")).held("8842Q") == [Held.NOTED]
    twice = undated.replace("soon</CPPreviewDate>\n", "soon</CPPreviewDate>\n<CPPreviewDate/>\n")
    assert set(noting.load(twice).held("8842Q")) == {Held.LAPSED}
    noting.load(undated.replace("Ann1", "Zoe9"))
    assert noting.held("8842Q") == [""]
    later = undated.replace("2016-03-31", "2017-03-31").replace("<Year>2016", "<Year>2017")
    assert sorted(noting.load(undated, later).held("8842Q")) == [Held.LAPSED, Held.NOTED]


def test_a_note_on_an_error_has_no_effect(noting: Noting) -> None:
    noting.load(CENSUS.replace("<Ethnicity>WBRI</Ethnicity>\n", "")).note("4220")
    assert noting.held("4220") == [""]
