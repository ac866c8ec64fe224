"""Child in need plans: begun, reviewed, and ended by stepping down or up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.access import cases_of_child
from sightline.service.protection.actions.steps import (
    move,
    need_begin,
    need_step,
    need_text,
    write,
)
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import (
    ChildInNeedPlan,
    NeedReview,
    ProtectionPlan,
    Referral,
)
from sightline.service.protection.states import NEED_PLAN

STEPS_TO = (
    (stepping.EARLY_HELP, "Early help"),
    (stepping.UNIVERSAL, "Universal services"),
    (stepping.CARE, "Care"),
    (stepping.OTHER, "Something else"),
)
"""To what a child steps from a child in need plan; to a child protection plan only by a conference."""
STEPS_FROM = (
    (stepping.EARLY_HELP, "Early help: the child steps up"),
    (stepping.CARE, "Care: the child steps down"),
)
"""From what a child may step to a child in need plan that a worker begins."""


def begin_need_plan(
    referral: Referral, starts: date, texts: Mapping[str, str], *, by: Person
) -> ChildInNeedPlan:
    """Begin a plan after an assessment that was authorised; its first review waits, due by its clock."""
    if starts > timezone.localdate():
        raise IncompleteError("The day must not be after today", "starts")
    need_text(texts.get("needs", ""), "Write what the child needs", "needs")
    need_text(texts.get("goals", ""), "Write what must change", "goals")
    if texts.get("stepped_from", "") not in ("", *dict(STEPS_FROM)):
        raise IncompleteError("Select from what the child steps", "stepped_from")
    with transaction.atomic():
        need_begin(NEED_PLAN, "begin need plan", referral, by)
        if ProtectionPlan.objects.filter(
            referral__in=cases_of_child(referral).values("pk"), ends=None
        ).exists():
            raise StepError(
                "A child protection plan is open: it comes before. Nothing was changed."
            )
        if not referral.assessments.exclude(authorised_at=None).exists():
            raise IncompleteError("First an assessment has to be authorised.")
        need_after_last(
            referral,
            starts,
            "The child in need plan before ended on {last:%-d %B %Y}: the day must be after it",
            "starts",
        )
        last = referral.plans.aggregate(last=Max("ends"))["last"]
        if starts < max(filter(None, (last, timezone.localdate(referral.received_at)))):
            raise IncompleteError(
                "The day must not be before the case was received, nor within a child protection plan",
                "starts",
            )
        return begin_in(referral, starts, **texts)


ENDED_THAT_DAY = (
    "A child in need plan ended on {last:%-d %B %Y}, and another begins after that day: choose something "
    "else here, and begin the plan in the case from the day after"
)
"""Said where something else would begin a plan on a day that an earlier one has."""


def need_after_last(referral: Referral, starts: date, said: str, field: str) -> None:
    """Go on only for a day after every such plan of the child: one day in two is overlap to the census."""
    plans = ChildInNeedPlan.objects.filter(referral__in=cases_of_child(referral).values("pk"))
    last = plans.aggregate(last=Max("ends"))["last"]
    if last and starts <= last:
        raise IncompleteError(said.format(last=last), field)


def begin_in(referral: Referral, starts: date, **texts: str) -> ChildInNeedPlan:
    """Begin a plan and have its review wait; `StepError` where one is open. Within a transaction."""
    try:
        with transaction.atomic():
            plan = ChildInNeedPlan.objects.create(referral=referral, starts=starts, **texts)
    except IntegrityError:
        raise StepError("A child in need plan is open already. Nothing was changed.") from None
    NeedReview.objects.create(plan=plan, due_on=due_day("CINR", starts) or starts)
    return plan


def step_up(referral: Referral, day: date, why: str) -> str:
    """End the plan of the child that is open, in whichever case, as a child protection plan takes its place;
    within a transaction.

    Give from what the child steps up, for `stepped_from`; empty where no plan was open.
    """
    stepped_from = ""
    cases = cases_of_child(referral).values("pk")
    for plan in ChildInNeedPlan.objects.filter(referral__in=cases, ends=None):
        ChildInNeedPlan.objects.filter(pk=plan.pk).update(
            ends=max(day, plan.starts),
            # What was said in one case is not told in another, which may be parted again.
            ended_because=why if plan.referral_id == referral.pk else TOOK_ITS_PLACE,
            stepped_to=stepping.PROTECTION_PLAN,
            version=F("version") + 1,
        )
        leave_rest(plan.reviews, max(day, plan.starts))
        stepped_from = stepping.NEED_PLAN
    return stepped_from


TOOK_ITS_PLACE = "A child protection plan took its place."
"""Why a plan ended, where the conference was of another case of the child."""


def write_need_plan(
    plan: ChildInNeedPlan, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change a plan's text; `ConflictError` where another did meanwhile."""
    write("write need plan", plan, by, version, changes)


