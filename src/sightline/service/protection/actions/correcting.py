"""A conference that is on record is corrected by its chair, with a reason; what followed from it follows.

Where that cannot be, because work has gone on since, it is refused in a sentence and nothing is changed.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.access import cases_of_child
from sightline.service.protection.actions.conferring import (
    NEED_WORKED,
    PLAN_ENDED,
    Held,
    ask_for_conference,
    end_by,
    follow,
    help_after,
    need_ended_by,
    need_none_begun,
    need_unworked,
    need_unworked_until,
    need_whole,
    not_closed,
    note_who_came,
    said_of,
    worked_after,
)
from sightline.service.protection.actions.court import corrected
from sightline.service.protection.actions.need import end_anew, next_due, take_up_rest, wait_again
from sightline.service.protection.actions.steps import (
    move,
    need_step,
    need_text,
    need_who,
)
from sightline.service.protection.actions.visiting import seen_under
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import (
    ChildInNeedPlan,
    Conference,
    ProtectionPlan,
    Referral,
    Visit,
)
from sightline.service.protection.states import CORRECTOR

_Kind, _Outcome = Conference.Kind, Conference.Outcome


def correct_conference(
    conference: Conference, version: int, held: Held, *, because_of: str, by: Person
) -> None:
    """Correct what is on record of a conference, and say why; whoever chaired it does so, while they may.

    The day and category of its plan follow; with another outcome the plan begins, ends, goes on again or,
    where nothing was done under it, was never made.
    """
    is_same = held.outcome == conference.outcome
    need_whole(conference, replace(held, after=held.after or "no_plan") if is_same else held)
    with transaction.atomic(), because(because_of):
        Referral.objects.select_for_update().get(pk=conference.referral_id)
        before = Conference.objects.select_for_update().get(pk=conference.pk)
        # And its plan, so that nothing is put on record under it meanwhile.
        _its_plan(before).select_for_update().first()
        if not may_correct(before, by):
            raise NotAllowedError(f"{before.chair} chaired this conference, and corrects it.")
        said = {**said_of(conference, held), **corrected(because_of, by)}
        move("correct conference", conference, by, version, **said)
        note_who_came(conference, held)
        if is_same:
            _same_outcome(before, held)
        else:
            _other_outcome(before, held, by)
        _name_latest_category(before)


def may_correct(conference: Conference, by: Person) -> bool:
    """Whether somebody corrects a conference, of those who may take the step: its chair; where its chair may
    not, as who has left, has the case now or may not open the child's record, any of them.
    """
    chair = conference.chair
    if chair is None or chair == by:
        return True
    try:
        need_who(CORRECTOR, conference.referral, chair, conference)
    except NotAllowedError:
        return True
    return False


def _its_plan(conference: Conference) -> QuerySet[ProtectionPlan]:
    return ProtectionPlan.objects.filter(Q(made_at=conference.pk) | Q(pk=conference.plan_id or 0))


def _name_latest_category(conference: Conference) -> None:
    """Have the plan that a conference made or reviewed be of the category it was last decided to be of."""
    plan = _its_plan(conference).first()
    if plan is None:
        return
    decided = plan.reviews.filter(held_at__isnull=False).exclude(category="")
    last = decided.order_by("-held_at", "-pk").first()
    latest = last.category if last else plan.initial_category
    others = ProtectionPlan.objects.filter(pk=plan.pk).exclude(latest_category=latest)
    others.update(latest_category=latest, version=F("version") + 1)


# --- The same outcome


def _same_outcome(before: Conference, held: Held) -> None:
    was = timezone.localdate(before.held_at)
    moved = held.day != was
    match held.outcome:
        case _Outcome.PLAN:
            _plan_begins(before.plan_made, held)
        case _Outcome.CONTINUES:
            _plan_goes_on(before, held, moved=moved)
        case _Outcome.ENDS:
            _plan_ends(before, was, held)
        case _Outcome.NO_PLAN:
            if held.after:
                raise IncompleteError(
                    "The outcome is the same: leave this empty, and begin or end a child in need plan "
                    "in the case",
                    "after",
                )
            if moved:
                _need_no_need_plan(before, was)


def _plan_begins(plan: ProtectionPlan, held: Held) -> None:
    day, was = held.day, plan.starts
    met = plan.core_groups.filter(held_on__isnull=False)
    reviewed = plan.reviews.filter(held_at__isnull=False)
    changes: dict[str, Any] = {
        "initial_category": held.category,
        "previous_plans": held.previous_plans,
    }
    need_plans = _stepped_up(plan)
    if day != was:
        if met.filter(held_on__lt=day).exists() or reviewed.filter(held_at__date__lt=day).exists():
            raise IncompleteError("A core group or a review of its plan was held before", "day")
        if plan.ends and plan.ends < day:
            raise IncompleteError("Its plan had ended before", "day")
        _need_unworked_between(plan, need_plans, day)
        before = Q(referral__in=not_closed(plan.referral), ends__lte=was)
        protection = ProtectionPlan.objects.filter(before).exclude(pk=plan.pk)
        need_ended_by(day, protection.filter(reviews__outcome=_Outcome.ENDS))
        need_none_begun(day, protection)
        stepped_up = [each.pk for each in need_plans]
        needs = ChildInNeedPlan.objects.filter(before).exclude(pk__in=stepped_up)
        for each in needs.filter(ends__gt=day).select_related("referral"):
            need_unworked_until(each, day, each.ends or day)
        end_by(day, needs)
        changes["starts"] = day
        if not met.exists():
            next_due(plan.core_groups, due_day("CORE-10", day) or day, plan.ends)
        if not reviewed.exists():
            due_again(plan, due_day("CPR-FIRST", day))
    for need in need_plans:
        own = need.referral_id == plan.referral_id
        end_anew(need, max(day, need.starts), held.rationale if own else need.ended_because)
    ProtectionPlan.objects.filter(pk=plan.pk).update(**changes, version=F("version") + 1)


def _need_unworked_between(
    plan: ProtectionPlan, need_plans: list[ChildInNeedPlan], day: date
) -> None:
    """Go on only where nothing was done under a plan before the day from which it then is, nor, from that day
    on until that on which it took its place, under the child in need plan before.
    """
    under_it = seen_under(plan.referral, Visit.Pathway.PROTECTION).filter(
        made_at__date__gte=plan.starts, made_at__date__lt=day
    )
    done = plan.actions.filter(done_on__gte=plan.starts, done_on__lt=day)
    # Of a plan that has ended nobody can correct on which day an action was done.
    if under_it.exists() or (plan.ends is None and done.exists()):
        raise IncompleteError("The plan was worked under before that day", "day")
    for need in need_plans:
        if day < need.starts <= plan.starts:
            raise IncompleteError(NEED_WORKED, "day")
        need_unworked_until(need, day, plan.starts)


def _plan_goes_on(before: Conference, held: Held, *, moved: bool) -> None:
    plan = _plan_of(before)
    others = plan.reviews.exclude(pk=before.pk)
    later = others.filter(held_at__gt=before.held_at).order_by("held_at").first()
    if later is None:
        if moved:
            due_again(plan, due_day("CPR-NEXT", held.day))
    elif later.held_at and later.held_at <= held.held_at:
        raise IncompleteError("The next conference was held before", "day")


def _plan_ends(before: Conference, was: date, held: Held) -> None:
    plan = _plan_of(before)
    changes: dict[str, Any] = {"ended_because": held.rationale}
    if held.day != was:
        _need_no_need_plan(before, was)
        need_unworked(plan, held.day, "day")
        _need_none_begun(plan, was, held.day)
        changes["ends"] = held.day
    stepped_to = help_after(held.after) if held.after else plan.stepped_to
    if stepped_to != plan.stepped_to:
        if stepping.NEED_PLAN in (stepped_to, plan.stepped_to):
            raise IncompleteError(
                "The outcome is the same: leave this empty, and begin or end the child in need plan "
                "in the case",
                "after",
            )
        changes["stepped_to"] = stepped_to
    ProtectionPlan.objects.filter(pk=plan.pk, ends=was).update(**changes, version=F("version") + 1)


def _need_no_need_plan(before: Conference, was: date) -> None:
    if before.referral.need_plans.filter(starts=was).exists():
        raise IncompleteError(
            "A child in need plan began with it, on that day: the day of the conference stays",
            "day",
        )


def _need_none_begun(plan: ProtectionPlan, was: date, day: date) -> None:
    """Go on only where no plan of the child began between the day on which one ended and a later one."""
    cases = cases_of_child(plan.referral).values("pk")
    since = Q(referral__in=cases, starts__gte=was, starts__lt=day)
    others = ProtectionPlan.objects.filter(since).exclude(pk=plan.pk)
    if others.exists() or ChildInNeedPlan.objects.filter(since).exists():
        raise IncompleteError("Another plan of the child began before that day", "day")


def due_again(plan: ProtectionPlan, due_on: date | None) -> None:
    """Have the review that waits be due on a day, or before, where an enquiry has asked for it."""
    waits = plan.reviews.filter(held_at=None, cancelled_because="")
    for each in waits.select_related("enquiry"):
        asked = due_day("ICPC-15", each.enquiry.began_at) if each.enquiry else None
        earlier = min(filter(None, (due_on, asked)), default=None)
        Conference.objects.filter(pk=each.pk).update(due_on=earlier, version=F("version") + 1)


def _stepped_up(plan: ProtectionPlan) -> list[ChildInNeedPlan]:
    """Give the child in need plan that ended as a child protection plan took its place: on the day on which
    that began or, where it began after that, on its own first. Once records were merged, one in each case.
    """
    if plan.stepped_from != stepping.NEED_PLAN:
        return []
    ended = ChildInNeedPlan.objects.filter(
        Q(ends=plan.starts) | Q(starts__gt=plan.starts, ends=F("starts")),
        referral__in=cases_of_child(plan.referral).values("pk"),
        stepped_to=stepping.PROTECTION_PLAN,
    )
    if plan.ends:  # a later one took the place of what began since
        ended = ended.filter(starts__lte=plan.ends)
    first = {each.referral_id: each for each in ended.order_by("-ends").select_related("referral")}
    return [
        each for key, each in first.items() if key == plan.referral_id or not _has_own_plan(each)
    ]


def _has_own_plan(need: ChildInNeedPlan) -> bool:
    """Whether in the case of a child in need plan itself a child protection plan took its place."""
    goes_on = Q(ends=None) | Q(ends__gte=need.ends)
    return need.referral.plans.filter(goes_on, starts__lte=need.ends).exists()


def _plan_of(conference: Conference) -> ProtectionPlan:
    plan = conference.plan
    if plan is None:
        raise IncompleteError("This review has no plan.")
    return plan


# --- Another outcome


def _other_outcome(before: Conference, held: Held, by: Person) -> None:
    if before.referral.state != Referral.State.OPEN:
        raise IncompleteError("The case is closed, or to be closed: the outcome stays", "outcome")
    _need_last(before)
    match before.outcome:
        case _Outcome.PLAN:
            _never_made(before.plan_made)
        case _Outcome.CONTINUES:
            _need_quiet(_plan_of(before), held.day)
        case _Outcome.NO_PLAN:
            _need_plan_never_begun(before, held.day)
        case _Outcome.ENDS:
            _need_plan_never_begun(before, held.day)
            _goes_on_again(_plan_of(before), held)
            return
    now = Conference.objects.get(pk=before.pk)
    follow(now, held, by)


def _need_last(before: Conference) -> None:
    others = before.referral.conferences.exclude(pk=before.pk)
    if others.filter(held_at__gt=before.held_at).exists():
        raise IncompleteError("A conference was held since: the outcome stays", "outcome")


def _never_made(plan: ProtectionPlan) -> None:
    """Take away a plan that was never decided on, under which nothing was done."""
    visits = seen_under(plan.referral, Visit.Pathway.PROTECTION)
    worked = (
        plan.ends is not None
        or plan.danger + plan.safety + plan.contingency != ""
        or plan.actions.exists()
        or plan.core_groups.exclude(held_on=None, not_held_because="").exists()
        or visits.filter(made_at__date__gte=plan.starts).exists()
    )
    if worked:
        raise IncompleteError(
            "Its plan was written or worked under: the outcome stays. Hold a review that ends the plan, "
            "and say why",
            "outcome",
        )
    asked = Q(enquiry__isnull=False) | Q(booked_for__isnull=False) | Q(agencies__isnull=False)
    if plan.reviews.filter(asked | ~Q(cancelled_because="")).exists():
        raise IncompleteError(
            "The review of its plan is booked, was put off, or is what an enquiry asked for: the outcome "
            "stays. Hold that review, which may end the plan, and say why",
            "outcome",
        )
    for need in _stepped_up(plan):
        if need.referral.state != Referral.State.OPEN:
            raise IncompleteError(
                "The child in need plan before is in a case that is closed, or to be closed: the outcome "
                "stays. Hold a review that ends the plan, and say why",
                "outcome",
            )
        ChildInNeedPlan.objects.filter(pk=need.pk).update(
            ends=None, ended_because="", stepped_to="", version=F("version") + 1
        )
        wait_again(need)
    plan.core_groups.all().delete()
    plan.reviews.all().delete()
    plan.delete()


def _need_quiet(plan: ProtectionPlan, day: date) -> None:
    """Go on only where a plan that is said to have ended on a day did not go on in fact."""
    if plan.ends is None and worked_after(plan, day):
        raise IncompleteError(
            "Work has gone on under the plan since: the outcome stays. Hold a conference that ends it",
            "outcome",
        )
    if plan.reviews.filter(held_at=None, cancelled_because="", enquiry__isnull=False).exists():
        raise IncompleteError(
            "An enquiry has asked for the next review: the outcome stays. Hold that review, which may end "
            "the plan",
            "outcome",
        )


def _need_plan_never_begun(before: Conference, day: date) -> None:
    """Take away the child in need plan that only the wrong outcome began, if nothing was done under it.

    Refuse where there was such work after the day on which a child protection plan is then said to have been.
    """
    was, case = timezone.localdate(before.held_at), before.referral
    visits = seen_under(case, Visit.Pathway.NEED)
    for need in case.need_plans.filter(Q(ends=None) | Q(ends__gt=day)):
        wrong = need.starts == was and need.stepped_from in _BY_CONFERENCE
        since = need.starts if wrong else day + timedelta(days=1)
        worked = (
            need.reviews.filter(held_on__gte=since).exists()
            or visits.filter(made_at__date__gte=since).exists()
            or (wrong and need.needs + need.goals + need.child_view + need.parent_view != "")
        )
        if worked or need.ends is not None or (need.starts > day and not wrong):
            raise IncompleteError(
                "A child in need plan was begun or worked under since: the outcome stays. Have a new "
                "conference decide, and say why",
                "outcome",
            )
        if wrong:
            need.reviews.all().delete()
            need.delete()


_BY_CONFERENCE = (stepping.CONFERENCE, stepping.PROTECTION_PLAN)
"""From what a child in need plan steps that a conference began, without a plan and as one ended."""


def _goes_on_again(plan: ProtectionPlan, held: Held) -> None:
    """Have a plan go on that a conference was wrongly said to have ended."""
    open_now = {"referral__in": cases_of_child(plan.referral).values("pk"), "ends": None}
    if ProtectionPlan.objects.filter(**open_now).exists():
        raise IncompleteError("Another plan has begun since: the outcome stays", "outcome")
    if ChildInNeedPlan.objects.filter(**open_now).exists():
        raise IncompleteError(
            "A child in need plan is open: end it first, so that the child has one plan", "outcome"
        )
    ProtectionPlan.objects.filter(pk=plan.pk).update(**_OPEN, version=F("version") + 1)
    _take_up(plan, due_day("CPR-NEXT", held.day))


_OPEN: dict[str, Any] = {"ends": None, "ended_because": "", "ended_by": None, "stepped_to": ""}
"""What the columns of a plan hold that goes on again."""


def _take_up(plan: ProtectionPlan, due_on: date | None) -> None:
    """Have what was to come under a plan wait again: its core group, and its review, due on a day."""
    last = plan.core_groups.filter(held_on__isnull=False).order_by("-held_on").first()
    began = (last and last.held_on) or plan.starts
    take_up_rest(plan.core_groups, due_day("CORE-NEXT" if last else "CORE-10", began) or began)
    left = plan.reviews.filter(held_at=None, cancelled_because=PLAN_ENDED, cancelled_by=None)
    if left.update(cancelled_because="", version=F("version") + 1):
        due_again(plan, due_on)  # as it was booked, with its agencies and their reports
    else:
        ask_for_conference(plan.referral, _Kind.REVIEW, due_on, plan=plan)


# --- A plan that was said to have ended without a conference


def take_back_end(plan: ProtectionPlan, version: int, reason: str, *, by: Person) -> None:
    """Say that a plan has not ended, and why it was recorded so: it goes on as it did."""
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        need_step("take back end", plan, by)
        need_open(plan.referral_id)
        if plan.reviews.filter(outcome=_Outcome.ENDS).exists():
            raise StepError("A conference ended this plan: correct the record of that.")
        need_last_plan(plan)
        move("take back end", plan, by, version, **_OPEN)
        last = plan.reviews.filter(held_at__isnull=False).order_by("held_at").last()
        if last is not None and last.held_at is not None:
            _take_up(plan, due_day("CPR-NEXT", timezone.localdate(last.held_at)))
        else:
            _take_up(plan, due_day("CPR-FIRST", plan.starts))


def need_open(case: int) -> None:
    """Go on only where a case, by its key, is open; locked, so that it stays so. Within a transaction."""
    if Referral.objects.select_for_update().get(pk=case).state != Referral.State.OPEN:
        raise StepError("This case is closed, or to be closed. Nothing was changed.")


def need_last_plan(plan: ProtectionPlan | ChildInNeedPlan) -> None:
    """Go on only where no other plan of the child began since a plan ended."""
    cases = cases_of_child(plan.referral).values("pk")
    since = Q(ends=None) | Q(ends__gt=plan.ends)
    for model in (ProtectionPlan, ChildInNeedPlan):
        others = model._default_manager.filter(since, referral__in=cases)
        if isinstance(plan, model):
            others = others.exclude(pk=plan.pk)
        if others.exists():
            raise StepError("Another plan of the child has begun since. Nothing was changed.")
