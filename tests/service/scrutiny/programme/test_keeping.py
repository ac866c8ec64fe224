"""What is of every committee is a scrutiny officer's; a board manager keeps what is of boards alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import (
    Attendance,
    Committee,
    ForwardPlanEntry,
    InterestKind,
    Meeting,
    Member,
    Membership,
    Topic,
)
from sightline.service.scrutiny.programme import actions

pytestmark = pytest.mark.django_db
DECISION = {
    "version": 1,
    "title": "A decision",
    "decision_maker": "Cabinet",
    "planned_for_day": 1,
    "planned_for_month": 2,
    "planned_for_year": 2027,
}


@pytest.fixture
def manager(make_person: Callable[..., Person], client_of: Callable[[Person], Client]) -> Client:
    return client_of(make_person("board_manager"))


def test_a_board_manager_follows_decisions_for_boards(
    manager: Client, panel: Committee, board: Committee
) -> None:
    def planned(committee: Committee | None) -> ForwardPlanEntry:
        return ForwardPlanEntry.objects.create(
            title="x", decision_maker="Cabinet", planned_for=date(2027, 2, 1), committee=committee
        )

    others = (planned(panel), planned(None))
    for entry in others:
        for name in ("change-forward-plan", "remove-forward-plan"):
            address = reverse(name, args=[entry.pk])
            assert manager.post(address, {"why": "x", "version": 1}).status_code == 403
    assert manager.get(reverse("remove-forward-plan", args=[planned(board).pk])).status_code == 200
    before = ForwardPlanEntry.objects.count()
    for committee in ("", panel.pk):
        manager.post(reverse("add-forward-plan"), {**DECISION, "committee": committee})
    assert ForwardPlanEntry.objects.count() == before
    manager.post(reverse("add-forward-plan"), {**DECISION, "committee": board.pk})
    assert ForwardPlanEntry.objects.count() == before + 1


def test_a_board_manager_changes_no_shared_topic(
    manager: Client, panel: Committee, board: Committee
) -> None:
    shared = actions.add_topic("Shared")
    assert manager.get(reverse("change-topic", args=[shared.slug])).status_code == 403
    page = manager.get(reverse("topic", args=[shared.slug])).content.decode()
    assert "Change the topic" not in page and "Put items and requests under it" in page
    own = actions.add_topic("Own", committee=board)
    said = {"title": "Ours", "version": 1, "since_day": 1, "since_month": 1, "since_year": 2026}
    for committee in ("", panel.pk):
        address = reverse("change-topic", args=[own.slug])
        manager.post(address, {**said, "committee": committee})
    assert Topic.objects.get(pk=own.pk).title == "Own"


def test_a_board_manager_changes_members_of_boards_alone(
    manager: Client, panel: Committee, board: Committee
) -> None:
    def member(name: str, *seats: Committee) -> Member:
        made = Member.objects.create(name=name, slug=name.lower())
        for each in seats:
            Membership.objects.create(
                committee=each, member=made, position="member", starts=date(2026, 1, 1)
            )
        return made

    def status(of: Member) -> int:
        return manager.get(reverse("change-member", args=[of.slug])).status_code

    came = member("Came")
    meeting = Meeting.objects.create(committee=panel, day=date(2026, 2, 1))
    Attendance.objects.create(
        meeting=meeting, member=came, name="Came", capacity="member", status="present"
    )
    found = [
        status(each)
        for each in (member("New"), member("Own", board), member("Both", board, panel), came)
    ]
    assert found == [200, 200, 403, 403]


def test_the_kinds_of_interest_are_the_councils(manager: Client) -> None:
    assert "Add a kind" not in manager.get(reverse("interest-kinds")).content.decode()
    said = {"name": "Mine", "effect": "stay"}
    assert manager.post(reverse("interest-kinds"), said).status_code == 403
    assert not InterestKind.objects.filter(name="Mine").exists()
