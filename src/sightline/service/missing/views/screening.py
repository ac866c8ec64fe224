"""Screening for exploitation, and the review of the risk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import OPEN_CHILDREN, SCREEN_CHILDREN, SET_ASIDE
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.record import refused
from sightline.service.children.models import KnownPerson
from sightline.service.missing.access import Opened
from sightline.service.missing.actions import concerns
from sightline.service.missing.actions import screening as screenings
from sightline.service.missing.forms import ReviewForm, ScreeningForm
from sightline.service.missing.models import Screening
from sightline.service.missing.queries.district import district_of
from sightline.service.missing.queries.told import level_name
from sightline.service.missing.states import machine_of
from sightline.service.missing.tools.reading import (
    ANSWERS,
    Edition,
    Suggestion,
    ToolError,
    edition_of,
    edition_on,
)
from sightline.service.missing.views.concerns import concern_of
from sightline.service.missing.views.parts import (
    FORM,
    aside_of,
    aside_page,
    asked,
    caption_of,
    facts_of,
    of_child,
    page_of,
    to_child,
)
from sightline.service.protection.clocks import clock
from sightline.service.protection.forms.parts import ReasonForm
from sightline.service.protection.views.parts import Button, buttons, said_at


@require_http_methods(FORM)
@of_child(SCREEN_CHILDREN, KnownPerson)
def screen_child(request: HttpRequest, opened: Opened, row: KnownPerson) -> HttpResponse:
    """Answer the questions; then, with the level they suggest before one's eyes, decide the level."""
    concern = concern_of(request, opened, "exploitation")
    try:
        edition = _edition(request)
    except ToolError as error:
        messages.error(request, f"Nobody can be screened until the tool is mended. {error}")
        return redirect(to_child(opened))
    draft = DraftOf(
        request,
        f"screen {opened.child.pk}",
        title="Screen for exploitation",
        page=request.get_full_path() if concern else "",
    )
    form = ScreeningForm(edition, sent(request))
    suggestion: Suggestion | None = None
    if form.is_valid():
        suggestion = edition.suggest(form.answers)
        form.decide(suggestion.level, district_of(opened.records), asks_age=not opened.has_age)
        if form.is_decided and form.is_valid():
            try:
                return _save(request, opened, form, draft, concern)
            except IncompleteError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
    shown = draft.restored(form)
    if not form.is_bound:
        # A level is suggested for what is sent, not for what was kept.
        shown.initial.update(suggested="", edition=edition.edition)
    context = {
        "caption": caption_of(opened),
        "back": to_child(opened),
        "form": shown,
        "draft": draft,
        "edition": edition,
        "suggestion": suggestion,
    }
    return render(request, "missing/screen.html", context)


def _edition(request: HttpRequest) -> Edition:
    """Give the edition that is answered: that which was shown, though a new one may hold since."""
    today = edition_on(timezone.localdate())
    if request.method != "POST":
        return today
    shown = edition_of(today.tool, request.POST.get("edition", ""))
    if shown is None:
        raise Http404("There is no such edition of the screening tool.")
    return shown


def _save(
    request: HttpRequest,
    opened: Opened,
    form: ScreeningForm,
    draft: DraftOf,
    concern: concerns.Concern | None,
) -> HttpResponse:
    given, by = form.cleaned_data, asker(request)
    made: list[Screening] = []

    def save() -> None:
        with transaction.atomic():
            row = screenings.screen(
                opened.child,
                form.of,
                form.answers,
                level=given["level"],
                level_because=given["level_because"],
                shown_by=form.shown_by,
                next_step=given["next_step"],
                locality=given["locality"],
                made_on=given["made_on"],
                is_child=given.get("is_child", False),
                by=by,
            )
            if concern:
                concerns.link_screening(concern, row, by=by)
        made.append(row)

    try:
        save()
    except StepError as error:
        messages.error(request, str(error))
        return redirect(to_child(opened))
    except NotAllowedError as error:
        refused(request, SCREEN_CHILDREN.name, f"screen {opened.child.number}")
        raise PermissionDenied(str(error)) from None
    draft.sent()
    messages.success(request, "The screening is on record.")
    return redirect(
        reverse("concern", args=[concern.contact.pk])
        if concern
        else reverse("screening", args=[made[0].pk])
    )


