"""Figures as a kept file holds them: a row group for each version of an indicator, read one at a time."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import nan
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sightline.indicators.counting import NOT_KNOWN, TOTAL
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure, NotComputed, withhold
from sightline.indicators.grading import Grade
from sightline.indicators.measured import Measured
from sightline.indicators.settings import Settings
from sightline.present.windows import Window, headline_periods
from sightline.store.kept import encode, read_about

RUNS_BY = ("district", "team")
"""Dimensions by whose groups a run is kept, beside the total; a report can be within one of them."""
_NUMBERS = ("numerator", "denominator", "value", "rate", "lower_quartile", "upper_quartile")
_NAMES = ("by", "group", "suppressed")
_NAME = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        *((name, _NAME) for name in (*_NAMES, "quality")),
        *((name, pa.float64()) for name in _NUMBERS),
        ("unknown", pa.int32()),
    ]
)
_EPOCH = date(1970, 1, 1).toordinal()


class Contents(NamedTuple):
    """What is to be kept: figures by definition, and what else a page is made of.

    `runs` says by which step an indicator's run is published; it is empty for what is not published.
    """

    figures: Mapping[Definition, Sequence[Figure]]
    windows: Mapping[Definition, Window]
    not_computed: Sequence[NotComputed]
    runs: Mapping[Definition, str]


class KeptFigures:
    """The figures of one snapshot, or those that may be published. Any number of threads may read it."""

    def __init__(self, content: bytes, made: str, settings: Settings) -> None:
        """Read a kept file's content; raises one of `DAMAGED`, or `ValueError` if made by something else."""
        self._content = pa.py_buffer(content)
        self._settings = settings
        with pq.ParquetFile(self._reader(), page_checksum_verification=True) as file:
            about = read_about(file, made)
            if about is None or not file.schema_arrow.equals(_SCHEMA):
                raise ValueError("The figures were made by something else.")
            file.read()  # meets every page's checksum
            self._metadata = file.metadata
        self.published = bool(about["published"])
        self.snapshot = str(about["snapshot"])
        self.authority = str(about["authority"])
        self.covered = _period(about["covered"])
        known = {_key(definition): definition for definition in catalogue()}
        self._places = {known[key]: place for place, key in enumerate(about["definitions"])}
        self.windows = {
            known[key]: Window(_period(current), _period(before) if before else None)
            for key, current, before in about["windows"]
        }
        self.not_computed = tuple(
            NotComputed(known[key], reason) for key, reason in about["not_computed"]
        )
        self.runs = {known[key]: str(step) for key, step in about["runs"]}
        self._groups: dict[str, list[str]] = about["groups"]
        self._told: dict[tuple[int, str], bool] = {}

    @cached_property
    def headline(self) -> Window:
        """The headline period, and the one before it."""
        return Window(*headline_periods(self.covered))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Every version of every indicator there is a figure of."""
        return tuple(self._places)

    def window_of(self, definition: Definition) -> Window:
        """Give the headline period of an indicator, for each version of it the same; `KeyError` if none."""
        for each, window in self.windows.items():
            if each == definition or each.code == definition.code:
                return window
        raise KeyError(f"There is no figure of {definition.code}.")

    def groups(self, by: str) -> tuple[str, ...]:
        """Give the groups by name that a report can be within; none for a dimension that has none such."""
        return tuple(self._groups.get(by, ()))

    def tells(self, definition: Definition, by: str) -> bool:
        """Whether the records say of which group anything counted is; so too where nothing is counted.

        Where none does, a group's figure of 0 would say that it has none, and nobody knows.
        """
        place = self._places.get(definition)
        if place is None:
            return True
        if (place, by) not in self._told:
            with pq.ParquetFile(self._reader(), metadata=self._metadata) as file:
                table = file.read_row_group(place, columns=["by", "group"])
            found = table.filter(pc.equal(table.column("by").cast(pa.string()), by))
            groups = set(found.column("group").cast(pa.string()).unique().to_pylist())
            self._told[place, by] = groups != {NOT_KNOWN}
        return self._told[place, by]

    def of(
        self,
        definition: Definition,
        by: Collection[str] | None = None,
        *,
        with_unusable: bool = False,
    ) -> list[Figure]:
        """Give the figures of one version of an indicator: all, or those by some dimensions and in total.

        There are none of one that was not computed. Those not usable are withheld, unless asked for.
        """
        place = self._places.get(definition)
        if place is None:
            return []
        with pq.ParquetFile(self._reader(), metadata=self._metadata) as file:
            table = file.read_row_group(place)
        if by is not None:
            table = table.filter(
                pc.is_in(table.column("by").cast(pa.string()), pa.array([TOTAL, *by]))
            )
        figures = _decoded(table, definition, self._settings)
        return figures if with_unusable else withhold(figures)

    def _reader(self) -> pa.BufferReader:
        return pa.BufferReader(self._content)


def encoded(measured: Measured, contents: Contents, made: str, *, published: bool) -> bytes:
    """Give a kept file's content; `made` is the hash of all that decided it."""
    figures = {definition: some for definition, some in contents.figures.items() if some}
    groups: dict[str, set[str]] = {by: set() for by in RUNS_BY}
    for some in figures.values():
        for each in some:
            if each.by in groups:
                groups[each.by].add(each.group)
    about = {
        "snapshot": measured.snapshot.id,
        "published": published,
        "authority": measured.authority.code if measured.authority else "",
        "covered": measured.covered,
        "definitions": [_key(definition) for definition in figures],
        "windows": [
            (_key(definition), window.current, window.before)
            for definition, window in contents.windows.items()
        ],
        "not_computed": [(_key(each.definition), each.reason) for each in contents.not_computed],
        "runs": [(_key(definition), step) for definition, step in contents.runs.items()],
        "groups": {by: sorted(names - {NOT_KNOWN}) for by, names in groups.items()},
    }
    tables = [_table(some) for some in figures.values()] or [_SCHEMA.empty_table()]
    return encode(tables, json.loads(json.dumps(about, default=str)), made)


