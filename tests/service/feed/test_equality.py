"""Figures from the feed equal figures from writing the same casework down as Annex A and loading that.

Annex A is written twice: by hand from the tables of casework (`annex_a`), which shares nothing with the
feed, and by `sightline export` from the records that the feed made. Every indicator that Annex A can say
is compared, figure by figure and child by child; what it cannot say the same is named with the reason.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from service.feed import by_hand
from service.feed.annex_a import write_annex_a, write_places
from service.feed.clock import Clock
from service.feed.invented import FIRST, LAST, People, work
from sightline.clocks.months import add_months
from sightline.export.annex_a import export_annex_a
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Engine, Period
from sightline.intake.load import load
from sightline.records.availability import lacking
from sightline.service.feed.extract import write_extract
from sightline.service.frontdoor.models import Contact
from sightline.store.snapshots import Store

MONTHS: tuple[Period, ...] = tuple(
    (first, add_months(first, 1) - timedelta(days=1))
    for first in (date(2026, month, 1) for month in range(1, 7))
)
BY = ("district", "team", "worker", "source", "category", "age", "sex", "ethnicity", "disability")
LATEST_VISIT = "Annex A has the latest visit only: how it stood on an earlier day it does not say."
ON_THE_LAST_DAY = {
    "CI-05": LATEST_VISIT,
    "CI-06": LATEST_VISIT,
    "CP-15": LATEST_VISIT,
    "CP-16": LATEST_VISIT,
}
"""Compared on the last day alone, and why."""
NOT_COMPARED = {
    "CP-14": "Annex A has the latest review only, so that whether one was missed before it is not known.",
}
NOT_BY = {
    ("FD-01", "disability"): "The list of contacts has no column for it.",
    ("FD-01", "team"): "The list of contacts has no column for it.",
}
"""Breakdowns not compared, and why."""
COUNTS_BY = {"child_id", "day", "met", "value", "category", "counted"}
HAS_ROWS = {
    *("FD-01", "FD-02", "FD-05", "FD-08", "FD-09", "AS-01", "AS-02", "AS-03", "AS-04"),
    *("CI-01", "CI-03", "CI-05", "CI-06", "CI-08", "CP-01", "CP-02", "CP-05", "CP-06"),
    *("CP-07", "CP-09", "CP-10e", "CP-10s", "CP-11", "CP-15", "CP-16", "CP-17"),
}
"""Indicators of which this casework has something to count, so that to compare them means something."""

Figures = dict[tuple[str, str, date, str, str], tuple[object, ...]]


@pytest.mark.django_db
@pytest.mark.one_database
def test_figures_are_those_of_annex_a_and_of_counting_by_hand(
    home: Path, clock: Clock, people: People
) -> None:
    work(clock, people)
    assert Contact.objects.exclude(reopened_at=None).count() == 2
    write_extract(home / "casework.zip")
    write_annex_a(home / "by hand")
    fed = load([home / "casework.zip"], Store(home / "fed")).snapshot
    export_annex_a(fed, home / "exported.xlsx", as_at=LAST)
    # Annex A says of nobody where they live: the list of places does.
    places = write_places(home / "places.csv")
    told = load([home / "by hand", places], Store(home / "told"), as_at=LAST).snapshot
    exported = load([home / "exported.xlsx", places], Store(home / "again"), as_at=LAST).snapshot
    # A row of list 5 about a conference of a child who moved in says nothing of an enquiry.
    assert (fed.manifest.findings, told.manifest.findings) == (0, 1)
    check_what_no_return_holds(Engine(fed.connect()))
    for table in ("conference_invitation", "cp_review"):
        places = "SELECT COUNT(*), COUNT(team), COUNT(DISTINCT district) FROM "
        [(every, of_team, districts)] = fed.connect().execute(places + table).fetchall()
        assert (every, districts) == (of_team, 2), table
    compared = [
        each
        for each in catalogue()
        if each.in_force(LAST) and not lacking(each.fields, ["annex_a"])
    ]
    engine = Engine(fed.connect())
    figures = figures_of(engine, compared)
    children = {each: children_of(engine, each) for each in compared}
    assert {code for (code, *_), figure in figures.items() if figure[0] or figure[2]} >= HAS_ROWS
    for other in (told, exported):
        engine = Engine(other.connect())
        others = figures_of(engine, compared)
        different = {
            key for key in figures.keys() | others.keys() if figures.get(key) != others.get(key)
        }
        assert {key[:3] for key in different if is_same(*key)} == set()
        # What is named above does differ: a reason that no longer holds is taken out.
        assert {code for code, *_ in different} == named()
        for definition in compared:
            alike = children[definition] == children_of(engine, definition)
            assert alike or definition.code in NOT_COMPARED, definition.code


def check_what_no_return_holds(engine: Engine) -> None:
    """The other indicators are those counted by hand from the tables of casework (`by_hand`)."""
    codes = {code for code, _ in by_hand.shares()} | {"CP-20"}
    definitions = [each for each in catalogue() if each.code in codes | {"FD-11"}]
    found = {
        (each.definition.code, each.definition.part, each.by, each.group): each
        for each in engine.cells(definitions, [(FIRST, LAST)], ["category"])
    }
    counted = by_hand.shares()
    shares = {key: found[*key, TOTAL, TOTAL] for key in counted}
    assert {key: (each.numerator, each.denominator) for key, each in shares.items()} == counted
    assert {key: share for key, share in counted.items() if not 0 < share[0] < share[1]} == {}
    assert found["FD-11", "", TOTAL, TOTAL].value == by_hand.waiting() > 0
    assert found["FD-04", "undecided", TOTAL, TOTAL].value == by_hand.undecided() > 0
    assert found["FD-16", "unallocated", TOTAL, TOTAL].value == by_hand.unallocated() > 0
    reasons = {
        group: each.value
        for (code, _, by, group), each in found.items()
        if (code, by) == ("CP-20", "category")
    }
    assert reasons == by_hand.late_reasons() != {}


def is_same(code: str, part: str, day: date, by: str, group: str) -> bool:
    """Whether the figure is to be the same by both ways."""
    excused = code in NOT_COMPARED or (code, by) in NOT_BY
    return not excused and (code not in ON_THE_LAST_DAY or day == LAST)


def named() -> set[str]:
    """Every indicator named above."""
    return {*ON_THE_LAST_DAY, *NOT_COMPARED, *(code for code, _ in NOT_BY)}


def figures_of(engine: Engine, definitions: Sequence[Definition]) -> Figures:
    """Give numerator, denominator, value and how many are not known, of each figure."""
    return {
        (each.definition.code, each.definition.part, each.period_end, each.by, each.group): (
            each.numerator,
            each.denominator,
            each.value,
            each.unknown,
        )
        for each in engine.cells(definitions, MONTHS, BY)
    }


def children_of(engine: Engine, definition: Definition) -> Counter[tuple[object, ...]]:
    """Give each child behind the figures, with what a row counts by: on each month's last day, or once."""
    found: Counter[tuple[object, ...]] = Counter()
    periods: Sequence[Period] = MONTHS if definition.is_stock else [(FIRST, LAST)]
    for period in periods[-1:] if definition.code in ON_THE_LAST_DAY else periods:
        rows = engine.evidence(definition, period)
        places = [place for place, name in enumerate(rows.columns) if name in COUNTS_BY]
        found.update((period, *(row[place] for place in places)) for row in rows.rows)
    return found
