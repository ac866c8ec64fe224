"""Who has a case: given to a worker, and to another with the reason."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.policies import OPEN_CHILDREN, WORK_CASES
from sightline.service.accounts.queries import holders
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.access import case_of
from sightline.service.protection.actions.steps import write
from sightline.service.protection.models import Allocation, Referral

WORKERS = ("social_worker", "team_manager")
"""Roles of those who may have a case."""


def allocate(
    referral: Referral,
    version: int,
    *,
    worker: Person,
    team: Team | None,
    why_changed: str = "",
    by: Person,
) -> Allocation:
    """Give a case to a worker, who has it from now on; whoever had it no longer does.

    Refused where the worker could not open it, as then nobody would have it. `why_changed` is a code of
    `worker_change`, and needed where another had it. `ConflictError` where another manager changed the
    referral meanwhile.
    """
    if not holders(WORKERS).filter(pk=worker.pk).exists():
        raise IncompleteError("Only a social worker or team manager can have a case", "worker")
    now = timezone.now()
    try:
        with transaction.atomic(), because(why_changed):
            write("allocate", referral, by, version, {"team": team or referral.team})
            last = referral.allocations.filter(ends_at=None).first()
            if last is not None:
                if last.worker_id == worker.pk:
                    raise IncompleteError(f"{worker} has this case already", "worker")
                if not why_changed:
                    raise IncompleteError("Select why it changes hands", "why_changed")
                last.ends_at, last.why_changed = now, why_changed
                last.save(update_fields=["ends_at", "why_changed"])
            made = Allocation.objects.create(
                referral=referral, worker=worker, team=team or referral.team, starts_at=now, by=by
            )
            _need_open_to(worker, Referral.objects.get(pk=referral.pk))
            return made
    except IntegrityError:
        raise StepError("Another manager gave this case to somebody meanwhile.") from None


def _need_open_to(worker: Person, referral: Referral) -> None:
    if referral.team is None and referral.locality is None:
        raise IncompleteError("Choose the team, or no manager will see the case", "team")
    case = case_of(worker, referral)
    if not all(case.lets(worker, each) for each in (WORK_CASES, OPEN_CHILDREN)):
        raise IncompleteError(
            f"{worker} could not open this case: choose their team too, have them named for the record if it "
            "is restricted, or have an administrator enter their name in the records",
            "worker",
        )
