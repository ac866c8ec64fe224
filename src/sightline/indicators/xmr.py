"""XmR charts: what is a change and what is ordinary variation (INDICATORS section 6).

The rules of the NHS method "Making Data Count". Limits are the mean of the points and 2.66 times their
mean moving range to either side; four kinds of special cause are looked for, each point showing the
first that it has. A gap in the series ends one stretch and begins another, as a rebase does: limits and
signals never reach over either. Before a percentage of very small denominators is drawn, consider
whether a chart helps at all.

All comparing is done in fractions, so that "on the mean" and "beyond the limit" mean exactly that;
values count to six decimal places.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise, takewhile

LIMIT = Fraction("2.66")
NEAR_LIMIT = 2 * LIMIT / 3
SCREEN = Fraction("3.267")
RUN = 7
"""Points that make a trend or a shift."""
FULL_LIMITS = 13
"""Points that limits must rest on to be more than trial limits."""
_FINEST = 1_000_000


class Signal(StrEnum):
    """The special cause a point shows, in order of precedence; `NONE` is common cause."""

    BEYOND_LIMIT = "beyond limit"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    SHIFT = "shift"
    NONE = ""


class Kind(StrEnum):
    """What a point's signal means: by polarity, or `HIGH` and `LOW` for a neutral indicator."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


_JUDGED = {Kind.IMPROVEMENT: ", an improvement", Kind.CONCERN: ", a concern"}


class Assurance(StrEnum):
    """Whether a target can be expected to be met as things are."""

    PASSES = "consistently passes"
    FAILS = "consistently fails"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True)
class XmrPoint:
    """One point. `direction` is 1 for a signal upwards, -1 for one downwards, 0 for none."""

    value: float | None
    signal: Signal = Signal.NONE
    direction: int = 0
    kind: Kind = Kind.COMMON

    @property
    def said(self) -> str:
        """What the chart says of the point, as `Above the upper limit`; nothing for common cause."""
        up = self.direction > 0
        return {
            Signal.BEYOND_LIMIT: "Above the upper limit" if up else "Below the lower limit",
            Signal.TREND: f"One of {RUN} points {'rising' if up else 'falling'}",
            Signal.TWO_OF_THREE: f"One of two in three near the {'upper' if up else 'lower'} limit",
            Signal.SHIFT: f"One of {RUN} points {'above' if up else 'below'} the mean",
            Signal.NONE: "",
        }[self.signal]


@dataclass(frozen=True)
class Segment:
    """A stretch with limits of its own: indexes of its first and last point, and the limits.

    `based_on` is the number of points the limits rest on; below 13 they are trial limits.
    """

    first: int
    last: int
    based_on: int
    mean: float
    mean_moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float

    @property
    def trial(self) -> bool:
        """Whether the limits rest on too few points to be relied on."""
        return self.based_on < FULL_LIMITS

    def displayed(self, unit: str) -> tuple[float, float]:
        """Give the lower and upper limit to show: those of a percentage stay within 0 to 100."""
        if unit != "percent":
            return self.lower, self.upper
        return max(self.lower, 0.0), min(self.upper, 100.0)


@dataclass(frozen=True)
class XmrResult:
    """A series read as an XmR chart.

    `segments` is empty where no stretch has two points together; then there are no limits. `assurance`
    is by the limits at the last point; None without a target, without limits or if neutral.
    """

    points: tuple[XmrPoint, ...]
    segments: tuple[Segment, ...]
    better: str
    target: float | None
    assurance: Assurance | None

    @property
    def current(self) -> Segment | None:
        """The stretch the last point with a value is in; None where that point has no limits."""
        return _current(self.points, self.segments)


