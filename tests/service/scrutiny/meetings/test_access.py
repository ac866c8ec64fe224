"""Who may keep, who may read, and what of a meeting each reads; and how many queries a page takes."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from service.scrutiny.meetings.conftest import pdf_of
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.scrutiny.meetings import actions, pack
from sightline.service.scrutiny.models import Attendance, Committee, Item, Meeting, Member

pytestmark = pytest.mark.django_db
Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]
SECRET = "the price is four pounds"
PRIVATE = {"privacy": "exempt", "paragraph": 3, "why_exempt": "The price is not agreed yet."}


@pytest.fixture
def with_private(meeting: Meeting) -> Meeting:
    actions.build_agenda(meeting)
    item = actions.add_item(meeting, "A contract", planned=f"To hear that {SECRET}.", **PRIVATE)
    actions.add_paper(item, "The bids", data=pdf_of("= Bids\nThe bids."), name="bids.pdf")
    public = meeting.items.get(kind="programme")
    actions.add_paper(public, "The programme", data=pdf_of(), name="programme.pdf")
    actions.publish_agenda(meeting)
    pack.make_packs(meeting, 0)
    return meeting


def test_private_items_papers_and_packs_are_for_whom_their_policy_says(
    with_private: Meeting, make_person: Make, client_of: ClientOf
) -> None:
    private = with_private.items.get(title="A contract").papers.get()
    public = with_private.items.get(kind="programme").papers.get()
    packs = {each.with_private: each for each in with_private.packs.all()}
    assert private.privacy == "exempt" and sorted(packs) == [False, True]
    for role, may in (
        ("councillor", True),
        ("assistant_director", True),
        ("scrutiny_officer", True),
        ("partner_lead", False),
        ("commissioner", False),
        ("board_manager", False),
    ):
        client = client_of(make_person(role))
        page = client.get(reverse("meeting", args=[with_private.pk])).content.decode()
        assert "A contract" in page and (SECRET in page) == may, role
        assert ("members’ pack" in page) == may, role
        assert client.get(reverse("paper", args=[public.pk])).status_code == 200, role
        expected = 200 if may else 403
        seen = AuditEntry.objects.filter(verb=Verb.VIEW).count()
        assert client.get(reverse("paper", args=[private.pk])).status_code == expected, role
        pack_of = reverse("agenda-pack", args=[packs[True].pk])
        assert client.get(pack_of).status_code == expected, role
        assert AuditEntry.objects.filter(verb=Verb.VIEW).count() == seen + (2 if may else 0), role
        assert client.get(reverse("agenda-pack", args=[packs[False].pk])).status_code == 200, role


def test_what_was_minuted_in_private_is_a_summary_for_others(
    with_private: Meeting, make_person: Make, client_of: ClientOf
) -> None:
    actions.open_meeting(with_private, "Orla Invented")
    item = with_private.items.get(title="A contract")
    actions.write_minute(item, item.version, SECRET, public_summary="A contract was discussed.")
    actions.close_meeting(with_private, time(12, 0))
    actions.confirm_minutes(with_private)
    client = client_of(make_person("partner_lead"))
    page = client.get(reverse("meeting", args=[with_private.pk])).content.decode()
    assert "A contract was discussed." in page and SECRET not in page


def test_a_paper_that_is_not_published_is_the_officers_alone(
    meeting: Meeting, make_person: Make, client_of: ClientOf
) -> None:
    actions.build_agenda(meeting)
    item = meeting.items.get(kind="programme")
    paper = actions.add_paper(item, "Early", data=pdf_of(), name="early.pdf")
    address = reverse("paper", args=[paper.pk])
    assert client_of(make_person("scrutiny_officer")).get(address).status_code == 200
    assert client_of(make_person("councillor")).get(address).status_code == 403


def test_a_board_business_manager_keeps_boards_alone(
    opened: Meeting, make_person: Make, client_of: ClientOf
) -> None:
    client = client_of(make_person("board_manager"))
    item = opened.items.first()
    assert item
    panel = opened.committee
    refused = AuditEntry.objects.filter(verb=Verb.REFUSE).count()
    kept = [
        *(
            reverse(name, args=[opened.pk])
            for name in (
                "agenda",
                "attendance",
                "minute-taking",
                "confirm-minutes",
                "close-meeting",
            )
        ),
        *(reverse(name, args=[item.pk]) for name in ("minute-taking-item", "change-agenda-item")),
        reverse("plan-meeting", args=[panel.slug]),
        reverse("change-committee", args=[panel.slug]),
    ]
    for address in kept:
        assert client.get(address).status_code == 403, address
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == refused + len(kept)
    sent = {
        "name": "A board",
        "kind": "board",
        "clear_days": 5,
        "number_runs": "last",
        "version": 1,
    }
    assert client.post(reverse("add-committee"), sent).status_code == 302
    board = Committee.objects.get(name="A board")
    assert client.get(reverse("change-committee", args=[board.slug])).status_code == 200
    other = {**sent, "name": "A panel", "kind": "scrutiny"}
    assert client.post(reverse("add-committee"), other).status_code == 403
    changed = {**sent, "kind": "scrutiny", "version": board.version}
    address = reverse("change-committee", args=[board.slug])
    assert client.post(address, changed).status_code == 403


@pytest.fixture
def many(panel: Committee, members: list[Member]) -> Committee:
    """Thirty meetings with items and attendance."""
    days = [date(2015, 1, 14) + timedelta(days=30 * n) for n in range(30)]
    meetings = Meeting.objects.bulk_create(
        Meeting(committee=panel, day=day, state="held", minutes_state="draft") for day in days
    )
    Item.objects.bulk_create(
        Item(
            meeting=meeting,
            position=n,
            title=f"Item {n}",
            number=str(m * 6 + n),
            running=m * 6 + n,
            minute=f"Minute {m} was noted.",
        )
        for m, meeting in enumerate(meetings)
        for n in range(1, 6)
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, member=member, name=member.name, status="present", capacity="member"
        )
        for meeting in meetings
        for member in members
    )
    return panel


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("committees", [], 12),
        ("committee", ["slug"], 14),
        ("committee-members", ["slug"], 14),
        ("committee-meetings", ["slug"], 14),
        ("committee-attendance", ["slug"], 18),
        ("committee-numbers", ["slug"], 16),
        ("members", [], 12),
        ("unconfirmed-minutes", [], 12),
        ("six-month-rule", [], 13),
        ("meeting", ["pk"], 20),
        ("agenda", ["pk"], 20),
        ("attendance", ["pk"], 20),
        ("minute-taking", ["pk"], 16),
    ],
)
def test_lists_take_few_queries(
    many: Committee,
    browser_of_officer: Client,
    django_assert_max_num_queries: Any,
    name: str,
    args: list[str],
    most: int,
) -> None:
    meeting = Meeting.objects.filter(committee=many).latest("day")
    given = [many.slug if each == "slug" else meeting.pk for each in args]
    with django_assert_max_num_queries(most):
        page = browser_of_officer.get(reverse(name, args=given))
    assert page.status_code == 200
    assert page.content.count(b"<h1") == 1
