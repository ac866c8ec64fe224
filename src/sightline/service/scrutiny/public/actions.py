"""What the public does here: asks for letters, confirms the address, ends it. Without an account.

Nothing that is answered tells whether an address is subscribed: only letters to it do.
"""

from django.db import transaction
from django.utils import timezone

from sightline.service.scrutiny.models import Committee, Subscription, Topic
from sightline.service.scrutiny.public import links, telling, visible


def subscribe(email: str, site: str, *, about: str = "") -> None:
    """Ask for letters to an address; they begin once it is confirmed by the link that is sent to it.

    `about` is `committee:` or `topic:` with a slug, or empty for everything; `ValueError` where the public
    sees no such thing. `site` is where the service was asked (`https://scrutiny.example.org`).
    """
    committee, topic = thing_of(about)
    with transaction.atomic():
        row = Subscription.objects.create(
            email=email.strip().lower(), site=site, committee=committee, topic=topic
        )
        transaction.on_commit(lambda: telling.invite.enqueue(row.pk))


def thing_of(about: str) -> tuple[Committee | None, Topic | None]:
    """Give the committee or topic that `about` names; neither where it is empty."""
    kind, _, slug = about.partition(":")
    committee = visible.committees().filter(slug=slug).first() if kind == "committee" else None
    topic = visible.topics().filter(slug=slug).first() if kind == "topic" else None
    if about and committee is None and topic is None:
        raise ValueError(f"The public sees nothing called {about!r}.")
    return committee, topic


def confirm_subscription(token: str) -> Subscription | None:
    """Begin the letters that a link stands for; None where it is too old, or not one of ours."""
    found = links.confirmed_by(token)
    if found is None:
        return None
    now = timezone.now()
    with transaction.atomic():
        begun = Subscription.objects.filter(pk=found.pk, confirmed_at=None).update(
            confirmed_at=now, told_until=now
        )
        if begun:
            # Asked for twice, it comes once.
            same = Subscription.objects.filter(
                email=found.email, committee=found.committee, topic=found.topic
            )
            same.exclude(pk=found.pk).delete()
    return found


def end_subscription(token: str) -> None:
    """End the letters that a link stands for, and forget the address; nothing where that was done."""
    if found := links.ended_by(token):
        found.delete()
