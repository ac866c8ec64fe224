"""What is to be done about missing and exploited children: those not returned first.

Each kind of row is read once for the whole list, however long it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from sightline.clocks.rules import Deadline
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ANSWER_CONCERNS, OPEN_CHILDREN, SEE_MISSING
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import hidden_people, roots_of
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.actions.screening import COMPLEX_SAFEGUARDING
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.queries.lists import age_words
from sightline.service.missing.access import episodes_of, screenings_of
from sightline.service.missing.actions.concerns import fears_of
from sightline.service.missing.actions.interviews import RULE as INTERVIEW_RULE
from sightline.service.missing.actions.screening import RULE as REVIEW_RULE
from sightline.service.missing.models import ConcernAnswer, MissingEpisode, ReturnInterview
from sightline.service.missing.queries.history import lasted
from sightline.service.protection.clocks import clock, standing
from sightline.service.protection.models import Allocation

KINDS = {
    "not-returned": "Not returned",
    "interviews": "Return interviews",
    "reviews": "Risks to review",
    "concerns": "Concerns",
}
"""What the list holds, what comes first at the top; with the words for it."""
_RANK = {name: place for place, name in enumerate(KINDS)}
_STANDINGS = ("missing", "unrouted", "overdue", "near", "due")
WHO = "The complex-safeguarding team"


@dataclass(frozen=True)
class Thing:
    """Something to be done: of which kind, about whom, how it stands, where it is done, and who works it.

    `child` is None for a concern, which is a contact's; `names` are then those the contact gives.
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
    due: datetime | None = None
    since: datetime | None = None
    more: str = ""

    @property
    def order(self) -> tuple[int, int, float, int]:
        """What sorts it: its kind, how it stands, then what is due first or has lasted longest."""
        when = self.due or self.since
        rank = _STANDINGS.index(self.standing)
        return (_RANK[self.kind], rank, when.timestamp() if when else 0, self.key)


def things_for(person: Person, now: datetime) -> list[Thing]:
    """Give what is to be done within somebody's remit, in the order in which to do it."""
    open_now = list(
        episodes_of(person, SEE_MISSING).filter(returned_at=None).select_related("child")
    )
    waiting = list(
        ReturnInterview.objects.filter(
            Q(accepted=None) | Q(accepted=True),
            episode__in=episodes_of(person, SEE_MISSING).exclude(returned_at=None).values("pk"),
            completed_at=None,
        ).select_related("episode__child", "given_to")
    )
    risks = list(
        screenings_of(person, OPEN_CHILDREN)
        .filter(ended_on=None)
        .select_related("child")
        .annotate(last_review=Max("reviews__reviewed_on"))
    )
    children = [each.child for each in open_now] + [each.episode.child for each in waiting]
    roots = roots_of([*children, *(each.child for each in risks)])
    workers = _workers(roots.values())
    found = [_not_returned(each, roots[each.child_id], workers, now) for each in open_now]
    found += [_interview(each, roots[each.episode.child_id], workers, now) for each in waiting]
    found += [_review(each, roots[each.child_id], workers, now) for each in risks]
    found += _concerns(person, now)
    return sorted(found, key=lambda each: each.order)


def hidden_now(person: Person) -> int:
    """Count the children not returned whom a restriction hides from somebody who reaches the authority.

    Only those named see them: a list that left them out without a word would seem complete.
    """
    if not SEE_MISSING.remit(person).whole:
        return 0
    return MissingEpisode.objects.filter(returned_at=None, child__in=hidden_people(person)).count()


def counted(things: Iterable[Thing]) -> dict[str, int]:
    """Count things by kind."""
    found = dict.fromkeys(KINDS, 0)
    for each in things:
        found[each.kind] += 1
    return found


def _workers(children: Iterable[KnownPerson]) -> dict[int, str]:
    """Give who works with each child now, by the key of the child's record."""
    found = Allocation.objects.filter(ends_at=None, referral__child__in=list(children))
    return dict(found.values_list("referral__child", "worker__name"))


