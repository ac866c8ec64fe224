"""Where children stand: those not seen first, then every indicator by area."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.indicators.rag import Rag
from sightline.present import words
from sightline.present.report import IndicatorPage, UnseenList
from sightline.service.accounts.policies import OPEN_CHILDREN, REVIEW_BREAK_GLASS
from sightline.service.children.queries import openings
from sightline.service.measures.addresses import indicator_address
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.models import SavedView
from sightline.service.measures.reading import AreaPages

NOT_SEEN = ("CP-15", "CI-06", "LA-09")
"""The indicators of children not seen, whose figures stand first."""


@looks
def overview(request: HttpRequest, look: Look) -> HttpResponse:
    """Show every indicator within an area, children not seen first."""
    areas = look.reading.overview(look.within, protected=look.protected)
    return render(
        request,
        "measures/overview.html",
        {
            "look": look,
            # Asked for only where the page is not kept.
            "not_seen": lambda: _not_seen(look, areas),
            "areas": lambda: _areas(look, areas),
            "attention": lambda: _attention(look, areas),
            "kept": look.reading.figures(protected=look.protected),
            "waiting": openings(reviewed=False).exclude(person=look.person).count()
            if REVIEW_BREAK_GLASS.allows(look.person)
            else 0,
            "may_open": bool(OPEN_CHILDREN.remit(look.person)),
            "saved": SavedView.objects.filter(person=look.person)[:20],
        },
    )


def _linked(look: Look, page: IndicatorPage) -> dict[str, Any]:
    return {"page": page, "href": indicator_address(page.definition, look.query)}


def _areas(look: Look, areas: Sequence[AreaPages]) -> list[dict[str, Any]]:
    return [
        {
            "name": area.name,
            "id": area.name.lower().replace(" ", "-"),
            "rows": [_linked(look, page) for page in area.pages],
            "empty": [page.name for page in area.empty],
        }
        for area in areas
    ]


def _attention(look: Look, areas: Sequence[AreaPages]) -> dict[str, list[dict[str, Any]]]:
    """Give what is off target, and whose latest point is a signal."""
    pages = [page for area in areas for page in area.pages]
    return {
        "off_target": [_linked(look, page) for page in pages if page.rag is Rag.RED],
        "concern": [
            _linked(look, page) for page in pages if page.run and page.run.latest == "concern"
        ],
        "improvement": [
            _linked(look, page) for page in pages if page.run and page.run.latest == "improvement"
        ],
    }


def _not_seen(look: Look, areas: Sequence[AreaPages]) -> list[dict[str, Any]]:
    """Give a card for each list of children not seen; where small numbers are protected, the figure's."""
    if look.protected:
        pages = {page.code: page for area in areas for page in area.pages}
        return [
            {"title": page.name, "value": words.value(page.current), "sentence": page.when}
            for code in NOT_SEEN
            if (page := pages.get(code))
        ]
    return [_card(each) for each in look.reading.unseen(look.within)]


def _card(each: UnseenList) -> dict[str, Any]:
    if each.total is None:
        return {"title": each.title, "value": words.NOT_KNOWN, "sentence": each.sentence}
    never = sum(group.never for group in each.groups)
    return {
        "title": each.title,
        "value": words.count(each.total),
        "never": never,
        "sentence": each.sentence,
        "caution": each.caution,
        "code": each.code,
    }
