"""Committees: what each is for, who sits on it, when it meets, and minutes that are not here."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sightline.service.scrutiny.public import linked_data, queries, shown, visible
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.views.pages import page


@for_everybody
def committees(request: HttpRequest) -> HttpResponse:
    """List the committees, those that were abolished apart."""
    today = queries.today()
    over = Q(ended__lt=today)
    rows = visible.committees()
    return page(
        request,
        "committees",
        {
            "committees": [shown.committee(row) for row in rows.exclude(over)],
            "ended": [shown.committee(row) for row in rows.filter(over)],
        },
        within="public-committees",
    )


@for_everybody
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a committee."""
    one = shown.committee(get_object_or_404(visible.committees(), slug=slug))
    today = queries.today()
    meetings = queries.meeting_rows().filter(committee=one.pk)
    places = queries.places(one, today)
    asks = queries.overdue_rows(today).filter(committee=one.pk)
    return page(
        request,
        "committee",
        {
            "committee": one,
            "places": places,
            "coming": queries.shown_meetings(
                meetings.filter(day__gte=today).order_by("day", "starts", "pk")[: queries.FEW]
            ),
            "past": queries.shown_meetings(
                meetings.filter(day__lt=today).order_by("-day", "-pk")[: queries.FEW]
            ),
            "years": queries.years(meetings),
            "gaps": queries.gaps(one),
            "overdue": queries.shown_asks(asks[: queries.FEW], today),
            "data": linked_data.committee(request, one, places),
        },
        within="public-committees",
    )
