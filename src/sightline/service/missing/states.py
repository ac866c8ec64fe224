"""Every step with missing and exploited children: of what, from which state to which, by whom, what it needs.

These tables are the whole of it, in the form of those of the protection pathway: `actions.steps` reads them,
the pages offer what they allow, the tests walk every pair, and docs/reference/missing.md is drawn from them.
"""

from django.db.models import Model

from sightline.service.accounts.policies import (
    ADD_TO_PROFILE,
    AUDIT_INTERVIEWS,
    HOLD_INTERVIEWS,
    RECORD_MISSING,
    SCREEN_CHILDREN,
)
from sightline.service.missing import models as kept
from sightline.service.protection.states import Has, Machine, State, Step, Who

RECORDER = Who(
    RECORD_MISSING,
    "a front-door officer, or a complex-safeguarding worker, social worker or manager within whose remit the "
    "child is",
)
INTERVIEWER = Who(
    HOLD_INTERVIEWS,
    "the return interviewer to whom it is given, or a complex-safeguarding worker, social worker or team "
    "manager within whose remit the child is",
)
JUDGE = Who(
    AUDIT_INTERVIEWS,
    "a complex-safeguarding worker, team manager or service manager, who neither held nor wrote it",
    another=True,
)
SCREENER = Who(
    SCREEN_CHILDREN,
    "a complex-safeguarding worker, social worker or manager within whose remit the child is",
)
CONTRIBUTOR = Who(
    ADD_TO_PROFILE,
    "a complex-safeguarding worker, MASH partner or partner-agency lead of the agency",
)

_NOTHING, _SOMETHING = Has.NOTHING, Has.SOMETHING
_EPISODE_NEEDS = (
    "since when, missing or away, from home or care, the risk and why; no other open episode of the child, "
    "and none over the same time"
)

EPISODE = Machine(
    "Missing episode",
    kept.MissingEpisode,
    (
        State(
            "missing",
            "Not returned",
            "the complex-safeguarding team, with whoever works with the child",
            {"returned_at": _NOTHING},
        ),
        State(
            "returned",
            "Returned",
            "nobody: its return interview is the next thing",
            {"returned_at": _SOMETHING},
        ),
    ),
    (
        Step("record missing", "", "missing", RECORDER, _EPISODE_NEEDS),
        *(Step("correct episode", state, state, RECORDER) for state in ("missing", "returned")),
        Step(
            "note return",
            "missing",
            "returned",
            RECORDER,
            "when, and how the child was found or came back; a return interview then waits to be offered",
        ),
    ),
)
INTERVIEW = Machine(
    "Return interview",
    kept.ReturnInterview,
    (
        State(
            "to offer",
            "To be offered",
            "the complex-safeguarding team, with whoever works with the child",
            {"offered_at": _NOTHING},
        ),
        State(
            "offered",
            "Offered, no answer yet",
            "who is to hold it",
            {"offered_at": _SOMETHING, "accepted": _NOTHING},
        ),
        State(
            "accepted",
            "Accepted, not held yet",
            "who is to hold it",
            {"accepted": True, "completed_at": _NOTHING},
        ),
        State("declined", "Declined", "nobody: it may be offered again", {"accepted": False}),
        State(
            "done",
            "Held",
            "whoever audits return interviews",
            {"completed_at": _SOMETHING, "quality": _NOTHING},
        ),
        State("audited", "Held and audited", "nobody: it is on record", {"quality": _SOMETHING}),
    ),
    (
        Step("note return", "", "to offer", RECORDER, "that the child has returned"),
        *(
            Step("offer interview", state, "offered", INTERVIEWER, "when, and who is to hold it")
            for state in ("to offer", "declined")
        ),
        *(
            Step("give interview", state, state, INTERVIEWER, "who is to hold it")
            for state in ("offered", "accepted")
        ),
        Step("accept interview", "offered", "accepted", INTERVIEWER),
        *(
            Step("decline interview", state, "declined", INTERVIEWER, "why")
            for state in ("offered", "accepted")
        ),
        *(
            Step(
                "hold interview",
                state,
                "done",
                INTERVIEWER,
                "when, who held it and whether independent of the child's care, the child's own words, and "
                "apart from them the professional judgement; later than the rule allows, why",
            )
            for state in ("offered", "accepted")
        ),
        Step("correct interview", "done", "done", INTERVIEWER),
        Step("audit interview", "done", "audited", JUDGE, "a grade of 1 to 4, and why"),
    ),
)
SCREENING = Machine(
    "Screening for exploitation",
    kept.Screening,
    (
        State(
            "open",
            "Risk reviewed monthly",
            "the complex-safeguarding team, with whoever works with the child",
            {"ended_on": _NOTHING},
        ),
        State("ended", "Not under review", "nobody: it is on record", {"ended_on": _SOMETHING}),
    ),
    (
        Step(
            "screen",
            "",
            "open",
            SCREENER,
            "an answer to every question, which may be that it is not known; a level, and why where it is "
            "not the suggested one; an open one of the child ends",
        ),
        Step("screen", "", "ended", SCREENER, "the same, where the level is not reviewed"),
        Step(
            "review risk",
            "open",
            "open",
            SCREENER,
            "a level and why; later than the rule, why late",
        ),
        Step(
            "end review",
            "open",
            "ended",
            SCREENER,
            "a review to a level that is not reviewed, and why",
        ),
        Step("screen again", "open", "ended", SCREENER, "another screening of the child"),
    ),
)
CONTRIBUTION = Machine(
    "Contribution to the problem profile",
    kept.ProfileContribution,
    (
        State("stands", "In the profile", "its agency", {"withdrawn_at": _NOTHING}),
        State("withdrawn", "Withdrawn", "nobody: it is on record", {"withdrawn_at": _SOMETHING}),
    ),
    (
        Step(
            "contribute", "", "stands", CONTRIBUTOR, "the time it covers, and a text without names"
        ),
        Step("correct contribution", "stands", "stands", CONTRIBUTOR),
        Step("withdraw contribution", "stands", "withdrawn", CONTRIBUTOR, "why"),
    ),
)

MACHINES: tuple[Machine, ...] = (EPISODE, INTERVIEW, SCREENING, CONTRIBUTION)
_OF: dict[type[Model], Machine] = {each.model: each for each in MACHINES}


def machine_of(row: Model) -> Machine:
    """Give the states and steps of a row."""
    return _OF[type(row)]
