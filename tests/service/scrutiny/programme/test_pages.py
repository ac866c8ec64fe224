"""The pages of the programme: few queries, paged, each committee's own kept by its keepers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    ForwardPlanEntry,
    Item,
    Meeting,
    ProgrammeEntry,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.programme import actions, group_actions

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


@pytest.fixture
def much(panel: Committee, today: date, meeting_on: Callable[..., Meeting]) -> None:
    """Give the panel 30 of each."""
    for n in range(30):
        topic = actions.add_topic(f"Topic {n}", committee=panel, review_months=1, since=today)
        past, coming = meeting_on(-40 - n), meeting_on(20 + n)
        Item.objects.create(meeting=past, position=1, title="t", topic=topic)
        actions.plan_entry(panel, f"Entry {n}", meeting=coming, topic=topic)
        actions.suggest(panel, f"Suggestion {n}", "why", "somebody")
        group_actions.set_up_group(panel, f"Group {n}", "scope")
        ForwardPlanEntry.objects.create(
            title=f"Decision {n}",
            decision_maker="Cabinet",
            planned_for=today + timedelta(days=n + 1),
            is_key=True,
            topic=topic,
        )
        Committee.objects.create(name=f"Committee {n:02}", slug=f"c-{n}", kind="scrutiny")


@pytest.mark.parametrize(
    "name",
    [
        "programme",
        "committee-programme",
        "topics",
        "topic",
        "suggestions",
        "forward-plan",
        "task-groups",
        "reports",
    ],
)
def test_few_queries_however_much_there_is(
    much: None,
    name: str,
    make_person: Make,
    client_of: ClientOf,
    django_assert_max_num_queries: Any,
) -> None:
    args = {"committee-programme": ["panel"], "topic": ["topic-1"]}.get(name, [])
    client = client_of(make_person("scrutiny_officer"))
    with django_assert_max_num_queries(15):
        assert client.get(reverse(name, args=args)).status_code == 200


def test_each_address_opens_and_each_form_sent_empty_says_what_is_missing(
    much: None, make_person: Make, client_of: ClientOf, ask_of: Callable[..., Ask]
) -> None:
    client = client_of(make_person("scrutiny_officer"))
    entry, decision = ProgrammeEntry.objects.all()[0], ForwardPlanEntry.objects.all()[0]
    topic, group = Topic.objects.all()[0], TaskGroup.objects.all()[0]
    rows: list[tuple[str, list[Any], bool]] = [
        ("plan-entry", ["panel"], True),
        ("set-up-group", ["panel"], True),
        ("entry", [entry.pk], False),
        ("change-entry", [entry.pk], True),
        ("move-entry", [entry.pk], True),
        ("drop-entry", [entry.pk], True),
        ("add-topic", [], True),
        ("change-topic", [topic.slug], True),
        ("add-suggestion", [], True),
        ("add-forward-plan", [], True),
        ("planned-decision", [decision.pk], False),
        ("change-forward-plan", [decision.pk], True),
        ("remove-forward-plan", [decision.pk], True),
        ("task-group", [group.slug], False),
        ("change-group", [group.slug], True),
        ("group-state", [group.slug], True),
        ("recommend", [group.slug], True),
        ("group-response", [group.slug], True),
        ("begin-report", [], True),
    ]
    for name, args, is_form in rows:
        address = reverse(name, args=args)
        assert client.get(address).status_code == 200, name
        if is_form:
            page = client.post(address, {}).content.decode()
            assert "There is a problem" in page, name
    for name, query in (("committee-programme", "?past=1"), ("suggestions", "?decided=1")):
        args = ["panel"] if name == "committee-programme" else []
        assert client.get(reverse(name, args=args) + query).status_code == 200
    for name in ("forward-plan", "task-groups"):
        assert client.get(reverse(name) + "?past=1&closed=1").status_code == 200


def test_a_board_manager_keeps_the_boards_programme_and_no_other(
    panel: Committee, board: Committee, make_person: Make, client_of: ClientOf
) -> None:
    mine = actions.plan_entry(board, "mine")
    other = actions.plan_entry(panel, "other")
    client = client_of(make_person("board_manager"))
    for name in ("change-entry", "move-entry", "entry-done", "drop-entry"):
        assert client.get(reverse(name, args=[mine.pk])).status_code == 200
        assert client.get(reverse(name, args=[other.pk])).status_code == 403
    assert client.get(reverse("plan-entry", args=[board.slug])).status_code == 200
    assert client.get(reverse("plan-entry", args=[panel.slug])).status_code == 403
    page = client.get(reverse("committee-programme", args=[panel.slug])).content.decode()
    assert "Plan something" not in page


def test_a_follow_up_is_planned_from_the_programme(
    panel: Committee, ask_of: Callable[..., Ask], make_person: Make, client_of: ClientOf
) -> None:
    ask = ask_of(due=date(2027, 9, 20))
    client = client_of(make_person("scrutiny_officer"))
    page = client.get(reverse("committee-programme", args=[panel.slug])).content.decode()
    assert "Requests with a date that are not in the programme" in page
    for _ in range(2):
        client.post(reverse("schedule-follow-up", args=[ask.pk]))
    assert ProgrammeEntry.objects.filter(from_ask=ask).count() == 1
    page = client.get(reverse("committee-programme", args=[panel.slug])).content.decode()
    assert "Requests with a date that are not in the programme" not in page
    assert "has no meeting yet" in page


def test_an_entry_is_planned_and_moved_through_the_pages(
    panel: Committee, meeting_on: Callable[..., Meeting], make_person: Make, client_of: ClientOf
) -> None:
    meeting = meeting_on(20)
    client = client_of(make_person("scrutiny_officer"))
    sent = {
        "title": "Missing children",
        "purpose": "To see why",
        "outcome": "Fewer go missing",
        "place": f"meeting-{meeting.pk}",
        "version": 1,
    }
    client.post(reverse("plan-entry", args=[panel.slug]), sent)
    entry = ProgrammeEntry.objects.get()
    assert entry.meeting == meeting
    move = reverse("move-entry", args=[entry.pk])
    client.post(move, {"version": 1, "place": "2027-09", "why": "No room"})
    page = client.get(reverse("entry", args=[entry.pk])).content.decode()
    assert "September 2027" in page
    assert "No room" in page
    stale = client.post(move, {"version": 1, "place": "later", "why": "Again"}).content.decode()
    assert "Somebody else has changed this" in stale
    assert 'value="2"' in stale


def test_the_meeting_of_another_committee_is_not_offered(
    panel: Committee,
    board: Committee,
    meeting_on: Callable[..., Meeting],
    make_person: Make,
    client_of: ClientOf,
) -> None:
    other = meeting_on(20, committee=board)
    client = client_of(make_person("scrutiny_officer"))
    sent = {
        "title": "t",
        "purpose": "p",
        "outcome": "o",
        "place": f"meeting-{other.pk}",
        "version": 1,
    }
    page = client.post(reverse("plan-entry", args=[panel.slug]), sent).content.decode()
    assert "There is a problem" in page
    assert ProgrammeEntry.objects.count() == 0


def test_what_is_planned_says_nothing_of_a_private_request(
    panel: Committee, ask_of: Callable[..., Ask], make_person: Make, client_of: ClientOf
) -> None:
    private = {"privacy": "exempt", "paragraph": 3, "why_exempt": "contract"}
    ask = ask_of("secret words", item=private, due=date(2027, 9, 20), public_summary="Costs")
    entry = actions.schedule_follow_up(ask)
    assert entry is not None
    client = client_of(make_person("analyst"))
    for name, args in (("committee-programme", [panel.slug]), ("entry", [entry.pk])):
        page = client.get(reverse(name, args=args)).content.decode()
        assert "secret" not in page
        assert "Costs" in page
