"""The children behind a figure, for those who may open them; each list and each child is on record."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.indicators.definition import Definition
from sightline.indicators.engine import Period
from sightline.present import words
from sightline.present.report import Within
from sightline.records import TABLES
from sightline.records.codes import codes
from sightline.records.model import Column
from sightline.service.accounts.gate import refuse
from sightline.service.accounts.policies import BREAK_GLASS, OPEN_CHILDREN
from sightline.service.audit.record import refused, viewed_children
from sightline.service.children.access import own_rows
from sightline.service.children.merged import numbers_with
from sightline.service.children.queries import hidden_from
from sightline.service.measures.addresses import children_address, indicator_address
from sightline.service.measures.child_references import child_of, reference_of
from sightline.service.measures.indicator import find_definition
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.parted import hidden_in, parted_from, rows_as_parted

PAGE = 50
_PLACES = ("file", "sheet", "line")


class BehindForm(forms.Form):
    """Which figure's children: its period, and its group where it is of one."""

    start = forms.DateField()
    end = forms.DateField()
    by = forms.CharField(required=False)
    group = forms.CharField(required=False)

    @classmethod
    def of(cls, request: HttpRequest) -> "BehindForm":
        """Read it from an address."""
        asked = request.GET
        return cls(
            {
                "start": asked.get("from"),
                "end": asked.get("to"),
                "by": asked.get("by", ""),
                "group": asked.get("group", ""),
            }
        )


@looks
def children(request: HttpRequest, look: Look, code: str, part: str) -> HttpResponse:
    """List the rows behind a figure that lie in the person's remit."""
    definition = find_definition(look, code, part)
    form = BehindForm.of(request)
    if not form.is_valid() or form.cleaned_data["end"] < form.cleaned_data["start"]:
        raise Http404("The address does not say which period.")
    asked = form.cleaned_data
    # A worker's name is no part of an address.
    known = {*definition.dimensions, ""} - {"worker"}
    if definition.is_about_workers or asked["by"] not in known:
        raise Http404("There are no children behind this figure.")
    period, number = (asked["start"], asked["end"]), page_number(request)
    remit, hidden = OPEN_CHILDREN.remit(look.person), hidden_in(look.reading, look.person)
    rows = partial(
        look.reading.evidence, definition, period, remit, by=asked["by"], group=asked["group"]
    )
    restricted = 0
    with transaction.atomic():
        found = rows(
            without=hidden,
            without_contacts=look.reading.contacts_of(hidden),
            limit=PAGE,
            offset=(number - 1) * PAGE,
        )
        if hidden:
            restricted = rows(limit=0).total - found.total
        place = found.columns.index("child_id")
        ids = [str(row[place]) for row in found.rows]
        viewed_children(f"{definition.code} {period[0]} to {period[1]}", ids)
    shown = [name for name in found.columns if name not in ("child_id", *_PLACES)]
    return render(
        request,
        "measures/children.html",
        {
            "look": look,
            "definition": definition,
            "when": words.capitalised(words.period(*period)),
            "group": asked["group"],
            "columns": [{"text": _heading(name)} for name in ("Child", *shown)],
            "rows": [
                {
                    "child": row[place],
                    "reference": reference_of(str(row[place])),
                    "cells": [_cell(row[found.columns.index(name)]) for name in shown],
                }
                for row in found.rows
            ],
            "found": found,
            "restricted": restricted,
            "outside": found.left_out - restricted,
            "may_break_glass": BREAK_GLASS.allows(look.person),
            "remit": remit,
            "page": Paginator(range(found.total), PAGE).get_page(number),
            "back": indicator_address(definition, look.query),
        },
    )


children.policy = OPEN_CHILDREN


def page_number(request: HttpRequest) -> int:
    """Give the number of the page asked for; 404 where it is no number."""
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    if not number:
        raise Http404("There is no such page.")
    return number


_IN_CAPITALS = ("upn", "nhs", "uasc")
"""Words of the records' columns that are letters, not words."""


def _heading(name: str) -> str:
    said = (word.upper() if word in _IN_CAPITALS else word for word in name.split("_"))
    return words.capitalised(" ".join(said))


