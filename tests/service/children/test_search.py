"""Looking for people: spelt otherwise, by numbers, and what the list may tell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sightline.service.accounts.models import Locality, Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import actions
from sightline.service.children.models import KnownPerson, Residence
from sightline.service.children.queries import find_people
from sightline.service.children.search import Asked, near_dates

pytestmark = pytest.mark.django_db

Record = Callable[..., KnownPerson]


def found(text: str, by: Person, born: date | None = None, **more: Any) -> list[str]:
    return [each.person.name for each in find_people(text, born, by=by, **more).people]


@pytest.mark.parametrize(
    "typed",
    [
        "John Smith",
        "smith john",
        "Jon Smyth",
        "Smythe, John",
        "jhon smith",
        "John Smtih",
        "JOHN SMIT",
        "johnny smith",
        "SMITH",
        "John Smith 14/03/2012",
        "14/03/2012",
    ],
)
def test_somebody_is_found_however_they_are_spelt(
    typed: str, record: Record, worker: Person
) -> None:
    record("John Smith", born=date(2012, 3, 14))
    record("Agnes Oyelaran")
    assert found(typed, worker) == ["John Smith"]


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Ann-Marie Jones-Smith", "annmarie smith"),
        ("Annmarie Jones", "Ann Marie Jones"),
        ("Elizabeth Brown", "Liz Browne"),
        ("Mohammed Hussain", "Muhammad Hussein"),
        ("Siân O’Neill", "sian o neill"),
        ("Katarzyna Nowak", "Kasia Nowak"),
        ("Bartholomew Featherstonehaugh", "Bartholomew Feath"),
    ],
)
def test_hyphens_short_forms_and_marks_make_no_difference(
    recorded: str, typed: str, record: Record, worker: Person
) -> None:
    record(recorded)
    assert found(typed, worker) == [recorded]


def test_the_nearest_stands_first_and_the_reason_is_said(record: Record, worker: Person) -> None:
    record("Jon Smyth", born=date(2001, 1, 1))
    record("John Smith", born=date(2012, 3, 14))
    record("John Smith", born=date(1980, 5, 5))
    people = find_people("John Smith", date(2012, 3, 15), by=worker).people
    assert people[0].person.born == date(2012, 3, 14)
    assert people[0].because == ("same name", "date of birth nearly the same: 14 March 2012")
    assert people[1].because == ("same name", "another date of birth")
    assert people[2].because[0] == "sounds the same"


def test_other_names_find_somebody_too_until_they_are_taken_away(
    record: Record, worker: Person
) -> None:
    person = record("Sarah Patel")
    alias = actions.add_alias(
        person, first_names="Sarah", last_name="Green", what="Before marriage"
    )
    people = find_people("Sarah Greene", by=worker).people
    assert [each.person for each in people] == [person]
    assert "also known as Sarah Green" in people[0].because
    actions.remove_alias(alias)
    assert found("Sarah Greene", worker) == []
    assert found("Sarah Patel", worker) == ["Sarah Patel"]


def test_numbers_and_a_postcode_find_somebody(record: Record, worker: Person) -> None:
    person = record("Ann Green", nhs_number="943 476 5919")
    record("Ann Grey")
    actions.record_residence(
        person, lines="1 High Street", postcode="wr1 2ab", locality=None, kind="home", starts=None
    )
    for typed in ("9434765919", "943 476 5919", person.number, person.number.lower(), "WR12AB"):
        assert found(typed, worker) == ["Ann Green"], typed
    assert found("WR1 2AC", worker) == []


def test_who_lives_where_nobody_may_be_told_is_in_no_list_by_postcode(
    record: Record, worker: Person
) -> None:
    place = Locality.objects.create(name="Redditch")
    mother, child, other = record("Ann Green"), record("Bea Green"), record("Cai Green")
    home = {"lines": "1 High Street", "postcode": "WR1 2AB", "locality": place, "starts": None}
    actions.record_residence(mother, kind=Residence.Kind.SECRET, **home)
    actions.record_residence(child, kind="home", **home)
    actions.record_residence(other, kind="home", **{**home, "lines": "2 High Street"})
    assert found("WR1 2AB", worker) == ["Cai Green"]
    told = {each.person.name: each.locality for each in find_people("Green", by=worker).people}
    assert told == {"Ann Green": "", "Bea Green": "", "Cai Green": "Redditch"}


def test_a_restricted_child_is_in_nobodys_list_who_is_not_named(
    record: Record, worker: Person, make_person: Callable[..., Person]
) -> None:
    child = record("Ann Green")
    other = make_person("assistant_director")
    restriction = actions.restrict_child(child.number, "family of staff", [worker])
    assert found("Ann Green", worker) == ["Ann Green"]
    assert found("Ann Green", other) == []
    assert found(child.number, other) == []
    actions.change_restriction(restriction, 1, "family of staff", [])
    assert found("Ann Green", worker) == []


def test_whoever_is_shown_is_on_record(record: Record, worker: Person) -> None:
    child = record("Ann Green")
    before = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=child.number).count()
    find_people("Ann Green", by=worker)
    find_people("Zebedee", by=worker)
    assert AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=child.number).count() == before + 1


def test_somebody_new_is_recorded_only_after_a_search_for_them(
    worker: Person, make_person: Callable[..., Person]
) -> None:
    token = find_people("Jon Smyth", by=worker).token
    known = {"first_names": "John", "last_name": "Smith"}
    with pytest.raises(actions.NotSearchedError):
        actions.record_person(search="made up", by=worker, **known)
    with pytest.raises(actions.NotSearchedError):
        actions.record_person(search=token, by=make_person("front_door"), **known)
    with pytest.raises(actions.NotSearchedError):
        actions.record_person(search=token, by=worker, first_names="Agnes", last_name="Oyelaran")
    person = actions.record_person(search=token, by=worker, **known)
    assert person.number[0] == "P"
    assert person.made_by == worker


def test_a_search_asks_the_database_little(
    record: Record, worker: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        record(f"John{'n' * (number % 2)} Smith", born=date(2000, 1, 1 + number % 28))
    with django_assert_max_num_queries(14):
        people = find_people("Jon Smyth", date(2000, 1, 9), by=worker, limit=20)
    assert len(people.people) == 20
    assert people.more


def test_what_was_typed_is_read_for_dates_numbers_and_names() -> None:
    asked = Asked.read("Smith, John 14/03/2012 943 476 5919 wr1 2ab")
    assert asked.parts == ("smith", "john")
    assert asked.born == date(2012, 3, 14)
    assert asked.nhs_number == "9434765919"
    assert asked.postcode == "WR1 2AB"
    assert not Asked.read("  ")
    assert Asked.read("31/02/2012").born is None
    assert Asked.read("1/2/2012", date(2013, 1, 1)).born == date(2013, 1, 1)


def test_near_dates_hold_a_digit_and_an_exchange() -> None:
    near = near_dates(date(2012, 3, 4))
    assert {date(2012, 4, 3), date(2012, 3, 5), date(2021, 3, 4), date(2013, 3, 4)} <= near
    assert date(2012, 7, 29) not in near
