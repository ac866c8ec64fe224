"""Child in need plans put right: a review that is on record, and an end that was none."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import StepError
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.access import cases_of_child
from sightline.service.protection.actions.correcting import need_last_plan, need_open
from sightline.service.protection.actions.court import corrected
from sightline.service.protection.actions.need import held_anew, next_follows, wait_again
from sightline.service.protection.actions.steps import move, need_step, need_text
from sightline.service.protection.models import ChildInNeedPlan, NeedReview, ProtectionPlan


def correct_need_review(
    review: NeedReview,
    version: int,
    *,
    held_on: date,
    decision: str,
    late_because: str,
    because_of: str,
    by: Person,
) -> None:
    """Correct on which day a review was held and what it decided, and why; the next is due by that day."""
    need_text(decision, "Write what was decided, and why", "decision")
    with transaction.atomic(), because(because_of):
        plan = ChildInNeedPlan.objects.select_for_update().get(pk=review.plan_id)
        changes = held_anew(plan, plan.reviews, review, held_on, late_because, "review")
        said = corrected(because_of, by)
        move("correct need review", review, by, version, decision=decision, **changes, **said)
        next_follows(plan, plan.reviews, review, held_on, "CINR")


def take_back_need_end(plan: ChildInNeedPlan, version: int, reason: str, *, by: Person) -> None:
    """Say that a plan has not ended, and why it was recorded so: it goes on, and its review waits again."""
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        need_step("take back need end", plan, by)
        need_open(plan.referral_id)
        if has_successor(plan):
            raise StepError(
                "A child protection plan took its place: correct the record of the conference."
            )
        need_last_plan(plan)
        move("take back need end", plan, by, version, ends=None, ended_because="", stepped_to="")
        wait_again(plan)


def has_successor(plan: ChildInNeedPlan) -> bool:
    """Whether a child protection plan took the place of one that has ended, and did so in fact: the record of
    its conference may have been corrected since.
    """
    if plan.ends is None or plan.stepped_to != stepping.PROTECTION_PLAN:
        return False
    cases = cases_of_child(plan.referral).values("pk")
    begun = ProtectionPlan.objects.filter(referral__in=cases, starts__lte=plan.ends)
    return begun.filter(Q(ends=None) | Q(ends__gte=plan.ends)).exists()
