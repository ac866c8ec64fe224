"""Pages of minutes: written while the meeting goes on, confirmed, signed; and the list of those that wait."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.asks.queries import Matter, decided_at, outstanding
from sightline.service.scrutiny.asks.states import Step, Who
from sightline.service.scrutiny.asks.who import steps_for
from sightline.service.scrutiny.meetings import actions, exempt, queries
from sightline.service.scrutiny.meetings.forms import (
    AskForm,
    ConfirmForm,
    CorrectionForm,
    MinuteForm,
    SignForm,
)
from sightline.service.scrutiny.meetings.views.parts import (
    A_PAGE,
    FORM,
    form_page,
    kept_item,
    kept_meeting,
    meeting_pages,
    succeeds,
)
from sightline.service.scrutiny.models import Ask, Item, Meeting, StandingItem

CORRECTIONS = 3
"""Corrections that the page of confirming has room for at a time."""


@require_safe
@policy(KEEP_SCRUTINY)
def minute_taking(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the items of a meeting, what is minuted under each, and what waits."""
    found = kept_meeting(request, pk)
    items = list(found.items.prefetch_related("asks").order_by("position", "pk"))
    context = {
        "meeting": found,
        "pages": meeting_pages(found, "minute-taking"),
        "items": items,
        "writing": found.state in ("open", "held", "inquorate") and not queries.is_minuted(found),
        "unwritten": sum(1 for item in items if not item.minute),
        "faults": exempt.faults(items),
        "to_confirm": found.minutes_state == Meeting.MinutesState.DRAFT
        and found.state in ("held", "inquorate"),
        "to_sign": found.minutes_state == Meeting.MinutesState.CONFIRMED,
        "corrections": list(found.corrections.select_related("item", "agreed_at__committee")),
    }
    return render(request, "scrutiny/meetings/minute_taking.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def write_minute(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what is minuted under an item; what is typed is kept as a draft."""
    person, item = asker(request), kept_item(request, pk)
    back = reverse("minute-taking", args=[item.meeting_id])
    title = f"Minute {item}"
    draft = DraftOf(request, f"minute {pk}", title=title[:100])
    form = MinuteForm(sent(request), instance=Item.objects.get(pk=pk))
    if form.is_valid():
        try:
            if succeeds(
                form,
                lambda: actions.write_minute(item, form.cleaned_data["version"], **form.changes),
            ):
                draft.sent()
                messages.success(request, f"The minute of “{item.title}” is saved.")
                return redirect("minute-taking-item", pk)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this minute")
    beside = item.meeting.items.order_by("position", "pk")
    context = {
        "item": item,
        "meeting": item.meeting,
        "title": title,
        "form": draft.restored(form),
        "draft": draft,
        "back": back,
        "asks": list(item.asks.order_by("reference")),
        "before": beside.filter(position__lt=item.position).last(),
        "after": beside.filter(position__gt=item.position).first(),
        "writing": item.meeting.state in ("open", "held", "inquorate")
        and not queries.is_minuted(item.meeting),
        "decided": decided_at(item.meeting, person).filter(minute=item.number)
        if item.number
        else [],
        "matters": _matters(item, person),
    }
    return render(request, "scrutiny/meetings/minute.html", context)


def _matters(item: Item, person: Person) -> list[tuple[str, list[tuple[Matter, list[Step]]]]]:
    """Give the matters outstanding under their item, each with what the committee may decide on it."""
    meeting = item.meeting
    if item.kind != StandingItem.Kind.OUTSTANDING or meeting.day is None or not item.number:
        return []
    if meeting.state not in (Meeting.State.OPEN, Meeting.State.HELD):
        return []
    private = queries.may_read_private(person, meeting.committee)
    return [
        (title, [(each, _decisions(each.ask, person)) for each in listed])
        for title, listed in outstanding(meeting.committee, meeting.day, private=private).parts
    ]


def _decisions(ask: Ask, person: Person) -> list[Step]:
    return [each for each in steps_for(person, ask) if each.who is Who.COMMITTEE]


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def mark_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark words of a minute as a resolution, a request or an undertaking."""
    item = kept_item(request, pk)
    form = AskForm(item, sent(request))
    if form.is_valid():
        given = dict(form.cleaned_data)
        kind, text = given.pop("kind"), given.pop("text")
        made = []
        if succeeds(
            form,
            lambda: made.append(actions.mark_ask(item, kind, text, by=asker(request), **given)),
        ):
            messages.success(request, f"It is kept as request {made[0].reference}.")
            return redirect("minute-taking-item", pk)
    context = {
        "item": item,
        "form": form,
        "back": reverse("minute-taking-item", args=[pk]),
    }
    return render(request, "scrutiny/meetings/mark_ask.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def confirm_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the minutes of a meeting, with the corrections the committee made."""
    found = kept_meeting(request, pk)
    form = ConfirmForm(found, sent(request), initial={"at": _next(found)})
    several = formset_factory(CorrectionForm, extra=CORRECTIONS, max_num=50, absolute_max=60)
    corrections = several(sent(request), prefix="correction", form_kwargs={"meeting": found})
    if form.is_valid() and corrections.is_valid():
        given = [
            actions.Correction(
                each.cleaned_data.get("before", ""),
                each.cleaned_data.get("after", ""),
                each.cleaned_data.get("item"),
            )
            for each in corrections
            if isinstance(each, CorrectionForm) and each.is_given
        ]
        if succeeds(
            form,
            lambda: actions.confirm_minutes(
                found, form.cleaned_data["at"], given, by=asker(request)
            ),
        ):
            messages.success(request, "The minutes are confirmed, and the public reads them.")
            return redirect("meeting", pk)
    context = {
        "meeting": found,
        "form": form,
        "may_confirm": form.fields["at"].queryset.exists(),  # type: ignore[attr-defined]
        "corrections": corrections,
        "unwritten": found.items.filter(minute="").count(),
        "faults": exempt.faults(list(found.items.order_by("position", "pk"))),
    }
    return render(request, "scrutiny/meetings/confirm_minutes.html", context)


def _next(meeting: Meeting) -> Meeting | None:
    """Give the next meeting of the committee that is or was held: the one that confirms, most likely."""
    later = Meeting.objects.filter(
        committee=meeting.committee_id, state__in=(Meeting.State.OPEN, Meeting.State.HELD)
    ).exclude(pk=meeting.pk)
    return later.filter(day__gt=meeting.day).order_by("day").first() if meeting.day else None


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def sign_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who signed the minutes, and when."""
    found = kept_meeting(request, pk)
    at = found.confirmed_by
    form = SignForm(
        sent(request),
        initial={"by_name": at.chair if at else "", "on": at.day if at else timezone.localdate()},
    )
    if form.is_valid():
        given = form.cleaned_data
        if succeeds(form, lambda: actions.sign_minutes(found, given["by_name"], given["on"])):
            messages.success(request, "It is on record who signed the minutes.")
            return redirect("meeting", pk)
    return form_page(
        request,
        form,
        title="Record that the minutes were signed",
        caption=str(found),
        back=reverse("minute-taking", args=[pk]),
        button="Put it on record",
        lede="By whoever presided at the same or the next suitable meeting.",
    )


@require_safe
@policy(KEEP_SCRUTINY)
def unconfirmed_minutes(request: HttpRequest) -> HttpResponse:
    """List the minutes that wait to be confirmed, or, with `?signed=no`, those that wait to be signed."""
    to_sign = request.GET.get("signed") == "no"
    found = queries.unsigned() if to_sign else queries.unconfirmed()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "to_sign": to_sign,
        "columns": columns("Meeting", "Committee", "Minutes", "Since"),
        "today": timezone.localdate(),
    }
    return render(request, "scrutiny/meetings/unconfirmed.html", context)
