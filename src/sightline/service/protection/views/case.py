"""A child's case on one page; and how it begins, is given to a worker, and closes."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.records.codes import codes
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    ALLOCATE,
    AUTHORISE_WORK,
    OPEN_CHILDREN,
    WORK_CASES,
)
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import may_open, root_of
from sightline.service.protection import states
from sightline.service.protection.access import Case
from sightline.service.protection.actions import allocating, closing, referrals
from sightline.service.protection.forms.cases import AllocateForm, CloseForm, TransferForm
from sightline.service.protection.models import Referral
from sightline.service.protection.queries.worklist import things_in
from sightline.service.protection.views.parts import (
    FORM,
    Button,
    FormPage,
    buttons,
    caption_of,
    decision_page,
    fresh,
    may,
    of_case,
    offered,
    said_at,
    said_on,
    viewed,
    why_not_yours,
)

VISITS = 10
"""How many of the latest visits the page of a case shows."""


@require_safe
@of_case(OPEN_CHILDREN, Referral)
def case(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Show a child's way through the case: what is to be done, and every part of it."""
    by = asker(request)
    with transaction.atomic():
        viewed(case, f"case {row.pk}")
        things = things_in(Referral.objects.filter(pk=row.pk), timezone.now())
        linked = {each.page for each in things} - {"case"} if case.lets(by, WORK_CASES) else set()
        allocations = list(row.allocations.select_related("worker", "by"))
        context = {
            "case": case,
            "caption": case.child.number,
            "state": states.REFERRAL.state_of(row),
            "why_not": why_not_yours(case, by, row),
            "facts": _facts(row, allocations),
            "things": [
                (each, reverse(each.page, args=[each.key]) if each.page in linked else "")
                for each in things
                if row.state != Referral.State.CLOSED
            ],
            "buttons": _buttons(case, by, row, has_worker=any(not a.ends_at for a in allocations)),
            "begin": _begin(case, by, row),
            "allocations": [(each, _why(each.why_changed)) for each in allocations],
            "groups": _groups(row),
            "visits": list(row.visits.select_related("by")[:VISITS]),
            "columns": {
                "things": columns("What", "How it stands", "Due"),
                "parts": columns("What", "Since, or due", "Where it stands"),
                "visits": columns("When", "Seen", "Alone", "Bedroom", "By"),
                "allocations": columns("Worker", "From", "Until", "Why it changed hands"),
            },
        }
    return render(request, "protection/case.html", context)


def _why(code: str) -> str:
    return codes("worker_change").get(code, code)


def _facts(row: Referral, allocations: list[Any]) -> list[dict[str, str]]:
    worker = next((each.worker for each in allocations if each.ends_at is None), None)
    came = f"from {row.transferred_from}" if row.transferred_from else "from the front door"
    facts = [
        ("Received", f"{said_at(row.received_at)}, {came}"),
        ("Worker", str(worker or "Nobody yet")),
        ("Team", str(row.team or "None")),
        ("Locality", str(row.locality or "None")),
        ("Primary need", codes("primary_need").get(row.primary_need, "Not said yet")),
    ]
    if row.closing_by:
        reason = codes("closure_reason").get(row.closure_reason, row.closure_reason)
        asked = f"{reason}. {row.closed_because} ({row.closing_by}, {said_at(row.closing_at)})"
        facts.append(("To be closed", asked))
    if row.closed_on:
        why = f"{said_on(row.closed_on)}, by {row.closed_by}: {row.closed_rationale}"
        facts.append(("Closed", why))
    return [{"key": key, "value": value} for key, value in facts]


def _buttons(case: Case, by: Person, row: Referral, *, has_worker: bool) -> list[Button]:
    def to(name: str) -> str:
        return reverse(name, args=[row.pk])

    found = buttons(
        offered(case, by, row),
        ("authorise closure", Button("Decide about the closure", to("decide-closure"))),
        (
            "allocate",
            Button("Give it to another worker" if has_worker else "Allocate", to("allocate")),
        ),
        ("ask to close", Button("Ask to close", to("ask-to-close"))),
    )
    # What is done every day is the main button, once somebody has the case.
    quiet = has_worker and row.state == Referral.State.OPEN
    return [replace(each, kind="secondary") for each in found] if quiet else found


