"""A feed of casework each few minutes makes as many snapshots a day: of past days the last is kept.

Of the others the records are removed, and what was computed from them. What they held of casework is in
casework, and all else they held is in the one that is kept. Each manifest stays, so that the line of
snapshots, and what each was made from, can be told for ever.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime

from sightline.clocks.rules import LONDON
from sightline.records import Format
from sightline.store.snapshots import Snapshot, Store, StoreError


def thin(
    store: Store,
    *,
    before: date,
    keep: Collection[str] = (),
    waiting: Callable[[str], None] | None = None,
) -> tuple[str, ...]:
    """Remove the records of superseded feeds made before a day, and give the ids of their snapshots.

    The current snapshot, the one before it and those of `keep` are left. `StoreError` if the store cannot
    be written.
    """
    found = tuple(each.id for each in superseded(store, before) if each.id not in keep)
    if found:
        store.remove_records(found, waiting)
    return found


def superseded(store: Store, before: date) -> tuple[Snapshot, ...]:
    """Give the snapshots that a feed made before a day (in London) and another feed of that day replaced.

    They are of those the current one came from, back to the latest whose records are gone, the oldest first:
    whoever removes them in that order is never stopped before one that the next would not find.
    """
    line = [store.current()]
    with suppress(StoreError):  # where a manifest is damaged, the line ends
        while line[-1].holds_records and (parent := line[-1].manifest.parent):
            line.append(store.open(parent))
    found = [
        each
        for after, each, earlier in zip(line[1:], line[2:], [*line[3:], None], strict=False)
        if each.holds_records
        and _day(each) == _day(after)
        and _day(each) < before
        and _is_feed(after, each)
        and (_is_feed(each, earlier) if earlier else not _others(each))
    ]
    return tuple(reversed(found))


def _is_feed(snapshot: Snapshot, parent: Snapshot) -> bool:
    """Whether a snapshot differs from the one before it by its casework alone."""
    return (
        any(each.format == Format.CASEWORK for each in snapshot.manifest.returns)
        and _others(snapshot) == _others(parent)
        and snapshot.manifest.places == parent.manifest.places
    )


def _others(snapshot: Snapshot) -> set[tuple[str, tuple[str, ...]]]:
    return {
        (each.folder, each.files)
        for each in snapshot.manifest.returns
        if each.format != Format.CASEWORK
    }


def _day(snapshot: Snapshot) -> date:
    created: datetime = snapshot.manifest.created
    return created.astimezone(LONDON).date()
