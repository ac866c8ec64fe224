"""What of a restricted child who is missing nobody who is named can go on with is nobody's: it is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import MakeCase, People, gone, interviewed, screened
from sightline.service.accounts.models import Locality, Person, Team
from sightline.service.accounts.policies import (
    ANSWER_CONCERNS,
    AUDIT_INTERVIEWS,
    AUTHORISE_WORK,
    HOLD_INTERVIEWS,
    RECORD_MISSING,
    SCREEN_CHILDREN,
)
from sightline.service.children.actions import change_restriction, restrict_child
from sightline.service.children.models import KnownPerson, RestrictedChild
from sightline.service.children.queries import stuck_with, stuck_with_each
from sightline.service.frontdoor.access import contacts_of, may_authorise, may_take
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.missing.access import opened_of
from sightline.service.missing.actions.steps import is_own
from sightline.service.missing.models import MissingEpisode, ReturnInterview, Screening
from sightline.service.protection.access import cases_of, worker_of
from sightline.service.protection.models import Referral

pytestmark = pytest.mark.django_db


def test_what_of_a_missing_child_nobody_named_can_go_on_with_is_said(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    interviewed(child, people, "done", ago=200)
    interviewed(child, people, "to offer", ago=100)
    gone(child, people.complex)
    screened(child, people.complex)
    given = {"concern": "Not home.", "missing": True, "exploitation": False}
    contact = receive(Contact.Way.PHONE, given, [{"first_names": "Amara"}])
    ContactChild.objects.filter(contact=contact).update(person=child)
    everything = {
        "The child is missing, and nobody who is named may record the return.",
        "Nobody who is named may hold the child’s return interview.",
        "Nobody who is named may judge the child’s return interview.",
        "Nobody who is named may review the child’s risk of exploitation.",
        f"Nobody who is named may say what came of the concern of contact {contact.number}.",
    }
    restriction = restrict_child(child.number, "family of staff", [])
    assert everything <= set(stuck_with(restriction))
    client = client_of(make_person("governance_lead", email="lead@example.org"))
    page = client.get(reverse("change-restriction", args=[restriction.pk])).content.decode()
    assert not {each for each in everything if each not in page}

    def said(*named: Any) -> set[str]:
        restriction.refresh_from_db()
        change_restriction(restriction, restriction.version, "family of staff", named)
        return everything & set(stuck_with(restriction))

    assert said(people.partner) == everything
    assert said(people.complex) == set()


def _as_pages_say(child: KnownPerson, person: Person) -> set[str]:
    """What somebody named alone cannot go on with, by what each page asks of one row."""
    said = set()
    for case in Referral.objects.filter(child=child):
        if worker_of(case) != person:
            said.add("Nobody who is named is the worker of the child’s open case.")
        theirs = cases_of(person, AUTHORISE_WORK).filter(pk=case.pk).exists()
        if worker_of(case) == person or not (person.registration and theirs):
            said.add("Nobody who is named may authorise work in the child’s open case.")
    for contact in Contact.objects.filter(children__person=child):
        if not may_take(person, contact):
            said.add(f"Nobody who is named may go on with contact {contact.number}.")
        if not may_authorise(person, contact) or may_take(person, contact):
            said.add(
                "Nobody who is named may authorise what another recommends of contact "
                f"{contact.number}."
            )
        if not contacts_of(person, ANSWER_CONCERNS).filter(pk=contact.pk).exists():
            said.add(
                f"Nobody who is named may say what came of the concern of contact {contact.number}."
            )
    opened = opened_of(person, child)
    for episode in MissingEpisode.objects.filter(child=child, returned_at=None):
        if not opened.lets(person, RECORD_MISSING, episode):
            said.add("The child is missing, and nobody who is named may record the return.")
    for row in ReturnInterview.objects.filter(episode__child=child):
        if row.completed_at is None and not opened.lets(person, HOLD_INTERVIEWS, row):
            said.add("Nobody who is named may hold the child’s return interview.")
        if row.completed_at is not None and (
            is_own(row, person) or not opened.lets(person, AUDIT_INTERVIEWS, row)
        ):
            said.add("Nobody who is named may judge the child’s return interview.")
    for screening in Screening.objects.filter(child=child):
        if not opened.lets(person, SCREEN_CHILDREN, screening):
            said.add("Nobody who is named may review the child’s risk of exploitation.")
    return said


def _with_everything(child: KnownPerson, people: People, team: Team | None, place: Any) -> None:
    """Have a child be missing, with interviews to hold and to judge, a risk and a contact, of a place."""
    now = timezone.now()
    about: dict[str, Any] = {
        "kind": "missing",
        "missing_from": "home",
        "risk": "low",
        "child": child,
    }
    about |= {"recorded_by": people.complex, "team": team, "locality": place}
    for days in (30, 20):
        start = now - timedelta(days=days)
        episode = MissingEpisode.objects.create(starts_at=start, returned_at=start, **about)
        held = start if days == 30 else None
        row = ReturnInterview.objects.create(
            episode=episode, given_to=people.interviewer, completed_at=held
        )
        row.involved.set([people.interviewer])
    MissingEpisode.objects.create(starts_at=now, **about)
    Screening.objects.create(child=child, by=people.complex, level="low", suggested_level="low")
    contact = Contact.objects.create(
        number=f"F-{child.pk}", concern="Not home.", missing=True, team=team, locality=place
    )
    ContactChild.objects.create(contact=contact, person=child)


def test_it_is_said_of_many_at_once_as_of_each_and_as_the_pages_let_those_named(
    make_case: MakeCase, people: People, make_person: Any, client_of: Any
) -> None:
    elsewhere = Locality.objects.create(name="Elsewhere")
    far = Team.objects.create(name="Far team", locality=elsewhere)
    lead = make_person("governance_lead", email="lead@example.org")
    staff = [
        people.complex,
        people.interviewer,
        people.worker,
        people.manager,
        make_person("front_door", team="Redditch team 1"),
        make_person("team_manager", team="Far team"),
        make_person("service_manager", district="Elsewhere"),
        make_person("assistant_director"),
        make_person("conference_chair"),
    ]
    Person.objects.filter(pk__in=[each.pk for each in staff]).update(registration="INVENTED1")
    homes: list[tuple[Team | None, Locality | None]] = [
        (people.manager.appointments_in_force[0].team, None),
        (far, None),
        (None, elsewhere),
        (None, None),
    ]
    children = []
    for place, (team, locality) in enumerate(homes):
        case = make_case(name=f"Child {place}")
        Referral.objects.filter(pk=case.pk).update(team=team, locality=locality)
        alone = KnownPerson.objects.create(number=f"A-{place}", first_names="Without a case")
        for child in (case.child, alone):
            _with_everything(child, people, team, locality)
            children.append(child)
    # A brother or sister who is restricted too, in the contact about the first; and a second record of one.
    first = Contact.objects.get(children__person=children[0])
    sibling = KnownPerson.objects.create(number="S-1", first_names="Noah", last_name="Ashdown")
    ContactChild.objects.create(contact=first, person=sibling)
    KnownPerson.objects.create(number="M-1", first_names="Amara", merged_into=children[0])
    second = KnownPerson.objects.create(number="M-2", first_names="Amara")
    ReturnInterview.objects.filter(completed_at=None).update(given_to=people.interviewer)
    made = [restrict_child(each.number, "family of staff", []) for each in children]
    for number in (sibling.number, "M-2"):
        restrict_child(number, "family of staff", staff[:5])
    KnownPerson.objects.filter(pk=second.pk).update(merged_into=children[-1])
    said = set()
    for person in staff:
        for each in made:
            each.named.set([person])
        found = stuck_with_each(made)
        asked = Person.objects.get(pk=person.pk)
        for each, child in zip(made, children, strict=True):
            assert set(found[each.pk]) == _as_pages_say(child, asked), (person.roles, child)
            said.add(frozenset(found[each.pk]))
        assert stuck_with(made[0]) == found[made[0].pk]
    assert len(said) > 2 * len(made)  # so that neither says all or nothing whoever is named

    # Their page asks for many as for one, whoever is named.
    client, page = client_of(lead), reverse("restricted")
    RestrictedChild.objects.exclude(pk=made[0].pk).update(ended_at=timezone.now())

    def statements(rows: int) -> int:
        with CaptureQueriesContext(connection) as done:
            text = client.get(page).content.decode()
        assert text.count("Nobody can go on") == rows
        assert "Nobody who is named may judge the child’s return interview." in text
        return len(done)

    made[0].named.set([people.interviewer])
    statements(1)  # the first asks for the session too
    one = statements(1)
    for each, person in zip(made, staff[1:], strict=True):
        each.named.set([person, staff[-1]])
    RestrictedChild.objects.update(ended_at=None)
    assert statements(len(made) + 2) == one <= 41
    assert "Nobody can go on" not in client.get(page, {"ended": 1}).content.decode()
