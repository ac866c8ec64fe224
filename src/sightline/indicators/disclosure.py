"""Small numbers in what is published: which are hidden, so that none can be worked out.

What is protected (INDICATORS section 7.2; the symbol in a hidden cell is `c`):

1. A count of 1 to 5 is hidden: numerators, denominators, answers not known. Nought is shown. The
   numerator of a share is hidden, too, where the rest of the denominator is 1 to 5.
2. A share, median or mean of fewer than 10 is hidden, with the numerator that would give it back.
3. Further cells, the smallest first, are hidden until nothing published gives a hidden one away. What a
   reader is taken to know: groups add up to the total, months and quarters to the year, categories to
   the whole; a numerator, the rest and the unknown add up to the denominator; numbers that are the same
   wherever two indicators give both (the denominator of CP-13 is CP-09) are one number; plans open at
   one date, those started and ended since, and those open at the next; one indicator within another
   (`WITHIN`, `LEFT`), or the sum of others (`SUMS`, `SAME`). Where all hidden cells of a sum have one sign,
   each must be free to be 5 or more, or every cell of the sum that can be hidden is; no hidden cell may be
   worked out exactly from all the sums together, as far as `recovery` can tell (the tests attack it by
   exact linear programming). A rate gives its count away, so it goes with it.
4. Different children are not additive: a child counts in two groups and once in the total. There a
   hidden group must not stand alone while the total exceeds the groups shown.
5. Against the publication before (`previous`): its figures cannot be taken back. An unchanged one counts
   as published now, so that new periods or other groupings (a district whose boundary has moved) do not
   single out a few when one is subtracted from the other. A number that differs by 1 to 5 from the one
   published before for the same group is hidden, at every level: the difference would be a count of 1 to
   5. What the earlier publication gives away by itself, nobody can protect again.
6. A cross of geography by age by ethnicity is refused below authority level.

All of one publication must be given to `protect` together: what is protected apart can be put together.
The reason given in a hidden figure is always the same, because why it is hidden says something of its
value. Outside this check: groupings that nest without sharing a name (teams within districts), and what
a reader knows of the children themselves; rare events (deaths) need a person's review.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations, pairwise

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.figures import POPULATION, Figure
from sightline.indicators.grading import BOUNDS, Grade
from sightline.indicators.recovery import Linked, Links, Ranges, Terms, work_out

SYMBOL = "c"
REASON = "Hidden, so that no child can be recognised by a small number."
SMALLEST_SHOWN = 6
"""Counts below this, other than nought, are hidden."""
FEWEST = 10
"""Rows a share, median or mean must rest on to be published."""
GEOGRAPHIES = frozenset({"district", "team", "ward", "postcode", "place", "locality"})
WITHIN: tuple[tuple[str, str, str, str], ...] = (
    ("AS-01", "", "AS-03", ""),
    ("CI-01", "", "CI-04", "child in need only"),
    ("CI-01", "", "CI-05", ""),
    ("CL-02", "", "CL-01", ""),
    ("CL-02", "", "CL-03", ""),
    ("CP-06", "", "CP-06", "without transfers in"),
    ("CP-06", "", "CP-05", ""),
    ("CP-06", "without transfers in", "CP-05", ""),
    ("CP-01", "", "CP-04", ""),
    ("CP-09", "", "CP-14", ""),
    ("CP-09", "", "CP-15", ""),
    ("CP-09", "", "CP-16", ""),
    ("CP-10s", "", "CP-08", ""),
    ("FD-01", "", "FD-13", ""),
    ("FD-01", "", "FD-15", ""),
    ("FD-02", "", "FD-04", ""),
    ("FD-02", "", "FD-04", "undecided"),
    ("LA-01", "", "LA-06", ""),
    ("LA-01", "", "LA-09", ""),
    ("LH-02", "", "LH-05", "returned"),
    ("LH-02", "", "LH-07", ""),
    ("MI-03", "all", "MI-03", "accepted"),
    ("PL-01", "number", "PL-01", "over 16 weeks"),
    ("PL-01", "over 16 weeks", "PL-01", "over 26 weeks"),
)
"""Counts that lie within another: code and part of the whole, code and part of the one within it."""
FLOWS: tuple[tuple[str, str, str], ...] = (("CP-09", "CP-10s", "CP-10e"),)
"""A stock, what adds to it in a period and what takes from it."""

_NUMERATOR, _DENOMINATOR, _UNKNOWN = "numerator", "denominator", "unknown"
_Number = tuple[str, str, str]
SUMS: tuple[tuple[_Number, tuple[_Number, ...]], ...] = (
    (("CI-01", "", _NUMERATOR), (("CI-05", "", _NUMERATOR), ("CI-06", "", _NUMERATOR))),
    (
        ("CP-05", "", _DENOMINATOR),
        (("CP-05", "", _NUMERATOR), ("CP-05", "", _UNKNOWN), ("CP-20", "", _NUMERATOR)),
    ),
    (
        ("FD-02", "", _NUMERATOR),
        (("FD-04", "", _DENOMINATOR), ("FD-04", "undecided", _NUMERATOR)),
    ),
    (
        ("FD-15", "", _NUMERATOR),
        (("FD-15", "higher", _NUMERATOR), ("FD-15", "lower", _NUMERATOR)),
    ),
    (("HA-02", "", _DENOMINATOR), (("CP-09", "", _NUMERATOR), ("LA-01", "", _NUMERATOR))),
    *(
        (at_any_time, (("LA-01", "", _NUMERATOR), ("LA-02", "ceased", _NUMERATOR)))
        for at_any_time in (
            ("LA-10", "away", _DENOMINATOR),
            ("LA-10", "missing", _DENOMINATOR),
            ("LA-11", "", _DENOMINATOR),
        )
    ),
)
"""Numbers that are others together, each by code, part and kind. A stock is as at the period's end."""
_OneGroup = tuple[str, str, str, str, str]
SOURCES: dict[str, tuple[str, ...]] = {
    "Individual": ("1A", "1B", "1C", "1D"),
    "Schools": ("2A",),
    "Education services": ("2B",),
    "Health services": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "Housing": ("4",),
    "Local authority services": ("5A", "5B", "5C", "5D"),
    "Police": ("6",),
    "Other legal agency": ("7",),
    "Other": ("8",),
    "Anonymous": ("9",),
    "Unknown": ("10",),
    "Not known": ("Not known",),
}
"""The sources of referrals that each category of FD-09 holds."""
SAME: tuple[tuple[_OneGroup, tuple[_OneGroup, ...]], ...] = (
    (
        ("HA-02", "", _DENOMINATOR, "pathway", "Child protection"),
        (("CP-09", "", _NUMERATOR, TOTAL, TOTAL),),
    ),
    (
        ("HA-02", "", _DENOMINATOR, "pathway", "Looked after"),
        (("LA-01", "", _NUMERATOR, TOTAL, TOTAL),),
    ),
    (
        ("CI-03", "duration", _NUMERATOR, "category", "2 years or more"),
        (("CI-03", "", _NUMERATOR, TOTAL, TOTAL),),
    ),
    (
        ("CI-01", "", _NUMERATOR, "disability", "Disabled"),
        (("CI-08", "", _NUMERATOR, TOTAL, TOTAL),),
    ),
    (
        ("CI-01", "", _NUMERATOR, "disability", "Not known"),
        (("CI-08", "", _UNKNOWN, TOTAL, TOTAL),),
    ),
    *(
        (
            ("FD-09", "", _NUMERATOR, "category", category),
            tuple(("FD-02", "", _NUMERATOR, "source", source) for source in sources),
        )
        for category, sources in SOURCES.items()
    ),
)
"""One number under two names, or that others add up to, each by code, part, kind, dimension and group.
What is the same in every group is found without being named."""
LEFT: tuple[tuple[_OneGroup, tuple[_OneGroup, ...]], ...] = (
    # Those not seen in time and not overdue: never seen, and open for longer than the standard.
    (
        ("CI-05", "", _DENOMINATOR, TOTAL, TOTAL),
        (
            ("CI-05", "", _NUMERATOR, TOTAL, TOTAL),
            ("CI-06", "", _NUMERATOR, "reason", "Overdue"),
        ),
    ),
    # Those an agency attended and those it reported to lie within those it did either of.
    *(
        (("CP-18", "", _NUMERATOR, TOTAL, TOTAL), (("CP-18", part, _NUMERATOR, TOTAL, TOTAL),))
        for part in ("attended", "report")
    ),
)
"""Numbers of which others are a part, each as in `SAME`: what is left of them is a number of children."""
_REST, _NOT_MET, _ROWS = "rest", "not met", "rows"
_DIFFERENT = ("children", "children all")
_DAY = timedelta(days=1)

