"""Who works with the invented cases: the people of the demonstration, and colleagues without a password."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from sightline.service.accounts.demonstration import DOMAIN, IN_POST
from sightline.service.accounts.models import Agency, Appointment, Locality, Person, Team
from sightline.service.protection.invented.making import Place

_WORKERS = ("Sena Invented", "Stan Invented", "Suri Invented")
_ELSEWHERE = ("Wade Invented", "Wanda Invented", "Wes Invented", "Wilma Invented", "Wynn Invented")
_OF_THE_FRONT_DOOR = ("Selma Invented", "Shay Invented", "Sid Invented", "Silas Invented")


@dataclass(frozen=True)
class Staff:
    """Who has a part in the cases, and where."""

    ours: Place
    front_door: Place
    elsewhere: Sequence[Place]
    officer: Person
    director: Person
    service_manager: Person
    chairs: Sequence[Person]
    support: Person


def invent_staff() -> Staff:
    """Find the people of the demonstration, and give them colleagues."""
    manager, second = _holders("team_manager")[:2]
    service_manager, director = _holder("service_manager"), _holder("assistant_director")
    team, door = _team_of(manager), _team_of(_holder("front_door"))
    other = _colleague("service-manager-2", "Serena Invented", "service_manager")
    workers = [_holder("social_worker"), *_workers("social-worker", _WORKERS, 2)]
    near = _workers("assessment-worker", _OF_THE_FRONT_DOOR, 1)
    return Staff(
        ours=Place(team, _locality_of(team), workers, manager, second, director),
        front_door=Place(door, _locality_of(door), near, service_manager, director, director),
        elsewhere=_elsewhere(_locality_of(team), other, director),
        officer=_holder("front_door"),
        director=director,
        service_manager=service_manager,
        chairs=(
            _holder("conference_chair"),
            _colleague("conference-chair-2", "Caleb Invented", "conference_chair"),
        ),
        support=_holder("business_support"),
    )


def _holders(role: str) -> list[Person]:
    held = Appointment.objects.in_force().filter(role=role).select_related("person")
    found = [each.person for each in held.order_by("pk")]
    if not found:
        raise LookupError(f"The demonstration has nobody who is {role}.")
    return found


def _holder(role: str) -> Person:
    return _holders(role)[0]


def _team_of(person: Person) -> Team:
    team = person.appointments_in_force[0].team
    if team is None:
        raise LookupError(f"{person} of the demonstration has no team.")
    return team


def _locality_of(team: Team) -> Locality:
    if team.locality is None:
        raise LookupError(f"{team} of the demonstration has no locality.")
    return team.locality


def _elsewhere(ours: Locality, manager: Person, director: Person) -> list[Place]:
    """Give a place in each other locality, under one service manager, with a worker each."""
    places = []
    others = Locality.objects.exclude(pk=ours.pk).order_by("name")
    for number, locality in enumerate(others):
        team = Team.objects.filter(locality=locality).order_by("-name").first()
        if team is None:
            continue
        _appoint(manager, "service_manager", locality=locality)
        name = _ELSEWHERE[number % len(_ELSEWHERE)]
        worker = _colleague(f"social-worker-of-{number + 1}", name, "social_worker")
        places.append(Place(team, locality, [worker], manager, director, director))
    # What was read of the appointments before is no longer so.
    manager.__dict__.pop("appointments_in_force", None)
    return places


def _workers(address: str, names: Sequence[str], first: int) -> list[Person]:
    return [
        _colleague(f"{address}-{number}", name, "social_worker")
        for number, name in enumerate(names, start=first)
    ]


def _colleague(address: str, name: str, role: str) -> Person:
    """Make a colleague who cannot sign in by a password; a worker is called so in the records too."""
    email = f"{address}@{DOMAIN}"
    if found := Person.objects.filter(email=email).first():
        return found
    person = Person.objects.create_person(
        email,
        name,
        agency=Agency.objects.get(name="Invented Council"),
        worker=name if role == "social_worker" else "",
        registration=f"INVENTED-{Person.objects.count()}",
    )
    if role != "service_manager":
        _appoint(person, role)
    return person


def _appoint(person: Person, role: str, locality: Locality | None = None) -> None:
    Appointment.objects.create(
        person=person, role=role, locality=locality, starts=timezone.localdate() - IN_POST
    )
