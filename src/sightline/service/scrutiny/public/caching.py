"""How pages for everybody are answered: the same for all, kept by caches for a while, not sent twice."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.http import require_safe

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import ANYBODY

SECONDS = 60
"""How long a cache may keep an answer; so long may something still be seen that was withdrawn."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def for_everybody(view: View) -> View:
    """Let anybody read a page, tell caches that they may keep it, and answer 304 where it is known.

    The tag is of what would be sent, so that it changes with whatever the page says, and not otherwise.
    A view that sets its own tag is asked by that.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        response = view(request, *args, **given)
        if response.status_code in (200, 301):
            response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS}")
        if response.status_code != 200 or not isinstance(response, HttpResponse):
            return response
        if "ETag" not in response.headers:
            stamp(response, etag=hashlib.sha256(response.content).hexdigest()[:32])
        return if_not_known(request, response)

    return policy(ANYBODY)(require_safe(answer))  # type: ignore[return-value]


def stamp(response: HttpResponse, *, etag: str = "", changed: datetime | None = None) -> None:
    """Give an answer its tag, and when what it says last changed."""
    if etag:
        response.headers["ETag"] = quote_etag(etag)
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())


def if_not_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Give the answer, or that it is what the reader has already."""
    changed = response.headers.get("Last-Modified")
    answer = get_conditional_response(
        request,
        etag=response.headers["ETag"],
        last_modified=parse_http_date_safe(changed) if changed else None,
        response=response,
    )
    return response if answer is None else answer
