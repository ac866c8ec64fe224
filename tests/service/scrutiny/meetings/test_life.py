"""The life of a meeting on its pages: planned, called, opened, attended, minuted, confirmed, signed."""

import json
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.scrutiny.meetings import actions
from sightline.service.scrutiny.models import (
    Ask,
    Attendance,
    Committee,
    InterestKind,
    Item,
    Meeting,
    Member,
    ProgrammeEntry,
    PublishedText,
)

pytestmark = pytest.mark.django_db


def _post(client: Client, name: str, pk: object, **sent: Any) -> Any:
    return client.post(reverse(name, args=[pk]), sent)


def _day(prefix: str, day: date) -> dict[str, int]:
    return {f"{prefix}_day": day.day, f"{prefix}_month": day.month, f"{prefix}_year": day.year}


def _attendance(members: list[Member], *statuses: str, **more: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for member, status in zip(members, statuses, strict=True):
        sent[f"member-{member.pk}-status"] = status
        sent[f"member-{member.pk}-version"] = 0
    return {**sent, **more}


def test_a_meeting_from_its_plan_to_signed_minutes(
    panel: Committee,
    members: list[Member],
    browser_of_officer: Client,
    client_of: Any,
    make_person: Any,
) -> None:
    on = browser_of_officer
    reader = client_of(make_person("councillor"))
    day = timezone.localdate() + timedelta(days=30)
    sent = {**_day("day", day), "starts": "10.00am", "venue": "County Hall", "version": 1}
    assert on.post(reverse("plan-meeting", args=[panel.slug]), sent).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.day, meeting.starts, meeting.state) == (day, time(10, 0), "planned")
    again = on.post(reverse("plan-meeting", args=[panel.slug]), sent)
    assert "is kept already" in again.content.decode()

    ProgrammeEntry.objects.create(
        committee=panel, meeting=meeting, title="Return interviews", purpose="How many are in time?"
    )
    for _ in range(2):  # pressed twice it adds nothing twice
        _post(on, "build-agenda", meeting.pk)
    titles = list(meeting.items.values_list("title", flat=True))
    assert titles == [
        "Apologies and welcome",
        "Declarations of interest and of any party whip",
        "Public participation",
        "Confirmation of the minutes of the previous meeting",
        "Matters outstanding",
        "Return interviews",
        "Work programme",
    ]
    assert "the working day before the meeting (in this case 9.00am on" in (
        meeting.items.get(kind="participation").planned
    )
    item = meeting.items.get(title="Return interviews")
    _post(on, "move-agenda-item", item.pk, to="up")
    assert list(meeting.items.values_list("title", flat=True))[4] == "Return interviews"

    assert _post(on, "publish-agenda", meeting.pk).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "called" and meeting.called_at
    assert meeting.packs.count() == 1
    assert "once" in _post(on, "publish-agenda", meeting.pk).content.decode()

    assert _post(on, "open-meeting", meeting.pk, chair="Orla Invented").status_code == 302
    numbers = list(meeting.items.values_list("number", flat=True))
    assert numbers == [str(number) for number in range(285, 292)]
    sent = _attendance(members, "present", "remote", "present", "apology")
    sent[f"member-{members[2].pk}-came_at"] = "10.20am"
    page = on.post(reverse("attendance", args=[meeting.pk]), sent, follow=True)
    assert "2 people were there" in page.content.decode()
    assert Attendance.objects.get(member=members[2]).came_at == time(10, 20)

    item.refresh_from_db()
    words = "The Panel asked for the number of return interviews by district, in six months’ time."
    minute = f"Members heard the officer.\n\n{words}"
    assert "no longer" not in reader.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert (
        _post(on, "minute-taking-item", item.pk, minute=minute, version=item.version).status_code
        == 302
    )
    meeting.refresh_from_db()
    assert meeting.minutes_state == "draft"
    assert "Members heard" not in reader.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "Members heard" in on.get(reverse("meeting", args=[meeting.pk])).content.decode()
    wrong = _post(on, "minute-taking-ask", item.pk, kind="request", text="Something else")
    assert "do not stand in the minute" in wrong.content.decode()
    sent = {"kind": "request", "text": words, "due_words": "in six months’ time"}
    assert _post(on, "minute-taking-ask", item.pk, **sent).status_code == 302
    ask = Ask.objects.get()
    assert (ask.item, ask.text, ask.committee) == (item, words, panel)
    assert ask.reference == f"{item.number}a"
    assert ask.due is not None

    assert _post(on, "close-meeting", meeting.pk, ended="12.05pm").status_code == 302
    late = actions.plan_meeting(panel, day + timedelta(days=60), time(10, 0))
    actions.build_agenda(late)
    assert f"{day:%-d %B %Y}" in late.items.get(kind="minutes").planned
    actions.publish_agenda(late)
    actions.open_meeting(late, "Jude Invented")
    sent = {
        "at": late.pk,
        "correction-TOTAL_FORMS": 3,
        "correction-INITIAL_FORMS": 0,
        "correction-0-item": item.pk,
        "correction-0-before": "heard the officer",
        "correction-0-after": "heard the Assistant Director",
    }
    assert _post(on, "confirm-minutes", meeting.pk, **sent).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes_state, meeting.confirmed_by) == ("confirmed", late)
    correction = meeting.corrections.get()
    assert (correction.item, correction.agreed_at) == (item, late)
    page = reader.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "heard the Assistant Director" in page
    assert PublishedText.objects.filter(of=item.pk, text__contains="Assistant Director").exists()
    late.items.get(kind="minutes")

    today = timezone.localdate()
    early = _post(on, "sign-minutes", meeting.pk, by_name="Jude Invented", **_day("on", today))
    assert "cannot be signed before" in early.content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(day=today - timedelta(days=90))
    Meeting.objects.filter(pk=late.pk).update(day=today - timedelta(days=1))
    signed = _post(on, "sign-minutes", meeting.pk, by_name="Jude Invented", **_day("on", today))
    assert signed.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes_state, meeting.signed_by) == ("signed", "Jude Invented")


