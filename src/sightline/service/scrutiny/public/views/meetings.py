"""Meetings and their items: agenda, papers, who may speak by when, minutes, attendance, declarations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sightline.service.accounts.pages import columns
from sightline.service.scrutiny.public import linked_data, queries, shown
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.forms import MeetingFilter
from sightline.service.scrutiny.public.views.pages import page, paged


@for_everybody
def meetings(request: HttpRequest) -> HttpResponse:
    """List meetings, the latest day first."""
    rows = queries.meeting_rows()
    form = MeetingFilter(request.GET, years=queries.years(rows))
    if committee := form.chosen("committee"):
        rows = rows.filter(committee__slug=committee)
    if year := form.year_chosen:
        rows = rows.filter(day__year=year)
    context = {
        "form": form,
        "page": paged(request, rows.order_by("-day", "-pk"), queries.shown_meetings),
    }
    return page(request, "meetings", context, within="public-meetings")


@for_everybody
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting."""
    row = get_object_or_404(queries.meeting_rows(), pk=pk)
    one = shown.meeting(row)
    items = queries.agenda_of(one)
    papers = queries.papers_of(items)
    asks: dict[int | None, list[shown.ShownAsk]] = {}
    for ask in queries.asks_of(one, queries.today()) if one.is_minuted else []:
        asks.setdefault(ask.item, []).append(ask)
    there = queries.attendance_at(one) if one.is_minuted else []
    before, after = queries.beside(one)
    confirmed_at, corrections = queries.confirmed_at(one)
    return page(
        request,
        "meeting",
        {
            "meeting": one,
            "is_over": one.day < queries.today(),
            "participation": queries.participation(row),
            "participation_to": row.committee.participation_to,
            "items": [
                {"item": item, "papers": papers.get(item.pk, []), "asks": asks.get(item.pk, [])}
                for item in items
            ],
            "other_asks": asks.get(None, []),
            "packs": queries.packs_of(one),
            "came": [each for each in there if each.status in ("present", "remote")],
            "did_not": [each for each in there if each.status not in ("present", "remote")],
            "attendance_columns": columns("Name", "In which right", "Came"),
            "declarations": queries.declared_at(one) if one.is_minuted else [],
            "confirmed_at": confirmed_at,
            "corrections": corrections,
            "before": before,
            "after": after,
            "data": linked_data.meeting(
                request, one, items, [paper for each in papers.values() for paper in each]
            ),
        },
        within="public-meetings",
    )


@for_everybody
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one item of an agenda or of minutes."""
    one = queries.shown_item(get_object_or_404(queries.item_rows(), pk=pk))
    before, after = queries.items_beside(one)
    asks = asks_in(one) if one.meeting.is_minuted else []
    return page(
        request,
        "item",
        {
            "item": one,
            "meeting": one.meeting,
            "papers": queries.papers_of([one]).get(one.pk, []),
            "asks": asks,
            "before": before,
            "after": after,
            "data": linked_data.item(request, one),
        },
        within="public-meetings",
    )


def asks_in(one: shown.ShownItem) -> list[shown.ShownAsk]:
    """Give the asks that stand in an item."""
    rows = queries.ask_rows().filter(item=one.pk).order_by("pk")
    return queries.shown_asks(rows, queries.today())
