"""Where people live."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sightline.service.accounts.models import Locality
from sightline.service.accounts.versions import save_changes
from sightline.service.children import identifiers
from sightline.service.children.matching import propose_matches
from sightline.service.children.models import Address, KnownPerson, Residence


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
    """Record that somebody lives or lived at an address; one that is known already is used again."""
    code = checked_postcode(postcode)
    with transaction.atomic():
        address = _address(lines, code, locality, uprn)
        residence = Residence(person=person, address=address, kind=kind, starts=starts, ends=ends)
        residence.full_clean()
        residence.save()
        propose_matches(person)
    return residence


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
    for each in Address.objects.filter(postcode=postcode, locality=locality, uprn=uprn.strip()):
        if _folded(each.lines) == _folded(plain) and postcode:
            return each
    address = Address(lines=plain, postcode=postcode, locality=locality, uprn=uprn.strip())
    address.full_clean()
    address.save()
    return address


def _folded(lines: str) -> str:
    return "".join(sign for sign in lines.lower() if sign.isalnum())


def change_residence(residence: Residence, version: int, changes: Mapping[str, Any]) -> None:
    """Change in what way and how long somebody lives there; `ConflictError` where another did."""
    with transaction.atomic():
        for name, value in changes.items():
            setattr(residence, name, value)
        residence.full_clean()
        save_changes(residence, version, changes)
