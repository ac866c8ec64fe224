"""The executive's forward plan, as far as committees follow it, and whether notice was given in time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import ForwardPlanEntry
from sightline.service.scrutiny.programme import actions, notice, queries
from sightline.service.scrutiny.programme.forms import ForwardPlanForm, ReasonForm
from sightline.service.scrutiny.programme.views.parts import FORM, for_keeper, paged


def notice_of(entry: ForwardPlanEntry) -> notice.Notice:
    """Say how the notice of a planned decision stands."""
    return notice.check(
        entry.planned_for, entry.notice_on, is_key=entry.is_key, is_private=entry.is_private
    )


@require_safe
@policy(SEE_SCRUTINY)
def forward_plan(request: HttpRequest) -> HttpResponse:
    """List the decisions the executive plans, or with `?past=1` those whose day is past."""
    past = request.GET.get("past") == "1"
    page = paged(request, queries.forward_plan(past=past))
    context = {
        "page": page,
        "rows": [(entry, notice_of(entry)) for entry in page],
        "past": past,
        "rules": notice.rules(),
        "columns": columns("Planned for", "Decision", "Who decides", "Notice"),
        "may_keep": KEEP_SCRUTINY.allows(asker(request)),
    }
    return render(request, "scrutiny/programme/forward_plan.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def planned_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a planned decision, and how its notice stands."""
    row = get_object_or_404(ForwardPlanEntry.objects.select_related("topic", "committee"), pk=pk)
    context = {
        "entry": row,
        "notice": notice_of(row),
        "may_keep": may_keep(asker(request), row.committee),
    }
    return render(request, "scrutiny/programme/planned_decision.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add_forward_plan(request: HttpRequest) -> HttpResponse:
    """Note a decision the executive plans."""
    form = for_keeper(ForwardPlanForm(sent(request)), asker(request))
    if form.is_valid():
        made = actions.follow_decision(**form.changes, by=asker(request))
        messages.success(request, "The decision is followed.")
        return redirect("planned-decision", made.pk)
    return render(request, "scrutiny/programme/forward_plan_form.html", {"form": form})


def _kept(request: HttpRequest, pk: int) -> ForwardPlanEntry:
    row = get_object_or_404(ForwardPlanEntry.objects.select_related("committee"), pk=pk)
    need_keeping(request, row.committee)
    return row


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_forward_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a planned decision."""
    row = _kept(request, pk)
    form = for_keeper(
        ForwardPlanForm(sent(request), instance=ForwardPlanEntry.objects.get(pk=pk)), asker(request)
    )
    if form.is_valid():
        try:
            actions.change_decision(row, form.cleaned_data["version"], form.changes)
        except ConflictError as conflict:
            back = reverse("planned-decision", args=[pk])
            return conflict_page(request, form, conflict.now, back=back, what="this decision")
        messages.success(request, "The change is saved.")
        return redirect("planned-decision", pk)
    context = {"form": form, "entry": row}
    return render(request, "scrutiny/programme/forward_plan_form.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def remove_forward_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out a decision that the executive no longer plans."""
    row = _kept(request, pk)
    form = ReasonForm(
        sent(request),
        version=row.version,
        label="Why is it taken out?",
        missing="Say why it is taken out",
    )
    if form.is_valid():
        actions.remove_decision(row, form.cleaned_data["why"])
        messages.success(request, "It is taken out; the audit keeps what it was and why.")
        return redirect("forward-plan")
    context = {"form": form, "entry": row}
    return render(request, "scrutiny/programme/remove_forward_plan.html", context)
