"""A contact from a call to the letter: what is taken down, asked, shared, recommended, told and disputed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from present.pages import tagged
from service.frontdoor.conftest import MakeContact, ask, match, registered
from sightline.clocks.rules import due_at
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.models import AuditEntry
from sightline.service.children.actions import record_person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import find_people
from sightline.service.frontdoor.actions import (
    deciding,
    disagreeing,
    information,
    screening,
    telling,
    thresholds,
)
from sightline.service.frontdoor.letters import letter_of
from sightline.service.frontdoor.models import (
    Contact,
    Disagreement,
    Guidance,
    InformationRequest,
    Level,
    Recommendation,
    Triage,
    TriagedContact,
)
from sightline.service.frontdoor.queries import consistency as alike
from sightline.service.frontdoor.queries import lists
from sightline.service.frontdoor.queries.thresholds import guidance_on

pytestmark = pytest.mark.django_db

CALL = {
    "child-first_names": "Amara",
    "child-last_name": "Ashdown",
    "way": "phone",
    "concern": "Hungry at school.",
    "missing": "no",
    "exploitation": "no",
    "consent": "not_known",
    "priority": "green",
    "priority_because": "No sign of harm.",
}


@pytest.fixture
def known(officer: Person) -> KnownPerson:
    search = find_people("Amara Ashdown", by=officer).token
    return record_person(search=search, by=officer, first_names="Amara", last_name="Ashdown")


# --- The call


def test_while_an_officer_types_those_known_are_offered(
    officer: Person, known: KnownPerson, levels: list[Level], client_of: Any
) -> None:
    client = client_of(officer)
    typed = {"child-first_names": "Amarah", "child-last_name": "Ashdown"}
    part = client.post(reverse("matching-people"), typed, headers={"HX-Request": "true"})
    assert f'value="{known.pk}"' in part.content.decode()
    assert "<html" not in part.content.decode()
    page = client.post(reverse("take-call"), {**typed, "concern": "Half", "look": "1"})
    text = page.content.decode()
    assert f'value="{known.pk}"' in text
    assert "Half" in text
    assert "There is a problem" not in text
    assert not Contact.objects.exists()


def test_a_call_is_taken_down_matched_and_has_its_clock(
    officer: Person, known: KnownPerson, levels: list[Level], client_of: Any
) -> None:
    answer = client_of(officer).post(reverse("take-call"), {**CALL, "person": known.pk})
    contact = Contact.objects.get()
    assert answer["Location"] == reverse("contact", args=[contact.pk])
    assert (contact.state, contact.taken_by, contact.priority_by) == ("screening", officer, officer)
    assert contact.guidance == levels[0].guidance
    assert contact.decide_by == due_at("REF-1", contact.received_at)
    child = contact.children.get()
    assert (child.person, child.matched_by) == (known, officer)


def test_a_call_about_somebody_new_records_them_after_the_search(
    officer: Person, levels: list[Level], client_of: Any
) -> None:
    client = client_of(officer)
    looked = client.post(reverse("take-call"), {**CALL, "look": "1"}).context["found"]
    client.post(reverse("take-call"), {**CALL, "person": "new", "search": looked.token})
    person = KnownPerson.objects.get()
    assert (person.first_names, person.last_name) == ("Amara", "Ashdown")
    child = Contact.objects.get().children.get()
    assert child.person == person
    # Pressed twice it is recorded once; and nobody is matched over it.
    again = {"person": "new", "search": looked.token}
    client.post(reverse("match-child", args=[child.pk]), again)
    with pytest.raises(StepError, match="matched this child"):
        screening.record_child(child, looked.token, by=officer)
    client.post(reverse("take-call"), {**CALL, "person": "new", "search": "made up"})
    assert KnownPerson.objects.count() == 1
    assert Contact.objects.count() == 2


def test_a_call_without_what_it_needs_is_explained(
    officer: Person, levels: list[Level], client_of: Any
) -> None:
    page = client_of(officer).post(
        reverse("take-call"), {**CALL, "priority": "", "consent": "refused", "missing": ""}
    )
    text = page.content.decode()
    assert "Select how urgent the contact is" in text
    assert "Select on what ground it is shared" in text
    assert "Select whether a child is missing" in text
    assert not Contact.objects.exists()


def test_a_match_is_made_and_taken_away_with_a_reason(
    make_contact: MakeContact, officer: Person, known: KnownPerson, client_of: Any
) -> None:
    contact = make_contact("screening")
    child, client = contact.children.get(), client_of(officer)
    address = reverse("match-child", args=[child.pk])
    assert f'value="{known.pk}"' in client.get(address).content.decode()
    client.post(address, {"person": known.pk})
    child.refresh_from_db()
    assert child.person == known
    other = screening.add_child(contact, first_names="Amara", last_name="Ashdown")
    client.post(reverse("match-child", args=[other.pk]), {"person": known.pk})
    other.refresh_from_db()
    assert other.person is None
    client.post(reverse("unmatch-child", args=[child.pk]), {"reason": "A cousin of that name."})
    child.refresh_from_db()
    assert child.person is None
    assert AuditEntry.objects.filter(reason="A cousin of that name.").exists()


# --- Priority, routing, two at one contact


def test_a_priority_is_somebody_s_with_a_reason(make_contact: MakeContact) -> None:
    contact = make_contact()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(priority="red")


def test_whoever_saves_second_sees_both(
    make_contact: MakeContact, officer: Person, manager: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    address = reverse("prioritise", args=[contact.pk])
    first = {"priority": "red", "priority_because": "Hurt today.", "version": contact.version}
    assert client_of(officer).post(address, first).status_code == 302
    second = {**first, "priority": "green", "priority_because": "Seen today."}
    page = client_of(manager).post(address, second)
    assert page.status_code == 409
    assert "Hurt today." in page.content.decode()
    contact.refresh_from_db()
    assert contact.priority == "red"


def test_a_missing_child_is_routed_once_before_anything_is_recommended(
    make_contact: MakeContact, officer: Person, levels: list[Level], client_of: Any
) -> None:
    contact = make_contact("screening", missing=True, exploitation=False, kind="missing")
    match(contact, officer)
    screening.prioritise(contact, contact.version, "red", "Missing now.", by=officer)
    contact.refresh_from_db()
    given = {"outcome": "strategy", "level": levels[-1], "rationale": "Missing.", "by": officer}
    with pytest.raises(IncompleteError, match="first route the contact"):
        deciding.recommend(contact, **given)
    client = client_of(officer)
    assert "Route this to" in client.get(reverse("contact", args=[contact.pk])).content.decode()
    client.post(reverse("route-contact", args=[contact.pk]))
    contact.refresh_from_db()
    assert contact.routed_by == officer
    assert contact.routed_at
    with pytest.raises(StepError):
        screening.route_contact(contact, by=officer)
    deciding.recommend(contact, **given)
    listed = client.get(reverse("routed-concerns")).content.decode()
    assert contact.number in listed


def test_what_is_closed_is_not_changed(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("closed")
    client = client_of(officer)
    sent = {"priority": "red", "priority_because": "Now.", "version": contact.version}
    child = contact.children.get()
    with pytest.raises(StepError, match="is closed"):
        screening.unmatch_child(child, "Another child.")
    contact.children.update(person=None)
    known = KnownPerson.objects.create(number="C-9")
    client.post(reverse("match-child", args=[child.pk]), {"person": known.pk})
    assert contact.children.get().person is None
    for name, given in (
        ("prioritise", sent),
        ("change-contact", {"kind": "missing", "version": contact.version}),
        ("add-contact-child", {"first_names": "Ben"}),
    ):
        answer = client.post(reverse(name, args=[contact.pk]), given)
        assert answer.status_code == 302, name
    again = Contact.objects.get(pk=contact.pk)
    assert (again.priority, again.kind, again.children.count()) == ("amber", "neglect", 1)


# --- Information


def test_silence_is_late_chased_and_counted_as_not_in_time(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    asked = ask(contact, officer)
    now = timezone.now()
    InformationRequest.objects.update(
        asked_at=now - timedelta(hours=6), due_at=now - timedelta(hours=2)
    )
    client = client_of(officer)
    client.post(reverse("chase-agency", args=[asked.pk]), {"how": "By telephone"})
    assert "By telephone" in client.get(reverse("late-information")).content.decode()
    counted = lists.answers_by_agency(officer, now - timedelta(days=1), now)
    assert counted == [
        {"agency__name": "Invented Health Trust", "due": 1, "in_time": 0, "waiting": 1}
    ]
    contact.refresh_from_db()
    with pytest.raises(IncompleteError, match="Answers are missing"):
        information.go_on(contact, "", by=officer)
    client.post(
        reverse("enter-reply", args=[asked.pk]),
        {"what": "refused", "refused_because": "No consent.", "replied_by": "Duty desk"},
    )
    assert lists.late_answers(officer).count() == 1
    information.go_on(contact, "", by=officer)
    assert Contact.objects.get().state == "screening"
    with pytest.raises(StepError):
        information.answer_request(asked, reply="Late news.", replied_by="Duty desk")


@pytest.mark.parametrize(
    "sent",
    [
        {"is_shared": "yes"},
        {"is_shared": "no", "why_not": "More than the task needs."},
        {"is_shared": "no", "escalated_to": "The service manager"},
        {},
    ],
)
def test_sharing_has_a_basis_or_a_reason_and_goes_higher(
    make_contact: MakeContact, officer: Person, client_of: Any, sent: dict[str, str]
) -> None:
    contact = make_contact("screening")
    agency = Agency.objects.create(name="Invented Police", kind="police")
    address = reverse("share-information", args=[contact.pk])
    page = client_of(officer).post(address, {"what": "The name", "agency": agency.pk, **sent})
    assert page.status_code == 200
    assert not contact.sharing_decisions.exists()


# --- Decision


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"priority": ""}, "how urgent"),
        ({"kind": ""}, "what kind of concern"),
        ({"missing": None}, "find out"),
        ({"exploitation": None}, "find out"),
        ({}, "was offered"),
    ],
)
def test_nothing_is_recommended_by_halves(
    make_contact: MakeContact, officer: Person, levels: list[Level], lacks: Any, said: str
) -> None:
    known = {"kind": "neglect", "missing": False, "exploitation": False}
    contact = make_contact("screening", **known)
    screening.prioritise(contact, contact.version, "green", "No harm seen.", by=officer)
    contact.refresh_from_db()
    for name, value in lacks.items():
        setattr(contact, name, value)
    given = {"outcome": "advice", "level": levels[0], "rationale": "Advice is enough."}
    with pytest.raises(IncompleteError, match=said):
        deciding.recommend(contact, **given, by=officer)
    old = Level.objects.exclude(guidance=contact.guidance).first()
    assert old
    whole = make_contact("screening", **known)
    screening.prioritise(whole, whole.version, "green", "No harm seen.", by=officer)
    whole.refresh_from_db()
    with pytest.raises(IncompleteError, match="guidance in force"):
        deciding.recommend(whole, **{**given, "level": old}, offered_instead="A number", by=officer)


def test_no_decision_is_chosen_beforehand(
    make_contact: MakeContact, officer: Person, manager: Person, client_of: Any
) -> None:
    for name, state, person in (
        ("recommend-outcome", "screening", officer),
        ("decide-contact", "recommended", manager),
        ("tell-referrer", "decided", officer),
    ):
        contact = make_contact(state)
        page = client_of(person).get(reverse(name, args=[contact.pk])).content.decode()
        assert " checked" not in page, name
    waiting = make_contact("recommended")
    page = client_of(manager).post(reverse("decide-contact", args=[waiting.pk]), {})
    assert "Select what you decide" in page.content.decode()


def test_another_outcome_is_another_and_says_what_was_offered(
    make_contact: MakeContact, manager: Person
) -> None:
    contact = make_contact("recommended")
    waiting = contact.recommendations.get()
    with pytest.raises(IncompleteError, match="what was recommended"):
        deciding.authorise_another(waiting, "referral", "No.", by=manager)
    with pytest.raises(IncompleteError, match="was offered"):
        deciding.authorise_another(waiting, "advice", "No.", by=manager)
    with pytest.raises(IncompleteError, match="rationale"):
        deciding.authorise(waiting, "", by=manager)
    deciding.authorise_another(waiting, "advice", "No.", offered_instead="A number", by=manager)
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.decided_outcome) == ("referral", "advice")
    assert contact.notices.get().due_at == due_at("NOTICE-1", waiting.decided_at)  # type: ignore[arg-type]


# --- The referrer


def test_the_letter_says_the_outcome_and_how_to_disagree_and_nothing_of_the_family(
    make_contact: MakeContact, officer: Person, levels: list[Level], client_of: Any
) -> None:
    contact = make_contact("decided", level_declared=levels[1])
    letter = letter_of(contact.notices.get())
    text = "\n".join((*letter.to, letter.text))
    assert contact.number in text
    assert "A social worker will assess" in text
    assert "as 4 (Specialist); you had put it at 2 (Additional)." in text
    assert "safeguarding board" in text
    for secret in ("Amara", "Ashdown", "hungry", "neglect", "Redditch"):
        assert secret not in text, secret
    answer = client_of(officer).get(reverse("outcome-letter", args=[contact.pk]))
    printed, _ = tagged(answer.content, f"Your contact {contact.number}")
    assert "A social worker will assess" in printed
    assert "If you do not agree" in printed
    public = make_contact("decided", source="1B")
    text = letter_of(public.notices.get()).text
    assert "assess" not in text
    assert "complain to the council" in text


def test_by_e_mail_the_contact_closes_once_the_letter_has_gone(
    make_contact: MakeContact,
    officer: Person,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    contact = make_contact("decided")
    client, address = client_of(officer), reverse("tell-referrer", args=[contact.pk])
    assert (
        "Enter an e-mail address"
        in client.post(address, {"how": "email", "email": "x"}).content.decode()
    )
    sent = {"how": "email", "email": "referrer@example.org", "confirmed": "on"}
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(address, sent)
    contact.refresh_from_db()
    assert contact.state == "decided"
    assert (
        "has not gone yet"
        in client.get(reverse("contact-decision", args=[contact.pk])).content.decode()
    )
    for each in callbacks:
        each()
    contact.refresh_from_db()
    notice = contact.notices.get()
    assert (contact.state, notice.sent_by) == ("closed", officer)
    assert contact.closed_at == notice.sent_at
    letter = mail.outbox[0]
    assert letter.to == ["referrer@example.org"]
    assert "Amara" not in f"{letter.subject}{letter.body}"
    assert letter.attachments[0].mimetype == "application/pdf"  # type: ignore[union-attr]
    assert not telling.send_letter.call(notice.pk, officer.pk)
    assert len(mail.outbox) == 1


def test_where_nobody_can_be_told_it_says_why(make_contact: MakeContact, officer: Person) -> None:
    contact = make_contact("decided", is_anonymous=True)
    notice = contact.notices.get()
    with pytest.raises(IncompleteError):
        telling.tell_referrer(notice, "nobody", by=officer)
    telling.tell_referrer(notice, "nobody", why_nobody="No name was given.", by=officer)
    assert Contact.objects.get().state == "closed"


# --- Disagreement


def test_a_disagreement_goes_up_step_by_step_until_it_is_settled(
    make_contact: MakeContact,
    make_person: Any,
    officer: Person,
    manager: Person,
    other_manager: Person,
) -> None:
    with pytest.raises(IncompleteError):
        disagreeing.raise_disagreement(make_contact("screening"), "A teacher", "Too low.")
    contact = make_contact("closed")
    first = disagreeing.raise_disagreement(contact, "A teacher", "Too low.")
    with pytest.raises(IncompleteError):
        disagreeing.take_up(first, "Not accepted.")
    said = {"outcome_changed": False, "settled": False}
    disagreeing.answer_disagreement(first, "It stands.", by=officer, **said)
    with pytest.raises(StepError):
        disagreeing.answer_disagreement(first, "It stands.", by=officer, **said)
    first.refresh_from_db()
    second = disagreeing.take_up(first, "Not accepted.")
    with pytest.raises(StepError):
        disagreeing.take_up(first, "Not accepted.")
    assert list(lists.unsettled(officer)) == [second]
    for by in (officer, manager):  # one may not decide, the other decided what is disputed
        with pytest.raises(NotAllowedError):
            disagreeing.answer_disagreement(second, "It stands.", by=by, **said)
    Recommendation.objects.update(by=other_manager)  # nor who recommended it
    with pytest.raises(NotAllowedError):
        disagreeing.answer_disagreement(second, "It stands.", by=other_manager, **said)
    third_manager = registered(make_person("team_manager", email="third@example.org"))
    disagreeing.answer_disagreement(second, "It stands.", by=third_manager, **said)
    second.refresh_from_db()
    above = disagreeing.take_up(second, "Not accepted.")
    with pytest.raises(NotAllowedError, match="service manager"):
        disagreeing.answer_disagreement(above, "It stands.", by=third_manager, **said)
    head = registered(make_person("service_manager"))
    disagreeing.answer_disagreement(above, "It stands.", by=head, **said)
    above.refresh_from_db()
    board = disagreeing.take_up(above, "Not accepted.")
    with pytest.raises(NotAllowedError, match="the board"):
        disagreeing.answer_disagreement(board, "It stands.", by=head, **said)
    disagreeing.answer_disagreement(
        board,
        "You are right.",
        outcome_changed=True,
        settled=True,
        acceptance="A teacher, today.",
        by=registered(make_person("assistant_director")),
    )
    board.refresh_from_db()
    with pytest.raises(StepError):
        disagreeing.take_up(board, "Once more.")
    assert not lists.unsettled(officer).exists()
    # The contact is open again, with a clock of its own.
    contact.refresh_from_db()
    assert (contact.state, contact.closed_at) == ("screening", None)
    assert contact.decide_by == due_at("REF-1", contact.waits_since) > timezone.now()
    assert Disagreement.objects.count() == 4
    assert contact.recommendations.count() == 1


def test_an_officer_does_not_change_the_outcome_that_is_disputed(
    make_contact: MakeContact, officer: Person, manager: Person
) -> None:
    contact = make_contact("decided")
    first = disagreeing.raise_disagreement(contact, "A teacher", "Too low.")
    changed = {"outcome_changed": True, "settled": True}
    with pytest.raises(IncompleteError, match="Only a registered manager"):
        disagreeing.answer_disagreement(first, "You are right.", by=officer, **changed)
    with pytest.raises(IncompleteError, match="First tell the referrer"):
        disagreeing.answer_disagreement(first, "You are right.", by=manager, **changed)
    first.refresh_from_db()
    assert first.answered_at is None


def test_an_answer_not_settled_then_is_settled_later(
    make_contact: MakeContact,
    make_person: Any,
    officer: Person,
    manager: Person,
    other_manager: Person,
    client_of: Any,
) -> None:
    contact = make_contact("closed")
    said = {"outcome_changed": False, "settled": False}
    first = disagreeing.raise_disagreement(contact, "A teacher", "Too low.")
    with pytest.raises(StepError, match="not answered yet"):
        disagreeing.settle_disagreement(first, "She said so.", accepted=True, by=officer)
    # That they accept it is asked where it comes with the answer, too.
    at_once = disagreeing.raise_disagreement(contact, "A doctor", "Too low.")
    client = client_of(officer)
    address = reverse("answer-disagreement", args=[at_once.pk])
    typed = {"answer": "It stands.", "outcome_changed": "no", "settled": "yes"}
    page = client.post(address, typed).content.decode()
    assert "Say who told you that they accept it" in page
    at_once.refresh_from_db()
    assert at_once.answered_at is None
    client.post(address, {**typed, "acceptance": "A doctor, in person."})
    at_once.refresh_from_db()
    assert (at_once.acceptance, at_once.settled_at) == ("A doctor, in person.", at_once.answered_at)
    page = client.get(reverse("contact-decision", args=[contact.pk])).content.decode()
    assert "They accept the answer. Who said so: A doctor, in person." in page
    disagreeing.answer_disagreement(first, "It stands.", acceptance="Not kept.", by=officer, **said)
    assert Disagreement.objects.get(pk=first.pk).acceptance == ""
    address = reverse("settle-disagreement", args=[first.pk])
    page = client.get(reverse("contact-decision", args=[contact.pk])).content.decode()
    assert address in page
    assert "Say why it ends here" in client.post(address, {"how": "ends"}).content.decode()
    elsewhere = make_person("front_door", team="Far team", email="far@example.org")
    assert client_of(elsewhere).post(address, {"how": "accepted"}).status_code == 403
    without = client.post(address, {"how": "accepted", "why": "Taken back."})
    assert "Say who told you that they accept it" in without.content.decode()
    for _ in range(2):
        client.post(
            address, {"how": "accepted", "why": "No.", "acceptance": "A teacher, by phone."}
        )
    first.refresh_from_db()
    assert (first.settled_by, first.settled_because, first.version) == (officer, "", 3)
    assert not lists.unsettled(officer).exists()
    page = client.get(reverse("contact-decision", args=[contact.pk])).content.decode()
    assert "They accept the answer. Who said so: A teacher, by phone." in page
    # That it ends though they do not accept it, whoever answers the step says.
    below = disagreeing.raise_disagreement(contact, "A nurse", "Too low.")
    disagreeing.answer_disagreement(below, "It stands.", by=officer, **said)
    step = disagreeing.take_up(Disagreement.objects.get(pk=below.pk), "Not accepted.")
    with pytest.raises(StepError, match="was taken up"):
        disagreeing.settle_disagreement(below, "She said so.", accepted=True, by=officer)
    disagreeing.answer_disagreement(step, "It stands.", by=other_manager, **said)
    step.refresh_from_db()
    # Whoever recommended or decided what is disputed does not end it, nor is that offered to them.
    for by in (officer, manager):
        for accepted in (False, True):
            with pytest.raises(NotAllowedError):
                disagreeing.settle_disagreement(step, "Said.", accepted=accepted, by=by)
        page = client_of(by).get(reverse("contact-decision", args=[contact.pk])).content.decode()
        assert disagreeing.OWN in page
        assert reverse("settle-disagreement", args=[step.pk]) not in page
        assert reverse("take-up-disagreement", args=[step.pk]) in page
    with pytest.raises(IncompleteError, match="Say why it ends here"):
        disagreeing.settle_disagreement(step, " ", accepted=False, by=other_manager)
    disagreeing.settle_disagreement(step, "They moved away.", accepted=False, by=other_manager)
    with pytest.raises(StepError, match="no further up"):
        disagreeing.take_up(step, "Once more.")  # as it was read before
    step.refresh_from_db()
    assert (step.settled_because, step.settled_by) == ("They moved away.", other_manager)
    assert not lists.unsettled(officer).exists()


# --- Triage


def test_the_triage_of_the_day_has_attendance_vacancies_and_what_was_said(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    make_person: Any,
    police: Agency,
    client_of: Any,
) -> None:
    triage_team = "Redditch team 1"
    contact = make_contact("triage")
    client = client_of(officer)
    client.post(reverse("begin-triage"))
    client.post(reverse("begin-triage"))
    triage = Triage.objects.get()
    assert triage.chair == officer
    address = reverse("triage-attendance", args=[triage.pk])
    key = f"agency-{police.pk}"
    page = client.post(address, {"version": 1, f"{key}-status": "vacant"})
    assert "by when the post is to be filled" in page.content.decode()
    day = {
        f"{key}-fill_by_{part}": value
        for part, value in zip(("day", "month", "year"), (1, 9, 2030), strict=True)
    }
    page = client.post(address, {"version": 1, f"{key}-status": "vacant", **day, "end": "1"})
    assert "say who attended" in page.content.decode()
    assert client.post(address, {"version": 1, f"{key}-status": "vacant", **day}).status_code == 302
    row = triage.attendance.get()
    assert (row.status, row.fill_by and row.fill_by.year) == ("vacant", 2030)
    stale = client.post(address, {"version": 1, f"{key}-status": "present"})
    assert stale.status_code == 409
    discuss = reverse("discuss-contact", args=[triage.pk, contact.pk])
    blank = client.get(discuss).context["form"]["version"].value()
    said = {"discussion": "Known to two agencies.", "decision": "To be assessed.", "version": blank}
    client.post(discuss, said)
    assert client.post(discuss, {**said, "decision": "Nothing."}).status_code == 409
    assert TriagedContact.objects.get().decision == "To be assessed."
    said["version"] = 1
    client.post(discuss, {**said, "actions": "Ring the school."})
    other = client.post(discuss, {**said, "actions": "Ring the nurse."})
    assert other.status_code == 409
    page = client.get(reverse("triage", args=[triage.pk])).content.decode()
    assert "Known to two agencies." in page
    assert "Ring the school." in page
    assert "1 September 2030" in client.get(reverse("triages")).content.decode()
    # One that is over stays as it is.
    there = {f"{key}-status": "present", "end": "1"}
    client.post(address, {**there, "version": 2})
    triage.refresh_from_db()
    ended = triage.ended_at
    assert ended
    client.post(address, {f"{key}-status": "absent", "version": triage.version})
    client.post(discuss, {**said, "version": 2, "decision": "Nothing."})
    triage.refresh_from_db()
    assert (triage.ended_at, triage.attendance.get().status) == (ended, "present")
    assert TriagedContact.objects.get().decision == "To be assessed."
    # Ended by mistake it is opened again on the same day, with the reason, by the chair or a manager.
    again = reverse("reopen-triage", args=[triage.pk])
    page = reverse("triage", args=[triage.pk])
    other = make_person("front_door", team=triage_team, email="colleague@example.org")
    assert client_of(other).post(again, {"reason": "By mistake."}).status_code == 403
    assert again not in client_of(other).get(page).content.decode()
    assert again in client.get(page).content.decode()
    assert again in client_of(manager).get(page).content.decode()
    assert client.post(again, {"reason": ""}).status_code == 200
    for by in (client, client_of(manager)):  # the second finds it open
        assert by.post(again, {"reason": "Pressed by mistake."}).status_code == 302
    version = triage.version
    triage.refresh_from_db()
    assert (triage.ended_at, triage.version) == (None, version + 1)
    assert AuditEntry.objects.filter(reason="Pressed by mistake.").exists()
    assert client.post(address, {**there, "version": "²"}).status_code == 409
    client.post(address, {**there, "version": triage.version})
    Triage.objects.update(day=timezone.localdate() - timedelta(days=1))
    client.post(again, {"reason": "Of yesterday."})
    triage.refresh_from_db()
    assert triage.ended_at


# --- Thresholds


def test_a_contact_keeps_the_guidance_of_its_day(levels: list[Level]) -> None:
    days = [each.starts for each in Guidance.objects.order_by("starts")]
    found = [guidance_on(day - timedelta(days=1)) for day in days]
    assert [each and each.edition for each in found] == [None, "July 2016"]
    assert [each.edition for day in days if (each := guidance_on(day))] == ["July 2016", "May 2019"]
    # One that has ended brings none back, and one approved later was not in force before.
    Guidance.objects.filter(edition="May 2019").update(ends=days[1] + timedelta(days=9))
    assert guidance_on(days[1] + timedelta(days=10)) is None
    Guidance.objects.filter(edition="May 2019").update(
        ends=None, approved=days[1] + timedelta(days=5)
    )
    before, on = (guidance_on(days[1] + timedelta(days=n)) for n in (4, 5))
    assert [before and before.edition, on and on.edition] == ["July 2016", "May 2019"]
    Guidance.objects.filter(edition="May 2019").update(approved=None)
    now = guidance_on(timezone.localdate())
    assert now
    assert now.edition == "July 2016"


def test_an_edition_in_force_keeps_its_words_and_a_new_one_has_any_number_of_levels(
    levels: list[Level], make_person: Any, client_of: Any
) -> None:
    client = client_of(make_person("board_manager"))
    now = levels[0].guidance
    about = {"title": "T", "owner": "Board", "change_note": "A word.", "version": 1}
    client.post(reverse("change-guidance", args=[now.pk]), {**about, "published_to": "Schools"})
    now.refresh_from_db()
    assert (now.title, now.published_to, now.change_note) == (
        "Levels of need",
        "Schools",
        "A word.",
    )
    rows = {"level-TOTAL_FORMS": "5", "level-INITIAL_FORMS": "0"}
    for n in range(5):
        rows |= {
            f"level-{n}-number": str(n + 1),
            f"level-{n}-name": f"L{n}",
            f"level-{n}-need": "N",
        }
    new = {
        **about,
        "edition": "Five",
        **rows,
        "starts_day": 1,
        "starts_month": 1,
        "starts_year": 2049,
    }
    assert client.post(reverse("add-guidance"), {**new, "level-4-number": "1"}).status_code == 200
    assert (
        "must be after today"
        in client.post(reverse("add-guidance"), {**new, "starts_year": 2020}).content.decode()
    )
    assert client.post(reverse("add-guidance"), new).status_code == 302
    assert Guidance.objects.get(edition="Five").levels.count() == 5
    more = client.post(reverse("add-guidance"), {**new, "another": "1"})
    assert len(more.context["levels"]) == 6


def test_an_edition_in_force_stays_approved_and_does_not_end_in_the_past(
    levels: list[Level], make_person: Any, client_of: Any
) -> None:
    client = client_of(make_person("board_manager"))
    now, today = levels[0].guidance, timezone.localdate()
    address = reverse("change-guidance", args=[now.pk])
    assert "approved" not in client.get(address).context["form"].fields
    about = {"owner": "Board", "published_to": "Schools", "change_note": "A word."}

    def ends(day: Any) -> dict[str, Any]:
        return {"ends_day": day.day, "ends_month": day.month, "ends_year": day.year}

    client.post(address, {**about, "version": 1})
    assert guidance_on(today) == now
    for day, said in (
        (now.starts - timedelta(days=1), "before the first"),
        (today - timedelta(days=1), "before today"),
    ):
        page = client.post(address, {**about, **ends(day), "version": 2})
        assert page.status_code == 200
        assert said in page.content.decode()
    with pytest.raises(ValidationError):
        thresholds.change_guidance(now, 2, {"ends": now.starts - timedelta(days=1)}, None)
    thresholds.change_guidance(now, 2, {"approved": None}, None)
    assert client.post(address, {**about, **ends(today), "version": 3}).status_code == 302
    now.refresh_from_db()
    assert (now.ends, guidance_on(today)) == (today, now)
    # One that has ended may have its note changed; and one that nobody approved in time be approved.
    Guidance.objects.filter(pk=now.pk).update(ends=today - timedelta(days=9), approved=None)
    now.refresh_from_db()
    assert "approved" in client.get(address).context["form"].fields
    given = {**about, **ends(now.ends), "change_note": "Another.", "version": now.version}
    assert client.post(address, given).status_code == 302


def test_an_edition_of_a_form_is_data_and_says_what_is_wrong(
    forms: None, make_person: Any, client_of: Any
) -> None:
    client = client_of(make_person("board_manager"))
    address = reverse("add-referral-form", args=["public"])
    text = client.get(address).context["form"].initial["questions"]
    sent = {
        "whom": "public", "name": "New", "edition": "2", "starts_day": 1, "starts_month": 1,
        "starts_year": 2049, "questions": text,
    }  # fmt: skip
    for wrong, said in (
        ("not toml", "cannot be read"),
        (text.replace('kind = "yes_no"', 'kind = "map"', 1), "is none of"),
    ):
        page = client.post(address, {**sent, "questions": wrong}).content.decode()
        assert said in page, said
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert "What have you seen" in client.get(answer["Location"]).content.decode()
    with pytest.raises(ValidationError):
        thresholds.add_referral_form("public", "Old", "0", timezone.localdate(), [])


# --- Consistency, backlog


def test_the_same_concern_with_different_outcomes_is_counted_by_decider_and_agency(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    other_manager: Person,
    levels: list[Level],
    police: Agency,
) -> None:
    since = timezone.now() - timedelta(days=1)
    Person.objects.filter(pk=other_manager.pk).update(name="Other Invented")
    make_contact("decided", level_declared=levels[1])
    make_contact("decided", agency=police, level_declared=levels[-1])
    third = make_contact("recommended", agency=police)
    deciding.authorise_another(
        third.recommendations.get(),
        "advice",
        "Enough.",
        offered_instead="A number",
        by=other_manager,
    )
    places = {code: place for place, (code, _) in enumerate(alike.OUTCOMES)}

    def shown(rows: list[alike.Row]) -> dict[str, tuple[int, int, int]]:
        return {
            row.name: (row.total, row.outcomes[places["referral"]], row.outcomes[places["advice"]])
            for row in rows
        }

    assert shown(alike.consistency(officer, "neglect", since, "decider")) == {
        "All": (3, 2, 1),
        manager.name: (2, 2, 0),
        "Other Invented": (1, 0, 1),
    }
    assert shown(alike.consistency(officer, "", since, "agency")) == {
        "All": (3, 2, 1),
        "Invented Police": (2, 1, 1),
        "No agency: the public, or not said": (1, 1, 0),
    }
    assert alike.consistency(officer, "missing", since, "decider") == []
    Person.objects.filter(pk=other_manager.pk).update(name=manager.name)
    same_name = alike.consistency(officer, "neglect", since, "decider")
    assert sorted((row.name, row.total) for row in same_name[1:]) == [
        (manager.name, 1),
        (manager.name, 2),
    ]
    levels_found = alike.levels_by_agency(officer, since)
    assert levels_found == [
        alike.Levels("Invented Police", 1, 0, 1, 0),
        alike.Levels("No agency said", 1, 0, 0, 1),
    ]


def test_the_backlog_is_counted_by_age_and_overdue(
    make_contact: MakeContact, officer: Person
) -> None:
    now = timezone.now()
    for hours in (1, 4, 23, 24, 72, 300):
        contact = make_contact()
        at = now - timedelta(hours=hours)
        Contact.objects.filter(pk=contact.pk).update(received_at=at, decide_by=due_at("REF-1", at))
    make_contact("closed")
    backlog = lists.backlog_of(officer, now)
    assert [count for _, count in backlog.bands] == [1, 2, 1, 1, 1]
    assert (backlog.waiting, backlog.over_a_day) == (6, 3)
    assert (
        backlog.overdue == Contact.objects.filter(state="received", decide_by__lt=now).count() > 0
    )
