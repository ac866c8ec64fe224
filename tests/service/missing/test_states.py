"""Every step with missing and exploited children: by whom, from which state, once, and by one of two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import (
    TEXT,
    People,
    about,
    answers,
    contributed,
    day,
    gone,
    held,
    interviewed,
    moment,
    returned,
    screened,
)
from service.protection.conftest import DISTRICT, TEAM, again
from sightline.service.accounts.models import Person
from sightline.service.accounts.roles import ROLES, Reach
from sightline.service.accounts.steps import NotAllowedError, StepError
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.models import KnownPerson
from sightline.service.missing import states
from sightline.service.missing.actions import episodes, interviews, profile, screening
from sightline.service.missing.actions.steps import need_who
from sightline.service.missing.models import (
    ConcernAnswer,
    MissingEpisode,
    ProfileContribution,
    ReturnInterview,
    RiskReview,
    Screening,
)
from sightline.service.missing.states import MACHINES
from sightline.service.missing.tools.reading import edition_on
from sightline.service.protection.states import Machine, Step, Who

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KEPT = (
    MissingEpisode, ReturnInterview, Screening, RiskReview, ConcernAnswer, ProfileContribution,
)  # fmt: skip


def _ended(child: KnownPerson, p: People) -> Screening:
    return screened(child, p.complex, level="none")


def _left(child: KnownPerson, p: People) -> MissingEpisode:
    row = gone(child, p.complex)
    episodes.end_episode(row, ended_at=timezone.now(), reason="Turned 18.", by=p.manager)
    return row


def _aside(row: Any, p: People) -> Any:
    is_episode = isinstance(row, MissingEpisode)
    act = episodes.set_aside_episode if is_episode else screening.set_aside_screening
    act(row, TEXT, by=p.manager)
    return row


def _withdrawn(_: KnownPerson, p: People) -> Any:
    row = contributed(p.partner)
    profile.withdraw_contribution(row, TEXT, by=p.partner)
    return row


BESIDE = {"screen again", "take up again"}
"""Steps that another row's step takes along."""

BRING: dict[tuple[str, str], Callable[[KnownPerson, People], Any]] = {
    ("Missing episode", "missing"): lambda c, p: gone(c, p.complex),
    ("Missing episode", "returned"): lambda c, p: returned(c, p.complex).episode,
    ("Missing episode", "ended"): _left,
    ("Missing episode", "aside"): lambda c, p: _aside(gone(c, p.complex), p),
    **{
        ("Return interview", each.code): lambda c, p, code=each.code: interviewed(c, p, code)
        for each in states.INTERVIEW.states
    },
    ("Screening for exploitation", "open"): lambda c, p: screened(c, p.complex),
    ("Screening for exploitation", "ended"): _ended,
    ("Screening for exploitation", "aside"): lambda c, p: _aside(screened(c, p.complex), p),
    ("Contribution to the problem profile", "stands"): lambda c, p: contributed(p.partner),
    ("Contribution to the problem profile", "withdrawn"): _withdrawn,
}


def _sent(verb: str, row: Any) -> tuple[str, Any, dict[str, Any]]:
    """Give the page of a step, what it is of, and what it sends, complete."""
    version = {"version": getattr(row, "version", 1)}
    holder = Person.objects.get(email="complex@example.org")
    told = {**moment(hours=5), "kind": "away", "missing_from": "care", "risk": "low"}
    told |= {"risk_because": TEXT, "is_child": "on"}
    if isinstance(row, MissingEpisode) and row.returned_at:
        local = timezone.localtime(row.returned_at)
        told |= {**day(local.date(), "returned_day"), "returned_time": f"{local:%H:%M}"}
        told |= {"found": "At the station."}
    words = held()
    spoken = {name: words[name] for name in ("interviewer", "own_words", "judgement")}
    spoken |= {"held_by": ""}
    spoken |= {**moment(hours=0.2), "is_independent": "True", "what_next": "Meet again."}
    adding = {**day(name="covers_from"), **day(name="covers_until"), "text": "At the park."}
    reviewed = {**version, **day(name="reviewed_on")}
    answered = {
        **answers("no", gone="yes"),
        **day(name="made_on"),
        "edition": edition_on(timezone.localdate()).edition,
    }
    pages: dict[str, tuple[str, Any, dict[str, Any]]] = {
        "record missing": ("record-missing", row, {"version": 1, **told}),
        "correct episode": ("correct-episode", row, {**version, **told}),
        "note return": ("note-return", row, {**moment(hours=0.2), "found": TEXT}),
        "offer interview": (
            "offer-interview", row, {**moment(hours=0.2), "given_to": holder.pk},
        ),
        "give interview": ("give-interview", row, {**version, "given_to": holder.pk}),
        "end episode": ("end-episode", row, {**moment(hours=0.2), "reason": TEXT}),
        "set aside episode": ("set-aside-episode", row, {"reason": TEXT}),
        "set aside screening": ("set-aside-screening", row, {"reason": TEXT}),
        "correct offer": ("correct-offer", row, {**version, **moment(hours=1.2)}),
        "take back answer": ("take-back-answer", row, {}),
        "accept interview": ("accept-interview", row, {}),
        "decline interview": ("decline-interview", row, {"reason": TEXT}),
        "hold interview": ("hold-interview", row, {**version, **spoken}),
        "correct interview": ("correct-interview", row, {**version, **spoken}),
        "audit interview": (
            "audit-interview", row, {**version, "quality": "2", "quality_note": TEXT},
        ),
        "screen": (
            "screen-child", row, {**answered, "suggested": "emerging", "level": "emerging"},
        ),
        "screen again": (
            "screen-child",
            getattr(row, "child", row),
            {**answered, "suggested": "emerging", "level": "emerging", "next_step": "Again."},
        ),
        "review risk": (
            "review-risk", row, {**reviewed, "level": "significant", "because": TEXT},
        ),
        "end review": ("review-risk", row, {**reviewed, "level": "none", "because": TEXT}),
        "contribute": ("contribute", None, {"version": 1, **adding}),
        "correct contribution": ("correct-contribution", row, {**version, **adding}),
        "withdraw contribution": ("withdraw-contribution", row, {"reason": TEXT}),
    }  # fmt: skip
    return pages[verb]


