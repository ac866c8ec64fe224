"""Moments in the past, by working days: so that what is on its third day is so on whatever day it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sightline.clocks.calendar import due, is_working_day


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Have the service take it for this moment for a while, so that its actions say so of what is done.

    For a demonstration alone, in a process that does nothing else meanwhile. The audit is not deceived: it
    says when a row was written.
    """
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def working_day(today: date, ago: int) -> date:
    """Give the working day since which so many have passed, or one to come where it is negative.

    0 is today, or the last working day before a day off.
    """
    if ago < 0:
        return due(today, -ago)
    if is_working_day(today):
        return due(today, -ago) if ago else today
    return due(today, -(ago + 1))


def moment(now: datetime, ago: int, hour: int) -> datetime:
    """Give an hour of the working day so many ago; of today, the same share of what has passed of it."""
    today = timezone.localdate(now)
    day = working_day(today, ago)
    begins = timezone.make_aware(datetime.combine(day, time.min))
    return begins + (now - begins) * hour / 24 if day == today else begins + timedelta(hours=hour)
