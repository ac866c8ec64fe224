"""Strategy discussions and section 47 enquiries."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import AUTHORISE_WORK, OPEN_CHILDREN, WORK_CASES
from sightline.service.protection.access import Case
from sightline.service.protection.actions import discussing, enquiring
from sightline.service.protection.clocks import alert, clock
from sightline.service.protection.forms.assessing import (
    CallDiscussionForm,
    ConferenceNeededForm,
    EnquiryForm,
)
from sightline.service.protection.forms.discussing import (
    CorrectDiscussionForm,
    DecideDiscussionForm,
    RecordDiscussionForm,
)
from sightline.service.protection.forms.parts import moment_parts
from sightline.service.protection.models import Enquiry, Referral, StrategyDiscussion
from sightline.service.protection.views.case import back_to
from sightline.service.protection.views.parts import (
    FORM,
    Button,
    buttons,
    caption_of,
    decision_page,
    fresh,
    need_decider,
    of_case,
    offered,
    part_page,
    press,
    said_at,
    version_sent,
)

# --- Strategy discussion


@require_safe
@of_case(OPEN_CHILDREN, StrategyDiscussion)
def discussion(request: HttpRequest, case: Case, row: StrategyDiscussion) -> HttpResponse:
    """Show a strategy discussion."""
    facts = [
        ("Harm was suspected", said_at(row.suspected_at)),
        ("Held", said_at(row.held_at)),
        ("Chair", str(row.chair or "Not said yet")),
        ("Recorded by", str(row.written_by or "Not said yet")),
    ]
    if row.corrected_by:
        why = f"{row.corrected_because} ({row.corrected_by}, {said_at(row.corrected_at)})"
        facts.append(("Corrected", why))
    came = [
        [each.agency, each.get_status_display(), each.name or "Not said"]
        for each in row.agencies.select_related("agency")
    ]
    context = {
        "facts": facts,
        "texts": (
            ("What was said", row.minutes),
            ("Decision", row.get_decision_display() if row.decision else ""),
            ("Why", row.rationale),
            ("To be done", row.actions),
        ),
        "tables": [
            {
                "title": "Who took part",
                "columns": columns("Agency", "In what way", "Who"),
                "rows": came,
            }
        ],
        "buttons": buttons(
            offered(case, asker(request), row),
            ("decide discussion", Button("Decide", reverse("decide-discussion", args=[row.pk]))),
            ("record discussion", Button("Record it", reverse("record-discussion", args=[row.pk]))),
            (
                "correct discussion",
                Button("Correct when it was held", reverse("correct-discussion", args=[row.pk])),
            ),
        ),
        "clock": None if row.decision else clock("STRAT", row.suspected_at),
    }
    return part_page(request, case, row, "Strategy discussion", context)


@require_http_methods(FORM)
@of_case(WORK_CASES, Referral)
def call_discussion(request: HttpRequest, case: Case, row: Referral) -> HttpResponse:
    """Call a strategy discussion."""
    page = FormPage(
        "Call a strategy discussion",
        "Call it",
        back_to(case),
        WORK_CASES,
        "The strategy discussion is called.",
        caption_of(case),
        name=f"call discussion {row.pk}",
        intro="When was it suspected that the child suffers significant harm, or is likely to?",
    )
    return page.answer(
        request,
        CallDiscussionForm(sent(request)),
        lambda form: discussing.call_discussion(row, form.moment, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, StrategyDiscussion)
def record_discussion(request: HttpRequest, case: Case, row: StrategyDiscussion) -> HttpResponse:
    """Put on record who took part in a strategy discussion, and what was said."""
    page = FormPage(
        "Record the strategy discussion",
        "Save",
        reverse("discussion", args=[row.pk]),
        WORK_CASES,
        "It is on record, and waits for a manager to record the decision.",
        caption_of(case),
        name=f"record discussion {row.pk}",
        intro=f"Harm was suspected on {said_at(row.suspected_at)}. Whoever records it does not decide what "
        "follows.",
    )

    def save(form: RecordDiscussionForm) -> None:
        given = {name: form.cleaned_data[name] for name in ("chair", "minutes", "actions")}
        discussing.record_discussion(
            row,
            form.cleaned_data["version"],
            held_at=form.moment,
            agencies=form.attendance,
            **given,
            by=asker(request),
        )

    return page.answer(request, RecordDiscussionForm(sent(request), instance=fresh(row)), save)


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, StrategyDiscussion)
def decide_discussion(request: HttpRequest, case: Case, row: StrategyDiscussion) -> HttpResponse:
    """Record what was decided after a strategy discussion, and why."""
    came = "\n".join(
        f"{each.agency}: {each.get_status_display()}. {each.name}".strip()
        for each in row.agencies.select_related("agency")
    )
    missing = discussing.who_is_missing(row)
    page = FormPage(
        "Decide after the strategy discussion",
        "Save the decision",
        reverse("discussion", args=[row.pk]),
        AUTHORISE_WORK,
        "The decision is on record.",
        caption_of(case),
        name=f"decide discussion {row.pk}",
        intro=f"Neither part nor information: {missing}." if missing else "",
        sections=(("Who took part", came), ("What was said", row.minutes)),
    )
    need_decider(request, case, page, row)
    form = DecideDiscussionForm(sent(request), initial={"version": row.version})

    def save(form: DecideDiscussionForm) -> None:
        given = dict(form.cleaned_data)
        discussing.decide_discussion(row, given.pop("version"), **given, by=asker(request))

    return page.answer(request, form, save)


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, StrategyDiscussion)
def correct_discussion(request: HttpRequest, case: Case, row: StrategyDiscussion) -> HttpResponse:
    """Correct when a strategy discussion was held."""
    page = FormPage(
        "Correct when it was held",
        "Save",
        reverse("discussion", args=[row.pk]),
        AUTHORISE_WORK,
        "It is corrected. What it said before stays in the audit.",
        caption_of(case),
        name=f"correct discussion {row.pk}",
        intro=f"It is on record as held on {said_at(row.held_at)}. Its enquiry began then: day five and the "
        "conference are counted from it.",
    )
    need_decider(request, case, page, row)
    initial = {"version": row.version, **moment_parts(row.held_at)}
    return page.answer(
        request,
        CorrectDiscussionForm(sent(request), initial=initial),
        lambda form: discussing.correct_discussion(
            row,
            form.cleaned_data["version"],
            held_at=form.moment,
            late_because=form.cleaned_data["late_because"],
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )


# --- Section 47 enquiry


def _texts(row: Enquiry) -> tuple[tuple[str, str], ...]:
    return (
        ("What the child says", row.child_view),
        ("What the parents say", row.parent_view),
        ("Professional judgement", row.judgement),
        ("Finding", row.get_finding_display() if row.finding else ""),
    )


def _back(row: Enquiry) -> str:
    return reverse("enquiry", args=[row.pk])


@require_safe
@of_case(OPEN_CHILDREN, Enquiry)
def enquiry(request: HttpRequest, case: Case, row: Enquiry) -> HttpResponse:
    """Show a section 47 enquiry, its decision by day five and its finding."""
    facts = [("Began", said_at(row.began_at)), ("Conference", _decision(row))]
    if row.decided_at:
        facts.append(("Why", row.decision_rationale))
    if called_off := _called_off(row):
        facts.append(("Decided anew", called_off))
    if row.decided_late_because:
        facts.append(("Decided late because", row.decided_late_because))
    if row.submitted_at:
        facts.append(("Finding handed in", f"{said_at(row.submitted_at)}, by {row.written_by}"))
    elif row.returned_because:
        facts.append(("Returned because", row.returned_because))
    if row.ended_at:
        facts.append(("Ended", f"{said_at(row.ended_at)}, authorised by {row.authorised_by}"))
        facts.append(("Why it was authorised", row.authorised_because))
    found = buttons(
        offered(case, asker(request), row),
        (
            "decide conference",
            Button("Is a conference needed?", reverse("decide-conference", args=[row.pk])),
        ),
        (
            "submit enquiry",
            Button(
                "Hand the finding in",
                reverse("submit-enquiry", args=[row.pk]),
                post=True,
                version=row.version,
            ),
        ),
        ("authorise enquiry", Button("Decide", reverse("decide-enquiry", args=[row.pk]))),
        ("write enquiry", Button("Write", reverse("write-enquiry", args=[row.pk]))),
    )
    due = None if row.decided_at else clock("S47-D5", row.began_at)
    context: dict[str, Any] = {
        "facts": facts,
        "texts": _texts(row),
        "buttons": found,
        "clock": due,
        "alert": alert(due, timezone.now()) if due else "",
    }
    return part_page(request, case, row, "Section 47 enquiry", context)


def _decision(row: Enquiry) -> str:
    if not row.decided_at:
        return "Not decided yet"
    said = row.get_conference_needed_display()
    return f"{said}: {row.decided_by}, {said_at(row.decided_at)}"


def _called_off(row: Enquiry) -> str:
    """Say that no conference is needed any more, where the last that was asked for has been called off."""
    last = row.conferences.order_by("pk").last()
    if last is None or not last.cancelled_because:
        return ""
    return f"No conference is needed any more: {last.why_called_off}"


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, Enquiry)
def decide_conference(request: HttpRequest, case: Case, row: Enquiry) -> HttpResponse:
    """Decide whether a conference is needed: the decision of day five."""
    due = clock("S47-D5", row.began_at)
    stands = f" To be decided by {said_at(due.due)}: {due.left(timezone.now())}." if due else ""
    page = FormPage(
        "Is a conference needed?",
        "Save the decision",
        _back(row),
        AUTHORISE_WORK,
        "The decision is on record.",
        caption_of(case),
        name=f"decide conference {row.pk}",
        intro=f"The enquiry began on {said_at(row.began_at)}.{stands}",
        sections=_texts(row),
    )
    need_decider(request, case, page, row)
    return page.answer(
        request,
        ConferenceNeededForm(sent(request), initial={"version": row.version}),
        lambda form: enquiring.decide_conference(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, Enquiry)
def write_enquiry(request: HttpRequest, case: Case, row: Enquiry) -> HttpResponse:
    """Write what an enquiry finds."""
    page = FormPage(
        "Write the finding",
        "Save",
        _back(row),
        WORK_CASES,
        "What you wrote is saved. It is not handed in yet.",
        caption_of(case),
        name=f"enquiry {row.pk}",
    )
    return page.answer(
        request,
        EnquiryForm(sent(request), instance=fresh(row)),
        lambda form: enquiring.write_enquiry(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_POST
@of_case(WORK_CASES, Enquiry)
def submit_enquiry(request: HttpRequest, case: Case, row: Enquiry) -> HttpResponse:
    """Hand the finding in."""
    press(
        request,
        WORK_CASES,
        f"submit enquiry {row.pk}",
        "The finding waits for a manager.",
        lambda: enquiring.submit_enquiry(row, version=version_sent(request), by=asker(request)),
    )
    return redirect(_back(row))


@require_http_methods(FORM)
@of_case(AUTHORISE_WORK, Enquiry)
def decide_enquiry(request: HttpRequest, case: Case, row: Enquiry) -> HttpResponse:
    """Authorise the finding of an enquiry, or return it."""
    page = FormPage(
        "Decide about the finding",
        "Save the decision",
        _back(row),
        AUTHORISE_WORK,
        "The decision is on record.",
        caption_of(case),
        name=f"decide enquiry {row.pk}",
        sections=_texts(row),
    )
    return decision_page(
        request, case, page, row, enquiring.authorise_enquiry, enquiring.return_enquiry
    )
