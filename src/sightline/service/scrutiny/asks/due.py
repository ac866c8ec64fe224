"""When an ask is due, from its own words: a local date, reckoned from the day of the meeting.

The words are kept as they are, and the rule in words stands beside every date that was computed. What the
words do not say is not guessed: then there is no date. The statutory clock (`statutory_due`) is another
one: it runs only from a notice that was received, and is never given in place of the local date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.clocks.calendar import OutsideCalendarError
from sightline.clocks.calendar import due as working_day
from sightline.clocks.months import add_months
from sightline.service.scrutiny.asks.clocks import Clock
from sightline.service.scrutiny.models import Meeting

AT_NEXT_MEETING = "At the next meeting"
"""How every rule of an ask begins that is due at the next meeting."""
NO_NEXT_MEETING = f"{AT_NEXT_MEETING}, which has no date yet."
"""The rule of an ask that is due at a meeting nobody has called yet."""


@dataclass(frozen=True)
class Due:
    """When something is due: `day`, None where none can be said; and `rule`, how that was found.

    `computed`: the words give no date themselves. `awaits`: the event it waits for, in place of a day.
    """

    day: date | None = None
    rule: str = ""
    computed: bool = False
    awaits: str = ""


def due_from(words: str, meeting: Meeting | None) -> Due:
    """Give when an ask of a meeting is due by the words of its minutes; nothing where they do not say."""

    def next_meeting() -> date | None:
        if meeting is None or meeting.day is None:
            return None
        later = Meeting.objects.filter(committee=meeting.committee_id, day__gt=meeting.day)
        later = later.exclude(state__in=(Meeting.State.CANCELLED, Meeting.State.INQUORATE))
        return later.order_by("day").values_list("day", flat=True).first()

    return reckon(words, meeting.day if meeting else None, next_meeting)


def reckon(words: str, made: date | None, next_meeting: Callable[[], date | None]) -> Due:
    """Give when something is due, said on the day `made`. The first rule whose words are there counts."""
    said = " ".join(words.split()).strip(" .;,")[:_MOST_SAID]
    if not said:
        return Due()
    for find in (_on_a_day, _in_a_month):
        if found := find(said, made):
            return found
    if re.search(r"\bnext (?:\w+ )?(?:meeting|panel|session)\b", said, re.I):
        day = next_meeting()
        return Due(day, f"{AT_NEXT_MEETING}, on {_day(day)}.", True) if day else _NO_MEETING
    if found := _after_a_time(said, made):
        return found
    event = re.match(r"(?:when|once|as soon as|after|following|upon|on completion)\b.*", said, re.I)
    return (
        Due(rule=f"Waits for an event: “{said}”.", awaits=said) if event else Due(rule=f"“{said}”")
    )


_MOST_SAID = 100
"""Characters of the words that are kept with the rule."""
_NO_MEETING = Due(rule=NO_NEXT_MEETING, computed=True)


def statutory_due(received: date, clock: Clock) -> Due:
    """Give the last day on which a duty to respond is kept, from the day a notice was received.

    A time "beginning with" a day counts that day: two months beginning with 10 May end on 9 July, and
    those beginning with 31 December on the last day of February.
    """
    rule = f"{clock.words}, from the notice received on {_day(received)}. {clock.source}"
    if clock.days:
        day = received + timedelta(days=clock.days - clock.begins_with_receipt)
        return Due(day, rule, True)
    end = add_months(received, clock.months)
    if clock.begins_with_receipt and end.day == received.day:
        end -= timedelta(days=1)
    return Due(end, rule, True)


_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH = rf"({'|'.join(_MONTHS)})"
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (\d{{4}}))?\b"
    r"|\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b",
    re.I,
)
_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_NUMBERS = {word: number for number, word in enumerate(_SMALL, start=1)} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "eighteen": 18,
    "twenty-four": 24,
    "twenty four": 24,
}
_TIME = re.compile(
    rf"\b(?:in|within|after)(?: the next| about| approximately| around)? "
    rf"(\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[ -]"
    r"(working days?|days?|weeks?|months?|years?)\b",
    re.I,
)
_HALF_YEAR = re.compile(r"\b(?:in|within) half a year\b", re.I)
_MARKED = "A computed date: "


def _on_a_day(said: str, made: date | None) -> Due | None:
    found = _DAY.search(said)
    if not found:
        return None
    day, month, year, *numbers = found.groups()
    try:
        if month and not year:
            return _next_such_day(said, int(day), _number_of(month), made)
        if month:
            given = date(int(year), _number_of(month), int(day))
        elif numbers[0]:
            given = date(*map(int, numbers[:3]))
        else:
            given = date(*map(int, reversed(numbers[3:])))
    except ValueError:
        return Due(rule=f"“{said}”: there is no such day.")
    return Due(given, f"The date given: “{said}”.")


def _next_such_day(said: str, day: int, month: int, made: date | None) -> Due:
    """Give the first such day after the meeting; ValueError where no year has it."""
    if made is None:
        date(2000, month, day)
        return Due(rule=f"“{said}”: the year is not said, and the meeting has no date.")
    first = date(made.year, month, day)
    after = first if first > made else date(made.year + 1, month, day)
    return Due(after, f"{_MARKED}“{said}” is the first such day after {_day(made)}.", True)


def _in_a_month(said: str, made: date | None) -> Due | None:
    found = re.search(
        rf"\b(?:in|by|during|before|until|end of) {_MONTH}(?: (\d{{4}}))?\b", said, re.I
    )
    if not found:
        return None
    month, year = _number_of(found[1]), int(found[2]) if found[2] else None
    if year is None:
        if made is None:
            return Due(rule=f"“{said}”: the year is not said, and the meeting has no date.")
        year = made.year + (month <= made.month)
    before = re.search(r"\b(?:before|until)\b", said, re.I) is not None
    first = date(year, month, 1)
    last = (first if before else add_months(first, 1)) - timedelta(days=1)
    which = "day before" if before else "last day of"
    return Due(last, f"{_MARKED}“{said}”, taken as the {which} {first:%B %Y}.", True)


def _after_a_time(said: str, made: date | None) -> Due | None:
    found = _TIME.search(said)
    half = _HALF_YEAR.search(said)
    if not (found or half):
        return None
    if made is None:
        return Due(rule=f"“{said}” cannot be computed, as the meeting has no date.", computed=True)
    number, unit = (6, "months") if half else _counted(found)  # type: ignore[arg-type]
    try:
        if unit.startswith("working"):
            day = working_day(made, number) if number else made
        elif unit.startswith(("day", "week")):
            day = made + timedelta(days=number * (7 if unit.startswith("week") else 1))
        else:
            day = add_months(made, number * (12 if unit.startswith("year") else 1))
    except (OutsideCalendarError, ValueError, OverflowError):
        return Due(rule=f"“{said}” is too far from {_day(made)} to be computed.", computed=True)
    return Due(day, f"{_MARKED}“{said}”, counted from the meeting on {_day(made)}.", True)


def _counted(found: re.Match[str]) -> tuple[int, str]:
    number = found[1].lower()
    return int(number) if number.isdigit() else _NUMBERS[number], found[2].lower()


def _number_of(month: str) -> int:
    return _MONTHS.index(month.lower()) + 1


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "no day"
