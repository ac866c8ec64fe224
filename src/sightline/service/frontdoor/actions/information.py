"""What agencies are asked and answer, what is made of it, and what is shared with them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.frontdoor.actions.steps import move
from sightline.service.frontdoor.models import (
    Analysis,
    Contact,
    ContactChild,
    InformationChase,
    InformationRequest,
    SharingDecision,
)
from sightline.service.frontdoor.states import Verb


def ask_agency(
    contact: Contact,
    *,
    agency: Agency,
    children: Iterable[ContactChild],
    question: str,
    lawful_basis: str,
    due_at: datetime,
    asked_of: str = "",
    by: Person,
) -> InformationRequest:
    """Ask an agency about children of a contact, on a lawful basis, with the time it is due."""
    with transaction.atomic():
        move(Verb.ASK, contact, by)
        request = InformationRequest.objects.create(
            contact=contact,
            agency=agency,
            asked_of=asked_of,
            question=question,
            lawful_basis=lawful_basis,
            asked_by=by,
            due_at=due_at,
        )
        request.children.set(children)
    return request


def answer_request(
    request: InformationRequest,
    *,
    reply: str = "",
    nothing_known: bool = False,
    refused_because: str = "",
    replied_by: str,
    at: datetime | None = None,
) -> None:
    """Keep what an agency answered: its words, that it holds nothing, or why it refuses.

    `at` is when it came; now, unless it is given. `StepError` where it was answered meanwhile;
    `IncompleteError` where it says none of the three, or cannot have come then.
    """
    if not (reply or nothing_known or refused_because):
        raise IncompleteError("Give the answer, say that nothing is held, or why it is refused.")
    came = at or timezone.now()
    if not request.asked_at <= came <= timezone.now():
        raise IncompleteError(
            "An answer comes after the question was asked, and not after now.", "came_on"
        )
    with transaction.atomic():
        written = InformationRequest.objects.filter(pk=request.pk, replied_at=None).update(
            reply=reply,
            nothing_known=nothing_known,
            refused_because=refused_because,
            replied_by=replied_by,
            replied_at=came,
            version=F("version") + 1,
        )
        if not written:
            raise StepError("This question was answered meanwhile. Nothing was changed.")


def chase_agency(
    request: InformationRequest, how: str, *, escalated_to: str = "", by: Person
) -> None:
    """Note that an agency was chased, or that its silence or refusal was taken higher."""
    with transaction.atomic():
        InformationChase.objects.create(request=request, how=how, escalated_to=escalated_to, by=by)


def go_on(contact: Contact, reason: str, *, by: Person) -> None:
    """Go on with what has come in; where answers are missing, with the reason."""
    with transaction.atomic(), because(reason):
        if not reason and contact.information_requests.filter(replied_at=None).exists():
            raise IncompleteError("Answers are missing: say why it goes on without them.")
        move(Verb.GO_ON, contact, by)


def add_analysis(contact: Contact, text: str, *, by: Person) -> Analysis:
    """Write down what one makes of the information, as of one's agency."""
    with transaction.atomic():
        return Analysis.objects.create(contact=contact, text=text, by=by, agency=by.agency)


def decide_sharing(
    contact: Contact,
    *,
    what: str,
    agency: Agency,
    is_shared: bool,
    lawful_basis: str = "",
    why_not: str = "",
    escalated_to: str = "",
    by: Person,
) -> SharingDecision:
    """Put on record that something is shared, on which basis; or that it is not, why, and who hears of it."""
    if is_shared and not lawful_basis:
        raise IncompleteError("Say on which lawful basis it is shared.")
    if not is_shared and not (why_not and escalated_to):
        raise IncompleteError("Say why it is not shared, and to whom the refusal is taken.")
    with transaction.atomic():
        return SharingDecision.objects.create(
            contact=contact,
            what=what,
            agency=agency,
            is_shared=is_shared,
            lawful_basis=lawful_basis if is_shared else "",
            why_not="" if is_shared else why_not,
            escalated_to="" if is_shared else escalated_to,
            by=by,
        )