def test_standing_states_are_left_in_one_way_only(meeting: Meeting) -> None:
    with pytest.raises(ValidationError, match="“planned”"):
        actions.open_meeting(meeting, "Orla Invented")
    with pytest.raises(ValidationError, match="nothing on the agenda"):
        actions.publish_agenda(meeting)
    actions.build_agenda(meeting)
    actions.publish_agenda(meeting)
    stale = Meeting.objects.get(pk=meeting.pk)
    actions.open_meeting(meeting, "Orla Invented")
    with pytest.raises(ValidationError, match="being held"):
        actions.open_meeting(stale, "Jude Invented")  # two at once: one does it
    assert Meeting.objects.get(pk=meeting.pk).chair == "Orla Invented"
    with pytest.raises(ValidationError, match="only one that is"):
        actions.cancel_meeting(meeting, "Snow")
    actions.close_meeting(meeting, time(12, 5))
    with pytest.raises(ValidationError):
        actions.close_meeting(meeting, time(12, 10))
    with pytest.raises(ValidationError, match="no longer changes"):
        actions.add_item(meeting, "After all")


def test_a_cancelled_and_an_inquorate_meeting_say_why_and_it_is_on_record(
    meeting: Meeting, browser_of_officer: Client
) -> None:
    assert "Why" in _post(browser_of_officer, "cancel-meeting", meeting.pk).content.decode()
    _post(browser_of_officer, "cancel-meeting", meeting.pk, why="Snow on every road")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_reason) == ("cancelled", "Snow on every road")
    entry = AuditEntry.objects.filter(verb=Verb.UPDATE, subject="scrutiny_meeting").latest("id")
    assert entry.reason == "Snow on every road"
    assert "Snow" in browser_of_officer.get(reverse("meeting", args=[meeting.pk])).content.decode()


def test_late_items_and_papers_need_the_chairs_reason(
    panel: Committee, members: list[Member]
) -> None:
    soon = actions.plan_meeting(panel, timezone.localdate() + timedelta(days=2), time(10, 0))
    actions.build_agenda(soon)
    with pytest.raises(ValidationError, match="later than that"):
        actions.publish_agenda(soon)
    actions.publish_agenda(soon, urgency="The inspectors wrote yesterday.")
    assert set(soon.items.values_list("urgency", flat=True)) == {"The inspectors wrote yesterday."}
    with pytest.raises(ValidationError, match="rules it urgent"):
        actions.add_item(soon, "One more")
    actions.add_item(soon, "One more", urgency="It came this morning.")
    # With time enough nothing is late; and what is long past is put on record.
    later = actions.plan_meeting(panel, timezone.localdate() + timedelta(days=40), time(10, 0))
    actions.build_agenda(later)
    actions.publish_agenda(later)
    actions.add_item(later, "In time")


def test_minutes_that_two_write_show_both_texts(
    opened: Meeting, browser_of_officer: Client
) -> None:
    item = opened.items.first()
    assert item
    actions.write_minute(item, item.version, "What another wrote.")
    page = _post(
        browser_of_officer,
        "minute-taking-item",
        item.pk,
        minute="What I wrote.",
        version=item.version,
    )
    assert page.status_code == 409
    assert "What another wrote." in page.content.decode()
    item.refresh_from_db()
    assert item.minute == "What another wrote."
    with pytest.raises(ConflictError):
        actions.write_minute(item, 1, "Old")


