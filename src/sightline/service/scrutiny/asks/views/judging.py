"""Judgements of a request, what came of it, and the challenge log."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import add_errors, columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.asks import actions, figures
from sightline.service.scrutiny.asks.forms import ChallengeForm, ImpactForm, JudgeForm
from sightline.service.scrutiny.asks.standing import standing
from sightline.service.scrutiny.asks.views.found import find_kept
from sightline.service.scrutiny.asks.views.one import CHANGED
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Ask, Challenge, Committee, Impact, QuotedFigure

_FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Set how a request stands by judgement, with the reason."""
    ask = find_kept(request, pk)
    stands = {"version": ask.version, "level": ask.rag_override, "why": ask.rag_because}
    form = JudgeForm(sent(request), initial=stands)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.judge(ask, given["version"], given["level"], given["why"], by=asker(request))
        except ValidationError as error:
            add_errors(form, error)
        except ConflictError:
            messages.error(request, CHANGED)
            return redirect("request", pk=pk)
        else:
            messages.success(request, "The judgement is saved.")
            return redirect("request", pk=pk)
    context = {"ask": ask, "form": form, "standing": standing(ask, timezone.localdate())}
    return render(request, "scrutiny/asks/judge.html", context)


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def impact(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a request; the indicator it is about stands beside, as quoted first and as now."""
    ask = find_kept(request, pk)
    found = Impact.objects.filter(ask=ask).first()
    form = ImpactForm(sent(request), instance=found)
    if form.is_valid():
        version = form.cleaned_data["version"] if found else None
        try:
            actions.record_impact(ask, version, form.changes, by=asker(request))
        except ValidationError as error:
            add_errors(form, error)
        except ConflictError as conflict:
            back = reverse("request", args=[pk])
            return conflict_page(request, form, conflict.now, back=back, what="the impact")
        else:
            messages.success(request, "The impact is saved.")
            return redirect("request", pk=pk)
    first, now = _baseline(ask)
    context = {
        "ask": ask,
        "form": form,
        "first": figures.render(first, which="as first quoted") if first else "",
        "now": figures.render(now, which="as published now") if now else "",
    }
    return render(request, "scrutiny/asks/impact.html", context)


def _baseline(ask: Ask) -> tuple[QuotedFigure | None, QuotedFigure | None]:
    """Give the first figure quoted in answer, and that of the request's indicator as published now."""
    sent_first = QuotedFigure.objects.filter(reply__ask=ask, reply__sent_at__isnull=False)
    first = sent_first.order_by("quoted_at", "pk").first()
    code, part = (first.indicator, first.part) if first else (ask.indicator, "")
    reading = figures.published_now()
    if reading is None or not code:
        return first, None
    try:
        definition = figures.definition_of(reading, code, part)
        return first, figures.quote(reading, definition, by=first.by if first else "")
    except figures.NoFigureError:
        return first, None


@require_safe
@policy(SEE_SCRUTINY)
def challenges(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the challenge log of a committee or board."""
    committee = get_object_or_404(Committee, slug=slug)
    page = Paginator(committee.challenges.order_by("-number"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "committee": committee,
        "page": page,
        "columns": columns("Number", "Made", "By and to", "Challenge", "Outcome"),
        "keeps": may_keep(asker(request), committee),
    }
    return render(request, "scrutiny/asks/challenges.html", context)


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def add_challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a challenge."""
    committee = get_object_or_404(Committee, slug=slug)
    need_keeping(request, committee)
    form = ChallengeForm(sent(request))
    if form.is_valid():
        made = actions.make_challenge(committee, form.changes, by=asker(request))
        messages.success(request, f"Challenge {made.number} is entered.")
        return redirect("challenges", slug=slug)
    context = {"committee": committee, "form": form}
    return render(request, "scrutiny/asks/challenge.html", context)


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def change_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a challenge: the response, how it ended."""
    challenge = get_object_or_404(Challenge.objects.select_related("committee"), pk=pk)
    if not may_keep(asker(request), challenge.committee):
        refuse(request, KEEP_SCRUTINY, f"challenge {pk}")
    form = ChallengeForm(sent(request), instance=Challenge.objects.get(pk=pk))
    slug = challenge.committee.slug
    if form.is_valid():
        try:
            actions.change_challenge(
                challenge, form.cleaned_data["version"], form.changes, by=asker(request)
            )
        except ValidationError as error:
            add_errors(form, error)
        except ConflictError as conflict:
            back = reverse("challenges", args=[slug])
            return conflict_page(request, form, conflict.now, back=back, what="this challenge")
        else:
            messages.success(request, "The change is saved.")
            return redirect("challenges", slug=slug)
    context = {"committee": challenge.committee, "challenge": challenge, "form": form}
    return render(request, "scrutiny/asks/challenge.html", context)