Family = tuple[str, str, int]
"""Code, part and version."""
_Period = tuple[date, date]
_Tree = dict[tuple[Family, str, str], dict[_Period, dict[str, int]]]


class DisclosureError(ValueError):
    """What cannot be protected; the sentence says why."""


class CrossRefusedError(DisclosureError):
    """A breakdown that is never published."""


class EarlierRowsError(DisclosureError):
    """What was given as published before is not rows of figures."""


@dataclass(frozen=True, order=True)
class _Key:
    """Where a cell stands; `start` is `end` in a stock."""

    family: Family
    kind: str
    start: date
    end: date
    by: str
    group: str


@dataclass
class _Cell:
    """One number. `value` is None where it is not known to us: hidden before, or counted nowhere.

    `printed`: it stands in a figure, unlike the rest of a denominator. `fixed`: published before, so
    hiding it is of no use. `amount`: a sum of days or scores, no count.
    """

    key: _Key
    value: float | None
    printed: bool
    hidden: bool
    fixed: bool = False
    amount: bool = False
    over: int | None = None

    @property
    def open(self) -> bool:
        """Whether a reader does not know it."""
        return (self.hidden or not self.printed) and not self.fixed

    @property
    def needs_care(self) -> bool:
        return self.hidden and self.printed and not self.fixed

    @property
    def can_be_hidden(self) -> bool:
        return self.printed and not self.hidden and not self.fixed and bool(self.value)

    @property
    def rank(self) -> tuple[float, bool, int, _Key]:
        """The order in which cells are hidden: the smallest, parts before wholes, shorter periods."""
        days = (self.key.end - self.key.start).days
        return abs(self.value or 0.0), self.key.by == TOTAL, days, self.key


