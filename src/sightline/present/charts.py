"""Charts as SVG: real text, a title and a description for screen readers, no script.

A table with the same numbers always stands beside a chart (WCAG 1.1.1, 1.4.1): colour is never the only
signal, so special points differ in shape as well, and lines are labelled where they end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import floor, log10

INK = "#0b0c0c"
GREY = "#505a5f"
LIGHT = "#d2d5d7"
BLUE = "#1d70b8"
IMPROVEMENT = "#00703c"
CONCERN = "#b8421e"
NEUTRAL = "#4c2c92"
PALETTE = (BLUE, "#b8421e", "#00703c", "#4c2c92", GREY)


@dataclass(frozen=True)
class Point:
    """A point of a control chart. `kind` is common, improvement, concern, high or low.

    `mark` is the number of a note on it, shown above the chart.
    """

    label: str
    value: float | None
    kind: str = "common"
    mark: str = ""


@dataclass(frozen=True)
class Limits:
    """Control limits over a run of points: first and last index, mean, lower and upper limit."""

    first: int
    last: int
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Series:
    """A line of a line chart."""

    name: str
    values: Sequence[float | None]
    strong: bool = False


def nice_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Give round numbers that span a range: steps of 1, 2, 2.5 or 5 times a power of ten."""
    if high <= low:
        high = low + 1
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    tick = floor(low / step) * step
    ticks = [tick]
    while ticks[-1] < high - step * 1e-6:
        ticks.append(ticks[-1] + step)
    return [round(tick, 10) for tick in ticks]


def _text(number: float, unit: str) -> str:
    shown = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
    return f"{shown}%" if unit == "percent" else shown


class _Frame:
    """A plot area with a value axis."""

    def __init__(
        self,
        width: int,
        height: int,
        values: Sequence[float],
        count: int,
        *,
        right: int = 16,
    ) -> None:
        self.width, self.height = width, height
        self.left, self.right, self.top, self.bottom = 48, right, 14, 34
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        if low >= 0 and (low < high * 0.6 or low == high):
            low = 0.0
        self.ticks = nice_ticks(low, high)
        self.low, self.high = self.ticks[0], self.ticks[-1]
        self.count = count

    def x(self, index: float) -> float:
        span = self.width - self.left - self.right
        return self.left + span * (index + 0.5) / max(self.count, 1)

    def y(self, value: float) -> float:
        span = self.height - self.top - self.bottom
        return self.top + span * (1 - (value - self.low) / (self.high - self.low))

    def axis(self, unit: str) -> str:
        parts = []
        for tick in self.ticks:
            y = self.y(tick)
            parts.append(
                f'<line x1="{self.left}" y1="{y:.1f}" x2="{self.width - self.right}" y2="{y:.1f}" '
                f'stroke="{LIGHT}" stroke-width="1"/>'
                f'<text x="{self.left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{GREY}">'
                f"{_text(tick, unit)}</text>"
            )
        return "".join(parts)

    def labels(self, labels: Sequence[str]) -> str:
        """Write the labels under the axis that fit, the last one always."""
        room = (self.width - self.left - self.right) / max(len(labels), 1)
        longest = max((len(label) for label in labels), default=1) * 6.6 + 10
        every = max(1, -int(-longest // room))
        last = len(labels) - 1
        return "".join(
            f'<text x="{self.x(i):.1f}" y="{self.height - 12}" text-anchor="middle" '
            f'fill="{GREY}">{escape(label)}</text>'
            for i, label in enumerate(labels)
            if (last - i) % every == 0
        )


def _svg(width: int, height: int, title: str, description: str, body: str) -> str:
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" font-family="Arial, sans-serif" font-size="12" '
        f'width="{width}" height="{height}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{body}</svg>"
    )


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """Join points with straight lines; a missing point breaks the line."""
    steps, pen_up = [], True
    for point in points:
        if point is None:
            pen_up = True
            continue
        steps.append(f"{'M' if pen_up else 'L'}{point[0]:.1f} {point[1]:.1f}")
        pen_up = False
    return "".join(steps)


_SHAPES = {"improvement": IMPROVEMENT, "concern": CONCERN, "high": NEUTRAL, "low": NEUTRAL}


def _marker(x: float, y: float, kind: str) -> str:
    """Draw a point: round for common cause, a triangle up or down or a diamond for special cause."""
    colour = _SHAPES.get(kind, BLUE)
    if kind == "common":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    if kind == "concern":
        return f'<path d="M{x - 5:.1f} {y - 4:.1f}h10l-5 9z" fill="{colour}"/>'
    if kind == "improvement":
        return f'<path d="M{x - 5:.1f} {y + 4:.1f}h10l-5 -9z" fill="{colour}"/>'
    return f'<path d="M{x:.1f} {y - 6:.1f}l5 6l-5 6l-5 -6z" fill="{colour}"/>'


def _note(x: float, top: float, bottom: float, mark: str) -> str:
    """Draw the mark of a note above the chart, with a line down to its point's place in time."""
    width = 9 + 7 * len(mark)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" stroke="{INK}" '
        f'stroke-width="1" stroke-dasharray="2 3"/><rect x="{x - width / 2:.1f}" y="{top - 9:.1f}" '
        f'width="{width}" height="17" rx="8" fill="{INK}"/><text x="{x:.1f}" y="{top + 4:.1f}" '
        f'text-anchor="middle" fill="#ffffff">{escape(mark)}</text>'
    )


