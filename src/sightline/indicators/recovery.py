"""What a reader can work out of hidden numbers from those that are published.

Cells are numbered; an equation says that a sum of cells, each with its sign, is nought: the districts
less the county, the months less the year. From what is known, every hidden cell gets a range: bounds are
carried from equation to equation, and equations are combined by elimination, so that a cell which only
several of them together give away is found too.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, inf

Terms = tuple[tuple[int, int], ...]
"""An equation: pairs of sign (1 or -1) and cell, whose sum is 0."""

_NEAR = 1e-6
_VISITS = 60
"""Times an equation is looked at again: enough for bounds to settle, and an end where they cannot."""


class _Row:
    """An equation reduced to the cells that are not known: the sum of coefficient x cell is `rest`."""

    def __init__(self, terms: Mapping[int, Fraction | int], rest: float) -> None:
        self.terms = terms
        self.rest = rest


class Ranges:
    """Lowest and highest value each unknown cell can have."""

    def __init__(self, lowest: Mapping[int, float], whole: Collection[int]) -> None:
        self.lowest = dict(lowest)
        self.highest: dict[int, float] = dict.fromkeys(lowest, inf)
        self._whole = whole

    def exact(self, cell: int) -> float | None:
        """Give the value of a cell that can have only one, else None."""
        low, high = self.lowest[cell], self.highest[cell]
        return high if high - low <= _NEAR * max(1.0, abs(high)) else None

    def narrow(self, cell: int, low: float, high: float) -> bool:
        """Take a tighter range into account; say whether it was tighter."""
        if cell in self._whole:
            low = ceil(low - _NEAR) if low > -inf else low
            high = floor(high + _NEAR) if high < inf else high
        moved = False
        if low > self.lowest[cell] + _NEAR:
            self.lowest[cell] = low
            moved = True
        if high < self.highest[cell] - _NEAR:
            self.highest[cell] = high
            moved = True
        return moved


def work_out(
    equations: Iterable[Terms],
    known: Mapping[int, float],
    lowest: Mapping[int, float],
    whole: Collection[int],
) -> Ranges:
    """Give the range of every cell in `lowest`, which holds the least value each is known to have.

    Cells in `whole` are whole numbers. Every cell of the equations is in `known` or in `lowest`.
    """
    ranges = Ranges(lowest, whole)
    rows = []
    for equation in equations:
        terms = {cell: sign for sign, cell in equation if cell not in known}
        if terms:
            rest = -sum(sign * known[cell] for sign, cell in equation if cell in known)
            rows.append(_Row(terms, rest))
    _carry(rows, ranges)
    _carry([*rows, *_eliminate(rows, ranges)], ranges)
    return ranges


def _carry(rows: Sequence[_Row], ranges: Ranges) -> None:
    """Carry bounds from equation to equation until nothing moves."""
    holding: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for cell in row.terms:
            holding[cell].append(number)
    waiting = deque(range(len(rows)))
    queued = set(waiting)
    visits = [0] * len(rows)
    while waiting:
        number = waiting.popleft()
        queued.discard(number)
        visits[number] += 1
        if visits[number] > _VISITS:
            continue
        for cell in _bound(rows[number], ranges):
            for other in holding[cell]:
                if other not in queued:
                    queued.add(other)
                    waiting.append(other)


def _bound(row: _Row, ranges: Ranges) -> list[int]:
    """Tighten the cells of one equation by the others in it; give those that moved."""
    least = most = 0.0
    open_below = open_above = 0
    spans: list[tuple[int, float, float, float]] = []
    for cell, coefficient in row.terms.items():
        times = float(coefficient)
        low, high = times * ranges.lowest[cell], times * ranges.highest[cell]
        if times < 0:
            low, high = high, low
        spans.append((cell, times, low, high))
        if low == -inf:
            open_below += 1
        else:
            least += low
        if high == inf:
            open_above += 1
        else:
            most += high
    moved = []
    for cell, times, low, high in spans:
        others_low = -inf if open_below > (low == -inf) else least - (low if low > -inf else 0)
        others_high = inf if open_above > (high == inf) else most - (high if high < inf else 0)
        ends = (row.rest - others_high) / times, (row.rest - others_low) / times
        if ranges.narrow(cell, min(ends), max(ends)):
            moved.append(cell)
    return moved


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
                terms[cell] = coefficient
            else:
                rest -= float(coefficient) * value
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
    return [_Row(terms, rest) for terms, rest in solved.values()]


def _subtract(
    terms: dict[int, Fraction | int], other: Mapping[int, Fraction | int], times: Fraction | int
) -> None:
    for cell, coefficient in other.items():
        left = terms.get(cell, 0) - times * coefficient
        if left == 0:
            terms.pop(cell, None)
        else:
            terms[cell] = left
