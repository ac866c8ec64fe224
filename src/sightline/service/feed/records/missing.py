"""Times a child was missing or away, and the interviews on their return."""

from collections.abc import Iterator

from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.values import CHUNK, Row, at, day, flag
from sightline.service.missing.models import MissingEpisode

_KINDS = {MissingEpisode.Kind.MISSING: "M", MissingEpisode.Kind.AWAY: "A"}


def episodes(numbers: Numbers) -> Iterator[Row]:
    """Give each episode but those recorded in error. What nobody has said of the interview is not known."""
    found = MissingEpisode.objects.filter(aside_at=None).order_by("starts_at", "pk")
    rows = found.values_list(
        *("child", "child__number", "kind", "starts_at", "returned_at", "ended_at"),
        *("interview__offered_at", "interview__accepted", "interview__completed_at"),
    )
    for child, number, kind, starts, back, ended, offered, accepted, done in rows.iterator(CHUNK):
        yield {
            "child_id": numbers.of(child, number),
            "missing_kind": _KINDS[kind],
            "start_date": day(starts),
            "end_date": day(back or ended),
            "interview_offered": flag(True if offered else None),
            "interview_accepted": flag(accepted),
            "returned_at": at(back),
            "interview_at": at(done),
        }
