"""An extract of Sightline's own casework: a zip of one CSV file for each record table, and a manifest.

    casework.json       {"edition": 1, "authority": "885", "period_start": "2026-04-01",
                         "period_end": "2026-06-12", "made": "2026-06-12T09:30:00Z",
                         "tables": {"contact": 120, ...}}
    contact.csv ...     UTF-8, a header of the vocabulary's own columns (`records.casework`), a record a line

It holds the whole of casework as it stood at `made`, which is every record's `as_at`, and the last day it
covers is the day of that moment in the United Kingdom. The manifest says how many rows each table has, so
that an extract cut short is not taken for one with less in it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pyarrow as pa
from pyarrow import csv

from sightline.intake.archive import Archive
from sightline.intake.inputs import CASEWORK_MANIFEST
from sightline.intake.parts import Finding, Part, Reading, Source, UnreadableFileError
from sightline.records import Format
from sightline.records.casework import COLUMNS

EDITION = 1
"""Edition of the extract. A newer one is refused, never guessed at."""
AS_AT, AS_AT_DAY = "as_at", "as_at_day"
_ROW = re.compile(r"Row #(\d+)")
_LARGEST = 1024 * 1024
"""Bytes a manifest may have."""


@dataclass(frozen=True)
class Manifest:
    """What an extract says of itself. `rows` are those of each table; `made` is in UTC."""

    authority: str
    period_start: date
    period_end: date
    made: datetime
    rows: Mapping[str, int]

    def to_json(self) -> str:
        """Give it as an extract holds it."""
        return json.dumps(
            {
                "edition": EDITION,
                "authority": self.authority,
                "period_start": self.period_start.isoformat(),
                "period_end": self.period_end.isoformat(),
                "made": stamp(self.made),
                "tables": dict(self.rows),
            },
            indent=1,
        )


def stamp(moment: datetime) -> str:
    """Write a moment as extracts do: to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_casework(archive: Archive) -> Reading:
    """Read an extract. `UnreadableFileError` says in a sentence what is wrong with it."""
    members = {member.filename: member for member in archive.members}
    if len(members) < len(archive.members):
        raise _wrong(archive, "holds two files of one name")
    about = members.pop(CASEWORK_MANIFEST)
    if about.file_size > _LARGEST:
        raise _wrong(archive, f"its {CASEWORK_MANIFEST} is too large")
    manifest = _manifest(archive, archive.read(about))
    if extra := sorted(set(members) - {f"{name}.csv" for name in manifest.rows}):
        raise _wrong(
            archive, f"holds “{_shown(extra[0])}”, which its {CASEWORK_MANIFEST} does not name"
        )
    source = Source(archive.path, sha256(archive.data).hexdigest(), len(archive.data), "utf-8")
    parts: list[Part] = []
    findings: list[Finding] = []
    for name in COLUMNS:
        if name not in manifest.rows:
            continue
        member = members.get(f"{name}.csv")
        if member is None:
            raise _wrong(archive, f"lacks “{name}.csv”, which its {CASEWORK_MANIFEST} names")
        rows = _rows(archive, name, archive.read(member))
        if rows.num_rows != manifest.rows[name]:
            raise _wrong(
                archive,
                f"“{name}.csv” has {rows.num_rows:,} rows and not the {manifest.rows[name]:,} that its "
                f"{CASEWORK_MANIFEST} says",
            )
        for column in sorted(set(rows.column_names) - {"line", *COLUMNS[name]}):
            message = f"The table has no column “{_shown(column)}”; it was not read."
            findings.append(
                Finding("unknown-column", archive.path, f"{name}!1", _shown(column), "", message)
            )
        told = {AS_AT: stamp(manifest.made), AS_AT_DAY: manifest.period_end.isoformat()}
        for column in told.keys() & set(COLUMNS[name]):
            if column in rows.column_names:
                rows = rows.drop_columns([column])
            rows = rows.append_column(column, pa.repeat(pa.scalar(told[column]), rows.num_rows))
        parts.append(Part(Format.CASEWORK, name, source, rows, sheet=name))
    return Reading(
        Format.CASEWORK,
        (source,),
        tuple(parts),
        manifest.period_start,
        manifest.period_end,
        authority=manifest.authority,
        findings=tuple(findings),
        facts=(f"Casework as it stood at {stamp(manifest.made)}.",),
        made=manifest.made,
    )


def _manifest(archive: Archive, data: bytes) -> Manifest:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _wrong(archive, f"its {CASEWORK_MANIFEST} is not JSON") from error
    if not isinstance(told, dict):
        raise _wrong(archive, f"its {CASEWORK_MANIFEST} is not an object")
    if (edition := told.get("edition")) != EDITION or isinstance(edition, bool):
        raise _wrong(
            archive,
            f"is of edition {_shown(str(edition))}, and this Sightline reads edition {EDITION}",
        )
    rows = told.get("tables")
    if not isinstance(rows, dict) or any(type(n) is not int or n < 0 for n in rows.values()):
        raise _wrong(archive, f"its {CASEWORK_MANIFEST} does not say how many rows each table has")
    if unknown := sorted(set(rows) - set(COLUMNS)):
        raise _wrong(archive, f"has a table “{_shown(unknown[0])}”, which casework does not fill")
    manifest = Manifest(
        _text(archive, told, "authority"),
        _day(archive, told, "period_start"),
        _day(archive, told, "period_end"),
        _moment(archive, told, "made"),
        rows,
    )
    if manifest.period_end < manifest.period_start:
        raise _wrong(archive, "ends before it begins")
    return manifest


def _text(archive: Archive, told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str) or len(value) > 100 or not (value.isprintable() or not value):
        raise _wrong(archive, f"its {name} is not a short text")
    return value


def _day(archive: Archive, told: Mapping[str, Any], name: str) -> date:
    try:
        day = date.fromisoformat(_text(archive, told, name))
    except ValueError as error:
        raise _wrong(archive, f"its {name} is not a day as 2026-04-01") from error
    if not 1901 <= day.year <= 2100:
        raise _wrong(archive, f"its {name} lies outside 1901 to 2100")
    return day


def _moment(archive: Archive, told: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.strptime(_text(archive, told, name), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError as error:
        raise _wrong(archive, f"its {name} is not a moment as 2026-04-01T09:30:00Z") from error
    return moment.astimezone(UTC)


def _rows(archive: Archive, name: str, data: bytes) -> pa.Table:
    """Read a table as text, with the line each record stands on."""
    try:
        head = data.partition(b"\n")[0].decode().strip().removeprefix("\ufeff").split(",")
        columns = [each.strip('"') for each in head]
        if len(set(columns)) < len(columns) or "line" in columns:
            raise _wrong(archive, f"“{name}.csv” has a column twice, or one called “line”")
        rows = csv.read_csv(
            BytesIO(data),
            read_options=csv.ReadOptions(use_threads=False),
            parse_options=csv.ParseOptions(ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except (pa.ArrowException, UnicodeDecodeError) as error:
        # What Arrow says repeats the row, and so the child.
        where = _ROW.search(str(error))
        place = f" at line {where[1]}" if where else ""
        raise _wrong(archive, f"“{name}.csv” cannot be read as CSV in UTF-8{place}") from error
    if rows.column_names != columns or any(kind != pa.string() for kind in rows.schema.types):
        raise _wrong(archive, f"the header of “{name}.csv” cannot be read")
    return rows.append_column("line", pa.array(range(2, rows.num_rows + 2), pa.int32()))


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text[:60])


def _wrong(archive: Archive, what: str) -> UnreadableFileError:
    return UnreadableFileError(f"{archive.path}: {what}; make the extract again.")
