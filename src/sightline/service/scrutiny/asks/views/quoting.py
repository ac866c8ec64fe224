"""Figures of a reply: found in the catalogue, chosen, added, taken out, and set beside newer ones."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.indicators.definition import Definition
from sightline.present import words
from sightline.present.report import Within
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import ANSWER_ASKS, SEE_SCRUTINY
from sightline.service.measures.reading import Reading
from sightline.service.scrutiny.asks import actions, figures
from sightline.service.scrutiny.asks.forms import CatalogueForm, FigureForm
from sightline.service.scrutiny.asks.views.found import find_answered, find_ask, find_reply
from sightline.service.scrutiny.models import QuotedFigure, Reply

_MOST_FOUND = 25


@require_http_methods(["GET", "HEAD", "POST"])
@policy(ANSWER_ASKS)
def quote_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Search the catalogue for an indicator, then say which figure of it, and add it to the reply."""
    reply = find_reply(request, pk, ANSWER_ASKS)
    if reply.sent_at is not None:
        messages.error(request, "The answer was sent already. Write another one to add figures.")
        return redirect("request", pk=reply.ask_id)
    reading = figures.published_now()
    if reading is None:
        context = {"ask": reply.ask, "reply": reply}
        return render(request, "scrutiny/asks/no_figures.html", context, status=503)
    if not request.GET.get("code"):
        return _search(request, reply, reading)
    try:
        code, part = request.GET["code"][:20], request.GET.get("part", "")[:60]
        definition = figures.definition_of(reading, code, part)
    except figures.NoFigureError as error:
        messages.error(request, str(error))
        return redirect("quote-figure", pk=pk)
    return _choose(request, reply, reading, definition)


def _search(request: HttpRequest, reply: Reply, reading: Reading) -> HttpResponse:
    asked = request.GET.get("q", reply.ask.indicator)[:200]
    listed = figures.quotable(reading, asked)
    context = {
        "ask": reply.ask,
        "reply": reply,
        "form": CatalogueForm({"q": asked}),
        "found": [(figures.title_of(each), each) for each in listed[:_MOST_FOUND]],
        "more": len(listed) - _MOST_FOUND,
    }
    return render(request, "scrutiny/asks/find_figure.html", context)


def _choose(
    request: HttpRequest, reply: Reply, reading: Reading, definition: Definition
) -> HttpResponse:
    periods = {
        f"{start.isoformat()}:{end.isoformat()}": (start, end)
        for start, end in figures.periods_of(reading, definition)
    }
    form = FigureForm(
        [(key, _named(definition, *period)) for key, period in periods.items()],
        figures.breakdowns_of(definition),
        reading.groups("district", protected=True),
        sent(request),
    )
    if form.is_valid():
        given = form.cleaned_data
        how, alone = given["how"], given["how"] == "within"
        within = Within("district", given["district"]) if alone else None
        try:
            figure = figures.quote(
                reading, definition, periods[given["period"]], within, "" if alone else how
            )
            actions.add_figure(reply, figure, by=asker(request))
        except figures.NoFigureError as error:
            form.add_error(None, str(error))
        except actions.SentError as error:
            messages.error(request, str(error))
            return redirect("request", pk=reply.ask_id)
        else:
            messages.success(request, f"{figures.name_of(figure)} stands in the answer.")
            return redirect("reply", pk=reply.pk)
    context = {
        "ask": reply.ask,
        "reply": reply,
        "definition": definition,
        "title": figures.title_of(definition),
        "form": form,
    }
    return render(request, "scrutiny/asks/quote_figure.html", context)


def _named(definition: Definition, start: date, end: date) -> str:
    if definition.is_stock:
        return f"At {words.day(end)}"
    return words.capitalised(words.period(start, end))


@require_POST
@policy(ANSWER_ASKS)
def remove_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure out of a reply that is not sent."""
    figure = get_object_or_404(
        QuotedFigure.objects.select_related("reply"), pk=pk, reply__isnull=False
    )
    found = find_reply(request, figure.reply_id or 0, ANSWER_ASKS)
    figure.reply = found
    try:
        actions.remove_figure(figure, by=asker(request))
    except actions.SentError as error:
        messages.error(request, str(error))
        return redirect("request", pk=found.ask_id)
    messages.success(request, "The figure is taken out.")
    return redirect("reply", pk=found.pk)


@require_safe
@policy(SEE_SCRUTINY)
def newer_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a figure as it was quoted, and beside it the same of what is published now."""
    figure = get_object_or_404(
        QuotedFigure.objects.select_related("reply"), pk=pk, reply__isnull=False
    )
    assert figure.reply is not None  # noqa: S101 - asked for above
    ask = find_ask(request, figure.reply.ask_id)
    if figure.reply.sent_at is None:
        find_answered(request, ask.pk)
    found = figures.newer(figure, figures.published_now())
    context = {
        "ask": ask,
        "figure": figure,
        "name": figures.name_of(figure),
        "then": figures.render(figure, which="as quoted"),
        "newer": found,
        "now": figures.render(found.figure, which="as published now") if found else "",
        "columns": columns("", "As it was quoted", "Now", "Change"),
    }
    return render(request, "scrutiny/asks/newer_figure.html", context)
