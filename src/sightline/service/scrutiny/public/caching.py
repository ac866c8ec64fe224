"""How pages for everybody are answered: the same for all, made once, and not sent twice.

A page is kept by each process until the audit, which is told of every change of every row, tells of one of
scrutiny, and not beyond the hour: with time what is dated ahead becomes public, and nothing private. So what
is kept is behind the database by `PUBLIC_MARK_SECONDS` at most. Caches on the way keep it for `SECONDS`.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import cache, wraps
from threading import Lock
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.http import require_safe

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import ANYBODY
from sightline.service.audit.queries import latest_mark
from sightline.service.scrutiny.models import PublishedText, Subscription

SECONDS = 60
"""How long a cache may keep an answer; so long may something still be seen that was withdrawn."""
_MOST = 200
"""Pages that a process keeps, those asked for last."""
_LARGEST = 256 * 1024
"""Bytes of a page that is kept."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class _Kept:
    """The pages a process keeps, each with the mark under which it was made."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, tuple[str, bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, mark: str) -> HttpResponse | None:
        """Give the page of an address as it was made under the mark."""
        with self._lock:
            made, content, headers = self._pages.get(address, ("", b"", {}))
            if made != mark:
                return None
            self._pages.move_to_end(address)
        return HttpResponse(content, headers=headers)

    def forget(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()

    def keep(self, address: str, mark: str, page: HttpResponse) -> None:
        """Keep a page, unless it is too large; the one not asked for longest goes."""
        if len(page.content) > _LARGEST:
            return
        with self._lock:
            self._pages[address] = (mark, page.content, dict(page.headers))
            self._pages.move_to_end(address)
            while len(self._pages) > _MOST:
                self._pages.popitem(last=False)


_kept = _Kept()
forget_pages = _kept.forget
_making = [Lock() for _ in range(64)]


def for_everybody(view: View) -> View:
    """Let anybody read a page, tell caches that they may keep it, and answer 304 where it is known.

    The tag is of what would be sent, so that it changes with whatever the page says, and not otherwise.
    A view that sets its own tag is asked by that, and is not kept here.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        address, mark = request.build_absolute_uri(), _mark()
        kept = _kept.get(address, mark)
        if kept is None:
            # Of those who ask for the same at once, one has it made.
            with _making[hash(address) % len(_making)]:
                kept = _kept.get(address, mark)
                if kept is None:
                    return _made(request, view(request, *args, **given), address, mark)
        return if_not_known(request, kept)

    return policy(ANYBODY)(require_safe(answer))  # type: ignore[return-value]


def _made(
    request: HttpRequest, response: HttpResponseBase, address: str, mark: str
) -> HttpResponseBase:
    if response.status_code in (200, 301):
        response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS}")
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    if "ETag" not in response.headers:
        stamp(response, etag=hashlib.sha256(response.content).hexdigest()[:32])
        _kept.keep(address, mark, response)
    return if_not_known(request, response)


def _mark() -> str:
    """Give what changes with every change of scrutiny, and every hour; asked for before a page is made."""
    return f"{_marks.get()} {timezone.localtime():%Y%m%d%H}"


class _Marks:
    """The audit's mark, remembered for `PUBLIC_MARK_SECONDS`, so that a kept page needs no database."""

    def __init__(self) -> None:
        self._mark = ("", 0.0)

    def get(self) -> str:
        mark, good_until = self._mark
        now = time.monotonic()
        if now >= good_until:
            mark = latest_mark(_tables())
            self._mark = (mark, now + settings.PUBLIC_MARK_SECONDS)
        return mark


_marks = _Marks()


@cache
def _tables() -> tuple[str, ...]:
    models = apps.get_app_config("scrutiny").get_models(include_auto_created=True)
    return tuple(
        model._meta.db_table for model in models if model not in (PublishedText, Subscription)
    )


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
