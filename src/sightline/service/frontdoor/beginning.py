"""Where a decision for social care leads: the app of the pathway says once what begins, and who works.

`begun_by` says what begins the work with a child; `worked_with_by` whether somebody works with one already,
to whom a contact may be passed.
"""

from collections.abc import Callable
from typing import Protocol

from sightline.service.accounts.steps import IncompleteError
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models import Contact, ContactChild, PassedOn, Recommendation
from sightline.service.frontdoor.models.decisions import Outcome
from sightline.service.frontdoor.states import UNDECIDED

BEGINS_WORK = frozenset({Outcome.REFERRAL, Outcome.STRATEGY})
"""Outcomes by which social care begins to work with a child."""
UNMATCHED = "First say who each child is: no case can begin without."
NOBODY_S = "Nobody works with {} yet: no case is open to which this could be passed. Choose another outcome."


class Begun(Protocol):
    """What a decision began, or was open already: it says with which contact it began."""

    contact_id: int | None


Begin = Callable[[KnownPerson, Contact], Begun]
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
    """`IncompleteError` where an outcome would lead nowhere: a child is not matched, or nobody has them."""
    for child, person in _matched(contact, outcome):
        if outcome == Outcome.ALREADY_OPEN and not is_worked_with(person):
            raise IncompleteError(NOBODY_S.format(child.name), "outcome")


def need_led(decision: Recommendation) -> None:
    """`IncompleteError` where a child, added or matched since, is not where the decision leads."""
    outcome = decision.decided_outcome
    for child, person in _matched(decision.contact, outcome):
        if (
            outcome == Outcome.ALREADY_OPEN
            and not decision.passed_on.filter(person=person).exists()
        ):
            raise IncompleteError(NOBODY_S.format(child.name))


def _matched(contact: Contact, outcome: str) -> list[tuple[ContactChild, KnownPerson]]:
    """Give the children with who they are; none where the outcome leads no child anywhere."""
    if outcome not in BEGINS_WORK and outcome != Outcome.ALREADY_OPEN:
        return []
    children = list(contact.children.select_related("person"))
    found = [(child, child.person) for child in children if child.person is not None]
    if not children or len(found) < len(children):
        raise IncompleteError(UNMATCHED)
    return found


def decision_of(contact: Contact) -> Recommendation | None:
    """Give the last decision about a contact; None where nothing was decided."""
    decided = contact.recommendations.filter(decided_at__isnull=False).exclude(decided_outcome="")
    return decided.order_by("-decided_at", "-pk").first()


def begin_work(contact: Contact) -> None:
    """Begin the work with each child of a contact that somebody has matched, if its decision says so.

    Nothing begins while a contact waits for another decision, as one opened again does. A contact is passed
    on to whoever works with the child already, also where their case was to begin by it. Call it in the
    transaction of the decision, and of a match made after it.
    """
    latest = decision_of(contact)
    if latest is None or Contact.objects.filter(pk=contact.pk, state__in=UNDECIDED).exists():
        return
    for child in contact.children.filter(person__isnull=False).select_related("person"):
        if child.person is None:
            continue
        if latest.decided_outcome in BEGINS_WORK:
            begun = [begin(child.person, contact) for begin in _beginners]
            passed = any(each.contact_id != contact.pk for each in begun)
        else:
            passed = latest.decided_outcome == Outcome.ALREADY_OPEN and is_worked_with(child.person)
        if passed:
            PassedOn.objects.get_or_create(decision=latest, person=child.person)
