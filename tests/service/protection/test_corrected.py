"""What was recorded by mistake is taken back: the review and end of a plan, a closure, a step down."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
    MakeCase,
    again,
    assessed,
    book,
    conferred,
    held,
    planned,
    registered,
)
from sightline.clocks.rules import LONDON
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.children.models import KnownPerson
from sightline.service.protection import clocks
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    correcting,
    correcting_need,
    need,
)
from sightline.service.protection.models import (
    ChildInNeedPlan,
    Conference,
    NeedReview,
    ProtectionPlan,
    Referral,
    Visit,
)
from sightline.service.protection.papers import need_plan
from sightline.service.protection.queries import lists

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NEEDS = {"needs": "n", "goals": "g"}


@pytest.fixture
def plan(make_case: MakeCase, worker: Person, manager: Person) -> ChildInNeedPlan:
    """A child in need plan that began 60 days ago."""
    case = make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)
    Referral.objects.update(received_at=timezone.now() - timedelta(days=70))
    case = again(case)
    return need.begin_need_plan(case, timezone.localdate() - timedelta(days=60), NEEDS, by=worker)


def test_a_review_of_a_child_in_need_plan_is_corrected_and_the_next_is_due_by_it(
    plan: ChildInNeedPlan, worker: Person, client_of: Any
) -> None:
    today, review = timezone.localdate(), plan.reviews.get()
    NeedReview.objects.update(due_on=plan.starts + timedelta(days=30))
    late = {"decision": "It ends.", "late_because": "The school was closed."}
    need.hold_need_review(again(review), held_on=today, **late, by=worker)
    client = client_of(worker)
    address = reverse("need-plan", args=[plan.pk])
    assert reverse("correct-need-review", args=[review.pk]) in client.get(address).content.decode()
    right: dict[str, Any] = {"decision": "It goes on.", "late_because": "", "by": worker}
    right["because_of"] = "A wrong month."
    for change, said in (
        ({"held_on": plan.starts - timedelta(days=1)}, "within the plan"),
        ({"held_on": today + timedelta(days=1)}, "within the plan"),
        ({"held_on": today}, "was late"),
        ({"held_on": plan.starts, "decision": " "}, "what was decided"),
        ({"held_on": plan.starts, "because_of": ""}, "why it is corrected"),
    ):
        with pytest.raises(IncompleteError, match=said):
            correcting_need.correct_need_review(again(review), 2, **{**right, **change})
    on = plan.starts + timedelta(days=20)
    correcting_need.correct_need_review(again(review), 2, held_on=on, **right)
    kept, waits = again(review), plan.reviews.get(held_on=None)
    assert (kept.held_on, kept.decision, kept.late_because) == (on, "It goes on.", "")
    assert (kept.corrected_by, kept.corrected_because) == (worker, "A wrong month.")
    assert waits.due_on == clocks.due_day("CINR", on)
    page = client.get(address).content.decode()
    assert f"Corrected: A wrong month. ({worker}, " in page
    # Printed, it says that it was corrected, and not why: that is for the record.
    [told] = next(each.rows for each in need_plan(plan, plan.referral.child).parts if each.rows)
    assert told == (f"{on:%-d %B %Y}", f"It goes on.\nCorrected on {today:%-d %B %Y}")
    with pytest.raises(StepError):
        correcting_need.correct_need_review(kept, 2, held_on=on, **right)
    # One that was held since keeps its day, by which it was said whether it was late.
    need.hold_need_review(
        waits, held_on=today, decision="It goes on.", late_because="Ill.", by=worker
    )
    with pytest.raises(IncompleteError, match="between the two days"):
        late = {**right, "late_because": "r"}
        correcting_need.correct_need_review(again(review), 3, held_on=today, **late)
    correcting_need.correct_need_review(again(review), 3, held_on=plan.starts, **right)
    assert plan.reviews.get(held_on=None).due_on == clocks.due_day("CINR", today)
    # Of a plan that has ended, within it.
    ends = {"ends": today, "stepped_to": "universal", "because_of": "Better."}
    need.end_need_plan(again(plan), **ends, by=worker)
    correcting_need.correct_need_review(again(review), 4, held_on=on, **right)
    assert (again(review).held_on, plan.reviews.filter(held_on=None).exists()) == (on, False)


def test_of_a_plan_that_has_ended_a_corrected_review_moves_the_one_that_was_not_held(
    plan: ChildInNeedPlan, worker: Person, manager: Person, client_of: Any
) -> None:
    today, began = timezone.localdate(), timezone.localdate() - timedelta(days=300)
    ChildInNeedPlan.objects.update(starts=began)
    first = plan.reviews.get()
    NeedReview.objects.update(due_on=clocks.due_day("CINR", began))
    day = [began + timedelta(days=each) for each in range(300)]
    said: dict[str, Any] = {"decision": "It goes on.", "late_because": "Ill.", "by": worker}
    need.hold_need_review(again(first), held_on=day[20], **said)
    ends = {"ends": day[180], "stepped_to": "universal", "because_of": "Better."}
    need.end_need_plan(again(plan), **ends, by=worker)
    right: dict[str, Any] = {**said, "because_of": "A wrong month."}

    def correct(on: date) -> list[date]:
        correcting_need.correct_need_review(again(first), again(first).version, held_on=on, **right)
        return [
            each.due_on for each in plan.reviews.filter(held_on=None).exclude(not_held_because="")
        ]

    assert correct(day[50]) == [clocks.due_day("CINR", day[50])]
    # In time by its right day, none was left unheld; and where it was not after all, one was.
    assert correct(day[170]) == []
    assert correct(day[40]) == [clocks.due_day("CINR", day[40])]
    # It waits by the clock, on the plan's page as on the list, whatever day it stood with.
    NeedReview.objects.filter(held_on=None).update(due_on=day[60])
    correcting_need.take_back_need_end(again(plan), again(plan).version, "r", by=manager)
    waits = plan.reviews.get(held_on=None)
    assert (waits.not_held_because, waits.due_on) == ("", clocks.due_day("CINR", day[40]))
    # One held after the day on which the plan is recorded as ended may come nearer, and not go further.
    need.hold_need_review(again(waits), held_on=day[200], **said)
    ended = {**ends, "ends": day[190]}
    need.end_need_plan(again(plan), **ended, by=worker)
    for on in (day[195], day[189]):
        correcting_need.correct_need_review(again(waits), again(waits).version, held_on=on, **right)
    with pytest.raises(IncompleteError, match="within the plan"):
        correct_late = {**right, "held_on": day[191]}
        correcting_need.correct_need_review(again(waits), again(waits).version, **correct_late)
    assert today > day[200]


def test_meetings_of_a_plan_are_held_in_order_and_those_that_stand_wrongly_put_right(
    plan: ChildInNeedPlan, worker: Person
) -> None:
    days = [plan.starts + timedelta(days=each) for each in range(60)]
    said: dict[str, Any] = {"decision": "On.", "late_because": "Ill.", "by": worker}
    first = plan.reviews.get()
    need.hold_need_review(first, held_on=days[40], **said)
    second = plan.reviews.get(held_on=None)
    # One on its day again is the same recorded twice; one before it was forgotten, and the next waits on.
    with pytest.raises(IncompleteError, match=f"of {days[40]:%-d %B %Y} is on record.*correct it"):
        need.hold_need_review(second, held_on=days[40], **said)
    need.hold_need_review(second, held_on=days[20], **said)
    forgotten = plan.reviews.get(held_on=days[20])
    assert (forgotten.due_on, forgotten.late_because) == (clocks.due_day("CINR", plan.starts), "")
    assert plan.reviews.get(held_on=None) == second
    forgotten.delete()
    need.hold_need_review(second, held_on=days[50], **said)
    third = plan.reviews.get(held_on=None)
    need.hold_need_review(third, held_on=days[52], **said)
    # What was recorded before that was so is put right: on one day, or the one in the place of the other.
    right: dict[str, Any] = {**said, "because_of": "A wrong month."}

    def stand(*on: int) -> None:
        for row, day in zip((first, second, third), on, strict=True):
            NeedReview.objects.filter(pk=row.pk).update(held_on=days[day])

    def correct(row: NeedReview, day: int, **other: str) -> None:
        now, changes = again(row), {**right, **other}
        correcting_need.correct_need_review(now, now.version, held_on=days[day], **changes)

    stand(40, 40, 52)
    correct(second, 40, decision="It ends.")
    assert again(second).decision == "It ends."
    for row, day in ((second, 39), (first, 41), (second, 52), (third, 40)):
        with pytest.raises(IncompleteError, match="between the two days"):
            correct(row, day)
    correct(second, 41)
    correct(first, 30)
    stand(50, 20, 30)
    with pytest.raises(IncompleteError, match="between the two days"):
        correct(second, 55)
    for row, day in ((third, 58), (second, 55), (first, 52)):
        correct(row, day)
    assert plan.reviews.get(held_on=None).due_on == clocks.due_day("CINR", days[58])
    # As it ends at the same time, as another page of it still says that it is open.
    waits = NeedReview.objects.select_related("plan").get(held_on=None)
    ends = {"ends": days[59], "stepped_to": "universal", "because_of": "Better."}
    need.end_need_plan(again(plan), **ends, by=worker)
    with pytest.raises(StepError, match="plan has ended"):
        need.hold_need_review(waits, held_on=days[59], **said)


@pytest.fixture
def late(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> Conference:
    """A conference, to be recorded, that was held days ago in a case with an assessment."""
    now, case = timezone.now(), make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)
    Referral.objects.update(received_at=now - timedelta(days=130))
    case = again(case)
    return conferred(case, worker, manager, chair, when=now - timedelta(days=30))


def at(day: date, outcome: str = "plan", **more: Any) -> conferring.Held:
    moment = datetime.combine(day, time(12), tzinfo=LONDON)
    return held(outcome, held_at=moment, late_reason="other", **more)


def correct(row: Conference, given: conferring.Held, chair: Person) -> None:
    now = again(row)
    correcting.correct_conference(now, now.version, given, because_of="A wrong line.", by=chair)


def test_a_child_in_need_plan_begun_before_its_conference_was_recorded_is_restored(
    late: Conference, worker: Person, chair: Person
) -> None:
    ago = {each: timezone.localdate() - timedelta(days=each) for each in range(12)}
    before = need.begin_need_plan(late.referral, ago[5], NEEDS, by=worker)
    need.hold_need_review(before.reviews.get(), held_on=ago[4], decision="On.", by=worker)
    conferring.hold_conference(late, at(ago[9]), by=chair)

    def stands() -> tuple[date | None, date]:
        return again(before).ends, again(late).plan_made.starts

    assert stands() == (ago[5], ago[9])
    for day, ends in ((ago[10], ago[5]), (ago[3], ago[3]), (ago[9], ago[9])):
        if day == ago[9]:  # it is as if it had never begun
            with pytest.raises(IncompleteError, match="was begun or worked under"):
                correct(late, at(day), chair)
        else:
            correct(late, at(day), chair)
            assert stands() == (ends, day)
    correct(late, at(ago[3], "no_plan", after="need_plan"), chair)
    kept = again(before)
    assert (kept.ends, kept.stepped_to) == (None, "")
    assert late.referral.need_plans.get() == kept
    assert kept.reviews.get(held_on=None).due_on == clocks.due_day("CINR", ago[4])


def test_a_conference_recorded_late_is_moved_past_no_plan_but_past_a_review_held_meanwhile(
    late: Conference, worker: Person, manager: Person, chair: Person
) -> None:
    today = timezone.localdate()
    before = need.begin_need_plan(late.referral, today - timedelta(days=100), NEEDS, by=worker)
    due = clocks.due_day("CINR", before.starts)
    assert due
    day = {each: due + timedelta(days=each) for each in range(-9, 7)}
    conferring.hold_conference(late, at(day[-1]), by=chair)

    def not_held() -> list[date]:
        return list(before.reviews.filter(held_on=None).values_list("due_on", flat=True))

    # By the day until which it was open, its review was not held, or was not due yet.
    assert not_held() == []
    correct(late, at(day[1]), chair)
    assert not_held() == [due]
    correct(late, at(day[-1]), chair)
    assert not_held() == []
    # One held after the conference, before that was recorded, hinders no correction of its day.
    NeedReview.objects.create(plan=before, due_on=due, held_on=day[2], decision="On.")
    correct(late, at(day[-3]), chair)
    assert again(before).ends == again(late).plan_made.starts == day[-3]
    # The child has no two plans at a time: not where the conference is corrected, nor where it is recorded.
    # On which day a child in need plan ended nobody corrects then: it follows, and says why as it did.
    other = ChildInNeedPlan.objects.create(
        referral=late.referral, starts=day[-9], ends=day[-5], ended_because="r"
    )
    seen: dict[str, Any] = {"pathway": "cin", "seen": True, "by": worker}
    seen["made_at"] = datetime.combine(day[-5], time(12), tzinfo=LONDON)
    Visit.objects.create(referral=late.referral, **seen)
    with pytest.raises(IncompleteError, match="worked under after that day"):
        correct(late, at(day[-6]), chair)
    Visit.objects.all().delete()
    correct(late, at(day[-6]), chair)
    kept = again(other)
    assert (kept.ends, kept.stepped_to) == (day[-6], "")
    assert kept.ended_because.startswith("r (It was recorded as ended on ")
    # In a case that is closed it stays as it is: it was authorised with that.
    closed = Referral.objects.create(
        child=late.referral.child,
        received_at=late.referral.received_at,
        state="closed",
        closed_on=day[0],
        closed_because="r",
        closed_rationale="r",
        closing_by=worker,
        closed_by=manager,
    )
    ChildInNeedPlan.objects.filter(pk=other.pk).update(referral=closed)
    correct(late, at(day[-7]), chair)
    assert again(other).ends == day[-6]
    correct(late, at(day[-7], "no_plan", after="no_plan"), chair)
    Conference.objects.filter(pk=late.pk).update(held_at=None, outcome="")
    need.end_need_plan(
        again(before), ends=day[-4], stepped_to="universal", because_of="r", by=worker
    )
    with pytest.raises(IncompleteError, match="correct that first"):
        conferring.hold_conference(again(late), at(day[-8]), by=chair)
    # Once another has begun since, nobody can: it ends as the child protection plan begins.
    since = ChildInNeedPlan.objects.create(referral=late.referral, starts=day[-3])
    conferring.hold_conference(again(late), at(day[-8]), by=chair)
    assert (again(before).ends, again(before).stepped_to) == (day[-8], "universal")
    assert again(since).ends == day[-3]
    # A child protection plan that a conference ended is corrected by whoever chaired that.
    first = again(late).plan_made
    review = first.reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(again(review), at(day[-3], "ends", after="no_plan"), by=chair)
    second = Conference.objects.create(referral=late.referral, kind="initial")
    book(second, chair, worker)
    with pytest.raises(IncompleteError, match=f"ended on {day[-3]:%-d %B %Y}: correct that first"):
        conferring.hold_conference(again(second), at(day[-4]), by=chair)
    # So is one that no conference ended, by a manager; not once another plan began since: then it is so.
    Conference.objects.filter(pk=review.pk).update(outcome="continues", category="NEG")
    with pytest.raises(IncompleteError, match=f"ended on {day[-3]:%-d %B %Y}: correct that first"):
        conferring.hold_conference(again(second), at(day[-4]), by=chair)
    ChildInNeedPlan.objects.filter(pk=before.pk).update(ends=day[-2])
    with pytest.raises(IncompleteError, match=f"ended on {day[-2]:%-d %B %Y}: correct that first"):
        conferring.hold_conference(again(second), at(day[-4]), by=chair)
    ChildInNeedPlan.objects.create(referral=late.referral, starts=day[-1])
    with pytest.raises(IncompleteError, match="began after that day"):
        conferring.hold_conference(again(second), at(day[-9]), by=chair)
    conferring.hold_conference(again(second), at(day[-4]), by=chair)
    assert (again(second).plan_made.starts, again(before).ends) == (day[-4], day[-4])


def test_a_child_in_need_plan_that_was_wrongly_ended_goes_on_as_it_did(
    plan: ChildInNeedPlan, worker: Person, manager: Person, client_of: Any
) -> None:
    today, back = timezone.localdate(), correcting_need.take_back_need_end
    yesterday = today - timedelta(days=1)
    wrong: dict[str, Any] = {"stepped_to": "universal", "because_of": "Better.", "by": worker}
    need.end_need_plan(plan, ends=yesterday, **wrong)
    ended, page = again(plan), reverse("need-plan", args=[plan.pk])
    address = reverse("take-back-need-end", args=[plan.pk])
    assert address in client_of(manager).get(page).content.decode()
    assert address not in client_of(worker).get(page).content.decode()
    with pytest.raises(IncompleteError, match="Say why"):
        back(ended, ended.version, " ", by=manager)
    with pytest.raises(NotAllowedError):
        back(ended, ended.version, "The brother's.", by=worker)
    # Not where another plan has begun since, a conference has taken its place, or the case is closed.
    other = need.begin_need_plan(again(plan.referral), today, NEEDS, by=worker)
    with pytest.raises(StepError, match="begun since"):
        back(ended, ended.version, "The brother's.", by=manager)
    other.delete()
    ChildInNeedPlan.objects.update(stepped_to="child protection plan")
    conference = Conference.objects.create(referral=plan.referral, kind="initial")
    instead = ProtectionPlan.objects.create(
        referral=plan.referral, made_at=conference, starts=yesterday
    )
    with pytest.raises(StepError, match="correct the record of the conference"):
        back(again(plan), ended.version, "The brother's.", by=manager)
    assert address not in client_of(manager).get(page).content.decode()
    # Where the record of that was corrected since, nothing stands in its place.
    instead.delete()
    conference.delete()
    assert address in client_of(manager).get(page).content.decode()
    Referral.objects.update(state="closing", closing_by=worker, closed_because="r")
    with pytest.raises(StepError, match="closed, or to be closed"):
        back(again(plan), ended.version, "The brother's.", by=manager)
    Referral.objects.update(state="open", closing_by=None)
    back(again(plan), ended.version, "The brother's.", by=manager)
    kept, waits = again(plan), plan.reviews.get()
    assert (kept.ends, kept.ended_because, kept.stepped_to) == (None, "", "")
    assert (waits.held_on, waits.due_on) == (None, clocks.due_day("CINR", plan.starts))
    with pytest.raises(StepError):
        back(ended, ended.version, "Twice.", by=manager)
    # A review that was overdue as it was said to end waits again, as it did.
    began = today - timedelta(days=120)
    ChildInNeedPlan.objects.update(starts=began)
    due = clocks.due_day("CINR", began)
    NeedReview.objects.update(due_on=due)
    need.end_need_plan(again(plan), ends=today, **wrong)
    assert plan.reviews.get().not_held_because
    back(again(plan), again(plan).version, "The brother's.", by=manager)
    waits = plan.reviews.get()
    assert (waits.not_held_because, waits.due_on) == ("", due)


def test_a_case_closed_by_mistake_is_open_again_and_waits_to_be_allocated(
    make_case: MakeCase, worker: Person, manager: Person, make_person: Any, client_of: Any
) -> None:
    case, now = make_case(), timezone.now()
    closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    closing.authorise_closure(again(case), again(case).version, "I agree.", by=manager)
    gone, address = again(case), reverse("take-back-closure", args=[case.pk])
    page, client = reverse("case", args=[case.pk]), client_of(manager)
    assert address in client.get(page).content.decode()
    assert address not in client_of(worker).get(page).content.decode()
    unregistered = make_person("team_manager", team=case.team.name, email="new@example.org")
    for person in (worker, unregistered):
        with pytest.raises(NotAllowedError):
            closing.take_back_closure(gone, gone.version, "The brother's.", by=person)
    with pytest.raises(IncompleteError, match="Say why"):
        closing.take_back_closure(gone, gone.version, " ", by=manager)
    # Not where the child has another open case: a new one, or that of a record that is the same child's.
    KnownPerson.objects.create(number="C-9", merged_into=case.child)
    for child in KnownPerson.objects.all():
        other = Referral.objects.create(child=child, received_at=now)
        with pytest.raises(StepError, match="another open case"):
            closing.take_back_closure(gone, gone.version, "The brother's.", by=manager)
        assert address not in client.get(page).content.decode()
        other.delete()
    # Nor where the child has had another since, which is closed now: two cases over the same weeks.
    before = gone.closed_on - timedelta(days=9)
    over: dict[str, Any] = {"state": "closed", "closed_by": manager}
    over |= {"closing_by": worker, "closed_because": "r", "closed_rationale": "r"}
    tomorrow = gone.closed_on + timedelta(days=1)
    for received, closed in ((now, gone.closed_on), (now - timedelta(days=20), tomorrow)):
        other = Referral.objects.create(
            child=KnownPerson.objects.get(number="C-9"),
            received_at=received,
            closed_on=closed,
            **over,
        )
        with pytest.raises(StepError, match="had another case since it was closed"):
            closing.take_back_closure(gone, gone.version, "The brother's.", by=manager)
        assert address not in client.get(page).content.decode()
        other.delete()
    # One before it hinders nothing.
    over["received_at"] = now - timedelta(days=20)
    Referral.objects.create(child=case.child, closed_on=before, **over)
    form = client.get(address).content.decode()
    assert address in client.get(page).content.decode()
    assert "open again without a worker" in form
    answer = client.post(
        address, {"version": gone.version, "reason": "The brother's."}, follow=True
    )
    assert "it is on the list of what is to be allocated" in answer.content.decode()
    kept = again(case)
    assert (kept.state, kept.closed_on, kept.closed_by, kept.closing_by) == ("open", *[None] * 3)
    assert (kept.closed_rationale, kept.closing_returned_by) == ("", manager)
    text = client.get(page).content.decode()
    assert "by mistake. The brother&#x27;s. (" in text
    assert "Nobody yet" in text
    assert [each.case.key for each in lists.unallocated(manager, now)] == [case.pk]
    [had] = case.allocations.all()
    assert had.ends_at is not None
    with pytest.raises(StepError, match="now “Open”"):
        closing.take_back_closure(gone, gone.version, "Twice.", by=manager)
    allocating.allocate(kept, kept.version, worker=worker, team=None, by=manager)
    assert lists.unallocated(manager, now) == []
    # Whoever asked for it takes it back too: nothing is decided about their work.
    closing.ask_to_close(again(case), "RC8", "The family has help.", by=manager)
    other = registered(unregistered)
    closing.authorise_closure(again(case), again(case).version, "I agree.", by=other)
    closing.take_back_closure(again(case), again(case).version, "Too soon.", by=manager)
    assert again(case).state == "open"


def test_a_plan_that_was_wrongly_said_to_step_down_goes_on_and_what_it_stepped_to_goes(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    review = plan.reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(again(review), held("ends", after="need_plan"), by=chair)
    down = ChildInNeedPlan.objects.get()
    assert (down.stepped_from, again(plan).stepped_to) == (
        "child protection plan",
        "child in need plan",
    )
    with pytest.raises(StepError, match="correct the record of that"):
        correcting.take_back_end(again(plan), again(plan).version, "r", by=manager)
    now = again(review)
    goes_on = held("continues", held_at=now.held_at)
    right: dict[str, Any] = {"because_of": "The brother's.", "by": chair}
    need.write_need_plan(down, 1, {"needs": "Help."}, by=worker)
    with pytest.raises(IncompleteError, match="Have a new conference decide"):
        correcting.correct_conference(now, now.version, goes_on, **right)
    ChildInNeedPlan.objects.update(needs="")
    correcting.correct_conference(now, now.version, goes_on, **right)
    assert not ChildInNeedPlan.objects.exists()
    kept = ProtectionPlan.objects.get()
    assert (kept.ends, kept.stepped_to, kept.core_groups.count()) == (None, "", 1)


def test_a_plan_takes_the_place_of_the_childs_in_whichever_case_and_its_own_alone_follows_it(
    late: Conference, worker: Person, chair: Person
) -> None:
    # Merged, the child has two open cases; the child in need plan is in the other.
    ago = {each: timezone.localdate() - timedelta(days=each) for each in range(30)}
    case = late.referral
    merged = KnownPerson.objects.create(number="C-9", merged_into=case.child)
    other = Referral.objects.create(child=merged, received_at=case.received_at)
    before = ChildInNeedPlan.objects.create(referral=other, starts=ago[28])
    conferring.hold_conference(late, at(ago[20]), by=chair)
    plan = again(late).plan_made
    kept = again(before)
    assert (kept.ends, kept.stepped_to) == (ago[20], "child protection plan")
    assert kept.ended_because == "A child protection plan took its place."
    assert (plan.stepped_from, correcting_need.has_successor(kept)) == ("child in need plan", True)
    seen: dict[str, Any] = {"pathway": "cin", "seen": True, "by": worker}
    seen["made_at"] = datetime.combine(ago[20], time(12), tzinfo=LONDON)
    visit = Visit.objects.create(referral=other, **seen)
    with pytest.raises(IncompleteError, match="worked under after that day"):
        correct(late, at(ago[21]), chair)
    visit.delete()
    correct(late, at(ago[21]), chair)
    assert again(before).ends == ago[21]
    # Not opened again in a case that is closed, nor where a plan of its own case took its place as well.
    shut: dict[str, Any] = {"closed_because": "r", "closed_rationale": "r", "closing_by": worker}
    shut |= {"state": "closed", "closed_on": ago[0], "closed_by": chair}
    Referral.objects.filter(pk=other.pk).update(**shut)
    with pytest.raises(IncompleteError, match="in a case that is closed"):
        correct(late, at(ago[21], "no_plan", after="need_plan"), chair)
    open_again = {each: None if each.endswith(("_on", "_by")) else "" for each in shut}
    Referral.objects.filter(pk=other.pk).update(**open_again | {"state": "open"})
    with transaction.atomic():
        ProtectionPlan.objects.create(
            referral=other,
            made_at=Conference.objects.create(referral=other, kind="initial"),
            starts=ago[21],
            initial_category="NEG",
            latest_category="NEG",
        )
        correct(late, at(ago[21], "no_plan", after="no_plan"), chair)
        assert again(before).ends == ago[21]
        transaction.set_rollback(True)
    correct(late, at(ago[21], "no_plan", after="need_plan"), chair)
    assert (again(before).ends, ProtectionPlan.objects.exists()) == (None, False)
    assert ChildInNeedPlan.objects.get(ends=None) == before
    correct(late, at(ago[21]), chair)
    assert again(before).ends == ago[21]
    # A later plan took the place of another: where the first one's own is marked no more, that stays.
    plan = again(late).plan_made
    ended = {"ends": ago[12], "ended_because": "r"}
    ProtectionPlan.objects.filter(pk=plan.pk).update(**ended)
    plan.reviews.all().delete()
    ChildInNeedPlan.objects.filter(pk=before.pk).update(ends=ago[24], stepped_to="universal")
    said = {"ended_because": "It was decided.", "stepped_to": "child protection plan"}
    for ends in (ago[5], ago[10]):
        latest = ChildInNeedPlan.objects.create(referral=case, starts=ago[10], ends=ends, **said)
        correct(late, at(again(plan).starts - timedelta(days=1)), chair)
        assert (again(latest).ends, again(latest).ended_because) == (ends, "It was decided.")
        latest.delete()
    assert again(plan).starts == ago[23]


def test_the_next_meeting_is_due_by_the_last_that_was_held_whichever_is_put_right(
    plan: ChildInNeedPlan, worker: Person
) -> None:
    days = [plan.starts + timedelta(days=each) for each in range(60)]
    said: dict[str, Any] = {"decision": "On.", "late_because": "Ill.", "by": worker}
    first = plan.reviews.get()
    need.hold_need_review(first, held_on=days[20], **said)
    second = plan.reviews.get(held_on=None)
    need.hold_need_review(second, held_on=days[30], **said)
    # As it was recorded before meetings were held in order.
    NeedReview.objects.filter(pk=first.pk).update(held_on=days[50])
    right: dict[str, Any] = {**said, "because_of": "A wrong month."}
    for row, on, last in ((second, 52, 52), (first, 40, 52), (second, 45, 45), (second, 45, None)):
        if last is None:  # only what it decided
            plan.reviews.filter(held_on=None).update(due_on=days[59])
        now = again(row)
        correcting_need.correct_need_review(now, now.version, held_on=days[on], **right)
        due = days[59] if last is None else clocks.due_day("CINR", days[last])
        assert plan.reviews.get(held_on=None).due_on == due


def test_a_conference_is_recorded_with_its_plan_locked_first_as_where_one_is_corrected(
    late: Conference, worker: Person, chair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    conferring.hold_conference(late, at(timezone.localdate() - timedelta(days=9)), by=chair)
    review = again(late).plan_made.reviews.get()
    book(review, chair, worker)
    locked, lock = [], QuerySet.select_for_update

    def locks(asked: QuerySet[Any], **how: Any) -> QuerySet[Any]:
        locked.append((asked.model, again(review).held_at))
        return lock(asked, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", locks)
    conferring.hold_conference(again(review), at(timezone.localdate(), "continues"), by=chair)
    assert locked == [(Referral, None), (ProtectionPlan, None)]
