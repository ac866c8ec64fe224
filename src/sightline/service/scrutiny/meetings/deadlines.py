"""Deadlines before a meeting, each with its rule in words and the days it skipped.

Working days are those of `sightline.clocks`: Monday to Friday and no bank holiday in England and Wales.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sightline.clocks.calendar import bank_holidays, due, is_working_day

WORKING_DAYS, DAYS = "working_days", "days"
"""How a deadline for public participation is reckoned: the values of a committee's rule."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Skipped:
    """A day that did not count, and why: `Saturday`, `Good Friday`."""

    day: date
    why: str


@dataclass(frozen=True)
class Deadline:
    """A day, at a time where the rule has one, the rule in words, and the days that did not count."""

    day: date
    rule: str
    skipped: tuple[Skipped, ...] = ()
    at: time | None = None
    caution: str = ""

    @property
    def when(self) -> str:
        """The day and time in words: `9.00am on Tuesday 12 September 2017`."""
        day = f"{self.day:%A %-d %B %Y}"
        return f"{clock(self.at)} on {day}" if self.at else day

    @property
    def days_skipped(self) -> str:
        """The days that did not count, in words; empty where all did."""
        if not self.skipped:
            return ""
        listed = [
            f"{each.day:%-d %B %Y} ({each.why})"
            if each.why != f"{each.day:%A}"
            else f"{each.day:%A %-d %B %Y}"
            for each in self.skipped
        ]
        return f"Not counted: {', '.join(listed)}."

    @property
    def sentence(self) -> str:
        """All of it: the rule, the day it gives here, and what was skipped."""
        said = f"{self.rule} (in this case {self.when})."
        return " ".join(filter(None, (said, self.days_skipped, self.caution)))


@dataclass(frozen=True)
class Notice(Deadline):
    """The last day on which an agenda goes out."""

    @property
    def sentence(self) -> str:
        """All of it, the day first: `To be published by Tuesday 8 December 2026: five clear ...`."""
        said = f"To be published by {self.when}: {self.rule[:1].lower()}{self.rule[1:]}."
        return " ".join(filter(None, (said, self.days_skipped)))


def publication(meeting: date, clear_days: int = 5) -> Notice:
    """Give the last day on which notice, agenda and reports go out, so that so many clear days lie between.

    Neither that day nor the day of the meeting counts, nor do days on which offices are closed.
    `OutsideCalendarError` where the calendar of working days does not cover it.
    """
    day = due(meeting, -(clear_days + 1))
    rule = (
        f"{_count(clear_days, 'clear working day').capitalize()} before the meeting, counting neither the "
        "day of publication nor the day of the meeting"
    )
    return Notice(day, rule, _days_off(day, meeting))


def participation(meeting: date, rule: str, days: int, at: time) -> Deadline:
    """Give by when somebody must say that they wish to speak at a meeting.

    `rule` is `WORKING_DAYS` or `DAYS` before, `days` how many (1 or more). `ValueError` for any other rule.
    """
    if rule == WORKING_DAYS:
        day = due(meeting, -days)
        words = "the working day" if days == 1 else _count(days, "working day")
        return Deadline(
            day, f"By {clock(at)}, {words} before the meeting", _days_off(day, meeting), at
        )
    if rule == DAYS:
        day = meeting - timedelta(days=days)
        off = why_off(day)
        caution = f"That day is no working day: {off}." if off else ""
        words = "the day" if days == 1 else _count(days, "day")
        return Deadline(day, f"By {clock(at)}, {words} before the meeting", at=at, caution=caution)
    raise ValueError(f"{rule!r} is no rule of participation: it is {WORKING_DAYS} or {DAYS}")


def clock(at: time) -> str:
    """Write a time as councils do: `9.00am`, `12 noon`, `5.30pm`."""
    if (at.hour, at.minute) == (12, 0):
        return "12 noon"
    if (at.hour, at.minute) == (0, 0):
        return "midnight"
    return f"{at.hour % 12 or 12}.{at.minute:02}{'am' if at.hour < 12 else 'pm'}"


def _count(number: int, thing: str) -> str:
    named = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{named} {thing}{'' if number == 1 else 's'}"


def _days_off(after: date, before: date) -> tuple[Skipped, ...]:
    """Give the days between two, both left out, that are no working days."""
    between = (after + timedelta(days=n) for n in range(1, (before - after).days))
    return tuple(Skipped(day, off) for day in between if (off := why_off(day)))


def why_off(day: date) -> str:
    """Say why a day is no working day, as `Saturday` or `Good Friday`; empty where it is one."""
    return "" if is_working_day(day) else bank_holidays().get(day) or f"{day:%A}"
