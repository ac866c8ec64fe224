"""Pre-proceedings in a real browser: from the decision to the final order; and one's calendar."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import MakeCase, assessed, parent_of
from service.test_browser import faults_of, is_too_wide, press
from sightline.service.accounts.models import Person
from sightline.service.protection.actions import assessing
from sightline.service.protection.models import PreProceedings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_from_the_decision_to_the_final_order(
    visit_live: Any, make_case: MakeCase, worker: Person, manager: Person, head: Person
) -> None:
    case = make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    parent_of(case)
    wrong: list[str] = []

    def look(page: Any) -> None:
        wrong.extend(f"{page.url}: {each}" for each in faults_of(page))
        page.faults.clear()
        page.set_viewport_size({"width": 320, "height": 900})
        wrong.extend([f"{page.url} is too wide"] * is_too_wide(page))
        page.set_viewport_size({"width": 1280, "height": 900})

    def today(page: Any) -> None:
        local = timezone.localdate()
        for name, value in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
            page.get_by_label(name, exact=True).fill(str(value))

    # A service manager decides that it begins
    page = visit_live(head)
    page.goto(reverse("case", args=[case.pk]))
    press(page, "Begin pre-proceedings")
    today(page)
    page.get_by_label("Why?").fill("It is not safe.")
    press(page, "Save the decision")
    begun = PreProceedings.objects.get()

    # The worker writes the letter to the mother and says that it is sent
    page = visit_live(worker)
    page.goto(reverse("your-work"))
    page.get_by_role("link", name="Letter before proceedings").click()
    look(page)
    press(page, "Write what every letter says")
    for label in (
        "What are we worried about?",
        "What must change, and by when?",
        "What help do we give?",
        "What does the child say?",
    ):
        page.get_by_label(label).fill("Said in plain words.")
    press(page, "Save")
    press(page, "Write to a parent")
    look(page)
    page.get_by_label("Mary Ashdown (mother)").check()
    page.get_by_label("What have they told us?").fill("She is sorry.")
    press(page, "Save")
    page.get_by_role("link", name="Mary Ashdown").click()
    look(page)
    press(page, "Record that it was sent")
    look(page)
    today(page)
    press(page, "Save")
    page.get_by_role("link", name="Back", exact=True).click()
    assert "In pre-proceedings" in page.locator("main").inner_text()
    press(page, "Record a meeting")
    page.get_by_label("Meeting with the parents").check()
    today(page)
    page.get_by_label("What was agreed or ordered?").fill("Food in the house every day.")
    press(page, "Save")
    look(page)

    # It goes to court, and the court decides
    page = visit_live(head)
    page.goto(reverse("court"))
    look(page)
    page.get_by_role("link", name="Amara Ashdown").click()
    press(page, "Decide that it goes to court")
    today(page)
    page.get_by_label("Why?").fill("Nothing has changed.")
    press(page, "Save the decision")
    page = visit_live(worker)
    page.goto(reverse("your-work"))
    page.get_by_role("link", name="Application to court").click()
    press(page, "Record the application")
    today(page)
    press(page, "Save")
    look(page)
    page.goto(reverse("record-order", args=[begun.pk]))
    today(page)
    page.get_by_label("Supervision order").check()
    press(page, "Save")
    assert "Final order made" in page.locator("main").inner_text()

    # The worker has what is due in a calendar
    page.goto(reverse("reminders"))
    look(page)
    press(page, "Make an address")
    look(page)
    assert ".ics" in page.locator("code").inner_text()
    assert wrong == []
