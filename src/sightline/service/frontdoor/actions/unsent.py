"""What a referrer types and has not sent yet: found again by a secret, of which only the hash is kept."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.models import Contact, ReferralForm, UnsentReferral

KEPT_DAYS = 7
"""How long what was typed and not sent is kept."""


def begin_referral(form: ReferralForm) -> str:
    """Begin what a referrer types, and give the secret by which it is found again. Old ones go."""
    secret = secrets.token_urlsafe(24)
    now = timezone.now()
    with transaction.atomic():
        throw_away_old(now)
        UnsentReferral.objects.create(
            hashed=_hashed(secret),
            form=form,
            saved_at=now,
            expires_at=now + timedelta(days=KEPT_DAYS),
        )
    return secret


def throw_away_old(now: datetime | None = None) -> int:
    """Throw away what nobody has sent in time, as every morning and whenever a form is begun; how many."""
    gone, _ = UnsentReferral.objects.filter(expires_at__lte=now or timezone.now()).delete()
    return gone


def unsent_of(secret: str) -> UnsentReferral | None:
    """Give what is kept under a secret; None where there is none, or it is too old."""
    return (
        UnsentReferral.objects.select_related("form")
        .filter(hashed=_hashed(secret), expires_at__gt=timezone.now())
        .first()
    )


def keep_page(unsent: UnsentReferral, page: int, fields: Mapping[str, list[str]]) -> None:
    """Keep what was typed into a page, whether or not it is right yet."""
    with transaction.atomic():
        locked = UnsentReferral.objects.select_for_update().filter(pk=unsent.pk).first()
        if locked is None:
            return  # it was sent from another window meanwhile
        locked.fields = {**locked.fields, str(page): dict(fields)}
        locked.saved_at = timezone.now()
        locked.save(update_fields=["fields", "saved_at"])
        unsent.fields = locked.fields


def send_referral(
    unsent: UnsentReferral, about: Mapping[str, Any], children: Iterable[Mapping[str, Any]]
) -> Contact | None:
    """Send what was typed; None where it was sent already, as by a second press of the button."""
    way = (
        Contact.Way.PUBLIC_FORM
        if unsent.form.whom == ReferralForm.For.PUBLIC
        else Contact.Way.PROFESSIONAL_FORM
    )
    with transaction.atomic():
        gone, _ = UnsentReferral.objects.filter(pk=unsent.pk).delete()
        if not gone:
            return None
        return receive(way, {**about, "form": unsent.form}, children)


def _hashed(secret: str) -> str:
    # The secret is 192 random bits, so a quick hash is as good as a slow one.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
