"""A line in the log for each request: what was asked for as a kind of page, never which child's.

The line has the pattern of the address (`children/<key>`), as the address itself may tell of somebody.
"""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("sightline.access")


class AccessLogMiddleware:
    """Writes the line once the answer is made. It is the outermost, so that none is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write the line."""
        began = time.perf_counter()
        response = self._get_response(request)
        logger.info(
            "request",
            extra={
                "method": request.method,
                "path": pattern_of(request),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000),
                "request": getattr(request, "audit_number", ""),
            },
        )
        return response


def pattern_of(request: HttpRequest) -> str:
    """Give the pattern of the address asked for; of one that leads nowhere, only that it does not."""
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    if request.path in ("/health", "/ready"):
        return request.path
    if request.path.startswith(settings.STATIC_URL):
        return settings.STATIC_URL
    return "(no such page)"
