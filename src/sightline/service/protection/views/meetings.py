"""Meetings before court, reviews and hearings: each to come or held, with what it agreed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import AUTHORISE_WORK, OPEN_CHILDREN, WORK_CASES, Policy
from sightline.service.protection.access import Case
from sightline.service.protection.actions import meetings as doing
from sightline.service.protection.forms.court import WhyForm
from sightline.service.protection.forms.meetings import (
    BookMeetingForm,
    CorrectMeetingForm,
    CorrectReviewForm,
    HoldMeetingForm,
    MeetingForm,
    MoveMeetingForm,
)
from sightline.service.protection.models import CourtMeeting, PreProceedings
from sightline.service.protection.states import AUTHORISER, COURT_MEETING
from sightline.service.protection.views.parts import (
    FORM,
    Button,
    buttons,
    caption_of,
    fresh,
    need_decider,
    of_case,
    offered,
    part_page,
    said_at,
    said_on,
)

Kind = CourtMeeting.Kind


def meetings_of(row: PreProceedings) -> dict[str, Any]:
    """Give the table of meetings and hearings, those to come first."""
    found = sorted(row.meetings.select_related("by"), key=lambda each: each.held_on is not None)
    linked = [
        {
            "cells": [_when(each), each.get_kind_display(), *_what(each), each.by],
            "href": reverse("court-meeting", args=[each.pk]),
        }
        for each in found
    ]
    heads = columns("Day", "Which", "Who came", "What was agreed or ordered", "Recorded by")
    return {"title": "Meetings and hearings", "columns": heads, "linked": linked}


def _when(each: CourtMeeting) -> str:
    return said_on(each.held_on) if each.held_on else said_at(each.booked_for)


def _what(each: CourtMeeting) -> tuple[str, str]:
    if each.held_on is None:
        stands = COURT_MEETING.state_of(each).label
        why = f": {each.called_off_because}" if each.called_off_because else ""
        return "", f"{stands}{why}"
    said = each.agreed
    if each.extended_until:
        said += f"\nMore time, until {said_on(each.extended_until)}: {each.extended_because}"
    if each.late_because:
        said += f"\nLate: {each.late_because}"
    return each.present or "Not recorded", said


@require_safe
@of_case(OPEN_CHILDREN, CourtMeeting)
def court_meeting(request: HttpRequest, case: Case, row: CourtMeeting) -> HttpResponse:
    """Show a meeting or hearing: for when it is booked, or what it agreed."""
    facts = [("Held", said_on(row.held_on)), ("Recorded by", str(row.by))]
    if row.booked_for:
        facts.insert(0, ("Booked for", said_at(row.booked_for)))
    if row.place:
        facts.insert(1, ("Where", row.place))
    if row.extended_until:
        facts.append(("More time than 26 weeks, until", said_on(row.extended_until)))
    for name, why in (("Called off", row.called_off_because), ("Late", row.late_because)):
        facts += [(name, why)] if why else []
    if row.corrected_by:
        why = f"{row.corrected_because} ({row.corrected_by}, {said_at(row.corrected_at)})"
        facts.append(("Corrected", why))
    texts = [
        ("Who came", row.present or "Not recorded"),
        ("What was agreed or ordered", row.agreed),
    ]
    if row.extended_because:
        texts.append(("Why the court gave more time", row.extended_because))
    context = {
        "facts": facts,
        "texts": texts if row.held_on else (),
        "buttons": buttons(
            offered(case, asker(request), row),
            ("hold meeting", Button("Record what was agreed", _to("hold-court-meeting", row))),
            ("move meeting", Button("Book it for another time", _to("move-court-meeting", row))),
            ("call off meeting", Button("Call it off", _to("call-off-court-meeting", row))),
            ("correct meeting", Button("Correct it", _to("correct-court-meeting", row))),
            ("correct review", Button("Correct it", _to("correct-review", row))),
        ),
        "back": _back(row.pre_proceedings_id),
    }
    return part_page(request, case, row, str(row.get_kind_display()), context)


def _to(name: str, row: CourtMeeting) -> str:
    return reverse(name, args=[row.pk])


def _back(key: int) -> str:
    return reverse("pre-proceedings", args=[key])


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def book_court_meeting(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Book a meeting or a hearing."""
    page = FormPage(
        "Book a meeting or hearing",
        "Save",
        _back(row.pk),
        WORK_CASES,
        "It is booked. It is in the calendar of whoever has the case.",
        caption_of(case),
        name=f"book court meeting {row.pk}",
    )
    return page.answer(
        request,
        BookMeetingForm(sent(request)),
        lambda form: doing.book_meeting(
            row,
            kind=form.cleaned_data["kind"],
            booked_for=form.moment,
            place=form.cleaned_data["place"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def record_court_meeting(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Put a meeting or a hearing that was not booked on record."""
    page = FormPage(
        "Record a meeting",
        "Save",
        _back(row.pk),
        WORK_CASES,
        "The meeting is on record.",
        caption_of(case),
        name=f"record a meeting {row.pk}",
    )
    return page.answer(
        request,
        MeetingForm(sent(request), in_court=row.application_on is not None),
        lambda form: doing.record_meeting(row, **form.said, by=asker(request)),
    )


def _page(
    case: Case, row: CourtMeeting, title: str, done: str, of: Policy = WORK_CASES
) -> FormPage:
    about = f"{caption_of(case)}: {str(row.get_kind_display()).lower()}"
    return FormPage(
        title, "Save", _to("court-meeting", row), of, done, about, name=f"{title.lower()} {row.pk}"
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtMeeting)
def move_court_meeting(request: HttpRequest, case: Case, row: CourtMeeting) -> HttpResponse:
    """Book a meeting for another time."""
    page = _page(case, row, "Book it for another time", "It is booked.")
    return page.answer(
        request,
        MoveMeetingForm(sent(request), instance=fresh(row)),
        lambda form: doing.move_meeting(
            row,
            form.cleaned_data["version"],
            booked_for=form.moment,
            place=form.cleaned_data["place"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtMeeting)
def hold_court_meeting(request: HttpRequest, case: Case, row: CourtMeeting) -> HttpResponse:
    """Put on record what a meeting that was booked agreed."""
    page = _page(case, row, "Record what was agreed", "The meeting is on record.")
    return page.answer(
        request,
        HoldMeetingForm(
            sent(request), in_court=row.kind == Kind.HEARING, initial={"version": row.version}
        ),
        lambda form: doing.hold_meeting(
            row, form.cleaned_data["version"], form.said, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtMeeting)
def call_off_court_meeting(request: HttpRequest, case: Case, row: CourtMeeting) -> HttpResponse:
    """Call a meeting off."""
    page = _page(case, row, "Call it off", "It is called off.")
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: doing.call_off_meeting(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtMeeting)
def correct_court_meeting(request: HttpRequest, case: Case, row: CourtMeeting) -> HttpResponse:
    """Correct what is on record of a meeting or hearing."""
    page = _page(
        case, row, "Correct it", "It is corrected. What it said before stays in the audit."
    )
    return page.answer(
        request,
        CorrectMeetingForm(sent(request), instance=fresh(row)),
        lambda form: doing.correct_meeting(
            row,
            form.cleaned_data["version"],
            form.said,
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, CourtMeeting)
def correct_review(request: HttpRequest, case: Case, row: CourtMeeting) -> HttpResponse:
    """Correct what is on record of a review of pre-proceedings."""
    done = "The review is corrected. What it said before stays in the audit."
    page = _page(case, row, "Correct the review", done, AUTHORISE_WORK)
    need_decider(request, case, page, row, AUTHORISER)
    return page.answer(
        request,
        CorrectReviewForm(sent(request), instance=fresh(row)),
        lambda form: doing.correct_review(
            row,
            form.cleaned_data["version"],
            form.changes,
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )
