"""Where people live."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from sightline.service.accounts.models import Locality
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.children import identifiers
from sightline.service.children.matching import propose_matches
from sightline.service.children.models import Address, KnownPerson, Residence
from sightline.service.children.models.known import folded


def record_residence(
    person: KnownPerson,
    *,
    lines: str,
    postcode: str,
    locality: Locality | None,
    kind: str,
    starts: date | None,
    ends: date | None = None,
    uprn: str = "",
) -> Residence:
    """Record that somebody lives or lived at an address; one that is known already is used again.

    `ValidationError` where it is recorded already that they live there from that day.
    """
    code = checked_postcode(postcode)
    with transaction.atomic():
        # Locked, so that of two at once the second finds the first's row.
        KnownPerson.objects.select_for_update().get(pk=person.pk)
        address = _address(lines, code, locality, uprn)
        _refuse_twice(person, address, starts, ends)
        residence = Residence(person=person, address=address, kind=kind, starts=starts, ends=ends)
        residence.full_clean()
        residence.save()
        propose_matches(person)
    return residence


RECORDED_ALREADY = "This address is recorded already, from the same day."


def _refuse_twice(
    person: KnownPerson, address: Address, starts: date | None, ends: date | None
) -> None:
    """Refuse the same place from the same day; of a day nobody knows, only until the same day too.

    Without a postcode the same words are the same place in the same locality alone.
    """
    same = Residence.objects.filter(
        person=person,
        starts=starts,
        address__postcode=address.postcode,
        address__folded=address.folded,
    )
    if not address.postcode:
        same = same.filter(address__locality=address.locality_id)
    if (same if starts else same.filter(ends=ends)).exists():
        raise ValidationError({"lines": RECORDED_ALREADY})


def checked_postcode(text: str) -> str:
    """Give a postcode as it is kept, empty where it is not known; `ValidationError` where it is none."""
    try:
        return identifiers.postcode(text) if text.strip() else ""
    except ValueError as error:
        raise ValidationError({"postcode": str(error)}) from None


def _address(lines: str, postcode: str, locality: Locality | None, uprn: str) -> Address:
    plain = "\n".join(line.strip() for line in lines.splitlines() if line.strip())
    if not plain:
        raise ValidationError({"lines": "Enter the address"})
    address = Address(lines=plain, postcode=postcode, locality=locality, uprn=uprn.strip())
    address.full_clean()
    known = _known(address)
    if known is None:
        address.save()
        return address
    return known


def _known(address: Address) -> Address | None:
    """Give the row of a place that is recorded, with what is said of it now and was not known; None if none.

    One that says otherwise in which locality it lies is left as it is.
    """
    if not address.postcode:
        return None  # there is a High Street in every town
    for each in Address.objects.filter(postcode=address.postcode, folded=folded(address.lines)):
        if _agree(each.locality_id, address.locality_id) and _agree(each.uprn, address.uprn):
            learnt = {
                name: getattr(address, name)
                for name in ("locality_id", "uprn")
                if getattr(address, name) and not getattr(each, name)
            }
            if learnt:
                Address.objects.filter(pk=each.pk).update(**learnt, version=F("version") + 1)
                each.refresh_from_db()
            return each
    return None


def _agree(one: object, other: object) -> bool:
    return not one or not other or one == other


def change_residence(
    residence: Residence, version: int, changes: Mapping[str, Any], *, why: str = ""
) -> None:
    """Change in what way and how long somebody lives there; `ConflictError` where another did.

    An address that was not to be told is told again only with the reason, which is on record.
    """
    kept, why = Residence.Kind.SECRET, why.strip()
    told_again = residence.kind == kept and changes.get("kind", kept) != kept
    if told_again and not why:
        raise ValidationError({"why": "Say why the address may be told again"})
    with transaction.atomic(), because(why) if why else nullcontext():
        for name, value in changes.items():
            setattr(residence, name, value)
        residence.full_clean()
        save_changes(residence, version, changes)
