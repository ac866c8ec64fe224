"""In which district a child is counted."""

from collections.abc import Sequence

from django.utils import timezone

from sightline.service.accounts.models import Locality
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import localities_told


def district_of(records: Sequence[KnownPerson]) -> Locality | None:
    """Give the district in which a child of these records lives today, as far as it is known.

    Where an address is secret its district is not told: the count is on a page that agencies read.
    """
    home = (
        localities_told(people=[each.pk for each in records], on=timezone.localdate())
        .exclude(address__locality=None)
        .select_related("address__locality")
        .first()
    )
    return home.address.locality if home else None
