"""Somebody's calendar: what is due, and what is booked. No event tells who a child is."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from sightline.present.icalendar import Event, write_calendar
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import WORK_CASES, WRITE_UP
from sightline.service.protection.access import cases_of
from sightline.service.reminders.due import (
    Due,
    conferences_booked,
    due_in_cases,
    due_of_missing,
    due_of_questions,
    meetings_booked,
    own_cases,
)
from sightline.service.reminders.models import CalendarAddress

MOST = 1_000
"""Events of a calendar, the first due; where there are more an event says so."""
_LASTS = timedelta(hours=2)
"""How long a conference, a meeting or a hearing is put down for."""
_BEFORE = timedelta(minutes=30)
"""How long before its minute stands what is due by the minute."""


def calendar_of(person: Person, covers: str, site: str, now: datetime) -> str:
    """Write somebody's calendar. `site` is where addresses begin, as `https://sightline.example.gov.uk`."""
    events = [_event(each, site) for each in _due(person, covers, now)]
    if len(events) > MOST:
        events = [*events[:MOST], _too_many(len(events), site, now)]
    return write_calendar("Sightline", "Casework", events, now)


def _due(person: Person, covers: str, now: datetime) -> list[Due]:
    own = covers == CalendarAddress.Covers.OWN
    cases = own_cases(person) if own else cases_of(person, WORK_CASES)
    # Business support has no case of its own, and books for the team.
    to_meet = cases if WORK_CASES.allows(person) else cases_of(person, WRITE_UP).none()
    if person.holds({"business_support"}):
        to_meet = cases_of(person, WRITE_UP)
    booked = [*conferences_booked(person, to_meet), *meetings_booked(cases)]
    met = {each.address for each in booked}
    found = [each for each in due_in_cases(cases, now) if each.when and each.address not in met]
    found += [*booked, *due_of_missing(person, now, own=own), *due_of_questions(person)]
    return sorted(found, key=lambda each: (each.when or now, each.tag))


def _event(due: Due, site: str) -> Event:
    address = f"{site}{due.address}"
    host = site.split("://", 1)[-1]
    assert due.when is not None  # noqa: S101 - _due gives no other
    starts: datetime | date = timezone.localdate(due.when)
    said, ends = f"{due.what} due", None
    if due.is_meeting:
        starts, said, ends = due.when, due.what, due.when + _LASTS
    elif due.has_hour:
        # Before the minute at which the time is over, so that whoever looks at an hour sees it.
        starts, ends = due.when - _BEFORE, due.when
        said = f"{due.what} by {timezone.localtime(due.when):%H:%M}"
    return Event(
        uid=f"{due.tag}@{host}",
        summary=f"{said}, {due.number}",
        starts=starts,
        ends=ends,
        address=address,
        description=f"{address} (sign in to see more)",
    )


def _too_many(count: int, site: str, now: datetime) -> Event:
    return Event(
        uid=f"too-many@{site.split('://', 1)[-1]}",
        summary=f"Sightline: only the first {MOST:,} of {count:,} are in this calendar",
        starts=timezone.localdate(now),
        address=site,
        description=site,
    )
