"""Of whom an entry tells: the people of the families' records to whom its row leads, and who may not know."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry
from sightline.service.audit.queries import values_of
from sightline.service.children.models import Address, KnownPerson
from sightline.service.children.queries import hidden_from, hidden_people
from sightline.service.frontdoor.models import Contact

HIDDEN = "(hidden: of a restricted child)"
_BACK = {Contact: "children__person__pk", Address: "residences__person__pk"}
"""Rows that name nobody themselves: others say of whom they are."""
_NUMBER = "child_id"
"""A column that holds a child's number where the row has no key of a person."""
_CHILD = "child"
"""What an entry that no row made is of where its number is a child's: a look, or a glass that was broken."""


def people_of(entry: AuditEntry) -> dict[int, str]:
    """Give the people of whom an entry tells, by its row, also one that is gone: each number by its key."""
    if entry.subject == _CHILD:
        return dict(KnownPerson.objects.filter(number=entry.subject_id).values_list("pk", "number"))
    model = _model(entry.subject)
    if model is None:
        return {}
    rows = [(model, entry.subject_id)]
    rows += [row for values in _values(entry) for row in _named(model, values)]
    keys = {key for row in rows for key in _led_to(*row, _paths)}
    numbers = {number for values in _values(entry) for number in _numbers(model, values)}
    numbers |= {number for row in rows for number in _led_to(*row, _number_paths)}
    found = KnownPerson.objects.filter(Q(pk__in=keys) | Q(number__in=numbers)).order_by("pk")
    return dict(found.values_list("pk", "number"))


class Closed:
    """What a reader of the audit may not see: what rows of children hidden from them were and became, and
    the reasons that were given.
    """

    def __init__(self, reader: Person) -> None:
        self._people = {str(pk) for pk in hidden_people(reader)}
        self._numbers = hidden_from(reader)
        self._rows: dict[type[Model], set[str]] = {}

    def hides(self, entry: AuditEntry) -> bool:
        """Whether an entry tells of such a child, by its row or, where that is gone, what it hung on."""
        if not self._numbers:
            return False
        if entry.subject == _CHILD:
            return entry.subject_id in self._numbers
        if (model := _model(entry.subject)) is None:
            return False
        return entry.subject_id in self._of(model) or any(
            not self._numbers.isdisjoint(_numbers(model, values))
            or any(key in self._of(related) for related, key in _named(model, values))
            for values in _values(entry)
        )

    def _of(self, model: type[Model]) -> set[str]:
        """Give the keys of a table's rows about them; one statement a table, when it is first met."""
        if model is KnownPerson:
            return self._people
        if model not in self._rows:
            of = Q()
            for path in _paths(model):
                of |= Q(**{f"{path}__in": self._people})
            for path in _number_paths(model):
                of |= Q(**{f"{path}__in": self._numbers})
            found = model._default_manager.filter(of).values_list("pk", flat=True) if of else ()
            self._rows[model] = {str(pk) for pk in found}
        return self._rows[model]


@cache
def _model(table: str) -> type[Model] | None:
    every = apps.get_models(include_auto_created=True)
    found = next((each for each in every if each._meta.db_table == table), None)
    return found if found and _leads(found) else None


def _leads(model: type[Model]) -> bool:
    return bool(_paths(model) or _number_paths(model))


def _values(entry: AuditEntry) -> tuple[Mapping[str, Any], ...]:
    return values_of(entry.before), values_of(entry.after)


def _named(model: type[Model], values: Mapping[str, Any]) -> Iterator[tuple[type[Model], str]]:
    """Give the rows that a row names, of those that lead to people."""
    for field in _keys(model):
        if (key := values.get(field.column)) is not None and _leads(_related(field)):
            yield _related(field), str(key)


def _led_to(
    model: type[Model], key: str, ways: Callable[[type[Model]], tuple[str, ...]]
) -> set[Any]:
    if model is KnownPerson:
        return {int(key)} if ways is _paths else set()
    paths = ways(model)
    rows = model._default_manager.filter(pk=key).values_list(*paths) if paths else ()
    return {found for row in rows for found in row if found is not None}


@cache
def _paths(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> tuple[str, ...]:
    """Give the ways from a table to people."""
    if model is KnownPerson:
        return ("pk",)
    found = [
        f"{field.name}__{path}"
        for field in _keys(model)
        if _related(field) is not model and _related(field) not in seen
        for path in _paths(_related(field), seen | {model})
    ]
    return (*found, *([_BACK[model]] if model in _BACK else []))


@cache
def _number_paths(
    model: type[Model], seen: frozenset[type[Model]] = frozenset()
) -> tuple[str, ...]:
    """Give the ways from a table to the numbers of children, its own or of what it hangs on."""
    found = [
        f"{field.name}__{path}"
        for field in _keys(model)
        if _related(field) is not model and _related(field) not in seen
        for path in _number_paths(_related(field), seen | {model})
    ]
    return (*found, *([_NUMBER] if _has_number(model) else []))


def _keys(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Give what a table hangs on. A case is of its child alone, and of no sibling in its contact."""
    keys = [each for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]
    if model._meta.app_label != Contact._meta.app_label and KnownPerson in map(_related, keys):
        return [each for each in keys if _related(each) is not Contact]
    return keys


def _related(field: ForeignKey[Any, Any]) -> type[Model]:
    return field.related_model


def _numbers(model: type[Model], values: Mapping[str, Any]) -> list[str]:
    """Give the number a row has of a child; in others a column of this name is the key of a person."""
    return [str(values[_NUMBER])] if _has_number(model) and values.get(_NUMBER) else []


def _has_number(model: type[Model]) -> bool:
    return any(each.name == _NUMBER for each in model._meta.concrete_fields)
