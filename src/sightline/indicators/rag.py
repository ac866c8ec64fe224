"""Red, amber or green: a value against its target (INDICATORS section 5).

Needs a target, a tolerance and a polarity. A missing value is grey, and grey is never green. A neutral
indicator is never coloured. The word always stands beside the colour.
"""

from enum import StrEnum

from sightline.indicators.settings import Target


class Rag(StrEnum):
    """The word to show; `GREY` where nothing can be said."""

    GREEN = "On target"
    AMBER = "Near target"
    RED = "Off target"
    GREY = "Not judged"


def rag(value: float | None, target: Target | None, better: str, unit: str) -> Rag:
    """Judge a value. The tolerance is in points of a percentage, else in per cent of the target."""
    if value is None or target is None or better == "neutral":
        return Rag.GREY
    short = target.value - value if better == "higher" else value - target.value
    if short <= 0:
        return Rag.GREEN
    tolerance = target.tolerance if unit == "percent" else target.value * target.tolerance / 100
    return Rag.AMBER if short <= tolerance else Rag.RED
