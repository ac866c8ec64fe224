"""Who has parental responsibility for a child, so that a letter goes to them; and what a letter may tell."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson, Relationship
from sightline.service.children.models.known import YesNo
from sightline.service.children.queries import all_of, hidden_people, homes_of, on_day, roots_of

_Kind = Relationship.Kind


@dataclass(frozen=True)
class Parent:
    """Somebody to whom a letter may go: what they are to the child, and whether it is known that they have
    parental responsibility.
    """

    person: KnownPerson
    what: str
    is_known: bool

    @property
    def words(self) -> str:
        """Who it is, in words."""
        unknown = "" if self.is_known else "; not known whether with parental responsibility"
        return f"{self.person.name} ({self.what.lower()}{unknown})"


def parents_of(child: KnownPerson, by: Person) -> list[Parent]:
    """Give who has parental responsibility now, and mother and father of whom that is not known.

    Without who has died, and those whose records are hidden from whoever asks.
    """
    has, unknown = YesNo.YES, YesNo.UNKNOWN
    rows = Relationship.objects.filter(
        Q(parental_responsibility=has)
        | Q(parental_responsibility=unknown, kind__in=(_Kind.MOTHER, _Kind.FATHER)),
        on_day(timezone.localdate()),
        person__in=all_of(child),
    ).select_related("other")
    roots, hidden = roots_of(each.other for each in rows), hidden_people(by)
    found = {
        root.pk: Parent(root, str(each.get_kind_display()), each.parental_responsibility == has)
        for each in rows
        for root in [roots[each.other_id]]
        if root.died is None and hidden.isdisjoint({root.pk, each.other_id})
    }
    return list(found.values())


def place_is_secret(child: KnownPerson, to: KnownPerson | None = None) -> bool:
    """Whether a letter to somebody must not tell where the child may live, not even by the name of a team;
    or, of nobody named, what any of the family may be given.

    So it is where a home of the child is not to be told, or they must not have contact with the child.
    """
    today, records = timezone.localdate(), all_of(child)
    homes = (home for each in records for home in homes_of(each))
    if any(home.secret and (home.ends is None or home.ends >= today) for home in homes):  # type: ignore[attr-defined]
        return True
    between = Q(person__in=records) | Q(other__in=records)
    if to is not None:
        theirs = all_of(to)
        between = Q(person__in=records, other__in=theirs) | Q(person__in=theirs, other__in=records)
    return Relationship.objects.filter(between, on_day(today), no_contact=True).exists()
