"""Meetings as an iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sightline.present.icalendar import Event, write_calendar
from sightline.service.scrutiny.public.shown import ShownMeeting
from sightline.service.scrutiny.public.text import plain

_LONDON = ZoneInfo("Europe/London")
_USUAL = timedelta(hours=2)
"""How long a meeting is put down for while nobody knows when it will end."""


def calendar(name: str, meetings: Iterable[ShownMeeting], site: str, now: datetime) -> str:
    """Write meetings as a calendar. `site` is where their addresses begin; times are those of London.

    A meeting of no known time is put down for the whole day.
    """
    events = (_event(meeting, site) for meeting in meetings)
    return write_calendar(plain(name), "Scrutiny", events, now)


def _event(meeting: ShownMeeting, site: str) -> Event:
    host = site.split("://", 1)[-1]
    starts, ends = _times(meeting)
    return Event(
        uid=f"meeting-{meeting.pk}@{host}",
        summary=plain(meeting.committee),
        starts=starts,
        ends=ends,
        address=f"{site}{meeting.address}",
        description=plain(f"{meeting.state_name}. {site}{meeting.address}"),
        location=plain(meeting.venue),
        is_off=not meeting.takes_place,
    )


def _times(meeting: ShownMeeting) -> tuple[datetime | date, datetime | None]:
    if meeting.starts is None:
        return meeting.day, None
    starts = datetime.combine(meeting.day, meeting.starts, _LONDON)
    ends = starts + _USUAL
    if meeting.ended and meeting.ended > meeting.starts:
        ends = datetime.combine(meeting.day, meeting.ended, _LONDON)
    return starts, ends
