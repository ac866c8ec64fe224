"""Minute numbers run on from meeting to meeting; gaps, and what is cited and not there."""

from datetime import date, time

import pytest

from sightline.service.scrutiny.asks.actions import make_ask
from sightline.service.scrutiny.meetings import actions, numbers
from sightline.service.scrutiny.models import Committee, Item, Meeting

pytestmark = pytest.mark.django_db


def _meeting(panel: Committee, day: date, *titles: str) -> Meeting:
    meeting = actions.plan_meeting(panel, day, time(10, 0))
    for title in titles:
        actions.add_item(meeting, title)
    return meeting


def _numbers(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("number", flat=True))


@pytest.mark.parametrize(
    ("form", "runs", "expected"),
    [
        ("285", "last", [["285", "286"], ["287"]]),
        ("CS.01", "last", [["CS.01", "CS.02"], ["CS.03"]]),
        ("53/24", "first", [["53/24", "54/24"], ["55/24"]]),
        ("", "last", [["", ""], [""]]),
    ],
)
def test_numbers_run_on(panel: Committee, form: str, runs: str, expected: list[list[str]]) -> None:
    Committee.objects.filter(pk=panel.pk).update(number_form=form, number_runs=runs)
    first = _meeting(panel, date(2017, 9, 13), "One", "Two")
    second = _meeting(panel, date(2017, 11, 8), "Three")
    actions.number_items(first)
    actions.number_items(second)
    assert [_numbers(first), _numbers(second)] == expected
    actions.number_items(first)  # again changes nothing
    assert _numbers(first) == expected[0]


def test_a_new_year_begins_anew_in_its_own_form(panel: Committee) -> None:
    Committee.objects.filter(pk=panel.pk).update(number_form="53/24", number_runs="first")
    first = _meeting(panel, date(2025, 3, 4), "One")
    actions.number_items(first)
    Committee.objects.filter(pk=panel.pk).update(number_form="1/25")
    second = _meeting(panel, date(2025, 5, 4), "Two", "Three")
    actions.number_items(second)
    assert _numbers(second) == ["1/25", "2/25"]


def test_an_item_amid_the_others_moves_the_numbers_until_something_rests_on_them(
    panel: Committee,
) -> None:
    meeting = _meeting(panel, date(2017, 9, 13), "One", "Two")
    actions.number_items(meeting)
    added = actions.add_item(meeting, "Between")
    actions.move_item(added, up=True)
    actions.number_items(meeting)
    assert list(meeting.items.values_list("title", "number")) == [
        ("One", "285"),
        ("Between", "286"),
        ("Two", "287"),
    ]
    make_ask(meeting.items.get(title="Two"), "request", "A report.", committee=panel)
    last = actions.add_item(meeting, "First of all")
    for _ in range(3):
        actions.move_item(last, up=True)
    actions.number_items(meeting)
    assert next(iter(meeting.items.values_list("title", "number"))) == ("First of all", "288")
    assert meeting.items.get(title="Two").number == "287"


def test_gaps_and_what_is_cited_and_not_there(panel: Committee) -> None:
    early = _meeting(panel, date(2016, 3, 17), "One")
    late = _meeting(panel, date(2017, 9, 13), "Two")
    Item.objects.filter(meeting=early).update(number="244", running=244)
    Item.objects.filter(meeting=late).update(
        number="285",
        running=285,
        minute="The Minutes of the Meeting held on 14 August 2017 were agreed. Minute 244 was noted; minute "
        "number 250 was to be looked at again. The meeting took 30 minutes.",
    )
    Meeting.objects.update(minutes_state="confirmed", state="held")
    (gap,) = numbers.gaps_of(panel)
    assert (gap.words, gap.before, gap.after) == ("245 to 284", early, late)
    said = [each.what for each in numbers.cited_but_missing(panel, with_drafts=False)]
    assert said == ["minute 250", "the meeting of 14 August 2017"]
    late.declarations.create(name="Jude Invented", cited="CS.06")
    said = [each.what for each in numbers.cited_but_missing(panel, with_drafts=False)]
    assert said[-1] == "item CS.06, cited in a declaration"


def test_drafts_and_private_items_tell_nothing(panel: Committee) -> None:
    meeting = _meeting(panel, date(2017, 9, 13), "One")
    meeting.items.update(minute="Minute 12 was noted.")
    assert numbers.cited_but_missing(panel, with_drafts=False) == []
    assert len(numbers.cited_but_missing(panel, with_drafts=True)) == 1
    meeting.items.update(privacy="confidential", why_exempt="x")
    assert numbers.cited_but_missing(panel, with_drafts=True) == []
