"""The interview on a return: offered, answered, held, judged."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.service.accounts.form_pages import FormPage, press
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import AUDIT_INTERVIEWS, HOLD_INTERVIEWS
from sightline.service.accounts.steps import NotAllowedError
from sightline.service.audit.record import refused
from sightline.service.missing.access import Opened
from sightline.service.missing.actions import interviews
from sightline.service.missing.actions.steps import need_who
from sightline.service.missing.forms import (
    AuditForm,
    DeclineForm,
    GiveForm,
    InterviewForm,
    OfferedForm,
    OfferForm,
)
from sightline.service.missing.models import ReturnInterview
from sightline.service.missing.states import JUDGE
from sightline.service.missing.views.parts import FORM, caption_of, of_child
from sightline.service.protection.clocks import clock
from sightline.service.protection.views.parts import fresh, said_at


def _back(row: ReturnInterview) -> str:
    return reverse("episode", args=[row.episode_id])


def _stands(row: ReturnInterview) -> str:
    """Say when the child returned, and how the clock stands."""
    returned = row.episode.returned_at
    found = clock(interviews.RULE, returned) if returned else None
    if found is None:
        return f"The child returned on {said_at(returned)}."
    left = found.left(timezone.now())
    return f"The child returned on {said_at(returned)}. To be held by {said_at(found.due)}: {left}."


@require_http_methods(FORM)
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def offer_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Note that a return interview was offered, and who is to hold it."""
    page = FormPage(
        "Record the offer of the return interview",
        "Save",
        _back(row),
        HOLD_INTERVIEWS,
        "The offer is on record.",
        caption_of(opened),
        name=f"offer interview {row.pk}",
        intro=_stands(row),
    )
    return page.answer(
        request,
        OfferForm(sent(request)),
        lambda form: interviews.offer_interview(
            row,
            offered_at=form.moment,
            given_to=form.cleaned_data["given_to"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def give_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Give a return interview to another to hold."""
    page = FormPage(
        "Pass to another interviewer",
        "Save",
        reverse("missing"),
        HOLD_INTERVIEWS,
        "The interview is passed to another.",
        caption_of(opened),
        intro=_stands(row),
        what="who is to hold it",
    )
    return page.answer(
        request,
        GiveForm(sent(request), instance=fresh(row)),
        lambda form: interviews.give_interview(
            row, form.cleaned_data["version"], form.cleaned_data["given_to"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def correct_offer(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Correct when a return interview was first offered."""
    page = FormPage(
        "Correct when the interview was first offered",
        "Save",
        _back(row),
        HOLD_INTERVIEWS,
        "The offer is corrected. What it said before stays in the audit.",
        caption_of(opened),
        intro=_stands(row),
        what="the offer",
    )
    return page.answer(
        request,
        OfferedForm(sent(request), instance=fresh(row)),
        lambda form: interviews.correct_offer(
            row, form.cleaned_data["version"], form.moment, by=asker(request)
        ),
    )


@require_POST
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def take_back_answer(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Note that there is no answer yet, where one was recorded by mistake."""
    if press(
        request,
        HOLD_INTERVIEWS,
        f"take back the answer to interview {row.pk}",
        lambda: interviews.take_back_answer(row, by=asker(request)),
    ):
        messages.success(request, "It is on record that there is no answer yet.")
    return redirect(_back(row))


@require_POST
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def accept_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Note that the child accepted."""
    if press(
        request,
        HOLD_INTERVIEWS,
        f"accept interview {row.pk}",
        lambda: interviews.accept_interview(row, by=asker(request)),
    ):
        messages.success(request, "It is on record that the child accepted.")
    return redirect(_back(row))


@require_http_methods(FORM)
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def decline_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Note that a return interview was declined, and why."""
    page = FormPage(
        "Record that the interview was declined",
        "Save",
        _back(row),
        HOLD_INTERVIEWS,
        "It is on record that it was declined. It may be offered again.",
        caption_of(opened),
        name=f"decline interview {row.pk}",
    )
    return page.answer(
        request,
        DeclineForm(sent(request)),
        lambda form: interviews.decline_interview(
            row, form.cleaned_data["reason"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def hold_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Put a return interview that was held on record."""
    page = FormPage(
        "Record the return interview",
        "Save",
        _back(row),
        HOLD_INTERVIEWS,
        "The return interview is on record.",
        caption_of(opened),
        name=f"interview {row.pk}",
        intro=_stands(row),
    )
    return page.answer(
        request,
        InterviewForm(sent(request), instance=fresh(row)),
        lambda form: interviews.hold_interview(row, form.changes, by=asker(request)),
    )


@require_http_methods(FORM)
@of_child(HOLD_INTERVIEWS, ReturnInterview)
def correct_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Correct what is recorded of a return interview."""
    page = FormPage(
        "Correct the return interview",
        "Save",
        _back(row),
        HOLD_INTERVIEWS,
        "The interview is corrected. What it said before stays in the audit.",
        caption_of(opened),
        name=f"correct interview {row.pk}",
        intro=_stands(row),
        what="this interview",
    )
    return page.answer(
        request,
        InterviewForm(sent(request), instance=fresh(row)),
        lambda form: interviews.correct_interview(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_child(AUDIT_INTERVIEWS, ReturnInterview)
def audit_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> HttpResponse:
    """Judge the quality of a return interview; nobody judges their own."""
    page = FormPage(
        "Judge the quality of the interview",
        "Save",
        _back(row),
        AUDIT_INTERVIEWS,
        "The judgement is on record.",
        caption_of(opened),
        name=f"audit interview {row.pk}",
        sections=(
            ("In the child’s own words", row.own_words),
            ("Interviewer’s assessment", row.judgement),
            ("What happens next", row.what_next),
        ),
    )
    try:
        need_who(JUDGE, row, asker(request))
    except NotAllowedError as error:
        refused(request, AUDIT_INTERVIEWS.name, page.title)
        raise PermissionDenied(str(error)) from None
    form = AuditForm(sent(request), initial={"version": row.version})

    def save(filled: AuditForm) -> None:
        given = filled.cleaned_data
        interviews.audit_interview(
            row, given["version"], int(given["quality"]), given["quality_note"], by=asker(request)
        )

    return page.answer(request, form, save)
