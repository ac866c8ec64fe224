"""The episodes of a child, and whether they are repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from sightline.service.children.models import KnownPerson
from sightline.service.missing.models import MissingEpisode

REPEATED, WITHIN = 3, 90
"""Episodes within days that are repeat missing (indicator MI-04)."""


@dataclass(frozen=True)
class History:
    """Every episode of a child, the latest first, and how many times missing began within the last 90 days.

    As in the indicator, being away without leave does not count, nor does what was recorded in error.
    """

    episodes: Sequence[MissingEpisode]
    lately: int

    @property
    def is_repeated(self) -> bool:
        """Whether there are so many that it is repeat missing."""
        return self.lately >= REPEATED


def history_of(records: Sequence[KnownPerson], today: date | None = None) -> History:
    """Give the episodes of a child under every record of them."""
    found = list(
        MissingEpisode.objects.filter(child__in=records)
        .select_related("interview__given_to", "recorded_by", "locality", "aside_by")
        .order_by("-starts_at", "pk")
    )
    since = (today or timezone.localdate()) - timedelta(days=WITHIN)
    lately = [
        each
        for each in found
        if each.kind == MissingEpisode.Kind.MISSING
        and each.aside_at is None
        and timezone.localdate(each.starts_at) > since
    ]
    return History(found, len(lately))


def lasted(episode: MissingEpisode, now: datetime) -> str:
    """Say how long an episode lasted, or has lasted: in hours, from two days on in days."""
    hours = int(((episode.over_at or now) - episode.starts_at).total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    return f"{hours // 24} days"
