"""What is open of a missing or exploited child whose case is to close."""

from collections.abc import Iterator, Sequence

from sightline.service.children.models import KnownPerson
from sightline.service.missing.models import (
    NOT_OVER,
    WAITING,
    MissingEpisode,
    ReturnInterview,
    Screening,
)
from sightline.service.protection.elsewhere import Left


def left_at_closure(records: Sequence[KnownPerson]) -> Iterator[Left]:
    """Give what is open of a child: missing now, which keeps a case open; an interview, a risk."""
    if MissingEpisode.objects.filter(NOT_OVER, child__in=records).exists():
        yield Left("the child is missing", blocks=True)
    waiting = ReturnInterview.objects.filter(
        WAITING,
        episode__child__in=records,
        episode__returned_at__isnull=False,
        episode__aside_at=None,
    )
    if waiting.exists():
        yield Left("a return interview")
    if Screening.objects.filter(child__in=records, ended_on=None, aside_at=None).exists():
        yield Left("a risk of exploitation under review")
