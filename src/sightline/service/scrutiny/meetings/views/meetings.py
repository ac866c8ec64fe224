"""Pages of meetings: the list of a committee's, one of them, and how it comes along."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.asks.queries import decided_at, of_meeting, outstanding
from sightline.service.scrutiny.keeping import kept_committee
from sightline.service.scrutiny.meetings import actions, queries
from sightline.service.scrutiny.meetings.deadlines import clock, why_off
from sightline.service.scrutiny.meetings.forms import CloseForm, MeetingForm, OpenForm, WhyForm
from sightline.service.scrutiny.meetings.quorum import COUNTED
from sightline.service.scrutiny.meetings.standing import participation_of
from sightline.service.scrutiny.meetings.views.parts import (
    A_PAGE,
    FORM,
    committee_pages,
    form_page,
    keeps,
    kept_meeting,
    meeting_pages,
    succeeds,
)
from sightline.service.scrutiny.models import (
    Ask,
    AskStep,
    Attendance,
    Committee,
    Item,
    Meeting,
    Membership,
    Paper,
    StandingItem,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.reading.queries import sources_of

State = Meeting.State


@require_safe
@policy(SEE_SCRUTINY)
def committee_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """List the meetings of a committee, the latest first."""
    found = get_object_or_404(Committee, slug=slug)
    page = Paginator(queries.meetings_of(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "committee": found,
        "pages": committee_pages(found, "committee-meetings"),
        "page": page,
        "columns": columns("Date", "State", "Minutes", "Items"),
        "keeps": keeps(request, found),
    }
    return render(request, "scrutiny/meetings/committee_meetings.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def plan_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting of a committee."""
    found = kept_committee(request, slug)
    form = MeetingForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        made: list[Meeting] = []
        if succeeds(
            form,
            lambda: made.append(
                actions.plan_meeting(found, given["day"], given["starts"], given["venue"])
            ),
        ):
            messages.success(request, "The meeting is planned. Build its agenda next.")
            if off := why_off(given["day"]):
                messages.warning(request, f"{given['day']:%-d %B %Y} is no working day: {off}.")
            return redirect("agenda", made[0].pk)
    return form_page(
        request,
        form,
        title="Plan a meeting",
        caption=found.name,
        back=reverse("committee-meetings", args=[slug]),
        button="Plan the meeting",
    )


