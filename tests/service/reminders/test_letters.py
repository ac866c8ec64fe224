"""The daily letter: numbers and addresses, one a day, to whoever has something to do and wants it."""

from datetime import timedelta
from pathlib import Path
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import returned
from service.protection.conftest import MakeCase, assessed, enquired
from sightline.cli.remind import _begins, command
from sightline.service.accounts.models import Agency, Person
from sightline.service.children.actions import restrict_child
from sightline.service.config import deployment
from sightline.service.config.logs import JsonFormatter
from sightline.service.frontdoor.actions.thresholds import plant_guidance
from sightline.service.frontdoor.models import (
    Contact,
    Disagreement,
    InformationRequest,
    Level,
    PassedOn,
    Recommendation,
)
from sightline.service.missing.models import ReturnInterview
from sightline.service.protection.models import Referral
from sightline.service.reminders import calendars, letters
from sightline.service.reminders.due import counts_of
from sightline.service.reminders.letters import Sent, send_daily_letters
from sightline.service.reminders.models import DailyLetter

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SITE = "https://sightline.example.org"


@pytest.fixture
def late(make_case: MakeCase, worker: Person, manager: Person, agencies: Any) -> Referral:
    """A case with a child not seen, and an assessment that is late."""
    case = make_case(timezone.now() - timedelta(days=120))
    assessed(case, worker, "writing")
    enquired(case, worker, manager)
    return case


def letter_to(person: Person) -> EmailMessage:
    found = [each for each in mail.outbox if each.to == [person.email]]
    assert len(found) == 1, person
    return found[0]


def test_it_has_numbers_and_addresses_and_no_name(
    late: Referral, worker: Person, manager: Person
) -> None:
    assert send_daily_letters(SITE).sent == 2
    own, manages = letter_to(worker), letter_to(manager)
    text = str(own.body)
    assert "1 not seen, of your own cases" in text
    assert f"{SITE}/protection/?show=not+seen" in text
    assert f"Assessment, case {late.pk}: overdue by" in text
    assert f"{SITE}{reverse('assessment', args=[late.assessments.get().pk])}" in text
    assert "1 to be authorised by you" in str(manages.body)
    assert "1 not seen, of all you manage" in str(manages.body)
    assert f"{SITE}{reverse('to-authorise')}" in str(manages.body)
    for letter in (own, manages):
        for never in ("Amara", "Ashdown", late.child.number, worker.name):
            assert never not in f"{letter.subject}{letter.body}", never
    assert own.extra_headers["List-Unsubscribe"] == f"<{SITE}{reverse('reminders')}>"


