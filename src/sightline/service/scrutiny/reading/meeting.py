"""Writes what a person confirmed of a document into a meeting: a new one, or one that is there (MIN-20)."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks.actions import make_ask, reckon_next_meeting
from sightline.service.scrutiny.meetings.actions import confirm_minutes
from sightline.service.scrutiny.meetings.numbers import count_anew
from sightline.service.scrutiny.models import (
    Ask,
    Attendance,
    Committee,
    Declaration,
    Document,
    InterestKind,
    Item,
    Meeting,
    Member,
    Membership,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.numbering import running
from sightline.service.scrutiny.programme.actions import follow_up_of_minutes
from sightline.service.scrutiny.public.search import publish_texts
from sightline.service.scrutiny.reading import participation, words
from sightline.service.scrutiny.reading.fields import PEOPLE
from sightline.service.scrutiny.reading.merging import fuller, in_order, item_like, letters
from sightline.service.scrutiny.reading.queries import members_known
from sightline.service.scrutiny.reading.same import plain

Values = Mapping[str, list[Any]]
MinutesState = Meeting.MinutesState
_CONFIRMED = (MinutesState.CONFIRMED, MinutesState.SIGNED)
_NO_MINUTES = {
    Meeting.State.CANCELLED: "This meeting was cancelled, so it has no minutes.",
    Meeting.State.OPEN: "This meeting is being held. Close it first, and join its minutes then.",
}
"""States of a meeting that a document of minutes is not joined to, and why."""


def write_meeting(
    document: Document,
    values: Values,
    into: Meeting | Committee,
    by: Person | None,
    *,
    are_confirmed: bool,
) -> tuple[Meeting, list[str]]:
    """Write into a meeting, within the caller's transaction; give it, and what it kept of its own."""
    writing = _Writing(document, values, into, by)
    if writing.meeting.minutes_state in _CONFIRMED and not are_confirmed:
        raise ValidationError(
            "The minutes of this meeting are confirmed, and a draft does not change them. Say that these are "
            "confirmed too, or set the document aside."
        )
    if said := _NO_MINUTES.get(Meeting.State(writing.meeting.state)):
        raise ValidationError(said)
    writing.write()
    meeting = writing.meeting
    meeting.refresh_from_db()
    reckon_next_meeting(meeting.committee)
    if meeting.minutes_state in _CONFIRMED:
        publish_texts(meeting)
    elif are_confirmed:
        confirm_minutes(meeting, None, (), by)
        meeting.refresh_from_db()
    return meeting, writing.kept


