"""All indicators of one authority: 36 months by every breakdown, from a cold process.

    python bench/authority_figures.py [--children 20000] [--repeats 5]

Each run is a fresh process: Python starts and opens the snapshot. One kind of run counts every figure,
as columns of numbers; the other goes on to hold a `Figure` for each of them at its end. The bare run is
DuckDB alone over the same files: it reads every column of every table once, and counts rows by district
and month. The children are invented. The fastest of the repeats counts.
"""

import argparse
import os
import sys
import tempfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import measure

LIMIT = 1.5
"""Seconds wanted."""
MONTHS = 36
LAST_MONTH = date(2024, 3, 1)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, default=20_000)
    asked.add_argument("--repeats", type=int, default=5)
    options = asked.parse_args()
    for kind in ("counted", "figures"):
        runs, events = timed([__file__, kind], options.children, 1, options.repeats)
        print(
            f"One authority, {options.children:,} children, {events:,} event rows: "
            f"all indicators x {MONTHS} months x every breakdown, {kind}"
        )
        report(runs, f"at most {LIMIT:g} s is wanted of Sightline")


def timed(
    ours: list[str], children: int, authorities: int, repeats: int
) -> tuple[list[tuple[measure.Run, measure.Run]], int]:
    """Invent a snapshot and run both on it in turn; also gives how many events it has."""
    with tempfile.TemporaryDirectory() as folder:
        invented = measure.run(
            [Path(__file__).with_name("invent.py"), folder, str(children), str(authorities)]
        )
        tables = next(Path(folder).glob("snapshots/*/tables"))
        runs = [
            (measure.run([__file__, "bare", tables]), measure.run([*ours, folder]))
            for _ in range(repeats)
        ]
    return runs, int(invented.output)


def report(runs: list[tuple[measure.Run, measure.Run]], wanted: str) -> None:
    """Print the fastest of both kinds of run, and their ratio."""
    bare, ours = (min(each, key=lambda one: one.seconds) for each in zip(*runs, strict=True))
    for name, each in (("bare", bare), ("Sightline", ours)):
        print(
            f"  {name:10} {each.seconds:6.2f} s  {each.processor:6.2f} s of processor  "
            f"{each.peak_mb:5.0f} MB  {each.output}"
        )
    print(f"  ratio      {ours.seconds / bare.seconds:6.2f}    ({wanted})")
    print(f"  {measure.machine()}")


def bare_reading(folder: str) -> None:
    """Read every column of every table once; count rows by district and month."""
    import duckdb

    connection = duckdb.connect()
    groups = 0
    for path in sorted(Path(folder).glob("*.parquet")):
        source = f"read_parquet('{path}')"
        columns = connection.execute(f"DESCRIBE FROM {source}").fetchall()
        day = next(name for name, kind, *_ in columns if kind == "DATE")
        place = "district" if any(name == "district" for name, *_ in columns) else "NULL"
        every = ", ".join(f'MAX("{name}")' for name, *_ in columns)
        groups += len(
            connection.execute(
                f"SELECT {place}, date_trunc('month', {day}), COUNT(*), {every} "
                f"FROM {source} GROUP BY 1, 2"
            ).fetchall()
        )
    print(f"{groups:,} groups")


def all_figures(store: str, kind: str) -> None:
    from sightline.indicators.engine import Engine
    from sightline.indicators.figures import choose, compute
    from sightline.store.snapshots import Store

    snapshot = Store(store).current()
    definitions = choose()
    by = sorted({name for each in definitions for name in each.dimensions})
    engine = Engine(snapshot.connect(), at_once=2)
    if kind == "counted":
        whole = [definition for definition in definitions if definition.in_force(LAST_MONTH)]
        numbers = [counted.columns for counted in engine.counted(whole, months(), by)]
        print(f"{sum(len(columns[0]) for columns in numbers):,} with evidence", flush=True)
        os._exit(0)
    formats = sorted({each.format for each in snapshot.manifest.returns})
    computed = compute(engine, definitions, months(), by, formats=formats)
    assert not computed.not_computed
    indicators = len({each.definition for each in computed.figures[::MONTHS]})
    print(f"{len(computed.figures):,} figures of {indicators} definitions", flush=True)
    os._exit(0)  # what is timed ends here: to give the memory back is not part of it


def months() -> list[tuple[date, date]]:
    """First and last day of each of the 36 months to March 2024."""
    firsts = [
        date(
            LAST_MONTH.year + (LAST_MONTH.month - 1 + n) // 12,
            (LAST_MONTH.month - 1 + n) % 12 + 1,
            1,
        )
        for n in range(1 - MONTHS, 2)
    ]
    return [(first, after - timedelta(days=1)) for first, after in pairwise(firsts)]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare", folder]:
            bare_reading(folder)
        case ["counted" | "figures" as kind, store]:
            all_figures(store, kind)
        case _:
            main()
