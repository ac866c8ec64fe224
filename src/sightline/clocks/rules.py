"""Dated time limits of casework: which rule held on a day, and when something is due by it.

The rules are `rules.toml`. A day limit ends with its last day; an hour limit at its minute. Working days are
those of `clocks.calendar`: the day of the start is day 0 (INDICATORS section 2). Moments are of the United
Kingdom's time.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sightline.clocks import calendar
from sightline.clocks.months import add_months

LONDON = ZoneInfo("Europe/London")
UNITS = ("hours", "working days", "calendar days", "weeks", "months")


class NoRuleError(LookupError):
    """No rule of this code held on this day."""


@dataclass(frozen=True)
class Rule:
    """One time limit from a day on. `local`: no statute says so, and `owner` set it."""

    code: str
    name: str
    number: int
    unit: str
    start: str
    stop: str
    since: date
    source: str
    local: bool = False
    owner: str = ""
    warn: tuple[int, ...] = ()
    standard: str = ""
    pauses: tuple[str, ...] = ()
    verified: bool = True

    @property
    def words(self) -> str:
        """The limit in words, as `15 working days from the strategy discussion`."""
        unit = self.unit if self.number != 1 else self.unit.removesuffix("s")
        return f"{self.number} {unit} from when {self.start}"


@dataclass(frozen=True)
class Pause:
    """A time during which a clock stood still: whole days, from the first to the last, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True)
