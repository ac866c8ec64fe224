"""Every step of the pathway: by whom, from which state, once, and by one of two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
    DISTRICT,
    TEAM,
    WRITTEN,
    MakeCase,
    again,
    assessed,
    attendance,
    conferred,
    discussed,
    enquired,
    held,
    lettered,
    parent_of,
    planned,
    registered,
)
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.roles import ROLES
from sightline.service.accounts.steps import NotAllowedError, StepError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.protection import states
from sightline.service.protection.actions import (
    assessing,
    closing,
    conferring,
    court,
    discussing,
    enquiring,
    letters,
    meetings,
    need,
    visiting,
)
from sightline.service.protection.actions.steps import need_who
from sightline.service.protection.models import (
    AgencyAtConference,
    Conference,
    CourtLetter,
    CourtMeeting,
    Enquiry,
    NeedReview,
    PlanAction,
    PreProceedings,
    Referral,
)
from sightline.service.protection.states import MACHINES, Machine, Step

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "Said in full."


def moment(hours: float = 0.5) -> dict[str, Any]:
    """A day and a time, as a form sends them."""
    local = timezone.localtime(timezone.now() - timedelta(hours=hours))
    return {**day(local.date()), "time": f"{local:%H:%M}"}


def day(value: Any = None, name: str = "day") -> dict[str, Any]:
    on = value or timezone.localdate()
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@dataclass(frozen=True)
class People:
    """Who brings things to a state."""

    worker: Person
    manager: Person
    chair: Person
    other: Person
    head: Person


@pytest.fixture
def people(
    worker: Person,
    manager: Person,
    chair: Person,
    other_manager: Person,
    head: Person,
    agencies: Any,
) -> People:
    return People(worker, manager, chair, other_manager, head)


def _closing(make: MakeCase, p: People) -> Referral:
    case = make()
    closing.ask_to_close(case, "RC8", TEXT, by=p.worker)
    return case


def _closed(make: MakeCase, p: People) -> Referral:
    case = again(_closing(make, p))
    closing.authorise_closure(case, case.version, TEXT, by=p.manager)
    return case


def _authorised(make: MakeCase, p: People) -> Model:
    row = assessed(make(), p.worker)
    assessing.authorise_assessment(row, row.version, TEXT, by=p.manager)
    return row


def _submitted_enquiry(make: MakeCase, p: People) -> Enquiry:
    row = enquired(make(), p.worker, p.manager, "no")
    texts = {"child_view": TEXT, "parent_view": TEXT, "judgement": TEXT}
    enquiring.write_enquiry(
        row, row.version, {**texts, "finding": "not_substantiated"}, by=p.worker
    )
    enquiring.submit_enquiry(again(row), by=p.worker)
    return row


def _ended_enquiry(make: MakeCase, p: People) -> Enquiry:
    row = again(_submitted_enquiry(make, p))
    enquiring.authorise_enquiry(row, row.version, TEXT, by=p.manager)
    return row


def _decided_enquiry(make: MakeCase, p: People) -> Enquiry:
    row = enquired(make(), p.worker, p.manager, "no")
    texts = {"child_view": TEXT, "parent_view": TEXT, "judgement": TEXT}
    enquiring.write_enquiry(row, row.version, {**texts, "finding": "substantiated"}, by=p.worker)
    return row


def _held_conference(make: MakeCase, p: People) -> Conference:
    row = conferred(make(), p.worker, p.manager, p.chair)
    conferring.hold_conference(row, held(), by=p.chair)
    conferring.write_minutes(again(row), again(row).version, TEXT, by=p.worker)
    return row


def _sent_minutes(make: MakeCase, p: People) -> Conference:
    row = again(_held_conference(make, p))
    conferring.send_minutes(row, row.version, by=p.chair)
    return row


def _called_off(make: MakeCase, p: People) -> Conference:
    row = conferred(make(), p.worker, p.manager, p.chair)
    conferring.call_off(row, TEXT, by=p.other)
    return row


def _plan(make: MakeCase, p: People, *, ended: bool = False) -> Model:
    from sightline.service.protection.actions import planning

    row = planned(make(), p.worker, p.manager, p.chair)
    PlanAction.objects.create(plan=row, what="w", who="w")
    if ended:
        planning.end_plan(row, "moved", TEXT, by=p.manager)
    return row


def _group(make: MakeCase, p: People, *, done: bool = False) -> Model:
    from sightline.service.protection.actions import planning

    group = planned(make(), p.worker, p.manager, p.chair).core_groups.get()
    if done:
        texts = dict.fromkeys(("present", "progress", "child_view", "parent_view"), TEXT)
        planning.hold_core_group(group, held_on=timezone.localdate(), **texts, by=p.worker)
    return group


def _need_plan(make: MakeCase, p: People, *, ended: bool = False) -> Any:
    case = make()
    row = assessed(case, p.worker)
    assessing.authorise_assessment(row, row.version, TEXT, by=p.manager)
    texts = {"needs": TEXT, "goals": TEXT}
    plan = need.begin_need_plan(case, timezone.localdate(), texts, by=p.worker)
    if ended:
        need.end_need_plan(
            plan, ends=timezone.localdate(), stepped_to="universal", because_of=TEXT, by=p.worker
        )
    return plan


def _need_review(make: MakeCase, p: People, *, done: bool = False) -> NeedReview:
    review = _need_plan(make, p).reviews.get()
    if done:
        need.hold_need_review(review, held_on=timezone.localdate(), decision=TEXT, by=p.worker)
    return NeedReview.objects.get(pk=review.pk)


def _missed(meeting: Any) -> Any:
    type(meeting).objects.filter(pk=meeting.pk).update(not_held_because=TEXT)
    return meeting


def _visit(make: MakeCase, p: People) -> Model:
    seen = {
        "pathway": "assessment",
        "made_at": timezone.now() - timedelta(hours=1),
        "seen": True,
        "seen_alone": True,
        "why_not": "",
        "bedroom_seen": True,
        "own_words": TEXT,
    }
    return visiting.record_visit(make(), seen, by=p.worker)


def _court(make: MakeCase, p: People, *, state: str) -> PreProceedings:
    """Bring pre-proceedings to a state."""
    case = make()
    _authorise(assessed(case, p.worker), p)
    today = timezone.localdate()
    row = court.begin_pre_proceedings(case, today, TEXT, by=p.head)
    parent_of(case, "father")
    lettered(row, p.worker, sent=state == "under way")
    now = again(row)
    if state == "stepped down":
        court.step_down(now, now.version, stepped_to="early_help", rationale=TEXT, by=p.head)
    if state in ("decided", "proceedings", "ended"):
        court.decide_for_court(now, now.version, decided_on=today, rationale=TEXT, by=p.head)
    now = again(row)
    if state in ("proceedings", "ended"):
        court.apply_to_court(now, now.version, application_on=today, by=p.worker)
    if state == "ended":
        now = again(row)
        court.record_order(
            now, now.version, order_on=today, order="care", order_said="", by=p.worker
        )
    return again(row)


def _letter(make: MakeCase, p: People, *, state: str) -> CourtLetter:
    """Bring a letter before proceedings to a state."""
    begun = _court(make, p, state="begun")
    letter = begun.letters.get()
    if state == "dropped":
        letters.drop_letter(letter, 1, TEXT, by=p.worker)
    if state == "sent":
        letters.send_letter(letter, 1, begun.version, timezone.localdate(), by=p.worker)
    return again(letter)


def _meeting(make: MakeCase, p: People, *, state: str) -> CourtMeeting:
    """Bring a meeting before court to a state."""
    row, today = _court(make, p, state="begun"), timezone.localdate()
    if state == "reviewed":
        return court.review_pre_proceedings(
            row, row.version, held_on=today, present="", agreed=TEXT, by=p.manager
        )
    if state == "held":
        said = {"held_on": today, "present": "", "agreed": TEXT}
        return meetings.record_meeting(row, kind="meeting", **said, by=p.worker)
    at = timezone.now() + timedelta(days=2)
    found = meetings.book_meeting(row, kind="meeting", booked_for=at, place="", by=p.worker)
    if state == "called off":
        meetings.call_off_meeting(found, 1, TEXT, by=p.worker)
    return found


def _authorise(row: Any, p: People) -> None:
    assessing.authorise_assessment(row, row.version, TEXT, by=p.manager)


def _called(make: MakeCase, p: People) -> Model:
    at = timezone.now() - timedelta(hours=2)
    return discussing.call_discussion(make(), at, by=p.worker)


def _recorded(make: MakeCase, p: People) -> Model:
    row = again(_called(make, p))
    about = {"held_at": timezone.now() - timedelta(hours=1), "chair": p.manager, "minutes": TEXT}
    discussing.record_discussion(row, row.version, agencies=attendance(), **about, by=p.worker)
    return row


BRING: dict[tuple[str, str], Callable[[MakeCase, People], Model]] = {
    ("Referral", "open"): lambda make, p: make(),
    ("Referral", "closing"): _closing,
    ("Referral", "closed"): _closed,
    ("Assessment", "writing"): lambda make, p: _filled(assessed(make(), p.worker, "writing"), p),
    ("Assessment", "submitted"): lambda make, p: assessed(make(), p.worker),
    ("Assessment", "authorised"): _authorised,
    ("Strategy discussion", "called"): _called,
    ("Strategy discussion", "recorded"): _recorded,
    ("Strategy discussion", "held"): lambda make, p: discussed(make(), p.worker, p.manager),
    ("Section 47 enquiry", "undecided"): lambda make, p: enquired(make(), p.worker, p.manager),
    ("Section 47 enquiry", "decided"): _decided_enquiry,
    ("Section 47 enquiry", "submitted"): _submitted_enquiry,
    ("Section 47 enquiry", "ended"): _ended_enquiry,
    ("Conference", "to book"): lambda make, p: conferred(
        make(), p.worker, p.manager, p.chair, "to book"
    ),
    ("Conference", "booked"): lambda make, p: conferred(make(), p.worker, p.manager, p.chair),
    ("Conference", "held"): _held_conference,
    ("Conference", "sent"): _sent_minutes,
    ("Conference", "called off"): _called_off,
    ("Child protection plan", "open"): _plan,
    ("Child protection plan", "ended"): partial(_plan, ended=True),
    ("Core group", "due"): _group,
    ("Core group", "held"): partial(_group, done=True),
    ("Core group", "not held"): lambda make, p: _missed(_group(make, p)),
    ("Child in need plan", "open"): _need_plan,
    ("Child in need plan", "ended"): partial(_need_plan, ended=True),
    ("Review of a child in need plan", "due"): _need_review,
    ("Review of a child in need plan", "held"): partial(_need_review, done=True),
    ("Review of a child in need plan", "not held"): lambda make, p: _missed(_need_review(make, p)),
    ("Visit", "made"): _visit,
    **{
        ("Pre-proceedings", state): partial(_court, state=state)
        for state in ("begun", "under way", "decided", "proceedings", "stepped down", "ended")
    },
    **{
        ("Letter before proceedings", state): partial(_letter, state=state)
        for state in ("written", "sent", "dropped")
    },
    **{
        ("Meeting or hearing", state): partial(_meeting, state=state)
        for state in ("to come", "held", "reviewed", "called off")
    },
}


def _filled(row: Any, p: People) -> Any:
    assessing.write_assessment(row, row.version, WRITTEN, by=p.worker)
    return row


def bring(machine: Machine, state: str, make: MakeCase, p: People) -> Any:
    """Bring something of a kind to a state by the steps that lead there."""
    row = again(BRING[machine.name, state](make, p))
    if isinstance(row, Conference):
        agency = Agency.objects.get(kind="education")
        AgencyAtConference.objects.create(conference=row, agency=agency)
    return row


def _sent(verb: str, row: Any) -> tuple[str, Any, dict[str, Any]]:
    """Give the page of a step, what it is of, and what it sends, complete."""
    version = {"version": row.version}
    decided = {**version, "rationale": TEXT}
    worker = Person.objects.get(email="spare@example.org")
    pages: dict[str, tuple[str, Any, dict[str, Any]]] = {
        "allocate": (
            "allocate", row, {**version, "worker": worker.pk, "team": "", "why_changed": "MANAGE"},
        ),
        "describe": ("describe-case", row, {**version, "primary_need": "N4", "locality": ""}),
        "ask to close": ("ask-to-close", row, {"reason": "RC8", "why": TEXT}),
        "return closure": ("decide-closure", row, {**decided, "decision": "return"}),
        "authorise closure": ("decide-closure", row, {**decided, "decision": "authorise"}),
        "begin assessment": ("begin-assessment", row, {}),
        "write assessment": ("write-assessment", row, {**version, "judgement": TEXT}),
        "submit assessment": ("submit-assessment", row, version),
        "return assessment": ("decide-assessment", row, {**decided, "decision": "return"}),
        "authorise assessment": ("decide-assessment", row, {**decided, "decision": "authorise"}),
        "call discussion": ("call-discussion", row, moment()),
        "decide discussion": (
            "decide-discussion", row, {**decided, "decision": "joint", "without": TEXT},
        ),
        "record discussion": (
            "record-discussion",
            row,
            {
                **version,
                **moment(0.2),
                "chair": Person.objects.get(email="manager@example.org").pk,
                **{f"of_{each.pk}": "present" for each in Agency.objects.all()},
                "minutes": f"{TEXT} More.",
            },
        ),
        "write enquiry": ("write-enquiry", row, {**version, "judgement": TEXT}),
        "decide conference": ("decide-conference", row, {**decided, "needed": "yes"}),
        "submit enquiry": ("submit-enquiry", row, version),
        "return enquiry": ("decide-enquiry", row, {**decided, "decision": "return"}),
        "authorise enquiry": ("decide-enquiry", row, {**decided, "decision": "authorise"}),
        "end without conference": (
            "end-plan", row, {**decided, "reason": "moved", **day(name="ends")},
        ),
        "take back end": ("take-back-end", row, {**version, "reason": TEXT}),
        "take back need end": ("take-back-need-end", row, {**version, "reason": TEXT}),
        "take back closure": ("take-back-closure", row, {**version, "reason": TEXT}),
        "correct discussion": (
            "correct-discussion", row, {**version, **moment(0.8), "corrected_because": TEXT},
        ),
        "correct core group": (
            "correct-core-group",
            row,
            {**version, **day(name="held_on"), "corrected_because": TEXT},
        ),
        "write plan": ("write-plan", row, {**version, "danger": TEXT}),
        "add action": ("add-plan-action", row, {"what": TEXT, "who": TEXT}),
        "hold core group": (
            "hold-core-group",
            row,
            {
                **day(name="held_on"),
                **dict.fromkeys(("present", "progress", "child_view", "parent_view"), TEXT),
            },
        ),
        "begin need plan": (
            "begin-need-plan", row, {**day(name="starts"), "needs": TEXT, "goals": TEXT},
        ),
        "write need plan": ("write-need-plan", row, {**version, "needs": TEXT, "goals": TEXT}),
        "end need plan": (
            "end-need-plan", row, {**day(name="ends"), "stepped_to": "care", "because_of": TEXT},
        ),
        "hold need review": (
            "hold-need-review", row, {**day(name="held_on"), "decision": TEXT},
        ),
        "correct need review": (
            "correct-need-review",
            row,
            {**version, **day(name="held_on"), "decision": "Other.", "corrected_because": TEXT},
        ),
        "record visit": ("record-visit", row, _seen()),
        "correct visit": ("correct-visit", row, {**version, **_seen(), "corrected_because": TEXT}),
    }  # fmt: skip
    if verb in COURT:
        return _sent_of_court(verb, row)
    if verb == "note action":
        action = row.actions.first()
        sent = {"version": action.version if action else 1, "what": TEXT, "who": TEXT}
        return "note-plan-action", action, sent
    return _sent_of_conference(verb, row) if verb not in pages else pages[verb]


COURT = {
    step.verb
    for machine in (states.PRE_PROCEEDINGS, states.COURT_LETTER, states.COURT_MEETING)
    for step in machine.steps
}


def _sent_of_court(verb: str, row: Any) -> tuple[str, Any, dict[str, Any]]:
    version = {"version": row.version}
    kind = "hearing" if getattr(row, "application_on", None) else "meeting"
    held = {**day(name="held_on"), "agreed": TEXT}
    decided = {**version, "rationale": TEXT}
    why = {"corrected_because": TEXT}
    names = ("decided_on", "outcome_on", "application_on", "order_on")
    days = {key: value for name in names for key, value in day(name=name).items()}
    if verb == "address letter":
        father = row.referral.child.relationships.get(kind="father").other
        return "address-letter", row, {"to": father.pk, "view": TEXT}
    if verb in ("send letter", "send first letter"):
        letter = row.letters.first() if isinstance(row, PreProceedings) else row
        read = letter.pre_proceedings.version
        sent = {"version": letter.version, "read": read, **day(name="sent_on")}
        return "send-letter", letter, sent
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        "begin pre-proceedings": (
            "begin-pre-proceedings", {**day(name="decided_on"), "rationale": TEXT},
        ),
        "write letter": ("write-letter", {**version, "worries": "Other worries."}),
        "write to parent": ("write-to-parent", {**version, "view": f"{TEXT} More."}),
        "drop letter": ("drop-letter", {**version, "reason": TEXT}),
        "correct letter": ("correct-letter", {**version, **day(name="sent_on"), **why}),
        "book meeting": ("book-court-meeting", {**moment(-50), "kind": kind}),
        "move meeting": ("move-court-meeting", {**version, **moment(-70)}),
        "hold meeting": ("hold-court-meeting", {**version, **held}),
        "call off meeting": ("call-off-court-meeting", {**version, "reason": TEXT}),
        "correct meeting": ("correct-court-meeting", {**version, **held, "kind": kind, **why}),
        "correct review": ("correct-review", {**version, **held, **why}),
        "decide for court": ("decide-for-court", {**decided, **day(name="decided_on")}),
        "take back application": ("take-back-application", {**version, "reason": TEXT}),
        "take back order": ("take-back-order", {**version, "reason": TEXT}),
        "correct pre-proceedings": (
            "correct-pre-proceedings",
            {**version, **days, "order": "none", **why},
        ),
        "offer family meeting": (
            "offer-family-meeting", {**version, "family_meeting_offered": "True"},
        ),
        "record meeting": ("record-court-meeting", {**held, "kind": kind}),
        "review pre-proceedings": ("review-pre-proceedings", {**version, **held}),
        "step down": ("step-down", {**decided, "stepped_to": "child in need plan"}),
        "apply to court": ("apply-to-court", {**version, **day(name="application_on")}),
        "record order": ("record-order", {**version, **day(name="order_on"), "order": "none"}),
    }  # fmt: skip
    page, sent = pages[verb]
    return page, row, sent


def _seen() -> dict[str, Any]:
    return {
        **moment(0.1),
        "pathway": "assessment",
        "seen": "True",
        "seen_alone": "True",
        "bedroom_seen": "False",
        "own_words": TEXT,
        "version": 1,
    }


def _sent_of_conference(verb: str, row: Any) -> tuple[str, Any, dict[str, Any]]:
    version = {"version": row.version}
    if verb == "note agency":
        invited = row.agencies.get()
        return "note-agency", invited, {"version": invited.version, "name": "A. Teacher"}
    chair = Person.objects.get(email="chair@example.org")
    invited = {f"came_{each.pk}": "remote" for each in row.agencies.all()}
    pages: dict[str, tuple[str, Any, dict[str, Any]]] = {
        "book": (
            "book-conference",
            row,
            {**version, **moment(-30), "mode": "room", "venue": "Room 2", "chair": chair.pk},
        ),
        "invite agency": (
            "invite-agency",
            row,
            {"agency": Agency.objects.get(kind="police").pk, **day(name="report_due_on")},
        ),
        "put off": ("put-off-conference", row, {"reason": TEXT, "late_reason": "venue"}),
        "call off": ("call-off-conference", row, {"reason": TEXT}),
        "hold": (
            "hold-conference",
            row,
            {
                **moment(0.1),
                **invited,
                "participation": "PN1",
                "child_view": TEXT,
                "parent_view": TEXT,
                "is_quorate": "True",
                "outcome": "plan",
                "category": "NEG",
                "rationale": TEXT,
            },
        ),
        "correct conference": (
            "correct-conference",
            row,
            {
                **version,
                **moment(0.1),
                **invited,
                **dict.fromkeys(("child_view", "parent_view", "rationale"), f"{TEXT} Truly."),
                "participation": "PN1",
                "is_quorate": "True",
                "outcome": "plan",
                "category": "EMO",
                "corrected_because": TEXT,
            },
        ),
        "write minutes": ("write-minutes", row, {**version, "minutes": f"{TEXT} More."}),
        "send minutes": ("send-minutes", row, version),
    }
    return pages[verb]


def press(client: Client, verb: str, row: Any) -> Any:
    """Send what the page of a step would send, complete; nothing where there is no such page."""
    page, of, sent = _sent(verb, row)
    return client.post(reverse(page, args=[of.pk]), sent) if of else None


_WRITES = (Verb.INSERT, Verb.UPDATE, Verb.DELETE)


def _print() -> int:
    """Count what was ever written, to tell whether anything was: the audit has an entry of each change."""
    return AuditEntry.objects.filter(verb__in=_WRITES, subject__startswith="protection_").count()


@pytest.fixture
def spare(make_person: Any) -> Person:
    """A worker to whom a case may be given."""
    return make_person("social_worker", worker="Spare", email="spare@example.org")


# --- The tables


def test_every_state_has_an_owner_and_is_reached() -> None:
    for machine in MACHINES:
        codes = [each.code for each in machine.states]
        assert len(set(codes)) == len(codes)
        assert all(each.owner for each in machine.states)
        assert {step.before for step in machine.steps} - {""} <= set(codes)
        assert {step.after for step in machine.steps} <= set(codes)
        assert {(machine.name, code) for code in codes} <= set(BRING)
        for state in machine.states:
            steps = {each.verb: each for each in machine.steps if each.before == state.code}
            assert all(steps[verb].who.registered for verb in state.waits_for)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda each: each.name)
def test_a_state_is_the_same_in_python_and_in_the_database(
    machine: Machine, make_case: MakeCase, people: People
) -> None:
    for state in machine.states:
        row = bring(machine, state.code, make_case, people)
        assert machine.state_of(row) == state
        found = [
            each.code
            for each in machine.states
            if machine.model._default_manager.filter(
                each.condition(machine.model), pk=row.pk
            ).exists()
        ]
        assert found == [state.code]


WALKED = [(machine, state.code) for machine in MACHINES for state in machine.states]


@pytest.mark.databases_by_turns
@pytest.mark.parametrize(("machine", "code"), WALKED, ids=lambda each: getattr(each, "name", each))
def test_from_each_state_only_the_steps_of_the_table_are_taken(
    machine: Machine, code: str, make_case: MakeCase, people: People, spare: Person
) -> None:
    row = bring(machine, code, make_case, people)
    client, wrong = Client(), []
    for verb in {step.verb for step in machine.steps if step.before} - BEGUN_ELSEWHERE:
        step = next((s for s in machine.steps if (s.verb, s.before) == (verb, code)), None)
        who = next(s.who for s in machine.steps if s.verb == verb)
        with transaction.atomic():
            # Of a closed case nobody is the worker any more.
            taker = people.manager if code == "closed" else _taker(who, people)
            client.force_login(taker, BACKEND)
            before = _print()
            answer = press(client, verb, row)
            changed = _print() != before
            transaction.set_rollback(True)
        if answer is None:
            continue
        if changed != (step is not None) or answer.status_code not in (200, 302):
            wrong.append((verb, code, answer.status_code, changed))
    assert wrong == []


def _taker(who: states.Who, people: People) -> Person:
    if who in (states.CHAIR, states.CORRECTOR):
        return people.chair
    if who is states.DECIDER:
        return people.head
    managers = (states.AUTHORISER, states.REOPENER, states.ALLOCATOR)
    return people.other if who in managers else people.worker


BEGUN_ELSEWHERE = {"open", "transfer in", "open again"}
"""Steps by which a case begins, or is open again, from the front door: test_pathway takes them."""
STEPS = [
    (machine, step)
    for machine in MACHINES
    for step in machine.steps
    if step.verb not in BEGUN_ELSEWHERE
]
ONE_EACH = list({step.verb: (machine, step) for machine, step in STEPS}.values())


KINDS = list(dict.fromkeys(step.who for _, step in STEPS))


def _before(machine: Machine, step: Step, make: MakeCase, p: People) -> Any:
    """Give what a step is taken of: a row in its state, or the case in which it begins."""
    if step.before:
        return bring(machine, step.before, make, p)
    case = make()
    if step.verb in ("begin need plan", "begin pre-proceedings"):
        _authorise(assessed(case, p.worker), p)
    return again(case)


@pytest.mark.databases_by_turns
@pytest.mark.parametrize("who", KINDS, ids=lambda each: each.policy.name)
def test_each_role_near_and_far_may_take_the_steps_that_are_theirs(
    who: states.Who, make_case: MakeCase, make_person: Any
) -> None:
    case, wrong = make_case(), []
    for role in ROLES:
        for near in (True, False):
            person = _asker(make_person, role, near)
            if near and role == "social_worker":
                case.allocations.update(worker=person)
            reaches = near or role in ("assistant_director", "conference_chair")
            try:
                need_who(who, case, person)
                may = True
            except NotAllowedError:
                may = False
            if may != (role in who.policy.roles and reaches):
                wrong.append((role, near, may))
    assert wrong == []


@pytest.mark.databases_by_turns
@pytest.mark.parametrize(("machine", "step"), ONE_EACH, ids=lambda each: getattr(each, "verb", ""))
def test_a_step_is_taken_once_and_refused_on_record_to_who_may_not(
    machine: Machine,
    step: Step,
    make_case: MakeCase,
    make_person: Any,
    people: People,
    spare: Person,
) -> None:
    row = _before(machine, step, make_case, people)
    client = Client()
    stranger = _asker(make_person, "social_worker", near=False)
    outside = _asker(make_person, "analyst", near=True)
    for person in (stranger, outside):
        client.force_login(person, BACKEND)
        before, refusals = _print(), _refusals()
        answer = press(client, step.verb, row)
        assert (answer.status_code, _print() == before) == (403, True)
        assert _refusals() == refusals + 1
    client.force_login(_taker(step.who, people), BACKEND)
    page, of, sent = _sent(step.verb, row)
    before = _print()
    answer = client.post(reverse(page, args=[of.pk]), sent)
    once = _print()
    assert answer.status_code == 302, _errors(answer)
    assert once != before
    again_sent = client.post(reverse(page, args=[of.pk]), sent)
    assert again_sent.status_code in (200, 302, 409)
    assert _print() == once


def _refusals() -> int:
    return AuditEntry.objects.filter(verb=Verb.REFUSE).count()


def _errors(answer: Any) -> Any:
    return answer.context["form"].errors if answer.context else answer.status_code


def _asker(make_person: Any, role: str, near: bool) -> Person:
    team, district = (TEAM, DISTRICT) if near else ("Another team", "Another district")
    worker = "Worker 1" if near else "Worker 9"
    email = f"{role}-{near}@example.org"
    person = make_person(role, team=team, district=district, worker=worker, email=email)
    return registered(person)


# --- Authorisation


AUTHORISED = [(m, s) for m, s in ONE_EACH if s.who.another]


@pytest.mark.databases_by_turns
@pytest.mark.parametrize(
    ("machine", "step"), AUTHORISED, ids=lambda each: getattr(each, "verb", "")
)
def test_nobody_decides_about_their_own_work_nor_unregistered(
    machine: Machine,
    step: Step,
    make_case: MakeCase,
    make_person: Any,
    people: People,
    spare: Person,
) -> None:
    row = _before(machine, step, make_case, people)
    from sightline.service.protection.access import referral_of

    decider = _taker(step.who, people)
    referral_of(row).allocations.filter(ends_at=None).update(worker=decider)
    client = Client()
    client.force_login(decider, BACKEND)
    before = _print()
    answer = press(client, step.verb, row)
    assert (answer.status_code, _print() == before) == (403, True)
    if step.who.registered:
        referral_of(row).allocations.filter(ends_at=None).update(worker=people.worker)
        role = "service_manager" if step.who is states.DECIDER else "team_manager"
        unregistered = make_person(role, team=TEAM, email="unregistered@example.org")
        client.force_login(unregistered, BACKEND)
        before = _print()
        answer = press(client, step.verb, row)
        assert (answer.status_code, _print() == before) == (403, True)
        assert "registered social worker" in answer.content.decode()


def test_no_decision_is_chosen_beforehand(
    make_case: MakeCase, people: People, client_of: Any
) -> None:
    assessment = assessed(make_case(), people.worker)
    enquiry = enquired(make_case(), people.worker, people.manager)
    conference = conferred(make_case(), people.worker, people.manager, people.chair)
    for page, row, who in (
        ("decide-assessment", assessment, people.manager),
        ("decide-conference", enquiry, people.manager),
        ("hold-conference", conference, people.chair),
        ("record-visit", assessment.referral, people.worker),
    ):
        text = client_of(who).get(reverse(page, args=[row.pk])).content.decode()
        assert 'type="radio"' in text
        assert "checked" not in text, page


def test_of_two_who_read_the_same_assessment_the_second_is_told(
    make_case: MakeCase, people: People
) -> None:
    row = assessed(make_case(), people.worker)
    first, second = again(row), again(row)
    assessing.authorise_assessment(first, first.version, "I agree.", by=people.manager)
    with pytest.raises(StepError, match="Authorised"):
        assessing.return_assessment(second, second.version, "Ask.", by=people.other)
    kept = again(row)
    assert (kept.authorised_by, kept.returned_because) == (people.manager, "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_two_at_once_in_connections_of_their_own(make_case: MakeCase, people: People) -> None:
    m, o = people.manager, people.other
    row = assessed(make_case(), people.worker)
    _one_of(
        lambda: assessing.authorise_assessment(row, row.version, "I agree.", by=m),
        lambda: assessing.return_assessment(row, row.version, "Ask.", by=o),
    )
    enquiry = enquired(make_case(), people.worker, people.manager)
    _one_of(
        lambda: enquiring.decide_conference(enquiry, "yes", "r", by=m),
        lambda: enquiring.decide_conference(enquiry, "no", "r", by=o),
    )
    decided = again(enquiry)
    made = Conference.objects.filter(enquiry=enquiry).count()
    assert made == (decided.conference_needed == "yes")
    closure = again(_closing(make_case, people))
    _one_of(
        lambda: closing.authorise_closure(closure, closure.version, "r", by=m),
        lambda: closing.return_closure(closure, closure.version, "r", by=o),
    )
    booked = conferred(make_case(), people.worker, people.manager, people.chair)
    _one_of(
        lambda: conferring.hold_conference(booked, held(), by=people.chair),
        lambda: conferring.put_off(booked, "r", late_reason="venue", by=people.worker),
    )
    case = make_case()
    _one_of(
        lambda: assessing.begin_assessment(case, by=people.worker),
        lambda: assessing.begin_assessment(case, by=m),
    )
    _authorise(assessed(make_case(), people.worker), people)
    last, today, h = Referral.objects.latest("pk"), timezone.localdate(), people.head
    _one_of(
        lambda: court.begin_pre_proceedings(last, today, "r", by=h),
        lambda: court.begin_pre_proceedings(last, today, "r", by=h),
    )
    row = last.pre_proceedings.get()
    _one_of(
        lambda: court.step_down(row, 1, stepped_to="early_help", rationale="r", by=h),
        lambda: court.decide_for_court(row, 1, decided_on=today, rationale="r", by=h),
    )
    begun = _court(make_case, people, state="begun")
    letter, w = begun.letters.get(), people.worker
    _one_of(
        lambda: letters.send_letter(letter, 1, begun.version, today, by=w),
        lambda: letters.drop_letter(letter, 1, "r", by=w),
    )
    meeting = _meeting(make_case, people, state="to come")
    said = {"held_on": today, "present": "", "agreed": "r"}
    extended: dict[str, Any] = {"extended_until": None, "extended_because": ""}
    _one_of(
        lambda: meetings.hold_meeting(meeting, 1, {**said, **extended}, by=w),
        lambda: meetings.call_off_meeting(meeting, 1, "r", by=w),
    )


def _one_of(*work: Callable[[], object]) -> None:
    """Do all at once; one of them is done, and every other is told that it was too late."""

    def alone(each: Callable[[], object]) -> object:
        try:
            return each()
        except (StepError, NotAllowedError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        found = [each.result(60) for each in [pool.submit(alone, each) for each in work]]
    assert sum(isinstance(each, StepError) for each in found) == len(work) - 1
