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
    lettered,
    parent_of,
    planned,
    registered,
)
from sightline.clocks.rules import LONDON
from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import entries_of
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    court,
    letters,
    meetings,
    need,
    planning,
)
from sightline.service.protection.models import (
    ChildInNeedPlan,
    CourtMeeting,
    PreProceedings,
    ProtectionPlan,
    Referral,
)
from sightline.service.protection.queries import court as court_queries
from sightline.service.protection.queries.court import in_court, tracked, weeks_of
from sightline.service.protection.queries.parents import parents_of
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


def applied(row: PreProceedings, day: date, worker: Person, head: Person) -> PreProceedings:
    """Have it be decided that pre-proceedings go to court, and the application be made, on one day."""
    court.decide_for_court(row, row.version, decided_on=day, rationale="No change.", by=head)
    court.apply_to_court(again(row), again(row).version, application_on=day, by=worker)
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
    mother, today = parent_of(row.referral), timezone.localdate()
    texts = dict.fromkeys(letters.IN_LETTER, "Said.")
    letters.write_letter(row, 1, {**texts, "child_view": ""}, by=worker)
    with pytest.raises(IncompleteError, match="Choose who has parental"):
        letters.address_letter(row, row.referral.child, "", by=worker)
    letter = letters.address_letter(row, mother, "", by=worker)
    with pytest.raises(StepError, match="waits to be sent already"):
        letters.address_letter(row, mother, "Twice.", by=worker)
    for said, change in (
        ("what the child says", lambda: letters.write_letter(again(row), 2, texts, by=worker)),
        ("they have told us", lambda: letters.write_to_parent(letter, 1, "Sorry.", by=worker)),
    ):
        with pytest.raises(IncompleteError, match=said):
            letters.send_letter(letter, 1, again(row).version, today, by=worker)
        change()
    with pytest.raises(StepError, match="read it again"):
        letters.send_letter(again(letter), 2, 2, today, by=worker)
    with pytest.raises(StepError):
        letters.send_letter(letter, 1, 3, today, by=worker)
    with pytest.raises(IncompleteError, match="not after today"):
        letters.send_letter(again(letter), 2, 3, today + timedelta(days=1), by=worker)
    assert again(letter).words == ""
    letters.send_letter(again(letter), 2, 3, today, by=worker)
    assert again(row).letter_on == today


def test_letters_go_to_those_with_parental_responsibility_each_with_their_own_view(
    row: PreProceedings, worker: Person, client_of: Any
) -> None:
    parent_of(row.referral, "mother")
    father = parent_of(row.referral, "father", parental_responsibility="unknown")
    known = parents_of(row.referral.child, worker)
    assert {each.what: each.is_known for each in known} == {"Mother": True, "Father": False}
    lettered(row, worker)
    page = client_of(worker).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "No letter is written to: Frank Ashdown (father; not known whether" in page
    restrict_child(father.number, "works here", [])
    assert [each.what for each in parents_of(row.referral.child, worker)] == ["Mother"]
    # Nor is one asked for to somebody who has died.
    KnownPerson.objects.filter(number__startswith="mother").update(died=timezone.localdate())
    assert parents_of(row.referral.child, worker) == []


def test_a_letter_sent_before_the_decision_is_recorded_after_it_and_its_day_is_corrected(
    row: PreProceedings, worker: Person, head: Person, client_of: Any
) -> None:
    row, today = since(row, timezone.localdate() - timedelta(days=9)), timezone.localdate()
    letter = lettered(row, worker, sent=False)
    row = applied(again(row), today - timedelta(days=3), worker, head)
    page = client_of(worker).get(reverse("court-letter", args=[letter.pk])).content.decode()
    for name in ("send-letter", "drop-letter"):
        assert reverse(name, args=[letter.pk]) in page
    with pytest.raises(IncompleteError, match="no letter was sent after"):
        letters.send_letter(letter, 1, row.version, today - timedelta(days=2), by=worker)
    on = today - timedelta(days=4)
    letters.send_letter(letter, 1, row.version, on, by=worker)
    kept = again(letter)
    assert (kept.sent_on, again(row).letter_on, again(row).outcome) == (on, on, "proceedings")
    for ago, said in ((2, "no letter was sent after"), (10, "after pre-proceedings began")):
        with pytest.raises(IncompleteError, match=said):
            letters.correct_letter(
                kept, 2, today - timedelta(days=ago), because_of="A typing error.", by=worker
            )
    on = today - timedelta(days=6)
    with pytest.raises(IncompleteError, match="why it is corrected"):
        letters.correct_letter(kept, 2, on, because_of="", by=worker)
    letters.correct_letter(kept, 2, on, because_of="A typing error.", by=worker)
    assert (again(letter).sent_on, again(row).letter_on, again(letter).words) == (
        on,
        on,
        kept.words,
    )
    page = client_of(worker).get(reverse("court-letter", args=[letter.pk])).content.decode()
    assert "A typing error." in page
    # Nor is it decided before it was sent.
    Referral.objects.update(received_at=timezone.now() - timedelta(days=20))
    days = {name: getattr(row, name) for name in ("decided_on", "application_on")}

    def decide(on: date) -> None:
        changes = {**days, "outcome_on": on}
        now = again(row)
        court.correct_pre_proceedings(now, now.version, changes, because_of="r", by=head)

    with pytest.raises(IncompleteError, match="before the last letter was sent"):
        decide(today - timedelta(days=7))
    decide(on)


def test_it_is_not_decided_to_go_to_court_before_a_letter_that_was_sent(
    row: PreProceedings, worker: Person, head: Person
) -> None:
    row, today = since(row, timezone.localdate() - timedelta(days=9)), timezone.localdate()
    letter = lettered(row, worker)
    row = again(row)
    decided: dict[str, Any] = {"decided_on": today - timedelta(days=3), "rationale": "r"}
    with pytest.raises(IncompleteError, match="must not be before it"):
        court.decide_for_court(row, row.version, **decided, by=head)
    on = decided["decided_on"]
    letters.correct_letter(letter, letter.version, on, because_of="A typing error.", by=worker)
    court.decide_for_court(again(row), again(row).version, **decided, by=head)
    assert again(row).outcome_on == on


def test_a_letter_put_on_record_later_names_who_had_the_case_on_the_day_it_was_sent(
    row: PreProceedings, worker: Person, manager: Person, head: Person
) -> None:
    row, now = since(row, timezone.localdate() - timedelta(days=9)), timezone.now()
    case = row.referral
    before = Team.objects.create(name="Bromsgrove team 2")
    ended = now - timedelta(days=4)
    case.allocations.update(
        starts_at=now - timedelta(days=8), ends_at=ended, why_changed="MANAGE", team=before
    )
    case.allocations.create(worker=manager, team=case.team, starts_at=ended, by=manager)

    def sent(ago: int) -> str:
        letter, day = lettered(again(row), manager, sent=False), timezone.localdate()
        day -= timedelta(days=ago)
        letters.send_letter(letter, 1, again(row).version, day, by=manager)
        return again(letter).words

    for ago, who in (
        (5, f"Your social worker is {worker}. The team is Bromsgrove team 2."),
        (4, f"Your social worker is {manager}. The team is {case.team}."),
        (9, "Ask us who your social worker is."),
        (0, f"Your social worker is {manager}. The team is {case.team}."),
    ):
        assert f'"{who}"' in sent(ago)
    case.allocations.update(ends_at=now)
    assert f'"Ask us who your social worker is. The team is {case.team}."' in sent(0)


