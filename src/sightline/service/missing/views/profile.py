"""The problem profile: what agencies know, beside what is counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.clocks.months import add_months
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import (
    ADD_TO_PROFILE,
    AGREE_PROFILE,
    SEE_PROFILE,
    SEE_UNPROTECTED,
)
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.missing.actions import profile as actions
from sightline.service.missing.actions.steps import OF_ANOTHER_AGENCY
from sightline.service.missing.forms import AgreeForm, ContributionForm, ProfileFilter
from sightline.service.missing.models import AgreedProfile, ProfileContribution
from sightline.service.missing.queries import profile as queries
from sightline.service.missing.views.parts import FORM
from sightline.service.protection.forms.parts import ReasonForm
from sightline.service.protection.views.parts import fresh

SHOWN = 6
"""Months that are shown where nobody says which."""
LEVELS = [{"text": "Level"}, {"text": "Children", "numeric": True}]


@require_safe
@policy(SEE_PROFILE)
def problem_profile(request: HttpRequest) -> HttpResponse:
    """Show contributions and counts of some months; printed it is the whole page."""
    person = asker(request)
    form, months = _months(request)
    protected = not SEE_UNPROTECTED.allows(person)
    own = person.agency_id if ADD_TO_PROFILE.allows(person) else None
    context = {
        "form": form,
        "clear": reverse("problem-profile"),
        "contributions": [(each, each.agency_id == own) for each in queries.contributions(months)],
        "tables": queries.counts(months, protected=protected),
        "columns": _heads(months),
        "levels": [] if protected else queries.levels_now(),
        "level_columns": LEVELS,
        "agreed": AgreedProfile.objects.all(),
        "may_agree": AGREE_PROFILE.allows(person),
        "query": request.GET.urlencode() if form.is_valid() else "",
        "protected": protected,
        "months": months,
        "may_add": ADD_TO_PROFILE.allows(person),
        "has_agency": person.agency_id is not None,
        "now": timezone.now(),
    }
    record(Verb.VIEW, "problem profile", f"{months[0]:%Y-%m} {months[-1]:%Y-%m}")
    return render(request, "missing/profile.html", context)


def _months(request: HttpRequest) -> tuple[ProfileFilter, list[date]]:
    """Give the form that says which months are asked for, and those months."""
    form = ProfileFilter(request.GET if request.GET else None)
    given = form.cleaned_data if form.is_valid() else {}
    last = given.get("until") or timezone.localdate()
    first = given.get("since") or add_months(last.replace(day=1), 1 - SHOWN)
    return form, queries.months_of(min(first, last), last)


def _heads(months: Sequence[date]) -> list[dict[str, Any]]:
    return [{"text": "District"}, *({"text": f"{each:%b %Y}", "numeric": True} for each in months)]


@require_http_methods(FORM)
@policy(AGREE_PROFILE)
def agree_profile(request: HttpRequest) -> HttpResponse:
    """Keep the profile of the months of `since` and `until` as it stands, as a meeting agreed it."""
    _, months = _months(request)
    page = FormPage(
        "Agree this profile",
        "Save",
        reverse("problem-profile"),
        AGREE_PROFILE,
        "The profile is kept as it stands now.",
        "Problem profile",
        intro=f"{months[0]:%B %Y} to {months[-1]:%B %Y}, as it stands now. It is kept with your name.",
    )
    return page.answer(
        request,
        AgreeForm(sent(request)),
        lambda form: actions.agree_profile(months, **form.cleaned_data, by=asker(request)),
    )


@require_safe
@policy(SEE_PROFILE)
def agreed_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a profile as a meeting agreed it."""
    row = get_object_or_404(AgreedProfile.objects.select_related("by"), pk=pk)
    protected = not SEE_UNPROTECTED.allows(asker(request))
    record(Verb.VIEW, "agreed problem profile", pk)
    context = {
        "row": row,
        "tables": row.shown["protected" if protected else "tables"],
        "columns": _heads(queries.months_of(row.since, row.until)),
        "levels": [] if protected else row.shown["levels"],
        "level_columns": LEVELS,
        "protected": protected,
    }
    return render(request, "missing/agreed.html", context)


def _page(title: str, said: str, **more: Any) -> FormPage:
    return FormPage(
        title, "Save", reverse("problem-profile"), ADD_TO_PROFILE, said, "Problem profile", **more
    )


@require_http_methods(FORM)
@policy(ADD_TO_PROFILE)
def contribute(request: HttpRequest) -> HttpResponse:
    """Add what one's agency knows."""
    page = _page(
        "Add what your agency knows",
        "It is in the problem profile.",
        name="contribute to the problem profile",
        intro=f"For {asker(request).agency or 'no agency: your account has none'}.",
    )
    return page.answer(
        request,
        ContributionForm(sent(request)),
        lambda form: actions.contribute(
            form.changes, names_nobody=form.cleaned_data["names_nobody"], by=asker(request)
        ),
    )


def _own(request: HttpRequest, pk: int) -> ProfileContribution:
    row = get_object_or_404(ProfileContribution.objects.select_related("agency"), pk=pk)
    if row.agency_id != asker(request).agency_id:
        refuse(request, ADD_TO_PROFILE, f"contribution {pk}: {OF_ANOTHER_AGENCY}")
    return row


@require_http_methods(FORM)
@policy(ADD_TO_PROFILE)
def correct_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what one's agency added."""
    row = _own(request, pk)
    page = _page(
        "Change what your agency added",
        "The change is saved.",
        name=f"contribution {pk}",
        what="this contribution",
    )
    return page.answer(
        request,
        ContributionForm(sent(request), instance=fresh(row)),
        lambda form: actions.correct_contribution(
            row,
            form.cleaned_data["version"],
            form.changes,
            names_nobody=form.cleaned_data["names_nobody"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@policy(ADD_TO_PROFILE)
def withdraw_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what one's agency added out of the profile."""
    row = _own(request, pk)
    page = _page("Withdraw what your agency added", "It is no longer in the problem profile.")
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: actions.withdraw_contribution(
            row, form.cleaned_data["reason"], by=asker(request)
        ),
    )
