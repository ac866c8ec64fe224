"""Two at once, each in a connection of its own: one does it, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from sightline.service.scrutiny.meetings import actions, pack
from sightline.service.scrutiny.models import Committee, Item, Meeting, Member

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone"),
]


def _at_once(*work: Callable[[], object]) -> list[object]:
    """Do all at once; give what each gave, or the `ValidationError` it was answered with."""

    def alone(each: Callable[[], object]) -> object:
        try:
            return each()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result(60) for each in [pool.submit(alone, each) for each in work]]


def test_each_step_of_a_meeting_is_taken_once(
    panel: Committee, members: list[Member], meeting: Meeting
) -> None:
    def refused(step: Callable[[Meeting], object]) -> int:
        found = _at_once(*(lambda: step(Meeting.objects.get(pk=meeting.pk)) for _ in range(4)))
        return sum(isinstance(each, ValidationError) for each in found)

    assert refused(actions.build_agenda) == 0
    assert meeting.items.count() == 6
    assert refused(actions.publish_agenda) == 3
    assert refused(lambda each: pack.make_packs(each, 0)) == 3
    assert meeting.packs.count() == 1
    assert refused(lambda each: actions.open_meeting(each, "Orla Invented")) == 3
    item = Item.objects.filter(meeting=meeting).earliest("position")
    actions.write_minute(item, item.version, "A minute.")
    assert refused(lambda each: actions.close_meeting(each, time(12, 0))) == 3
    assert refused(actions.confirm_minutes) == 3
    signing = date(2017, 11, 8)
    assert refused(lambda each: actions.sign_minutes(each, "Orla Invented", signing)) == 3


def test_two_meetings_numbered_at_once_share_no_number(panel: Committee) -> None:
    meetings = []
    for month in range(5, 11):
        each = actions.plan_meeting(panel, date(2017, month, 10), time(10, 0))
        actions.build_agenda(each)
        meetings.append(each)
    _at_once(*(lambda each=each: actions.number_items(each) for each in meetings))
    numbers = sorted(Item.objects.values_list("running", flat=True))
    assert numbers == list(range(285, 285 + 36))


def test_the_same_meeting_is_planned_once(panel: Committee) -> None:
    day = date(2017, 9, 13)
    found = _at_once(*(lambda: actions.plan_meeting(panel, day, time(10, 0)) for _ in range(4)))
    assert sum(isinstance(each, ValidationError) for each in found) == 3
    assert Meeting.objects.count() == 1


def test_an_agenda_that_two_reorder_keeps_each_item_once(meeting: Meeting) -> None:
    actions.build_agenda(meeting)
    items = list(meeting.items.all())
    _at_once(*(lambda each=each: actions.move_item(each, up=True) for each in items))
    positions = sorted(meeting.items.values_list("position", flat=True))
    assert positions == list(range(1, len(items) + 1))