def test_confirmed_minutes_no_longer_change(held: Meeting) -> None:
    item = held.items.first()
    assert item
    actions.confirm_minutes(held)
    for change in (
        lambda: actions.write_minute(item, item.version, "Otherwise"),
        lambda: actions.mark_ask(item, "request", item.minute),
        lambda: actions.confirm_minutes(held),
        lambda: actions.take_attendance(held, []),
        lambda: actions.declare(held, name="Orla Invented", is_party_whip=True),
    ):
        with pytest.raises(ValidationError, match="confirmed"):
            change()
    row = held.attendance.get(name="Ray Invented")
    with pytest.raises(ValidationError, match="Say why"):
        actions.correct_attendance(row, row.version, {"status": "present"}, " ")
    actions.correct_attendance(row, row.version, {"status": "present"}, "The list left him out.")
    row.refresh_from_db()
    assert (row.status, row.corrected_because) == ("present", "The list left him out.")


def test_who_confirms_is_a_later_meeting_of_the_committee_that_was_held(
    held: Meeting, panel: Committee
) -> None:
    def of(day: date, committee: Committee = panel, state: str = "held") -> Meeting:
        return Meeting.objects.create(committee=committee, day=day, state=state)

    other = actions.make_committee("Another", Committee.Kind.SCRUTINY)
    for at, said in (
        (of(date(2017, 11, 8), other), "same committee"),
        (of(date(2017, 8, 14)), "a later one"),
        (of(date(2017, 11, 9), state="inquorate"), "one that is held"),
    ):
        with pytest.raises(ValidationError, match=said):
            actions.confirm_minutes(held, at)
    remote = of(date(2017, 11, 10))
    remote.attendance.create(name="Orla Invented", capacity="member", status="remote")
    with pytest.raises(ValidationError, match="remotely"):
        actions.confirm_minutes(held, remote)
    Meeting.objects.filter(pk=remote.pk).update(day=date(2020, 9, 16))
    remote.refresh_from_db()
    actions.confirm_minutes(held, remote)
    assert held.confirmed_by == remote


@pytest.mark.parametrize(("before", "said"), [("not there", "do not stand"), ("e", "stand")])
def test_a_correction_must_be_of_words_that_stand_there_once(
    held: Meeting, before: str, said: str
) -> None:
    item = held.items.first()
    with pytest.raises(ValidationError, match=said):
        actions.confirm_minutes(held, None, [actions.Correction(before, "x", item)])
    held.refresh_from_db()
    assert held.minutes_state == "draft" and not held.corrections.exists()


def test_attendance_that_another_took_meanwhile_is_not_overwritten(
    opened: Meeting, members: list[Member], browser_of_officer: Client
) -> None:
    address = reverse("attendance", args=[opened.pk])
    statuses = ("present", "present", "present", "apology")
    browser_of_officer.post(address, _attendance(members, *statuses))
    # Somebody whose page was opened before sends another word on one of them.
    page = browser_of_officer.post(address, _attendance(members, "absent", *statuses[1:]))
    assert page.status_code == 409
    assert "Somebody else took Orla Invented meanwhile" in page.content.decode()
    assert Attendance.objects.get(member=members[0]).status == "present"
    row = Attendance.objects.get(member=members[0])
    sent = _attendance(members, "", *statuses[1:])
    sent[f"member-{members[0].pk}-version"] = row.version
    browser_of_officer.post(address, sent)
    assert not Attendance.objects.filter(member=members[0]).exists()


@pytest.mark.parametrize(
    ("came", "said"),
    [("25.00", "must be a time"), ("10", "must be a time"), ("half past", "must be a time")],
)
def test_times_that_are_none_are_explained(
    opened: Meeting, members: list[Member], browser_of_officer: Client, came: str, said: str
) -> None:
    sent = _attendance(members, "present", "", "", "")
    sent[f"member-{members[0].pk}-came_at"] = came
    page = browser_of_officer.post(reverse("attendance", args=[opened.pk]), sent)
    assert said in page.content.decode()
    assert not Attendance.objects.exists()