def protect(
    figures: Sequence[Figure], previous: Sequence[Mapping[str, object]] = ()
) -> list[Figure]:
    """Hide what must not be published in figures that are published together, in their order.

    Hidden numbers are None and `suppressed` says so. `previous` holds rows of `Figure.to_json` as
    published before. `CrossRefusedError` for a breakdown that is never published, `EarlierRowsError`
    for rows that are not figures.
    """
    for figure in figures:
        _refuse_crosses(figure)
    sheet = _Sheet(figures, previous)
    sheet.hide_small()
    for equations in sheet.components():
        sheet.guard(equations)
    return [sheet.published(figure) for figure in figures]


def _refuse_crosses(figure: Figure) -> None:
    crossed = {name.strip() for name in figure.by.replace(",", " by ").split(" by ")}
    if {"age", "ethnicity"} <= crossed and crossed & GEOGRAPHIES:
        raise CrossRefusedError(
            f"{figure.indicator} by {figure.by} is not published: geography by age by ethnicity "
            "singles children out. Ask for one of them at a time."
        )


def _small(value: float | None) -> bool:
    return value is not None and 0 < abs(value) < SMALLEST_SHOWN


def _few(value: float | None) -> bool:
    return value is not None and 0 < value < FEWEST


def _family(definition: Definition) -> Family:
    return definition.code, definition.part, definition.version


def _adds_up_over_time(definition: Definition) -> bool:
    return not (
        definition.is_stock or definition.is_about_workers or definition.measure in _DIFFERENT
    )


def _has_rest(definition: Definition) -> bool:
    return definition.measure in ("share", "stock share", *_DIFFERENT) or definition.is_profile


def _kinds(definition: Definition) -> list[str]:
    """Give the numbers of a figure that stand for children, rows or sums over them."""
    kinds = [] if "median" in definition.measure else [_NUMERATOR]
    if definition.is_share or definition.measure in ("median", "stock median", "mean"):
        kinds += [_DENOMINATOR, _UNKNOWN]
    return kinds


def _numbers(figure: Figure) -> list[tuple[str, float | None]]:
    """Give those numbers; None where hidden before. What is nowhere counted is nought."""
    given = {
        _NUMERATOR: figure.numerator,
        _DENOMINATOR: figure.denominator,
        _UNKNOWN: figure.unknown,
    }
    return [
        (kind, 0.0 if given[kind] is None and not figure.suppressed else given[kind])
        for kind in _kinds(figure.definition)
    ]


class _Joined:
    """Which cells have been joined, directly or through others."""

    def __init__(self, count: int) -> None:
        self._root = list(range(count))

    def root(self, number: int) -> int:
        """Give the cell that stands for all that are joined with this one."""
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number

    def join(self, one: int, other: int) -> bool:
        """Join two cells; say whether they were apart."""
        first, second = self.root(one), self.root(other)
        self._root[first] = second
        return first != second


@dataclass
class _Looks:
    """What has been found in some sums, and what has changed since.

    `parts` are the numerators over a denominator: what is known of them at least depends on it.
    `changed` are the places of the sums in which more is hidden than when each was last looked at.
    """

    links: Links
    parts: Mapping[int, Sequence[int]]
    changed: set[int]

    def hidden(self, cell: int) -> None:
        """Take note that a cell has been hidden."""
        self.links.open(cell)
        for each in (cell, *self.parts.get(cell, ())):
            self.changed.update(self.links.holding[each])


