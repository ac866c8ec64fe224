"""Authority to decide: who may authorise what, and who may not.

Roles say what somebody does; being a registered social worker is asked apart; nobody decides their own.
"""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OWN = "no: this is your own work: another decides"
UNREGISTERED = "no: only a registered social worker authorises work"
NOT_THEIRS = (
    "no: this is done by a team manager, service manager or assistant director of the case, who is a "
    "registered social worker and whose own work it is not"
)

CONTACT_NOT_THEIRS = (
    "no: this is done by a team manager, service manager or assistant director within whose remit the "
    "contact is, who is a registered social worker, and who did not recommend it"
)


def _may(reckoning, step, role, registered, has, over, gives, why):
    reckoning(
        "step",
        f"""
        step   | role   | registered   | has the case | over
        {step} | {role} | {registered} | {has}        | {over}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("role", "registered", "has", "over", "gives", "why"),
    [
        (
            "team manager",
            "yes",
            "another",
            "",
            "yes",
            "Of the team of the case, registered, and another's work.",
        ),
        ("service manager", "yes", "another", "", "yes", "Of the locality of the case."),
        ("assistant director", "yes", "another", "", "yes", "Of the whole authority."),
        (
            "team manager",
            "no",
            "another",
            "",
            UNREGISTERED,
            "A manager who is not a social worker leads, and does not authorise.",
        ),
        (
            "team manager",
            "yes",
            "the same person",
            "",
            OWN,
            "A manager who has the case is no second pair of eyes for it.",
        ),
        ("team manager", "yes", "another", "Team South", NOT_THEIRS, "Of another team."),
        ("social worker", "yes", "the same person", "", NOT_THEIRS, "Who wrote it hands it in."),
        (
            "conference chair",
            "yes",
            "another",
            "",
            NOT_THEIRS,
            "Independent of the line: chairs decide at conferences.",
        ),
        ("business support", "no", "another", "", NOT_THEIRS, "Books and writes up."),
    ],
)
def test_an_assessment(reckoning, role, registered, has, over, gives, why):
    """An assessment is authorised by a registered manager of the case, never by whoever wrote it."""
    _may(reckoning, "authorise assessment", role, registered, has, over, gives, why)


@pytest.mark.parametrize(
    ("recorded", "gives", "why"),
    [
        ("another", "yes", "The worker records who took part and what was said."),
        (
            "the same person",
            OWN,
            "One manager alone does not call, write up and decide: no enquiry is a decision too.",
        ),
    ],
)
def test_what_follows_from_a_strategy_discussion(reckoning, recorded, gives, why):
    """What follows from a strategy discussion is decided by a manager who did not record it."""
    reckoning(
        "step",
        f"""
        step              | role         | registered | has the case | recorded by
        decide discussion | team manager | yes        | another      | {recorded}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("role", "registered", "has", "gives", "why"),
    [
        (
            "team manager",
            "yes",
            "another",
            "yes",
            "By day five, with the reason where it is later.",
        ),
        ("team manager", "yes", "the same person", OWN, "Own case: another manager decides."),
        ("service manager", "no", "another", UNREGISTERED, "The post is not enough."),
        (
            "social worker",
            "yes",
            "the same person",
            NOT_THEIRS,
            "The worker writes what was found; another decides what follows.",
        ),
    ],
)
def test_whether_a_conference_is_needed(reckoning, role, registered, has, gives, why):
    """Whether a conference is needed is decided by a registered manager who does not have the case."""
    _may(reckoning, "decide conference", role, registered, has, "", gives, why)


@pytest.mark.parametrize(
    ("role", "has", "gives", "why"),
    [
        ("team manager", "another", "yes", "Who asked for it does not authorise it."),
        (
            "team manager",
            "the same person",
            OWN,
            "The manager has the case and asked for it to be closed.",
        ),
    ],
)
def test_closing_a_case(reckoning, role, has, gives, why):
    """A case closes only once another has authorised it."""
    _may(reckoning, "authorise closure", role, "yes", has, "", gives, why)


@pytest.mark.parametrize(
    ("role", "registered", "has", "gives", "why"),
    [
        ("team manager", "yes", "another", "yes", "Whoever may authorise a closure."),
        (
            "team manager",
            "yes",
            "the same person",
            "yes",
            "Who asked for it too: to say that it was a mistake decides nothing about one's own work.",
        ),
        ("team manager", "no", "another", UNREGISTERED, "As to authorise it."),
        (
            "social worker",
            "yes",
            "the same person",
            "no: this is done by a team manager, service manager or assistant director of the case, who is "
            "a registered social worker",
            "The worker tells a manager.",
        ),
    ],
)
def test_taking_back_a_closure(reckoning, role, registered, has, gives, why):
    """A case that was closed by mistake is open again once a manager says why, and is to be allocated."""
    _may(reckoning, "take back closure", role, registered, has, "", gives, why)


@pytest.mark.parametrize(
    ("step", "role", "gives", "why"),
    [
        (
            "allocate",
            "team manager",
            "yes",
            "It needs no register: who has the time is a matter of the team.",
        ),
        (
            "allocate",
            "social worker",
            "no: this is done by a team manager or service manager of the case",
            "Nobody gives a case to themselves or a colleague.",
        ),
        ("hold", "conference chair", "yes", "The chair decides with the conference."),
        (
            "hold",
            "team manager",
            "no: this is done by a conference chair, who does not work with the case",
            "The line of the case does not chair.",
        ),
    ],
)
def test_giving_a_case_and_holding_a_conference(reckoning, step, role, gives, why):
    """Managers allocate, and chairs hold conferences. Neither does the other's."""
    _may(reckoning, step, role, "no", "another", "", gives, why)


@pytest.mark.parametrize(
    ("role", "registered", "by", "gives", "why"),
    [
        (
            "team manager",
            "yes",
            "an officer",
            "yes",
            "Another person, qualified, with a rationale.",
        ),
        (
            "team manager",
            "yes",
            "the same person",
            "no: you recommended this yourself: another manager decides",
            "Two people see each decision at the front door.",
        ),
        (
            "team manager",
            "no",
            "an officer",
            "no: only a registered social worker decides about a contact",
            "Whether a child is referred is a social worker's judgement.",
        ),
        (
            "front door",
            "yes",
            "another",
            CONTACT_NOT_THEIRS,
            "An officer recommends, registered or not.",
        ),
    ],
)
def test_a_contact(reckoning, role, registered, by, gives, why):
    """What becomes of a contact is recommended by one and authorised by another, who is registered."""
    reckoning(
        "contact decision",
        f"""
        role   | registered   | recommended by
        {role} | {registered} | {by}
        """,
        gives=gives,
        guidance=why,
    )
