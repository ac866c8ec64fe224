"""The pathway in a real browser: from an unallocated case to a plan, day five missed and explained."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import MakeCase
from service.test_browser import faults_of, is_too_wide, press
from sightline.service.accounts.models import Agency, Person
from sightline.service.protection.models import (
    Assessment,
    Conference,
    Enquiry,
    ProtectionPlan,
    StrategyDiscussion,
    Visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_from_a_case_to_a_plan_with_day_five_missed_and_explained(
    visit_live: Any,
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    other_manager: Person,
    support: Person,
    chair: Person,
    agencies: dict[str, Agency],
) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    case = make_case(long_ago, allocated=False)
    wrong: list[str] = []

    def go(page: Any, address: str) -> None:
        page.goto(address)
        wrong.extend(f"{address}: {each}" for each in faults_of(page))
        page.faults.clear()
        page.set_viewport_size({"width": 320, "height": 900})
        wrong.extend([f"{address} is too wide"] * is_too_wide(page))
        page.set_viewport_size({"width": 1280, "height": 900})

    def on(page: Any, moment: Any) -> None:
        local = timezone.localtime(moment)
        page.get_by_label("Day", exact=True).fill(str(local.day))
        page.get_by_label("Month", exact=True).fill(str(local.month))
        page.get_by_label("Year", exact=True).fill(str(local.year))
        page.get_by_label("At what time?").fill(f"{local:%H:%M}")

    # The manager gives it to a worker
    page = visit_live(manager)
    go(page, reverse("unallocated"))
    page.get_by_role("link", name="Allocate Amara Ashdown").click()
    page.get_by_label("Worker").select_option(label=worker.name)
    press(page, "Allocate")
    go(page, reverse("your-work"))
    go(page, reverse("caseloads"))

    # The worker calls a strategy discussion and records it
    page = visit_live(worker)
    go(page, reverse("your-work"))
    page.get_by_role("link", name="Amara Ashdown", exact=True).first.click()
    go(page, reverse("case", args=[case.pk]))
    press(page, "Begin an assessment")
    page.get_by_role("button", name="Call a strategy discussion").click()
    on(page, long_ago)
    press(page, "Call it")
    discussion = StrategyDiscussion.objects.get()
    go(page, reverse("record-discussion", args=[discussion.pk]))
    on(page, long_ago + timedelta(hours=1))
    page.get_by_label("Who chaired it?").select_option(label=manager.name)
    for agency in agencies.values():
        status = "Background information only" if agency.kind == "health" else "Took part"
        page.get_by_label(f"{agency}: did it take part?").select_option(label=status)
    page.get_by_label("What was said").fill("Bruises that nobody can explain.")
    press(page, "Save")
    go(page, reverse("discussion", args=[discussion.pk]))

    # A manager decides
    page = visit_live(other_manager)
    go(page, reverse("decide-discussion", args=[discussion.pk]))
    page.get_by_label("Section 47 enquiry by social care and the police").check()
    page.get_by_label("Why?", exact=True).fill("Significant harm is likely.")
    press(page, "Save the decision")
    page = visit_live(worker)
    enquiry = Enquiry.objects.get()

    # The child is not seen, and so comes first
    go(page, reverse("record-visit", args=[case.pk]))
    on(page, timezone.now() - timedelta(hours=3))
    page.get_by_label("Assessment or enquiry").check()
    page.get_by_role("group", name="Was the child seen?").get_by_label("No").check()
    page.get_by_label("If not seen, or not alone: why not?").fill("Nobody opened.")
    press(page, "Save the visit")
    assert Visit.objects.get().seen is False
    page.goto(reverse("your-work"))
    assert "See the child" in page.locator("tbody tr").first.inner_text()

    # Another manager decides, late, and must say why
    page = visit_live(other_manager)
    go(page, reverse("to-authorise"))
    page.get_by_role("link", name="Amara Ashdown").first.click()
    go(page, reverse("enquiry", args=[enquiry.pk]))
    page.get_by_role("button", name="Is a conference needed?").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Why?", exact=True).fill("The risk goes on.")
    press(page, "Save the decision")
    assert page.locator(".govuk-error-summary").is_visible()
    page.get_by_label("If it is after day five").fill("No manager was there.")
    press(page, "Save the decision")
    assert "No manager was there." in page.locator("main").inner_text()
    conference = Conference.objects.get()

    # Business support books the conference
    page = visit_live(support)
    go(page, reverse("conferences"))
    page.get_by_role("link", name="Amara Ashdown").click()
    go(page, reverse("book-conference", args=[conference.pk]))
    on(page, timezone.now() - timedelta(hours=1))
    page.get_by_label("In a room and remotely").check()
    page.get_by_label("Room, or how to join remotely").fill("Room 1")
    page.get_by_label("Chair").select_option(label=chair.name)
    press(page, "Save the booking")

    # The chair holds it, late too
    page = visit_live(chair)
    go(page, reverse("hold-conference", args=[conference.pk]))
    on(page, timezone.now() - timedelta(minutes=30))
    page.get_by_label("Attends and speaks").check()
    page.get_by_label("What does the child say?").fill("I want to stay at home.")
    page.get_by_label("What do the parents say?").fill("They agree.")
    page.get_by_role("group", name="Were enough agencies there?").get_by_label("Yes").check()
    page.get_by_label("A child protection plan", exact=True).check()
    page.get_by_label("Neglect").check()
    page.get_by_label("Why?", exact=True).fill("The child is at continuing risk.")
    page.get_by_label("If it was held late: why?").select_option(
        label="The decision for a conference was late"
    )
    press(page, "Save")
    plan = ProtectionPlan.objects.get()
    page = visit_live(worker)
    go(page, reverse("protection-plan", args=[plan.pk]))
    go(page, reverse("write-assessment", args=[Assessment.objects.get().pk]))
    go(page, reverse("case", args=[case.pk]))
    go(page, reverse("chronology", args=[case.child_id]))
    assert wrong == []
