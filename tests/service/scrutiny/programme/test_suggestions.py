"""Suggestions are scored, and taken up or not with a reason."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.scrutiny.models import Committee, Suggestion, Topic
from sightline.service.scrutiny.programme import actions, scoring
from sightline.service.scrutiny.programme.actions import ProgrammeError

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion(panel: Committee) -> Suggestion:
    return actions.suggest(panel, "Attainment by area", "It differs", "A councillor")


def test_it_is_scored_criterion_by_criterion(suggestion: Suggestion) -> None:
    actions.score_suggestion(suggestion, 1, {"timely": 2, "cost": 0})
    suggestion.refresh_from_db()
    assert scoring.score(suggestion.scores, scoring.criteria()).words == "2 of 4 so far"
    with pytest.raises(ConflictError):
        actions.score_suggestion(suggestion, 1, {"timely": 0})
    suggestion.refresh_from_db()
    assert suggestion.scores == {"timely": 2, "cost": 0}


def test_points_that_a_criterion_does_not_give_are_refused(suggestion: Suggestion) -> None:
    for wrong in ({"timely": 3}, {"nothing": 1}):
        with pytest.raises(ProgrammeError, match="does not give"):
            actions.score_suggestion(suggestion, 1, wrong)


def test_one_taken_up_becomes_a_topic(suggestion: Suggestion, panel: Committee) -> None:
    topic = actions.take_up(suggestion, 1, "It scores highest")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.topic) == ("taken", topic)
    assert (topic.title, topic.committee) == ("Attainment by area", panel)


def test_one_may_be_taken_up_under_a_topic_there_is(suggestion: Suggestion) -> None:
    there = actions.add_topic("Attainment")
    assert actions.take_up(suggestion, 1, "why", there) == there
    assert Topic.objects.count() == 1


def test_a_decision_is_taken_once(suggestion: Suggestion) -> None:
    actions.leave_out(suggestion, 1, "Somebody else looks at it")
    for again in (
        lambda: actions.take_up(suggestion, 2, "why"),
        lambda: actions.leave_out(suggestion, 2, "why"),
        lambda: actions.score_suggestion(suggestion, 2, {"timely": 1}),
    ):
        with pytest.raises(ProgrammeError, match="decided already: not taken up"):
            again()
    assert Topic.objects.count() == 0


def test_the_database_keeps_no_decision_without_a_reason(suggestion: Suggestion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk).update(state="not_taken")


def test_a_councillor_suggests_and_an_officer_decides(
    panel: Committee,
    make_person: Callable[..., Person],
    client_of: Callable[[Person], Client],
) -> None:
    councillor = client_of(make_person("councillor"))
    sent = {
        "committee": panel.pk,
        "title": "Waiting times",
        "why": "Families wait",
        "suggested_by": "Cllr Invented",
        "version": 1,
    }
    councillor.post(reverse("add-suggestion"), sent)
    row = Suggestion.objects.get()
    assert councillor.get(reverse("decide-suggestion", args=[row.pk])).status_code == 403
    officer = client_of(make_person("scrutiny_officer"))
    decision = {"version": 1, "decision": "no", "why": "The health committee looks at it"}
    assert officer.post(reverse("decide-suggestion", args=[row.pk]), {}).status_code == 200
    officer.post(reverse("decide-suggestion", args=[row.pk]), decision)
    page = councillor.get(reverse("suggestion", args=[row.pk])).content.decode()
    assert "The health committee looks at it" in page


def test_a_suggestion_does_not_name_a_child(
    panel: Committee, make_person: Callable[..., Person], client_of: Callable[[Person], Client]
) -> None:
    sent = {
        "committee": panel.pk,
        "title": "A case",
        "why": "The child, born on 3 May 2015, was missed",
        "suggested_by": "Somebody",
        "version": 1,
    }
    answer = client_of(make_person("councillor")).post(reverse("add-suggestion"), sent)
    assert "may tell who a child or family is" in answer.content.decode()
    assert Suggestion.objects.count() == 0


def test_a_file_of_criteria_that_cannot_be_used_is_said_and_breaks_no_page(
    suggestion: Suggestion,
    settings: Any,
    tmp_path: Path,
    make_person: Callable[..., Person],
    client_of: Callable[[Person], Client],
) -> None:
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, home=tmp_path)
    (tmp_path / scoring.OWN_FILE).write_text("title = 1", "utf-8")
    client = client_of(make_person("scrutiny_officer"))
    for name in ("suggestions", "suggestion"):
        args = [suggestion.pk] if name == "suggestion" else []
        page = client.get(reverse(name, args=args)).content.decode()
        assert "scrutiny-criteria.toml: there is no [[criterion]]" in page
    assert client.get(reverse("score-suggestion", args=[suggestion.pk])).status_code == 302
