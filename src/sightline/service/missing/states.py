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
    SET_ASIDE,
)
from sightline.service.missing import models as kept
from sightline.service.protection.states import Has, Machine, State, Step, Who

RECORDER = Who(
    RECORD_MISSING,
    "a complex-safeguarding worker, a social worker or manager whose case the child's is, or the team that "
    "recorded it; that a child is missing, any front-door officer too",
)
INTERVIEWER = Who(
    HOLD_INTERVIEWS,
    "whoever it is given to, a complex-safeguarding worker, or a social worker or team manager whose case "
    "the child's is",
)
JUDGE = Who(
    AUDIT_INTERVIEWS,
    "a complex-safeguarding worker, or a team manager or service manager whose case the child's is, to whom "
    "it was never given, and who neither held it nor wrote any of it",
    another=True,
)
SCREENER = Who(
    SCREEN_CHILDREN,
    "a complex-safeguarding worker, or a social worker or manager whose case the child's is",
)
SETTER = Who(
    SET_ASIDE,
    "a complex-safeguarding worker, or a team manager or service manager whose case the child's is",
)
EPISODE_SETTER = Who(
    SET_ASIDE,
    "a complex-safeguarding worker, a team manager or service manager whose case the child's is, or the "
    "manager of the team that recorded it",
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
            {"returned_at": _NOTHING, "ended_at": _NOTHING, "aside_at": _NOTHING},
        ),
        State(
            "returned",
            "Returned",
            "nobody: its return interview is the next thing",
            {"returned_at": _SOMETHING, "aside_at": _NOTHING},
        ),
        State(
            "ended",
            "Ended without a return",
            "nobody: it is on record",
            {"ended_at": _SOMETHING, "aside_at": _NOTHING},
        ),
        State(
            "aside",
            "Recorded in error",
            "nobody: it is on record, and counts nowhere",
            {"aside_at": _SOMETHING},
        ),
    ),
    (
        Step("record missing", "", "missing", RECORDER, _EPISODE_NEEDS),
        Step(
            "record missing",
            "",
            "returned",
            RECORDER,
            "the same with the return, where it is recorded only now; a return interview waits to be offered",
        ),
        *(Step("correct episode", state, state, RECORDER) for state in ("missing", "returned")),
        Step(
            "note return",
            "missing",
            "returned",
            RECORDER,
            "when, and how the child was found or came back; a return interview then waits to be offered",
        ),
        Step(
            "end episode",
            "missing",
            "ended",
            EPISODE_SETTER,
            "when, and why there is no return, as where the child turned 18 or died; no interview follows",
        ),
        *(
            Step("set aside episode", state, "aside", EPISODE_SETTER, "why it is an error")
            for state in ("missing", "returned", "ended")
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
            "whoever audits return interviews and had no part in it",
            {"completed_at": _SOMETHING, "quality": _NOTHING},
        ),
        State("audited", "Held and audited", "nobody: it is on record", {"quality": _SOMETHING}),
    ),
    (
        *(
            Step(verb, "", "to offer", RECORDER, "that the child has returned")
            for verb in ("note return", "record missing")
        ),
        *(
            Step("offer interview", state, "offered", INTERVIEWER, "when, and who is to hold it")
            for state in ("to offer", "declined")
        ),
        *(
            Step("give interview", state, state, INTERVIEWER, "who is to hold it")
            for state in ("offered", "accepted")
        ),
        *(
            Step("correct offer", state, state, INTERVIEWER, "when it was first offered")
            for state in ("offered", "accepted", "declined", "done")
        ),
        Step("accept interview", "offered", "accepted", INTERVIEWER),
        *(
            Step("take back answer", state, "offered", INTERVIEWER)
            for state in ("accepted", "declined")
        ),
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
            {"ended_on": _NOTHING, "aside_at": _NOTHING},
        ),
        State(
            "ended",
            "Not under review",
            "nobody: it is on record",
            {"ended_on": _SOMETHING, "aside_at": _NOTHING},
        ),
        State(
            "aside",
            "Recorded in error",
            "nobody: it is on record, and counts nowhere",
            {"aside_at": _SOMETHING},
        ),
    ),
    (
        Step(
            "screen",
            "",
            "open",
            SCREENER,
            "an answer to every question, which may be that it is not known; a level, and why where it is "
            "not the suggested one, or is not reviewed though what is not known could make it so; an open "
            "one of the child ends",
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
        *(
            Step("set aside screening", state, "aside", SETTER, "why it is an error")
            for state in ("open", "ended")
        ),
        Step(
            "take up again",
            "ended",
            "open",
            SETTER,
            "that the screening which ended it was an error, or of another child whose record was parted",
        ),
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
