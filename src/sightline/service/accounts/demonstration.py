"""People for a demonstration: one for each role, placed where the invented records have most to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Agency, Appointment, Locality, Person, Team
from sightline.service.accounts.roles import ROLES, Reach

PASSWORD = "sightline-demonstration"  # noqa: S105 - printed for whoever runs the demonstration
DOMAIN = "demo.example"
IN_POST = timedelta(days=3 * 365)
"""For so long everybody has been in post: what is told of the past is theirs."""
_NAMES = {
    "administrator": "Ada Invented",
    "analyst": "Amir Invented",
    "front_door": "Fern Invented",
    "mash_partner": "Mina Invented",
    "social_worker": "Sol Invented",
    "business_support": "Bo Invented",
    "complex_safeguarding": "Cora Invented",
    "return_interviewer": "Rhys Invented",
    "team_manager": "Tess Invented",
    "service_manager": "Sam Invented",
    "conference_chair": "Cato Invented",
    "assistant_director": "Dora Invented",
    "governance_lead": "Gil Invented",
    "board_manager": "Bea Invented",
    "board_chair": "Bram Invented",
    "partner_lead": "Pia Invented",
    "scrutiny_officer": "Saul Invented",
    "councillor": "Cleo Invented",
    "commissioner": "Coral Invented",
    "auditor": "Ivo Invented",
}
_AGENCIES = {
    "mash_partner": ("Invented Police", Agency.Kind.POLICE),
    "partner_lead": ("Invented Health Trust", Agency.Kind.HEALTH),
    "board_chair": ("Invented Safeguarding Board", Agency.Kind.OTHER),
    "board_manager": ("Invented Safeguarding Board", Agency.Kind.OTHER),
    "commissioner": ("Invented Department", Agency.Kind.OTHER),
}
_REGISTERED = (
    "social_worker",
    "complex_safeguarding",
    "team_manager",
    "service_manager",
    "conference_chair",
    "assistant_director",
)
_COUNCIL = ("Invented Council", Agency.Kind.COUNCIL)


@dataclass(frozen=True)
class Places:
    """Where the people of a demonstration work: names as the records have them."""

    teams: Mapping[str, str]
    """Each team's district, empty where it has none."""
    team: str
    front_door_team: str
    worker: str
    district: str


@transaction.atomic
def make_people(places: Places, progress: Callable[[str], None] = lambda _: None) -> list[Person]:
    """Make the agencies, localities, teams and one person for each role; those there already stay."""
    progress("Making an account for each role")
    localities = {
        name: Locality.objects.get_or_create(name=name)[0]
        for name in sorted({*places.teams.values(), places.district} - {""})
    }
    teams = {
        name: Team.objects.get_or_create(
            name=name, defaults={"locality": localities.get(district)}
        )[0]
        for name, district in places.teams.items()
    }
    return [_person(role, places, localities, teams) for role in ROLES]


def _person(
    role: str,
    places: Places,
    localities: Mapping[str, Locality],
    teams: Mapping[str, Team],
) -> Person:
    name, kind = _AGENCIES.get(role, _COUNCIL)
    agency = Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]
    reach = ROLES[role].reach
    email = f"{role.replace('_', '-')}@{DOMAIN}"
    if found := Person.objects.filter(email=email).first():
        return found
    person = Person.objects.create_person(
        email,
        _NAMES[role],
        PASSWORD,
        agency=agency,
        worker=_worker(role, places) if reach is Reach.OWN else "",
        registration="INVENTED1" if role in _REGISTERED else "",
    )
    appointment = Appointment(person=person, role=role, starts=timezone.localdate() - IN_POST)
    if reach is Reach.TEAM:
        appointment.team = teams[places.front_door_team if role == "front_door" else places.team]
    if reach is Reach.LOCALITY or role == "councillor":
        appointment.locality = localities[places.district]
    appointment.full_clean()
    appointment.save()
    return person


def _worker(role: str, places: Places) -> str:
    """Give by which name the records call somebody: the busiest worker's, or one of their own."""
    return places.worker if role == "social_worker" else _NAMES[role]


def table(people: list[Person]) -> list[tuple[str, str, str]]:
    """Give a row for each: the role and what it is over, the address, and what it is for."""
    rows = []
    for person in people:
        appointment = person.appointments_in_force[0]
        rows.append((str(appointment), person.email, ROLES[appointment.role].purpose))
    return rows