def xmr(
    values: Sequence[float | None],
    *,
    better: str,
    target: float | None = None,
    rebase: Collection[int] = (),
    screen_outliers: bool = True,
    fix_after: int | None = None,
) -> XmrResult:
    """Read a series in order of time; None is a gap.

    `better` is higher, lower or neutral. `rebase` holds the indexes of the points that begin new limits.
    With `fix_after`, the limits of a stretch rest on its first so many points. `screen_outliers` leaves
    moving ranges of 3.267 times their mean and more out of it, once. `ValueError` for any other
    `better`, a `rebase` outside the series or a `fix_after` below 2.
    """
    if better not in ("higher", "lower", "neutral"):
        raise ValueError(f"better is {better!r}; it must be higher, lower or neutral")
    if outside := [index for index in rebase if not 0 <= index < len(values)]:
        raise ValueError(f"rebase names point {outside[0]} of a series of {len(values)}")
    if fix_after is not None and fix_after < 2:
        raise ValueError(f"fix_after is {fix_after}; limits need 2 points at least")
    points = [XmrPoint(value) for value in values]
    segments: list[Segment] = []
    for first, last in _stretches(values, rebase):
        found = [_exact(value) for value in values[first : last + 1] if value is not None]
        if len(found) < 2:
            continue
        basis = found[:fix_after]
        mean, mean_range = _mean_and_range(basis, screen_outliers=screen_outliers)
        segments.append(
            Segment(
                first,
                last,
                len(basis),
                float(mean),
                float(mean_range),
                float(mean - LIMIT * mean_range),
                float(mean + LIMIT * mean_range),
                float(mean - NEAR_LIMIT * mean_range),
                float(mean + NEAR_LIMIT * mean_range),
            )
        )
        for index, (signal, direction) in enumerate(_signals(found, mean, mean_range), first):
            points[index] = XmrPoint(values[index], signal, direction, _kind(direction, better))
    assurance = _assurance(_current(points, segments), better, target)
    return XmrResult(tuple(points), tuple(segments), better, target, assurance)


def _current(points: Sequence[XmrPoint], segments: Sequence[Segment]) -> Segment | None:
    if not segments or any(p.value is not None for p in points[segments[-1].last + 1 :]):
        return None
    return segments[-1]


def _exact(value: float) -> Fraction:
    """Give a value as the fraction it stands for: 33.333333333333336 is a hundred thirds."""
    return Fraction(value).limit_denominator(_FINEST)


def _stretches(values: Sequence[float | None], rebase: Collection[int]) -> list[tuple[int, int]]:
    """Give first and last index of each run of points without gap or rebase."""
    stretches: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        if value is None:
            continue
        if stretches and stretches[-1][1] == index - 1 and index not in rebase:
            stretches[-1] = (stretches[-1][0], index)
        else:
            stretches.append((index, index))
    return stretches


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _mean_and_range(
    basis: Sequence[Fraction], *, screen_outliers: bool
) -> tuple[Fraction, Fraction]:
    ranges = [abs(after - before) for before, after in pairwise(basis)]
    mean_range = _mean(ranges)
    if screen_outliers:
        # Where every point is the same, every range is 0 and none is below the cut of 0.
        kept = [each for each in ranges if each < SCREEN * mean_range]
        mean_range = _mean(kept or ranges)
    return _mean(basis), mean_range


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _signals(
    values: Sequence[Fraction], mean: Fraction, mean_range: Fraction
) -> list[tuple[Signal, int]]:
    """Give each point's signal and its direction, by precedence."""
    sides = [_sign(value - mean) for value in values]
    beyond = [abs(value - mean) > LIMIT * mean_range for value in values]
    near = [
        abs(value - mean) > NEAR_LIMIT * mean_range and not out
        for value, out in zip(values, beyond, strict=True)
    ]
    trend, two_of_three, shift = (
        _trend([_sign(after - before) for before, after in pairwise(values)], len(values)),
        _two_of_three(sides, near),
        _shift(sides),
    )
    found: list[tuple[Signal, int]] = []
    for index, side in enumerate(sides):
        if beyond[index]:
            found.append((Signal.BEYOND_LIMIT, side))
        elif trend[index]:
            found.append((Signal.TREND, trend[index]))
        elif two_of_three[index]:
            found.append((Signal.TWO_OF_THREE, side))
        elif shift[index]:
            found.append((Signal.SHIFT, side))
        else:
            found.append((Signal.NONE, 0))
    return found


def _trend(steps: Sequence[int], count: int) -> list[int]:
    """Give 1 or -1 to points of a rising or falling trend; the later of two opposite ones counts."""
    marked = [0] * count
    for start in range(count - RUN + 1):
        direction = steps[start]
        if direction and all(step == direction for step in steps[start : start + RUN - 1]):
            marked[start : start + RUN] = [direction] * RUN
    return marked


def _two_of_three(sides: Sequence[int], near: Sequence[bool]) -> list[bool]:
    marked = [False] * len(sides)
    for start in range(len(sides) - 2):
        window = range(start, start + 3)
        one_side = abs(sum(sides[start : start + 3])) == 3
        if one_side and sum(near[index] for index in window) >= 2:
            for index in window:
                marked[index] = marked[index] or near[index]
    return marked


def _shift(sides: Sequence[int]) -> list[bool]:
    marked = [False] * len(sides)
    for start in range(len(sides) - RUN + 1):
        if abs(sum(sides[start : start + RUN])) == RUN:
            marked[start : start + RUN] = [True] * RUN
    return marked


