"""Attendance counted, with its definition; and the six-month rule, by what is known."""

from datetime import date, time

import pytest
from django.urls import reverse

from sightline.service.scrutiny.meetings import actions, statistics
from sightline.service.scrutiny.models import Attendance, Committee, Meeting, Member

pytestmark = pytest.mark.django_db
YEAR = (date(2017, 5, 1), date(2018, 4, 30))


def _held(panel: Committee, day: date, state: str = "held") -> Meeting:
    return Meeting.objects.create(
        committee=panel, day=day, starts=time(10, 0), state=state, minutes_state="draft"
    )


def _was(meeting: Meeting, member: Member, status: str, capacity: str = "member") -> None:
    Attendance.objects.create(
        meeting=meeting, member=member, name=member.name, status=status, capacity=capacity
    )


def test_statuses_are_kept_apart_and_cancelled_and_inquorate_meetings_left_out(
    panel: Committee, members: list[Member]
) -> None:
    first, second, third = (_held(panel, date(2017, month, 13)) for month in (9, 11, 12))
    for state in ("cancelled", "inquorate"):
        _was(_held(panel, date(2018, 1, 10), state), members[0], "present")
    _held(panel, date(2018, 2, 10))  # nobody wrote down who was there
    for meeting, status in ((first, "present"), (second, "remote"), (third, "apology")):
        _was(meeting, members[0], status)
    _was(first, members[1], "absent")
    stand_in = actions.make_member("Sue Invented")
    actions.seat_member(panel, stand_in, "substitute", date(2017, 5, 1))
    _was(first, stand_in, "present", "substitute")
    found = statistics.statistics(panel, *YEAR)
    lines = {
        line.member.name: (
            line.expected,
            line.present,
            line.remote,
            line.apology,
            line.absent,
            line.not_recorded,
            line.substitute,
        )
        for line in found.lines
    }
    assert lines["Orla Invented"] == (3, 1, 1, 1, 0, 0, 0)
    assert lines["Jude Invented"] == (3, 0, 0, 0, 1, 2, 0)
    assert lines["Sue Invented"] == (0, 0, 0, 0, 0, 0, 1)
    assert (found.meetings, found.cancelled, found.inquorate, found.without_record) == (3, 1, 1, 1)
    assert found.left_out == (
        "Left out: 1 cancelled, 1 not quorate, 1 held, without a record of who was there."
    )
    shares = {line.member.name: line.percentage for line in found.lines}
    assert (shares["Orla Invented"], shares["Sue Invented"]) == ("67%", "–")


def test_only_meetings_during_a_place_are_expected(panel: Committee, members: list[Member]) -> None:
    late = actions.make_member("Late Invented")
    actions.seat_member(panel, late, "member", date(2017, 11, 1))
    for month in (9, 11):
        _was(_held(panel, date(2017, month, 13)), members[0], "present")
    found = statistics.statistics(panel, *YEAR)
    assert {line.member.name: line.expected for line in found.lines}["Late Invented"] == 1


def test_a_reader_counts_confirmed_minutes_alone_and_the_definition_stands_under_the_table(
    panel: Committee, members: list[Member], make_person, client_of, django_assert_max_num_queries
) -> None:
    _was(_held(panel, date(2017, 9, 13)), members[0], "present")
    assert statistics.statistics(panel, *YEAR, with_drafts=False).meetings == 0
    address = reverse("committee-attendance", args=[panel.slug])
    client = client_of(make_person("councillor"))
    assert client.get(f"{address}?year=2017").context["counted"].meetings == 0
    Meeting.objects.update(minutes_state="confirmed")
    with django_assert_max_num_queries(22):
        page = client.get(f"{address}?year=2017")
    assert page.context["counted"].meetings == 1
    assert (
        "Cancelled meetings and those that were not quorate are left out" in page.content.decode()
    )


@pytest.mark.parametrize(
    ("today", "warning", "is_over"),
    [
        ("2017-12-12", None, False),
        ("2017-12-13", 3, False),
        ("2018-01-13", 4, False),
        ("2018-02-13", 5, False),
        ("2018-03-12", 5, False),
        ("2018-03-13", 5, False),  # the last day of the six months: who comes on it is in time
        ("2018-03-14", 5, True),
    ],
)
def test_the_six_months_warn_at_three_four_and_five(
    panel: Committee, members: list[Member], today: str, warning: int | None, is_over: bool
) -> None:
    _was(_held(panel, date(2017, 9, 13)), members[0], "present")
    _was(_held(panel, date(2017, 11, 13)), members[0], "apology")
    _was(_held(panel, date(2017, 11, 14), "inquorate"), members[0], "present")
    _was(_held(panel, date(2017, 11, 15)), members[0], "remote")
    clock = statistics.six_months(date.fromisoformat(today))[0]
    assert (clock.member, clock.last, clock.ends) == (
        members[0],
        date(2017, 9, 13),
        date(2018, 3, 13),
    )
    assert (clock.warning, clock.is_over) == (warning, is_over)


def test_of_whom_nothing_is_known_nothing_is_said(panel: Committee, members: list[Member]) -> None:
    actions.make_member("Church Invented", Member.Kind.CHURCH)
    clocks = statistics.six_months(date(2018, 1, 1))
    assert {clock.sentence for clock in clocks} == {
        "No attendance is known here, so nothing can be said."
    }
    assert "Church Invented" not in [clock.member.name for clock in clocks]


def test_remote_attendance_counts_for_the_rule_only_while_the_law_said_so(
    panel: Committee, members: list[Member]
) -> None:
    _was(_held(panel, date(2020, 9, 16)), members[0], "remote")
    _was(_held(panel, date(2021, 9, 16)), members[0], "remote")
    clock = statistics.six_months(date(2021, 10, 1))[0]
    assert clock.last == date(2020, 9, 16)


def test_a_substitute_who_did_not_come_is_missing_nowhere(
    panel: Committee, members: list[Member]
) -> None:
    other = actions.make_member("Sam Invented")
    meeting = _held(panel, date(2017, 9, 13))
    _was(meeting, members[0], "present")
    Attendance.objects.create(
        meeting=meeting, member=other, name=other.name, capacity="substitute", status="apology"
    )
    lines = statistics.statistics(panel, date(2017, 9, 1), date(2017, 9, 30)).lines
    line = next(each for each in lines if each.member == other)
    assert (line.expected, line.apology, line.substitute, line.not_recorded) == (0, 0, 0, 0)
