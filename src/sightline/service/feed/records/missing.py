"""Times a child was missing or away, and the interviews on their return."""

from collections.abc import Iterator

from django.db.models import F
from django.db.models.functions import Coalesce

from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.values import CHUNK, Row, at, day, flag
from sightline.service.missing.models import MissingEpisode

_KINDS = {MissingEpisode.Kind.MISSING: "M", MissingEpisode.Kind.AWAY: "A"}
_FROM = {MissingEpisode.From.HOME: "Home", MissingEpisode.From.CARE: "Care"}


def episodes(numbers: Numbers) -> Iterator[Row]:
    """Give each episode but those recorded in error. What nobody has said of the interview is not known.

    One that ended without a return, as where the child turned 18, has an end and no moment of a return.
    """
    found = MissingEpisode.objects.filter(aside_at=None).order_by("starts_at", "pk")
    rows = found.annotate(
        number=F("child__number"),
        place=Coalesce("locality__name", "team__locality__name"),
        team_name=F("team__name"),
        offered=F("interview__offered_at"),
        accepted=F("interview__accepted"),
        done=F("interview__completed_at"),
    ).values(
        *("child", "number", "kind", "missing_from", "starts_at", "returned_at", "ended_at"),
        *("offered", "accepted", "done", "place", "team_name"),
    )
    for row in rows.iterator(CHUNK):
        yield {
            "child_id": numbers.of(row["child"], row["number"]),
            "missing_kind": _KINDS[row["kind"]],
            "start_date": day(row["starts_at"]),
            "end_date": day(row["returned_at"] or row["ended_at"]),
            "interview_offered": flag(True if row["offered"] else None),
            "interview_accepted": flag(row["accepted"]),
            "returned_at": at(row["returned_at"]),
            "interview_at": at(row["done"]),
            "missing_from": _FROM[row["missing_from"]],
            "locality": row["place"],
            "team": row["team_name"],
        }
