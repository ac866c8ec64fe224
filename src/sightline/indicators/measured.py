"""A snapshot made ready to be measured: its engine, settings, quality, authority and population."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb

from sightline.clocks.months import periods, year_end
from sightline.indicators.definition import Definition
from sightline.indicators.engine import Counting, Engine, Period
from sightline.indicators.figures import FigureSet, Population, compute
from sightline.indicators.grading import Quality
from sightline.indicators.settings import Settings, load_settings
from sightline.published.areas import Area, find_area
from sightline.published.figures import population
from sightline.published.measures import NotPublishedError
from sightline.quality.check import CheckReport, Outcome
from sightline.quality.holding import holding_of
from sightline.quality.reading import ROW_LOST
from sightline.quality.snapshot_check import check_snapshot
from sightline.records import TABLES, Format
from sightline.records.availability import feeders, is_latest_only
from sightline.store.snapshots import Snapshot

Progress = Callable[[str], None]

_CELL = re.compile(r"![A-Z]+(\d+)$")


class Measured:
    """An opened snapshot. What takes time is done once, when it is first asked for.

    `at_once` is as in `Engine`.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        progress: Progress,
        at_once: int = 1,
    ) -> None:
        self.snapshot = snapshot
        self.connection = connection
        self.settings = settings
        self._progress = progress
        self._at_once = at_once

    @cached_property
    def engine(self) -> Engine:
        """The engine over the snapshot's records."""
        return Engine(self.connection, self.settings, self._at_once)

    @cached_property
    def formats(self) -> tuple[str, ...]:
        """The formats of the returns held."""
        return tuple(sorted({each.format for each in self.snapshot.manifest.returns}))

    @cached_property
    def check(self) -> CheckReport:
        """What every rule found."""
        return check_snapshot(self.snapshot, self.connection, progress=self._progress)

    @cached_property
    def quality(self) -> Quality:
        """What is known of the records' quality, for the grade of each figure."""
        return quality_of(self.snapshot, self.check)

    @cached_property
    def covered(self) -> Period:
        """First and last day that any return covers."""
        returns = self.snapshot.manifest.returns
        return (
            min(each.period_start for each in returns),
            max(each.period_end for each in returns),
        )

    @cached_property
    def authority(self) -> Area | None:
        """The authority whose returns these are, where they or the load said so."""
        stated = {each.authority for each in self.snapshot.manifest.returns if each.authority}
        if len(stated) != 1:
            return None
        try:
            return find_area(stated.pop())
        except NotPublishedError:
            return None

    @property
    def authority_name(self) -> str:
        """The authority's name, from the settings or the statistics; empty where nothing says."""
        return self.settings.authority or (self.authority.name if self.authority else "")

    @cached_property
    def population(self) -> Population | None:
        """Children aged 0 to 17 for the rates of a period that ends on a day."""
        area = self.authority
        if area is None:
            return None
        return lambda day: population(area.code, year_end(day).year)

    def asked_periods(self, every: str, start: date | None, end: date | None) -> list[Period]:
        """Give the periods of a length within what is asked for, or else within what is covered.

        Where the returns cover less than one such period, it is the stretch they do cover.
        """
        first, last = start or self.covered[0], end or self.covered[1]
        whole = periods(every, first, last)
        if start is None:
            whole = [period for period in whole if period[0] >= first]
        return whole or [(first, last)]

    def compute(
        self,
        definitions: Sequence[Definition],
        asked: Sequence[Period],
        by: Sequence[str] = (),
        *,
        every_version: bool = False,
        engine: Counting | None = None,
    ) -> FigureSet:
        """Compute figures with all that is known of the snapshot; see `figures.compute`.

        `engine` is another than the snapshot's own, as one on Spark.
        """
        quality = self.quality
        self._progress(f"Computing {len(definitions)} indicators")
        return compute(
            engine or self.engine,
            definitions,
            asked,
            by,
            formats=self.formats,
            quality=quality,
            population=self.population,
            settings=self.settings,
            every_version=every_version,
        )


@contextmanager
def measured(
    snapshot: Snapshot,
    settings_file: Path | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Measured]:
    """Open a snapshot for measuring. `StoreError` or `SettingsError` if it cannot be."""
    settings = load_settings(settings_file)
    with snapshot.connect() as connection:
        yield Measured(snapshot, connection, settings, progress, at_once=2)


def quality_of(snapshot: Snapshot, check: CheckReport) -> Quality:
    """Say what a check means for figures: rows with an error, rows lost, and failed rules' fields."""
    severity = {rule.code: rule.severity for rule in check.rules}
    broken: dict[str, set[tuple[str, str]]] = defaultdict(set)
    lost: dict[str, set[tuple[str, str]]] = defaultdict(set)
    columns = (check.found[name].to_pylist() for name in ("code", "field", "file", "place"))
    for code, field, file, place in zip(*columns, strict=True):
        table, _, column = field.partition(".")
        if severity[code] != "error" or not column:
            continue
        # Readers name a cell (List 7!M2) and rules its row (List 7!2): it is one row.
        row = (file, _CELL.sub(r"!\1", place))
        if code == ROW_LOST:
            lost[table].add(row)
        broken[field].add(row)
    return Quality(
        rows={name: content.rows for name, content in snapshot.manifest.tables.items()},
        broken={
            field: len(rows - lost.get(field.split(".")[0], set()))
            for field, rows in broken.items()
        },
        failed=frozenset(
            field for rule in check.rules if rule.outcome is Outcome.FAILED for field in rule.fields
        ),
        covered={
            table: tuple(
                (
                    each.period_end if is_latest_only(table, each.format) else each.period_start,
                    each.period_end,
                )
                for each in stretches
            )
            for table, stretches in snapshot.coverage().items()
        },
        lost={table: len(rows) for table, rows in lost.items()},
        unsaid=_unsaid(snapshot),
    )


def _unsaid(snapshot: Snapshot) -> frozenset[str]:
    """The fields that no return has a place for. XML and JSON leave out what is blank: they have all."""
    held = holding_of(snapshot.manifest)
    whole = {Format.CIN, Format.DFE_API} & set(map(Format, held.formats))
    every = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns}
    return frozenset(name for name in every - held.fields if not whole.intersection(feeders(name)))
