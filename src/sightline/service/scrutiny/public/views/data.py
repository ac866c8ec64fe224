"""The open records as JSON: lists in pages, one record, and the schema of all."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sightline.service.scrutiny.public import open_data
from sightline.service.scrutiny.public.caching import for_everybody

A_PAGE = 100


@for_everybody
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a page of the records of a kind."""
    record = _record(kind)
    found = Paginator(record.rows(), A_PAGE).get_page(request.GET.get("page"))
    following = ""
    if found.has_next():
        path = reverse("public-data-list", args=[kind])
        following = request.build_absolute_uri(f"{path}?page={found.next_page_number()}")
    return _json(
        {
            "kind": record.name,
            "page": found.number,
            "pages": found.paginator.num_pages,
            "total": found.paginator.count,
            "next": following or None,
            "records": [record.make(request, row) for row in found],
        }
    )


@for_everybody
def one_record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give one record."""
    record = _record(kind)
    return _json(record.make(request, get_object_or_404(record.rows(), pk=pk)))


@for_everybody
def schema(request: HttpRequest) -> HttpResponse:
    """Give the JSON Schema of the records."""
    return _json(open_data.schema())


def _record(kind: str) -> open_data.Record:
    if kind not in open_data.RECORDS:
        raise Http404
    return open_data.RECORDS[kind]


def _json(told: open_data.Said) -> JsonResponse:
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    # Anybody's page may read it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
