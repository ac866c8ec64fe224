"""A calendar that others subscribe to: iCalendar (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75
"""Bytes of a line; what is longer goes on after a line end and a space."""


@dataclass(frozen=True)
class Event:
    """Something in a calendar. `uid` stays the same, so that readers know it again.

    It is from a moment to a moment, or all of a day where `starts` is a date; `ends` is then left out.
    """

    uid: str
    summary: str
    starts: datetime | date
    address: str
    description: str
    ends: datetime | None = None
    location: str = ""
    is_off: bool = False


def write_calendar(name: str, product: str, events: Iterable[Event], now: datetime) -> str:
    """Write events as a calendar. `product` names the part of Sightline that made it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Sightline//{product}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _lines(event, now)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _lines(event: Event, now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_moment(now)}")
    if isinstance(event.starts, datetime):
        yield f"DTSTART:{_moment(event.starts)}"
        yield f"DTEND:{_moment(event.ends or event.starts)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.starts + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"URL:{event.address}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{'CANCELLED' if event.is_off else 'CONFIRMED'}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """Fold a line by its bytes, between characters."""
    parts: list[str] = []
    part = ""
    for character in line:
        room = _LONGEST - bool(parts)
        if len((part + character).encode()) > room:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
