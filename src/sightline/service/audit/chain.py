"""How entries are chained: each has the hash of the one before it in its own.

The hash is SHA-256 over the parts of `PARTS`, in UTF-8, joined by the unit separator (U+001F), which
is taken out of each part. On SQLite the triggers call this module; on PostgreSQL the same is written in
SQL (`triggers`), and a test holds the two against each other.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

FIRST = "0" * 64
"""What the first entry has for the hash of the one before it."""
SEPARATOR = "\x1f"
PARTS = (
    "number",
    "previous",
    "at",
    "actor",
    "actor_name",
    "role",
    "reason",
    "request",
    "verb",
    "subject",
    "subject_id",
    "before",
    "after",
)


def chained(parts: Sequence[object]) -> str:
    """Give the hash of an entry from its `PARTS`, `at` as `written` gives it."""
    text = SEPARATOR.join(str(part).replace(SEPARATOR, "") for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def written(at: datetime) -> str:
    """Write a time as it enters the hash: UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def written_text(at: str) -> str:
    """Write a time that SQLite holds as text."""
    moment = datetime.fromisoformat(at)
    return written(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