def _told(column: Column | None, value: object) -> str:
    """Write a value; where it is of a list of codes, with what the code means."""
    text = _cell(value)
    meaning = codes(column.codes).get(text, "") if column and column.codes else ""
    return f"{text}: {meaning}" if meaning and meaning != text else text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return f"{value:g}"
    return words.day(value) if isinstance(value, date) else str(value)


@looks
def not_seen(request: HttpRequest, look: Look, code: str) -> HttpResponse:
    """List the children not seen whom the person may open, those waiting longest first."""
    lists = {each.code: each for each in look.reading.unseen(look.within)}
    if code not in lists or lists[code].total is None:
        raise Http404("There is no such list.")
    chosen = lists[code]
    remit, hidden = OPEN_CHILDREN.remit(look.person), hidden_in(look.reading, look.person)
    mine = [
        child
        for child in chosen.children
        if remit.covers({"district": child.district, "team": child.team, "worker": child.worker})
    ]
    open_to_me = [child for child in mine if child.child_id not in hidden]
    page = Paginator(open_to_me, PAGE).get_page(page_number(request))
    viewed_children(f"{code} not seen", [child.child_id for child in page])
    return render(
        request,
        "measures/not_seen.html",
        {
            "look": look,
            "list": chosen,
            "page": page,
            "children": [(child, reference_of(child.child_id)) for child in page],
            "restricted": len(mine) - len(open_to_me),
            "outside": len(chosen.children) - len(mine),
            "may_break_glass": BREAK_GLASS.allows(look.person),
            "remit": remit,
        },
    )


not_seen.policy = OPEN_CHILDREN


@looks
def child(request: HttpRequest, look: Look, reference: str) -> HttpResponse:
    """Show every row the records have of one child. Opening it is on record, and so is a refusal."""
    child_id = child_of(look.reading, reference)
    if child_id is None:
        raise Http404("There is no such child in what is published.")
    remit = OPEN_CHILDREN.remit(look.person)
    if not remit.whole and not any(map(remit.covers, own_rows(numbers_with(child_id)))):
        refuse(request, OPEN_CHILDREN, child_id)
    hidden = hidden_from(look.person)
    if child_id in hidden:
        refused(request, OPEN_CHILDREN.name, child_id)
        context = {"look": look, "may_break_glass": BREAK_GLASS.allows(look.person)}
        return render(request, "measures/restricted.html", context, status=403)
    viewed_children("child's record", [child_id])
    contacts = look.reading.contacts_of(hidden)
    tables = {
        name: _without(contacts, *table)
        for name, table in rows_as_parted(look.reading, child_id).items()
    }
    return render(
        request,
        "measures/child.html",
        {
            "look": look,
            "child_id": child_id,
            "tables": [_table(name, *table) for name, table in tables.items() if table[1]],
            "is_parted": bool(parted_from(look.reading, child_id)),
        },
    )


child.policy = OPEN_CHILDREN


def _without(
    contacts: frozenset[str], columns: list[str], rows: list[tuple[Any, ...]]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Leave out rows of contacts that are about a child hidden from whoever looks too."""
    if not contacts or "contact_id" not in columns:
        return columns, rows
    place = columns.index("contact_id")
    return columns, [row for row in rows if row[place] not in contacts]


def _table(name: str, columns: list[str], rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    shown = [
        place
        for place, column in enumerate(columns)
        if column not in ("child_id", *_PLACES) and any(row[place] is not None for row in rows)
    ]
    of = {column.name: column for column in TABLES[name].columns}
    return {
        "title": _heading(name),
        "meaning": TABLES[name].meaning,
        "columns": [{"text": _heading(columns[place])} for place in shown],
        "rows": [[_told(of.get(columns[place]), row[place]) for place in shown] for row in rows],
    }


def behind_address(definition: Definition, period: Period, within: Within | None) -> str:
    """Give the address of the children behind a figure within an area."""
    group = (within.by, within.group) if within else ("", "")
    return children_address(definition, period, *group)
