"""The secrets in links of letters: which subscription they stand for, signed, and no address of anybody."""

from datetime import timedelta

from django.core import signing

from sightline.service.scrutiny.models import Subscription

CONFIRM_WITHIN = timedelta(days=3)
_CONFIRM, _END = "scrutiny.subscription.confirm", "scrutiny.subscription.end"


def to_confirm(subscription: Subscription) -> str:
    """Give the secret in the link that begins letters."""
    return signing.dumps(subscription.pk, salt=_CONFIRM)


def to_end(subscription: Subscription) -> str:
    """Give the secret in the link that ends letters; it is good for ever."""
    return signing.dumps(subscription.pk, salt=_END)


def confirmed_by(token: str) -> Subscription | None:
    """Give what a link of confirmation stands for; None where it is too old, or not one of ours."""
    return _found(token, _CONFIRM, CONFIRM_WITHIN)


def ended_by(token: str) -> Subscription | None:
    """Give what a link of ending stands for; None where it has ended, or the link is not one of ours."""
    return _found(token, _END)


def _found(token: str, salt: str, within: timedelta | None = None) -> Subscription | None:
    try:
        pk = int(signing.loads(token, salt=salt, max_age=within))
    except (signing.BadSignature, ValueError):
        return None
    return Subscription.objects.select_related("committee", "topic").filter(pk=pk).first()
