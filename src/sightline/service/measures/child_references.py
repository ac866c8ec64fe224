"""How an address names a child: by a keyed hash of the number, so that no number is in an address or log."""

import hashlib
import hmac

from django.conf import settings

from sightline.service.measures.reading import Reading

_LENGTH = 20
"""Hexadecimal digits, 80 bits: no two children of an authority share one."""


def reference_of(child_id: str) -> str:
    """Give the reference of a child; the same for as long as the deployment keeps its secret key."""
    key = f"child reference {settings.SECRET_KEY}".encode()
    return hmac.new(key, child_id.encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def child_of(reading: Reading, reference: str) -> str | None:
    """Give the child that a reference names, if the snapshot has rows of one, or knows it as merged."""
    known = reading.keep(
        "child references",
        lambda: {reference_of(each): each for each in (*reading.merged, *reading.children())},
    )
    return known.get(reference)
