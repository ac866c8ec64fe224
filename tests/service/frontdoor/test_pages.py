"""Every page of the front door opens, says what it must, and asks the database no more than it should."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.demonstration import Places, make_people
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.demonstration import make_week
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    Disagreement,
    Guidance,
    InformationRequest,
    ReferralForm,
    Triage,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PLACES = Places(
    {"Redditch team 1": "Redditch", "Redditch team 2": "Redditch", "Wychavon team": "Wychavon"},
    "Redditch team 1",
    "Redditch team 2",
    "Worker 1",
    "Redditch",
)
QUERIES = 30


@pytest.fixture
def week() -> dict[str, Person]:
    """The demonstration's week, and a person of each role."""
    people = {person.appointments_in_force[0].role: person for person in make_people(PLACES)}
    assert make_week() == 300
    return people


def _pages(person: Person) -> list[str]:
    """Give the addresses a person may open."""
    from sightline.service.frontdoor.access import contacts_of

    found = [
        "front-door",
        "late-information",
        "routed-concerns",
        "disagreements",
        "consistency",
        "triages",
    ]
    pages = [reverse(name) for name in found]
    pages += [
        f"{reverse('front-door')}?show={show}" for show in ("mine", "overdue", "authorise", "tell")
    ]
    pages += [f"{reverse('front-door')}?show={show}" for show in ("route", "closed", "unknown")]
    pages += [f"{reverse('consistency')}?kind=neglect&by=agency&days=30"]
    pages.append(reverse("triage", args=[Triage.objects.latest("day").pk]))
    for state in Contact.State:
        contact = contacts_of(person).filter(state=state).first()
        assert contact, state
        names = ("contact", "contact-information", "contact-decision")
        pages += [reverse(name, args=[contact.pk]) for name in names]
    return pages


@pytest.mark.parametrize(
    "role", ["front_door", "team_manager", "service_manager", "assistant_director"]
)
def test_each_page_opens_with_few_questions_to_the_database(
    role: str, week: dict[str, Person], client_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(week[role])
    for address in _pages(week[role]):
        with django_assert_max_num_queries(QUERIES):
            page = client.get(address)
        assert page.status_code == 200, address
        text = page.content.decode()
        assert "<h1" in text, address


def test_the_queue_costs_no_more_with_more_in_it(
    week: dict[str, Person], client_of: Any, django_assert_num_queries: Any
) -> None:
    client = client_of(week["assistant_director"])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(f"{reverse('front-door')}?show=overdue&page=99")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("front-door"))
    assert len(many) <= len(few) + 1


def test_what_an_officer_may_do_opens(week: dict[str, Person], client_of: Any) -> None:
    client = client_of(week["front_door"])
    from sightline.service.frontdoor.access import contacts_of

    mine = contacts_of(week["front_door"])
    for name in (
        "put-back", "prioritise", "change-contact", "add-contact-child", "ask-agency", "go-on",
        "add-analysis", "share-information", "take-off-list", "recommend-outcome", "add-disagreement",
    ):  # fmt: skip
        contact = mine.filter(state="screening").first()
        assert contact
        page = client.get(reverse(name, args=[contact.pk]))
        assert page.status_code == 200, name
    decided = mine.filter(state="decided").first()
    assert decided
    assert client.get(reverse("tell-referrer", args=[decided.pk])).status_code == 200
    child = ContactChild.objects.filter(contact__in=mine.filter(state="screening")).first()
    assert child
    for name in ("match-child", "unmatch-child"):
        assert client.get(reverse(name, args=[child.pk])).status_code == 200, name
    asked = InformationRequest.objects.filter(contact__in=mine, replied_at=None).first()
    assert asked
    for name in ("enter-reply", "chase-agency"):
        assert client.get(reverse(name, args=[asked.pk])).status_code == 200, name
    disagreement = Disagreement.objects.filter(contact__in=mine).first()
    assert disagreement
    for name in ("answer-disagreement", "take-up-disagreement"):
        assert client.get(reverse(name, args=[disagreement.pk])).status_code == 200, name
    triage = Triage.objects.latest("day")
    assert client.get(reverse("triage-attendance", args=[triage.pk])).status_code == 200
    listed = mine.filter(state="triage").first()
    assert listed
    assert client.get(reverse("discuss-contact", args=[triage.pk, listed.pk])).status_code == 200
    assert client.get(reverse("take-call")).status_code == 200


def test_what_a_manager_the_board_and_an_agency_may_do_opens(
    week: dict[str, Person], client_of: Any, django_assert_max_num_queries: Any
) -> None:
    from sightline.service.frontdoor.access import contacts_of

    manager = client_of(week["team_manager"])
    mine = contacts_of(week["team_manager"])
    waiting = mine.filter(state="recommended").first()
    closed = mine.filter(state="closed").first()
    assert waiting
    assert closed
    assert manager.get(reverse("decide-contact", args=[waiting.pk])).status_code == 200
    assert manager.get(reverse("reopen-contact", args=[closed.pk])).status_code == 200
    board = client_of(week["board_manager"])
    for name, args in (
        ("guidance", []),
        ("add-guidance", []),
        ("change-guidance", [Guidance.objects.all()[0].pk]),
        ("referral-forms", []),
        ("referral-form", [ReferralForm.objects.all()[0].pk]),
        ("add-referral-form", ["public"]),
    ):
        assert board.get(reverse(name, args=args)).status_code == 200, name
    police = client_of(week["mash_partner"])
    with django_assert_max_num_queries(QUERIES):
        page = police.get(reverse("asked-of-us"))
    assert "Invented Police" not in page.content.decode().split("<main")[1]
    asked = page.context["page"][0]
    assert police.get(reverse("answer-information", args=[asked.pk])).status_code == 200
    for address in (reverse("levels-of-need"), reverse("tell-us"), reverse("refer")):
        assert Client().get(address).status_code == 200, address


def test_what_is_shown_of_children_is_on_record(week: dict[str, Person], client_of: Any) -> None:
    client = client_of(week["front_door"])
    contact = Contact.objects.filter(team__name="Redditch team 2").first()
    assert contact
    client.get(reverse("contact", args=[contact.pk]))
    viewed = AuditEntry.objects.filter(verb=Verb.VIEW, subject="contact")
    assert [each.subject_id for each in viewed] == [contact.number]


def test_the_week_has_every_state_and_is_the_same_each_time() -> None:
    from django.db import transaction
    from django.utils import timezone

    make_people(PLACES)
    now, made = timezone.now(), []
    for _ in range(2):
        with transaction.atomic():
            assert make_week(now) == 300
            assert make_week(now) == 0
            made.append(list(Contact.objects.order_by("number").values_list("number", "state")))
            assert {state for _, state in made[-1]} == set(Contact.State.values)
            assert not Contact.objects.filter(received_at__gt=now).exists()
            assert not Contact.objects.filter(state="closed", notices__sent_at=None).exists()
            assert not Contact.objects.filter(
                state__in=("recommended", "decided", "closed"), missing=True, routed_at=None
            ).exists()
            # What waits for a manager can be authorised: it is whole.
            waits = Contact.objects.filter(state="recommended")
            assert not waits.filter(team=None, locality=None).exists()
            assert not waits.filter(
                recommendations__outcome__in=BEGINS_WORK, children__person=None
            ).exists()
            transaction.set_rollback(True)
    assert made[0] == made[1]
