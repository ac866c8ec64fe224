"""Under which number the records have a child: that of the record that stands for the person now."""

from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import roots_of


class Numbers:
    """The numbers of people as of one moment. Only records merged into others are looked up, once for all."""

    def __init__(self) -> None:
        merged = list(KnownPerson.objects.filter(merged_into__isnull=False))
        self._merged = {pk: root.number for pk, root in roots_of(merged).items()}
        self.stands_for = {each.number: self._merged[each.pk] for each in merged}
        """By the number of each record that was merged: that of the record that stands for it."""

    def of(self, pk: int, number: str) -> str:
        """Give the number of a person, by the key and number of the record that a row names."""
        return self._merged.get(pk, number)


def unmatched(contact_number: str, child: int) -> str:
    """Name a child of a contact whom nobody has yet found among those known, or recorded.

    Such a child is counted too: what waits at the front door is about them.
    """
    return f"{contact_number}/{child}"
