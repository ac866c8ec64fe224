"""Child protection plans, core groups, child in need plans and their reviews, visits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.records.codes import codes
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import AUTHORISE_WORK, OPEN_CHILDREN, WORK_CASES
from sightline.service.protection.access import Case
from sightline.service.protection.actions import (
    correcting,
    correcting_need,
    need,
    planning,
    visiting,
)
from sightline.service.protection.forms.court import WhyForm
from sightline.service.protection.forms.planning import (
    ActionForm,
    AddActionForm,
    BeginNeedPlanForm,
    CoreGroupForm,
    CorrectCoreGroupForm,
    CorrectNeedReviewForm,
    CorrectVisitForm,
    EndNeedPlanForm,
    EndPlanForm,
    NeedPlanForm,
    NeedReviewForm,
    PlanForm,
    VisitForm,
)
from sightline.service.protection.models import (
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    NeedReview,
    PlanAction,
    ProtectionPlan,
    Referral,
    Visit,
)
from sightline.service.protection.queries.parents import place_is_secret
from sightline.service.protection.states import WORKER
from sightline.service.protection.views.case import back_to
from sightline.service.protection.views.parts import (
    FORM,
    ONE_TEXT,
    Button,
    buttons,
    caption_of,
    fresh,
    may,
    need_decider,
    of_case,
    offered,
    part_page,
    said,
    said_at,
    said_on,
    stepped,
)

# --- Child protection plan


def _to_plan(pk: int) -> str:
    return reverse("protection-plan", args=[pk])


@require_safe
@of_case(OPEN_CHILDREN, ProtectionPlan)
def protection_plan(request: HttpRequest, case: Case, row: ProtectionPlan) -> HttpResponse:
    """Show a child protection plan with its actions, core groups and reviews."""
    labels = codes("abuse_category")
    before = "Not known" if row.previous_plans is None else str(row.previous_plans)
    facts = [
        ("Since", said_on(row.starts)),
        ("Category", labels.get(row.latest_category, row.latest_category)),
        ("Category at first", labels.get(row.initial_category, row.initial_category)),
        ("Plans before", before),
    ]
    if row.stepped_from:
        facts.append(("Stepped from", stepped(row.stepped_from)))
    if row.ends:
        facts += [("Ended", f"{said_on(row.ends)}, by {row.ended_by}"), ("Why", row.ended_because)]
    if row.stepped_to:
        facts.append(("Stepped to", stepped(row.stepped_to)))
    verbs = offered(case, asker(request), row)
    if row.reviews.filter(outcome=Conference.Outcome.ENDS).exists():
        verbs -= {"take back end"}  # the record of the conference is corrected
    context = {
        "papers": [("The plan", reverse("print-protection-plan", args=[row.pk]))],
        "papers_note": _before_printing(case),
        "facts": facts,
        "texts": (
            ("What are we worried about?", row.danger),
            ("What must change, and how will we know?", row.safety),
            ("What if it does not?", row.contingency),
        ),
        "tables": [
            _actions(row, "note action" in verbs),
            _core_groups(
                row, may_hold="write plan" in verbs, may_correct=may(case, asker(request), WORKER)
            ),
            _reviews(row),
        ],
        "buttons": buttons(
            verbs,
            ("write plan", Button("Write the plan", reverse("write-plan", args=[row.pk]))),
            ("add action", Button("Add an action", reverse("add-plan-action", args=[row.pk]))),
            (
                "end without conference",
                Button("End it without a conference", reverse("end-plan", args=[row.pk])),
            ),
            ("take back end", Button("It has not ended", reverse("take-back-end", args=[row.pk]))),
        ),
    }
    return part_page(request, case, row, "Child protection plan", context)


def _before_printing(case: Case) -> str:
    """Say what to see to before a plan is printed for a parent, who signs it."""
    if not place_is_secret(case.child):
        return ONE_TEXT
    return (
        "Where the child lives is not to be told to everybody, or somebody must not have contact: the plan "
        f"is printed without the team. See that nothing else in it tells. {ONE_TEXT}"
    )


def _linked(title: str, heads: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "columns": columns(*heads), "linked": rows}


def _actions(row: ProtectionPlan, may_note: bool) -> dict[str, Any]:
    rows = [
        {
            "cells": [each.what, each.who, said_on(each.by), said_on(each.done_on), each.result],
            "href": reverse("note-plan-action", args=[each.pk]) if may_note else "",
        }
        for each in row.actions.all()
    ]
    return _linked("Actions", ("What", "Who", "By", "Done", "Result"), rows)


def _core_groups(row: ProtectionPlan, *, may_hold: bool, may_correct: bool) -> dict[str, Any]:
    rows = [
        {
            "cells": [
                said_on(each.due_on),
                said_on(each.held_on),
                each.progress or "Nothing yet",
                each.late_because or each.not_held_because or "Nothing",
            ],
            "href": _to_group(each, may_hold=may_hold, may_correct=may_correct),
        }
        for each in row.core_groups.all()
    ]
    return _linked("Core groups", ("Due", "Held", "Progress", "Why it was late"), rows)


def _to_group(group: CoreGroup, *, may_hold: bool, may_correct: bool) -> str:
    if group.held_on:
        return reverse("correct-core-group", args=[group.pk]) if may_correct else ""
    waits = may_hold and not group.not_held_because
    return reverse("hold-core-group", args=[group.pk]) if waits else ""


def _reviews(row: ProtectionPlan) -> dict[str, Any]:
    rows = [
        {
            "cells": [
                said_on(each.due_on),
                said_at(each.held_at or each.booked_for),
                each.get_outcome_display() if each.outcome else each.cancelled_because or "To come",
            ],
            "href": reverse("conference-held", args=[each.pk]),
        }
        for each in row.reviews.all()
    ]
    return _linked("Reviews", ("Due", "Held or booked for", "What came of it"), rows)


@require_http_methods(FORM)
@of_case(WORK_CASES, ProtectionPlan)
def write_plan(request: HttpRequest, case: Case, row: ProtectionPlan) -> HttpResponse:
    """Write the text of a child protection plan."""
    page = FormPage(
        "Write the plan",
        "Save",
        _to_plan(row.pk),
        WORK_CASES,
        "The plan is saved.",
        caption_of(case),
        name=f"plan {row.pk}",
    )
    return page.answer(
        request,
        PlanForm(sent(request), instance=fresh(row)),
        lambda form: planning.write_plan(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, ProtectionPlan)
def add_plan_action(request: HttpRequest, case: Case, row: ProtectionPlan) -> HttpResponse:
    """Add an action to a plan."""
    page = FormPage(
        "Add an action",
        "Add it",
        _to_plan(row.pk),
        WORK_CASES,
        "The action is added.",
        caption_of(case),
        name=f"add action {row.pk}",
    )
    return page.answer(
        request,
        AddActionForm(sent(request)),
        lambda form: planning.add_action(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PlanAction)
def note_plan_action(request: HttpRequest, case: Case, row: PlanAction) -> HttpResponse:
    """Change an action, or say that it is done."""
    page = FormPage(
        "How far is the action?",
        "Save",
        _to_plan(row.plan_id),
        WORK_CASES,
        "The action is saved.",
        caption_of(case),
        name=f"action {row.pk}",
    )
    return page.answer(
        request,
        ActionForm(sent(request), instance=fresh(row)),
        lambda form: planning.note_action(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CoreGroup)
def hold_core_group(request: HttpRequest, case: Case, row: CoreGroup) -> HttpResponse:
    """Put a core group on record."""
    page = FormPage(
        "Record the core group",
        "Save",
        _to_plan(row.plan_id),
        WORK_CASES,
        "The core group is on record, and the next waits.",
        caption_of(case),
        name=f"core group {row.pk}",
        intro=f"It was due by {said_on(row.due_on)}.",
    )
    return page.answer(
        request,
        CoreGroupForm(sent(request)),
        lambda form: planning.hold_core_group(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CoreGroup)
def correct_core_group(request: HttpRequest, case: Case, row: CoreGroup) -> HttpResponse:
    """Correct on which day a core group was held."""
    page = FormPage(
        "Correct the day of the core group",
        "Save",
        _to_plan(row.plan_id),
        WORK_CASES,
        "The day is corrected. What it said before stays in the audit.",
        caption_of(case),
        name=f"correct core group {row.pk}",
        intro=f"It was due by {said_on(row.due_on)}, and is on record as held on {said_on(row.held_on)}.",
    )
    initial = {name: getattr(row, name) for name in ("version", "held_on", "late_because")}

    def save(form: CorrectCoreGroupForm) -> None:
        given = dict(form.cleaned_data)
        because_of, version = given.pop("corrected_because"), given.pop("version")
        planning.correct_core_group(row, version, **given, because_of=because_of, by=asker(request))

    return page.answer(request, CorrectCoreGroupForm(sent(request), initial=initial), save)


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, ProtectionPlan)
def take_back_end(request: HttpRequest, case: Case, row: ProtectionPlan) -> HttpResponse:
    """Say that a plan that was ended without a conference has not ended."""
    page = FormPage(
        "It has not ended",
        "The plan goes on",
        _to_plan(row.pk),
        AUTHORISE_WORK,
        "The plan goes on. What it said before stays in the audit.",
        caption_of(case),
        name=f"take back end {row.pk}",
        intro=f"It is on record as ended on {said_on(row.ends)}. Its core group and its review wait again.",
    )
    need_decider(request, case, page, row)
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: correcting.take_back_end(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, ProtectionPlan)
def end_plan(request: HttpRequest, case: Case, row: ProtectionPlan) -> HttpResponse:
    """End a plan without a conference."""
    page = FormPage(
        "End the plan without a conference",
        "End the plan",
        _to_plan(row.pk),
        AUTHORISE_WORK,
        "The plan has ended.",
        caption_of(case),
        name=f"end plan {row.pk}",
        kind="warning",
    )
    need_decider(request, case, page, row)
    return page.answer(
        request,
        EndPlanForm(sent(request), initial={"version": row.version}),
        lambda form: planning.end_plan(row, **form.cleaned_data, by=asker(request)),
    )


# --- Child in need plan


def _to_need_plan(pk: int) -> str:
    return reverse("need-plan", args=[pk])


@require_safe
@of_case(OPEN_CHILDREN, ChildInNeedPlan)
def need_plan(request: HttpRequest, case: Case, row: ChildInNeedPlan) -> HttpResponse:
    """Show a child in need plan with its reviews."""
    facts = [("Since", said_on(row.starts))]
    if row.stepped_from:
        facts.append(("Stepped from", stepped(row.stepped_from)))
    if row.ends:
        facts += [
            ("Ended", said_on(row.ends)),
            ("Stepped to", stepped(row.stepped_to)),
            ("Why", row.ended_because),
        ]
    verbs = offered(case, asker(request), row)
    if correcting_need.has_successor(row):
        verbs -= {"take back need end"}  # the record of the conference is corrected
    may_correct = may(case, asker(request), WORKER)
    rows = [
        {
            "cells": [
                said_on(each.due_on),
                said_on(each.held_on),
                _decided(each),
                each.late_because or each.not_held_because or "Nothing",
            ],
            "href": _to_need_review(
                each, may_hold="write need plan" in verbs, may_correct=may_correct
            ),
        }
        for each in row.reviews.select_related("corrected_by")
    ]
    context = {
        "papers": [("The plan", reverse("print-need-plan", args=[row.pk]))],
        "papers_note": _before_printing(case),
        "facts": facts,
        "texts": (
            ("What does the child need?", row.needs),
            ("What must change, and how will we know?", row.goals),
            ("What the child says", row.child_view),
            ("What the parents say", row.parent_view),
        ),
        "tables": [_linked("Reviews", ("Due", "Held", "Decision", "Why it was late"), rows)],
        "buttons": buttons(
            verbs,
            (
                "write need plan",
                Button("Write the plan", reverse("write-need-plan", args=[row.pk])),
            ),
            ("end need plan", Button("End the plan", reverse("end-need-plan", args=[row.pk]))),
            (
                "take back need end",
                Button("It has not ended", reverse("take-back-need-end", args=[row.pk])),
            ),
        ),
    }
    return part_page(request, case, row, "Child in need plan", context)


def _decided(review: NeedReview) -> str:
    if not review.corrected_by:
        return review.decision or "Nothing yet"
    who, when = review.corrected_by, said_at(review.corrected_at)
    return f"{review.decision}\nCorrected: {review.corrected_because} ({who}, {when})"


def _to_need_review(review: NeedReview, *, may_hold: bool, may_correct: bool) -> str:
    if review.held_on:
        return reverse("correct-need-review", args=[review.pk]) if may_correct else ""
    waits = may_hold and not review.not_held_because
    return reverse("hold-need-review", args=[review.pk]) if waits else ""


@require_http_methods(FORM)
@of_case(WORK_CASES, Referral)
def begin_need_plan(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Begin a child in need plan."""
    page = FormPage(
        "Begin a child in need plan",
        "Begin the plan",
        back_to(case),
        WORK_CASES,
        "The plan has begun.",
        caption_of(case),
        name=f"begin need plan {row.pk}",
    )

    def save(form: BeginNeedPlanForm) -> None:
        texts = dict(form.cleaned_data)
        need.begin_need_plan(row, texts.pop("starts"), texts, by=asker(request))

    return page.answer(request, BeginNeedPlanForm(sent(request)), save)


