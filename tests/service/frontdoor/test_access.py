"""Whose contact it is: team, locality, no place yet; restricted children; what an agency sees of it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.conftest import DISTRICT, TEAM, MakeContact, ask, registered
from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import break_glass, restrict_child
from sightline.service.children.models import BrokenGlass, KnownPerson
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.actions import screening
from sightline.service.frontdoor.models import Contact, InformationRequest
from sightline.service.frontdoor.queries.lists import asked_of, backlog_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def near(make_person: Any, officer: Person, manager: Person) -> dict[str, Person]:
    """People by where they stand to a contact of the team."""
    other = Team.objects.create(
        name="Redditch team 2", locality=Locality.objects.get(name=DISTRICT)
    )
    Team.objects.create(name="Far team", locality=Locality.objects.create(name="Wychavon"))
    return {
        "officer of the team": officer,
        "manager of the team": manager,
        "officer of the locality": make_person(
            "front_door", team=other.name, email="o2@example.org"
        ),
        "manager of the locality": make_person(
            "team_manager", team=other.name, email="m2@example.org"
        ),
        "service manager": make_person("service_manager", district=DISTRICT),
        "assistant director": make_person("assistant_director"),
        "officer elsewhere": make_person("front_door", team="Far team", email="o3@example.org"),
        "manager elsewhere": make_person("team_manager", team="Far team", email="m3@example.org"),
        "service manager elsewhere": make_person(
            "service_manager", district="Wychavon", email="s2@example.org"
        ),
    }


def _who(near: dict[str, Person], contact: Contact) -> set[str]:
    return {name for name, person in near.items() if contact in contacts_of(person)}


NEAR = {
    "officer of the team", "manager of the team", "officer of the locality", "manager of the locality",
    "service manager", "assistant director",
}  # fmt: skip


def test_a_contact_is_of_its_team_its_locality_and_the_locality_of_its_team(
    near: dict[str, Person], make_contact: MakeContact, team: Team
) -> None:
    assert _who(near, make_contact()) == NEAR
    assert _who(near, make_contact(locality=None)) == NEAR
    assert _who(near, make_contact(team=None)) == NEAR
    assert _who(near, make_contact(team=None, locality=None)) == {
        "officer of the team", "officer of the locality", "officer elsewhere", "assistant director",
        "manager of the team", "manager of the locality", "manager elsewhere",
    }  # fmt: skip


def test_another_s_contact_is_refused_on_record_and_not_listed(
    near: dict[str, Person], make_contact: MakeContact, client_of: Any
) -> None:
    contact = make_contact("screening")
    client = client_of(near["officer elsewhere"])
    assert contact.number not in client.get(reverse("front-door")).content.decode()
    names = ("contact", "contact-information", "contact-decision", "outcome-letter")
    for name in names:
        assert client.get(reverse(name, args=[contact.pk])).status_code == 403, name
    refused = AuditEntry.objects.filter(verb=Verb.REFUSE)
    assert {each.subject_id for each in refused} == {f"contact {contact.number}"}
    assert refused.count() == len(names)


def _known(contact: Contact, by: Person) -> KnownPerson:
    known = KnownPerson.objects.create(number="C-1", first_names="Amara", last_name="Ashdown")
    screening.match_child(contact.children.get(), known, by=by)
    return known


def test_a_contact_about_a_restricted_child_is_for_the_people_named_alone(
    near: dict[str, Person], make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    known = _known(contact, officer)
    restrict_child(known.number, "family of staff", [near["manager of the team"]])
    assert _who(near, contact) == {"manager of the team"}
    client = client_of(officer)
    page = client.get(reverse("front-door")).content.decode()
    assert contact.number not in page
    assert "1 of those that wait is about children whose record is restricted" in page
    assert client.get(reverse("contact", args=[contact.pk])).status_code == 403
    assert backlog_of(officer).waiting == 1
    assert backlog_of(officer).hidden == 1
    assert backlog_of(near["manager of the team"]).hidden == 0
    found = client.post(
        reverse("matching-people"), {"child-first_names": "Amara", "child-last_name": "Ashdown"}
    )
    assert "C-1" not in found.content.decode()
    assert f'value="{known.pk}"' not in found.content.decode()


def test_broken_glass_opens_the_contact_for_a_while(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    known = _known(contact, officer)
    restrict_child(known.number, "family of staff", [])
    address = reverse("contact", args=[contact.pk])
    assert client_of(officer).get(address).status_code == 403
    break_glass(officer, known.number, "The child is in hospital now.", address="/")
    assert client_of(officer).get(address).status_code == 200
    BrokenGlass.objects.update(closes_at=timezone.now())
    assert client_of(officer).get(address).status_code == 403


# --- The agency


@pytest.fixture
def nurse(make_person: Any) -> Person:
    person = make_person("mash_partner", email="nurse@example.org")
    agency = Agency.objects.get_or_create(name="Invented Health Trust", defaults={"kind": "health"})
    person.agency = agency[0]
    person.save()
    return Person.objects.get(pk=person.pk)


def test_an_agency_sees_its_question_and_the_names_and_nothing_else(
    make_contact: MakeContact, officer: Person, nurse: Person, client_of: Any
) -> None:
    contact = make_contact("screening", referrer_name="Secret Referrer", concern="Secret worry.")
    mine = ask(contact, officer)
    contact.refresh_from_db()
    other = ask(contact, officer, "Invented Police")
    client = client_of(nurse)
    listed = client.get(reverse("asked-of-us")).content.decode()
    assert "Amara Ashdown" in listed
    address = reverse("answer-information", args=[mine.pk])
    page = client.get(address).content.decode()
    assert "What do you hold?" in page
    assert "Amara Ashdown" in page
    for secret in ("Secret", contact.number, officer.name, TEAM):
        assert secret not in listed + page, secret
    refused = client.get(reverse("answer-information", args=[other.pk]))
    assert refused.status_code == 403
    assert client.get(reverse("contact", args=[contact.pk])).status_code == 403
    client.post(address, {"what": "reply", "reply": "Two missed appointments."})
    mine.refresh_from_db()
    assert (mine.reply, mine.replied_by) == ("Two missed appointments.", nurse.name)
    client.post(address, {"what": "nothing"})
    mine.refresh_from_db()
    assert not mine.nothing_known
    assert "Two missed appointments." in client.get(address).content.decode()


def test_a_question_about_a_restricted_child_is_not_shown_to_the_agency(
    make_contact: MakeContact, officer: Person, nurse: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    known = _known(contact, officer)
    mine = ask(contact, officer)
    assert asked_of(nurse.agency, nurse, answered=False).count() == 1  # type: ignore[arg-type]
    restrict_child(known.number, "family of staff", [officer])
    client = client_of(nurse)
    assert "Amara" not in client.get(reverse("asked-of-us")).content.decode()
    assert client.get(reverse("answer-information", args=[mine.pk])).status_code == 403
    assert client_of(officer).get(reverse("enter-reply", args=[mine.pk])).status_code == 200


def test_whoever_works_for_no_agency_sees_no_question(make_person: Any, client_of: Any) -> None:
    client = client_of(make_person("mash_partner"))
    assert client.get(reverse("asked-of-us")).status_code == 200
    assert InformationRequest.objects.count() == 0


def test_managers_without_registration_are_told_so(
    make_contact: MakeContact, make_person: Any, client_of: Any
) -> None:
    contact = make_contact("recommended")
    person = make_person("team_manager", team=TEAM, email="no-number@example.org")
    page = client_of(person).get(reverse("contact-decision", args=[contact.pk]))
    assert "Only a registered social worker decides" in page.content.decode()
    page = client_of(registered(person)).get(reverse("contact-decision", args=[contact.pk]))
    assert "Decide about the recommendation" in page.content.decode()
