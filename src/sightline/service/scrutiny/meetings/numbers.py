"""Minute numbers of a committee: the next ones, the gaps, and what minutes cite that is not there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from sightline.service.scrutiny.models import Committee, Declaration, Item, Meeting
from sightline.service.scrutiny.numbering import following, gaps, running

_DIGITS = re.compile(r"\d+")
_CITED = re.compile(
    r"\bminutes?\s+(?:nos?\.?|numbers?)?\s*([A-Z]{0,4}[./ ]{0,2}\d[\w./]*\w|\d)", re.IGNORECASE
)
_DAY = re.compile(
    r"\bminutes of the (?:previous |last )?meeting (?:held )?on (\d{1,2}) ([A-Z][a-z]+) (\d{4})",
    re.IGNORECASE,
)


def form_of(number: str, runs: str = Committee.NumberRuns.LAST) -> str:
    """Give a number without the part that runs on: `CS.#` of `CS.01`; empty where nothing runs."""
    found = list(_DIGITS.finditer(number))
    if not found:
        return ""
    part = found[-1 if runs == Committee.NumberRuns.LAST else 0]
    return f"{number[: part.start()]}#{number[part.end() :]}"


def next_numbers(committee: Committee, count: int, *, besides: Meeting | None = None) -> list[str]:
    """Give the next minute numbers of a committee, after the last there is in its own form.

    `besides`: a meeting whose own numbers do not count, as they are about to be given anew. A committee
    without numbers has none: the list is empty.
    """
    form, runs = committee.number_form, committee.number_runs
    first = running(form, runs)
    if first is None:
        return []
    seen = numbers_of(committee).exclude(meeting=besides) if besides else numbers_of(committee)
    own = form_of(form, runs)
    last = max(
        (
            at
            for number, at in seen.values_list("number", "running")
            if at is not None and form_of(number, runs) == own
        ),
        default=first - 1,
    )
    numbers = []
    for _ in range(count):
        numbers.append(following(form, last, runs))
        last += 1
    return numbers


def numbers_of(committee: Committee) -> QuerySet[Item]:
    """Give the items of a committee that have a number that runs."""
    return Item.objects.filter(meeting__committee=committee, running__isnull=False)


def count_anew(committee: Committee) -> None:
    """Take anew, of each number that was given, the part that runs on: another part of it does now."""
    items = list(Item.objects.filter(meeting__committee=committee).exclude(number=""))
    for item in items:
        item.running = running(item.number, committee.number_runs)
    Item.objects.bulk_update(items, ["running"], batch_size=500)


@dataclass(frozen=True)
class Gap:
    """Numbers that were not seen, between two that were, each with its meeting."""

    first: int
    last: int
    form: str
    before: Meeting | None
    after: Meeting | None

    @property
    def words(self) -> str:
        """The numbers as they would be printed: `245 to 284`."""
        first, last = (self.form.replace("#", str(n)) for n in (self.first, self.last))
        return first if self.first == self.last else f"{first} to {last}"


@dataclass(frozen=True)
class Missing:
    """What minutes cite that is not there: the words, what they stand in, and what is not there."""

    what: str
    cited_in: Meeting
    item: Item | None = None


def gaps_of(committee: Committee) -> list[Gap]:
    """Give the gaps in a committee's minute numbers, the latest first, each form of number apart."""
    runs = committee.number_runs
    seen: dict[str, dict[int, int]] = {}
    rows = numbers_of(committee).values_list("number", "running", "meeting_id")
    for number, at, meeting in rows:
        if at is not None:
            seen.setdefault(form_of(number, runs), {})[at] = meeting
    found = [
        (form, first, last, numbers[first - 1], numbers[last + 1])
        for form, numbers in seen.items()
        for first, last in gaps(numbers)
    ]
    wanted = {pk for *_, before, after in found for pk in (before, after)}
    meetings = Meeting.objects.select_related("committee").in_bulk(wanted)
    listed = [
        Gap(first, last, form, meetings.get(before), meetings.get(after))
        for form, first, last, before, after in found
    ]
    earliest = date.min
    return sorted(
        listed, key=lambda g: ((g.after and g.after.day) or earliest, g.first), reverse=True
    )


def cited_but_missing(committee: Committee, *, with_drafts: bool) -> list[Missing]:
    """Give what a committee's minutes and declarations cite that is not there.

    Minute numbers that no item has; days on which no meeting is kept; an item cited in a declaration that
    its meeting does not have. What private items say is left out.
    """
    numbers = {
        _plain(n)
        for n in Item.objects.filter(meeting__committee=committee)
        .exclude(number="")
        .values_list("number", flat=True)
    }
    days = set(Meeting.objects.filter(committee=committee).values_list("day", flat=True))
    shown = Q() if with_drafts else Q(meeting__minutes_state__in=("confirmed", "signed"))
    missing = []
    items = (
        Item.objects.filter(shown, meeting__committee=committee, privacy="public")
        .filter(minute__icontains="minute")
        .select_related("meeting__committee")
        .order_by("-meeting__day", "position")
    )
    for item in items:
        missing += [
            Missing(f"minute {number}", item.meeting, item)
            for number in _cited(item.minute)
            if _plain(number) not in numbers
        ]
        missing += [
            Missing(f"the meeting of {day:%-d %B %Y}", item.meeting, item)
            for day in _days(item.minute)
            if day not in days
        ]
    declared = (
        Declaration.objects.filter(shown, meeting__committee=committee, item=None)
        .exclude(cited="")
        .select_related("meeting__committee")
        .order_by("-meeting__day", "pk")
    )
    missing += [
        Missing(f"item {each.cited}, cited in a declaration", each.meeting) for each in declared
    ]
    return missing


def _cited(text: str) -> Iterable[str]:
    return dict.fromkeys(found.rstrip(".") for found in _CITED.findall(text))


def _days(text: str) -> Iterable[date]:
    for number, month, year in _DAY.findall(text):
        try:
            yield datetime.strptime(f"{number} {month} {year}", "%d %B %Y").date()  # noqa: DTZ007
        except ValueError:
            continue  # no such day: the words stand in the minutes as they were printed


def _plain(number: str) -> str:
    return re.sub(r"[\s.]", "", number).upper()
