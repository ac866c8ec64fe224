"""Missing and exploited children whose records were merged, and parted again: nothing leaves the lists."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import MakeCase, People, gone, screened
from service.protection.conftest import again, registered
from sightline.service.accounts.models import Person
from sightline.service.children.actions import merge_people, part_people
from sightline.service.children.models import KnownPerson
from sightline.service.missing.access import opened_of
from sightline.service.missing.models import Screening
from sightline.service.missing.queries.worklist import things_for
from sightline.service.protection.actions import allocating

pytestmark = pytest.mark.django_db
NOW = timezone.now


def _reviews(person: Person) -> set[int]:
    return {each.key for each in things_for(person, NOW()) if each.kind == "reviews"}


def test_a_risk_is_reviewed_again_once_the_records_are_parted(
    child: KnownPerson, make_case: MakeCase, people: People
) -> None:
    today = timezone.localdate()
    other = make_case(name="Bea").child
    risk = screened(other, people.complex, on=today - timedelta(days=3))
    merge = merge_people(child, other, "One child.", by=people.manager)
    said = screened(again(child), people.complex, level="none")
    assert _reviews(people.complex) == set()
    part_people(merge, "Two children.", by=people.manager)
    risk = again(risk)
    assert (risk.child, risk.ended_on, risk.ended_because, risk.followed_by) == (
        other,
        None,
        "",
        None,
    )
    assert _reviews(people.complex) == {risk.pk}
    assert again(said).ended_on == today
    # Both under review as they were merged; and one whose child is looked at later stays as it is.
    first = screened(child, people.complex)
    merge = merge_people(child, again(other), "One child after all.", by=people.manager)
    assert {each.child for each in Screening.objects.filter(ended_on=None)} == {child, other}
    screened(again(child), people.worker, level="none")
    assert again(first).ended_on == again(risk).ended_on == today
    part_people(merge, "Two in the end.", by=people.manager)
    assert (again(first).ended_on, again(risk).ended_on) == (today, None)
    assert _reviews(people.complex) == {risk.pk}
    merge = merge_people(child, again(other), "One child.", by=people.manager)
    screened(again(child), people.manager, level="none")
    later = Screening.objects.create(
        child=other, made_on=today, by=people.complex, level="none", level_now="none",
        suggested_level="none", ended_on=today,
    )  # fmt: skip
    part_people(merge, "Two.", by=people.manager)
    assert (again(risk).ended_on, again(risk).followed_by) == (today, later)


def test_of_two_cases_merged_each_worker_sees_the_child_and_whose_case_it_is(
    child: KnownPerson, make_case: MakeCase, people: People, make_person: Any, client_of: Any
) -> None:
    second = registered(make_person("social_worker", worker="Worker 2", email="w2@example.org"))
    case = make_case(name="Bea")
    allocating.allocate(
        case, case.version, worker=second, team=None, why_changed="MANAGE", by=people.manager
    )
    other = case.child
    row, risk = gone(other, people.complex), screened(other, people.complex)
    assert _listed(people.worker) == set()
    assert _listed(second) == {row.pk, risk.pk}
    merge_people(child, other, "One child.", by=people.manager)
    case.refresh_from_db()
    assert (case.child, again(row).child) == (other, child), "the case is left behind"
    for person in (people.worker, second):
        assert _listed(person) == {row.pk, risk.pk}
        page = client_of(person).get(reverse("missing")).content.decode()
        assert reverse("episode", args=[row.pk]) in page
    assert {each.who for each in things_for(second, NOW())} == {people.worker.name}
    # Their own case closed, the child is worked by whoever has the other.
    people.worker.allocations.filter(referral__child=child).update(ends_at=NOW())
    assert {each.who for each in things_for(second, NOW())} == {second.name}
    # However far back the record went.
    for number in ("C-98", "C-99"):
        root = KnownPerson.objects.create(number=number)
        merge_people(root, again(child), "The same.", by=people.manager)
        child = root
    assert _listed(second) == {row.pk, risk.pk}
    assert {each.who for each in things_for(second, NOW())} == {second.name}
    assert again(row).child == root
    assert opened_of(second, root).child == root


def _listed(person: Person) -> set[int]:
    return {each.key for each in things_for(person, NOW())}
