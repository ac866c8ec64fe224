"""What pages say to machines: JSON-LD in the terms of schema.org."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from sightline.service.scrutiny.models import Meeting
from sightline.service.scrutiny.public.queries import AnswerWithFigures
from sightline.service.scrutiny.public.shown import (
    ShownAsk,
    ShownCommittee,
    ShownItem,
    ShownMeeting,
    ShownMember,
    ShownMembership,
    ShownPaper,
)

_LONDON = ZoneInfo("Europe/London")
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""So that no text ends the script element it stands in."""


def committee(
    request: HttpRequest, one: ShownCommittee, places: Iterable[ShownMembership]
) -> SafeString:
    """Describe a committee and those on it."""
    return _written(
        {
            **_organization(request, one.name, one.address),
            "description": one.terms,
            "parentOrganization": _council(one.council),
            "foundingDate": _day(one.began),
            "dissolutionDate": _day(one.ended),
            "member": [
                {
                    "@type": "OrganizationRole",
                    "roleName": place.position_name,
                    "startDate": place.starts.isoformat(),
                    "member": {
                        "@type": "Person",
                        "name": place.member.name,
                        "url": request.build_absolute_uri(place.member.address),
                    },
                }
                for place in places
            ],
        }
    )


def meeting(
    request: HttpRequest,
    one: ShownMeeting,
    items: Sequence[ShownItem],
    papers: Iterable[ShownPaper],
) -> SafeString:
    """Describe a meeting, its items and papers."""
    address = request.build_absolute_uri(one.address)
    return _written(
        {
            **_event(request, one),
            "subEvent": [
                {
                    "@type": "Event",
                    "@id": f"{address}#{item.anchor}",
                    "name": item.heading,
                    "url": request.build_absolute_uri(item.address),
                    "startDate": _starts(one),
                    "location": _place(one),
                }
                for item in items
            ],
            "workFeatured": [
                {
                    "@type": "DigitalDocument",
                    "name": paper.title,
                    "url": request.build_absolute_uri(paper.address),
                    "encodingFormat": paper.kind or "text/html",
                }
                for paper in papers
                if paper.address
            ],
        }
    )


def item(request: HttpRequest, one: ShownItem) -> SafeString:
    """Describe an item: what was minuted, as a document of its meeting."""
    return _written(
        {
            "@type": "DigitalDocument",
            "name": one.heading,
            "url": request.build_absolute_uri(one.address),
            "identifier": one.number,
            "text": one.minute or one.planned,
            "about": one.topic.title if one.topic else None,
            "recordedAt": _event(request, one.meeting),
        }
    )


def ask(request: HttpRequest, one: ShownAsk, answers: Iterable[AnswerWithFigures]) -> SafeString:
    """Describe an ask as a question, with the answers to it."""
    told = [
        {
            "@type": "Answer",
            "text": each.reply.text,
            "dateCreated": each.reply.published_at.isoformat(),
            "url": f"{request.build_absolute_uri(one.address)}#{each.reply.anchor}",
            "author": {"@type": "Organization", "name": each.reply.by} if each.reply.by else None,
        }
        for each in answers
    ]
    return _written(
        {
            "@type": "Question",
            "name": one.heading,
            "text": one.words,
            "identifier": one.reference,
            "url": request.build_absolute_uri(one.address),
            "dateCreated": _day(one.made_on),
            "author": {"@type": "GovernmentOrganization", "name": one.committee},
            "answerCount": len(told),
            "suggestedAnswer": told,
        }
    )


def member(request: HttpRequest, one: ShownMember, places: Iterable[ShownMembership]) -> SafeString:
    """Describe a member and the committees they sit on."""
    return _written(
        {
            "@type": "Person",
            "name": one.name,
            "url": request.build_absolute_uri(one.address),
            "jobTitle": one.kind_name,
            "affiliation": {"@type": "PoliticalParty", "name": one.party} if one.party else None,
            "memberOf": [
                {
                    "@type": "OrganizationRole",
                    "roleName": place.position_name,
                    "startDate": place.starts.isoformat(),
                    "endDate": _day(place.ends),
                    "memberOf": _organization(
                        request, place.committee.name, place.committee.address
                    ),
                }
                for place in places
            ],
        }
    )


def _organization(request: HttpRequest, name: str, address: str) -> dict[str, Any]:
    url = request.build_absolute_uri(address)
    return {"@type": "GovernmentOrganization", "@id": url, "name": name, "url": url}


def _council(name: str) -> dict[str, Any] | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


_STATUS = {Meeting.State.CANCELLED: "EventCancelled", Meeting.State.INQUORATE: "EventCancelled"}


def _event(request: HttpRequest, one: ShownMeeting) -> dict[str, Any]:
    url = request.build_absolute_uri(one.address)
    status = _STATUS.get(Meeting.State(one.state), "EventScheduled")
    return {
        "@type": "Event",
        "@id": url,
        "name": one.name,
        "url": url,
        "startDate": _starts(one),
        "eventStatus": f"https://schema.org/{status}",
        "location": _place(one),
        "organizer": {"@type": "GovernmentOrganization", "name": one.committee},
    }


def _starts(one: ShownMeeting) -> str:
    if one.starts is None:
        return one.day.isoformat()
    return datetime.combine(one.day, one.starts, _LONDON).isoformat()


def _place(one: ShownMeeting) -> dict[str, Any] | None:
    return {"@type": "Place", "name": one.venue, "address": one.venue} if one.venue else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _written(told: dict[str, Any]) -> SafeString:
    """Write it for a script element; what is empty is left out, as it is not known."""
    full = {"@context": "https://schema.org", **told}
    text = json.dumps(_without_empty(full), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPED))  # noqa: S308 - nothing in it can end its element


def _without_empty(told: Any) -> Any:
    if isinstance(told, dict):
        return {
            key: _without_empty(value)
            for key, value in told.items()
            if value is not None and value not in ("", [])
        }
    return [_without_empty(each) for each in told] if isinstance(told, list) else told
