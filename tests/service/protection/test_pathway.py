"""The pathway as it is walked: what follows from what, what is refused, what a late thing must say."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
    WRITTEN,
    MakeCase,
    again,
    assessed,
    attendance,
    book,
    conferred,
    discussed,
    enquired,
    held,
    planned,
)
from sightline.clocks.calendar import due
from sightline.service.accounts.models import Agency, Person, Team
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.models import Contact, Recommendation
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    discussing,
    enquiring,
    need,
    planning,
    referrals,
    visiting,
)
from sightline.service.protection.models import (
    Assessment,
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    Enquiry,
    NeedReview,
    Referral,
    StrategyDiscussion,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(team: Team, worker: Person, manager: Person) -> Contact:
    """A contact about a child who is known, decided as a referral."""
    from sightline.service.frontdoor.actions.thresholds import plant_guidance
    from sightline.service.frontdoor.models import Level

    plant_guidance()
    about = {"concern": "Hungry.", "team": team, "locality": team.locality, "source": "2A"}
    made = receive(Contact.Way.PHONE, about, [{"first_names": "Amara", "last_name": "Ashdown"}])
    child = KnownPerson.objects.create(number="C-1", first_names="Amara", last_name="Ashdown")
    made.children.update(person=child)
    Recommendation.objects.create(
        contact=made,
        outcome="referral",
        level=Level.objects.all()[0],
        rationale="r",
        by=worker,
        state="authorised",
        decided_outcome="referral",
        decision_rationale="r",
        decided_by=manager,
        decided_at=timezone.now(),
    )
    return made


def _child() -> KnownPerson:
    return KnownPerson.objects.get(number="C-1")


# --- How a case begins


def test_a_referral_is_made_of_an_authorised_contact_and_once(contact: Contact) -> None:
    first = referrals.open_referral(_child(), contact)
    assert referrals.open_referral(_child(), contact) == first
    assert Referral.objects.count() == 1
    assert (first.received_at, first.source, first.team) == (
        contact.received_at,
        "2A",
        contact.team,
    )
    assert not StrategyDiscussion.objects.exists()


def test_for_a_strategy_discussion_one_is_called_at_once_and_once(contact: Contact) -> None:
    Recommendation.objects.update(decided_outcome="strategy")
    for _ in range(2):
        referrals.open_referral(_child(), contact)
    called = StrategyDiscussion.objects.get()
    assert called.suspected_at == Recommendation.objects.get().decided_at


def test_a_new_contact_opens_a_case_to_be_closed_again_with_what_was_decided(
    contact: Contact, worker: Person, manager: Person, client_of: Any
) -> None:
    case = referrals.open_referral(_child(), contact)
    allocating.allocate(case, case.version, worker=worker, team=None, by=manager)
    closing.ask_to_close(again(case), "RC8", "The family has help.", by=worker)
    read = again(case)
    Recommendation.objects.update(decided_outcome="strategy")
    assert referrals.open_referral(_child(), contact) == case
    case = again(case)
    assert (case.state, case.closing_by, case.closing_returned_by) == ("open", None, manager)
    assert StrategyDiscussion.objects.filter(referral=case, decision="").exists()
    with pytest.raises((StepError, IncompleteError)):
        closing.authorise_closure(read, read.version, "I agree.", by=manager)
    page = client_of(worker).get(reverse("case", args=[case.pk])).content.decode()
    assert "A new contact was decided for social care." in page
    # Something begun since the closure was asked for keeps the case open too.
    StrategyDiscussion.objects.all().delete()
    closing.ask_to_close(again(case), "RC8", "The family has help.", by=worker)
    StrategyDiscussion.objects.create(referral=case, suspected_at=timezone.now())
    read = again(case)
    with pytest.raises(IncompleteError, match="a strategy discussion"):
        closing.authorise_closure(read, read.version, "I agree.", by=manager)
    closing.return_closure(read, read.version, "Not while they meet.", by=manager)
    page = client_of(worker).get(reverse("case", args=[case.pk])).content.decode()
    assert "Not while they meet." in page


def test_a_case_of_neither_team_nor_locality_does_not_begin(contact: Contact) -> None:
    Contact.objects.update(team=None, locality=None)
    with pytest.raises(IncompleteError, match="nobody will see the case"):
        referrals.open_referral(_child(), again(contact))


def test_no_referral_is_made_of_another_decision_or_of_another_child(contact: Contact) -> None:
    another = KnownPerson.objects.create(number="C-2")
    with pytest.raises(IncompleteError, match="not about this child"):
        referrals.open_referral(another, contact)
    Recommendation.objects.update(decided_outcome="early_help")
    with pytest.raises(IncompleteError, match="No referral"):
        referrals.open_referral(_child(), contact)
    assert not Referral.objects.exists()


def test_the_case_of_a_merged_record_is_that_of_the_child(contact: Contact) -> None:
    first = referrals.open_referral(_child(), contact)
    kept = KnownPerson.objects.create(number="C-9")
    KnownPerson.objects.filter(number="C-1").update(merged_into=kept)
    assert referrals.open_referral(kept, contact) == first


def test_a_transfer_in_with_a_plan_has_a_conference_due_within_fifteen_working_days(
    team: Team, manager: Person, recorded: KnownPerson
) -> None:
    told = timezone.localdate() - timedelta(days=3)
    about = {
        "transferred_from": "Another council",
        "received_at": referrals.received_on(told),
        "had_plan": True,
        "team": team,
        "locality": None,
    }
    made = referrals.transfer_in(recorded, **about, by=manager)
    asked = Conference.objects.get(referral=made)
    assert (asked.kind, asked.due_on) == ("transfer", due(told, 15))
    with pytest.raises(StepError, match="open case already"):
        referrals.transfer_in(recorded, **about, by=manager)


def test_whether_there_was_a_plan_elsewhere_may_be_unknown_and_is_then_found_out(
    team: Team, manager: Person, recorded: KnownPerson, client_of: Any
) -> None:
    told = timezone.localdate() - timedelta(days=3)
    sent = {
        "transferred_from": "Another council",
        **{f"received_on_{part}": getattr(told, part) for part in ("day", "month", "year")},
        "had_plan": "unknown",
        "team": team.pk,
    }
    client = client_of(manager)
    client.post(reverse("transfer-in", args=[recorded.pk]), sent)
    made = Referral.objects.get()
    assert made.had_plan_there is None
    address, what = reverse("describe-case", args=[made.pk]), "Find out whether there was a plan"
    assert what in client.get(reverse("your-work")).content.decode()
    about = {"primary_need": "N1", "locality": "", "version": made.version}
    client.post(address, {**about, "had_plan_there": "True"})
    asked = Conference.objects.get(referral=made)
    assert (asked.kind, asked.due_on) == ("transfer", due(told, 15))
    page = client.get(reverse("your-work")).content.decode()
    assert what not in page
    assert "had_plan_there" not in client.get(address).content.decode()


@pytest.fixture
def recorded(manager: Person) -> KnownPerson:
    return KnownPerson.objects.create(number="C-7", made_by=manager)


def test_the_page_of_a_transfer_in_opens_to_the_managers_of_the_child_alone(
    team: Team, manager: Person, recorded: KnownPerson, make_person: Any, client_of: Any
) -> None:
    address = reverse("transfer-in", args=[recorded.pk])
    told = timezone.localdate()
    sent = {
        "transferred_from": "Another council",
        **{f"received_on_{part}": getattr(told, part) for part in ("day", "month", "year")},
        "had_plan": "False",
        "team": team.pk,
    }
    far = make_person("team_manager", team="Another team", email="far@example.org")
    assert client_of(far).post(address, sent).status_code == 403
    assert not Referral.objects.exists()
    client = client_of(manager)
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    made = Referral.objects.get()
    assert (made.child, made.transferred_from) == (recorded, "Another council")
    assert not made.conferences.exists()
    assert reverse("case", args=[made.pk]) in client.get(reverse("unallocated")).content.decode()


# --- Allocation


def test_a_case_changes_hands_with_the_reason_and_keeps_its_history(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any
) -> None:
    case = make_case()
    second = make_person("social_worker", worker="Worker 2", email="second@example.org")
    with pytest.raises(IncompleteError, match="why it changes hands"):
        allocating.allocate(case, case.version, worker=second, team=None, by=manager)
    allocating.allocate(
        case, case.version, worker=second, team=None, why_changed="LEFTRL", by=manager
    )
    rows = list(case.allocations.order_by("starts_at"))
    assert [(each.worker, each.why_changed) for each in rows] == [(worker, "LEFTRL"), (second, "")]
    assert rows[0].ends_at == rows[1].starts_at


def test_nobody_but_a_social_worker_or_manager_is_given_a_case(
    make_case: MakeCase, manager: Person, support: Person
) -> None:
    case = make_case(allocated=False)
    with pytest.raises(IncompleteError, match="Only a social worker"):
        allocating.allocate(case, 1, worker=support, team=None, by=manager)


# --- Assessment


@pytest.mark.parametrize("lacks", ["child_view", "parent_view", "judgement", "factors", "outcome"])
def test_an_assessment_is_not_handed_in_without_each_of_the_three_voices(
    lacks: str, make_case: MakeCase, worker: Person
) -> None:
    row = assessed(make_case(), worker, "writing")
    assessing.write_assessment(row, 1, {**WRITTEN, lacks: ""}, by=worker)
    with pytest.raises(IncompleteError):
        assessing.submit_assessment(again(row), by=worker)
    assert again(row).submitted_at is None


def test_whether_the_child_was_seen_must_be_said(make_case: MakeCase, worker: Person) -> None:
    row = assessed(make_case(), worker, "writing")
    assessing.write_assessment(row, 1, {**WRITTEN, "child_seen": None}, by=worker)
    with pytest.raises(IncompleteError, match="whether the child was seen"):
        assessing.submit_assessment(again(row), by=worker)


def test_a_late_assessment_says_why(make_case: MakeCase, worker: Person) -> None:
    row = assessed(make_case(timezone.now() - timedelta(days=100)), worker, "writing")
    assessing.write_assessment(row, 1, WRITTEN, by=worker)
    with pytest.raises(IncompleteError, match="late"):
        assessing.submit_assessment(again(row), by=worker)
    assessing.write_assessment(again(row), 2, {"late_reason": "family"}, by=worker)
    assessing.submit_assessment(again(row), by=worker)
    assert again(row).submitted_at


def test_what_was_rewritten_after_it_was_read_is_not_authorised(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    row = assessed(make_case(), worker)
    read = row.version
    assessing.return_assessment(row, read, "Ask the school.", by=manager)
    assessing.write_assessment(again(row), again(row).version, {"judgement": "Other."}, by=worker)
    assessing.submit_assessment(again(row), by=worker)
    with pytest.raises(StepError):
        assessing.authorise_assessment(row, read, "I agree.", by=manager)
    assert again(row).authorised_at is None


# --- Strategy discussion and enquiry


def test_an_enquiry_begins_with_the_discussion_that_decided_it(
    make_case: MakeCase, worker: Person, manager: Person, agencies: dict[str, Agency]
) -> None:
    row = discussed(make_case(), worker, manager)
    enquiry = Enquiry.objects.get(discussion=row)
    assert enquiry.began_at == row.held_at
    assert row.agencies.count() == 3


def test_of_police_and_health_it_is_said_whether_they_took_part(
    make_case: MakeCase, worker: Person, manager: Person, agencies: dict[str, Agency]
) -> None:
    at = timezone.now() - timedelta(hours=1)
    row = discussing.call_discussion(make_case(), at, by=worker)
    about: dict[str, Any] = {
        "held_at": at,
        "chair": manager,
        "minutes": "m",
        "by": worker,
    }
    without = {a: s for a, s in attendance().items() if a.kind != "health"}
    with pytest.raises(IncompleteError, match="health"):
        discussing.record_discussion(row, 1, agencies=without, **about)
    given = {**without, agencies["health"]: ("information", "")}
    discussing.record_discussion(row, 1, agencies=given, **about)
    assert row.agencies.get(agency=agencies["health"]).status == "information"


def test_to_meet_again_keeps_the_clock_running(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    row = discussed(make_case(), worker, manager, "again")
    waits = StrategyDiscussion.objects.get(decision="")
    assert waits.suspected_at == row.suspected_at
    assert not Enquiry.objects.exists()


def test_decided_after_day_five_it_says_why_it_is_late(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    long_ago = timezone.now() - timedelta(days=14)
    row = enquired(make_case(long_ago), worker, manager, when=long_ago)
    with pytest.raises(IncompleteError, match="late"):
        enquiring.decide_conference(row, "yes", "r", by=manager)
    enquiring.decide_conference(row, "yes", "r", late_because="No manager was there.", by=manager)
    assert again(row).decided_late_because == "No manager was there."


def test_in_time_no_lateness_is_kept_and_the_conference_is_due_by_its_clock(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    row = enquired(make_case(), worker, manager, "yes")
    assert row.decided_late_because == ""
    asked = Conference.objects.get()
    assert asked.due_on == due(timezone.localdate(row.began_at), 15)
    assert asked.enquiry == row


def test_no_conference_is_a_decision_too(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    row = enquired(make_case(), worker, manager, "no")
    assert (row.conference_needed, row.decided_by) == ("no", manager)
    assert not Conference.objects.exists()


# --- Conference


def test_a_plan_begins_with_its_core_group_and_review(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    today = timezone.localdate(plan.made_at.held_at)
    assert plan.starts == today
    assert plan.core_groups.get().due_on == due(today, 10)
    from sightline.clocks.months import add_months

    assert plan.reviews.get().due_on == add_months(today, 3)
    assert plan.previous_plans is None


def test_held_late_it_needs_a_coded_reason_and_for_an_agency_which(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: dict[str, Agency],
) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    row = conferred(make_case(long_ago), worker, manager, chair, when=long_ago)
    with pytest.raises(IncompleteError, match="late"):
        conferring.hold_conference(row, held(), by=chair)
    with pytest.raises(IncompleteError, match="agency"):
        conferring.hold_conference(row, held(late_reason="reports"), by=chair)
    late = held(late_reason="reports", late_agency=agencies["health"])
    conferring.hold_conference(row, late, by=chair)
    row = again(row)
    assert (row.late_reason, row.late_agency) == ("reports", agencies["health"])


def test_of_each_agency_invited_it_is_said_whether_it_came(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    support: Person,
    agencies: dict[str, Agency],
) -> None:
    row = conferred(make_case(), worker, manager, chair)
    invited = conferring.invite_agency(row, agencies["police"], timezone.localdate(), by=support)
    with pytest.raises(StepError, match="invited already"):
        conferring.invite_agency(row, agencies["police"], timezone.localdate(), by=support)
    with pytest.raises(IncompleteError, match="each agency"):
        conferring.hold_conference(row, held(), by=chair)
    conferring.hold_conference(row, held(attended={invited.pk: (True, True)}), by=chair)
    assert (again(invited).attended, again(invited).remotely) == (True, True)


def test_put_off_its_clock_goes_on(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, support: Person
) -> None:
    row = conferred(make_case(), worker, manager, chair)
    other = conferring.put_off(row, "The room was flooded.", late_reason="venue", by=support)
    assert again(row).why_called_off.startswith(f"The room was flooded. ({support}, ")
    assert (other.due_on, other.enquiry, other.booked_for) == (row.due_on, row.enquiry, None)


def test_a_review_goes_on_or_ends_the_plan_and_steps_down(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    review = plan.reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(again(review), held("continues", category="EMO"), by=chair)
    plan = again(plan)
    assert (plan.initial_category, plan.latest_category) == ("NEG", "EMO")
    second = plan.reviews.get(held_at=None)
    book(second, chair, worker)
    with pytest.raises(IncompleteError, match="instead"):
        conferring.hold_conference(again(second), held("ends", after=""), by=chair)
    conferring.hold_conference(again(second), held("ends"), by=chair)
    plan = again(plan)
    assert plan.ends
    assert plan.ended_because
    assert plan.ended_by == chair
    assert not CoreGroup.objects.exists()
    stepped = ChildInNeedPlan.objects.get()
    assert stepped.stepped_from == "child protection plan"
    assert NeedReview.objects.get().plan == stepped


def test_a_plan_steps_up_from_a_child_in_need_plan(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person
) -> None:
    case = make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)
    texts = {"needs": "n", "goals": "g", "child_view": "", "parent_view": ""}
    plan = need.begin_need_plan(case, timezone.localdate(), texts, by=worker)
    planned(case, worker, manager, chair)
    plan = again(plan)
    assert (plan.stepped_to, bool(plan.ends)) == ("child protection plan", True)
    with pytest.raises(StepError, match="comes before"):
        need.begin_need_plan(case, timezone.localdate(), texts, by=worker)


def test_a_child_in_need_plan_needs_an_assessment(make_case: MakeCase, worker: Person) -> None:
    texts = {"needs": "n", "goals": "g"}
    with pytest.raises(IncompleteError, match="assessment"):
        need.begin_need_plan(make_case(), timezone.localdate(), texts, by=worker)


def test_a_late_core_group_says_why_and_the_next_waits(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    group = plan.core_groups.get()
    CoreGroup.objects.update(due_on=plan.starts - timedelta(days=1))
    group = again(group)
    about: dict[str, Any] = {
        "held_on": plan.starts,
        "present": "Mother",
        "progress": "Better.",
        "child_view": "c",
        "parent_view": "p",
        "by": worker,
    }
    with pytest.raises(IncompleteError, match="late"):
        planning.hold_core_group(group, **about)
    planning.hold_core_group(group, **about, late_because="The room was taken.")
    following = plan.core_groups.get(held_on=None)
    assert following.due_on == due(plan.starts, 30)


def test_a_plan_ends_without_a_conference_only_for_a_reason_of_the_list(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    with pytest.raises(IncompleteError):
        planning.end_plan(plan, "tidy", "r", by=manager)
    planning.end_plan(plan, "moved", "They have taken over.", by=manager)
    assert "moved for good" in again(plan).ended_because
    assert plan.reviews.get().cancelled_because == "The plan has ended."


def test_what_was_overdue_when_a_plan_ended_stays_on_record_as_not_held(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, client_of: Any
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    CoreGroup.objects.update(due_on=plan.starts - timedelta(days=1))
    CoreGroup.objects.create(plan=plan, due_on=plan.starts + timedelta(days=30))
    planning.end_plan(plan, "moved", "They have taken over.", by=manager)
    left = CoreGroup.objects.get()
    assert left.due_on < plan.starts
    assert left.not_held_because
    page = client_of(worker).get(reverse("protection-plan", args=[plan.pk])).content.decode()
    assert left.not_held_because in page


def test_a_child_of_two_merged_cases_has_one_plan_and_each_case_tells_of_the_other(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: dict[str, Agency],
    client_of: Any,
) -> None:
    first, second = make_case(), make_case()
    row = conferred(first, worker, manager, chair)
    planned(second, worker, manager, chair)
    KnownPerson.objects.filter(pk=first.child_id).update(merged_into=second.child_id)
    with pytest.raises(StepError, match="open already"):
        conferring.hold_conference(again(row), held(), by=chair)
    done = assessed(again(first), worker)
    assessing.authorise_assessment(done, done.version, "Agreed.", by=manager)
    with pytest.raises(StepError, match="comes before"):
        need.begin_need_plan(
            again(first), timezone.localdate(), {"needs": "n", "goals": "g"}, by=worker
        )
    for case, other in ((first, second), (second, first)):
        page = client_of(worker).get(reverse("case", args=[case.pk])).content.decode()
        assert f'href="{reverse("case", args=[other.pk])}">another open case' in page
        assert "<title>Case" in page
        assert "Ashdown" not in page.partition("</title>")[0]
    records = [second.child, KnownPerson.objects.get(pk=first.child_id)]
    assert referrals._open_of(records) == second


def test_what_a_case_is_about_is_said_before_an_assessment_is_handed_in(
    make_case: MakeCase, worker: Person, client_of: Any
) -> None:
    row = assessed(make_case(), worker, "writing")
    assessing.write_assessment(row, 1, WRITTEN, by=worker)
    Referral.objects.update(primary_need="")
    with pytest.raises(IncompleteError, match="primary need"):
        assessing.submit_assessment(again(row), by=worker)
    client, address = client_of(worker), reverse("describe-case", args=[row.referral_id])
    case = again(row.referral)
    sent = {"primary_need": "", "locality": case.locality_id, "version": case.version}
    assert client.post(address, sent).status_code == 200
    assert client.post(address, {**sent, "primary_need": "N4"}).status_code == 302
    assert again(case).primary_need == "N4"
    assessing.submit_assessment(again(row), by=worker)


# --- Visits


def visited(**more: Any) -> dict[str, Any]:
    return {
        "pathway": "assessment",
        "made_at": timezone.now() - timedelta(minutes=30),
        "seen": True,
        "seen_alone": True,
        "why_not": "",
        "bedroom_seen": True,
        "own_words": "I like my dog.",
        **more,
    }


@pytest.mark.parametrize(
    "more",
    [
        {"seen": False, "seen_alone": None, "own_words": ""},
        {"seen": False, "seen_alone": True, "why_not": "Asleep."},
        {"seen_alone": None},
        {"seen_alone": False},
        {"bedroom_seen": None},
        {"own_words": ""},
        {"made_at": datetime(2100, 1, 1, tzinfo=timezone.get_current_timezone())},
    ],
)
def test_a_visit_says_what_was_seen_or_why_not(
    more: dict[str, Any], make_case: MakeCase, worker: Person
) -> None:
    with pytest.raises(IncompleteError):
        visiting.record_visit(make_case(), visited(**more), by=worker)


def test_a_visit_that_is_corrected_says_by_whom_and_why(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    not_seen = visited(seen=False, seen_alone=None, own_words="", why_not="Nobody opened.")
    row = visiting.record_visit(make_case(), not_seen, by=worker)
    with pytest.raises(IncompleteError, match="why it is corrected"):
        visiting.correct_visit(row, row.version, visited(), because_of="", by=manager)
    visiting.correct_visit(
        row, row.version, visited(), because_of="It was another child.", by=manager
    )
    page = client_of(worker).get(reverse("visit", args=[row.pk])).content.decode()
    assert f"It was another child. ({manager}," in page
    assert again(row).by == worker


def test_the_same_visit_sent_twice_is_one(make_case: MakeCase, worker: Person) -> None:
    case, seen = make_case(), visited()
    visiting.record_visit(case, seen, by=worker)
    with pytest.raises(StepError, match="already"):
        visiting.record_visit(case, seen, by=worker)
    assert case.visits.count() == 1


# --- Closure


def test_a_case_closes_only_once_nothing_is_open_and_by_another(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    case = make_case()
    row = assessed(case, worker)
    with pytest.raises(IncompleteError, match="an assessment"):
        closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)
    closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    case = again(case)
    with pytest.raises(StepError):
        assessing.begin_assessment(case, by=worker)
    with pytest.raises(NotAllowedError):
        closing.authorise_closure(case, case.version, "I agree.", by=worker)
    closing.authorise_closure(case, case.version, "I agree.", by=manager)
    case = again(case)
    assert (case.state, case.closed_by, case.closed_rationale) == ("closed", manager, "I agree.")
    assert not case.allocations.filter(ends_at=None).exists()
    assert Assessment.objects.get().authorised_because == "Agreed."
