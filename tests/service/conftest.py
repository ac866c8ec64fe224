"""What the service's tests share: people of every role."""

from collections.abc import Callable

import pytest
from django.test import Client

from sightline.service.accounts.models import Appointment, Locality, Person, Team
from sightline.service.accounts.roles import ROLES, Reach

PASSWORD = "correct horse battery"


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    """Make a person of a role, over a district, a team or a worker's name where it reaches by one."""

    def make(
        role: str = "",
        *,
        district: str = "Redditch",
        team: str = "Redditch team 1",
        worker: str = "Worker 1",
        email: str = "",
    ) -> Person:
        address = email or f"{role or 'nobody'}-{Person.objects.count()}@example.org"
        reach = ROLES[role].reach if role else Reach.NOBODY
        person = Person.objects.create_person(
            address,
            f"Invented {role or 'nobody'}",
            PASSWORD,
            worker=worker if reach is Reach.OWN else "",
        )
        if role:
            appointment = Appointment(person=person, role=role)
            if reach is Reach.TEAM:
                appointment.team = Team.objects.get_or_create(name=team)[0]
            if reach is Reach.LOCALITY:
                appointment.locality = Locality.objects.get_or_create(name=district)[0]
            appointment.full_clean()
            appointment.save()
        return person

    return make


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """Give a browser's stand-in that is signed in as a person."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
