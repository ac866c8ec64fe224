"""The daily letter: what is late or soon due, in numbers and addresses; no name and nothing of a child."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.queries import holders
from sightline.service.reminders.due import counts_of, roles_with_work, urgent_of
from sightline.service.reminders.models import DailyLetter

MOST = 40
"""Lines of one's own cases in a letter; beyond it the letter says that there are more."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What became of the letters of a day. `failed` are the keys of people whose letter could not be sent."""

    sent: int = 0
    nothing: int = 0
    off: int = 0
    already: int = 0
    failed: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What became of them, in a sentence."""
        said = (
            f"{self.sent} sent; {self.nothing} had nothing that is late or soon due; {self.off} have "
            f"switched it off; {self.already} had today's already."
        )
        if self.failed:
            people = ", ".join(str(each) for each in self.failed)
            said += f" {len(self.failed)} could not be sent, to the people of number {people}."
        return said


def send_daily_letters(
    site: str, now: datetime | None = None, say: Callable[[str], None] = lambda _: None
) -> Sent:
    """Send everybody who has something to do their letter of the day; once a day, however often it is run.

    `site` is where addresses begin. One that could not be written or sent, whatever the reason, is tried
    again by the next run; `say` is told which.
    """
    at = now or timezone.now()
    counts = dict.fromkeys(("sent", "nothing", "off", "already"), 0)
    failed: list[int] = []
    for person in holders(roles_with_work()).order_by("pk"):
        try:
            counts[_send_to(person, site, at)] += 1
        except Exception as error:  # whatever it is, it keeps nobody else from theirs
            failed.append(person.pk)
            # The log has the kind and the place of an error, and not what it says (`config.logs`).
            logger.exception("a daily letter could not be sent", extra={"person": person.pk})
            say(f"The letter to person {person.pk} could not be sent: {type(error).__name__}.")
    return Sent(**counts, failed=tuple(failed))


def _send_to(person: Person, site: str, now: datetime) -> str:
    day = timezone.localdate(now)
    row = DailyLetter.objects.filter(person=person).first()
    if row and row.is_off:
        return "off"
    if row and row.told_on == day:
        return "already"
    letter = write_letter(person, site, now)
    if letter is None:
        return "nothing"
    row = row or DailyLetter.objects.get_or_create(person=person)[0]
    # One statement, so that of two at once only one sends it.
    waits = DailyLetter.objects.filter(pk=row.pk, is_off=False).exclude(told_on=day)
    if not waits.update(told_on=day):
        return "already"
    try:
        letter.send()
    except BaseException:
        DailyLetter.objects.filter(pk=row.pk).update(told_on=row.told_on)
        raise
    return "sent"


def write_letter(person: Person, site: str, now: datetime) -> EmailMessage | None:
    """Write somebody's letter of the day; None where nothing is late or soon due."""
    counts, urgent = counts_of(person, now), urgent_of(person, now)
    if not counts and not urgent:
        return None
    settings = f"{site}{reverse('reminders')}"
    text = render_to_string(
        "reminders/email/daily.txt",
        {
            "day": timezone.localdate(now),
            "counts": counts,
            "urgent": urgent[:MOST],
            "more": len(urgent) - MOST,
            "work": reverse("your-work"),
            "site": site,
            "settings": settings,
        },
    )
    subject = f"Sightline: what is due on {timezone.localdate(now):%-d %B %Y}"
    return EmailMessage(
        subject, text, to=[person.email], headers={"List-Unsubscribe": f"<{settings}>"}
    )


def switch(person: Person, *, is_off: bool) -> None:
    """Switch somebody's daily letter off or on."""
    DailyLetter.objects.update_or_create(person=person, defaults={"is_off": is_off})


def is_off(person: Person) -> bool:
    """Whether somebody has switched the daily letter off."""
    return DailyLetter.objects.filter(person=person, is_off=True).exists()
