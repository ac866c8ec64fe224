"""Counts evidence rows one at a time, as `sightline.indicators.definition` words it.

It stands beside the engine's SQL: both must give the figure an example states. It is also how the
many mutants of a definition are counted in little time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import mean, median
from typing import Any

from sightline.indicators.counting import NOT_KNOWN
from sightline.indicators.definition import Definition

Row = Mapping[str, Any]
Figure = tuple[float | None, float | None, float | None, int]
"""Numerator, denominator, value, and how many rows are not known."""


def figure(definition: Definition, rows: Iterable[Row], start: date, end: date) -> Figure:
    """Give the figure of one period over evidence rows; periods include both their days."""
    kind = definition.measure
    if kind.startswith("stock"):
        counted = [row for row in rows if _open(row, end)]
    elif kind.startswith("children"):
        counted = [row for row in rows if _touches(row, start, end)]
    else:
        counted = [row for row in rows if row["day"] is not None and start <= row["day"] <= end]
    if kind in ("count", "stock", "profile", "stock profile"):
        return len(counted), None, len(counted), 0
    if kind in ("share", "stock share"):
        met = [row["met"] if kind == "share" else _met_on(row, end) for row in counted]
        return _share(met.count(True), len(met), met.count(None))
    if kind in ("median", "mean", "stock median"):
        values = [
            (end - row["since"]).days / 7 if kind == "stock median" else row["value"]
            for row in counted
        ]
        known = [float(value) for value in values if value is not None]
        middle = mean if kind == "mean" else median
        return (
            sum(known) if kind == "mean" and known else None,
            len(known),
            middle(known) if known else None,
            values.count(None),
        )
    if kind == "ratio":
        over = {
            side: sum(float(row["amount"] or 0) for row in counted if row["counted"] == side)
            for side in ("numerator", "denominator")
        }
        per = 100 if definition.unit == "percent" else float(definition.per or 1)
        numerator, denominator = over["numerator"], over["denominator"]
        return numerator, denominator, per * numerator / denominator if denominator else None, 0
    children: dict[str, list[Any]] = defaultdict(list)
    for row in counted:
        children[row["child_id"]].append(row["met"])
    if kind == "children all":
        every = sum(all(met is True for met in each) for each in children.values())
        unknown = sum(None in each for each in children.values())
        return _share(every, len(children), unknown)
    some = sum(True in each for each in children.values())
    if definition.unit == "percent":
        return _share(some, len(children), 0)
    return some, None, some, 0


def in_post(rows: Iterable[Row], start: date, end: date) -> list[Row]:
    """Give the rows about workers that count in a period: those of its latest day with any."""
    within = [row for row in rows if row["day"] is not None and start <= row["day"] <= end]
    latest = max((row["day"] for row in within), default=None)
    return [row for row in within if row["day"] == latest]


def groups(rows: Iterable[Row], by: str) -> dict[str, list[Row]]:
    """Part evidence rows by one of their own dimensions."""
    parted: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parted[NOT_KNOWN if row[by] is None else str(row[by])].append(row)
    return parted


def quartiles(definition: Definition, rows: Iterable[Row], start: date, end: date) -> list[float]:
    """Give the lower and upper quartile of a median's values, between two values where need be."""
    values = sorted(
        float(row["value"])
        for row in rows
        if row["value"] is not None and row["day"] is not None and start <= row["day"] <= end
    )
    result = []
    for share in (0.25, 0.75):
        place = share * (len(values) - 1)
        below = int(place)
        above = min(below + 1, len(values) - 1)
        result.append(values[below] + (place - below) * (values[above] - values[below]))
    return result


def _share(met: int, of: int, unknown: int) -> Figure:
    return met, of, 100 * met / of if of else None, unknown


def _open(row: Row, day: date) -> bool:
    opens, closes = row["opens"], row["closes"]
    return opens is not None and opens <= day and (closes is None or closes > day)


def _touches(row: Row, start: date, end: date) -> bool:
    opens, closes = row["opens"], row["closes"]
    return opens is not None and opens <= end and (closes is None or closes > start)


def _met_on(row: Row, day: date) -> bool | None:
    if not row["known"]:
        return None
    since, until = row["met_from"], row["met_until"]
    return since is not None and since <= day and (until is None or until > day)
