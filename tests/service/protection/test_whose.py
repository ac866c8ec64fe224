"""Whose a case is: reading it goes further than working in it; and nobody is given what they cannot open."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
    TEAM,
    WRITTEN,
    MakeCase,
    again,
    assessed,
    attendance,
    conferred,
    enquired,
    registered,
)
from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.policies import (
    ALLOCATE,
    AUTHORISE_WORK,
    GO_TO_COURT,
    HOLD_CONFERENCES,
    OPEN_CHILDREN,
    WORK_CASES,
    WRITE_UP,
)
from sightline.service.accounts.steps import IncompleteError, NotAllowedError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import actions as children
from sightline.service.children.models import KnownPerson
from sightline.service.protection.access import case_of, cases_of
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    discussing,
    enquiring,
)
from sightline.service.protection.models import Referral
from sightline.service.protection.queries import lists
from sightline.service.protection.queries.to_authorise import waiting_for

pytestmark = pytest.mark.django_db
DOING = (ALLOCATE, AUTHORISE_WORK, GO_TO_COURT, HOLD_CONFERENCES, WORK_CASES, WRITE_UP)


def test_who_may_read_a_case_by_the_child_does_nothing_in_it(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any
) -> None:
    case = make_case()
    second = make_person("social_worker", worker="Worker 2", email="second@example.org")
    other = make_person("social_worker", worker="Worker 4", email="other@example.org")
    allocating.allocate(
        case, case.version, worker=second, team=None, why_changed="MANAGE", by=manager
    )
    Referral.objects.create(
        child=case.child,
        received_at=timezone.now() - timedelta(days=90),
        team=Team.objects.create(name="Team of before"),
        state="closed",
        closed_on=timezone.localdate() - timedelta(days=30),
        closed_by=manager,
        closed_because="Better.",
        closed_rationale="Yes.",
    )
    sibling = KnownPerson.objects.create(number="C-50", born=case.child.born, last_name="Ashdown")
    children.relate(case.child, sibling, kind="sibling")
    Referral.objects.create(
        child=sibling, received_at=timezone.now(), team=Team.objects.create(name="Sibling’s team")
    )
    people = [worker, second, other, manager]
    for team in ("Team of before", "Sibling’s team"):
        for role in ("team_manager", "business_support"):
            people.append(registered(make_person(role, team=team, email=f"{role}{team[:3]}@x.org")))
    case = again(case)
    for person in people:
        for policy in DOING:
            listed = cases_of(person, policy, closed=True).filter(pk=case.pk).exists()
            assert case_of(person, case).lets(person, policy) == listed, (str(person), policy.name)
    assert case_of(worker, case).lets(worker, OPEN_CHILDREN)
    with pytest.raises(NotAllowedError):
        assessing.begin_assessment(case, by=worker)
    before = people[4]
    assert case_of(before, case).lets(before, OPEN_CHILDREN)
    with pytest.raises(NotAllowedError):
        allocating.allocate(
            case, case.version, worker=worker, team=None, why_changed="MANAGE", by=before
        )
    assert not case_of(other, case).lets(other, OPEN_CHILDREN)
    assert case_of(second, case).lets(second, WORK_CASES)


def test_a_case_of_no_team_is_on_the_list_of_whoever_allocates_and_is_given_one(
    make_case: MakeCase, worker: Person, manager: Person, team: Team
) -> None:
    case = make_case(allocated=False)
    Referral.objects.update(team=None, locality=None)
    assert [each.case.key for each in lists.unallocated(manager, timezone.now())] == [case.pk]
    assert not cases_of(manager, WORK_CASES).exists()
    with pytest.raises(IncompleteError, match="Choose the team"):
        allocating.allocate(again(case), 1, worker=worker, team=None, by=manager)
    allocating.allocate(again(case), 1, worker=worker, team=team, by=manager)
    assert cases_of(worker, WORK_CASES).get() == case


def test_nobody_is_given_a_case_or_a_conference_that_they_could_not_open(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    make_person: Any,
    agencies: Any,
) -> None:
    case = make_case(allocated=False)
    nameless = make_person("social_worker", worker="Worker 3", email="nameless@example.org")
    Person.objects.filter(pk=nameless.pk).update(worker="")
    far = make_person("team_manager", team="Another team", email="far@example.org")
    for person in (nameless, far):
        with pytest.raises(IncompleteError, match="could not open this case"):
            allocating.allocate(case, 1, worker=again(person), team=None, by=manager)
    row = conferred(make_case(), worker, manager, chair, "to book")
    children.restrict_child(row.referral.child.number, "family of staff", [worker])
    with pytest.raises(IncompleteError, match="cannot chair"):
        _book(row, chair, worker)
    children.restrict_child(case.child.number, "family of staff", [manager])
    with pytest.raises(IncompleteError, match="named for the record"):
        allocating.allocate(case, 1, worker=worker, team=None, by=manager)
    assert not case.allocations.exists()


def _book(row: Any, chair: Person, by: Person) -> None:
    about = {"booked_for": timezone.now() + timedelta(days=1), "mode": "both", "venue": "Room 1"}
    conferring.book_conference(row, again(row).version, {**about, "chair": chair}, by=by)


def test_the_case_of_a_worker_who_has_left_waits_to_be_allocated(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    make_case()
    Person.objects.filter(pk=worker.pk).update(is_active=False)
    (found,) = lists.unallocated(manager, timezone.now())
    assert found.more == "its worker has left"
    assert "its worker has left" in client_of(manager).get(reverse("unallocated")).content.decode()


def test_every_page_that_shows_a_case_is_on_record_as_one_view(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any, agencies: Any
) -> None:
    row = assessed(make_case(), worker, "writing")
    enquiry = enquired(row.referral, worker, manager)
    addresses = [
        (worker, reverse("write-assessment", args=[row.pk])),
        (worker, reverse("assessment", args=[row.pk])),
        (worker, reverse("write-enquiry", args=[enquiry.pk])),
        (worker, reverse("case", args=[row.referral_id])),
        (worker, reverse("record-visit", args=[row.referral_id])),
        (manager, reverse("decide-conference", args=[enquiry.pk])),
        (manager, reverse("transfer-in", args=[row.referral.child_id])),
    ]
    for person, address in addresses:
        seen = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=row.referral.child.number)
        before = seen.count()
        assert client_of(person).get(address).status_code == 200
        assert seen.count() == before + 1, address
    # Sent without what it needs, the page is shown as well.
    before = seen.count()
    assert client_of(manager).post(addresses[5][1], {}).status_code == 200
    assert seen.count() == before + 1


# --- Nobody authorises what they had a part in


def test_who_wrote_some_of_it_or_had_the_case_since_it_began_does_not_authorise_it(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    other_manager: Person,
    client_of: Any,
) -> None:
    case = make_case()
    row = assessed(case, worker, "writing")
    assessing.write_assessment(row, 1, WRITTEN, by=worker)
    own = {"judgement": "The manager’s own words."}
    assessing.write_assessment(again(row), again(row).version, own, by=manager)
    assessing.submit_assessment(again(row), by=worker)
    now, row = timezone.now(), again(row)
    with pytest.raises(NotAllowedError):
        assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    assert [each.own for each in waiting_for(manager, now)] == [True]
    assert [each.own for each in waiting_for(other_manager, now)] == [False]
    allocating.allocate(
        again(case), again(case).version, worker=other_manager, team=None, why_changed="MANAGE",
        by=manager,
    )  # fmt: skip
    allocating.allocate(
        again(case), again(case).version, worker=worker, team=None, why_changed="MANAGE", by=manager
    )
    with pytest.raises(NotAllowedError):
        assessing.authorise_assessment(row, row.version, "I agree.", by=other_manager)
    assert [each.own for each in waiting_for(other_manager, now)] == [True]


def test_a_strategy_discussion_is_not_decided_by_who_recorded_some_of_it(
    make_case: MakeCase, worker: Person, manager: Person, other_manager: Person, agencies: Any,
    client_of: Any,
) -> None:  # fmt: skip
    row = discussing.call_discussion(make_case(), timezone.now(), by=manager)
    said = {"chair": manager, "agencies": attendance(), "minutes": "What was said."}
    discussing.record_discussion(row, 1, held_at=timezone.now(), **said, by=manager)
    with pytest.raises(NotAllowedError, match="own work"):
        discussing.decide_discussion(again(row), 2, "no_enquiry", "No harm.", by=manager)
    # Nor where another has written it anew since.
    discussing.record_discussion(again(row), 2, held_at=timezone.now(), **said, by=worker)
    with pytest.raises(NotAllowedError, match="own work"):
        discussing.decide_discussion(again(row), 3, "no_enquiry", "No harm.", by=manager)
    own = {each.what: (each.own, each.by) for each in waiting_for(manager, timezone.now())}
    assert own == {"Decision after a strategy discussion": (True, worker)}
    page = client_of(manager).get(reverse("discussion", args=[row.pk])).content.decode()
    assert reverse("decide-discussion", args=[row.pk]) not in page
    assert str(worker) in page
    discussing.decide_discussion(again(row), 3, "no_enquiry", "No harm.", by=other_manager)


def test_who_had_the_case_until_yesterday_neither_closes_nor_chairs_it(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    other_manager: Person,
    chair: Person,
    make_person: Any,
    agencies: Any,
) -> None:
    case = make_case(allocated=False)
    both = Person.objects.get(pk=other_manager.pk)
    both.appointments.create(role="conference_chair")
    for person in (both, worker):
        allocating.allocate(
            again(case), again(case).version, worker=person, team=None, why_changed="MANAGE",
            by=manager,
        )  # fmt: skip
    row = conferred(case, worker, manager, chair, "to book")
    with pytest.raises(IncompleteError, match="cannot chair"):
        _book(row, Person.objects.get(pk=both.pk), worker)
    decider = Person.objects.get(pk=manager.pk)
    decider.appointments.create(role="conference_chair")
    with pytest.raises(IncompleteError, match="cannot chair"):
        _book(row, Person.objects.get(pk=manager.pk), worker)
    other = make_case(allocated=False)
    for person in (both, worker):
        allocating.allocate(
            again(other), again(other).version, worker=person, team=None, why_changed="MANAGE",
            by=manager,
        )  # fmt: skip
    closing.ask_to_close(again(other), "RC8", "Better.", by=worker)
    other = again(other)
    waits = {each.case.referral: each.own for each in waiting_for(both, timezone.now())}
    assert waits[other]
    with pytest.raises(NotAllowedError):
        closing.authorise_closure(other, other.version, "I agree.", by=both)
    closing.authorise_closure(other, other.version, "I agree.", by=manager)


def test_the_finding_of_an_enquiry_is_not_authorised_by_who_wrote_of_it(
    make_case: MakeCase, worker: Person, manager: Person, other_manager: Person, agencies: Any
) -> None:
    row = enquired(make_case(), worker, manager, "no")
    texts = dict.fromkeys(("child_view", "parent_view", "judgement"), "Said in full.")
    enquiring.write_enquiry(row, row.version, texts, by=manager)
    enquiring.write_enquiry(
        again(row), again(row).version, {"finding": "not_substantiated"}, by=worker
    )
    enquiring.submit_enquiry(again(row), by=worker)
    row = again(row)
    with pytest.raises(NotAllowedError):
        enquiring.authorise_enquiry(row, row.version, "I agree.", by=manager)
    enquiring.authorise_enquiry(row, row.version, "I agree.", by=other_manager)
    assert TEAM in str(row.referral.team)
