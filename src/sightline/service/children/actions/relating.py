"""Who is who to whom, and which agencies work with somebody."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from sightline.service.accounts.versions import save_changes
from sightline.service.children.models import Involvement, KnownPerson, Relationship

SAID_ALREADY = "This is recorded already."


def relate(person: KnownPerson, other: KnownPerson, *, kind: str, **more: Any) -> Relationship:
    """Record what `other` is to `person`; one row is read in both directions.

    `ValidationError` where it is recorded already, in either direction for what is the same both ways.
    """
    row = Relationship(person=person, other=other, kind=kind, **more)
    with transaction.atomic():
        # Locked in one order, so that of two at once the second finds the first's row.
        list(
            KnownPerson.objects.select_for_update()
            .filter(pk__in=[person.pk, other.pk])
            .order_by("pk")
        )
        _refuse_twice(row)
        row.full_clean()
        row.save()
    return row


_BOTH_WAYS = frozenset({"sibling", "half_sibling", "partner"})


def _refuse_twice(row: Relationship) -> None:
    same = Q(person=row.person_id, other=row.other_id)
    if row.kind in _BOTH_WAYS:
        same |= Q(person=row.other_id, other=row.person_id)
    found = Relationship.objects.filter(same, kind=row.kind, ends=None).exclude(pk=row.pk)
    if row.ends is None and found.exists():
        raise ValidationError({"kind": SAID_ALREADY})


def change_relationship(row: Relationship, version: int, changes: Mapping[str, Any]) -> None:
    """Change a relationship, or when it ended; `ConflictError` where another did meanwhile."""
    _change(row, version, changes)


def involve_agency(person: KnownPerson, **known: Any) -> Involvement:
    """Record that a professional of an agency works with somebody."""
    row = Involvement(person=person, **known)
    with transaction.atomic():
        row.full_clean()
        row.save()
    return row


def change_involvement(row: Involvement, version: int, changes: Mapping[str, Any]) -> None:
    """Change an involvement, or when it ended; `ConflictError` where another did meanwhile."""
    _change(row, version, changes)


def _change(row: Relationship | Involvement, version: int, changes: Mapping[str, Any]) -> None:
    with transaction.atomic():
        for name, value in changes.items():
            setattr(row, name, value)
        if isinstance(row, Relationship):
            _refuse_twice(row)
        row.full_clean()
        if row.starts and row.ends and row.ends < row.starts:
            raise ValidationError({"ends": "It ends before it began"})
        save_changes(row, version, changes)