def test_a_letter_sent_but_not_written_up_is_put_on_record_after_the_decision_for_court(
    row: PreProceedings, worker: Person, head: Person, client_of: Any
) -> None:
    row, today = since(row, timezone.localdate() - timedelta(days=9)), timezone.localdate()
    on, decided = today - timedelta(days=5), today - timedelta(days=4)
    mother, client = parent_of(row.referral), client_of(worker)
    address, pages = reverse("pre-proceedings", args=[row.pk]), ("write-letter", "address-letter")
    court.decide_for_court(row, row.version, decided_on=decided, rationale="r", by=head)
    for _ in range(2):  # until the application, and after it
        page = client.get(address).content.decode()
        assert all(reverse(name, args=[row.pk]) in page for name in pages)
        if again(row).application_on is None:
            court.apply_to_court(again(row), again(row).version, application_on=today, by=worker)
    texts = dict.fromkeys(letters.IN_LETTER, "Said.")
    letters.write_letter(again(row), again(row).version, texts, by=worker)
    now, what = timezone.now(), "Letter before proceedings"
    whats = [each.what for each in things_in(Referral.objects.all(), now)]
    assert what not in whats
    letter = letters.address_letter(again(row), mother, "She is sorry.", by=worker)
    assert thing(row, what, now).page == "pre-proceedings"
    page = client.get(reverse("send-letter", args=[letter.pk])).content.decode()
    assert f"It was decided on {decided:%-d %B %Y} how it goes on" in page
    with pytest.raises(IncompleteError, match="no letter was sent after"):
        letters.send_letter(letter, 1, again(row).version, today, by=worker)
    letters.send_letter(letter, 1, again(row).version, on, by=worker)
    kept = again(row)
    assert (kept.letter_on, kept.outcome, kept.application_on) == (on, "proceedings", today)
    # With a letter on record what every letter says stays; to another parent one can be put on record.
    with pytest.raises(StepError, match="A letter was sent"):
        letters.write_letter(kept, kept.version, {**texts, "worries": "Other."}, by=worker)
    page = client.get(address).content.decode()
    assert [reverse(name, args=[row.pk]) in page for name in pages] == [False, True]
    father = letters.address_letter(kept, parent_of(row.referral, "father"), "No.", by=worker)
    letters.send_letter(father, 1, kept.version, on - timedelta(days=1), by=worker)
    assert again(row).letter_on == on - timedelta(days=1)


@pytest.mark.parametrize("ending", ["order", "step down"])
def test_a_letter_found_after_the_end_of_pre_proceedings_or_proceedings_is_put_on_record(
    row: PreProceedings, worker: Person, head: Person, client_of: Any, ending: str
) -> None:
    row, today = since(row, timezone.localdate() - timedelta(days=9)), timezone.localdate()
    on, decided = today - timedelta(days=5), today - timedelta(days=4)
    mother = parent_of(row.referral)
    if ending == "order":
        row = applied(row, decided, worker, head)
        made: dict[str, Any] = {"order_on": today, "order": "none", "order_said": "No order."}
        court.record_order(row, row.version, **made, by=worker)
    else:
        PreProceedings.objects.filter(pk=row.pk).update(
            outcome="stepped_down",
            outcome_on=decided,
            outcome_by=head,
            outcome_because="r",
            stepped_to="early help",
            ended_on=decided,
        )
    address = reverse("pre-proceedings", args=[row.pk])
    page = client_of(worker).get(address).content.decode()
    for name in ("write-letter", "address-letter"):
        assert reverse(name, args=[row.pk]) in page
    texts = dict.fromkeys(letters.IN_LETTER, "Said.")
    letters.write_letter(again(row), again(row).version, texts, by=worker)
    letter = letters.address_letter(again(row), mother, "She is sorry.", by=worker)
    with pytest.raises(IncompleteError, match="no letter was sent after"):
        letters.send_letter(letter, 1, again(row).version, today, by=worker)
    letters.send_letter(letter, 1, again(row).version, on, by=worker)
    assert (again(row).letter_on, again(letter).sent_on) == (on, on)


def test_a_letter_to_somebody_restricted_is_named_and_opened_to_nobody(
    row: PreProceedings, worker: Person, client_of: Any
) -> None:
    letter = lettered(row, worker)
    restrict_child(letter.to.number, "works here", [])
    client = client_of(worker)
    page = client.get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "Mary" not in page
    assert "Somebody whose record is restricted" in page
    for name in ("court-letter", "write-to-parent", "send-letter", "drop-letter", "print-letter"):
        assert client.get(reverse(name, args=[letter.pk])).status_code == 403, name


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
    meetings.record_meeting(
        again(row), kind="family", held_on=today, present="All", agreed="A plan.", by=worker
    )
    kept = again(row)
    assert (kept.family_meeting_offered, kept.family_meeting_on) == (True, today)
    assert kept.family_meeting_why_not == ""