def _kind(direction: int, better: str) -> Kind:
    if direction == 0:
        return Kind.COMMON
    if better == "neutral":
        return Kind.HIGH if direction > 0 else Kind.LOW
    good = (direction > 0) == (better == "higher")
    return Kind.IMPROVEMENT if good else Kind.CONCERN


def _assurance(segment: Segment | None, better: str, target: float | None) -> Assurance | None:
    if target is None or better == "neutral" or segment is None:
        return None
    if segment.lower <= target <= segment.upper:
        return Assurance.HIT_AND_MISS
    above = target > segment.upper
    return Assurance.FAILS if above == (better == "higher") else Assurance.PASSES


def reading(result: XmrResult, *, step: str = "month") -> str:
    """Say in one or two plain sentences what the chart shows now, and what to expect of the target.

    `step` is the time between points, in the singular.
    """
    segment = result.current
    if segment is None:
        return "There are too few figures in a row to tell a change from ordinary variation."
    said = _what_changed(result, segment, step)
    if segment.trial:
        said = f"A first indication, from {segment.based_on} {step}s only: {said}"
    else:
        said = said[0].upper() + said[1:]
    match result.assurance:
        case Assurance.PASSES:
            return f"{said} As things are, expect the target to be met every {step}."
        case Assurance.FAILS:
            return (
                f"{said} As things are, expect the target to be missed every {step}: "
                "meeting it needs a change in how the work is done."
            )
        case Assurance.HIT_AND_MISS:
            return (
                f"{said} As things are, expect the target to be met in some {step}s and missed in "
                "others, by chance alone."
            )
    return said


def reading_short(result: XmrResult) -> str:
    """Say the same for a cell of a table, as `Concern: falling. Target: hit and miss`."""
    segment = result.current
    if segment is None:
        return "Too few figures"
    latest = result.points[segment.last]
    up = latest.direction > 0
    said = {
        Signal.BEYOND_LIMIT: "unusually high" if up else "unusually low",
        Signal.TREND: "rising" if up else "falling",
        Signal.TWO_OF_THREE: "near the upper limit" if up else "near the lower limit",
        Signal.SHIFT: "lasting rise" if up else "lasting fall",
        Signal.NONE: "ordinary variation",
    }[latest.signal]
    short = f"{latest.kind}: {said}" if latest.kind in _JUDGED else said
    short = short[0].upper() + short[1:] + (" (trial limits)" if segment.trial else "")
    return f"{short}. Target: {result.assurance}" if result.assurance else short


def _what_changed(result: XmrResult, segment: Segment, step: str) -> str:
    """Give the first sentence, beginning with a small letter."""
    point = result.points[segment.last]
    up = point.direction > 0
    meant = _JUDGED.get(point.kind, "")
    latest = f"the latest {step}"
    if segment.last < len(result.points) - 1:
        latest += " with a figure"
    match point.signal:
        case Signal.BEYOND_LIMIT:
            return (
                f"{latest} is {'higher' if up else 'lower'} than ordinary variation explains{meant}: "
                "look for the cause."
            )
        case Signal.TREND:
            steps = _length_of_run(result, segment, trend=True)
            return f"it has {'risen' if up else 'fallen'} {steps} {step}s running{meant}."
        case Signal.TWO_OF_THREE:
            return (
                f"at least two of the last three {step}s are unusually {'high' if up else 'low'}"
                f"{meant}: more than ordinary variation explains."
            )
        case Signal.SHIFT:
            count = _length_of_run(result, segment, trend=False)
            return (
                f"the last {count} {step}s are all {'above' if up else 'below'} the average{meant}: "
                "the level has changed."
            )
    for index in range(segment.last - 1, segment.first - 1, -1):
        earlier = result.points[index]
        if earlier.signal is not Signal.NONE:
            ago = segment.last - index
            return (
                f"{latest} is within ordinary variation; the last that was not came "
                f"{ago} {step}{'s' if ago > 1 else ''} before it "
                f"({earlier.said.lower()}{_JUDGED.get(earlier.kind, '')})."
            )
    return (
        f"only ordinary variation; nothing shows that one {step} differs from another by more "
        "than chance."
    )


def _length_of_run(result: XmrResult, segment: Segment, *, trend: bool) -> int:
    """Count the steps one way, or the points on one side of the mean, that end with the last point."""
    values = [
        _exact(point.value)
        for point in result.points[segment.first : segment.last + 1]
        if point.value is not None
    ]
    mean = _mean(values[: segment.based_on])
    signs = (
        [_sign(after - before) for before, after in pairwise(values)]
        if trend
        else [_sign(value - mean) for value in values]
    )
    return len(list(takewhile(lambda sign: sign == signs[-1], reversed(signs))))
