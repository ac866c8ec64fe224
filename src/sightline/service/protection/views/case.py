"""A child's case on one page; and how it begins, is given to a worker, and closes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.records.codes import codes
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    ALLOCATE,
    AUTHORISE_WORK,
    OPEN_CHILDREN,
    WORK_CASES,
)
from sightline.service.audit.record import viewed_children
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import may_open, root_of
from sightline.service.protection import states
from sightline.service.protection.access import Case
from sightline.service.protection.actions import allocating, closing, referrals
from sightline.service.protection.forms.cases import (
    AllocateForm,
    CloseForm,
    DescribeForm,
    TransferForm,
)
from sightline.service.protection.forms.court import WhyForm
from sightline.service.protection.models import Assessment, Referral
from sightline.service.protection.queries.work import Work
from sightline.service.protection.queries.worklist import InCase, things_of
from sightline.service.protection.views.parts import (
    FORM,
    Button,
    buttons,
    caption_of,
    decision_page,
    fresh,
    may,
    need_decider,
    of_case,
    offered,
    said_at,
    said_on,
    why_not_yours,
)

VISITS = 10
"""How many of the latest visits the page of a case shows."""


@require_safe
@of_case(OPEN_CHILDREN, Referral)
def case(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Show a child's way through the case: what is to be done, and every part of it."""
    by = asker(request)
    allocations = list(row.allocations.select_related("worker", "by"))
    worker = next((each.worker for each in allocations if each.ends_at is None), None)
    work = Work.of([row.pk], whole=True)
    here = {row.pk: InCase(row, case.child, worker).held}
    things = things_of(here, timezone.now(), work)
    linked = {each.page for each in things} - {"case"} if case.lets(by, WORK_CASES) else set()
    still = _still_open(work, row.pk)
    since = list(closing.others_since(row))
    if any(each.page == "passed-on" for each in things):
        still.append("The reading of a contact passed on")
    context = {
        "case": case,
        "caption": case.child.number,
        "state": states.REFERRAL.state_of(row),
        "others": [each for each in since if each.state != Referral.State.CLOSED],
        "why_not": why_not_yours(case, by, row),
        "facts": _facts(row, worker, still),
        "things": [
            (each, reverse(each.page, args=[each.key]) if each.page in linked else "")
            for each in things
            if row.state != Referral.State.CLOSED
        ],
        "buttons": _buttons(
            case, by, row, has_worker=worker is not None, may_close=not still, is_only=not since
        ),
        "begin": _begin(case, by, row, work),
        "allocations": [(each, _why(each.why_changed)) for each in allocations],
        "groups": _groups(work, row.pk),
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


_OVER = frozenset({"authorised", "held", "sent", "ended", "called off", "stepped down"})
"""States of the parts of a case that do not keep it from being closed."""


def _still_open(work: Work, key: int) -> list[str]:
    """Name what is open in a case, so that it cannot be closed yet."""
    parts = (
        *(work.assessments, work.discussions, work.enquiries, work.conferences),
        *(work.plans, work.need_plans, work.pre_proceedings),
    )
    rows = [row for part in parts for row in part.get(key, ())]
    machines = [(states.machine_of(row), row) for row in rows]
    found = [each.name for each, row in machines if each.state_of(row).code not in _OVER]
    return list(dict.fromkeys(found))


def _facts(row: Referral, worker: Person | None, still: list[str]) -> list[dict[str, str]]:
    came = f"from {row.transferred_from}" if row.transferred_from else "from the front door"
    facts = [
        ("Received", f"{said_at(row.received_at)}, {came}"),
        ("Worker", str(worker or ("Nobody now" if row.closed_on else "Nobody yet"))),
        ("Team", str(row.team or "None")),
        ("Locality", str(row.locality or "None")),
        ("Primary need", codes("primary_need").get(row.primary_need, "Not said yet")),
    ]
    if still and row.state == Referral.State.OPEN:
        facts.append(("Closes", f"Once this has ended: {', '.join(still).lower()}"))
    if row.closing_by:
        reason = codes("closure_reason").get(row.closure_reason, row.closure_reason)
        asked = f"{reason}. {row.closed_because} ({row.closing_by}, {said_at(row.closing_at)})"
        facts.append(("Asked to close" if row.closed_on else "To be closed", asked))
    elif row.closing_returned_because and row.state == Referral.State.OPEN:
        who = row.closing_returned_by or "nobody"
        returned = f"{row.closing_returned_because} ({who}, {said_at(row.closing_returned_at)})"
        facts.append(("Not closed", returned))
    if row.closed_on:
        why = f"{said_on(row.closed_on)}, by {row.closed_by}: {row.closed_rationale}"
        facts.append(("Closed", why))
    return [{"key": key, "value": value} for key, value in facts]


def _buttons(
    case: Case, by: Person, row: Referral, *, has_worker: bool, may_close: bool, is_only: bool
) -> list[Button]:
    def to(name: str) -> str:
        return reverse(name, args=[row.pk])

    steps = offered(case, by, row) - (frozenset() if may_close else {"ask to close"})
    steps -= frozenset() if is_only else {"take back closure"}  # the work goes, or went, on in it
    found = buttons(
        steps,
        ("authorise closure", Button("Decide about the closure", to("decide-closure"))),
        (
            "allocate",
            Button("Give it to another worker" if has_worker else "Allocate", to("allocate")),
        ),
        ("describe", Button("Say what it is about", to("describe-case"))),
        ("ask to close", Button("Ask to close", to("ask-to-close"))),
        ("take back closure", Button("It was closed by mistake", to("take-back-closure"))),
    )
    # What is done every day is the main button, once somebody has the case.
    quiet = has_worker and row.state == Referral.State.OPEN
    return [replace(each, kind="secondary") for each in found] if quiet else found


def _begin(case: Case, by: Person, row: Referral, work: Work) -> list[Button]:
    """Give what may be begun in an open case."""
    if row.state != Referral.State.OPEN:
        return []
    found: list[tuple[str, str, bool, str]] = []
    assessments = work.assessments.get(row.pk, ())
    assessed = any(each.authorised_at for each in assessments)
    if may(case, by, states.WORKER):
        found.append(("Record a visit", "record-visit", False, ""))
        if all(each.authorised_at for each in assessments):
            found.append(("Begin an assessment", "begin-assessment", True, "secondary"))
        if all(each.decision for each in work.discussions.get(row.pk, ())):
            found.append(("Call a strategy discussion", "call-discussion", False, "secondary"))
        plans = (*work.plans.get(row.pk, ()), *work.need_plans.get(row.pk, ()))
        if assessed and all(each.ends for each in plans):
            found.append(("Begin a child in need plan", "begin-need-plan", False, "secondary"))
    in_court = any(each.ended_on is None for each in work.pre_proceedings.get(row.pk, ()))
    if assessed and not in_court and may(case, by, states.DECIDER):
        found.append(("Begin pre-proceedings", "begin-pre-proceedings", False, "secondary"))
    return [
        Button(text, reverse(name, args=[row.pk]), post, kind) for text, name, post, kind in found
    ]


def _groups(work: Work, key: int) -> list[dict[str, Any]]:
    """Give the parts of a case by kind, the latest first: what, since when, where it stands."""
    kinds: tuple[tuple[str, str, Mapping[int, Sequence[Any]], str], ...] = (
        ("Assessments", "assessment", work.assessments, "began_at"),
        ("Strategy discussions", "discussion", work.discussions, "suspected_at"),
        ("Section 47 enquiries", "enquiry", work.enquiries, "began_at"),
        ("Conferences", "conference-held", work.conferences, "due_on"),
        ("Child protection plans", "protection-plan", work.plans, "starts"),
        ("Child in need plans", "need-plan", work.need_plans, "starts"),
        ("Pre-proceedings and court", "pre-proceedings", work.pre_proceedings, "decided_on"),
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
                for each in sorted(rows.get(key, ()), key=lambda each: _latest(each, since))
            ],
        }
        for title, page, rows, since in kinds
    ]


