"""Documents in the browser: from a file to a meeting, with axe, wide and narrow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.scrutiny.reading.conftest import PRINTED
from service.scrutiny.reading.test_confirming import NAMED
from service.test_browser_states import Watched
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.meetings.actions import make_committee
from sightline.service.scrutiny.models import Document, Meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_from_a_file_to_a_meeting(
    visit_live: Any, make_person: Callable[..., Person], tmp_path: Path
) -> None:
    panel = make_committee("Invented Families Scrutiny Panel", "scrutiny", standing_items=())
    file = tmp_path / "minutes.md"
    file.write_text(PRINTED, "utf-8")
    on = Watched(visit_live(make_person("scrutiny_officer")))
    on.goto("/scrutiny/documents/")
    on.goto("/scrutiny/documents/give/")
    on.press("Read it")
    on.page.locator("input[type=file]").set_input_files([str(file)])
    on.press("Read it")
    document = Document.objects.get()
    on.press("Accept all that are certain")
    for part in ("requests",):
        on.goto(f"/scrutiny/documents/{document.pk}/?part={part}")
    on.goto(f"/scrutiny/documents/{document.pk}/?part=interests")
    on.page.get_by_role("link", name="Where it stands").first.click()
    on.page.locator(".sl-source__passage:target").wait_for()
    assert on.page.locator(".sl-source__passage:target").count() == 1
    on.page.get_by_label("Accept", exact=True).check()
    on.press("Save these decisions")
    on.press("Confirm into a meeting")
    on.page.get_by_label("that is not here yet").check()
    on.page.get_by_label("No, or not yet").check()
    on.press("Confirm")
    meeting = Meeting.objects.get(committee=panel)
    assert meeting.minutes_state == "draft"
    on.goto(f"/scrutiny/documents/names/{panel.slug}/")
    assert on.wrong == []


def test_a_hidden_document_and_a_narrow_screen(
    visit_live: Any, make_person: Callable[..., Person]
) -> None:
    on = Watched(visit_live(make_person("scrutiny_officer"), 320))
    on.goto("/scrutiny/documents/give/")
    on.page.locator("textarea").fill(NAMED)
    on.press("Read it")
    document = Document.objects.get()
    assert "Poppy" not in on.page.content()
    on.press("Look at the alarm")
    on.follow("Show the passages that raised the alarm")
    on.page.get_by_label("It tells of no child or family").check()
    on.page.get_by_label("Why?").fill("An invented name.")
    on.press("Save")
    for part in ("about", "people", "items", "interests", "requests"):
        on.goto(f"/scrutiny/documents/{document.pk}/?part={part}")
    field = document.fields.filter(field="items").last()
    assert field
    on.goto(f"/scrutiny/documents/{document.pk}/fields/{field.pk}/")
    on.goto(f"/scrutiny/documents/{document.pk}/set-aside/")
    assert on.wrong == []
