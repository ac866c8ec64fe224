"""A committee with meetings behind and ahead, and what is made of it here."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sightline.service.scrutiny.models import Ask, Committee, Item, Meeting

TODAY = date(2027, 3, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Let it be a day in March 2027."""
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, **_: value.date() if value else TODAY
    )
    return TODAY


@pytest.fixture
def panel(db: None) -> Committee:
    return Committee.objects.create(
        name="Children and Families Panel", slug="panel", kind="scrutiny", number_form="285"
    )


@pytest.fixture
def board(db: None) -> Committee:
    return Committee.objects.create(name="Safeguarding Board", slug="board", kind="board")


@pytest.fixture
def meeting_on(panel: Committee) -> Callable[..., Meeting]:
    """Make a meeting of the panel so many days from today: held, or still to be."""

    def make(days: int, state: str = "", **more: Any) -> Meeting:
        return Meeting.objects.create(
            committee=more.pop("committee", panel),
            day=TODAY + timedelta(days=days),
            state=state or ("held" if days < 0 else "planned"),
            **more,
        )

    return make


@pytest.fixture
def ask_of(panel: Committee, meeting_on: Callable[..., Meeting]) -> Callable[..., Ask]:
    """Make an ask of an item of a meeting that was held and minuted."""

    def make(text: str = "A further update in six months’ time", **more: Any) -> Ask:
        meeting = more.pop("meeting", None) or meeting_on(-90, minutes_state="confirmed")
        item = Item.objects.create(
            meeting=meeting,
            position=meeting.items.count() + 1,
            number=f"{289 + Ask.objects.count()}",
            title="Missing children",
            **more.pop("item", {}),
        )
        return Ask.objects.create(
            committee=meeting.committee,
            meeting=meeting,
            item=item,
            reference=f"{item.number}a",
            kind="request",
            text=text,
            made_on=meeting.day,
            **more,
        )

    return make