class Deadline:
    """When something is due by a rule, and from when on it is near."""

    rule: Rule
    began: datetime
    due: datetime
    near: datetime

    @cached_property
    def warned_on(self) -> tuple[date, ...]:
        """The days on which people are told that the time is near, the first first."""
        return tuple(_day(each) for each in warnings(self))

    @cached_property
    def ends(self) -> tuple[float, float, float]:
        """`due`, `near` and when the first day of warning begins, or `near` where none is, as seconds: lists
        compare thousands, and two moments of different zones slowly.
        """
        near = self.near.timestamp()
        warned = _begin(self.warned_on[0]).timestamp() if self.rule.warn else near
        return self.due.timestamp(), near, min(near, warned)

    def standing(self, now: datetime, *, warned: bool = False) -> str:
        """Say how it stands: `due`, `near` or `overdue`; with `warned` it is near from the first day of
        warning on.
        """
        return self.standing_at(now.timestamp(), warned=warned)

    def standing_at(self, at: float, *, warned: bool) -> str:
        """Say the same of a moment in seconds."""
        due, near, told = self.ends
        return "overdue" if at > due else "near" if at >= (told if warned else near) else "due"

    def kept(self, done: datetime) -> bool:
        """Whether what was done at a moment was done in time."""
        return done <= self.due

    def extended(self, until: date) -> "Deadline":
        """Give what it is where more time was given until a day: near as long before its end as it was."""
        due = max(self.due, _end(until))
        # Warnings are told by their number of the rule's, which is no longer the whole time.
        rule = replace(self.rule, warn=())
        return replace(self, rule=rule, due=due, near=self.near + (due - self.due))

    def left(self, now: datetime) -> str:
        """Say in words how long is left, or by how much it is overdue.

        Hours are counted where the rule counts hours, up to three days of them; else working days, as people
        who plan their week do.
        Beyond the calendar of working days it says the day.
        """
        if self.rule.unit == "hours":
            hours = int(abs((self.due - now).total_seconds()) // 3600)
            if hours > 72:
                said = _many(hours // 24, "day")
            else:
                said = _many(hours, "hour") if hours else "less than an hour"
        else:
            try:
                days = abs(calendar.elapsed(_day(now), _day(self.due)))
            except calendar.OutsideCalendarError:
                return (
                    f"{'overdue since' if now > self.due else 'due on'} {_day(self.due):%-d %B %Y}"
                )
            if not days and now <= self.due:
                return (
                    "due today"
                    if _day(now) == _day(self.due)
                    else "due before the next working day"
                )
            said = _many(days, "working day") if days else "less than a working day"
        return f"overdue by {said}" if now > self.due else f"{said} left"


@cache
def every_rule() -> tuple[Rule, ...]:
    """Give every rule, each code's editions together, the earliest first."""
    read = tomllib.loads((files("sightline.clocks") / "rules.toml").read_text("utf-8"))
    return tuple(sorted((_rule(each) for each in read["rule"]), key=lambda r: (r.code, r.since)))


Standards = Mapping[str, tuple[int, str]]
"""What an authority has set, by name: a number, and the unit it counts in."""


def rule_on(code: str, day: date, standards: Standards | None = None) -> Rule:
    """Give the rule of a code that held on a day; `NoRuleError` where none did.

    `standards` are what the authority has set on that day: they replace the number and the unit of a rule
    that may be set locally.
    """
    found = [each for each in every_rule() if each.code == code and each.since <= day]
    if not found:
        raise NoRuleError(f"There is no time limit {code} on {day}.")
    rule = found[-1]
    own = (standards or {}).get(rule.standard) if rule.standard else None
    return replace(rule, number=own[0], unit=own[1]) if own is not None else rule


def deadline(
    code: str,
    began: datetime | date,
    *,
    pauses: Iterable[Pause] = (),
    standards: Standards | None = None,
) -> Deadline:
    """Give when something is due by the rule of the day on which it began.

    A pause moves the due day by the days it lasted, in the unit of the rule; `ValueError` for a reason for
    which the rule may not be paused. `NoRuleError` where there was no rule.
    """
    start = _moment(began)
    rule = rule_on(code, _day(start), standards)
    stood = tuple(pauses)
    for each in stood:
        if each.why not in rule.pauses:
            raise ValueError(f"{rule.name} ({rule.code}) may not be paused because of: {each.why}")
    due = _after(start, rule.number, rule.unit, stood)
    near = (
        _after(start, rule.warn[0], rule.unit, stood)
        if rule.warn
        else _last_unit(start, rule, stood)
    )
    return Deadline(rule, start, due, min(near, due))


def due_at(code: str, began: datetime | date) -> datetime:
    """Give the moment by which something is due; `NoRuleError` where there was no rule."""
    return deadline(code, began).due


def warnings(found: Deadline) -> tuple[datetime, ...]:
    """Give the moments at which people are told that the time is near, the first first."""
    told = found.rule.warn
    return tuple(_after(found.began, each, found.rule.unit, ()) for each in told) or (found.near,)


def _last_unit(start: datetime, rule: Rule, pauses: tuple[Pause, ...]) -> datetime:
    if rule.number <= 1 and rule.unit == "months":
        # From its first day on a month would be near: its last week is.
        return _begin(_day(_after(start, rule.number, rule.unit, pauses)) - timedelta(days=7))
    if rule.number <= 1:
        return start
    before = _after(start, rule.number - 1, rule.unit, pauses)
    return before if rule.unit == "hours" else _begin(_day(before))


def _after(start: datetime, number: int, unit: str, pauses: tuple[Pause, ...]) -> datetime:
    if unit == "hours":
        stood = sum(((each.last - each.first).days + 1) * 24 for each in pauses)
        # In UTC, as an hour is an hour on the night the clocks change.
        return (start.astimezone(UTC) + timedelta(hours=number + stood)).astimezone(LONDON)
    day = _day(start)
    if unit == "working days":
        stood = sum(calendar.elapsed(e.first - timedelta(days=1), e.last) for e in pauses)
        return _end(calendar.due(day, number + stood))
    stood = sum((each.last - each.first).days + 1 for each in pauses)
    lasting = {
        "calendar days": lambda: day + timedelta(days=number),
        "weeks": lambda: day + timedelta(weeks=number),
        "months": lambda: add_months(day, number),
    }[unit]()
    return _end(lasting + timedelta(days=stood))


def _rule(read: Mapping[str, Any]) -> Rule:
    if read["unit"] not in UNITS:
        raise ValueError(
            f"rule {read['code']}: unit {read['unit']!r} is not one of {', '.join(UNITS)}"
        )
    given = {key: value for key, value in read.items() if key not in ("from", "warn", "pauses")}
    return Rule(
        **given,
        since=read["from"],
        warn=tuple(read.get("warn", ())),
        pauses=tuple(read.get("pauses", ())),
    )


def _moment(began: datetime | date) -> datetime:
    if not isinstance(began, datetime):
        return _begin(began)
    if began.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return began.astimezone(LONDON)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), LONDON)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
