"""What nobody would see is said: a contact read in no case, a case without a worker, what is restricted."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import MakeCase, again, conferred, enquired, registered
from service.protection.test_lists import things
from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.policies import WORK_CASES
from sightline.service.accounts.steps import IncompleteError
from sightline.service.children import actions as children
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import hidden_people, stuck_with, stuck_with_each
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.actions.thresholds import plant_guidance
from sightline.service.frontdoor.models import Contact, Level, PassedOn, Recommendation
from sightline.service.protection.actions import closing
from sightline.service.protection.models import Conference, PreProceedings, Referral
from sightline.service.protection.queries import lists
from sightline.service.protection.queries.hidden import hidden_work
from sightline.service.protection.queries.worklist import held_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ALLOCATES = "Allocate to a worker"


def passed_on(case: Referral, by: Person, manager: Person) -> PassedOn:
    plant_guidance()
    about = {"concern": "Hungry again.", "team": case.team, "locality": case.locality}
    named = [{"first_names": "Amara", "last_name": "Ashdown"}]
    contact = receive(Contact.Way.PHONE, about, named)
    decision = Recommendation.objects.create(
        contact=contact, outcome="already_open", level=Level.objects.all()[0], rationale="r", by=by,
        state="authorised", decided_outcome="already_open", decision_rationale="Theirs.",
        decided_by=manager, decided_at=timezone.now(),
    )  # fmt: skip
    return PassedOn.objects.create(decision=decision, person=case.child)


def closed(case: Referral, worker: Person, manager: Person) -> None:
    closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    closing.authorise_closure(again(case), again(case).version, "I agree.", by=manager)


def test_a_contact_that_nobody_has_read_keeps_a_case_open_and_is_listed_once_it_is_closed(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any, client_of: Any
) -> None:
    case = make_case()
    row = passed_on(case, worker, manager)
    with pytest.raises(IncompleteError, match="a contact passed on that nobody has read"):
        closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    page = client_of(worker).get(reverse("case", args=[case.pk])).content.decode()
    assert "the reading of a contact passed on" in page
    assert reverse("ask-to-close", args=[case.pk]) not in page
    PassedOn.objects.update(read_by=worker, read_at=timezone.now())
    closed(case, worker, manager)
    assert lists.passed_to_nobody(manager) == []

    # Passed on as it closed: the managers of the last case read it.
    PassedOn.objects.update(read_by=None, read_at=None)
    other = registered(make_person("team_manager", team="Another team", email="far@example.org"))
    assert [each.row for each in lists.passed_to_nobody(manager)] == [row]
    assert lists.passed_to_nobody(other) == []
    address = reverse("passed-on", args=[row.pk])
    assert address in client_of(manager).get(reverse("unallocated")).content.decode()
    assert client_of(manager).post(address).status_code == 302
    assert address not in client_of(manager).get(reverse("unallocated")).content.decode()

    # The record that stands for the child now may have no case itself.
    kept = KnownPerson.objects.create(number="K-1")
    KnownPerson.objects.filter(pk=case.child_id).update(merged_into=kept)
    PassedOn.objects.update(read_by=None, read_at=None, person=kept)
    assert [each.row for each in lists.passed_to_nobody(manager)] == [row]
    KnownPerson.objects.update(merged_into=None)
    PassedOn.objects.update(person=case.child)
    # What a merge left with the record that went is of a contact which the other has too.
    KnownPerson.objects.filter(pk=kept.pk).update(merged_into=case.child_id)
    gone = PassedOn.objects.get()
    gone.pk, gone.person, gone.read_by, gone.read_at = None, kept, None, None
    gone.save()
    PassedOn.objects.filter(person=case.child).update(read_by=worker, read_at=timezone.now())
    assert closing.open_in(again(case)) == []
    gone.delete()

    # With an open case it is on the list of that.
    PassedOn.objects.update(read_by=None, read_at=None)
    now = timezone.now()
    opened = Referral.objects.create(child=case.child, received_at=now, team=case.team)
    assert lists.passed_to_nobody(manager) == []
    assert "New contact passed on" in {each.what for each in things(opened)}


def test_a_worker_who_works_with_no_cases_now_or_is_not_named_has_none(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    case, other = make_case(), make_case(name="Bilal")
    assert lists.unallocated(manager, timezone.now()) == []
    children.restrict_child(other.child.number, "family of staff", [manager])
    (found,) = lists.unallocated(manager, timezone.now())
    assert (found.case.key, found.more) == (
        other.pk,
        "its worker is not named for the restricted record",
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(person=worker).update(starts=yesterday, ends=yesterday)
    left = "its worker no longer works with cases"
    told = {each.case.key: each.more for each in lists.unallocated(manager, timezone.now())}
    assert told[case.pk] == left
    assert ALLOCATES in {each.what for each in things(case)}
    assert left.capitalize() in client_of(manager).get(reverse("your-work")).content.decode()
    for name in ("case", "known-person"):
        of = case.pk if name == "case" else case.child_id
        assert ALLOCATES in client_of(manager).get(reverse(name, args=[of])).content.decode()


def test_a_case_to_be_closed_is_not_to_be_allocated_until_it_is_left_open(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    case = make_case()
    closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    Person.objects.filter(pk=worker.pk).update(is_active=False)
    assert lists.unallocated(manager, timezone.now()) == []
    assert ALLOCATES not in {each.what for each in things(case)}
    closing.return_closure(again(case), again(case).version, "Not yet.", by=manager)
    assert len(lists.unallocated(manager, timezone.now())) == 1


def test_lists_say_how_much_of_restricted_children_they_leave_out_and_whom_nobody_goes_on_with(
    make_case: MakeCase, worker: Person, manager: Person, other_manager: Person, head: Person,
    make_person: Any, agencies: Any, client_of: Any,
) -> None:  # fmt: skip
    case = make_case()
    enquired(case, worker, manager)
    waits = make_case(name="Bilal", allocated=False)
    far = registered(make_person("team_manager", team="Another team", email="far@example.org"))
    restriction = children.restrict_child(case.child.number, "family of staff", [worker])
    second = children.restrict_child(waits.child.number, "family of staff", [])

    def told(name: str, who: Person, more: str = "") -> Any:
        answer = client_of(who).get(reverse(name) + more)
        found = answer.context["hidden"]
        assert ("Of restricted children" in answer.content.decode()) == bool(found)
        return (found.count, found.alone) if found else None

    assert told("to-authorise", head) == (1, 1)  # the worker alone is named
    assert told("your-work", head) == (2, 1)
    with CaptureQueriesContext(connection) as one:
        hidden_work(head, held_of(head, WORK_CASES)[1])
    third = make_case(name="Chidi")
    children.restrict_child(third.child.number, "family of staff", [worker])
    with CaptureQueriesContext(connection) as two:
        assert hidden_work(head, held_of(head, WORK_CASES)[1]).count == 3
    assert len(two) == len(one)  # no statement a child
    Referral.objects.filter(pk=third.pk).update(team=None, locality=None)
    assert told("your-work", head, "?whose=mine") is None
    assert told("unallocated", head) == (1, 1)
    for name in ("to-authorise", "your-work", "unallocated"):
        assert told(name, far) is None
        assert told(name, manager) is None  # of a team, one more would tell who it is
    assert told("your-work", worker) is None

    # Named, but unregistered, of another team, or whose own work it is: nobody authorises yet.
    mine = registered(make_person("team_manager", team=case.team.name, email="mine@example.org"))
    case.allocations.create(
        worker=mine, by=manager, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(1)
    )
    restriction.named.add(far, mine, make_person("team_manager", team=case.team.name))
    assert told("to-authorise", head) == (1, 1)
    restriction.named.add(other_manager)
    second.named.add(other_manager)
    assert told("to-authorise", head) == (1, 0)
    assert told("unallocated", head) == (1, 0)
    assert told("your-work", head) == (2, 0)

    # The worker is not named any more: for who is not either, the case is one more to allocate.
    restriction.named.remove(worker)
    assert told("unallocated", head) == (2, 0)
    assert told("your-work", worker) == (1, 0)


def test_what_another_must_do_is_said_where_nobody_named_may_and_after_a_merge_told(
    make_case: MakeCase, worker: Person, manager: Person, other_manager: Person, head: Person,
    chair: Person, agencies: Any, make_person: Any, django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    no_chair = "Nobody who is named may hold the child’s conference."
    no_minutes = "Nobody who is named may send the minutes of the child’s conference."
    no_court = "Nobody who is named may decide whether the child’s case goes to court."
    nobody = "Nobody who is named may authorise work in the child’s open case."
    case = make_case()
    conference = conferred(case, worker, manager, chair)
    restriction = children.restrict_child(
        case.child.number, "family of staff", [worker, manager, other_manager]
    )
    assert stuck_with(restriction) == [no_chair]
    restriction.named.add(chair)
    assert stuck_with(restriction) == []
    held = case.allocations.create(
        worker=chair, by=manager, starts_at=timezone.now(), ends_at=timezone.now()
    )
    assert stuck_with(restriction) == [no_chair], "they have had the case"
    held.delete()
    Conference.objects.filter(pk=conference.pk).update(held_at=timezone.now())
    assert stuck_with(restriction) == []
    restriction.named.remove(chair)
    assert stuck_with(restriction) == [no_minutes]
    Conference.objects.filter(pk=conference.pk).update(minutes_sent_on=timezone.localdate())
    before = PreProceedings.objects.create(
        referral=case, decided_on=timezone.localdate(), decided_by=head, decided_because="Why."
    )
    assert stuck_with(restriction) == [no_court]
    restriction.named.add(head)
    assert stuck_with(restriction) == []
    held = case.allocations.create(
        worker=head, by=manager, starts_at=timezone.now(), ends_at=timezone.now()
    )
    assert stuck_with(restriction) == [no_court]
    before.delete()
    assert stuck_with(restriction) == []

    # What waits for authorisation, and is the own work of the only one named.
    second, third = (make_case(name=name) for name in ("Bilal", "Chidi"))
    made = []
    for each in (second, third):
        made.append(
            children.restrict_child(each.child.number, "family of staff", [worker, manager])
        )
        assert stuck_with(made[-1]) == []
        closing.ask_to_close(each, "RC8", "The family has help.", by=manager)
        assert stuck_with(made[-1]) == [nobody]
    with CaptureQueriesContext(connection) as one:
        stuck_with_each(made[:1])
    with CaptureQueriesContext(connection) as two:
        assert stuck_with_each(made) == {each.pk: [nobody] for each in made}
    assert len(two) == len(one)  # no statement a child
    made[0].named.add(other_manager)
    assert stuck_with(made[0]) == []

    # Merged with a restricted record, a case is lost to its worker: those who may restrict are told.
    lead = make_person("governance_lead", email="lead@example.org")
    open_case, kept = make_case(name="Dina"), KnownPerson.objects.create(number="K-1")
    closes = children.restrict_child(kept.number, "family of staff", [manager])
    with django_capture_on_commit_callbacks(execute=True):
        children.merge_people(kept, open_case.child, "One child.", by=manager, address="https://x/")
    assert open_case.child_id in hidden_people(worker)
    assert [each.to for each in mail.outbox] == [[lead.email]]
    assert reverse("change-restriction", args=[closes.pk]) in mail.outbox[0].body