class _Writing:
    """One document on its way into one meeting."""

    def __init__(
        self, document: Document, values: Values, into: Meeting | Committee, by: Person | None
    ) -> None:
        self.document = document
        self.values = values
        self.by = by
        self.kept: list[str] = []
        pk = into.committee_id if isinstance(into, Meeting) else into.pk
        self.committee = Committee.objects.select_for_update().get(pk=pk)
        self.is_new = isinstance(into, Committee)
        self.meeting = (
            Meeting.objects.create(committee=self.committee)
            if isinstance(into, Committee)
            else Meeting.objects.select_for_update().get(pk=into.pk)
        )
        self.known = members_known(self.committee)

    def write(self) -> None:
        """Write all of it."""
        self._about()
        self._participation()
        items = self._items()
        self._people()
        self._declarations(items)
        self._asks(items)

    # --- The meeting

    def _about(self) -> None:
        meeting = self.meeting
        self._fill("day", self._one("date"), date.fromisoformat, "date")
        self._fill("starts", self._one("start"), _time, "start")
        self._fill("ended", self._one("end"), _time, "end")
        self._fill("venue", self._one("venue"), str, "venue")
        self._fill("chair", self._one("chair"), str, "chair")
        if self.is_new:
            meeting.is_truncated = self.document.is_truncated
        else:
            meeting.is_truncated = meeting.is_truncated and self.document.is_truncated
        if meeting.day and meeting.day > timezone.localdate():
            raise ValidationError(
                f"{meeting.day:%-d %B %Y} is still to come: minutes are of a meeting that was held."
            )
        if meeting.state not in (Meeting.State.HELD, Meeting.State.INQUORATE):
            meeting.state = Meeting.State.HELD
        if meeting.minutes_state == MinutesState.NONE:
            meeting.minutes_state = MinutesState.DRAFT
        meeting.full_clean(exclude=["committee"])
        meeting.version += not self.is_new
        meeting.save()

    def _fill(self, column: str, value: Any, read: Any, what: str) -> None:
        """Fill what the meeting does not say; a date that was inferred gives way to one that is stated."""
        if value in (None, ""):
            return
        given, stands = read(value), getattr(self.meeting, column)
        stated = not (column == "day" and self._was_inferred())
        if stands in (None, "") or (column == "day" and self.meeting.day_is_inferred and stated):
            setattr(self.meeting, column, given)
            if column == "day":
                self.meeting.day_is_inferred = not stated
        elif stands != given and letters(str(stands)) != letters(str(given)):
            self.kept.append(f"The {what} stays {_said(stands)}; here it is {_said(given)}.")

    def _was_inferred(self) -> bool:
        """Whether the date was entered by a person where the document does not state one."""
        return self.document.fields.filter(field="date", value__isnull=True).exists()

    def _one(self, field: str) -> Any:
        found = self.values.get(field)
        return found[0] if found else None

    def _participation(self) -> None:
        """Give the committee the deadline its agenda prints, where it has none."""
        committee, deadline = self.committee, self._one("participation")
        if not deadline:
            return
        at = participation.at(deadline)
        if not committee.participation_rule:
            committee.participation_rule = deadline["rule"]
            committee.participation_days = deadline["days"]
            committee.participation_time = at
            committee.participation_to = deadline["to"]
            committee.version += 1
            committee.save()
        elif (
            committee.participation_rule,
            committee.participation_days,
            committee.participation_time,
        ) != (deadline["rule"], deadline["days"], at):
            self.kept.append(
                "The committee's deadline for public participation stays as it is set."
            )

    # --- Items

    def _items(self) -> list[Item]:
        self._take_form()
        items = list(self.meeting.items.order_by("position", "pk"))
        for given in self.values.get("items", []):
            number, title = given.get("number") or "", given["title"][:500]
            item = item_like(items, number, title)
            if item is None:
                item = Item(meeting=self.meeting, title=title, kind=words.item_kind(title))
                items.append(item)
            self._fill_item(item, number, given)
        items = in_order(items)
        for position, item in enumerate(items, start=1):
            item.position = position
            item.full_clean(exclude=["meeting", "topic", "from_ask"])
            item.version += item.pk is not None
            item.save()
        return items

    def _take_form(self) -> None:
        """Take the form of the committee's minute numbers from the first that it has."""
        numbers = [each["number"] for each in self.values.get("items", []) if each.get("number")]
        if self.committee.number_form or len(numbers) < 2:
            return
        form, after = numbers[0], numbers[1]
        runs = Committee.NumberRuns
        steps = {
            each: (running(after, each) or 0) - (running(form, each) or 0) for each in runs.values
        }
        if 1 not in steps.values():
            return
        self.committee.number_form = form[:30]
        self.committee.number_runs = runs.LAST if steps[runs.LAST] == 1 else runs.FIRST
        self.committee.version += 1
        self.committee.save()
        count_anew(self.committee)

    def _fill_item(self, item: Item, number: str, given: Mapping[str, Any]) -> None:
        truncated = self.document.is_truncated
        if number and not item.number:
            item.number = number[:30]
            item.running = running(number, self.committee.number_runs)
        stands = item.minute
        item.minute = fuller(stands, _paragraphs(given["text"]), given_is_truncated=truncated)
        if stands and item.minute != stands:
            self.kept.append(
                f"Minute {item.number or item.title} has the fuller text of this document."
            )
        item.planned = fuller(
            item.planned, _paragraphs(given["agenda"]), given_is_truncated=truncated
        )
        if item.privacy == Privacy.PUBLIC and given.get("restricted"):
            item.privacy = given["privacy"]
            item.paragraph = given.get("paragraph")
            item.why_exempt = given.get("why_exempt", "")
            item.public_summary = given.get("public_summary", "")

    # --- People

    def _people(self) -> None:
        there = list(self.meeting.attendance.all())
        names = {plain(each.name) for each in there}
        members = {each.member_id for each in there if each.member_id}
        everybody = [name for field in PEOPLE for name in self.values.get(field, [])]
        seats = {
            each.member_id: each.position
            for each in Membership.objects.filter(committee=self.committee).on(self.meeting.day)
        }
        quoted = {
            str(value): row.words
            for row in self.document.fields.filter(field__in=PEOPLE)
            for value in (row.value, row.corrected)
            if value
        }
        for field in PEOPLE:
            for name in self.values.get(field, []):
                member = self.known.get(plain(name))
                if plain(name) in names or (member and member.pk in members):
                    continue
                said = words.after_name(
                    name, quoted.get(name, ""), [each for each in everybody if each != name]
                )
                attended = _attended(self.meeting, field, name, said, member, seats)
                attended.full_clean(exclude=["meeting", "member"])
                attended.save()
                names.add(plain(name))
                members |= {member.pk} if member else set()

    def _declarations(self, items: list[Item]) -> None:
        there = {(plain(d.name), letters(d.cited)) for d in self.meeting.declarations.all()}
        kinds = list(InterestKind.objects.all())
        quoted = {
            (row.value["member"], row.value["item"]): row.words
            for row in self.document.fields.filter(field="declarations")
            if row.value
        }
        for given in self.values.get("declarations", []):
            name, cited = given["member"][:200], (given.get("item") or "")[:50]
            if (plain(name), letters(cited)) in there:
                continue
            kind = given.get("kind") or ""
            nature = given.get("nature") or quoted.get((given["member"], given.get("item")), "")
            Declaration.objects.create(
                meeting=self.meeting,
                name=name,
                member=self.known.get(plain(name)),
                kind=_interest_kind(kinds, kind, self.meeting.day),
                kind_as_printed=kind[:200],
                nature=nature,
                cited=cited,
                item=item_like(items, cited, "") if cited else None,
                left=given.get("left_meeting"),
                is_party_whip="party whip" in kind.casefold(),
            )
            there.add((plain(name), letters(cited)))

    # --- Asks

    def _asks(self, items: list[Item]) -> None:
        there = {letters(text) for text in self._asked()}
        places = {
            letters(row.value["text"]): row.place
            for row in self.document.fields.filter(field="asks")
            if row.value
        }
        for given in self.values.get("asks", []):
            text = given["text"]
            if letters(text) in there or (
                given["kind"] == "resolution" and words.asks_nothing(text)
            ):
                continue
            number = given.get("item") or ""
            item = item_like(items, number, "") if number else None
            due_words = given.get("due_words") or words.due_words(text)
            ask = make_ask(
                item,
                words.KINDS[given["kind"]],
                text,
                committee=self.committee,
                meeting=self.meeting,
                place=places.get(letters(text), ""),
                by=self.by,
                addressee=given.get("addressee", ""),
                due_words=due_words,
            )
            if due_words:
                follow_up_of_minutes(ask)
            there.add(letters(text))

    def _asked(self) -> list[str]:
        return list(Ask.objects.filter(meeting=self.meeting).values_list("text", flat=True))


