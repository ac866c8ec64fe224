"""The problem profile: what agencies know, beside what is counted."""

from collections import Counter
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
from sightline.service.accounts.policies import ADD_TO_PROFILE, SEE_PROFILE, SEE_UNPROTECTED
from sightline.service.missing.actions import profile as actions
from sightline.service.missing.actions.steps import OF_ANOTHER_AGENCY
from sightline.service.missing.forms import ContributionForm, ProfileFilter
from sightline.service.missing.models import ProfileContribution, Screening
from sightline.service.missing.queries import profile as queries
from sightline.service.missing.queries.told import level_name
from sightline.service.missing.views.parts import FORM
from sightline.service.protection.forms.parts import ReasonForm
from sightline.service.protection.views.parts import fresh

SHOWN = 6
"""Months that are shown where nobody says which."""


@require_safe
@policy(SEE_PROFILE)
def problem_profile(request: HttpRequest) -> HttpResponse:
    """Show contributions and counts of some months; printed it is the whole page."""
    person, today = asker(request), timezone.localdate()
    form = ProfileFilter(request.GET if request.GET else None)
    given = form.cleaned_data if form.is_valid() else {}
    last = given.get("until") or today
    first = given.get("since") or add_months(last.replace(day=1), 1 - SHOWN)
    months = queries.months_of(min(first, last), last)
    protected = not SEE_UNPROTECTED.allows(person)
    own = person.agency_id if ADD_TO_PROFILE.allows(person) else None
    heads = [{"text": "District"}]
    heads += [{"text": f"{month:%b %Y}", "numeric": True} for month in months]  # type: ignore[dict-item]
    context = {
        "form": form,
        "clear": reverse("problem-profile"),
        "contributions": [(each, each.agency_id == own) for each in queries.contributions(months)],
        "tables": queries.counts(months, protected=protected),
        "columns": heads,
        "levels": [] if protected else _levels_now(),
        "level_columns": [{"text": "Level"}, {"text": "Children", "numeric": True}],
        "protected": protected,
        "months": months,
        "may_add": ADD_TO_PROFILE.allows(person),
        "has_agency": person.agency_id is not None,
        "now": timezone.now(),
    }
    return render(request, "missing/profile.html", context)


def _levels_now() -> list[list[Any]]:
    """Count the children whose risk is under review by the level it is now."""
    found = Counter(
        level_name(each, each.level_now) for each in Screening.objects.filter(ended_on=None)
    )
    return [[name, count] for name, count in sorted(found.items())]


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
