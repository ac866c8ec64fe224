"""Ends a session that stood idle too long. What was typed is kept as a draft (`drafts`)."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_LAST = "last_seen"
_STEP = 60
"""Seconds between two writes of when a session was last used."""


class SessionLimitMiddleware:
    """Signs out whoever has asked for nothing for `SESSION_IDLE_SECONDS`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or note that it is in use."""
        if request.user.is_authenticated:
            now = int(time.time())
            last = request.session.get(_LAST, now)
            if now - last > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - last >= _STEP or _LAST not in request.session:
                request.session[_LAST] = now
        return self._get_response(request)
