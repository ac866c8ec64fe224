"""What is read of committees and meetings. Nothing here writes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone

from sightline.clocks.calendar import OutsideCalendarError
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import SEE_PRIVATE_PAPERS
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.meetings import deadlines, quorum
from sightline.service.scrutiny.meetings.law import remote_counts
from sightline.service.scrutiny.models import (
    Attendance,
    Committee,
    Declaration,
    InterestKind,
    Item,
    Meeting,
    Membership,
    Paper,
)
from sightline.service.scrutiny.models.meetings import Privacy

State = Meeting.State
_OVER = (State.HELD, State.INQUORATE)
_CONFIRMED = (Meeting.MinutesState.CONFIRMED, Meeting.MinutesState.SIGNED)


def committees(*, ended: bool = False) -> QuerySet[Committee]:
    """Give the committees of today, or those abolished, each with `next_day` and `unconfirmed`."""
    today = timezone.localdate()
    coming = (
        Meeting.objects.filter(
            committee=OuterRef("pk"), day__gte=today, state__in=(State.PLANNED, State.CALLED)
        )
        .order_by()
        .values("committee")
        .annotate(first=Min("day"))
        .values("first")
    )
    waiting = (
        unconfirmed()
        .filter(committee=OuterRef("pk"))
        .order_by()
        .values("committee")
        .annotate(n=Count("pk"))
        .values("n")
    )
    found = Committee.objects.annotate(next_day=Subquery(coming), unconfirmed=Subquery(waiting))
    return (
        found.filter(ended__lt=today)
        if ended
        else found.filter(Q(ended=None) | Q(ended__gte=today))
    )


def coming_meetings() -> QuerySet[Meeting]:
    """Give the meetings from today on, the soonest first."""
    return (
        Meeting.objects.filter(day__gte=timezone.localdate())
        .exclude(state=State.CANCELLED)
        .select_related("committee")
        .order_by("day", "starts", "pk")
    )


def meetings_of(committee: Committee) -> QuerySet[Meeting]:
    """Give the meetings of a committee, the latest first; those without a day last."""
    return (
        Meeting.objects.filter(committee=committee)
        .annotate(item_count=Count("items"))
        .order_by(F("day").desc(nulls_last=True), "-pk")
    )


def unconfirmed() -> QuerySet[Meeting]:
    """Give the meetings that are over and whose minutes are not confirmed, the oldest first."""
    return (
        Meeting.objects.filter(state__in=_OVER)
        .exclude(minutes_state__in=_CONFIRMED)
        .select_related("committee")
        .order_by(F("day").asc(nulls_last=True), "pk")
    )


def unsigned() -> QuerySet[Meeting]:
    """Give the meetings whose minutes are confirmed and not signed, the oldest first."""
    return (
        Meeting.objects.filter(minutes_state=Meeting.MinutesState.CONFIRMED)
        .select_related("committee")
        .order_by(F("day").asc(nulls_last=True), "pk")
    )


def places_on(committee: Committee, day: date | None = None) -> QuerySet[Membership]:
    """Give the places held on a committee on a day, today unless told: chair first, substitutes last."""
    order = Case(
        *(When(position=each, then=n) for n, each in enumerate(Membership.Position)),
        output_field=IntegerField(),
    )
    return (
        Membership.objects.on(day)
        .filter(committee=committee)
        .select_related("member")
        .order_by(order, "member__name")
    )


def may_read_private(person: Person, committee: Committee) -> bool:
    """Whether a person may read what is private: whose policy allows it, and whoever keeps the committee."""
    return SEE_PRIVATE_PAPERS.allows(person) or may_keep(person, committee)


def sees_drafts(person: Person, committee: Committee) -> bool:
    """Whether a person sees drafts of minutes: whoever keeps the committee."""
    return may_keep(person, committee)


def agenda_of(meeting: Meeting) -> list[Item]:
    """Give the items of a meeting in order, with their papers."""
    papers = Paper.objects.select_related("report").defer("file__data").order_by("position", "pk")
    return list(
        meeting.items.select_related("topic", "from_ask")
        .prefetch_related(Prefetch("papers", papers))
        .order_by("position", "pk")
    )


@dataclass(frozen=True)
class Reader:
    """What one person reads of a meeting."""

    drafts: bool
    private: bool

    def texts_of(self, item: Item, *, confirmed: bool) -> tuple[str, str]:
        """Give what was planned and what was minuted, as far as this person reads it."""
        minuted = confirmed or self.drafts
        if item.privacy != Privacy.PUBLIC and not self.private:
            return "", item.public_summary if minuted else ""
        return item.planned, item.minute if minuted else ""

    def may_know(self, paper: Paper) -> bool:
        """Whether this person may know what a paper is called: a private one is a letter to others."""
        is_private = paper.privacy != Privacy.PUBLIC or paper.item.privacy != Privacy.PUBLIC
        return self.private or not is_private

    def may_open(self, paper: Paper) -> bool:
        """Whether this person may open a paper: a private one, one not published yet."""
        return self.may_know(paper) and (paper.published_at is not None or self.drafts)


def reader(person: Person, committee: Committee) -> Reader:
    """Say what a person reads of a committee's meetings."""
    return Reader(
        drafts=sees_drafts(person, committee), private=may_read_private(person, committee)
    )