def control_chart(
    points: Sequence[Point],
    limits: Sequence[Limits],
    *,
    title: str,
    description: str,
    unit: str = "",
    target: float | None = None,
    most: float | None = None,
    width: int = 720,
    height: int = 280,
) -> str:
    """Draw an XmR chart: the points in order, the mean, the natural process limits, the target.

    `most` is the most a value can be, as 100 for a share; nothing measured here can be below 0.
    """

    def clip(value: float) -> float:
        return max(value, 0.0) if most is None else min(max(value, 0.0), most)

    values = [point.value for point in points if point.value is not None]
    extent = [
        *values,
        *(clip(each) for limit in limits for each in (limit.lower, limit.upper)),
        *([target] if target is not None else []),
    ]
    frame = _Frame(width, height, extent, len(points), right=84)
    body = [frame.axis(unit)]
    edge = width - frame.right
    for limit in limits:
        x1, x2 = frame.x(limit.first - 0.5), frame.x(limit.last + 0.5)
        for value, dash in ((limit.mean, ""), (limit.lower, "5 4"), (limit.upper, "5 4")):
            y = frame.y(clip(value))
            body.append(
                f'<line x1="{x1:.1f}" x2="{x2:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GREY}" '
                f'stroke-width="1.5" stroke-dasharray="{dash}"/>'
            )
    named: list[tuple[float, str]] = []
    if limits:
        last = limits[-1]
        named += [
            (frame.y(last.mean), f"mean {_text(round(last.mean, 1), unit)}"),
            (frame.y(clip(last.upper)), "upper limit"),
            (frame.y(clip(last.lower)), "lower limit"),
        ]
    if target is not None:
        y = frame.y(target)
        body.append(
            f'<line x1="{frame.left}" x2="{edge}" y1="{y:.1f}" y2="{y:.1f}" stroke="{INK}" '
            'stroke-width="1.5" stroke-dasharray="1 4" stroke-linecap="round"/>'
        )
        named.append((y, f"target {_text(target, unit)}"))
    for y, text in _apart(named, frame.top, height - frame.bottom):
        body.append(f'<text x="{edge + 6}" y="{y + 4:.1f}" fill="{GREY}">{escape(text)}</text>')
    places = [
        None if point.value is None else (frame.x(i), frame.y(point.value))
        for i, point in enumerate(points)
    ]
    body.append(f'<path d="{_path(places)}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>')
    for point, at in zip(points, places, strict=True):
        if at is not None:
            body.append(_marker(*at, point.kind))
    for number, point in enumerate(points):
        if point.mark:
            body.append(_note(frame.x(number), frame.top, height - frame.bottom, point.mark))
    body.append(frame.labels([point.label for point in points]))
    return _svg(width, height, title, description, "".join(body))


def _apart(
    named: Sequence[tuple[float, str]], top: float, bottom: float, gap: float = 14
) -> list[tuple[float, str]]:
    """Move labels apart so that none covers another, keeping their order and the frame."""
    ordered = sorted(named)
    placed: list[list[float]] = [[y] for y, _ in ordered]
    for above, below in pairwise(placed):
        below[0] = max(below[0], above[0] + gap)
    if placed and placed[-1][0] > bottom:
        placed[-1][0] = bottom
        for below, above in pairwise(reversed(placed)):
            above[0] = min(above[0], below[0] - gap)
    return [(max(y[0], top), text) for y, (_, text) in zip(placed, ordered, strict=True)]


