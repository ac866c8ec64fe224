"""The open records: what each has, as JSON, with its JSON Schema. In the terms of Popolo where they fit.

`RECORDS` is the whole of it: the schema, the page of docs/reference and the answers are made from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from sightline.service.scrutiny.models import AskKind, Membership
from sightline.service.scrutiny.public import queries, shown, visible

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "id": {"type": "string", "minLength": 1},
    "number": {"type": "integer"},
    "yes or no": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"},
    "moment": {"type": "string", "format": "date-time"},
    "address": {"type": "string", "format": "uri"},
}
Said = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a record. `may_be_empty`: null where it is not known, or there is none."""

    name: str
    kind: str
    meaning: str
    may_be_empty: bool = False
    of: Sequence["Field"] = ()

    @property
    def schema(self) -> Said:
        """Its JSON Schema."""
        if self.kind == "list":
            return {"type": "array", "items": _object(self.of), "description": self.meaning}
        told = dict(_KINDS[self.kind])
        if self.may_be_empty:
            told["type"] = [told["type"], "null"]
        return {**told, "description": self.meaning}


@dataclass(frozen=True)
class Record:
    """One kind of record: its name and that of its list, what it is, its term in Popolo, and its fields."""

    name: str
    plural: str
    meaning: str
    popolo: str
    fields: tuple[Field, ...]
    rows: Callable[[], "QuerySet[Any]"]
    make: Callable[[HttpRequest, Any], Said]


def _object(fields: Sequence[Field]) -> Said:
    return {
        "type": "object",
        "properties": {each.name: each.schema for each in fields},
        "required": [each.name for each in fields],
        "additionalProperties": False,
    }


def schema() -> Said:
    """Give the JSON Schema of a list of any kind of record."""
    return {
        "$schema": SCHEMA,
        "title": "Open records of scrutiny",
        "$defs": {
            each.name: {**_object(each.fields), "description": each.meaning}
            for each in RECORDS.values()
        },
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "kind": {"const": each.name},
                    "page": {"type": "integer", "minimum": 1},
                    "pages": {"type": "integer", "minimum": 1},
                    "total": {"type": "integer", "minimum": 0},
                    "next": {"type": ["string", "null"], "format": "uri"},
                    "records": {"type": "array", "items": {"$ref": f"#/$defs/{each.name}"}},
                },
                "required": ["kind", "page", "pages", "total", "next", "records"],
                "additionalProperties": False,
            }
            for each in RECORDS.values()
        ],
    }


def one_schema(kind: str) -> Said:
    """Give the JSON Schema of one record of a kind."""
    return {"$schema": SCHEMA, **_object(RECORDS[kind].fields)}


def _organization(request: HttpRequest, row: Any) -> Said:
    one = shown.committee(row)
    return {
        "id": str(one.pk),
        "name": one.name,
        "classification": one.kind,
        "parent": one.council or None,
        "founding_date": _day(one.began),
        "dissolution_date": _day(one.ended),
        "terms_of_reference": one.terms or None,
        "quorum": one.quorum,
        "posts": [
            {
                "id": _post(one.pk, position),
                "label": f"{position.label} of {one.name}",
                "role": role,
            }
            for position, role in _POSTS.items()
        ],
        "url": request.build_absolute_uri(one.address),
    }


_POSTS = {Membership.Position.CHAIR: "chair", Membership.Position.VICE_CHAIR: "vice_chair"}


def _post(committee: int, position: str) -> str:
    return f"{committee}-{position}"


def _person(request: HttpRequest, row: Any) -> Said:
    one = shown.member(row)
    return {
        "id": str(one.pk),
        "name": one.name,
        "kind": one.kind,
        "party": one.party or None,
        "ward": one.ward or None,
        "is_executive": one.is_executive,
        "url": request.build_absolute_uri(one.address),
    }


def _membership(request: HttpRequest, row: Any) -> Said:
    one = shown.membership(row)
    return {
        "id": str(one.pk),
        "person_id": str(one.member.pk),
        "organization_id": str(one.committee.pk),
        "post_id": _post(one.committee.pk, one.position) if one.position in _POSTS else None,
        "role": one.position,
        "votes": one.votes,
        "start_date": one.starts.isoformat(),
        "end_date": _day(one.ends),
    }


