"""What is asked of documents of minutes: which there are, what is still to be decided, what may be one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import (
    Attendance,
    Committee,
    Declaration,
    Document,
    Item,
    Meeting,
    Member,
    ReadField,
)
from sightline.service.scrutiny.reading.merging import letters
from sightline.service.scrutiny.reading.same import plain, why_same

NEEDS_DECISION = Q(value__isnull=False) | ~Q(doubt="")
"""Fields that a person decides of: what was read, and what is doubtful. What is not said needs nothing."""
IS_HIDDEN = ~Q(alarm="") & Q(cleared_by=None)
COUNTED = (
    Attendance.Capacity.MEMBER,
    Attendance.Capacity.CO_OPTEE,
    Attendance.Capacity.SUBSTITUTE,
    Attendance.Capacity.OTHER_MEMBER,
)
"""In which right those come who are members of something."""


def documents_for(person: Person) -> QuerySet[Document]:
    """Give the documents a keeper may see: all, or those of boards and their own for a board manager.

    Neither the text nor the file comes along.
    """
    found = Document.objects.defer("text", "file__data").select_related(
        "meeting__committee", "given_by"
    )
    if person.holds({"scrutiny_officer"}):
        return found
    return found.filter(
        Q(meeting__committee__kind=Committee.Kind.BOARD) | Q(meeting=None, given_by=person)
    )


def with_left(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Put with each document how many fields are still to be decided (`left`)."""
    undecided = Count(
        "fields", filter=Q(fields__decision="")
        & (Q(fields__value__isnull=False) | ~Q(fields__doubt=""))
    )  # fmt: skip
    return documents.annotate(left=undecided).order_by("-given_at", "-pk")


def is_hidden(document: Document) -> bool:
    """Whether an alarm hides a document until a person has looked."""
    return bool(document.alarm) and document.cleared_by_id is None


def undecided(document: Document) -> QuerySet[ReadField]:
    """Give the fields that still need a person's decision."""
    return document.fields.filter(NEEDS_DECISION, decision="")


def decided_values(document: Document) -> dict[str, list[Any]]:
    """Give what a person accepted or put right, by field, in order."""
    values: dict[str, list[Any]] = {}
    for row in document.fields.all():
        if row.decision == ReadField.Decision.CORRECTED:
            values.setdefault(row.field, []).append(row.corrected)
        elif row.decision == ReadField.Decision.ACCEPTED:
            values.setdefault(row.field, []).append(row.value)
    return values


@dataclass(frozen=True)
class Join:
    """A meeting that a document may be of, and why."""

    meeting: Meeting
    why: str


def joins(document: Document) -> list[Join]:
    """Give the meetings that a document may be a rendering of: by minute numbers, or committee and date.

    A person says which, or none.
    """
    values = _said(document)
    by_numbers = _by_numbers(values.get("items", []))
    names = {letters(each) for each in values.get("committee", [])}
    days = [date.fromisoformat(each) for each in values.get("date", [])]
    found = [
        Join(
            meeting, f"{count} of {of} minute numbers with their titles are those of this meeting."
        )
        for meeting, count, of in by_numbers
        if not (meeting.day and days and meeting.day not in days)
    ]
    same_day = Meeting.objects.filter(day__in=days).select_related("committee")
    found += [
        Join(meeting, "The committee and the date are those of this meeting.")
        for meeting in same_day
        if _is_named(meeting.committee, names) and all(meeting != each.meeting for each in found)
    ]
    return found


def committees_named(document: Document, among: Iterable[Committee]) -> list[Committee]:
    """Give the committees that have the name a document gives."""
    names = {letters(each) for each in _said(document).get("committee", [])}
    return [each for each in among if _is_named(each, names)]


def _is_named(committee: Committee, names: set[str]) -> bool:
    return letters(committee.name) in names


def _said(document: Document) -> dict[str, list[Any]]:
    """Give what a document says, put right where somebody did, but for what was rejected."""
    values: dict[str, list[Any]] = {}
    wanted = document.fields.filter(field__in=("items", "committee", "date"))
    for row in wanted.exclude(decision=ReadField.Decision.REJECTED):
        value = row.corrected if row.decision == ReadField.Decision.CORRECTED else row.value
        if value is not None:
            values.setdefault(row.field, []).append(value)
    return values


