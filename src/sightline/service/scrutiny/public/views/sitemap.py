"""For search engines: what may be looked at, and every address there is."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from sightline.service.scrutiny.public import visible
from sightline.service.scrutiny.public.caching import for_everybody

_NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
A_PART = 5000
"""Addresses in one part; engines take up to 50,000."""

_PAGES = (
    "public-home",
    "public-committees",
    "public-meetings",
    "public-requests",
    "public-topics",
    "public-members",
    "public-groups",
    "public-follow",
)
_PARTS: dict[str, tuple[str, str, Callable[[], "QuerySet[Any]"]]] = {
    "committees": ("public-committee", "slug", visible.committees),
    "meetings": ("public-meeting", "pk", visible.meetings),
    "items": ("public-item", "pk", visible.items),
    "requests": ("public-request", "pk", visible.asks),
    "topics": ("public-topic", "slug", visible.topics),
    "councillors": ("public-member", "slug", visible.members),
    "groups": ("public-group", "slug", visible.groups),
}


@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """Say that the public site may be searched and nothing else."""
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('public-search')}",
        f"Disallow: {reverse('public-subscribe')}",
        f"Allow: {reverse('public-home')}",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri(reverse('public-sitemap'))}",
    )
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the map."""
    parts = [reverse("public-sitemap-part", args=["pages", 1])]
    for part in _PARTS:
        last = _pages_of(part).num_pages
        parts += [reverse("public-sitemap-part", args=[part, n]) for n in range(1, last + 1)]
    return _xml(request, "index", parts)


@for_everybody
def sitemap_part(request: HttpRequest, part: str, number: int) -> HttpResponse:
    """List the addresses of one part."""
    if part == "pages" and number == 1:
        return _xml(request, "part", [reverse(name) for name in _PAGES])
    if part not in _PARTS or not 1 <= number <= _pages_of(part).num_pages:
        raise Http404
    name = _PARTS[part][0]
    keys = _pages_of(part).page(number).object_list
    return _xml(request, "part", (reverse(name, args=[key]) for key in keys))


def _pages_of(part: str) -> "Paginator[Any]":
    _, field, rows = _PARTS[part]
    return Paginator(rows().order_by("pk").values_list(field, flat=True), A_PART)


def _xml(request: HttpRequest, kind: str, paths: Iterable[str]) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    whole, each = ("sitemapindex", "sitemap") if kind == "index" else ("urlset", "url")
    lines = (f"<{each}><loc>{escape(site + path)}</loc></{each}>\n" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_NAMES}">{"".join(lines)}</{whole}>\n'
    return HttpResponse(text, content_type="application/xml")
