"""Task-and-finish groups: from the scope to the executive's answer to each recommendation."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import (
    Ask,
    Committee,
    Member,
    Membership,
    PublishedText,
    TaskGroup,
)
from sightline.service.scrutiny.programme import group_actions as actions
from sightline.service.scrutiny.programme.actions import ProgrammeError
from sightline.service.scrutiny.public import visible

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 1)


@pytest.fixture
def group(panel: Committee) -> TaskGroup:
    return actions.set_up_group(panel, "Return interviews", "Why they come late")


@pytest.fixture
def reported(group: TaskGroup) -> TaskGroup:
    actions.group_becomes(group, 1, "working", DAY)
    actions.change_group(group, 2, {"findings": "Nobody owns them."})
    group.refresh_from_db()
    actions.recommend(
        group, "Name an owner.", by=None, addressee="Cabinet", due_words="in two months"
    )
    actions.group_becomes(group, 3, "reported", DAY)
    group.refresh_from_db()
    return group


def test_it_reports_once_it_has_findings_and_a_recommendation(group: TaskGroup) -> None:
    actions.group_becomes(group, 1, "working", DAY)
    with pytest.raises(ProgrammeError, match="findings"):
        actions.group_becomes(group, 2, "reported", DAY)
    actions.change_group(group, 2, {"findings": "Nobody owns them."})
    with pytest.raises(ProgrammeError, match="recommendation"):
        actions.group_becomes(group, 3, "reported", DAY)
    actions.recommend(group, "Name an owner.", by=None, addressee="Cabinet")
    actions.group_becomes(group, 3, "reported", DAY)
    group.refresh_from_db()
    assert (group.state, group.began, group.reported) == ("reported", DAY, DAY)


@pytest.mark.parametrize("state", [*TaskGroup.State.values, "nonsense"])
@pytest.mark.parametrize("after", TaskGroup.State.values)
def test_every_state_leads_only_where_the_table_says(
    group: TaskGroup, state: str, after: str
) -> None:
    actions.recommend(group, "x", by=None)
    TaskGroup.objects.update(state=after, findings="found")
    allowed = state in actions.NEXT[TaskGroup.State(after)]
    try:
        actions.group_becomes(group, 1, state, DAY, "why")
    except ProgrammeError:
        assert not allowed
    else:
        assert allowed


def test_one_closed_without_a_report_says_why(group: TaskGroup) -> None:
    with pytest.raises(ProgrammeError, match="Say why"):
        actions.group_becomes(group, 1, "closed", DAY)
    actions.group_becomes(group, 1, "closed", DAY, "The inspection answered it")
    group.refresh_from_db()
    with pytest.raises(ProgrammeError, match="closed"):
        actions.recommend(group, "x", by=None)


def test_its_recommendations_are_asks_of_its_committee(reported: TaskGroup) -> None:
    ask = Ask.objects.get()
    assert (ask.kind, ask.group, ask.committee) == (
        "recommendation",
        reported,
        reported.committee,
    )
    assert ask.addressee == "Cabinet"
    assert (ask.made_on, ask.due) == (date(2027, 3, 10), date(2027, 5, 10))
    assert ask.due_rule == "A computed date: “in two months”, counted from 10 March 2027."


def test_the_executive_answers_each_of_them_in_its_words(
    reported: TaskGroup, make_person: Callable[..., Person]
) -> None:
    officer, ask = make_person("scrutiny_officer"), Ask.objects.get()
    actions.respond_to(ask, "rejected", "There is no money.", by=officer, by_name="Cabinet, 1 May")
    ask.refresh_from_db()
    assert ask.state == "rejected"
    reply = ask.replies.get()
    assert (reply.text, reply.by_name, reply.sent_at is not None) == (
        "There is no money.",
        "Cabinet, 1 May",
        True,
    )
    step = ask.steps.order_by("pk").last()
    assert step is not None
    assert step.why == "There is no money."


def test_an_answer_that_cannot_be_given_leaves_no_reply(reported: TaskGroup) -> None:
    ask = Ask.objects.get()
    actions.respond_to(ask, "accepted", "Yes.", by=None)
    for response in ("accepted", "rejected"):
        with pytest.raises(ProgrammeError):
            actions.respond_to(ask, response, "Again.", by=None)
    with pytest.raises(ProgrammeError, match="no answer"):
        actions.respond_to(ask, "closed", "x", by=None)
    assert ask.replies.count() == 1


def test_nothing_is_responded_to_before_it_reports(group: TaskGroup, reported: TaskGroup) -> None:
    actions.respond_as_a_whole(reported, reported.version, "We agree with most.", DAY)
    other = actions.set_up_group(reported.committee, "Other", "s")
    with pytest.raises(ProgrammeError, match="not reported"):
        actions.respond_as_a_whole(other, 1, "x", DAY)


def test_the_whole_of_it_through_the_pages(
    panel: Committee,
    make_person: Callable[..., Person],
    client_of: Callable[[Person], Client],
    django_assert_max_num_queries: Any,
) -> None:
    member = Member.objects.create(name="Cllr Ada Invented", slug="ada")
    Membership.objects.create(
        committee=panel, member=member, position="chair", starts=date(2026, 5, 1)
    )
    client = client_of(make_person("scrutiny_officer"))
    client.post(
        reverse("set-up-group", args=[panel.slug]),
        {"title": "Return interviews", "scope": "Why late", "members": [member.pk], "version": 1},
    )
    group = TaskGroup.objects.get()
    assert list(group.members.all()) == [member]
    on = {"on_day": 1, "on_month": 3, "on_year": 2027}
    state = reverse("group-state", args=[group.slug])
    client.post(state, {"version": 1, "state": "working", **on})
    client.post(
        reverse("change-group", args=[group.slug]),
        {
            "version": 2,
            "title": "Return interviews",
            "scope": "Why late",
            "members": [member.pk],
            "findings": "Nobody owns them",
        },
    )
    told = {"text": "Name an owner", "addressee": "Cabinet"}
    client.post(reverse("recommend", args=[group.slug]), told)
    client.post(state, {"version": 3, "state": "reported", **on})
    ask = Ask.objects.get()
    answer = {"response": "accepted", "text": "It is done", "by_name": "Cabinet"}
    client.post(reverse("respond", args=[ask.pk]), answer)
    whole = {"version": 4, "response": "We thank the group", **on}
    client.post(reverse("group-response", args=[group.slug]), whole)
    councillor = client_of(make_person("councillor"))
    with django_assert_max_num_queries(12):
        page = councillor.get(reverse("task-group", args=[group.slug])).content.decode()
    for said in (
        "Nobody owns them",
        "Accepted",
        "It is done",
        "We thank the group",
        "Ada Invented",
    ):
        assert said in page
    assert "Write the answer" not in page


def test_two_who_edit_a_group_at_once_see_both_texts(
    group: TaskGroup, make_person: Callable[..., Person], client_of: Callable[[Person], Client]
) -> None:
    client = client_of(make_person("scrutiny_officer"))
    address = reverse("change-group", args=[group.slug])
    sent = {"version": 1, "title": group.title, "scope": "First"}
    client.post(address, sent)
    answer = client.post(address, {**sent, "scope": "Second"})
    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    group.refresh_from_db()
    assert group.scope == "First"


def test_the_search_has_recommendations_once_the_group_reports(group: TaskGroup) -> None:
    actions.recommend(group, "Name an owner.", by=None)
    assert not PublishedText.objects.exists()
    actions.change_group(group, 1, {"findings": "Nobody owns them."})
    actions.group_becomes(group, 2, "working", DAY)
    actions.group_becomes(group, 3, "reported", DAY)
    assert PublishedText.objects.get().text == "Name an owner."


def test_a_group_closed_without_a_report_stays_its_own(group: TaskGroup) -> None:
    actions.recommend(group, "Name an owner.", by=None)
    actions.change_group(group, 1, {"findings": "A first thought.", "evidence": "What was heard."})
    actions.group_becomes(group, 2, "closed", DAY, "It was taken over by an inspection.")
    assert not visible.groups().exists()
    assert not visible.asks().exists()
    assert not PublishedText.objects.exists()
