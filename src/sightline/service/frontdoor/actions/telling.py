"""The referrer is told the outcome: the last step, without which no contact closes."""

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import acting, context_of
from sightline.service.frontdoor.actions.steps import move, need_allowed
from sightline.service.frontdoor.beginning import need_led
from sightline.service.frontdoor.letters import is_to_confirm, letter_kept, letter_of, need_referrer
from sightline.service.frontdoor.models import Contact, OutcomeNotice
from sightline.service.frontdoor.routing import need_routed
from sightline.service.frontdoor.states import Verb

_TOLD = "The referrer was told meanwhile. Nothing was changed."


def tell_referrer(
    notice: OutcomeNotice,
    how: str,
    *,
    sent_to: str = "",
    why_nobody: str = "",
    confirmed: bool = False,
    by: Person,
) -> None:
    """Put on record how the referrer was told, and close the contact.

    The words and the addressee are kept as they are now, and the letter is sent and printed from those. By
    e-mail the contact closes only once it has gone. Whoever sent a form for professionals is told only where
    they were `confirmed` to be who it says. `IncompleteError` says what is missing.
    """
    how = OutcomeNotice.How(how)
    if how is OutcomeNotice.How.NOBODY and not why_nobody:
        raise IncompleteError("Say why nobody can be told.")
    if how is OutcomeNotice.How.EMAIL and not sent_to:
        raise IncompleteError("Enter the e-mail address to send the letter to.")
    need_allowed(Verb.TELL, notice.contact, by)
    need_led(notice.decision)
    need_routed(notice.contact)
    need_referrer(notice.contact)
    to_confirm = how is not OutcomeNotice.How.NOBODY and is_to_confirm(notice.contact)
    if to_confirm and not confirmed:
        raise IncompleteError("Confirm who the referrer is before you tell them.", "confirmed")
    letter = letter_of(notice)
    changes = {
        "how": how,
        "sent_to": sent_to,
        "text": letter.text,
        "letter": letter.paper.kept(),
        "not_sent_because": why_nobody,
        "confirmed": True if to_confirm else None,
    }
    with transaction.atomic():
        waiting = OutcomeNotice.objects.filter(pk=notice.pk, sent_at=None)
        if how is OutcomeNotice.How.EMAIL:
            if not waiting.update(
                **changes, queued_at=timezone.now(), sent_by=by, version=F("version") + 1
            ):
                raise StepError(_TOLD)
            transaction.on_commit(lambda: send_letter.enqueue(notice.pk, by.pk))
            return
        _close(notice, by, **changes)


def _close(notice: OutcomeNotice, by: Person, **changes: Any) -> None:
    need_led(notice.decision)
    # Locked, so that no child is said to be missing between the question and the closing.
    need_routed(Contact.objects.select_for_update().get(pk=notice.contact_id))
    now = timezone.now()
    written = OutcomeNotice.objects.filter(pk=notice.pk, sent_at=None).update(
        **changes, sent_by=by, sent_at=now, version=F("version") + 1
    )
    if not written:
        raise StepError(_TOLD)
    move(Verb.TELL, notice.contact, by, closed_at=now)


@task()
def send_letter(notice_id: int, by_id: int) -> bool:
    """Send the letter by e-mail, then close the contact; whether it was sent now.

    If the mail cannot go, the task fails, the duty stays and shows as overdue when its time is over.
    """
    by = Person.objects.get(pk=by_id)
    with acting(context_of(by)), transaction.atomic():
        notice = OutcomeNotice.objects.select_for_update(of=("self",)).select_related(
            "contact__agency", "decision__level", "contact__level_declared"
        )
        found = notice.filter(pk=notice_id, sent_at=None, how=OutcomeNotice.How.EMAIL).first()
        if found is None:
            return False
        _close(found, by)
        letter = letter_kept(found)
        message = EmailMessage(
            f"Your contact {found.contact.number}",
            render_to_string("frontdoor/email/outcome.txt", {"letter": letter}),
            to=[found.sent_to],
        )
        message.attach(f"{found.contact.number}.pdf", letter.paper.pdf(), "application/pdf")
        message.send()  # last, so that what cannot be sent is not on record as sent
    return True
