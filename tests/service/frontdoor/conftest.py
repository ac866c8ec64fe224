"""What the tests of the front door share: levels, forms, people of one team, contacts in any state."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions import deciding, information, screening, triage
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.actions.thresholds import plant_forms, plant_guidance
from sightline.service.frontdoor.models import Contact, Level
from sightline.service.frontdoor.queries.thresholds import guidance_on

TEAM, DISTRICT = "Redditch team 1", "Redditch"
MakeContact = Callable[..., Contact]


@pytest.fixture(autouse=True)
def _no_limits_left_over(db: None) -> None:
    cache.clear()


@pytest.fixture
def levels(db: None) -> list[Level]:
    """The levels in force, the lowest first."""
    plant_guidance()
    found = guidance_on(timezone.localdate())
    assert found
    return list(found.levels.all())


@pytest.fixture
def forms(db: None) -> None:
    plant_forms()


@pytest.fixture
def team(db: None) -> Team:
    locality = Locality.objects.get_or_create(name=DISTRICT)[0]
    return Team.objects.get_or_create(name=TEAM, defaults={"locality": locality})[0]


@pytest.fixture
def officer(team: Team, make_person: Any) -> Person:
    return make_person("front_door", team=TEAM, email="officer@example.org")


@pytest.fixture
def manager(team: Team, make_person: Any) -> Person:
    return registered(make_person("team_manager", team=TEAM, email="manager@example.org"))


@pytest.fixture
def other_manager(team: Team, make_person: Any) -> Person:
    return registered(make_person("team_manager", team=TEAM, email="other@example.org"))


@pytest.fixture
def police(db: None) -> Agency:
    return Agency.objects.create(name="Invented Police", kind=Agency.Kind.POLICE)


def registered(person: Person) -> Person:
    person.registration = "INVENTED1"
    person.save()
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def make_contact(team: Team, levels: list[Level], officer: Person, manager: Person) -> MakeContact:
    """Make a contact of the team and bring it to a state, as people would."""

    def make(state: str = "received", *, child: bool = True, **about: Any) -> Contact:
        given = {
            "concern": "The child comes to school hungry.",
            "team": team,
            "locality": team.locality,
            "referrer_name": "A. Invented",
            "referrer_email": "referrer@example.org",
            "source": "2A",
            **about,
        }
        children = [{"first_names": "Amara", "last_name": "Ashdown"}] if child else []
        contact = receive(Contact.Way.PROFESSIONAL_FORM, given, children)
        return bring_to(contact, state, officer, manager, levels)

    return make


def bring_to(
    contact: Contact, state: str, officer: Person, manager: Person, levels: list[Level]
) -> Contact:
    """Bring a received contact to a state by the steps that lead there."""

    def now() -> Contact:
        return Contact.objects.get(pk=contact.pk)

    if state == "received":
        return now()
    screening.take_contact(now(), by=officer)
    if state == "screening":
        return now()
    if state == "information":
        ask(now(), officer)
        return now()
    if state == "triage":
        triage.list_for_triage(now(), by=officer)
        return now()
    screening.prioritise(now(), now().version, "amber", "Likely to become worse.", by=officer)
    match(now(), officer)
    found_out = {"kind": "neglect"} | {
        name: False for name in ("missing", "exploitation") if getattr(now(), name) is None
    }
    screening.change_contact(now(), now().version, found_out)
    deciding.recommend(
        now(), outcome="referral", level=levels[-1], rationale="Needs at level 4.", by=officer
    )
    if state == "recommended":
        return now()
    deciding.authorise(contact.recommendations.get(), "I agree with the officer.", by=manager)
    if state == "decided":
        return now()
    from sightline.service.frontdoor.actions import telling

    notice = contact.notices.select_related("contact", "decision__level").get()
    telling.tell_referrer(notice, "phone", confirmed=True, by=officer)
    return now()


def match(contact: Contact, by: Person) -> None:
    """Say who each child of a contact is: somebody new."""
    for child in contact.children.filter(person=None):
        person = KnownPerson.objects.create(
            number=f"N-{child.pk}", first_names=child.first_names, last_name=child.last_name
        )
        screening.match_child(child, person, by=by)


def ask(contact: Contact, by: Person, name: str = "Invented Health Trust") -> Any:
    agency = Agency.objects.get_or_create(name=name, defaults={"kind": Agency.Kind.HEALTH})[0]
    return information.ask_agency(
        contact,
        agency=agency,
        children=contact.children.all(),
        question="What do you hold?",
        lawful_basis="child_in_need",
        due_at=timezone.now() + timedelta(hours=4),
        by=by,
    )
