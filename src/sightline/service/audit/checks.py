"""`check --deploy --database default` says which tables have lost their triggers."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError

from sightline.service.audit.triggers import missing_triggers


def triggers_are_there(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Check a database, where one is named."""
    if not databases:
        return []
    try:
        missing = missing_triggers()
    except DatabaseError as error:
        return [Error(f"The database does not answer ({error}).", id="audit.E002")]
    return [
        Error(
            f"Changes of these tables are not audited: {', '.join(missing)}.",
            hint="`sightline manage migrate` makes the triggers anew.",
            id="audit.E001",
        )
        for missing in ([missing] if missing else [])
    ]
