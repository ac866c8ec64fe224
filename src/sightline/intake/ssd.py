"""The Standard Safeguarding Dataset: a CSV file a table, any subset of its 48 tables.

Parts are named by the table, and their fields are its columns as they stand: following a key to
another table, taking a key of JSON and the like is for `mapping` (`field_paths`).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sightline.intake.field_paths import owner, parse, pointed_at
from sightline.intake.layouts import Layout, Taken
from sightline.intake.periods import Events, start_of_months
from sightline.intake.table_sets import Period, events_of
from sightline.records import TABLES, Format
from sightline.records.availability import dated_parts

YEARS = 6
"""Years of history an extract holds, about."""


@cache
def layouts() -> tuple[Layout, ...]:
    """The 48 tables."""
    data = _data()
    return tuple(
        Layout(
            Format.SSD,
            name,
            name,
            tuple(table["columns"]),
            names=(name, name.removeprefix("ssd_")),
            events=tuple(table.get("events", ())),
            common=frozenset(data["common"]),
        )
        for name, table in data.items()
        if name != "common"
    )


@cache
def used_tables() -> frozenset[str]:
    """The tables that fill a record table, and those they point at for it."""
    used = set()
    for table in TABLES.values():
        for feed in table.feeds:
            if feed.format is not Format.SSD:
                continue
            used.add(feed.part)
            for path in (parse(Format.SSD, field) for field in feed.fields.values()):
                if path.follow:
                    used.add(pointed_at(path.field)[0])
                if path.on_day:
                    used.add(owner(path.field))
    return frozenset(used)


def used(taken: Iterable[Taken]) -> tuple[list[Taken], tuple[str, ...]]:
    """The tables that records are made of, and a sentence on those that none are."""
    taken = list(taken)
    kept = [each for each in taken if each.part.name in used_tables()]
    left = sorted({each.part.name for each in taken} - used_tables())
    facts = (f"Not used: {', '.join(left)}.",) if left else ()
    return kept, facts


def period_of(taken: Sequence[Taken], as_at: date | None) -> Period | None:
    """About six years that end on the day stated, or else on that of the latest event.

    Fewer, where most tables begin later; and some tables may begin later than the others.
    """
    events = events_of(taken)
    end = as_at or events.latest
    if end is None:
        return None
    facts = []
    if not as_at:
        facts.append(
            "The extract does not say the day it was made; the latest event in it is of "
            f"{end.isoformat()}, so it is read as made that day. State another with --as-at."
        )
    if later := events.after(end):
        facts.append(f"{later} dates of events are after {end.isoformat()}.")
    dated = {part for parts in dated_parts(Format.SSD).values() for part in parts}
    taken = [each for each in taken if each.part.name in dated]
    start = _start(taken, events, end)
    facts.append(f"The extract is taken to hold what happened from {start.isoformat()} on.")
    starts = {}
    for each in taken:
        begins = events_of([each]).begins(start, end)
        if begins > start:
            starts[each.part.name] = begins
            facts.append(f"{each.part.name} is taken to begin on {begins.isoformat()}.")
    return Period(start, end, tuple(facts), starts)


def _start(taken: Iterable[Taken], events: Events, end: date) -> date:
    """The day an extract begins: six years before its end at most.

    It is where half of the tables with many events have begun: one may have been kept only lately.
    """
    longest = start_of_months(end, 12 * YEARS)
    steady = sorted(
        begins for each in taken if (begins := events_of([each]).steady_from(end)) is not None
    )
    if steady:
        return min(max(longest, steady[(len(steady) - 1) // 2]), end)
    return max(longest, min(*events.days, end)) if events.days else longest


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("sightline.intake") / "ssd_tables.toml").read_text("utf-8"))
