"""Child protection conferences: asked for, booked, held; and what follows from what they decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.protection import stepping
from sightline.service.protection.access import cases_of_child
from sightline.service.protection.actions.need import (
    ENDED_THAT_DAY,
    begin_in,
    end_anew,
    leave_rest,
    need_after_last,
    step_up,
)
from sightline.service.protection.actions.steps import move, need_step, need_text, need_who, write
from sightline.service.protection.actions.visiting import seen_under
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import (
    AgencyAtConference,
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    Enquiry,
    ProtectionPlan,
    Referral,
    Visit,
)
from sightline.service.protection.states import CHAIR

_Kind, _Outcome, _Late = Conference.Kind, Conference.Outcome, Conference.LateReason
OUTCOMES: Mapping[str, tuple[Conference.Outcome, ...]] = {
    _Kind.INITIAL: (_Outcome.PLAN, _Outcome.NO_PLAN),
    _Kind.TRANSFER: (_Outcome.PLAN, _Outcome.NO_PLAN),
    _Kind.REVIEW: (_Outcome.CONTINUES, _Outcome.ENDS),
}
"""What each kind of conference may decide."""
WITHOUT_PLAN = (_Outcome.NO_PLAN, _Outcome.ENDS)
"""Outcomes after which it is said what help the child has instead."""
OF_AN_AGENCY = (_Late.REPORTS, _Late.QUORUM)
"""Reasons for lateness that name the agency they are of."""
WHY_NOT_HELD = 500
"""Characters that the reason why a conference is put or called off may have."""
PLAN_ENDED = "The plan has ended."
"""Why a review that waits is called off as its plan ends."""
AFTER = (
    ("need_plan", "A child in need plan begins, or goes on"),
    ("care", "The child is in care"),
    ("no_plan", "No plan: the case goes on, or is to be closed"),
)
"""What the child has where there is no child protection plan."""


def ask_for_conference(
    referral: Referral,
    kind: str,
    due_on: date | None,
    *,
    enquiry: Enquiry | None = None,
    plan: ProtectionPlan | None = None,
) -> Conference:
    """Have a conference wait to be booked, due on a day; within a transaction."""
    return Conference.objects.create(
        referral=referral, kind=kind, due_on=due_on, enquiry=enquiry, plan=plan
    )


def book_conference(
    conference: Conference, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Book a conference, or change how it is booked; `ConflictError` where another did meanwhile."""
    for name, said in (
        ("booked_for", "Enter the day and time"),
        ("mode", "Select how people meet"),
        ("venue", "Enter the room, or the address of the meeting"),
        ("chair", "Choose the chair"),
    ):
        if not changes.get(name):
            raise IncompleteError(said, name)
    with transaction.atomic():
        write("book", conference, by, version, changes)
        _need_chair(conference, changes["chair"])


def _need_chair(conference: Conference, chair: Person) -> None:
    """Go on only where the one chosen could hold it, or it would be on nobody's list."""
    try:
        need_who(CHAIR, conference.referral, chair, conference)
    except NotAllowedError:
        raise IncompleteError(
            f"{chair} cannot chair this conference: the record is not open to them, or they have had the "
            "case or decided that a conference is needed",
            "chair",
        ) from None


def invite_agency(
    conference: Conference, agency: Agency, report_due_on: date, *, name: str = "", by: Person
) -> AgencyAtConference:
    """Invite an agency, whose report is due on a day."""
    need_step("invite agency", conference, by)
    try:
        with transaction.atomic():
            return AgencyAtConference.objects.create(
                conference=conference, agency=agency, report_due_on=report_due_on, name=name
            )
    except IntegrityError:
        raise StepError(f"{agency} is invited already. Nothing was changed.") from None


