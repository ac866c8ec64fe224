"""What the tests of the pathway share: people of one team, and cases brought to any state as people would."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.children.models import KnownPerson, Relationship
from sightline.service.protection.actions import (
    allocating,
    assessing,
    conferring,
    discussing,
    enquiring,
    letters,
)
from sightline.service.protection.models import (
    Assessment,
    Conference,
    CourtLetter,
    Enquiry,
    PreProceedings,
    ProtectionPlan,
    Referral,
    StrategyDiscussion,
)

TEAM, DISTRICT = "Redditch team 1", "Redditch"
MakeCase = Callable[..., Referral]


@pytest.fixture
def team(db: None) -> Team:
    locality = Locality.objects.get_or_create(name=DISTRICT)[0]
    return Team.objects.get_or_create(name=TEAM, defaults={"locality": locality})[0]


@pytest.fixture
def worker(team: Team, make_person: Any) -> Person:
    return registered(make_person("social_worker", worker="Worker 1", email="worker@example.org"))


@pytest.fixture
def manager(team: Team, make_person: Any) -> Person:
    return registered(make_person("team_manager", team=TEAM, email="manager@example.org"))


@pytest.fixture
def other_manager(team: Team, make_person: Any) -> Person:
    return registered(make_person("team_manager", team=TEAM, email="other@example.org"))


@pytest.fixture
def head(team: Team, make_person: Any) -> Person:
    """A service manager of the locality, who has never had a case."""
    return registered(make_person("service_manager", district=DISTRICT, email="head@example.org"))


@pytest.fixture
def support(team: Team, make_person: Any) -> Person:
    return make_person("business_support", team=TEAM, email="support@example.org")


@pytest.fixture
def chair(make_person: Any) -> Person:
    return registered(make_person("conference_chair", email="chair@example.org"))


@pytest.fixture
def agencies(db: None) -> dict[str, Agency]:
    kinds = ("police", "health", "education")
    return {
        kind: Agency.objects.get_or_create(name=f"Invented {kind}", defaults={"kind": kind})[0]
        for kind in kinds
    }


def registered(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(registration="INVENTED1")
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def make_case(team: Team, worker: Person, manager: Person) -> MakeCase:
    """Make an open case of the team, with its worker unless told."""

    def make(
        received: datetime | None = None, *, allocated: bool = True, name: str = "Amara"
    ) -> Referral:
        number = f"C-{KnownPerson.objects.count() + 1}"
        child = KnownPerson.objects.create(
            number=number, first_names=name, last_name="Ashdown", born=date(2015, 3, 1)
        )
        referral = Referral.objects.create(
            child=child,
            received_at=received or timezone.now() - timedelta(hours=2),
            team=team,
            locality=team.locality,
            primary_need="N1",
        )
        if allocated:
            allocating.allocate(referral, 1, worker=worker, team=None, by=manager)
        return Referral.objects.get(pk=referral.pk)

    return make


WRITTEN = {
    "child_seen": True,
    "child_view": "She likes school.",
    "parent_view": "They want help.",
    "judgement": "The home is not safe yet.",
    "factors": "16A",
    "outcome": "need_plan",
}


def assessed(referral: Referral, worker: Person, state: str = "submitted") -> Assessment:
    """Bring an assessment to `writing` or `submitted`."""
    row = assessing.begin_assessment(referral, by=worker)
    if state == "submitted":
        assessing.write_assessment(row, 1, WRITTEN, by=worker)
        assessing.submit_assessment(again(row), by=worker)
    return again(row)


def parent_of(referral: Referral, kind: str = "mother", **more: Any) -> KnownPerson:
    """Have a child's mother or father be known, with parental responsibility."""
    parent = KnownPerson.objects.create(
        number=f"{kind}-{referral.pk}",
        first_names={"mother": "Mary", "father": "Frank"}[kind],
        last_name="Ashdown",
        born=date(1990, 1, 2),
    )
    related = {"kind": kind, "parental_responsibility": "yes", **more}
    Relationship.objects.create(person=referral.child, other=parent, **related)
    return parent


def lettered(row: PreProceedings, worker: Person, *, sent: bool = True) -> CourtLetter:
    """Have the letter to the mother be written, and sent today."""
    known = Relationship.objects.filter(person=row.referral.child, kind="mother").first()
    mother = known.other if known else parent_of(row.referral)
    if row.letter_on is None:
        said = dict.fromkeys(letters.IN_LETTER, "Said.")
        letters.write_letter(row, row.version, said, by=worker)
    letter = letters.address_letter(row, mother, "She is sorry.", by=worker)
    if sent:
        today = timezone.localdate()
        letters.send_letter(letter, 1, again(row).version, today, by=worker)
    return again(letter)


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def attendance() -> dict[Agency, tuple[str, str]]:
    return dict.fromkeys(Agency.objects.all(), ("present", "P. C. Invented"))


def discussed(
    referral: Referral,
    worker: Person,
    manager: Person,
    decision: str = "joint",
    when: datetime | None = None,
) -> StrategyDiscussion:
    """Have a strategy discussion held."""
    at = when or timezone.now() - timedelta(hours=1)
    row = discussing.call_discussion(referral, at - timedelta(hours=1), by=worker)
    discussing.record_discussion(
        row,
        1,
        held_at=at,
        chair=manager,
        agencies=attendance(),
        minutes="What was said.",
        by=worker,
    )
    discussing.decide_discussion(
        again(row),
        again(row).version,
        decision,
        "Significant harm is likely.",
        without="They could not be reached.",
        by=manager,
    )
    return again(row)


def enquired(
    referral: Referral,
    worker: Person,
    manager: Person,
    needed: str = "",
    when: datetime | None = None,
) -> Enquiry:
    """Have an enquiry begun, and with `needed` its conference decided."""
    discussed(referral, worker, manager, when=when)
    row = Enquiry.objects.filter(referral=referral).latest("pk")
    if needed:
        enquiring.decide_conference(
            row, needed, "The risk goes on.", late_because="It was late.", by=manager
        )
    return again(row)


def conferred(
    referral: Referral,
    worker: Person,
    manager: Person,
    chair: Person,
    state: str = "booked",
    when: datetime | None = None,
) -> Conference:
    """Bring an initial conference to `to book` or `booked`."""
    enquired(referral, worker, manager, "yes", when=when)
    row = Conference.objects.filter(referral=referral).latest("pk")
    if state == "booked":
        book(row, chair, worker)
    return again(row)


def book(row: Conference, chair: Person, by: Person) -> None:
    conferring.book_conference(
        row,
        again(row).version,
        {
            "booked_for": timezone.now() + timedelta(days=1),
            "mode": "both",
            "venue": "Room 1",
            "chair": chair,
        },
        by=by,
    )


def held(outcome: str = "plan", **more: Any) -> conferring.Held:
    given: dict[str, Any] = {
        "held_at": timezone.now() - timedelta(minutes=5),
        "outcome": outcome,
        "rationale": "The child is at continuing risk.",
        "child_view": "I want to stay at home.",
        "parent_view": "They agree.",
        "participation": "PN1",
        "is_quorate": True,
        "attended": {},
        "category": "NEG" if outcome in ("plan", "continues") else "",
        "after": "need_plan" if outcome in ("no_plan", "ends") else "",
        **more,
    }
    return conferring.Held(**given)


def planned(referral: Referral, worker: Person, manager: Person, chair: Person) -> ProtectionPlan:
    """Have a child protection plan begun today."""
    row = conferred(referral, worker, manager, chair)
    conferring.hold_conference(row, held(), by=chair)
    return ProtectionPlan.objects.get(made_at=row)