@dataclass
class _Sheet:
    """Every number of a publication as a cell, and the sums a reader can set up between them."""

    figures: Sequence[Figure]
    previous: Sequence[Mapping[str, object]]
    cells: list[_Cell] = field(default_factory=list)
    equations: list[Terms] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._at: dict[_Key, int] = {}
        self._definitions: dict[Family, Definition] = {}
        self._unequal: dict[Terms, int] = {}
        self._protected_before = any(figure.suppressed for figure in self.figures)
        self._asks_unknown = {
            _family(figure.definition) for figure in self.figures if figure.unknown != 0
        }
        for figure in self.figures:
            self._definitions[_family(figure.definition)] = figure.definition
            for kind, value in _numbers(figure):
                if kind != _UNKNOWN or _family(figure.definition) in self._asks_unknown:
                    self._add(self._key(figure, kind), value, printed=True, hidden=value is None)
        self._take_previous()
        for figure in self.figures:
            self._set_up_figure(figure)
        self._find_same_rows()
        self._add_up_groups()
        self._add_up_periods()
        self._set_up_flows()
        self._set_up_same()
        self._set_up_left()
        self._set_up_sums()
        self._set_up_within()

    # Cells

    def _key(self, figure: Figure, kind: str) -> _Key:
        start = figure.period_end if figure.definition.is_stock else figure.period_start
        family = _family(figure.definition)
        return _Key(family, kind, start, figure.period_end, figure.by, figure.group)

    def _add(self, key: _Key, value: float | None, *, printed: bool, hidden: bool) -> int:
        found = self._at.get(key)
        if found is None:
            measure = self._definitions[key.family].measure
            amount = measure == "ratio" or (measure == "mean" and key.kind == _NUMERATOR)
            self._at[key] = found = len(self.cells)
            self.cells.append(_Cell(key, value, printed, hidden, amount=amount))
        return found

    def _cell(self, figure: Figure, kind: str) -> int | None:
        return self._at.get(self._key(figure, kind))

    def _find_same_rows(self) -> None:
        """Set equal what is the same in two indicators wherever both are given.

        That is looked for while every number is known; in figures hidden before, it was done before.
        Numbers of one area of the work are compared from two on, of several areas from four on: fewer
        can be the same by chance.
        """
        if self._protected_before:
            return
        blocks: dict[str, dict[tuple[Family, str], dict[tuple[date, date, str], int]]] = {}
        for number, cell in enumerate(self.cells):
            key = cell.key
            if cell.value is not None:
                block = blocks.setdefault(key.by, {}).setdefault((key.family, key.kind), {})
                block[key.start, key.end, key.group] = number
        joined = _Joined(len(self.cells))
        for held in blocks.values():
            for ((family, _), one), ((other_family, _), other) in combinations(held.items(), 2):
                definitions = self._definitions[family], self._definitions[other_family]
                enough = 2 if definitions[0].area == definitions[1].area else 4
                pairs = self._same(one, other)
                if len(pairs) >= enough:
                    self.equations += [((1, a), (-1, b)) for a, b in pairs if joined.join(a, b)]

    def _same(
        self, one: Mapping[tuple[date, date, str], int], other: Mapping[tuple[date, date, str], int]
    ) -> list[tuple[int, int]]:
        """Give the cells two blocks have in common, nought left out; none if any pair differs."""
        pairs = []
        for place, number in one.items():
            if (same := other.get(place)) is not None:
                value = self.cells[number].value
                if value != self.cells[same].value:
                    return []
                if value:
                    pairs.append((number, same))
        return pairs

    def _set_up_figure(self, figure: Figure) -> None:
        """Set up numerator + rest = denominator, and the unknown within the rest."""
        definition = figure.definition
        if definition.is_profile and definition.per != POPULATION:
            total = replace(self._key(figure, _NUMERATOR), by=TOTAL, group=TOTAL)
            if total in self._at:
                self._at[self._key(figure, _DENOMINATOR)] = self._at[total]
        whole, part = self._cell(figure, _DENOMINATOR), self._cell(figure, _NUMERATOR)
        if whole is None or whole == part:
            return
        if part is not None and _has_rest(definition):
            self.cells[part].over = whole
            rest = self._unseen(figure, _REST, self._difference(whole, part))
            self.equations.append(((1, whole), (-1, part), (-1, rest)))
            parent = rest
        elif "median" in definition.measure or definition.measure == "mean":
            parent = whole
        else:
            return
        unknown = self._cell(figure, _UNKNOWN)
        if unknown is None:
            return
        if parent == whole:
            rows = self._unseen(figure, _ROWS, self._total(whole, unknown))
            self.equations.append(((1, rows), (-1, whole), (-1, unknown)))
        else:
            not_met = self._unseen(figure, _NOT_MET, self._difference(parent, unknown))
            self.equations.append(((1, parent), (-1, unknown), (-1, not_met)))

    def _unseen(self, figure: Figure, kind: str, value: float | None) -> int:
        return self._add(self._key(figure, kind), value, printed=False, hidden=False)

    def _difference(self, one: int, other: int) -> float | None:
        a, b = self.cells[one].value, self.cells[other].value
        return None if a is None or b is None else a - b

    def _total(self, one: int, other: int) -> float | None:
        a, b = self.cells[one].value, self.cells[other].value
        return None if a is None or b is None else a + b

    # Sums

    def _holds(self, terms: Terms) -> bool:
        """Whether a sum is nought, as far as its numbers are known."""
        values = [(sign, self.cells[cell].value) for sign, cell in terms]
        if any(value is None for _, value in values):
            return True
        return abs(sum(sign * (value or 0.0) for sign, value in values)) < 1e-6 * max(
            1.0, *(abs(value or 0.0) for _, value in values)
        )

    def _printed(self) -> _Tree:
        """Give the printed cells by family, kind and dimension; then by period; then by group."""
        tree: _Tree = {}
        for key, number in self._at.items():
            if self.cells[number].printed:
                by_period = tree.setdefault((key.family, key.kind, key.by), {})
                by_period.setdefault((key.start, key.end), {})[key.group] = number
        return tree

    def _add_up_groups(self) -> None:
        tree = self._printed()
        for (family, kind, by), by_period in sorted(tree.items()):
            definition = self._definitions[family]
            if by == TOTAL or (definition.is_profile and kind == _DENOMINATOR):
                continue
            for period, groups in by_period.items():
                total = tree.get((family, kind, TOTAL), {}).get(period, {}).get(TOTAL)
                if total is None:
                    continue
                now = [n for n in groups.values() if n not in self._before_only]
                terms = ((-1, total), *((1, number) for number in sorted(set(now))))
                if definition.measure in _DIFFERENT:
                    over = self._add(
                        _Key(family, f"{kind} twice", *period, by, TOTAL),
                        None,
                        printed=False,
                        hidden=False,
                    )
                    self._unequal[(*terms, (-1, over))] = over
                    self.equations.append((*terms, (-1, over)))
                elif self._holds(terms):
                    self.equations.append(terms)

    def _add_up_periods(self) -> None:
        """Set up each period as the sum of the stretches that the periods printed divide time into."""
        for (family, kind, by), by_period in sorted(self._printed().items()):
            definition = self._definitions[family]
            if not _adds_up_over_time(definition) or len(by_period) < 2:
                continue
            if definition.is_profile and kind == _DENOMINATOR:
                continue
            edges = sorted({d for start, end in by_period for d in (start, end + _DAY)})
            stretches = [(first, after - _DAY) for first, after in pairwise(edges)]
            groups = sorted({group for each in by_period.values() for group in each})
            for period, coarse in _coarser(sorted(by_period)):
                fine = [s for s in stretches if period[0] <= s[0] and s[1] <= period[1]]
                for group in groups:
                    whole = by_period[period].get(group)
                    if whole is None:
                        continue
                    for tiles in {tuple(fine), coarse}:
                        if len(tiles) > 1:
                            self._tile(whole, tiles, (family, kind, by, group))

    def _tile(
        self,
        whole: int,
        tiles: Sequence[_Period],
        place: tuple[Family, str, str, str],
    ) -> None:
        family, kind, by, group = place
        parts = [
            self._add(_Key(family, kind, *tile, by, group), None, printed=False, hidden=False)
            for tile in tiles
        ]
        terms = ((-1, whole), *((1, part) for part in parts))
        if self._holds(terms):
            self.equations.append(terms)

    def _series(
        self, code: str, part: str, kind: str = ""
    ) -> dict[tuple[str, str, date, date], int]:
        """Give one kind of number of an indicator, by dimension, group and period: all its versions.

        Without `kind`, it is the count of its rows.
        """
        found: dict[tuple[str, str, date, date], int] = {}
        for key, number in self._at.items():
            if key.family[:2] == (code, part) and self.cells[number].printed:
                share = self._definitions[key.family].is_share
                if key.kind == (kind or (_DENOMINATOR if share else _NUMERATOR)):
                    found[key.by, key.group, key.start, key.end] = number
        return found

    def _set_up_flows(self) -> None:
        """What was open, with what has started since and without what has ended, is open now."""
        for stock, more, fewer in FLOWS:
            open_on, started, ended = (self._series(code, "") for code in (stock, more, fewer))
            found: dict[str, list[Terms]] = defaultdict(list)
            for (by, group, start, end), began in started.items():
                stopped = ended.get((by, group, start, end))
                before = open_on.get((by, group, start - _DAY, start - _DAY))
                after = open_on.get((by, group, end, end))
                if stopped is not None and before is not None and after is not None:
                    found[by].append(((1, before), (1, began), (-1, stopped), (-1, after)))
            self._add_where_it_holds(found)

    def _set_up_same(self) -> None:
        for whole, parts in SAME:
            self._add_where_it_holds({"": [terms for _, terms in self._named(whole, parts)]})

    def _set_up_left(self) -> None:
        for whole, parts in LEFT:
            found = []
            for number, terms in self._named(whole, parts):
                left = sum(sign * (self.cells[cell].value or 0.0) for sign, cell in terms)
                known = all(self.cells[cell].value is not None for _, cell in terms)
                key = replace(self.cells[number].key, kind=f"without {parts[-1]}")
                rest = self._add(key, left if known else None, printed=False, hidden=False)
                found.append((*terms, (-1, rest)))
            self._add_where_it_holds({"": found}, parts=True)

    def _named(self, whole: _OneGroup, parts: Sequence[_OneGroup]) -> list[tuple[int, Terms]]:
        """Give a number and those within it, in each period that has it and any of them.

        A group that is not given, where its dimension is, is nought.
        """
        of_whole, *of_parts = (self._series_of(*each) for each in (whole, *parts))
        found = []
        for period, number in sorted(of_whole.items()):
            within = [part[period] for part in of_parts if period in part]
            if within:
                found.append((number, ((1, number), *((-1, cell) for cell in within))))
        return found

    def _series_of(
        self, code: str, part: str, kind: str, by: str, group: str
    ) -> dict[tuple[date, date], int]:
        """Give one number of one group of an indicator, by period."""
        return {
            (start, end): cell
            for (its, name, start, end), cell in self._series(code, part, kind).items()
            if (its, name) == (by, group)
        }

    def _set_up_sums(self) -> None:
        """A group that a part does not have, where it has others of the dimension, is nought in it."""
        for whole_number, part_numbers in SUMS:
            parts = [self._series(*each) for each in part_numbers]
            given = [{(by, start, end) for by, _, start, end in part} for part in parts]
            found: dict[str, list[Terms]] = defaultdict(list)
            for (by, group, start, end), whole in self._series(*whole_number).items():
                terms = [(1, whole)]
                for part, places in zip(parts, given, strict=True):
                    first = start if (by, start, end) in places else end
                    if (by, first, end) not in places:
                        break
                    if (number := part.get((by, group, first, end))) is not None:
                        terms.append((-1, number))
                else:
                    found[by].append(tuple(terms))
            self._add_where_it_holds(found)

    def _set_up_within(self) -> None:
        for code, part, inner_code, inner_part in WITHIN:
            inner = self._series(inner_code, inner_part)
            found: dict[str, list[Terms]] = defaultdict(list)
            for place, whole in self._series(code, part).items():
                if (within := inner.get(place)) is not None and within != whole:
                    key = replace(self.cells[within].key, kind=f"{code} {part} without")
                    rest = self._add(
                        key, self._difference(whole, within), printed=False, hidden=False
                    )
                    found[place[0]].append(((1, whole), (-1, within), (-1, rest)))
            self._add_where_it_holds(found, parts=True)

    def _add_where_it_holds(
        self, found: Mapping[str, Sequence[Terms]], *, parts: bool = False
    ) -> None:
        """Add sums that hold at every place of a dimension; records at odds would make them untrue."""
        if self._protected_before:
            return
        for equations in found.values():
            rests = [self.cells[each[-1][1]].value for each in equations] if parts else []
            if all(map(self._holds, equations)) and all(
                rest is None or rest >= 0 for rest in rests
            ):
                self.equations.extend(equations)

    # The publication before

    def _take_previous(self) -> None:
        """Take what was published before into account; see the head of this module, 5."""
        self._before_only: set[int] = set()
        known = {_family(definition): definition for definition in catalogue()} | self._definitions
        sums: dict[tuple[Family, str, date, date], dict[str, dict[str, int | None]]] = {}
        for row in self.previous:
            family, start, end, by, group = _place(row)
            if family not in known:
                continue
            definition = self._definitions.setdefault(family, known[family])
            if definition.is_stock:
                start = end
            for kind in _kinds(definition):
                value = _number(row.get(kind))
                key = _Key(family, kind, start, end, by, group)
                place = sums.setdefault((family, kind, start, end), {}).setdefault(by, {})
                place[group] = self._published_before(key, value)
        for (family, *_), dimensions in sums.items():
            total = dimensions.get(TOTAL, {}).get(TOTAL)
            for by, groups in dimensions.items():
                numbers = list(groups.values())
                if by == TOTAL or total is None or self._definitions[family].measure in _DIFFERENT:
                    continue
                if all(number is not None for number in numbers):
                    terms = (
                        (-1, total),
                        *((1, number) for number in numbers if number is not None),
                    )
                    if self._holds(terms):
                        self.equations.append(terms)

    def _published_before(self, key: _Key, value: float | None) -> int | None:
        """Give the cell of a number published before; None where it has changed since."""
        found = self._at.get(key)
        if found is None:
            found = self._add(key, value, printed=True, hidden=value is None)
            self.cells[found].fixed = value is not None
            self._before_only.add(found)
            return found
        cell = self.cells[found]
        if value is None or cell.value is None:
            return found
        if abs(cell.value - value) < 1e-9:
            cell.fixed = True
            return found
        if _small(cell.value - value):
            cell.hidden = True
        return None

    # Hiding

    def hide_small(self) -> None:
        """Hide what is small by itself (rules 1 and 2)."""
        for figure in self.figures:
            definition = figure.definition
            part, whole = self._cell(figure, _NUMERATOR), self._cell(figure, _DENOMINATOR)
            for number in (part, whole, self._cell(figure, _UNKNOWN)):
                is_sum = definition.measure == "mean" and number == part
                if number is not None and not is_sum and _small(self.cells[number].value):
                    self.cells[number].hidden = True
            if part is None or whole is None or part == whole:
                continue
            rest = self._difference(whole, part) if _has_rest(definition) else None
            if _few(self.cells[whole].value) or _small(rest):
                self.cells[part].hidden = True

    def components(self) -> list[list[Terms]]:
        """Give the equations in sets that share no cell."""
        joined = _Joined(len(self.cells))
        equations = list(dict.fromkeys(self.equations))
        for equation in equations:
            for _, cell in equation[1:]:
                joined.join(cell, equation[0][1])
        sets: dict[int, list[Terms]] = defaultdict(list)
        for equation in equations:
            sets[joined.root(equation[0][1])].append(equation)
        return list(sets.values())

    def guard(self, equations: Sequence[Terms]) -> None:
        """Hide further cells, the smallest first, until none of the hidden can be worked out."""
        used = dict.fromkeys(cell for equation in equations for _, cell in equation)
        links = Links(equations, [cell for cell in used if self.cells[cell].open])
        parts: dict[int, list[int]] = defaultdict(list)
        for cell in used:
            if (over := self.cells[cell].over) is not None:
                parts[over].append(cell)
        looks = _Looks(links, parts, set(range(len(equations))))
        while self._hide_in_sums(looks) or self._hide_by_recovery(looks):
            pass

    def _hide_in_sums(self, looks: "_Looks") -> bool:
        """Look at each sum by itself, where something has changed since it was last looked at."""
        hid = False
        for number, equation in enumerate(looks.links.equations):
            if number in looks.changed:
                while self._gives_away(equation) and self._hide_one([equation], looks):
                    hid = True
                looks.changed.discard(number)
        return hid

    def _gives_away(self, equation: Terms) -> bool:
        """Whether a sum by itself leaves a hidden cell less room than 1 to 5."""
        slack = self._unequal.get(equation)
        unknown = [
            (sign, cell) for sign, cell in equation if self.cells[cell].open and cell != slack
        ]
        hidden = [cell for _, cell in unknown if self.cells[cell].needs_care]
        signs = {sign for sign, _ in unknown}
        if not hidden or len(signs) > 1:
            return False
        left = -sum(
            sign * (self.cells[cell].value or 0.0)
            for sign, cell in equation
            if not self.cells[cell].open
        )
        left *= signs.pop()
        if slack is not None:
            return left >= 2 and len(unknown) == 1
        if len(unknown) == 1 or any(self.cells[cell].amount for _, cell in unknown):
            return len(unknown) == 1 and abs(left) > 1e-6
        if left <= 0:
            return False
        least = sum(self._least(cell) for _, cell in unknown)
        return any(left - least + self._least(cell) < SMALLEST_SHOWN - 1 for cell in hidden)

    def _least(self, number: int) -> float:
        """Give the least a reader knows an open cell to be: nought is shown, unless of a few."""
        cell = self.cells[number]
        if not cell.printed or cell.amount:
            return 0.0
        if cell.over is not None:
            over = self.cells[cell.over]
            if over.open or over.value is None or over.value < FEWEST:
                return 0.0
        return 1.0

    def _hide_one(self, equations: Iterable[Terms], looks: "_Looks") -> bool:
        """Hide the smallest cell of some equations that can still be hidden."""
        offered = {cell for equation in equations for _, cell in equation}
        found = [cell for cell in offered if self.cells[cell].can_be_hidden]
        if not found:
            return False
        smallest = min(found, key=lambda cell: self.cells[cell].rank)
        self.cells[smallest].hidden = True
        looks.hidden(smallest)
        return True

    def _hide_by_recovery(self, looks: "_Looks") -> bool:
        """Look at all sums together: those that hidden cells link, where more are hidden than before.

        The slower looks are only worth their time where the quick ones find nothing.
        """
        sets = looks.links.sets()
        for look, find in enumerate((self._bounded, self._combined, self._forced)):
            for linked in sets:
                if len(linked.found) == look:
                    linked.found.append(find(linked, looks.links))
            if found := sorted(number for linked in sets for number in linked.found[look]):
                break
        touched: set[int] = set()
        hid = False
        for number in found:
            near = self._around(number, looks.links)
            reached = {cell for equation in near for _, cell in equation}
            # One at a time in one place: the first may do for its neighbours.
            if not reached & touched and self._hide_one(near, looks):
                hid = True
            touched |= reached
        return hid

    def _bounded(self, linked: Linked, links: Links) -> list[int]:
        """Give the cells of some sums that are known exactly, each sum being looked at after the others."""
        equations = links.equations_of(linked)
        used = {cell for equation in equations for _, cell in equation}
        unknown = sorted(cell for cell in used if self.cells[cell].open)
        linked.ranges = work_out(
            equations,
            {cell: self.cells[cell].value or 0.0 for cell in used.difference(unknown)},
            {cell: self._least(cell) for cell in unknown},
            {cell for cell in used if not self.cells[cell].amount},
        )
        return self._given_away(linked.ranges)

    def _combined(self, linked: Linked, _: Links) -> list[int]:
        """Give those that are known exactly once sums are combined."""
        linked.ranges.eliminate()
        return self._given_away(linked.ranges)

    def _forced(self, linked: Linked, _: Links) -> list[int]:
        """Give those that can have no other value."""
        return [n for n in linked.ranges.lowest if self._is_forced(n, linked.ranges)]

    def _given_away(self, ranges: Ranges) -> list[int]:
        return [n for n in ranges.lowest if self._is_given_away(n, ranges)]

    def _is_given_away(self, number: int, ranges: Ranges) -> bool:
        cell, value = self.cells[number], ranges.exact(number)
        if value is None or value <= 0:
            return False
        return cell.needs_care or (not cell.amount and _small(value))

    def _is_forced(self, number: int, ranges: Ranges) -> bool:
        cell = self.cells[number]
        if not cell.value or cell.amount or not (cell.needs_care or _small(cell.value)):
            return False
        return ranges.is_forced(number, cell.value)

    def _around(self, number: int, links: Links) -> list[Terms]:
        """Give the equations a cell stands in; further ones where those have no cell left to hide."""
        near: set[int] = set()
        reached: set[int] = set()
        wider = {number}
        while wider:
            added = {place for cell in wider for place in links.holding[cell]} - near
            cells = {cell for place in added for _, cell in links.equations[place]}
            near |= added
            if any(self.cells[cell].can_be_hidden for cell in cells):
                return [links.equations[place] for place in near]
            reached |= wider
            wider = {cell for cell in cells if self.cells[cell].open} - reached
        return []

    # What is published

    def published(self, figure: Figure) -> Figure:
        """Give a figure without what is hidden in it."""
        part, whole = self._cell(figure, _NUMERATOR), self._cell(figure, _DENOMINATOR)
        unknown = self._cell(figure, _UNKNOWN)
        hides_part, hides_whole, hides_unknown = (
            number is not None and self.cells[number].hidden for number in (part, whole, unknown)
        )
        few = whole is not None and whole != part and _few(figure.denominator)
        hides_value = hides_part or hides_whole or few
        found = replace(figure, quality=_plain(figure.quality))
        if not (hides_value or hides_unknown):
            return found
        return replace(
            found,
            numerator=None if hides_part else figure.numerator,
            denominator=None if hides_whole else figure.denominator,
            value=None if hides_value else figure.value,
            rate=None if hides_part else figure.rate,
            lower_quartile=None if hides_value else figure.lower_quartile,
            upper_quartile=None if hides_value else figure.upper_quartile,
            unknown=None if hides_unknown else figure.unknown,
            suppressed=figure.suppressed or REASON,
        )


