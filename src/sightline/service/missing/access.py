"""Whose missing children somebody may see: as a condition on lists, and for one child.

An episode belongs to its locality, the child to the cases of the protection pathway. `rows_of_missing` says
the same of one child, which is how the children's records know of it; so what is on somebody's list they may
open.

To read, the child decides, for 12 months after work with them ended. To do anything, it must be theirs now:
by an open case of the child, by an episode in their district that is under way, or by the very episode; so
what somebody may do stands on their list.

The team of whoever recorded an episode sees that one and may go on with it, and whoever is to hold an
interview (told by key, in whichever of the roles that hold them) that interview. It opens no other episode
and no more of the child: else a front-door officer, who may begin to record any child missing, could open
any record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from sightline.clocks.rules import LONDON
from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.keys import ByKeys
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import (
    HOLD_INTERVIEWS,
    OPEN_CHILDREN,
    RECORD_MISSING,
    SEE_MISSING,
    SET_ASIDE,
    Policy,
)
from sightline.service.accounts.remit import Remit
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import (
    Rows,
    all_of,
    covers,
    hidden_people,
    root_of,
    still_theirs_since,
    whose,
)
from sightline.service.missing.models import (
    HELD,
    NOT_OVER,
    WAITING,
    MissingEpisode,
    ReturnInterview,
    RiskReview,
    Screening,
)
from sightline.service.protection.access import HeldCase, cases_of

_OF_RECORDERS = (SEE_MISSING, RECORD_MISSING, SET_ASIDE)
"""What the team of whoever recorded an episode may do with it, beside those of whom the child is."""
_OF_HOLDERS = (SEE_MISSING, HOLD_INTERVIEWS)
"""What whoever is to hold an interview may do with it, beside those of whom the child is."""

Row = dict[str, object]


def child_of(row: Model) -> KnownPerson:
    """Give the child that something here is about, as it was recorded."""
    match row:
        case KnownPerson():
            return row
        case MissingEpisode() | Screening():
            return row.child
        case ReturnInterview():
            return row.episode.child
        case RiskReview():
            return row.screening.child
    raise TypeError(f"{type(row).__name__} belongs to no child")


@dataclass(frozen=True)
class Opened:
    """A child as somebody has opened them: the record that stands for them, and where they belong."""

    child: KnownPerson
    records: Sequence[KnownPerson]
    rows: Rows
    is_hidden: bool

    @property
    def has_age(self) -> bool:
        """Whether a date of birth is known, of whichever record."""
        return any(each.born is not None for each in self.records)

    def lets(self, by: Person, policy: Policy, row: Model | None = None) -> bool:
        """Whether somebody may do this of the child, or with a row of theirs.

        A front-door officer may begin to record any child missing, and no more than begin.
        """
        if self.is_hidden or not policy.allows(by):
            return False
        if policy.remit(by).whole:
            return True
        if policy is SEE_MISSING:
            return self.sees_every_episode(by) or self._has_episode(by, policy, row)
        if policy is OPEN_CHILDREN:
            return covers(by, policy, self.rows)
        begins = row is None or isinstance(row, KnownPerson)
        if begins and policy is RECORD_MISSING and by.holds({"front_door"}):
            return True
        return self._is_theirs(by, policy, row)

    def sees_every_episode(self, by: Person) -> bool:
        """Whether somebody who sees some of the child's episodes sees all, by where the child belongs."""
        return covers(by, SEE_MISSING, self.rows)

    def _is_theirs(self, by: Person, policy: Policy, row: Model | None) -> bool:
        """Whether the child, or the episode that a row is of, is somebody's now, so on their list."""
        if cases_of(by, policy).filter(child__in=self.records).exists():
            return True
        if isinstance(row, MissingEpisode | ReturnInterview):
            return self._has_episode(by, policy, row)
        return _under_way(by, policy).filter(child__in=self.records).exists()

    def _has_episode(self, by: Person, policy: Policy, row: Model | None) -> bool:
        """Whether the episode that a row is of is somebody's; of none, whether any of the child's is."""
        match row:
            case MissingEpisode():
                of = Q(pk=row.pk)
            case ReturnInterview():
                of = Q(pk=row.episode_id)
            case _:
                of = Q(child__in=self.records)
        return episodes_of(by, policy).filter(of).exists()


Waits = MissingEpisode | ReturnInterview | Screening
"""What waits for somebody."""


@dataclass(frozen=True)
class UnderWay:
    """What is under way of a child, read beforehand with that of many: the open cases, and the episodes that
    are not over, or whose interview waits.
    """

    cases: Sequence[HeldCase]
    episodes: Sequence[MissingEpisode]

    def lets(self, by: Person, policy: Policy, row: Waits) -> bool:
        """Whether somebody who may know of the child may do this with a row that waits: as `Opened.lets`."""
        if not policy.allows(by):
            return False
        remit = policy.remit(by)
        if remit.whole or any(each.is_of(by, policy) for each in self.cases):
            return True
        if isinstance(row, Screening):
            return any(_is_near(each, remit) for each in self.episodes)
        if isinstance(row, ReturnInterview):
            given = policy in _OF_HOLDERS and row.given_to_id == by.pk
            return given or _is_near(row.episode, remit)
        recorded = policy in _OF_RECORDERS and row.team is not None and row.team.name in remit.teams
        return recorded or _is_near(row, remit)


