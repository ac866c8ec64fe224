"""What is recommended, what another decides, what the referrer is told, and who disagrees."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.clocks.rules import deadline
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import (
    AUTHORISE_CONTACTS,
    SEE_FRONT_DOOR,
    TAKE_CONTACTS,
    Policy,
)
from sightline.service.accounts.steps import StepError
from sightline.service.audit.models import Verb
from sightline.service.audit.record import refused
from sightline.service.design.paper import pdf_response
from sightline.service.frontdoor.access import find_contact, may_authorise, may_take
from sightline.service.frontdoor.actions import deciding, disagreeing, telling
from sightline.service.frontdoor.forms.deciding import (
    AnswerDisagreementForm,
    DecideForm,
    DisagreementForm,
    RecommendForm,
    SettleForm,
    TellForm,
)
from sightline.service.frontdoor.forms.parts import ReasonForm
from sightline.service.frontdoor.letters import is_to_confirm, letter_kept, letter_of
from sightline.service.frontdoor.models import (
    Contact,
    Disagreement,
    OutcomeNotice,
    Recommendation,
)
from sightline.service.frontdoor.states import verbs_from
from sightline.service.frontdoor.views.parts import FORM, is_key, parts_of, viewed


@require_safe
@policy(SEE_FRONT_DOOR)
def contact_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the way to a decision: triage, recommendations, decisions, the referrer, disagreements."""
    found = find_contact(request, pk)
    person = asker(request)
    recommended = list(
        found.recommendations.select_related("by", "decided_by", "level", "decided_level")
    )
    waiting = next((each for each in recommended if each.state == "waiting"), None)
    notices = list(found.notices.select_related("sent_by").order_by("-due_at"))
    may_decide = may_authorise(person, found)
    disagreements = found.disagreements.select_related("answered_by", "settled_by", "followed_by")
    goes_up = any(each.step != Disagreement.Step.PRACTITIONER for each in disagreements)
    context = {
        "contact": found,
        "parts": parts_of(found, "contact-decision"),
        "triages": found.triages.select_related("triage"),
        "recommendations": recommended,
        "waiting": waiting,
        "own": waiting is not None and waiting.by_id == person.pk,
        "notices": [(each, _left(each)) for each in notices],
        "disagreements": disagreements,
        "had_part": goes_up and disagreeing.had_part(found, person),
        "own_decision": disagreeing.OWN,
        "decided": any(each.decided_outcome for each in recommended),
        "may": may_take(person, found),
        "may_decide": may_decide,
        "unregistered": AUTHORISE_CONTACTS.allows(person) and not person.registration,
        "verbs": {verb.name for verb in verbs_from(found.state)},
    }
    return render(request, "frontdoor/decision.html", context)


def _left(notice: OutcomeNotice) -> tuple[str, str]:
    if notice.sent_at or not notice.decision.decided_at:
        return "", ""
    found, now = deadline("NOTICE-1", notice.decision.decided_at), timezone.now()
    return found.standing(now), found.left(now)


def _back(pk: int) -> str:
    return reverse("contact-decision", args=[pk])


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """Recommend what becomes of a contact."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Recommend an outcome",
        "Send for authorisation",
        _back(pk),
        TAKE_CONTACTS,
        "The recommendation waits for a manager.",
        name=f"recommend contact {pk}",
        caption=f"Contact {found.number}",
        intro=""
        if found.guidance
        else "No levels of need were in force on the day of this contact: it is held to those of today."
        if deciding.guidance_for(found)
        else deciding.NO_GUIDANCE,
    )
    return page.answer(
        request,
        RecommendForm(found, sent(request)),
        lambda form: deciding.recommend(found, **form.cleaned_data, by=asker(request)),
    )


def _to_decide(request: HttpRequest, pk: int) -> Contact:
    """Give a contact about which the asker may decide at all; else refuse, on record, and say why."""
    found = find_contact(request, pk, AUTHORISE_CONTACTS)
    if not asker(request).registration:
        _refuse(request, AUTHORISE_CONTACTS, f"contact {found.number}", deciding.UNREGISTERED)
    return found


def _refuse(request: HttpRequest, of: Policy, about: str, said: str) -> None:
    refused(request, of.name, about)
    raise PermissionDenied(said)


@require_http_methods(FORM)
@policy(AUTHORISE_CONTACTS)
def decide_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what is recommended, authorise it, or authorise another outcome."""
    found, person = _to_decide(request, pk), asker(request)
    waiting = found.recommendations.select_related("by", "level").filter(state="waiting").first()
    if waiting is not None and waiting.by_id == person.pk:
        _refuse(request, AUTHORISE_CONTACTS, f"contact {found.number}", deciding.OWN)
    page = FormPage(
        "Decide about the recommendation",
        "Save the decision",
        _back(pk),
        AUTHORISE_CONTACTS,
        "The decision is on record.",
        name=f"decide recommendation {waiting.pk}" if waiting else "",
        caption=f"Contact {found.number}",
        template="frontdoor/decide.html",
        more={"contact": found, "recommendation": waiting},
    )
    return page.answer(
        request,
        DecideForm(waiting or found.recommendations.first(), sent(request)),
        lambda form: _decide(waiting or _last(found), form, request),
    )


def _last(found: Contact) -> Recommendation:
    last = found.recommendations.first()
    if last is None:
        raise Http404("Nothing is recommended yet.")
    return last