def test_declarations_say_their_kind_and_what_it_asks(
    attended: Meeting, browser_of_officer: Client
) -> None:
    row = attended.attendance.get(name="Jude Invented")
    kind = InterestKind.objects.get(name="Disclosable pecuniary interest")
    item = attended.items.last()
    assert item
    sent = {
        "who": row.pk,
        "what": "interest",
        "kind": kind.pk,
        "item": item.pk,
        "nature": "Owns it",
    }
    address = reverse("declare-interest", args=[attended.pk])
    page = browser_of_officer.post(address, sent, follow=True)
    assert "a member: leaves the room for the item" in page.content.decode()
    assert "say whether they did" in page.content.decode()
    declaration = attended.declarations.get()
    bad = {"left": "no", "left_at": "10.40am", "version": 1}
    leaving = reverse("declaration-leaving", args=[declaration.pk])
    assert "or give no times" in browser_of_officer.post(leaving, bad).content.decode()
    good = {"left": "yes", "left_at": "10.40am", "returned_at": "11.00am", "version": 1}
    page = browser_of_officer.post(leaving, good, follow=True)
    assert "2 people were there, and the quorum is 3: not quorate" in page.content.decode()
    browser_of_officer.post(address, {"who": row.pk, "what": "whip", "nature": "On the budget"})
    assert attended.declarations.get(is_party_whip=True).kind is None
    page = browser_of_officer.post(address, {"who": row.pk, "what": "interest"})
    assert "Say what kind" in page.content.decode()


def test_kinds_of_interest_come_with_the_first_committee_and_change_from_a_day(
    panel: Committee, browser_of_officer: Client
) -> None:
    assert InterestKind.objects.filter(source="").count() == 0
    count = InterestKind.objects.count()
    actions.make_committee("Another", Committee.Kind.BOARD)
    assert InterestKind.objects.count() == count
    sent = {"name": "Personal interest", "effect": "leave", **_day("starts", date(2026, 5, 1))}
    assert browser_of_officer.post(reverse("interest-kinds"), sent).status_code == 302
    old, new = InterestKind.objects.filter(name="Personal interest").order_by("pk")
    assert (old.ends, new.starts) == (date(2026, 4, 30), date(2026, 5, 1))


def test_places_do_not_overlap_and_there_is_one_chair(
    panel: Committee, members: list[Member]
) -> None:
    with pytest.raises(ValidationError, match="holds a place already"):
        actions.seat_member(panel, members[2], "vice_chair", date(2018, 5, 1))
    new = actions.make_member("New Invented")
    with pytest.raises(ValidationError, match="is the chair from"):
        actions.seat_member(panel, new, "chair", date(2018, 5, 1))
    place = panel.memberships.get(member=members[0])
    actions.end_membership(place, date(2018, 4, 30))
    with pytest.raises(ValidationError, match="ended already"):
        actions.end_membership(place, date(2018, 6, 30))
    actions.seat_member(panel, new, "chair", date(2018, 5, 1))


def test_standing_items_keep_their_order(panel: Committee, browser_of_officer: Client) -> None:
    first, second = panel.standing_items.all()[:2]
    step = reverse("change-standing-item", args=[second.pk])
    browser_of_officer.post(step, {"to": "up"})
    browser_of_officer.post(step, {"to": "up"})  # at the top already
    assert list(panel.standing_items.all()[:2]) == [second, first]
    add = reverse("committee-standing-items", args=[panel.slug])
    page = browser_of_officer.post(add, {"kind": "apologies", "title": "Again"})
    assert "stands on every agenda already" in page.content.decode()
    browser_of_officer.post(add, {"kind": "other", "title": "Youth voice"})
    browser_of_officer.post(step, {"to": "off"})
    assert panel.standing_items.last().title == "Youth voice"  # type: ignore[union-attr]
    assert not panel.standing_items.filter(pk=second.pk).exists()


def test_a_draft_of_a_minute_is_kept_and_nobodys_else(
    opened: Meeting, browser_of_officer: Client, client_of: Any, make_person: Any
) -> None:
    item = opened.items.first()
    assert item
    address = reverse("minute-taking-item", args=[item.pk])
    token = browser_of_officer.get(address).context["draft"].token
    sent = {"draft": token, "minute": "Half a sent", "version": item.version}
    browser_of_officer.post(reverse("save-draft"), sent)
    assert "Half a sent" in browser_of_officer.get(address).content.decode()
    other = client_of(make_person("scrutiny_officer"))
    assert "Half a sent" not in other.get(address).content.decode()
    browser_of_officer.post(address, {"minute": "A whole sentence.", "version": item.version})
    assert browser_of_officer.get(address).context["draft"].saved_at is None


def test_what_is_written_is_on_record(opened: Meeting) -> None:
    item = opened.items.first()
    assert item
    actions.write_minute(item, item.version, "On record.")
    entry = AuditEntry.objects.filter(verb=Verb.UPDATE, subject="scrutiny_item").latest("id")
    assert json.loads(entry.after)["minute"] == "On record."
    assert Item.objects.get(pk=item.pk).minute == "On record."