def test_there_are_meetings_at_any_time_and_hearings_after_the_application(
    row: PreProceedings, worker: Person, manager: Person, head: Person
) -> None:
    today = timezone.localdate()
    row = since(row, today - timedelta(days=9))

    def record(kind: str, ago: int = 0) -> CourtMeeting:
        held_on = today - timedelta(days=ago)
        return meetings.record_meeting(
            again(row), kind=kind, held_on=held_on, present="", agreed="Agreed.", by=worker
        )

    with pytest.raises(IncompleteError, match="no hearing before"):
        record("hearing")
    record("meeting", 3)
    with pytest.raises(StepError, match="on record already"):
        record("meeting", 3)
    soon = timezone.now() + timedelta(hours=1)
    booked = meetings.book_meeting(again(row), kind="meeting", booked_for=soon, place="", by=worker)
    # A review or a meeting held after it, before it was put on record, keeps the true day from nobody.
    now = again(row)
    court.review_pre_proceedings(
        now, now.version, held_on=today, present="", agreed="It goes to court.", by=manager
    )
    row = applied(again(row), today - timedelta(days=4), worker, head)
    with pytest.raises(IncompleteError, match="no hearing before"):
        record("hearing", 5)
    for kind, ago in (("meeting", 5), ("family", 1), ("hearing", 2)):
        record(kind, ago)
    assert again(row).family_meeting_on == today - timedelta(days=1)
    none: dict[str, Any] = {"extended_until": None, "extended_because": ""}
    said = {"held_on": today, "present": "", "agreed": "Contact goes on.", **none}
    meetings.hold_meeting(booked, 1, said, by=worker)
    Referral.objects.update(received_at=at(today - timedelta(days=9)))
    now = again(row)
    days = {"decided_on": now.decided_on, "outcome_on": now.outcome_on}
    for ago in (1, 3):
        changes = {**days, "application_on": today - timedelta(days=ago)}
        if ago == 1:
            with pytest.raises(IncompleteError, match="first hearing was held before"):
                court.correct_pre_proceedings(now, now.version, changes, because_of="A.", by=head)
            continue
        court.correct_pre_proceedings(now, now.version, changes, because_of="A day.", by=head)
    assert again(row).application_on == today - timedelta(days=3)


def test_a_meeting_to_come_is_on_the_list_until_it_is_recorded_or_called_off(
    row: PreProceedings, worker: Person, manager: Person, head: Person
) -> None:
    now = timezone.now()

    def whats(at: datetime) -> list[tuple[str, str]]:
        found = things_in(Referral.objects.filter(pk=row.referral_id), at)
        return [(each.what, each.standing) for each in found if each.page == "court-meeting"]

    with pytest.raises(IncompleteError, match="It is past"):
        meetings.book_meeting(row, kind="meeting", booked_for=now, place="", by=worker)
    found = meetings.book_meeting(
        row, kind="meeting", booked_for=now + timedelta(days=9), place="Room 1", by=worker
    )
    assert whats(now) == [("Meeting with the parents", "due")]
    soon = now + timedelta(days=3)
    meetings.move_meeting(found, 1, booked_for=soon, place="Room 2", by=worker)
    assert whats(now) == [("Meeting with the parents", "near")]
    assert whats(soon + timedelta(hours=1)) == [
        ("Record what came of it: meeting with the parents", "overdue")
    ]
    said = {"held_on": timezone.localdate(), "present": "", "agreed": "Food in the house."}
    none: dict[str, Any] = {"extended_until": None, "extended_because": ""}
    meetings.hold_meeting(found, 2, {**said, **none}, by=manager)
    assert whats(now) == []
    assert again(found).by == manager
    other = meetings.book_meeting(row, kind="family", booked_for=soon, place="", by=worker)
    court.step_down(row, row.version, stepped_to="early_help", rationale="Better.", by=head)
    assert "have ended" in again(other).called_off_because
    assert whats(now) == []


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
    lettered(row, worker)
    whats = [each.what for each in things_in(Referral.objects.all(), now)]
    assert "Letter before proceedings" not in whats
    father = letters.address_letter(again(row), parent_of(row.referral, "father"), "", by=worker)
    assert thing(row, "Letter before proceedings", now).page == "pre-proceedings"
    letters.drop_letter(father, 1, "Nobody knows where he is.", by=worker)
    whats = [each.what for each in things_in(Referral.objects.all(), now)]
    assert "Letter before proceedings" not in whats


