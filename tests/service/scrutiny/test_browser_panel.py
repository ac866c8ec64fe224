"""The life of a panel in the browser: from its last minutes to the request it closed, by clicking, with axe.

The clock moves on with it, so that notice is given in time and each thing happens on its day.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve
from django.utils import timezone

from service.test_browser import faults_of, is_too_wide
from service.test_browser_states import Watched
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.meetings import actions
from sightline.service.scrutiny.models import Committee, Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")

PANEL = "Children and Young People Scrutiny Panel"
MINUTES = """\
INVENTED COUNTY COUNCIL

CHILDREN AND YOUNG PEOPLE SCRUTINY PANEL

MINUTES of a meeting held in the Invented Room, County Hall on {day:%A} {day.day} {day:%B %Y} at 2.00 pm.

PRESENT: Councillor O Invented (in the Chair)
Councillors J Invented and P Invented

Officers: Sam Invented, Head of Service

12. APOLOGIES FOR ABSENCE

An apology was received from Councillor T Invented.

13. DECLARATIONS OF INTEREST

There were none.

14. CHILDREN WHO ARE ASSESSED

The Head of Service presented a report. Members noted that it gave one figure for the whole county.

The Panel requested the share of assessments that were completed in time in each district.

The Panel requested the reasons why some families waited.

The meeting ended at 3.40 pm.
"""
DISTRICTS, REASONS = "14a", "14b"
HELD, PUBLISHED, SECOND = -60, -49, -28
"""Days before today: the last meeting, the publication of the next agenda, and that meeting."""
FIGURE = "AS-01"
FORM_OF_PAGE = """() => [...document.querySelectorAll("main h2, main button, main .govuk-tag")]
    .map(each => each.innerText).join("|")"""


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], datetime]:
    """Set the clock so many days before today, and give the moment."""

    def move(days: int) -> datetime:
        shift = timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: datetime.now(tz=UTC) + shift)
        return timezone.localtime()

    return move


def make_panel() -> None:
    panel = actions.make_committee(PANEL, Committee.Kind.SCRUTINY, quorum=2)
    since = timezone.localdate() - timedelta(days=400)
    for name, position in (
        ("Councillor O Invented", Membership.Position.CHAIR),
        ("Councillor J Invented", Membership.Position.MEMBER),
        ("Councillor P Invented", Membership.Position.MEMBER),
    ):
        actions.seat_member(panel, actions.make_member(name), position, since)


class Panel(Watched):
    """A page of somebody at the panel, filled in as people fill it in."""

    def __init__(self, page: Any, wrong: list[str], seen: set[tuple[str | None, str]]) -> None:
        super().__init__(page)
        self.wrong, self.seen = wrong, seen

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name).first.click()
        self.look(f"after pressing {name}")

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.look(f"after following {name}")

    def go_back(self) -> None:
        self.page.locator(".govuk-back-link").click()
        self.look("after going back")

    def look(self, where: str) -> None:
        """Look at a page once for each form it has: its view, with these headings, buttons and tags."""
        self.page.wait_for_load_state()
        path = self.page.evaluate("location.pathname")
        form = (resolve(path).url_name, self.page.evaluate(FORM_OF_PAGE))
        if form in self.seen:
            return
        self.seen.add(form)
        self.wrong += [f"{where}: {each}" for each in faults_of(self.page)]
        self.page.faults.clear()
        if is_too_wide(self.page):
            self.wrong.append(f"{where}: too wide")

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def fill_day(self, day: datetime) -> None:
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.fill(label, str(number))

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    @property
    def text(self) -> str:
        return str(self.page.locator("main").inner_text())

    def item(self, title: str) -> Any:
        """The part of an agenda or minutes that one item has."""
        return self.page.locator(".sl-minute").filter(
            has=self.page.get_by_role("heading", name=title)
        )


def test_the_life_of_a_panel(
    visit: Any,
    go_to: Callable[[int], datetime],
    make_person: Callable[..., Person],
    tmp_path: Path,
) -> None:
    last = go_to(HELD)
    make_panel()
    officer, lead = make_person("scrutiny_officer"), make_person("service_manager")
    wrong: list[str] = []
    seen: set[tuple[str | None, str]] = set()

    def by(person: Person | None) -> Panel:
        """Somebody, or the public, at a browser of that day."""
        page = visit(person)
        page.set_default_timeout(10_000)
        return Panel(page, wrong, seen)

    go_to(HELD + 2)
    keeping = by(officer)
    read_last_minutes(keeping, MINUTES.format(day=last), tmp_path)
    requests_appear_and_are_given(keeping, lead)
    go_to(HELD + 8)
    answering = by(lead)
    answer_with_a_figure_by_district(answering)
    answer_without_one(answering)
    publish_the_answer(by(officer))
    second = go_to(SECOND)
    go_to(PUBLISHED)
    agenda_shows_what_is_outstanding(by(officer), second)
    go_to(SECOND)
    number = meeting_closes_one_and_reopens_another(by(officer))
    nothing_is_decided_for_the_public(by(None))
    today = go_to(0)
    go_to(SECOND + 1)
    plan_and_publish(by(officer), today)
    go_to(0)
    minutes_are_confirmed(by(officer))
    the_public_reads_both(by(None), number)
    assert wrong == []


def read_last_minutes(on: Panel, text: str, folder: Path) -> None:
    file = folder / "minutes.txt"
    file.write_text(text, "utf-8")
    on.goto("/scrutiny/documents/")
    on.press("Give a document")
    on.page.locator("input[type=file]").set_input_files([str(file)])
    on.press("Read it")
    on.press("Accept all that are certain")
    while (part := on.page.get_by_role("link", name="to decide")).count():
        part.first.click()
        on.look("a part to decide")
        for each in on.page.get_by_label("Accept", exact=True).all():
            each.check()
        on.press("Save these decisions")
    on.press("Confirm into a meeting")
    on.page.get_by_label("that is not here yet").check()
    on.page.get_by_label(re.compile("^Yes")).check()
    on.press("Confirm")
    assert "Confirmed by" in on.text


def requests_appear_and_are_given(on: Panel, lead: Person) -> None:
    for reference in (DISTRICTS, REASONS):
        on.goto("/scrutiny/requests/")
        on.follow(reference)
        on.press("Give it to an officer")
        on.choose("Lead officer (optional)", str(lead))
        on.press("Save the change")
        on.press("Send it to the lead officer")
        on.press("Send it to the lead officer")
        assert f"Request {reference} is now “Sent”" in on.text


def answer_with_a_figure_by_district(on: Panel) -> None:
    on.goto("/scrutiny/requests/")
    assert "Requests given to you" in on.text
    on.follow(DISTRICTS)
    on.press("Write an answer")
    on.fill("Answer", "Each district is below, with small numbers protected.")
    on.press("Go on to figures and sending")
    on.follow("Add a figure")
    on.fill("Search the catalogue", FIGURE)
    on.press("Search")
    on.follow("Assessments within 45 working days")
    on.page.get_by_label("By district").check()
    on.press("Add this figure")
    on.press("Send the answer to the committee")
    assert on.page.locator(".sl-quoted").get_by_role("rowheader", name="Redditch").count() == 1


def answer_without_one(on: Panel) -> None:
    on.goto("/scrutiny/requests/")
    on.follow(REASONS)
    on.press("Write an answer")
    on.fill("Answer", "Work goes on.")
    on.press("Go on to figures and sending")
    on.press("Send the answer to the committee")


def publish_the_answer(on: Panel) -> None:
    on.goto("/scrutiny/requests/")
    on.follow(DISTRICTS)
    on.follow("Publish this answer")
    on.press("Publish the answer")
    assert "The answer is published" in on.text


def plan_and_publish(on: Panel, day: datetime) -> None:
    on.goto("/scrutiny/")
    on.follow(PANEL)
    on.press("Plan a meeting")
    on.fill_day(day)
    on.fill("Starts at", "2.00pm")
    on.press("Plan the meeting")
    on.press("Build the agenda")
    on.press("Publish the agenda")
    on.press("Publish it")
    assert "The agenda is published" in on.text


def agenda_shows_what_is_outstanding(on: Panel, day: datetime) -> None:
    plan_and_publish(on, day)
    on.follow("The meeting")
    matters = on.item("Matters outstanding").inner_text()
    assert "Answered since the last meeting" in matters
    assert DISTRICTS in matters
    assert REASONS in matters


def open_the_meeting(on: Panel) -> None:
    """Open the meeting that comes next, which is today's."""
    on.goto("/scrutiny/")
    on.page.get_by_role("link", name=f", {PANEL}").click()
    on.look("the meeting of today")
    on.press("Open the meeting")
    on.press("Open the meeting")


