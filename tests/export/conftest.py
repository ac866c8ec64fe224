"""Invented authorities, small, loaded a format at a time; and what exporting and loading again gives."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sightline.intake.load import load
from sightline.store.snapshots import Snapshot, Store
from sightline.synthetic import Written, invent

SHARED = Path(__file__).parents[2].parent / "shared"
SCHEMAS = SHARED / "data" / "schemas" / "cin"
SAMPLES = SHARED / "data" / "samples"
YEARS = (2017, 2018)
LAST_DAY = date(2018, 3, 31)

Load = Callable[..., Snapshot]


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """An authority of about 500 children over two years, in every format."""
    folder = tmp_path_factory.mktemp("invented")
    return invent(folder, like="885", first=YEARS[0], last=YEARS[-1], seed=11, children=500)


@pytest.fixture(scope="session")
def loaded(invented: Written, tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Load files of the invented authority, by their path in its folder, once."""
    kept: dict[tuple[str, ...], Snapshot] = {}

    def give(*names: str) -> Snapshot:
        if names not in kept:
            store = Store(tmp_path_factory.mktemp("store") / "store")
            kept[names] = load([invented.folder / name for name in names], store).snapshot
        return kept[names]

    return give


@pytest.fixture
def again(tmp_path: Path) -> Load:
    """Load files into a new store."""

    def give(*paths: Path, as_at: date | None = None) -> Snapshot:
        return load(list(paths), Store(tmp_path / "again"), fresh=True, as_at=as_at).snapshot

    return give


def schema_of(year: int) -> Path:
    """The schema a census of a year is held against: its own, or that of the next year kept.

    The later of two schemas knows all that the earlier does, but for GenderCurrent.
    """
    kept = sorted(int(path.stem[-4:]) for path in SCHEMAS.glob("CIN_schema_*.xsd"))
    return SCHEMAS / f"CIN_schema_{next(each for each in kept if each >= year)}.xsd"


def assert_valid(path: Path, year: int) -> None:
    """Hold a census against the schema of its year; skip if the schemas are not there."""
    if not SCHEMAS.is_dir():
        pytest.skip("the census schemas are not beside this checkout (shared/data/schemas/cin)")
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(schema_of(year)))
    schema.assertValid(etree.parse(path))
