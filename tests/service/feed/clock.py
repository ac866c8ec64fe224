"""A clock for tests: what Django takes for now is what the test sets, also where a model's default asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock:
    """The moment it is, until it is set anew."""

    def __init__(self) -> None:
        self.now = datetime(2025, 12, 1, 9, tzinfo=LONDON)

    def set(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Set it to a time of the clock on a day."""
        self.now = datetime.combine(day, time(hour, minute), LONDON)
        return self.now

    def later(self, **by: int) -> datetime:
        """Let time go by."""
        self.now = (self.now.astimezone(ZoneInfo("UTC")) + timedelta(**by)).astimezone(LONDON)
        return self.now


@contextmanager
def stopped() -> Iterator[Clock]:
    """Stop time and give the clock that says what it is."""
    clock = Clock()

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return clock.now.astimezone(tz) if tz else clock.now.replace(tzinfo=None)

    with patch("django.utils.timezone.datetime", Stopped):
        yield clock
