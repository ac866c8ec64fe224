"""Pages of one thing, in each state it may be in: loads, findings, accounts, audit, restricted records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.measures.invented_loads import Files, deployment, published
from service.test_browser import faults_of, is_too_wide
from sightline.service.accounts.models import Person

__all__ = ["deployment", "published"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


class Watched:
    """A page of which everything wrong that is met on the way is kept."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.wrong: list[str] = []

    def goto(self, address: str) -> None:
        answer = self.page.goto(address)
        if answer.status != 200:
            self.wrong.append(f"{address} answers {answer.status}")
        self.look(address)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.look(f"after pressing {name}")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.look(f"after following {name}")

    def look(self, where: str) -> None:
        self.page.wait_for_load_state("networkidle")
        self.wrong += [f"{where}: {each}" for each in faults_of(self.page)]
        self.page.faults.clear()
        if is_too_wide(self.page):
            self.wrong.append(f"{where}: too wide")


def test_a_load_from_the_files_to_the_page_of_what_is_published(
    visit_live: Any, published: Any, invented_files: Files, make_person: Callable[..., Person]
) -> None:
    on = Watched(visit_live(make_person("analyst")))
    on.goto("/loads/give/")
    on.press("Load")
    on.page.locator("input[type=file]").set_input_files([str(invented_files.faulty)])
    on.press("Load")
    on.goto("/loads/")
    on.page.goto(on.page.get_by_role("link", name="Load").last.get_attribute("href"))
    on.look("a load that was loaded")
    assert "To be decided" in on.page.locator("main").inner_text()
    on.press("Publish")
    on.goto("/quality/")
    on.goto("/quality/findings/")
    on.page.locator("main table tbody a").first.click()
    on.look("one finding")
    assert on.wrong == []


def test_a_file_that_cannot_be_read(
    visit_live: Any, published: Any, tmp_path: Path, make_person: Callable[..., Person]
) -> None:
    bad = tmp_path / "census.xml"
    bad.write_text("<Message><Header>", "utf-8")
    on = Watched(visit_live(make_person("analyst")))
    on.goto("/loads/give/")
    on.page.locator("input[type=file]").set_input_files([str(bad)])
    on.press("Load")
    assert "census.xml" in on.page.locator("main").inner_text()
    assert on.wrong == []


def test_accounts(visit: Any, make_person: Callable[..., Person]) -> None:
    other = make_person("team_manager")
    on = Watched(visit(make_person("administrator")))
    on.goto(f"/accounts/people/{other.pk}/")
    for part in ("change", "close", "appoint"):
        on.goto(f"/accounts/people/{other.pk}/{part}/")
    on.goto(f"/accounts/appointments/{other.appointments.get().pk}/end/")
    for kind in ("agencies", "teams", "localities"):
        on.goto(f"/accounts/{kind}/")
        on.goto(f"/accounts/{kind}/add/")
    on.goto("/accounts/people/add/")
    on.page.locator("main form button[type=submit]").last.click()
    on.look("a person without a name")
    assert on.page.locator(".govuk-error-summary").count() == 1
    assert on.wrong == []


def test_ways_of_signing_in(visit: Any, make_person: Callable[..., Person]) -> None:
    from service.conftest import PASSWORD

    person = make_person("auditor", email="auditor@example.org")
    on = Watched(visit(None))
    on.goto("/sign-in/login/")
    on.press("Sign in")
    on.page.get_by_label("E-mail address").fill(person.email)
    on.page.get_by_label("Password", exact=True).fill("not the password")
    on.page.get_by_role("button", name="Sign in", exact=True).click()
    on.look("a wrong password")
    on.page.get_by_label("E-mail address").fill(person.email)
    on.page.get_by_label("Password", exact=True).fill(PASSWORD)
    on.page.get_by_role("button", name="Sign in", exact=True).click()
    on.page.wait_for_url(lambda url: "/sign-in/" not in url)
    for address in (
        "/sign-in/second-step/",
        "/sign-in/second-step/totp/activate/",
        "/sign-in/second-step/webauthn/",
        "/sign-in/second-step/webauthn/add/",
        "/sign-in/password/change/",
    ):
        on.goto(address)
    assert on.wrong == []


def test_the_audit(visit: Any, make_person: Callable[..., Person]) -> None:
    from sightline.service.audit.models import AuditEntry

    on = Watched(visit(make_person("auditor")))
    on.goto("/audit/")
    on.goto(f"/audit/{AuditEntry.objects.order_by('number').first().number}/")
    assert on.wrong == []


def test_a_restricted_record_and_its_opening(
    visit: Any, published_reading: Any, make_person: Callable[..., Person]
) -> None:
    director = Watched(visit(make_person("assistant_director")))
    director.goto("/restricted/add/")
    director.page.locator("#id_child_id").fill(published_reading.children()[0])
    director.page.locator("#id_reason").fill("Family of a member of staff")
    director.page.locator("main form button[type=submit]").last.click()
    director.look("a child that was restricted")
    director.goto("/restricted/")
    chair = Watched(visit(make_person("conference_chair")))
    chair.goto("/restricted/open/")
    chair.goto("/restricted/opened/")
    lead = Watched(visit(make_person("governance_lead")))
    lead.goto("/restricted/reviews/")
    lead.goto("/restricted/times/")
    assert director.wrong + chair.wrong + lead.wrong == []