def _begin(case: Case, by: Person, row: Referral) -> list[Button]:
    """Give what may be begun in an open case."""
    if row.state != Referral.State.OPEN or not may(case, by, states.WORKER):
        return []
    return [
        Button(text, reverse(name, args=[row.pk]), post, kind)
        for text, name, post, kind in (
            ("Record a visit", "record-visit", False, ""),
            ("Begin an assessment", "begin-assessment", True, "secondary"),
            ("Call a strategy discussion", "call-discussion", False, "secondary"),
            ("Begin a child in need plan", "begin-need-plan", False, "secondary"),
        )
    ]


def _groups(row: Referral) -> list[dict[str, Any]]:
    """Give the parts of a case, each kind with its rows: what, since when, where it stands."""
    kinds = (
        ("Assessments", "assessment", row.assessments.all(), "began_at"),
        ("Strategy discussions", "discussion", row.discussions.all(), "suspected_at"),
        ("Section 47 enquiries", "enquiry", row.enquiries.all(), "began_at"),
        ("Conferences", "conference-held", row.conferences.all(), "due_on"),
        ("Child protection plans", "protection-plan", row.plans.all(), "starts"),
        ("Child in need plans", "need-plan", row.need_plans.all(), "starts"),
    )
    return [
        {
            "title": title,
            "rows": [
                {
                    "what": _named(each),
                    "href": reverse(page, args=[each.pk]),
                    "since": _day(getattr(each, since)),
                    "state": states.machine_of(each).state_of(each).label,
                    "outcome": _outcome(each),
                }
                for each in rows
            ],
        }
        for title, page, rows, since in kinds
    ]


def _named(row: Any) -> str:
    return str(row.get_kind_display() if hasattr(row, "kind") else states.machine_of(row).name)


def _day(value: Any) -> Any:
    return timezone.localdate(value) if hasattr(value, "hour") else value


def _outcome(row: Any) -> str:
    for name in ("outcome", "decision", "finding", "conference_needed"):
        if getattr(row, name, ""):
            return str(getattr(row, f"get_{name}_display")())
    if hasattr(row, "latest_category"):
        return codes("abuse_category").get(str(row.latest_category), str(row.latest_category))
    return ""


def back_to(case: Case) -> str:
    """Give the address of a case."""
    return reverse("case", args=[case.referral.pk])


@require_http_methods(FORM)
@policy(ALLOCATE)
def transfer_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the case of a child who has moved in from another authority."""
    child = root_of(get_object_or_404(KnownPerson, pk=pk))
    by = asker(request)
    if not may_open(by, child, ALLOCATE):
        refuse(request, ALLOCATE, f"transfer in {child.pk}")
    page = FormPage(
        "Transfer in",
        "Open the case",
        reverse("unallocated"),
        ALLOCATE,
        "The case is open, and waits to be allocated.",
        f"{child.name}, {child.number}",
        name=f"transfer in {child.pk}",
        intro="For a child who had a plan or an open case in another authority and has moved here.",
    )

    def save(form: TransferForm) -> None:
        given = dict(form.cleaned_data)
        received = referrals.received_on(given.pop("received_on"))
        referrals.transfer_in(child, **given, received_at=received, by=by)

    return page.answer(request, TransferForm(sent(request)), save)


@require_http_methods(FORM)
@of_case(ALLOCATE, Referral)
def allocate(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Give a case to a worker."""
    page = FormPage(
        "Allocate",
        "Allocate",
        back_to(case),
        ALLOCATE,
        "The case is allocated.",
        caption_of(case),
        name=f"allocate {row.pk}",
    )
    return page.answer(
        request,
        AllocateForm(sent(request), instance=fresh(row)),
        lambda form: allocating.allocate(
            row, form.cleaned_data["version"], **form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, Referral)
def ask_to_close(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Ask that a case be closed."""
    page = FormPage(
        "Ask to close the case",
        "Send for authorisation",
        back_to(case),
        WORK_CASES,
        "The closure waits for a manager.",
        caption_of(case),
        name=f"close {row.pk}",
    )
    return page.answer(
        request,
        CloseForm(sent(request)),
        lambda form: closing.ask_to_close(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, Referral)
def decide_closure(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Authorise that a case closes, or leave it open."""
    reason = codes("closure_reason").get(row.closure_reason, row.closure_reason)
    page = FormPage(
        "Decide about the closure",
        "Save the decision",
        back_to(case),
        AUTHORISE_WORK,
        "The decision is on record.",
        caption_of(case),
        name=f"decide closure {row.pk}",
        sections=((reason, row.closed_because), ("Asked by", str(row.closing_by or ""))),
    )
    return decision_page(
        request, case, page, row, closing.authorise_closure, closing.return_closure
    )
