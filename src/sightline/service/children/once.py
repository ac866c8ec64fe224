"""What a page needs in many places, asked for once: kept while the page is read, and no longer."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

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


def once(about: Hashable, find: Callable[[], Answer]) -> Answer:
    """Find something, or give what was found before within `asked_once`."""
    kept = _kept.get()
    if kept is None:
        return find()
    if about not in kept:
        kept[about] = find()
    answer: Answer = kept[about]
    return answer
