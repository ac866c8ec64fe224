"""Entries of the work programme: planned, changed, moved, done, dropped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.keeping import kept_committee, may_keep, need_keeping
from sightline.service.scrutiny.models import ProgrammeEntry, Topic
from sightline.service.scrutiny.programme import actions, queries
from sightline.service.scrutiny.programme.forms import (
    EntryForm,
    MoveForm,
    PlanForm,
    ReasonForm,
    place_of,
)
from sightline.service.scrutiny.programme.views.parts import FORM, done
from sightline.service.scrutiny.programme.warnings import not_in_order


@require_safe
@policy(SEE_SCRUTINY)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry: what it is for, who is invited, where it stood before."""
    row = get_object_or_404(queries.entry(pk))
    person = asker(request)
    context = {
        "entry": row,
        "keeps": may_keep(person, row.committee),
        "warning": not_in_order(row, timezone.localdate()),
        "ask_words": queries.words_for(person, row.from_ask) if row.from_ask else "",
        "columns": columns("When it was moved", "From", "To", "Why", "By"),
    }
    return render(request, "scrutiny/programme/entry.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def plan_entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan an entry; `?topic=` is a topic to put it under."""
    committee = kept_committee(request, slug)
    draft = DraftOf(
        request, f"plan for committee {committee.pk}", title=f"Work programme of {committee}"
    )
    topic = Topic.objects.filter(slug=request.GET.get("topic", "")).first()
    first = {"topic": topic, "title": topic.title} if topic else {}
    form = PlanForm(sent(request), committee=committee, initial=first)
    if form.is_valid():
        given = form.changes
        place = given.pop("place")
        if done(request, form, lambda: actions.plan_entry(committee, **place, **given)):
            draft.sent()
            messages.success(request, "It is in the work programme.")
            return redirect("committee-programme", committee.slug)
    context = {"form": draft.restored(form), "draft": draft, "committee": committee}
    return render(request, "scrutiny/programme/plan_entry.html", context)


def _kept(request: HttpRequest, pk: int) -> ProgrammeEntry:
    row = get_object_or_404(queries.entry(pk))
    need_keeping(request, row.committee)
    return row


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of an entry."""
    row = _kept(request, pk)
    draft = DraftOf(request, f"change entry {pk}", title=f"Work programme: {row.title}")
    form = EntryForm(sent(request), instance=ProgrammeEntry.objects.get(pk=pk))
    if form.is_valid():
        try:
            actions.change_entry(row, form.cleaned_data["version"], form.changes)
        except ConflictError as conflict:
            back = reverse("entry", args=[pk])
            return conflict_page(request, form, conflict.now, back=back, what="this entry")
        draft.sent()
        messages.success(request, "The change is saved.")
        return redirect("entry", pk)
    context = {"form": draft.restored(form), "draft": draft, "entry": row}
    return render(request, "scrutiny/programme/change_entry.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def move_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an entry at another meeting, or in another month, with the reason."""
    row = _kept(request, pk)
    form = MoveForm(sent(request), entry=row, initial={"place": place_of(row)})
    if form.is_valid():
        given = form.cleaned_data
        moved = done(
            request,
            form,
            lambda: actions.move_entry(
                row, given["version"], **given["place"], why=given["why"], by=asker(request)
            ),
        )
        if moved:
            messages.success(request, "It is moved, and its history says from where and why.")
            return redirect("entry", pk)
    context = {"form": form, "entry": row, "title": "Move it", "button": "Move it"}
    return render(request, "scrutiny/programme/about_entry.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def entry_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an entry was done, and what came of it."""
    row = _kept(request, pk)
    form = ReasonForm(
        sent(request),
        version=row.version,
        label="What came of it",
        hint="Against the intended outcome. Leave it empty where the minutes say it all.",
    )
    if form.is_valid():
        given = form.cleaned_data
        if done(request, form, lambda: actions.entry_done(row, given["version"], given["why"])):
            messages.success(request, "It is done.")
            return redirect("committee-programme", row.committee.slug)
    context = {"form": form, "entry": row, "title": "It was done", "button": "Save"}
    return render(request, "scrutiny/programme/about_entry.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def drop_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out of the programme, with the reason."""
    row = _kept(request, pk)
    form = ReasonForm(
        sent(request),
        version=row.version,
        label="Why is it dropped?",
        hint="It stays in the history of the programme, with this reason.",
        missing="Say why it is dropped",
    )
    if form.is_valid():
        given = form.cleaned_data
        if done(request, form, lambda: actions.drop_entry(row, given["version"], given["why"])):
            messages.success(request, "It is dropped.")
            return redirect("committee-programme", row.committee.slug)
    context = {"form": form, "entry": row, "title": "Drop it", "button": "Drop it"}
    return render(request, "scrutiny/programme/about_entry.html", context)
