"""Recording people: somebody new only after a search, and what is known of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.records.codes import codes
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.children import identifiers, names
from sightline.service.children.matching import propose_matches
from sightline.service.children.models import Alias, KnownPerson, NameKey
from sightline.service.children.search import was_searched

_IDENTIFIERS = {
    "nhs_number": identifiers.nhs_number,
    "upn": identifiers.unique_pupil_number,
}
_CODED = {"sex": "sex", "ethnicity": "ethnicity"}
_TRIES = 20
NOT_SEARCHED = "Look for them first, under this name: they may be known already."


class NotSearchedError(Exception):
    """Somebody was to be recorded without a search for their name by whoever records them."""


def record_person(*, search: str, by: Person, number: str = "", **known: Any) -> KnownPerson:
    """Record somebody new, after a search; `search` is the `token` of what `find_people` found.

    `known` are fields of `KnownPerson`. The service gives the number, unless `number` is one that the
    authority's records have for the child. `ValidationError` says by field what cannot be; `NotSearchedError`
    where nobody was looked for under this name. Whoever they may be already is proposed as a match.
    """
    names_given = (known.get("first_names", ""), known.get("last_name", ""))
    if not was_searched(search, by, *names_given):
        raise NotSearchedError(NOT_SEARCHED)
    person = KnownPerson(**checked(known), number=number.strip(), made_by=by)
    if not any(names_given) and not person.expected:
        raise ValidationError({"last_name": "Enter a name, or when the child is expected"})
    with transaction.atomic():
        _insert(person)
        index_names(person)
        propose_matches(person)
    return person


def _insert(person: KnownPerson) -> None:
    given = bool(person.number)
    for _ in range(_TRIES):
        person.number = person.number if given else identifiers.new_number()
        person.full_clean()
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError:
            if given:
                raise ValidationError({"number": "Somebody else has this number"}) from None
        else:
            return
    raise RuntimeError(f"No free number was found in {_TRIES} tries.")


def change_person(person: KnownPerson, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is known of a person; `ConflictError` where another did meanwhile."""
    changed = checked({**_as_is(person), **changes})
    with transaction.atomic():
        save_changes(person, version, {name: changed[name] for name in changes})
        person.refresh_from_db()
        index_names(person)
        propose_matches(person)


def _as_is(person: KnownPerson) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("born", "expected", "died")}


def checked(known: Mapping[str, Any]) -> dict[str, Any]:
    """Give fields of a person as they are kept; `ValidationError` says by field what cannot be."""
    clean: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in known.items()
    }
    wrong: dict[str, str] = {}
    for name, read in _IDENTIFIERS.items():
        if clean.get(name):
            try:
                clean[name] = read(clean[name])
            except ValueError as error:
                wrong[name] = str(error)
    for name, listed in _CODED.items():
        if clean.get(name) and clean[name] not in codes(listed):
            wrong[name] = f"“{clean[name]}” is no code of this list"
    unknown = set(clean.get("disabilities", "").split()) - set(codes("disability"))
    if unknown:
        wrong["disabilities"] = f"These are no codes of disability: {', '.join(sorted(unknown))}"
    wrong |= _wrong_days(clean.get("born"), clean.get("expected"), clean.get("died"))
    if wrong:
        raise ValidationError(wrong)
    return clean


def _wrong_days(born: date | None, expected: date | None, died: date | None) -> dict[str, str]:
    today = timezone.localdate()
    wrong = {}
    if born and born > today:
        wrong["born"] = (
            "The date of birth is in the future: for a child not born yet, give when expected"
        )
    if born and born < add_months(today, -12 * 130):
        wrong["born"] = "The date of birth is more than 130 years ago"
    if expected and expected > add_months(today, 10):
        wrong["expected"] = "No child is expected more than 10 months from now"
    if died and (died > today or (born and died < born)):
        wrong["died"] = "The date of death is in the future, or before the date of birth"
    return wrong


def add_alias(person: KnownPerson, *, first_names: str, last_name: str, what: str) -> Alias:
    """Add another name of a person: they are found under it."""
    alias = Alias(
        person=person,
        first_names=first_names.strip(),
        last_name=last_name.strip(),
        what=what.strip(),
    )
    if not alias.name:
        raise ValidationError({"last_name": "Enter a name"})
    alias.full_clean()
    with transaction.atomic():
        alias.save()
        index_names(person)
        propose_matches(person)
    return alias


def remove_alias(alias: Alias) -> None:
    """Take a name away that was written by mistake; the audit keeps it."""
    with transaction.atomic():
        person = alias.person
        alias.delete()
        index_names(person)


def index_names(person: KnownPerson) -> None:
    """Make anew the keys under which a person is found."""
    called = [person.name_given, *(alias.name for alias in person.aliases.all())]
    wanted = names.keys(called)
    there = set(NameKey.objects.filter(person=person).values_list("key", flat=True))
    NameKey.objects.filter(person=person, key__in=there - wanted).delete()
    NameKey.objects.bulk_create(NameKey(person=person, key=key) for key in sorted(wanted - there))
