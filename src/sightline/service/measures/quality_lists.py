"""What is wrong in the published records, as a list for one person: their remit, without hidden children.

The list is made once for a snapshot, with its trend against what was published before, and again when a
reviewer writes a note.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.crypto import salted_hmac

from sightline.quality.check import Outcome, RuleResult
from sightline.quality.kept_check import whole_check
from sightline.quality.listing import LISTED, list_findings
from sightline.quality.notes import Held
from sightline.quality.trend import Became, compare
from sightline.quality.whose import NOT_KNOWN
from sightline.service.accounts.remit import Remit
from sightline.service.measures.models import Publication
from sightline.service.measures.reading import Reading, store
from sightline.store.notes import FILE, Note, read_notes, standing
from sightline.store.snapshots import Snapshot, StoreError
from sightline.store.tables import columns_of

PLACED = LISTED.append(pa.field("district", pa.string()))
"""The columns of a list, and the district of each finding: its team's, else its child's."""
_COLUMNS = frozenset(PLACED.names)
_MOST_KEPT = 2
GONE = (Became.MENDED, Became.RECORD_GONE, Became.NOT_LOOKED_AT)
"""What became of findings that were there before and are not found now."""


@dataclass(frozen=True)
class Findings:
    """The findings of a snapshot (`PLACED`), and those published before and `gone` now.

    `since` is the snapshot compared with, or empty. `left_out` counts the findings, now and gone, that
    are about children the person may not know of.
    """

    snapshot: str
    since: str
    rules: tuple[RuleResult, ...]
    listed: pa.Table
    gone: pa.Table
    left_out: int = 0

    def within(self, remit: Remit, hidden: Collection[str]) -> "Findings":
        """Give those that lie in a remit, without hidden children."""
        now, left_now = _seen(self.listed, remit, hidden)
        gone, left_gone = _seen(self.gone, remit, hidden)
        return replace(self, listed=now, gone=gone, left_out=left_now + left_gone)

    @property
    def failed(self) -> tuple[str, ...]:
        """The rules that failed, so that what they look for is not known."""
        return tuple(rule.code for rule in self.rules if rule.outcome is Outcome.FAILED)


_kept: OrderedDict[tuple[str, str], tuple[object, Findings]] = OrderedDict()
_making = threading.Lock()


def findings_of(reading: Reading) -> Findings:
    """Give every finding of the published snapshot. `StoreError` if it cannot be read."""
    snapshot = reading.snapshot
    before = _published_before(snapshot.id)
    key = (snapshot.id, before.id if before else "")
    with _making:
        notes = _stamp()
        if key in _kept and _kept[key][0] == notes:
            _kept.move_to_end(key)
            return _kept[key][1]
        made = _make(snapshot, before)
        _kept[key] = (notes, made)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
        return made


def _published_before(snapshot_id: str) -> Snapshot | None:
    """Give what was published before a snapshot; None if nothing was, or it cannot be read."""
    for name in Publication.objects.values_list("snapshot", flat=True):
        if name != snapshot_id:
            try:
                return store().open(name)
            except StoreError:
                return None
    return None


def _stamp() -> object:
    try:
        told = (store().path / FILE).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


def standing_notes() -> dict[str, Note]:
    """Give the note that stands on each finding, by the finding's id."""
    return standing(read_notes(store())[0])


def _make(snapshot: Snapshot, before: Snapshot | None) -> Findings:
    report = whole_check(snapshot)
    found, gone = report.found, LISTED.empty_table()
    if before is not None:
        was = whole_check(before)
        trend = compare(before, was, snapshot, report)
        found = trend.now
        gone = _placed(before, list_findings(before, was, trend.gone, {}))
    else:
        gone = gone.append_column("district", pa.array([], pa.string()))
    listed = _placed(snapshot, list_findings(snapshot, report, found, standing_notes()))
    return Findings(
        snapshot.id, before.id if before else "", tuple(report.rules), listed, gone.cast(PLACED)
    )


def _placed(snapshot: Snapshot, listed: pa.Table) -> pa.Table:
    """Add the district: that of the team's records, else that of the child's."""
    tables = [
        name
        for name in snapshot.tables()
        if any(column.name == "district" for column in columns_of(name))
    ]
    with snapshot.connect() as connection:
        connection.register(
            "listed", listed.append_column("n", pa.array(range(listed.num_rows), pa.int64()))
        )
        _make_places(connection, "of_team", "team", [n for n in tables if _has(n, "team")])
        _make_places(connection, "of_child", "child_id", tables)
        return (
            connection.sql(
                "SELECT listed.* EXCLUDE (n), COALESCE(of_team.district, of_child.district, "
                f"'{NOT_KNOWN}') AS district FROM listed "
                "LEFT JOIN of_team ON of_team.place = listed.team "
                "LEFT JOIN merged_number AS m ON m.number = listed.child_id "
                "LEFT JOIN of_child ON of_child.place = COALESCE(m.stands_for, listed.child_id) "
                "ORDER BY n"
            )
            .to_arrow_table()
            .cast(PLACED)
        )


def _make_places(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, tables: Sequence[str]
) -> None:
    """Make a table of places and the district that most of their records have."""
    every = " UNION ALL ".join(
        f'SELECT "{column}" AS place, district FROM "{table}"' for table in tables
    )
    every = every or "SELECT NULL::VARCHAR AS place, NULL::VARCHAR AS district WHERE false"
    connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT place, district FROM ({every}) "
        "WHERE place IS NOT NULL AND district IS NOT NULL GROUP BY place, district "
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY place ORDER BY COUNT(*) DESC, district) = 1"
    )


def _has(table: str, column: str) -> bool:
    return any(each.name == column for each in columns_of(table))


def _seen(listed: pa.Table, remit: Remit, hidden: Collection[str]) -> tuple[pa.Table, int]:
    condition, values = remit.condition(_COLUMNS)
    with duckdb.connect() as connection:
        connection.register("listed", listed)
        inside = connection.sql(
            f"SELECT * FROM listed WHERE {condition}", params=values
        ).to_arrow_table()
    kept = inside.filter(
        pc.invert(pc.is_in(inside["child_id"], pa.array(list(hidden), pa.string())))
    )
    return kept, inside.num_rows - kept.num_rows


def key_of(name: str) -> str:
    """Give what an address says for a worker, so that nobody's name is in one, nor guessed from it."""
    return salted_hmac("worker in an address", name, algorithm="sha256").hexdigest()[:12]


def open_first(listed: pa.Table) -> pa.Table:
    """Put the newest return first, and findings noted as right after the others, each in their order."""
    listed = listed.take(pc.sort_indices(listed, sort_keys=[("return_end", "descending")]))
    noted = pc.equal(listed["note_holds"], str(Held.NOTED))
    return pa.concat_tables([listed.filter(pc.invert(noted)), listed.filter(noted)])


def children_in(rows: Iterable[dict[str, str]]) -> list[str]:
    """Give the children that rows are about, each once."""
    return list(dict.fromkeys(row["child_id"] for row in rows if row["child_id"]))
