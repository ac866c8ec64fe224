"""Children and families: who is known, where they live, who is who to whom; whose record is restricted."""

from sightline.service.children.models.known import (
    Address,
    Alias,
    Involvement,
    KnownPerson,
    NameKey,
    Relationship,
    Residence,
)
from sightline.service.children.models.matches import CarriedRow, Merge, PossibleMatch
from sightline.service.children.models.restricted import BrokenGlass, OpeningTime, RestrictedChild

__all__ = [
    "Address",
    "Alias",
    "BrokenGlass",
    "CarriedRow",
    "Involvement",
    "KnownPerson",
    "Merge",
    "NameKey",
    "OpeningTime",
    "PossibleMatch",
    "Relationship",
    "Residence",
    "RestrictedChild",
]
