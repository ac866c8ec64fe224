"""Whose cases somebody may see and what they may do with one: as a condition on lists, and for one case.

A case belongs to its team, its locality and that of its team, and its worker. One of a restricted child is
hidden from whoever the child is hidden from, wherever it stands. `rows_of_work` says the same of one child,
which is how the children's records know of it; so a case on somebody's list is one they may open.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import Policy
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import Rows, covers, hidden_people, root_of, whose
from sightline.service.protection.models import Allocation, Referral

STILL_THEIRS = 12
"""Months for which a closed case, or one given to another worker, lets whoever had it open the record."""

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
        """Whether somebody may do this."""
        return not self.is_hidden and covers(by, policy, self.rows)


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


def cases_of(person: Person, policy: Policy, *, closed: bool = False) -> QuerySet[Referral]:
    """Give the open cases of somebody's remit under a policy; with `closed` those that are over too."""
    found = Referral.objects.filter(_within(person, policy)).exclude(child__in=_hidden(person))
    return found if closed else found.exclude(state=Referral.State.CLOSED)


def _within(person: Person, policy: Policy) -> Q:
    if not policy.allows(person):
        return Q(pk__in=())
    remit = policy.remit(person)
    if remit.whole:
        return Q()
    theirs = Allocation.objects.filter(ends_at=None, worker__worker__in=remit.workers)
    return (
        Q(team__name__in=remit.teams)
        | Q(locality__name__in=remit.districts)
        | Q(team__locality__name__in=remit.districts)
        | Q(pk__in=theirs.values("referral"))
    )


def _hidden(person: Person) -> frozenset[int]:
    """Give the keys of hidden children, and of the records that went into theirs."""
    found = newest = hidden_people(person)
    while newest:
        more = KnownPerson.objects.filter(merged_into__in=newest).values_list("pk", flat=True)
        newest = frozenset(more) - found
        found |= newest
    return found


def rows_of_work(number: str) -> list[Row]:
    """Give where a child of a number belongs by the cases open, or closed within 12 months."""
    since = add_months(timezone.localdate(), -STILL_THEIRS)
    cases = list(
        Referral.objects.filter(
            Q(closed_on=None) | Q(closed_on__gte=since), child__number=number
        ).select_related("team__locality", "locality")
    )
    if not cases:
        return []
    rows: list[Row] = []
    for each in cases:
        localities = (each.locality, each.team.locality if each.team else None)
        rows += [{"team": each.team.name}] if each.team else []
        rows += [{"district": place.name} for place in localities if place]
    lately = timezone.now() - timedelta(days=365)
    workers = Allocation.objects.filter(
        Q(ends_at=None) | Q(ends_at__gte=lately), referral__in=cases
    ).values_list("worker__worker", flat=True)
    return rows + [{"worker": name} for name in workers if name]


def worker_of(referral: Referral) -> Person | None:
    """Give who has a case now; None where nobody does."""
    found = referral.allocations.filter(ends_at=None).select_related("worker").first()
    return found.worker if found else None
