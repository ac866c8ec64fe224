"""The record in a real browser: from the search to a record; a duplicate merged and parted; axe; 320 px."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from service.test_browser import faults_of, is_too_wide, press
from sightline.service.accounts.models import Agency, Locality, Person
from sightline.service.children import actions
from sightline.service.children.models import KnownPerson, PossibleMatch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")

Record = Callable[..., KnownPerson]


def _family(record: Record) -> tuple[KnownPerson, KnownPerson]:
    """Give a child with all a record may show, and their mother."""
    place = Locality.objects.create(name="Redditch")
    child = record("Ann-Marie Green", born=date(2012, 3, 14), sex="F", nhs_number="9434765919")
    mother = record("Eve Green", born=date(1985, 2, 1), sex="F")
    father = record("Thomas Oyelaran", born=date(1983, 2, 1), sex="M")
    home = {"lines": "1 High Street", "postcode": "B97 4AB", "locality": place}
    actions.record_residence(child, kind="secret", starts=date(2015, 1, 1), **home)
    actions.record_residence(mother, kind="home", starts=None, **home)
    actions.relate(child, mother, kind="mother", parental_responsibility="yes")
    actions.relate(child, father, kind="father", no_contact=True, note="Order of the court")
    actions.add_alias(child, first_names="Annie", last_name="Oyelaran", what="at school")
    school = Agency.objects.create(name="First School", kind="education")
    actions.involve_agency(child, agency=school, professional="Mrs Invented", role="teacher")
    return child, mother


def test_no_page_of_the_record_has_a_fault_or_is_too_wide(
    visit_live: Any, record: Record, make_person: Callable[..., Person]
) -> None:
    child, mother = _family(record)
    record("Anne-Marie Greene", born=date(2012, 3, 14), nhs_number="9434765919")
    director = make_person("assistant_director")
    twin = record("Evie Greene", born=date(1985, 2, 1))
    merge = actions.merge_people(mother, twin, "The school confirmed it", by=director)
    match = PossibleMatch.objects.filter(state="open").get()
    pages = [
        reverse("known-person", args=[child.pk]),
        reverse("known-person", args=[mother.pk]),
        reverse("chronology", args=[child.pk]),
        reverse("chronology", args=[child.pk]) + "?whole=1",
        *(reverse("change-known-person", args=[child.pk, part]) for part in ("who", "needs")),
        *(
            reverse(name, args=[child.pk])
            for name in ("add-alias", "add-residence", "add-involvement", "find-relative")
        ),
        reverse("add-relationship", args=[mother.pk, child.pk]),
        reverse("find-duplicate", args=[child.pk]),
        reverse("possible-matches"),
        reverse("decide-match", args=[match.pk]),
        reverse("part-people", args=[merge.pk]),
        reverse("find-people"),
        reverse("record-person"),
    ]
    page, narrow = visit_live(director), visit_live(director, 320, script=False)
    for each in (page, narrow):
        each.goto(reverse("find-people"))
        each.get_by_label("Name, number or postcode").fill("Anne Green")
        each.get_by_role("button", name="Find", exact=True).click()
        assert "people found" in each.locator("main").inner_text()
    wrong = []
    for address in pages:
        assert page.goto(address).status == 200, address
        wrong += [f"{address}: {each}" for each in faults_of(page)]
        page.faults.clear()
        narrow.goto(address)
        wrong += [f"{address} is too wide"] * (is_too_wide(page) or is_too_wide(narrow))
        wrong += [f"{address} has no heading"] * (narrow.locator("h1").count() != 1)
    page.goto(reverse("add-residence", args=[child.pk]))
    press(page, "Save")
    wrong += [f"with errors: {each}" for each in faults_of(page)]
    assert wrong == []


def test_a_secret_address_is_not_on_paper(
    visit_live: Any, record: Record, make_person: Callable[..., Person]
) -> None:
    child, _ = _family(record)
    page = visit_live(make_person("assistant_director"))
    page.goto(reverse("known-person", args=[child.pk]))
    assert page.get_by_text("B97 4AB").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_text("B97 4AB").is_visible()
    assert page.get_by_role("rowheader", name="First School").is_visible()


def test_a_duplicate_is_found_merged_and_parted_with_nothing_lost(
    visit_live: Any, record: Record, make_person: Callable[..., Person]
) -> None:
    child, _ = _family(record)
    page = visit_live(make_person("assistant_director"), script=False)
    page.goto(reverse("find-people"))
    page.get_by_label("Name, number or postcode").fill("Annmarie Grene")
    page.get_by_role("button", name="Find", exact=True).click()
    assert "Ann-Marie Green" in page.locator("main").inner_text()
    page.get_by_role("link", name="Record somebody new").click()
    page.get_by_label("First names").fill("Annmarie")
    page.get_by_label("Last name").fill("Green")
    page.get_by_label("NHS number").fill("943 476 5919")
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("link", name="Compare the two").click()
    assert "9434765919 in both" in page.locator("main").inner_text()
    page.get_by_label("Yes, the same person").check()
    page.get_by_label(f"Ann-Marie Green, {child.number}").check()
    page.get_by_label("How do you know?").fill("The NHS number is the same")
    page.get_by_role("button", name="Save the decision").click()
    other = KnownPerson.objects.get(first_names="Annmarie")
    page.goto(reverse("known-person", args=[other.pk]))
    assert page.locator("h1").inner_text() == "Ann-Marie Green"
    page.get_by_role("link", name=f"Part {other.number}").click()
    page.get_by_label("Why are they two people after all?").fill("Two girls")
    page.get_by_role("button", name="Part them").click()
    assert page.locator("h1").inner_text() == "Annmarie Green"
    page.goto(reverse("known-person", args=[child.pk]))
    said = page.locator("main").inner_text()
    assert "Eve Green" in said
    assert "First School" in said
