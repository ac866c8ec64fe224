"""What the published records tell of a child in the chronology and on the record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.records import TABLES
from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import entries_of, open_with
from sightline.service.measures import child_entries
from sightline.service.measures.child_entries import EVENTS, NOT_READABLE, UNTOLD
from sightline.store.snapshots import StoreError

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]


def test_every_table_about_a_child_is_told_or_says_why_not() -> None:
    about = {
        name
        for name, table in TABLES.items()
        if any(column.name == "child_id" for column in table.columns)
    }
    assert set(EVENTS) | set(UNTOLD) == about
    assert set(EVENTS).isdisjoint(UNTOLD)
    for name, events in EVENTS.items():
        columns = {column.name for column in TABLES[name].columns}
        assert {each.column for each in events} <= columns, name
        assert {each.more for each in events if each.more} <= columns, name


def test_every_date_of_an_event_is_an_entry_and_what_is_open_is_named(
    published_reading: Any, make_person: Make
) -> None:
    by = make_person("assistant_director")
    told = opened = 0
    for number in sorted(published_reading.children())[:40]:
        person = KnownPerson.objects.create(number=number, last_name="Invented")
        rows = published_reading.rows_of_child(number)
        expected = sum(
            row[columns.index(event.column)] is not None
            for table, (columns, found) in rows.items()
            for row in found
            for event in EVENTS.get(table, ())
            if event.column in columns
        )
        entries = entries_of(person, by, child_entries.AREA)
        assert len(entries) == expected
        assert [each.day for each in entries] == sorted((e.day for e in entries), reverse=True)
        told += expected
        opened += len(open_with(person, by))
    assert told > 100
    assert opened > 5


def test_loaded_records_of_both_numbers_are_told_after_a_merge(
    published_reading: Any, make_person: Make, client_of: Callable[[Person], Client]
) -> None:
    from sightline.service.children import actions

    by = make_person("assistant_director")
    one, two = (
        KnownPerson.objects.create(number=number, last_name=f"N{number}")
        for number in sorted(published_reading.children())[:2]
    )
    before = [len(entries_of(each, by, child_entries.AREA)) for each in (one, two)]
    merge = actions.merge_people(one, two, "one child", by=by)
    assert len(entries_of(one, by, child_entries.AREA)) == sum(before)
    page = client_of(by).get(reverse("known-person", args=[one.pk]))
    assert page.status_code == 200
    actions.part_people(merge, "two children", by=by)
    assert len(entries_of(one, by, child_entries.AREA)) == before[0]


def test_where_the_records_cannot_be_read_the_record_opens_and_says_so(
    make_person: Make, client_of: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreError("the store is gone")

    monkeypatch.setattr(child_entries, "current_reading", broken)
    monkeypatch.setattr("sightline.service.measures.child_places.current_reading", broken)
    person = KnownPerson.objects.create(number="C-1", last_name="Green", born=date(2015, 1, 1))
    client = client_of(make_person("assistant_director"))
    for page in ("known-person", "chronology"):
        answer = client.get(reverse(page, args=[person.pk]))
        assert answer.status_code == 200
        assert NOT_READABLE in answer.content.decode()
