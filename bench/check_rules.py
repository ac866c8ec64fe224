"""Every rule over a census, after it is loaded; whether the cost grows in a straight line; and each rule's.

    python bench/check_rules.py [--children 1000 50000 200000] [--repeats 3] [--slowest 15]

The bare run is DuckDB alone over the same return: it reads every column of every table once. Each run is
a fresh process; the fastest of the repeats counts. The children are invented.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import cin_load
import measure

LIMIT_SECONDS, LIMIT_MB = 5, 600
"""Wanted of Sightline for 50,000 children."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, nargs="+", default=[1_000, 50_000, 200_000])
    asked.add_argument("--repeats", type=int, default=3)
    asked.add_argument("--slowest", type=int, default=15)
    options = asked.parse_args()
    rows = []
    for children in options.children:
        with tempfile.TemporaryDirectory() as folder:
            file, store = Path(folder) / "census.xml", Path(folder) / "store"
            cin_load.write_census(file, children)
            loaded = measure.run([__file__, "load", file, store])
            runs = [
                (
                    measure.run([__file__, "bare", store]),
                    measure.run([__file__, "sightline", store]),
                )
                for _ in range(options.repeats)
            ]
        bare, ours = (min(each, key=lambda one: one.seconds) for each in zip(*runs, strict=True))
        told = json.loads(ours.output)
        rows.append((children, int(loaded.output), bare, ours, told))
    print("| children | rows | findings | seconds | processor | MB | ratio to bare |")
    print("|---|---|---|---|---|---|---|")
    for children, records, bare, ours, told in rows:
        print(
            f"| {children:,} | {records:,} | {told['findings']:,} | {ours.seconds:.2f} "
            f"| {ours.processor:.2f} | {ours.peak_mb:.0f} | {ours.seconds / bare.seconds:.1f} |"
        )
    *_, told = rows[-1]
    print(f"\n{told['rules']} rules; the slowest, for {rows[-1][0]:,} children:\n")
    print("| rule | milliseconds |")
    print("|---|---|")
    for code, seconds in sorted(told["each"].items(), key=lambda one: -one[1])[: options.slowest]:
        print(f"| {code} | {1000 * seconds:.0f} |")
    print(
        f"\nWanted for 50,000 children: {LIMIT_SECONDS} s and {LIMIT_MB} MB.\n{measure.machine()}"
    )


def load_census(file: str, store: str) -> None:
    from sightline.intake.load import load
    from sightline.store.snapshots import Store

    print(sum(each.rows_kept for each in load([file], Store(store)).inputs))


def bare_reading(store: str) -> None:
    import duckdb

    connection = duckdb.connect()
    for path in sorted(Path(store).glob("snapshots/*/returns/*/*.parquet")):
        source = f"read_parquet('{path}')"
        columns = connection.execute(f"DESCRIBE FROM {source}").fetchall()
        every = ", ".join(f'MAX("{name}")' for name, *_ in columns)
        connection.execute(f"SELECT {every} FROM {source}").fetchall()
    print("read")


def check(store: str) -> None:
    from sightline.quality import check as checking
    from sightline.quality.snapshot_check import check_snapshot
    from sightline.store.snapshots import Store

    each: dict[str, float] = {}
    run = checking._run

    def timed(connection, rule, *rest):  # type: ignore[no-untyped-def]
        before = time.perf_counter()
        result = run(connection, rule, *rest)
        each[rule.code] = each.get(rule.code, 0) + time.perf_counter() - before
        return result

    checking._run = timed
    snapshot = Store(store).current()
    with snapshot.connect() as connection:
        report = check_snapshot(snapshot, connection)
    assert not report.any_failed
    told = {"rules": len(report.rules), "findings": report.found.num_rows, "each": each}
    print(json.dumps(told))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", file, store]:
            load_census(file, store)
        case ["bare", store]:
            bare_reading(store)
        case ["sightline", store]:
            check(store)
        case _:
            main()
