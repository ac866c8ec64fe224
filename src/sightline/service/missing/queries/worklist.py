"""What is to be done about missing and exploited children: those not returned first.

Each kind of row is read once for the whole list, however long it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Value, When

from sightline.clocks.rules import Deadline
from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.policies import (
    ANSWER_CONCERNS,
    AUDIT_INTERVIEWS,
    HOLD_INTERVIEWS,
    OPEN_CHILDREN,
    RECORD_MISSING,
    SEE_MISSING,
    WORK_CASES,
)
from sightline.service.accounts.queries import holders
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import (
    all_of,
    hidden_people,
    restricted_now,
    root_of,
    roots_of,
)
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.actions.screening import COMPLEX_SAFEGUARDING
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.frontdoor.queries.lists import age_words
from sightline.service.missing.access import episodes_of, screenings_of
from sightline.service.missing.actions.interviews import RULE as INTERVIEW_RULE
from sightline.service.missing.actions.screening import RULE as REVIEW_RULE
from sightline.service.missing.actions.steps import is_own
from sightline.service.missing.models import (
    HELD,
    NOT_OVER,
    WAITING,
    ConcernAnswer,
    MissingEpisode,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.queries.history import lasted
from sightline.service.missing.states import INTERVIEWER
from sightline.service.protection.clocks import clock, standing
from sightline.service.protection.models import Allocation

Fear = ConcernAnswer.Fear
KINDS = {
    "not-returned": "Not returned",
    "interviews": "Return interviews",
    "reviews": "Risks to review",
    "concerns": "Concerns",
    "to-judge": "Interviews to judge",
}
"""What the list holds, what comes first at the top; with the words for it."""
_RANK = {name: place for place, name in enumerate(KINDS)}
_STANDINGS = {"missing": 0, "reported": 0, "unrouted": 0, "overdue": 1, "near": 2, "due": 3}
"""How something stands, and what comes first: a child reported missing is as urgent as one recorded."""
WHO = "The complex-safeguarding team"


@dataclass(frozen=True)
class Thing:
    """Something to be done: of which kind, about whom, how it stands, where it is done, and who works it.

    `child` is None for a concern, which is a contact's; `names` are then those the contact gives, `matched`
    the numbers of those of them who are known, and `contact` its own. `holder` is
    the key of the person who works it, where it is one person. `has_left`: they do so no longer, so that it
    must be given to another first.
    """

    kind: str
    what: str
    standing: str
    words: str
    page: str
    key: int
    who: str
    child: KnownPerson | None = None
    names: str = ""
    matched: tuple[str, ...] = ()
    contact: str = ""
    due: datetime | None = None
    since: datetime | None = None
    more: str = ""
    holder: int | None = None
    has_left: bool = False

    @property
    def order(self) -> tuple[int, bool, int, float, int]:
        """What sorts it: its kind, how it stands, then what is due first or has lasted longest."""
        when = self.due or self.since
        rank = _STANDINGS[self.standing]
        return (
            _RANK[self.kind],
            not self.has_left,
            rank,
            when.timestamp() if when else 0,
            self.key,
        )


@dataclass(frozen=True)
class _Who:
    """Who works it: the name, and the key where it is one person; whether they do so no longer."""

    name: str = WHO
    key: int | None = None
    has_left: bool = False


_NOBODY = _Who()


def things_for(person: Person, now: datetime) -> list[Thing]:
    """Give what is to be done within somebody's remit, in the order in which to do it."""
    seen = episodes_of(person, SEE_MISSING)
    open_now = list(seen.filter(NOT_OVER).select_related("child"))
    waiting = list(_interviews(seen, WAITING))
    held = _interviews(episodes_of(person, AUDIT_INTERVIEWS), HELD).prefetch_related("involved")
    to_judge = [each for each in held if not is_own(each, person)]
    risks = list(
        screenings_of(person, OPEN_CHILDREN)
        .filter(ended_on=None)
        .select_related("child")
        .annotate(last_review=Max("reviews__reviewed_on"))
    )
    children = [each.child for each in open_now]
    children += [each.episode.child for each in (*waiting, *to_judge)]
    roots = roots_of([*children, *(each.child for each in risks)])
    workers = _workers(roots.values())
    here = set(holders(INTERVIEWER.policy.roles).values_list("pk", flat=True)) if waiting else set()
    found = [_not_returned(each, roots[each.child_id], workers, now) for each in open_now]
    found += [
        _interview(each, roots[each.episode.child_id], workers, here, now) for each in waiting
    ]
    found += [_review(each, roots[each.child_id], workers, now) for each in risks]
    found += [_judge(each, roots[each.episode.child_id], now) for each in to_judge]
    found += _concerns(person, now)
    return sorted(found, key=lambda each: each.order)


def _interviews(episodes: QuerySet[MissingEpisode], state: Q) -> QuerySet[ReturnInterview]:
    found = ReturnInterview.objects.filter(
        state, episode__in=episodes.exclude(returned_at=None).values("pk")
    )
    return found.select_related("episode__child", "given_to")


