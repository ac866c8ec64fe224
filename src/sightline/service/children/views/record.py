"""A person's record on one page, and the chronology of everything that is known of them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.records.codes import codes
from sightline.service.accounts.gate import asker
from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_FAMILIES, MERGE_PEOPLE, OPEN_CHILDREN
from sightline.service.audit.models import Verb
from sightline.service.audit.record import viewed_children
from sightline.service.children import actions
from sightline.service.children.access import covers
from sightline.service.children.chronology import Entry, areas, entries_of
from sightline.service.children.forms.people import NeedsForm, WhoForm
from sightline.service.children.households import homes_of, household
from sightline.service.children.models import (
    Involvement,
    KnownPerson,
    Merge,
    PossibleMatch,
    Residence,
)
from sightline.service.children.models.known import YesNo
from sightline.service.children.open_work import open_with
from sightline.service.children.opened import Opened, of_person, opened_of
from sightline.service.children.relationships import relatives_of
from sightline.service.children.views.parts import changes_in, form_page
from sightline.service.children.words import day, span

A_PAGE = 50
_FORM = ["GET", "HEAD", "POST"]


@require_safe
@of_person(OPEN_CHILDREN)
def known_person(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Show a person's record on one page."""
    by, opened = asker(request), opened_of(request)
    today = timezone.localdate()
    hidden, rows = opened.hidden, opened.rows
    may_keep = covers(by, KEEP_FAMILIES, rows)
    homes = [_home(each, opened, today, told=may_keep) for each in homes_of(person)]
    relatives = relatives_of(person, hidden)
    agencies = list(Involvement.objects.filter(person=person).select_related("agency"))
    viewed_children("record", [person.number])
    context = {
        "person": person,
        "may_keep": may_keep,
        "may_merge": covers(by, MERGE_PEOPLE, rows),
        "who": _who(opened.records, today),
        "needs": _needs(opened.records),
        "aliases": list(person.aliases.all()),
        "open": open_with(person, by),
        "homes": [each for each in homes if not each["over"]],
        "former_homes": [each for each in homes if each["over"]],
        "relatives": relatives,
        "no_contact": [each for each in relatives if each.row.no_contact and not each.over],
        "agencies": [each for each in agencies if each.ends is None or each.ends >= today],
        "former_agencies": [
            each for each in agencies if each.ends is not None and each.ends < today
        ],
        "matches": _matches(person, hidden),
        "merges": _merges(opened.records),
        "columns": {
            "open": columns("What", "Since", "Whose", "Due"),
            "relatives": columns("Name", "Who they are", "Parental responsibility", "When"),
            "agencies": columns("Agency", "Who", "How to reach them", "When"),
        },
    }
    return render(request, "children/known_person.html", context)


NOT_TOLD = "An address that is not to be told"


def _home(home: Residence, opened: Opened, today: date, *, told: bool) -> dict[str, Any]:
    """Give what is shown of a home; with `told` one that is secret as well, as to those who work there."""
    over = home.ends is not None and home.ends < today
    secret: bool = home.secret  # type: ignore[attr-defined]
    told = told or not secret
    others = household(home.address, today) if told and not over else []
    return {
        "row": home,
        "secret": secret,
        "told": told,
        "over": over,
        "when": span(home.starts, home.ends),
        "lines": [*home.address.lines.splitlines(), home.address.postcode] if told else [NOT_TOLD],
        "others": [
            each.person
            for each in others
            if each.person_id != opened.person.pk and each.person_id not in opened.hidden
        ],
    }


Records = Sequence[KnownPerson]


def _said(records: Records, tell: Callable[[KnownPerson], str]) -> str:
    """Give what the record says, or where it does not, what one that went into it says, and which."""
    for each in records:
        if said := tell(each):
            return said if each is records[0] else f"{said} (in record {each.number})"
    return ""


def _who(records: Records, today: date) -> list[dict[str, str]]:
    facts: list[tuple[str, Callable[[KnownPerson], str]]] = [
        ("Date of birth", lambda each: _born(each, today)),
        ("Date of death", lambda each: day(each.died) if each.died else ""),
        ("Sex", lambda each: codes("sex").get(each.sex, "")),
        ("NHS number", lambda each: _grouped(each.nhs_number)),
        ("Unique pupil number", lambda each: each.upn),
        ("Telephone", lambda each: each.phone),
        ("E-mail address", lambda each: each.email),
    ]
    always = {"Date of birth", "NHS number"}
    return [
        {"key": key, "value": value or "Not known"}
        for key, tell in facts
        if (value := _said(records, tell)) or key in always
    ]


def _born(person: KnownPerson, today: date) -> str:
    if person.born:
        age = f" ({_age(person.born, person.died or today)})"
        return f"{day(person.born)}{', an estimate' if person.born_is_estimated else ''}{age}"
    return f"expected {day(person.expected)}" if person.expected else ""


