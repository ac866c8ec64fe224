"""Which children of contacts are fed: those that stand, and one for each contact of which none does.

A contact waits and is late whoever it is about: with its only row set aside it would be in no figure, while
the queue still counts it.
"""

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from sightline.service.frontdoor.models import ContactChild


def children_fed() -> QuerySet[ContactChild]:
    """Give the rows that stand, and those that stand in for a contact without any."""
    return ContactChild.every_row.filter(Q(aside_at=None) | Q(pk__in=stand_ins()))


def stand_ins() -> QuerySet[ContactChild, int]:
    """Give by key the first row of each contact whose every row is set aside."""
    stands = ContactChild.objects.filter(contact=OuterRef("contact"))
    aside = ContactChild.every_row.filter(~Exists(stands)).order_by().values("contact")
    return aside.annotate(first=Min("pk")).values_list("first", flat=True)
