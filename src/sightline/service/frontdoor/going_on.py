"""Which contacts about a restricted child nobody who is named can go on with."""

from collections.abc import Iterator, Sequence

from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.access import may_authorise, may_take
from sightline.service.frontdoor.models import Contact, Recommendation
from sightline.service.frontdoor.states import OPEN, UNDECIDED


def contacts_stuck(records: Sequence[KnownPerson], named: Sequence[Person]) -> Iterator[str]:
    """Say of which open contacts nobody who is named may go on with it, or another may not authorise it."""
    found = Contact.objects.filter(state__in=OPEN, children__person__in=records).distinct()
    for contact in found.order_by("pk"):
        takers = {each.pk for each in named if may_take(each, contact)}
        if not takers:
            yield f"Nobody who is named may go on with contact {contact.number}."
        if contact.state in UNDECIDED:
            waiting = contact.recommendations.filter(state=Recommendation.State.WAITING).first()
            makers = {waiting.by_id} if waiting else takers
            deciders = {each.pk for each in named if may_authorise(each, contact)}
            # Nobody authorises what they recommend themselves.
            if not deciders or (makers == deciders and len(makers) == 1):
                yield (
                    "Nobody who is named may authorise what another recommends of contact "
                    f"{contact.number}."
                )
