"""An invented week at the front door: contacts in every state, for a demonstration. The same each time.

It ends now, as its clocks run on the server: what came an hour ago is young, and what is late is late.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Agency, Appointment, Locality, Person, Team
from sightline.service.audit.context import acting, system
from sightline.service.children.models import KnownPerson, NameKey
from sightline.service.children.names import keys
from sightline.service.frontdoor.actions.thresholds import plant_forms, plant_guidance
from sightline.service.frontdoor.invented.contacts import invent_contact
from sightline.service.frontdoor.invented.stories import tell_story
from sightline.service.frontdoor.invented.triages import invent_triages
from sightline.service.frontdoor.invented.week import Week
from sightline.service.frontdoor.models import (
    Analysis,
    Contact,
    ContactChild,
    Disagreement,
    InformationChase,
    InformationRequest,
    OutcomeNotice,
    Recommendation,
    ReferralForm,
    SharingDecision,
)
from sightline.service.frontdoor.queries.thresholds import form_on, guidance_on
from sightline.service.frontdoor.seeds.reading import read

_DOMAIN = "demo.example"
CONTACTS = 300
_SEED = 20160701
_AGENCIES = (
    ("Invented Police", Agency.Kind.POLICE),
    ("Invented Health Trust", Agency.Kind.HEALTH),
    ("Invented Schools", Agency.Kind.EDUCATION),
    ("Invented Council", Agency.Kind.COUNCIL),
    ("Invented Housing", Agency.Kind.OTHER),
)
_COLLEAGUES = (
    ("front-door-2", "Finn Invented", "front_door"),
    ("front-door-3", "Faye Invented", "front_door"),
    ("team-manager-2", "Tom Invented", "team_manager"),
    ("team-manager-3", "Tara Invented", "team_manager"),
)
"""Colleagues without a password, so that more than one person takes and decides."""


def make_week(now: datetime | None = None, progress: Callable[[str], None] = lambda _: None) -> int:
    """Make the week that ends now, where there is none; how many contacts were made."""
    with acting(system("demonstration")), transaction.atomic():
        plant_forms()
        plant_guidance()
        if Contact.objects.exists():
            return 0
        progress("Inventing a week at the front door")
        week = _begin((now or timezone.now()).replace(second=0, microsecond=0))
        contacts = [invent_contact(week) for _ in range(CONTACTS)]
        for contact in contacts:
            tell_story(week, contact)
        Contact.objects.bulk_create(contacts)
        _write(week)
        invent_triages(week, contacts)
    return len(contacts)


def _begin(now: datetime) -> Week:
    agencies = [
        Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]
        for name, kind in _AGENCIES
    ]
    _colleagues()
    held = Appointment.objects.in_force().select_related("person", "team__locality")
    officers = [each.person for each in held.filter(role="front_door").order_by("person__email")]
    managers = [
        each.person
        for each in held.filter(role__in=("team_manager", "service_manager"))
        .exclude(person__registration="")
        .order_by("person__email")
    ]
    if not officers or len(managers) < 2:
        raise LookupError(
            "The demonstration needs a front-door officer and two registered managers."
        )
    today = timezone.localdate(now)
    guidance = guidance_on(today)
    born_after = today - timedelta(days=18 * 365)
    return Week(
        now=now,
        chance=Random(_SEED),  # noqa: S311 - nothing secret: the same week each time
        words=read("invented"),
        agencies=agencies,
        officers=officers,
        managers=managers,
        places=_places(),
        known=list(
            KnownPerson.objects.filter(merged_into=None, born__gt=born_after)
            .exclude(last_name="")
            .order_by("pk")[:CONTACTS]
        ),
        forms={whom: form_on(whom, today) for whom in ReferralForm.For.values},
        levels=list(guidance.levels.all()) if guidance else [],
        guidance=guidance,
    )


def _colleagues() -> None:
    council = Agency.objects.get(name="Invented Council")
    for address, name, role in _COLLEAGUES:
        email = f"{address}@{_DOMAIN}"
        model = Appointment.objects.in_force().filter(role=role).order_by("pk").first()
        if model is None or Person.objects.filter(email=email).exists():
            continue
        registration = "" if role == "front_door" else f"INVENTED-{address[-1]}"
        person = Person.objects.create_person(
            email, name, agency=council, registration=registration
        )
        Appointment.objects.create(person=person, role=role, team=model.team, starts=model.starts)


def _places() -> list[tuple[Team | None, Locality | None]]:
    """Give the teams with their localities; those of the people of the demonstration come up more often."""
    teams = list(Team.objects.select_related("locality").order_by("name"))
    roles = ("front_door", "team_manager")
    ours = set(Appointment.objects.in_force().filter(role__in=roles).values_list("team", flat=True))
    often = [team for team in teams if team.pk in ours] * max(1, len(teams) // 2)
    found: list[tuple[Team | None, Locality | None]] = [
        (team, team.locality) for team in (*teams, *often)
    ]
    return found or [(None, None)]


def _write(week: Week) -> None:
    order = (
        KnownPerson, ContactChild, InformationRequest, InformationChase, Analysis, SharingDecision,
        Recommendation, OutcomeNotice, Disagreement,
    )  # fmt: skip
    for model in order:
        rows = week.rows.get(model, [])
        model._default_manager.bulk_create(rows, batch_size=200)
    people = week.rows.get(KnownPerson, [])
    NameKey.objects.bulk_create(
        NameKey(person=each, key=key) for each in people for key in sorted(keys([each.name_given]))
    )
    through = InformationRequest.children.through
    through._default_manager.bulk_create(
        through(informationrequest=asked, contactchild=child)
        for asked, children in week.asked
        for child in children
    )