def _not_returned(
    episode: Any, child: KnownPerson, workers: dict[int, str], now: datetime
) -> Thing:
    told = {
        True: "police told",
        False: "police not told",
        None: "not known whether police were told",
    }
    return Thing(
        "not-returned",
        f"{episode.get_kind_display()} from {episode.get_missing_from_display().lower()}",
        "missing",
        f"for {lasted(episode, now)}",
        "episode",
        episode.pk,
        workers.get(child.pk, WHO),
        child,
        since=episode.starts_at,
        more=f"{episode.get_risk_display().lower()} risk; {told[episode.police_told]}",
    )


def _interview(
    interview: ReturnInterview, child: KnownPerson, workers: dict[int, str], now: datetime
) -> Thing:
    if interview.offered_at is None:
        what = "Offer a return interview"
    elif interview.accepted is None:
        what = "Return interview: no answer yet"
    else:
        what = "Hold the return interview"
    who = str(interview.given_to) if interview.given_to else workers.get(child.pk, WHO)
    returned = interview.episode.returned_at
    found = clock(INTERVIEW_RULE, returned) if returned else None
    return _by_clock(found, now, "interviews", what, "episode", interview.episode_id, who, child)


def _review(screening: Any, child: KnownPerson, workers: dict[int, str], now: datetime) -> Thing:
    found = clock(REVIEW_RULE, screening.last_review or screening.made_on)
    who = workers.get(child.pk, WHO)
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


def _by_clock(
    found: Deadline | None,
    now: datetime,
    kind: str,
    what: str,
    page: str,
    key: int,
    who: str,
    child: KnownPerson,
) -> Thing:
    """Give one thing by its clock; where no rule held when it began it is due, without a day."""
    if found is None:
        return Thing(kind, what, "due", "no time limit was in force", page, key, who, child)
    stands = standing(found, now)
    return Thing(kind, what, stands, found.left(now), page, key, who, child, due=found.due)


def concerns_open(person: Person) -> QuerySet[Contact]:
    """Give the contacts about missing or exploited children to be routed, or not answered whole yet."""
    fears = sum(
        (
            Case(When(**{flag: True}, then=Value(1)), default=Value(0), output_field=IntegerField())
            for flag in ("missing", "exploitation")
        ),
        Value(0),
    )
    return (
        contacts_of(person, ANSWER_CONCERNS)
        .filter(Q(missing=True) | Q(exploitation=True))
        .annotate(
            of_children=Greatest(Count("children", distinct=True), 1),
            fears=fears,
            answered=Count("concern_answers", distinct=True),
        )
        .filter(
            Q(routed_at=None) & ~Q(state=Contact.State.CLOSED)
            | Q(routed_at__isnull=False, answered__lt=F("of_children") * F("fears"))
        )
        .prefetch_related("children")
        .select_related("screened_by")
    )


def _concerns(person: Person, now: datetime) -> Iterator[Thing]:
    for contact in concerns_open(person):
        names = ", ".join(each.name for each in contact.children.all()) or "No child named"
        feared = " and ".join(ConcernAnswer.Fear(each).label for each in fears_of(contact))
        if contact.routed_at is None:
            yield Thing(
                "concerns",
                f"{feared}: to be routed",
                "unrouted",
                f"for {age_words(contact.received_at, now)}",
                "concern",
                contact.pk,
                str(contact.screened_by or "The front door"),
                names=names,
                since=contact.received_at,
            )
            continue
        yield Thing(
            "concerns",
            f"{feared}: say what came of it",
            "due",
            f"routed {age_words(contact.routed_at, now)} ago",
            "concern",
            contact.pk,
            COMPLEX_SAFEGUARDING,
            names=names,
            since=contact.routed_at,
            more=f"{age_words(contact.received_at, contact.routed_at)} from receipt to routing",
        )
