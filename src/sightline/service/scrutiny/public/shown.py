"""What stands on a public page of each thing: made of the rows of `visible`, and of nothing else.

Templates, feeds, open data and the search have these, never a row, so that a field nobody thought of
cannot come out by mistake.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from sightline.service.scrutiny.asks.states import TO_BE_DONE, WAITING
from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.models import (
    Ask,
    AskKind,
    AskState,
    AskStep,
    Attendance,
    Committee,
    Declaration,
    Item,
    Meeting,
    Member,
    Membership,
    Pack,
    Paper,
    Reply,
    Report,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.public import visible

HEADING = 140
"""Characters of an ask's words that stand as its heading where nobody wrote a shorter one."""
OPEN = (*WAITING, *TO_BE_DONE)
"""States in which more is to come than what the committee says, so that an ask may be overdue."""


@dataclass(frozen=True)
class ShownCommittee:
    """A committee."""

    pk: int
    slug: str
    name: str
    council: str
    kind: str
    kind_name: str
    terms: str
    quorum: int | None
    quorum_source: str
    began: date | None
    ended: date | None
    participation_to: str

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("public-committee", args=[self.slug])


def committee(row: Committee) -> ShownCommittee:
    """Show a committee."""
    return ShownCommittee(
        pk=row.pk,
        slug=row.slug,
        name=row.name,
        council=row.council,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        terms=row.terms_of_reference,
        quorum=row.quorum,
        quorum_source=row.quorum_source,
        began=row.began,
        ended=row.ended,
        participation_to=row.participation_to,
    )


@dataclass(frozen=True)
class ShownMeeting:
    """A meeting. Chair and end are of its minutes: empty until these are confirmed."""

    pk: int
    committee: str
    committee_slug: str
    council: str
    day: date
    day_is_inferred: bool
    starts: time | None
    venue: str
    state: str
    state_name: str
    is_called: bool
    called_at: datetime | None
    is_minuted: bool
    minutes_name: str
    webcast: str
    chair: str
    ended: time | None
    confirmed_at: datetime | None
    signed_by: str
    signed_on: date | None
    is_truncated: bool

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("public-meeting", args=[self.pk])

    @property
    def name(self) -> str:
        """What it is called: committee and date."""
        return f"{self.committee}, {self.day:%-d %B %Y}"

    @property
    def takes_place(self) -> bool:
        """Whether it has not been called off."""
        return self.state not in (Meeting.State.CANCELLED, Meeting.State.INQUORATE)


_STATES: Mapping[str, str] = {
    Meeting.State.PLANNED: "Planned",
    Meeting.State.CALLED: "Agenda published",
    Meeting.State.OPEN: "Being held",
    Meeting.State.HELD: "Held",
    Meeting.State.CANCELLED: "Cancelled",
    Meeting.State.INQUORATE: "Not quorate",
}


def meeting(row: Meeting) -> ShownMeeting:
    """Show a meeting; its committee is to be selected with it."""
    minuted, called = visible.is_minuted(row), visible.is_called(row)
    assert row.day is not None  # noqa: S101 - `visible` gives none without
    signed = row.minutes_state == Meeting.MinutesState.SIGNED
    return ShownMeeting(
        pk=row.pk,
        committee=row.committee.name,
        committee_slug=row.committee.slug,
        council=row.committee.council,
        day=row.day,
        day_is_inferred=row.day_is_inferred,
        starts=row.starts,
        venue=row.venue,
        state=row.state,
        state_name=_STATES[row.state],
        is_called=called,
        called_at=row.called_at if called else None,
        is_minuted=minuted,
        minutes_name=row.get_minutes_state_display() if minuted else "",
        webcast=row.webcast if called or minuted else "",
        chair=row.chair if minuted else "",
        ended=row.ended if minuted else None,
        confirmed_at=row.confirmed_at if minuted else None,
        signed_by=row.signed_by if signed else "",
        signed_on=row.signed_on if signed else None,
        is_truncated=row.is_truncated and minuted,
    )


