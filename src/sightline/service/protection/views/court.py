"""Pre-proceedings and care proceedings: the tracker, and one child's."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.clocks.rules import Deadline
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    AUTHORISE_WORK,
    GO_TO_COURT,
    OPEN_CHILDREN,
    WORK_CASES,
    WRITE_UP,
    Policy,
)
from sightline.service.audit.record import viewed_children
from sightline.service.protection import stepping
from sightline.service.protection.access import Case
from sightline.service.protection.actions import court as doing
from sightline.service.protection.clocks import alert, clock
from sightline.service.protection.forms.court import (
    ApplyForm,
    BeginForm,
    FamilyMeetingForm,
    LetterForm,
    MeetingForm,
    OrderForm,
    ReviewForm,
    SentForm,
    StepDownForm,
)
from sightline.service.protection.models import PreProceedings, Referral
from sightline.service.protection.queries import court as tracker
from sightline.service.protection.states import AUTHORISER, DECIDER
from sightline.service.protection.views.case import back_to
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
    found = _clock(row)
    context: dict[str, Any] = {
        "facts": _facts(row),
        "texts": _texts(row),
        "tables": [_meetings(row)],
        "buttons": _buttons(case, asker(request), row),
        "clock": found,
        "alert": alert(found, timezone.now()) if found else "",
        "note": _still_open(row),
    }
    if case.lets(asker(request), WRITE_UP):
        context["papers"] = [("The letter", reverse("print-letter", args=[row.pk]))]
    title = "Care proceedings" if row.application_on else "Pre-proceedings"
    return part_page(request, case, row, title, context)


def _clock(row: PreProceedings) -> Deadline | None:
    if row.ended_on:
        return None
    if row.application_on:
        return clock("PLO-26", row.application_on)
    reviews = [each.held_on for each in row.meetings.all() if each.kind == each.Kind.REVIEW]
    return clock("PLO-16", max(reviews, default=row.decided_on))


def _facts(row: PreProceedings) -> list[tuple[str, str]]:
    until = row.ended_on or timezone.localdate()
    facts = [
        ("Decided", f"{said_on(row.decided_on)}, by {row.decided_by}"),
        ("Letter sent", said_on(row.letter_on)),
        ("Family group meeting offered", said(row.family_meeting_offered)),
    ]
    if row.family_meeting_why_not:
        facts.append(("Why none was offered", row.family_meeting_why_not))
    if row.family_meeting_offered:
        facts.append(("Family group meeting held", said_on(row.family_meeting_on)))
    facts.append(("Weeks since the decision", str((until - row.decided_on).days // 7)))
    if row.application_on:
        facts.append(("Application to court", said_on(row.application_on)))
        facts.append(("Weeks since the application", str((until - row.application_on).days // 7)))
    if row.outcome_by:
        facts.append((str(row.get_outcome_display()), f"Decided by {row.outcome_by}"))
    if row.order_on:
        facts.append(("Final order", f"{row.get_order_display()}, {said_on(row.order_on)}"))
    if row.stepped_to:
        facts.append(("Stepped to", stepped(row.stepped_to)))
    return facts


def _texts(row: PreProceedings) -> list[tuple[str, str]]:
    texts = [
        ("Why it was begun", row.decided_because),
        ("What are we worried about?", row.worries),
        ("What must change, and by when?", row.must_change),
        ("What help do we give?", row.support),
        ("What the child says", row.child_view),
        ("What the parents say", row.parent_view),
    ]
    if row.outcome_because:
        title = "Why it goes to court" if row.application_on else "Why it stepped down"
        texts.append((title, row.outcome_because))
    if row.order_said:
        texts.append(("What else the court said", row.order_said))
    return texts


def _meetings(row: PreProceedings) -> dict[str, Any]:
    rows = [
        [
            said_on(each.held_on),
            each.get_kind_display(),
            each.present or "Not recorded",
            each.agreed + (f"\nLate: {each.late_because}" if each.late_because else ""),
            each.by,
        ]
        for each in row.meetings.select_related("by")
    ]
    heads = columns("Day", "Which", "Who came", "What was agreed or ordered", "Recorded by")
    return {"title": "Meetings and hearings", "columns": heads, "rows": rows}


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

    letter = [
        ("write letter", Button("Write the letter", to("write-letter"))),
        ("send letter", Button("The letter is sent", to("send-letter"))),
    ]
    is_whole = all(getattr(row, name) for name in doing.IN_LETTER)
    return buttons(
        offered(case, by, row),
        ("record order", Button("Record the final order", to("record-order"))),
        *(reversed(letter) if is_whole else letter),
        ("review pre-proceedings", Button("Record a review", to("review-pre-proceedings"))),
        (
            "record meeting",
            Button(
                "Record a hearing" if row.application_on else "Record a meeting",
                to("record-court-meeting"),
            ),
        ),
        ("offer family meeting", Button("Family group meeting", to("offer-family-meeting"))),
        ("step down", Button("Step down", to("step-down"))),
        ("apply to court", Button("Apply to court", to("apply-to-court"))),
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
def write_letter(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Write the letter before proceedings."""
    page = _page(
        case,
        row,
        "Write the letter before proceedings",
        "Save",
        "The letter is saved. It is not sent.",
    )
    return page.answer(
        request,
        LetterForm(sent(request), instance=fresh(row)),
        lambda form: doing.write_letter(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def send_letter(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Say that the letter before proceedings was sent."""
    page = _page(case, row, "The letter is sent", "Save", "That the letter is sent is on record.")
    return page.answer(
        request,
        SentForm(sent(request), initial={"version": row.version}),
        lambda form: doing.send_letter(row, **form.cleaned_data, by=asker(request)),
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
@of_case(WORK_CASES, PreProceedings)
def record_court_meeting(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Put a meeting or a hearing on record."""
    page = _page(case, row, "Record a meeting", "Save", "The meeting is on record.")
    return page.answer(
        request,
        MeetingForm(sent(request)),
        lambda form: doing.record_meeting(row, **form.cleaned_data, by=asker(request)),
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
def apply_to_court(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Decide that an application is made to court."""
    page = _page(
        case,
        row,
        "Apply to court",
        "Save the decision",
        "The decision is on record, and the 26 weeks run.",
        GO_TO_COURT,
    )
    need_decider(request, case, page, row, DECIDER)
    return page.answer(
        request,
        ApplyForm(sent(request), initial={"version": row.version}),
        lambda form: doing.apply_to_court(row, **form.cleaned_data, by=asker(request)),
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