def _place(row: Mapping[str, object]) -> tuple[Family, date, date, str, str]:
    """Read where an earlier figure stands: indicator, first and last day, dimension, group."""
    try:
        family = str(row["indicator"]), str(row.get("part", "")), int(str(row["version"]))
        start, end = (date.fromisoformat(str(row[name])) for name in ("period_start", "period_end"))
        return family, start, end, str(row["by"]), str(row["group"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EarlierRowsError(
            f"A row of what was published before is not a figure ({str(row)[:80]})."
        ) from error


def _number(value: object) -> float | None:
    try:
        return None if value is None else float(str(value))
    except ValueError as error:
        raise EarlierRowsError(
            f"A number published before is not a number: {str(value)[:40]!r}."
        ) from error


def _coarser(
    printed: Sequence[_Period],
) -> list[tuple[_Period, tuple[_Period, ...]]]:
    """Give each period with the fewest shorter printed periods that fill it; none where none do."""
    starting: dict[date, list[_Period]] = defaultdict(list)
    for period in printed:
        starting[period[0]].append(period)
    found = []
    for period in printed:
        tiles: list[_Period] = []
        at = period[0]
        while at <= period[1]:
            fits = [each for each in starting[at] if each[1] <= period[1] and each != period]
            if not fits:
                break
            tiles.append(max(fits, key=lambda each: each[1]))
            at = tiles[-1][1] + _DAY
        found.append((period, tuple(tiles) if at > period[1] else ()))
    return found


def _plain(grade: Grade) -> Grade:
    """Give a quality grade whose reason names no number of rows, which could be small."""
    if not re.match(r"[\d,]+ of [\d,]+ rows", grade.reason):
        return grade
    least = dict(BOUNDS).get(grade.letter)
    said = f"At least {least:.0%}" if least else f"Less than {BOUNDS[-1][1]:.0%}"
    return Grade(grade.letter, f"{said} of the rows can be used, in each field it needs.")
