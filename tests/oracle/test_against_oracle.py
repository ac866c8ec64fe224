"""The program against the definitions' own words, over authorities drawn at random.

Files go in by `load` and figures come out as `sightline figures` computes them; every numerator,
denominator and value must be what `oracle.definitions` counts. An authority is told from the others
of its file by its children's ethnicity, so that one load tries sixteen of them.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from oracle.definitions import DEFINITIONS, Records
from oracle.drawing import Child, Drawing, records_of
from oracle.returns import one_of_each, two_returns
from oracle.writing import annex_a, census
from sightline.indicators.figures import choose
from sightline.indicators.measured import measured
from sightline.intake.load import load
from sightline.store.snapshots import Store
from thorough import of_today

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


def computed(
    files: Iterable[Path], store: Path, last: date, years: int = 1
) -> tuple[dict[Key, Numbers], set[tuple[date, date]]]:
    """Load files and give the figures of the years to a day, of all and of each ethnicity, and the
    periods asked for.
    """
    summary = load(list(files), Store(store), as_at=last)
    first = date(last.year - years, 4, 1)
    with measured(summary.snapshot) as subject:
        periods = [each for every in EVERY for each in subject.asked_periods(every, first, last)]
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


def disagreements(
    children: list[Child],
    figures: dict[Key, Numbers],
    periods: Iterable[tuple[date, date]],
    *,
    without: Iterable[str] = (),
    under_referrals: bool = True,
) -> list[str]:
    """Say where the program counts another number than the definition's words."""
    told = []
    for group, codes in {"all": (), **GROUPS}.items():
        some = [each for each in children if group == "all" or each.group in codes]
        records = records_of(some, under_referrals=under_referrals)
        for code in DEFINITIONS.keys() - set(without):
            for first, last in sorted(periods):
                wanted = expected(code, records, first, last)
                got = figures.get((code, first, last, group))
                # A group without any child has no figure.
                if got != pytest.approx(wanted) and not (got is None and wanted[0] == 0):
                    told.append(f"{code} {first} to {last} {group}: {got}, by the text {wanted}")
    return sorted(told)


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


@pytest.mark.parametrize("seed", of_today(range(6), days=3))
def test_a_census_is_counted_as_the_definitions_say(seed: int, tmp_path: Path) -> None:
    children, year = many(seed)
    file = tmp_path / "census.xml"
    file.write_text(census(children, year), "utf-8")
    found = computed([file], tmp_path / "store", date(year, 3, 31))
    assert disagreements(children, *found) == []


@pytest.mark.parametrize("seed", of_today(range(2), days=2))
def test_two_censuses_say_together_what_happened(seed: int, tmp_path: Path) -> None:
    children, year = many(seed, years=2, damage=0)
    last = date(year, 3, 31)
    earlier, later, together = two_returns(one_of_each(children), last, Random(seed))
    files = [tmp_path / "earlier.xml", tmp_path / "later.xml"]
    files[0].write_text(census(earlier, year - 1), "utf-8")
    files[1].write_text(census(later, year), "utf-8")
    found = computed(files, tmp_path / "store", last, years=2)
    assert disagreements(together, *found) == []


@pytest.mark.parametrize("seed", of_today(range(2), days=2))
def test_annex_a_is_counted_as_the_definitions_say(seed: int, tmp_path: Path) -> None:
    """Lists 3, 4, 5 and 7. They do not say which referral a row is of, when an episode closed, or the
    reviews before the latest; and a row of list 5 without a start may be of a child who moved in.
    """
    children, year = many(seed)
    for episode in (each for child in children for each in child.episodes):
        episode.referral = replace(episode.referral, closure=None)
        episode.enquiries = [each for each in episode.enquiries if each.start is not None]
    for name, text in annex_a(children).items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    found = computed(tmp_path.glob("*.csv"), tmp_path / "store", date(year, 3, 31))
    told = disagreements(children, *found, without=("CP-14", "CI-01"), under_referrals=False)
    assert told == []