def _age(born: date, on: date) -> str:
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return f"aged {months // 12}"
    return f"{months} month{'' if months == 1 else 's'} old"


def _grouped(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


def _needs(records: Records) -> list[dict[str, str]]:
    facts: list[tuple[str, Callable[[KnownPerson], str], str]] = [
        ("Ethnicity", lambda each: codes("ethnicity").get(each.ethnicity, ""), "Not recorded"),
        ("First language", lambda each: each.first_language, "Not recorded"),
        ("Interpreter needed", lambda each: _answer(each, "needs_interpreter"), _NOT_KNOWN),
        ("Disabled", _disabled, _NOT_KNOWN),
        ("How they communicate", lambda each: each.communication, "Not recorded"),
    ]
    return [{"key": key, "value": _said(records, tell) or none} for key, tell, none in facts]


_NOT_KNOWN = str(YesNo.UNKNOWN.label)


def _answer(person: KnownPerson, question: str) -> str:
    given = getattr(person, question)
    return "" if given == YesNo.UNKNOWN else str(YesNo(given).label)


def _disabled(person: KnownPerson) -> str:
    labels = codes("disability")
    which = ", ".join(labels.get(code, code).lower() for code in person.disabilities.split())
    said = _answer(person, "disabled")
    return f"{said}: {which}" if which else said


def _matches(person: KnownPerson, hidden: frozenset[int]) -> list[PossibleMatch]:
    found = PossibleMatch.objects.filter(state=PossibleMatch.State.OPEN)
    keys = list(found.filter(Q(one=person) | Q(other=person)).values_list("pk", flat=True))
    if not keys:
        return []
    return [
        each
        for each in found.filter(pk__in=among(keys)).select_related("one", "other")
        if {each.one_id, each.other_id}.isdisjoint(hidden)
        and not (each.one.merged_into_id or each.other.merged_into_id)
    ]


def _merges(records: list[KnownPerson]) -> list[Merge]:
    if len(records) == 1:
        return []
    return list(
        Merge.objects.filter(parted_at=None, gone__in=records[1:])
        .select_related("gone", "kept", "by")
        .order_by("at")
    )


_PARTS: dict[str, tuple[type[WhoForm | NeedsForm], str]] = {
    "who": (WhoForm, "Change who they are"),
    "needs": (NeedsForm, "Change language, disability and communication"),
}


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def change(request: HttpRequest, person: KnownPerson, part: str) -> HttpResponse:
    """Change a part of what is known of a person."""
    if part not in _PARTS:
        raise Http404("There is no such part of a record.")
    kind, title = _PARTS[part]
    form = kind(sent(request), instance=KnownPerson.objects.get(pk=person.pk))

    def save(filled: forms.BaseForm) -> None:
        given = filled.cleaned_data
        actions.change_person(person, given["version"], changes_in(filled, person))

    return form_page(
        request, person, form, save, title=title, done="The change is saved.", proposes=True
    )


_DAY: dict[str, Any] = {
    "help_text": "For example 27/3/2026",
    "input_formats": ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
    "error_messages": {"invalid": "Enter a day as 27/3/2026"},
}


class ChronologyFilter(forms.Form):
    """What of a chronology is shown."""

    mark_optional = False

    area = forms.ChoiceField(label="From", required=False)
    since = forms.DateField(label="Since", required=False, **_DAY)
    until = forms.DateField(label="Until", required=False, **_DAY)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)  # noqa: S101 - as above
        area.choices = [("", "Everything"), *((each, each) for each in areas())]


@require_safe
@of_person(OPEN_CHILDREN)
def chronology(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Show everything dated of a person, the latest first; `?whole=1` without pages, to print."""
    form = ChronologyFilter(request.GET if set(request.GET) - {"page", "whole"} else None)
    narrowed = form.cleaned_data if form.is_valid() else {}
    found = _narrowed(person, asker(request), narrowed)
    whole = request.GET.get("whole") == "1"
    pages = Paginator(found, max(len(found), 1) if whole else A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    viewed_children("chronology", [person.number], verb=Verb.EXPORT if whole else Verb.VIEW)
    context = {
        "person": person,
        "form": form,
        "page": page,
        "whole": whole,
        "narrowed": any(narrowed.values()),
        "clear": reverse("chronology", args=[person.pk]),
        "now": timezone.now(),
        "columns": columns("When", "What", "By", "From"),
    }
    return render(request, "children/chronology.html", context)


def _narrowed(person: KnownPerson, by: Person, narrowed: dict[str, Any]) -> list[Entry]:
    since, until = narrowed.get("since"), narrowed.get("until")
    return [
        each
        for each in entries_of(person, by, narrowed.get("area", ""))
        if (not since or each.day >= since) and (not until or each.day <= until)
    ]
