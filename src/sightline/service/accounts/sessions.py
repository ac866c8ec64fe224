"""Ends a session that stood idle too long, or lasted too long whatever was done in it.

What was being sent when it ended is kept as a draft, where the form is one that keeps drafts.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from sightline.service.accounts.drafts import keep_from
from sightline.service.accounts.models import Person

_BEGAN = "began"
_LAST = "last_seen"
_STEP = 60
"""Seconds between two writes of when a session was last used."""


class SessionLimitMiddleware:
    """Signs out whoever asked for nothing for `SESSION_IDLE_SECONDS`, or signed in too long ago.

    The age of the cookie cannot do the second, as it begins anew with each write of the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or note that it is in use."""
        if isinstance(request.user, Person):
            now = int(time.time())
            began = request.session.setdefault(_BEGAN, now)
            last = request.session.get(_LAST, now)
            if now - last > settings.SESSION_IDLE_SECONDS:
                _end(request, f"for {_words(settings.SESSION_IDLE_SECONDS)} nothing was done")
            elif now - began > settings.SESSION_COOKIE_AGE:
                _end(
                    request,
                    f"{_words(settings.SESSION_COOKIE_AGE)} have passed since you signed in",
                )
            elif now - last >= _STEP or _LAST not in request.session:
                request.session[_LAST] = now
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Keep what was being sent by the person whose session has just ended.

        It is done here because by now the form's token has been checked.
        """
        ended: Person | None = getattr(request, "ended_session_of", None)
        if ended is not None and request.method == "POST":
            request.draft_kept = keep_from(request, ended) is not None  # type: ignore[attr-defined]


def _end(request: HttpRequest, why: str) -> None:
    person = request.user
    logout(request)
    request.ended_session_of = person  # type: ignore[attr-defined]
    request.session_ended_because = why  # type: ignore[attr-defined]


def say_why(request: HttpRequest) -> None:
    """Tell whoever was signed out by a limit that they were, and by which."""
    if why := getattr(request, "session_ended_because", ""):
        messages.info(request, f"You were signed out because {why}.")


def _words(seconds: int) -> str:
    if seconds % 3600 == 0:
        hours = seconds // 3600
        return f"{hours} hour{'' if hours == 1 else 's'}"
    minutes = max(1, seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
