"""Annex A: the 11 child-level lists an authority gives Ofsted at inspection.

A workbook of 11 sheets, or a CSV file a list. Parts are named by the list's number, `1` to `11`,
and their fields by the list's headers as `annex_a.toml` spells them. The files do not say the day
they were made, so it is asked for (`as_at`) or told from the latest event in them.
"""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from sightline.intake.layouts import Layout, Taken
from sightline.intake.periods import start_of_months
from sightline.intake.table_sets import Period, events_of
from sightline.records import Format

MONTHS = 6
"""Months that lists 1 to 9 cover; lists 10 and 11 cover twelve."""

_TWELVE_MONTHS = {"10", "11"}


@cache
def layouts() -> tuple[Layout, ...]:
    """The 11 lists."""
    data = tomllib.loads((files("sightline.intake") / "annex_a.toml").read_text("utf-8"))
    return tuple(
        Layout(
            Format.ANNEX_A,
            each["number"],
            f"List {each['number']}",
            tuple(each["columns"]),
            names=(f"list {each['number']}", *each["names"]),
            events=tuple(each["events"]),
            common=frozenset(data["common"]),
            optional=frozenset(each.get("since_2024", ())),
            also_written=data["also_written"],
        )
        for each in data["list"]
    )


def period_of(taken: Sequence[Taken], as_at: date | None) -> Period | None:
    """The six months that end on the day stated, or else on that of the latest event."""
    events = events_of(taken)
    end = as_at or events.latest
    if end is None:
        return None
    facts = []
    if not as_at:
        facts.append(
            "Annex A does not say the day it was made; the latest event in it is of "
            f"{end.isoformat()}, so it is read as made that day. State another with --as-at."
        )
    if later := events.after(end):
        facts.append(f"{later} dates of events are after {end.isoformat()}.")
    if any(each.part.name in _TWELVE_MONTHS for each in taken):
        facts.append("Lists 10 and 11 cover twelve months, the others six.")
    return Period(start_of_months(end, MONTHS), end, tuple(facts))
