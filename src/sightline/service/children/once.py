"""What a page needs in many places, asked for once: kept while the page is read, and no longer."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked once", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Keep what is found by `once` until the end; only where nothing is written meanwhile."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


class AskedOnceMiddleware:
    """Keeps what is found once while a page is read, on which nothing is written but the audit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, keeping what is found until then."""
        with asked_once() if request.method in ("GET", "HEAD") else nullcontext():
            return self._get_response(request)


def once(about: Hashable, find: Callable[[], Answer]) -> Answer:
    """Find something, or give what was found before within `asked_once`."""
    kept = _kept.get()
    if kept is None:
        return find()
    if about not in kept:
        kept[about] = find()
    answer: Answer = kept[about]
    return answer
