"""The demonstration has an episode, an interview and a screening in every state, and makes them once."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from sightline.service.accounts.demonstration import Places, make_people
from sightline.service.children.models import KnownPerson
from sightline.service.missing.demonstration import CHILDREN, make_missing
from sightline.service.missing.models import (
    MissingEpisode,
    ProfileContribution,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.queries.worklist import counted, things_for
from sightline.service.missing.states import MACHINES, machine_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PLACES = Places(
    {"Redditch team 1": "Redditch", "Wychavon team": "Wychavon"},
    "Redditch team 1", "Redditch team 1", "Worker 1", "Redditch",
)  # fmt: skip


def _children(number: int, letter: str = "D") -> list[KnownPerson]:
    return [
        KnownPerson.objects.create(
            number=f"{letter}-{each}", last_name="Ashdown", born=date(2012, 1, 1)
        )
        for each in range(number)
    ]


def test_every_state_is_there_and_it_is_made_once() -> None:
    people = make_people(PLACES)
    with pytest.raises(ValueError, match="needs 12 children"):
        make_missing(_children(3), people)
    children = _children(CHILDREN, "E")
    assert make_missing(children, people) == 28
    assert make_missing(children, people) == 0
    rows: list[Any] = [
        *MissingEpisode.objects.all(),
        *ReturnInterview.objects.all(),
        *Screening.objects.all(),
    ]
    states = {(machine_of(row).name, machine_of(row).state_of(row).code) for row in rows}
    wanted = {(machine.name, state.code) for machine in MACHINES[:3] for state in machine.states}
    assert states == wanted
    assert ProfileContribution.objects.count() == 3
    levels = set(Screening.objects.values_list("level", flat=True))
    assert {"none", "emerging", "serious"} <= levels
    assert {each.quality for each in ReturnInterview.objects.exclude(quality=None)} == {1, 2, 3, 4}
    complex_worker = next(each for each in people if each.holds({"complex_safeguarding"}))
    found = things_for(complex_worker, timezone.now())
    assert counted(found)["not-returned"] == 3
    assert {each.standing for each in found} == {"missing", "overdue", "near", "due"}
