"""All indicators of England: 36 months by district; and whether the cost grows in a straight line.

    python bench/england_figures.py [--authorities 1 15 153] [--repeats 3]

England is 153 authorities of 13,072 children each, 2 million, all in one snapshot. Each run is a fresh
process, and holds the columns of one batch of indicators at a time: the two million figures are not
all kept. The bare run is that of authority_figures.py. The fastest of the repeats counts.
"""

import argparse
import sys

import authority_figures

ENGLAND = 2_000_000
AUTHORITIES = 153
LIMIT_SECONDS, LIMIT_MB = 15, 1_500


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--authorities", type=int, nargs="+", default=[1, 15, AUTHORITIES])
    asked.add_argument("--repeats", type=int, default=3)
    options = asked.parse_args()
    rows = []
    for authorities in options.authorities:
        children = -(-ENGLAND * authorities // AUTHORITIES)
        runs, events = authority_figures.timed(
            [__file__, "sightline"], children, authorities, options.repeats
        )
        print(
            f"{authorities} authorities, {children:,} children, {events:,} event rows: "
            f"all indicators x {authority_figures.MONTHS} months x district"
        )
        wanted = f"for 153, at most {LIMIT_SECONDS} s and {LIMIT_MB:,} MB are wanted of Sightline"
        authority_figures.report(runs, wanted)
        ours = min((each for _, each in runs), key=lambda each: each.seconds)
        rows.append((authorities, events, ours))
    print("\n| authorities | event rows | seconds | processor | MB | microseconds an event |")
    print("|---|---|---|---|---|---|")
    for authorities, events, ours in rows:
        print(
            f"| {authorities} | {events:,} | {ours.seconds:.2f} | {ours.processor:.2f} "
            f"| {ours.peak_mb:.0f} | {1e6 * ours.seconds / events:.2f} |"
        )


def all_counted(store: str) -> None:
    from sightline.indicators.engine import Engine
    from sightline.indicators.figures import choose
    from sightline.store.snapshots import Store

    months = authority_figures.months()
    definitions = [each for each in choose() if each.in_force(months[-1][1])]
    engine = Engine(Store(store).current().connect(), at_once=2)
    cells = sum(
        len(counted.columns[0]) for counted in engine.counted(definitions, months, ["district"])
    )
    print(f"{cells:,} figures of {len(definitions)} definitions")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sightline", store]:
            all_counted(store)
        case _:
            main()
