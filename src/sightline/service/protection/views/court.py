"""Pre-proceedings and care proceedings: the tracker, and one child's."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    AUTHORISE_WORK,
    GO_TO_COURT,
    OPEN_CHILDREN,
    WORK_CASES,
    Policy,
)
from sightline.service.audit.record import viewed_children
from sightline.service.protection import stepping
from sightline.service.protection.access import Case
from sightline.service.protection.actions import court as doing
from sightline.service.protection.actions.letters import IN_LETTER
from sightline.service.protection.clocks import alert
from sightline.service.protection.forms.court import (
    ApplyForm,
    BeginForm,
    CorrectForm,
    DecideForCourtForm,
    FamilyMeetingForm,
    OrderForm,
    ReviewForm,
    StepDownForm,
    WhyForm,
)
from sightline.service.protection.models import PreProceedings, Referral
from sightline.service.protection.queries import court as tracker
from sightline.service.protection.queries.court import court_clock
from sightline.service.protection.queries.more_time import given_to
from sightline.service.protection.queries.parents import parents_of
from sightline.service.protection.states import AUTHORISER, DECIDER
from sightline.service.protection.views.case import back_to
from sightline.service.protection.views.letters import letters_of, without_letter
from sightline.service.protection.views.meetings import meetings_of
from sightline.service.protection.views.parts import (
    A_PAGE,
    FORM,
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
    stepped,
    top,
)


@require_safe
@policy(OPEN_CHILDREN)
def court(request: HttpRequest) -> HttpResponse:
    """Show who is in pre-proceedings or care proceedings, for how many weeks, and what is due."""
    person, now = asker(request), timezone.now()
    today = timezone.localdate(now)
    show = request.GET.get("show", "pre-proceedings")
    show = show if show in tracker.SHOWN else "pre-proceedings"
    with transaction.atomic():
        rows = tracker.in_court(person, show, today)
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        found = tracker.tracked(rows, [each.pk for each in page], now)
        viewed_children("court", [each.case.child.number for each in found])
        began = "application_on" if show == "proceedings" else "decided_on"
        weeks = tracker.weeks_of(rows.values_list(began, flat=True), today)
    return render(
        request,
        "protection/court.html",
        {
            "parts": top(request, "court"),
            "page": page,
            "rows": found,
            "weeks": None if show == "ended" else weeks,
            "title": tracker.SHOWN[show][0],
            "show": show,
            "shown": [
                {"text": name, "href": f"?show={key}", "current": key == show}
                for key, (name, _) in tracker.SHOWN.items()
            ],
            "columns": _columns(show),
        },
    )


def _columns(show: str) -> list[dict[str, Any]]:
    weeks = {"text": "Weeks", "numeric": True}
    if show == "ended":
        return [*columns("Child", "Began"), weeks, *columns("How it ended", "Ended", "Whose")]
    letter = ("Letter", "Family meeting", "Meetings")
    middle = columns("Application") if show == "proceedings" else columns(*letter)
    return [*columns("Child", "Decided"), weeks, *middle, *columns("How it stands", "Whose")]


# --- One child's


def _back(row: PreProceedings) -> str:
    return reverse("pre-proceedings", args=[row.pk])


@require_safe
@of_case(OPEN_CHILDREN, PreProceedings)
def pre_proceedings(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Show pre-proceedings with their letter and meetings, and the care proceedings after them."""
    by = asker(request)
    found = court_clock(row)
    context: dict[str, Any] = {
        "facts": _facts(row),
        "texts": _texts(row),
        "tables": [letters_of(case, by, row), meetings_of(row)],
        "buttons": _buttons(case, by, row),
        "clock": found,
        "alert": alert(found, timezone.now()) if found else "",
        "note": _still_open(row) or _no_letter(case, by, row),
    }
    title = "Care proceedings" if row.application_on else "Pre-proceedings"
    return part_page(request, case, row, title, context)


def _no_letter(case: Case, by: Person, row: PreProceedings) -> str:
    """Say to whom, with parental responsibility, no letter is written, while letters are."""
    if row.outcome or not case.lets(by, WORK_CASES):
        return ""
    parents = parents_of(case.child, by)
    if not parents:
        return "The family record names nobody with parental responsibility: letters go to them."
    left = [each.words for each in without_letter(row, parents)]
    return f"No letter is written to: {', '.join(left)}." if left else ""


