"""Whose cases somebody may see and what they may do with one: as a condition on lists, and for one case.

A case belongs to its team, its locality and that of its team, and whoever has it. One of a restricted child
is hidden from whoever the child is hidden from, wherever it stands. `rows_of_work` says the same of a child,
which is how the children's records know of it; so a case on somebody's list is one they may open. Those rows
let more people read, as whoever had the case of late: to do anything in a case it has to be theirs now.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from django.db.models import FilteredRelation, Model, Prefetch, Q, QuerySet
from django.http import HttpRequest

from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.keys import ByKeys, Keys, among
from sightline.service.accounts.models import Locality, Person, Team
from sightline.service.accounts.policies import ALLOCATE, OPEN_CHILDREN, Policy
from sightline.service.children.models import KnownPerson
from sightline.service.children.once import once
from sightline.service.children.queries import (
    Rows,
    all_of,
    covers,
    hidden_people,
    root_of,
    still_theirs_since,
    whose,
)
from sightline.service.protection.models import (
    Allocation,
    Assessment,
    Conference,
    Enquiry,
    Referral,
    StrategyDiscussion,
)

Row = dict[str, object]


def referral_of(row: Model) -> Referral:
    """Give the referral that something of the pathway belongs to."""
    if isinstance(row, Referral):
        return row
    for name in ("referral", "plan", "conference", "pre_proceedings"):
        if hasattr(row, name):
            return referral_of(getattr(row, name))
    raise TypeError(f"{type(row).__name__} belongs to no referral")


@dataclass(frozen=True)
class Case:
    """A case as somebody has opened it: the referral, the child's own record, and where the child belongs."""

    referral: Referral
    child: KnownPerson
    rows: Rows
    is_hidden: bool

    def lets(self, by: Person, policy: Policy) -> bool:
        """Whether somebody may do this: to read, the child's rows decide; for all else, whose case it is."""
        if self.is_hidden:
            return False
        return covers(by, policy, self.rows) if policy is OPEN_CHILDREN else self._is_of(by, policy)

    @cached_property
    def worker(self) -> Person | None:
        """Who has it now; None where nobody does."""
        return worker_of(self.referral)

    def _is_of(self, by: Person, policy: Policy) -> bool:
        """Whether it is within somebody's remit; the same as `_within`, of one case."""
        return policy.allows(by) and (
            _is_near(by, policy, self.referral) or (_is_of_workers(policy) and self.worker == by)
        )


def case_of(by: Person, referral: Referral) -> Case:
    """Give a case with what decides about it for somebody."""
    hidden = hidden_people(by)
    child = root_of(referral.child)
    is_hidden = not hidden.isdisjoint({child.pk, referral.child_id})
    return Case(referral, child, Rows() if is_hidden else whose(child, hidden), is_hidden)


def open_case(request: HttpRequest, referral: Referral, policy: Policy) -> Case:
    """Give a case that the asker may have under a policy; else refuse, on record."""
    found = case_of(asker(request), referral)
    if not found.lets(asker(request), policy):
        refuse(request, policy, f"case {referral.pk}")
    return found


def _is_near(by: Person, policy: Policy, referral: Referral) -> bool:
    """Whether a case is within somebody's remit by its team and locality, whoever has it."""
    remit, team, locality = policy.remit(by), referral.team, referral.locality
    places = {each.name for each in (locality, team.locality if team else None) if each}
    return (
        remit.whole
        or (team is not None and team.name in remit.teams)
        or not places.isdisjoint(remit.districts)
        or (policy is ALLOCATE and team is None and locality is None)
    )


def cases_of(person: Person, policy: Policy, *, closed: bool = False) -> QuerySet[Referral]:
    """Give the open cases of somebody's remit under a policy; with `closed` those that are over too."""
    found = Referral.objects.filter(_within(person, policy))
    if hidden := hidden_people(person):
        found = found.exclude(child__in=among(hidden))
    return found if closed else found.exclude(state=Referral.State.CLOSED)


def with_hidden(person: Person, policy: Policy) -> QuerySet[Referral]:
    """Give the open cases of somebody's remit and those among them that restrictions hide: for whoever parts
    them by `hidden_people` as they are read, to count the hidden ones.
    """
    return Referral.objects.filter(_within(person, policy)).exclude(state=Referral.State.CLOSED)


def hidden_cases_of(person: Person, policy: Policy) -> QuerySet[Referral]:
    """Give the open cases of somebody's remit that restrictions hide from them: for counts alone."""
    if not (hidden := hidden_people(person)):
        return Referral.objects.none()
    return with_hidden(person, policy).filter(child__in=among(hidden))


