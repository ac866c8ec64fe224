"""`/health` says that the process runs; `/ready` that it can serve: database, audit and store."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from sightline.service.audit.triggers import missing_triggers
from sightline.store.snapshots import Store, StoreError


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
    """Give what keeps the service from serving, in sentences without details of the machine.

    A store without a snapshot is no fault: nothing has been loaded yet.
    """
    wrong = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            wrong.append("The database is of an earlier version, and is to be migrated.")
        elif missing_triggers():
            wrong.append("Changes of some tables would not be audited.")
    except DatabaseError:
        wrong.append("The database does not answer.")
    store = settings.DEPLOYMENT.store
    try:
        if store.exists():
            Store(store).current_or_none()
    except StoreError:
        wrong.append("The store cannot be read.")
    return wrong
