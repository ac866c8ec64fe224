"""Conferences: booked and written up by business support too, held by their chair."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.records.codes import codes
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    AUTHORISE_WORK,
    CORRECT_CONFERENCES,
    HOLD_CONFERENCES,
    OPEN_CHILDREN,
    WRITE_UP,
)
from sightline.service.protection.access import Case
from sightline.service.protection.actions import conferring, correcting
from sightline.service.protection.forms.conferring import (
    ApproveMinutesForm,
    BookForm,
    CorrectConferenceForm,
    HoldForm,
    InvitedForm,
    InviteForm,
    MinutesForm,
    PutOffForm,
)
from sightline.service.protection.forms.parts import ReasonForm
from sightline.service.protection.models import AgencyAtConference, Conference
from sightline.service.protection.states import CHAIR, CORRECTOR
from sightline.service.protection.views.parts import (
    FORM,
    ONE_TEXT,
    Button,
    buttons,
    caption_of,
    fresh,
    need_decider,
    of_case,
    offered,
    part_page,
    said,
    said_at,
    said_on,
)


def _back(row: Conference) -> str:
    return reverse("conference", args=[row.pk])


@require_safe
@of_case(WRITE_UP, Conference)
def conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Show a conference to whoever books it, writes it up or holds it, with what may be done."""
    return _shown(request, case, row)


