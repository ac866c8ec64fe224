"""`/health` says that the process runs; `/ready` that it can serve: database, audit and store."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from sightline.service.audit.triggers import missing_triggers


class HealthMiddleware:
    """Answers both addresses before anything else: no host, session or sign-in is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass on."""
        if request.path == "/health":
            return JsonResponse({"status": "ok"})
        if request.path == "/ready":
            wrong = not_ready()
            return JsonResponse(
                {"status": "ok" if not wrong else "not ready", "wrong": wrong},
                status=503 if wrong else 200,
            )
        return self._get_response(request)


def not_ready() -> list[str]:
    """Give what keeps the service from serving, in sentences without details of the machine."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return ["Some tables are not audited."] if missing_triggers() else []
    except DatabaseError:
        return ["The database does not answer."]
