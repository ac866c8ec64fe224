"""A contact is opened again: what came of its concern before does not answer what is feared now."""

from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.models import ConcernAnswer


def ask_again(contact: Contact, by: Person) -> None:
    """Have no answer to a concern stand any longer; each stays on record. In the transaction of opening."""
    standing = ConcernAnswer.objects.filter(contact=contact, aside_at=None)
    standing.update(aside_at=timezone.now(), aside_because=ConcernAnswer.ASKED_AGAIN, aside_by=by)
