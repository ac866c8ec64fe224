"""An extract of all casework as it stands at one moment, as `sightline.intake.casework` reads it."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from sightline.intake.casework import AS_AT, AS_AT_DAY, Manifest
from sightline.intake.inputs import CASEWORK_MANIFEST
from sightline.records.casework import COLUMNS
from sightline.service.feed.records import ROWS
from sightline.service.feed.records.numbers import Numbers
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.models import MissingEpisode
from sightline.service.protection.models import Referral

_BLOCK = 64 * 1024


@dataclass(frozen=True)
class Extract:
    """What was written. `content` is a hash of every record, whatever the moment; `rows` by table."""

    made: datetime
    content: str
    rows: dict[str, int]

    @property
    def day(self) -> date:
        """The last day it covers."""
        return timezone.localdate(self.made)


def write_extract(path: Path, *, authority: str = "") -> Extract:
    """Write all casework as it stands now into a new file that only its owner may read. Raises `OSError`.

    It covers the days from that on which the first contact, case or time missing was put here, whatever day
    it says it came: records may lie before, as a case that was transferred in, and nobody says that they are
    all.
    """
    content = hashlib.sha256()
    rows: dict[str, int] = {}
    path.touch(mode=0o600, exist_ok=False)
    with _as_of_one_moment(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        made = timezone.now()
        numbers = Numbers()
        for table, read in ROWS.items():
            columns = [name for name in COLUMNS[table] if name not in (AS_AT, AS_AT_DAY)]
            rows[table] = 0
            content.update(table.encode())
            with packed.open(f"{table}.csv", "w", force_zip64=True) as member:
                block = io.StringIO()
                writer = csv.DictWriter(block, columns, lineterminator="\n")
                writer.writeheader()
                for row in read(numbers):
                    writer.writerow({name: _line(value) for name, value in row.items()})
                    rows[table] += 1
                    if block.tell() > _BLOCK:
                        _flush(block, member, content)
                _flush(block, member, content)
        end = timezone.localdate(made)
        start = min([end, *_first_days()])
        manifest = Manifest(authority, start, end, made, rows)
        packed.writestr(CASEWORK_MANIFEST, manifest.to_json())
    return Extract(made, content.hexdigest(), rows)


def _first_days() -> Iterator[date]:
    """Give the day on which the first of each kind was put here."""
    episodes = MissingEpisode.objects.filter(aside_at=None)
    for rows in (Contact.objects, Referral.objects, episodes):
        if first := rows.aggregate(first=Min("recorded_at"))["first"]:
            yield timezone.localdate(first)


def _flush(block: io.StringIO, member: IO[bytes], content: "hashlib._Hash") -> None:
    written = block.getvalue().encode()
    content.update(written)
    member.write(written)
    block.seek(0)
    block.truncate()


def _line(value: str | int | None) -> str | int | None:
    """Keep a value on its line: records stand one a line, so that each can be found again."""
    return " ".join(value.split()) if isinstance(value, str) else value


@contextmanager
def _as_of_one_moment() -> Iterator[None]:
    """See the database as it is at one moment, without keeping anybody from writing to it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # A transaction of Django's would be IMMEDIATE, and so hold every writer up.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
