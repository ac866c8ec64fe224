"""Signing in, signing out, and failing to, on record; and tasks, which act in their own name."""

from typing import Any

from django.contrib.auth import signals
from django_tasks.signals import task_finished, task_started

from sightline.service.audit.context import (
    Context,
    act_as,
    acting,
    context_of,
    current,
    set_actor,
    system,
)
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record


def listen() -> None:
    """Listen to Django's own signals, which allauth sends too."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="audit-signed-in")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="audit-signed-out")
    signals.user_login_failed.connect(_failed, dispatch_uid="audit-sign-in-failed")
    task_started.connect(_task_started, dispatch_uid="audit-task-started")
    task_finished.connect(_task_finished, dispatch_uid="audit-task-finished")


def _signed_in(sender: Any, user: Any, **_: Any) -> None:
    with acting(context_of(user, request=current().request)):
        record(Verb.SIGN_IN, "person", user.pk)
    set_actor(user)


def _signed_out(sender: Any, user: Any, **_: Any) -> None:
    if user is not None:
        record(Verb.SIGN_OUT, "person", user.pk)
        set_actor(None)  # what the rest of the request does, nobody signed in does


def _failed(sender: Any, credentials: Any, **_: Any) -> None:
    # The address tried is what an auditor needs; it is no child's, and the audit is not a log file.
    record(Verb.SIGN_IN_FAILED, "person", str(credentials.get("email") or ""))


_TASK = "task "


def _task_started(sender: Any, task_result: Any, **_: Any) -> None:
    # One done at once, within somebody's request, stays theirs.
    if current() == Context() or current().role == "system":
        act_as(system(f"{_TASK}{task_result.task.name}"))


def _task_finished(sender: Any, **_: Any) -> None:
    if current().role == "system" and current().actor_name.startswith(_TASK):
        act_as(Context())