@require_safe
@policy(SEE_SCRUTINY)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: its agenda and papers, and what was minuted as far as the person reads it."""
    found = get_object_or_404(Meeting.objects.select_related("committee", "confirmed_by"), pk=pk)
    person = asker(request)
    reads = queries.reader(person, found.committee)
    confirmed = queries.is_minuted(found)
    shows_minutes = confirmed or reads.drafts
    asks, decided = _asks(found, person) if shows_minutes else ({}, {})
    items = [
        {
            "item": item,
            "texts": reads.texts_of(item, confirmed=confirmed),
            "is_private": item.privacy != Privacy.PUBLIC,
            "open": item.privacy == Privacy.PUBLIC or reads.private,
            "matters": _matters(found, item, private=reads.private),
            "asks": asks.get(item.pk, []),
            "decided": decided.get(item.number, []) if item.number else [],
            "papers": [
                {
                    "paper": paper if reads.may_know(paper) else paper.letter,
                    "open": reads.may_open(paper) and not paper.announced,
                    "state": _state_of(paper),
                }
                for paper in item.papers.all()
            ],
        }
        for item in queries.agenda_of(found)
    ]
    packs = found.packs.select_related("file").defer("file__data")
    context = {
        "meeting": found,
        "facts": _facts(found),
        "pages": meeting_pages(found, "meeting") if reads.drafts else [],
        "steps": _steps(found) if reads.drafts else [],
        "items": items,
        "packs": [pack for pack in packs if reads.private or not pack.with_private],
        "shows_minutes": shows_minutes,
        "attendance": _attendance(found) if shows_minutes else [],
        "declarations": list(queries.declarations_of(found)) if shows_minutes else [],
        "quorum": queries.quorum_of(found) if shows_minutes else [],
        "counted": COUNTED,
        "corrections": found.corrections.select_related("item", "agreed_at__committee")
        if reads.drafts  # what stood before is a draft's
        else [],
        "corrections_count": found.corrections.count(),
        "reads": reads,
        "sources": sources_of(found) if reads.drafts else [],
        "public": found.committee.is_public and found.day,
    }
    return render(request, "scrutiny/meetings/meeting.html", context)


def _asks(
    meeting: Meeting, person: Person
) -> tuple[dict[int | None, list[Ask]], dict[str, list[AskStep]]]:
    """Give the requests made at a meeting by item, and what was decided on others by minute number."""
    made: dict[int | None, list[Ask]] = {}
    for ask in of_meeting(meeting, person):
        made.setdefault(ask.item_id, []).append(ask)
    decided: dict[str, list[AskStep]] = {}
    for step in decided_at(meeting, person):
        decided.setdefault(step.minute, []).append(step)
    return made, decided


def _state_of(paper: Paper) -> str:
    """Say why a paper that cannot be opened here cannot."""
    if paper.announced:
        return "to follow"
    public = paper.privacy == Privacy.PUBLIC == paper.item.privacy
    return "not published yet" if public else "private"


def _matters(meeting: Meeting, item: Item, *, private: bool) -> dict[str, Any] | None:
    """Give the matters outstanding under their item, until the meeting is over."""
    is_over = meeting.state not in (State.PLANNED, State.CALLED, State.OPEN)
    if item.kind != StandingItem.Kind.OUTSTANDING or is_over or meeting.day is None:
        return None
    matters = outstanding(meeting.committee, meeting.day, private=private)
    return {"sentence": matters.sentence, "parts": matters.parts}


def _facts(meeting: Meeting) -> list[dict[str, str]]:
    day = f"{meeting.day:%A %-d %B %Y}" if meeting.day else "Not known"
    if meeting.day_is_inferred:
        day += " (inferred, not stated)"
    if meeting.starts:
        day += f", {clock(meeting.starts)}"
    if meeting.ended:
        day += f" to {clock(meeting.ended)}"
    facts = [("When", day), ("Where", meeting.venue or "Not recorded")]
    if meeting.chair:
        facts.append(("In the chair", meeting.chair))
    if meeting.state_reason:
        facts.append(("Why", meeting.state_reason))
    if notice := queries.notice_in_words(meeting):
        facts.append(("Public notice", notice))
    if deadline := participation_of(meeting):
        facts.append(("Public participation", deadline.sentence))
    if meeting.minutes_state != Meeting.MinutesState.NONE:
        facts.append(("Minutes", _minutes_in_words(meeting)))
    return [{"key": key, "value": value} for key, value in facts]


def _minutes_in_words(meeting: Meeting) -> str:
    said: str = meeting.get_minutes_state_display()
    if meeting.confirmed_by and meeting.confirmed_by.day:
        said += f", at the meeting of {meeting.confirmed_by.day:%-d %B %Y}"
    if meeting.signed_by and meeting.signed_on:
        said += f"; signed by {meeting.signed_by} on {meeting.signed_on:%-d %B %Y}"
    return f"{said}."


def _attendance(meeting: Meeting) -> list[tuple[str, list[Attendance]]]:
    """Give those who were there, and those who were not, in groups with a heading."""
    rows = list(meeting.attendance.order_by("name"))
    there = (Attendance.Status.PRESENT, Attendance.Status.REMOTE)
    capacities = Attendance.Capacity
    groups = [
        ("Present", (capacities.MEMBER, capacities.CO_OPTEE, capacities.SUBSTITUTE)),
        ("Also attended", (capacities.OTHER_MEMBER, capacities.INVITED)),
        ("Officers", (capacities.OFFICER,)),
        ("In attendance", (capacities.IN_ATTENDANCE,)),
    ]
    found = [
        (title, [row for row in rows if row.capacity in which and row.status in there])
        for title, which in groups
    ]
    found += [
        (title, [row for row in rows if row.status == status])
        for title, status in (
            ("Apologies", Attendance.Status.APOLOGY),
            ("Absent without apology", Attendance.Status.ABSENT),
        )
    ]
    return [(title, group) for title, group in found if group]


def _steps(meeting: Meeting) -> list[dict[str, str]]:
    """Give what can be done next with a meeting: the first is the button."""
    steps = {
        Meeting.State.PLANNED: [
            ("agenda", "Build the agenda"),
            ("change-meeting", "Change when and where"),
            ("cancel-meeting", "Cancel the meeting"),
        ],
        Meeting.State.CALLED: [
            ("open-meeting", "Open the meeting"),
            ("change-meeting", "Change where"),
            ("meeting-inquorate", "It was not quorate"),
            ("cancel-meeting", "Cancel the meeting"),
        ],
        Meeting.State.OPEN: [
            ("close-meeting", "Close the meeting"),
            ("meeting-inquorate", "It is no longer quorate"),
        ],
    }.get(Meeting.State(meeting.state), [])
    if meeting.state in (Meeting.State.HELD, Meeting.State.INQUORATE):
        if meeting.minutes_state == Meeting.MinutesState.DRAFT:
            steps = [("confirm-minutes", "Confirm the minutes")]
        elif meeting.minutes_state == Meeting.MinutesState.CONFIRMED:
            steps = [("sign-minutes", "Record that they were signed")]
    return [{"href": reverse(name, args=[meeting.pk]), "text": text} for name, text in steps]


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when and where a meeting is held."""
    found = kept_meeting(request, pk)
    form = MeetingForm(sent(request), instance=Meeting.objects.get(pk=pk))
    back = reverse("meeting", args=[pk])
    if form.is_valid():
        try:
            if succeeds(
                form,
                lambda: actions.change_meeting(found, form.cleaned_data["version"], form.changes),
            ):
                messages.success(request, "The change is saved.")
                return redirect("meeting", pk)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this meeting")
    return form_page(
        request, form, title="Change the meeting", caption=str(found), back=back, button="Save"
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def open_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a meeting."""
    found = kept_meeting(request, pk)
    chair = (
        Membership.objects.on(found.day)
        .filter(committee=found.committee, position=Membership.Position.CHAIR)
        .select_related("member")
        .first()
    )
    initial = {"chair": chair.member.name if chair else ""}
    form = OpenForm(sent(request), initial=initial)
    if form.is_valid() and succeeds(
        form, lambda: actions.open_meeting(found, form.cleaned_data["chair"])
    ):
        messages.success(request, "The meeting is open, and its items have their minute numbers.")
        return redirect("attendance", pk)
    return form_page(
        request,
        form,
        title="Open the meeting",
        caption=str(found),
        back=reverse("meeting", args=[pk]),
        button="Open the meeting",
        lede="Its items then get their minute numbers. Attendance is taken next.",
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def close_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a meeting that was held."""
    found = kept_meeting(request, pk)
    form = CloseForm(sent(request))
    if form.is_valid() and succeeds(
        form, lambda: actions.close_meeting(found, form.cleaned_data["ended"])
    ):
        messages.success(request, "The meeting is closed.")
        return redirect("minute-taking", pk)
    return form_page(
        request,
        form,
        title="Close the meeting",
        caption=str(found),
        back=reverse("meeting", args=[pk]),
        button="Close the meeting",
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting that has not begun."""
    return _with_reason(
        request,
        pk,
        actions.cancel_meeting,
        title="Cancel the meeting",
        button="Cancel the meeting",
        done="The meeting is cancelled.",
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def inquorate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a meeting could not be held, or not go on, for want of a quorum."""
    return _with_reason(
        request,
        pk,
        actions.find_inquorate,
        title="The meeting was not quorate",
        button="Put it on record",
        done="It is on record that the meeting was not quorate.",
    )


def _with_reason(
    request: HttpRequest, pk: int, action: Any, *, title: str, button: str, done: str
) -> HttpResponse:
    found = kept_meeting(request, pk)
    form = WhyForm(sent(request))
    if form.is_valid() and succeeds(form, lambda: action(found, form.cleaned_data["why"])):
        messages.success(request, done)
        return redirect("meeting", pk)
    return form_page(
        request,
        form,
        title=title,
        caption=str(found),
        back=reverse("meeting", args=[pk]),
        button=button,
        lede="It then counts in no statistics of attendance.",
    )
