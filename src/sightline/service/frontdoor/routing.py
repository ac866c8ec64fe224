"""Where a concern about a missing or exploited child goes, and that it is asked again when a contact is.

`answered_by` says who is told, so that what was answered before does not stand for what is feared now.
"""

from collections.abc import Callable

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError
from sightline.service.frontdoor.models import Contact, EarlierRouting

Ask = Callable[[Contact, Person], None]

_answerers: list[Ask] = []


def answered_by(ask_again: Ask) -> None:
    """Add what has an answer to a routed concern no longer stand, as the contact is opened again."""
    if ask_again not in _answerers:
        _answerers.append(ask_again)


def need_routed(contact: Contact) -> None:
    """`IncompleteError` where nobody has found out what is feared, or it is feared and not routed."""
    if contact.missing is None or contact.exploitation is None:
        raise IncompleteError(
            "First find out whether a child is missing and whether exploitation is feared, and say so."
        )
    if contact.is_to_route:
        raise IncompleteError(
            "A child is missing or may be exploited: first route the contact to the complex-safeguarding "
            "team."
        )


def keep_routing(contact: Contact) -> None:
    """Keep how a contact was routed, before it is opened again and routed anew."""
    if contact.routed_at is None or contact.routed_by_id is None:
        return
    EarlierRouting.objects.create(
        contact=contact,
        missing=contact.missing,
        exploitation=contact.exploitation,
        since=contact.waits_since,
        routed_to=contact.routed_to,
        routed_by_id=contact.routed_by_id,
        routed_at=contact.routed_at,
    )


def ask_fears_again(contact: Contact, by: Person) -> dict[str, object]:
    """Give the changes by which a contact that is opened again asks what is feared, and is routed anew.

    What was feared still is until somebody says otherwise, so that no child leaves a list meanwhile.
    """
    keep_routing(contact)
    for ask_again in _answerers:
        ask_again(contact, by)
    return {
        "missing": contact.missing or None,
        "exploitation": contact.exploitation or None,
        "routed_to": "",
        "routed_by": None,
        "routed_at": None,
    }
