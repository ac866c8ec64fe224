"""A restricted child in a browser: gone from lists, closed, opened in an emergency, and reviewed."""

from typing import Any

import pytest
from django.urls import reverse

from service.protection.conftest import MakeCase
from service.test_browser import faults_of, is_too_wide, press
from sightline.service.accounts.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_a_restricted_child_and_breaking_the_glass(
    visit_live: Any, make_case: MakeCase, make_person: Any, worker: Person, manager: Person
) -> None:
    hidden = make_case(name="Amara")
    make_case(name="Ben")
    director = make_person("assistant_director", email="director@example.org")
    lead = make_person("governance_lead", email="lead@example.org")
    number = hidden.child.number
    record, case = (
        reverse("known-person", args=[hidden.child_id]),
        reverse("case", args=[hidden.pk]),
    )

    def names(page: Any) -> str:
        page.goto(reverse("cases"))
        return str(page.locator("tbody").inner_text())

    # The director restricts the record to the worker alone
    page = visit_live(director, script=False)
    page.goto(reverse("restrict"))
    page.get_by_label("The child's number in the records").fill(number)
    page.get_by_label("Why", exact=True).fill("Of the family of staff")
    page.get_by_label("Who may open it").fill(worker.email)
    press(page, "Restrict the record")

    # The worker goes on as before, on a telephone too
    page = visit_live(worker, 320)
    assert "Amara" in names(page)
    page.goto(reverse("your-work"))
    assert page.get_by_role("link", name="Amara Ashdown", exact=True).first.is_visible()
    assert faults_of(page) == []
    assert not is_too_wide(page)

    # For the manager the child is not on the list, and the record is closed
    page = visit_live(manager, script=False)
    assert "Ben" in (listed := names(page))
    assert "Amara" not in listed
    for address in (record, case):
        assert page.goto(address).status == 403
        assert "Amara" not in page.content()
    page.goto(record)
    page.get_by_role("link", name="open it with a reason").click()

    # In an emergency it opens, with a reason
    page.get_by_label("The child's number in the records").fill(number)
    press(page, "Open the record")
    assert page.locator(".govuk-error-summary").is_visible()
    page.get_by_label("Why must you open this record now?").fill(
        "The child is at the hospital now, and the worker is away."
    )
    press(page, "Open the record")
    assert page.goto(case).status == 200
    assert page.locator("h1").inner_text() == "Amara Ashdown"
    assert "Amara" in names(page)

    # The lead reviews it: it was not justified, and closes at once
    page = visit_live(lead)
    page.goto(reverse("reviews"))
    assert faults_of(page) == []
    page.get_by_role("link", name="Review the opening by").click()
    page.get_by_label("No, it was not justified").check()
    page.get_by_label("What did you find?").fill("The worker was in the office that day.")
    press(page, "Save the review")
    page = visit_live(manager, script=False)
    assert page.goto(record).status == 403
    assert "Amara" not in names(page)
