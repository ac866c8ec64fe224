"""The addresses of figures' pages."""

from urllib.parse import urlencode

from django.urls import reverse

from sightline.indicators.definition import Definition
from sightline.indicators.engine import Period


def part_slug(part: str) -> str:
    """Write a part of an indicator as an address has it; `whole` where there is none."""
    return part.replace(" ", "-") or "whole"


def indicator_address(definition: Definition, query: str = "") -> str:
    """Give the address of an indicator's page."""
    return reverse("indicator", args=[definition.code, part_slug(definition.part)]) + query


def children_address(definition: Definition, period: Period, by: str = "", group: str = "") -> str:
    """Give the address of the list of children behind a figure."""
    asked = {"from": period[0].isoformat(), "to": period[1].isoformat()}
    if by:
        asked |= {"by": by, "group": group}
    path = reverse("indicator-children", args=[definition.code, part_slug(definition.part)])
    return f"{path}?{urlencode(asked)}"
