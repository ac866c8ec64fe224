"""What agencies are asked and answer, what is made of it, what is shared; and the agency's own pages."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import ANSWER_INFORMATION, SEE_FRONT_DOOR, TAKE_CONTACTS
from sightline.service.audit.models import Verb as AuditVerb
from sightline.service.audit.record import record, viewed_children
from sightline.service.frontdoor.access import find_contact, may_take
from sightline.service.frontdoor.actions import information
from sightline.service.frontdoor.forms.information import (
    TELEPHONE,
    AnalysisForm,
    AnswerForm,
    AskForm,
    ChaseForm,
    EnteredAnswerForm,
    GoOnForm,
    SharingForm,
)
from sightline.service.frontdoor.models import InformationRequest
from sightline.service.frontdoor.queries.lists import (
    agencies_that_see,
    asked_of,
    children_asked_about,
)
from sightline.service.frontdoor.seeds.reading import reason_words
from sightline.service.frontdoor.states import OPEN, verbs_from
from sightline.service.frontdoor.views.parts import A_PAGE, FORM, parts_of


@require_safe
@policy(SEE_FRONT_DOOR)
def contact_information(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what agencies were asked and said, word for word; apart from it, what was made of it."""
    found = find_contact(request, pk)
    with transaction.atomic():
        asked = list(
            found.information_requests.select_related("agency", "asked_by").prefetch_related(
                children_asked_about(), "chases__by"
            )
        )
    context = {
        "contact": found,
        "parts": parts_of(found, "contact-information"),
        "asked": [(each, reason_words(each.lawful_basis)) for each in asked],
        "seen_at": agencies_that_see(found) if any(not each.replied_at for each in asked) else (),
        "telephone": TELEPHONE,
        "analyses": found.analyses.select_related("by", "agency"),
        "sharing": [
            (each, reason_words(each.lawful_basis))
            for each in found.sharing_decisions.select_related("by", "agency")
        ],
        "may": may_take(asker(request), found),
        "verbs": {verb.name for verb in verbs_from(found.state)},
        "open": found.state in OPEN,
        "now": timezone.now(),
    }
    return render(request, "frontdoor/information.html", context)


def _back(pk: int) -> str:
    return reverse("contact-information", args=[pk])


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def ask_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask an agency about children of a contact."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    seen_at = agencies_that_see(found)
    form = AskForm(found, seen_at, sent(request))
    unseen = form.is_valid() and form.cleaned_data["agency"].pk not in seen_at
    page = FormPage(
        "Ask an agency",
        "Ask",
        _back(pk),
        TAKE_CONTACTS,
        f"The question is on record. Telephone them: {TELEPHONE}"
        if unseen
        else "The agency is asked.",
        name=f"ask about contact {pk}",
        caption=f"Contact {found.number}",
    )

    def doing(form: AskForm) -> None:
        given = dict(form.cleaned_data)
        due_at = timezone.now() + timedelta(hours=given.pop("hours"))
        information.ask_agency(found, **given, due_at=due_at, by=asker(request))

    return page.answer(request, form, doing)


