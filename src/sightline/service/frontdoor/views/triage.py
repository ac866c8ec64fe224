"""The daily triage: its record, and who attends by agency."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.form_pages import FormPage, press
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Agency
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import SEE_FRONT_DOOR, TAKE_CONTACTS
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.record import viewed_children
from sightline.service.frontdoor.access import contacts_of, find_contact
from sightline.service.frontdoor.actions import triage as actions
from sightline.service.frontdoor.forms.parts import ReasonForm
from sightline.service.frontdoor.forms.triage import AttendanceForm, DiscussionForm
from sightline.service.frontdoor.models import Contact, Triage, TriagedContact
from sightline.service.frontdoor.queries.lists import age_words, triages
from sightline.service.frontdoor.views.contact import back_to
from sightline.service.frontdoor.views.parts import FORM, is_key, top

MOST_LISTED = 100


@require_safe
@policy(SEE_FRONT_DOOR)
def triage_days(request: HttpRequest) -> HttpResponse:
    """Show the last triages and, agency by agency, who attended; where a post is vacant, until when."""
    found = triages()
    agencies = sorted(
        {row.agency for each in found for row in each.attendance.all()}, key=lambda a: a.name
    )
    matrix = []
    for agency in agencies:
        rows = {
            row.triage_id: row
            for each in found
            for row in each.attendance.all()
            if row.agency_id == agency.pk
        }
        matrix.append((agency, [rows.get(each.pk) for each in found[:7]]))
    today = timezone.localdate()
    return render(
        request,
        "frontdoor/triages.html",
        {
            **top(request, "triages"),
            "triages": found,
            "matrix": matrix,
            "today": next((each for each in found if each.day == today), None),
            "columns": columns("Day", "Chair", "Contacts", "Agencies there", "State"),
            "matrix_columns": columns("Agency", *(f"{each.day:%-d %b}" for each in found[:7])),
        },
    )


@require_POST
@policy(TAKE_CONTACTS)
def begin_triage(request: HttpRequest) -> HttpResponse:
    """Open the record of today's triage, in the chair."""
    press(
        request, TAKE_CONTACTS, "begin the triage", lambda: actions.begin_triage(by=asker(request))
    )
    today = Triage.objects.filter(day=timezone.localdate()).first()
    return redirect("triage", today.pk) if today else redirect("triages")


@require_safe
@policy(SEE_FRONT_DOOR)
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one triage: who was there, what was discussed, what is still to be."""
    found = get_object_or_404(Triage.objects.select_related("chair"), pk=pk)
    person, now = asker(request), timezone.now()
    mine = contacts_of(person)
    with transaction.atomic():
        discussed = list(
            found.contacts.filter(contact__in=mine)
            .select_related("contact")
            .prefetch_related("contact__children__person")[:MOST_LISTED]
        )
        to_come = (
            []
            if found.ended_at
            else list(
                mine.filter(state=Contact.State.TRIAGE)
                .exclude(pk__in=[each.contact_id for each in discussed])
                .prefetch_related("children__person")
                .order_by("received_at")[:MOST_LISTED]
            )
        )
        shown = [*to_come, *(each.contact for each in discussed)]
        viewed_children(
            f"triage of {found.day}",
            [c.person.number for each in shown for c in each.children.all() if c.person],
        )
    return render(
        request,
        "frontdoor/triage.html",
        {
            "triage": found,
            "attendance": found.attendance.select_related("agency"),
            "discussed": discussed,
            "to_come": [(each, age_words(each.received_at, now)) for each in to_come],
            "may": TAKE_CONTACTS.allows(person) and not found.ended_at,
            "may_reopen": found.ended_at is not None
            and found.day == timezone.localdate(now)
            and (found.chair_id == person.pk or person.holds(actions.MANAGERS)),
            "columns": columns("Agency", "Was it there?", "Who"),
        },
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def triage_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which agency was at a triage; and that it is over."""
    found = get_object_or_404(Triage, pk=pk)
    rows = {row.agency_id: row for row in found.attendance.all()}
    agencies = list(Agency.objects.exclude(kind=Agency.Kind.OTHER).order_by("name")[:40])
    agencies += list(Agency.objects.filter(pk__in=rows).exclude(pk__in=[a.pk for a in agencies]))
    data = sent(request)
    forms = [
        (
            agency,
            AttendanceForm(
                data, prefix=f"agency-{agency.pk}", initial=_attended(rows.get(agency.pk))
            ),
        )
        for agency in agencies
    ]
    problem = ""
    judged = [form.is_valid() for _, form in forms]  # all of them, so that each says what is wrong
    if data is not None and all(judged):
        kept = [
            {"agency": agency, **form.cleaned_data}
            for agency, form in forms
            if form.cleaned_data["status"]
        ]
        version = data.get("version", "")
        try:
            actions.record_attendance(
                found,
                int(version) if is_key(version) else 0,
                kept,
                ended="end" in data,
            )
        except StepError as error:
            messages.error(request, str(error))
            return redirect("triage", pk)
        except IncompleteError as error:
            problem = str(error)
        except ConflictError:
            problem = (
                "Somebody else changed the attendance meanwhile. What stands now is on the page of the "
                "triage; what you entered is still here. Compare the two, then save again."
            )
            found.refresh_from_db()
        else:
            messages.success(request, "The attendance is saved.")
            return redirect("triage", pk)
    wrong = next((form for _, form in forms if form.errors), None)
    context = {"triage": found, "forms": forms, "form": wrong, "problem": problem}
    return render(request, "frontdoor/attendance.html", context, status=409 if problem else 200)


def _attended(row: Any) -> dict[str, Any]:
    return {"status": row.status, "name": row.name, "fill_by": row.fill_by} if row else {}


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def reopen_triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the record of today's triage again."""
    found = get_object_or_404(Triage, pk=pk)
    page = FormPage(
        "Open the triage again",
        "Open it again",
        reverse("triage", args=[pk]),
        TAKE_CONTACTS,
        "The triage is open again.",
        caption=f"Triage of {found.day:%-d %B %Y}",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: actions.reopen_triage(found, form.cleaned_data["reason"], by=asker(request)),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def discuss_contact(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Write down what was said of a contact, decided and to be done."""
    found = get_object_or_404(Triage, pk=pk)
    about = find_contact(request, contact, TAKE_CONTACTS)
    row = TriagedContact.objects.filter(triage=found, contact=about).first()
    page = FormPage(
        "Discussion at the triage",
        "Save",
        reverse("triage", args=[pk]),
        TAKE_CONTACTS,
        "The discussion is on record.",
        name=f"triage {pk} of contact {contact}",
        caption=f"Contact {about.number}",
        intro=about.concern,
        what="this part of the contact",
    )
    form = DiscussionForm(sent(request), instance=row or TriagedContact(version=0))
    return page.answer(
        request,
        form,
        lambda form: actions.discuss_contact(
            found, about, form.cleaned_data["version"], form.changes
        ),
    )


@require_POST
@policy(TAKE_CONTACTS)
def list_for_triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a contact on the list of the next triage."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    if press(
        request,
        TAKE_CONTACTS,
        f"list contact {found.number}",
        lambda: actions.list_for_triage(found, by=asker(request)),
    ):
        messages.success(request, "The contact is on the list of the next triage.")
    return redirect("contact", pk)


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def take_off_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contact off the list of the triage."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Take the contact off the list",
        "Take it off",
        back_to(found),
        TAKE_CONTACTS,
        "The contact is off the list.",
        caption=f"Contact {found.number}",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: actions.take_off_list(found, form.cleaned_data["reason"], by=asker(request)),
    )
