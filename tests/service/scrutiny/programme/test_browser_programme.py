"""The pages of the programme in a browser: nothing axe finds, nothing wider than a telephone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.test_browser import faults_of, is_too_wide
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import Committee, Meeting
from sightline.service.scrutiny.programme import actions, figures, group_actions, report_actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


@pytest.fixture
def today() -> None:
    """Let the day be the real one: the server of these tests runs beside them."""


def test_the_pages_that_hold_most(
    visit_live: Any, published_reading: Any, make_person: Callable[..., Person]
) -> None:
    panel = Committee.objects.create(
        name="Children and Families Panel", slug="panel", kind="scrutiny"
    )
    meeting = Meeting.objects.create(
        committee=panel, day=timezone.localdate() + timedelta(days=30), state="planned"
    )
    topic = actions.add_topic("Missing children", committee=panel, indicators="CP-05")
    actions.plan_entry(panel, "Return interviews", meeting=meeting, topic=topic, purpose="Why late")
    suggestion = actions.suggest(panel, "Attainment", "It differs", "A councillor")
    group = group_actions.set_up_group(panel, "Return interviews", "Why they come late")
    group_actions.recommend(group, "Name an owner.", by=None, addressee="Cabinet")
    report = report_actions.begin_report(
        panel, "Return interviews", by=make_person("analyst"), text="What they show."
    )
    report_actions.place_figure(report, figures.figure_for(published_reading, "CP-05", "district"))
    officer = make_person("scrutiny_officer")
    wrong = []
    for width in (1280, 320):
        page = visit_live(officer, width)
        for name, args in (
            ("programme", []),
            ("committee-programme", [panel.slug]),
            ("plan-entry", [panel.slug]),
            ("topic", [topic.slug]),
            ("score-suggestion", [suggestion.pk]),
            ("task-group", [group.slug]),
            ("report", [report.pk]),
            ("report-figures", [report.pk]),
        ):
            answer = page.goto(reverse(name, args=args))
            page.wait_for_load_state("networkidle")
            wrong += [(name, width, each) for each in faults_of(page)]
            page.faults.clear()
            if answer.status != 200 or is_too_wide(page):
                wrong.append((name, width, answer.status))
    assert wrong == []
