"""The interview on a return: offered, answered, held, and judged by another."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.queries import holders
from sightline.service.accounts.steps import IncompleteError
from sightline.service.audit.context import because
from sightline.service.missing.actions.steps import move, need_text, write
from sightline.service.missing.models import ReturnInterview
from sightline.service.missing.states import INTERVIEWER
from sightline.service.protection.clocks import is_late

RULE = "RHI-72"
"""The time limit of a return interview."""
GRADES = {
    1: "Poor: the child is hardly heard",
    2: "Needs work",
    3: "Good",
    4: "Very good: the child is heard, and what follows from it is clear",
}
"""What the grades of an audit mean."""


def offer_interview(
    interview: ReturnInterview, *, offered_at: datetime, given_to: Person, by: Person
) -> None:
    """Offer an interview, and say who is to hold it. One that was declined may be offered again."""
    _need_holder(given_to)
    _need_moment(interview, offered_at)
    with transaction.atomic():
        move(
            "offer interview",
            interview,
            by,
            # The first offer is what the figures count.
            offered_at=interview.offered_at or offered_at,
            given_to=given_to,
            accepted=None,
            declined_because="",
        )


def give_interview(
    interview: ReturnInterview, version: int, given_to: Person, *, by: Person
) -> None:
    """Give an interview that was offered to another to hold; `ConflictError` where another did meanwhile."""
    _need_holder(given_to)
    write("give interview", interview, by, version, {"given_to": given_to})


def accept_interview(interview: ReturnInterview, *, by: Person) -> None:
    """Note that the child accepted."""
    with transaction.atomic():
        move("accept interview", interview, by, accepted=True)


def decline_interview(interview: ReturnInterview, reason: str, *, by: Person) -> None:
    """Note that the child, or who cares for the child, declined, and why."""
    need_text(reason, "Say why it was declined, in the child’s words where they gave any", "reason")
    with transaction.atomic(), because(reason):
        move("decline interview", interview, by, accepted=False, declined_because=reason)


def hold_interview(interview: ReturnInterview, held: Mapping[str, Any], *, by: Person) -> None:
    """Put an interview that was held on record; `held` by column of `ReturnInterview`.

    Held later than the rule allows it says why. The child's words and the judgement are two texts.
    """
    _need_whole(interview, held)
    with transaction.atomic():
        move("hold interview", interview, by, accepted=True, written_by=by, **held)


def correct_interview(
    interview: ReturnInterview, version: int, held: Mapping[str, Any], *, by: Person
) -> None:
    """Correct what is recorded of an interview nobody has judged yet; `ConflictError` where another did."""
    _need_whole(interview, held)
    write("correct interview", interview, by, version, held)


def audit_interview(
    interview: ReturnInterview, version: int, quality: int, note: str, *, by: Person
) -> None:
    """Judge the quality of an interview as it was read, 1 to 4, and say why; nobody judges their own."""
    if quality not in GRADES:
        raise IncompleteError("Select a grade", "quality")
    need_text(note, "Say why", "quality_note")
    with transaction.atomic(), because(note):
        move(
            "audit interview",
            interview,
            by,
            version,
            quality=quality,
            quality_note=note,
            audited_by=by,
            audited_on=timezone.localdate(),
        )


def was_late(interview: ReturnInterview, completed_at: datetime) -> bool:
    """Whether an interview held at a moment is late by the rule of the day of the return."""
    returned = interview.episode.returned_at
    return returned is not None and is_late(RULE, returned, completed_at)


def _need_holder(given_to: Person) -> None:
    if not holders(INTERVIEWER.policy.roles).filter(pk=given_to.pk).exists():
        raise IncompleteError(
            "Only somebody who holds return interviews can be given one", "given_to"
        )


def _need_moment(interview: ReturnInterview, at: datetime) -> None:
    returned = interview.episode.returned_at
    if at > timezone.now():
        raise IncompleteError("It must not be in the future", "day")
    if returned is not None and at < returned:
        raise IncompleteError("It must not be before the child returned", "day")


def _need_whole(interview: ReturnInterview, held: Mapping[str, Any]) -> None:
    _need_moment(interview, held["completed_at"])
    need_text(held["interviewer"], "Enter who held it", "interviewer")
    if held["is_independent"] is None:
        raise IncompleteError(
            "Select whether they are independent of the child’s care", "is_independent"
        )
    need_text(held["own_words"], "Write what the child said, in the child’s own words", "own_words")
    need_text(held["judgement"], "Write what the interviewer makes of it", "judgement")
    if was_late(interview, held["completed_at"]):
        need_text(
            held["late_because"],
            "It was held later than the rule allows: say why",
            "late_because",
        )