def hold_need_review(
    review: NeedReview, *, held_on: date, decision: str, late_because: str = "", by: Person
) -> None:
    """Put a review on record; the next waits, due by its clock. One that was held before another on record is
    put there beside the one that waits.
    """
    need_text(decision, "Write what was decided, and why", "decision")
    if not review.plan.starts <= held_on <= timezone.localdate():
        raise IncompleteError("The day must be within the plan, and not after today", "held_on")
    with transaction.atomic(), because(decision):
        # Locked, so that it does not end meanwhile.
        plan = ChildInNeedPlan.objects.select_for_update().get(pk=review.plan_id)
        if plan.ends is not None:
            raise StepError("This plan has ended. Nothing was changed.")
        forgotten = due_of_forgotten(plan, plan.reviews, held_on, ("CINR", "CINR"), "review")
        said = {
            "decision": decision,
            **held_in_time(forgotten or review.due_on, held_on, late_because, "review"),
        }
        if forgotten:
            need_step("hold need review", plan.reviews.get(pk=review.pk), by)
            NeedReview.objects.create(plan=plan, due_on=forgotten, **said)
        else:
            move("hold need review", review, by, **said)
            NeedReview.objects.create(plan=plan, due_on=due_day("CINR", held_on) or held_on)


def due_of_forgotten(
    plan: Any, meetings: Any, held_on: date, codes: tuple[str, str], what: str
) -> date | None:
    """Give when a meeting was due that was held before one on record: by that before it, or as the first.

    None for one after all of them: that is the one that waits. `IncompleteError` for a day on which one is on
    record: two on a day are one recorded twice. The plan is locked.
    """
    held = meetings.filter(held_on__isnull=False)
    if held.filter(held_on=held_on).exists():
        said = (
            f"A {what} of {held_on:%-d %B %Y} is on record. If that day is wrong, correct it first"
        )
        raise IncompleteError(said, "held_on")
    if not held.filter(held_on__gt=held_on).exists():
        return None
    before = held.filter(held_on__lt=held_on).aggregate(last=Max("held_on"))["last"]
    first, following = codes
    return due_day(following if before else first, before or plan.starts) or held_on


def held_in_time(due_on: date, held_on: date, late_because: str, what: str) -> dict[str, Any]:
    """Give the columns of a meeting that was held on a day, with why it was late, where it was."""
    late = held_on > due_on
    if late:
        need_text(late_because, f"The {what} was late: say why", "late_because")
    return {"held_on": held_on, "late_because": late_because if late else ""}


def end_need_plan(
    plan: ChildInNeedPlan, *, ends: date, stepped_to: str, because_of: str, by: Person
) -> None:
    """End a plan, with the reason and to what the child steps; its review that waits goes with it."""
    if stepped_to not in dict(STEPS_TO):
        raise IncompleteError("Select to what the child steps", "stepped_to")
    need_text(because_of, "Say why", "because_of")
    if not plan.starts <= ends <= timezone.localdate():
        raise IncompleteError("The day must be within the plan, and not after today", "ends")
    with transaction.atomic(), because(because_of):
        move(
            "end need plan",
            plan,
            by,
            ends=ends,
            stepped_to=stepped_to,
            ended_because=because_of,
        )
        leave_rest(plan.reviews, ends)


