"""One indicator: its figure, its run, its breakdowns, what is published of others, and its definition."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.clocks.months import periods
from sightline.indicators.definition import Definition
from sightline.indicators.figures import Figure
from sightline.present.report import IndicatorPage, NoSuchGroupError, Within
from sightline.service.accounts.policies import ANNOTATE, OPEN_CHILDREN
from sightline.service.measures.addresses import children_address, indicator_address, part_slug
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.notes import NoteForm, notes_on, page_with_notes


def find_definition(look: Look, code: str, part: str = "") -> Definition:
    """Give the definition in force of an indicator that an address names; 404 if there is none."""
    found = look.reading.definitions(code.upper(), protected=look.protected)
    for each in found:
        if part in ("", part_slug(each.part)):
            return each
    raise Http404(f"There are no figures of {code}.")


def find_page(look: Look, code: str, part: str) -> IndicatorPage:
    """Give the page that an address names; 404 if it has no figures, or none within the area."""
    definition = find_definition(look, code, part)
    try:
        return look.reading.page(definition, look.within, protected=look.protected)
    except NoSuchGroupError as error:
        raise Http404(str(error)) from error


@looks
def indicator(request: HttpRequest, look: Look, code: str, part: str = "") -> HttpResponse:
    """Show one indicator."""
    page = find_page(look, code, part)
    definition = page.definition
    notes = notes_on(definition, look.within)
    page = page_with_notes(page, notes)
    return render(
        request,
        "measures/indicator.html",
        {
            "look": look,
            "page": page,
            "parts": _parts(look, definition),
            # Asked for only where the breakdowns are not kept.
            "breakdowns": lambda: _breakdowns(look, page, first=True),
            "more_breakdowns": lambda: _breakdowns(look, page, first=False),
            "names_workers": bool(OPEN_CHILDREN.remit(look.person)),
            "children": _children(look, page),
            "notes": notes,
            "note_form": NoteForm(page) if ANNOTATE.allows(look.person) else None,
            "part_slug": part_slug(definition.part),
            "own_address": indicator_address(definition, look.query),
            "years": _years(look, page),
            "whole": indicator_address(definition, replace(look, within=None).query),
        },
    )


def _years(look: Look, page: IndicatorPage) -> list[Figure]:
    """Give each year's figure within an area whose run is not published, oldest first."""
    within = look.within
    if within is None or not look.protected or page.definition.is_profile:
        return []

    def make() -> list[Figure]:
        kept = look.reading.figures(protected=True)
        return [
            figure
            for figure in kept.of(page.definition, (within.by,))
            if (figure.by, figure.group) == (within.by, within.group)
            if (period := (figure.period_start, figure.period_end))
            in periods("year", period[1], period[1])
        ]

    return look.reading.keep(("years", page.definition, within), make)


def _parts(look: Look, definition: Definition) -> list[dict[str, Any]]:
    every = look.reading.definitions(definition.code, protected=look.protected)
    if len(every) < 2:
        return []
    return [
        {
            "text": each.part.capitalize(),
            "href": indicator_address(each, look.query),
            "current": each == definition,
        }
        for each in every
    ]


FIRST = ("category", "district", "team", "organisation", "department")
"""Breakdowns that are open on the page; the others open when asked for."""


def _breakdowns(look: Look, page: IndicatorPage, *, first: bool) -> list[dict[str, Any]]:
    """Give the breakdowns. By worker they are for those who work with the children alone."""
    return [
        _rows(look, page, each)
        for each in page.breakdowns
        if (each.by in FIRST) is first
        if each.by != "worker" or OPEN_CHILDREN.remit(look.person)
    ]


def _children(look: Look, page: IndicatorPage) -> str:
    """Give the address of the children behind the headline figure, for those who may open any."""
    if page.definition.is_about_workers or not OPEN_CHILDREN.remit(look.person):
        return ""
    group = (look.within.by, look.within.group) if look.within else ("", "")
    return children_address(page.definition, page.period, *group)


def _rows(look: Look, page: IndicatorPage, breakdown: Any) -> dict[str, Any]:
    """Give a breakdown with the addresses of its groups: their own page, and the children of each."""
    may_open = bool(_children(look, page))
    rows = []
    for row in breakdown.rows:
        within = Within(breakdown.by, row.group)
        own = breakdown.by in ("district", "team") and row.group in look.reading.groups(
            breakdown.by, protected=look.protected
        )
        rows.append(
            {
                "row": row,
                "href": indicator_address(page.definition, replace(look, within=within).query)
                if own
                else "",
                "children": children_address(page.definition, page.period, breakdown.by, row.group)
                if may_open and breakdown.by != "worker" and row.now.numerator is not None
                else "",
            }
        )
    return {"breakdown": breakdown, "rows": rows}
