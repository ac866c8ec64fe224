"""Strategy discussions: called when harm is suspected, held with the agencies; an enquiry begins with one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.protection.actions.steps import move, need_begin, need_text
from sightline.service.protection.models import (
    AgencyAtDiscussion,
    Enquiry,
    Referral,
    StrategyDiscussion,
)
from sightline.service.protection.states import DISCUSSION

ENQUIRES = (StrategyDiscussion.Decision.SINGLE, StrategyDiscussion.Decision.JOINT)
ALWAYS_ASKED = (Agency.Kind.POLICE, Agency.Kind.HEALTH)
"""Kinds of agency of which it is said whether they took part; without them it is no strategy discussion."""

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
    waits = referral.discussions.filter(decision="").first()
    if waits is not None:
        return waits, False
    return StrategyDiscussion.objects.create(referral=referral, suspected_at=suspected_at), True


def hold_discussion(
    discussion: StrategyDiscussion,
    *,
    held_at: datetime,
    chair: Person,
    agencies: Attendance,
    minutes: str,
    decision: str,
    rationale: str,
    actions: str = "",
    by: Person,
) -> Enquiry | None:
    """Put a discussion on record, whole; give the enquiry that begins with it, if one does.

    To meet again calls another, whose clock still runs from when harm was first suspected.
    """
    need_text(minutes, "Write the minutes", "minutes")
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    if decision not in StrategyDiscussion.Decision.values:
        raise IncompleteError("Select what was decided", "decision")
    if not discussion.suspected_at <= held_at <= timezone.now():
        raise IncompleteError("It must be after harm was suspected, and not in the future", "day")
    _need_agencies(agencies)
    with transaction.atomic(), because(rationale):
        move(
            "hold discussion",
            discussion,
            by,
            held_at=held_at,
            chair=chair,
            minutes=minutes,
            decision=decision,
            rationale=rationale,
            actions=actions,
        )
        AgencyAtDiscussion.objects.bulk_create(
            AgencyAtDiscussion(discussion=discussion, agency=agency, status=status, name=name)
            for agency, (status, name) in agencies.items()
        )
        if decision == StrategyDiscussion.Decision.AGAIN:
            call_in(discussion.referral, discussion.suspected_at)
        if decision not in ENQUIRES:
            return None
        return Enquiry.objects.create(
            referral=discussion.referral, discussion=discussion, began_at=held_at
        )


def _need_agencies(agencies: Attendance) -> None:
    said = {agency.kind for agency in agencies}
    for kind in ALWAYS_ASKED:
        named = Agency.objects.filter(kind=kind).first()
        if kind not in said and named is not None:
            raise IncompleteError(
                f"Say of the {Agency.Kind(kind).label.lower()} whether they took part.",
                f"of_{named.pk}",
            )
