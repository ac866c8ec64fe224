"""Pre-proceedings: who decides, the letter, meetings and reviews, weeks, the court; stepping up and down."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import (
    DISTRICT,
    MakeCase,
    again,
    assessed,
    conferred,
    held,
    planned,
    registered,
)
from sightline.clocks.rules import LONDON
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import restrict_child
from sightline.service.children.queries import entries_of
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    court,
    need,
    planning,
)
from sightline.service.protection.models import (
    ChildInNeedPlan,
    PreProceedings,
    ProtectionPlan,
    Referral,
)
from sightline.service.protection.queries import court as court_queries
from sightline.service.protection.queries.court import in_court, tracked, weeks_of
from sightline.service.protection.queries.worklist import Thing, things_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BEGAN = date(2026, 3, 2)
"""A Monday on which pre-proceedings of these tests are said to have begun."""


def began(case: Referral, worker: Person, manager: Person, head: Person) -> PreProceedings:
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    return court.begin_pre_proceedings(case, timezone.localdate(), "It is not safe.", by=head)


def since(row: PreProceedings, day: date) -> PreProceedings:
    """Have pre-proceedings have begun on another day."""
    PreProceedings.objects.filter(pk=row.pk).update(decided_on=day)
    return again(row)


@pytest.fixture
def row(make_case: MakeCase, worker: Person, manager: Person, head: Person) -> PreProceedings:
    return began(make_case(), worker, manager, head)


def sent(row: PreProceedings, worker: Person) -> PreProceedings:
    court.write_letter(row, row.version, dict.fromkeys(court.IN_LETTER, "Said."), by=worker)
    court.send_letter(again(row), row.version + 1, timezone.localdate(), by=worker)
    return again(row)


def thing(row: PreProceedings, what: str, now: datetime) -> Thing:
    found = things_in(Referral.objects.filter(pk=row.referral_id), now)
    return next(each for each in found if each.what == what)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


# --- Who decides


def test_who_has_had_the_case_does_not_decide_that_it_goes_to_court(
    make_case: MakeCase, worker: Person, manager: Person, head: Person, make_person: Any
) -> None:
    case = make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    case.allocations.update(worker=head)
    allocating.allocate(
        again(case), again(case).version, worker=worker, team=None, why_changed="MANAGE", by=manager
    )
    with pytest.raises(NotAllowedError):
        court.begin_pre_proceedings(case, timezone.localdate(), "It is not safe.", by=head)
    for role in ("team_manager", "conference_chair"):
        person = registered(make_person(role, email=f"{role}-2@example.org"))
        with pytest.raises(NotAllowedError):
            court.begin_pre_proceedings(case, timezone.localdate(), "It is not safe.", by=person)
    director = registered(make_person("assistant_director"))
    begun = court.begin_pre_proceedings(case, timezone.localdate(), "It is not safe.", by=director)
    assert (begun.decided_by, begun.decided_because) == (director, "It is not safe.")


def test_it_begins_after_an_assessment_once_and_never_without_a_reason(
    make_case: MakeCase, worker: Person, manager: Person, head: Person
) -> None:
    case, today = make_case(), timezone.localdate()
    with pytest.raises(IncompleteError, match="assessment"):
        court.begin_pre_proceedings(case, today, "It is not safe.", by=head)
    row = began(case, worker, manager, head)
    with pytest.raises(StepError, match="open already"):
        court.begin_pre_proceedings(case, today, "Again.", by=head)
    with pytest.raises(IncompleteError, match="why"):
        court.begin_pre_proceedings(case, today, " ", by=head)
    with pytest.raises(IncompleteError, match="Still open: pre-proceedings"):
        closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    court.step_down(row, row.version, stepped_to="early_help", rationale="Better.", by=head)
    assert court.begin_pre_proceedings(case, today, "Worse again.", by=head).pk != row.pk


# --- Letter, family meeting, meetings


def test_a_letter_that_lacks_something_is_not_sent(row: PreProceedings, worker: Person) -> None:
    texts = dict.fromkeys(court.IN_LETTER, "Said.")
    court.write_letter(row, row.version, {**texts, "child_view": ""}, by=worker)
    with pytest.raises(IncompleteError, match="what the child says"):
        court.send_letter(again(row), row.version + 1, timezone.localdate(), by=worker)
    court.write_letter(again(row), row.version + 1, texts, by=worker)
    with pytest.raises(StepError):
        court.send_letter(again(row), row.version + 1, timezone.localdate(), by=worker)
    late = timezone.localdate() + timedelta(days=1)
    with pytest.raises(IncompleteError, match="not after today"):
        court.send_letter(again(row), row.version + 2, late, by=worker)


def test_a_family_meeting_that_was_not_offered_says_why_and_one_held_was_offered(
    row: PreProceedings, worker: Person
) -> None:
    today = timezone.localdate()

    def offer(offered: bool | None, why: str = "", on: date | None = None) -> None:
        names = ("family_meeting_offered", "family_meeting_why_not", "family_meeting_on")
        changes = dict(zip(names, (offered, why, on), strict=True))
        court.offer_family_meeting(again(row), again(row).version, changes, by=worker)

    for given, said in (
        ((None,), "whether"),
        ((False,), "why none"),
        ((False, "No family.", today), "offered too"),
    ):
        with pytest.raises(IncompleteError, match=said):
            offer(*given)
    offer(False, "No family is known.")
    court.record_meeting(
        again(row), kind="family", held_on=today, present="All", agreed="A plan.", by=worker
    )
    kept = again(row)
    assert (kept.family_meeting_offered, kept.family_meeting_on) == (True, today)
    assert kept.family_meeting_why_not == ""


def test_meetings_come_before_the_application_and_hearings_after_it(
    row: PreProceedings, worker: Person, head: Person
) -> None:
    today = timezone.localdate()

    def record(kind: str) -> None:
        court.record_meeting(
            again(row), kind=kind, held_on=today, present="", agreed="Agreed.", by=worker
        )

    with pytest.raises(IncompleteError, match="no hearing before"):
        record("hearing")
    record("meeting")
    with pytest.raises(StepError, match="on record already"):
        record("meeting")
    court.apply_to_court(
        again(row), again(row).version, application_on=today, rationale="No change.", by=head
    )
    with pytest.raises(IncompleteError, match="there are hearings"):
        record("meeting")
    record("hearing")


# --- Clocks


def test_it_is_to_be_reviewed_within_16_weeks_and_again_after_the_review(
    row: PreProceedings, worker: Person, manager: Person
) -> None:
    row = since(row, BEGAN)
    what = "Review of pre-proceedings"
    found = [
        (each.standing, each.more)
        for weeks in (1, 12, 14, 17)
        for each in [thing(row, what, at(BEGAN + timedelta(weeks=weeks)))]
    ]
    assert found == [
        ("due", ""), ("near", "week 12 of 16"), ("near", "week 14 of 16"), ("overdue", ""),
    ]  # fmt: skip
    reviewed = BEGAN + timedelta(weeks=17)
    given = {"held_on": reviewed, "present": "", "agreed": "It goes on to July.", "by": manager}
    with pytest.raises(NotAllowedError):
        court.review_pre_proceedings(
            row, row.version, **{**given, "by": worker}, late_because="The chair was ill."
        )
    with pytest.raises(IncompleteError, match="late"):
        court.review_pre_proceedings(row, row.version, **given)
    court.review_pre_proceedings(row, row.version, **given, late_because="The chair was ill.")
    with pytest.raises(StepError):
        court.review_pre_proceedings(row, row.version, **given, late_because="Twice.")
    due = thing(again(row), what, at(reviewed)).due
    assert due
    assert due.date() == reviewed + timedelta(weeks=16)


def test_the_letter_is_on_the_list_until_it_is_sent(row: PreProceedings, worker: Person) -> None:
    now = timezone.now()
    assert thing(row, "Letter before proceedings", now).standing == "due"
    sent(row, worker)
    whats = [each.what for each in things_in(Referral.objects.all(), now)]
    assert "Letter before proceedings" not in whats


def test_the_court_has_26_weeks_from_the_application(
    row: PreProceedings, worker: Person, head: Person
) -> None:
    row = since(row, BEGAN)
    court.apply_to_court(row, row.version, application_on=BEGAN, rationale="No change.", by=head)
    what = "Final order of the court"
    stands = [thing(row, what, at(BEGAN + timedelta(weeks=w))).standing for w in (2, 21, 27)]
    assert stands == ["due", "near", "overdue"]
    assert "Review of pre-proceedings" not in [
        each.what for each in things_in(Referral.objects.all(), at(BEGAN))
    ]
    given = {"order_on": BEGAN + timedelta(weeks=20), "by": worker}
    for order, said, why in (("", "", "Select"), ("other", "", "which order")):
        with pytest.raises(IncompleteError, match=why):
            court.record_order(
                again(row), again(row).version, order=order, order_said=said, **given
            )
    court.record_order(again(row), again(row).version, order="care", order_said="", **given)
    kept = again(row)
    assert (kept.stepped_to, kept.ended_on) == ("care", given["order_on"])
    assert what not in [each.what for each in things_in(Referral.objects.all(), at(BEGAN))]


# --- Up and down


def test_down_from_pre_proceedings_to_a_child_in_need_plan(
    row: PreProceedings, head: Person
) -> None:
    with pytest.raises(IncompleteError, match="No child protection plan is open"):
        court.step_down(
            row, row.version, stepped_to="child protection plan", rationale="Better.", by=head
        )
    assert again(row).outcome == ""
    court.step_down(row, row.version, stepped_to="child in need plan", rationale="Better.", by=head)
    plan = ChildInNeedPlan.objects.get()
    assert (plan.stepped_from, plan.reviews.count()) == ("pre-proceedings", 1)
    assert again(row).outcome_by == head


def test_down_from_pre_proceedings_a_child_protection_plan_goes_on(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, head: Person, agencies: Any
) -> None:
    case = make_case()
    planned(case, worker, manager, chair)
    row = began(case, worker, manager, head)
    with pytest.raises(IncompleteError, match="until a conference ends it"):
        court.step_down(
            row, row.version, stepped_to="child in need plan", rationale="Better.", by=head
        )
    court.step_down(
        row, row.version, stepped_to="child protection plan", rationale="Better.", by=head
    )
    assert ProtectionPlan.objects.get().ends is None


def test_up_and_down_between_need_protection_and_care_is_kept_and_shown(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    case, today = make_case(), timezone.localdate()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    texts = {"needs": "Help.", "goals": "Change.", "stepped_from": "care"}
    with pytest.raises(IncompleteError, match="from what"):
        need.begin_need_plan(case, today, {**texts, "stepped_from": "moon"}, by=worker)
    from_care = need.begin_need_plan(case, today, texts, by=worker)
    conference = conferred(case, worker, manager, chair)
    conferring.hold_conference(conference, held(), by=chair)
    up = ProtectionPlan.objects.get(referral=case)
    down = up.reviews.get()
    conferring.book_conference(
        down,
        down.version,
        {"booked_for": timezone.now(), "mode": "room", "venue": "Room 1", "chair": chair},
        by=worker,
    )
    conferring.hold_conference(again(down), held("ends"), by=chair)
    last = ChildInNeedPlan.objects.get(ends=None)
    need.end_need_plan(last, ends=today, stepped_to="care", because_of="A care order.", by=worker)
    steps = [(again(each).stepped_from, again(each).stepped_to) for each in (from_care, up, last)]
    assert steps == [
        ("care", "child protection plan"),
        ("child in need plan", "child in need plan"),
        ("child protection plan", "care"),
    ]
    client = client_of(worker)
    for page, plan, said in (
        ("need-plan", from_care, "Child protection plan"),
        ("protection-plan", up, "Child in need plan"),
        ("need-plan", last, "Care"),
    ):
        text = client.get(reverse(page, args=[plan.pk])).content.decode()
        assert "Stepped from" in text
        assert "Stepped to" in text
        assert said in text
    told = [each.what for each in entries_of(case.child, worker, "Protection")]
    assert "Child in need plan ended, stepped to: care" in told


def test_a_plan_of_a_child_who_came_into_care_ends_without_a_conference(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    head: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    case, today = make_case(), timezone.localdate()
    plan = planned(case, worker, manager, chair)
    row = began(case, worker, manager, head)
    court.apply_to_court(row, row.version, application_on=today, rationale="At once.", by=head)
    court.record_order(
        again(row), again(row).version, order_on=today, order="care", order_said="", by=worker
    )
    page = client_of(worker).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "The child is in care, and the child protection plan is still open." in page
    planning.end_plan(plan, "care", "A care order.", by=manager)
    assert again(plan).stepped_to == "care"
    page = client_of(worker).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "still open" not in page


# --- The tracker


def test_the_tracker_counts_weeks_the_longest_first(
    make_case: MakeCase, worker: Person, manager: Person, head: Person, agencies: Any
) -> None:
    today = BEGAN + timedelta(weeks=30)
    rows = [began(make_case(), worker, manager, head) for _ in range(4)]
    for each, weeks in zip(rows, (30, 18, 3), strict=False):
        since(each, today - timedelta(weeks=weeks))
    applied = since(rows[3], today - timedelta(weeks=29))
    court.apply_to_court(
        applied,
        applied.version,
        application_on=today - timedelta(weeks=27),
        rationale="No change.",
        by=head,
    )
    found = in_court(head, "pre-proceedings", today)
    lines = tracked(found, [each.pk for each in found], at(today))
    assert [(each.weeks, each.standing) for each in lines] == [
        (30, "overdue"), (18, "overdue"), (3, "due"),
    ]  # fmt: skip
    weeks = weeks_of(found.values_list("decided_on", flat=True), today)
    assert (weeks.count, weeks.median, weeks.long, weeks.very_long) == (3, 18.0, 2, 1)
    found = in_court(head, "proceedings", today)
    lines = tracked(found, [each.pk for each in found], at(today))
    assert [(each.weeks, each.standing) for each in lines] == [(27, "overdue")]
    assert not in_court(head, "ended", today)


def test_pages_of_court_open_with_few_questions_and_are_on_record(
    row: PreProceedings,
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    head: Person,
    client_of: Any,
) -> None:
    client = client_of(head)
    number = row.referral.child.number
    address = reverse("pre-proceedings", args=[row.pk])
    client.get(reverse("court"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("court"))
    for _ in range(3):
        began(make_case(), worker, manager, head)
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("court"))
    assert len(many) == len(few) <= 28
    assert "4 children" in page.content.decode()
    with CaptureQueriesContext(connection) as one:
        text = client.get(address).content.decode()
    assert len(one) <= 28
    assert "Write the letter" not in client_of(worker).get(reverse("court")).content.decode()
    assert "Step down" in text
    with CaptureQueriesContext(connection) as case:
        text = client.get(reverse("case", args=[row.referral_id])).content.decode()
    assert len(case) <= 28
    assert address in text
    views = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=number)
    assert views.count() >= 4
    for show in ("proceedings", "ended", "nothing"):
        assert client.get(reverse("court"), {"show": show}).status_code == 200
    restrict_child(number, "family of staff", [])
    assert "3 children" in client.get(reverse("court")).content.decode()
    assert client.get(address).status_code == 403


def test_no_decision_about_court_is_chosen_beforehand(
    row: PreProceedings, head: Person, client_of: Any
) -> None:
    for page in ("step-down", "apply-to-court"):
        text = client_of(head).get(reverse(page, args=[row.pk])).content.decode()
        assert "checked" not in text


def test_who_is_near_and_far_sees_their_own(
    row: PreProceedings, make_person: Any, client_of: Any
) -> None:
    near = make_person("service_manager", district=DISTRICT, email="near@example.org")
    far = make_person("service_manager", district="Elsewhere", email="far@example.org")
    assert "Ashdown" in client_of(near).get(reverse("court")).content.decode()
    assert "Ashdown" not in client_of(far).get(reverse("court")).content.decode()
    text = client_of(near).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "Only a registered social worker" in text
    assert "Apply to court" not in text


def test_weeks_are_counted_by_the_day_in_the_united_kingdom() -> None:
    began: Any = PreProceedings(decided_on=date(2026, 6, 1))
    began.reviewed_on = None
    half_past_midnight = datetime(2026, 6, 14, 23, 30, tzinfo=UTC)
    case: Any = None
    assert court_queries._line(began, case, half_past_midnight).weeks == 2
