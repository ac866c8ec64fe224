"""The first page of the public site."""

from django.http import HttpRequest, HttpResponse

from sightline.service.scrutiny.public import queries
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.views.pages import page


@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """Show the next meetings, the latest minutes, requests that are overdue and answered lately."""
    today = queries.today()
    overdue = queries.overdue_rows(today)
    return page(
        request,
        "home",
        {
            "meetings": queries.next_meetings(today),
            "minutes": queries.latest_minutes(),
            "overdue": queries.shown_asks(overdue[: queries.FEW], today),
            "answers": queries.latest_answers(),
            "groups": queries.groups_reported()[:3],
        },
    )
