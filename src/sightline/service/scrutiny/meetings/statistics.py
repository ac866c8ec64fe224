"""Attendance counted: over the meetings of a committee, and against the six-month rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q

from sightline.clocks.months import add_months
from sightline.service.scrutiny.meetings.law import remote_counts
from sightline.service.scrutiny.models import Attendance, Committee, Meeting, Member, Membership

DEFINITION = (
    "Counted are meetings that were held and whose attendance was recorded. Cancelled meetings and those "
    "that were not quorate are left out. “Expected” is the number of these meetings during which the person "
    "held a place on the committee other than as a substitute. “Present” is in the room and “remote” by "
    "video or telephone; “as substitute” is in the place of somebody else and is never expected. “Apology” "
    "is an absence with apologies, “absent” one without. “Not recorded” is an expected meeting whose record "
    "does not name the person. The percentage is present and remote together, of expected."
)
"""What the table counts: printed under it."""
_STATUS = Attendance.Status
_CAPACITY = Attendance.Capacity
_SERVING = (_CAPACITY.MEMBER, _CAPACITY.CO_OPTEE, _CAPACITY.SUBSTITUTE)


@dataclass(frozen=True)
class Line:
    """One person's attendance: counts first. `share` is None where no meeting was expected."""

    member: Member
    expected: int
    present: int
    remote: int
    substitute: int
    apology: int
    absent: int

    @property
    def not_recorded(self) -> int:
        """Expected meetings whose record does not name the person."""
        return max(0, self.expected - self.present - self.remote - self.apology - self.absent)

    @property
    def share(self) -> float | None:
        """Present and remote of expected."""
        return (self.present + self.remote) / self.expected if self.expected else None

    @property
    def percentage(self) -> str:
        """The share as it is printed; a dash where no meeting was expected."""
        return "–" if self.share is None else f"{self.share:.0%}"


@dataclass(frozen=True)
class Statistics:
    """Attendance of a committee between two days, and what was left out."""

    lines: list[Line]
    meetings: int
    without_record: int
    cancelled: int
    inquorate: int
    unmatched: int

    @property
    def left_out(self) -> str:
        """What was left out, in words."""
        parts = [
            (self.cancelled, "cancelled"),
            (self.inquorate, "not quorate"),
            (self.without_record, "held, without a record of who was there"),
        ]
        said = ", ".join(f"{count} {words}" for count, words in parts if count)
        names = (
            f" {self.unmatched} entries name somebody who is matched to no member; they are in no line."
            if self.unmatched
            else ""
        )
        return (f"Left out: {said}." if said else "No meeting was left out.") + names


def statistics(
    committee: Committee, first: date, last: date, *, with_drafts: bool = True
) -> Statistics:
    """Count attendance at a committee's meetings from one day to another, both included.

    Without drafts, only meetings whose minutes are confirmed count as recorded.
    """
    meetings = Meeting.objects.filter(committee=committee, day__range=(first, last))
    states = Counter(meetings.values_list("state", flat=True))
    held = meetings.filter(state=Meeting.State.HELD)
    if not with_drafts:
        held = held.filter(minutes_state__in=("confirmed", "signed"))
    recorded = Attendance.objects.filter(meeting__in=held, capacity__in=_SERVING)
    rows: list[tuple[int, int | None, str, str]] = list(
        recorded.values_list("meeting_id", "member_id", "capacity", "status")
    )
    days = dict(held.filter(pk__in={meeting for meeting, *_ in rows}).values_list("pk", "day"))
    places = list(
        Membership.objects.filter(committee=committee, starts__lte=last)
        .filter(Q(ends=None) | Q(ends__gte=first))
        .exclude(position=Membership.Position.SUBSTITUTE)
    )
    expected: dict[int, set[int]] = {}
    for place in places:
        held_on = {
            pk
            for pk, day in days.items()
            if day and place.starts <= day and (place.ends is None or day <= place.ends)
        }
        expected.setdefault(place.member_id, set()).update(held_on)
    counted: dict[int, Counter[str]] = {}
    for meeting, member, capacity, status in rows:
        if member is None:
            continue
        if capacity == _CAPACITY.SUBSTITUTE:
            # Never expected, so that one who did not come is missing nowhere.
            came = status in (_STATUS.PRESENT, _STATUS.REMOTE)
            counted.setdefault(member, Counter())["substitute"] += came
        else:
            counted.setdefault(member, Counter())[status] += 1
            expected.setdefault(member, set()).add(meeting)
    members = Member.objects.in_bulk(expected.keys() | counted.keys())
    lines = [
        Line(
            member=member,
            expected=len(expected.get(pk, ())),
            present=counts[_STATUS.PRESENT],
            remote=counts[_STATUS.REMOTE],
            substitute=counts["substitute"],
            apology=counts[_STATUS.APOLOGY],
            absent=counts[_STATUS.ABSENT],
        )
        for pk, member in members.items()
        for counts in (counted.get(pk, Counter()),)
    ]
    return Statistics(
        lines=sorted(lines, key=lambda line: line.member.name),
        meetings=len(days),
        without_record=states[Meeting.State.HELD] - len(days),
        cancelled=states[Meeting.State.CANCELLED],
        inquorate=states[Meeting.State.INQUORATE],
        unmatched=sum(1 for _, member, *_ in rows if member is None),
    )


