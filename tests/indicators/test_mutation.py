"""The practice examples notice every small mistake in a definition or a view.

Each mutant (see `mutants`) must change what an example gives, or be one that no records can tell
from the definition: those are in equivalent_mutants.toml with the reason. A run tries a third
of them (see `thorough`).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pytest

from indicators.counted_by_hand import Row, figure, groups, in_post, quartiles
from indicators.mutants import mutants
from practice.collect import examples
from practice.example import Example, find
from sightline.indicators.definition import CHILD_DIMENSIONS, Definition, catalogue
from sightline.indicators.engine import view_sql
from thorough import DAYS, is_tried_today, of_today

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
CHILDREN = "child_dimension"
"""The view that the counting reads beside the evidence; the others are named in definitions."""
NEAREST = {
    "adopted_child": ("AD-01", "AD-02"),
    "allocation_in_care": ("LA-11",),
    "care_leaver_cohort": ("CL-01", "CL-02", "CL-03", "CL-04"),
    "care_period": ("LA-01", "LA-02", "LA-07", "AD-01"),
    CHILDREN: ("FD-02",),
    "contact_once": ("FD-10", "FD-13"),
    "contact_wait": ("FD-04", "FD-11"),
    "looked_after_episode": ("LA-01", "LA-02", "LA-05", "AD-01"),
    "outcome_cohort": ("LH-02", "LH-05", "LH-07"),
    "placement_stay": ("LA-04", "LA-05", "LA-06", "LA-09"),
    "seen_stretch": ("CI-05", "CI-06"),
}
"""For each view, the indicators whose examples are to notice its mutants."""


def name_of(definition: Definition) -> str:
    """Name a definition as equivalent_mutants.toml does, for example `AS-01 core version 1`."""
    version = f"version {definition.version}" if definition.valid_until else ""
    return " ".join(filter(None, (definition.code, definition.part, version)))


@cache
def equivalent() -> dict[str, dict[str, str]]:
    """Give, for each definition and view, the mutants listed as equivalent, with the reasons."""
    listed: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in tomllib.loads(EQUIVALENT.read_text("utf-8")).get("equivalent", []):
        for mutant in entry["mutants"]:
            for name in entry["of"]:
                listed[name][mutant] = entry["reason"]
    return listed


@cache
def of_definition() -> dict[Definition, list[Example]]:
    """Give the examples of each definition, those with breakdowns first: they say the most."""
    found: dict[Definition, list[Example]] = defaultdict(list)
    for example in examples():
        found[find(example.code, example.version, example.part)].append(example)
    return found


class Ready:
    """An example whose records stand in a database, so that many definitions can be run on it."""

    def __init__(self, example: Example) -> None:
        self.example = example
        self.definition = find(example.code, example.version, example.part)
        self.connection = example.connect()
        self.engine = example.engine(self.connection)
        example.compare(self.engine, self.definition)
        assert not self.notices(self.definition.sql), "counted by hand it is another figure"

    def notices(self, sql: str) -> bool:
        """Say whether a changed definition fails the example, or fails to run."""
        try:
            cursor = self.connection.execute(sql)
        except duckdb.Error:
            return True
        names = [column[0] for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        try:
            self._judge(rows)
        except AssertionError:
            return True
        return False

    def _judge(self, rows: list[Row]) -> None:
        example, definition = self.example, self.definition
        start, end = example.dates()
        if definition.is_about_workers:
            rows = in_post(rows, start, end)
        example.judge(definition, *figure(definition, rows, start, end))
        if example.quartiles is not None:
            assert tuple(quartiles(definition, rows, start, end)) == example.quartiles
        if example.groups is not None and example.by not in CHILD_DIMENSIONS:
            parted = {
                name: figure(definition, each, start, end)
                for name, each in groups(rows, example.by).items()
            }
            # The engine gives no cell where nothing is counted.
            stated = {
                name: value
                for name, (_, denominator, value, _) in parted.items()
                if value is not None and (value or denominator)
            }
            assert stated == example.groups


def survivors(
    name: str, sql: str, ready: Sequence[Ready], change: object, *, few: bool = False
) -> Iterator[str]:
    """Give the mutants that no example notices, and those listed that one does; of a few, or of all."""
    listed = dict(equivalent().get(name, {}))
    order = list(ready)
    for number, (what, changed) in enumerate(mutants(sql)):
        if few and not is_tried_today(number, days=2 * DAYS):
            listed.pop(what, None)
            continue
        noticed = next((each for each in order if change(each, changed)), None)
        if noticed is not None:
            # The example that noticed the last mutant often notices the next.
            order.remove(noticed)
            order.insert(0, noticed)
        if (noticed is None) != (what in listed):
            yield what if noticed is None else f"{what} (listed as equivalent, but noticed)"
        listed.pop(what, None)
    yield from (f"{what} (listed as equivalent, but no such mutant)" for what in listed)


def test_every_definition_has_a_practice_example() -> None:
    stated = of_definition()
    assert [name_of(each) for each in catalogue() if not stated.get(each)] == []


@pytest.mark.parametrize("definition", of_today(catalogue()), ids=name_of)
def test_definition(definition: Definition) -> None:
    """Every mutant of a definition's SQL is noticed by its practice examples."""
    ready = [Ready(example) for example in of_definition()[definition]]
    left = list(
        survivors(
            name_of(definition),
            definition.sql,
            ready,
            Ready.notices,
        )
    )
    assert not left, "No example notices:\n" + "\n".join(left)


@pytest.mark.parametrize("view", sorted(view_sql()))
def test_view(view: str) -> None:
    """Every mutant of a view is noticed by the examples of the indicators that rest on it."""
    ready = nearest(view)
    left = list(
        survivors(
            view,
            view_sql()[view],
            ready,
            _notices_children if view == CHILDREN else lambda each, sql: _notices(each, view, sql),
            few=True,
        )
    )
    assert not left, "No example notices:\n" + "\n".join(left)


def nearest(view: str) -> list[Ready]:
    """Give the examples that are to notice a view's mutants."""
    return [
        Ready(example)
        for definition, stated in of_definition().items()
        for example in stated
        if definition.code in NEAREST[view]
        and (view == CHILDREN or view in behind(definition.sql))
        and (view != CHILDREN or example.by in CHILD_DIMENSIONS)
    ]


def behind(sql: str) -> list[str]:
    """Give the views that a query rests on, each after those which it rests on in turn."""
    found: dict[str, None] = {}
    for name, view in view_sql().items():
        if re.search(rf"\b{name}\b", sql):
            found |= dict.fromkeys([*behind(view), name])
    return list(found)


def _notices(ready: Ready, view: str, changed: str) -> bool:
    """Run the definition with the view changed: each view it rests on stands before it, by name."""
    needed = behind(ready.definition.sql)
    queries = ", ".join(
        f"{name} AS (\n{changed if name == view else view_sql()[name]}\n)" for name in needed
    )
    return ready.notices(f"WITH {queries}\n{ready.definition.sql}")


def _notices_children(ready: Ready, changed: str) -> bool:
    try:
        ready.connection.execute(f"CREATE OR REPLACE TEMP TABLE {CHILDREN} AS {changed}")
    except duckdb.Error:
        return True
    try:
        ready.example.compare(ready.engine, ready.definition)
    except (AssertionError, duckdb.Error):
        return True
    return False
