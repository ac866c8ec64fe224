"""The front door in a real browser: no fault that axe finds, narrow pages, from a worry to the letter."""

from typing import Any

import pytest
from django.urls import reverse

from service import test_browser
from service.frontdoor.conftest import TEAM, registered
from service.frontdoor.test_pages import PLACES
from service.test_browser import faults_of, is_too_wide
from sightline.service.accounts.demonstration import make_people
from sightline.service.accounts.models import Locality, Person, Team
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.actions.thresholds import plant_forms, plant_guidance
from sightline.service.frontdoor.demonstration import make_week
from sightline.service.frontdoor.models import Contact, Guidance, InformationRequest, Triage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_no_page_of_the_front_door_has_a_fault(visit_live: Any) -> None:
    people = {person.appointments_in_force[0].role: person for person in make_people(PLACES)}
    make_week()
    wrong = []
    for who, addresses in _addresses(people).items():
        person = people.get(who)
        page, narrow = visit_live(person), visit_live(person, 320, script=False)
        for address in addresses:
            answer = page.goto(address)
            wrong += [f"{address} answers {answer.status}"] * (answer.status != 200)
            wrong += [f"{address}: {each}" for each in faults_of(page)]
            page.faults.clear()
            narrow.goto(address)
            wrong += [f"{address} is too wide"] * is_too_wide(page)
            wrong += [f"{address} is too wide at 320 pixels"] * is_too_wide(narrow)
            wrong += [f"{address} has no heading"] * (narrow.locator("h1").count() != 1)
    assert wrong == []


def _addresses(people: dict[str, Person]) -> dict[str, list[str]]:
    mine = contacts_of(people["front_door"])

    def of(name: str, state: str) -> str:
        return reverse(name, args=[mine.filter(state=state)[0].pk])

    triage = Triage.objects.latest("day")
    asked = InformationRequest.objects.filter(agency__name="Invented Police", replied_at=None)[0]
    lists = ("front-door", "late-information", "routed-concerns", "disagreements", "consistency")
    return {
        "front_door": [
            *(reverse(name) for name in (*lists, "triages", "take-call")),
            of("contact", "received"),
            of("contact-information", "information"),
            of("contact-decision", "closed"),
            of("ask-agency", "screening"),
            of("recommend-outcome", "screening"),
            of("change-contact", "screening"),
            of("share-information", "screening"),
            of("tell-referrer", "decided"),
            reverse("triage", args=[triage.pk]),
            reverse("triage-attendance", args=[triage.pk]),
        ],
        "team_manager": [of("decide-contact", "recommended")],
        "mash_partner": [
            reverse("asked-of-us"),
            reverse("answer-information", args=[asked.pk]),
        ],
        "board_manager": [
            reverse("guidance"),
            reverse("add-guidance"),
            reverse("change-guidance", args=[Guidance.objects.all()[0].pk]),
            reverse("referral-forms"),
            reverse("add-referral-form", args=["public"]),
        ],
        "nobody": [reverse("levels-of-need"), reverse("tell-us"), reverse("refer")],
    }


