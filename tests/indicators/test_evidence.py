"""The rows behind a figure: only those in a remit, a page at a time, from many threads at once."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from present.authority import SPITEFUL, measured
from sightline.indicators.definition import Definition, catalogue, versions
from sightline.indicators.engine import Engine, Evidence, Remit
from thorough import of_today

YEAR = (date(2015, 4, 1), date(2016, 3, 31))
PLANS = versions("CP-09")[-1]
REFERRALS = versions("FD-02")[-1]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    yield measured(300).engine


def column(found: Evidence, name: str) -> list[object]:
    place = found.columns.index(name)
    return [row[place] for row in found.rows]


def test_without_a_remit_nothing_is_left_out(engine: Engine) -> None:
    found = engine.evidence(REFERRALS, YEAR)
    assert found.total == len(found.rows) > 50
    assert found.left_out == 0


@pytest.mark.parametrize(
    ("remit", "allowed"),
    [
        (Remit(districts=frozenset({"Redditch"})), lambda d, t, w: d == "Redditch"),
        (
            Remit(districts=frozenset({"Redditch", "Worcester"}), teams=frozenset({SPITEFUL})),
            lambda d, t, w: d in ("Redditch", "Worcester") or t == SPITEFUL,
        ),
        (Remit(workers=frozenset({"W3"})), lambda d, t, w: w == "W3"),
        (Remit(districts=frozenset({"Not known"})), lambda d, t, w: d is None),
        (Remit(), lambda d, t, w: False),
        (Remit(teams=frozenset({"' OR 1=1 --"})), lambda d, t, w: False),
    ],
    ids=["district", "district or team", "worker", "not known", "nobody", "injection"],
)
def test_only_rows_in_the_remit_are_given_and_the_others_are_counted(
    engine: Engine, remit: Remit, allowed: object
) -> None:
    every = engine.evidence(REFERRALS, YEAR)
    where = [every.columns.index(name) for name in ("district", "team", "worker")]
    wanted = [row for row in every.rows if allowed(*(row[place] for place in where))]  # type: ignore[operator]
    found = engine.evidence(REFERRALS, YEAR, remit=remit)
    assert found.rows == wanted
    assert (found.total, found.left_out) == (len(wanted), len(every.rows) - len(wanted))


def test_the_remit_holds_within_a_group(engine: Engine) -> None:
    remit = Remit(districts=frozenset({"Redditch"}))
    sources = [c.group for c in engine.cells([REFERRALS], [YEAR], ["source"]) if c.by == "source"]
    mine = engine.evidence(REFERRALS, YEAR, "source", sources[0], remit=remit)
    all_of_them = engine.evidence(REFERRALS, YEAR, "source", sources[0])
    assert set(column(mine, "district")) == {"Redditch"}
    assert mine.left_out == all_of_them.total - mine.total > 0


def test_rows_without_the_columns_of_a_remit_are_not_in_it(engine: Engine) -> None:
    contacts = versions("FD-01")[-1]
    contacts = replace(contacts, by=("district",), sql=contacts.sql.replace("    team,\n", ""))
    found = engine.evidence(contacts, YEAR, remit=Remit(teams=frozenset({"Assessment North"})))
    assert "team" not in found.columns
    assert found.rows == []
    assert found.left_out == engine.evidence(contacts, YEAR).total > 0


def test_pages_hold_every_row_once_and_in_order(engine: Engine) -> None:
    remit = Remit(districts=frozenset({"Redditch", "Worcester"}))
    whole = engine.evidence(REFERRALS, YEAR, remit=remit)
    paged: list[tuple[object, ...]] = []
    for offset in range(0, whole.total + 7, 7):
        page = engine.evidence(REFERRALS, YEAR, remit=remit, limit=7, offset=offset)
        assert (page.total, page.left_out) == (whole.total, whole.left_out)
        assert len(page.rows) <= 7
        paged += page.rows
    assert paged == whole.rows


@pytest.mark.parametrize("definition", catalogue(), ids=lambda d: f"{d.code} {d.part} {d.version}")
def test_every_definition_can_be_asked_for_within_a_remit(
    engine: Engine, definition: Definition
) -> None:
    remit = Remit(frozenset({"Redditch"}), frozenset({"Assessment North"}), frozenset({"W1"}))
    whole = engine.evidence(definition, YEAR)
    found = engine.evidence(definition, YEAR, remit=remit, limit=5)
    assert found.total + found.left_out == whole.total
    assert set(found.rows) <= set(whole.rows)


def test_eight_threads_each_with_a_cursor_get_what_one_does() -> None:
    """The tables made of records are not made yet: the threads meet in making them."""
    asked = [*of_today(catalogue()), PLANS]
    alone, shared = measured(300).engine, measured(300).engine
    wanted = {
        definition: (alone.cells([definition], [YEAR]), alone.evidence(definition, YEAR))
        for definition in asked
    }

    def ask(seed: int) -> int:
        engine = shared.cursor()
        order = list(wanted)
        random.Random(seed).shuffle(order)
        try:
            for definition in order:
                found = engine.cells([definition], [YEAR]), engine.evidence(definition, YEAR)
                assert found == wanted[definition], definition.code
        finally:
            engine.close()
        return len(order)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(ask, range(8))) == 8 * len(wanted)
    assert shared.evidence(PLANS, YEAR) == wanted[PLANS][1], "the first is still open"