def note_agency(
    invited: AgencyAtConference, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Note who comes of an agency and when its report was there; `ConflictError` where another did."""
    received = changes.get("report_received_on")
    if received and received > timezone.localdate():
        raise IncompleteError("The day must not be after today", "report_received_on")
    with transaction.atomic():
        need_step("note agency", invited.conference, by)
        save_changes(invited, version, changes)


def put_off(
    conference: Conference,
    reason: str,
    *,
    late_reason: str,
    late_agency: Agency | None = None,
    by: Person,
) -> Conference:
    """Call a booking off; another conference waits to be booked, due as before: the clock goes on.

    It has the agencies with their reports. `late_reason` is what the chair is shown, should it be late then.
    """
    _need_short(reason)
    _need_late_reason(late_reason, late_agency, "Select the reason")
    with transaction.atomic(), because(reason):
        move("put off", conference, by, **_called_off(by, reason))
        again = Conference.objects.create(
            referral=conference.referral,
            kind=conference.kind,
            due_on=conference.due_on,
            enquiry=conference.enquiry,
            plan=conference.plan,
            late_reason=late_reason,
            late_agency=late_agency if late_reason in OF_AN_AGENCY else None,
            late_note=reason,
        )
        AgencyAtConference.objects.bulk_create(
            AgencyAtConference(
                conference=again,
                agency=each.agency,
                name=each.name,
                report_due_on=each.report_due_on,
                report_received_on=each.report_received_on,
            )
            for each in conference.agencies.select_related("agency")
        )
        return again


def _need_short(reason: str) -> None:
    need_text(reason, "Say why: it is part of the decision", "reason")
    if len(reason) > WHY_NOT_HELD:
        said = f"Say it in at most {WHY_NOT_HELD} characters: it has {len(reason)}"
        raise IncompleteError(said, "reason")


def _called_off(by: Person, reason: str) -> dict[str, Any]:
    return {
        "cancelled_because": reason.strip(),
        "cancelled_by": by,
        "cancelled_at": timezone.now(),
    }


def _need_late_reason(reason: str, agency: Agency | None, said: str) -> None:
    if reason not in _Late.values:
        raise IncompleteError(said, "late_reason")
    if reason in OF_AN_AGENCY and agency is None:
        raise IncompleteError("Choose the agency it was late for", "late_agency")


def call_off(conference: Conference, reason: str, *, by: Person) -> None:
    """Decide that no conference is needed any more, and why: where an enquiry had asked for it, anew."""
    _need_short(reason)
    if conference.plan_id is not None:
        raise IncompleteError("A plan that is open needs its review: put it off instead.")
    with transaction.atomic(), because(reason):
        move("call off", conference, by, **_called_off(by, reason))


@dataclass(frozen=True)
class Held:
    """What a conference is put on record with. `after` is a code of `AFTER`, where there is no plan.

    `attended` says of the agencies invited, by key: whether each came, and whether remotely.
    """

    held_at: datetime
    outcome: str
    rationale: str
    child_view: str
    parent_view: str
    participation: str
    is_quorate: bool
    attended: Mapping[int, tuple[bool, bool]]
    category: str = ""
    after: str = ""
    previous_plans: int | None = None
    late_reason: str = ""
    late_agency: Agency | None = None
    late_note: str = ""

    @property
    def day(self) -> date:
        """The day on which it was held."""
        return timezone.localdate(self.held_at)


def hold_conference(conference: Conference, held: Held, *, by: Person) -> None:
    """Put a conference on record, whole, with what follows from it.

    A plan begins, with its first core group and review; it continues, with its next review; or it ends.
    """
    need_whole(conference, held)
    with transaction.atomic(), because(held.rationale):
        # Its case and its plan first, as where a conference is corrected: of the two at once one waits, and
        # not each for the other.
        Referral.objects.select_for_update().get(pk=conference.referral_id)
        ProtectionPlan.objects.select_for_update().filter(pk=conference.plan_id or 0).first()
        move("hold", conference, by, chair=by, **said_of(conference, held))
        note_who_came(conference, held)
        follow(conference, held, by)


def said_of(conference: Conference, held: Held) -> dict[str, Any]:
    """Give the columns of a conference that was held."""
    late = _has_late_reason(conference, held)
    return {
        "held_at": held.held_at,
        "participation": held.participation,
        "is_quorate": held.is_quorate,
        "child_view": held.child_view,
        "parent_view": held.parent_view,
        "outcome": held.outcome,
        "category": held.category if held.outcome not in WITHOUT_PLAN else "",
        "rationale": held.rationale,
        "late_reason": held.late_reason if late else "",
        "late_agency": held.late_agency if late else None,
        "late_note": held.late_note if late else "",
    }


def note_who_came(conference: Conference, held: Held) -> None:
    """Note of each agency invited whether it came."""
    for key, (came, remotely) in held.attended.items():
        conference.agencies.filter(pk=key).update(attended=came, remotely=remotely)


def _is_late(conference: Conference, held: Held) -> bool:
    return conference.due_on is not None and held.day > conference.due_on


def _has_late_reason(conference: Conference, held: Held) -> bool:
    """Whether a conference is late, or its chair says why it was before its enquiry’s day is put right."""
    is_same_day = conference.held_at and timezone.localdate(conference.held_at) == held.day
    return _is_late(conference, held) or bool(is_same_day and held.late_reason)


def _held_after(conference: Conference) -> tuple[datetime, str]:
    """Give the moment before which a conference cannot have been held, and what was then."""
    moments = [(conference.referral.received_at, "the case was received")]
    if conference.enquiry:
        moments.append((conference.enquiry.began_at, "the enquiry began"))
    if conference.plan:
        held = conference.plan.reviews.filter(held_at__isnull=False).exclude(pk=conference.pk)
        if conference.held_at:  # it is corrected: of those before it
            held = held.filter(held_at__lt=conference.held_at)
        last = held.order_by("held_at").last()
        before = last or conference.plan.made_at
        if before.held_at:
            moments.append((before.held_at, "the conference before"))
    return max(moments)


def need_whole(conference: Conference, held: Held) -> None:
    """Go on only where what is put on record of a conference is whole, and could be so."""
    if held.held_at > timezone.now():
        raise IncompleteError("It must not be in the future", "day")
    after, said = _held_after(conference)
    if held.held_at < after:
        day = f"{timezone.localtime(after):%-d %B %Y, %H:%M}"
        raise IncompleteError(f"It cannot have been before {said}, on {day}", "day")
    if held.outcome not in OUTCOMES[conference.kind]:
        raise IncompleteError("Select what was decided", "outcome")
    need_text(held.rationale, "Say why: it is part of the decision", "rationale")
    need_text(
        held.child_view, "Write what the child says; where it is not known, say so", "child_view"
    )
    need_text(
        held.parent_view, "Write what the parents say; where it is not known, say so", "parent_view"
    )
    if held.participation not in codes("participation"):
        raise IncompleteError("Select how the child took part", "participation")
    if held.outcome in (_Outcome.PLAN, _Outcome.CONTINUES):
        if held.category not in codes("abuse_category"):
            raise IncompleteError("Select the category", "category")
    elif held.after not in dict(AFTER):
        raise IncompleteError("Select what the child has instead", "after")
    if conference.agencies.exclude(pk__in=held.attended).exists():
        raise IncompleteError("Say of each agency invited whether it came.")
    if _has_late_reason(conference, held):
        said = "The conference was late: select the reason"
        _need_late_reason(held.late_reason, held.late_agency, said)


def follow(conference: Conference, held: Held, by: Person) -> None:
    """Have what a conference decided follow from it; within a transaction."""
    day = held.day
    match held.outcome:
        case _Outcome.PLAN:
            _begin_plan(conference, held, day)
        case _Outcome.CONTINUES:
            plan = _plan_of(conference)
            ProtectionPlan.objects.filter(pk=plan.pk).update(
                latest_category=held.category, version=F("version") + 1
            )
            ask_for_conference(
                conference.referral, _Kind.REVIEW, due_day("CPR-NEXT", day), plan=plan
            )
        case _Outcome.ENDS:
            plan, stepped_to = _plan_of(conference), help_after(held.after)
            _close_plan(plan, day, held.rationale, stepped_to, by)
    if held.outcome in WITHOUT_PLAN and held.after == "need_plan":
        ends = held.outcome == _Outcome.ENDS
        stepped = stepping.PROTECTION_PLAN if ends else stepping.CONFERENCE
        cases = cases_of_child(conference.referral).values("pk")
        if not ChildInNeedPlan.objects.filter(referral__in=cases, ends=None).exists():
            need_after_last(conference.referral, day, ENDED_THAT_DAY, "after")
            begin_in(conference.referral, day, stepped_from=stepped)


def _plan_of(conference: Conference) -> ProtectionPlan:
    plan = ProtectionPlan.objects.filter(pk=conference.plan_id or 0, ends=None).first()
    if plan is None:
        raise StepError("The plan has ended meanwhile. Nothing was changed.")
    return plan


def _begin_plan(conference: Conference, held: Held, day: date) -> None:
    cases = cases_of_child(conference.referral).values("pk")
    if ProtectionPlan.objects.filter(referral__in=cases, ends=None).exists():
        raise StepError("A child protection plan is open already: its review decides about it.")
    known = not_closed(conference.referral)
    since = ChildInNeedPlan.objects.filter(
        Q(ends=None) | Q(ends__gt=OuterRef("ends")), referral__in=cases
    )
    later = ProtectionPlan.objects.filter(ends__gt=OuterRef("ends"), referral__in=cases)
    # One that no conference ended is corrected only while no other plan has begun since.
    can_be_corrected = Q(reviews__outcome=_Outcome.ENDS) | ~Exists(since)
    protection = ProtectionPlan.objects.filter(referral__in=known)
    need_ended_by(day, protection.filter(can_be_corrected))
    need_none_begun(day, protection)
    needs = ChildInNeedPlan.objects.filter(referral__in=known)
    need_ended_by(day, needs.filter(~Exists(since), ~Exists(later)))
    end_by(day, needs)
    stepped_from = step_up(conference.referral, day, held.rationale)
    plan = ProtectionPlan.objects.create(
        referral=conference.referral,
        made_at=conference,
        starts=day,
        initial_category=held.category,
        latest_category=held.category,
        previous_plans=held.previous_plans,
        stepped_from=stepped_from,
    )
    CoreGroup.objects.create(plan=plan, due_on=due_day("CORE-10", day) or day)
    ask_for_conference(conference.referral, _Kind.REVIEW, due_day("CPR-FIRST", day), plan=plan)


def not_closed(referral: Referral) -> QuerySet[Any]:
    """Give the keys of the child's cases but those closed: of these nobody can correct when a plan ended."""
    return cases_of_child(referral).exclude(state=Referral.State.CLOSED).values("pk")


def need_none_begun(day: date, plans: QuerySet[ProtectionPlan]) -> None:
    """Go on only where none of the child's other protection plans began after the day on which one begins."""
    if plans.filter(starts__gt=day).exists():
        raise IncompleteError(
            "Another child protection plan of the child began after that day", "day"
        )


def need_ended_by(day: date, plans: QuerySet[Any]) -> None:
    """Go on only where none of some plans of the child ended after the day on which another begins."""
    if last := plans.filter(ends__gt=day).aggregate(last=Max("ends"))["last"]:
        said = f"A plan of the child ended on {last:%-d %B %Y}: correct that first"
        raise IncompleteError(said, "day")


def end_by(day: date, plans: QuerySet[ChildInNeedPlan]) -> None:
    """Have child in need plans that ended after the day on which a child protection plan begins have ended
    on that day, or on their own first: on which day one ended nobody corrects once another plan began. The
    day that was recorded stays in the reason.
    """
    for each in plans.filter(ends__gt=day).filter(ends__gt=F("starts")):
        why = f"{each.ended_because} (It was recorded as ended on {each.ends:%-d %B %Y}.)"
        end_anew(each, max(day, each.starts), why)


def need_unworked_until(need: ChildInNeedPlan, day: date, until: date) -> None:
    """Go on only where nothing was done under a child in need plan after a day, up to another."""
    visits = seen_under(need.referral, Visit.Pathway.NEED)
    if (
        visits.filter(made_at__date__gt=day, made_at__date__lte=until).exists()
        or need.reviews.filter(held_on__gt=day, held_on__lte=until).exists()
    ):
        raise IncompleteError(NEED_WORKED, "day")


NEED_WORKED = "The child in need plan was begun or worked under after that day"
"""Said where a child protection plan would begin before work under the plan that it follows."""


def help_after(after: str) -> str:
    """Give to what a child steps by a code of `AFTER`; empty where it is no plan."""
    return {"need_plan": stepping.NEED_PLAN, "care": stepping.CARE}.get(after, "")


def _close_plan(plan: ProtectionPlan, day: date, why: str, stepped_to: str, by: Person) -> None:
    ended = ProtectionPlan.objects.filter(pk=plan.pk, ends=None).update(
        ends=day,
        ended_because=why,
        ended_by=by,
        stepped_to=stepped_to,
        version=F("version") + 1,
    )
    if not ended:
        raise StepError("The plan has ended meanwhile. Nothing was changed.")
    close_rest(plan, day)


def need_unworked(plan: ProtectionPlan, after: date, field: str) -> None:
    """Go on only where a plan that ends on a day was not worked under after it."""
    if worked_after(plan, after):
        raise IncompleteError(
            "The plan was worked under after that day: a core group was held, an action was done or the "
            "child was seen. Whose record of that has a wrong day corrects it first",
            field,
        )


def worked_after(plan: ProtectionPlan, after: date) -> bool:
    """Whether a plan was worked under after a day, until it ended."""
    until = plan.ends or timezone.localdate()
    visits = seen_under(plan.referral, Visit.Pathway.PROTECTION)
    return (
        plan.core_groups.filter(held_on__gt=after, held_on__lte=until).exists()
        # Of a plan that has ended nobody can correct on which day an action was done.
        or (plan.ends is None and plan.actions.filter(done_on__gt=after).exists())
        or visits.filter(made_at__date__gt=after, made_at__date__lte=until).exists()
    )


def close_rest(plan: ProtectionPlan, ended: date) -> None:
    """End what was still to come under a plan that ended on a day, within a transaction.

    Core groups not held go with it, those overdue stay on record; a review not held is called off.
    """
    leave_rest(plan.core_groups, ended)
    plan.reviews.filter(held_at=None, cancelled_because="").update(
        cancelled_because=PLAN_ENDED, version=F("version") + 1
    )


def write_minutes(conference: Conference, version: int, minutes: str, *, by: Person) -> None:
    """Write a conference's minutes, or change them; `ConflictError` where another did meanwhile."""
    need_text(minutes, "Write the minutes", "minutes")
    with transaction.atomic():
        changes = {"minutes": minutes, "minutes_by": by}
        write("write minutes", conference, by, version, changes)


def send_minutes(conference: Conference, version: int, *, by: Person) -> None:
    """Approve the minutes as they were read: they are sent to those invited today, and stay as they are."""
    need_text(conference.minutes, "Write the minutes first.")
    with transaction.atomic():
        move("send minutes", conference, by, version, minutes_sent_on=timezone.localdate())
