"""For which days the loaded files can speak of an indicator, and the periods its figures are for.

Headline figures are for the last complete year ending 31 March that the files cover; where they cover
less than a year, for the stretch they cover. An indicator whose own tables are not covered for that
time has the last stretch they are covered for, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.clocks.months import periods
from sightline.indicators.definition import Definition
from sightline.indicators.engine import Period
from sightline.indicators.figures import NotComputed
from sightline.indicators.grading import Grade, Quality
from sightline.indicators.measured import Measured
from sightline.records.availability import advice, lacking

NOT_COVERED = "-"
"""Grade of a figure for time that no file covers: it is left out, as nothing loaded is not nothing done."""
WITHHELD = "It is withheld."
MOST_YEARS = 8

Stretch = tuple[date, date]


@dataclass(frozen=True)
class Window:
    """The headline period of some indicators, and the one before it where the files cover it."""

    current: Period
    before: Period | None = None


def headline_periods(covered: Stretch) -> tuple[Period, Period | None]:
    """Give the headline period and the one before it, where the files cover it."""
    years = whole_years(covered)
    if not years:
        return covered, None
    return years[-1], years[-2] if len(years) > 1 else None


def whole_years(covered: Stretch) -> list[Period]:
    """Give the last years to 31 March that lie within what the files cover, at most `MOST_YEARS`."""
    return [p for p in periods("year", *covered) if p[0] >= covered[0]][-MOST_YEARS:]


def years_of(window: Window, covered: Stretch) -> list[Period]:
    """Give the years that figures of a window are for: all there are, where it is the headline's."""
    if window.before and window == Window(*headline_periods(covered)):
        return whole_years(covered)
    return [period for period in (window.before, window.current) if period]


def windows_of(
    measured: Measured, definitions: Iterable[Definition]
) -> tuple[dict[Definition, Window], list[NotComputed]]:
    """Give each indicator in force its headline period, or the reason why it has none."""
    headline = Window(*headline_periods(measured.covered))
    found: dict[Definition, Window] = {}
    not_computed: list[NotComputed] = []
    for definition in definitions:
        if not definition.in_force(headline.current[1]):
            continue
        grade = _grade(measured, definition, headline)
        if lacking(definition.fields, measured.formats):
            why = advice(definition.fields, measured.formats)
            not_computed.append(NotComputed(definition, why))
        elif grade.letter != NOT_COVERED and not grade.usable:
            not_computed.append(NotComputed(definition, f"{WITHHELD} {grade.reason}"))
        elif grade.letter != NOT_COVERED:
            found[definition] = headline
        elif (
            stretch := last_stretch(definition.fields, measured.quality, measured.covered)
        ) and _grade(
            measured, definition, window := Window(*headline_periods(stretch))
        ).letter != NOT_COVERED:
            found[definition] = window
        else:
            not_computed.append(NotComputed(definition, grade.reason))
    return found, not_computed


def _grade(measured: Measured, definition: Definition, window: Window) -> Grade:
    """Grade the figure of a window's period, with the days it looks back to."""
    start, end = window.current
    first = end if definition.is_stock else start
    return measured.quality.grade(
        definition.fields, first, end, definition.looks_from(first), definition.states_instead
    )


def last_stretch(fields: Iterable[str], quality: Quality, covered: Stretch) -> Stretch | None:
    """Give the last run of days on which all `fields` are covered; None if there is none.

    Of `a or b`, one is enough. Where no return says what it covers, it is all of `covered`.
    """
    fields = list(fields)
    if quality.lacking(fields):
        return None
    common = [covered]
    if quality.covered:
        for field in fields:
            either = dict.fromkeys(quality.stretches(name.strip()) for name in field.split(" or "))
            common = [
                stretch for stretches in either for stretch in _overlap(common, merged(stretches))
            ]
    return max(common, key=lambda stretch: stretch[1]) if common else None


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that touch or overlap, in order."""
    joined: list[Stretch] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _overlap(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    others = list(others)
    return [
        (max(first, start), min(last, end))
        for first, last in some
        for start, end in others
        if max(first, start) <= min(last, end)
    ]
