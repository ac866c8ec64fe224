"""Where people live, and who lives at one address on a day.

An address at which somebody lives who must not be found ("not to be told") is told to nobody but those who
may open the record of one of them, with a warning; it is in no list, no search and no letter.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.service.accounts.keys import among
from sightline.service.children.models import Address, KnownPerson, Residence

SECRET = Residence.Kind.SECRET


def on_day(day: date) -> Q:
    """Give the condition that a residence, relationship or involvement is in force on a day."""
    return (Q(starts=None) | Q(starts__lte=day)) & (Q(ends=None) | Q(ends__gte=day))


def _secret() -> Exists:
    """Give the condition that somebody who must not be found lives or lived at the place of a residence.

    The place counts, not the row: another row of it may have been written without its locality.
    """
    place = {name: OuterRef(name) for name in ("address__postcode", "address__folded")}
    return Exists(Residence.objects.filter(kind=SECRET, **place))


_LATEST = (F("starts").desc(nulls_last=True), "pk")
"""The latest first; one whose beginning nobody knows comes last, on each database."""


def _told() -> QuerySet[Residence]:
    return Residence.objects.exclude(_secret())


def localities_told(
    *, people: Collection[int] | None = None, postcode: str = "", on: date | None = None
) -> QuerySet[Residence]:
    """Give residences that may be told to anybody who may search, the latest first.

    Of these people, or at this postcode, or on a day.
    """
    found = _told().order_by(*_LATEST)
    if people is not None:
        found = found.filter(person__in=people)
    if postcode:
        found = found.filter(address__postcode=postcode).order_by()
    return found.filter(on_day(on)) if on else found


def untold_on(day: date) -> QuerySet[Residence]:
    """Give the residences of a day that must not be told to anybody."""
    return Residence.objects.filter(_secret(), on_day(day))


def localities_of(people: Collection[int], on: date) -> dict[int, str]:
    """Give the locality in which each of some people lives on a day, as `localities_told` does.

    The places that must not be told are few, and read first: asked for with each home, they would be looked
    for among all who live at a place, as at one without a postcode.
    """
    place = ("address__postcode", "address__folded")
    secret = set(Residence.objects.filter(kind=SECRET).order_by().values_list(*place))
    rows = Residence.objects.filter(on_day(on), person__in=among(people)).order_by(*_LATEST)
    told: dict[int, str] = {}
    for person, name, *where in rows.values_list("person", "address__locality__name", *place):
        if tuple(where) not in secret:
            told.setdefault(person, name or "")
    return told


def homes_of(person: KnownPerson) -> list[Residence]:
    """Give where a person lives and lived, the present home first; `secret` says which are not to be told."""
    rows = list(
        Residence.objects.filter(person=person)
        .select_related("address__locality")
        .annotate(secret=_secret())
        .order_by()
    )
    today = timezone.localdate()
    return sorted(
        rows,
        key=lambda row: (
            row.ends is not None and row.ends < today,
            -(row.starts or date.min).toordinal(),
            row.pk,
        ),
    )


def household(address: Address, day: date) -> list[Residence]:
    """Give who lives at an address on a day, by name; those hidden are for the caller to leave out."""
    return list(
        address.residences.filter(on_day(day))
        .select_related("person")
        .order_by("person__last_name", "person__first_names", "pk")
    )