def _facts(row: PreProceedings) -> list[tuple[str, str]]:
    until = row.ended_on or timezone.localdate()
    facts = [
        ("Decided", f"{said_on(row.decided_on)}, by {row.decided_by}"),
        ("First letter sent", said_on(row.letter_on)),
        ("Family group meeting offered", said(row.family_meeting_offered)),
    ]
    if row.family_meeting_why_not:
        facts.append(("Why none was offered", row.family_meeting_why_not))
    if row.family_meeting_offered:
        facts.append(("Family group meeting held", said_on(row.family_meeting_on)))
    facts.append(("Weeks since the decision", str((until - row.decided_on).days // 7)))
    if row.court_by:
        facts.append(
            ("Decided before: application to court", f"{said_on(row.court_on)}, by {row.court_by}")
        )
    if row.outcome_by:
        decided = f"{said_on(row.outcome_on)}, by {row.outcome_by}"
        facts.append((f"Decided: {str(row.get_outcome_display()).lower()}", decided))
    if row.application_on:
        facts.append(("Application to court", said_on(row.application_on)))
        facts.append(("Weeks since the application", str((until - row.application_on).days // 7)))
    if extended := given_to(row):
        facts.append(("More time than 26 weeks, until", said_on(extended)))
    if row.order_on:
        facts.append(("Final order", f"{row.get_order_display()}, {said_on(row.order_on)}"))
    if row.stepped_to:
        facts.append(("Stepped to", stepped(row.stepped_to)))
    if row.corrected_by:
        why = f"{row.corrected_because} ({row.corrected_by}, {said_at(row.corrected_at)})"
        facts.append(("Corrected", why))
    return facts


def _texts(row: PreProceedings) -> list[tuple[str, str]]:
    texts = [
        ("Why it was begun", row.decided_because),
        ("What are we worried about?", row.worries),
        ("What must change, and by when?", row.must_change),
        ("What help do we give?", row.support),
        ("What the child says", row.child_view),
    ]
    if row.court_because:
        texts.append(("Why it was to go to court", row.court_because))
    if row.outcome_because:
        title = (
            "Why it goes to court"
            if row.outcome == row.Outcome.PROCEEDINGS
            else "Why it stepped down"
        )
        texts.append((title, row.outcome_because))
    if row.order_said:
        texts.append(("What else the court said", row.order_said))
    return texts


def _still_open(row: PreProceedings) -> str:
    """Say what has still to end where the child came into care."""
    if row.stepped_to != stepping.CARE:
        return ""
    kinds = (
        ("child protection plan", row.referral.plans.filter(ends=None)),
        ("child in need plan", row.referral.need_plans.filter(ends=None)),
    )
    still = [name for name, rows in kinds if rows.exists()]
    return (
        f"The child is in care, and the {' and the '.join(still)} is still open." if still else ""
    )


def _buttons(case: Case, by: Person, row: PreProceedings) -> list[Button]:
    def to(name: str) -> str:
        return reverse(name, args=[row.pk])

    is_whole = all(getattr(row, name) for name in IN_LETTER)
    letters = [
        ("write letter", Button("Write what every letter says", to("write-letter"))),
        ("address letter", Button("Write to a parent", to("address-letter"))),
    ]
    meeting = "meeting or hearing" if row.application_on else "meeting"
    verbs = offered(case, by, row)
    if row.letter_on:
        verbs -= {"write letter"}  # what a letter that was sent says stays
    return buttons(
        verbs,
        ("apply to court", Button("Record the application", to("apply-to-court"))),
        ("record order", Button("Record the final order", to("record-order"))),
        *(reversed(letters) if is_whole else letters),
        ("review pre-proceedings", Button("Record a review", to("review-pre-proceedings"))),
        ("book meeting", Button(f"Book a {meeting}", to("book-court-meeting"))),
        ("record meeting", Button(f"Record a {meeting}", to("record-court-meeting"))),
        ("offer family meeting", Button("Family group meeting", to("offer-family-meeting"))),
        ("step down", Button("Step down", to("step-down"))),
        ("decide for court", Button("Decide that it goes to court", to("decide-for-court"))),
        (
            "take back application",
            Button("No application was made", to("take-back-application")),
        ),
        ("take back order", Button("No final order was made", to("take-back-order"))),
        ("correct pre-proceedings", Button("Correct it", to("correct-pre-proceedings"))),
    )


def _page(
    case: Case, row: PreProceedings, title: str, button: str, done: str, of: Policy = WORK_CASES
) -> FormPage:
    return FormPage(
        title, button, _back(row), of, done, caption_of(case), name=f"{title.lower()} {row.pk}"
    )


@require_http_methods(FORM)
@of_case(GO_TO_COURT, Referral)
def begin_pre_proceedings(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Decide that pre-proceedings begin."""
    page = FormPage(
        "Begin pre-proceedings",
        "Save the decision",
        back_to(case),
        GO_TO_COURT,
        "The decision is on record. The letter before proceedings is to be written.",
        caption_of(case),
        name=f"begin pre-proceedings {row.pk}",
        kind="warning",
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        BeginForm(sent(request)),
        lambda form: doing.begin_pre_proceedings(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def offer_family_meeting(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Say whether a family group meeting was offered and held."""
    page = _page(case, row, "Family group meeting", "Save", "It is on record.")
    return page.answer(
        request,
        FamilyMeetingForm(sent(request), instance=fresh(row)),
        lambda form: doing.offer_family_meeting(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, PreProceedings)
def review_pre_proceedings(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Put a review of pre-proceedings on record."""
    page = _page(
        case,
        row,
        "Record a review of pre-proceedings",
        "Save",
        "The review is on record, and the next has its day.",
        AUTHORISE_WORK,
    )
    need_decider(request, case, page, row, AUTHORISER)
    return page.answer(
        request,
        ReviewForm(sent(request), initial={"version": row.version}),
        lambda form: doing.review_pre_proceedings(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(GO_TO_COURT, PreProceedings)
def step_down(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Decide that pre-proceedings step down."""
    page = _page(
        case,
        row,
        "Step down from pre-proceedings",
        "Save the decision",
        "Pre-proceedings have ended.",
        GO_TO_COURT,
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        StepDownForm(sent(request), initial={"version": row.version}),
        lambda form: doing.step_down(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(GO_TO_COURT, PreProceedings)
def decide_for_court(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Decide that an application is to be made to court."""
    page = _page(
        case,
        row,
        "Decide that it goes to court",
        "Save the decision",
        "The decision is on record. The application is to be made.",
        GO_TO_COURT,
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        DecideForCourtForm(sent(request), initial={"version": row.version}),
        lambda form: doing.decide_for_court(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def apply_to_court(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Say that the application to court was made."""
    page = _page(
        case,
        row,
        "Record the application",
        "Save",
        "The application is on record, and the 26 weeks run.",
    )
    return page.answer(
        request,
        ApplyForm(sent(request), initial={"version": row.version}),
        lambda form: doing.apply_to_court(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(GO_TO_COURT, PreProceedings)
def take_back_application(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Say that no application to court was made."""
    page = _page(
        case,
        row,
        "No application was made",
        "Take the application back",
        "The application is taken back: it is to be made, or the child steps down. Hearings that were booked "
        "are called off.",
        GO_TO_COURT,
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: doing.take_back_application(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def record_order(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Put the final order of the court on record."""
    page = _page(case, row, "Record the final order", "Save", "The final order is on record.")
    return page.answer(
        request,
        OrderForm(sent(request), initial={"version": row.version}),
        lambda form: doing.record_order(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(GO_TO_COURT, PreProceedings)
def take_back_order(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Say that no final order was made."""
    page = _page(
        case,
        row,
        "No final order was made",
        "Take the order back",
        "The order is taken back: the proceedings go on, and the hearings that were booked are booked again.",
        GO_TO_COURT,
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: doing.take_back_order(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(GO_TO_COURT, PreProceedings)
def correct_pre_proceedings(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Correct the days of pre-proceedings and proceedings, or the order."""
    page = _page(
        case,
        row,
        "Correct what is on record",
        "Save",
        "It is corrected. What it said before stays in the audit.",
        GO_TO_COURT,
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        CorrectForm(sent(request), instance=fresh(row)),
        lambda form: doing.correct_pre_proceedings(
            row,
            form.cleaned_data["version"],
            form.changes,
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )
