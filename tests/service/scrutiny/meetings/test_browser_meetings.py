"""Pages of committees and meetings in a real browser: no fault, not too wide, without script."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.scrutiny.meetings.conftest import pdf_of
from service.test_browser_states import Watched
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.meetings import actions
from sightline.service.scrutiny.models import Committee, InterestKind, Meeting, Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_the_officers_pages(
    visit_live: Any,
    attended: Meeting,
    panel: Committee,
    members: list[Member],
    make_person: Callable[..., Person],
) -> None:
    row = attended.attendance.get(name="Priya Invented")
    kind = InterestKind.objects.get(name="Disclosable pecuniary interest")
    item = attended.items.last()
    assert item
    declared = actions.declare(attended, name=row.name, member=row.member, kind=kind, item=item)
    actions.record_leaving(declared, 1, left=True, left_at=time(10, 40), returned_at=time(11, 0))
    actions.add_attendee(
        attended, name="Olu Invented", capacity="officer", post="Assistant Director"
    )
    actions.write_minute(
        item, item.version, "The Panel asked for a report by district.\n\nIt was noted."
    )
    day = timezone.localdate() + timedelta(days=30)
    coming = actions.plan_meeting(panel, day, time(10, 0), "County Hall, Invented Street")
    actions.build_agenda(coming)
    private = actions.add_item(
        coming,
        "A contract",
        privacy="exempt",
        paragraph=3,
        why_exempt="The price is not agreed yet.",
    )
    actions.add_paper(private, "The bids", data=pdf_of(), name="bids.pdf")
    actions.add_paper(private, "Advice")
    on = Watched(visit_live(make_person("scrutiny_officer")))
    narrow = Watched(visit_live(make_person("scrutiny_officer"), 320, script=False))
    pages = [
        reverse("committees"),
        *(
            reverse(name, args=[panel.slug])
            for name in (
                "committee",
                "committee-members",
                "committee-attendance",
                "committee-standing-items",
            )
        ),
        *(reverse(name, args=[attended.pk]) for name in ("meeting", "attendance", "minute-taking")),
        *(reverse(name, args=[item.pk]) for name in ("minute-taking-item",)),
        *(reverse(name, args=[coming.pk]) for name in ("agenda", "add-agenda-item")),
        reverse("add-paper", args=[private.pk]),
        reverse("interest-kinds"),
        reverse("six-month-rule"),
        reverse("unconfirmed-minutes"),
    ]
    for address in pages:
        on.goto(address)
        answer = narrow.page.goto(address)
        if answer.status != 200 or narrow.page.locator("h1").count() != 1:
            narrow.wrong.append(f"{address} is no page")
        if narrow.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            narrow.wrong.append(f"{address} is too wide at 320 pixels")
    assert on.wrong + narrow.wrong == []


def test_an_agenda_is_built_ordered_and_published_without_script(
    visit_live: Any, meeting: Meeting, make_person: Callable[..., Person]
) -> None:
    day = timezone.localdate() + timedelta(days=30)
    Meeting.objects.filter(pk=meeting.pk).update(day=day)
    page = visit_live(make_person("scrutiny_officer"), 320, script=False)
    page.goto(reverse("agenda", args=[meeting.pk]))
    page.get_by_role("button", name="Build the agenda").click()
    page.get_by_role("button", name="Down Apologies and welcome").click()
    titles = page.locator(".sl-agenda__title").all_inner_texts()
    assert titles[1].strip() == "2. Apologies and welcome"
    page.get_by_role("button", name="Publish the agenda").click()
    page.get_by_role("button", name="Publish it").click()
    assert "The agenda is published" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Agenda and papers").count() == 2


def test_confirming_and_reading(
    visit_live: Any, held: Meeting, panel: Committee, make_person: Callable[..., Person]
) -> None:
    later = actions.plan_meeting(panel, held.day + timedelta(days=56), time(10, 0))  # type: ignore[operator]
    actions.build_agenda(later)
    actions.publish_agenda(later)
    actions.open_meeting(later, "Jude Invented")
    on = Watched(visit_live(make_person("scrutiny_officer")))
    on.goto(reverse("confirm-minutes", args=[held.pk]))
    on.press("Confirm the minutes")
    on.press("Record that they were signed")
    on.press("Put it on record")
    reader = Watched(visit_live(make_person("councillor")))
    reader.goto(reverse("meeting", args=[held.pk]))
    assert "Confirmed and signed" in reader.page.locator("main").inner_text()
    assert on.wrong + reader.wrong == []
