"""Until when the court has given more time than 26 weeks: as the last hearing that gave any said."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from sightline.service.protection.models import CourtMeeting, PreProceedings


def given_until() -> Subquery:
    """Give the day for a question about pre-proceedings; null where the court gave no more time."""
    return Subquery(_given(CourtMeeting.objects.filter(pre_proceedings=OuterRef("pk")))[:1])


def given_to(row: PreProceedings) -> date | None:
    """Give the day for one child's proceedings; None where the court gave no more time."""
    return _given(row.meetings.all()).first()


def _given(meetings: QuerySet[CourtMeeting]) -> QuerySet[CourtMeeting, date | None]:
    # A later hearing may give less time than one before.
    said = meetings.filter(extended_until__isnull=False).order_by("-held_on", "-pk")
    return said.values_list("extended_until", flat=True)
