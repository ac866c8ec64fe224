"""Scrutiny for a demonstration: meetings of the past read from minutes, one just held, one called.

`demonstration.toml` says what; this loads it by the actions of each part, as people would: minutes are given
as documents, confirmed field by field, their requests answered with figures of the invented authority.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.demonstration import DOMAIN
from sightline.service.accounts.models import Person
from sightline.service.audit.context import acting, system
from sightline.service.measures.reading import Reading, current_reading
from sightline.service.scrutiny.asks import actions as asks
from sightline.service.scrutiny.asks.figures import NoFigureError, definition_of, quote
from sightline.service.scrutiny.meetings import actions as meetings
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    Committee,
    Meeting,
    Member,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.programme import actions as programme
from sightline.service.scrutiny.programme import group_actions as groups
from sightline.service.scrutiny.reading import actions as documents
from sightline.service.scrutiny.reading import queries
from sightline.service.scrutiny.reading.reader import read_document

_FACTS = Path(__file__).with_name("demonstration.toml")
_SEATED = date(2016, 4, 1)
_BEGINS = time(10)
_TIME_BEFORE = timedelta(days=10)
"""How long before the meeting just held its agenda was published."""


def make_scrutiny(progress: Callable[[str], None] = lambda _: None) -> None:
    """Make the committees, meetings, requests and programme, unless there are committees already."""
    if Committee.objects.exists():
        return
    progress("Making meetings, requests and a work programme")
    with transaction.atomic(), acting(system("demonstration")):
        _Making(tomllib.loads(_FACTS.read_text("utf-8"))).make()


class _Making:
    """The facts on their way into the database."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts
        self.today = timezone.localdate()
        found = Person.objects.filter(email__endswith=f"@{DOMAIN}")
        self.people = {each.email.removesuffix(f"@{DOMAIN}"): each for each in found}
        self.keeper = self._person("scrutiny_officer")
        self.committees: dict[str, Committee] = {}
        self.topics: dict[str, Topic] = {}

    def make(self) -> None:
        """Make all of it."""
        for each in self.facts["committees"]:
            self.committees[each["slug"]] = meetings.make_committee(**each)
        for each in self.facts["members"]:
            self._member(each)
        for each in self.facts["topics"]:
            about = {**each, "committee": self.committees[each["committee"]]}
            self.topics[each["title"]] = programme.add_topic(**about)
        for each in self.facts["minutes"]:
            self._minutes(each)
        for each in self.facts["requests"]:
            self._request(each)
        self._recent(self.facts["recent"])
        self._next(self.facts["next"])
        for each in self.facts["suggestions"]:
            programme.suggest(**{**each, "committee": self.committees[each["committee"]]})
        self._group(self.facts["group"])

    def _person(self, role: str) -> Person | None:
        return self.people.get(role.replace("_", "-"))

    def _member(self, each: Mapping[str, Any]) -> None:
        account = self._person(each.get("account", ""))
        member = meetings.make_member(
            each["name"],
            each.get("kind", Member.Kind.COUNCILLOR),
            party=each.get("party", ""),
            account=account,
        )
        for slug, position in each["seats"].items():
            meetings.seat_member(self.committees[slug], member, position, _SEATED)

    # --- Minutes of the past

    def _minutes(self, each: Mapping[str, Any]) -> None:
        """Give minutes to be read, accept what was read in them, and confirm them into a meeting."""
        committee = self.committees[each["committee"]]
        name = f"minutes-{each['date']}"
        document = documents.take_document(
            printed(committee.name, each).encode(), f"{name}.md", self.keeper, read=read_document
        )
        documents.accept_certain(document, self.keeper)
        for field in queries.undecided(document):
            documents.decide_field(field, "accepted", self.keeper)
        documents.confirm_document(document, committee, self.keeper, are_confirmed=True)
        if each.get("page"):
            # What the committee system showed of the same meeting is left for whoever tries it.
            text = page_of(each).encode()
            documents.take_document(
                text, f"page-{each['date']}.txt", self.keeper, read=read_document
            )

    def _request(self, each: Mapping[str, Any]) -> None:
        """Give one request of those minutes its officer and topic, and let it come as far as it came."""
        ask = Ask.objects.get(text__contains=each["of"])
        ask = self._given(ask, each)
        if "reply" in each:
            self._reply(ask, each)
        if "closed" in each:
            at = Meeting.objects.get(committee=ask.committee, day=each["closed"]["on"])
            asks.take_step(
                ask, AskState.CLOSED, by=self.keeper, meeting=at, minute=each["closed"]["minute"]
            )

    def _given(self, ask: Ask, each: Mapping[str, Any]) -> Ask:
        lead = self._person(each["lead"])
        changes = {
            "lead": lead,
            "addressee": str(lead or ""),
            "topic": self.topics.get(each.get("topic", "")),
            "summary": each["summary"],
        }
        asks.change_ask(ask, ask.version, changes, by=self.keeper)
        asks.take_step(ask, AskState.SENT, by=self.keeper)
        return ask

    def _reply(self, ask: Ask, each: Mapping[str, Any]) -> None:
        reply = asks.write_reply(ask, each["reply"], by=ask.lead, evidence=each.get("evidence", ""))
        if figure := each.get("figure"):
            self._quote(reply, figure)
        asks.send_reply(reply, by=ask.lead)
        asks.publish_reply(reply, by=self.keeper)
        ask.refresh_from_db()
        if then := each.get("then"):
            asks.take_step(ask, then, by=ask.lead, why=each.get("why", ""))

    def _quote(self, reply: Any, figure: Mapping[str, str]) -> None:
        """Quote a figure as it stands today; a reply stands without one where none is published."""
        reading: Reading | None = current_reading()
        if reading is None:
            return
        try:
            definition = definition_of(reading, figure["code"], figure.get("part", ""))
            quoted = quote(reading, definition, by=figure.get("by", ""))
        except NoFigureError:
            return
        asks.add_figure(reply, quoted, by=reply.by)

    # --- Today

    def _recent(self, each: Mapping[str, Any]) -> None:
        """Hold a meeting some weeks ago, whose minutes are still a draft."""
        committee = self.committees[each["committee"]]
        meeting = meetings.plan_meeting(
            committee, self._wednesday(each["weeks"]), _BEGINS, "County Hall"
        )
        day = meeting.day or self.today
        meetings.build_agenda(meeting)
        item = meetings.add_item(meeting, each["title"])
        published = timezone.make_aware(datetime.combine(day - _TIME_BEFORE, _BEGINS))
        meetings.publish_agenda(meeting, self.keeper, at=published)
        meeting.refresh_from_db()
        meetings.open_meeting(meeting, each["chair"])
        seats = committee.memberships.on(day).select_related("member")
        meetings.take_attendance(
            meeting,
            [
                meetings.Attended(
                    seat.member,
                    "co_optee" if seat.position == "co_optee" else "member",
                    "apology" if seat.member.name in each["absent"] else "present",
                )
                for seat in seats
            ],
        )
        item.refresh_from_db()
        meetings.write_minute(item, item.version, each["minute"])
        item.refresh_from_db()
        for said in each["asks"]:
            ask = meetings.mark_ask(
                item, said["kind"], said["text"], by=self.keeper, due_words=said["due"]
            )
            self._given(ask, said)
        meeting.refresh_from_db()
        meetings.close_meeting(meeting, time(11, 40))

    def _next(self, each: Mapping[str, Any]) -> None:
        """Call the next meeting, with what the programme plans for it."""
        committee = self.committees[each["committee"]]
        meeting = meetings.plan_meeting(
            committee, self._wednesday(each["weeks"]), _BEGINS, "County Hall"
        )
        for entry in self.facts["programme"]:
            self._entry(entry, meeting)
        meetings.build_agenda(meeting)
        meetings.publish_agenda(meeting, self.keeper)
        asks.reckon_next_meeting(committee)

    def _entry(self, each: Mapping[str, Any], meeting: Meeting) -> None:
        month = self.today.replace(day=1) + timedelta(days=31 * each.get("in_months", 0))
        programme.plan_entry(
            self.committees[each["committee"]],
            each["title"],
            meeting=meeting if each.get("at_next") else None,
            month=None if each.get("at_next") else month,
            purpose=each["purpose"],
            outcome=each["outcome"],
            invitees="\n".join(each["invitees"]),
            topic=self.topics[each["topic"]],
        )

    def _group(self, each: Mapping[str, Any]) -> None:
        """Set up a group that has reported, and let the executive answer it."""
        group = groups.set_up_group(
            self.committees[each["committee"]],
            each["title"],
            each["scope"],
            topic=self.topics[each["topic"]],
            members=Member.objects.filter(name__in=each["members"]),
            evidence=each["evidence"],
            findings=each["findings"],
        )
        written = [
            groups.recommend(group, text, by=self.keeper) for text, *_ in each["recommendations"]
        ]
        for state, weeks in (("working", -26), ("reported", -8)):
            group.refresh_from_db()
            groups.group_becomes(group, group.version, state, self._wednesday(weeks))
        for ask, (_, response, text) in zip(written, each["recommendations"], strict=True):
            ask.refresh_from_db()
            groups.respond_to(ask, response, text, by=self._person("assistant_director"))
        group = TaskGroup.objects.get(pk=group.pk)
        groups.respond_as_a_whole(group, group.version, each["response"], self._wednesday(-2))

    def _wednesday(self, weeks: int) -> date:
        """Give the Wednesday of the week that is so many weeks off."""
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(weeks=weeks, days=2)


# --- The documents


def printed(committee: str, minutes: Mapping[str, Any]) -> str:
    """Write minutes as a council prints them, in Markdown as a converter leaves it."""
    parts = [f"# {committee}", f"**{minutes['heading']}**", "**Present:**", minutes["present"]]
    parts += ["**Also attended:**", *minutes["attended"]]
    for number, title, text, *_ in minutes["items"]:
        parts += [f"#### **{number} {title}**", text.strip()]
    return "\n\n".join([*parts, f"The meeting ended at {minutes['end']}"]) + "\n"


def page_of(minutes: Mapping[str, Any]) -> str:
    """Write the same meeting as a committee system's page shows it: no committee, no date, cut short."""
    parts = ["Agenda and minutes", "Venue: County Hall", "Items", "No. Item"]
    for number, title, text, *agenda in minutes["items"]:
        parts += [f"{number}.", title, *agenda, "Minutes:", text.strip().split("\n\n")[0]]
    last = minutes["items"][-1][0]
    return "\n\n".join([*parts, f"...  view the full minutes text for item {last}."]) + "\n"
