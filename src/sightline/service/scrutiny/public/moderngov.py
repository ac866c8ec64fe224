"""Addresses that a council's ModernGov site had, sent on to the same thing here.

Documents that ModernGov keeps under numbers of its own (`mgConvert2PDF.aspx`) are not known here.
"""

import re
from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse

from sightline.service.scrutiny.models import Item, Meeting
from sightline.service.scrutiny.public import visible
from sightline.service.scrutiny.public.caching import for_everybody

_LARGEST = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,20}")


Given = dict[str, int]


@for_everybody
def moderngov(request: HttpRequest, page: str) -> HttpResponse:
    """Send on from a page."""
    find = _PAGES.get(page.lower())
    address = find(_numbers(request)) if find else ""
    return _send_on(address)


@for_everybody
def document(request: HttpRequest, meeting: int, name: str) -> HttpResponse:
    """Send on from a printed document of a meeting: to the pack, or to the meeting for its minutes.

    `T` in the address says which: 0 is the front sheet of the agenda, 10 the reports pack.
    """
    found = _meetings().filter(moderngov_id=min(meeting, _LARGEST)).first()
    if found is None:
        raise Http404
    if _numbers(request).get("t") in (0, 10):
        pack = visible.packs().filter(meeting=found.pk).order_by("number").first()
        if pack is not None:
            return _send_on(reverse("public-pack", args=[pack.pk]))
    return _send_on(reverse("public-meeting", args=[found.pk]))


def _numbers(request: HttpRequest) -> Given:
    """Give the numbers in the address, by their names in small letters, as ModernGov does not tell apart."""
    return {
        name.lower(): min(int(value), _LARGEST)
        for name, value in request.GET.items()
        if isinstance(value, str) and _NUMBER.fullmatch(value)
    }


def _send_on(address: str) -> HttpResponse:
    if not address:
        raise Http404
    return HttpResponsePermanentRedirect(address)


def _committee(number: int | None) -> str:
    slug = (
        visible.committees()
        .filter(moderngov_id=number, moderngov_id__isnull=False)
        .values_list("slug", flat=True)
        .first()
    )
    return reverse("public-committee", args=[slug]) if slug else ""


def _meetings() -> QuerySet[Meeting]:
    return visible.meetings().filter(moderngov_id__isnull=False)


def _meeting(number: int | None, part: str = "") -> str:
    pk = _meetings().filter(moderngov_id=number).values_list("pk", flat=True).first()
    return f"{reverse('public-meeting', args=[pk])}{part}" if pk else ""


def _item(number: int | None) -> str:
    found: Item | None = (
        visible.items().filter(moderngov_id=number, moderngov_id__isnull=False).first()
    )
    return reverse("public-item", args=[found.pk]) if found else ""


def _topic(number: int | None) -> str:
    found = visible.topics().filter(moderngov_id=number, moderngov_id__isnull=False).first()
    return reverse("public-topic", args=[found.slug]) if found else ""


def _member(number: int | None) -> str:
    found = visible.members().filter(moderngov_id=number, moderngov_id__isnull=False).first()
    return reverse("public-member", args=[found.slug]) if found else ""


_PAGES: dict[str, Callable[[Given], str]] = {
    "mglistcommittees": lambda given: reverse("public-committees"),
    "mgcommitteedetails": lambda given: _committee(given.get("id")),
    "ielistmeetings": lambda given: _committee(given.get("cid", given.get("committeeid"))),
    "ielistdocuments": lambda given: (
        _meeting(given["mid"]) if "mid" in given else _committee(given.get("cid"))
    ),
    "mgai": lambda given: _item(given.get("id")),
    "iedecisiondetails": lambda given: _item(given.get("aiid", given.get("id"))),
    "ieissuedetails": lambda given: _topic(given.get("iid")),
    "mgissuehistoryhome": lambda given: _topic(given.get("iid")),
    "mgmeetingattendance": lambda given: _meeting(given.get("id"), "#attendance"),
    "mguserinfo": lambda given: _member(given.get("uid")),
    "mgmemberindex": lambda given: reverse("public-members"),
}
"""The pages of ModernGov that have one here, in small letters, and how its address is found."""

urlpatterns: list[URLPattern] = [
    path("<slug:page>.aspx", moderngov, name="moderngov"),
    path("documents/g<int:meeting>/<path:name>", document, name="moderngov-document"),
]
