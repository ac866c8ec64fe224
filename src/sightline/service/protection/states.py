"""Every step of the pathway: of what, from which state to which, who takes it, and what it needs.

These tables are the whole of it: `actions.steps` reads them, the pages offer what they allow, the tests walk
every pair of them, and docs/reference/pathway.md is drawn from them. A state is told from the columns of a
row, in Python and in the database in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Model, Q, TextField

from sightline.service.accounts.policies import (
    ALLOCATE,
    AUTHORISE_CONTACTS,
    AUTHORISE_WORK,
    CORRECT_CONFERENCES,
    GO_TO_COURT,
    HOLD_CONFERENCES,
    WORK_CASES,
    WRITE_UP,
    Policy,
)
from sightline.service.protection import models as kept


@dataclass(frozen=True)
class Who:
    """Who takes a step. `registered`: a registered social worker; `another`: not whose work it is; `outside`:
    nor anybody who has ever had the case.
    """

    policy: Policy
    words: str
    registered: bool = False
    another: bool = False
    outside: bool = False


WORKER = Who(
    WORK_CASES, "who works with the case: its worker, or the managers of its team or locality"
)
ALLOCATOR = Who(ALLOCATE, "a team manager or service manager of the case")
AUTHORISER = Who(
    AUTHORISE_WORK,
    "a team manager, service manager or assistant director of the case, who is a registered social worker "
    "and whose own work it is not",
    registered=True,
    another=True,
)
REOPENER = Who(
    AUTHORISE_WORK,
    "a team manager, service manager or assistant director of the case, who is a registered social worker",
    registered=True,
)
DECIDER = Who(
    GO_TO_COURT,
    "a service manager or assistant director of the case, who is a registered social worker and has never "
    "had the case",
    registered=True,
    another=True,
    outside=True,
)
FRONT_DOOR = Who(AUTHORISE_CONTACTS, "whoever authorises the contact that says so")
CHAIR = Who(HOLD_CONFERENCES, "a conference chair, who does not work with the case", another=True)
CORRECTOR = Who(
    CORRECT_CONFERENCES,
    "whoever chaired it; where they have left or may not, another conference chair or a service manager, who "
    "does not work with the case",
    another=True,
)
WRITER = Who(
    WRITE_UP, "business support of the team, a conference chair, or who works with the case"
)


class Has(StrEnum):
    """Whether a column holds something."""

    SOMETHING = "something"
    NOTHING = "nothing"


@dataclass(frozen=True)
class State:
    """A state: what it is called, who must act in it, and what the columns of a row in it hold.

    A column holds one value, one of several, something or nothing. `waits_for`: the decisions that it waits
    for; what else may be done in it, as to end a plan, nothing waits for.
    """

    code: str
    label: str
    owner: str
    holds: Mapping[str, object]
    waits_for: tuple[str, ...] = ()

    def condition(self, model: type[Model]) -> Q:
        """Give the rows in this state, as a condition."""
        found = Q()
        for name, value in self.holds.items():
            is_text = isinstance(model._meta.get_field(name), CharField | TextField)
            nothing = Q(**{name: ""}) if is_text else Q(**{f"{name}__isnull": True})
            match value:
                case Has.NOTHING:
                    found &= nothing
                case Has.SOMETHING:
                    found &= ~nothing
                case tuple():
                    found &= Q(**{f"{name}__in": value})
                case _:
                    found &= Q(**{name: value})
        return found

    def is_of(self, row: Model) -> bool:
        """Whether a row is in this state."""
        return all(_fits(getattr(row, name), value) for name, value in self.holds.items())


def _fits(value: object, wanted: object) -> bool:
    if isinstance(wanted, Has):
        return (value in (None, "")) == (wanted is Has.NOTHING)
    if isinstance(wanted, tuple):
        return value in wanted
    return value == wanted


@dataclass(frozen=True)
class Step:
    """One step: from a state to a state (empty: the row is made), by whom, and what it needs."""

    verb: str
    before: str
    after: str
    who: Who
    needs: str = ""


@dataclass(frozen=True)
class Machine:
    """The states of one kind of row, and the steps between them."""

    name: str
    model: type[Model]
    states: tuple[State, ...]
    steps: tuple[Step, ...]

    def state_of(self, row: Model) -> State:
        """Give the state of a row."""
        return next(each for each in self.states if each.is_of(row))

    def state(self, code: str) -> State:
        """Give a state by its code."""
        return next(each for each in self.states if each.code == code)

    def step(self, verb: str, row: Model) -> Step | None:
        """Give the step that a verb is for a row as it stands; None where it is none."""
        code = self.state_of(row).code
        return next(
            (each for each in self.steps if each.verb == verb and each.before == code), None
        )

    def verbs(self, row: Model) -> frozenset[str]:
        """Give what may be done with a row as it stands."""
        code = self.state_of(row).code
        return frozenset(each.verb for each in self.steps if each.before == code)


_DECIDES = "a rationale, on the text as it was read"
_NOTHING, _SOMETHING = Has.NOTHING, Has.SOMETHING

REFERRAL = Machine(
    "Referral",
    kept.Referral,
    (
        State(
            "open",
            "Open",
            "its worker; while nobody has it, the managers of its team, who allocate it",
            {"state": "open"},
        ),
        State(
            "closing",
            "To be closed",
            "the managers who may authorise it",
            {"state": "closing"},
            ("authorise closure", "return closure"),
        ),
        State("closed", "Closed", "nobody: it is on record", {"state": "closed"}),
    ),
    (
        Step(
            "open", "", "open", FRONT_DOOR, "a contact decided as a referral or strategy discussion"
        ),
        Step(
            "transfer in", "", "open", ALLOCATOR, "from which authority, and when it was received"
        ),
        Step(
            "allocate",
            "open",
            "open",
            ALLOCATOR,
            "a worker; where another has it, the reason for the change",
        ),
        Step("describe", "open", "open", WORKER, "the primary need; the locality"),
        Step(
            "ask to close",
            "open",
            "closing",
            WORKER,
            "the reason, and why; nothing open: no assessment, enquiry, discussion, conference or plan",
        ),
        Step(
            "open again",
            "closing",
            "open",
            FRONT_DOOR,
            "a new contact decided as a referral or strategy discussion: the closure falls",
        ),
        Step("return closure", "closing", "open", AUTHORISER, _DECIDES),
        Step("authorise closure", "closing", "closed", AUTHORISER, _DECIDES),
        Step(
            "take back closure",
            "closed",
            "open",
            REOPENER,
            "why: it was closed by mistake; no other case of the child that is open, or was since. Nobody "
            "has it then: it is to be allocated",
        ),
    ),
)
ASSESSMENT = Machine(
    "Assessment",
    kept.Assessment,
    (
        State(
            "writing",
            "Being written",
            "the worker who has the case",
            {"submitted_at": _NOTHING, "authorised_at": _NOTHING},
        ),
        State(
            "submitted",
            "Waits for authorisation",
            "the managers who may authorise it",
            {"submitted_at": _SOMETHING, "authorised_at": _NOTHING},
            ("authorise assessment", "return assessment"),
        ),
        State("authorised", "Authorised", "nobody: it is on record", {"authorised_at": _SOMETHING}),
    ),
    (
        Step(
            "begin assessment", "", "writing", WORKER, "an open referral without one being written"
        ),
        Step("write assessment", "writing", "writing", WORKER),
        Step(
            "submit assessment",
            "writing",
            "submitted",
            WORKER,
            "the primary need of the case, "
            "whether the child was seen, the child's view, the parents' view, the professional judgement, "
            "factors and an outcome; the reason, where it is late",
        ),
        Step("return assessment", "submitted", "writing", AUTHORISER, _DECIDES),
        Step("authorise assessment", "submitted", "authorised", AUTHORISER, _DECIDES),
    ),
)
DISCUSSION = Machine(
    "Strategy discussion",
    kept.StrategyDiscussion,
    (
        State(
            "called",
            "To be held",
            "the manager of the case",
            {"decision": _NOTHING, "held_at": _NOTHING},
        ),
        State(
            "recorded",
            "Decision to be recorded",
            "the managers who may authorise it",
            {"decision": _NOTHING, "held_at": _SOMETHING},
            ("decide discussion",),
        ),
        State("held", "Held", "nobody: it is on record", {"decision": _SOMETHING}),
    ),
    (
        Step(
            "call discussion",
            "",
            "called",
            WORKER,
            "when harm was suspected; none that waits already",
        ),
        *(
            Step(
                "record discussion",
                state,
                "recorded",
                WORKER,
                "when, who chaired, whether police and health took part or gave background information only, "
                "and minutes",
            )
            for state in ("called", "recorded")
        ),
        Step(
            "decide discussion",
            "recorded",
            "held",
            AUTHORISER,
            "a decision and a rationale, on the record as it was read; without police or health, why",
        ),
        Step(
            "correct discussion",
            "held",
            "held",
            AUTHORISER,
            "the day and time, and why; its enquiry follows: decided after day five then, why it was late",
        ),
    ),
)
ENQUIRY = Machine(
    "Section 47 enquiry",
    kept.Enquiry,
    (
        State(
            "undecided",
            "Conference to be decided",
            "the managers who may authorise, by day five",
            {"decided_at": _NOTHING},
            ("decide conference",),
        ),
        State(
            "decided",
            "Finding to be written",
            "the worker who has the case",
            {"decided_at": _SOMETHING, "submitted_at": _NOTHING},
        ),
        State(
            "submitted",
            "Finding waits for authorisation",
            "the managers who may authorise it",
            {"submitted_at": _SOMETHING, "ended_at": _NOTHING},
            ("authorise enquiry", "return enquiry"),
        ),
        State("ended", "Ended", "nobody: it is on record", {"ended_at": _SOMETHING}),
    ),
    (
        *(Step("write enquiry", state, state, WORKER) for state in ("undecided", "decided")),
        Step(
            "decide conference",
            "undecided",
            "decided",
            AUTHORISER,
            "yes or no, and a rationale; after day five, why it is late",
        ),
        Step(
            "submit enquiry",
            "decided",
            "submitted",
            WORKER,
            "the child's view, the parents' view, the professional judgement and a finding",
        ),
        Step("return enquiry", "submitted", "decided", AUTHORISER, _DECIDES),
        Step("authorise enquiry", "submitted", "ended", AUTHORISER, _DECIDES),
    ),
)
_CALLED_OFF = {"cancelled_because": _NOTHING, "held_at": _NOTHING}
CONFERENCE = Machine(
    "Conference",
    kept.Conference,
    (
        State(
            "to book",
            "To be booked",
            "business support of the team",
            {**_CALLED_OFF, "booked_for": _NOTHING},
        ),
        State("booked", "Booked", "its chair", {**_CALLED_OFF, "booked_for": _SOMETHING}),
        State(
            "held",
            "Held",
            "business support, who writes the minutes, and its chair, who approves and sends them",
            {"held_at": _SOMETHING, "minutes_sent_on": _NOTHING},
        ),
        State(
            "sent",
            "Held, its minutes sent",
            "nobody: it is on record",
            {"held_at": _SOMETHING, "minutes_sent_on": _SOMETHING},
        ),
        State(
            "called off",
            "Called off",
            "nobody: it is on record",
            {"cancelled_because": _SOMETHING, "held_at": _NOTHING},
        ),
    ),
    (
        *(
            Step(
                "book",
                state,
                "booked",
                WRITER,
                "day and time, a room or how to meet remotely, and a chair",
            )
            for state in ("to book", "booked")
        ),
        *(
            Step("invite agency", state, state, WRITER, "the day its report is due")
            for state in ("to book", "booked")
        ),
        *(
            Step("note agency", state, state, WRITER)
            for state in ("to book", "booked", "held", "sent")
        ),
        Step(
            "put off",
            "booked",
            "called off",
            WRITER,
            "a reason, in a code too; another waits to be booked, due as before, with the reports that came",
        ),
        *(
            Step(
                "call off",
                state,
                "called off",
                AUTHORISER,
                "why none is needed any more: the decision of the enquiry is taken anew, by another",
            )
            for state in ("to book", "booked")
        ),
        Step(
            "hold",
            "booked",
            "held",
            CHAIR,
            "when, who came, the child's and the parents' views, an outcome, a rationale; with a plan, the "
            "category; held late, the coded reason, and the agency where it was for one",
        ),
        Step("write minutes", "held", "held", WRITER),
        Step("send minutes", "held", "sent", CHAIR, "minutes, as the chair has read them"),
        *(
            Step(
                "correct conference",
                state,
                state,
                CORRECTOR,
                "why; what followed from it follows, or it is said why it cannot",
            )
            for state in ("held", "sent")
        ),
    ),
)
PLAN = Machine(
    "Child protection plan",
    kept.ProtectionPlan,
    (
        State(
            "open", "Open", "the worker who has the case, with the core group", {"ends": _NOTHING}
        ),
        State("ended", "Ended", "nobody: it is on record", {"ends": _SOMETHING}),
    ),
    (
        Step("write plan", "open", "open", WORKER),
        Step("add action", "open", "open", WORKER, "what, who, by when"),
        Step("note action", "open", "open", WORKER),
        Step(
            "end without conference",
            "open",
            "ended",
            AUTHORISER,
            "that the child has died, moved for good, come into care or is 18, on which day (of who is 18: "
            "the birthday), and a rationale",
        ),
        Step(
            "take back end",
            "ended",
            "open",
            AUTHORISER,
            "why: it has not ended; no conference ended it, the case is open, and no plan began since",
        ),
    ),
)
CORE_GROUP = Machine(
    "Core group",
    kept.CoreGroup,
    (
        State(
            "due",
            "To be held",
            "the worker who has the case",
            {"held_on": _NOTHING, "not_held_because": _NOTHING},
        ),
        State("held", "Held", "nobody: it is on record", {"held_on": _SOMETHING}),
        State(
            "not held",
            "Not held: overdue when the plan ended",
            "nobody: it is on record",
            {"held_on": _NOTHING, "not_held_because": _SOMETHING},
        ),
    ),
    (
        Step(
            "hold core group",
            "due",
            "held",
            WORKER,
            "the day, who came, progress and views; held late, why. One that was forgotten, before another "
            "on record, is put beside the one that waits",
        ),
        Step(
            "correct core group", "held", "held", WORKER, "the day, and why; held late, why it was"
        ),
    ),
)
NEED_PLAN = Machine(
    "Child in need plan",
    kept.ChildInNeedPlan,
    (
        State("open", "Open", "the worker who has the case", {"ends": _NOTHING}),
        State("ended", "Ended", "nobody: it is on record", {"ends": _SOMETHING}),
    ),
    (
        Step(
            "begin need plan", "", "open", WORKER, "no plan open; an assessment that was authorised"
        ),
        Step("write need plan", "open", "open", WORKER),
        Step("end need plan", "open", "ended", WORKER, "a reason, and to what the child steps"),
        Step(
            "take back need end",
            "ended",
            "open",
            AUTHORISER,
            "why: it has not ended; no child protection plan took its place, the case is open, and no plan "
            "began since",
        ),
    ),
)
NEED_REVIEW = Machine(
    "Review of a child in need plan",
    kept.NeedReview,
    (
        State(
            "due",
            "To be held",
            "the worker who has the case",
            {"held_on": _NOTHING, "not_held_because": _NOTHING},
        ),
        State("held", "Held", "nobody: it is on record", {"held_on": _SOMETHING}),
        State(
            "not held",
            "Not held: overdue when the plan ended",
            "nobody: it is on record",
            {"held_on": _NOTHING, "not_held_because": _SOMETHING},
        ),
    ),
    (
        Step(
            "hold need review",
            "due",
            "held",
            WORKER,
            "the day and what was decided; held late, why. One that was forgotten, as of core groups",
        ),
        Step(
            "correct need review",
            "held",
            "held",
            WORKER,
            "the day and what was decided, and why it is corrected; held late, why it was",
        ),
    ),
)
_BEFORE = ("begun", "under way")
"""States in which it is not decided yet whether a case goes to court."""
_DECIDED = ("decided", "proceedings", "stepped down", "ended")
"""States in which it is decided how it goes on: a letter that was sent before is still put on record."""
PRE_PROCEEDINGS = Machine(
    "Pre-proceedings",
    kept.PreProceedings,
    (
        State(
            "begun",
            "Letters to be sent",
            "the worker who has the case",
            {"letter_on": _NOTHING, "outcome": _NOTHING},
            ("review pre-proceedings", "decide for court"),
        ),
        State(
            "under way",
            "In pre-proceedings",
            "the worker who has the case, and the managers who review it",
            {"letter_on": _SOMETHING, "outcome": _NOTHING},
            ("review pre-proceedings", "decide for court"),
        ),
        State(
            "decided",
            "Application to be made",
            "the worker who has the case",
            {"outcome": "proceedings", "application_on": _NOTHING},
            ("review pre-proceedings",),
        ),
        State(
            "proceedings",
            "In care proceedings",
            "the worker who has the case, until the court makes its final order",
            {"outcome": "proceedings", "application_on": _SOMETHING, "order_on": _NOTHING},
        ),
        State(
            "stepped down", "Stepped down", "nobody: it is on record", {"outcome": "stepped_down"}
        ),
        State(
            "ended",
            "Final order made",
            "nobody: it is on record",
            {"outcome": "proceedings", "application_on": _SOMETHING, "order_on": _SOMETHING},
        ),
    ),
    (
        Step(
            "begin pre-proceedings",
            "",
            "begun",
            DECIDER,
            "the day, not before the case was received; a rationale; none that are open; an assessment that "
            "was authorised",
        ),
        *(
            Step(
                "write letter",
                state,
                state,
                WORKER,
                "what every letter says, while none is on record as sent",
            )
            for state in ("begun", *_DECIDED)
        ),
        *(
            Step(
                "address letter",
                state,
                state,
                WORKER,
                "to whom, who has parental responsibility; none to them that waits to be sent",
            )
            for state in (*_BEFORE, *_DECIDED)
        ),
        Step("send first letter", "begun", "under way", WORKER, "as a letter is sent"),
        *(
            Step("send first letter", state, state, WORKER, "as one sent before is put on record")
            for state in _DECIDED
        ),
        *(
            Step(
                "offer family meeting",
                state,
                state,
                WORKER,
                "whether one was offered; where none was, why; held: the day",
            )
            for state in _BEFORE
        ),
        *(
            Step("book meeting", state, state, WORKER, "which, day and time")
            for state in (*_BEFORE, "decided", "proceedings")
        ),
        *(
            Step("record meeting", state, state, WORKER, "which, the day, and what was agreed")
            for state in (*_BEFORE, "decided", "proceedings", "ended")
        ),
        *(
            Step(
                "review pre-proceedings",
                state,
                state,
                AUTHORISER,
                "the day and what was decided; held late, why",
            )
            for state in (*_BEFORE, "decided")
        ),
        *(
            Step(
                "step down",
                state,
                "stepped down",
                DECIDER,
                "a rationale, and what the child has instead",
            )
            for state in (*_BEFORE, "decided")
        ),
        *(
            Step("decide for court", state, "decided", DECIDER, "the day, a rationale")
            for state in _BEFORE
        ),
        Step("apply to court", "decided", "proceedings", WORKER, "the day of the application"),
        Step(
            "take back application",
            "proceedings",
            "decided",
            DECIDER,
            "why: no application was made; no hearing that was held",
        ),
        Step("record order", "proceedings", "ended", WORKER, "the day, and what the court decided"),
        Step(
            "take back order",
            "ended",
            "proceedings",
            DECIDER,
            "why: no final order was made; an open case",
        ),
        *(
            Step("correct pre-proceedings", state, state, DECIDER, "why")
            for state in (*_BEFORE, *_DECIDED)
        ),
    ),
)
COURT_LETTER = Machine(
    "Letter before proceedings",
    kept.CourtLetter,
    (
        State(
            "written",
            "To be sent",
            "the worker who has the case",
            {"sent_on": _NOTHING, "dropped_because": _NOTHING},
        ),
        State("sent", "Sent", "nobody: it is on record, as it was sent", {"sent_on": _SOMETHING}),
        State(
            "dropped",
            "Not sent",
            "nobody: it is on record",
            {"sent_on": _NOTHING, "dropped_because": _SOMETHING},
        ),
    ),
    (
        Step("write to parent", "written", "written", WORKER),
        Step(
            "send letter",
            "written",
            "sent",
            WORKER,
            "the day, not after it is decided whether the case goes to court; worries, what must change and "
            "by when, the help given, and what child and parent say, as they were read",
        ),
        Step("drop letter", "written", "dropped", WORKER, "why it is not sent"),
        Step("correct letter", "sent", "sent", WORKER, "the day, and why; its words stay"),
    ),
)
_MET = ("meeting", "family", "hearing")
COURT_MEETING = Machine(
    "Meeting or hearing",
    kept.CourtMeeting,
    (
        State(
            "to come",
            "Booked",
            "the worker who has the case",
            {"held_on": _NOTHING, "called_off_because": _NOTHING},
        ),
        State("held", "Held", "nobody: it is on record", {"kind": _MET, "held_on": _SOMETHING}),
        State(
            "reviewed",
            "Review held",
            "nobody: it is on record",
            {"kind": "review", "held_on": _SOMETHING},
        ),
        State(
            "called off",
            "Called off",
            "nobody: it is on record",
            {"held_on": _NOTHING, "called_off_because": _SOMETHING},
        ),
    ),
    (
        Step("move meeting", "to come", "to come", WORKER, "day and time"),
        Step(
            "hold meeting",
            "to come",
            "held",
            WORKER,
            "the day, and what was agreed or ordered; more time than 26 weeks: until when, and why",
        ),
        Step("call off meeting", "to come", "called off", WORKER, "why"),
        Step("correct meeting", "held", "held", WORKER, "why"),
        Step("correct review", "reviewed", "reviewed", AUTHORISER, "why"),
    ),
)
VISIT = Machine(
    "Visit",
    kept.Visit,
    (State("made", "Recorded", "nobody: it is on record", {"made_at": _SOMETHING}),),
    (
        Step(
            "record visit",
            "",
            "made",
            WORKER,
            "whether the child was seen; not seen, or not alone: why not; seen: bedroom and own words",
        ),
        Step("correct visit", "made", "made", WORKER, "why"),
    ),
)

MACHINES: tuple[Machine, ...] = (
    REFERRAL,
    ASSESSMENT,
    DISCUSSION,
    ENQUIRY,
    CONFERENCE,
    PLAN,
    CORE_GROUP,
    NEED_PLAN,
    NEED_REVIEW,
    PRE_PROCEEDINGS,
    COURT_LETTER,
    COURT_MEETING,
    VISIT,
)
_OF: dict[type[Any], Machine] = {each.model: each for each in MACHINES}


def machine_of(row: Model) -> Machine:
    """Give the states and steps of a row."""
    return _OF[type(row)]
