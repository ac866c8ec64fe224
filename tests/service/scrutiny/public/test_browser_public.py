"""The public pages in a real browser: no fault, narrow, without script; a search, and letters asked for."""

from typing import Any

import pytest
from django.urls import reverse

from service.scrutiny.public.council import make_council
from service.test_browser import faults_of, is_too_wide, press
from sightline.service.scrutiny.public import search

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_no_public_page_has_a_fault(visit_live: Any) -> None:
    council = make_council()
    search.publish_all()
    addresses = [
        *(
            reverse(f"public-{name}")
            for name in ("home", "committees", "meetings", "requests", "topics")
        ),
        *(reverse(f"public-{name}") for name in ("members", "groups", "follow", "subscribe")),
        reverse("public-committee", args=[council.panel.slug]),
        reverse("public-meeting", args=[council.past.pk]),
        reverse("public-meeting", args=[council.coming.pk]),
        reverse("public-item", args=[council.item.pk]),
        reverse("public-paper", args=[council.as_page.pk]),
        reverse("public-request", args=[council.answered.pk]),
        reverse("public-topic", args=[council.topic.slug]),
        reverse("public-member", args=[council.chair.slug]),
        reverse("public-group", args=[council.group.slug]),
        f"{reverse('public-search')}?q=interviews",
        f"{reverse('public-search')}?q=zebra",
    ]
    page, narrow = visit_live(None), visit_live(None, 320, script=False)
    wrong = []
    for address in addresses:
        answer = page.goto(address)
        wrong += [f"{address} answers {answer.status}"] * (answer.status != 200)
        wrong += [f"{address}: {each}" for each in faults_of(page)]
        page.faults.clear()
        wrong += [f"{address} has no navigation"] * (page.locator("nav li a").count() < 7)
        narrow.goto(address)
        wrong += [f"{address} is too wide at 320 pixels"] * is_too_wide(narrow)
        wrong += [f"{address} has no heading"] * (narrow.locator("h1").count() != 1)
    assert not wrong, "\n".join(wrong)


def test_a_reader_finds_a_minute_and_asks_for_letters_without_script(visit_live: Any) -> None:
    make_council()
    search.publish_all()
    page = visit_live(None, script=False)
    page.goto("/")
    page.locator("main").get_by_role("link", name="Meetings, minutes and requests").click()
    page.get_by_label("Search minutes and requests").fill("why interviews were late")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("link", name="285 Return interviews").click()
    assert "The panel asked why interviews were late." in page.locator("main").inner_text()
    page.get_by_role("link", name="The whole meeting").click()
    page.goto(reverse("public-subscribe"))
    press(page, "Ask for letters")
    assert page.locator(".govuk-error-summary").count() == 1
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    press(page, "Ask for letters")
    assert "Look into your e-mail" in page.locator("h1").inner_text()
