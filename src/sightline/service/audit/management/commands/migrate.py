"""Django's `migrate`, without the audit's triggers in its way.

SQLite will not drop a column or remake a table that a trigger mentions. So they are taken away first, and
made anew even if a migration fails: nothing can be written unaudited afterwards. The changes that a
migration itself makes to rows are not audited one by one on SQLite; which migrations ran is on record.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.record import record
from sightline.service.audit.triggers import drop_triggers, make_triggers


class Command(migrate.Command):
    """Migrate, then make the audit's triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it; options are Django's."""
        using = options["database"]
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        before = self._applied(using)
        sqlite = connections[using].vendor == "sqlite"
        if sqlite:
            drop_triggers(using)
        try:
            super().handle(*args, **options)
        finally:
            if sqlite:
                make_triggers(using)
        after = self._applied(using)
        changed = sorted(before ^ after)
        if changed and before and self._has_audit(using):
            record(Verb.ACT, "database", "migrated", after={"migrations": changed})

    @staticmethod
    def _applied(using: str) -> set[str]:
        applied = MigrationRecorder(connections[using]).applied_migrations()
        return {f"{app}.{name}" for app, name in applied}

    @staticmethod
    def _has_audit(using: str) -> bool:
        return AuditEntry._meta.db_table in connections[using].introspection.table_names()