def is_minuted(meeting: Meeting) -> bool:
    """Whether the minutes of a meeting are confirmed."""
    return meeting.minutes_state in _CONFIRMED


def notice_of(meeting: Meeting) -> deadlines.Notice | None:
    """Give by when a meeting's agenda must be out; None where no day, or no calendar, covers it."""
    if meeting.day is None:
        return None
    try:
        return deadlines.publication(meeting.day, meeting.committee.clear_days)
    except OutsideCalendarError:
        return None


def notice_in_words(meeting: Meeting) -> str:
    """Say when a meeting's agenda was published, or by when it must be; empty where neither is known.

    Of a meeting that is known from its minutes alone nobody knows when its agenda was out.
    """
    notice = notice_of(meeting)
    if meeting.called_at is None:
        return notice.sentence if notice and meeting.state == State.PLANNED else ""
    on = timezone.localdate(meeting.called_at)
    said = f"Published on {on:%A %-d %B %Y}."
    if notice is None:
        return said
    after = " It was later than that." if on > notice.day else ""
    return f"{said} The last day for it: {notice.when}.{after}"


def interest_kinds(day: date | None = None) -> QuerySet[InterestKind]:
    """Give the kinds of interest that stand on a day, today unless told."""
    at = day or timezone.localdate()
    return InterestKind.objects.filter(
        Q(starts=None) | Q(starts__lte=at), Q(ends=None) | Q(ends__gte=at)
    )


def quorum_of(meeting: Meeting) -> list[quorum.Moment]:
    """Give the quorum of a meeting at its start and after each change; nothing while nobody was taken."""
    there = [Attendance.Status.PRESENT]
    if meeting.day and remote_counts(meeting.day):
        there.append(Attendance.Status.REMOTE)
    votes = Membership.objects.filter(
        committee=meeting.committee_id, member=OuterRef("member"), votes=True
    )
    if meeting.day:
        votes = votes.filter(Q(ends=None) | Q(ends__gte=meeting.day), starts__lte=meeting.day)
    rows = list(
        meeting.attendance.filter(
            status__in=there, capacity__in=("member", "substitute", "co_optee")
        )
        .annotate(may_vote=Exists(votes))
        .order_by("name")
    )
    if not rows:
        return []
    # A member may be printed under another name where they declare than where they are listed.
    away: dict[int | str, list[quorum.Away]] = {}
    for each in meeting.declarations.filter(left=True).select_related("item"):
        during = f"“{each.item.title}”" if each.item else ""
        of = away.setdefault(each.member_id or each.name, [])
        of.append(quorum.Away(each.left_at, each.returned_at, during))
    presences = [
        quorum.Presence(
            row.name,
            row.came_at,
            row.left_at,
            (
                *(away.get(row.member_id, ()) if row.member_id else ()),
                *away.get(row.name, ()),
            ),
            row.substitute_for if row.capacity == Attendance.Capacity.SUBSTITUTE else "",
        )
        for row in rows
        if row.capacity != Attendance.Capacity.CO_OPTEE or row.may_vote
    ]
    return quorum.moments(presences, meeting.committee.quorum)


def declarations_of(meeting: Meeting) -> QuerySet[Declaration]:
    """Give what was declared at a meeting."""
    return meeting.declarations.select_related("kind", "item").order_by("pk")