@dataclass(frozen=True)
class Hidden:
    """What a restriction leaves out of a list: how much of each kind, in words; and of how many children
    nobody who is named may do it.
    """

    counts: Mapping[str, int]
    alone: int


def hidden_now(person: Person) -> Hidden | None:
    """Count what a restriction hides from somebody who reaches the authority; None where it is nothing.

    Only those named see it: a list that left it out without a word would seem complete.
    """
    hidden = hidden_people(person)
    if not hidden or not SEE_MISSING.remit(person).whole:
        return None
    episodes = MissingEpisode.objects.filter(child__in=hidden, aside_at=None)
    missing = list(episodes.filter(NOT_OVER).values_list("child", flat=True))
    waiting = list(_interviews(episodes, WAITING).values_list("episode__child", flat=True))
    risks = list(
        Screening.objects.filter(child__in=hidden, ended_on=None, aside_at=None).values_list(
            "child", flat=True
        )
    )
    concerns = concerns_open(person, hidden=True).filter(children__person__in=hidden).distinct()
    feared = {
        fear: list(concerns.filter(**{f"{fear}_waits": True}).values_list("pk", flat=True))
        for fear in Fear.values
    }
    counts = {
        "not-returned": len(missing) + len(feared[Fear.MISSING]),
        "interviews": len(waiting),
        "reviews": len(risks),
        "concerns": len(feared[Fear.EXPLOITATION]),
        "to-judge": _interviews(episodes, HELD).count(),
    }
    if not any(counts.values()):
        return None
    told = {KINDS[kind].lower(): count for kind, count in counts.items() if count}
    named = ContactChild.objects.filter(
        contact__in=[*feared[Fear.MISSING], *feared[Fear.EXPLOITATION]], person__in=hidden
    )
    children = named.values_list("person", flat=True)
    return Hidden(told, _alone({*missing, *waiting, *risks, *children}))


def _alone(children: set[int]) -> int:
    """Count the restricted children of whom nobody who is named may take the next step."""
    records = KnownPerson.objects.filter(pk__in=children)
    numbers: dict[int, set[str]] = {}
    for child in records:
        root = root_of(child)
        numbers[root.pk] = {each.number for each in all_of(root)}
    may = holders(RECORD_MISSING.roles | HOLD_INTERVIEWS.roles)
    able = set(
        restricted_now().filter(named__in=may.values("pk")).values_list("child_id", flat=True)
    )
    return sum(able.isdisjoint(of_one) for of_one in numbers.values())


def counted(things: Iterable[Thing]) -> dict[str, int]:
    """Count things by kind."""
    found = dict.fromkeys(KINDS, 0)
    for each in things:
        found[each.kind] += 1
    return found


def _workers(children: Iterable[KnownPerson]) -> dict[int, _Who]:
    """Give who works with each child now, by the key of the record that stands for the child.

    Of two cases, as where records with one each were merged, the one of that record itself counts first.
    """
    keys = [each.pk for each in children]
    here = Appointment.objects.in_force().filter(
        person=OuterRef("worker"), role__in=WORK_CASES.roles
    )
    found = Allocation.objects.filter(ends_at=None).annotate(here=Exists(here)).order_by()
    # Asked for by each record in turn, in one statement: so each is found by its index.
    paths = [f"referral__child{'__merged_into' * steps}" for steps in (0, 1, 2, 3)]
    own, *merged = (
        found.filter(**{f"{path}__in": among(keys)}).values_list(
            path, Value(steps), "worker__name", "worker", "worker__is_active", "here"
        )
        for steps, path in enumerate(paths)
    )
    rows = sorted(own.union(*merged, all=True), key=lambda row: (-row[1], row[3]))
    return {
        child: _Who(name, key) if active and here else _has_left(name, "give the case to another")
        for child, _, name, key, active, here in rows
    }


def _has_left(name: str, then: str) -> _Who:
    return _Who(f"{name} has left: {then}", has_left=True)


def _not_returned(
    episode: Any, child: KnownPerson, workers: dict[int, _Who], now: datetime
) -> Thing:
    told = {
        True: "police told",
        False: "police not told",
        None: "not known whether police were told",
    }
    who = workers.get(child.pk, _NOBODY)
    return Thing(
        "not-returned",
        f"{episode.get_kind_display()} from {episode.get_missing_from_display().lower()}",
        "missing",
        f"for {lasted(episode, now)}",
        "episode",
        episode.pk,
        who.name,
        child,
        since=episode.starts_at,
        more=f"{episode.get_risk_display().lower()} risk; {told[episode.police_told]}",
        holder=who.key,
        has_left=who.has_left,
    )


def _interview(
    interview: ReturnInterview,
    child: KnownPerson,
    workers: dict[int, _Who],
    here: set[int],
    now: datetime,
) -> Thing:
    if interview.offered_at is None:
        what = "Offer a return interview"
    elif interview.accepted is None:
        what = "Return interview: no answer yet"
    else:
        what = "Hold the return interview"
    who, given_to = workers.get(child.pk, _NOBODY), interview.given_to
    if given_to and given_to.pk in here:
        who = _Who(given_to.name, given_to.pk)
    elif given_to:
        who = _has_left(str(given_to), "pass it to another")
    returned = interview.episode.returned_at
    found = clock(INTERVIEW_RULE, returned) if returned else None
    return _by_clock(found, now, "interviews", what, "episode", interview.episode_id, who, child)


