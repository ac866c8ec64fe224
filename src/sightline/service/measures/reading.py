"""The published snapshot, held open: its figures, pages, lists of children and the rows behind a figure.

A process opens a snapshot once and keeps it until another is published. What is made of it (pages, parts
of pages) is kept too, for it never changes. Everybody who looks gets figures in one of two forms: as they
are, or protected, with small numbers hidden and no child listed.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import duckdb
from django.conf import settings
from django.utils.safestring import SafeString

from sightline.indicators import engine
from sightline.indicators.definition import Definition
from sightline.indicators.engine import Engine, Evidence, Period
from sightline.indicators.measured import Measured
from sightline.indicators.settings import load_settings
from sightline.intake.combine import ENDS
from sightline.present.contents import area_order, build
from sightline.present.figure_file import KeptFigures
from sightline.present.kept_figures import kept_figures
from sightline.present.pages import check_within, is_counted_within, make_page
from sightline.present.report import IndicatorPage, Report, UnseenList, Within
from sightline.present.unseen import unseen_lists
from sightline.records import TABLES, Format
from sightline.service.accounts.remit import Remit
from sightline.service.measures.models import Publication
from sightline.store.snapshots import Snapshot, Store
from sightline.store.tables import columns_of

Made = TypeVar("Made")
Key = tuple[Any, ...]
"""A record's table, and the values of its key but the child's number."""
_MOST_KEPT = 600
"""Pages and parts of pages a process keeps; the longest unused goes first."""
_MOST_TEXT = 48_000_000
"""Characters of pages, written out, that a process keeps of a snapshot; the longest unused go first."""
_MOST_OPEN = 2
"""Snapshots a process holds open: the one published, and the one before while it is still read."""


@dataclass(frozen=True)
class AreaPages:
    """The indicators of one part of the work, within a group or of the whole.

    `empty` are those of a group that has had nothing to count, as a team with other work.
    """

    name: str
    pages: tuple[IndicatorPage, ...]
    empty: tuple[IndicatorPage, ...] = ()


class OpenWork(NamedTuple):
    """Something open with a child: what it is, since when, and whose it is, as far as the records say."""

    child_id: str
    what: str
    since: date | None
    district: str | None
    team: str | None
    worker: str | None


OPEN_WORK = {
    "cp_plan": "Child protection plan",
    "care_episode": "Looked after",
    "cin_plan": "Child in need plan",
    "early_help_episode": "Early help",
    "referral": "Open to social care",
}
"""Kinds of work that last, and what they are called."""


class Reading:
    """A snapshot held open. Any number of threads may read it."""

    def __init__(self, snapshot: Snapshot) -> None:
        own = snapshot.folder.parents[1] / "settings.toml"
        self.snapshot = snapshot
        self._lock = threading.RLock()
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._texts: OrderedDict[Any, SafeString] = OrderedDict()
        self._characters = 0
        self._measured = Measured(
            snapshot,
            snapshot.connect(),
            load_settings(own if own.exists() else None),
            progress=lambda _: None,
        )

    @cached_property
    def authority(self) -> str:
        """The authority's name, where it is known."""
        return self._measured.authority_name or "This authority"

    @property
    def covered_until(self) -> date:
        """The last day that any return covers."""
        return self._measured.covered[1]

    @cached_property
    def _open_figures(self) -> KeptFigures:
        with self._lock:
            return kept_figures(self._measured)

    @cached_property
    def _protected_figures(self) -> KeptFigures:
        with self._lock:
            return kept_figures(self._measured, published=True)

    def figures(self, *, protected: bool) -> KeptFigures:
        """Give the kept figures in one of the two forms."""
        return self._protected_figures if protected else self._open_figures

    def warm(self) -> None:
        """Make what the first reader would wait for: of the whole authority, then of each district."""
        self.unseen()
        for protected in (False, True):
            self.overview(protected=protected)
        for name in self.groups("district", protected=False):
            self.overview(Within("district", name), protected=False)

    def keep(self, key: object, make: Callable[[], Made]) -> Made:
        """Give what was made before under a key, or make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Made = self._kept[key]
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def keep_text(self, key: object, write: Callable[[], SafeString]) -> SafeString:
        """Give a part of a page as it was written before under a key, or write it."""
        with self._lock:
            if (found := self._texts.get(key)) is not None:
                self._texts.move_to_end(key)
                return found
        written = write()
        with self._lock:
            self._characters += len(written) - len(self._texts.pop(key, ""))
            self._texts[key] = written
            while self._characters > _MOST_TEXT:
                self._characters -= len(self._texts.popitem(last=False)[1])
        return written

    def groups(self, by: str, *, protected: bool) -> tuple[str, ...]:
        """Give the districts or teams that pages can be within."""
        return self.figures(protected=protected).groups(by)

    def check_within(self, within: Within | None, *, protected: bool) -> None:
        """Raise `NoSuchGroupError` for a group there are no figures of."""
        check_within(self.figures(protected=protected), within)

    def definitions(self, code: str, *, protected: bool) -> tuple[Definition, ...]:
        """Give the definitions in force of an indicator, one for each of its parts; none if none.

        The code may be in small letters or capitals.
        """
        windows = self.figures(protected=protected).windows
        return tuple(d for d in windows if d.code.lower() == code.lower())

    def page(
        self, definition: Definition, within: Within | None = None, *, protected: bool
    ) -> IndicatorPage:
        """Give all that is said of an indicator. `NoSuchGroupError` if it has no figures of the group."""
        kept = self.figures(protected=protected)
        return self.keep(
            ("page", definition, within, protected),
            lambda: make_page(kept, definition, within=within),
        )

    def overview(self, within: Within | None = None, *, protected: bool) -> tuple[AreaPages, ...]:
        """Give every indicator by area, without breakdowns."""
        return self.keep(
            ("overview", within, protected), lambda: self._overview(within, protected=protected)
        )

    def _overview(self, within: Within | None, *, protected: bool) -> tuple[AreaPages, ...]:
        kept = self.figures(protected=protected)
        check_within(kept, within)
        areas: dict[str, list[IndicatorPage]] = {}
        for definition in kept.windows:
            if is_counted_within(kept, definition, within):
                page = make_page(kept, definition, within=within, dimensions=())
                areas.setdefault(definition.area, []).append(page)
        return tuple(
            AreaPages(
                name,
                tuple(page for page in areas[name] if not _is_empty(page)),
                tuple(page for page in areas[name] if _is_empty(page)),
            )
            for name in sorted(areas, key=area_order)
        )

    def report(
        self, within: Within | None, made: date, codes: Sequence[str] = (), *, protected: bool
    ) -> Report:
        """Put together a whole report or pack; it holds the engine for as long as it takes."""
        with self._lock:
            return build(
                self._measured,
                made=made,
                codes=codes,
                within=within,
                published=protected,
                kept=self.figures(protected=protected),
            )

    def unseen(self, within: Within | None = None) -> tuple[UnseenList, ...]:
        """Give the lists of children not seen within the standard, with every child in them."""

        def make() -> tuple[UnseenList, ...]:
            with self._lock:
                return unseen_lists(self._measured, (), within)

        return self.keep(("unseen", within), make)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Give an engine of one's own over the records, for a thread."""
        with self._lock:
            own = self._measured.engine.cursor()
        try:
            yield own
        finally:
            own.close()

    def evidence(
        self,
        definition: Definition,
        period: Period,
        remit: Remit,
        *,
        by: str = "",
        group: str = "",
        without: Collection[str] = (),
        without_contacts: Collection[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> Evidence:
        """Give the rows behind a figure that lie in a remit, without some children and contacts."""
        with self.engine() as own:
            return own.evidence(
                definition,
                period,
                by,
                group,
                remit=in_engine(remit),
                without=without,
                without_contacts=without_contacts,
                limit=limit,
                offset=offset,
            )

    def rows_of_child(self, child_id: str) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
        """Give every row the records have of a child, by table: names of columns, then rows."""
        found = {}
        with self._cursor() as cursor:
            for table in self._about_children():
                rows = cursor.execute(
                    f'SELECT * FROM "{table}" WHERE child_id = ? ORDER BY ALL', [child_id]
                ).fetchall()
                if rows:
                    found[table] = ([column[0] for column in cursor.description or ()], rows)
        return found

    @cached_property
    def merged(self) -> dict[str, str]:
        """What each number that was merged when the records were made stood for then."""
        with self._cursor() as cursor:
            return dict(cursor.execute("SELECT number, stands_for FROM merged_number").fetchall())

    def stated_by(self, number: str) -> frozenset[Key]:
        """Give the records that returns, but for casework, state under a number, whomever it was of."""

        def make() -> frozenset[Key]:
            found: set[Key] = set()
            for each in self.snapshot.manifest.returns:
                for table in self._about_children() if each.format != Format.CASEWORK else ():
                    key = (name for name in TABLES[table].key if name != "child_id")
                    columns = ", ".join((f"'{table}'", *key))
                    rows = self.snapshot.return_rows_of(each, table)
                    query = f"SELECT {columns} FROM ({rows}) WHERE child_id = ?"
                    with self._cursor() as cursor:
                        found.update(cursor.execute(query, [number]).fetchall())
            return frozenset(found)

        return self.keep(("stated by", number), make)

    def contacts_of(self, children: Collection[str]) -> frozenset[str]:
        """Give the contacts that are about any of these children, whoever else they are about."""
        if not children or not self.snapshot.has("contact"):
            return frozenset()
        places = ", ".join("?" * len(children))
        query = f"SELECT DISTINCT contact_id FROM contact WHERE child_id IN ({places})"
        with self._cursor() as cursor:
            found = cursor.execute(query, sorted(children)).fetchall()
        return frozenset(str(number) for (number,) in found if number)

    def open_work(self, remit: Remit) -> list[OpenWork]:
        """Give what is open with the children of a remit, by child and the day it began."""
        parts: list[str] = []
        values: list[str] = []
        for table, what in OPEN_WORK.items():
            columns = frozenset(column.name for column in columns_of(table))
            if not self.snapshot.has(table):
                continue
            condition, names = remit.condition(columns)
            since = next(key for key in TABLES[table].key if key not in ("child_id", "worker"))
            places = ", ".join(
                name if name in columns else f"NULL AS {name}"
                for name in ("district", "team", "worker")
            )
            nothing_more = (
                " AND no_further_action IS NOT TRUE" if "no_further_action" in columns else ""
            )
            parts.append(
                f"SELECT child_id, '{what}' AS what, {since} AS since, {places} FROM {table} "
                f"WHERE {ENDS[table]} IS NULL AND child_id IS NOT NULL{nothing_more} AND {condition}"
            )
            values += names
        if not parts:
            return []
        with self._cursor() as cursor:
            rows = cursor.execute(
                f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY ALL", values
            ).fetchall()
        return [OpenWork(*row) for row in rows]

    def children(self) -> list[str]:
        """Give the number of every child the records have a row of."""
        every = " UNION ".join(f'SELECT child_id FROM "{name}"' for name in self._about_children())
        if not every:
            return []
        with self._cursor() as cursor:
            return [str(number) for (number,) in cursor.execute(every).fetchall() if number]

    def _about_children(self) -> list[str]:
        return [
            name
            for name in self.snapshot.tables()
            if any(column.name == "child_id" for column in TABLES[name].columns)
        ]

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock:
            cursor = self._measured.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def _is_empty(page: IndicatorPage) -> bool:
    """Whether a group has had nothing to count, now or at any point of its run."""
    points = page.run.points if page.run else ()
    figures = (page.current, *(point.figure for point in points))
    return page.within is not None and not any(
        each.numerator or each.denominator or each.suppressed or each.withheld for each in figures
    )


def in_engine(remit: Remit) -> engine.Remit | None:
    """Give a remit as the engine takes it: None for the whole authority."""
    if remit.whole:
        return None
    return engine.Remit(remit.districts, remit.teams, remit.workers)


_open: OrderedDict[str, Reading] = OrderedDict()
_opening = threading.Lock()


def store() -> Store:
    """Give the store of this deployment."""
    return Store(settings.DEPLOYMENT.store)


def current_reading() -> Reading | None:
    """Give the published snapshot; None where nothing has been published yet."""
    published = Publication.objects.values_list("snapshot", flat=True).first()
    return reading_of(published) if published else None


def reading_of(snapshot_id: str) -> Reading:
    """Open a snapshot, or give it if it is open. `StoreError` if it is not there or damaged."""
    with _opening:
        if snapshot_id not in _open:
            _open[snapshot_id] = Reading(store().open(snapshot_id))
            while len(_open) > _MOST_OPEN:
                _open.popitem(last=False)
        _open.move_to_end(snapshot_id)
        return _open[snapshot_id]


def forget_readings() -> None:
    """Close what is held open, as before a worker process is made of this one."""
    with _opening:
        _open.clear()