def line_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    unit: str = "",
    width: int = 720,
    height: int = 280,
) -> str:
    """Draw lines over the same periods, each named where it ends; the strong one is drawn thick."""
    values = [value for line in series for value in line.values if value is not None]
    frame = _Frame(width, height, values, len(labels), right=150)
    body = [frame.axis(unit)]
    named: list[tuple[float, str]] = []
    colours: dict[str, str] = {}
    for number, line in enumerate(series):
        colour = INK if line.strong else PALETTE[number % len(PALETTE)]
        places = [
            None if value is None else (frame.x(i), frame.y(value))
            for i, value in enumerate(line.values)
        ]
        thick = 3 if line.strong else 1.75
        body.append(
            f'<path d="{_path(places)}" fill="none" stroke="{colour}" stroke-width="{thick}"/>'
        )
        body += [
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{thick:.2f}" fill="{colour}"/>'
            for at in places
            if at is not None
        ]
        ends = [at for at in places if at is not None]
        if ends:
            named.append((ends[-1][1], line.name))
            colours[line.name] = colour
    for y, name in _apart(named, frame.top, height - frame.bottom):
        body.append(
            f'<text x="{width - frame.right + 6}" y="{y + 4:.1f}" fill="{colours[name]}">'
            f"{escape(name)}</text>"
        )
    body.append(frame.labels(labels))
    return _svg(width, height, title, description, "".join(body))


def _fit(name: str, most: int = 26) -> str:
    """Shorten a name to the room beside a bar; the table beside the chart has it whole."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def bar_chart(
    bars: Sequence[tuple[str, float | None, str]],
    *,
    title: str,
    description: str,
    unit: str = "",
    reference: tuple[str, float] | None = None,
    width: int = 400,
    marked: str = "",
) -> str:
    """Draw one bar a group (name, value, text beside it), with a line at a reference value.

    The texts stand in a column of their own, where no line crosses them. The name of the `marked` group
    is in bold type, and its bar dark.
    """
    names = [_fit(name) for name, _, _ in bars]
    row = 24
    left = 14 + int(6.4 * max(map(len, names), default=0))
    right = 16 + int(6.2 * max((len(text) for _, _, text in bars), default=0))
    height = row * len(bars) + (30 if reference else 8)
    values = [value for _, value, _ in bars if value is not None]
    top = max([*values, reference[1] if reference else 0.0, 1e-9])
    scale = (width - left - right) / (100.0 if unit == "percent" and top > 50 else top)
    body = []
    for i, (name, (group, value, text)) in enumerate(zip(names, bars, strict=True)):
        y = 4 + i * row
        bold, fill = (' font-weight="bold"', INK) if marked and group == marked else ("", BLUE)
        body.append(
            f'<text x="{left - 8}" y="{y + 16}" text-anchor="end" fill="{INK}"{bold}>'
            f"{escape(name)}</text>"
        )
        long = 0.0 if value is None else value * scale
        if value is not None:
            body.append(
                f'<rect x="{left}" y="{y + 2}" width="{long:.1f}" height="19" fill="{fill}"/>'
            )
        body.append(
            f'<text x="{width - right + 8}" y="{y + 16}" fill="{INK}">{escape(text)}</text>'
        )
    if reference is not None:
        x = left + reference[1] * scale
        foot = 4 + row * len(bars)
        body.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="2" y2="{foot + 4}" stroke="{INK}" '
            'stroke-width="1.5" stroke-dasharray="1 4" stroke-linecap="round"/>'
            f'<text x="{x:.1f}" y="{foot + 18}" text-anchor="middle" fill="{GREY}">'
            f"{escape(reference[0])} {_text(round(reference[1], 1), unit)}</text>"
        )
    return _svg(width, height, title, description, "".join(body))


def sparkline(
    values: Sequence[float | None], *, title: str, width: int = 110, height: int = 26
) -> str:
    """Draw the run of a figure in the space of a word, its last point marked."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = (width - 8) / max(len(values) - 1, 1)
    places = [
        None if v is None else (4 + i * step, 4 + (height - 8) * (1 - (v - low) / span))
        for i, v in enumerate(values)
    ]
    last = next(at for at in reversed(places) if at is not None)
    body = (
        f'<path d="{_path(places)}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>'
        f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3" fill="{INK}"/>'
    )
    return _svg(width, height, title, title, body)
