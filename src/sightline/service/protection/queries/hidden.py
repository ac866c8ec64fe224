"""What restrictions leave out of the lists of cases, as a count; and of whom nobody named may go on.

Only those named see a restricted child. Whoever answers for more than a team is told that there are more,
and a worker of their own cases; of a team, one more would tell who it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ALLOCATE, AUTHORISE_WORK, WORK_CASES, Policy
from sightline.service.accounts.queries import holders
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of_each, hidden_people, restricted_now, roots_of
from sightline.service.protection.access import cases_of, hidden_cases_of, whose_work
from sightline.service.protection.actions.allocating import WORKERS
from sightline.service.protection.models import Allocation, Referral
from sightline.service.protection.queries.to_authorise import read, waits_in


@dataclass(frozen=True)
class Hidden:
    """How much a list leaves out, of cases or of what waits in them; and of how many children nobody who is
    named may take the next step.
    """

    count: int
    alone: int


def hidden_work(
    person: Person, children: Mapping[int, int], *, mine: bool = False
) -> Hidden | None:
    """Count the cases left out of somebody's list of work, which `held_of` gave by key with their children;
    with `mine` they are those they have themselves.
    """
    return _of_cases(children, WORK_CASES) if mine or _above_teams(person, WORK_CASES) else None


def hidden_unallocated(person: Person) -> Hidden | None:
    """Count the cases to be allocated that are not on the list of whoever allocates."""
    if not _above_teams(person, ALLOCATE):
        return None
    found = hidden_cases_of(person, ALLOCATE).filter(state=Referral.State.OPEN)
    children = dict(found.order_by().values_list("pk", "child_id"))
    if not children:
        return None
    held = Allocation.objects.filter(
        referral__in=among(children), ends_at=None, worker__in=holders(WORKERS).values("pk")
    )
    have = set(held.values_list("referral", flat=True)) - unnamed(found)
    return _of_cases({key: child for key, child in children.items() if key not in have}, ALLOCATE)


def hidden_waits(person: Person) -> Hidden | None:
    """Count what waits for authorisation that is not on the list of whoever authorises.

    Whose own work it is may not take the next step, though they are named.
    """
    if not _above_teams(person, AUTHORISE_WORK):
        return None
    waits = waits_in(hidden_cases_of(person, AUTHORISE_WORK))
    if not waits:
        return None
    cases, rows = read(waits)
    children = {key: each.referral.child_id for key, each in cases.items()}
    able = _able(AUTHORISE_WORK, children)
    alone = {
        children[each.referral]
        for each in waits
        if able.get(each.referral, set())
        <= whose_work(cases[each.referral].referral, rows[each.page][each.key])
    }
    return Hidden(len(waits), len(alone))


def _above_teams(person: Person, policy: Policy) -> bool:
    remit = policy.remit(person)
    return remit.whole or bool(remit.districts)


def unnamed(referrals: QuerySet[Referral]) -> set[int]:
    """Give those of some cases that are of a restricted child, for whom the worker is not named."""
    numbers = restricted_now().values("child_id")
    found = list(KnownPerson.objects.filter(number__in=numbers))
    if not found:
        return set()
    keys = {each.pk for each in (*found, *roots_of(found).values())}
    held = Allocation.objects.filter(
        Q(referral__child__in=among(keys)) | Q(referral__child__merged_into__in=among(keys)),
        referral__in=referrals.order_by().values("pk"),
        ends_at=None,
    ).select_related("worker", "referral")
    return {
        each.referral_id for each in held if each.referral.child_id in hidden_people(each.worker)
    }


def _of_cases(children: Mapping[int, int], policy: Policy) -> Hidden | None:
    if not children:
        return None
    able = _able(policy, children)
    return Hidden(len(children), len({child for key, child in children.items() if key not in able}))


def _able(policy: Policy, children: Mapping[int, int]) -> dict[int, set[int]]:
    """Give who of those named may do something in each case, by the key of the case, with its child's."""
    records = KnownPerson.objects.filter(pk__in=among(children.values()))
    roots = {each.pk: each for each in roots_of(records).values()}
    numbers = {each.number for each in all_of_each(roots.values())}
    restricted = restricted_now().filter(child_id__in=numbers)
    named = holders(policy.roles).filter(named_for__in=restricted).distinct()
    if policy is AUTHORISE_WORK:
        named = named.exclude(registration="")
    found: dict[int, set[int]] = {}
    for each in named:
        theirs = cases_of(each, policy).filter(pk__in=among(children))
        for key in theirs.order_by().values_list("pk", flat=True):
            found.setdefault(key, set()).add(each.pk)
    return found
