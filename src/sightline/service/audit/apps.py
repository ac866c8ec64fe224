"""The app of the audit: it makes the triggers after every migration."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The audit."""

    name = "sightline.service.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Give each connection what the triggers ask for, and make the triggers after a migration."""
        from sightline.service.audit import checks, sessions, triggers  # noqa: PLC0415 - needs apps
        from sightline.service.audit.context import prepare_connection  # noqa: PLC0415

        connection_created.connect(prepare_connection, dispatch_uid="audit-context")
        post_migrate.connect(self._make_triggers, sender=self, dispatch_uid="audit-triggers")
        register(checks.triggers_are_there, "database", deploy=True)
        sessions.listen()
        self._triggers = triggers

    def _make_triggers(self, using: str = "default", **_: Any) -> None:
        self._triggers.make_triggers(using)
