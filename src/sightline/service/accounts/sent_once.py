"""A form that is sent twice, as by a second press, is kept once.

Its form has a `sent_once = once_field()`; what is made of it keeps `once_of(request)` in a column that is
unique, so that of two at once the database lets one through. What was changed between is another thing: the
key is of the page and of all that was sent from it.
"""

import hashlib
import json
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest

FIELD = "sent_once"
"""The name of the hidden field that says which showing of the form was sent."""
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "draft"})


def once_field() -> Any:
    """Give the hidden field, another value each time the form is shown."""
    return forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=lambda: uuid.uuid4().hex
    )


def once_of(request: HttpRequest) -> str | None:
    """Give the key of what was sent; None where it does not say from which showing it is."""
    if not request.POST.get(FIELD):
        return None
    typed = sorted(
        (name, values) for name, values in request.POST.lists() if name not in _NOT_TYPED
    )
    return hashlib.sha256(json.dumps(typed).encode("utf-8", "replace")).hexdigest()