def _meeting(request: HttpRequest, row: Any) -> Said:
    one = shown.meeting(row)
    return {
        "id": str(one.pk),
        "name": one.name,
        "classification": "meeting",
        "organization_id": str(row.committee_id),
        "start_date": one.day.isoformat(),
        "start_date_is_inferred": one.day_is_inferred,
        "start_time": _time(one.starts),
        "end_time": _time(one.ended),
        "location": one.venue or None,
        "status": one.state,
        "chair": one.chair or None,
        "agenda_published_at": _moment(one.called_at),
        "minutes": row.minutes_state if one.is_minuted else None,
        "minutes_confirmed_at": _moment(one.confirmed_at),
        "signed_by": one.signed_by or None,
        "signed_on": _day(one.signed_on),
        "url": request.build_absolute_uri(one.address),
    }


def _item(request: HttpRequest, row: Any) -> Said:
    one = queries.shown_item(row)
    return {
        "id": str(one.pk),
        "event_id": str(one.meeting.pk),
        "position": one.position,
        "number": one.number or None,
        "title": one.title,
        "is_private": one.is_private,
        "private_because": one.private_because or None,
        "agenda_text": one.planned or None,
        "minutes_text": one.minute or None,
        "topic": one.topic.slug if one.topic else None,
        "url": request.build_absolute_uri(one.address),
    }


def _attendance(request: HttpRequest, row: Any) -> Said:
    one = shown.attendance(row)
    return {
        "id": str(one.pk),
        "event_id": str(row.meeting_id),
        "person_id": str(row.member_id) if row.member_id else None,
        "name": one.name,
        "capacity": one.capacity,
        "status": one.status,
        "post": one.post or None,
        "substitute_for": one.substitute_for or None,
        "came_at": _time(one.came_at),
        "left_at": _time(one.left_at),
    }


def _declaration(request: HttpRequest, row: Any) -> Said:
    one = shown.declaration(row)
    return {
        "id": str(one.pk),
        "event_id": str(row.meeting_id),
        "person_id": str(row.member_id) if row.member_id else None,
        "name": one.name,
        "item_id": str(one.item) if one.item else None,
        "cited": one.cited or None,
        "kind": one.kind or None,
        "nature": one.nature or None,
        "is_party_whip": one.is_party_whip,
        "left": one.left,
    }


def _ask(request: HttpRequest, row: Any) -> Said:
    one = shown.ask(row)
    return {
        "id": str(one.pk),
        "organization_id": str(row.committee_id),
        "event_id": str(one.meeting.pk) if one.meeting else None,
        "item_id": str(one.item) if one.item else None,
        "reference": one.reference,
        "kind": one.kind,
        "text": one.words,
        "is_summary": one.is_restricted,
        "date": _day(one.made_on),
        "asked_of": one.addressee or None,
        "due": _day(one.due),
        "days_overdue": one.overdue,
        "status": one.state,
        "url": request.build_absolute_uri(one.address),
    }


def _resolution(request: HttpRequest, row: Any) -> Said:
    told = _ask(request, row)
    return {field.name: told[field.name] for field in _RESOLUTION}