def test_the_court_has_26_weeks_from_the_application(
    row: PreProceedings, worker: Person, manager: Person, head: Person
) -> None:
    row = since(row, BEGAN)
    court.decide_for_court(row, row.version, decided_on=BEGAN, rationale="No change.", by=head)
    row, what = again(row), "Final order of the court"
    waits = thing(row, "Application to court", at(BEGAN))
    assert (waits.standing, waits.words) == ("due", "decided on 2 March 2026")
    found = in_court(head, "pre-proceedings", BEGAN)
    assert [each.words for each in tracked(found, [row.pk], at(BEGAN))] == [
        "application to be made, decided on 2 March 2026; 76 working days left"
    ]
    # Until it is made the review is due as before.
    late = thing(row, "Review of pre-proceedings", at(BEGAN + timedelta(weeks=17)))
    assert late.standing == "overdue"
    given = {"held_on": BEGAN, "present": "", "agreed": "It is to be made.", "by": manager}
    court.review_pre_proceedings(row, row.version, **given)
    row = again(row)
    with pytest.raises(IncompleteError, match="before the decision"):
        before = BEGAN - timedelta(days=1)
        court.apply_to_court(row, row.version, application_on=before, by=worker)
    court.apply_to_court(row, row.version, application_on=BEGAN, by=worker)
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


def test_more_time_that_the_court_gives_moves_its_26_weeks_and_says_why(
    row: PreProceedings, worker: Person, head: Person, client_of: Any
) -> None:
    row = applied(since(row, BEGAN), BEGAN, worker, head)
    heard, until = BEGAN + timedelta(weeks=20), BEGAN + timedelta(weeks=34)
    said = {"held_on": heard, "present": "", "agreed": "An expert is heard."}

    def hear(kind: str, day: date | None, why: str) -> CourtMeeting:
        given = {"extended_until": day, "extended_because": why}
        return meetings.record_meeting(again(row), kind=kind, **said, **given, by=worker)

    for kind, day, why, refused in (
        ("hearing", heard, "An expert.", "after the hearing"),
        ("hearing", date(2206, 12, 31), "An expert.", "within 2 years"),
        ("hearing", until, "", "why the court"),
        ("meeting", until, "An expert.", "Only at a hearing"),
    ):
        with pytest.raises(IncompleteError, match=refused):
            hear(kind, day, why)
    hearing = hear("hearing", until, "To resolve the case justly.")
    what = "Final order of the court"
    stands = [thing(row, what, at(BEGAN + timedelta(weeks=w))).standing for w in (27, 29, 35)]
    assert stands == ["due", "near", "overdue"]
    found = tracked(in_court(head, "proceedings", heard), [row.pk], at(until))
    assert [(each.standing, each.due and each.due.date()) for each in found] == [("near", until)]
    page = client_of(worker).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "To resolve the case justly." in page
    # A later hearing may give less time; one that says nothing of it leaves it.
    for days, given in ((1, until - timedelta(weeks=3)), (2, None)):
        meetings.record_meeting(
            again(row),
            kind="hearing",
            held_on=heard + timedelta(days=days),
            present="",
            agreed="It goes on.",
            extended_until=given,
            extended_because="Sooner." if given else "",
            by=worker,
        )
    found = tracked(in_court(head, "proceedings", heard), [row.pk], at(heard))
    clock = court_queries.court_clock(again(row))
    assert clock
    ends = [each.due and each.due.date() for each in found]
    assert ends == [clock.due.date()] == [until - timedelta(weeks=3)]
    listed = thing(row, what, at(heard)).due
    assert listed == clock.due
    row.meetings.exclude(pk=hearing.pk).delete()
    less = {**said, "kind": "hearing", "extended_until": None, "extended_because": ""}
    meetings.correct_meeting(hearing, 1, less, because_of="It was refused.", by=worker)
    assert thing(row, what, at(BEGAN + timedelta(weeks=27))).standing == "overdue"


# --- Corrections


