"""Who is who to whom, read in both directions from one row."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from sightline.service.children.merged import roots_of
from sightline.service.children.models import KnownPerson, Relationship
from sightline.service.children.words import span

Kind = Relationship.Kind

_TURNED: dict[str, tuple[str, str, str]] = {
    Kind.MOTHER: ("Daughter", "Son", "Child"),
    Kind.FATHER: ("Daughter", "Son", "Child"),
    Kind.STEP_PARENT: ("Step-daughter", "Step-son", "Step-child"),
    Kind.PARTNER_OF_PARENT: ("Daughter of a partner", "Son of a partner", "Child of a partner"),
    Kind.SIBLING: ("Sister", "Brother", "Brother or sister"),
    Kind.HALF_SIBLING: ("Half-sister", "Half-brother", "Half-brother or half-sister"),
    Kind.GRANDPARENT: ("Granddaughter", "Grandson", "Grandchild"),
    Kind.AUNT_OR_UNCLE: ("Niece", "Nephew", "Niece or nephew"),
    Kind.CARER: ("Cared for by them",) * 3,
    Kind.PARTNER: ("Partner",) * 3,
    Kind.OTHER: ("Other",) * 3,
}
"""What the one is to the other where the row says what the other is to the one: of a girl, a boy, unknown."""
_SEXED: dict[str, tuple[str, str]] = {
    Kind.SIBLING: ("Sister", "Brother"),
    Kind.HALF_SIBLING: ("Half-sister", "Half-brother"),
    Kind.GRANDPARENT: ("Grandmother", "Grandfather"),
    Kind.AUNT_OR_UNCLE: ("Aunt", "Uncle"),
}


@dataclass(frozen=True)
class Relative:
    """Somebody related: who, what they are to the person in a word, the row, and whether it is over."""

    person: KnownPerson
    what: str
    row: Relationship
    over: bool

    @property
    def when(self) -> str:
        """From when until when; empty where neither is known."""
        return span(self.row.starts, self.row.ends) if self.row.starts or self.row.ends else ""


def said(kind: str, sex: str, *, turned: bool) -> str:
    """Say what somebody of this sex is to the person; `turned` where the row says it the other way round."""
    at = {"F": 0, "M": 1}.get(sex, 2)
    if turned:
        return _TURNED[kind][at]
    return _SEXED[kind][at] if kind in _SEXED and at < 2 else str(Kind(kind).label)


def relatives_of(person: KnownPerson, hidden: frozenset[int]) -> list[Relative]:
    """Give those related to a person, without the hidden; those now related first."""
    today = timezone.localdate()
    about = Relationship.objects.filter(Q(person=person) | Q(other=person))
    rows = about.select_related("person", "other").order_by()
    roots = roots_of(end for row in rows for end in (row.person, row.other))
    found = []
    for row in rows:
        turned = row.other_id == person.pk
        other = roots[row.person_id if turned else row.other_id]
        if other.pk in hidden or other.pk == person.pk:
            continue
        over = row.ends is not None and row.ends < today
        found.append(Relative(other, said(row.kind, other.sex, turned=turned), row, over))
    order = list(Kind)
    return sorted(
        found,
        key=lambda each: (
            each.over,
            order.index(Kind(each.row.kind)),
            each.person.name,
            each.row.pk,
        ),
    )