def meeting_closes_one_and_reopens_another(on: Panel) -> str:
    """Hold the meeting; give the number of the minute of the matters outstanding."""
    open_the_meeting(on)
    for line in on.page.get_by_label("Attendance", exact=True).all():
        line.select_option("present")
    on.press("Save the attendance")
    assert "quorate" in on.text
    on.follow("Minutes")
    on.follow("Matters outstanding")
    title = str(on.page.locator("h1").inner_text())
    on.fill("Minute", "The Panel looked at what it had asked for.")
    on.press("Save the minute")
    on.follow(re.compile(rf"Close it\W+{DISTRICTS}"))
    on.press("Close it")
    on.follow(re.compile(rf"Reopen it\W+{REASONS}"))
    on.fill("Why?", "The answer gives no reason.")
    on.press("Reopen it")
    assert "reopened. The answer gives no reason." in on.text
    on.go_back()
    on.follow("The meeting")
    on.press("Close the meeting")
    on.fill("Ended at", "3.30pm")
    on.press("Close the meeting")
    return title.split(maxsplit=1)[0]


def nothing_is_decided_for_the_public(on: Panel) -> None:
    for reference in (DISTRICTS, REASONS):
        on.goto("/public/requests/")
        on.follow(reference)
        assert "Closed" not in on.text
        assert "Reopened" not in on.text
        assert "of the meeting on" not in on.text


def minutes_are_confirmed(on: Panel) -> None:
    open_the_meeting(on)
    on.goto("/scrutiny/minutes/")
    on.page.locator("main table tbody a").first.click()
    on.look("the minutes that wait")
    on.press("Confirm the minutes")
    on.press("Confirm the minutes")
    assert "the public reads them" in on.text


def the_public_reads_both(on: Panel, number: str) -> None:
    on.goto("/public/requests/")
    on.follow(DISTRICTS)
    assert f"Closed by the committee at minute {number}" in on.text
    assert on.page.locator(".sl-quoted").get_by_role("rowheader", name="Redditch").count() == 1
    on.goto("/public/requests/")
    on.follow(REASONS)
    assert f"reopened, minute {number}" in on.text
    on.page.get_by_role("link", name="meeting on").first.click()
    on.look("the minutes as the public reads them")
    assert "The Panel looked at what it had asked for." in on.text