@require_safe
@of_child(OPEN_CHILDREN, Screening)
def screening(request: HttpRequest, opened: Opened, row: Screening) -> HttpResponse:
    """Show a screening by the edition that was answered, and the reviews of its risk."""
    edition = edition_of(row.tool, row.edition)
    reviews = list(row.reviews.select_related("by"))
    facts = [
        ("Made", f"{row.made_on:%-d %B %Y}, by {row.by}"),
        ("Suggested level", level_name(row, row.suggested_level)),
        ("Decided level", level_name(row, row.level)),
    ]
    if row.level_because:
        facts.append(("Why this level", row.level_because))
    facts += [
        ("Level now", level_name(row, row.level_now)),
        ("District", str(row.locality or "Not known")),
        ("Tool", f"{edition.name if edition else row.tool}, {row.edition}"),
    ]
    if row.ended_on and row.ended_because:
        facts.append(("Reviews ended", f"{row.ended_on:%-d %B %Y}: {row.ended_because}"))
    if row.aside_at:
        facts.append(aside_of(row))
    context: dict[str, Any] = {
        "row": row,
        "state": machine_of(row).state_of(row),
        "facts": facts_of(*facts),
        "edition": edition,
        "parts": _answered(row, edition) if edition else [],
        "reviews": [(each, level_name(row, each.level)) for each in reviews],
        "review_columns": columns("When", "Level", "Why", "By"),
        "answer_columns": columns("Question", "Answer"),
        "clock": None
        if row.ended_on or row.aside_at
        else clock(screenings.RULE, screenings.last_looked_at(row)),
        "back": to_child(opened),
        "buttons": buttons(
            asked(request, opened, row),
            ("review risk", Button("Review the risk", reverse("review-risk", args=[row.pk]))),
            (
                "screen again",
                Button("Screen again", reverse("screen-child", args=[opened.child.pk])),
            ),
            (
                "set aside screening",
                Button("Recorded in error", reverse("set-aside-screening", args=[row.pk])),
            ),
        ),
    }
    return page_of(request, "missing/screening.html", opened, context)


@require_http_methods(FORM)
@of_child(SET_ASIDE, Screening)
def set_aside_screening(request: HttpRequest, opened: Opened, row: Screening) -> HttpResponse:
    """Say that a screening was recorded in error."""
    back = reverse("screening", args=[row.pk])
    page = aside_page("The screening was recorded in error", opened, back)
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: screenings.set_aside_screening(
            row, form.cleaned_data["reason"], by=asker(request)
        ),
    )


def _answered(row: Screening, edition: Edition) -> list[dict[str, Any]]:
    return [
        {
            "name": part.name,
            "rows": [
                [each.words, ANSWERS.get(row.answers.get(each.code, ""), "Not answered")]
                for each in part.questions
            ],
            "shown_by": row.shown_by.get(part.code, ""),
        }
        for part in edition.parts
    ]


@require_http_methods(FORM)
@of_child(SCREEN_CHILDREN, Screening)
def review_risk(request: HttpRequest, opened: Opened, row: Screening) -> HttpResponse:
    """Review the risk that a screening found."""
    edition = edition_of(row.tool, row.edition)
    if edition is None:
        raise Http404("The tool of this screening is no longer known.")
    last = screenings.last_looked_at(row)
    found = clock(screenings.RULE, last)
    due = f" To be reviewed by {said_at(found.due)}: {found.left(timezone.now())}." if found else ""
    page = FormPage(
        "Review the risk",
        "Save",
        reverse("screening", args=[row.pk]),
        SCREEN_CHILDREN,
        "The review is on record.",
        caption_of(opened),
        name=f"review risk {row.pk}",
        intro=f"The level is: {level_name(row, row.level_now)}. Last looked at on {last:%-d %B %Y}.{due}",
    )
    form = ReviewForm(edition.levels, sent(request), initial={"version": row.version})

    def save(filled: ReviewForm) -> None:
        given = filled.cleaned_data
        screenings.review_risk(
            row,
            given["version"],
            given["level"],
            given["because"],
            late_because=given["late_because"],
            reviewed_on=given["reviewed_on"],
            by=asker(request),
        )

    return page.answer(request, form, save)
