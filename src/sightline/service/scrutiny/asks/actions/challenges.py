"""The challenge log: challenges of one body to another, with numbers of their own for each committee."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.scrutiny.asks.actions.steps import NotYoursError
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import Challenge, Committee

_TRIES = 20


def make_challenge(
    committee: Committee, said: Mapping[str, Any], *, by: Person | None
) -> Challenge:
    """Enter a challenge under the next number of the committee."""
    _need_keeper(by, committee)
    for _ in range(_TRIES):
        last = committee.challenges.aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return Challenge.objects.create(committee=committee, number=last + 1, **said)
        except IntegrityError:
            # Another took the number at this moment.
            if not committee.challenges.filter(number=last + 1).exists():
                raise
    raise ValidationError("The challenge could not be given a number. Try again.")


def change_challenge(
    challenge: Challenge, version: int, changes: Mapping[str, Any], *, by: Person | None
) -> None:
    """Change a challenge: the response, how it ended. One that has ended has a day, and a response.

    `ValidationError` where it ended in a change or an explanation that is not there.
    """
    _need_keeper(by, challenge.committee)
    changed = dict(changes)
    outcome = changed.get("outcome", challenge.outcome)
    open_again = outcome in (Challenge.Outcome.OPEN, Challenge.Outcome.ESCALATED)
    answered = outcome in (Challenge.Outcome.CHANGED, Challenge.Outcome.EXPLAINED)
    if answered and not str(changed.get("response", challenge.response)).strip():
        raise ValidationError({"response": "Give the response it ended with."})
    if open_again:
        changed["ended_on"] = None
    elif not changed.get("ended_on", challenge.ended_on):
        changed["ended_on"] = timezone.localdate()
    with transaction.atomic():
        save_changes(challenge, version, changed)
        challenge.refresh_from_db()


def _need_keeper(by: Person | None, committee: Committee) -> None:
    if by is not None and not may_keep(by, committee):
        raise NotYoursError("The challenge log is kept by whoever keeps the committee.")