def _table(figures: Sequence[Figure]) -> pa.Table:
    def column(name: str) -> list[Any]:
        if name == "quality":
            return [
                json.dumps([f.quality.letter, f.quality.reason, f.quality.usable]) for f in figures
            ]
        return [getattr(figure, name) for figure in figures]

    arrays = [
        pa.array(column(name), pa.string()).dictionary_encode()
        if kind == _NAME
        else pa.array(column(name), kind)
        for name, kind in zip(_SCHEMA.names, _SCHEMA.types, strict=True)
    ]
    return pa.table(arrays, schema=_SCHEMA)


def _decoded(table: pa.Table, definition: Definition, settings: Settings) -> list[Figure]:
    rows = {name: table.column(name).combine_chunks() for name in _SCHEMA.names}
    names = {name: _names(rows[name]) for name in _NAMES}
    grades = _named(rows["quality"], lambda text: Grade(*json.loads(text)))
    numbers = {name: _numbers(rows[name]) for name in _NUMBERS}
    unknown = _numbers(rows["unknown"].cast(pa.float64()))
    starts, ends = _dates(rows["period_start"]), _dates(rows["period_end"])
    targets = {end: settings.target(definition.code, end) for end in set(ends)}
    return [
        Figure(
            definition, start, end, by, group, numerator, denominator, value, definition.unit,
            None if not_known is None else int(not_known),
            grade, rate, lower, upper, targets[end], suppressed,
        )
        for start, end, by, group, suppressed, grade, numerator, denominator, value, rate, lower, upper,
            not_known in zip(
                starts, ends, *names.values(), grades, *numbers.values(), unknown, strict=True
            )
    ]  # fmt: skip


def _names(column: pa.DictionaryArray) -> list[str]:
    return _named(column, str)


def _named(column: pa.DictionaryArray, make: Callable[[str], Any]) -> list[Any]:
    made = [make(text) for text in column.dictionary.to_pylist()]
    return [made[place] for place in _plain(column.indices, "i")]


def _numbers(column: pa.Array) -> list[float | None]:
    """Give numbers with None for what is not there, which is quicker by way of `nan` than one by one."""
    listed = _plain(column.fill_null(nan), "d")
    return [None if number != number else number for number in listed]  # noqa: PLR0124


def _dates(column: pa.Array) -> list[date]:
    days = _plain(column.view(pa.int32()), "i")
    made = {day: date.fromordinal(_EPOCH + day) for day in set(days)}
    return [made[day] for day in days]


def _plain(column: pa.Array, kind: str) -> list[Any]:
    """Give the numbers of an array without gaps, all at once."""
    numbers = memoryview(column.buffers()[1]).cast(kind)  # type: ignore[call-overload]
    return numbers[column.offset : column.offset + len(column)].tolist()  # type: ignore[no-any-return]


def _key(definition: Definition) -> str:
    return f"{definition.code} {definition.version} {definition.part}"


def _period(pair: Sequence[str]) -> Period:
    return date.fromisoformat(pair[0]), date.fromisoformat(pair[1])
