"""Assessments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.records.codes import codes
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import AUTHORISE_WORK, OPEN_CHILDREN, WORK_CASES
from sightline.service.protection.access import Case
from sightline.service.protection.actions import assessing
from sightline.service.protection.clocks import assessment_began, clock
from sightline.service.protection.forms.assessing import AssessmentForm, DecideLateForm
from sightline.service.protection.forms.parts import DecideForm
from sightline.service.protection.models import Assessment, Referral
from sightline.service.protection.views.parts import (
    FORM,
    Button,
    buttons,
    caption_of,
    decision_page,
    fresh,
    of_case,
    offered,
    part_page,
    press,
    said,
    said_at,
    said_on,
    version_sent,
)


def _texts(row: Assessment) -> tuple[tuple[str, str], ...]:
    labels = codes("assessment_factor")
    factors = "\n".join(labels.get(code, code) for code in row.factors.split())
    return (
        ("What the child says", row.child_view),
        ("What the parents say", row.parent_view),
        ("Professional judgement", row.judgement),
        ("Factors", factors),
        ("What follows", row.get_outcome_display() if row.outcome else ""),
    )


def _back(row: Assessment) -> str:
    return reverse("assessment", args=[row.pk])


@require_safe
@of_case(OPEN_CHILDREN, Assessment)
def assessment(request: HttpRequest, case: Case, row: Assessment) -> HttpResponse:
    """Show an assessment."""
    facts = [
        ("Began", said_at(row.began_at)),
        ("Written by", str(row.written_by)),
        ("Child seen", said(row.child_seen)),
        ("Handed in", said_at(row.submitted_at)),
    ]
    if row.review_on:
        facts.append(("Looked at with the manager", said_on(row.review_on)))
    if row.late_reason:
        facts.append(("Late because", str(row.get_late_reason_display())))
    if row.authorised_at:
        facts.append(("Authorised", f"{said_at(row.authorised_at)}, by {row.authorised_by}"))
        facts.append(("Why it was authorised", row.authorised_because))
    elif row.returned_because and not row.submitted_at:
        facts.append(("Returned because", row.returned_because))
    found = buttons(
        offered(case, asker(request), row),
        (
            "submit assessment",
            Button(
                "Hand it in",
                reverse("submit-assessment", args=[row.pk]),
                post=True,
                version=row.version,
            ),
        ),
        ("write assessment", Button("Write", reverse("write-assessment", args=[row.pk]))),
        ("authorise assessment", Button("Decide", reverse("decide-assessment", args=[row.pk]))),
    )
    context = {
        "facts": facts,
        "texts": _texts(row),
        "buttons": found,
        "clock": None if row.authorised_at else clock("ASM-45", assessment_began(row)),
    }
    return part_page(request, case, row, "Assessment", context)


@require_POST
@of_case(WORK_CASES, Referral)
def begin_assessment(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Begin an assessment."""
    press(
        request,
        WORK_CASES,
        f"begin assessment {row.pk}",
        "The assessment has begun.",
        lambda: assessing.begin_assessment(row, by=asker(request)),
    )
    return redirect("case", row.pk)


@require_http_methods(FORM)
@of_case(WORK_CASES, Assessment)
def write_assessment(request: HttpRequest, case: Case, row: Assessment) -> HttpResponse:
    """Write an assessment."""
    page = FormPage(
        "Write the assessment",
        "Save",
        _back(row),
        WORK_CASES,
        "What you wrote is saved. It is not handed in yet.",
        caption_of(case),
        name=f"assessment {row.pk}",
        intro="You may save it as often as you like. What the child says, what the parents say and what you "
        "judge stand apart.",
    )
    return page.answer(
        request,
        AssessmentForm(sent(request), instance=fresh(row)),
        lambda form: assessing.write_assessment(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_POST
@of_case(WORK_CASES, Assessment)
def submit_assessment(request: HttpRequest, case: Case, row: Assessment) -> HttpResponse:
    """Hand an assessment in."""
    press(
        request,
        WORK_CASES,
        f"submit assessment {row.pk}",
        "The assessment waits for a manager.",
        lambda: assessing.submit_assessment(row, version=version_sent(request), by=asker(request)),
    )
    return redirect(_back(row))


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, Assessment)
def decide_assessment(request: HttpRequest, case: Case, row: Assessment) -> HttpResponse:
    """Authorise an assessment, or return it."""
    page = FormPage(
        "Decide about the assessment",
        "Save the decision",
        _back(row),
        AUTHORISE_WORK,
        "The decision is on record.",
        caption_of(case),
        name=f"decide assessment {row.pk}",
        sections=_texts(row),
    )
    return decision_page(
        request,
        case,
        page,
        row,
        assessing.authorise_assessment,
        assessing.return_assessment,
        form=DecideLateForm if assessing.is_unexplained(row) else DecideForm,
    )
