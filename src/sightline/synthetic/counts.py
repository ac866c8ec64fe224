"""Whole numbers that add up: totals shared out, and counts that were hidden when published."""

from collections.abc import Mapping, Sequence
from itertools import pairwise


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Share a total out in proportion to weights, in whole numbers that add up to it.

    What rounding leaves goes to the largest remainders. Equal shares if all weights are 0.
    """
    if not weights:
        return []
    whole = sum(weights)
    exact = [total * weight / whole if whole else total / len(weights) for weight in weights]
    shares = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def fill_hidden(
    cells: Mapping[str, float | None], total: float, likely: Mapping[str, float]
) -> dict[str, float]:
    """Fill counts that are hidden (None): they share what is left of the total as is likely.

    `likely` are weights, such as the counts of all England. Known counts stay as they are.
    """
    hidden = [name for name, value in cells.items() if value is None]
    left = max(0.0, total - sum(value for value in cells.values() if value is not None))
    filled = share_out(round(left), [likely.get(name, 0.0) for name in hidden])
    shares = dict(zip(hidden, filled, strict=True))
    return {name: shares[name] if value is None else value for name, value in cells.items()}


def values_with_quartiles(
    bands: Sequence[tuple[int, int, int]], quartiles: Sequence[float | None]
) -> list[int]:
    """Give values in order so that each band (lowest, highest, how many) has its count.

    The lower quartile, median and upper quartile are those given wherever the bands allow; between
    these knots the values are spread evenly.
    """
    count = sum(each for _, _, each in bands)
    values: list[int] = []
    for low, high, number in bands:
        first = len(values)
        knots = [(float(first), float(low)), (max(float(first), first + number - 1.0), float(high))]
        for quarter, value in enumerate(quartiles, start=1):
            place = (count - 1) * quarter / 4
            if value is not None and low <= value <= high and first <= place <= first + number - 1:
                # Both neighbours of the place have the value, so that no rounding moves it.
                knots += [(float(int(place)), value), (float(-int(-place)), value)]
        knots = [(at, min(max(value, low), high)) for at, value in sorted(knots)]
        values += [_between(knots, first + i) for i in range(number)]
    return values


def _between(knots: Sequence[tuple[float, float]], at: float) -> int:
    """Give the value at a place on the line through the knots, as a whole number."""
    for (left, low), (right, high) in pairwise(knots):
        if left <= at <= right:
            share = (at - left) / (right - left) if right > left else 1.0
            return round(low + (high - low) * share)
    return round(knots[-1][1])