@pytest.mark.parametrize("script", [True, False])
def test_from_a_referrer_to_the_outcome_letter(
    script: bool, visit_live: Any, make_person: Any
) -> None:
    plant_forms()
    plant_guidance()
    locality = Locality.objects.create(name="Redditch")
    Team.objects.create(name=TEAM, locality=locality)
    officer = make_person("front_door", team=TEAM)
    manager = registered(make_person("team_manager", team=TEAM))

    def press(page: Any, name: str) -> None:
        if script:
            assert faults_of(page) == [], name
        test_browser.press(page, name)

    # The referrer
    page = visit_live(None, script=script)
    page.goto(reverse("refer"))
    press(page, "Start now")
    page.get_by_label("Your name").fill("A. Invented")
    page.get_by_label("Your job").fill("Teacher")
    page.get_by_label("School", exact=True).check()
    page.get_by_label("Telephone number").fill("01632 960000")
    press(page, "Continue")
    assert page.locator(".govuk-error-summary").is_visible()
    page.get_by_label("E-mail address").fill("teacher@example.org")
    press(page, "Continue")
    page.get_by_label("First names").fill("Amara")
    page.get_by_label("Last name").fill("Ashdown")
    press(page, "Save and return later")
    link = page.locator(".sl-secret").inner_text()
    page = visit_live(None, script=script)
    page.goto(link)
    page.get_by_role("button", name="Go on now").click()
    assert page.get_by_label("Last name").input_value() == "Ashdown"
    press(page, "Continue")
    page.get_by_label("What has happened").fill("Hungry at school, four times in two weeks.")
    page.locator("#id_missing_1").check()
    page.locator("#id_exploitation_1").check()
    press(page, "Continue")
    page.get_by_label("Level 4").check()
    page.get_by_label("What shows that").fill("No food at home.")
    press(page, "Continue")
    page.get_by_label("Yes, consent was given").check()
    page.get_by_label("If consent was given").fill("Mother, today")
    press(page, "Continue")
    press(page, "Send")
    contact = Contact.objects.get()
    assert contact.number in page.locator("main").inner_text()

    # The officer
    page = visit_live(officer, script=script)
    page.goto(reverse("front-door"))
    page.get_by_role("link", name="Amara Ashdown").click()
    press(page, "Take this contact")
    page.get_by_role("link", name="Give it a priority").click()
    page.get_by_label("Amber").check()
    page.get_by_label("Why?").fill("Likely to become worse.")
    press(page, "Save")
    page.get_by_role("link", name="Change what is known of it").click()
    page.get_by_label("Kind of concern").select_option(label="Neglect")
    page.get_by_label("Locality").select_option(label="Redditch")
    press(page, "Save")
    page.get_by_role("link", name="Find out who it is").click()
    page.get_by_role("radio", name="Somebody new").check()
    press(page, "Save")
    assert KnownPerson.objects.get().last_name == "Ashdown"
    page.get_by_role("button", name="Recommend an outcome").click()
    page.get_by_label("Referral to social care").check()
    page.get_by_label("Level 4").check()
    page.get_by_label("Why?").fill("Needs at level 4.")
    press(page, "Send for authorisation")

    # The manager
    page = visit_live(manager, script=script)
    page.goto(reverse("front-door") + "?show=authorise")
    page.get_by_role("link", name="Amara Ashdown").click()
    page.get_by_role("link", name="Decision").click()
    page.get_by_role("button", name="Decide about the recommendation").click()
    page.get_by_label("Authorise what is recommended").check()
    page.get_by_label("Why?").fill("I agree.")
    press(page, "Save the decision")
    # The case has begun, and waits for a worker
    page = visit_live(make_person("service_manager", district="Redditch"), script=script)
    page.goto(reverse("unallocated"))
    assert page.get_by_role("link", name="Allocate Amara Ashdown").is_visible()

    # The letter
    page = visit_live(officer, script=script)
    page.goto(reverse("tell-referrer", args=[contact.pk]))
    letter = page.locator(".govuk-inset-text").inner_text()
    assert "A social worker will assess" in letter
    assert "Ashdown" not in letter
    page.get_by_label("By telephone").check()
    page.get_by_label("I have confirmed").check()
    press(page, "Save, and close the contact")
    contact.refresh_from_db()
    assert contact.state == "closed"


def test_those_known_are_listed_as_the_officer_types(visit_live: Any, make_person: Any) -> None:
    from sightline.service.children.actions import record_person
    from sightline.service.children.queries import find_people

    plant_guidance()
    officer = make_person("front_door", team=TEAM)
    search = find_people("Amara Ashdown", by=officer).token
    record_person(search=search, by=officer, first_names="Amara", last_name="Ashdown")
    page = visit_live(officer)
    page.goto(reverse("take-call"))
    page.get_by_label("First names").press_sequentially("Amara")
    page.get_by_label("Last name").press_sequentially("Ashdown")
    page.get_by_label("Amara Ashdown, date of birth not known").check()
    assert faults_of(page) == []
