"""The demonstration of casework: every state of the pathway, and for each role a list to work from."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.test_pages import PLACES
from sightline.service.accounts.demonstration import make_people
from sightline.service.accounts.models import Locality, Person
from sightline.service.accounts.policies import WORK_CASES
from sightline.service.audit.models import AuditEntry
from sightline.service.children.models import KnownPerson, PossibleMatch, Residence
from sightline.service.children.queries import restricted_now
from sightline.service.frontdoor.demonstration import make_week
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.demonstration import make_missing
from sightline.service.protection import demonstration
from sightline.service.protection.access import cases_of
from sightline.service.protection.invented import moments, staff, stories
from sightline.service.protection.models import Allocation, Conference, CoreGroup, Enquiry, Referral
from sightline.service.protection.queries.worklist import counted, things_in
from sightline.service.protection.states import MACHINES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FIRST_LISTS = {
    "social_worker": ("your-work", "cases", "conferences?show=booked"),
    "team_manager": ("your-work", "to-authorise", "unallocated", "caseloads", "possible-matches"),
    "service_manager": ("your-work", "to-authorise", "unallocated", "caseloads"),
    "assistant_director": ("to-authorise",),
    "conference_chair": ("conferences", "conferences?show=booked", "conferences?show=minutes"),
    "business_support": ("conferences", "conferences?show=booked", "conferences?show=minutes"),
    "front_door": ("front-door", "front-door?show=mine"),
    "mash_partner": ("asked-of-us",),
}
"""For each role of casework the lists it works from."""


def test_every_state_is_there_and_every_role_has_work(client_of: Any) -> None:
    people = {person.appointments_in_force[0].role: person for person in make_people(PLACES)}
    make_week()
    week = set(Contact.objects.values_list("pk", flat=True))
    made = demonstration.make_cases()
    assert demonstration.make_cases() == 0
    assert make_missing(demonstration.young_people(), list(people.values())) > 20
    _every_state_twice()
    children = KnownPerson.objects.filter(referrals__isnull=False).distinct().count()
    assert made == children
    assert 60 <= children <= 250
    _what_was_asked_for(week)
    _lists_of_each_role(people, client_of)
    _a_case_of_somebody_else_is_not_theirs(people)


def _every_state_twice() -> None:
    for machine in MACHINES:
        rows = machine.model._default_manager.all()
        found = Counter(machine.state_of(row).code for row in rows)
        rare = [state.code for state in machine.states if found[state.code] < 2]
        assert rare == [], f"{machine.name}: {found}"


def _what_was_asked_for(week: set[int]) -> None:
    assert Referral.objects.filter(contact__in=week).count() >= 5
    assert Referral.objects.exclude(transferred_from="").exists()
    assert Enquiry.objects.exclude(decided_late_because="").count() >= 2
    assert Conference.objects.filter(late_reason="reports", late_agency__isnull=False).exists()
    assert CoreGroup.objects.filter(held_on=None, due_on__lt=timezone.localdate()).exists()
    assert Allocation.objects.exclude(why_changed="").exists()
    assert restricted_now().count() == 1
    assert PossibleMatch.objects.filter(state="open", weight__gt=10).count() == 2
    for locality in Locality.objects.all():
        homes = Residence.objects.filter(
            address__locality=locality, person__referrals__isnull=False
        )
        together = Counter(homes.values_list("address", flat=True))
        assert max(together.values()) >= 2, f"no brothers and sisters in {locality}"
    assert not Referral.objects.filter(received_at__gt=timezone.now()).exists()
    # What was done is on record as of who did it: the demonstration, and when it truly was.
    written = AuditEntry.objects.filter(subject="protection_referral", verb="insert")
    assert {each.at.date() for each in written} <= {timezone.now().date()}
    assert set(written.values_list("actor_name", flat=True)) == {"demonstration"}


def _lists_of_each_role(people: dict[str, Person], client_of: Any) -> None:
    for role, lists in FIRST_LISTS.items():
        client: Client = client_of(people[role])
        for each in lists:
            name, _, asked = each.partition("?")
            answer = client.get(f"{reverse(name)}?{asked}")
            assert answer.status_code == 200, f"{role} {each}"
            assert b"<tbody" in answer.content, f"{role} has nothing in {each}"
    worker = cases_of(people["social_worker"], WORK_CASES)
    assert 12 <= worker.count() <= 18
    counts = counted(things_in(worker, timezone.now()))
    assert all(counts[each] for each in ("not seen", "overdue", "near", "due")), counts


def _a_case_of_somebody_else_is_not_theirs(people: dict[str, Person]) -> None:
    restricted = KnownPerson.objects.get(number=restricted_now().get().child_id)
    seen_by = {
        role: cases_of(person, WORK_CASES).filter(child=restricted).exists()
        for role, person in people.items()
    }
    assert [role for role, sees in seen_by.items() if sees] == ["service_manager"]


def test_it_is_the_same_each_time() -> None:
    make_people(PLACES)
    at = timezone.make_aware(datetime.fromisoformat("2026-03-18 11:00"))
    make_week(at)

    class UndoneError(Exception):
        pass

    def told() -> list[Any]:
        found: list[Any] = []
        with pytest.raises(UndoneError), transaction.atomic():
            making = demonstration._begin(at, people := staff.invent_staff())
            for story in (stories.OURS[3], stories.OURS[13]):
                demonstration._tell(making, people.ours, story)
            found += KnownPerson.objects.values_list("number", "first_names", "born")
            found += Conference.objects.values_list("booked_for", "mode", "chair__name")
            found += Enquiry.objects.values_list("began_at", "decided_at", "judgement")
            raise UndoneError
        return found

    first = told()
    assert first
    assert told() == first


@pytest.mark.parametrize("today", ["2026-03-18 09:10", "2026-03-21 12:00", "2026-04-03 23:50"])
def test_a_moment_is_of_a_working_day_and_in_order(today: str) -> None:
    now = timezone.make_aware(datetime.fromisoformat(today))
    hours = [(ago, hour) for ago in (30, 5, 1, 0) for hour in (0, 9, 12, 23)]
    found = [moments.moment(now, ago, hour) for ago, hour in hours]
    assert found == sorted(found)
    assert found[-1] <= now
    assert moments.moment(now, -2, 10) > now
    assert all(moments.is_working_day(timezone.localdate(each)) for each in found)
    real = timezone.now
    with moments.as_of(found[0]):
        assert timezone.now() == found[0]
    assert timezone.now is real
