"""What is asked about asks: by the pages of this part, and by the agenda, the pack, the reports of others."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks.due import AT_NEXT_MEETING
from sightline.service.scrutiny.asks.likeness import (
    LIKE,
    Comparison,
    compare,
    likeness,
    words_of_question,
)
from sightline.service.scrutiny.asks.standing import Standing, standing, with_standing
from sightline.service.scrutiny.asks.states import PROPOSED, TO_BE_DONE, WAITING
from sightline.service.scrutiny.asks.who import PUBLIC, in_full, may_read, readable
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    AskStep,
    Committee,
    Meeting,
    ProgrammeEntry,
    Reply,
)
from sightline.service.scrutiny.public import visible

_MOST_COMPARED = 2000
"""Earlier asks whose words are compared with a new one's, the latest first."""


@dataclass(frozen=True)
class Matter:
    """One ask in "Matters outstanding": its `words` for whoever reads the list, and how it stands.

    `is_public`: the public may read of it already, as the minutes it stands in are confirmed.
    """

    ask: Ask
    words: str
    standing: Standing
    is_public: bool
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Outstanding:
    """Matters outstanding on a day, each ask once, the longest overdue first.

    `proposed` for closure (evidence was offered, or it was rejected or is no longer feasible), with `replied`
    a reply since the last meeting (`since`, None where there was none), and the rest that is `due`.
    """

    committee: Committee
    on: date
    since: date | None
    due: tuple[Matter, ...]
    replied: tuple[Matter, ...]
    proposed: tuple[Matter, ...]

    @property
    def of_public(self) -> "Outstanding":
        """Those that the public may read of."""

        def public(matters: tuple[Matter, ...]) -> tuple[Matter, ...]:
            return tuple(each for each in matters if each.is_public)

        return replace(
            self,
            due=public(self.due),
            replied=public(self.replied),
            proposed=public(self.proposed),
        )

    @property
    def total(self) -> int:
        """How many matters there are."""
        return len(self.due) + len(self.replied) + len(self.proposed)

    @property
    def parts(self) -> list[tuple[str, tuple[Matter, ...]]]:
        """The parts that have something, each with its heading."""
        named = (
            ("Due or overdue", self.due),
            ("Answered since the last meeting", self.replied),
            ("Proposed for closure", self.proposed),
        )
        return [(title, listed) for title, listed in named if listed]

    @property
    def sentence(self) -> str:
        """Say in one sentence how many of each there are."""
        if not self.total:
            return "No request is due, was answered since the last meeting, or is proposed for closure."
        return (
            f"{len(self.due)} due or overdue, {len(self.replied)} answered since the last meeting, "
            f"{len(self.proposed)} proposed for closure."
        )


def outstanding(committee: Committee, on: date, *, private: bool = False) -> Outstanding:
    """Give the matters outstanding for a meeting of a committee on a day.

    Without `private`, what arose in private is there by its public summary alone, and not at all without one.
    """
    asks = with_standing(Ask.objects.filter(committee=committee), on)
    asks = asks.exclude(state=AskState.CLOSED).filter(Q(made_on=None) | Q(made_on__lt=on))
    if not private:
        asks = asks.filter(PUBLIC | ~Q(public_summary=""))
    since = (
        Meeting.objects.filter(committee=committee, day__lt=on, state=Meeting.State.HELD)
        .order_by("-day")
        .values_list("day", flat=True)
        .first()
    )
    sent = Reply.objects.filter(sent_at__isnull=False, sent_at__date__lte=on).order_by("sent_at")
    if since:
        sent = sent.filter(sent_at__date__gt=since)
    at_next_meeting = Q(due_rule__startswith=AT_NEXT_MEETING) & Q(due=None)
    wanted = (
        Q(state__in=PROPOSED)
        | Exists(sent.filter(ask=OuterRef("pk")))
        | Q(state__in=(*WAITING, *TO_BE_DONE)) & (Q(due__lte=on) | at_next_meeting)
    )
    found = (
        asks.filter(wanted)
        .annotate(is_public=Exists(visible.asks().filter(pk=OuterRef("pk"))))
        .select_related("committee", "item", "meeting", "lead", "rag_by", "topic")
        .prefetch_related(Prefetch("replies", sent, to_attr="new_replies"))
        .order_by(F("due").asc(nulls_last=True), "made_on", "reference")
    )
    parts: dict[str, list[Matter]] = {"due": [], "replied": [], "proposed": []}
    for ask in found:
        part = "due"
        if ask.state in PROPOSED:
            part = "proposed"
        elif ask.new_replies:
            part = "replied"
        parts[part].append(
            Matter(
                ask,
                ask.text if private else visible.words_of(ask),
                standing(ask, on),
                ask.is_public,
                tuple(ask.new_replies),
            )
        )
    return Outstanding(
        committee, on, since, *(tuple(parts[name]) for name in ("due", "replied", "proposed"))
    )


