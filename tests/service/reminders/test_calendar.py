"""The calendar: what is in it, what never is, and the life of its secret address."""

import re
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import returned
from service.protection.conftest import MakeCase, again, assessed, book, conferred, planned
from sightline.service.accounts.actions import close_account, open_account
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import restrict_child
from sightline.service.missing.models import ReturnInterview
from sightline.service.protection.actions import assessing, court, meetings
from sightline.service.protection.models import Allocation, Referral
from sightline.service.reminders import calendars
from sightline.service.reminders.addresses import good_address, make_address
from sightline.service.reminders.models import CalendarAddress

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def case(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> Referral:
    found = make_case()
    planned(found, worker, manager, chair)
    return found


def made(client: Client, **sent: str) -> str:
    """Make an address as a person does; give its path."""
    page = client.post(reverse("make-calendar"), sent)
    found = re.search(r"http://testserver(/reminders/calendar/[\w-]+\.ics)", page.content.decode())
    assert found, page.status_code
    return found[1]


def events(text: str) -> list[str]:
    unfolded = text.replace("\r\n ", "")
    return re.findall(r"SUMMARY:(.*)\r\n", unfolded)


def test_it_says_what_is_due_by_the_number_of_the_case_and_nothing_of_the_child(
    case: Referral, worker: Person, client_of: Any
) -> None:
    answer = Client().get(made(client_of(worker)))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    text = answer.content.decode().replace("\r\n ", "")
    assert f"Core group due\\, case {case.pk}" in events(text)
    assert f"Review conference due\\, case {case.pk}" in events(text)
    assert "First visit to see the child due" in text
    group = case.plans.get().core_groups.get()
    assert f"URL:http://testserver{reverse('hold-core-group', args=[group.pk])}" in text
    for never in ("Amara", "Ashdown", case.child.number, worker.name):
        assert never not in text, never


def test_a_conference_that_is_booked_stands_at_its_hour_for_worker_and_chair(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    support: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    case = make_case()
    row = conferred(case, worker, manager, chair)
    starts = f"DTSTART:{row.booked_for.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for person in (worker, chair, support):
        text = Client().get(made(client_of(person))).content.decode()
        said = f"Initial conference\\, case {case.pk}"
        assert events(text).count(said) == 1, person
        assert f"Initial conference due\\, case {case.pk}" not in events(text)
        assert starts in text
        assert "Room 1" not in text


def test_a_return_interview_stands_at_its_minute_for_whoever_it_is_given_to_and_who_has_the_case(
    make_case: MakeCase, worker: Person, make_person: Any
) -> None:
    now = timezone.now()
    namesakes = [
        make_person("return_interviewer", worker=f"Sam {n}", email=f"sam-{n}@example.org")
        for n in (1, 2)
    ]
    Person.objects.filter(pk__in=[each.pk for each in namesakes]).update(name="Sam Same")
    complex_worker = make_person("complex_safeguarding", email="complex@example.org")
    interview = returned(make_case().child, worker, ago=12)
    number, due = interview.episode_id, interview.episode.returned_at + timedelta(hours=72)

    def of(person: Person) -> tuple[list[str], str]:
        text = calendars.calendar_of(again(person), "own", "https://s.example.org", now)
        return [each for each in events(text) if "interview" in each], text

    nobodys = f"Offer a return interview by {timezone.localtime(due):%H:%M}\\, episode {number}"
    Allocation.objects.update(ends_at=timezone.now())
    assert of(complex_worker)[0] == [nobodys]
    Allocation.objects.update(ends_at=None)
    given = {"given_to": namesakes[0], "offered_at": interview.episode.returned_at}
    ReturnInterview.objects.update(**given)
    said = nobodys.replace("Offer a return interview", "Return interview: no answer yet")
    first, second = map(of, namesakes)
    assert (first[0], second[0], of(worker)[0]) == ([said], [], [said])
    assert of(complex_worker)[0] == []
    assert f"DTEND:{due.astimezone(UTC):%Y%m%dT%H%M%SZ}" in first[1]


def test_a_hearing_that_is_booked_stands_at_its_hour(
    make_case: MakeCase, worker: Person, manager: Person, head: Person
) -> None:
    case, now = make_case(), timezone.now()
    assessment = assessed(case, worker)
    assessing.authorise_assessment(assessment, assessment.version, "I agree.", by=manager)
    row = court.begin_pre_proceedings(case, timezone.localdate(), "Not safe.", by=head)
    at = now + timedelta(days=3)
    meetings.book_meeting(row, kind="family", booked_for=at, place="Room 1", by=worker)
    text = calendars.calendar_of(worker, "own", "https://s.example.org", now)
    assert events(text).count(f"Family group meeting\\, case {case.pk}") == 1
    assert f"DTSTART:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in text
    assert f"Family group meeting due\\, case {case.pk}" not in events(text)
    assert "Room 1" not in text


def test_a_new_address_ends_the_one_before_and_revoked_it_is_good_no_longer(
    case: Referral, worker: Person, client_of: Any
) -> None:
    client = client_of(worker)
    first = made(client)
    second = made(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    secret = second.rsplit("/", 1)[1].removesuffix(".ics")
    kept = CalendarAddress.objects.get(revoked_at=None)
    assert secret not in kept.hashed
    assert secret not in str(list(AuditEntry.objects.values()))
    assert kept.hashed not in str(list(AuditEntry.objects.values()))
    assert client.get(reverse("reminders")).content.decode().count(secret) == 0
    client.post(reverse("revoke-calendar"))
    assert Client().get(second).status_code == 404
    assert Client().get(reverse("calendar-feed", args=["x" * 5_000])).status_code == 404


def test_it_ends_with_the_account_and_with_the_appointment(
    case: Referral, worker: Person, client_of: Any, make_person: Any
) -> None:
    address = made(client_of(worker))
    worker.appointments.update(ends=timezone.localdate() - timedelta(days=1), starts="2020-01-01")
    answer = Client().get(address)
    assert (answer.status_code, events(answer.content.decode())) == (200, [])
    administrator = make_person("administrator")
    close_account(worker, by=administrator)
    assert Client().get(address).status_code == 404
    # Opened again, whoever had the secret has it no more; also where an earlier version closed it.
    for was_revoked in (True, False):
        if not was_revoked:
            CalendarAddress.objects.update(revoked_at=None)
        open_account(worker, by=administrator)
        assert Client().get(address).status_code == 404


def test_a_manager_chooses_whose_work_and_a_worker_has_their_own(
    case: Referral, make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    client = client_of(manager)
    assert client.post(reverse("make-calendar"), {}).status_code == 302
    assert not CalendarAddress.objects.exists()
    assert events(Client().get(made(client, covers="own")).content.decode()) == []
    found = events(Client().get(made(client, covers="remit")).content.decode())
    assert f"Core group due\\, case {case.pk}" in found
    made(client_of(worker), covers="remit")
    assert CalendarAddress.objects.get(person=worker).covers == "own"
    text = client.get(reverse("own-calendar"), {"covers": "remit"}).content.decode()
    assert f"Core group due\\, case {case.pk}" in events(text)
    text = client_of(worker).get(reverse("own-calendar"), {"covers": "remit"}).content.decode()
    assert events(text)


def test_a_restricted_child_leaves_the_calendar(
    case: Referral, worker: Person, client_of: Any
) -> None:
    address = made(client_of(worker))
    restrict_child(case.child.number, "family of staff", [])
    assert events(Client().get(address).content.decode()) == []


def test_that_it_is_read_is_on_record_once_a_day(
    case: Referral, worker: Person, client_of: Any
) -> None:
    address = made(client_of(worker))
    for _ in range(3):
        Client().get(address)
    read = AuditEntry.objects.filter(verb=Verb.VIEW, subject="calendar address")
    assert [each.actor for each in read] == [str(worker.pk)]
    assert CalendarAddress.objects.get().last_used == timezone.localdate()


def test_of_two_made_at_once_one_is_good(worker: Person) -> None:
    first, second = make_address(worker, "own"), make_address(worker, "own")
    assert good_address(first) is None
    assert good_address(second) is not None
    assert CalendarAddress.objects.filter(revoked_at=None).count() == 1


def test_it_costs_no_more_with_more_in_it_and_says_when_it_does_not_hold_all(
    case: Referral,
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    client_of: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = made(client_of(worker))
    Client().get(address)
    with CaptureQueriesContext(connection) as few:
        Client().get(address)
    for _ in range(2):
        book(conferred(make_case(), worker, manager, chair, "to book"), chair, worker)
    with CaptureQueriesContext(connection) as many:
        Client().get(address)
    assert len(many) == len(few) <= 30
    monkeypatch.setattr(calendars, "MOST", 2)
    found = events(Client().get(address).content.decode())
    assert len(found) == 3
    assert "only the first 2 of" in found[-1]


def test_the_page_says_how_it_stands(
    worker: Person, manager: Person, client_of: Any, make_person: Any
) -> None:
    client = client_of(worker)
    page = client.get(reverse("reminders")).content.decode()
    assert "Make an address" in page
    assert "Whose work is in it?" not in page
    made(client)
    page = client.get(reverse("reminders")).content.decode()
    assert "Revoke the address" in page
    assert "never read yet" in page
    assert "Whose work is in it?" in client_of(manager).get(reverse("reminders")).content.decode()
    councillor = client_of(make_person("councillor"))
    assert "no work with time limits" in councillor.get(reverse("reminders")).content.decode()
    assert again(worker).is_active
