"""A panel of an invented council, with its members, and the people who keep and read it."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import typst
from django.test import Client

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.meetings import actions
from sightline.service.scrutiny.models import Committee, Meeting, Member, Membership

DAY = date(2017, 9, 13)
NAMES = ("Orla Invented", "Jude Invented", "Priya Invented", "Ray Invented")


@pytest.fixture
def panel(db: None) -> Committee:
    return actions.make_committee(
        "Children Scrutiny Panel",
        Committee.Kind.SCRUTINY,
        council="Invented Council",
        quorum=3,
        number_form="285",
        participation_rule="working_days",
        participation_days=1,
        participation_time=time(9, 0),
        participation_to="the Head of Democratic Services",
    )


@pytest.fixture
def members(panel: Committee) -> list[Member]:
    made = [actions.make_member(name) for name in NAMES]
    positions = ("chair", "vice_chair", "member", "member")
    for member, position in zip(made, positions, strict=True):
        actions.seat_member(panel, member, position, date(2017, 5, 1))
    return made


@pytest.fixture
def meeting(panel: Committee, members: list[Member]) -> Meeting:
    return actions.plan_meeting(panel, DAY, time(10, 0), "County Hall")


@pytest.fixture
def officer(make_person: Callable[..., Person]) -> Person:
    return make_person("scrutiny_officer")


@pytest.fixture
def browser_of_officer(officer: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(officer)


@pytest.fixture
def opened(meeting: Meeting) -> Meeting:
    actions.build_agenda(meeting)
    actions.publish_agenda(meeting)
    actions.open_meeting(meeting, "Orla Invented")
    return meeting


@pytest.fixture
def attended(opened: Meeting, members: list[Member]) -> Meeting:
    present = [
        actions.Attended(member, Membership.Position.MEMBER, "present") for member in members[:3]
    ]
    actions.take_attendance(opened, [*present, actions.Attended(members[3], "member", "apology")])
    return opened


@pytest.fixture
def held(attended: Meeting, members: list[Member]) -> Meeting:
    """A meeting that is over, with a minute under each item."""
    for item in attended.items.all():
        actions.write_minute(item, item.version, f"The Panel considered “{item.title}”.")
    actions.close_meeting(attended, time(12, 5))
    return attended


def pdf_of(text: str = "= A paper\nWords of it.") -> bytes:
    """Make a small PDF."""
    made: Any = typst.Compiler(
        f'#set document(title: "x")\n{text}'.encode(),
        font_paths=typst.Fonts(include_system_fonts=False),
    ).compile(format="pdf")
    return bytes(made)
