"""Which of several records under one key is which, from return to return.

Two referrals of one child on one day share their key. Each return's rows are matched to the records
known so far by what they say: fewest contradictions first, then most agreements, then their order.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

MOST_PAIRS = 10_000
"""Pairs of rows compared for one key and return; beyond that, rows are matched in their order."""

Row = tuple[int, int, int, tuple[object, ...]]
"""A row's number, its key's number, the number of the list or return it stands in, its values."""


def number_occurrences(rows: Iterable[Row]) -> list[tuple[int, int]]:
    """Give each row's number with the number of its record under the key, from 1.

    Rows must come sorted by key, then list or return, then place. Rows of one list are never the
    same record.
    """
    numbered: list[tuple[int, int]] = []
    for _, of_key in groupby(rows, key=itemgetter(1)):
        known: list[tuple[object, ...]] = []
        for _, of_list in groupby(of_key, key=itemgetter(2)):
            here = list(of_list)
            matched = _match([values for *_, values in here], known)
            for (number, _, _, values), place in zip(here, matched, strict=True):
                if place == len(known):
                    known.append(values)
                else:
                    known[place] = tuple(
                        old if new is None else new
                        for old, new in zip(known[place], values, strict=True)
                    )
                numbered.append((number, place + 1))
    return numbered


def _match(rows: Sequence[tuple[object, ...]], known: Sequence[tuple[object, ...]]) -> list[int]:
    """For each row the place of its record in `known`, or the next place after it if it is new."""
    if len(rows) * len(known) > MOST_PAIRS:
        return list(range(len(rows)))
    scored = sorted(
        (*_distance(values, old), index, place)
        for index, values in enumerate(rows)
        for place, old in enumerate(known)
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for *_, index, place in scored:
        if index not in matched and place not in taken:
            matched[index] = place
            taken.add(place)
    following = len(known)
    places = []
    for index in range(len(rows)):
        if index in matched:
            places.append(matched[index])
        else:
            places.append(following)
            following += 1
    return places


def _distance(a: tuple[object, ...], b: tuple[object, ...]) -> tuple[int, int]:
    both = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    agreeing = sum(x == y for x, y in both)
    return len(both) - agreeing, -agreeing
