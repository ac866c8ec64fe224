"""What all public pages have: their navigation, and a list in pages."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

A_PAGE = 25
Row = TypeVar("Row")
Shown = TypeVar("Shown")


class Place(NamedTuple):
    """A place in the navigation."""

    label: str
    href: str
    current: str


_PLACES = (
    ("Home", "public-home"),
    ("Committees", "public-committees"),
    ("Meetings", "public-meetings"),
    ("Requests", "public-requests"),
    ("Topics", "public-topics"),
    ("Councillors", "public-members"),
    ("Follow", "public-follow"),
)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, within: str = ""
) -> HttpResponse:
    """Answer with a page. `within`: the name of the place of the navigation in which it stands.

    Its context has nothing of whoever asks, so that all get the same.
    """
    places = [
        Place(label, href, "page" if request.path == href else "true" if name == within else "")
        for label, name in _PLACES
        for href in (reverse(name),)
    ]
    return render(request, f"scrutiny/public/{template}.html", {"site_places": places, **context})


def paged(
    request: HttpRequest,
    rows: Any,
    show: Callable[[Sequence[Any]], Sequence[Any]],
    of: int = A_PAGE,
) -> "Page[Any]":
    """Give a page of a list, whatever page is asked for, with its rows shown."""
    found = Paginator(rows, of).get_page(request.GET.get("page"))
    found.object_list = show(list(found.object_list))
    return found