@dataclass(frozen=True)
class ShownItem:
    """An item of an agenda or of minutes. A private one has its title, why it is private, and a summary."""

    pk: int
    position: int
    number: str
    title: str
    is_private: bool
    private_because: str
    presenter: str
    urgency: str
    planned: str
    minute: str
    meeting: ShownMeeting
    topic: "ShownTopic | None"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its meeting; it stays the same."""
        return f"item-{self.pk}"

    @property
    def address(self) -> str:
        """Its own page."""
        return reverse("public-item", args=[self.pk])

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


def item(row: Item, of: ShownMeeting | None = None, topic: Topic | None = None) -> ShownItem:
    """Show an item; its meeting and committee are to be selected with it. `topic`: one of the visible."""
    private = visible.is_private(row)
    planned, minute = visible.texts_of(row)
    shown = of or meeting(row.meeting)
    return ShownItem(
        pk=row.pk,
        position=row.position,
        number=row.number if shown.is_minuted else "",
        title=row.title,
        is_private=private,
        private_because=_why_private(row) if private else "",
        presenter="" if private else row.presenter,
        urgency="" if private else row.urgency,
        planned=planned,
        minute=minute,
        meeting=shown,
        topic=topic_of(topic) if topic is not None and not private else None,
    )


def _why_private(row: Item) -> str:
    paragraph = paragraphs().get(row.paragraph or 0)
    if row.privacy == "exempt" and paragraph:
        return (
            f"Exempt information, paragraph {paragraph.number} of Part 1 of Schedule 12A to the Local "
            f"Government Act 1972: {paragraph.words}"
        )
    return "Confidential information, which must not be disclosed to the public"


@dataclass(frozen=True)
class ShownPaper:
    """A paper of an item: a file or a report, or one that is still to follow."""

    pk: int
    item: int
    letter: str
    title: str
    kind: str
    size: int | None
    is_report: bool

    @property
    def address(self) -> str:
        """Where it is downloaded or read; empty while it is to follow."""
        follows = self.size is None and not self.is_report
        return "" if follows else reverse("public-paper", args=[self.pk])


def paper(row: Paper) -> ShownPaper:
    """Show a paper; its file is to be selected with it, without the data."""
    return ShownPaper(
        pk=row.pk,
        item=row.item_id,
        letter=row.letter,
        title=row.title,
        kind=row.file.kind if row.file else "",
        size=row.file.size if row.file else None,
        is_report=row.report_id is not None,
    )


@dataclass(frozen=True)
class ShownPack:
    """The public's pack of a meeting, or a supplement to it."""

    pk: int
    number: int
    first_page: int
    last_page: int
    size: int
    made_at: datetime

    @property
    def address(self) -> str:
        """Where it is downloaded."""
        return reverse("public-pack", args=[self.pk])

    @property
    def name(self) -> str:
        """What it is called."""
        return f"Supplement {self.number}" if self.number else "Agenda and reports pack"


def pack(row: Pack) -> ShownPack:
    """Show a pack; its file is to be selected with it, without the data."""
    return ShownPack(row.pk, row.number, row.first_page, row.last_page, row.file.size, row.made_at)


@dataclass(frozen=True)
class ShownAttendance:
    """One person at one meeting."""

    pk: int
    name: str
    member_slug: str
    capacity: str
    capacity_name: str
    status: str
    status_name: str
    post: str
    substitute_for: str
    came_at: time | None
    left_at: time | None


def attendance(row: Attendance) -> ShownAttendance:
    """Show who was there; the member is to be selected with it."""
    return ShownAttendance(
        pk=row.pk,
        name=row.name,
        member_slug=row.member.slug if row.member else "",
        capacity=row.capacity,
        capacity_name=row.get_capacity_display(),
        status=row.status,
        status_name=row.get_status_display(),
        post=row.post,
        substitute_for=row.substitute_for,
        came_at=row.came_at,
        left_at=row.left_at,
    )


