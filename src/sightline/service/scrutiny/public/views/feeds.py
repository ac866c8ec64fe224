"""What can be followed: feeds (Atom) and calendars (iCalendar)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from sightline.service.accounts.pages import columns
from sightline.service.scrutiny.models import Meeting
from sightline.service.scrutiny.public import icalendar, open_data, queries, shown, visible
from sightline.service.scrutiny.public.caching import for_everybody, stamp
from sightline.service.scrutiny.public.text import plain
from sightline.service.scrutiny.public.views.pages import page

ENTRIES = 50
"""How many entries a feed has, the newest."""
_LONDON = ZoneInfo("Europe/London")
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=_LONDON)
_BACK = 366
"""Days that a calendar goes back."""


@dataclass(frozen=True)
class Entry:
    """One thing that was published. `tag` stays the same, so that readers know it again."""

    tag: str
    title: str
    address: str
    text: str
    at: datetime


@for_everybody
def follow(request: HttpRequest) -> HttpResponse:
    """List the feeds, calendars, letters and open data there are."""
    context = {
        "committees": [shown.committee(row) for row in visible.committees()],
        "committee_columns": columns("Committee", "Feed (Atom)", "Calendar (iCalendar)"),
        "topics": [shown.topic_of(row) for row in visible.topics()],
        "kinds": open_data.RECORDS.values(),
    }
    return page(request, "follow", context, within="public-follow")


@for_everybody
def feed(request: HttpRequest) -> HttpResponse:
    """Give what was published of every committee."""
    entries = [*_of_meetings(), *_of_answers()]
    return _atom(request, "Scrutiny: what is published", reverse("public-home"), entries)


@for_everybody
def committee_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what was published of a committee."""
    one = shown.committee(get_object_or_404(visible.committees(), slug=slug))
    entries = [*_of_meetings(committee=one.pk), *_of_answers(ask__committee=one.pk)]
    return _atom(request, one.name, one.address, entries)


@for_everybody
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what was published on a topic."""
    one = shown.topic_of(get_object_or_404(visible.topics(), slug=slug))
    entries = [*_of_items(one), *_of_answers(ask__topic=one.pk)]
    return _atom(request, one.title, one.address, entries)


@for_everybody
def requests_feed(request: HttpRequest) -> HttpResponse:
    """Give the requests and the answers to them."""
    asks = [
        Entry(
            tag=f"request-{ask.pk}",
            title=f"{ask.reference} {ask.heading}",
            address=ask.address,
            text=ask.words,
            at=_minuted_at(ask.meeting) if ask.meeting else _at(ask.made_on),
        )
        for row in queries.ask_rows().order_by("-made_on", "-pk")[:ENTRIES]
        for ask in (shown.ask(row),)
    ]
    entries = [*asks, *_of_answers()]
    return _atom(request, "Requests and answers", reverse("public-requests"), entries)


def _of_meetings(**of: int) -> Iterator[Entry]:
    rows = visible.meetings().filter(**of).select_related("committee")
    minuted = visible.minuted_meetings().filter(**of).select_related("committee")
    for row in minuted.order_by("-day", "-pk")[:ENTRIES]:
        one = shown.meeting(row)
        text = f"{one.minutes_name}."
        yield Entry(
            f"minutes-{one.pk}", f"Minutes: {one.name}", one.address, text, _minuted_at(one)
        )
    called = rows.filter(called_at__isnull=False).order_by("-called_at", "-pk")
    for row in called[:ENTRIES]:
        one = shown.meeting(row)
        if one.called_at:
            text = f"{one.state_name}. {one.venue}".strip()
            title = f"Agenda: {one.name}"
            yield Entry(f"agenda-{one.pk}", title, one.address, text, one.called_at)


def _of_items(topic: shown.ShownTopic) -> Iterator[Entry]:
    for row in queries.topic_item_rows(topic)[:ENTRIES]:
        one = shown.item(row)
        at = one.meeting.called_at or _at(one.meeting.day)
        yield Entry(
            f"item-{one.pk}",
            f"{one.heading} ({one.meeting.name})",
            one.address,
            one.minute or one.planned,
            _minuted_at(one.meeting) if one.meeting.is_minuted else at,
        )


def _of_answers(**of: int) -> Iterator[Entry]:
    rows = list(visible.replies().filter(**of)[:ENTRIES])
    asks = {row.pk: row for row in queries.ask_rows().filter(pk__in=[row.ask_id for row in rows])}
    for row in rows:
        ask, reply = shown.ask(asks[row.ask_id]), shown.reply(row)
        yield Entry(
            f"answer-{reply.pk}",
            f"Answer to {ask.reference} {ask.heading}",
            f"{ask.address}#{reply.anchor}",
            reply.text,
            reply.published_at,
        )


def _minuted_at(meeting: shown.ShownMeeting) -> datetime:
    return meeting.confirmed_at or _at(meeting.day)


def _at(day: date | None) -> datetime:
    return datetime.combine(day, time.min, _LONDON) if day else _BEFORE_ALL


def _atom(request: HttpRequest, title: str, address: str, entries: Sequence[Entry]) -> HttpResponse:
    latest = sorted(entries, key=lambda each: (each.at, each.tag), reverse=True)[:ENTRIES]
    made = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(address),
        description=title,
        language="en-GB",
        feed_url=request.build_absolute_uri(request.path),
    )
    host = request.get_host()
    for each in latest:
        made.add_item(
            title=plain(each.title),
            link=request.build_absolute_uri(each.address),
            description=linebreaks(plain(each.text), autoescape=True),
            unique_id=f"tag:{host},2017:{each.tag}",
            pubdate=each.at,
            updateddate=each.at,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml")
    if latest:
        stamp(response, changed=latest[0].at)
    return response


@for_everybody
def calendar(request: HttpRequest) -> HttpResponse:
    """Give the meetings of every committee, a year back and all to come."""
    return _calendar(request, "Scrutiny meetings", queries.meeting_rows())


@for_everybody
def committee_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the meetings of a committee."""
    one = shown.committee(get_object_or_404(visible.committees(), slug=slug))
    return _calendar(request, one.name, queries.meeting_rows().filter(committee=one.pk))


def _calendar(request: HttpRequest, name: str, rows: "QuerySet[Meeting]") -> HttpResponse:
    today = queries.today()
    since = today - timedelta(days=_BACK)
    meetings = queries.shown_meetings(rows.filter(day__gte=since).order_by("day", "pk"))
    site = request.build_absolute_uri("/").rstrip("/")
    # As of today, so that the same meetings make the same calendar all day.
    text = icalendar.calendar(name, meetings, site, _at(today))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