def _reply(request: HttpRequest, row: Any) -> Said:
    one, ask = shown.reply(row), shown.ask(row.ask)
    return {
        "id": str(one.pk),
        "ask_id": str(ask.pk),
        "text": one.text,
        "evidence": one.evidence or None,
        "by": one.by or None,
        "published_at": one.published_at.isoformat(),
        "figures": [
            {
                "indicator": figure.indicator,
                "title": str(figure.shown.get("title", "")),
                "definition": str(figure.shown.get("definition", "")),
                "part": figure.part or None,
                "within": figure.group or None,
                "start_date": figure.period_start.isoformat(),
                "end_date": figure.period_end.isoformat(),
                "value": str(figure.shown.get("figure", {}).get("text", "")),
                "quoted_at": figure.quoted_at.isoformat(),
            }
            for figure in row.figures.all()
        ],
        "url": f"{request.build_absolute_uri(ask.address)}#{one.anchor}",
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(at: time | None) -> str | None:
    return f"{at:%H:%M:%S}" if at else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


_ID = Field("id", "id", "Its number here, which stays the same")
_URL = Field("url", "address", "Its page")
_OF_EVENT = Field("event_id", "id", "The meeting")
_OF_PERSON = Field(
    "person_id", "id", "The member; empty for officers, guests, and names matched to nobody", True
)
_POST = (
    Field("id", "id", "Its number here"),
    Field("label", "text", "What it is called"),
    Field("role", "text", "`chair` or `vice_chair`"),
)
_FIGURE = (
    Field("indicator", "text", "Code of the indicator"),
    Field("title", "text", "Its title"),
    Field("definition", "text", "What it counts"),
    Field("part", "text", "The part of the indicator", True),
    Field("within", "text", "The district or other group it is within", True),
    Field("start_date", "day", "First day of the period"),
    Field("end_date", "day", "Last day of the period"),
    Field("value", "text", "As it was shown, small numbers protected"),
    Field("quoted_at", "moment", "When it was quoted; it is not changed since"),
)
_ASK = (
    _ID,
    Field("organization_id", "id", "The committee"),
    Field("event_id", "id", "The meeting in whose minutes it stands", True),
    Field("item_id", "id", "The item of those minutes", True),
    Field("reference", "text", "Minute number and letter"),
    Field("kind", "text", "statutory, recommendation, request, topic, undertaking or decision"),
    Field("text", "text", "Its exact words, or their public summary"),
    Field("is_summary", "yes or no", "Whether it arose in private, so that `text` is a summary"),
    Field("date", "day", "When it was made", True),
    Field("asked_of", "text", "Of whom it was asked", True),
    Field("due", "day", "When an answer was due", True),
    Field("days_overdue", "number", "By how many days it is overdue; empty where it is not", True),
    Field(
        "status",
        "text",
        "How far it has come; what a meeting decided counts once its minutes are confirmed",
    ),
    _URL,
)
_RESOLUTION = tuple(
    each for each in _ASK if each.name not in ("kind", "asked_of", "due", "days_overdue", "status")
)

RECORDS: dict[str, Record] = {
    each.plural: each
    for each in (
        Record(
            "organization",
            "organizations",
            "A committee",
            "Organization",
            (
                _ID,
                Field("name", "text", "Its name"),
                Field(
                    "classification", "text", "scrutiny, executive, council, board, group or other"
                ),
                Field("parent", "text", "The council", True),
                Field("founding_date", "day", "When it began", True),
                Field("dissolution_date", "day", "When it was abolished", True),
                Field("terms_of_reference", "text", "What it is for", True),
                Field("quorum", "number", "How many members make a quorum", True),
                Field("posts", "list", "Its posts (Popolo: Post)", of=_POST),
                _URL,
            ),
            lambda: visible.committees().order_by("pk"),
            _organization,
        ),
        Record(
            "person",
            "people",
            "A councillor or co-opted member",
            "Person",
            (
                _ID,
                Field("name", "text", "Their name"),
                Field("kind", "text", "councillor, church, parent_governor or co_opted"),
                Field("party", "text", "Party", True),
                Field("ward", "text", "Division or ward", True),
                Field("is_executive", "yes or no", "Whether they sit on the cabinet"),
                _URL,
            ),
            lambda: visible.members().order_by("pk"),
            _person,
        ),
        Record(
            "membership",
            "memberships",
            "A place on a committee, from a day to a day",
            "Membership",
            (
                _ID,
                Field("person_id", "id", "Who holds it"),
                Field("organization_id", "id", "The committee"),
                Field("post_id", "id", "The post, where it is one", True),
                Field("role", "text", "chair, vice_chair, member, co_optee or substitute"),
                Field("votes", "yes or no", "Whether they may vote"),
                Field("start_date", "day", "First day"),
                Field("end_date", "day", "Last day", True),
            ),
            lambda: visible.memberships().select_related("member", "committee").order_by("pk"),
            _membership,
        ),
        Record(
            "meeting",
            "meetings",
            "A meeting",
            "Event",
            (
                _ID,
                Field("name", "text", "Committee and date"),
                Field("classification", "text", "`meeting`"),
                Field("organization_id", "id", "The committee"),
                Field("start_date", "day", "The day"),
                Field("start_date_is_inferred", "yes or no", "Whether no source says the day"),
                Field("start_time", "time", "When it begins, in London", True),
                Field("end_time", "time", "When it ended", True),
                Field("location", "text", "Where", True),
                Field("status", "text", "planned, called, open, held, cancelled or inquorate"),
                Field("chair", "text", "Who was in the chair, as minuted", True),
                Field("agenda_published_at", "moment", "When the agenda was published", True),
                Field("minutes", "text", "confirmed or signed; empty before", True),
                Field("minutes_confirmed_at", "moment", "When they were", True),
                Field("signed_by", "text", "Who signed them", True),
                Field("signed_on", "day", "When", True),
                _URL,
            ),
            lambda: queries.meeting_rows().order_by("pk"),
            _meeting,
        ),
        Record(
            "item",
            "items",
            "An item of a published agenda or of confirmed minutes",
            "",
            (
                _ID,
                _OF_EVENT,
                Field("position", "number", "Its place on the agenda"),
                Field("number", "text", "Its minute number, as printed", True),
                Field("title", "text", "Its title"),
                Field("is_private", "yes or no", "Whether the public was excluded"),
                Field("private_because", "text", "Why, where it was", True),
                Field("agenda_text", "text", "What the agenda says", True),
                Field(
                    "minutes_text", "text", "What was minuted; of a private item the summary", True
                ),
                Field("topic", "text", "The topic, by its name in addresses", True),
                _URL,
            ),
            lambda: queries.item_rows().order_by("pk"),
            _item,
        ),
        Record(
            "attendance",
            "attendance",
            "One person at one meeting whose minutes are confirmed",
            "attendees of an Event",
            (
                _ID,
                _OF_EVENT,
                _OF_PERSON,
                Field("name", "text", "As minuted"),
                Field(
                    "capacity",
                    "text",
                    "member, co_optee, substitute, other_member, officer or invited",
                ),
                Field("status", "text", "present, remote, apology or absent"),
                Field("post", "text", "Post or body", True),
                Field("substitute_for", "text", "For whom they came", True),
                Field("came_at", "time", "When they came, if late", True),
                Field("left_at", "time", "When they left, if early", True),
            ),
            lambda: visible.attendance().select_related("member").order_by("pk"),
            _attendance,
        ),
        Record(
            "declaration",
            "declarations",
            "An interest declared at a meeting whose minutes are confirmed",
            "",
            (
                _ID,
                _OF_EVENT,
                _OF_PERSON,
                Field("name", "text", "As minuted"),
                Field("item_id", "id", "The item it is about, where there is such an item", True),
                Field("cited", "text", "The item as printed", True),
                Field("kind", "text", "Its kind; empty for a private item", True),
                Field("nature", "text", "What it is; empty for a private item", True),
                Field("is_party_whip", "yes or no", "Whether it is a party whip, not an interest"),
                Field("left", "yes or no", "Whether they left the meeting; empty: not said", True),
            ),
            lambda: visible.declarations().select_related("kind", "member", "item").order_by("pk"),
            _declaration,
        ),
        Record(
            "resolution",
            "resolutions",
            "A decision of a committee",
            "Motion",
            _RESOLUTION,
            lambda: queries.ask_rows().filter(kind=AskKind.DECISION).order_by("pk"),
            _resolution,
        ),
        Record(
            "ask",
            "asks",
            "What a committee requested, recommended or was promised",
            "",
            _ASK,
            lambda: queries.ask_rows().exclude(kind=AskKind.DECISION).order_by("pk"),
            _ask,
        ),
        Record(
            "reply",
            "replies",
            "A published answer to an ask",
            "",
            (
                _ID,
                Field("ask_id", "id", "The ask, which may be a resolution"),
                Field("text", "text", "The answer"),
                Field("evidence", "text", "What shows it", True),
                Field("by", "text", "On whose behalf it was given", True),
                Field("published_at", "moment", "When it was published"),
                Field("figures", "list", "Figures it quotes, as they stood", of=_FIGURE),
                _URL,
            ),
            lambda: (
                visible.replies()
                .select_related(
                    "ask__committee", "ask__meeting__committee", "ask__item", "ask__group"
                )
                .prefetch_related("figures")
                .order_by("pk")
            ),
            _reply,
        ),
    )
}
"""Every kind of record, by the name of its list."""