@require_http_methods(FORM)
@of_case(WORK_CASES, ChildInNeedPlan)
def write_need_plan(request: HttpRequest, case: Case, row: ChildInNeedPlan) -> HttpResponse:
    """Write the text of a child in need plan."""
    page = FormPage(
        "Write the plan",
        "Save",
        _to_need_plan(row.pk),
        WORK_CASES,
        "The plan is saved.",
        caption_of(case),
        name=f"need plan {row.pk}",
    )
    return page.answer(
        request,
        NeedPlanForm(sent(request), instance=fresh(row)),
        lambda form: need.write_need_plan(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, NeedReview)
def hold_need_review(request: HttpRequest, case: Case, row: NeedReview) -> HttpResponse:
    """Put a review of a child in need plan on record."""
    page = FormPage(
        "Record the review",
        "Save",
        _to_need_plan(row.plan_id),
        WORK_CASES,
        "The review is on record, and the next waits.",
        caption_of(case),
        name=f"need review {row.pk}",
        intro=f"It was due by {said_on(row.due_on)}.",
    )
    return page.answer(
        request,
        NeedReviewForm(sent(request)),
        lambda form: need.hold_need_review(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, ChildInNeedPlan)
def end_need_plan(request: HttpRequest, case: Case, row: ChildInNeedPlan) -> HttpResponse:
    """End a child in need plan."""
    page = FormPage(
        "End the child in need plan",
        "End the plan",
        _to_need_plan(row.pk),
        WORK_CASES,
        "The plan has ended.",
        caption_of(case),
        name=f"end need plan {row.pk}",
    )
    return page.answer(
        request,
        EndNeedPlanForm(sent(request)),
        lambda form: need.end_need_plan(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, NeedReview)
def correct_need_review(request: HttpRequest, case: Case, row: NeedReview) -> HttpResponse:
    """Correct on which day a review of a child in need plan was held, and what it decided."""
    page = FormPage(
        "Correct the review",
        "Save",
        _to_need_plan(row.plan_id),
        WORK_CASES,
        "The review is corrected. What it said before stays in the audit.",
        caption_of(case),
        name=f"correct need review {row.pk}",
        intro=f"It was due by {said_on(row.due_on)}, and is on record as held on {said_on(row.held_on)}.",
    )
    names = ("version", "held_on", "decision", "late_because")
    initial = {name: getattr(row, name) for name in names}

    def save(form: CorrectNeedReviewForm) -> None:
        given = dict(form.cleaned_data)
        because_of, version = given.pop("corrected_because"), given.pop("version")
        correcting_need.correct_need_review(
            row, version, **given, because_of=because_of, by=asker(request)
        )

    return page.answer(request, CorrectNeedReviewForm(sent(request), initial=initial), save)


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, ChildInNeedPlan)
def take_back_need_end(request: HttpRequest, case: Case, row: ChildInNeedPlan) -> HttpResponse:
    """Say that a child in need plan that was ended has not ended."""
    page = FormPage(
        "It has not ended",
        "The plan goes on",
        _to_need_plan(row.pk),
        AUTHORISE_WORK,
        "The plan goes on. What it said before stays in the audit.",
        caption_of(case),
        name=f"take back need end {row.pk}",
        intro=f"It is on record as ended on {said_on(row.ends)}. Its review waits again.",
    )
    need_decider(request, case, page, row)
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: correcting_need.take_back_need_end(
            row, **form.cleaned_data, by=asker(request)
        ),
    )


# --- Visits


@require_safe
@of_case(OPEN_CHILDREN, Visit)
def visit(request: HttpRequest, case: Case, row: Visit) -> HttpResponse:
    """Show a visit."""
    facts = [
        ("When", said_at(row.made_at)),
        ("By", str(row.by)),
        ("What for", str(row.get_pathway_display())),
        ("Child seen", said(row.seen)),
        ("Seen alone", said(row.seen_alone)),
        ("Bedroom seen", said(row.bedroom_seen)),
        ("The family knew of it", said(row.is_announced)),
        ("Written down", said_at(row.written_at)),
    ]
    if row.why_not:
        facts.insert(5, ("Why not", row.why_not))
    if row.corrected_by:
        why = f"{row.corrected_because} ({row.corrected_by}, {said_at(row.corrected_at)})"
        facts.append(("Corrected", why))
    context = {
        "facts": facts,
        "texts": (
            ("In the child’s own words", row.own_words),
            ("What the parents say", row.parent_view),
            ("What the worker makes of it", row.judgement),
        ),
        "buttons": buttons(
            offered(case, asker(request), row),
            ("correct visit", Button("Correct it", reverse("correct-visit", args=[row.pk]))),
        ),
    }
    return part_page(request, case, row, "Visit", context)


@require_http_methods(FORM)
@of_case(WORK_CASES, Referral)
def record_visit(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Record a visit; one at which the child was not seen too."""
    page = FormPage(
        "Record a visit",
        "Save the visit",
        back_to(case),
        WORK_CASES,
        "The visit is on record.",
        caption_of(case),
        name=f"visit in {row.pk}",
        intro="Record a visit at which the child was not seen too. It stops no clock.",
    )
    return page.answer(
        request,
        VisitForm(sent(request)),
        lambda form: visiting.record_visit(row, form.changes, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, Visit)
def correct_visit(request: HttpRequest, case: Case, row: Visit) -> HttpResponse:
    """Correct what is recorded of a visit."""
    page = FormPage(
        "Correct the visit",
        "Save",
        reverse("visit", args=[row.pk]),
        WORK_CASES,
        "The visit is corrected. What it said before stays in the audit.",
        caption_of(case),
        name=f"visit {row.pk}",
    )
    return page.answer(
        request,
        CorrectVisitForm(sent(request), instance=fresh(row)),
        lambda form: visiting.correct_visit(
            row,
            form.cleaned_data["version"],
            form.changes,
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )
