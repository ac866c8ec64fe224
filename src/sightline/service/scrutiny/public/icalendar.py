"""Meetings as an iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sightline.service.scrutiny.public.shown import ShownMeeting
from sightline.service.scrutiny.public.text import plain

_LONDON = ZoneInfo("Europe/London")
_LONGEST = 75
"""Bytes of a line; what is longer goes on after a line end and a space."""
_USUAL = timedelta(hours=2)
"""How long a meeting is put down for while nobody knows when it will end."""


def calendar(name: str, meetings: Iterable[ShownMeeting], site: str, now: datetime) -> str:
    """Write meetings as a calendar. `site` is where their addresses begin; times are those of London.

    A meeting of no known time is put down for the whole day.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sightline//Scrutiny//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for meeting in meetings:
        lines += _event(meeting, site, now)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(meeting: ShownMeeting, site: str, now: datetime) -> list[str]:
    host = site.split("://", 1)[-1]
    lines = [
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{host}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        *_times(meeting),
        f"SUMMARY:{_text(meeting.committee)}",
        f"URL:{site}{meeting.address}",
        f"DESCRIPTION:{_text(f'{meeting.state_name}. {site}{meeting.address}')}",
        f"STATUS:{'CONFIRMED' if meeting.takes_place else 'CANCELLED'}",
    ]
    if meeting.venue:
        lines.append(f"LOCATION:{_text(meeting.venue)}")
    return [*lines, "END:VEVENT"]


def _times(meeting: ShownMeeting) -> list[str]:
    if meeting.starts is None:
        following = meeting.day + timedelta(days=1)
        return [
            f"DTSTART;VALUE=DATE:{meeting.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{following:%Y%m%d}",
        ]
    starts = datetime.combine(meeting.day, meeting.starts, _LONDON)
    ends = starts + _USUAL
    if meeting.ended and meeting.ended > meeting.starts:
        ends = datetime.combine(meeting.day, meeting.ended, _LONDON)
    return [
        f"DTSTART:{starts.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends.astimezone(UTC):%Y%m%dT%H%M%SZ}",
    ]


def _text(text: str) -> str:
    escaped = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
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