@require_safe
@of_case(OPEN_CHILDREN, Conference)
def conference_held(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Show a conference to whoever may open the child's record."""
    return _shown(request, case, row)


def _shown(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    by = asker(request)
    verbs = offered(case, by, row)
    if "correct conference" in verbs and not correcting.may_correct(row, by):
        verbs -= {"correct conference"}
    context: dict[str, Any] = {
        "facts": _facts(row),
        "texts": (
            ("What the child says", row.child_view),
            ("What the parents say", row.parent_view),
            ("Why it decided so", row.rationale),
            ("Minutes", row.minutes),
        )
        if row.held_at
        else (),
        "tables": [_agencies(row, verbs)],
        "buttons": _buttons(row, verbs),
        "clock": None,
    }
    if row.held_at and case.lets(by, WRITE_UP):
        context["papers"] = [("The record", reverse("print-conference", args=[row.pk]))]
        context["papers_note"] = ONE_TEXT
    if not OPEN_CHILDREN.allows(by):
        context["back"] = reverse("conferences")
    return part_page(request, case, row, str(row.get_kind_display()), context)


def _facts(row: Conference) -> list[tuple[str, str]]:
    facts = [
        ("Due by", said_on(row.due_on)),
        ("Booked for", said_at(row.booked_for)),
        ("How people meet", str(row.get_mode_display()) if row.mode else "Not said yet"),
        ("Where", row.venue or "Not said yet"),
        ("Chair", str(row.chair or "Not said yet")),
    ]
    if row.cancelled_because:
        facts.append(("Called off because", row.why_called_off))
    if row.held_at:
        agency = f", {row.late_agency}" if row.late_agency else ""
        late = (
            f"{row.get_late_reason_display()}{agency}. {row.late_note}" if row.late_reason else "No"
        )
        facts += [
            ("Held", said_at(row.held_at)),
            ("Late", late),
            ("How the child took part", codes("participation").get(row.participation, "Not said")),
            ("Enough agencies were there", said(row.is_quorate)),
            ("Decision", str(row.get_outcome_display())),
        ]
        if row.category:
            facts.append(("Category", codes("abuse_category").get(row.category, row.category)))
        facts.append(("Minutes sent", said_on(row.minutes_sent_on)))
    if row.corrected_by:
        why = f"{row.corrected_because} ({row.corrected_by}, {said_at(row.corrected_at)})"
        facts.append(("Corrected", why))
    return facts


def _agencies(row: Conference, verbs: frozenset[str]) -> dict[str, Any]:
    came = {None: "Not said yet", True: "Yes", False: "No"}
    rows = [
        {
            "cells": [
                each.agency,
                each.name or "Not said yet",
                said_on(each.report_due_on),
                f"Received {said_on(each.report_received_on)}"
                if each.report_received_on
                else "Not received",
                "Yes, remotely" if each.attended and each.remotely else came[each.attended],
            ],
            "href": reverse("note-agency", args=[each.pk]) if "note agency" in verbs else "",
        }
        for each in row.agencies.select_related("agency")
    ]
    return {
        "title": "Agencies",
        "columns": columns("Agency", "Who", "Report due", "Report", "Was there"),
        "linked": rows,
    }


def _buttons(row: Conference, verbs: frozenset[str]) -> list[Button]:
    def to(name: str) -> str:
        return reverse(name, args=[row.pk])

    booked = row.booked_for is not None
    # Minutes are approved once there are some.
    return buttons(
        verbs if row.minutes else verbs - {"send minutes"},
        ("hold", Button("Record what it decided", to("hold-conference"))),
        ("book", Button("Change the booking" if booked else "Book it", to("book-conference"))),
        ("invite agency", Button("Invite an agency", to("invite-agency"))),
        ("write minutes", Button("Write the minutes", to("write-minutes"))),
        (
            "send minutes",
            Button("The minutes are sent", to("send-minutes"), post=True, version=row.version),
        ),
        ("correct conference", Button("Correct the record", to("correct-conference"))),
        ("put off", Button("Put it off", to("put-off-conference"))),
        ("call off", Button("No conference is needed", to("call-off-conference"))),
    )


@require_http_methods(FORM)
@of_case(WRITE_UP, Conference)
def book_conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Book a conference, or change its booking."""
    page = FormPage(
        "Book the conference",
        "Save the booking",
        _back(row),
        WRITE_UP,
        "The conference is booked.",
        caption_of(case),
        name=f"book conference {row.pk}",
        intro=f"It is due by {said_on(row.due_on)}.",
    )
    return page.answer(
        request,
        BookForm(sent(request), instance=fresh(row)),
        lambda form: conferring.book_conference(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WRITE_UP, Conference)
def invite_agency(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Invite an agency to a conference."""
    page = FormPage(
        "Invite an agency",
        "Invite it",
        _back(row),
        WRITE_UP,
        "The agency is invited.",
        caption_of(case),
        name=f"invite {row.pk}",
    )
    return page.answer(
        request,
        InviteForm(sent(request)),
        lambda form: conferring.invite_agency(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WRITE_UP, AgencyAtConference)
def note_agency(request: HttpRequest, case: Case, row: AgencyAtConference) -> HttpResponse:
    """Note who comes of an agency, and when its report came."""
    page = FormPage(
        f"{row.agency}: who comes, and its report",
        "Save",
        _back(row.conference),
        WRITE_UP,
        "It is noted.",
        caption_of(case),
        name=f"agency at conference {row.pk}",
    )
    return page.answer(
        request,
        InvitedForm(sent(request), instance=fresh(row)),
        lambda form: conferring.note_agency(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WRITE_UP, Conference)
def put_off_conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Put a booked conference off."""
    page = FormPage(
        "Put the conference off",
        "Put it off",
        _back(row),
        WRITE_UP,
        "It is called off, and another waits to be booked.",
        caption_of(case),
        name=f"put off {row.pk}",
        intro=f"Another is still due by {said_on(row.due_on)}: the clock goes on.",
    )
    return page.answer(
        request,
        PutOffForm(sent(request)),
        lambda form: conferring.put_off(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, Conference)
def call_off_conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Decide that no conference is needed any more."""
    asked = row.enquiry
    why = asked.decision_rationale if asked else ""
    page = FormPage(
        "No conference is needed any more",
        "Call it off",
        reverse("conference-held", args=[row.pk]),
        AUTHORISE_WORK,
        "The conference is called off.",
        caption_of(case),
        name=f"call off {row.pk}",
        sections=(("Why one was needed", why),) if why else (),
    )
    need_decider(request, case, page, row)
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: conferring.call_off(row, form.cleaned_data["reason"], by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(HOLD_CONFERENCES, Conference)
def hold_conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Put on record what a conference was and decided."""
    page = FormPage(
        "Record what the conference decided",
        "Save",
        _back(row),
        HOLD_CONFERENCES,
        "The conference is on record.",
        caption_of(case),
        name=f"hold conference {row.pk}",
        intro=f"It was due by {said_on(row.due_on)}.",
    )
    return page.answer(
        request,
        HoldForm(row, sent(request)),
        lambda form: conferring.hold_conference(row, _held(form), by=asker(request)),
    )


def _held(form: HoldForm) -> conferring.Held:
    given = form.cleaned_data
    return conferring.Held(
        held_at=form.moment,
        attended=form.attended,
        previous_plans=given.get("previous_plans"),
        **{
            name: given[name]
            for name in (
                "outcome", "rationale", "child_view", "parent_view", "participation", "is_quorate",
                "category", "after", "late_reason", "late_agency", "late_note",
            )
        },
    )  # fmt: skip


@require_http_methods(FORM)
@of_case(CORRECT_CONFERENCES, Conference)
def correct_conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Correct what is on record of a conference."""
    page = FormPage(
        "Correct the record of the conference",
        "Save",
        _back(row),
        CORRECT_CONFERENCES,
        "It is corrected, with what followed from it. What it said before stays in the audit."
        + (
            " The record says so: send it again to those who have it."
            if row.minutes_sent_on
            else ""
        ),
        caption_of(case),
        name=f"correct conference {row.pk}",
        intro="The plan follows its day, its category and its outcome, or you are told why it cannot. Say "
        "what the child has instead only where the outcome changes, or where that was wrong.",
    )
    need_decider(request, case, page, row, CORRECTOR)
    if not correcting.may_correct(row, asker(request)):
        refuse(request, CORRECT_CONFERENCES, f"conference {row.pk}, chaired by another")
    return page.answer(
        request,
        CorrectConferenceForm(row, sent(request)),
        lambda form: correcting.correct_conference(
            row,
            form.cleaned_data["version"],
            _held(form),
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@of_case(WRITE_UP, Conference)
def write_minutes(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Write the minutes of a conference."""
    page = FormPage(
        "Write the minutes",
        "Save",
        _back(row),
        WRITE_UP,
        "The minutes are saved. They are not sent yet.",
        caption_of(case),
        name=f"minutes {row.pk}",
    )
    return page.answer(
        request,
        MinutesForm(sent(request), instance=fresh(row)),
        lambda form: conferring.write_minutes(
            row, form.cleaned_data["version"], form.cleaned_data["minutes"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(HOLD_CONFERENCES, Conference)
def send_minutes(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Approve the minutes, which are sent then."""
    page = FormPage(
        "Approve the minutes",
        "Approve them: they are sent",
        _back(row),
        HOLD_CONFERENCES,
        "That the minutes are approved and sent is on record.",
        caption_of(case),
        intro="They cannot be changed afterwards.",
        sections=(("Minutes", row.minutes),),
    )
    need_decider(request, case, page, row, CHAIR)
    return page.answer(
        request,
        ApproveMinutesForm(sent(request), initial={"version": row.version}),
        lambda form: conferring.send_minutes(row, form.cleaned_data["version"], by=asker(request)),
    )
