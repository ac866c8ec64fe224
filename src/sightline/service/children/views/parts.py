"""What the pages of families share: a form about a person, errors of an action at their fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import add_errors
from sightline.service.accounts.versions import ConflictError, VersionedForm, conflict_page
from sightline.service.audit.record import viewed_children
from sightline.service.children import actions
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
    proposes: bool = False,
    relative: KnownPerson | None = None,
) -> HttpResponse:
    """Show a form about a person's record and save what is sent; `title` says what it does.

    A title that names somebody stands on the page alone: the audit, the draft and the browser's own title
    have `name` instead.
    What is typed is kept as a draft; where another changed the row meanwhile, both texts are shown.
    `proposes`: what is saved is compared with other records, so see `passed_on`. `relative` is shown too.
    """
    back = reverse("known-person", args=[person.pk])
    plain = name or title
    draft = DraftOf(
        request, f"{plain.lower()} {about or person.pk}", title=f"{plain}: {person.number}"
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                save(form)
                passed = proposes and passed_on(request, person)
        except ValidationError as error:
            add_errors(form, error)
        except ConflictError as conflict:
            assert isinstance(form, VersionedForm)  # noqa: S101 - only these have versions
            return conflict_page(request, form, conflict.now, back=back, what="this")
        else:
            draft.sent()
            messages.success(request, PASSED_ON if passed else done)
            return redirect("find-people" if passed else back)
    viewed_children(plain.lower(), [each.number for each in (person, relative) if each])
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


PASSED_ON = "Somebody else has been told of this record."


def passed_on(request: HttpRequest, person: KnownPerson) -> bool:
    """Close a record, as just written, that very likely is of a restricted child, and what is like it.

    Whether it is hidden now from whoever writes it: see `restrict_like`.
    """
    address = request.build_absolute_uri(reverse("known-person", args=[person.pk]))
    return actions.restrict_like(person, by=asker(request), address=address)


def changes_in(form: forms.BaseForm, row: models.Model) -> dict[str, Any]:
    """Give what was entered, by column of the row."""
    columns = {field.name for field in row._meta.concrete_fields}
    return {
        name: value
        for name, value in form.cleaned_data.items()
        if name in columns and name != "version"
    }
