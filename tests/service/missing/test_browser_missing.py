"""A child missing, in a real browser: recorded, returned, interviewed late with the reason, audited."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import People, screened
from service.test_browser import faults_of, is_too_wide, press
from sightline.service.children.models import KnownPerson
from sightline.service.missing.models import MissingEpisode, ReturnInterview

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_a_return_interview_held_late_from_the_episode_to_its_audit(
    visit_live: Any, child: KnownPerson, people: People
) -> None:
    wrong: list[str] = []

    def look(page: Any) -> None:
        """Look at a page once for each kind: with axe, and on a telephone."""
        wrong.extend(f"{page.url}: {each}" for each in faults_of(page))
        page.faults.clear()
        page.set_viewport_size({"width": 320, "height": 900})
        wrong.extend([f"{page.url} is too wide"] * is_too_wide(page))
        page.set_viewport_size({"width": 1280, "height": 900})

    def on(page: Any, days: float, ask: str = "At what time?") -> None:
        local = timezone.localtime(timezone.now() - timedelta(days=days))
        for part in ("Day", "Month", "Year"):
            box = page.get_by_label(part, exact=True).first
            box.fill(str(getattr(local, part.lower())))
        page.get_by_label(ask).fill(f"{local:%H:%M}")

    screened(child, people.complex)

    # The social worker records who is missing, and the return
    page = visit_live(people.worker)
    page.goto(reverse("missing-child", args=[child.pk]))
    look(page)
    press(page, "Record that the child is missing")
    on(page, 6, "Since what time?")
    page.get_by_label("Missing", exact=True).check()
    page.get_by_label("Home", exact=True).check()
    page.get_by_label("High", exact=True).check()
    page.get_by_label("Why is the risk so?").fill("Gone with somebody older.")
    look(page)
    press(page, "Save")
    episode = MissingEpisode.objects.get()
    page.goto(reverse("missing"))
    assert "Not returned" in page.locator("tbody tr").first.inner_text()
    page.locator("tbody tr").first.get_by_role("link").nth(1).click()
    press(page, "The child has returned")
    on(page, 5)
    page.get_by_label("How and where was the child found").fill("At the station.")
    press(page, "Save")

    # The complex-safeguarding worker finds it overdue, and it is offered and held late with the reason
    page = visit_live(people.complex)
    page.goto(reverse("missing"))
    look(page)
    row = page.locator("tbody tr").first.inner_text()
    assert "Overdue" in row
    assert "Offer a return interview" in row
    page.get_by_role("link", name="Offer a return interview").click()
    press(page, "Record the offer")
    on(page, 1)
    page.get_by_label("Who is to hold it?").select_option(label=people.interviewer.name)
    press(page, "Save")
    page = visit_live(people.interviewer)
    page.goto(reverse("episode", args=[episode.pk]))
    press(page, "Record the interview")
    on(page, 0.1)
    page.get_by_label("If they have no account here").fill("A. Invented")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What did the child say").fill("I was afraid to go home.")
    page.get_by_label("Interviewer’s assessment").fill("Somebody has a hold over her.")
    press(page, "Save")
    assert "say why" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_label("If it was held later than 72 hours").fill("Nobody offered it in time.")
    press(page, "Save")

    # A manager judges it
    page = visit_live(people.manager)
    page.goto(reverse("episode", args=[episode.pk]))
    look(page)
    press(page, "Judge the quality of the interview")
    page.get_by_label("3: Good").check()
    page.get_by_label("Why?").fill("The child is heard.")
    press(page, "Save")
    assert "3 of 4" in page.locator("main").inner_text()
    done = ReturnInterview.objects.get()
    assert (done.late_because, done.quality) == ("Nobody offered it in time.", 3)

    # The other kinds of page
    for address in (
        reverse("screen-child", args=[child.pk]),
        reverse("problem-profile"),
    ):
        page.goto(address)
        look(page)
    assert wrong == []
