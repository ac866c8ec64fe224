"""How much is tried where there is too much to try in every run.

The mutants of the definitions and rules number thousands, and so do broken files. A run tries a seventh of
them, another seventh each day, so that a week tries them all. SIGHTLINE_THOROUGH=1 tries all at once: for
whoever has changed a definition, a rule or their examples.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")
THOROUGH = os.environ.get("SIGHTLINE_THOROUGH") == "1"
DAYS = 7
TODAY = int(os.environ.setdefault("SIGHTLINE_TESTS_DAY", str(datetime.now(UTC).toordinal())))
"""The day of the run, the same for each of its workers when midnight passes."""


def is_tried_today(number: int, *, days: int = DAYS) -> bool:
    """Say whether the thing of this number is among those of today's run, where all take so many days."""
    return THOROUGH or number % days == TODAY % days


def of_today(things: Iterable[T], *, days: int = DAYS) -> list[T]:
    """Give those of today's run, where all take so many days."""
    return [each for number, each in enumerate(things) if is_tried_today(number, days=days)]


def is_on_this_database_today(name: str) -> bool:
    """Say whether a test of this name that is costly on both databases is tried in this run of CI.

    CI runs the service on SQLite, then on PostgreSQL: each of such tests is in one of the runs for two days,
    then for two in the other, so that what has turns of its own has them on both. Elsewhere there may be one
    database alone: they are in every run.
    """
    if THOROUGH or os.environ.get("SIGHTLINE_REQUIRE_ALL") != "1":
        return True
    on_postgresql = bool(os.environ.get("SIGHTLINE_TEST_DATABASE"))
    return on_postgresql == (crc32(name.encode()) + TODAY // 2) % 2