def _asked(request: HttpRequest, pk: int) -> InformationRequest:
    asked = get_object_or_404(InformationRequest.objects.select_related("agency"), pk=pk)
    asked.contact = find_contact(request, asked.contact_id, TAKE_CONTACTS)
    return asked


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def enter_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what an agency answered in another way than here."""
    asked = _asked(request, pk)
    page = FormPage(
        f"Answer of {asked.agency}",
        "Save the answer",
        _back(asked.contact_id),
        TAKE_CONTACTS,
        "The answer is on record.",
        name=f"answer to question {pk}",
        caption=f"Contact {asked.contact.number}",
        intro=asked.question,
    )
    return page.answer(
        request,
        EnteredAnswerForm(asked.asked_at, sent(request)),
        lambda form: information.answer_request(
            asked,
            **form.answer,
            replied_by=form.cleaned_data["replied_by"],
            at=form.cleaned_data["at"],
        ),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def chase_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an agency was chased, or its silence taken higher."""
    asked = _asked(request, pk)
    page = FormPage(
        f"Chase {asked.agency}",
        "Save",
        _back(asked.contact_id),
        TAKE_CONTACTS,
        "It is on record that the agency was chased.",
        name=f"chase request {pk}",
        caption=f"Contact {asked.contact.number}",
        intro=asked.question,
    )
    return page.answer(
        request,
        ChaseForm(sent(request)),
        lambda form: information.chase_agency(asked, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what has come in."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    missing = found.information_requests.filter(replied_at=None).count()
    page = FormPage(
        "Go on with what has come in",
        "Go on",
        _back(pk),
        TAKE_CONTACTS,
        "The contact is being looked at again.",
        caption=f"Contact {found.number}",
        intro=f"Answers missing: {missing}." if missing else "Every answer has come in.",
    )
    return page.answer(
        request,
        GoOnForm(sent(request)),
        lambda form: information.go_on(found, form.cleaned_data["reason"], by=asker(request)),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def add_analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what one makes of the information."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Analysis",
        "Save the analysis",
        _back(pk),
        TAKE_CONTACTS,
        "The analysis is saved.",
        name=f"analysis of contact {pk}",
        caption=f"Contact {found.number}",
    )
    return page.answer(
        request,
        AnalysisForm(sent(request)),
        lambda form: information.add_analysis(found, form.cleaned_data["text"], by=asker(request)),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def share_information(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on record that something is shared, or is not."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Decide about sharing",
        "Save the decision",
        _back(pk),
        TAKE_CONTACTS,
        "The decision about sharing is on record.",
        name=f"sharing of contact {pk}",
        caption=f"Contact {found.number}",
        intro="Data protection is no reason of itself for not sharing.",
    )

    def doing(form: SharingForm) -> None:
        given = dict(form.cleaned_data)
        given["is_shared"] = given["is_shared"] == "yes"
        information.decide_sharing(found, **given, by=asker(request))

    return page.answer(request, SharingForm(sent(request)), doing)


# --- The agency's own pages


@require_safe
@policy(ANSWER_INFORMATION)
def asked_of_us(request: HttpRequest) -> HttpResponse:
    """List what one's agency was asked, what is due first; with `?done=1` what it answered."""
    person = asker(request)
    done = request.GET.get("done") == "1"
    with transaction.atomic():
        found = (
            asked_of(person.agency, person, answered=done)
            if person.agency
            else InformationRequest.objects.none()
        )
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        viewed_children(
            "questions to an agency",
            [child.person.number for each in page for child in each.children.all() if child.person],
        )
    heads = columns("Children", "Asked", "Answered" if done else "Due", "Question")
    context = {"page": page, "done": done, "columns": heads, "now": timezone.now()}
    return render(request, "frontdoor/asked_of_us.html", context)


@require_http_methods(FORM)
@policy(ANSWER_INFORMATION)
def answer_information(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question to one's agency, and take its answer. Nothing else of the contact is here."""
    person = asker(request)
    asked = get_object_or_404(InformationRequest.objects.select_related("agency"), pk=pk)
    answered = asked.replied_at is not None
    mine = (
        asked_of(person.agency, person, answered=answered).filter(pk=pk).first()
        if person.agency
        else None
    )
    if mine is None:
        refuse(request, ANSWER_INFORMATION, f"question {pk}")
    children = list(asked.children(manager="every_row").select_related("person"))
    with transaction.atomic():
        record(AuditVerb.VIEW, "question to an agency", pk)
        viewed_children(f"question {pk}", [c.person.number for c in children if c.person])
    page = FormPage(
        "Question of the front door",
        "Send the answer",
        reverse("asked-of-us"),
        ANSWER_INFORMATION,
        "Your answer is sent.",
        name=f"answer question {pk}",
        template="frontdoor/answer.html",
        more={
            "asked": asked,
            "children": children,
            "basis": reason_words(asked.lawful_basis),
            "now": timezone.now(),
        },
    )
    form = AnswerForm(None if answered else sent(request))
    return page.answer(
        request,
        form,
        lambda form: information.answer_request(asked, **form.answer, replied_by=person.name),
    )
