"""Whether a figure moves though nobody did anything: some time ran out by the hours of the clock."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from sightline.service.frontdoor.models import Contact, InformationRequest
from sightline.service.frontdoor.states import UNDECIDED
from sightline.service.missing.models import MissingEpisode
from sightline.service.protection.models import Referral


def fell_due(since: datetime, until: datetime) -> bool:
    """Say whether what FD-11, FD-14, FD-16 or MI-03 judges by the hour ran out between two moments."""

    def over(name: str, *hours: int) -> Q:
        found = Q()
        for each in hours:
            span = timedelta(hours=each)
            found |= Q(**{f"{name}__gte": since - span, f"{name}__lt": until - span})
        return found

    waits = Contact.objects.filter(state__in=UNDECIDED).alias(
        since=Coalesce("reopened_at", "received_at")
    )
    unanswered = InformationRequest.objects.filter(replied_at=None)
    unallocated = Referral.objects.filter(allocations=None, closed_on=None, transferred_from="")
    unspoken = MissingEpisode.objects.filter(interview__completed_at=None)
    return (
        waits.filter(over("since", 24, 72, 168)).exists()
        or unanswered.filter(over("due_at", 0)).exists()
        or unallocated.filter(over("received_at", 24)).exists()
        or unspoken.filter(over("returned_at", 72)).exists()
    )
