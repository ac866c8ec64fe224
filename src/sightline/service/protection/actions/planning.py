"""Child protection plans while they run: their text, their actions, their core groups."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.children.queries import root_of
from sightline.service.protection import stepping
from sightline.service.protection.actions.conferring import close_rest, need_unworked
from sightline.service.protection.actions.court import corrected
from sightline.service.protection.actions.need import (
    due_of_forgotten,
    held_anew,
    held_in_time,
    next_follows,
)
from sightline.service.protection.actions.steps import move, need_step, need_text, write
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import CoreGroup, PlanAction, ProtectionPlan

WITHOUT_CONFERENCE = (
    ("died", "The child has died"),
    ("moved", "The child has moved for good, and the other authority has taken over"),
    ("care", "The child has come into care, and a conference has not to be held"),
    ("adult", "The young person is 18"),
)
"""The only reasons for which a plan ends without a conference."""
_ON_ITS_DAY = ("died", "adult")


def write_plan(
    plan: ProtectionPlan, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change a plan's text; `ConflictError` where another did meanwhile."""
    write("write plan", plan, by, version, changes)


def add_action(
    plan: ProtectionPlan, *, what: str, who: str, due: date | None, by: Person
) -> PlanAction:
    """Add what somebody does under a plan, by when."""
    need_text(what, "Write what is to be done", "what")
    need_text(who, "Say who does it", "who")
    with transaction.atomic():
        need_step("add action", plan, by)
        # Locked, so that of the same sent twice the second is seen to be that.
        ProtectionPlan.objects.select_for_update().get(pk=plan.pk)
        if plan.actions.filter(what=what, who=who, by=due, done_on=None).exists():
            raise StepError("This action is on the plan already. Nothing was changed.")
        return PlanAction.objects.create(plan=plan, what=what, who=who, by=due)


def note_action(
    action: PlanAction, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change an action, or say that it is done and with what result; `ConflictError` where another did."""
    done_on = changes.get("done_on")
    if done_on and done_on > timezone.localdate():
        raise IncompleteError("The day must not be after today", "done_on")
    with transaction.atomic():
        need_step("note action", action.plan, by)
        save_changes(action, version, changes)


def hold_core_group(
    group: CoreGroup,
    *,
    held_on: date,
    present: str,
    progress: str,
    child_view: str,
    parent_view: str,
    late_because: str = "",
    by: Person,
) -> None:
    """Put a core group on record; the next waits, due by its clock (CORE-NEXT). One that was held before
    another on record is put there beside the one that waits.
    """
    need_text(present, "Say who came", "present")
    need_text(progress, "Write what is better and what is not", "progress")
    need_text(child_view, "Write what the child says; where it is not known, say so", "child_view")
    need_text(
        parent_view, "Write what the parents say; where it is not known, say so", "parent_view"
    )
    if not group.plan.starts <= held_on <= timezone.localdate():
        raise IncompleteError("The day must be within the plan, and not after today", "held_on")
    with transaction.atomic():
        # Locked, so that it does not end meanwhile.
        plan = ProtectionPlan.objects.select_for_update().get(pk=group.plan_id)
        if plan.ends is not None:
            raise StepError("This plan has ended. Nothing was changed.")
        codes = ("CORE-10", "CORE-NEXT")
        forgotten = due_of_forgotten(plan, plan.core_groups, held_on, codes, "core group")
        said = {
            "present": present,
            "progress": progress,
            "child_view": child_view,
            "parent_view": parent_view,
            **held_in_time(forgotten or group.due_on, held_on, late_because, "core group"),
        }
        if forgotten:
            need_step("hold core group", plan.core_groups.get(pk=group.pk), by)
            CoreGroup.objects.create(plan=plan, due_on=forgotten, **said)
        else:
            move("hold core group", group, by, **said)
            CoreGroup.objects.create(plan=plan, due_on=due_day("CORE-NEXT", held_on) or held_on)


def correct_core_group(
    group: CoreGroup, version: int, *, held_on: date, late_because: str, because_of: str, by: Person
) -> None:
    """Correct on which day a core group was held, and say why; the next is due by that day."""
    with transaction.atomic(), because(because_of):
        plan = ProtectionPlan.objects.select_for_update().get(pk=group.plan_id)
        changes = held_anew(plan, plan.core_groups, group, held_on, late_because, "core group")
        said = corrected(because_of, by)
        move("correct core group", group, by, version, **changes, **said)
        next_follows(plan, plan.core_groups, group, held_on, "CORE-NEXT")


def end_plan(
    plan: ProtectionPlan,
    reason: str,
    rationale: str,
    *,
    ends: date | None = None,
    version: int | None = None,
    by: Person,
) -> None:
    """End a plan without a conference, for one of the reasons for which that may be.

    `ends` is the day of the death, the move, the care order or the birthday; today where none is given.
    """
    reasons = dict(WITHOUT_CONFERENCE)
    if reason not in reasons:
        raise IncompleteError("Select why no conference ends it", "reason")
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    today = timezone.localdate()
    ends = ends or today
    if not plan.starts <= ends <= today:
        raise IncompleteError("The day must be within the plan, and not after today", "ends")
    if reason == "adult":
        _need_birthday(plan, ends)
    with transaction.atomic(), because(rationale):
        # Locked, so that nothing is put on record under it meanwhile.
        now = ProtectionPlan.objects.select_for_update().get(pk=plan.pk)
        # A death and a birthday are on their day, whatever others did before they knew.
        if reason not in _ON_ITS_DAY:
            if now.reviews.filter(held_at__date__gt=ends).exists():
                raise IncompleteError("A conference reviewed the plan after that day", "ends")
            need_unworked(now, ends, "ends")
        move(
            "end without conference",
            plan,
            by,
            version,
            ends=ends,
            ended_because=f"{reasons[reason]}. {rationale}",
            stepped_to=stepping.CARE if reason == "care" else "",
            ended_by=by,
        )
        close_rest(plan, ends)


def _need_birthday(plan: ProtectionPlan, ends: date) -> None:
    """Go on only with the day on which the child became 18, or the first of a plan that began after that."""
    child = root_of(plan.referral.child)
    if child.is_adult(ends) is None:
        raise IncompleteError(
            "The date of birth is not known: enter it in the record first, or choose another reason",
            "reason",
        )
    if child.eighteen is None or child.eighteen > ends:
        raise IncompleteError("By the record the child is not 18 on that day", "reason")
    day = max(child.eighteen, plan.starts)
    if ends != day:
        said = "At 18 a plan ends on the birthday, or on its first day where that is later"
        raise IncompleteError(f"{said}: enter {day:%-d %B %Y}", "ends")
