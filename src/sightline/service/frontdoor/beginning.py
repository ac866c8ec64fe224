"""Where a decision for social care leads: the app of the pathway says once, with `begun_by`, what begins."""

from collections.abc import Callable

from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.models.decisions import Outcome

BEGINS_WORK = frozenset({Outcome.REFERRAL, Outcome.STRATEGY})
"""Outcomes by which social care begins to work with a child."""

Begin = Callable[[KnownPerson, Contact], object]

_beginners: list[Begin] = []


def begun_by(begin: Begin) -> None:
    """Add what begins the work with a child of a contact that was decided so. Twice begins nothing twice."""
    if begin not in _beginners:
        _beginners.append(begin)


def begin_work(contact: Contact) -> None:
    """Begin the work with each child of a contact that somebody has matched, if its decision says so.

    Call it in the transaction of the decision, and of a match made after it.
    """
    decision = contact.recommendations.filter(decided_at__isnull=False).exclude(decided_outcome="")
    latest = decision.order_by("-decided_at").first()
    if latest is None or latest.decided_outcome not in BEGINS_WORK:
        return
    for child in contact.children.filter(person__isnull=False).select_related("person"):
        for begin in _beginners:
            if child.person is not None:
                begin(child.person, contact)