def _review(screening: Any, child: KnownPerson, workers: dict[int, _Who], now: datetime) -> Thing:
    found = clock(REVIEW_RULE, screening.last_review or screening.made_on)
    who = workers.get(child.pk, _NOBODY)
    return _by_clock(
        found,
        now,
        "reviews",
        "Review the risk of exploitation",
        "screening",
        screening.pk,
        who,
        child,
    )


def _judge(interview: ReturnInterview, child: KnownPerson, now: datetime) -> Thing:
    held = interview.completed_at
    return Thing(
        "to-judge",
        "Judge the return interview",
        "due",
        f"held {age_words(held, now)} ago" if held else "",
        "episode",
        interview.episode_id,
        "Whoever had no part in it",
        child,
        since=held,
    )


def _by_clock(
    found: Deadline | None,
    now: datetime,
    kind: str,
    what: str,
    page: str,
    key: int,
    who: _Who,
    child: KnownPerson,
) -> Thing:
    """Give one thing by its clock; where no rule held when it began it is due, without a day."""
    stands = standing(found, now) if found else "due"
    return Thing(
        kind,
        what,
        stands,
        found.left(now) if found else "no time limit was in force",
        page,
        key,
        who.name,
        child,
        due=found.due if found else None,
        holder=who.key,
        has_left=who.has_left,
    )


def concerns_open(person: Person, *, hidden: bool = False) -> QuerySet[Contact]:
    """Give the contacts about missing or exploited children to be routed, or not answered whole yet.

    Each says by fear whether it waits, as `missing_waits`. With `hidden`, also those about restricted
    children, which is for counts alone.
    """
    return (
        contacts_waiting(contacts_of(person, ANSWER_CONCERNS, hidden=hidden))
        .prefetch_related(Prefetch("children", ContactChild.objects.select_related("person")))
        .select_related("screened_by")
    )


def contacts_waiting(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Give those of contacts whose fear is to be routed, or not answered whole yet, as `concerns_open`."""
    waits = {
        f"{fear}_waits": Case(When(_waits(fear), then=Value(True)), default=Value(False))
        for fear in Fear.values
    }
    return (
        contacts.filter(Q(missing=True) | Q(exploitation=True))
        .annotate(**waits)
        .filter(
            Q(routed_at__isnull=False) | ~Q(state=Contact.State.CLOSED),
            Q(missing_waits=True) | Q(exploitation_waits=True),
        )
    )


def _waits(fear: str) -> Q:
    """Give the contacts with a fear that is not answered for each child; or at all, where none is named.

    Matched and not counted: an answer for another child or fear than are there now answers nothing.
    """
    answers = ConcernAnswer.objects.filter(fear=fear, aside_at=None)
    children = ContactChild.objects.filter(contact=OuterRef("pk"))
    unanswered = children.filter(~Exists(answers.filter(child=OuterRef("pk"))))
    of_none = answers.filter(contact=OuterRef("pk"), child=None)
    return Q(**{fear: True}) & (Q(Exists(unanswered)) | ~Exists(children) & ~Exists(of_none))


def _concerns(person: Person, now: datetime) -> Iterator[Thing]:
    for contact in concerns_open(person):
        for fear in Fear:
            if getattr(contact, f"{fear.value}_waits"):
                yield _concern(contact, fear, now)


def _concern(contact: Contact, fear: Fear, now: datetime) -> Thing:
    """Give what is to be done about one fear; a child reported missing stands beside those recorded."""
    children = list(contact.children.all())
    about: dict[str, Any] = {
        "names": ", ".join(each.name for each in children) or "No child named",
        "matched": tuple(each.person.number for each in children if each.person),
        "contact": contact.number,
    }
    is_missing = fear is Fear.MISSING
    kind = "not-returned" if is_missing else "concerns"
    if contact.routed_at is None:
        return Thing(
            kind,
            f"{fear.label}: to be routed",
            "unrouted",
            f"for {age_words(contact.waits_since, now)}",
            "concern",
            contact.pk,
            str(contact.screened_by or "The front door"),
            **about,
            since=contact.received_at,
            more="reported missing, not recorded yet" if is_missing else "",
            holder=contact.screened_by_id,
        )
    began = "receipt" if contact.reopened_at is None else "being opened again"
    routed = f"{age_words(contact.waits_since, contact.routed_at)} from {began} to routing"
    return Thing(
        kind,
        f"{fear.label}: say what came of it",
        "reported" if is_missing else "due",
        f"routed {age_words(contact.routed_at, now)} ago",
        "concern",
        contact.pk,
        COMPLEX_SAFEGUARDING,
        **about,
        since=contact.received_at if is_missing else contact.routed_at,
        more=f"reported missing, not recorded yet; {routed}" if is_missing else routed,
    )
