"""Requests: what committees asked for, and everything the public may know of what came of it."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sightline.export.tables import csv_text
from sightline.service.scrutiny.asks.clocks import UNVERIFIED
from sightline.service.scrutiny.asks.figures import render as render_figure
from sightline.service.scrutiny.models import Ask, AskState
from sightline.service.scrutiny.public import linked_data, queries, visible
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.forms import RequestFilter
from sightline.service.scrutiny.public.views.pages import page, paged

COLUMNS = (
    "Reference",
    "Committee",
    "Kind",
    "Words",
    "In summary only",
    "Made on",
    "Minute",
    "Asked of",
    "Due",
    "State",
    "Days overdue",
    "Meetings overdue",
    "Answers",
    "Last answer on",
    "Last answer",
    "Closed at the meeting on",
    "Closed at minute",
    "Address",
)


@for_everybody
def requests(request: HttpRequest) -> HttpResponse:
    """List requests, the newest first."""
    form = RequestFilter(request.GET)
    today = queries.today()
    rows = _narrowed(form).order_by("-made_on", "-pk")
    context = {
        "form": form,
        "page": paged(request, rows, lambda found: queries.shown_asks(found, today)),
        "query": request.GET.urlencode(),
    }
    return page(request, "requests", context, within="public-requests")


def _narrowed(form: RequestFilter) -> "QuerySet[Ask]":
    state = form.chosen("state")
    rows = queries.overdue_rows(queries.today()) if state == "overdue" else queries.ask_rows()
    if committee := form.chosen("committee"):
        rows = rows.filter(committee__slug=committee)
    if state == "answered":
        rows = rows.filter(Exists(visible.replies().filter(ask=OuterRef("pk"))))
    elif state == "open":
        rows = rows.exclude(Q(shown_state=AskState.CLOSED))
    elif state == "closed":
        rows = rows.filter(Q(shown_state=AskState.CLOSED))
    return rows


@for_everybody
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole life of a request."""
    row = get_object_or_404(queries.ask_rows(), pk=pk)
    (one,) = queries.shown_asks([row], queries.today())
    steps = queries.steps_of(one)
    answers = queries.answers_to(one)
    closing = steps[-1] if steps and steps[-1].state == AskState.CLOSED else None
    return page(
        request,
        "request",
        {
            "ask": one,
            "steps": steps,
            "closing": closing,
            "answers": [
                {
                    "reply": each.reply,
                    "figures": [render_figure(figure, level=4) for figure in each.figures],
                }
                for each in answers
            ],
            "asked_before": queries.asked_before(one),
            "topic": queries.topic_of_ask(one),
            "statutory_caution": UNVERIFIED,
            "data": linked_data.ask(request, one, answers),
        },
        within="public-requests",
    )


@for_everybody
def requests_csv(request: HttpRequest) -> HttpResponse:
    """Give the requests as CSV, narrowed as the list is."""
    rows = list(_narrowed(RequestFilter(request.GET)).order_by("-made_on", "-pk"))
    # With a mark of its encoding, which spreadsheets need.
    text = "\ufeff" + csv_text(COLUMNS, _lines(request, rows))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="requests.csv"'
    return response


def _lines(request: HttpRequest, rows: list[Ask]) -> Iterator[tuple[object, ...]]:
    asks = queries.shown_asks(rows, queries.today())
    answers = queries.answers_by_ask(asks)
    closings = queries.closings(asks)
    for one in asks:
        replies = answers.get(one.pk, [])
        last = replies[-1] if replies else None
        closing = closings.get(one.pk)
        yield (
            one.reference,
            one.committee,
            one.kind_name,
            one.words,
            "yes" if one.is_restricted else "no",
            one.made_on or "",
            one.item_heading,
            one.addressee,
            one.due or "",
            one.state_name,
            "" if one.overdue is None else one.overdue,
            "" if one.overdue_meetings is None else one.overdue_meetings,
            len(replies),
            last.published_at.date() if last else "",
            last.text if last else "",
            closing.meeting.day if closing and closing.meeting else "",
            closing.minute if closing else "",
            request.build_absolute_uri(one.address),
        )
