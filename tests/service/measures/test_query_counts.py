"""No page of figures asks the database more than 30 times, nor more for ten times the rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.service.accounts.models import Appointment, Locality, Person
from sightline.service.children.models import RestrictedChild
from sightline.service.measures import children_behind
from sightline.service.measures.models import Note, SavedView
from sightline.service.measures.reading import Reading

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MOST = 30
WHOLE = {"within": "all"}
YEAR = {"from": "2015-04-01", "to": "2016-03-31", **WHOLE}
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": (reverse("overview"), WHOLE),
    "indicator": (reverse("indicator", args=["CI-03", "whole"]), WHOLE),
    "children": (reverse("indicator-children", args=["CI-03", "whole"]), YEAR),
    "not seen": (reverse("not-seen", args=["CI-06"]), WHOLE),
    "search": (reverse("search"), {}),
    "packs": (reverse("packs"), WHOLE),
}


@pytest.fixture
def manager(make_person: Callable[..., Person], published_reading: Reading) -> Person:
    """Somebody who may open every child; `add_rows` makes them a service manager besides."""
    return make_person("assistant_director")


def add_rows(person: Person, reading: Reading, number: int, already: int) -> None:
    """Add rows of every kind that these pages read, beyond those there already."""
    for n in range(already, number):
        SavedView.objects.create(person=person, name=f"View {n}", path=f"/?page={n}")
        Note.objects.create(
            indicator="CI-03", day=date(2016, 1, 31), text=f"Note {n}", author=_author(n)
        )
        RestrictedChild.objects.create(child_id=sorted(reading.children())[n], reason="Invented")
        locality = Locality.objects.create(name=f"Locality {n}")
        Appointment.objects.create(person=person, role="service_manager", locality=locality)


def _author(number: int) -> Person:
    return Person.objects.create_person(f"author-{number}@example.org", f"Invented Author {number}")


def counted(client: Client, name: str) -> tuple[int, str]:
    address, asked = PAGES[name]
    client.get(address, asked)  # what is made once of a snapshot
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return len(queries), answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_few_queries_and_no_more_for_ten_times_the_rows(
    name: str,
    manager: Person,
    client_of: Callable[[Person], Client],
    published_reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = client_of(manager)
    monkeypatch.setattr(children_behind, "PAGE", 1)
    add_rows(manager, published_reading, 2, 0)
    few, small = counted(client, name)
    assert few <= MOST

    monkeypatch.setattr(children_behind, "PAGE", 10)
    add_rows(manager, published_reading, 20, 2)
    many, large = counted(client, name)
    assert many <= few, f"{few} queries, {many} with ten times the rows"
    more: dict[str, Any] = {
        "overview": "View 19",
        "indicator": "Note 19",
        "children": None,
        "not seen": None,
    }
    if name in more:
        # The rows are there, so that it is they that cost no query.
        assert more[name] in large if more[name] else large.count("<tr") > small.count("<tr") * 4
