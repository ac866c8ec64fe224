"""Breaking the glass: for a child of one's remit, with a reason, for some hours, told and reviewed."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.models import Appointment, Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import actions, whereabouts
from sightline.service.children.actions import relate, restrict_child, review_opening
from sightline.service.children.models import BrokenGlass, KnownPerson, OpeningTime
from sightline.service.children.queries import hidden_from, hours_on, is_overdue, review_due

pytestmark = pytest.mark.django_db

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]
REASON = "The child is at the hospital now and I have to tell them of allergies."


@pytest.fixture(autouse=True)
def _where_children_are() -> Iterator[None]:
    former = list(whereabouts._finders)
    places = {
        "C-1": [{"district": "Redditch", "team": "Redditch team 1", "worker": "Worker 1"}],
        "C-2": [{"district": "Wyre Forest", "team": "Wyre team", "worker": "Worker 2"}],
    }
    whereabouts.found_by(lambda child: places.get(child, []))
    yield
    whereabouts._finders[:] = former


@pytest.fixture
def manager(make_person: Make) -> Person:
    return make_person("team_manager", email="manager@example.org")


@pytest.fixture
def lead(make_person: Make) -> Person:
    return make_person("governance_lead", email="lead@example.org")


def _open(manager: Person, child: str = "C-1") -> BrokenGlass:
    return actions.break_glass(manager, child, REASON, address="http://testserver/r")


def test_the_record_opens_to_one_person_for_some_hours_with_the_reason_on_record(
    manager: Person, lead: Person, make_person: Make, client_of: ClientOf, monkeypatch: Any
) -> None:
    restrict_child("C-1", "family of staff", [])
    client = client_of(manager)
    page = client.get(reverse("break-glass"))
    assert page.context["form"]["reason"].value() is None
    answer = client.post(reverse("break-glass"), {"child_id": "C-1", "reason": REASON})
    assert answer.url == reverse("own-openings")
    assert hidden_from(manager) == frozenset()
    assert hidden_from(make_person("team_manager")) == {"C-1"}
    entry = AuditEntry.objects.get(verb=Verb.BREAK_GLASS)
    assert (entry.subject_id, entry.reason, entry.actor) == ("C-1", REASON, str(manager.pk))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=4, minutes=1))
    assert hidden_from(manager) == {"C-1"}


def test_every_lead_is_told_and_the_letter_says_nothing_of_the_child(
    manager: Person,
    lead: Person,
    make_person: Make,
    client_of: ClientOf,
    django_capture_on_commit_callbacks: Any,
) -> None:
    second = make_person("governance_lead", email="second@example.org")
    restrict_child("C-1", "family of staff", [])
    with django_capture_on_commit_callbacks(execute=True):
        client_of(manager).post(reverse("break-glass"), {"child_id": "C-1", "reason": REASON})
    assert {each.to[0] for each in mail.outbox} == {lead.email, second.email}
    for letter in mail.outbox:
        told = letter.subject + letter.body
        assert "http://testserver" + reverse("reviews") in told
        assert manager.name in told
        for secret in ("C-1", REASON, "family of staff", "allergies"):
            assert secret not in told


def test_where_there_is_no_lead_those_who_restrict_are_told(
    manager: Person, make_person: Make, django_capture_on_commit_callbacks: Any
) -> None:
    director = make_person("assistant_director")
    restrict_child("C-1", "family of staff", [])
    with django_capture_on_commit_callbacks(execute=True):
        _open(manager)
    assert [each.to for each in mail.outbox] == [[director.email]]


@pytest.mark.parametrize("child", ["C-2", "C-3", "C-4"])
def test_what_is_not_ones_own_answers_as_what_is_not_there_and_the_try_is_on_record(
    manager: Person, client_of: ClientOf, child: str
) -> None:
    restrict_child("C-2", "elsewhere", [])
    restrict_child("C-4", "in no published record", [])
    page = client_of(manager).post(reverse("break-glass"), {"child_id": child, "reason": REASON})
    assert "No restricted record with this number is within what you may open" in (
        page.content.decode()
    )
    assert not BrokenGlass.objects.exists()
    assert AuditEntry.objects.get(verb=Verb.REFUSE).subject_id == child


def test_whoever_could_open_the_record_if_it_were_not_restricted_breaks_the_glass_once(
    manager: Person, make_person: Make, client_of: ClientOf
) -> None:
    director, long_ago = make_person("assistant_director"), timezone.now() - timedelta(days=800)
    worker = make_person("social_worker", worker="Worker 1")
    child, mother, old = (
        KnownPerson.objects.create(number=number, last_name="Green", made_at=long_ago, born=born)
        for number, born in (("C-1", date(2015, 5, 4)), ("C-8", None), ("C-9", None))
    )
    relate(child, mother, kind="mother")
    for each in (mother, old):
        restrict_child(each.number, "family of staff", [])
    for person, opened, closed in ((worker, mother, old), (director, old, None)):
        client = client_of(person)
        record = reverse("known-person", args=[opened.pk])
        sent = {"child_id": opened.number, "reason": REASON}
        assert client.get(record).status_code == 403
        for _ in range(2):  # pressed twice it is one opening, and no refusal
            refusals = AuditEntry.objects.filter(verb=Verb.REFUSE).count()
            answer = client.post(reverse("break-glass"), sent, follow=True)
            assert answer.redirect_chain[-1][0] == reverse("own-openings")
            assert record in answer.content.decode()
            assert BrokenGlass.objects.filter(person=person).count() == 1
            assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == refusals
        assert client.get(record).status_code == 200
        if closed:
            with pytest.raises(actions.NotYoursError):
                _open(person, closed.number)
    BrokenGlass.objects.update(closes_at=timezone.now())
    assert record not in client.get(reverse("own-openings")).content.decode()
    # A child hidden from somebody lends the mother's record no rows.
    restrict_child(child.number, "family of staff", [])
    with pytest.raises(actions.NotYoursError):
        _open(worker, mother.number)


@pytest.mark.parametrize("sent", [{}, {"reason": ""}, {"reason": "urgent"}])
def test_without_a_reason_nothing_opens(
    manager: Person, client_of: ClientOf, sent: dict[str, str]
) -> None:
    restrict_child("C-1", "family of staff", [])
    page = client_of(manager).post(reverse("break-glass"), {"child_id": "C-1", **sent})
    assert page.status_code == 200
    assert not BrokenGlass.objects.exists()


def test_an_opening_is_reviewed_once_with_a_finding_and_no_answer_beforehand(
    manager: Person, lead: Person, client_of: ClientOf
) -> None:
    restrict_child("C-1", "family of staff", [])
    opening = _open(manager)
    client, url = client_of(lead), reverse("review", args=[opening.pk])
    page = client.get(url).content.decode()
    assert "checked" not in page
    assert REASON in page
    assert "Say whether it was justified" in client.post(url, {"finding": "x"}).content.decode()
    assert "Say what you found" in client.post(url, {"justified": "yes"}).content.decode()
    client.post(url, {"justified": "yes", "finding": "The hospital confirms it."})
    opening.refresh_from_db()
    assert (opening.justified, opening.reviewed_by) == (True, lead)
    assert hidden_from(manager) == frozenset()
    assert not client.get(reverse("reviews")).context["rows"]
    assert (
        "The hospital confirms it." in client.get(reverse("reviews"), {"done": 1}).content.decode()
    )
    client.post(url, {"justified": "no", "finding": "Changed my mind."})
    opening.refresh_from_db()
    assert opening.justified
    with pytest.raises(actions.ReviewedError):
        review_opening(opening, justified=False, finding="late", by=lead)
    viewed = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id="C-1", actor=str(lead.pk))
    assert viewed.exists()


def test_an_opening_that_was_not_justified_closes_at_once(manager: Person, lead: Person) -> None:
    restrict_child("C-1", "family of staff", [])
    opening = _open(manager)
    review_opening(opening, justified=False, finding="Curiosity.", by=lead)
    assert hidden_from(manager) == {"C-1"}


def test_nobody_reviews_their_own(manager: Person, client_of: ClientOf) -> None:
    Appointment.objects.create(person=manager, role="governance_lead")
    manager = Person.objects.get(pk=manager.pk)
    restrict_child("C-1", "family of staff", [])
    opening = _open(manager)
    client, url = client_of(manager), reverse("review", args=[opening.pk])
    assert "Your own: another lead reviews it" in client.get(reverse("reviews")).content.decode()
    sent = {"justified": "yes", "finding": "I was right."}
    assert client.get(url).status_code == client.post(url, sent).status_code == 403
    with pytest.raises(actions.OwnOpeningError):
        review_opening(opening, justified=True, finding="I was right.", by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        BrokenGlass.objects.update(justified=True, reviewed_by=manager, reviewed_at=timezone.now())


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (datetime(2016, 3, 23, 10, tzinfo=UTC), date(2016, 3, 24)),
        # Thursday evening before Easter: Good Friday and Easter Monday are no working days.
        (datetime(2016, 3, 24, 20, tzinfo=UTC), date(2016, 3, 29)),
        # Half past eleven at night in UTC is the next day in British summer time.
        (datetime(2016, 6, 7, 23, 30, tzinfo=UTC), date(2016, 6, 9)),
    ],
)
def test_a_review_is_due_on_the_next_working_day(opened: datetime, due: date) -> None:
    assert review_due(opened) == due


def test_a_review_that_is_late_says_so(manager: Person, lead: Person, client_of: ClientOf) -> None:
    restrict_child("C-1", "family of staff", [])
    opening = _open(manager)
    assert not is_overdue(opening)
    client = client_of(lead)
    assert "Overdue" not in client.get(reverse("reviews")).content.decode()
    then = timezone.now() - timedelta(days=10)
    BrokenGlass.objects.update(opened_at=then, closes_at=then + timedelta(hours=4))
    assert "Overdue" in client.get(reverse("reviews")).content.decode()


def test_how_long_an_opening_lasts_is_dated_and_the_past_stands(
    make_person: Make, manager: Person, client_of: ClientOf
) -> None:
    client, url = client_of(make_person("assistant_director")), reverse("opening-times")
    today = timezone.localdate()

    def sent(day: date, hours: object) -> dict[str, object]:
        return {
            "hours": hours,
            "starts_day": day.day,
            "starts_month": day.month,
            "starts_year": day.year,
            "decided_by": "Board",
        }

    assert "4 hours" in client.get(url).content.decode()
    for hours, said in ((0, "1 or more"), (73, "72 or fewer"), ("x", "whole number")):
        assert said in client.post(url, sent(today, hours)).content.decode()
    page = client.post(url, sent(today - timedelta(days=1), 2)).content.decode()
    assert "cannot be in the past" in page
    client.post(url, sent(today + timedelta(days=1), 2))
    assert "already exists" in client.post(url, sent(today + timedelta(days=1), 3)).content.decode()
    assert OpeningTime.objects.count() == 1
    assert hours_on(today) == 4
    assert hours_on(today + timedelta(days=1)) == 2
    client.post(url, sent(today, 1))
    restrict_child("C-1", "family of staff", [])
    opening = _open(manager)
    assert opening.closes_at - opening.opened_at == timedelta(hours=1)


def test_the_pages_take_few_queries_however_many_openings_there_are(
    manager: Person, lead: Person, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        child = restrict_child(f"N-{number}", "family of staff", [])
        now = timezone.now()
        BrokenGlass.objects.create(
            restriction=child, person=manager, reason=REASON, opened_at=now, closes_at=now
        )
    browsers = {"reviews": client_of(lead), "own-openings": client_of(manager)}
    for name, browser in browsers.items():
        with django_assert_max_num_queries(14):
            browser.get(reverse(name))
