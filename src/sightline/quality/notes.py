"""Whether a reviewer's note still holds: it does while the values that the rule looked at are the same.

Those values are the columns that the rule's SQL names: of the finding's own row where the SQL looks at
its table once and row by row, else of all the child's rows; of the child's rows in the other tables;
of every row, where the finding is of no one child; and the last day of the return where the SQL asks
for it. Of what could not be read there is no row: a note on it rests on the return, and on how many there
are of the kind.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sightline.quality.rule import Rule
from sightline.quality.snapshot_check import rule_finder
from sightline.quality.whose import has, record_sql, return_rows
from sightline.records import PLACE, TABLES
from sightline.store.notes import Note
from sightline.store.snapshots import Snapshot
from sightline.store.tables import FINDING

_FROM = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)
_ACROSS = re.compile(r"\b(?:OVER|GROUP|HAVING)\b|\b(?:COUNT|SUM|MIN|MAX|AVG)\s*\(", re.IGNORECASE)
_PERIOD = re.compile(r"\breturn_(?:end|period)\b", re.IGNORECASE)
_UNREAD = re.compile(rf"\b(?:FROM|JOIN)\s+{FINDING}\b", re.IGNORECASE)
_PLACES = r"line \d+|![A-Z]*\d+"
"""What in the sentence of a finding of reading moves from load to load."""

PRINTED = pa.schema([("n", pa.int64()), ("print", pa.string())])


class Held(StrEnum):
    """Whether the note on a finding holds."""

    NOTED = "noted"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class LookedAt:
    """What a rule looks at: for each table, the columns, and whether all the child's rows of it.

    `unread` is whether it looks at what reading found, which is no row of a table.
    """

    columns: Mapping[str, tuple[str, ...]]
    every_row: frozenset[str]
    period: bool
    unread: bool


def looked_at(rule: Rule) -> LookedAt:
    """Tell from a rule's SQL which values it rests on."""
    words = set(re.findall(r"\w+", rule.sql))
    named = [name for name in _FROM.findall(rule.sql) if name in TABLES]
    own = {point.split(".")[0] for point in rule.points}
    places = {column.name for column in PLACE} | {"child_id"}
    across = _ACROSS.search(rule.sql) is not None
    return LookedAt(
        {
            name: tuple(
                column.name
                for column in TABLES[name].columns
                if column.name in words and column.name not in places
            )
            for name in dict.fromkeys(named)
        },
        frozenset(n for n in named if n not in own or across or named.count(n) > 1),
        _PERIOD.search(rule.sql) is not None,
        _UNREAD.search(rule.sql) is not None,
    )


def fingerprints(
    snapshot: Snapshot, connection: duckdb.DuckDBPyConnection, found: pa.Table
) -> list[str]:
    """Fingerprint what each finding of a whole check rests on, in the order of `found`."""
    numbered = found.append_column("n", pa.array(range(found.num_rows), pa.int64()))
    numbered = numbered.append_column("of_child", pc.not_equal(numbered["child_id"], ""))
    keys = ["code", "format", "return_end", "of_child"]
    groups = numbered.group_by(keys).aggregate([]).to_pylist()
    find = rule_finder(snapshot.manifest)
    prints = [PRINTED.empty_table()]
    with connection.cursor() as cursor:
        for group in groups:
            chosen = numbered
            for name, value in group.items():
                chosen = chosen.filter(pc.equal(chosen[name], value))
            cursor.register("noted", chosen)
            rule, alone = find(group["code"], group["format"], group["return_end"])
            query = _print_sql(snapshot, rule, alone, group) if rule else _READ
            prints.append(cursor.sql(query).to_arrow_table().cast(PRINTED))
            cursor.unregister("noted")
    result: list[str] = pa.concat_tables(prints).sort_by("n")["print"].to_pylist()
    return result


