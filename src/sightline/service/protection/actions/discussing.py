"""Strategy discussions: called when harm is suspected, held with the agencies, and decided by a manager."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.actions.correcting import due_again
from sightline.service.protection.actions.court import corrected
from sightline.service.protection.actions.steps import move, need_begin, need_text, write
from sightline.service.protection.clocks import due_day, is_late
from sightline.service.protection.models import (
    AgencyAtDiscussion,
    Conference,
    Enquiry,
    Referral,
    StrategyDiscussion,
)
from sightline.service.protection.states import DISCUSSION

_Decision, _Status = StrategyDiscussion.Decision, AgencyAtDiscussion.Status
ENQUIRES = (_Decision.SINGLE, _Decision.JOINT)
ALWAYS_ASKED = (Agency.Kind.POLICE, Agency.Kind.HEALTH)
"""Kinds of agency of which it is said whether they took part; without them it is no strategy discussion."""
_THERE = (_Status.PRESENT, _Status.INFORMATION)

Attendance = Mapping[Agency, tuple[str, str]]
"""What each agency did (`AgencyAtDiscussion.Status`), and who came of it."""


def call_discussion(
    referral: Referral, suspected_at: datetime, *, by: Person
) -> StrategyDiscussion:
    """Call a strategy discussion; its clock runs from when harm was suspected."""
    if suspected_at > timezone.now():
        raise IncompleteError("The time must not be later than now", "day")
    with transaction.atomic():
        need_begin(DISCUSSION, "call discussion", referral, by)
        if referral.discussions.filter(decision="").exists():
            raise StepError(
                "A strategy discussion is called, or waits for its decision, already. Nothing was changed."
            )
        return call_in(referral, suspected_at)


def call_in(referral: Referral, suspected_at: datetime) -> StrategyDiscussion:
    """Give the discussion that waits to be held in a referral, made where none does; in a transaction."""
    # Locked, so that of two who call at once the second sees the first's.
    Referral.objects.select_for_update().get(pk=referral.pk)
    waits = referral.discussions.filter(decision="", held_at=None).first()
    if waits is not None:
        return waits
    return StrategyDiscussion.objects.create(referral=referral, suspected_at=suspected_at)


def record_discussion(
    discussion: StrategyDiscussion,
    version: int,
    *,
    held_at: datetime,
    chair: Person | None,
    agencies: Attendance,
    minutes: str,
    actions: str = "",
    by: Person,
) -> None:
    """Put on record that a discussion was held, who took part and what was said; another then decides.

    `ConflictError` where somebody else recorded it meanwhile.
    """
    need_text(minutes, "Write the minutes", "minutes")
    if chair is None:
        raise IncompleteError("Choose the chair", "chair")
    if not discussion.suspected_at <= held_at <= timezone.now():
        raise IncompleteError("It must be after harm was suspected, and not in the future", "day")
    _need_agencies(agencies)
    changes = {"held_at": held_at, "chair": chair, "minutes": minutes, "actions": actions}
    with transaction.atomic():
        write("record discussion", discussion, by, version, {**changes, "written_by": by})
        discussion.writers.add(by)
        discussion.agencies.all().delete()
        AgencyAtDiscussion.objects.bulk_create(
            AgencyAtDiscussion(discussion=discussion, agency=agency, status=status, name=name)
            for agency, (status, name) in agencies.items()
        )


def decide_discussion(
    discussion: StrategyDiscussion,
    version: int,
    decision: str,
    rationale: str,
    *,
    without: str = "",
    by: Person,
) -> Enquiry | None:
    """Decide after a discussion as it was read; give the enquiry that begins with it, or goes on.

    An enquiry in which it is not decided yet whether a conference is needed goes on: no second begins. To
    meet again calls another discussion, whose clock still runs from when harm was first suspected. Where
    police or health neither took part nor gave information, `without` says why it is decided all the same.
    """
    if decision not in _Decision.values:
        raise IncompleteError("Select what was decided", "decision")
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    missing = who_is_missing(discussion)
    if missing and decision != _Decision.AGAIN:
        need_text(without, f"Say why it is decided without {missing}", "without")
        rationale = f"{rationale}\n\nWithout {missing}: {without}"
    with transaction.atomic(), because(rationale):
        move("decide discussion", discussion, by, version, decision=decision, rationale=rationale)
        if decision == _Decision.AGAIN:
            call_in(discussion.referral, discussion.suspected_at)
        if decision not in ENQUIRES or discussion.held_at is None:
            return None
        goes_on = discussion.referral.enquiries.filter(decided_at=None).first()
        return goes_on or Enquiry.objects.create(
            referral=discussion.referral, discussion=discussion, began_at=discussion.held_at
        )


def correct_discussion(
    discussion: StrategyDiscussion,
    version: int,
    *,
    held_at: datetime,
    late_because: str,
    because_of: str,
    by: Person,
) -> None:
    """Correct when a discussion was held, and say why; the enquiry that began with it began then.

    The conference that it asks for is due by that day, and day five is told by it.
    """
    if not discussion.suspected_at <= held_at <= timezone.now():
        raise IncompleteError("It must be after harm was suspected, and not in the future", "day")
    with transaction.atomic(), because(because_of):
        enquiry = Enquiry.objects.select_for_update().filter(discussion=discussion).first()
        said = corrected(because_of, by)
        move("correct discussion", discussion, by, version, held_at=held_at, **said)
        if enquiry is not None:
            _enquiry_began(enquiry, held_at, late_because)


def _enquiry_began(enquiry: Enquiry, began_at: datetime, late_because: str) -> None:
    decided = enquiry.decided_at
    if decided and began_at > decided:
        raise IncompleteError("Whether a conference is needed was decided before", "day")
    conferences = enquiry.conferences.filter(cancelled_because="")
    if conferences.filter(held_at__lt=began_at).exists():
        raise IncompleteError("The conference that the enquiry asks for was held before", "day")
    late = decided is not None and is_late("S47-D5", began_at, decided)
    if late:
        said = "By that day it was decided after day five whether a conference is needed: say why"
        need_text(late_because, said, "late_because")
    Enquiry.objects.filter(pk=enquiry.pk).update(
        began_at=began_at,
        decided_late_because=late_because if late else "",
        version=F("version") + 1,
    )
    initial = conferences.filter(plan=None, kind=Conference.Kind.INITIAL)
    due_on = due_day("ICPC-15", began_at)
    for each in initial.filter(held_at__isnull=False, late_reason=""):
        if due_on and each.held_at and timezone.localdate(each.held_at) > due_on:
            raise IncompleteError(
                f"By that day the conference was late, as it was due on {due_on:%-d %B %Y}: its chair first "
                "corrects its record, and selects the reason",
                "day",
            )
    initial.update(due_on=due_on, version=F("version") + 1)
    if due_on:  # in time after all, nothing is kept of lateness
        initial.exclude(late_reason="").filter(held_at__date__lte=due_on).update(
            late_reason="", late_agency=None, late_note="", version=F("version") + 1
        )
    for each in conferences.filter(held_at=None, plan__isnull=False).select_related("plan"):
        if each.plan is not None:
            last = each.plan.reviews.filter(held_at__isnull=False).order_by("held_at").last()
            held = last.held_at if last else None
            due_on = due_day("CPR-NEXT", held) if held else due_day("CPR-FIRST", each.plan.starts)
            due_again(each.plan, due_on)


def who_is_missing(discussion: StrategyDiscussion) -> str:
    """Name police and health where they neither took part nor gave information; empty where both did."""
    there = discussion.agencies.filter(status__in=_THERE).values_list("agency__kind", flat=True)
    missing = [Agency.Kind(kind).label.lower() for kind in ALWAYS_ASKED if kind not in set(there)]
    return " and ".join(missing)


def _need_agencies(agencies: Attendance) -> None:
    said = {agency.kind for agency in agencies}
    for kind in ALWAYS_ASKED:
        named = Agency.objects.filter(kind=kind).first()
        if kind not in said and named is not None:
            raise IncompleteError(
                f"Say of the {Agency.Kind(kind).label.lower()} whether they took part.",
                f"of_{named.pk}",
            )
