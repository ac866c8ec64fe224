"""Pages of figures: what they say where something is not known, and how a record is told in words."""

from collections.abc import Callable
from datetime import timedelta

import pyarrow as pa
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.quality.notes import Held
from sightline.service.accounts.models import Person
from sightline.service.children.models import BrokenGlass, RestrictedChild
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.quality_lists import open_first
from sightline.service.measures.reading import Reading

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


def page_of(client: Client, name: str, *args: str, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_where_no_run_is_published_no_signal_is_said_to_be_absent(
    published_reading: Reading, make_person: Make, client_of: ClientOf
) -> None:
    district = published_reading.groups("district", protected=True)[0]
    here = f"district:{district}"
    councillor = client_of(make_person("councillor"))
    within = page_of(councillor, "overview", within=here)
    assert "Not known here" in within
    assert "No latest point" not in within and "Over time" not in within
    whole = page_of(councillor, "overview", within="all")
    assert "Not known here" not in whole and "Over time" in whole
    own = page_of(councillor, "indicator", "CP-05", "whole", within=here)
    assert "/indicators/CP-05/whole/?within=all" in own
    assert "Initial conferences within 15 working days, by year" in own and "31 March 2016" in own
    analyst = client_of(make_person("analyst"))
    assert "Over time" in page_of(analyst, "overview", within=here)


def test_the_overview_and_the_packs_say_of_when_their_figures_are(
    published_reading: Reading, make_person: Make, client_of: ClientOf
) -> None:
    client = client_of(make_person("councillor"))
    for name in ("overview", "packs"):
        page = page_of(client, name)
        assert "igures of the year to 31 March 2016" in page and "ublished " in page
    assert 'href="#child-protection"' in page_of(client, "overview")


def test_whoever_reviews_openings_sees_at_once_that_one_waits(
    published_reading: Reading, make_person: Make, client_of: ClientOf
) -> None:
    lead, manager = make_person("governance_lead"), make_person("team_manager")
    restriction = RestrictedChild.objects.create(
        child_id=min(published_reading.children()), reason="Invented"
    )
    said = "emergency opening of a restricted record waits for review"
    assert said not in page_of(client_of(lead), "overview")
    BrokenGlass.objects.create(
        restriction=restriction,
        person=manager,
        reason="Invented",
        closes_at=timezone.now() + timedelta(hours=4),
    )
    assert said in page_of(client_of(lead), "overview")
    assert said not in page_of(client_of(manager), "overview")


def test_a_childs_record_says_what_its_codes_mean(
    published_reading: Reading, make_person: Make, client_of: ClientOf
) -> None:
    client = client_of(make_person("assistant_director"))
    columns, rows = published_reading.rows_of_child(number := min(published_reading.children()))[
        "child"
    ]
    sex = rows[0][columns.index("sex")]
    page = page_of(client, "child", reference_of(number))
    assert {"M": "M: Male", "F": "F: Female"}[sex] in page
    assert "Upn" not in page


def test_the_newest_return_is_listed_first_and_what_was_noted_last() -> None:
    listed = pa.table(
        {
            "code": ["a", "b", "c", "d"],
            "return_end": ["2014-03-31", "2016-03-31", "2016-03-31", "2015-03-31"],
            "note_holds": ["", str(Held.NOTED), "", ""],
        }
    )
    assert open_first(listed)["code"].to_pylist() == ["c", "d", "a", "b"]
