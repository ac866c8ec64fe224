"""The quorum, counted again at each coming and leaving, and said in a sentence."""

from datetime import time

import pytest

from sightline.service.scrutiny.meetings import actions, queries
from sightline.service.scrutiny.meetings.quorum import Away, Presence, moments
from sightline.service.scrutiny.models import Attendance, InterestKind, Meeting


def test_the_count_follows_who_comes_and_leaves() -> None:
    people = [
        Presence("Ann"),
        Presence("Ben", came=time(10, 20)),
        Presence("Cal", left=time(11, 30)),
        Presence("Dee", away=(Away(time(10, 40), time(11, 0), "“Contracts”"),)),
    ]
    found = moments(people, 3)
    assert [(each.at, each.count, each.is_quorate) for each in found] == [
        (None, 3, True),
        (time(10, 20), 4, True),
        (time(10, 40), 3, True),
        (time(11, 0), 4, True),
        (time(11, 30), 3, True),
    ]
    assert found[2].sentence == (
        "At 10.40am Dee left the room for “Contracts”: 3 people were there, and the quorum is 3: quorate."
    )
    assert [each.is_quorate for each in moments(people, 4)] == [False, True, False, True, False]
    assert "nothing could be decided" in moments(people, 4)[0].sentence


def test_what_is_not_known_is_said_and_not_guessed() -> None:
    (start, away) = moments([Presence("Ann", away=(Away(None, None, ""),)), Presence("Ben")], 2)
    assert start.is_quorate and away.is_quorate is False
    assert "at a time not recorded: 1 person was there" in away.sentence
    (start,) = moments([Presence("Ann")], None)
    assert start.is_quorate is None
    assert "is not recorded" in start.sentence


@pytest.mark.django_db
def test_leaving_for_an_interest_counts_the_quorum_again(attended: Meeting) -> None:
    row = attended.attendance.get(name="Priya Invented")
    kind = InterestKind.objects.get(name="Disclosable pecuniary interest")
    item = attended.items.last()
    declaration = actions.declare(attended, name=row.name, member=row.member, kind=kind, item=item)
    assert [each.count for each in queries.quorum_of(attended)] == [3]
    actions.record_leaving(declaration, 1, left=True, left_at=time(10, 40), returned_at=time(11, 0))
    found = queries.quorum_of(attended)
    assert [(each.count, each.is_quorate) for each in found] == [(3, True), (2, False), (3, True)]
    assert "Priya Invented left the room for “Work programme”" in found[1].sentence


@pytest.mark.django_db
def test_who_attends_remotely_counts_only_when_the_law_said_so(attended: Meeting) -> None:
    attended.attendance.filter(name="Priya Invented").update(status=Attendance.Status.REMOTE)
    assert queries.quorum_of(attended)[0].count == 2
    Meeting.objects.filter(pk=attended.pk).update(day="2020-09-16")
    attended.refresh_from_db()
    assert queries.quorum_of(attended)[0].count == 3


@pytest.mark.django_db
def test_officers_and_guests_do_not_count_and_substitutes_do(attended: Meeting) -> None:
    actions.add_attendee(attended, name="Olu Invented", capacity="officer")
    actions.add_attendee(attended, name="Gail Invented", capacity="invited")
    assert queries.quorum_of(attended)[0].count == 3
    actions.add_attendee(
        attended, name="Sue Invented", capacity="substitute", substitute_for="Ray Invented"
    )
    assert queries.quorum_of(attended)[0].count == 4


def test_a_place_counts_once_whoever_of_the_two_is_there() -> None:
    people = [
        Presence("Ann", came=time(10, 20)),
        Presence("Sub", left=time(10, 30), place="Ann"),
        Presence("Ben"),
    ]
    assert [each.count for each in moments(people, 2)] == [2, 2, 2]


@pytest.mark.django_db
def test_who_declares_under_another_spelling_is_out_of_the_room_too(attended: Meeting) -> None:
    row = attended.attendance.get(name="Priya Invented")
    kind = InterestKind.objects.get(name="Disclosable pecuniary interest")
    declared = actions.declare(attended, name="Mrs P Invented", member=row.member, kind=kind)
    actions.record_leaving(declared, 1, left=True, left_at=time(10, 40))
    assert [each.count for each in queries.quorum_of(attended)] == [3, 2]


@pytest.mark.django_db
def test_a_substitute_beside_whom_they_stand_for_makes_no_quorum(attended: Meeting) -> None:
    actions.add_attendee(
        attended, name="Sam Invented", capacity="substitute", substitute_for="Priya Invented"
    )
    assert queries.quorum_of(attended)[0].count == 3
