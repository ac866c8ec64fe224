"""What a conference may be recorded with: what is true, and nothing that cannot be."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
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
from service.protection.test_lists import of
from sightline.clocks.calendar import due
from sightline.clocks.months import add_months
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.children.actions import restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.protection import clocks
from sightline.service.protection.actions import (
    assessing,
    conferring,
    correcting,
    discussing,
    enquiring,
    need,
    planning,
    visiting,
)
from sightline.service.protection.actions.steps import OWN, UNREGISTERED
from sightline.service.protection.models import (
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    Enquiry,
    ProtectionPlan,
    Referral,
    StrategyDiscussion,
    Visit,
)
from sightline.service.protection.papers import conference_record
from sightline.service.protection.queries import lists
from sightline.service.protection.queries.to_authorise import waiting_for

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NEEDS = {"needs": "n", "goals": "g"}


def assess(case: Referral, worker: Person, manager: Person) -> None:
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)


def test_an_enquiry_during_a_plan_brings_its_review_forward_and_begins_no_second_plan(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    case, review = plan.referral, plan.reviews.get()
    enquiry = enquired(case, worker, manager, "yes")
    assert case.conferences.get(held_at=None) == review
    review = again(review)
    ends = due(timezone.localdate(enquiry.began_at), 15)
    assert (review.enquiry, review.due_on) == (enquiry, ends)
    thing = of(case, "Review conference")
    assert thing.due
    assert timezone.localdate(thing.due) == ends
    # A conference asked for before there was a plan does not end in an error when it decides for one.
    other = conferring.ask_for_conference(case, Conference.Kind.INITIAL, None, enquiry=enquiry)
    book(other, chair, worker)
    with pytest.raises(StepError, match="open already"):
        conferring.hold_conference(again(other), held(), by=chair)
    assert again(other).held_at is None
    assert ProtectionPlan.objects.get() == plan


def test_no_second_discussion_is_called_while_one_waits_for_its_decision(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any
) -> None:
    case = make_case()
    row = discussing.call_discussion(case, timezone.now(), by=worker)
    said = {"chair": manager, "agencies": attendance(), "minutes": "What was said."}
    discussing.record_discussion(row, 1, held_at=timezone.now(), **said, by=worker)
    with pytest.raises(StepError, match="waits for its decision"):
        discussing.call_discussion(case, timezone.now(), by=worker)


def test_a_discussion_during_an_enquiry_begins_no_second_one(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any
) -> None:
    case = make_case()
    first = enquired(case, worker, manager)
    discussed(case, worker, manager, "single")
    assert Enquiry.objects.get() == first


def test_a_child_in_need_plan_that_is_open_goes_on_where_the_conference_decides_so(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    case = make_case()
    assess(case, worker, manager)
    plan = need.begin_need_plan(case, timezone.localdate(), NEEDS, by=worker)
    row = conferred(case, worker, manager, chair)
    conferring.hold_conference(row, held("no_plan"), by=chair)
    assert again(row).outcome == "no_plan"
    assert case.need_plans.get() == plan
    assert again(plan).ends is None


def test_a_conference_is_not_held_before_what_it_follows_from(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    row = conferred(make_case(timezone.now() - timedelta(days=9)), worker, manager, chair)
    yesterday = timezone.now() - timedelta(days=1)
    with pytest.raises(IncompleteError, match="before the enquiry began"):
        conferring.hold_conference(row, held(held_at=yesterday), by=chair)
    conferring.hold_conference(row, held(), by=chair)
    review = Conference.objects.get(kind="review")
    book(review, chair, worker)
    with pytest.raises(IncompleteError, match="before the conference before"):
        conferring.hold_conference(again(review), held("ends", held_at=yesterday), by=chair)
    assert again(review).held_at is None


def test_a_plan_ends_on_the_day_it_did_and_at_18_only_of_who_is(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    today = timezone.localdate()
    ProtectionPlan.objects.update(starts=today - timedelta(days=20))
    plan = again(plan)
    with pytest.raises(IncompleteError, match="not 18 on that day"):
        planning.end_plan(plan, "adult", "r", ends=today, by=manager)
    KnownPerson.objects.filter(pk=plan.referral.child_id).update(born=None)
    with pytest.raises(IncompleteError, match="date of birth is not known"):
        planning.end_plan(again(plan), "adult", "r", ends=today, by=manager)
    for days in (-1, 21):
        with pytest.raises(IncompleteError, match="within the plan"):
            planning.end_plan(plan, "moved", "r", ends=today - timedelta(days=days), by=manager)
    moved = today - timedelta(days=3)
    sent = {f"ends_{part}": getattr(moved, part) for part in ("day", "month", "year")}
    client_of(manager).post(
        reverse("end-plan", args=[plan.pk]),
        {**sent, "reason": "moved", "rationale": "r", "version": plan.version},
    )
    assert again(plan).ends == moved
    # Nor does a child in need plan begin within it, or before the case.
    case = plan.referral
    assess(case, worker, manager)
    with pytest.raises(IncompleteError, match="within a child protection plan"):
        need.begin_need_plan(again(case), moved - timedelta(days=1), NEEDS, by=worker)
    Referral.objects.update(received_at=timezone.now() - timedelta(days=2))
    with pytest.raises(IncompleteError, match="before the case was received"):
        need.begin_need_plan(again(case), moved, NEEDS, by=worker)


def test_a_plan_ends_on_the_18th_birthday_or_the_day_of_a_death_whatever_was_held_since(
    decided: Conference, worker: Person, manager: Person, chair: Person
) -> None:
    plan, now, today = decided.plan_made, timezone.now(), timezone.localdate()
    review = plan.reviews.get()
    book(review, chair, worker)
    goes_on = held("continues", held_at=now - timedelta(days=1))
    conferring.hold_conference(again(review), goes_on, by=chair)

    def at_18(birthday: date, ends: date) -> None:
        KnownPerson.objects.update(born=add_months(birthday, -18 * 12))
        planning.end_plan(again(plan), "adult", "r", ends=ends, by=manager)

    grown = add_months(add_months(today - timedelta(days=2), -18 * 12), 18 * 12)
    for birthday, ends, said in (
        (grown, today, f"enter {grown:%-d %B %Y}"),
        (today - timedelta(days=20), today, f"enter {plan.starts:%-d %B %Y}"),
        (today, grown, "not 18 on that day"),
    ):
        with pytest.raises(IncompleteError, match=said):
            at_18(birthday, ends)
    at_18(grown, grown)
    assert again(plan).ends == grown
    correcting.take_back_end(again(plan), again(plan).version, "A wrong child.", by=manager)
    planning.end_plan(again(plan), "died", "r", ends=grown, by=manager)
    assert again(plan).ends == grown


def test_a_plan_does_not_end_before_work_that_is_on_record_under_it(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    today = timezone.localdate()
    began = timezone.now() - timedelta(days=20)
    Enquiry.objects.update(began_at=began)
    Conference.objects.filter(pk=plan.made_at_id).update(held_at=began)
    Referral.objects.update(received_at=began)
    ProtectionPlan.objects.update(starts=timezone.localdate(began))
    planning.add_action(plan, what="Shop with her", who="Family support", due=None, by=worker)
    with pytest.raises(StepError, match="on the plan already"):
        planning.add_action(plan, what="Shop with her", who="Family support", due=None, by=worker)
    action = plan.actions.get()
    with pytest.raises(IncompleteError, match="not be after today"):
        planning.note_action(action, 1, {"done_on": today + timedelta(days=1)}, by=worker)
    planning.note_action(action, 1, {"done_on": today - timedelta(days=2)}, by=worker)
    review = plan.reviews.get()
    book(review, chair, worker)
    # Nobody was in: that is no work under it.
    Visit.objects.create(
        referral=plan.referral, made_at=timezone.now(), pathway="cpp", seen=False, why_not="Out.", by=worker
    )  # fmt: skip
    assert conferring.worked_after(plan, today - timedelta(days=3))
    assert not conferring.worked_after(plan, today - timedelta(days=2))
    for ago, said in ((3, "worked under after that day"), (1, "reviewed the plan after")):
        if ago == 1:
            goes_on = held("continues", held_at=timezone.now() - timedelta(minutes=1))
            conferring.hold_conference(again(review), goes_on, by=chair)
        ends = today - timedelta(days=ago)
        with pytest.raises(IncompleteError, match=said):
            planning.end_plan(again(plan), "moved", "r", ends=ends, by=manager)
    # A death is on its day, whatever was recorded after it.
    planning.end_plan(again(plan), "died", "r", ends=today - timedelta(days=3), by=manager)
    assert again(plan).ends == today - timedelta(days=3)


def test_a_chair_who_records_late_ends_a_plan_on_the_day_of_the_conference(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    plan = planned(make_case(timezone.now() - timedelta(days=30)), worker, manager, chair)
    began = timezone.now() - timedelta(days=20)
    Enquiry.objects.update(began_at=began)
    Conference.objects.filter(pk=plan.made_at_id).update(held_at=began)
    ProtectionPlan.objects.update(starts=timezone.localdate(began))
    planning.add_action(plan, what="Shop with her", who="Family support", due=None, by=worker)
    done = {"done_on": timezone.localdate() - timedelta(days=1)}
    planning.note_action(plan.actions.get(), 1, done, by=worker)
    review = plan.reviews.get()
    book(review, chair, worker)
    on = timezone.now() - timedelta(days=3)
    ends = held("ends", held_at=on, after="no_plan")
    conferring.hold_conference(again(review), ends, by=chair)
    assert again(plan).ends == timezone.localdate(on)
    # What was done before it was recorded, after that day, hinders no correction of it, either way.
    today = timezone.localdate()
    CoreGroup.objects.create(plan=plan, due_on=today, held_on=done["done_on"], present="All")
    days = {ago: today - timedelta(days=ago) for ago in range(1, 9)}
    for ago in (4, 2, 3):
        correct(review, chair, "ends", after="", held_at=timezone.now() - timedelta(days=ago))
        assert again(plan).ends == days[ago]
        plan.actions.update(done_on=days[ago])  # nobody can correct that any more
    # What was held by then does, until whoever held it puts its day right.
    group = CoreGroup.objects.create(plan=plan, due_on=today, held_on=days[3], present="All")
    earlier = timezone.now() - timedelta(days=4)
    with pytest.raises(IncompleteError, match="Whose record of that has a wrong day corrects it"):
        correct(review, chair, "ends", after="", held_at=earlier)
    right: dict[str, Any] = {"late_because": "", "because_of": "A wrong day.", "by": worker}
    planning.correct_core_group(again(group), 1, held_on=days[5], **right)
    correct(review, chair, "ends", after="", held_at=earlier)
    assert again(plan).ends == days[4]
    after = plan.core_groups.get(held_on=days[1])
    with pytest.raises(IncompleteError, match="within the plan"):
        planning.correct_core_group(after, 1, held_on=today, **right)
    planning.correct_core_group(after, 1, held_on=days[2], **right)
    planning.correct_core_group(again(after), 2, held_on=days[4], **right)
    # Nor has the child two plans on a day.
    ChildInNeedPlan.objects.create(referral=plan.referral, starts=days[3])
    with pytest.raises(IncompleteError, match="Another plan of the child began before that day"):
        correct(review, chair, "ends", after="", held_at=timezone.now() - timedelta(days=2))
    correct(review, chair, "ends", after="", held_at=timezone.now() - timedelta(days=3))


def test_two_child_in_need_plans_have_no_day_in_common(
    make_case: MakeCase, worker: Person, manager: Person
) -> None:
    case, today = make_case(timezone.now() - timedelta(days=9)), timezone.localdate()
    assess(case, worker, manager)
    first = need.begin_need_plan(again(case), today - timedelta(days=5), NEEDS, by=worker)
    need.end_need_plan(
        first, ends=today - timedelta(days=1), stepped_to="early_help", because_of="r", by=worker
    )
    for ago in (3, 1):
        with pytest.raises(IncompleteError, match="plan before ended on"):
            need.begin_need_plan(again(case), today - timedelta(days=ago), NEEDS, by=worker)
    need.begin_need_plan(again(case), today, NEEDS, by=worker)


def test_no_conference_begins_a_child_in_need_plan_on_a_day_of_one_that_ended(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    row = conferred(make_case(), worker, manager, chair)
    ChildInNeedPlan.objects.create(
        referral=row.referral, starts=timezone.localdate(), ends=timezone.localdate(),
        ended_because="r", stepped_to="early_help",
    )  # fmt: skip
    with pytest.raises(IncompleteError, match="another begins after that day"):
        conferring.hold_conference(row, held("no_plan", after="need_plan"), by=chair)
    conferring.hold_conference(row, held("no_plan", after="no_plan"), by=chair)
    assert ChildInNeedPlan.objects.count() == 1


def test_a_conference_held_is_not_late_without_a_reason_as_its_discussion_is_corrected(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any,
    client_of: Any,
) -> None:  # fmt: skip
    now = timezone.now()
    row = conferred(make_case(now - timedelta(days=90)), worker, manager, chair)
    conferring.hold_conference(row, held("no_plan", after="no_plan"), by=chair)
    StrategyDiscussion.objects.update(suspected_at=now - timedelta(days=60))
    discussion = StrategyDiscussion.objects.get()
    page = client_of(manager).get(reverse("discussion", args=[discussion.pk])).content.decode()
    assert OWN not in page  # it is decided, and nothing waits
    right: dict[str, Any] = {
        "held_at": now - timedelta(days=50), "late_because": "Away.", "because_of": "A wrong month.",
        "by": manager,
    }  # fmt: skip
    with pytest.raises(IncompleteError, match="its chair first corrects its record"):
        discussing.correct_discussion(discussion, discussion.version, **right)
    row = again(row)
    with_reason = held(
        "no_plan", held_at=row.held_at, after="", late_reason="reports", late_agency=agencies["police"],
        late_note="It came a month after.",
    )  # fmt: skip
    why = {"because_of": "It was late.", "by": chair}
    correcting.correct_conference(row, row.version, with_reason, **why)
    discussing.correct_discussion(discussion, discussion.version, **right)
    row = again(row)
    assert row.due_on < timezone.localdate(row.held_at)
    assert (row.late_reason, row.late_agency) == ("reports", agencies["police"])
    # In time after all, nothing is kept of lateness, nor is it put back by the chair's next correction.
    right["held_at"] = now - timedelta(hours=1)
    discussing.correct_discussion(again(discussion), again(discussion).version, **right)
    row = again(row)
    assert row.due_on > timezone.localdate(row.held_at)
    assert (row.late_reason, row.late_agency, row.late_note) == ("", None, "")
    form = client_of(chair).get(reverse("correct-conference", args=[row.pk])).context["form"]
    assert form.initial["late_reason"] == ""


def test_a_conference_that_is_needed_is_called_off_by_another_manager_alone(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    other_manager: Person,
    chair: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    row = conferred(make_case(), worker, manager, chair)
    address = reverse("call-off-conference", args=[row.pk])
    # Neither the chair alone nor whoever decided that it is needed.
    for person in (chair, manager):
        assert client_of(person).post(address, {"reason": "The family moved."}).status_code == 403
        with pytest.raises(NotAllowedError):
            conferring.call_off(row, "The family moved.", by=person)
    with pytest.raises(IncompleteError, match="at most 500 characters"):
        conferring.call_off(row, "x" * 501, by=other_manager)
    client = client_of(other_manager)
    assert "The risk goes on." in client.get(address).content.decode()
    assert client.post(address, {"reason": "The family moved."}).status_code == 302
    assert again(row).cancelled_because
    page = client.get(reverse("enquiry", args=[row.enquiry_id])).content.decode()
    assert f"No conference is needed any more: The family moved. ({other_manager}, " in page
    assert of(row.referral, "Write the finding of the enquiry")


def test_a_worker_records_a_strategy_discussion_and_a_manager_decides_on_what_was_read(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    agencies: dict[str, Agency],
    client_of: Any,
) -> None:
    case = make_case()
    row = discussing.call_discussion(case, timezone.now() - timedelta(hours=2), by=worker)
    about: dict[str, Any] = {
        "held_at": timezone.now() - timedelta(hours=1),
        "chair": manager,
        "agencies": dict.fromkeys(agencies.values(), ("not_asked", "")),
        "by": worker,
    }
    discussing.record_discussion(row, 1, minutes="What was said.", **about)
    row = again(row)
    assert not row.decision
    assert of(case, "Decide after the strategy discussion").page == "discussion"
    assert waiting_for(manager, timezone.now())[0].what == ("Decision after a strategy discussion")
    with pytest.raises(NotAllowedError):
        discussing.decide_discussion(row, row.version, "no_enquiry", "r", without="w", by=worker)
    Person.objects.filter(pk=manager.pk).update(registration="")
    with pytest.raises(NotAllowedError, match="registered"):
        discussing.decide_discussion(
            row, row.version, "no_enquiry", "r", without="w", by=again(manager)
        )
    Person.objects.filter(pk=manager.pk).update(registration="INVENTED1")
    # Without police and health it needs a reason, but for meeting again.
    with pytest.raises(IncompleteError, match="without police and health"):
        discussing.decide_discussion(row, row.version, "no_enquiry", "r", by=manager)
    page = client_of(manager).get(reverse("decide-discussion", args=[row.pk])).content.decode()
    assert "What was said." in page
    assert "checked" not in page
    discussing.record_discussion(row, row.version, minutes="Other things were said.", **about)
    with pytest.raises(StepError):
        discussing.decide_discussion(
            row, row.version, "no_enquiry", "r", without="Nobody came.", by=manager
        )
    now = again(row)
    discussing.decide_discussion(
        now, now.version, "no_enquiry", "r", without="Nobody came.", by=manager
    )
    assert again(row).rationale == "r\n\nWithout police and health: Nobody came."
    assert not Enquiry.objects.exists()


def test_minutes_are_approved_by_the_chair_as_read_and_then_stay(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    support: Person,
    chair: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    row = conferred(make_case(), worker, manager, chair)
    conferring.hold_conference(row, held("no_plan", after="no_plan"), by=chair)
    conferring.write_minutes(again(row), again(row).version, "What was said.", by=support)
    # Until they are sent they stay on the list, though the case has been closed.
    Referral.objects.update(
        state="closed",
        closed_on=timezone.localdate(),
        closed_by=manager,
        closing_by=worker,
        closed_because="r",
        closed_rationale="r",
    )
    assert [each.pk for each in lists.conferences(support, "minutes")] == [row.pk]
    read = again(row)
    with pytest.raises(NotAllowedError):
        conferring.send_minutes(read, read.version, by=support)
    conferring.write_minutes(read, read.version, "Something else was said.", by=support)
    with pytest.raises(StepError):
        conferring.send_minutes(read, read.version, by=chair)
    address = reverse("send-minutes", args=[row.pk])
    client = client_of(chair)
    page = client.get(address)
    assert "Something else was said." in page.content.decode()
    client.post(address, {"version": page.context["form"].initial["version"]})
    row = again(row)
    assert row.minutes_sent_on == timezone.localdate()
    for person in (support, chair):
        with pytest.raises(StepError, match="its minutes sent"):
            conferring.write_minutes(row, row.version, "Rewritten.", by=person)
    assert not lists.conferences(support, "minutes")


# --- Corrected


def correct(row: Conference, chair: Person, outcome: str = "plan", **more: Any) -> None:
    now = again(row)
    given = held(outcome, **{"held_at": now.held_at, **more})
    correcting.correct_conference(now, now.version, given, because_of="A wrong line.", by=chair)


def nobody_in(case: Referral, worker: Person, when: datetime) -> None:
    """Have the child not be seen at a visit under either plan."""
    for pathway in (Visit.Pathway.PROTECTION, Visit.Pathway.NEED):
        Visit.objects.create(
            referral=case, made_at=when, pathway=pathway, seen=False, why_not="Out.", by=worker
        )


@pytest.fixture
def decided(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> Conference:
    """An initial conference, held three days ago, that decided on a plan."""
    now = timezone.now()
    case = make_case(now - timedelta(days=20))
    row = conferred(case, worker, manager, chair, when=now - timedelta(days=10))
    conferring.hold_conference(row, held(held_at=now - timedelta(days=3)), by=chair)
    return again(row)


def test_a_category_and_a_day_are_corrected_by_the_chair_and_the_plan_follows(
    decided: Conference, worker: Person, chair: Person, make_person: Any
) -> None:
    plan, today = decided.plan_made, timezone.localdate()
    other = make_person("conference_chair", email="chair-2@example.org")
    with pytest.raises(NotAllowedError, match="chaired this conference"):
        correct(decided, other, category="PHY")
    day = timezone.now() - timedelta(days=2)
    correct(decided, chair, category="PHY", held_at=day)
    now, plan = again(decided), again(plan)
    assert (now.category, now.corrected_by, now.corrected_because) == (
        "PHY",
        chair,
        "A wrong line.",
    )
    assert (plan.starts, plan.initial_category, plan.latest_category) == (
        timezone.localdate(day),
        "PHY",
        "PHY",
    )
    assert plan.core_groups.get().due_on == clocks.due_day("CORE-10", plan.starts)
    assert plan.reviews.get().due_on == clocks.due_day("CPR-FIRST", plan.starts)
    texts = dict.fromkeys(("present", "progress", "child_view", "parent_view"), "Said.")
    planning.hold_core_group(plan.core_groups.get(), held_on=plan.starts, **texts, by=worker)
    with pytest.raises(IncompleteError, match="core group or a review"):
        correct(decided, chair, held_at=timezone.now() - timedelta(days=1))
    with pytest.raises(IncompleteError, match="worked under"):
        correct(decided, chair, "no_plan", after="no_plan")
    assert again(decided).outcome == "plan"
    assert again(plan).starts < today


def test_a_plan_that_was_never_decided_on_goes_and_one_that_was_begins(
    decided: Conference, worker: Person, manager: Person, chair: Person
) -> None:
    case = decided.referral
    nobody_in(
        case, worker, timezone.now()
    )  # no work under the plan, nor under the one that is in its place
    correct(decided, chair, "no_plan", after="need_plan")
    assert not case.plans.exists()
    assert not case.conferences.filter(held_at=None).exists()
    instead = case.need_plans.get()
    assert (instead.ends, again(decided).category) == (None, "")
    with pytest.raises(IncompleteError, match="leave this empty"):
        correct(decided, chair, "no_plan", after="need_plan")
    # The child in need plan was begun by the wrong outcome alone: the child has not stepped up from it.
    correct(decided, chair, category="EMO")
    plan = case.plans.get()
    assert (plan.starts, plan.latest_category) == (timezone.localdate(decided.held_at), "EMO")
    assert (plan.stepped_from, plan.reviews.count()) == ("", 1)
    assert not case.need_plans.exists()
    correct(decided, chair, "no_plan", after="need_plan")
    review = case.need_plans.get().reviews.get()
    today = timezone.localdate()
    need.hold_need_review(review, held_on=today, decision="It goes on.", by=worker)
    with pytest.raises(IncompleteError, match="worked under since"):
        correct(decided, chair, category="EMO")
    assert not case.plans.exists()
    assert again(decided).outcome == "no_plan"


def test_a_plan_whose_review_an_enquiry_asked_for_or_is_booked_does_not_go(
    decided: Conference, worker: Person, manager: Person, chair: Person
) -> None:
    enquiry = enquired(decided.referral, worker, manager, "yes")
    review = decided.plan_made.reviews.get()
    assert review.enquiry == enquiry
    with pytest.raises(IncompleteError, match="what an enquiry asked for"):
        correct(decided, chair, "no_plan", after="no_plan")
    Conference.objects.filter(pk=review.pk).update(enquiry=None)
    book(review, chair, worker)
    with pytest.raises(IncompleteError, match="is booked"):
        correct(decided, chair, "no_plan", after="no_plan")
    assert enquiry.decided_at
    assert again(review).plan == decided.plan_made


def test_a_plan_that_went_on_is_not_corrected_to_have_ended(
    decided: Conference, worker: Person, manager: Person, chair: Person
) -> None:
    plan, now = decided.plan_made, timezone.now()
    review = plan.reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(
        again(review), held("continues", held_at=now - timedelta(days=2)), by=chair
    )
    texts = dict.fromkeys(("present", "progress", "child_view", "parent_view"), "Said.")
    group = plan.core_groups.get(held_on=None)
    planning.hold_core_group(
        group, held_on=timezone.localdate() - timedelta(days=1), **texts, by=worker
    )
    with pytest.raises(IncompleteError, match="Hold a conference that ends it"):
        correct(review, chair, "ends", after="no_plan")
    plan.core_groups.all().delete()
    enquired(plan.referral, worker, manager, "yes")
    with pytest.raises(IncompleteError, match="An enquiry has asked"):
        correct(review, chair, "ends", after="no_plan")
    assert again(plan).ends is None


def test_where_the_chair_has_left_another_or_a_service_manager_corrects_and_why_is_printed(
    decided: Conference,
    worker: Person,
    chair: Person,
    head: Person,
    make_person: Any,
    client_of: Any,
) -> None:
    other = make_person("conference_chair", email="chair-2@example.org")
    address = reverse("correct-conference", args=[decided.pk])
    page = reverse("conference", args=[decided.pk])
    for person in (other, head):
        client = client_of(person)
        assert client.get(address).status_code == 403
        assert address not in client.get(page).content.decode()
    conferring.write_minutes(decided, decided.version, "What was said.", by=worker)
    conferring.send_minutes(again(decided), again(decided).version, by=chair)
    assert conference_record(again(decided), decided.referral.child).standing == ""
    Person.objects.filter(pk=chair.pk).update(is_active=False)
    for person, category in ((other, "PHY"), (head, "EMO")):
        client = client_of(person)
        assert client.get(address).status_code == 200
        assert address in client.get(page).content.decode()
        correct(decided, person, category=category)
        assert again(decided.plan_made).latest_category == category
    with pytest.raises(NotAllowedError):
        correct(decided, worker)
    standing = conference_record(again(decided), decided.referral.child).standing
    assert "Corrected on" in standing
    assert ": A wrong line. It takes the place of any record sent before." in standing


def test_a_review_that_was_said_to_end_a_plan_is_corrected_and_the_plan_goes_on(
    decided: Conference, worker: Person, chair: Person, client_of: Any
) -> None:
    plan = decided.plan_made
    review = plan.reviews.get()
    book(review, chair, worker)
    given = held("ends", after="no_plan", held_at=timezone.now() - timedelta(days=1))
    conferring.hold_conference(again(review), given, by=chair)
    assert again(plan).ends
    with pytest.raises(IncompleteError, match="held since"):
        correct(decided, chair, "no_plan", after="no_plan")
    correct(review, chair, "continues", category="EMO")
    now = again(plan)
    assert (now.ends, now.ended_because, now.latest_category) == (None, "", "EMO")
    assert plan.core_groups.filter(held_on=None).count() == 1
    to_come = plan.reviews.get(held_at=None, cancelled_because="")
    assert to_come.due_on == clocks.due_day("CPR-NEXT", timezone.localdate(given.held_at))
    correct(review, chair, "continues", category="EMO", held_at=timezone.now() - timedelta(hours=1))
    assert again(to_come).due_on == clocks.due_day("CPR-NEXT", timezone.localdate())
    correct(review, chair, "ends", after="care")
    assert (again(plan).ends, again(plan).stepped_to) == (timezone.localdate(), "care")
    assert again(to_come).cancelled_because == "The plan has ended."
    # With the same outcome the plan says why it ended, and to what the child steps.
    correct(review, chair, "ends", after="no_plan", rationale="Safe at home.")
    assert (again(plan).stepped_to, again(plan).ended_because) == ("", "Safe at home.")
    with pytest.raises(IncompleteError, match="leave this empty"):
        correct(review, chair, "ends", after="need_plan")
    form = client_of(chair).get(reverse("correct-conference", args=[review.pk]))
    assert form.context["form"].initial["outcome"] == "ends"
    page = client_of(chair).get(reverse("conference", args=[review.pk])).content.decode()
    assert "A wrong line." in page


def test_a_manager_is_not_told_whose_decision_it_is_where_nothing_waits_for_one(
    decided: Conference, manager: Person, client_of: Any
) -> None:
    plan = decided.plan_made
    review = plan.reviews.get()
    assessment = assessed(decided.referral, manager)

    def told(name: str, row: Any) -> str:
        return client_of(again(manager)).get(reverse(name, args=[row.pk])).context["why_not"]

    decided.referral.allocations.update(worker=manager)
    book_it, go_on, waits = (
        ("conference", review),
        ("protection-plan", plan),
        ("assessment", assessment),
    )
    assert [told(*each) for each in (book_it, go_on, waits)] == ["", "", OWN]
    Person.objects.filter(pk=manager.pk).update(registration="")
    assert [told(*each) for each in (book_it, go_on)] == ["", ""]
    assert UNREGISTERED in told(*waits)


def test_a_review_that_an_enquiry_asked_for_stays_due_by_it_whatever_is_corrected(
    decided: Conference, worker: Person, manager: Person, chair: Person
) -> None:
    plan, now = decided.plan_made, timezone.now()
    enquiry = enquired(plan.referral, worker, manager, "yes")
    ends = due(timezone.localdate(enquiry.began_at), 15)
    first = plan.reviews.get()
    correct(decided, chair, held_at=decided.held_at - timedelta(days=1))
    assert (again(first).enquiry, again(first).due_on) == (enquiry, ends)
    # And the one after a review: a typing error in that moves nothing.
    Conference.objects.filter(pk=first.pk).update(enquiry=None)
    book(first, chair, worker)
    conferring.hold_conference(
        again(first), held("continues", held_at=now - timedelta(days=2)), by=chair
    )
    following = plan.reviews.get(held_at=None)
    Conference.objects.filter(pk=following.pk).update(enquiry=enquiry, due_on=ends)
    correct(first, chair, "continues", rationale="A typing error put right.")
    assert again(following).due_on == ends
    correct(first, chair, "continues", held_at=now - timedelta(days=1))
    assert again(following).due_on == ends


def test_the_category_at_the_end_of_a_plan_is_the_last_that_was_decided(
    decided: Conference, worker: Person, chair: Person
) -> None:
    plan, now = decided.plan_made, timezone.now()
    review = plan.reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(
        again(review), held("continues", held_at=now - timedelta(days=2)), by=chair
    )
    last = plan.reviews.get(held_at=None)
    book(last, chair, worker)
    conferring.hold_conference(
        again(last), held("ends", held_at=now - timedelta(days=1), after="no_plan"), by=chair
    )

    def categories() -> tuple[str, str]:
        return again(plan).initial_category, again(plan).latest_category

    correct(review, chair, "continues", category="SAB")
    assert categories() == ("NEG", "SAB")
    correct(decided, chair, category="PHY")
    assert categories() == ("PHY", "SAB")
    Conference.objects.filter(pk=review.pk).update(category="")  # as where it had ended the plan
    correct(decided, chair, category="EMO")
    assert categories() == ("EMO", "EMO")


def test_where_the_chair_may_not_correct_any_more_another_does(
    decided: Conference, manager: Person, chair: Person, head: Person, make_person: Any
) -> None:
    other = make_person("conference_chair", email="chair-2@example.org")
    with pytest.raises(NotAllowedError, match="chaired this conference"):
        correct(decided, other)
    case = decided.referral
    case.allocations.update(worker=chair)
    with pytest.raises(NotAllowedError, match="own work"):
        correct(decided, chair)
    correct(decided, other, category="PHY")
    case.allocations.update(worker=manager)
    restrict_child(case.child.number, "Family of staff.", [head])
    with pytest.raises(NotAllowedError):
        correct(decided, chair)
    correct(decided, head, category="EMO")
    assert again(decided.plan_made).latest_category == "EMO"


def test_the_day_of_a_first_conference_is_not_corrected_past_work_done(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    now, today = timezone.now(), timezone.localdate()
    case = make_case(now - timedelta(days=40))
    assess(case, worker, manager)
    before = need.begin_need_plan(case, today - timedelta(days=35), NEEDS, by=worker)
    row = conferred(case, worker, manager, chair, when=now - timedelta(days=20))
    reviewed = today - timedelta(days=6)
    need.hold_need_review(
        before.reviews.get(), held_on=reviewed, decision="On.", late_because="Ill.", by=worker
    )
    conferring.hold_conference(row, held(held_at=now - timedelta(days=3)), by=chair)
    with pytest.raises(IncompleteError, match="child in need plan was begun or worked under"):
        correct(row, chair, held_at=now - timedelta(days=10))
    correct(row, chair, held_at=now - timedelta(days=5))
    plan = again(row).plan_made
    assert again(before).ends == plan.starts == today - timedelta(days=5)
    # An action done before the right day hinders it until the plan has ended: then nobody can change it.
    planning.add_action(plan, what="Shop with her", who="Family support", due=None, by=worker)
    planning.note_action(plan.actions.get(), 1, {"done_on": today - timedelta(days=4)}, by=worker)
    with pytest.raises(IncompleteError, match="worked under before"):
        correct(row, chair, held_at=now - timedelta(days=3))
    planning.end_plan(again(plan), "moved", "r", ends=today - timedelta(days=1), by=manager)
    correct(row, chair, held_at=now - timedelta(days=3))
    assert again(plan).starts == today - timedelta(days=3)
    correcting.take_back_end(again(plan), again(plan).version, "r", by=manager)
    plan.actions.all().delete()
    nobody_in(case, worker, now - timedelta(days=4))
    for ago in (3, 5):
        correct(row, chair, held_at=now - timedelta(days=ago))
        assert again(before).ends == again(row).plan_made.starts == today - timedelta(days=ago)
    visiting.record_visit(
        case,
        {
            "pathway": "cpp",
            "made_at": now - timedelta(days=2),
            "seen": True,
            "seen_alone": True,
            "bedroom_seen": True,
            "own_words": "Fine.",
        },
        by=worker,
    )
    with pytest.raises(IncompleteError, match="worked under before"):
        correct(row, chair, held_at=now - timedelta(days=1))


def test_what_was_called_off_as_a_plan_was_wrongly_said_to_end_is_restored(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    now = timezone.now()
    case = make_case(now - timedelta(days=60))
    row = conferred(case, worker, manager, chair, when=now - timedelta(days=55))
    late = held(held_at=now - timedelta(days=40), late_reason="other")
    conferring.hold_conference(row, late, by=chair)
    plan = ProtectionPlan.objects.get()
    review = plan.reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(
        again(review), held("continues", held_at=now - timedelta(days=2)), by=chair
    )
    following, group = plan.reviews.get(held_at=None), plan.core_groups.get()
    book(following, chair, worker)
    was = again(following)
    correct(review, chair, "ends", after="no_plan")
    assert again(following).cancelled_because
    assert again(group).not_held_because
    correct(review, chair, "continues")
    now_again = again(following)
    assert (now_again.cancelled_because, now_again.booked_for) == ("", was.booked_for)
    assert (plan.reviews.count(), now_again.due_on) == (2, was.due_on)
    assert again(group).not_held_because == ""
    assert plan.core_groups.get() == group


def test_put_off_the_reports_that_came_and_the_reason_go_with_it(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    support: Person,
    chair: Person,
    agencies: dict[str, Agency],
    client_of: Any,
) -> None:
    row = conferred(make_case(), worker, manager, chair)
    today = timezone.localdate()
    invited = conferring.invite_agency(row, agencies["police"], today, by=support)
    conferring.note_agency(invited, 1, {"report_received_on": today}, by=support)
    address = reverse("put-off-conference", args=[row.pk])
    client = client_of(support)
    sent = {"reason": "The school had no report.", "late_reason": "reports"}
    assert "Choose the agency" in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "late_agency": agencies["health"].pk}).status_code == 302
    other = row.referral.conferences.get(cancelled_because="")
    came = other.agencies.get()
    assert (came.report_due_on, came.report_received_on) == (today, today)
    # The chair is shown why it was put off.
    book(other, chair, support)
    form = client_of(chair).get(reverse("hold-conference", args=[other.pk])).context["form"]
    assert form.initial["late_reason"] == "reports"
    assert form.initial["late_agency"] == agencies["health"]
    # Held in time, no lateness is kept of it.
    conferring.hold_conference(
        again(other), held("no_plan", after="no_plan", attended={came.pk: (True, False)}), by=chair
    )
    assert again(other).late_reason == ""
    # Until the day for which it was booked those invited can be told.
    told = client.get(reverse("conferences"), {"show": "off"}).content.decode()
    assert "The school had no report." in told
    Conference.objects.filter(pk=row.pk).update(booked_for=timezone.now() - timedelta(days=1))
    assert not lists.conferences(support, "off")


def test_an_assessment_authorised_late_says_why(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    row = assessed(make_case(), worker)
    address = reverse("decide-assessment", args=[row.pk])
    client = client_of(manager)
    assert "why is it late" not in client.get(address).content.decode()
    Referral.objects.update(received_at=timezone.now() - timedelta(days=120))
    row = again(row)
    with pytest.raises(IncompleteError, match="late"):
        assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)
    sent = {"version": row.version, "decision": "authorise", "rationale": "Agreed."}
    assert "select the reason" in client.post(address, sent).content.decode()
    client.post(address, {**sent, "late_reason": "workload"})
    row = again(row)
    assert (bool(row.authorised_at), row.late_reason) == (True, "workload")


# --- What starts or stops a clock is put right


def test_when_a_discussion_was_held_is_corrected_and_its_enquiry_and_conference_follow(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any
) -> None:
    now = timezone.now()
    case = make_case(now - timedelta(days=40))
    row = discussed(case, worker, manager, when=now - timedelta(days=1))
    StrategyDiscussion.objects.update(suspected_at=now - timedelta(days=30))
    enquiry = Enquiry.objects.get()
    enquiring.decide_conference(enquiry, "yes", "The risk goes on.", by=manager)
    right: dict[str, Any] = {"late_because": "", "because_of": "The week before.", "by": manager}
    with pytest.raises(NotAllowedError):
        mine = {**right, "by": worker}
        discussing.correct_discussion(again(row), again(row).version, held_at=now, **mine)
    began = now - timedelta(days=20)
    version = again(row).version
    for held_at, said in (
        (now - timedelta(days=31), "after harm was suspected"),
        (timezone.now(), "was decided before"),
        (began, "after day five"),
    ):
        with pytest.raises(IncompleteError, match=said):
            discussing.correct_discussion(again(row), version, held_at=held_at, **right)
    right["late_because"] = "The manager was away."
    discussing.correct_discussion(again(row), version, held_at=began, **right)
    kept, waits = again(enquiry), Conference.objects.get()
    assert (again(row).held_at, kept.began_at) == (began, began)
    assert (kept.decided_late_because, again(row).corrected_by) == (right["late_because"], manager)
    assert waits.due_on == clocks.due_day("ICPC-15", began)
    with pytest.raises(StepError, match="changed this meanwhile"):
        discussing.correct_discussion(again(row), version, held_at=began, **right)
    # In time after all, nothing is kept of lateness.
    latest = now - timedelta(days=2)
    discussing.correct_discussion(again(row), again(row).version, held_at=latest, **right)
    assert again(enquiry).decided_late_because == ""


def test_the_day_of_a_core_group_is_corrected_and_the_next_is_due_by_it(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any,
    client_of: Any,
) -> None:  # fmt: skip
    plan = planned(make_case(), worker, manager, chair)
    today = timezone.localdate()
    began = today - timedelta(days=60)
    ProtectionPlan.objects.update(starts=began)
    group = plan.core_groups.get()
    CoreGroup.objects.update(due_on=began + timedelta(days=14))
    group = again(group)
    said = dict.fromkeys(("present", "progress", "child_view", "parent_view"), "Said.")
    planning.hold_core_group(
        group, held_on=today, **said, late_because="The school was closed.", by=worker
    )
    page = client_of(worker).get(reverse("protection-plan", args=[plan.pk])).content.decode()
    assert reverse("correct-core-group", args=[group.pk]) in page
    right: dict[str, Any] = {"late_because": "", "because_of": "A wrong month.", "by": worker}
    for day, reason in ((began - timedelta(days=1), "within the plan"), (today, "was late")):
        with pytest.raises(IncompleteError, match=reason):
            planning.correct_core_group(again(group), 2, held_on=day, **right)
    on = began + timedelta(days=7)
    planning.correct_core_group(again(group), 2, held_on=on, **right)
    kept = again(group)
    assert (kept.held_on, kept.late_because, kept.corrected_because) == (on, "", "A wrong month.")
    waits = plan.core_groups.get(held_on=None)
    assert waits.due_on == clocks.due_day("CORE-NEXT", on)
    with pytest.raises(IncompleteError, match=f"core group of {on:%-d %B %Y} is on record"):
        planning.hold_core_group(again(waits), held_on=on, **said, by=worker)
    planning.hold_core_group(waits, held_on=today, **said, late_because="Ill.", by=worker)
    with pytest.raises(IncompleteError, match="between the two days"):
        planning.correct_core_group(
            again(group), 3, held_on=today, **{**right, "late_because": "r"}
        )
    # One that was forgotten is on record beside those, in its own words; late or not by the one before it.
    waits, day = again(plan.core_groups.get(held_on=None)), on - timedelta(days=1)
    was_due = waits.due_on
    forgotten = {**said, "present": "The aunt.", "held_on": day, "late_because": "r", "by": worker}
    planning.hold_core_group(waits, **forgotten)
    with pytest.raises(IncompleteError, match="is on record"):
        planning.hold_core_group(waits, **forgotten)
    with pytest.raises(IncompleteError, match="was late"):
        planning.hold_core_group(
            waits, **{**forgotten, "held_on": today - timedelta(days=1), "late_because": ""}
        )
    kept = again(plan.core_groups.get(held_on=day))
    assert (kept.present, kept.due_on) == ("The aunt.", clocks.due_day("CORE-10", began))
    assert (kept.late_because, again(waits).due_on) == ("", was_due)
    for wrong in (on, today):
        with pytest.raises(IncompleteError, match="or on that day"):
            planning.correct_core_group(kept, 1, held_on=wrong, **{**right, "late_because": "r"})
    planning.correct_core_group(kept, 1, held_on=day - timedelta(days=1), **right)
    assert again(waits).due_on == was_due
    kept.delete()
    # One overdue as the plan ended stays as not held, by the right day of the one before, and waits by it.
    plan.core_groups.filter(held_on=today).delete()
    plan.core_groups.filter(held_on=None).update(due_on=clocks.due_day("CORE-NEXT", on))
    planning.end_plan(again(plan), "moved", "They have moved.", by=manager)
    on = began + timedelta(days=3)
    planning.correct_core_group(again(group), 3, held_on=on, **right)
    left = plan.core_groups.get(held_on=None)
    due = clocks.due_day("CORE-NEXT", on)
    assert (left.not_held_because != "", left.due_on) == (True, due)
    plan.core_groups.filter(held_on=None).update(due_on=began)
    correcting.take_back_end(again(plan), again(plan).version, "The brother moved.", by=manager)
    waits = again(left)
    assert (waits.not_held_because, waits.due_on) == ("", due)


def test_a_plan_that_was_wrongly_ended_without_a_conference_goes_on_as_it_did(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any,
    client_of: Any,
) -> None:  # fmt: skip
    plan = planned(make_case(), worker, manager, chair)
    review, group = plan.reviews.get(), plan.core_groups.get()
    book(review, chair, worker)
    planning.end_plan(again(plan), "moved", "They have moved.", by=manager)
    ended = again(plan)
    page = client_of(manager).get(reverse("protection-plan", args=[plan.pk])).content.decode()
    assert reverse("take-back-end", args=[plan.pk]) in page
    with pytest.raises(IncompleteError, match="Say why"):
        correcting.take_back_end(ended, ended.version, "", by=manager)
    with pytest.raises(NotAllowedError):
        correcting.take_back_end(ended, ended.version, "The brother moved.", by=worker)
    correcting.take_back_end(ended, ended.version, "The brother moved.", by=manager)
    kept = again(plan)
    assert (kept.ends, kept.ended_because, kept.ended_by, kept.stepped_to) == (None, "", None, "")
    waits = again(review)
    assert (waits.cancelled_because, waits.booked_for is None) == ("", False)
    assert waits.due_on == clocks.due_day("CPR-FIRST", plan.starts)
    assert [each.due_on for each in plan.core_groups.all()] == [group.due_on]
    with pytest.raises(StepError):
        correcting.take_back_end(ended, ended.version, "Twice.", by=manager)

    # Not where a conference ended it, or something has begun since.
    planning.end_plan(again(plan), "moved", "They have moved.", by=manager)
    ended = again(plan)
    need_plan = ChildInNeedPlan.objects.create(referral=plan.referral, starts=ended.ends)
    with pytest.raises(StepError, match="begun since"):
        correcting.take_back_end(ended, ended.version, "r", by=manager)
    need_plan.delete()
    Referral.objects.update(state="closing", closing_by=worker, closed_because="r")
    with pytest.raises(StepError, match="closed, or to be closed"):
        correcting.take_back_end(again(plan), ended.version, "r", by=manager)
    Referral.objects.update(state="open", closing_by=None)
    Conference.objects.filter(pk=review.pk).update(
        held_at=timezone.now(), outcome="ends", rationale="r"
    )
    with pytest.raises(StepError, match="correct the record of that"):
        correcting.take_back_end(again(plan), ended.version, "r", by=manager)
    page = client_of(manager).get(reverse("protection-plan", args=[plan.pk])).content.decode()
    assert reverse("take-back-end", args=[plan.pk]) not in page
