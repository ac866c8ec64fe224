"""Topics: one subject followed over meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sightline.service.accounts.pages import columns
from sightline.service.scrutiny.public import queries, shown, visible
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.views.pages import page, paged


@for_everybody
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics."""
    found = paged(request, visible.topics().order_by("title", "pk"), queries.topic_lines)
    heads = columns("Topic", "Items", "Requests", "Last at a meeting")
    for head in heads[1:3]:
        head["numeric"] = "true"
    return page(request, "topics", {"page": found, "columns": heads}, within="public-topics")


@for_everybody
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic: where it was on an agenda, the latest first, and what was asked about it."""
    one = shown.topic_of(get_object_or_404(visible.topics(), slug=slug))
    today = queries.today()
    asks = visible.topic_asks().filter(topic=one.pk)
    asks = asks.select_related("committee", "meeting__committee", "item", "group")
    return page(
        request,
        "topic",
        {
            "topic": one,
            "page": paged(
                request,
                queries.topic_item_rows(one),
                lambda rows: [shown.item(row) for row in rows],
            ),
            "asks": queries.shown_asks(asks.order_by("-made_on", "-pk")[:_MOST], today),
            "groups": [
                shown.group(row)
                for row in visible.groups().filter(topic=one.pk).select_related("committee")
            ],
        },
        within="public-topics",
    )


_MOST = 50
"""Requests of a topic that are listed, the newest."""
