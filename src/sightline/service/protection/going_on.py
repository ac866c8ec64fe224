"""Which open cases of a restricted child nobody who is named can go on with."""

from collections.abc import Iterator, Sequence

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import AUTHORISE_WORK
from sightline.service.children.models import KnownPerson
from sightline.service.protection.access import cases_of, worker_of
from sightline.service.protection.models import Referral


def cases_stuck(records: Sequence[KnownPerson], named: Sequence[Person]) -> Iterator[str]:
    """Say of the open case whether nobody who is named is its worker, or another may authorise its work."""
    for case in Referral.objects.filter(child__in=records).exclude(state=Referral.State.CLOSED):
        worker = worker_of(case)
        if worker not in named:
            yield "Nobody who is named is the worker of the child’s open case."
        if not any(
            each != worker
            and each.registration
            and cases_of(each, AUTHORISE_WORK).filter(pk=case.pk).exists()
            for each in named
        ):
            yield "Nobody who is named may authorise work in the child’s open case."
