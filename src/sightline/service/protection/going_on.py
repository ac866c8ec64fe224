"""Which open cases of restricted children nobody who is named can go on with."""

from collections.abc import Iterator, Sequence

from sightline.service.accounts.policies import AUTHORISE_WORK
from sightline.service.children.queries import Named, Said, records_among
from sightline.service.protection.access import held_cases_of


def cases_stuck(restricted: Sequence[Named]) -> Iterator[Said]:
    """Say of an open case whether nobody who is named is its worker, or another may authorise its work."""
    cases = held_cases_of(records_among(restricted))
    for each in restricted:
        for case in cases:
            if case.referral.child_id not in each.records:
                continue
            if case.worker not in each.people:
                yield each.key, "Nobody who is named is the worker of the child’s open case."
            if not any(
                person != case.worker and person.registration and case.is_of(person, AUTHORISE_WORK)
                for person in each.people
            ):
                yield each.key, "Nobody who is named may authorise work in the child’s open case."