def apply_notes(snapshot: Snapshot, found: pa.Table, notes: Mapping[str, Note]) -> pa.Table:
    """Give findings, which have their rule's `severity`, with the columns `note` and `note_holds`.

    `note` says what was noted of a query, by whom and when. `note_holds` is one of `Held`, or empty
    where there is no note. A note on an error has no effect. `found` are all the findings of the
    snapshot: a note on one that is not there has lapsed where the rule finds the same of another record
    of the child.
    """
    count = found.num_rows
    told, holds = [""] * count, [""] * count
    query = pc.equal(found["severity"], "query")
    places = pc.indices_nonzero(pc.and_(query, _among(found["id"], notes))).to_pylist()
    if places:
        chosen = found.take(places)
        with snapshot.connect() as connection:
            prints = fingerprints(snapshot, connection, chosen)
        for place, finding, print_ in zip(places, chosen["id"].to_pylist(), prints, strict=True):
            note = notes[finding]
            holds[place] = Held.NOTED if print_ in note.prints else Held.LAPSED
            told[place] = _told(note)
    # What was noted is not there, but the same of another record: its key may be what changed.
    gone = pc.invert(pc.is_in(pa.array(list(notes), pa.string()), found["id"]))
    elsewhere = {
        chr(31).join((note.rule, note.format, note.child_id, note.field)): note
        for note, is_gone in zip(notes.values(), gone.to_pylist(), strict=True)
        if is_gone
    }
    about = pc.binary_join_element_wise(
        *(found[name] for name in ("code", "format", "child_id", "field")), chr(31)
    )
    for place in pc.indices_nonzero(pc.and_(query, _among(about, elsewhere))).to_pylist():
        if not holds[place]:
            holds[place] = Held.LAPSED
            told[place] = _told(elsewhere[about[place].as_py()], elsewhere=True)
    return found.append_column("note", pa.array(told, pa.string())).append_column(
        "note_holds", pa.array(holds, pa.string())
    )


def _among(column: pa.ChunkedArray, values: Iterable[str]) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(list(values), pa.string()))


def _told(note: Note, *, elsewhere: bool = False) -> str:
    of = f", of {note.record or note.value}" if elsewhere else ""
    return f"{note.reason} ({note.author}, {note.at:%-d %B %Y}{of})"


_READ = f"""
SELECT n, MD5(CONCAT_WS(CHR(31), value, regexp_replace(message, '{_PLACES}', '', 'g'))) AS print
FROM noted
"""


def _print_sql(snapshot: Snapshot, rule: Rule, alone: bool, group: Mapping[str, Any]) -> str:
    """SQL for the fingerprints of the findings in `noted`, all of one rule and return."""
    looks = looked_at(rule)
    joins, texts = [], ["f.value", *(["f.return_end"] if looks.period or looks.unread else [])]
    if looks.unread:
        texts.append("COUNT(*) OVER (PARTITION BY f.id)")
    returns = [
        each
        for each in snapshot.manifest.returns
        if (each.format, str(each.period_end)) == (group["format"], group["return_end"])
    ]
    for number, (table, columns) in enumerate(sorted(looks.columns.items())):
        text = ", ".join(f'COALESCE(CAST(r."{name}" AS VARCHAR), CHR(1))' for name in columns)
        listed = f"STRING_AGG(CONCAT_WS(CHR(30), {text or repr('')}), CHR(29) ORDER BY {text or 1})"
        given = return_rows(snapshot, table, returns)
        every = given if alone else f'SELECT * FROM "{table}"'
        if not group["of_child"] or not has(TABLES[table], "child_id"):
            joins.append(f"CROSS JOIN (SELECT {listed} AS text FROM ({every}) AS r) AS t{number}")
        elif table in looks.every_row:
            joins.append(
                f"LEFT JOIN (SELECT child_id, {listed} AS text FROM ({every}) AS r "
                "WHERE child_id IN (SELECT child_id FROM noted) GROUP BY child_id) "
                f"AS t{number} ON t{number}.child_id = f.child_id"
            )
        else:
            joins.append(
                f"LEFT JOIN (SELECT n, {listed} AS text FROM noted JOIN ({given}) AS r "
                "ON r.file = noted.file_key AND CAST(r.line AS VARCHAR) = noted.line "
                "AND (noted.sheet = '' OR noted.sheet = r.sheet) AND r.child_id = noted.child_id "
                f"AND (noted.record = '' OR noted.record = {record_sql(TABLES[table], 'r')}) "
                f"GROUP BY n) AS t{number} ON t{number}.n = f.n"
            )
        texts.append(f"COALESCE(t{number}.text, CHR(2))")
    return (
        f"SELECT f.n, MD5(CONCAT_WS(CHR(31), {', '.join(texts)})) AS print FROM noted AS f "
        + " ".join(joins)
    )
