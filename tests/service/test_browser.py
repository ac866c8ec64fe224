"""The service in a real browser: every page for every role, narrow, enlarged, without script, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.accounts.roles import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")

INDICATOR = "/indicators/CP-05/whole/"
EVERYBODY = ("/", INDICATOR, "/accounts/")
"""What everybody with a role may open, and what it holds depends on the role."""
THE_SAME = (
    "/search/?q=conference",
    "/search/?q=zzzz",
    "/packs/",
    "/saved-views/",
    "/saved-views/?path=/",
    "/api/",
    "/api/tokens/",
)
"""What is much the same for everybody."""
OF_ROLES = {
    "councillor": THE_SAME,
    "analyst": (
        *THE_SAME,
        "/indicators/CP-05/whole/notes/add/",
        "/not-seen/CP-15/",
        "/loads/",
        "/loads/give/",
        "/quality/",
        "/quality/findings/",
    ),
    "social_worker": ("/your-children/", "/not-seen/CI-06/", "/quality/"),
    "team_manager": ("/your-children/", "/not-seen/CP-15/", "/quality/"),
    "assistant_director": ("/restricted/", "/not-seen/LA-09/"),
    "governance_lead": ("/restricted/", "/restricted/reviews/", "/audit/"),
    "auditor": ("/audit/",),
    "administrator": ("/accounts/people/", "/accounts/people/add/", "/accounts/teams/"),
}
SIGNED_OUT = ("/sign-in/login/", "/sign-in/password/reset/", "/accessibility/", "/privacy/")


def faults_of(page: Any) -> list[str]:
    """Give what axe finds wrong with a page, and what the browser said of it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(
        page,
        options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
            # What is right need not be told, which takes a third less time.
            "resultTypes": ["violations"],
            "preload": False,
        },
    )
    said = [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]
    return said + page.faults


def press(page: Any, name: str) -> None:
    """Press a button and wait for the page that follows: a click alone may return before it is there."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.get_by_role("button", name=name, exact=True).click()


def is_too_wide(page: Any) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def test_no_page_before_signing_in_has_a_fault(visit: Any) -> None:
    page, narrow = visit(None), visit(None, 320)
    for address in (*SIGNED_OUT, "/no-such-page/"):
        page.goto(address)
        assert faults_of(page) == [], address
        narrow.goto(address)
        assert not is_too_wide(narrow), address


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_page_of_a_role_has_a_fault(
    role: str, visit: Any, make_person: Callable[..., Person]
) -> None:
    person = make_person(role)
    page, narrow = visit(person), visit(person, 320, script=False)
    wrong = []
    # What everybody may open has two forms, protected or not: these two roles see one each.
    shared = EVERYBODY if role in ("analyst", "councillor") else EVERYBODY[:1]
    for address in (*shared, *OF_ROLES.get(role, ())):
        answer = page.goto(address)
        if answer.status != 200:
            wrong.append(f"{address} answers {answer.status}")
            continue
        wrong += [f"{address}: {each}" for each in faults_of(page)]
        page.faults.clear()
        narrow.goto(address)
        wrong += [f"{address} is too wide"] * is_too_wide(page)
        wrong += [f"{address} is too wide at 320 pixels"] * is_too_wide(narrow)
        wrong += [f"{address} has no heading"] * (narrow.locator("h1").count() != 1)
    assert wrong == []


def test_a_refusal_says_who_may_and_has_no_fault(
    visit: Any, make_person: Callable[..., Person]
) -> None:
    page = visit(make_person("councillor"))
    assert page.goto("/audit/").status == 403
    assert "Internal auditors" in page.locator("main").inner_text()
    assert faults_of(page) == []


def test_with_nothing_published_the_page_says_what_to_do(
    visit: Any, make_person: Callable[..., Person]
) -> None:
    from sightline.service.measures.models import Publication

    Publication.objects.all().delete()
    page = visit(make_person("analyst"))
    page.goto("/")
    assert "Nothing is published yet" in page.locator("h1").inner_text()
    assert page.get_by_role("link", name="Load files").count() == 1
    assert faults_of(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_from_signing_in_to_the_child_and_out_again(
    script: bool, visit: Any, make_person: Callable[..., Person]
) -> None:
    from sightline.service.audit.models import AuditEntry, Verb

    person = make_person("assistant_director", email="director@example.org")
    page = visit(None, script=script)
    page.goto("/")
    page.get_by_label("E-mail address").fill("director@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.locator("h1").inner_text() == "Where children stand"
    page.goto(INDICATOR)
    page.get_by_role("link", name="The children behind this figure").click()
    assert page.locator("h1").inner_text() == "The children behind this figure"
    assert faults_of(page) == [] if script else True
    page.locator("tbody th a").first.click()
    assert page.locator("h1").inner_text().startswith("Child ")
    assert faults_of(page) == [] if script else True
    assert AuditEntry.objects.filter(actor=str(person.pk), verb=Verb.VIEW).count() >= 2
    page.get_by_role("button", name="Sign out").click()
    page.goto(INDICATOR)
    assert "/sign-in/login/" in page.url


def test_the_keyboard_alone_reaches_an_indicator(
    visit: Any, make_person: Callable[..., Person]
) -> None:
    page = visit(make_person("analyst"))
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/indicators/" in (page.evaluate("document.activeElement.href || ''")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicators/**", wait_until="domcontentloaded")
    assert page.locator("h1").count() == 1


def test_twice_as_large_nothing_is_lost(visit: Any, make_person: Callable[..., Person]) -> None:
    # Zoom of 200% halves the width that a page has.
    page = visit(make_person("analyst"), 640)
    for address in ("/", INDICATOR, "/loads/", "/quality/"):
        page.goto(address)
        assert not is_too_wide(page), address


def test_a_note_is_put_on_a_point_and_withdrawn(
    visit: Any, make_person: Callable[..., Person]
) -> None:
    page = visit(make_person("analyst"))
    page.goto(INDICATOR)
    if page.get_by_role("link", name="Write a note on a point").count() == 0:
        pytest.fail("the invented authority has a run to write a note on")
    page.get_by_role("link", name="Write a note on a point").click()
    press(page, "Save the note")
    assert page.locator(".govuk-error-summary").count() == 1
    assert faults_of(page) == []
    page.get_by_label("Point of the chart").select_option(index=1)
    page.get_by_label("Note", exact=True).fill("Workflow changed")
    press(page, "Save the note")
    assert "Workflow changed" in page.locator("main").inner_text()
    assert faults_of(page) == []
    page.get_by_role("button", name="Withdraw").click()
    assert "Workflow changed" not in page.locator("main").inner_text()


def test_every_address_named_here_is_one(visit: Any) -> None:
    assert reverse("overview") == "/"
