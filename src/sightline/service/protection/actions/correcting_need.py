"""Child in need plans put right: a review that is on record, and an end that was none."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.actions.correcting import need_last_plan, need_open
from sightline.service.protection.actions.court import corrected
from sightline.service.protection.actions.need import next_due, wait_again
from sightline.service.protection.actions.steps import move, need_step, need_text
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import ChildInNeedPlan, NeedReview


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
        was = review.held_on or held_on
        # Where it was recorded late that the plan had ended, one after it is on record: it may come nearer.
        until = max(plan.ends, was) if plan.ends else timezone.localdate()
        if not plan.starts <= held_on <= until:
            raise IncompleteError("The day must be within the plan, and not after today", "held_on")
        others = plan.reviews.exclude(pk=review.pk).filter(held_on__isnull=False)
        if others.filter(held_on__range=(min(was, held_on), max(was, held_on))).exists():
            raise IncompleteError("Another review was held between the two days", "held_on")
        late = held_on > review.due_on
        if late:
            need_text(late_because, "The review was late: say why", "late_because")
        move(
            "correct need review",
            review,
            by,
            version,
            held_on=held_on,
            decision=decision,
            late_because=late_because if late else "",
            **corrected(because_of, by),
        )
        # One that was held since keeps its day, by which it was said whether it was late.
        if not others.filter(held_on__gt=held_on).exists():
            next_due(plan.reviews, due_day("CINR", held_on) or held_on, plan.ends)


def take_back_need_end(plan: ChildInNeedPlan, version: int, reason: str, *, by: Person) -> None:
    """Say that a plan has not ended, and why it was recorded so: it goes on, and its review waits again."""
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        need_step("take back need end", plan, by)
        need_open(plan.referral_id)
        if plan.stepped_to == stepping.PROTECTION_PLAN:
            raise StepError(
                "A child protection plan took its place: correct the record of the conference."
            )
        need_last_plan(plan)
        move("take back need end", plan, by, version, ends=None, ended_because="", stepped_to="")
        wait_again(plan)
