"""What the front door tells of a child: contacts in the chronology, those open, where the child belongs."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.policies import SEE_FRONT_DOOR, TAKE_CONTACTS
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import Entry, Open, all_of, hidden_people
from sightline.service.children.whereabouts import Row, still_theirs_since
from sightline.service.frontdoor.models import Contact, ContactChild, Recommendation
from sightline.service.frontdoor.states import OPEN, UNDECIDED

AREA = "Front door"
_DIGITS = 19
"""Digits that no key of a row has."""


def rows_of_contacts(number: str) -> list[Row]:
    """Give the team and locality of each contact about a child that is open, or was closed of late.

    One without a team is of the team in which the officer who has it was when they took it and, while it is
    open and theirs to go on with, of that in which they are today. A child whom
    nobody has matched yet has the number of the contact and their own there, as the records have them.
    """
    since = still_theirs_since()
    contact, _, child = number.rpartition("/")
    about = Q(children__person__number=number)
    if contact and child.isascii() and child.isdecimal() and len(child) < _DIGITS:
        about |= Q(number=contact, children__pk=int(child), children__person=None)
    rows: Iterable[tuple[Any, ...]] = (
        Contact.objects.filter(Q(state__in=OPEN) | Q(closed_at__date__gte=since))
        .filter(about)
        .order_by("pk")
        .values_list(
            *("team__name", "locality__name", "team__locality__name", "screened_by", "state"),
            Coalesce("screened_at", "recorded_at"),
        )
        .distinct()
    )
    found: list[Row] = []
    now = timezone.now()
    held = [
        (team, locality or of_team, _held(officer, state, at, now) if not team else [])
        for team, locality, of_team, officer, state, at in rows
    ]
    teams = _teams_of({each for _, _, taken in held for each in taken})
    for team, district, taken in held:
        own = dict.fromkeys(teams[each] for each in taken if each in teams)
        for name in own or [team]:
            row = {"team": name, "district": district}
            if given := {name: value for name, value in row.items() if value}:
                found.append(given)
    return found


def _held(
    officer: int | None, state: str, at: datetime, now: datetime
) -> list[tuple[int, datetime]]:
    """Give the moments of which an officer's team counts: that of taking it, and now while it is open."""
    if officer is None:
        return []
    return [(officer, each) for each in ((at, now) if state in OPEN else (at,))]


def _teams_of(taken: set[tuple[int, datetime]]) -> dict[tuple[int, datetime], str]:
    """Give in which team an officer was at a moment: who has moved takes no closed contact along."""
    if not taken:
        return {}
    held = Appointment.objects.filter(
        person__in={officer for officer, _ in taken},
        role__in=TAKE_CONTACTS.roles,
        team__isnull=False,
    )
    rows = list(
        held.order_by("pk").values_list("person", "team__name", "starts", "ends", "ended_at")
    )
    found = {}
    for officer, at in taken:
        day = timezone.localdate(at)
        for person, team, starts, ends, ended_at in rows:
            began = person == officer and starts <= day
            if began and (ends is None or ends >= day) and (ended_at is None or ended_at > at):
                found[officer, at] = team
                break
    return found


def _contacts_about(person: KnownPerson, by: Person) -> QuerySet[Contact]:
    """Give the contacts about a person; none that is about somebody hidden from whoever asks too."""
    hidden = hidden_people(by)
    records = [each.pk for each in all_of(person)]
    about = ContactChild.objects.filter(person__in=records).values("contact")
    found = (
        Contact.objects.filter(pk__in=about)
        .select_related("team", "locality")
        .only("number", "way", "state", "received_at", "decide_by", "team__name", "locality__name")
    )
    if not hidden:
        return found
    closed = ContactChild.objects.filter(person__in=among(hidden)).values("contact")
    return found.exclude(pk__in=closed)


_DECIDED = Prefetch(
    "recommendations",
    Recommendation.objects.select_related("decided_by")
    .only("contact", "decided_at", "decided_outcome", "decided_by__name")
    .order_by("pk"),
)


def entries_told(person: KnownPerson, by: Person) -> Iterator[Entry]:
    """Give when each contact about a person came, and what was decided of it."""
    for contact in _contacts_about(person, by).prefetch_related(_DECIDED):
        page, decision = _pages(contact, by)
        whose = str(contact.team or contact.locality or "")
        way = contact.get_way_display()
        came = f"Contact {contact.number} came: {way[:1].lower()}{way[1:]}"
        yield _entry(contact.received_at, came, "", whose, page)
        for each in contact.recommendations.all():
            if each.decided_at and each.decided_outcome:
                said = f"Contact {contact.number} decided: {each.get_decided_outcome_display()}"
                yield _entry(each.decided_at, said, str(each.decided_by), whose, decision)


def open_told(person: KnownPerson, by: Person) -> Iterator[Open]:
    """Give the contacts about a person that are open, and by when each is to be decided."""
    for contact in _contacts_about(person, by).filter(state__in=OPEN):
        due: date | None = None
        if contact.state in UNDECIDED and contact.decide_by:
            due = timezone.localdate(contact.decide_by)
        yield Open(
            f"Contact at the front door: {contact.get_state_display().lower()}",
            timezone.localdate(contact.received_at),
            str(contact.team or contact.locality or ""),
            due,
            _pages(contact, by)[0],
        )


def _pages(contact: Contact, by: Person) -> tuple[str, str]:
    """Give the addresses of a contact and of its decision, for whoever may see the front door."""
    if not SEE_FRONT_DOOR.allows(by):
        return "", ""
    return reverse("contact", args=[contact.pk]), reverse("contact-decision", args=[contact.pk])


def _entry(when: datetime, what: str, who: str, whose: str, href: str) -> Entry:
    local = timezone.localtime(when)
    at = local.time().replace(second=0, microsecond=0)
    return Entry(local.date(), what, AREA, by=who, whose=whose, href=href, at=at)