def test_it_tells_of_an_interview_before_its_time_is_over_and_of_concerns(
    make_case: MakeCase, worker: Person, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    interviewer = make_person("return_interviewer", worker="Asks", email="asks@example.org")
    complex_worker = make_person("complex_safeguarding", email="complex@example.org")
    interview = returned(make_case().child, worker, ago=60)
    ReturnInterview.objects.update(
        given_to=interviewer, offered_at=interview.episode.returned_at, accepted=True
    )
    Contact.objects.create(
        received_at=timezone.now(), source="1A", concern="Worry.", exploitation=True, missing=True
    )
    send_daily_letters(SITE)
    soon = "1 return interviews whose time is soon over"
    assert soon in str(letter_to(interviewer).body)
    assert "concerns" not in str(letter_to(interviewer).body)
    text = str(letter_to(complex_worker).body)
    assert soon in text
    assert "1 concerns to be routed or answered" in text
    # A report is no child who is on record as missing
    assert "1 reports of missing children to be routed or answered" in text
    assert "children missing now" not in text
    assert f"{SITE}{reverse('missing')}" in text


def test_it_tells_of_contacts_passed_on_disagreements_and_questions_to_an_agency(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any, client_of: Any
) -> None:
    case, now = make_case(), timezone.now()
    partner = make_person("mash_partner", email="partner@example.org")
    partner.agency = Agency.objects.create(name="Invented trust", kind="health")
    partner.save()
    contact = Contact.objects.create(
        received_at=now, source="2A", concern="Worry.", team=case.team, state="closed", closed_at=now,
        missing=False, exploitation=False,
    )  # fmt: skip
    plant_guidance()
    level = Level.objects.first()
    assert level is not None
    decision = Recommendation.objects.create(
        contact=contact, outcome="already_open", level=level, rationale="Open.", by=manager
    )
    passed = PassedOn.objects.create(decision=decision, person=case.child)
    disagreement = Disagreement.objects.create(contact=contact, raised_by="A. School", why="No.")
    for hours in (-1, 4):
        InformationRequest.objects.create(
            contact=contact, agency=partner.agency, question="?", lawful_basis="public_task",
            asked_by=manager, due_at=now + timedelta(hours=hours),
        )  # fmt: skip
    send_daily_letters(SITE)
    told = {
        worker: ["1 new contacts passed on and not read, of your own cases"],
        manager: [
            "1 new contacts passed on and not read, of all you manage",
            "1 disagreements to be answered",
        ],
        partner: ["2 questions to your agency to be answered", "1 of those questions late"],
    }
    for person, lines in told.items():
        text = str(letter_to(person).body)
        assert [each for each in lines if each not in text] == [], text
        for address in (each for each in text.split() if each.startswith(SITE)):
            assert client_of(person).get(address.removeprefix(SITE)).status_code == 200, address
    calendar = calendars.calendar_of(partner, "own", SITE, now).replace("\r\n ", "")
    assert calendar.count("SUMMARY:Answer what your agency was asked by") == 2
    PassedOn.objects.filter(pk=passed.pk).update(read_by=worker, read_at=now)
    Disagreement.objects.filter(pk=disagreement.pk).update(
        answer="Yes.", answered_by=manager, answered_at=now, outcome_changed=False
    )
    for person in (worker, manager):
        said = [each.what for each in counts_of(person, now)]
        assert not [each for each in said if "passed on" in each or "disagreements" in each]


def test_those_who_may_restrict_are_told_how_many_records_nobody_named_can_go_on_with(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any, client_of: Any
) -> None:
    lead = make_person("governance_lead", email="lead@example.org")
    director = make_person("assistant_director", email="director@example.org")
    alone, seen_to = make_case(), make_case(name="Noah")
    made = [
        restrict_child(each.child.number, "kin of staff", [worker]) for each in (alone, seen_to)
    ]
    restrict_child("not loaded yet", "kin of staff", [])
    made[1].named.add(manager)
    send_daily_letters(SITE)
    line = "1 restricted records with open work that nobody who is named can go on with"
    for person in (lead, director):
        text = str(letter_to(person).body)
        assert f"{line}\n{SITE}{reverse('restricted')}\n" in text
        assert client_of(person).get(reverse("restricted")).status_code == 200
        for never in ("Amara", "Ashdown", alone.child.number, "kin", worker.name):
            assert never not in text, never
    assert not [each for each in mail.outbox if each.to == [manager.email]]
    page = client_of(lead).get(reverse("reminders")).content.decode()
    assert "you get no letter" not in page
    made[0].named.add(manager)
    assert [counts_of(each, timezone.now()) for each in (lead, director)] == [[], []]


def test_each_address_in_it_opens_to_whom_it_was_sent(
    late: Referral, worker: Person, manager: Person, client_of: Any
) -> None:
    send_daily_letters(SITE)
    for person in (worker, manager):
        lines = str(letter_to(person).body).split()
        addresses = [each.removeprefix(SITE) for each in lines if each.startswith(SITE)]
        assert len(addresses) > 3
        for address in addresses:
            assert client_of(person).get(address).status_code == 200, address


def test_nobody_gets_an_empty_one_and_nobody_two_in_a_day(late: Referral, worker: Person) -> None:
    DailyLetter.objects.all().delete()
    now = timezone.now()
    first = send_daily_letters(SITE, now)
    assert (first.sent, first.already, first.failed) == (2, 0, ())
    again = send_daily_letters(SITE, now)
    assert (again.sent, again.already) == (0, 2)
    assert len(mail.outbox) == 2
    assert send_daily_letters(SITE, now + timedelta(days=1)).sent == 2


def test_who_has_nothing_late_gets_none(make_case: MakeCase, worker: Person) -> None:
    make_case()
    done = send_daily_letters(SITE)
    assert (done.sent, done.nothing) == (0, 2)
    assert mail.outbox == []
    assert not DailyLetter.objects.exists()


def test_each_may_switch_it_off_and_on(
    late: Referral, worker: Person, manager: Person, client_of: Any
) -> None:
    client = client_of(worker)
    client.post(reverse("switch-letter"), {"switch": "off"})
    done = send_daily_letters(SITE)
    assert (done.sent, done.off) == (1, 1)
    assert "switched the daily letter off" in client.get(reverse("reminders")).content.decode()
    client.post(reverse("switch-letter"), {"switch": "on"})
    assert send_daily_letters(SITE).sent == 1
    letter_to(worker)


def test_who_may_not_sign_in_gets_none(late: Referral, worker: Person, manager: Person) -> None:
    Person.objects.filter(pk=worker.pk).update(is_active=False)
    send_daily_letters(SITE)
    assert [each.to for each in mail.outbox] == [[manager.email]]


def test_one_that_cannot_be_sent_is_said_and_sent_by_the_next_run(
    late: Referral, worker: Person, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailMessage.send

    def fails(letter: EmailMessage, **more: Any) -> int:
        if letter.to == [worker.email]:
            raise SMTPServerDisconnected("to worker@example.org")
        return send(letter, **more)

    monkeypatch.setattr(EmailMessage, "send", fails)
    said: list[str] = []
    done = send_daily_letters(SITE, say=said.append)
    assert (done.sent, done.failed) == (1, (worker.pk,))
    assert said == [f"The letter to person {worker.pk} could not be sent: SMTPServerDisconnected."]
    assert "1 could not be sent" in done.words
    assert DailyLetter.objects.get(person=worker).told_on is None
    monkeypatch.setattr(EmailMessage, "send", send)
    after = send_daily_letters(SITE)
    assert (after.sent, after.already) == (1, 1)


def test_one_that_cannot_be_written_keeps_nobody_else_from_theirs_and_its_log_names_nobody(
    late: Referral,
    worker: Person,
    manager: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    count = letters.counts_of

    def fails(person: Person, now: Any) -> Any:
        if person == worker:
            raise ValueError("Amara Ashdown")
        return count(person, now)

    monkeypatch.setattr(letters, "counts_of", fails)
    said: list[str] = []
    done = send_daily_letters(SITE, say=said.append)
    assert (done.sent, done.failed) == (1, (worker.pk,))
    assert said == [f"The letter to person {worker.pk} could not be sent: ValueError."]
    (line,) = map(JsonFormatter().format, caplog.records)
    assert '"exception": "ValueError"' in line
    assert "Amara" not in line


def test_what_is_said_at_the_end() -> None:
    assert Sent(2, 1, 0, 3).words == (
        "2 sent; 1 had nothing that is late or soon due; 0 have switched it off; 3 had today's already."
    )


@pytest.mark.parametrize(
    ("hosts", "https", "begins"),
    [
        (("sightline.example.org", "other"), True, "https://sightline.example.org"),
        (("localhost",), False, "http://localhost"),
        (("*",), True, ""),
        ((".example.org",), True, ""),
        ((), True, ""),
    ],
)
def test_where_addresses_begin_is_the_first_name_people_type(
    hosts: tuple[str, ...], https: bool, begins: str
) -> None:
    assert _begins(hosts, https) == begins


def test_the_command_sends_them_says_so_and_ends_badly_where_one_could_not_be_sent(
    late: Referral, worker: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployment, "use", lambda folder, name: None)

    def run(*more: str) -> Result:
        return CliRunner().invoke(command, ["--folder", str(tmp_path), *more])

    def fails(letter: EmailMessage, **more: Any) -> int:
        raise SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", fails)
        done = run("--site", SITE)
    assert done.exit_code == 1
    assert f"The letter to person {worker.pk} could not be sent" in done.stderr
    done = run("--site", f"{SITE}/")
    assert (done.exit_code, done.stdout.split(";")[0]) == (0, "2 sent")
    assert f"{SITE}/protection/" in str(letter_to(worker).body)
    assert run("--quiet").output == ""
    refused = run("--site", "sightline")
    assert refused.exit_code == 2
    assert "--site" in refused.stderr
