"""The steps of a contact: from where to where, by whom, once, and by one of two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from service.frontdoor.conftest import DISTRICT, TEAM, MakeContact, bring_to, registered
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.roles import ROLES
from sightline.service.accounts.steps import NotAllowedError, StepError
from sightline.service.audit.models import AuditEntry
from sightline.service.audit.models import Verb as Audited
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions import deciding, telling
from sightline.service.frontdoor.models import (
    Contact,
    InformationRequest,
    Level,
    OutcomeNotice,
    Recommendation,
)
from sightline.service.frontdoor.states import OWNERS, STEPS, Step, Verb, Who

pytestmark = pytest.mark.django_db

OFFICERS = {"front_door", "team_manager"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AUTHORISERS = {"team_manager", "service_manager", "assistant_director"}
BUTTONS = {
    Verb.TAKE: "take-contact",
    Verb.PUT_BACK: "put-back",
    Verb.ASK: "ask-agency",
    Verb.GO_ON: "go-on",
    Verb.LIST: "list-for-triage",
    Verb.UNLIST: "take-off-list",
    Verb.RECOMMEND: "recommend-outcome",
    Verb.RETURN: "decide-contact",
    Verb.AUTHORISE: "decide-contact",
    Verb.CHANGE: "decide-contact",
    Verb.TELL: "tell-referrer",
    Verb.REOPEN: "reopen-contact",
}
_DECIDES = {Verb.RETURN: "return", Verb.AUTHORISE: "authorise", Verb.CHANGE: "another"}


def press(client: Client, verb: Verb, contact: Contact, levels: list[Level]) -> Any:
    """Send what the page of a step would send, complete."""
    agency = Agency.objects.get_or_create(name="Asked", defaults={"kind": "health"})[0]
    sent: dict[str, Any] = {
        Verb.PUT_BACK: {"reason": "My shift is over."},
        Verb.ASK: {
            "agency": agency.pk,
            "children": [child.pk for child in contact.children.all()],
            "question": "What do you hold?",
            "lawful_basis": "child_in_need",
            "hours": 4,
        },
        Verb.GO_ON: {"reason": "The child cannot wait."},
        Verb.UNLIST: {"reason": "Put on it by mistake."},
        Verb.RECOMMEND: {
            "outcome": "referral",
            "level": levels[-1].pk,
            "rationale": "Needs at level 4.",
        },
        Verb.TELL: {"how": "phone", "confirmed": "on"},
        Verb.REOPEN: {"reason": "The school has told us more."},
    }.get(verb, {})
    if verb in _DECIDES:
        sent = {
            "decision": _DECIDES[verb],
            "outcome": "strategy",
            "rationale": "Said in full.",
            "recommendation": contact.recommendations.values_list("pk", flat=True).first() or 0,
        }
    return client.post(reverse(BUTTONS[verb], args=[contact.pk]), sent)


def _ready(contact: Contact) -> None:
    """Give it what a recommendation needs, wherever it stands."""
    from django.utils import timezone

    for child in contact.children.filter(person=None):
        child.person = KnownPerson.objects.create(number=f"N-{child.pk}")
        child.save()
    Contact.objects.filter(pk=contact.pk).update(
        kind="neglect",
        missing=False,
        exploitation=False,
        priority="amber",
        priority_because="Likely to become worse.",
        priority_by=Person.objects.order_by("pk")[0],
        priority_at=timezone.now(),
    )


def test_every_state_has_an_owner_and_can_be_left_and_reached() -> None:
    assert set(OWNERS) == set(Contact.State)
    assert {step.before for step in STEPS} == set(Contact.State)
    reached = {Contact.State.RECEIVED, *(step.after for step in STEPS)}
    assert reached == set(Contact.State)
    assert set(BUTTONS) == set(Verb) == {step.verb for step in STEPS}
    assert len({(step.verb, step.before) for step in STEPS}) == len(STEPS)


@pytest.mark.databases_by_turns
@pytest.mark.parametrize("state", Contact.State.values)
def test_from_a_state_the_steps_of_the_table_lead_on_and_no_others(
    state: str,
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    other_manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    contact = make_contact(state)
    _ready(contact)
    steps = {step.verb: step for step in STEPS if step.before == state}
    for verb in Verb:
        with transaction.atomic():
            officers = (verb in steps and steps[verb].who is Who.OFFICER) or verb not in _DECIDES
            client = client_of(officer if officers and verb != Verb.REOPEN else other_manager)
            answer = press(client, verb, contact, levels)
            after = Contact.objects.get(pk=contact.pk).state
            transaction.set_rollback(True)
        expected = steps[verb].after if verb in steps else state
        assert after == expected, (state, verb, answer.status_code)
        assert answer.status_code in (302, 404), (state, verb)


def _asker(make_person: Any, role: str, near: bool) -> Person:
    team, district = (TEAM, DISTRICT) if near else ("Another team", "Another district")
    person = make_person(role, team=team, district=district, email=f"{role}-{near}@example.org")
    return registered(person)


@pytest.mark.databases_by_turns
@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.verb} from {step.before}")
def test_a_step_is_taken_by_whom_the_table_says_and_by_nobody_else(
    step: Step,
    make_contact: MakeContact,
    make_person: Any,
    levels: list[Level],
) -> None:
    contact = make_contact(step.before)
    _ready(contact)
    client = Client()
    allowed = OFFICERS if step.who is Who.OFFICER else AUTHORISERS
    wrong = []
    for role in ROLES:
        for near in (True, False) if role in allowed else (True,):
            person = _asker(make_person, role, near)
            may = role in allowed and (near or role == "assistant_director")
            with transaction.atomic():
                before = AuditEntry.objects.filter(verb=Audited.REFUSE).count()
                client.force_login(person, BACKEND)
                answer = press(client, step.verb, contact, levels)
                moved = Contact.objects.get(pk=contact.pk).version > contact.version
                refused = AuditEntry.objects.filter(verb=Audited.REFUSE).count() - before
                transaction.set_rollback(True)
            right = (
                moved and answer.status_code == 302
                if may
                else not moved and answer.status_code == 403 and refused == 1
            )
            if not right:
                wrong.append((role, near, answer.status_code, moved, refused))
    with transaction.atomic():
        answer = press(Client(), step.verb, contact, levels)
        assert answer.status_code == 302
        assert "/sign-in/" in answer.url
    assert wrong == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.verb} from {step.before}")
def test_pressed_twice_a_step_is_taken_once(
    step: Step,
    make_contact: MakeContact,
    officer: Person,
    other_manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    contact = make_contact(step.before)
    _ready(contact)
    client = client_of(officer if step.who is Who.OFFICER else other_manager)
    press(client, step.verb, contact, levels)
    once = Contact.objects.get(pk=contact.pk)
    counts = _counts(contact)
    again = press(client, step.verb, contact, levels)
    twice = Contact.objects.get(pk=contact.pk)
    assert again.status_code in (302, 404)
    if step.verb is Verb.ASK:
        return  # to ask twice is to ask two things
    assert (twice.state, twice.version) == (once.state, once.version)
    assert _counts(contact) == counts


def _counts(contact: Contact) -> tuple[int, int, int]:
    of = {"contact": contact}
    return (
        Recommendation.objects.filter(**of).count(),
        OutcomeNotice.objects.filter(**of).count(),
        InformationRequest.objects.filter(**of).count(),
    )


# --- Two authorisers


def test_nobody_authorises_their_own_nor_without_registration(
    make_contact: MakeContact,
    manager: Person,
    other_manager: Person,
    make_person: Any,
    levels: list[Level],
    client_of: Any,
) -> None:
    contact = make_contact("screening")
    _ready(contact)
    press(client_of(manager), Verb.RECOMMEND, contact, levels)
    for verb in _DECIDES:
        answer = press(client_of(manager), verb, contact, levels)
        assert answer.status_code == 403
        assert deciding.OWN in answer.content.decode()
    unregistered = make_person("team_manager", team=TEAM, email="unregistered@example.org")
    answer = press(client_of(unregistered), Verb.AUTHORISE, contact, levels)
    assert answer.status_code == 403
    assert deciding.UNREGISTERED in answer.content.decode()
    waiting = Recommendation.objects.get()
    assert waiting.state == "waiting"
    for by in (manager, unregistered):
        with pytest.raises(NotAllowedError):
            deciding.authorise(waiting, "I agree.", by=by)
    assert AuditEntry.objects.filter(verb=Audited.REFUSE).count() == 4
    press(client_of(other_manager), Verb.AUTHORISE, contact, levels)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("authorised", other_manager)


def test_of_two_who_read_the_same_recommendation_the_second_is_told(
    make_contact: MakeContact, manager: Person, other_manager: Person
) -> None:
    contact = make_contact("recommended")
    first, second = (Recommendation.objects.get(contact=contact) for _ in range(2))
    deciding.authorise(first, "I agree.", by=manager)
    with pytest.raises(StepError):
        deciding.authorise_another(second, "strategy", "More is known.", by=other_manager)
    with pytest.raises(StepError):
        deciding.return_recommendation(second, "Ask the school.", by=other_manager)
    kept = Recommendation.objects.get()
    assert (kept.decided_by, kept.decided_outcome) == (manager, "referral")
    assert OutcomeNotice.objects.count() == 1
    assert not AuditEntry.objects.filter(reason="More is known.").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_two_at_once_in_connections_of_their_own(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    other_manager: Person,
    levels: list[Level],
) -> None:
    for _ in range(3):
        contact = make_contact("recommended")
        waiting = Recommendation.objects.get(contact=contact)
        found = _at_once(
            lambda w=waiting: deciding.authorise(w, "I agree.", by=manager),
            lambda w=waiting: deciding.return_recommendation(w, "Ask.", by=other_manager),
            lambda w=waiting: deciding.authorise_another(w, "strategy", "More.", by=other_manager),
        )
        assert sum(isinstance(each, StepError) for each in found) == 2
        kept = Recommendation.objects.get(pk=waiting.pk)
        notices = OutcomeNotice.objects.filter(contact=contact).count()
        assert notices == (kept.state != "returned")
    received = make_contact("received")
    from sightline.service.frontdoor.actions import screening

    found = _at_once(
        *(lambda by=by: screening.take_contact(received, by=by) for by in (officer, manager))
    )
    assert sum(isinstance(each, StepError) for each in found) == 1
    decided = make_contact("decided")
    notice = decided.notices.select_related("contact", "decision__level").get()
    found = _at_once(
        *(
            lambda by=by: telling.tell_referrer(notice, "phone", confirmed=True, by=by)
            for by in (officer, manager)
        )
    )
    assert sum(isinstance(each, StepError) for each in found) == 1
    bring_to(make_contact(), "closed", officer, manager, levels)


def _at_once(*work: Callable[[], object]) -> list[object]:
    def alone(each: Callable[[], object]) -> object:
        try:
            return each()
        except StepError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result(60) for each in [pool.submit(alone, each) for each in work]]
