"""Tokens, by which a program reads the API as the person who made it: made, found, revoked.

A token is shown once and only its hash is kept. It lets its owner's program do what the owner may do
today: an appointment that ends, ends for the token too.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.measures.models import ApiToken

PREFIX = "sl_"
"""So that a token found in a file is known for one."""
LONGEST_DAYS = 365
MOST_TOKENS = 20
"""Tokens a person has in use."""
_START = 8
_LONGEST_TEXT = 200


class TooManyTokensError(Exception):
    """A person has as many tokens as they may; the message is for them."""


def make_token(person: Person, name: str, days: int) -> tuple[ApiToken, str]:
    """Make a token that is good for some days, today being the first; give it with its text.

    `ValueError` for more than `LONGEST_DAYS`; `TooManyTokensError` beyond `MOST_TOKENS`.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"A token is good for 1 to {LONGEST_DAYS} days.")
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        # Two at once would else both find room.
        Person.objects.select_for_update().get(pk=person.pk)
        if in_use(person).count() >= MOST_TOKENS:
            raise TooManyTokensError(
                f"You have {MOST_TOKENS} tokens in use. Revoke one you no longer need first."
            )
        token = ApiToken.objects.create(
            person=person,
            name=name,
            start=text[:_START],
            hashed=_hashed(text),
            expires=timezone.localdate() + timedelta(days=days - 1),
        )
    return token, text


def revoke_token(token: ApiToken) -> None:
    """Let a token be good no longer, from this moment."""
    with transaction.atomic():
        ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def in_use(person: Person) -> QuerySet[ApiToken]:
    """Give a person's tokens that are neither revoked nor expired."""
    return person.api_tokens.filter(revoked_at=None, expires__gte=timezone.localdate())


def good_token(text: str) -> ApiToken | None:
    """Give the token of a text, if it is good today and its owner may sign in."""
    if not text.startswith(PREFIX) or len(text) > _LONGEST_TEXT:
        return None
    return (
        ApiToken.objects.select_related("person")
        .filter(
            hashed=_hashed(text),
            revoked_at=None,
            expires__gte=timezone.localdate(),
            person__is_active=True,
        )
        .first()
    )


def used(token: ApiToken) -> None:
    """Note the day on which a token was last used; once a day."""
    today = timezone.localdate()
    if token.last_used != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used=today)


def start_of(text: str) -> str:
    """Give what may be written down of a token: its start, if it is one of ours."""
    return text[:_START] if text.startswith(PREFIX) else ""


def _hashed(text: str) -> str:
    # The text is 256 random bits, so a quick hash is as good as a slow one.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
