"""Suggestions for scrutiny: made by anybody who sees scrutiny, scored and decided by who keeps it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Suggestion
from sightline.service.scrutiny.programme import actions, queries, scoring
from sightline.service.scrutiny.programme.forms import DecideForm, ScoreForm, SuggestionForm
from sightline.service.scrutiny.programme.views.parts import FORM, done, paged


@require_safe
@policy(SEE_SCRUTINY)
def suggestions(request: HttpRequest) -> HttpResponse:
    """List the suggestions to be decided, or with `?decided=1` what became of the others."""
    decided = request.GET.get("decided") == "1"
    found = queries.suggestions()
    state = Suggestion.State.OPEN
    page = paged(request, found.exclude(state=state) if decided else found.filter(state=state))
    by, wrong = _criteria()
    heads = ("Suggestion", "Committee", "Suggested by", "What became of it" if decided else "Score")
    context = {
        "page": page,
        "rows": [(each, scoring.score(each.scores, by) if by else None) for each in page],
        "decided": decided,
        "columns": columns(*heads),
        "wrong": wrong,
    }
    return render(request, "scrutiny/programme/suggestions.html", context)


def _criteria() -> tuple[scoring.Criteria | None, str]:
    """Give the criteria in force, or why they cannot be used."""
    try:
        return scoring.criteria(), ""
    except scoring.CriteriaError as error:
        return None, str(error)


@require_http_methods(FORM)
@policy(SEE_SCRUTINY)
def add_suggestion(request: HttpRequest) -> HttpResponse:
    """Suggest a subject to a committee."""
    person = asker(request)
    draft = DraftOf(request, "suggest for scrutiny", title="Suggest a subject for scrutiny")
    form = SuggestionForm(sent(request), initial={"suggested_by": person.name})
    form.fields["committee"].queryset = queries.committees()  # type: ignore[attr-defined]
    if form.is_valid():
        made = actions.suggest(**form.changes)
        draft.sent()
        messages.success(request, "Your suggestion is before the committee.")
        return redirect("suggestion", made.pk)
    context = {"form": draft.restored(form), "draft": draft}
    return render(request, "scrutiny/programme/add_suggestion.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a suggestion, how it scores, and what became of it."""
    row = get_object_or_404(queries.suggestions(), pk=pk)
    by, wrong = _criteria()
    score = scoring.score(row.scores, by) if by else None
    context = {
        "suggestion": row,
        "criteria": by,
        "score": score,
        "wrong": wrong,
        "columns": columns("Criterion", "Points", "What it means"),
        "keeps": may_keep(asker(request), row.committee),
        "ask_words": queries.words_for(asker(request), row.from_ask) if row.from_ask else "",
    }
    return render(request, "scrutiny/programme/suggestion.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def score_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Score a suggestion."""
    row = get_object_or_404(queries.suggestions(), pk=pk)
    need_keeping(request, row.committee)
    by, wrong = _criteria()
    if by is None:
        messages.error(request, f"Nothing can be scored. {wrong}")
        return redirect("suggestion", pk)
    form = ScoreForm(
        sent(request), criteria=by, score=scoring.score(row.scores, by), version=row.version
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        if done(request, form, lambda: actions.score_suggestion(row, version, form.scores)):
            messages.success(request, "The score is saved.")
            return redirect("suggestion", pk)
    context = {"form": form, "suggestion": row, "criteria": by}
    return render(request, "scrutiny/programme/score.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def decide_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a suggestion up, or not, and say why."""
    row = get_object_or_404(queries.suggestions(), pk=pk)
    need_keeping(request, row.committee)
    form = DecideForm(sent(request), version=row.version)
    if form.is_valid():
        given = form.cleaned_data

        def decide() -> Any:
            if given["decision"] == "yes":
                return actions.take_up(row, given["version"], given["why"], given["topic"])
            return actions.leave_out(row, given["version"], given["why"])

        if done(request, form, decide):
            messages.success(request, "The decision is saved, with its reason.")
            return redirect("suggestion", pk)
    context = {"form": form, "suggestion": row}
    return render(request, "scrutiny/programme/decide.html", context)