def press(client: Client, verb: str, row: Any) -> Any:
    """Take a step in the browser, with everything it needs."""
    page, of, sent = _sent(verb, row)
    return client.post(reverse(page, args=[of.pk] if of else []), sent)


def _print() -> list[Any]:
    """Everything that is kept, to see whether anything was changed."""
    return [list(model.objects.order_by("pk").values()) for model in KEPT]  # type: ignore[attr-defined]


def _taker(who: Who, p: People) -> Person:
    if who is states.CONTRIBUTOR:
        return p.partner
    return p.manager if who is states.JUDGE else p.complex


@pytest.mark.one_database
@pytest.mark.parametrize("machine", MACHINES, ids=lambda each: each.name)
def test_every_state_is_told_alike_from_a_row_and_by_the_database_and_has_an_owner(
    machine: Machine, child: KnownPerson, people: People
) -> None:
    for state in machine.states:
        with transaction.atomic():
            row = again(BRING[machine.name, state.code](child, people))
            assert machine.state_of(row) == state
            found = [
                each.code
                for each in machine.states
                if machine.model._default_manager.filter(
                    each.condition(machine.model), pk=row.pk
                ).exists()
            ]
            transaction.set_rollback(True)
        assert found == [state.code]
        assert state.owner


@pytest.mark.one_database
@pytest.mark.parametrize("machine", MACHINES, ids=lambda each: each.name)
def test_from_each_state_only_the_steps_of_the_table_are_taken(
    machine: Machine, child: KnownPerson, people: People, client_of: Any
) -> None:
    takers = (people.complex, people.manager, people.partner)
    clients, wrong = {each: client_of(each) for each in takers}, []
    for state in machine.states:
        with transaction.atomic():
            row = again(BRING[machine.name, state.code](child, people))
            before = _print()
            for verb in {step.verb for step in machine.steps if step.before} - BESIDE:
                may = any((s.verb, s.before) == (verb, state.code) for s in machine.steps)
                taker = _taker(next(s.who for s in machine.steps if s.verb == verb), people)
                with transaction.atomic():
                    answer = press(clients[taker], verb, row)
                    changed = _print() != before
                    transaction.set_rollback(True)
                if changed != may or answer.status_code not in (200, 302):
                    wrong.append((verb, state.code, answer.status_code, changed))
            transaction.set_rollback(True)
    assert wrong == []


STEPS = [(machine, step) for machine in MACHINES for step in machine.steps]
ONE_EACH = list(
    {
        step.verb: (machine, step)
        for machine, step in STEPS
        if (step.before or step.verb != "note return") and step.verb != "take up again"
    }.values()
)


