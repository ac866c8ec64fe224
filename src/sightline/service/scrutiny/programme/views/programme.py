"""The work programme of every committee, and that of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Ask, Committee
from sightline.service.scrutiny.programme import actions, queries
from sightline.service.scrutiny.programme.views.parts import paged
from sightline.service.scrutiny.programme.warnings import not_in_order, of_topics, warnings_of

MOST_ASKS = 20


@require_safe
@policy(SEE_SCRUTINY)
def programme(request: HttpRequest) -> HttpResponse:
    """List the committees with how much each plans, and topics that are too long off an agenda."""
    page = paged(request, queries.committees())
    context = {
        "page": page,
        "columns": columns("Committee", "Planned", "Suggestions to decide"),
        "warnings": of_topics(
            queries.topics().filter(review_months__isnull=False), timezone.localdate()
        ),
    }
    return render(request, "scrutiny/programme/programme.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def committee_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a committee plans and what of it needs looking at; with `?past=1` what was done."""
    committee = get_object_or_404(Committee, slug=slug)
    person = asker(request)
    keeps = may_keep(person, committee)
    past = request.GET.get("past") == "1"
    context = {"committee": committee, "keeps": keeps, "past": past}
    if past:
        context |= {
            "page": paged(request, queries.past(committee)),
            "columns": columns("When", "What", "What became of it"),
        }
        return render(request, "scrutiny/programme/past.html", context)
    today = timezone.localdate()
    planned = queries.planned(committee)
    asks = queries.dated_asks_without_entry(committee)
    context |= {
        "planned": [(entry, not_in_order(entry, today)) for entry in planned],
        "warnings": warnings_of(committee, today, planned),
        "columns": columns("When", "What", "Purpose and intended outcome", "To be invited"),
        "asks": [(ask, queries.words_for(person, ask)) for ask in asks[:MOST_ASKS]]
        if keeps
        else [],
        "ask_columns": columns("Request", "Due", "Programme"),
    }
    return render(request, "scrutiny/programme/committee.html", context)


@require_POST
@policy(KEEP_SCRUTINY)
def schedule_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the follow-up of a request."""
    ask = get_object_or_404(Ask.objects.select_related("committee", "item", "topic"), pk=pk)
    need_keeping(request, ask.committee)
    entry = actions.schedule_follow_up(ask)
    if entry is None:
        messages.error(
            request,
            f"{ask.reference} has no follow-up: it is over, or nothing says when it should come back.",
        )
        return redirect("committee-programme", ask.committee.slug)
    place = str(entry.meeting) if entry.meeting else ""
    month = f"{entry.month:%B %Y}, no meeting yet" if entry.month else "no meeting yet"
    messages.success(request, f"The follow-up of {ask.reference} is planned: {place or month}.")
    return redirect(reverse("entry", args=[entry.pk]))
