"""Two people at one row: who saves second sees both texts, and overwrites nothing unknowingly.

A model that can be edited has `version`; its form is a `VersionedForm`; its action calls `save_changes`;
its view answers `ConflictError` with `conflict_page`.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ConflictError(Exception):
    """Somebody else has changed the row since it was read; `now` is the row as it is."""

    def __init__(self, now: models.Model) -> None:
        super().__init__(f"{now._meta.verbose_name} {now.pk} was changed meanwhile")
        self.now = now


def save_changes(row: models.Model, version: int, changes: Mapping[str, Any]) -> None:
    """Write changes to a row that still has this version; else `ConflictError`, and nothing is written."""
    manager = type(row)._default_manager
    with transaction.atomic():
        # One statement, so that of two at once only one finds the version.
        if not manager.filter(pk=row.pk, version=version).update(
            **changes, version=F("version") + 1
        ):
            raise ConflictError(manager.get(pk=row.pk))


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that carries the version of the row it was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("version", getattr(self.instance, "version", 1))

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column of the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def conflict_page(
    request: HttpRequest, form: VersionedForm, now: models.Model, **context: Any
) -> HttpResponse:
    """Show what stands now beside what was sent, and the form again, which may then be sent (409)."""
    stands = type(form)(instance=now)
    rows = [
        (str(field.label), _words(field, stands[field.name].initial), _words(field, sent))
        for field in form.visible_fields()
        if field.name in stands.fields  # not one that is asked only of what was sent
        for sent in [form.cleaned_data.get(field.name)]
    ]
    # What was sent is in the form once more, now for the version that has just been shown.
    again = request.POST.copy()
    again["version"] = str(getattr(now, "version", ""))
    form.data = again
    return render(
        request,
        "accounts/conflict.html",
        {
            "rows": [row for row in rows if row[1] != row[2]],
            "form": form,
            "columns": [{"text": text} for text in ("", "As it stands now", "What you sent")],
            **context,
        },
        status=409,
    )


def _words(field: Any, value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, models.QuerySet | list | tuple):
        return ", ".join(_words(field, each) for each in value) or "nothing"
    choices = getattr(field.field, "queryset", None)
    if choices is not None and not isinstance(value, models.Model):
        return str(choices.filter(pk=value).first() or "nothing")
    return str(dict(getattr(field.field, "choices", ())).get(value, value))