def years_of(committee: Committee, today: date) -> list[int]:
    """Give the municipal years, each by the year it begins in, of a committee's meetings until a day."""
    days = Meeting.objects.filter(committee=committee, day__lte=today)
    ends = days.aggregate(first=Min("day"), last=Max("day"))
    if ends["first"] is None:
        return []
    return list(range(_year_of(ends["last"]), _year_of(ends["first"]) - 1, -1))


def _year_of(day: date) -> int:
    return day.year if day.month >= 5 else day.year - 1


SIX_MONTHS = 6
WARNINGS = (5, 4, 3)
"""Months after the last attendance from which a warning is given, the most urgent first."""
KNOWN = (
    "Known here are the meetings that Sightline keeps. A meeting of the council, of another committee or of "
    "an outside body that is not kept here counts in law too, and may be later than the last one shown. An "
    "approval by the council of a reason for absence is not kept here."
)


@dataclass(frozen=True)
class Clock:
    """Where a councillor stands against the six-month rule, by what is known here.

    The six months are counted from the day after the last attendance, and end with `ends`: who comes on
    that day has come in time.
    """

    member: Member
    last: date | None
    ends: date | None
    warning: int | None
    is_over: bool

    @property
    def warning_words(self) -> str:
        """The warning in words; empty where there is none."""
        return f"{self.warning} months have passed" if self.warning else ""

    @property
    def sentence(self) -> str:
        """What is known, in words."""
        if self.last is None or self.ends is None:
            return "No attendance is known here, so nothing can be said."
        last = f"Last attendance known here: {self.last:%-d %B %Y}."
        if self.is_over:
            return (
                f"{last} Six months ended with {self.ends:%-d %B %Y}: check other meetings at once."
            )
        until = f"Six months end with {self.ends:%-d %B %Y}; an approval must come before that."
        if self.warning:
            return f"{last} {self.warning_words}. {until}"
        return f"{last} {until}"


def six_months(today: date, members: Iterable[Member] | None = None) -> list[Clock]:
    """Give each councillor's clock on a day, the most urgent first; those of whom nothing is known last.

    A meeting counts that was held and attended as a member, co-opted member or substitute; remotely only
    on days when that counted in law.
    """
    found = (
        Member.objects.filter(kind=Member.Kind.COUNCILLOR)
        .filter(Q(ended=None) | Q(ended__gte=today))
        .filter(Q(began=None) | Q(began__lte=today))
        if members is None
        else members
    )
    there = Attendance.objects.filter(
        meeting__state=Meeting.State.HELD, meeting__day__lte=today, capacity__in=_SERVING
    )
    last = dict(
        there.filter(status=_STATUS.PRESENT, member__isnull=False)
        .values_list("member")
        .annotate(Max("meeting__day"))
        .order_by()
    )
    remote = there.filter(status=_STATUS.REMOTE, member__isnull=False)
    for member, day in remote.values_list("member", "meeting__day"):
        if day and remote_counts(day) and (last.get(member) is None or day > last[member]):
            last[member] = day
    clocks = [_clock(member, last.get(member.pk), today) for member in found]
    return sorted(clocks, key=lambda each: (each.last is None, each.ends, each.member.name))


def _clock(member: Member, last: date | None, today: date) -> Clock:
    if last is None:
        return Clock(member, None, None, None, is_over=False)
    ends = add_months(last, SIX_MONTHS)
    passed = next((months for months in WARNINGS if today >= add_months(last, months)), None)
    return Clock(member, last, ends, passed, is_over=today > ends)
