"""Which step a contact may take from which state, who takes it, and what it needs.

This table is the whole of it: `actions.steps.move` reads it, the pages offer what it allows, the tests walk
every pair of it, and docs/reference/contacts.md is drawn from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from sightline.service.frontdoor.models import Contact


class Who(StrEnum):
    """Who takes a step."""

    OFFICER = "a front-door officer or team manager of the contact's team or locality"
    AUTHORISER = (
        "a team manager, service manager or assistant director within whose remit the contact is, who is "
        "a registered social worker"
    )
    OTHER_AUTHORISER = f"{AUTHORISER}, and who did not recommend it"


class Verb(StrEnum):
    """What is done."""

    TAKE = "take"
    PUT_BACK = "put back"
    ASK = "ask an agency"
    GO_ON = "go on"
    LIST = "list for triage"
    UNLIST = "take off the list"
    RECOMMEND = "recommend"
    RETURN = "return"
    AUTHORISE = "authorise"
    CHANGE = "authorise another outcome"
    TELL = "tell the referrer"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Step:
    """One step: from a state to a state, by whom, and what it cannot be taken without."""

    verb: Verb
    before: Contact.State
    after: Contact.State
    who: Who
    needs: str = ""


_S = Contact.State
OPEN = tuple(each for each in Contact.State if each is not _S.CLOSED)
UNDECIDED = tuple(each for each in OPEN if each is not _S.DECIDED)
"""States in which the clock of the decision runs."""
AT_WORK = (_S.SCREENING, _S.INFORMATION, _S.TRIAGE)
"""States in which an officer works on it."""

_DECISION = "a rationale, on a recommendation that nobody has decided yet"
STEPS: tuple[Step, ...] = (
    Step(Verb.TAKE, _S.RECEIVED, _S.SCREENING, Who.OFFICER),
    Step(Verb.PUT_BACK, _S.SCREENING, _S.RECEIVED, Who.OFFICER, "a reason"),
    *(
        Step(
            Verb.ASK,
            before,
            after,
            Who.OFFICER,
            "a question, a lawful basis and the time it is due",
        )
        for before, after in (
            (_S.SCREENING, _S.INFORMATION),
            (_S.INFORMATION, _S.INFORMATION),
            (_S.TRIAGE, _S.TRIAGE),
        )
    ),
    Step(
        Verb.GO_ON,
        _S.INFORMATION,
        _S.SCREENING,
        Who.OFFICER,
        "every answer, or a reason why it goes on without",
    ),
    *(Step(Verb.LIST, before, _S.TRIAGE, Who.OFFICER) for before in (_S.SCREENING, _S.INFORMATION)),
    Step(Verb.UNLIST, _S.TRIAGE, _S.SCREENING, Who.OFFICER, "a reason"),
    *(
        Step(
            Verb.RECOMMEND,
            before,
            _S.RECOMMENDED,
            Who.OFFICER,
            "a priority, who made the contact, a kind of concern, a team or locality, a level, an outcome "
            "and a rationale; whether a child is missing or exploitation is feared, and routing, where so; "
            "who each child is, where a case begins or is open; what was offered, where the outcome is no "
            "help of social care",
        )
        for before in AT_WORK
    ),
    Step(Verb.RETURN, _S.RECOMMENDED, _S.SCREENING, Who.OTHER_AUTHORISER, _DECISION),
    Step(
        Verb.AUTHORISE,
        _S.RECOMMENDED,
        _S.DECIDED,
        Who.OTHER_AUTHORISER,
        f"{_DECISION}; what was needed of the contact to recommend it, as it stands now",
    ),
    Step(
        Verb.CHANGE,
        _S.RECOMMENDED,
        _S.DECIDED,
        Who.OTHER_AUTHORISER,
        f"another outcome or level, and {_DECISION}; what is needed of the contact to recommend that, as it "
        "stands now",
    ),
    Step(
        Verb.TELL,
        _S.DECIDED,
        _S.CLOSED,
        Who.OFFICER,
        "who made the contact; how the referrer was told, or why nobody can be; that it was confirmed who "
        "sent a form for professionals; routing, where a child is missing or exploitation is feared",
    ),
    Step(
        Verb.REOPEN,
        _S.CLOSED,
        _S.SCREENING,
        Who.AUTHORISER,
        "a reason; whether a child is missing or exploitation is feared is asked again, and routed anew",
    ),
)
BY_VERB = {(each.verb, each.before): each for each in STEPS}

OWNERS: dict[Contact.State, str] = {
    _S.RECEIVED: "the front-door officers of its team or locality",
    _S.SCREENING: "the officer who took it",
    _S.INFORMATION: "the officer who took it, who chases the agencies asked",
    _S.TRIAGE: "the chair of the daily triage",
    _S.RECOMMENDED: "the managers who may authorise it",
    _S.DECIDED: "the officer who took it, who tells the referrer",
    _S.CLOSED: "nobody: it is on record, and a manager may reopen it",
}
"""Who must do something next, in each state."""


def step_of(verb: Verb, state: str) -> Step | None:
    """Give the step that a verb is from a state; None where it is none."""
    return BY_VERB.get((verb, Contact.State(state)))


def verbs_from(state: str) -> frozenset[Verb]:
    """Give what may be done in a state."""
    return frozenset(each.verb for each in STEPS if each.before == state)
