"""A member's attendance, counted as committees' own statistics are (`meetings.statistics`)."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sightline.service.scrutiny.meetings.statistics import DEFINITION
from sightline.service.scrutiny.models import Attendance, Meeting, Membership
from sightline.service.scrutiny.public import visible
from sightline.service.scrutiny.public.shown import ShownMember

__all__ = ["DEFINITION", "Line", "attendance_of"]

_SERVING = (
    Attendance.Capacity.MEMBER,
    Attendance.Capacity.CO_OPTEE,
    Attendance.Capacity.SUBSTITUTE,
)
_CAME = (Attendance.Status.PRESENT, Attendance.Status.REMOTE)


@dataclass(frozen=True)
class Line:
    """Meetings of one committee. `expected` of them, so many present, remote and so on."""

    committee: str
    committee_slug: str
    expected: int
    present: int
    remote: int
    substitute: int
    apology: int
    absent: int

    @property
    def not_recorded(self) -> int:
        """Expected meetings whose record does not name the member."""
        return max(0, self.expected - self.present - self.remote - self.apology - self.absent)

    @property
    def share(self) -> float | None:
        """Percentage present and remote of expected; None where no meeting was expected."""
        return 100 * (self.present + self.remote) / self.expected if self.expected else None


def attendance_of(member: ShownMember) -> list[Line]:
    """Count a member's attendance at meetings whose minutes are the public's, a line for each committee."""
    held = visible.minuted_meetings().filter(state=Meeting.State.HELD)
    places = list(
        visible.memberships()
        .filter(member=member.pk)
        .exclude(position=Membership.Position.SUBSTITUTE)
    )
    there = (
        visible.attendance()
        .filter(member=member.pk, capacity__in=_SERVING, meeting__state=Meeting.State.HELD)
        .values_list(
            "meeting__committee_id",
            "meeting__committee__name",
            "meeting__committee__slug",
            "meeting_id",
            "capacity",
            "status",
        )
    )
    names: dict[int, tuple[str, str]] = {}
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    expected: dict[int, set[int]] = defaultdict(set)
    recorded = held.filter(
        committee__in={place.committee_id for place in places},
        attendance__capacity__in=_SERVING,
    ).distinct()
    for pk, committee, name, slug, day in recorded.values_list(
        "pk", "committee_id", "committee__name", "committee__slug", "day"
    ):
        names[committee] = (name, slug)
        if day and any(
            place.committee_id == committee
            and place.starts <= day
            and (place.ends is None or day <= place.ends)
            for place in places
        ):
            expected[committee].add(pk)
    for committee, name, slug, meeting, capacity, status in there:
        names[committee] = (name, slug)
        if capacity == Attendance.Capacity.SUBSTITUTE:
            counted[committee]["substitute"] += status in _CAME
        else:
            counted[committee][status] += 1
            expected[committee].add(meeting)
    lines = [
        Line(
            committee=names[pk][0],
            committee_slug=names[pk][1],
            expected=len(expected[pk]),
            present=counted[pk][Attendance.Status.PRESENT],
            remote=counted[pk][Attendance.Status.REMOTE],
            substitute=counted[pk]["substitute"],
            apology=counted[pk][Attendance.Status.APOLOGY],
            absent=counted[pk][Attendance.Status.ABSENT],
        )
        for pk in expected.keys() | counted.keys()
    ]
    return sorted(lines, key=lambda line: line.committee)