@pytest.mark.databases_by_turns
@pytest.mark.parametrize(("machine", "step"), ONE_EACH, ids=lambda each: getattr(each, "verb", ""))
def test_a_step_is_taken_once_and_refused_on_record_to_who_may_not(
    machine: Machine, step: Step, child: KnownPerson, people: People, make_person: Any
) -> None:
    row = again(BRING[machine.name, step.before](child, people)) if step.before else child
    client = Client()
    far = make_person("social_worker", worker="Worker 9", email="far@example.org")
    for person in (far, make_person("analyst", email="analyst@example.org")):
        client.force_login(person, BACKEND)
        before, refusals = _print(), _refusals()
        assert (press(client, step.verb, row).status_code, _print() == before) == (403, True)
        assert _refusals() == refusals + 1
    client.force_login(_taker(step.who, people), BACKEND)
    before = _print()
    page, of, sent = _sent(step.verb, row)
    address = reverse(page, args=[of.pk] if of else [])
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    once = _print()
    assert once != before
    assert client.post(address, sent).status_code in (200, 302, 409)
    assert _print() == once


def _refusals() -> int:
    return AuditEntry.objects.filter(verb=Verb.REFUSE).count()


@pytest.mark.one_database
@pytest.mark.parametrize(
    "who",
    [states.RECORDER, states.INTERVIEWER, states.JUDGE, states.SCREENER, states.SETTER],
    ids=lambda each: each.policy.name,
)
def test_each_role_near_and_far_may_take_the_steps_that_are_theirs(
    who: Who, child: KnownPerson, people: People, make_person: Any
) -> None:
    row = interviewed(child, people, "accepted")
    # By key: another of the same name in the records is nobody near.
    theirs = {"return_interviewer": people.interviewer, "social_worker": people.worker}
    wrong = []
    for role, of_role in ROLES.items():
        for near in (True, False):
            made = make_person(
                role,
                team=TEAM if near else "Another team",
                district=DISTRICT if near else "Another district",
                email=f"{role}-{near}@example.org",
            )
            person = theirs.get(role, made) if near else made
            reaches = near or of_role.reach is Reach.AUTHORITY
            # A front-door officer begins with any child, and goes on only with their own.
            begins = role == "front_door" and who is states.RECORDER
            # It is an interview that is given, and not the child.
            of_child = begins or (reaches and role != "return_interviewer")
            for of, is_reached in ((row, reaches), (child, of_child)):
                try:
                    need_who(who, of, person)
                    may = True
                except NotAllowedError:
                    may = False
                if may != (role in who.policy.roles and is_reached):
                    wrong.append((role, near, type(of).__name__, may))
    assert wrong == []


# --- Two at once


@pytest.mark.one_database
def test_of_two_who_read_the_same_row_the_second_overwrites_nothing(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    episode = gone(child, people.complex)
    first, second = again(episode), again(episode)
    episodes.correct_episode(first, first.version, about(6, risk="low"), by=people.complex)
    with pytest.raises(ConflictError):
        episodes.correct_episode(second, second.version, about(6, risk="medium"), by=people.worker)
    page, of, sent = _sent("correct episode", second)
    answer = client_of(people.worker).post(reverse(page, args=[of.pk]), sent)
    assert answer.status_code == 409
    assert "As it stands now" in answer.content.decode()
    assert again(episode).risk == "low"
    risk = screened(child, people.complex)
    screening.review_risk(risk, risk.version, "significant", TEXT, by=people.complex)
    with pytest.raises(StepError):
        screening.review_risk(risk, risk.version, "none", TEXT, by=people.worker)
    assert (again(risk).level_now, again(risk).ended_on) == ("significant", None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_two_at_once_in_connections_of_their_own(child: KnownPerson, people: People) -> None:
    c, w = people.complex, people.worker
    _one_of(
        lambda: episodes.record_missing(child, about(5), by=c),
        lambda: episodes.record_missing(child, about(4), by=w),
    )
    episode = MissingEpisode.objects.get()
    at = timezone.now()
    back = {"returned_at": at, "found": TEXT, "harmed": None}
    _one_of(
        lambda: episodes.note_return(episode, **back, by=c),
        lambda: episodes.note_return(episode, **back, by=w),
    )
    second = gone(child, c, ago=0)
    _one_of(
        lambda: episodes.end_episode(second, ended_at=timezone.now(), reason=TEXT, by=c),
        lambda: episodes.note_return(second, **{**back, "returned_at": timezone.now()}, by=w),
        lambda: episodes.set_aside_episode(second, TEXT, by=people.manager),
    )
    row = ReturnInterview.objects.get(episode=episode)
    interviews.offer_interview(row, offered_at=timezone.now(), given_to=c, by=c)
    row = again(row)
    _one_of(
        lambda: interviews.accept_interview(row, by=c),
        lambda: interviews.decline_interview(row, TEXT, by=w),
    )
    risk = screened(child, c)
    _one_of(
        lambda: screening.review_risk(risk, risk.version, "significant", TEXT, by=c),
        lambda: screening.review_risk(risk, risk.version, "none", TEXT, by=w),
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
