"""What the tests of families share: people recorded after a search, and where children belong."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from sightline.service.accounts.models import Person
from sightline.service.children import actions, whereabouts
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import find_people

Record = Callable[..., KnownPerson]


@pytest.fixture
def worker(make_person: Callable[..., Person]) -> Person:
    """A social worker; whom they record is theirs."""
    return make_person("social_worker", worker="Worker 0", email="worker@example.org")


@pytest.fixture
def record(worker: Person) -> Record:
    """Record somebody, after the search: `record("Ann Smith", born=...)`; the last word is the last name."""

    def make(name: str = "", *, by: Person | None = None, **known: Any) -> KnownPerson:
        firsts, _, last = name.rpartition(" ")
        asker = by or worker
        token = find_people(name, by=asker).token
        return actions.record_person(
            search=token, by=asker, first_names=firsts, last_name=last, **known
        )

    return make


@pytest.fixture
def belongs() -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Where children belong, by number, as if an app said so; filled by the test."""
    places: dict[str, list[dict[str, Any]]] = {}
    former = list(whereabouts._finders)
    whereabouts.found_by(lambda number: places.get(number, []))
    yield places
    whereabouts._finders[:] = former


BORN = date(2012, 3, 14)
