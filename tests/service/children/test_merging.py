"""Two records of one person: merged, parted, and nothing lost in any order."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.service.accounts.models import Agency, Person
from sightline.service.audit.models import AuditEntry
from sightline.service.children import actions
from sightline.service.children.actions.merging import NOT_CARRIED, carried_fields
from sightline.service.children.merged import roots_of
from sightline.service.children.models import (
    Address,
    Alias,
    CarriedRow,
    Involvement,
    KnownPerson,
    Merge,
    PossibleMatch,
    Relationship,
    Residence,
)
from sightline.service.children.queries import find_people, hidden_people, numbers_of
from sightline.service.children.relationships import relatives_of

pytestmark = pytest.mark.django_db

Record = Callable[..., KnownPerson]


@pytest.fixture
def manager(make_person: Callable[..., Person]) -> Person:
    return make_person("team_manager", email="manager@example.org")


def test_every_field_of_every_table_that_names_a_person_is_carried_or_says_why_not() -> None:
    named = {
        f"{each.related_model._meta.label}.{each.field.name}"
        for each in KnownPerson._meta.get_fields(include_hidden=True)
        if isinstance(each, models.ForeignObjectRel) and not isinstance(each, models.ManyToManyRel)
    }
    carried = {f"{model._meta.label}.{field}" for model, field in carried_fields()}
    assert carried.isdisjoint(NOT_CARRIED)
    assert carried | set(NOT_CARRIED) == named
    assert {
        "children.Alias.person",
        "children.Relationship.other",
        "frontdoor.ContactChild.person",
    } <= (carried)


def test_a_merge_carries_everything_and_the_search_finds_one(
    record: Record, manager: Person, worker: Person
) -> None:
    kept, gone, mother = record("Ann Green"), record("Anne Greene"), record("Eve Green")
    actions.relate(gone, mother, kind="mother")
    home = {"lines": "1 High Street", "postcode": "WR1 2AB", "locality": None, "starts": None}
    actions.record_residence(gone, kind="home", **home)
    merge = actions.merge_people(kept, gone, "The school confirmed it", by=manager)
    assert [each.what for each in relatives_of(kept, frozenset())] == ["Mother"]
    assert [each.person.name for each in find_people("Anne Greene", by=worker).people] == [
        "Ann Green"
    ]
    assert numbers_of(kept) == [kept.number, gone.number]
    assert merge.left == []
    actions.part_people(merge, "The dates of birth differ after all", by=manager)
    assert relatives_of(kept, frozenset()) == []
    assert [each.what for each in relatives_of(gone, frozenset())] == ["Mother"]
    assert Residence.objects.get().person == gone
    assert not CarriedRow.objects.exists()
    assert PossibleMatch.objects.get(one=kept, other=gone).state == "different"
    reasons = (
        AuditEntry.objects.filter(subject="children_merge")
        .order_by("pk")
        .values_list("reason", flat=True)
    )
    assert list(reasons) == ["The school confirmed it", "The dates of birth differ after all"]


def test_a_record_that_is_part_of_another_cannot_be_merged_again(
    record: Record, manager: Person
) -> None:
    one, two, three = record("Ann Green"), record("Bea Brown"), record("Cai White")
    merge = actions.merge_people(one, two, "why", by=manager)
    for kept, gone in ((one, two), (three, two), (two, three), (one, one)):
        with pytest.raises(actions.CannotMergeError):
            actions.merge_people(kept, gone, "why", by=manager)
    actions.part_people(merge, "why", by=manager)
    with pytest.raises(actions.CannotPartError):
        actions.part_people(merge, "why", by=manager)


def test_what_relates_the_two_stays_where_it_is_and_is_named(
    record: Record, manager: Person
) -> None:
    one, two = record("Ann Green"), record("Anne Green")
    row = actions.relate(one, two, kind="sibling")
    merge = actions.merge_people(one, two, "not sisters, one child", by=manager)
    assert merge.left == [
        {
            "table": "children.Relationship",
            "field": "other",
            "row": str(row.pk),
            "what": "relationship",
        }
    ]
    assert relatives_of(one, frozenset()) == []
    actions.part_people(merge, "sisters after all", by=manager)
    assert [each.what for each in relatives_of(one, frozenset())] == ["Brother or sister"]


def test_two_records_at_one_contact_are_merged_and_parted(record: Record, manager: Person) -> None:
    from sightline.service.frontdoor.models import Contact, ContactChild

    one, two = record("Ann Green"), record("Anne Green")
    contact = Contact.objects.create(number="C-1", way="phone", concern="x")
    rows = [ContactChild.objects.create(contact=contact, person=each) for each in (one, two)]
    merge = actions.merge_people(one, two, "one child", by=manager)
    assert [each["table"] for each in merge.left] == ["frontdoor.ContactChild"]
    actions.part_people(merge, "two children", by=manager)
    for row, person in zip(rows, (one, two), strict=True):
        row.refresh_from_db()
        assert row.person == person


def test_a_row_that_somebody_gave_to_another_since_is_left_to_them(
    record: Record, manager: Person
) -> None:
    one, two, third = record("Ann Green"), record("Anne Green"), record("Zoe White")
    alias = actions.add_alias(two, first_names="Annie", last_name="Green", what="")
    merge = actions.merge_people(one, two, "why", by=manager)
    Alias.objects.filter(pk=alias.pk).update(person=third)
    actions.part_people(merge, "why", by=manager)
    assert Alias.objects.get(pk=alias.pk).person == third
    assert not CarriedRow.objects.exists()


def test_a_restricted_record_that_went_into_another_hides_that_one_too(
    record: Record, manager: Person, worker: Person
) -> None:
    one, two, three = record("Ann Green"), record("Anne Green"), record("Annie Green")
    actions.merge_people(two, three, "why", by=manager)
    actions.merge_people(one, two, "why", by=manager)
    assert hidden_people(worker) == frozenset()
    actions.restrict_child(three.number, "family of staff", [])
    assert one.pk in hidden_people(worker)
    assert find_people("Ann Green", by=worker).people == ()


def test_after_a_merge_and_a_parting_each_is_found_by_what_is_theirs(
    record: Record, manager: Person, worker: Person, client_of: Callable[[Person], Any]
) -> None:
    kept, gone = record("Ann Green"), record("Zoe Black", nhs_number="9434765919")
    actions.add_alias(gone, first_names="Petronella", last_name="Quist", what="")
    like = record("Petra Quist", nhs_number="9434765919")
    third = record("Petronella Quist", born=date(2015, 3, 3))

    def found() -> set[str]:
        people = find_people("Petronella Quist", by=worker, widely=False).people
        return {each.person.number for each in people} - {third.number, like.number}

    def proposed() -> set[frozenset[int]]:
        pairs = PossibleMatch.objects.filter(state="open").values_list("one", "other")
        return {frozenset(pair) for pair in pairs}

    assert found() == {gone.number}
    assert {kept.pk, like.pk} not in proposed()
    merge = actions.merge_people(kept, gone, "why", by=manager)
    assert found() == {kept.number}
    assert {kept.pk, like.pk} in proposed()
    page = client_of(worker).get(reverse("known-person", args=[kept.pk])).content.decode()
    assert f"943 476 5919 (in record {gone.number})" in page
    kept.refresh_from_db()
    actions.change_person(kept, kept.version, {"phone": "1"})
    assert {kept.pk, like.pk} in proposed(), "it is compared by each of its records"
    actions.part_people(merge, "two children", by=manager)
    assert found() == {gone.number}
    assert {kept.pk, like.pk} not in proposed()
    assert {gone.pk, like.pk} in proposed()


def test_comparing_again_keeps_what_was_decided_and_a_pair_by_hand_outlives_an_edit(
    record: Record, make_person: Callable[..., Person], client_of: Callable[[Person], Any]
) -> None:
    one, two = record("Ann Green"), record("Bob White")
    client = client_of(make_person("assistant_director"))
    address = client.post(reverse("compare-people", args=[one.pk, two.pk])).url
    actions.change_person(one, one.version, {"phone": "1"})
    match = PossibleMatch.objects.get()
    assert match.state == "open"
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, {"decision": "different", "why": "Two mothers", "seen": seen})
    client.post(reverse("compare-people", args=[one.pk, two.pk]))
    match.refresh_from_db()
    assert (match.state, match.why) == ("different", "Two mothers")
    page = client.get(address)
    assert "Two mothers" in page.content.decode()
    same = {"decision": "same", "kept": str(one.pk), "why": "One after all"}
    late = client.post(address, {**same, "seen": seen}).content.decode()
    assert "Another has decided about this pair meanwhile" in late
    assert not Merge.objects.exists()
    client.post(address, {**same, "seen": page.context["form"]["seen"].value()})
    assert Merge.objects.get().kept == one


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "merge", "part", "write", "edit", "relate", "delete"]),
        st.integers(0, 11),
        st.integers(0, 11),
    ),
    max_size=25,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_after_any_sequence_each_row_is_with_whom_it_was_written_for(
    steps: list[tuple[str, int, int]], manager: Person
) -> None:
    known = _World(manager)
    for step in steps:
        known.do(*step)
        known.check()
    for merge in Merge.objects.filter(parted_at=None, kept__in=known.people):
        actions.part_people(merge, "in the end", by=manager)
    known.check()
    known.check_all_parted()


class _World:
    """Four people and their rows, with whom each was written for and what was last written in it."""

    def __init__(self, by: Person) -> None:
        self.by = by
        tag = KnownPerson.objects.count()
        self.people = [
            KnownPerson.objects.create(number=f"T{tag}-{n}", last_name=f"N{n}") for n in range(4)
        ]
        self.agency = Agency.objects.get_or_create(name="Police", kind="police")[0]
        self.address = Address.objects.create(lines="1 High Street")
        self.rows: dict[tuple[Any, int], tuple[int, str]] = {}
        self.relations: dict[int, tuple[int, int]] = {}

    def _root(self, pk: int) -> KnownPerson:
        row = KnownPerson.objects.get(pk=pk)
        return roots_of([row])[pk]

    def do(self, what: str, a: int, b: int) -> None:
        one = self._root(self.people[a % 4].pk)
        other = self._root(self.people[b % 4].pk)
        getattr(self, f"_{what}")(one, other, a, b)

    def _merge(self, one: KnownPerson, other: KnownPerson, a: int, b: int) -> None:
        if one.pk == other.pk:
            with pytest.raises(actions.CannotMergeError):
                actions.merge_people(one, other, "why", by=self.by)
        else:
            actions.merge_people(one, other, "why", by=self.by)

    def _part(self, one: KnownPerson, other: KnownPerson, a: int, b: int) -> None:
        found = list(Merge.objects.filter(parted_at=None, kept__in=self.people).order_by("pk"))
        if found:
            actions.part_people(found[a % len(found)], "why", by=self.by)

    def _write(self, one: KnownPerson, other: KnownPerson, a: int, b: int) -> None:
        made: Any
        if b % 3 == 0:
            made = actions.add_alias(one, first_names="X", last_name="Y", what="first")
        elif b % 3 == 1:
            made = Residence.objects.create(person=one, address=self.address, kind="home")
        else:
            made = actions.involve_agency(one, agency=self.agency, role="first")
        self.rows[type(made), made.pk] = (one.pk, "first")

    def _edit(self, one: KnownPerson, other: KnownPerson, a: int, b: int) -> None:
        for (model, pk), (origin, _) in list(self.rows.items())[a : a + 1]:
            if model is not Residence:
                column = "what" if model is Alias else "role"
                model.objects.filter(pk=pk).update(**{column: f"edit {b}"})
                self.rows[model, pk] = (origin, f"edit {b}")

    def _relate(self, one: KnownPerson, other: KnownPerson, a: int, b: int) -> None:
        if one.pk != other.pk:
            row = Relationship.objects.create(person=one, other=other, kind="other")
            self.relations[row.pk] = (one.pk, other.pk)

    def _delete(self, one: KnownPerson, other: KnownPerson, a: int, b: int) -> None:
        for model, pk in list(self.rows)[a : a + 1]:
            model.objects.filter(pk=pk).delete()
            del self.rows[model, pk]

    def check(self) -> None:
        for (model, pk), (origin, text) in self.rows.items():
            row = model.objects.get(pk=pk)
            assert row.person_id == self._root(origin).pk
            assert text in (getattr(row, "what", ""), getattr(row, "role", ""), "first")
        for pk, (person, other) in self.relations.items():
            row = Relationship.objects.get(pk=pk)
            assert self._root(row.person_id) == self._root(person)
            assert self._root(row.other_id) == self._root(other)

    def check_all_parted(self) -> None:
        for (model, pk), (origin, _) in self.rows.items():
            assert model.objects.get(pk=pk).person_id == origin
        for pk, ends in self.relations.items():
            row = Relationship.objects.get(pk=pk)
            assert (row.person_id, row.other_id) == ends
        left = {str(pk) for _, pk in self.rows} | {str(pk) for pk in self.relations}
        assert not CarriedRow.objects.filter(written_for__in=self.people, row__in=left).exists()
        assert Involvement.objects.filter(person__in=self.people).count() == sum(
            model is Involvement for model, _ in self.rows
        )
