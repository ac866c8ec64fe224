"""Task-and-finish groups: scope, members, evidence, findings, recommendations, the executive's response."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.keeping import kept_committee, may_keep, need_keeping
from sightline.service.scrutiny.models import Ask, Reply, TaskGroup
from sightline.service.scrutiny.programme import group_actions, queries
from sightline.service.scrutiny.programme.forms import (
    GroupForm,
    GroupStateForm,
    RecommendForm,
    RespondForm,
    SetUpGroupForm,
    WholeResponseForm,
)
from sightline.service.scrutiny.programme.views.parts import FORM, done, paged


@require_safe
@policy(SEE_SCRUTINY)
def task_groups(request: HttpRequest) -> HttpResponse:
    """List the groups, or with `?closed=1` those that are closed."""
    closed = request.GET.get("closed") == "1"
    context = {
        "page": paged(request, queries.groups(closed=closed)),
        "closed": closed,
        "columns": columns("Group", "Committee", "How far it has come", "Recommendations"),
        "committees": queries.with_groups(asker(request)),
    }
    return render(request, "scrutiny/programme/groups.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def task_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group, with what the executive answered to each of its recommendations."""
    sent_replies = Reply.objects.filter(sent_at__isnull=False).order_by("-sent_at")
    recommended = (
        Ask.objects.select_related("item", "committee")
        .order_by("pk")
        .prefetch_related(Prefetch("replies", sent_replies, to_attr="answers"))
    )
    found = TaskGroup.objects.select_related("committee", "topic").prefetch_related(
        "members", Prefetch("recommendations", recommended)
    )
    row = get_object_or_404(found, slug=slug)
    person = asker(request)
    keeps = may_keep(person, row.committee)
    responds = keeps and row.reported is not None
    asks = [
        (
            ask,
            queries.words_for(person, ask),
            responds and ask.state in group_actions.BEFORE_RESPONSE,
        )
        for ask in row.recommendations.all()
    ]
    context = {
        "group": row,
        "asks": asks,
        "keeps": keeps,
        "open": row.state != TaskGroup.State.CLOSED,
        "has_reported": row.reported is not None,
        "columns": columns("Recommendation", "To whom", "The executive’s answer"),
    }
    return render(request, "scrutiny/programme/group.html", context)


def _kept(request: HttpRequest, slug: str) -> TaskGroup:
    row = get_object_or_404(TaskGroup.objects.select_related("committee", "topic"), slug=slug)
    need_keeping(request, row.committee)
    return row


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def set_up_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Set up a group of a committee."""
    committee = kept_committee(request, slug)
    form = SetUpGroupForm(sent(request), committee=committee)
    if form.is_valid():
        made = group_actions.set_up_group(committee, **form.changes)
        messages.success(request, "The group is set up.")
        return redirect("task-group", made.slug)
    context = {"form": form, "committee": committee}
    return render(request, "scrutiny/programme/group_form.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a group's scope, evidence and findings."""
    row = _kept(request, slug)
    draft = DraftOf(request, f"task group {row.pk}", title=f"Task-and-finish group: {row.title}")
    form = GroupForm(sent(request), instance=TaskGroup.objects.get(pk=row.pk))
    if form.is_valid():
        try:
            group_actions.change_group(row, form.cleaned_data["version"], form.changes)
        except ConflictError as conflict:
            back = reverse("task-group", args=[slug])
            return conflict_page(request, form, conflict.now, back=back, what="this group")
        draft.sent()
        messages.success(request, "The change is saved.")
        return redirect("task-group", slug)
    context = {"form": draft.restored(form), "draft": draft, "group": row}
    return render(request, "scrutiny/programme/group_form.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def group_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how far a group has come."""
    row = _kept(request, slug)
    form = GroupStateForm(sent(request), group=row)
    if form.is_valid():
        given = form.cleaned_data
        moved = done(
            request,
            form,
            lambda: group_actions.group_becomes(
                row, given["version"], given["state"], given["on"], given["why"]
            ),
        )
        if moved:
            messages.success(request, "The change is saved.")
            return redirect("task-group", slug)
    context = {"form": form, "group": row, "title": "How far the group has come", "button": "Save"}
    return render(request, "scrutiny/programme/about_group.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def recommend(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a recommendation of a group."""
    row = _kept(request, slug)
    draft = DraftOf(request, f"recommendation of group {row.pk}", title=f"{row.title}: recommend")
    form = RecommendForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        if done(request, form, lambda: group_actions.recommend(row, by=asker(request), **given)):
            draft.sent()
            messages.success(request, "The recommendation is written.")
            return redirect("task-group", slug)
    context = {
        "form": draft.restored(form),
        "draft": draft,
        "group": row,
        "title": "Write a recommendation",
        "button": "Save the recommendation",
    }
    return render(request, "scrutiny/programme/about_group.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the executive answered to one recommendation."""
    ask = get_object_or_404(
        Ask.objects.select_related("group__committee"), pk=pk, group__isnull=False
    )
    group = ask.group
    assert group is not None  # noqa: S101 - the query asked for it
    need_keeping(request, group.committee)
    form = RespondForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        written = done(
            request, form, lambda: group_actions.respond_to(ask, **given, by=asker(request))
        )
        if written:
            messages.success(request, "The answer is saved.")
            return redirect("task-group", group.slug)
    context = {
        "form": form,
        "group": group,
        "ask": ask,
        "title": f"The executive’s answer to {ask.reference}",
        "button": "Save the answer",
    }
    return render(request, "scrutiny/programme/about_group.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def group_response(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what the executive answered to the report as a whole."""
    row = _kept(request, slug)
    form = WholeResponseForm(sent(request), group=row)
    if form.is_valid():
        given = form.cleaned_data
        written = done(
            request,
            form,
            lambda: group_actions.respond_as_a_whole(
                row, given["version"], given["response"], given["on"]
            ),
        )
        if written:
            messages.success(request, "The response is saved.")
            return redirect("task-group", slug)
    context = {
        "form": form,
        "group": row,
        "title": "The executive’s response as a whole",
        "button": "Save the response",
    }
    return render(request, "scrutiny/programme/about_group.html", context)