def _by_numbers(items: list[dict[str, Any]]) -> list[tuple[Meeting, int, int]]:
    """Give meetings whose items have these numbers and titles: two of them at least, or the only one."""
    titles = {each["number"]: letters(each["title"]) for each in items if each["number"]}
    if not titles:
        return []
    rows = Item.objects.filter(number__in=titles, running__isnull=False)
    counted = Counter(
        meeting
        for meeting, number, title in rows.values_list("meeting_id", "number", "title")
        if letters(title) == titles[number]
    )
    most = [(pk, n) for pk, n in counted.most_common(5) if n >= min(2, len(titles))]
    meetings = Meeting.objects.select_related("committee").in_bulk([pk for pk, _ in most])
    return [(meetings[pk], count, len(titles)) for pk, count in most]


def sources_of(meeting: Meeting) -> QuerySet[Document]:
    """Give the documents a meeting was confirmed from, the first at the top."""
    return (
        meeting.documents.defer("text", "file__data")
        .select_related("given_by", "confirmed_by")
        .order_by("confirmed_at", "pk")
    )


# --- People


def members_known(committee: Committee) -> dict[str, Member]:
    """Give the members of a committee, past ones too, by their name and by each confirmed spelling.

    A name that two of them have is nobody's.
    """
    members = Member.objects.filter(
        Q(memberships__committee=committee) | Q(attendance__meeting__committee=committee)
    ).distinct()
    named: dict[str, list[Member]] = {}
    for member in members:
        for name in {plain(each) for each in (member.name, *member.also_known_as.splitlines())}:
            named.setdefault(name, []).append(member)
    return {name: found[0] for name, found in named.items() if name and len(found) == 1}


@dataclass(frozen=True)
class Unknown:
    """A name in minutes that is no known member's, at how many meetings, and whose it may be, with why."""

    name: str
    meetings: int
    likely: list[tuple[Member, str]]


def unknown_names(committee: Committee) -> list[tuple[str, int]]:
    """Give the names of members in a committee's minutes that are joined to nobody, and how many meetings."""
    there = Attendance.objects.filter(
        meeting__committee=committee, member=None, capacity__in=COUNTED
    )
    declared = Declaration.objects.filter(meeting__committee=committee, member=None)
    found: dict[str, set[int]] = {}
    for rows in (there, declared):
        for name, meeting in rows.values_list("name", "meeting_id"):
            found.setdefault(name, set()).add(meeting)
    return sorted((name, len(meetings)) for name, meetings in found.items())


def with_likely(names: Iterable[tuple[str, int]]) -> list[Unknown]:
    """Put with each name the members whose it may be."""
    members = list(Member.objects.order_by("name"))
    return [
        Unknown(name, meetings, [(each, why) for each in members if (why := _why(name, each))])
        for name, meetings in names
    ]


def _why(name: str, member: Member) -> str:
    for known in (member.name, *member.also_known_as.splitlines()):
        if plain(known) == plain(name):
            return "The same name."
        if why := why_same(name, known):
            return why
    return ""


@dataclass(frozen=True)
class Spelling:
    """A name in a committee's minutes that was joined to a member of another name."""

    name: str
    member: Member
    meetings: int


def spellings(committee: Committee) -> list[Spelling]:
    """Give the names in a committee's minutes that stand for a member, other than by their own name."""
    counted: Counter[tuple[str, int]] = Counter()
    for model in (Attendance, Declaration):
        rows = model.objects.filter(meeting__committee=committee, member__isnull=False)
        for name, member, meeting in set(rows.values_list("name", "member_id", "meeting_id")):
            counted[name, member] += model is Attendance and meeting is not None
    members = Member.objects.in_bulk({pk for _, pk in counted})
    return [
        Spelling(name, members[pk], count)
        for (name, pk), count in sorted(counted.items())
        if plain(name) != plain(members[pk].name)
    ]
