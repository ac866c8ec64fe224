"""Section 47 enquiries: the decision by day five whether a conference is needed, and the finding."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError
from sightline.service.audit.context import because
from sightline.service.protection.actions.conferring import ask_for_conference
from sightline.service.protection.actions.steps import move, need_text, write
from sightline.service.protection.clocks import due_day, is_late
from sightline.service.protection.models import Conference, Enquiry


def decide_conference(
    enquiry: Enquiry,
    needed: str,
    rationale: str,
    *,
    late_because: str = "",
    version: int | None = None,
    by: Person,
) -> None:
    """Decide whether a conference is needed; with yes one waits to be booked, due by its clock.

    Where a conference waits already, as the review of an open plan, it is brought forward instead.
    After day five (S47-D5) it needs to be said why it is late. `version` is that of the text as it was read.
    """
    if needed not in Enquiry.Needed.values:
        raise IncompleteError("Select whether a conference is needed", "needed")
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    now = timezone.now()
    late = is_late("S47-D5", enquiry.began_at, now)
    if late:
        need_text(late_because, "The decision is late: say why", "late_because")
    with transaction.atomic(), because(rationale):
        move(
            "decide conference",
            enquiry,
            by,
            version,
            conference_needed=needed,
            decision_rationale=rationale,
            decided_by=by,
            decided_at=now,
            decided_late_because=late_because if late else "",
        )
        if needed == Enquiry.Needed.YES:
            _ask_for(enquiry)


def _ask_for(enquiry: Enquiry) -> None:
    due_on = due_day("ICPC-15", enquiry.began_at)
    waits = enquiry.referral.conferences.filter(held_at=None, cancelled_because="").first()
    if waits is None:
        kind = Conference.Kind.INITIAL
        ask_for_conference(enquiry.referral, kind, due_on, enquiry=enquiry)
        return
    Conference.objects.filter(pk=waits.pk).update(
        due_on=min(filter(None, (waits.due_on, due_on)), default=None),
        enquiry=waits.enquiry or enquiry,
        version=F("version") + 1,
    )


def write_enquiry(
    enquiry: Enquiry, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change what is written of an enquiry; `ConflictError` where another did meanwhile."""
    with transaction.atomic():
        write("write enquiry", enquiry, by, version, {**changes, "written_by": by})
        enquiry.writers.add(by)


def submit_enquiry(enquiry: Enquiry, *, version: int | None = None, by: Person) -> None:
    """Hand the finding in, as it was read; `IncompleteError` says what it lacks."""
    need_text(
        enquiry.child_view, "Write what the child says; where it is not known, say so and why."
    )
    need_text(
        enquiry.parent_view, "Write what the parents say; where it is not known, say so and why."
    )
    need_text(enquiry.judgement, "Write your professional judgement.")
    need_text(enquiry.finding, "Choose what the enquiry found.")
    with transaction.atomic():
        move(
            "submit enquiry",
            enquiry,
            by,
            enquiry.version if version is None else version,
            submitted_at=timezone.now(),
        )


def return_enquiry(enquiry: Enquiry, version: int, rationale: str, *, by: Person) -> None:
    """Give the finding back to be written further, with what is missing."""
    need_text(rationale, "Say why", "rationale")
    with transaction.atomic(), because(rationale):
        move("return enquiry", enquiry, by, version, submitted_at=None, returned_because=rationale)


def authorise_enquiry(enquiry: Enquiry, version: int, rationale: str, *, by: Person) -> None:
    """Authorise the finding as it was read: the enquiry ends. Nobody does so with their own."""
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    with transaction.atomic(), because(rationale):
        move(
            "authorise enquiry",
            enquiry,
            by,
            version,
            ended_at=timezone.now(),
            authorised_by=by,
            authorised_because=rationale,
        )
