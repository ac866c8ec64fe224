"""A new contact about a child whose case is open, as the front door has passed it on: read, on record."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import WORK_CASES
from sightline.service.children.queries import all_of, hidden_people, root_of
from sightline.service.frontdoor.models import PassedOn
from sightline.service.protection.access import case_of, open_case
from sightline.service.protection.actions.referrals import read_passed_on
from sightline.service.protection.models import Referral
from sightline.service.protection.views.parts import FORM, caption_of, said_at, viewed


@require_http_methods(FORM)
@policy(WORK_CASES)
def passed_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was said and decided, until somebody who works with the child says they have read it."""
    rows = PassedOn.objects.select_related("person", "read_by", "decision__contact__agency")
    row = get_object_or_404(rows, pk=pk)
    contact, by = row.decision.contact, asker(request)
    cases = Referral.objects.filter(child__in=all_of(root_of(row.person)))
    open_ones = list(cases.exclude(state=Referral.State.CLOSED).order_by("-pk"))
    # Once records were merged two may be open: theirs is the one to read it in.
    theirs = (each for each in open_ones if case_of(by, each).lets(by, WORK_CASES))
    referral = next(theirs, open_ones[0] if open_ones else None)
    referral = referral or cases.order_by("-closed_on", "-pk").first()
    if referral is None:
        raise Http404("There is no case any more.")
    case = open_case(request, referral, WORK_CASES)
    if contact.children.filter(person__in=hidden_people(by)).exists():
        refuse(request, WORK_CASES, f"contact {contact.number}")
    viewed(case, f"contact {contact.number}")
    decision = f"{row.decision.decision_rationale} ({row.decision.decided_by})"
    page = FormPage(
        "New contact passed on",
        "I have read it",
        reverse("case", args=[referral.pk]),
        WORK_CASES,
        "It is on record that you have read it.",
        caption_of(case),
        intro=f"Contact {contact.number} came on {said_at(contact.received_at)}, "
        f"{contact.get_way_display().lower()}, from {contact.agency or 'nobody of an agency'}."
        + (f" Read by {row.read_by} on {said_at(row.read_at)}." if row.read_at else ""),
        sections=(
            ("The worry, in the referrer’s words", contact.concern),
            ("Why it is yours", decision),
        ),
    )
    return page.answer(
        request, forms.Form(sent(request)), lambda _: read_passed_on(row, timezone.now(), by=by)
    )
