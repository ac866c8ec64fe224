"""What the tests of missing and exploited children share: people, and episodes brought to any state."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from service.protection.conftest import (
    MakeCase,
    again,
    agencies,
    make_case,
    manager,
    team,
    worker,
)
from sightline.service.accounts.models import Agency, Person
from sightline.service.children.models import KnownPerson
from sightline.service.missing.actions import episodes, interviews, profile, screening
from sightline.service.missing.models import (
    MissingEpisode,
    ProfileContribution,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.tools.reading import edition_on

__all__ = ["MakeCase", "agencies", "make_case", "manager", "team", "worker"]

TEXT = "Said in full."


@dataclass(frozen=True)
class People:
    """Who works with missing and exploited children."""

    complex: Person
    interviewer: Person
    worker: Person
    manager: Person
    partner: Person


@pytest.fixture
def complex_worker(db: None, make_person: Any) -> Person:
    return make_person("complex_safeguarding", email="complex@example.org")


@pytest.fixture
def interviewer(db: None, make_person: Any) -> Person:
    return make_person("return_interviewer", worker="Interviewer 1", email="asks@example.org")


@pytest.fixture
def partner(make_person: Any, agencies: dict[str, Agency]) -> Person:
    made = make_person("mash_partner", email="partner@example.org")
    Person.objects.filter(pk=made.pk).update(agency=agencies["police"])
    return Person.objects.get(pk=made.pk)


@pytest.fixture
def people(
    complex_worker: Person, interviewer: Person, worker: Person, manager: Person, partner: Person
) -> People:
    return People(complex_worker, interviewer, worker, manager, partner)


@pytest.fixture
def child(make_case: MakeCase) -> KnownPerson:
    """A child with an open case, that the worker has."""
    return make_case().child


def about(ago: float = 5, **more: Any) -> dict[str, Any]:
    """What is recorded of a child missing for some hours."""
    return {
        "kind": "missing",
        "missing_from": "home",
        "starts_at": timezone.now() - timedelta(hours=ago),
        "risk": "high",
        "risk_because": TEXT,
        **more,
    }


def held(ago: float = 1, **more: Any) -> dict[str, Any]:
    """What is recorded of an interview held some hours ago."""
    return {
        "completed_at": timezone.now() - timedelta(hours=ago),
        "interviewer": "A. Invented",
        "is_independent": True,
        "own_words": "I wanted to be with my friends.",
        "judgement": TEXT,
        "what_next": "",
        "late_because": "",
        **more,
    }


def gone(child: KnownPerson, by: Person, ago: float = 5, **more: Any) -> MissingEpisode:
    """Have a child recorded as missing."""
    return again(episodes.record_missing(child, about(ago, **more), by=by))


def returned(child: KnownPerson, by: Person, ago: float = 3, lasted: float = 2) -> ReturnInterview:
    """Have a child return some hours ago, who was missing for some."""
    episode = gone(child, by, ago + lasted)
    made = episodes.note_return(
        episode,
        returned_at=timezone.now() - timedelta(hours=ago),
        found=TEXT,
        harmed=None,
        by=by,
    )
    return again(made)


def interviewed(
    child: KnownPerson, p: People, state: str = "done", ago: float = 3
) -> ReturnInterview:
    """Bring a return interview to a state by the steps that lead there."""
    row = returned(child, p.complex, ago)
    if state == "to offer":
        return row
    at = timezone.now() - timedelta(hours=ago / 2)
    interviews.offer_interview(row, offered_at=at, given_to=p.interviewer, by=p.complex)
    if state == "declined":
        interviews.decline_interview(again(row), "I do not want to.", by=p.interviewer)
    if state in ("accepted", "done", "audited"):
        interviews.accept_interview(again(row), by=p.interviewer)
    if state in ("done", "audited"):
        late = "The family was away." if ago > 72 else ""
        interviews.hold_interview(again(row), held(late_because=late), by=p.interviewer)
    if state == "audited":
        row = again(row)
        interviews.audit_interview(row, row.version, 3, TEXT, by=p.manager)
    return again(row)


def answers(value: str = "no", on: date | None = None, **more: str) -> dict[str, str]:
    """The same answer to every question of the edition in force on a day, but for some."""
    edition = edition_on(on or timezone.localdate())
    return {**{each.code: value for each in edition.questions}, **more}


def screened(
    child: KnownPerson, by: Person, on: date | None = None, level: str = "", **more: str
) -> Screening:
    """Have a child screened: at the suggested level unless told."""
    day = on or timezone.localdate()
    given = answers("no", day, **(more or {"gone": "yes"}))
    edition = edition_on(day)
    suggested = edition.suggest(given).level.code
    made = screening.screen(
        child,
        edition,
        given,
        level=level or suggested,
        level_because=TEXT if level and level != suggested else "",
        made_on=day,
        by=by,
    )
    return again(made)


def contributed(by: Person, text: str = "Children meet at the bus station.") -> ProfileContribution:
    """Have something added to the problem profile."""
    today = timezone.localdate()
    given = {"covers_from": today - timedelta(days=30), "covers_until": today, "text": text}
    return profile.contribute({**given, "locality": None}, by=by)


def moment(at: datetime | None = None, hours: float = 0.5) -> dict[str, Any]:
    """A day and a time, as a form sends them."""
    local = timezone.localtime(at or timezone.now() - timedelta(hours=hours))
    return {**day(local.date()), "time": f"{local:%H:%M}"}


def day(on: date | None = None, name: str = "day") -> dict[str, Any]:
    found = on or timezone.localdate()
    return {f"{name}_{part}": getattr(found, part) for part in ("day", "month", "year")}
