"""The levels of need, which anybody may read; and the board's pages, where editions and forms are kept."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import ANYBODY, KEEP_GUIDANCE
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.frontdoor.actions import thresholds
from sightline.service.frontdoor.forms.thresholds import EditionForm, GuidanceForm, LevelFormSet
from sightline.service.frontdoor.models import Guidance, ReferralForm
from sightline.service.frontdoor.queries.thresholds import form_on, guidance_on
from sightline.service.frontdoor.questions import pages_of
from sightline.service.frontdoor.views.parts import A_PAGE, FORM, is_key

LEVELS = "level"


@require_safe
@policy(ANYBODY)
def levels_of_need(request: HttpRequest) -> HttpResponse:
    """Show the levels of need in force today."""
    guidance = guidance_on(timezone.localdate())
    levels = guidance.levels.all() if guidance else ()
    return render(request, "frontdoor/levels.html", {"guidance": guidance, "levels": levels})


@require_safe
@policy(KEEP_GUIDANCE)
def guidance(request: HttpRequest) -> HttpResponse:
    """List the editions of the levels of need, the latest first."""
    found = Guidance.objects.prefetch_related("levels")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    in_force = guidance_on(today)
    return render(
        request,
        "frontdoor/guidance.html",
        {
            "page": page,
            "in_force": in_force,
            "today": today,
            "columns": columns("Edition", "State", "In force from", "Next review by", "Levels"),
        },
    )


@require_http_methods(FORM)
@policy(KEEP_GUIDANCE)
def add_guidance(request: HttpRequest) -> HttpResponse:
    """Add an edition; it begins as a copy of the latest, whose levels stand in the form."""
    latest = Guidance.objects.prefetch_related("levels").first()
    about: dict[str, Any] = {}
    if latest:
        about = {name: getattr(latest, name) for name in ("title", "owner", "published_to")}
    return _keep(request, Guidance(**about), latest)


@require_http_methods(FORM)
@policy(KEEP_GUIDANCE)
def change_guidance(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an edition: its levels only until it is in force."""
    found = get_object_or_404(Guidance.objects.prefetch_related("levels"), pk=pk)
    return _keep(request, found, found)


_LEVEL = ("number", "name", "need", "response", "meets_threshold")


def _keep(request: HttpRequest, row: Guidance, levels_from: Guidance | None) -> HttpResponse:
    data = sent(request)
    fixed = row.pk is not None and thresholds.is_fixed(row)
    again = Guidance.objects.get(pk=row.pk) if row.pk else row
    form = GuidanceForm(data, instance=again)
    for name in thresholds.kept_of(row) if row.pk else ():
        del form.fields[name]
    levels = LevelFormSet(
        _with_one_more(data) if data else None,
        prefix=LEVELS,
        initial=[
            {name: getattr(each, name) for name in _LEVEL}
            for each in (levels_from.levels.all() if levels_from else ())
        ],
    )
    more = data is not None and "another" in data
    right = form.is_valid() and (fixed or levels.is_valid())
    if data is not None and right and not more:
        rows = None if fixed else [each.cleaned_data for each in levels]
        try:
            if row.pk:
                thresholds.change_guidance(row, form.cleaned_data["version"], form.changes, rows)
            else:
                thresholds.add_guidance(form.changes, rows or [])
        except ConflictError as conflict:
            back = reverse("guidance")
            return conflict_page(request, form, conflict.now, back=back, what="this edition")
        except ValidationError as error:
            form.add_error(None, error) if not hasattr(error, "error_dict") else _add(form, error)
        else:
            messages.success(request, "The edition is saved.")
            return redirect("guidance")
    context = {"form": form, "levels": levels, "guidance": row, "fixed": fixed}
    return render(request, "frontdoor/keep_guidance.html", context)


def _add(form: GuidanceForm | EditionForm, error: ValidationError) -> None:
    """Say what is wrong beside its field, or of the form where it has no such field."""
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


def _with_one_more(data: Any) -> Any:
    """Give what was sent with room for one more, where that is what the button asked for."""
    if "another" not in data:
        return data
    more = data.copy()
    total = more.get(f"{LEVELS}-TOTAL_FORMS", "1")
    more[f"{LEVELS}-TOTAL_FORMS"] = str(int(total) + 1) if is_key(total) else "1"
    return more


# --- The referral forms


@require_safe
@policy(KEEP_GUIDANCE)
def referral_forms(request: HttpRequest) -> HttpResponse:
    """List the editions of the referral forms."""
    today = timezone.localdate()
    in_use = {form.pk for whom in ReferralForm.For if (form := form_on(whom, today))}
    page = Paginator(ReferralForm.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "frontdoor/referral_forms.html",
        {
            "page": page,
            "in_use": in_use,
            "today": today,
            "columns": columns("Form", "For", "Used from", "State"),
        },
    )


@require_safe
@policy(KEEP_GUIDANCE)
def referral_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the questions of an edition."""
    found = get_object_or_404(ReferralForm, pk=pk)
    context = {"edition": found, "pages": pages_of(found.questions)}
    return render(request, "frontdoor/referral_form.html", context)


@require_http_methods(FORM)
@policy(KEEP_GUIDANCE)
def add_referral_form(request: HttpRequest, whom: str) -> HttpResponse:
    """Add an edition of a form, which begins as the one in use."""
    if whom not in ReferralForm.For.values:
        raise Http404("There is no such form.")
    latest = ReferralForm.objects.filter(whom=whom).first()
    initial = (
        {"whom": whom, "name": latest.name, "questions": as_toml(latest.questions)}
        if latest
        else {}
    )
    form = EditionForm(sent(request), initial=initial)
    if form.is_valid():
        try:
            made = thresholds.add_referral_form(**form.cleaned_data)
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, "The edition is saved.")
            return redirect("referral-form", made.pk)
    return render(request, "frontdoor/add_referral_form.html", {"form": form})


def as_toml(questions: list[dict[str, Any]]) -> str:
    """Write questions as TOML, each as a part of its own."""
    parts = []
    for each in questions:
        lines = ["[[question]]"]
        lines += [
            f"{key} = {_value(value)}" for key, value in each.items() if value not in ("", [])
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)  # a string or list of JSON is one of TOML