def _within(person: Person, policy: Policy) -> Q:
    if not policy.allows(person):
        return Q(pk__in=())
    remit = policy.remit(person)
    if remit.whole:
        return Q()
    found = Q(pk__in=())
    if remit.teams:
        found |= Q(team__in=Team.objects.filter(name__in=remit.teams).values("pk"))
    if remit.districts:
        places = Locality.objects.filter(name__in=remit.districts).values("pk")
        teams = Team.objects.filter(locality__in=places).values("pk")
        found |= Q(locality__in=places) | Q(team__in=teams)
    if policy is ALLOCATE:
        found |= Q(team=None, locality=None)  # nobody's: whoever allocates may give it to somebody
    if _is_of_workers(policy):
        # By key: two may have the same name.
        theirs = Allocation.objects.filter(ends_at=None, worker=person)
        found |= Q(pk__in=theirs.values("referral"))
    return found


def _is_of_workers(policy: Policy) -> bool:
    """Whether a policy is for whoever has a case, in whichever of its roles."""
    return "social_worker" in policy.roles


def rows_of_work(number: str) -> list[Row]:
    """Give where a child of a number belongs by the cases open, or closed within 12 months."""
    found = _where(still_theirs_since()).rows_of_names([number])
    kinds = ("team", "district", "district", "worker")
    return [
        {kind: name}
        for row in dict.fromkeys(map(tuple, found))
        for kind, name in dict.fromkeys(zip(kinds, row, strict=True))
        if name
    ]


@lru_cache(maxsize=2)
def _where(since: date) -> ByKeys:
    """Give the question where the cases of children are that are open, or closed since a day."""
    held = Q(allocations__ends_at=None) | Q(allocations__ends_at__date__gte=since)
    return ByKeys(
        lambda here: (
            Referral.objects.filter(Q(closed_on=None) | Q(closed_on__gte=since))
            .filter(child__number__in=here)
            .annotate(held=FilteredRelation("allocations", condition=held))
            .order_by()
            .values_list(
                *("team__name", "team__locality__name", "locality__name", "held__worker__worker")
            )
        )
    )


def cases_of_child(referral: Referral) -> QuerySet[Referral]:
    """Give every case of a case's child: once records were merged, two may be open."""
    return Referral.objects.filter(child__in=all_of(root_of(referral.child)))


def worker_of(referral: Referral) -> Person | None:
    """Give who has a case now; None where nobody does."""
    found = referral.allocations.filter(ends_at=None).select_related("worker").first()
    return found.worker if found else None


@dataclass(frozen=True)
class HeldCase:
    """An open case as it was read with many others: the referral, and who has it now."""

    referral: Referral
    worker: Person | None

    def is_of(self, by: Person, policy: Policy) -> bool:
        """Whether it is among `cases_of` of somebody from whom the child is not hidden."""
        return policy.allows(by) and (
            _is_near(by, policy, self.referral) or (_is_of_workers(policy) and self.worker == by)
        )


def held_cases_of(records: Keys) -> list[HeldCase]:
    """Give the open cases of children of these records, with all who have had each, for `whose_work`.

    It takes two statements, however many they are, and once while a page is read.
    """
    return once(("held cases", records.sql), lambda: _find_held(records))


def _find_held(records: Keys) -> list[HeldCase]:
    had = Allocation.objects.select_related("worker")
    found = (
        Referral.objects.filter(child__in=records)
        .exclude(state=Referral.State.CLOSED)
        .select_related("team__locality", "locality")
        .prefetch_related(Prefetch("allocations", had))
    )
    return [
        HeldCase(each, next((a.worker for a in each.allocations.all() if a.ends_at is None), None))
        for each in found
    ]


def whose_work(referral: Referral, row: Model | None, *, ever: bool = False) -> set[int]:
    """Give the keys of those whose own work it is: who has had the case since it began, who wrote some of it,
    who asks for it.

    Of a conference: whoever decided that it is needed, and, as with `ever`, whoever has had the case at all.
    For a list, `allocations` and `writers` are read beforehand, and of a closure the `assessments`.
    """
    at_all = ever or isinstance(row, Conference)
    since = _began(row)
    found = {
        each.worker_id
        for each in referral.allocations.all()
        if at_all or each.ends_at is None or (since is not None and each.ends_at > since)
    }
    if ever:
        return found
    asked = [getattr(row, name, None) for name in ("written_by_id", "closing_by_id")]
    if isinstance(row, Assessment | Enquiry | StrategyDiscussion):
        asked += [each.pk for each in row.writers.all()]
    if isinstance(row, Conference) and row.enquiry is not None:
        asked.append(row.enquiry.decided_by_id)
    return found | {each for each in asked if each is not None}


def _began(row: Model | None) -> datetime | None:
    """Give from when on whoever had the case had a part in something; a closure, since it was last judged."""
    if isinstance(row, Assessment | Enquiry):
        return row.began_at
    if isinstance(row, StrategyDiscussion):
        return row.suspected_at
    if isinstance(row, Referral):
        judged = [each.authorised_at for each in row.assessments.all() if each.authorised_at]
        return max(judged, default=row.received_at)
    return None
