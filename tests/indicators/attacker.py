"""Someone who reads a publication and works out what was hidden: exact linear programming.

It shares nothing with the code it attacks: from the printed rows it sets up every sum a careful reader
would, and asks which hidden numbers can have one value only.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, inf

Name = tuple[str, ...]
"""Indicator, part, kind of number, first day, last day, dimension, group."""
Row = Mapping[str, object]

DAY = timedelta(days=1)
STOCKS = {"CP-09", "CP-13", "CP-14"}
DIFFERENT_CHILDREN = {"MI-01", "LA-10"}
SHARES = {"CP-05", "CP-07", "CP-11", "CP-12", "CP-13", "CP-14", "LA-10"}
SAME = (
    (("CP-06", "", "numerator"), ("CP-07", "", "denominator")),
    (("CP-10s", "", "numerator"), ("CP-11", "", "denominator")),
    (("CP-10e", "", "numerator"), ("CP-12", "", "denominator")),
    (("CP-09", "", "numerator"), ("CP-13", "", "denominator")),
)
PARTS = (
    (("CP-09", "", "numerator"), ("CP-14", "", "denominator")),
    (("CP-06", "", "numerator"), ("CP-05", "", "denominator")),
)


@dataclass
class Polytope:
    """The points x >= 0 with A x = b, kept as a simplex tableau."""

    equations: Sequence[tuple[Mapping[Name, Fraction], Fraction]]
    rows: dict[Name, dict[Name, Fraction]] = field(default_factory=dict)
    values: dict[Name, Fraction] = field(default_factory=dict)
    empty: bool = False

    def __post_init__(self) -> None:
        aim: dict[Name, Fraction] = defaultdict(Fraction)
        for number, (terms, value) in enumerate(self.equations):
            sign = -1 if value < 0 else 1
            helper: Name = ("helper", str(number))
            self.rows[helper] = {name: sign * c for name, c in terms.items() if c}
            self.values[helper] = sign * value
            for name, coefficient in self.rows[helper].items():
                aim[name] += coefficient
        # With the helpers at their least the equations hold: minimise their sum.
        self._climb(dict(aim))
        helpers = [name for name in self.rows if name[0] == "helper"]
        self.empty = any(self.values[name] > 0 for name in helpers)
        for helper in helpers:
            real = next((n for n, c in self.rows[helper].items() if n[0] != "helper"), None)
            if real is None:
                del self.rows[helper], self.values[helper]
            else:
                self._pivot(helper, real, {})
        for row in self.rows.values():
            for name in [name for name in row if name[0] == "helper"]:
                del row[name]

    def _pivot(self, leaving: Name, entering: Name, aim: dict[Name, Fraction]) -> None:
        row, value = self.rows.pop(leaving), self.values.pop(leaving)
        scale = row.pop(entering)
        row = {name: c / scale for name, c in row.items()}
        row[leaving] = 1 / scale
        value /= scale
        for basic, other in self.rows.items():
            if times := other.pop(entering, None):
                _take(other, row, times)
                self.values[basic] -= times * value
        if times := aim.pop(entering, None):
            _take(aim, row, times)
        self.rows[entering], self.values[entering] = row, value

    def _climb(self, aim: dict[Name, Fraction]) -> bool:
        """Maximise an aim given in the variables outside the basis; say whether it has an end."""
        while True:
            rising = [n for n, c in aim.items() if c > 0 and n[0] != "helper"]
            if not rising:
                return True
            entering = min(rising)  # Bland's rule: it always ends
            ratios = [
                (self.values[basic] / row[entering], basic)
                for basic, row in self.rows.items()
                if row.get(entering, 0) > 0
            ]
            if not ratios:
                return False
            self._pivot(min(ratios)[1], entering, aim)

    def at(self, name: Name) -> Fraction:
        """Give a variable's value at the point the search stands at."""
        return self.values.get(name, Fraction(0))

    def most(self, name: Name, sign: int) -> Fraction | float:
        """Give the greatest value of `sign` times a variable, at any point."""
        aim = (
            {n: -sign * c for n, c in self.rows[name].items()}
            if name in self.rows
            else {name: Fraction(sign)}
        )
        if not self._climb(aim):
            return inf
        return sign * self.at(name)