def _attended(
    meeting: Meeting,
    field: str,
    name: str,
    said: str,
    member: Member | None,
    seats: Mapping[int, str],
) -> Attendance:
    """Make a row of attendance, in the right the source or a seat on the committee says."""
    capacity, status = Attendance.Capacity, Attendance.Status
    whom = words.substitute_for(said)
    seat = seats.get(member.pk) if member else None
    if whom or seat == Membership.Position.SUBSTITUTE:
        right = capacity.SUBSTITUTE
    elif field == "in_attendance" and seat is None:
        is_member = member is not None or name.casefold().startswith(("councillor", "cllr"))
        right = capacity.OTHER_MEMBER if is_member else capacity.IN_ATTENDANCE
    elif seat == Membership.Position.CO_OPTEE or "co-opt" in said.casefold():
        right = capacity.CO_OPTEE
    else:
        right = capacity.MEMBER
    how = status.REMOTE if words.is_remote(said) else status.PRESENT
    return Attendance(
        meeting=meeting,
        name=name[:200],
        member=member,
        capacity=right,
        status=status.APOLOGY if field == "apologies" else how,
        post="" if whom else said[:300],
        substitute_for=whom[:200],
    )


def _interest_kind(
    kinds: list[InterestKind], printed: str, day: date | None
) -> InterestKind | None:
    """Give the council's kind of interest that is printed, where exactly one has that name."""
    name = printed.casefold().removesuffix("interest").strip()
    found = [
        each
        for each in kinds
        if name and each.name.casefold().removesuffix("interest").strip() == name
        if day is None
        or ((each.starts is None or each.starts <= day) and (each.ends is None or day <= each.ends))
    ]
    return found[0] if len(found) == 1 else None


def _paragraphs(text: str | list[str]) -> str:
    return text.strip() if isinstance(text, str) else "\n\n".join(each.strip() for each in text)


def _time(value: str) -> time:
    return time.fromisoformat(value)


def _said(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else f"“{value}”"
