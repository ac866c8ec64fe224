"""Signing in, signing out, and failing to, on record."""

from typing import Any

from django.contrib.auth import signals

from sightline.service.audit.context import set_actor
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record


def listen() -> None:
    """Listen to Django's own signals, which allauth sends too."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="audit-signed-in")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="audit-signed-out")
    signals.user_login_failed.connect(_failed, dispatch_uid="audit-sign-in-failed")


def _signed_in(sender: Any, user: Any, **_: Any) -> None:
    set_actor(user)
    record(Verb.SIGN_IN, "person", user.pk)


def _signed_out(sender: Any, user: Any, **_: Any) -> None:
    if user is not None:
        record(Verb.SIGN_OUT, "person", user.pk)


def _failed(sender: Any, credentials: Any, **_: Any) -> None:
    # The address tried is what an auditor needs; it is no child's, and the audit is not a log file.
    record(Verb.SIGN_IN_FAILED, "person", str(credentials.get("email") or ""))
