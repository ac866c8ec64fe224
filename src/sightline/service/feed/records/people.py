"""Children: those whom casework tells something of, and those nobody has found among the known yet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sightline.service.children.models import KnownPerson, Residence
from sightline.service.children.queries import localities_told, untold_on
from sightline.service.feed.records.numbers import Numbers, unmatched
from sightline.service.feed.records.standing import children_fed
from sightline.service.feed.records.values import CHUNK, Row, answer, day, flag
from sightline.service.frontdoor.models import ContactChild
from sightline.service.missing.models import MissingEpisode
from sightline.service.protection.models import Referral

_NO_DISABILITY = "NONE"


def children(numbers: Numbers) -> Iterator[Row]:
    """Give each child once, by the record that stands for them now, with the home that may be told."""
    homes = _homes()
    untold = set(untold_on(timezone.localdate()).values_list("person", flat=True))
    fields = (
        *("pk", "number", "upn", "nhs_number", "born", "expected", "died", "sex", "ethnicity"),
        "disabled",
    )
    for pk, number, upn, nhs, born, expected, died, sex, ethnicity, disabled in _told_of(*fields):
        postcode, uprn = homes.pop(pk, ("", ""))
        # Another place that says neither would let an older return tell the home that was left.
        hidden = pk in untold and not (postcode or uprn)
        yield {
            "child_id": number,
            "upn": upn,
            "nhs_number": nhs,
            "birth_date": day(born),
            "expected_birth_date": None if born else day(expected),
            "death_date": day(died),
            "sex": sex,
            "ethnicity": ethnicity,
            "disabled": answer(disabled),
            "postcode": postcode,
            "address_reference": uprn,
            "home_untold": flag(hidden or None),
        }
    nobody = children_fed().filter(person=None).order_by("pk")
    for pk, number, born, expected, postcode in nobody.values_list(
        "pk", "contact__number", "born", "expected", "postcode"
    ).iterator(CHUNK):
        yield {
            "child_id": unmatched(number, pk),
            "birth_date": day(born),
            "expected_birth_date": None if born else day(expected),
            "postcode": postcode,
        }


def disabilities(numbers: Numbers) -> Iterator[Row]:
    """Give each disability of each child; that there is none is said too."""
    for number, disabled, codes in _told_of("number", "disabled", "disabilities"):
        for code in codes.split() or ([_NO_DISABILITY] if disabled == "no" else []):
            yield {"child_id": number, "disability": code}


def merged_numbers(numbers: Numbers) -> Iterator[Row]:
    """Give each number that stands for the child of another, under which a census may still have rows."""
    for number, root in sorted(numbers.stands_for.items()):
        yield {"number": number, "stands_for": root}


def _told_of(*fields: str) -> Iterator[tuple[Any, ...]]:
    """Give these fields of everybody of whom there is a contact, a case or a time missing."""
    rows = [
        Exists(ContactChild.objects.filter(person=OuterRef("pk"))),
        Exists(Referral.objects.filter(child=OuterRef("pk"))),
        Exists(MissingEpisode.objects.filter(child=OuterRef("pk"), aside_at=None)),
    ]
    told = Q(rows[0]) | Q(rows[1]) | Q(rows[2])
    found = KnownPerson.objects.filter(told, merged_into=None).order_by("pk")
    return found.values_list(*fields).iterator(CHUNK)


def _homes() -> dict[int, tuple[str, str]]:
    """Give where each person lives today, a home before other places; none that must not be told."""
    found: dict[int, tuple[str, str]] = {}
    homes: set[int] = set()
    told = localities_told(on=timezone.localdate()).values_list(
        "person", "kind", "address__postcode", "address__uprn"
    )
    for person, kind, postcode, uprn in told.iterator(CHUNK):
        is_home = kind == Residence.Kind.HOME
        if person not in found or (is_home and person not in homes):
            found[person] = (postcode, uprn)
        if is_home:
            homes.add(person)
    return found