@dataclass(frozen=True)
class ShownDeclaration:
    """An interest that was declared. `cited`: the item as printed; `item`: the one it is, if any."""

    pk: int
    name: str
    member_slug: str
    kind: str
    nature: str
    cited: str
    item: int | None
    item_heading: str
    is_of_private: bool
    left: bool | None
    left_at: time | None
    returned_at: time | None
    is_party_whip: bool


def declaration(row: Declaration) -> ShownDeclaration:
    """Show a declaration; kind, member and item are to be selected with it."""
    kind, nature = visible.nature_of(row)
    return ShownDeclaration(
        pk=row.pk,
        name=row.name,
        member_slug=row.member.slug if row.member else "",
        kind=kind,
        nature=nature,
        cited=row.cited,
        item=row.item_id,
        item_heading=f"{row.item.number} {row.item.title}".strip() if row.item else "",
        is_of_private=row.item is not None and visible.is_private(row.item),
        left=row.left,
        left_at=row.left_at,
        returned_at=row.returned_at,
        is_party_whip=row.is_party_whip,
    )


@dataclass(frozen=True)
class ShownMember:
    """A councillor or co-opted member."""

    pk: int
    slug: str
    name: str
    kind: str
    kind_name: str
    party: str
    ward: str
    is_executive: bool
    began: date | None
    ended: date | None

    @property
    def address(self) -> str:
        """Their page."""
        return reverse("public-member", args=[self.slug])


def member(row: Member) -> ShownMember:
    """Show a member."""
    return ShownMember(
        pk=row.pk,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        party=row.party,
        ward=row.ward,
        is_executive=row.is_executive,
        began=row.began,
        ended=row.ended,
    )


@dataclass(frozen=True)
class ShownMembership:
    """A place on a committee."""

    pk: int
    member: ShownMember
    committee: ShownCommittee
    position: str
    position_name: str
    votes: bool
    starts: date
    ends: date | None


def membership(row: Membership) -> ShownMembership:
    """Show a place; member and committee are to be selected with it."""
    return ShownMembership(
        pk=row.pk,
        member=member(row.member),
        committee=committee(row.committee),
        position=row.position,
        position_name=row.get_position_display(),
        votes=row.votes,
        starts=row.starts,
        ends=row.ends,
    )


@dataclass(frozen=True)
class ShownStep:
    """A step of an ask: when, to which state, and at which meeting and minute, if at one."""

    state: str
    state_name: str
    at: datetime
    meeting: ShownMeeting | None
    minute: str


def step(row: AskStep) -> ShownStep:
    """Show a step; its meeting and committee are to be selected with it."""
    return ShownStep(
        state=row.after,
        state_name=row.get_after_display(),
        at=row.at,
        meeting=meeting(row.meeting) if row.meeting else None,
        minute=row.minute if row.meeting else "",
    )


@dataclass(frozen=True)
class ShownAsk:
    """An ask. Of a restricted one the words are its public summary, and most else is left out.

    `overdue` is in days, None where it is not; `overdue_meetings` how many meetings of the committee have
    been held since it was due.
    """

    pk: int
    reference: str
    kind: str
    kind_name: str
    heading: str
    words: str
    is_restricted: bool
    committee: str
    committee_slug: str
    made_on: date | None
    meeting: ShownMeeting | None
    item: int | None
    item_heading: str
    group: str
    group_slug: str
    origin: str
    place: str
    addressee: str
    due: date | None
    due_rule: str
    awaits: str
    statutory_due: date | None
    state: str
    overdue: int | None
    overdue_meetings: int | None

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("public-request", args=[self.pk])

    @property
    def state_name(self) -> str:
        """Where it stands, in words."""
        return str(AskState(self.state).label)


