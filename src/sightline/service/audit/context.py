"""Who is acting, told to the database, so that a trigger can say so of any change, bulk ones too.

On SQLite the triggers call Python functions of the connection; on PostgreSQL they read a setting of the
session, which is set before each statement that writes.
"""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from sightline.service.audit.chain import chained, written_text

SETTING = "sightline.context"


@dataclass(frozen=True)
class Context:
    """Who acts: their number and name, roles, reason, and the request it is part of."""

    actor: str = ""
    actor_name: str = ""
    role: str = ""
    reason: str = ""
    request: str = ""


_NOBODY = Context()
_current: ContextVar[Context] = ContextVar("audit_context")


def current() -> Context:
    """Give who is acting now."""
    return _current.get(_NOBODY)


@contextmanager
def acting(context: Context) -> Iterator[None]:
    """Act as somebody for a while."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Give a reason for the changes made meanwhile."""
    with acting(replace(current(), reason=reason)):
        yield


def set_actor(person: Any) -> None:
    """Say who acts from here on in a request, as after signing in; outside one it would never end."""
    if current().request:
        _current.set(replace(current(), **_of(person)))


def context_of(person: Any, *, request: str = "") -> Context:
    """Give the context of a person's request or task."""
    return Context(request=request, **_of(person))


def system(name: str) -> Context:
    """Give the context of a command or task that nobody signed in for."""
    return Context(actor_name=name[:200], role="system")


def act_as(context: Context) -> None:
    """Act as somebody from here on, as a command does in its own name."""
    _current.set(context)


def _of(person: Any) -> dict[str, str]:
    if person is None or not person.is_authenticated:
        return {"actor": "", "actor_name": "", "role": ""}
    return {"actor": str(person.pk), "actor_name": person.name, "role": person.role_names[:400]}


class AuditMiddleware:
    """Gives each request a number and says who makes it; the gate asks the same roles again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Act as the person who asks."""
        number = uuid.uuid4().hex
        request.audit_number = number  # type: ignore[attr-defined]
        with acting(context_of(request.user, request=number)):
            response = self._get_response(request)
        response.headers["X-Request-Id"] = number
        return response


def prepare_connection(connection: Any, **_: Any) -> None:
    """Give a new connection what the triggers ask for."""
    if connection.vendor == "sqlite":
        raw = connection.connection
        for name in ("actor", "actor_name", "role", "reason", "request"):
            raw.create_function(f"sightline_{name}", 0, _teller(name))
        raw.create_function("sightline_now", 0, _now)
        raw.create_function("sightline_chained", -1, _chained, deterministic=True)
    elif _tell_postgresql not in connection.execute_wrappers:
        connection.execute_wrappers.append(_tell_postgresql)


def _teller(name: str) -> Callable[[], str]:
    return lambda: str(getattr(current(), name))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _chained(number: int, previous: str, at: str, *rest: str) -> str:
    return chained((number, previous, written_text(at), *rest))


CHAIN_LOCK = "pg_advisory_xact_lock(hashtext('audit_auditentry'))"
"""What every writer on PostgreSQL takes before it locks any row, so that no two wait for each other."""
_LOCKS = re.compile(r"\bFOR (?:NO KEY )?UPDATE\b(?!.*\bSKIP LOCKED)", re.DOTALL)
_READS = re.compile(
    r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET|SHOW|EXPLAIN|WITH here)\b", re.IGNORECASE
)
"""How what only reads begins; `WITH here` is a question by many keys (`accounts.keys`)."""


def _tell_postgresql(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    # A rollback takes the setting back with it, so it is set each time rather than remembered.
    connection = context["connection"]
    sql = sql if isinstance(sql, str) else sql.as_string(connection.connection)
    if connection.needs_rollback or _READS.match(sql):
        # Most say neither word, and a long list is not to be searched through.
        locks = not connection.needs_rollback and "UPDATE" in sql and _LOCKS.search(sql)
        told: tuple[str, tuple[str, ...]] | None = (f"SELECT {CHAIN_LOCK}", ()) if locks else None
    else:
        told = ("SELECT set_config(%s, %s, false)", (SETTING, json.dumps(asdict(current()))))
    if told:
        with connection.wrap_database_errors:
            connection.connection.execute(*told)
    return execute(sql, params, many, context)
