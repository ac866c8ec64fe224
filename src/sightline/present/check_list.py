"""The list of findings as a workbook: for the teams that mend them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import sightline
from sightline.present import sheets, words
from sightline.present.files import write_whole
from sightline.present.sheets import LONG, WHOLE, Column, Facts, Sheet, Value
from sightline.quality.check import Outcome, RuleResult
from sightline.quality.listing import By, GroupCount, counts
from sightline.quality.notes import Held
from sightline.quality.trend import Became

LIST = {
    "code": "code",
    "severity": "severity",
    "module": "module",
    "rule": "title",
    "message": "message",
    "official": "official",
    "format": "format",
    "return": "return_end",
    "file": "file",
    "place": "place",
    "column": "column",
    "value": "value",
    "child": "child_id",
    "record": "record",
    "team": "team",
    "worker": "worker",
    "trend": "trend",
    "note": "note",
    "note_holds": "note_holds",
    "finding": "id",
}
"""The columns of a list in CSV, and the column of `LISTED` that each is."""

_PRINTED = {
    "code": Column("Code", 9),
    "severity": Column("Kind", 7),
    "title": Column("Rule", 26, LONG),
    "message": Column("What is wrong", 32, LONG),
    "file": Column("File", 22, LONG),
    "place": Column("Place", 12),
    "column": Column("Column", 18),
    "value": Column("Value", 12, LONG),
    "child_id": Column("Child", 14),
    "record": Column("Record", 12, LONG),
    "team": Column("Team", 18, LONG),
    "worker": Column("Worker", 14),
    "trend": Column("Trend", 11),
    "note": Column("Reviewer's note", 24, LONG),
}
_ALSO = {
    "module": Column("Module", 20),
    "official": Column("Official message", 50, LONG),
    "format": Column("Format", 10),
    "return_end": Column("Return to", 12),
    "note_holds": Column("Note holds", 11),
    "id": Column("Finding", 13),
}
"""What is read on the screen and does not fit on paper."""


@dataclass(frozen=True)
class CheckList:
    """What the workbook is made of. `gone` are the findings of before that are not found now.

    `snapshot` is that checked, and `since` that compared with, or empty. `chosen` says in a sentence
    which findings were asked for, or is empty for all.
    """

    snapshot: str
    since: str
    made: date
    rules: Sequence[RuleResult]
    listed: pa.Table
    gone: pa.Table
    chosen: str = ""


def rows_of(listed: pa.Table) -> list[tuple[str, ...]]:
    """Give a list's rows with the columns `LIST`."""
    return _rows(listed, LIST.values())


def _rows(listed: pa.Table, names: Iterable[str]) -> list[tuple[str, ...]]:
    column = pc.replace_substring_regex(listed["field"], r"^.*\.", "")
    listed = listed.append_column("column", column)
    return list(zip(*(listed[name].to_pylist() for name in names), strict=True))


def write(check: CheckList, path: Path) -> None:
    """Write the workbook; `OSError` if the file cannot be written."""
    content = sheets.render(
        _facts(check),
        sheets_of(check),
        title=f"What to mend, snapshot {check.snapshot}",
        author=f"Sightline {sightline.__version__}",
        comments="",
        made=check.made,
    )
    write_whole(path, content)


def sheets_of(check: CheckList) -> tuple[Sheet, ...]:
    """Give every table of the workbook."""
    noted = pc.equal(check.listed["note_holds"], str(Held.NOTED))
    tables = [
        _counted(check, By.RULE, "Rules", "Findings by rule"),
        _counted(check, By.TEAM, "Teams", "Findings by team"),
        _counted(check, By.WORKER, "Workers", "Findings by worker"),
        _findings(
            "Findings",
            "What to mend or explain, a row for each place",
            "An error is to be mended. A query may stand: mend it, or note why it is right.",
            check.listed.filter(pc.invert(noted)),
        ),
        _findings(
            "Noted",
            "Queries that a reviewer found to be right",
            "A note holds while the values that the rule looked at are the same.",
            check.listed.filter(noted),
        ),
    ]
    if check.since:
        about = f"Found in snapshot {check.since}, and not in this one. Places are those of then."
        tables.append(_findings("No longer found", "What was mended", about, check.gone))
    return (*tables, _not_run(check))


def _facts(check: CheckList) -> Facts:
    total = counts(check.listed, By.SEVERITY)
    errors, queries = (sum(getattr(each, name) for each in total) for name in ("errors", "queries"))
    noted = sum(each.noted for each in total)
    failed = ", ".join(rule.code for rule in check.rules if rule.outcome is Outcome.FAILED)
    lines = [
        ("Keep", "Internal. It lists children by number: keep it as you keep case files."),
        ("Snapshot", check.snapshot),
        ("Made", f"{words.day(check.made)}, by Sightline {sightline.__version__}"),
        *([("Only", check.chosen)] if check.chosen else []),
        ("Errors", f"{errors:,}, to be mended"),
        ("Queries", f"{queries:,}, to be mended or explained, and {noted:,} noted as right"),
        *([("Failed", f"{failed}: what these rules look for is not known")] if failed else []),
        (
            "Trend",
            f"Against snapshot {check.since}."
            if check.since
            else "Not known: there is no snapshot to compare with.",
        ),
        ("Team and worker", "Those of the record, or of the child's open work that began last."),
        ("Finding", "The finding's own name, the same in each load: for `sightline notes add`."),
    ]
    return Facts("What to mend", "What the checks found in the records, and where.", lines)


def _counted(check: CheckList, by: By, name: str, title: str) -> Sheet:
    shown = [Became.NEW, Became.STILL, Became.MENDED] if check.since else []
    titles = {rule.code: rule.title for rule in check.rules}
    with_title = by is By.RULE
    return Sheet(
        name,
        title,
        "Queries are those without a note that holds.",
        (
            Column("Code" if with_title else by.value.capitalize(), 14 if with_title else 34),
            *([Column("Rule", 60, LONG)] if with_title else []),
            *(Column(head, 10, WHOLE) for head in ("Errors", "Queries", "Noted", "Children")),
            *(Column(each.value.capitalize(), 12, WHOLE) for each in shown),
        ),
        tuple(
            (
                each.group,
                *([titles.get(each.group, "")] if with_title else []),
                *_numbers(each, shown),
            )
            for each in counts(check.listed, by, check.gone)
        ),
    )


def _numbers(count: GroupCount, shown: Sequence[Became]) -> tuple[Value, ...]:
    return (
        count.errors,
        count.queries,
        count.noted,
        count.children,
        *(count.became[each] for each in shown),
    )


def _findings(name: str, title: str, about: str, listed: pa.Table) -> Sheet:
    columns = _PRINTED | _ALSO
    rows = _rows(listed, columns)
    return Sheet(name, title, about, tuple(columns.values()), rows, printed=len(_PRINTED))


def _not_run(check: CheckList) -> Sheet:
    chosen = (Outcome.FAILED, Outcome.COULD_NOT_RUN)
    return Sheet(
        "Not checked",
        "Rules that failed or could not run",
        "What they look for is not known. A rule that failed is a fault of Sightline: report it.",
        (
            Column("Code", 14),
            Column("Rule", 60, LONG),
            Column("Outcome", 14),
            Column("Reason", 80, LONG),
        ),
        tuple(
            (rule.code, rule.title, rule.outcome.value, rule.reason)
            for outcome in chosen
            for rule in check.rules
            if rule.outcome is outcome
        ),
    )