def ask(row: Ask, held: Iterable[date] | None = None, today: date | None = None) -> ShownAsk:
    """Show an ask of `visible.asks`; committee, item, group, meeting with its committee selected with it.

    `held`: the days on which its committee met, for counting the meetings that have passed.
    """
    on = today or timezone.localdate()
    restricted = visible.is_restricted(row)
    words = visible.words_of(row)
    state = str(getattr(row, "shown_state", AskState.MADE))
    late = row.due is not None and row.due < on and state in OPEN
    return ShownAsk(
        pk=row.pk,
        reference=row.reference,
        kind=row.kind,
        kind_name=str(AskKind(row.kind).label),
        heading=(not restricted and row.summary) or Truncator(words).chars(HEADING),
        words=words,
        is_restricted=restricted,
        committee=row.committee.name,
        committee_slug=row.committee.slug,
        made_on=row.made_on,
        meeting=meeting(row.meeting) if row.meeting else None,
        item=row.item_id,
        item_heading=f"{row.item.number} {row.item.title}".strip() if row.item else "",
        group=row.group.title if row.group else "",
        group_slug=row.group.slug if row.group else "",
        origin="" if restricted else row.origin,
        place="" if restricted else row.place,
        addressee="" if restricted else row.addressee,
        due=row.due,
        due_rule="" if restricted else row.due_rule,
        awaits="" if restricted else row.awaits,
        statutory_due=None if restricted else row.statutory_due,
        state=state,
        overdue=(on - row.due).days if late and row.due else None,
        overdue_meetings=sum(row.due < day <= on for day in held)
        if late and row.due and held is not None
        else None,
    )


@dataclass(frozen=True)
class ShownReply:
    """A published answer."""

    pk: int
    text: str
    evidence: str
    by: str
    published_at: datetime

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its ask."""
        return f"answer-{self.pk}"


def reply(row: Reply) -> ShownReply:
    """Show a reply."""
    assert row.published_at is not None  # noqa: S101 - `visible` gives none without
    return ShownReply(row.pk, row.text, row.evidence, row.by_name, row.published_at)


@dataclass(frozen=True)
class ShownTopic:
    """A topic."""

    pk: int
    slug: str
    title: str
    description: str

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("public-topic", args=[self.slug])


def topic_of(row: Topic) -> ShownTopic:
    """Show a topic."""
    return ShownTopic(row.pk, row.slug, row.title, row.description)


@dataclass(frozen=True)
class ShownGroup:
    """A task-and-finish group that has reported."""

    pk: int
    slug: str
    title: str
    committee: str
    committee_slug: str
    state_name: str
    scope: str
    evidence: str
    findings: str
    response: str
    began: date | None
    reported: date | None
    responded_on: date | None

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("public-group", args=[self.slug])


def group(row: TaskGroup) -> ShownGroup:
    """Show a group; its committee is to be selected with it."""
    return ShownGroup(
        pk=row.pk,
        slug=row.slug,
        title=row.title,
        committee=row.committee.name,
        committee_slug=row.committee.slug,
        state_name=row.get_state_display(),
        scope=row.scope,
        evidence=row.evidence,
        findings=row.findings,
        response=row.response if row.responded_on else "",
        began=row.began,
        reported=row.reported,
        responded_on=row.responded_on,
    )


@dataclass(frozen=True)
class ShownReport:
    """An officer's report, beside its body (`programme.reports`). What was decided stands in the minutes."""

    title: str
    committee: ShownCommittee
    relevant_member: str
    relevant_officer: str
    purpose: str
    decision: str
    decided_on: date | None
    decision_minute: str


def report(row: Report, *, minuted: bool) -> ShownReport:
    """Show a report; `minuted`: the minutes of the meeting it went to are the public's."""
    return ShownReport(
        title=row.title,
        committee=committee(row.committee),
        relevant_member=row.relevant_member,
        relevant_officer=row.relevant_officer,
        purpose=row.purpose,
        decision=row.decision if minuted else "",
        decided_on=row.decided_on if minuted else None,
        decision_minute=row.decision_minute if minuted else "",
    )
