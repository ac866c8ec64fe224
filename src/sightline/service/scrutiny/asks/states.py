"""Which step an ask may take from which state, by whom, and what the step needs.

This table is the whole of it: `actions.take_step` reads it, the pages offer what it allows, the tests walk
every pair of it, and docs/reference/requests.md is drawn from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from sightline.service.scrutiny.models import AskState


class Who(StrEnum):
    """Who may take a step."""

    KEEPER = "who keeps the committee"
    ANSWERER = "the lead officer, an assistant director, or who keeps the committee"
    COMMITTEE = "the committee at a meeting, as minuted; who keeps it records so"


class Needs(StrEnum):
    """What a step cannot be taken without."""

    REASON = "a reason"
    REPLY = "a reply that is sent"
    EVIDENCE = "a reply sent with what shows it, or with a figure"
    MINUTE = "a meeting and minute number"


@dataclass(frozen=True)
class Step:
    """One step: from a state to another, by whom, with what. `verb` is what its button says."""

    before: AskState
    after: AskState
    who: Who
    verb: str
    needs: tuple[Needs, ...] = ()


_S = AskState
OPEN = tuple(each for each in AskState if each is not _S.CLOSED)
WAITING = (_S.MADE, _S.SENT, _S.ACKNOWLEDGED, _S.REOPENED)
"""States in which the ask waits for an answer."""
TO_BE_DONE = (_S.ACCEPTED, _S.PART_ACCEPTED, _S.IN_PROGRESS)
"""States in which it was answered that something will be done, and nothing shows yet that it was."""
REFUSED = (_S.REJECTED, _S.NOT_FEASIBLE)
PROPOSED = (_S.EVIDENCED, *REFUSED)
"""States from which nothing more is to come but what the committee says."""


def _steps(
    before: tuple[AskState, ...], after: AskState, who: Who, verb: str, *needs: Needs
) -> tuple[Step, ...]:
    return tuple(Step(each, after, who, verb, needs) for each in before)


STEPS: tuple[Step, ...] = (
    *_steps((_S.MADE, _S.REOPENED), _S.SENT, Who.KEEPER, "Send it to the lead officer"),
    *_steps((_S.SENT, _S.REOPENED), _S.ACKNOWLEDGED, Who.ANSWERER, "Acknowledge it"),
    *_steps(WAITING, _S.REPLIED, Who.ANSWERER, "Send a reply", Needs.REPLY),
    *_steps((_S.REPLIED,), _S.ACCEPTED, Who.ANSWERER, "Accept it"),
    *_steps((_S.REPLIED,), _S.PART_ACCEPTED, Who.ANSWERER, "Accept it in part", Needs.REASON),
    *_steps((_S.REPLIED,), _S.REJECTED, Who.ANSWERER, "Reject it", Needs.REASON),
    *_steps(
        (_S.REPLIED, *TO_BE_DONE),
        _S.NOT_FEASIBLE,
        Who.ANSWERER,
        "Say that it is no longer feasible",
        Needs.REASON,
    ),
    *_steps(
        (_S.ACCEPTED, _S.PART_ACCEPTED), _S.IN_PROGRESS, Who.ANSWERER, "Say that work has begun"
    ),
    *_steps(
        (_S.REPLIED, *TO_BE_DONE), _S.EVIDENCED, Who.ANSWERER, "Offer evidence", Needs.EVIDENCE
    ),
    *_steps(
        (_S.EVIDENCED,),
        _S.IN_PROGRESS,
        Who.COMMITTEE,
        "Find the evidence not enough",
        Needs.REASON,
        Needs.MINUTE,
    ),
    *_steps(OPEN, _S.CLOSED, Who.COMMITTEE, "Close it", Needs.MINUTE),
    *_steps(
        (_S.REPLIED, *REFUSED, _S.CLOSED),
        _S.REOPENED,
        Who.COMMITTEE,
        "Reopen it",
        Needs.REASON,
        Needs.MINUTE,
    ),
)
BY_PAIR = {(each.before, each.after): each for each in STEPS}


def step_between(before: str, after: str) -> Step | None:
    """Give the step from a state to another; None where there is none."""
    return BY_PAIR.get((AskState(before), AskState(after)))


def steps_from(before: str) -> tuple[Step, ...]:
    """Give the steps from a state, in the order of the table."""
    return tuple(each for each in STEPS if each.before == before)
