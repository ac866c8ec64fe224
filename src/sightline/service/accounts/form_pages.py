"""Pages that are one form, and buttons that do something at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.policies import Policy
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.accounts.versions import ConflictError, VersionedForm, conflict_page
from sightline.service.audit.record import refused


@dataclass(frozen=True)
class FormPage:
    """A page that is one form: what it is called, what its button says, where it leads.

    `name` is that of its draft; empty: it keeps none, as one that is filled in at a stroke. `sections` are
    headings with texts that are read above the form. `draft_page` is the address at which its draft is gone
    on with, where it needs its query. `what` is what two people may have changed at once.
    """

    title: str
    button: str
    back: str
    policy: Policy
    said: str
    caption: str = ""
    name: str = ""
    draft_page: str = ""
    intro: str = ""
    kind: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    what: str = "this"
    template: str = "accounts/form_page.html"
    more: Mapping[str, Any] = field(default_factory=dict)

    def answer(
        self, request: HttpRequest, form: forms.BaseForm, doing: Callable[[Any], object]
    ) -> HttpResponse:
        """Show the form, or do what was sent and go back; what cannot be done is said in a sentence."""
        draft = (
            DraftOf(request, self.name, title=self.title, page=self.draft_page)
            if self.name
            else None
        )
        if form.is_valid():
            try:
                doing(form)
            except IncompleteError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            except StepError as error:
                messages.error(request, str(error))
                return redirect(self.back)
            except NotAllowedError as error:
                refused(request, self.policy.name, self.title)
                raise PermissionDenied(str(error)) from None
            except ConflictError as conflict:
                if not isinstance(form, VersionedForm):
                    raise
                return conflict_page(request, form, conflict.now, back=self.back, what=self.what)
            else:
                if draft:
                    draft.sent()
                messages.success(request, self.said)
                return redirect(self.back)
        shown = draft.restored(form) if draft else form
        return render(
            request, self.template, {"page": self, "form": shown, "draft": draft, **self.more}
        )


def press(request: HttpRequest, of: Policy, about: str, doing: Callable[[], object]) -> bool:
    """Do what a button without a form asks for; False, with a sentence, where it cannot be done."""
    try:
        doing()
    except (StepError, IncompleteError) as error:
        messages.error(request, str(error))
        return False
    except NotAllowedError as error:
        refused(request, of.name, about)
        raise PermissionDenied(str(error)) from None
    return True
