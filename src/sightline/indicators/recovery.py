"""What a reader can work out of hidden numbers from those that are published.

Cells are numbered; an equation says that a sum of cells, each with its sign, is nought: the districts
less the county, the months less the year. From what is known, every hidden cell gets a range: bounds are
carried from equation to equation, and equations are combined by elimination, so that a cell which only
several of them together give away is found too.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf

Terms = tuple[tuple[int, int], ...]
"""An equation: pairs of sign (1 or -1) and cell, whose sum is 0."""

_NEAR = 1e-6
_VISITS = 60
"""Times each equation is looked at, on average: bounds settle before, or would never."""
_PROBES = 400
"""Equations looked at before what is supposed of a cell counts as possible."""


@dataclass(frozen=True)
class _Row:
    """An equation reduced to the cells that are not known: the sum of coefficient x cell is `rest`."""

    terms: Mapping[int, float]
    rest: float


class Ranges:
    """Lowest and highest value each unknown cell can have."""

    def __init__(self, lowest: Mapping[int, float], whole: Collection[int]) -> None:
        self.lowest = dict(lowest)
        self.highest: dict[int, float] = dict.fromkeys(lowest, inf)
        self._whole = whole
        self._rows: list[_Row] = []
        self._holding: dict[int, list[int]] = defaultdict(list)
        self._before: list[tuple[int, float, float]] | None = None

    def exact(self, cell: int) -> float | None:
        """Give the value of a cell that can have only one, else None."""
        low, high = self.lowest[cell], self.highest[cell]
        return high if high < inf and high - low <= _NEAR * max(1.0, abs(high)) else None

    def is_forced(self, cell: int, value: float) -> bool:
        """Say whether a whole number can be neither more nor less than its value.

        Each is supposed, and carried from equation to equation to see whether it ends in contradiction.
        """
        return not (
            self._can_be(cell, value + 1, self.highest[cell])
            or self._can_be(cell, self.lowest[cell], value - 1)
        )

    def add(self, rows: Iterable[_Row]) -> None:
        """Take equations into account."""
        first = len(self._rows)
        for number, row in enumerate(rows, first):
            self._rows.append(row)
            for cell in row.terms:
                self._holding[cell].append(number)
        self._carry(range(first, len(self._rows)), _VISITS * len(self._rows))

    def eliminate(self) -> None:
        """Take combinations of the equations into account."""
        self.add(_eliminate(self._rows, self))

    def _can_be(self, cell: int, low: float, high: float) -> bool:
        if low > high:
            return False
        self._before = []
        self._narrow(cell, low, high)
        possible = self._carry(self._holding[cell], _PROBES)
        for moved, lowest, highest in reversed(self._before):
            self.lowest[moved], self.highest[moved] = lowest, highest
        self._before = None
        return possible

    def _carry(self, numbers: Iterable[int], visits: int) -> bool:
        """Carry bounds from equation to equation until nothing moves; False on a contradiction."""
        waiting = deque(numbers)
        queued = set(waiting)
        while waiting and visits:
            visits -= 1
            number = waiting.popleft()
            queued.discard(number)
            for cell in self._bound(self._rows[number]):
                if self.lowest[cell] > self.highest[cell] + _NEAR:
                    return False
                for other in self._holding[cell]:
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)
        return True

    def _bound(self, row: _Row) -> list[int]:
        """Tighten the cells of one equation by the others in it; give those that moved."""
        lowest, highest, terms = self.lowest, self.highest, row.terms.items()
        least = most = 0.0
        open_below = open_above = 0
        for cell, times in terms:
            low, high = times * lowest[cell], times * highest[cell]
            if times < 0:
                low, high = high, low
            if low == -inf:
                open_below += 1
            else:
                least += low
            if high == inf:
                open_above += 1
            else:
                most += high
            if open_below > 1 and open_above > 1:
                return []
        moved: list[int] = []
        for cell, times in terms:
            low, high = times * lowest[cell], times * highest[cell]
            if times < 0:
                low, high = high, low
            others_low = -inf if open_below > (low == -inf) else least - (low if low > -inf else 0)
            others_high = inf if open_above > (high == inf) else most - (high if high < inf else 0)
            below, above = (row.rest - others_high) / times, (row.rest - others_low) / times
            if times < 0:
                below, above = above, below
            if (below > lowest[cell] or above < highest[cell]) and self._narrow(cell, below, above):
                moved.append(cell)
        return moved

    def _narrow(self, cell: int, low: float, high: float) -> bool:
        """Take a tighter range into account; say whether it was tighter."""
        if cell in self._whole:
            low = ceil(low - _NEAR) if low > -inf else low
            high = floor(high + _NEAR) if high < inf else high
        lowest, highest = self.lowest[cell], self.highest[cell]
        if low <= lowest + _NEAR and high >= highest - _NEAR:
            return False
        if self._before is not None:
            self._before.append((cell, lowest, highest))
        self.lowest[cell], self.highest[cell] = max(low, lowest), min(high, highest)
        return True


@dataclass(eq=False)
class Linked:
    """Equations that unknown cells link, by their places. No other equation tells of these cells.

    `found` are the cells found to be given away, by each look since the set has grown, and `ranges` those
    of its cells.
    """

    numbers: set[int]
    ranges: Ranges
    found: list[list[int]] = field(default_factory=list)


class Links:
    """Equations, and the sets of them that unknown cells link, while more cells become unknown."""

    def __init__(self, equations: Sequence[Terms], unknown: Iterable[int]) -> None:
        self.equations = equations
        self.holding: dict[int, list[int]] = defaultdict(list)
        """For each cell, the places of the equations it stands in."""
        for number, equation in enumerate(equations):
            for _, cell in equation:
                self.holding[cell].append(number)
        self._set_of: dict[int, Linked] = {}
        for cell in unknown:
            self.open(cell)

    def sets(self) -> list[Linked]:
        """Give the sets of equations with an unknown cell."""
        return list(dict.fromkeys(self._set_of.values()))

    def equations_of(self, linked: Linked) -> list[Terms]:
        """Give the equations of a set, in their order."""
        return [self.equations[number] for number in sorted(linked.numbers)]

    def open(self, cell: int) -> None:
        """Take a cell as unknown, which joins the sets it stands in."""
        places = self.holding[cell]
        met = dict.fromkeys(self._set_of[n] for n in places if n in self._set_of)
        largest = max(
            met, key=lambda each: len(each.numbers), default=Linked(set(), Ranges({}, ()))
        )
        added = {number for each in met if each is not largest for number in each.numbers}
        added.update(number for number in places if number not in self._set_of)
        largest.numbers |= added
        largest.found = []
        self._set_of.update(dict.fromkeys(added, largest))


def work_out(
    equations: Iterable[Terms],
    known: Mapping[int, float],
    lowest: Mapping[int, float],
    whole: Collection[int],
) -> Ranges:
    """Give the range of every cell in `lowest`, which holds the least value each is known to have.

    Cells in `whole` are whole numbers. Every cell of the equations is in `known` or in `lowest`. The
    ranges are what each equation gives after the others; `eliminate` tightens them by combinations.
    """
    ranges = Ranges(lowest, whole)
    rows = []
    for equation in equations:
        terms = {cell: float(sign) for sign, cell in equation if cell not in known}
        if terms:
            rest = -sum(sign * known[cell] for sign, cell in equation if cell in known)
            rows.append(_Row(terms, rest))
    ranges.add(rows)
    return ranges


def _eliminate(rows: Iterable[_Row], ranges: Ranges) -> list[_Row]:
    """Combine the equations so that each has a cell of its own (reduced row echelon form)."""
    solved: dict[int, tuple[dict[int, Fraction | int], float]] = {}
    holding: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        terms: dict[int, Fraction | int] = {}
        rest = row.rest
        for cell, coefficient in row.terms.items():
            value = ranges.exact(cell)
            if value is None:
                terms[cell] = int(coefficient)
            else:
                rest -= coefficient * value
        for cell in [cell for cell in terms if cell in solved]:
            times = terms.get(cell, 0)
            other, other_rest = solved[cell]
            _subtract(terms, other, times)
            rest -= float(times) * other_rest
        if not terms:
            continue
        own = min(terms, key=lambda cell: (abs(terms[cell]) != 1, len(holding[cell]), cell))
        scale = terms[own]
        if scale != 1:
            terms = {
                cell: c * scale if abs(scale) == 1 else Fraction(c) / scale
                for cell, c in terms.items()
            }
            rest /= float(scale)
        for pivot in list(holding[own]):
            other, other_rest = solved[pivot]
            times = other[own]
            before = set(other)
            _subtract(other, terms, times)
            solved[pivot] = other, other_rest - float(times) * rest
            for cell in before - other.keys():
                holding[cell].discard(pivot)
            for cell in other.keys() - before:
                holding[cell].add(pivot)
        solved[own] = terms, rest
        for cell in terms:
            if cell != own:
                holding[cell].add(own)
    return [
        _Row({cell: float(c) for cell, c in terms.items()}, rest) for terms, rest in solved.values()
    ]


def _subtract(
    terms: dict[int, Fraction | int], other: Mapping[int, Fraction | int], times: Fraction | int
) -> None:
    for cell, coefficient in other.items():
        left = terms.get(cell, 0) - times * coefficient
        if left == 0:
            terms.pop(cell, None)
        else:
            terms[cell] = left
