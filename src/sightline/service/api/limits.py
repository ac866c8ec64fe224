"""How often the API may be asked: by one person, and from one address. Counted in the database's cache.

Requests that are answered at the same moment may be counted as one: the limits keep a program that has
run wild from keeping others waiting, and are not exact.
"""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

_WINDOW = 60
"""Seconds over which requests are counted."""
OF_A_PERSON = 120
OF_AN_ADDRESS = 600
"""A whole office may come from one address."""
REFUSED_TOKENS = 20
"""Tokens that were not good, from one address."""


def wait(kind: str, who: str, most: int) -> int:
    """Count a request; give 0, or the seconds to wait where there were too many."""
    now = _now()
    key = _key(kind, who, now)
    used = int(cache.get(key, 0)) + 1
    if used > most:
        return _left(now)
    cache.set(key, used, _WINDOW)
    return 0


def must_wait(kind: str, who: str, most: int) -> int:
    """Give the same without counting."""
    now = _now()
    return _left(now) if int(cache.get(_key(kind, who, now), 0)) >= most else 0


def address_of(request: HttpRequest) -> str:
    """Give the address a request came from, past the proxy in front; all share one if it is not known."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def _now() -> float:
    return time.time()


def _left(now: float) -> int:
    return _WINDOW - int(now) % _WINDOW


def _key(kind: str, who: str, now: float) -> str:
    # Hashed, as an address or a person is not to be read in a table that is not audited.
    hashed = hashlib.sha256(who.encode()).hexdigest()[:32]
    return f"api:{kind}:{hashed}:{int(now) // _WINDOW}"