def _is_near(episode: MissingEpisode, remit: Remit) -> bool:
    return episode.locality is not None and episode.locality.name in remit.districts


def opened_of(by: Person, person: KnownPerson) -> Opened:
    """Give a child with what decides about them for somebody."""
    hidden = hidden_people(by)
    child = root_of(person)
    records = all_of(child)
    is_hidden = not hidden.isdisjoint(each.pk for each in records)
    rows = Rows() if is_hidden else whose(child, hidden, records)
    return Opened(child, records, rows, is_hidden)


def open_child(request: HttpRequest, row: Model, policy: Policy) -> Opened:
    """Give the child of a row that the asker may have under a policy; else refuse, on record."""
    found = opened_of(asker(request), child_of(row))
    if not found.lets(asker(request), policy, row):
        refuse(request, policy, f"{row._meta.verbose_name} {row.pk}")
    return found


def episodes_of(person: Person, policy: Policy) -> QuerySet[MissingEpisode]:
    """Give the episodes of somebody's remit under a policy: those open, or over within 12 months.

    So are those over for longer whose return interview waits, or was held and is not judged.
    """
    to_do = ReturnInterview.objects.filter(WAITING | HELD).values("episode")
    now = _lately() | Q(pk__in=to_do)
    found = MissingEpisode.objects.filter(now, _within(person, policy), aside_at=None)
    return found.exclude(child__in=hidden_people(person))


def screenings_of(person: Person, policy: Policy) -> QuerySet[Screening]:
    """Give the screenings of the children who are somebody's now under a policy."""
    found = Screening.objects.filter(aside_at=None).exclude(child__in=hidden_people(person))
    if not policy.allows(person):
        return found.none()
    if policy.remit(person).whole:
        return found
    cases, episodes = cases_of(person, policy), _under_way(person, policy)
    return found.filter(_of_children_in(cases) | _of_children_in(episodes))


def _under_way(person: Person, policy: Policy) -> QuerySet[MissingEpisode]:
    """Give the episodes of somebody's districts that make the child theirs: not over, or not talked over."""
    waits = ReturnInterview.objects.filter(WAITING, episode=OuterRef("pk"))
    return MissingEpisode.objects.filter(
        NOT_OVER | Q(Exists(waits), aside_at=None),
        locality__name__in=policy.remit(person).districts,
    )


def _within(person: Person, policy: Policy) -> Q:
    if not policy.allows(person):
        return Q(pk__in=())
    remit = policy.remit(person)
    if remit.whole:
        return Q()
    theirs = Q(locality__name__in=remit.districts) | _of_children_in(cases_of(person, policy))
    if policy in _OF_HOLDERS:
        theirs |= Q(interview__given_to=person)
    if policy in _OF_RECORDERS:
        theirs |= Q(team__name__in=remit.teams)
    return theirs


_MERGES = 3
"""How far a record may have gone, from one to the next, and is still found within a statement."""


def _of_children_in(rows: QuerySet[Any]) -> Q:
    """Give the condition that a row is of a child whom these rows name, under whichever of their records.

    In a merge a case stays with the record that went where the one kept has a case too, while its episodes go
    over; and an open episode stays where there are two.
    """
    steps = [f"child{'__merged_into' * step}" for step in reversed(range(_MERGES + 1))]
    records: QuerySet[Any, Any] = rows.order_by().values(root=Coalesce(*steps))
    found = Q(child__in=records)
    for _ in range(_MERGES):
        records = KnownPerson.objects.filter(merged_into__in=records).order_by().values("pk")
        found |= Q(child__in=records)
    return found


def _lately(day: date | None = None) -> Q:
    """Give the episodes that are open, or over since a day, else within 12 months."""
    day = day or still_theirs_since()
    since = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    return Q(returned_at=None, ended_at=None) | Q(returned_at__gte=since) | Q(ended_at__gte=since)


def rows_of_missing(number: str) -> list[Row]:
    """Give where a child of a number belongs by the episodes open, or over within 12 months."""
    return [{"district": name} for (name,) in _places(still_theirs_since()).rows_of_names([number])]


@lru_cache(maxsize=2)
def _places(since: date) -> ByKeys:
    """Give the question where the episodes of children are that are open, or over since a day."""
    return ByKeys(
        lambda here: (
            MissingEpisode.objects.filter(_lately(since), child__number__in=here, aside_at=None)
            .exclude(locality=None)
            .order_by("locality__name")
            .values_list("locality__name")
            .distinct()
        )
    )
