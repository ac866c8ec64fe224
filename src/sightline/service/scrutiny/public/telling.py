"""Letters to the public, in the background: to confirm an address, and of what was published."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from sightline.service.scrutiny.models import Subscription
from sightline.service.scrutiny.public import links, shown, visible

MOST_LINES = 40
"""What a letter lists; beyond it the letter says that there is more."""
MOST_ASKED = 3
"""Letters of confirmation to one address in a day: whoever types another's address sends no more."""
_DAY = timedelta(days=1)

logger = logging.getLogger(__name__)


def tell_afterwards() -> None:
    """Tell subscribers of what the open transaction publishes, once it is done."""
    if Subscription.objects.exclude(confirmed_at=None).exists():
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    tell_subscribers.enqueue()


@task()
def invite(subscription_id: int) -> bool:
    """Send the link that confirms an address, or say that it is subscribed already; give whether one was.

    Beyond `MOST_ASKED` a day nothing is sent, and the asking is forgotten.
    """
    now = timezone.now()
    long_ago = now - links.CONFIRM_WITHIN
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=long_ago).delete()
    found = Subscription.objects.filter(pk=subscription_id, confirmed_at=None)
    asked = found.select_related("committee", "topic").first()
    if asked is None:
        return False
    of_address = Subscription.objects.filter(email=asked.email)
    if of_address.filter(asked_at__gt=now - _DAY).count() > MOST_ASKED:
        asked.delete()
        return False
    same = of_address.filter(committee=asked.committee, topic=asked.topic)
    there = same.exclude(confirmed_at=None).first()
    if there is not None:
        # The row is kept for a day, so that it counts among those asked for.
        link = reverse("public-end", args=[links.to_end(there)])
        _send(asked, "You are subscribed already", "already", {"end": f"{asked.site}{link}"})
        return True
    link = reverse("public-confirm", args=[links.to_confirm(asked)])
    context = {"confirm": f"{asked.site}{link}", "days": links.CONFIRM_WITHIN.days}
    _send(asked, "Confirm that you want letters about scrutiny", "confirm", context)
    return True


@task()
def tell_subscribers() -> int:
    """Write to each subscriber what was published since they were last told; give how many letters went.

    Nobody is told of the same thing twice. Where a letter cannot be sent, the next one tells of it.
    """
    until, sent = timezone.now(), 0
    for row in Subscription.objects.exclude(confirmed_at=None).select_related("committee", "topic"):
        since = row.told_until
        if since is None or since >= until:
            continue
        news = list(news_of(row, since, until))
        taken = Subscription.objects.filter(pk=row.pk, told_until=since).update(told_until=until)
        if not news or not taken:
            continue  # nothing to tell, or another process tells it
        try:
            _send_news(row, news)
            sent += 1
        except (SMTPException, OSError):
            logger.warning(
                "A letter to a subscriber could not be sent; the next one will tell of it"
            )
            Subscription.objects.filter(pk=row.pk).update(told_until=since)
    return sent


@dataclass(frozen=True)
class News:
    """One thing that was published: in words, and its address."""

    words: str
    address: str


def news_of(subscription: Subscription, since: datetime, until: datetime) -> Iterator[News]:
    """Give what was published after `since` up to `until` of what somebody subscribed to."""
    committee, topic = subscription.committee_id, subscription.topic_id
    within = {"gt": since, "lte": until}

    def at(field: str) -> Q:
        return Q(**{f"{field}__{each}": value for each, value in within.items()})

    meetings = visible.meetings().select_related("committee")
    if committee:
        meetings = meetings.filter(committee=committee)
    if topic:
        meetings = meetings.filter(
            pk__in=visible.topic_items().filter(topic=topic).values("meeting")
        )
    for row in meetings.filter(at("confirmed_at")).order_by("day", "pk"):
        meeting = shown.meeting(row)
        if meeting.is_minuted:
            yield News(f"Minutes of {meeting.name}", meeting.address)
    for row in meetings.filter(at("called_at")).order_by("day", "pk"):
        meeting = shown.meeting(row)
        if meeting.is_called and not meeting.is_minuted:
            yield News(f"Agenda of {meeting.name}", meeting.address)
    late = visible.papers().filter(
        at("published_at"), item__meeting__in=meetings, item__meeting__called_at__lte=since
    )
    if topic:
        late = late.filter(item__topic=topic)
    for paper in late.select_related("item__meeting__committee", "file").defer("file__data"):
        meeting = shown.meeting(paper.item.meeting)
        yield News(f"New paper for {meeting.name}: {paper.title}", meeting.address)
    replies = visible.replies().filter(at("published_at"))
    if committee:
        replies = replies.filter(ask__committee=committee)
    if topic:
        replies = replies.filter(ask__topic=topic)
    for reply in replies.select_related(
        "ask__committee", "ask__meeting__committee", "ask__item", "ask__group"
    ).order_by(F("published_at")):
        ask = shown.ask(reply.ask)
        yield News(f"Answer to request {ask.reference} of {ask.committee}", ask.address)


def _send_news(row: Subscription, news: list[News]) -> None:
    end = f"{row.site}{reverse('public-end', args=[links.to_end(row)])}"
    context = {"news": news[:MOST_LINES], "more": len(news) - MOST_LINES, "end": end}
    context["home"] = f"{row.site}{reverse('public-home')}"
    headers = {
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    _send(row, f"Scrutiny: {news[0].words}", "news", context, headers)


def _send(
    row: Subscription,
    subject: str,
    template: str,
    context: dict[str, object],
    headers: dict[str, str] | None = None,
) -> None:
    text = render_to_string(
        f"scrutiny/public/email/{template}.txt",
        {**context, "site": row.site, "about": about(row)},
    )
    EmailMessage(" ".join(subject.split()), text, to=[row.email], headers=headers).send()


def about(row: Subscription) -> str:
    """Say what somebody subscribed to."""
    if row.committee:
        return row.committee.name
    return f"the topic “{row.topic.title}”" if row.topic else "every committee"