def test_it_is_not_decided_before_the_case_was_received(
    make_case: MakeCase, worker: Person, manager: Person, head: Person
) -> None:
    row = assessed(make_case(), worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    with pytest.raises(IncompleteError, match="not decided before"):
        court.begin_pre_proceedings(row.referral, date(1990, 1, 1), "Not safe.", by=head)


def test_days_and_the_order_are_corrected_with_a_reason_and_stay_one_after_the_other(
    row: PreProceedings, worker: Person, manager: Person, head: Person, client_of: Any
) -> None:
    Referral.objects.update(received_at=at(BEGAN))
    row = applied(since(row, BEGAN + timedelta(days=7)), BEGAN + timedelta(days=9), worker, head)
    given = {"order_on": BEGAN + timedelta(days=70), "order_said": "", "by": worker}
    court.record_order(row, row.version, order="care", **given)
    days = {"decided_on": 1, "outcome_on": 2, "application_on": 3, "order_on": 60}

    def correct(by: Person = head, why: str = "A wrong month.", **other: int) -> None:
        said = {name: BEGAN + timedelta(days=day) for name, day in {**days, **other}.items()}
        now = again(row)
        changes = {**said, "order": "supervision", "order_said": ""}
        court.correct_pre_proceedings(now, now.version, changes, because_of=why, by=by)

    for other, said in (
        ({"decided_on": -1}, "received"),
        ({"decided_on": 5}, "before it began"),
        ({"application_on": 1}, "before it was decided"),
        ({"order_on": 2}, "before the application"),
        ({"order_on": 9_999}, "not be after today"),
    ):
        with pytest.raises(IncompleteError, match=said):
            correct(**other)
    with pytest.raises(IncompleteError, match="why"):
        correct(why=" ")
    for person in (worker, manager):
        with pytest.raises(NotAllowedError):
            correct(person)
    correct()
    kept = again(row)
    assert (kept.application_on, kept.ended_on) == (
        BEGAN + timedelta(days=3),
        BEGAN + timedelta(days=60),
    )
    assert (kept.order, kept.stepped_to, kept.corrected_by) == ("supervision", "", head)
    page = client_of(worker).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "A wrong month." in page


def test_an_order_on_the_wrong_child_is_taken_back_and_the_proceedings_go_on(
    row: PreProceedings, worker: Person, head: Person
) -> None:
    today = timezone.localdate()
    row = applied(row, today, worker, head)
    soon = timezone.now() + timedelta(days=4)
    hearing, other = (
        meetings.book_meeting(row, kind="hearing", booked_for=when, place="", by=worker)
        for when in (soon, soon + timedelta(days=1))
    )
    meetings.call_off_meeting(other, 1, "The judge is ill.", by=worker)
    court.record_order(row, row.version, order_on=today, order="care", order_said="", by=worker)
    assert again(hearing).called_off_because
    row = again(row)
    case = row.referral
    closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    with pytest.raises(StepError, match="closed, or to be closed"):
        court.take_back_order(row, row.version, "Her brother's.", by=head)
    closing.return_closure(again(case), again(case).version, "Not yet.", by=head)
    court.take_back_order(row, row.version, "Her brother's.", by=head)
    kept = again(row)
    assert (kept.order, kept.order_on, kept.ended_on, kept.stepped_to) == ("", None, None, "")
    assert kept.corrected_because == "Her brother's."
    assert thing(kept, "Hearing", timezone.now()).standing == "near"
    assert again(other).called_off_because == "The judge is ill."
    assert thing(kept, "Final order of the court", timezone.now()).standing == "due"


def test_the_hearing_of_the_final_order_is_told_and_one_that_was_not_booked_recorded_after_it(
    row: PreProceedings, worker: Person, head: Person
) -> None:
    today = timezone.localdate()
    row = applied(since(row, today - timedelta(days=9)), today - timedelta(days=8), worker, head)
    soon = timezone.now() + timedelta(hours=1)
    final, later = (
        meetings.book_meeting(row, kind="hearing", booked_for=when, place="", by=worker)
        for when in (soon, soon + timedelta(days=1))
    )
    CourtMeeting.objects.filter(pk=final.pk).update(booked_for=soon - timedelta(hours=2))
    given: dict[str, Any] = {"order": "care", "order_said": "", "by": worker}
    with pytest.raises(
        IncompleteError, match=r"Hearing booked for .*: first record what came of it"
    ):
        court.record_order(row, row.version, order_on=today, **given)
    assert (again(final).called_off_because, again(later).called_off_because) == ("", "")
    none: dict[str, Any] = {"extended_until": None, "extended_because": ""}
    said = {"held_on": today, "present": "", "agreed": "A care order.", **none}
    meetings.hold_meeting(final, 1, said, by=worker)
    with pytest.raises(IncompleteError, match="A hearing was held on"):
        court.record_order(row, row.version, order_on=today - timedelta(days=1), **given)
    # The order was made yesterday: what was booked for after it was never held.
    changes = {**said, "kind": "hearing", "held_on": today - timedelta(days=1)}
    meetings.correct_meeting(again(final), 2, changes, because_of="A day.", by=worker)
    court.record_order(row, row.version, order_on=today - timedelta(days=1), **given)
    assert "have ended" in again(later).called_off_because
    earlier = {**said, "held_on": today - timedelta(days=3), "kind": "hearing", "by": worker}
    assert meetings.record_meeting(again(row), **earlier).held_on == today - timedelta(days=3)
    with pytest.raises(IncompleteError, match="They ended on"):
        meetings.record_meeting(again(row), **{**earlier, "held_on": today})


def test_an_application_on_the_wrong_child_is_taken_back(
    row: PreProceedings, worker: Person, head: Person, client_of: Any
) -> None:
    today = timezone.localdate()
    row = applied(row, today, worker, head)
    soon = timezone.now() + timedelta(days=4)
    booked = meetings.book_meeting(row, kind="hearing", booked_for=soon, place="", by=worker)
    address = reverse("take-back-application", args=[row.pk])
    sent = {"version": row.version, "reason": "Her brother's."}
    assert client_of(worker).post(address, sent).status_code == 403
    said: dict[str, Any] = {"held_on": today, "present": "", "agreed": "Directions."}
    heard = meetings.record_meeting(row, kind="hearing", **said, by=worker)
    with pytest.raises(IncompleteError, match="A hearing was held on"):
        court.take_back_application(row, row.version, "Her brother's.", by=head)
    none: dict[str, Any] = {"extended_until": None, "extended_because": ""}
    changes = {**said, **none, "kind": "meeting"}
    meetings.correct_meeting(heard, 1, changes, because_of="It was none.", by=worker)
    assert client_of(head).post(address, sent).status_code == 302
    kept = again(row)
    assert (kept.application_on, kept.corrected_because) == (None, "Her brother's.")
    assert "taken back" in again(booked).called_off_because
    assert thing(kept, "Application to court", timezone.now())
    court.step_down(kept, kept.version, stepped_to="other", rationale="Not hers.", by=head)
    kept = again(row)
    days = {"decided_on": kept.decided_on, "court_on": today + timedelta(days=1)}
    with pytest.raises(IncompleteError, match="how it goes on before it was decided to go to"):
        court.correct_pre_proceedings(kept, kept.version, days, because_of="A day.", by=head)
    page = client_of(head).get(reverse("correct-pre-proceedings", args=[row.pk]))
    assert list(page.context["form"].fields) == [
        "decided_on", "court_on", "version", "corrected_because",
    ]  # fmt: skip


def test_a_meeting_is_corrected_by_who_works_and_a_review_by_who_reviews(
    row: PreProceedings, worker: Person, manager: Person
) -> None:
    row, today = since(row, timezone.localdate() - timedelta(weeks=17)), timezone.localdate()
    said: dict[str, Any] = {"held_on": today, "present": "", "agreed": "A plan."}
    meeting = meetings.record_meeting(row, kind="meeting", **said, by=worker)
    family = {**said, "kind": "family", "extended_until": None, "extended_because": ""}
    with pytest.raises(IncompleteError, match="why it is corrected"):
        meetings.correct_meeting(meeting, 1, family, because_of="", by=worker)
    meetings.correct_meeting(meeting, 1, family, because_of="The wrong kind.", by=worker)
    assert again(row).family_meeting_on == today
    with pytest.raises(ConflictError):
        meetings.correct_meeting(meeting, 1, family, because_of="Twice.", by=worker)
    # Recorded later, an earlier one is not the last; corrected away, the day before it is.
    earlier = meetings.record_meeting(
        again(row), **{**family, "held_on": today - timedelta(days=9)}, by=worker
    )
    assert again(row).family_meeting_on == today
    meetings.correct_meeting(
        again(meeting), 2, {**family, "kind": "meeting"}, because_of="It was none.", by=worker
    )
    assert again(row).family_meeting_on == earlier.held_on
    # A day that was entered without a meeting stays, whatever is corrected.
    entered = {"family_meeting_offered": True, "family_meeting_why_not": ""}
    entered["family_meeting_on"] = today - timedelta(days=2)
    court.offer_family_meeting(again(row), again(row).version, entered, by=worker)
    none = {**family, "kind": "meeting", "held_on": earlier.held_on}
    meetings.correct_meeting(earlier, 1, none, because_of="Nor was this.", by=worker)
    assert again(row).family_meeting_on == entered["family_meeting_on"]
    row = again(row)
    in_time = row.decided_on + timedelta(weeks=16)
    review = court.review_pre_proceedings(
        row, row.version, **said, late_because="The chair was ill.", by=manager
    )
    right = {**said, "held_on": in_time, "late_because": ""}
    with pytest.raises(NotAllowedError):
        meetings.correct_review(review, 1, right, because_of="A wrong day.", by=worker)
    late = {**right, "held_on": today}
    with pytest.raises(IncompleteError, match="was late"):
        meetings.correct_review(review, 1, late, because_of="A wrong day.", by=manager)
    right["late_because"] = "The chair was ill."
    meetings.correct_review(review, 1, right, because_of="A wrong day.", by=manager)
    assert again(review).late_because == "", "it was in time"
    due = thing(row, "Review of pre-proceedings", timezone.now()).due
    assert due
    assert due.date() == in_time + timedelta(weeks=16)


# --- Up and down


def test_down_from_pre_proceedings_to_a_child_in_need_plan(
    row: PreProceedings, head: Person
) -> None:
    with pytest.raises(IncompleteError, match="No child protection plan is open"):
        court.step_down(
            row, row.version, stepped_to="child protection plan", rationale="Better.", by=head
        )
    assert again(row).outcome == ""
    ended = ChildInNeedPlan.objects.create(
        referral=row.referral, starts=timezone.localdate(), ends=timezone.localdate(),
        ended_because="r", stepped_to="early_help",
    )  # fmt: skip
    with pytest.raises(IncompleteError, match="another begins after that day"):
        court.step_down(
            row, row.version, stepped_to="child in need plan", rationale="Better.", by=head
        )
    ended.delete()
    court.step_down(row, row.version, stepped_to="child in need plan", rationale="Better.", by=head)
    plan = ChildInNeedPlan.objects.get()
    assert (plan.stepped_from, plan.reviews.count()) == ("pre-proceedings", 1)
    assert again(row).outcome_by == head


def test_a_decision_for_court_stays_on_record_where_the_child_steps_down_after_it(
    row: PreProceedings, head: Person, make_person: Any, worker: Person, client_of: Any
) -> None:
    day, today = BEGAN + timedelta(days=8), timezone.localdate()
    row = since(row, BEGAN)
    court.decide_for_court(row, row.version, decided_on=day, rationale="Nothing helped.", by=head)
    row = again(row)
    other = registered(make_person("assistant_director"))
    court.step_down(row, row.version, stepped_to="early_help", rationale="She moved.", by=other)
    kept = again(row)
    assert (kept.court_on, kept.court_by, kept.court_because) == (day, head, "Nothing helped.")
    assert (kept.outcome_on, kept.outcome_by, kept.outcome_because) == (today, other, "She moved.")
    page = client_of(worker).get(reverse("pre-proceedings", args=[row.pk])).content.decode()
    assert "Nothing helped." in page
    assert "10 March 2026, by" in page
    told = [each.what for each in entries_of(row.referral.child, worker, "Protection")]
    assert "Pre-proceedings, decided: application to court" in told
    Referral.objects.update(received_at=at(BEGAN))
    kept = again(row)
    with pytest.raises(IncompleteError, match="decided to go to court before it began"):
        changes = {"decided_on": day + timedelta(days=1)}
        court.correct_pre_proceedings(kept, kept.version, changes, because_of="A day.", by=head)


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
    # No two child in need plans have a day in common.
    yesterday = today - timedelta(days=1)
    ChildInNeedPlan.objects.update(starts=yesterday, ends=yesterday)
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
    applied(row, today, worker, head)
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
    late = since(rows[3], today - timedelta(weeks=29))
    applied(late, today - timedelta(weeks=27), worker, head)
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
    court.record_order(
        again(late), again(late).version, order_on=today, order="care", order_said="", by=worker
    )
    (line,) = tracked(in_court(head, "ended", today), [late.pk], at(today))
    assert (line.weeks, line.began) == (27, today - timedelta(weeks=27))


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
    for page in ("step-down", "decide-for-court"):
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
    assert "Decide that it goes to court" not in text


def test_weeks_are_counted_by_the_day_in_the_united_kingdom() -> None:
    began: Any = PreProceedings(decided_on=date(2026, 6, 1))
    began.reviewed_on = began.extended_until = None
    half_past_midnight = datetime(2026, 6, 14, 23, 30, tzinfo=UTC)
    case: Any = None
    assert court_queries._line(began, case, half_past_midnight).weeks == 2