def asks_seen_by(person: Person, on: date) -> QuerySet[Ask]:
    """Give the asks a person may read of, with how each stands on a day, the most urgent first."""
    found = with_standing(readable(person, Ask.objects.all()), on)
    return found.select_related("committee", "item", "lead", "rag_by", "topic")


def given_to(person: Person, on: date) -> QuerySet[Ask]:
    """Give the asks that wait for a person, the one due first at the top."""
    found = with_standing(
        Ask.objects.filter(lead=person, state__in=(*WAITING, *TO_BE_DONE)), on
    ).exclude(state=AskState.MADE)
    return found.select_related("committee", "item", "rag_by").order_by(
        F("due").asc(nulls_last=True), "made_on", "pk"
    )


def of_meeting(meeting: Meeting, person: Person) -> QuerySet[Ask]:
    """Give the asks that were made at a meeting and that a person may read in full, by item."""
    return meeting.asks.filter(in_full(person)).order_by("item__position", "pk")


def decided_at(meeting: Meeting, person: Person) -> QuerySet[AskStep]:
    """Give what a meeting decided on asks that a person may read in full: closed, reopened."""
    return (
        AskStep.objects.filter(meeting=meeting, ask__in=Ask.objects.filter(in_full(person)))
        .select_related("ask")
        .order_by("at", "pk")
    )


def planned_for(ask: Ask) -> ProgrammeEntry | None:
    """Give where an ask stands in the work programme: as planned, else as last done or dropped."""
    planned_first = Case(When(state=ProgrammeEntry.State.PLANNED, then=0), default=1)
    return ask.follow_ups.select_related("meeting").order_by(planned_first, "-pk").first()


# --- The same question, and the last answer to it


@dataclass(frozen=True)
class Likely:
    """An earlier ask that may be the same question, and why it is proposed."""

    ask: Ask
    why: str


def likely_same(ask: Ask, person: Person, most: int = 5) -> list[Likely]:
    """Propose earlier asks as the same question: of the same indicator, or in like words.

    Only those with an answer are, for it is the answer that is set beside the new one.
    """
    earlier = (
        Ask.objects.filter(in_full(person), replies__sent_at__isnull=False)
        .exclude(pk=ask.pk)
        .filter(Q(made_on=None) | Q(made_on__lte=ask.made_on or timezone.localdate()))
        .distinct()
        .order_by("-made_on", "-pk")
    )
    wanted = words_of_question(ask.text)
    scored = []
    for pk, text, indicator in earlier.values_list("pk", "text", "indicator")[:_MOST_COMPARED]:
        alike = likeness(wanted, words_of_question(text))
        same_indicator = bool(ask.indicator) and indicator == ask.indicator
        if same_indicator or alike >= LIKE:
            why = [f"also about {indicator}"] if same_indicator else []
            why += [f"{alike:.0%} of the words are the same"] if alike >= LIKE else []
            scored.append((same_indicator + alike, pk, " and ".join(why)))
    best = sorted(scored, reverse=True)[:most]
    found = Ask.objects.select_related("committee", "item").in_bulk([pk for _, pk, _ in best])
    return [Likely(found[pk], why) for _, pk, why in best]


def last_answer(ask: Ask, person: Person) -> Reply | None:
    """Give the last answer to the same question asked earlier; None where a person may read none."""
    seen, earlier = {ask.pk}, ask.same_as
    while earlier is not None and earlier.pk not in seen:
        seen.add(earlier.pk)
        found = (
            Reply.objects.filter(ask=earlier, sent_at__isnull=False)
            .select_related("ask", "ask__committee", "ask__item")
            .order_by("-sent_at")
            .first()
        )
        if found and may_read(person, found.ask):
            return found
        earlier = earlier.same_as
    return None


@dataclass(frozen=True)
class Beside:
    """An answer beside the last one to the same question, and what changed word by word."""

    last: Reply
    comparison: Comparison

    @property
    def said(self) -> str:
        """Say whether it is the same answer again."""
        on = timezone.localdate(self.last.sent_at)
        if self.comparison.same:
            return f"This is the same answer as on {on:%-d %B %Y}."
        if self.comparison.nearly:
            return (
                f"This is nearly the same answer as on {on:%-d %B %Y}: "
                f"{self.comparison.share:.0%} of the words are the same."
            )
        return f"Against the answer of {on:%-d %B %Y}, {self.comparison.share:.0%} of the words are the same."


def besides(ask: Ask, person: Person) -> dict[int, Beside]:
    """Set each answer to an ask beside the one before it, or the last to the same question asked earlier.

    By the number of the answer; one that is first, and to a new question, stands alone.
    """
    last, found = last_answer(ask, person), {}
    of_ask = ask.replies.order_by(F("sent_at").asc(nulls_last=True), "written_at", "pk")
    for reply in of_ask.select_related("ask"):
        if last is not None:
            found[reply.pk] = Beside(last, compare(last.text, reply.text))
        if reply.sent_at is not None:
            last = reply
    return found
