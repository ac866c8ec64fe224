"""The program against the definitions' own words, over authorities drawn at random.

Files go in by `load` and figures come out as `sightline figures` computes them; every numerator,
denominator and value must be what `oracle.definitions` counts. An authority is told from the others
of its file by its children's ethnicity, so that one load tries sixteen of them.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from oracle.definitions import DEFINITIONS, Records
from oracle.drawing import Child, Drawing, records_of
from oracle.writing import census
from sightline.indicators.figures import choose
from sightline.indicators.measured import measured
from sightline.intake.load import load
from sightline.store.snapshots import Store

GROUPS = {
    "White": ("WBRI", "WIRI", "WROM"),
    "Mixed": ("MWBC", "MWAS", "MOTH"),
    "Asian": ("AIND", "CHNE", "APKN", "AOTH"),
    "Black": ("BCRB", "BAFR", "BOTH"),
    "Other": ("OOTH",),
    "Not known": ("REFU", "NOBT"),
}
EVERY = ("year", "quarter", "month")

Key = tuple[str, date, date, str]
Numbers = tuple[int, int | None, float | None]


def computed(files: Iterable[Path], store: Path) -> tuple[dict[Key, Numbers], set]:
    """Load files and give every figure, of all and of each ethnicity, and the periods asked."""
    summary = load(list(files), Store(store))
    with measured(summary.snapshot) as subject:
        periods = [each for every in EVERY for each in subject.asked_periods(every, None, None)]
        found = subject.compute(choose(DEFINITIONS), periods, ["ethnicity"])
        assert not found.not_computed
        return {
            (each.indicator, each.period_start, each.period_end, each.group): (
                each.numerator,
                each.denominator,
                each.value,
            )
            for each in found.figures
        }, set(periods)


def expected(code: str, records: Records, first: date, last: date) -> Numbers:
    found = DEFINITIONS[code](records, first, last)
    if isinstance(found, int):
        return found, None, found
    met, of = found
    return met, of, 100 * met / of if of else None


def disagreements(children: list[Child], files: Iterable[Path], store: Path) -> list[str]:
    """Say where the program counts another number than the definition's words."""
    figures, periods = computed(files, store)
    told = []
    for group, codes in {"all": (), **GROUPS}.items():
        records = records_of(each for each in children if group == "all" or each.group in codes)
        for code in DEFINITIONS:
            for first, last in sorted(periods):
                wanted = expected(code, records, first, last)
                got = figures.get((code, first, last, group), (0, 0, None))
                if not _same(got, wanted):
                    told.append(f"{code} {first} to {last} {group}: {got}, by the text {wanted}")
    return told


def _same(got: Numbers, wanted: Numbers) -> bool:
    if wanted[1] is None and wanted[0] == 0 and got[2] in (0, None):
        return True
    return got == pytest.approx(wanted)


def many(seed: int, *, years: int = 1, damage: float = 0.04) -> tuple[list[Child], int]:
    random = Random(seed)
    year = random.choice((2015, 2016, 2017, 2019, 2020, 2023, 2024))
    drawing = Drawing(random, year, years=years, damage=damage)
    children = [
        child
        for number, group in enumerate(code for codes in GROUPS.values() for code in codes)
        for child in drawing.authority(f"A{number}X", group, random.randint(1, 25))
    ]
    return children, year


@pytest.mark.parametrize("seed", range(6))
def test_a_census_is_counted_as_the_definitions_say(seed: int, tmp_path: Path) -> None:
    children, year = many(seed)
    file = tmp_path / "census.xml"
    file.write_text(census(children, year), "utf-8")
    assert disagreements(children, [file], tmp_path / "store") == []