def _decide(recommendation: Recommendation, form: DecideForm, request: HttpRequest) -> None:
    given, by = form.cleaned_data, asker(request)
    if given["recommendation"] != recommendation.pk:
        raise StepError("Another recommendation waits now: read it first. Nothing was changed.")
    match given["decision"]:
        case "return":
            deciding.return_recommendation(recommendation, given["rationale"], by=by)
        case "authorise":
            deciding.authorise(recommendation, given["rationale"], by=by)
        case "another":
            deciding.authorise_another(
                recommendation,
                given["outcome"],
                given["rationale"],
                offered_instead=given["offered_instead"],
                level=given["level"],
                by=by,
            )


@require_http_methods(FORM)
@policy(AUTHORISE_CONTACTS)
def reopen_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed contact again."""
    found = _to_decide(request, pk)
    page = FormPage(
        "Open the contact again",
        "Open it again",
        _back(pk),
        AUTHORISE_CONTACTS,
        "The contact is open again.",
        caption=f"Contact {found.number}",
        intro="What was decided stays on record. A new recommendation is needed. Whether a child is missing, "
        "or exploitation is feared, is asked again, and what is feared is routed anew.",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: deciding.reopen(found, form.cleaned_data["reason"], by=asker(request)),
    )


# --- The referrer


def _notice(found: Contact, which: str = "") -> OutcomeNotice:
    """Give what the referrer is told of the last decision; or of an earlier one, by its key."""
    notices = found.notices.select_related(
        "decision__level",
        "decision__decided_level",
        "contact__agency",
        "contact__level_declared",
    ).order_by("-due_at", "-pk")
    if which:
        notices = notices.filter(pk=int(which) if is_key(which) else 0)
    notice = notices.first()
    if notice is None:
        raise Http404("Nothing was decided yet.")
    return notice


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def tell_referrer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the letter to the referrer, and say how they were told."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    notice = _notice(found)
    to_confirm = is_to_confirm(found)
    page = FormPage(
        "Tell the referrer",
        "Save, and close the contact",
        _back(pk),
        TAKE_CONTACTS,
        "The referrer is told.",
        name=f"tell referrer {notice.pk}",
        caption=f"Contact {found.number}",
        template="frontdoor/tell.html",
        more={
            "contact": found,
            "letter": letter_kept(notice) if notice.sent_at else letter_of(notice),
            "notice": notice,
            "to_confirm": to_confirm,
        },
    )
    # Where it is to be confirmed who they are, the address is not taken from the form either.
    email = "" if to_confirm else found.referrer_email
    form = TellForm(sent(request), email=email, to_confirm=to_confirm)
    return page.answer(
        request,
        form,
        lambda form: telling.tell_referrer(notice, **form.cleaned_data, by=asker(request)),
    )


@require_safe
@policy(SEE_FRONT_DOOR)
def outcome_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the letter to the referrer as a PDF, as it was told; `?notice=` names that of a decision."""
    found = find_contact(request, pk)
    letter = letter_kept(_notice(found, request.GET.get("notice", "")))
    viewed(found, Verb.EXPORT)
    return pdf_response(letter.paper, found.number)


# --- Disagreement


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def add_disagreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on record that somebody disagrees with the outcome."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Somebody disagrees",
        "Save",
        _back(pk),
        TAKE_CONTACTS,
        "The disagreement is on record.",
        name=f"disagreement about contact {pk}",
        caption=f"Contact {found.number}",
    )
    return page.answer(
        request,
        DisagreementForm(sent(request)),
        lambda form: disagreeing.raise_disagreement(found, **form.cleaned_data),
    )


def _disagreement(request: HttpRequest, pk: int) -> Disagreement:
    found = get_object_or_404(Disagreement, pk=pk)
    found.contact = find_contact(request, found.contact_id)
    return found


@require_http_methods(FORM)
@policy(SEE_FRONT_DOOR)
def answer_disagreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a disagreement at the step to which it has come."""
    found = _disagreement(request, pk)
    page = FormPage(
        f"Answer: {found.get_step_display().lower()}",
        "Save the answer",
        _back(found.contact_id),
        SEE_FRONT_DOOR,
        "The answer is on record.",
        name=f"answer disagreement {pk}",
        caption=f"Contact {found.contact.number}",
        intro=found.why,
    )
    return page.answer(
        request,
        AnswerDisagreementForm(sent(request)),
        lambda form: disagreeing.answer_disagreement(
            found,
            form.cleaned_data["answer"],
            outcome_changed=form.cleaned_data["outcome_changed"] == "yes",
            settled=form.cleaned_data["settled"] == "yes",
            acceptance=form.cleaned_data["acceptance"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@policy(SEE_FRONT_DOOR)
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answered disagreement a step up."""
    found = _disagreement(request, pk)
    page = FormPage(
        "Take it a step up",
        "Take it up",
        _back(found.contact_id),
        SEE_FRONT_DOOR,
        "It is taken a step up.",
        caption=f"Contact {found.contact.number}",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: disagreeing.take_up(found, form.cleaned_data["reason"]),
    )


@require_http_methods(FORM)
@policy(SEE_FRONT_DOOR)
def settle_disagreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answered step is accepted, or why it ends there."""
    found = _disagreement(request, pk)
    page = FormPage(
        "Settle the disagreement",
        "Save",
        _back(found.contact_id),
        SEE_FRONT_DOOR,
        "It is settled.",
        name=f"settle disagreement {pk}",
        caption=f"Contact {found.contact.number}",
        sections=(("Why they disagree", found.why), ("The answer", found.answer)),
    )
    return page.answer(
        request,
        SettleForm(sent(request)),
        lambda form: disagreeing.settle_disagreement(
            found, form.said, accepted=form.accepted, by=asker(request)
        ),
    )
