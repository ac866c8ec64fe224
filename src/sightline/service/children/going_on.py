"""What of a restricted child nobody who is named can go on with, from every app: each says so once, with
`stuck_by`. What is hidden from all stands on no list while its clocks run.
"""

from collections.abc import Callable, Iterable, Sequence

from sightline.service.accounts.models import Person
from sightline.service.children.merged import all_of, root_of
from sightline.service.children.models import KnownPerson, RestrictedChild
from sightline.service.children.restrictions import hidden_people

Teller = Callable[[Sequence[KnownPerson], Sequence[Person]], Iterable[str]]
"""Gives a sentence for each, from the records of a child and the people who may know of the child."""

_tellers: list[Teller] = []


def stuck_by(teller: Teller) -> None:
    """Add what says of open work which step none of some people may take."""
    if teller not in _tellers:
        _tellers.append(teller)


def stuck_with(restriction: RestrictedChild) -> list[str]:
    """Say of which open work of a restricted child nobody who is named may take the next steps."""
    child = KnownPerson.objects.filter(number=restriction.child_id).first()
    if child is None:
        return []
    records = all_of(root_of(child))
    own = {each.pk for each in records}
    named = [
        each
        for each in restriction.named.filter(is_active=True)
        if own.isdisjoint(hidden_people(each))  # by another restriction of the same child
    ]
    return [said for tell in _tellers for said in tell(records, named)]
