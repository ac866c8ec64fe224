"""Reminders about asks by e-mail, each kept in a log."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.scrutiny.asks.actions.steps import NotYoursError
from sightline.service.scrutiny.asks.letters import letter_about, send_letter
from sightline.service.scrutiny.asks.states import TO_BE_DONE, WAITING
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import Ask, Chase


class ChasedError(Exception):
    """A reminder about the ask went out today already."""


def chase(ask: Ask, *, by: Person | None, address: str) -> Chase:
    """Remind the lead officer by e-mail, in the background; `address` is of the page of the ask.

    `ValidationError` where there is no lead or nothing is to come, `ChasedError` for a second one in a day.
    """
    if by is not None and not may_keep(by, ask.committee):
        raise NotYoursError("Reminders are sent by whoever keeps the committee.")
    if ask.lead is None or not ask.lead.is_active:
        raise ValidationError("Give the request to a lead officer with an account first.")
    if ask.state not in (*WAITING, *TO_BE_DONE):
        raise ValidationError("Nothing more is to come from the lead officer, so none is reminded.")
    today = timezone.localdate()
    text = letter_about(ask, today, address)
    with transaction.atomic():
        # Of two at once the second finds the ask changed, and no second letter goes out.
        save_changes(ask, ask.version, {})
        if ask.chases.filter(at__date=today).exists():
            raise ChasedError("A reminder about this request was sent today already.")
        sent = Chase.objects.create(ask=ask, to=ask.lead.email, text=text, by=by)
        transaction.on_commit(lambda: send_letter.enqueue(sent.pk))
    ask.refresh_from_db()
    return sent
