"""Invented authorities, made once for all tests: a small one in every format, and two of full size."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sightline.indicators.engine import Engine
from sightline.indicators.figures import Figure, choose, compute
from sightline.intake.load import load
from sightline.quality.check import CheckReport, PlacedFinding
from sightline.quality.snapshot_check import check_snapshot
from sightline.store.snapshots import Snapshot, Store
from sightline.synthetic import Written, invent
from sightline.synthetic.protection import first_day, last_day
from thorough import is_tried_today

SCHEMAS = Path(__file__).parents[2].parent / "shared" / "data" / "schemas" / "cin"
YEARS = range(2014, 2017)
"""The years of the small authority."""


TRUE_QUERIES = {"2991Q", "8670Q", "8675Q", "8825Q"}
"""Queries that records without a fault raise too: what was late when the census was made, and what was
assessed before its year or has no assessment of a length that was counted."""


def faults_found(report: CheckReport) -> list[PlacedFinding]:
    """What was found, but for queries that are true."""
    return [each for each in report.findings if each.code not in TRUE_QUERIES]


@dataclass
class Loaded:
    """Files loaded into a store: what was found, and what they count up to."""

    snapshot: Snapshot
    report: CheckReport

    def figures(self, codes: list[str], years: range) -> dict[tuple[str, str, str, int], Figure]:
        """Give the yearly figures by code, part, category (or `all`) and year."""
        periods = [(first_day(year), last_day(year)) for year in years]
        formats = [each.format for each in self.snapshot.manifest.returns]
        with self.snapshot.connect() as connection:
            found = compute(Engine(connection), choose(codes), periods, formats=formats)
        return {
            (each.indicator, each.definition.part, each.group, each.period_end.year): each
            for each in found.figures
        }


def load_and_check(store: Path, *paths: Path) -> Loaded:
    """Load paths into a new store, and check what they hold."""
    snapshot = load(list(paths), Store(store), fresh=True).snapshot
    with snapshot.connect() as connection:
        return Loaded(snapshot, check_snapshot(snapshot, connection))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """An authority of about 1,500 children over three years, in every format."""
    folder = tmp_path_factory.mktemp("small")
    return invent(folder, like="885", first=YEARS[0], last=YEARS[-1], seed=5, children=1500)


@pytest.fixture(scope="session")
def loaded(small: Written, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Loaded]:
    """Load one format of the small authority, or `all` of them, once."""
    kept: dict[str, Loaded] = {}

    def give(name: str) -> Loaded:
        if name not in kept:
            path = small.folder if name == "all" else small.folder / name
            kept[name] = load_and_check(tmp_path_factory.mktemp(name) / "store", path)
        return kept[name]

    return give


@pytest.fixture(scope="session", params=["885", "351"] if is_tried_today(0, days=3) else ["885"])
def full_size(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The census and SSDA903 of seven years of an authority like Worcestershire or Bury."""
    folder = tmp_path_factory.mktemp(f"like-{request.param}")
    invent(
        folder / "returns",
        like=request.param,
        first=2013,
        last=2019,
        seed=3,
        formats=("cin", "ssda903"),
    )
    return load_and_check(folder / "store", folder / "returns")
