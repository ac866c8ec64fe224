"""Where a decision for social care leads: the app of the pathway says once what begins, and whose it is already.

`begun_by` says what begins the work with a child; `worked_with_by` whether somebody works with one already,
to whom a contact may be passed.
"""

from collections.abc import Callable

from sightline.service.accounts.steps import IncompleteError
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models import Contact, PassedOn, Recommendation
from sightline.service.frontdoor.models.decisions import Outcome

BEGINS_WORK = frozenset({Outcome.REFERRAL, Outcome.STRATEGY})
"""Outcomes by which social care begins to work with a child."""
UNMATCHED = "First say who each child is: no case can begin without."
NOBODY_S = (
    "Nobody works with {} yet, so it can be passed to nobody: there is no open case. Choose another outcome."
)

Begin = Callable[[KnownPerson, Contact], object]
Works = Callable[[KnownPerson], bool]

_beginners: list[Begin] = []
_workers: list[Works] = []


def begun_by(begin: Begin) -> None:
    """Add what begins the work with a child of a contact that was decided so. Twice begins nothing twice."""
    if begin not in _beginners:
        _beginners.append(begin)


def worked_with_by(works: Works) -> None:
    """Add what says whether somebody works with a child, and so is given a contact that is passed on."""
    if works not in _workers:
        _workers.append(works)


def is_worked_with(person: KnownPerson) -> bool:
    """Whether somebody works with a child already."""
    return any(works(person) for works in _workers)


def need_children(contact: Contact, outcome: str) -> None:
    """`IncompleteError` where an outcome would lead nowhere: who a child is, or who has them, is not known."""
    if outcome not in BEGINS_WORK and outcome != Outcome.ALREADY_OPEN:
        return
    children = list(contact.children.select_related("person"))
    if not children or any(child.person is None for child in children):
        raise IncompleteError(UNMATCHED)
    if outcome == Outcome.ALREADY_OPEN:
        for child in children:
            if child.person is not None and not is_worked_with(child.person):
                raise IncompleteError(NOBODY_S.format(child.name), "outcome")


def decision_of(contact: Contact) -> Recommendation | None:
    """Give the last decision about a contact; None where nothing was decided."""
    decided = contact.recommendations.filter(decided_at__isnull=False).exclude(decided_outcome="")
    return decided.order_by("-decided_at", "-pk").first()


def begin_work(contact: Contact) -> None:
    """Begin the work with each child of a contact that somebody has matched, if its decision says so.

    One that is passed on is given to whoever works with the child. Call it in the transaction of the
    decision, and of a match made after it.
    """
    latest = decision_of(contact)
    if latest is None:
        return
    for child in contact.children.filter(person__isnull=False).select_related("person"):
        if child.person is None:
            continue
        if latest.decided_outcome in BEGINS_WORK:
            for begin in _beginners:
                begin(child.person, contact)
        elif latest.decided_outcome == Outcome.ALREADY_OPEN:
            PassedOn.objects.get_or_create(decision=latest, person=child.person)
