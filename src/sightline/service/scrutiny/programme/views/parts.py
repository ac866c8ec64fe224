"""What the views of this part share."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.scrutiny.keeping import kept_by, may_keep
from sightline.service.scrutiny.programme.actions import ProgrammeError

A_PAGE = 25
FORM = ["GET", "HEAD", "POST"]
AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)
CHANGED = "Somebody else has changed this since you opened the page. Look at it again, then send once more."


def for_keeper(form: AnyForm, person: Person) -> AnyForm:
    """Offer the committees that a person keeps; "every committee" to whoever keeps them all."""
    field = form.fields["committee"]
    field.queryset = kept_by(person)  # type: ignore[attr-defined]
    field.required = not may_keep(person, None)
    return form


def paged(request: HttpRequest, rows: "QuerySet[Any] | list[Any]") -> Page[Any]:
    """Give the page of a list that the address asks for."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def done(request: HttpRequest, form: forms.BaseForm, action: Callable[[], Any]) -> bool:
    """Do something a form asks for; where it cannot be done now, say so in the form and give False."""
    try:
        action()
    except ProgrammeError as error:
        form.add_error(None, str(error))
        return False
    except ConflictError as conflict:
        form.add_error(None, CHANGED)
        again = request.POST.copy()
        again["version"] = str(getattr(conflict.now, "version", ""))
        form.data = again
        return False
    return True