def _take(row: dict[Name, Fraction], other: Mapping[Name, Fraction], times: Fraction) -> None:
    for name, coefficient in other.items():
        left = row.get(name, Fraction(0)) - times * coefficient
        if left:
            row[name] = left
        else:
            row.pop(name, None)


class Attacker:
    """Reads rows as `Figure.to_json` gives them."""

    def __init__(self, rows: Iterable[Row], population: float | None = None) -> None:
        self.known: dict[Name, Fraction] = {}
        self.least: dict[Name, int] = {}
        self.equations: list[dict[Name, Fraction]] = []
        self._constants: list[Fraction] = []
        self._places: dict[tuple[str, str, str], set[tuple[str, str, str, str]]] = defaultdict(set)
        rows = list(rows)
        for row in rows:
            self._read(row, population)
        for row in rows:
            self._within_figure(row)
        self._groups()
        self._periods()
        self._across()

    def _name(self, row: Row, kind: str) -> Name:
        code = str(row["indicator"])
        start = row["period_end"] if code in STOCKS else row["period_start"]
        place = (str(start), str(row["period_end"]), str(row["by"]), str(row["group"]))
        return code, str(row["part"]), kind, *place

    def _read(self, row: Row, population: float | None) -> None:
        share = row["indicator"] in SHARES
        kinds = ["numerator"] + (["denominator", "unknown"] if share else [])
        if row["indicator"] in ("AS-02", "LH-05"):
            kinds = ["denominator"]
        for kind in kinds:
            name = self._name(row, kind)
            self._places[name[0], name[1], kind].add(name[3:])  # type: ignore[arg-type]
            number = row[kind]
            if number is not None:
                self.known[name] = Fraction(str(number))
            elif kind == "numerator" and share:
                whole = row["denominator"]
                self.least[name] = int(whole is not None and float(str(whole)) >= 10)
            else:
                self.least[name] = 1  # nought is shown
        if row.get("rate") is not None and population:
            count = float(str(row["rate"])) * population / 10_000
            self.known.setdefault(self._name(row, "numerator"), Fraction(round(count)))

    def _add(self, terms: Mapping[Name, int | Fraction], constant: Fraction = Fraction(0)) -> None:
        self.equations.append({name: Fraction(c) for name, c in terms.items()})
        self._constants.append(constant)

    def _unseen(self, name: Name) -> Name:
        self.least.setdefault(name, 0)
        return name

    def _within_figure(self, row: Row) -> None:
        n, d, u = (self._name(row, kind) for kind in ("numerator", "denominator", "unknown"))
        if row["indicator"] in SHARES:
            not_met = self._unseen(self._name(row, "not met"))
            rest = self._unseen(self._name(row, "rest"))
            self._add({d: 1, n: -1, rest: -1})
            self._add({rest: 1, u: -1, not_met: -1})
            if row["value"] is not None and float(str(row["value"])) > 0:
                share = Fraction(float(str(row["value"]))).limit_denominator(100_000) / 100
                self._add({n: 1, d: -share})

    def _groups(self) -> None:
        for (code, part, kind), places in self._places.items():
            sums: dict[tuple[str, str, str], list[Name]] = defaultdict(list)
            for start, end, by, group in sorted(places):
                if by != "all":
                    sums[start, end, by].append((code, part, kind, start, end, by, group))
            for (start, end, by), names in sums.items():
                total = (code, part, kind, start, end, "all", "all")
                if (start, end, "all", "all") not in places:
                    continue
                terms: dict[Name, int | Fraction] = dict.fromkeys(names, 1) | {total: -1}
                if code in DIFFERENT_CHILDREN:
                    terms[self._unseen((code, part, kind + " twice", start, end, by, ""))] = -1
                self._add(terms)

    def _periods(self) -> None:
        for (code, part, kind), places in self._places.items():
            if code in STOCKS or code in DIFFERENT_CHILDREN:
                continue
            spans: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
            for start, end, by, group in places:
                spans[by, group].add((start, end))
            for (by, group), periods in spans.items():
                edges = sorted({s for s, _ in periods} | {_after(e) for _, e in periods})
                for start, end in sorted(periods):
                    inner = [edge for edge in edges if start <= edge <= _after(end)]
                    tiles = [
                        (code, part, kind, a, _before(b), by, group)
                        for a, b in itertools.pairwise(inner)
                    ]
                    if len(tiles) > 1:
                        for tile in tiles:
                            if tile not in self.known:
                                self._unseen(tile)
                        self._add(
                            {(code, part, kind, start, end, by, group): -1}
                            | dict.fromkeys(tiles, 1)
                        )

    def _across(self) -> None:
        for one, other in SAME:
            for place in self._places[one] & self._places[other]:
                self._add({(*one, *place): 1, (*other, *place): -1})
        for whole, inner in PARTS:
            for place in self._places[whole] & self._places[inner]:
                rest = self._unseen((*inner[:2], "outside", *place))
                self._add({(*whole, *place): 1, (*inner, *place): -1, rest: -1})
        for start, end, by, group in self._places["CP-10s", "", "numerator"]:
            before, place = _before(start), (by, group)
            terms: dict[Name, int | Fraction] = {
                ("CP-09", "", "numerator", before, before, *place): 1,
                ("CP-10s", "", "numerator", start, end, *place): 1,
                ("CP-10e", "", "numerator", start, end, *place): -1,
                ("CP-09", "", "numerator", end, end, *place): -1,
            }
            if all(name in self.known or name in self.least for name in terms):
                self._add(terms)

    def forced(self) -> dict[Name, int]:
        """Give every hidden number that can be one whole number only."""
        found: dict[Name, int] = {}
        for equations in self._components():
            polytope = Polytope(equations)
            assert not polytope.empty, "what is published contradicts itself"
            names = sorted({name for terms, _ in equations for name in terms})
            lowest = {name: polytope.at(name) for name in names}
            highest = dict(lowest)
            for name in names:
                for sign in (1, -1):
                    # Two points that are two apart have whole numbers between them.
                    if highest[name] - lowest[name] >= 2:
                        break
                    end = polytope.most(name, sign)
                    for each in names:
                        lowest[each] = min(lowest[each], polytope.at(each))
                        highest[each] = max(highest[each], polytope.at(each))
                    if end == inf:
                        highest[name] = lowest[name] + 2
                low, high = ceil(lowest[name]), floor(highest[name])
                if low == high:
                    found[name] = low + self.least[name]
        return found

    def _components(self) -> list[list[tuple[dict[Name, Fraction], Fraction]]]:
        """Give the equations in the hidden numbers alone, each less its least, in separate sets."""
        known = dict(self.known)
        left: list[tuple[dict[Name, Fraction], Fraction]] = []
        for terms, constant in zip(self.equations, self._constants, strict=True):
            value = constant
            unknown: dict[Name, Fraction] = {}
            for name, coefficient in terms.items():
                if name in known:
                    value -= coefficient * known[name]
                else:
                    unknown[name] = coefficient
                    value -= coefficient * self.least[name]
            if unknown:
                left.append((unknown, value))
        holding: dict[Name, list[int]] = defaultdict(list)
        for number, (terms, _) in enumerate(left):
            for name in terms:
                holding[name].append(number)
        seen: set[int] = set()
        sets = []
        for first in range(len(left)):
            if first in seen:
                continue
            seen.add(first)
            together, waiting = [], [first]
            while waiting:
                number = waiting.pop()
                together.append(left[number])
                for name in left[number][0]:
                    for other in holding[name]:
                        if other not in seen:
                            seen.add(other)
                            waiting.append(other)
            sets.append(together)
        return sets


def _after(day: str) -> str:
    return (date.fromisoformat(day) + DAY).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - DAY).isoformat()
