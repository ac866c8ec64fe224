"""Whose missing children somebody may see: as a condition on lists, and for one child.

An episode belongs to its locality and to whoever is to hold the interview on the return; the child to the
cases of the protection pathway. `rows_of_missing` says the same of one child, which is how the children's
records know of it; so what is on somebody's list they may open.

The team of whoever recorded an episode sees it and may go on with it. It opens no more of the child: else a
front-door officer, who may record any child missing, could open any record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from sightline.clocks.rules import LONDON
from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import RECORD_MISSING, SEE_MISSING, Policy
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
    MissingEpisode,
    ReturnInterview,
    RiskReview,
    Screening,
)
from sightline.service.protection.access import cases_of

_OF_RECORDERS = (SEE_MISSING, RECORD_MISSING)
"""What the team of whoever recorded an episode may do, beside those of whom the child is."""

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

    def lets(self, by: Person, policy: Policy) -> bool:
        """Whether somebody may do this of the child; a front-door officer may record any child missing."""
        if self.is_hidden:
            return False
        if policy is RECORD_MISSING and by.holds({"front_door"}):
            return True
        if covers(by, policy, self.rows):
            return True
        return policy in _OF_RECORDERS and self._recorded_for(policy.remit(by).teams)

    def _recorded_for(self, teams: frozenset[str]) -> bool:
        """Whether one of these teams recorded an episode of the child of the last 12 months."""
        found = MissingEpisode.objects.filter(_lately(), child__in=self.records)
        return bool(teams) and found.filter(team__name__in=teams).exists()


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
    if not found.lets(asker(request), policy):
        refuse(request, policy, f"{row._meta.verbose_name} {row.pk}")
    return found


def episodes_of(person: Person, policy: Policy) -> QuerySet[MissingEpisode]:
    """Give the episodes of somebody's remit under a policy: those open, or over within 12 months."""
    found = MissingEpisode.objects.filter(_lately(), _within(person, policy))
    return found.exclude(child__in=hidden_people(person))


def screenings_of(person: Person, policy: Policy) -> QuerySet[Screening]:
    """Give the screenings of the children of somebody's remit under a policy."""
    found = Screening.objects.exclude(child__in=hidden_people(person))
    if not policy.allows(person):
        return found.none()
    if policy.remit(person).whole:
        return found
    theirs = episodes_of(person, policy).order_by().values("child")
    return found.filter(Q(child__in=_of_cases(person, policy)) | Q(child__in=theirs))


def _within(person: Person, policy: Policy) -> Q:
    if not policy.allows(person):
        return Q(pk__in=())
    remit = policy.remit(person)
    if remit.whole:
        return Q()
    theirs = (
        Q(locality__name__in=remit.districts)
        | Q(interview__given_to__worker__in=remit.workers)
        | Q(child__in=_of_cases(person, policy))
    )
    return theirs | Q(team__name__in=remit.teams) if policy in _OF_RECORDERS else theirs


def _of_cases(person: Person, policy: Policy) -> QuerySet[Any, Any]:
    """Give the keys of the children of somebody's cases."""
    return cases_of(person, policy).order_by().values("child")


def _lately() -> Q:
    """Give the episodes that are open, or over within 12 months."""
    day = still_theirs_since()
    since = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    return Q(returned_at=None) | Q(returned_at__gte=since)


def rows_of_missing(number: str) -> list[Row]:
    """Give where a child of a number belongs by the episodes open, or over within 12 months."""
    rows: list[Row] = []
    found = MissingEpisode.objects.filter(_lately(), child__number=number)
    for each in found.select_related("locality", "interview__given_to"):
        rows += [{"district": each.locality.name}] if each.locality else []
        holder = each.interview.given_to if hasattr(each, "interview") else None
        rows += [{"worker": holder.worker}] if holder and holder.worker else []
    return rows