def _latest(row: Any, since: str) -> tuple[float, int]:
    """Give what sorts rows: the latest first, those without a day before them."""
    day = _day(getattr(row, since))
    return (-day.toordinal() if day else float("-inf"), -row.pk)


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

    viewed_children(f"transfer in {child.pk}", [child.number])
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
def describe_case(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Say what the primary need of a case is, and in which locality the child lives."""
    page = FormPage(
        "What the case is about",
        "Save",
        back_to(case),
        WORK_CASES,
        "What the case is about is saved.",
        caption_of(case),
        name=f"describe {row.pk}",
        intro="The primary need is said before an assessment is handed in.",
    )
    return page.answer(
        request,
        DescribeForm(sent(request), instance=fresh(row)),
        lambda form: referrals.describe_case(
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
        intro=_known_of(row),
    )
    return page.answer(
        request,
        CloseForm(sent(request)),
        lambda form: closing.ask_to_close(row, **form.cleaned_data, by=asker(request)),
    )


def _known_of(row: Referral) -> str:
    """Say to whoever closes the case what nobody has begun, and what others have open of the child."""
    said = []
    if outcome := closing.not_begun(row):
        follows = Assessment.Outcome(outcome).label.lower()
        said.append(f"The assessment says that this follows, and none has begun since: {follows}.")
    if left := closing.goes_on(row):
        said.append(
            f"Still open, and not part of the case: {', '.join(left)}. Say who goes on with it."
        )
    return " ".join(said)


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
        intro=_known_of(row),
        sections=((reason, row.closed_because), ("Asked by", str(row.closing_by or ""))),
    )
    return decision_page(
        request, case, page, row, closing.authorise_closure, closing.return_closure
    )


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, Referral)
def take_back_closure(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Have a case that was closed by mistake be open again."""
    page = FormPage(
        "It was closed by mistake",
        "Open the case again",
        back_to(case),
        AUTHORISE_WORK,
        "The case is open again. Nobody has it: it is on the list of what is to be allocated.",
        caption_of(case),
        name=f"take back closure {row.pk}",
        intro=f"It is on record as closed on {said_on(row.closed_on)}. It will be open again without a "
        "worker, and is to be allocated. A plan that was wrongly ended has to be taken back on its own page.",
    )
    need_decider(request, case, page, row, states.REOPENER)
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: closing.take_back_closure(row, **form.cleaned_data, by=asker(request)),
    )
