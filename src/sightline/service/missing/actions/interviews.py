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
from sightline.service.children.queries import root_of
from sightline.service.missing.access import opened_of
from sightline.service.missing.actions.steps import locked, move, need_text, write
from sightline.service.missing.models import MissingEpisode, ReturnInterview
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
    _need_holder(interview, given_to)
    with transaction.atomic():
        _need_moment(interview, offered_at)
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
        interview.involved.add(given_to)


def give_interview(
    interview: ReturnInterview, version: int, given_to: Person, *, by: Person
) -> None:
    """Give an interview that was offered to another to hold; `ConflictError` where another did meanwhile."""
    _need_holder(interview, given_to)
    with transaction.atomic():
        write("give interview", interview, by, version, {"given_to": given_to})
        interview.involved.add(given_to)


def correct_offer(
    interview: ReturnInterview, version: int, offered_at: datetime, *, by: Person
) -> None:
    """Correct when an interview was first offered; `ConflictError` where another changed it meanwhile."""
    with transaction.atomic():
        _need_moment(interview, offered_at)
        if interview.completed_at and offered_at > interview.completed_at:
            raise IncompleteError("It cannot have been offered after it was held", "day")
        write("correct offer", interview, by, version, {"offered_at": offered_at})


def take_back_answer(interview: ReturnInterview, *, by: Person) -> None:
    """Note that there is no answer to the offer yet, where one was recorded by mistake."""
    with transaction.atomic():
        move("take back answer", interview, by, accepted=None, declined_because="")


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

    `held_by` is who held it, or `interviewer` the name of somebody without an account. Held later than the
    rule allows it says why. The child's words and the judgement are two texts.
    """
    with transaction.atomic():
        said = _whole(interview, held)
        move("hold interview", interview, by, accepted=True, written_by=by, **said)
        _involve(interview, said, by)


def correct_interview(
    interview: ReturnInterview, version: int, held: Mapping[str, Any], *, by: Person
) -> None:
    """Correct what is recorded of an interview nobody has judged yet; `ConflictError` where another did."""
    with transaction.atomic():
        said = _whole(interview, held)
        write("correct interview", interview, by, version, said)
        _involve(interview, said, by)


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


def _involve(interview: ReturnInterview, said: Mapping[str, Any], by: Person) -> None:
    interview.involved.add(*{by, said["held_by"] or by})


def _need_holder(interview: ReturnInterview, given_to: Person) -> None:
    if not holders(INTERVIEWER.policy.roles).filter(pk=given_to.pk).exists():
        raise IncompleteError(
            "Only somebody who holds return interviews can be given one", "given_to"
        )
    if opened_of(given_to, interview.episode.child).is_hidden:
        raise IncompleteError(
            "The child is restricted, and they are not among those named: choose another",
            "given_to",
        )


def _need_moment(interview: ReturnInterview, at: datetime) -> None:
    """Go on only with a moment after the return, which nobody corrects meanwhile: the child is locked."""
    locked(root_of(interview.episode.child))
    episodes = MissingEpisode.objects.filter(pk=interview.episode_id)
    returned = episodes.values_list("returned_at", flat=True).get()
    interview.episode.returned_at = returned
    if at > timezone.now():
        raise IncompleteError("It must not be in the future", "day")
    if returned is not None and at < returned:
        raise IncompleteError("It must not be before the child returned", "day")


def _whole(interview: ReturnInterview, held: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is written of an interview, where nothing is missing."""
    _need_moment(interview, held["completed_at"])
    holder, name = held.get("held_by"), held["interviewer"].strip()
    if holder is None:
        need_text(name, "Select who held it, or enter the name", "interviewer")
        if holders(INTERVIEWER.policy.roles).filter(name__iexact=name).exists():
            raise IncompleteError("This is somebody with an account: select them", "held_by")
    elif name and name != holder.name:
        raise IncompleteError("Select who held it, or enter another name: not both", "interviewer")
    if held["is_independent"] is None:
        raise IncompleteError(
            "Select whether they are independent of the child’s care", "is_independent"
        )
    need_text(held["own_words"], "Write what the child said, in the child’s own words", "own_words")
    need_text(held["judgement"], "Write the interviewer’s assessment", "judgement")
    if was_late(interview, held["completed_at"]):
        need_text(
            held["late_because"],
            "It was held later than the rule allows: say why",
            "late_because",
        )
    return {**held, "held_by": holder, "interviewer": holder.name if holder else name}
