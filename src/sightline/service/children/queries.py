"""Which restricted children a person may not know of."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.children.models import BrokenGlass, RestrictedChild


def restricted_now() -> QuerySet[RestrictedChild]:
    """Give the restrictions in force today."""
    today = timezone.localdate()
    return RestrictedChild.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


def hidden_from(person: Person) -> frozenset[str]:
    """Give the numbers of the restricted children that a person may not know of now.

    Those who are named may, and so may whoever broke the glass, until it closes.
    """
    opened = BrokenGlass.objects.filter(person=person, closes_at__gt=timezone.now())
    hidden = restricted_now().exclude(named=person).exclude(pk__in=opened.values("restriction"))
    return frozenset(hidden.values_list("child_id", flat=True))
