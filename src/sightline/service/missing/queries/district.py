"""In which district a child is counted."""

from collections.abc import Sequence

from sightline.service.accounts.models import Locality
from sightline.service.children.models import KnownPerson, Residence


def district_of(records: Sequence[KnownPerson]) -> Locality | None:
    """Give the district in which a child of these records lives now, as far as it is known.

    Where an address is secret its district is not told: the count is on a page that agencies read.
    """
    home = (
        Residence.objects.filter(person__in=records, ends=None)
        .exclude(address__locality=None)
        .exclude(kind=Residence.Kind.SECRET)
        .select_related("address__locality")
        .order_by("-starts", "-pk")
        .first()
    )
    return home.address.locality if home else None
