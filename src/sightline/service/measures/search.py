"""Search by indicator or code, from any page; and the catalogue of every indicator."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.indicators.definition import Definition, catalogue
from sightline.service.measures.addresses import indicator_address
from sightline.service.measures.looking import Look, looks

_MOST_ASKED = 200


@looks
def search(request: HttpRequest, look: Look) -> HttpResponse:
    """Find indicators; a code that is just one indicator's leads straight to it."""
    asked = request.GET.get("q", "").strip()[:_MOST_ASKED]
    kept = look.reading.figures(protected=look.protected)
    exact = [d for d in kept.windows if d.code.lower() == asked.lower().replace(" ", "-")]
    if exact:
        return redirect(indicator_address(exact[0], look.query))
    found = _found(asked)
    reasons = {each.definition: each.reason for each in kept.not_computed}
    return render(
        request,
        "measures/search.html",
        {
            "look": look,
            "asked": asked,
            "found": [_linked(look, d, d in kept.windows, reasons.get(d, "")) for d in found],
        },
    )


def _linked(look: Look, definition: Definition, computed: bool, reason: str) -> dict[str, Any]:
    return {
        "definition": definition,
        "href": indicator_address(definition, look.query) if computed else "",
        "reason": reason,
    }


def _found(asked: str) -> list[Definition]:
    """Give the newest version of each indicator that has every word asked for, all if none is."""
    newest: dict[tuple[str, str], Definition] = {}
    for each in catalogue():
        newest[each.code, each.part] = each
    words = re.findall(r"\w+", asked.lower())

    def has(definition: Definition) -> bool:
        text = " ".join(
            (
                definition.code,
                definition.title,
                definition.part,
                definition.area,
                definition.definition,
            )
        ).lower()
        return all(word in text for word in words)

    return [each for each in newest.values() if has(each)]
