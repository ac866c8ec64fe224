"""Letters about asks: reference, committee, day and address, and nothing of what was asked."""

from datetime import date

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

from sightline.service.scrutiny.models import Ask, Chase


def letter_about(ask: Ask, on: date, address: str) -> str:
    """Write a reminder. The words of an ask may say more than an e-mail should, so they are not in it."""
    late = (on - ask.due).days if ask.due and ask.due < on else 0
    context = {"ask": ask, "late": late, "address": address}
    return str(render_to_string("scrutiny/asks/email/chase.txt", context)).strip() + "\n"


@task()
def send_letter(chase_id: int) -> None:
    """Send a reminder as it stands in the log."""
    chase = Chase.objects.select_related("ask").get(pk=chase_id)
    subject = f"Reminder: request {chase.ask.reference}"
    EmailMessage(subject, chase.text, to=[chase.to]).send()