_NOT_HELD = "The plan ended before it was held."


def leave_rest(meetings: Any, ended: date) -> None:
    """Take away the meetings of a plan not held when it ended on a day; those overdue stay, as not held."""
    waits = meetings.filter(held_on=None, not_held_because="")
    waits.filter(due_on__lt=ended).update(not_held_because=_NOT_HELD, version=F("version") + 1)
    waits.delete()


def wait_again(plan: ChildInNeedPlan) -> None:
    """Have the review of a plan that goes on after all wait again, due by its clock."""
    take_up_rest(plan.reviews, _review_due(plan))


def end_anew(plan: ChildInNeedPlan, ends: date, why: str) -> None:
    """Have a plan that has ended have done so on a day, and why; its review that was not held follows."""
    ChildInNeedPlan.objects.filter(pk=plan.pk).update(
        ends=ends, ended_because=why, version=F("version") + 1
    )
    if ends != plan.ends:
        next_due(plan.reviews, _review_due(plan), ends)


def _review_due(plan: ChildInNeedPlan) -> date:
    last = plan.reviews.aggregate(last=Max("held_on"))["last"] or plan.starts
    return due_day("CINR", last) or last


def take_up_rest(meetings: Any, due_on: date) -> None:
    """Have the next meeting of a plan that goes on wait, due on a day: what stayed overdue, or another."""
    left = meetings.filter(held_on=None, not_held_because=_NOT_HELD)
    if not left.update(not_held_because="", due_on=due_on, version=F("version") + 1):
        meetings.create(due_on=due_on)


def next_due(meetings: Any, due_on: date, ended: date | None) -> None:
    """Have the next meeting of a plan be due on a day; once that has ended, be left as by `leave_rest`."""
    rest = meetings.filter(held_on=None, not_held_because="" if ended is None else _NOT_HELD)
    if ended is not None and due_on >= ended:
        rest.delete()
    elif not rest.update(due_on=due_on, version=F("version") + 1) and ended is not None:
        meetings.create(due_on=due_on, not_held_because=_NOT_HELD)


def held_anew(
    plan: Any, meetings: Any, row: Any, held_on: date, late_because: str, what: str
) -> dict[str, Any]:
    """Give what changes where the day of a meeting of a plan is put right, with why it was late by that day.

    `IncompleteError` for a day on which it cannot have been held. The plan is locked.
    """
    was = row.held_on or held_on
    # Where it was recorded late that the plan had ended, one after it is on record: it may come nearer.
    until = max(plan.ends, was) if plan.ends else timezone.localdate()
    if not plan.starts <= held_on <= until:
        raise IncompleteError("The day must be within the plan, and not after today", "held_on")
    # They were made one after another, but for one that was forgotten. Moved back, it stays after those made
    # before it; on, before those made after it: where several stand wrongly, each can be put right, the last
    # first or the first first.
    before, after = Q(pk__lt=row.pk, held_on__gte=held_on), Q(pk__gt=row.pk, held_on__lte=held_on)
    crossed = before & Q(held_on__lte=was) | after & Q(held_on__gte=was)
    if held_on != was and meetings.filter(crossed | Q(held_on=held_on)).exists():
        said = f"Another {what} was held between the two days, or on that day"
        raise IncompleteError(said, "held_on")
    return held_in_time(row.due_on, held_on, late_because, what)


def next_follows(plan: Any, meetings: Any, row: Any, held_on: date, code: str) -> None:
    """Have the next meeting be due by the last that was held, once the day of one was put right; those held
    keep the day by which it was said whether they were late.
    """
    if held_on != row.held_on:
        last = meetings.aggregate(last=Max("held_on"))["last"]
        next_due(meetings, due_day(code, last) or last, plan.ends)
