"""Which contacts about restricted children nobody who is named can go on with."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch

from sightline.service.accounts.models import Person
from sightline.service.children.queries import Named, Said, records_among
from sightline.service.frontdoor.access import is_contact_of, may_authorise, may_take
from sightline.service.frontdoor.models import Contact, Recommendation
from sightline.service.frontdoor.states import OPEN, UNDECIDED


def contacts_stuck(restricted: Sequence[Named]) -> Iterator[Said]:
    """Say of which open contacts nobody who is named may go on with it, or another may not authorise it."""
    waiting = Recommendation.objects.filter(state=Recommendation.State.WAITING)
    found = (
        Contact.objects.filter(state__in=OPEN, children__person__in=records_among(restricted))
        .distinct()
        .select_related("team")
        .prefetch_related("children", Prefetch("recommendations", waiting, to_attr="waiting"))
    )
    contacts = [
        (contact, {child.person_id for child in contact.children.all()})
        for contact in found.order_by("pk")
    ]
    for each in restricted:
        for contact, people in contacts:
            if not each.records.isdisjoint(people):
                for said in _stuck(contact, each.people):
                    yield each.key, said


def _stuck(contact: Any, named: Sequence[Person]) -> Iterator[str]:
    takers = {each.pk for each in named if may_take(each, contact, has=is_contact_of)}
    if not takers:
        yield f"Nobody who is named may go on with contact {contact.number}."
    if contact.state in UNDECIDED:
        makers = {contact.waiting[0].by_id} if contact.waiting else takers
        deciders = {each.pk for each in named if may_authorise(each, contact, has=is_contact_of)}
        # Nobody authorises what they recommend themselves.
        if not deciders or (makers == deciders and len(makers) == 1):
            yield (
                "Nobody who is named may authorise what another recommends of contact "
                f"{contact.number}."
            )
