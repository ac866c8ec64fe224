"""What the pages of the front door are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker
from sightline.service.accounts.policies import TAKE_CONTACTS, Policy
from sightline.service.accounts.versions import ConflictError, VersionedForm, conflict_page
from sightline.service.audit.models import Verb as AuditVerb
from sightline.service.audit.record import record, refused, viewed_children
from sightline.service.frontdoor.actions.steps import (
    IncompleteError,
    NotAllowedError,
    StepError,
)
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.queries.lists import backlog_of

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


def viewed(contact: Contact) -> None:
    """Put on record that a contact, and the children it is matched with, were shown."""
    record(AuditVerb.VIEW, "contact", contact.number)
    numbers = [child.person.number for child in contact.children.all() if child.person]
    viewed_children(f"contact {contact.number}", numbers)


@dataclass(frozen=True)
class FormPage:
    """A page that is one form: what it is called, what its button says, where it leads.

    `name` is that of its draft; empty: it keeps none, as one that is filled in at a stroke.
    """

    title: str
    button: str
    back: str
    policy: Policy
    said: str
    name: str = ""
    caption: str = ""
    intro: str = ""
    kind: str = ""
    template: str = "frontdoor/form.html"
    more: Mapping[str, Any] = field(default_factory=dict)

    def answer(
        self,
        request: HttpRequest,
        form: forms.Form | VersionedForm,
        doing: Callable[[Any], object],
    ) -> HttpResponse:
        """Show the form, or do what was sent and go back; what cannot be done is said in a sentence."""
        draft = DraftOf(request, self.name, title=self.title) if self.name else None
        if form.is_valid():
            try:
                doing(form)
            except IncompleteError as error:
                form.add_error(None, str(error))
            except StepError as error:
                messages.error(request, str(error))
                return redirect(self.back)
            except NotAllowedError as error:
                refused(request, self.policy.name, self.title)
                raise PermissionDenied(str(error)) from None
            except ConflictError as conflict:
                if not isinstance(form, VersionedForm):
                    raise
                return conflict_page(
                    request, form, conflict.now, back=self.back, what="this part of the contact"
                )
            else:
                if draft:
                    draft.sent()
                messages.success(request, self.said)
                return redirect(self.back)
        shown = draft.restored(form) if draft else form
        return render(
            request, self.template, {"page": self, "form": shown, "draft": draft, **self.more}
        )


def press(request: HttpRequest, policy: Policy, about: str, doing: Callable[[], object]) -> bool:
    """Do what a button without a form asks for; False, with a sentence, where it cannot be done."""
    try:
        doing()
    except (StepError, IncompleteError) as error:
        messages.error(request, str(error))
        return False
    except NotAllowedError as error:
        refused(request, policy.name, about)
        raise PermissionDenied(str(error)) from None
    return True
