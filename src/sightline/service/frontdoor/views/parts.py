"""What the pages of the front door are made of."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sightline.service.accounts.gate import asker
from sightline.service.accounts.policies import TAKE_CONTACTS
from sightline.service.frontdoor.access import viewed
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.queries.lists import backlog_of

__all__ = ["A_PAGE", "FORM", "is_key", "parts_of", "top", "viewed"]

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25
_PARTS = (
    ("Contacts", "front-door"),
    ("Late answers", "late-information"),
    ("Daily triage", "triages"),
    ("Missing and exploitation", "routed-concerns"),
    ("Disagreements", "disagreements"),
    ("Consistency", "consistency"),
)


def is_key(text: str) -> bool:
    """Whether what was sent may be the number of a row: `isdigit` also takes what is none, as “²”."""
    return text.isascii() and text.isdecimal() and len(text) < _DIGITS


_DIGITS = 19
"""Digits that no key of a row has."""


def top(request: HttpRequest, current: str) -> dict[str, Any]:
    """Give what stands at the top of every page of the front door: its parts, and what waits."""
    person = asker(request)
    return {
        "parts": [
            {"text": text, "href": reverse(name), "current": name == current}
            for text, name in _PARTS
        ],
        "backlog": backlog_of(person),
        "may_take_calls": TAKE_CONTACTS.allows(person),
    }


def parts_of(contact: Contact, current: str) -> list[dict[str, Any]]:
    """Give the pages of one contact, for its sub-navigation."""
    return [
        {"text": text, "href": reverse(name, args=[contact.pk]), "current": name == current}
        for text, name in (
            ("What was said", "contact"),
            ("Information", "contact-information"),
            ("Decision", "contact-decision"),
        )
    ]
