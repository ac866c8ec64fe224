"""Strategy discussions: called when harm is suspected, held with the agencies, and decided by a manager."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.actions.steps import move, need_begin, need_text, write
from sightline.service.protection.models import (
    AgencyAtDiscussion,
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
        found, made = call_in(referral, suspected_at)
        if not made:
            raise StepError("A strategy discussion is called already. Nothing was changed.")
        return found


def call_in(referral: Referral, suspected_at: datetime) -> tuple[StrategyDiscussion, bool]:
    """Give the discussion that waits in a referral, and whether it was made now; within a transaction."""
    # Locked, so that of two who call at once the second sees the first's.
    Referral.objects.select_for_update().get(pk=referral.pk)
    waits = referral.discussions.filter(decision="", held_at=None).first()
    if waits is not None:
        return waits, False
    return StrategyDiscussion.objects.create(referral=referral, suspected_at=suspected_at), True


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
        write("record discussion", discussion, by, version, changes)
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
