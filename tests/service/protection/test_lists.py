"""Who sees which case, what comes first, and what a list costs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
    MakeCase,
    again,
    assessed,
    conferred,
    enquired,
    planned,
    registered,
)
from sightline.clocks.calendar import due
from sightline.clocks.rules import LONDON
from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.policies import ALLOCATE, OPEN_CHILDREN, WORK_CASES
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import entries_of, may_open, open_with
from sightline.service.protection.access import cases_of
from sightline.service.protection.actions import allocating, closing, visiting
from sightline.service.protection.models import Enquiry, Referral
from sightline.service.protection.queries import lists
from sightline.service.protection.queries.to_authorise import waiting_for
from sightline.service.protection.queries.worklist import Thing, held_in, things_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 28
LISTS = ("your-work", "cases", "to-authorise", "unallocated", "caseloads", "conferences")
PARTS = (
    ("assessment", "assessments"),
    ("discussion", "discussions"),
    ("enquiry", "enquiries"),
    ("conference", "conferences"),
    ("conference-held", "conferences"),
    ("protection-plan", "plans"),
    ("visit", "visits"),
)


def things(case: Referral, now: datetime | None = None) -> list[Thing]:
    return things_in(Referral.objects.filter(pk=case.pk), now or timezone.now())


def of(case: Referral, what: str, now: datetime | None = None) -> Thing:
    return next(each for each in things(case, now) if each.what == what)


def visit(
    case: Referral, by: Person, *, seen: bool = True, pathway: str = "cpp", ago: int = 5
) -> Any:
    given = {
        "pathway": pathway,
        "made_at": timezone.now() - timedelta(minutes=ago),
        "seen": seen,
        "seen_alone": True if seen else None,
        "why_not": "" if seen else "Nobody opened.",
        "bedroom_seen": True if seen else None,
        "own_words": "I like my dog." if seen else "",
    }
    return visiting.record_visit(case, given, by=by)


@pytest.fixture
def whole(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> Referral:
    """A case with something of everything in it."""
    case = make_case()
    assessed(case, worker, "writing")
    planned(case, worker, manager, chair)
    visit(case, worker)
    return case


# --- The order of things


def test_day_three_and_four_are_told_and_after_day_five_it_is_overdue(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any
) -> None:
    case = make_case()
    enquired(case, worker, manager)
    began = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
    Enquiry.objects.update(began_at=began)
    found = []
    for number in range(1, 7):
        now = datetime.combine(due(began.date(), number), datetime.min.time(), LONDON)
        thing = of(case, "Decide whether a conference is needed", now + timedelta(hours=12))
        found.append((thing.standing, thing.more))
    assert found == [
        ("due", ""),
        ("due", ""),
        ("near", "day 3 of 5"),
        ("near", "day 4 of 5"),
        ("near", "day 4 of 5"),
        ("overdue", ""),
    ]


def test_a_visit_at_which_the_child_was_not_seen_stops_no_clock_and_comes_first(
    whole: Referral, worker: Person
) -> None:
    before = of(whole, "Visit to see the child")
    assert before.standing == "due"
    visit(whole, worker, seen=False, ago=1)
    after = of(whole, "Visit to see the child")
    assert (after.standing, after.due) == ("not seen", before.due)
    first = things(whole)[0]
    assert (first.what, first.standing) == (after.what, after.standing)


def test_a_child_of_an_enquiry_who_was_not_seen_comes_before_what_is_overdue(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any
) -> None:
    case = make_case(timezone.now() - timedelta(days=120))
    enquired(case, worker, manager)
    found = things(case)
    assert (found[0].what, found[0].standing) == ("See the child", "not seen")
    assert found[1].standing == "overdue"
    visit(case, worker, pathway="assessment", ago=1)
    assert "not seen" not in {each.standing for each in things(case)}


def test_a_visit_to_a_child_on_a_plan_that_is_late_is_a_child_not_seen(
    whole: Referral, worker: Person
) -> None:
    whole.visits.all().delete()
    whole.plans.update(starts=timezone.localdate() - timedelta(days=40))
    assert of(whole, "First visit to see the child").standing == "not seen"


def test_not_seen_overdue_near_and_due_in_this_order(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any
) -> None:
    enquired(make_case(), worker, manager)
    make_case(timezone.now() - timedelta(days=120))
    make_case(timezone.now() - timedelta(days=54))
    make_case()
    found = things_in(Referral.objects.all(), timezone.now())
    ranks = ["not seen", "overdue", "near", "due"]
    assert [each.standing for each in found] == sorted(
        (each.standing for each in found), key=ranks.index
    )
    assert {each.standing for each in found} == set(ranks)


# --- Lists of managers


def test_unallocated_are_told_with_their_hours(
    make_case: MakeCase, manager: Person, client_of: Any
) -> None:
    make_case()
    waits = make_case(timezone.now() - timedelta(hours=30), allocated=False, name="Bilal")
    page = client_of(manager).get(reverse("unallocated"))
    rows = page.context["rows"]
    assert [(r["thing"].case.key, r["hours"], r["thing"].standing) for r in rows] == [
        (waits.pk, 30, "overdue")
    ]


def test_what_waits_for_authorisation_says_what_is_ones_own(
    make_case: MakeCase, worker: Person, manager: Person, other_manager: Person, agencies: Any
) -> None:
    case = make_case()
    assessed(case, manager)
    enquired(case, worker, manager)
    third = make_case()
    closing.ask_to_close(third, "RC8", "The family has help.", by=worker)
    now = timezone.now()
    own = {each.what: each.own for each in waiting_for(manager, now)}
    assert own == {"Is a conference needed?": False, "Assessment": True, "Closure": False}
    others = waiting_for(other_manager, now)
    assert others[0].what == "Is a conference needed?"
    assert not any(each.own for each in others)


def test_caseloads_count_each_case_once(
    whole: Referral, make_case: MakeCase, worker: Person, manager: Person
) -> None:
    make_case()
    visit(whole, worker, seen=False, ago=1)
    load = lists.caseloads(held_in(cases_of(manager, ALLOCATE)), timezone.now())
    assert [
        (each.worker, each.cases, each.on_plan, each.enquiries, each.not_seen) for each in load
    ] == [(worker, 2, 1, 1, 1)]


def test_a_case_that_changed_hands_is_told_with_the_reason(
    make_case: MakeCase, manager: Person, make_person: Any, client_of: Any
) -> None:
    case = make_case()
    second = make_person("social_worker", worker="Worker 2", email="second@example.org")
    allocating.allocate(
        case, case.version, worker=second, team=None, why_changed="LEFTRL", by=manager
    )
    text = client_of(manager).get(reverse("caseloads")).content.decode()
    assert "Worker left the role" in text


# --- Who sees what


def test_what_is_on_somebodys_list_they_may_open_and_nothing_else(
    make_case: MakeCase, make_person: Callable[..., Person]
) -> None:
    case = make_case()
    near = {"social_worker", "team_manager", "service_manager"}
    for role in near:
        for here in (True, False):
            person = make_person(
                role,
                team="Redditch team 1" if here else "Another team",
                district="Redditch" if here else "Another district",
                worker="Worker 1" if here else "Worker 9",
                email=f"{role}-{here}@example.org",
            )
            if here and role == "social_worker":
                case.allocations.update(worker=person)
            listed = cases_of(person, WORK_CASES).filter(pk=case.pk).exists()
            assert listed == may_open(person, case.child, WORK_CASES) == here, (role, here)


def test_a_worker_who_no_longer_has_a_case_has_it_on_no_list_but_may_still_read_it(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any
) -> None:
    case = make_case()
    second = make_person("social_worker", worker="Worker 2", email="second@example.org")
    allocating.allocate(
        case, case.version, worker=second, team=None, why_changed="MANAGE", by=manager
    )
    assert not cases_of(worker, WORK_CASES).exists()
    assert may_open(worker, case.child, OPEN_CHILDREN)
    case.allocations.filter(worker=worker).update(
        starts_at=timezone.now() - timedelta(days=800),
        ends_at=timezone.now() - timedelta(days=400),
    )
    assert not may_open(worker, case.child, OPEN_CHILDREN)


def test_a_team_narrows_the_list_only_where_there_is_another_to_choose(
    make_case: MakeCase, manager: Person, make_person: Any, client_of: Any
) -> None:
    case, without = make_case(), make_case(name="Bilal")
    Referral.objects.filter(pk=without.pk).update(team=None)
    head = client_of(make_person("service_manager", email="head@example.org"))
    address = f"{reverse('your-work')}?team={case.team_id}"

    def listed() -> set[int]:
        page = head.get(address)
        assert ("Every team" in page.content.decode()) == bool(page.context["teams"])
        return {row["thing"].case.key for row in page.context["rows"]}

    # Of one team alone there is nothing to choose, so that nothing is left out unsaid.
    assert listed() == {case.pk, without.pk}
    second = make_case(name="Chidi")
    other = Team.objects.create(name="Another team", locality=case.team.locality)
    Referral.objects.filter(pk=second.pk).update(team=other)
    assert listed() == {case.pk}


def test_a_restricted_child_is_on_no_list_and_opens_nothing(
    whole: Referral,
    worker: Person,
    manager: Person,
    chair: Person,
    support: Person,
    client_of: Any,
) -> None:
    restrict_child(whole.child.number, "family of staff", [])
    for person in (manager, worker, support):
        client = client_of(person)
        for name in LISTS:
            page = client.get(reverse(name))
            assert "Ashdown" not in page.content.decode(), (person, name)
    client = client_of(manager)
    assert client.get(reverse("case", args=[whole.pk])).status_code == 403
    for name, related in PARTS:
        row = getattr(whole, related).first()
        assert client.get(reverse(name, args=[row.pk])).status_code == 403, name
    assert not cases_of(chair, OPEN_CHILDREN).exists()


def test_a_restricted_child_whose_records_were_merged_stays_hidden(
    make_case: MakeCase, manager: Person
) -> None:
    case = make_case()
    kept = KnownPerson.objects.create(number="C-kept")
    KnownPerson.objects.filter(pk=case.child_id).update(merged_into=kept)
    restrict_child("C-kept", "family of staff", [])
    assert not cases_of(manager, ALLOCATE).exists()


# --- Pages


def test_every_page_opens_with_few_questions_and_its_view_is_on_record(
    whole: Referral, manager: Person, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(manager)
    pages = [reverse(name) for name in LISTS] + [reverse("case", args=[whole.pk])]
    for name, related in PARTS:
        pages.append(reverse(name, args=[getattr(whole, related).first().pk]))
    for address in pages:
        before = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=whole.child.number).count()
        with django_assert_max_num_queries(MOST_QUERIES):
            page = client.get(address)
        assert page.status_code == 200, address
        assert "<h1" in page.content.decode(), address
        shown = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=whole.child.number).count()
        assert (shown > before) == ("Ashdown" in page.content.decode()), address


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_no_more_with_more_on_it(
    name: str, make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any,
    client_of: Any,
) -> None:  # fmt: skip
    client = client_of(manager)

    def more() -> None:
        case = make_case()
        assessed(case, worker)
        conferred(case, worker, manager, chair, "to book")
        make_case(allocated=False)
        planned(make_case(), worker, manager, chair)

    more()
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(name))
    for _ in range(3):
        more()
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))
    assert len(many) == len(few) <= MOST_QUERIES


def test_the_childs_record_tells_of_the_pathway(
    whole: Referral, worker: Person, client_of: Any
) -> None:
    entries = [each.what for each in entries_of(whole.child, worker, "Protection")]
    for said in (
        "Referral to social care",
        "Allocated to Invented social_worker",
        "Section 47 enquiry began",
        "Child protection plan began",
        "Visit: the child was seen, alone",
    ):
        assert said in entries, entries
    assert any(each.startswith("Strategy discussion: Section 47") for each in entries)
    opened = [each.what for each in open_with(whole.child, worker)]
    assert "Case open to social care" in opened
    assert "Core group" in opened
    for name in ("known-person", "chronology"):
        page = client_of(worker).get(reverse(name, args=[whole.child_id]))
        assert page.status_code == 200
        assert reverse("case", args=[whole.pk]) in page.content.decode()


def test_the_chronology_costs_no_more_with_more_cases(
    whole: Referral, worker: Person, manager: Person
) -> None:
    with CaptureQueriesContext(connection) as few:
        told = entries_of(whole.child, worker, "Protection")
    now = timezone.now()
    for _ in range(2):
        before = Referral.objects.create(
            child=whole.child,
            received_at=now - timedelta(days=400),
            state="closed",
            closed_on=now.date(),
            closed_because="The family has help.",
            closed_rationale="I agree.",
            closing_by=worker,
            closed_by=manager,
        )
        before.allocations.create(worker=worker, by=manager, starts_at=now, ends_at=now)
    with CaptureQueriesContext(connection) as many:
        more = entries_of(whole.child, worker, "Protection")
    assert len(more) > len(told)
    assert len(many) == len(few)


def test_support_reaches_the_conference_and_not_the_case(
    whole: Referral, support: Person, client_of: Any
) -> None:
    client = client_of(support)
    row = whole.conferences.filter(held_at=None)[0]
    assert "Ashdown" in client.get(reverse("conferences")).content.decode()
    assert client.get(reverse("conference", args=[row.pk])).status_code == 200
    assert client.get(reverse("case", args=[whole.pk])).status_code == 403


def test_two_who_write_the_same_assessment_are_shown_both_texts_and_drafts_stay(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    row = assessed(make_case(), worker, "writing")
    address = reverse("write-assessment", args=[row.pk])
    draft = client_of(worker).get(address).context["draft"].token
    client_of(worker).post(
        reverse("save-draft"), {"draft": draft, "judgement": "Half a sentence", "version": 1}
    )
    assert "Half a sentence" in client_of(worker).get(address).content.decode()
    client_of(manager).post(address, {"version": 1, "judgement": "The manager’s words."})
    answer = client_of(worker).post(address, {"version": 1, "judgement": "The worker’s words."})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "The manager’s words." in text
    assert "The worker’s words." in text
    assert again(row).judgement == "The manager’s words."


def test_every_form_keeps_a_draft(whole: Referral, worker: Person, client_of: Any) -> None:
    client = client_of(worker)
    plan = whole.plans.get()
    for name, key in (
        ("ask-to-close", whole.pk),
        ("call-discussion", whole.pk),
        ("record-visit", whole.pk),
        ("begin-need-plan", whole.pk),
        ("write-plan", plan.pk),
        ("add-plan-action", plan.pk),
        ("hold-core-group", plan.core_groups.get().pk),
        ("book-conference", plan.reviews.get().pk),
        ("invite-agency", plan.reviews.get().pk),
    ):
        page = client.get(reverse(name, args=[key]))
        assert page.status_code == 200, name
        assert page.context["draft"], name


def test_an_assistant_director_has_what_is_to_be_authorised(
    make_case: MakeCase, worker: Person, make_person: Any, client_of: Any
) -> None:
    director = registered(make_person("assistant_director"))
    row = assessed(make_case(), worker)
    assert "Ashdown" in client_of(director).get(reverse("to-authorise")).content.decode()
    page = client_of(director).get(reverse("decide-assessment", args=[row.pk]))
    assert page.status_code == 200
    assert "She likes school." in page.content.decode()
