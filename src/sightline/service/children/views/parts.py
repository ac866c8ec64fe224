"""What the pages of families share: a form about a person, errors of an action at their fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.pages import add_errors
from sightline.service.accounts.versions import ConflictError, VersionedForm, conflict_page
from sightline.service.audit.record import viewed_children
from sightline.service.children.models import KnownPerson


def form_page(
    request: HttpRequest,
    person: KnownPerson,
    form: forms.BaseForm,
    save: Callable[[forms.BaseForm], Any],
    *,
    title: str,
    done: str,
    name: str = "",
    intro: str = "",
    about: str = "",
) -> HttpResponse:
    """Show a form about a person's record and save what is sent; `title` says what it does.

    A title that names somebody stands on the page alone: the audit, the draft and the browser's own title
    have `name` instead.
    What is typed is kept as a draft; where another changed the row meanwhile, both texts are shown.
    """
    back = reverse("known-person", args=[person.pk])
    plain = name or title
    draft = DraftOf(
        request, f"{plain.lower()} {about or person.pk}", title=f"{plain}: {person.number}"
    )
    if form.is_valid():
        try:
            save(form)
        except ValidationError as error:
            add_errors(form, error)
        except ConflictError as conflict:
            assert isinstance(form, VersionedForm)  # noqa: S101 - only these have versions
            return conflict_page(request, form, conflict.now, back=back, what="this")
        else:
            draft.sent()
            messages.success(request, done)
            return redirect(back)
    viewed_children(plain.lower(), [person.number])
    context = {
        "form": draft.restored(form),
        "draft": draft,
        "person": person,
        "title": title,
        "plain": plain,
        "intro": intro,
        "back": back,
    }
    return render(request, "children/form.html", context)


def changes_in(form: forms.BaseForm, row: models.Model) -> dict[str, Any]:
    """Give what was entered, by column of the row."""
    columns = {field.name for field in row._meta.concrete_fields}
    return {
        name: value
        for name, value in form.cleaned_data.items()
        if name in columns and name != "version"
    }
