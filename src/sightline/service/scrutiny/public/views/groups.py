"""Task-and-finish groups that have reported: findings, recommendations, the executive's response."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sightline.service.scrutiny.public import queries, shown, visible
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.views.pages import page


@for_everybody
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups."""
    context = {"groups": queries.groups_reported()}
    return page(request, "groups", context, within="public-committees")


@for_everybody
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group."""
    row = get_object_or_404(visible.groups().select_related("committee"), slug=slug)
    asks = queries.ask_rows().filter(group=row.pk).order_by("pk")
    return page(
        request,
        "group",
        {
            "group": shown.group(row),
            "members": [
                shown.member(each) for each in visible.members().filter(task_groups=row.pk)
            ],
            "asks": queries.shown_asks(asks, queries.today()),
        },
        within="public-committees",
    )
