"""Forms about loads."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from sightline.service.design.forms import DateField
from sightline.service.measures.load_uploads import MOST_FILES, NAME_LENGTH, most_bytes


class ManyFilesInput(forms.FileInput):
    """A field for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each with a name of its own and something in it."""

    widget = ManyFilesInput({"accept": ".xlsx,.csv,.xml,.json,.zip"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Give the files."""
        given: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data]
        given = [each for each in given if each]
        if not given:
            raise forms.ValidationError("Choose the files to load", code="required")
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                f"Choose at most {MOST_FILES} files, or put them in a zip", code="many"
            )
        names = [each.name or "" for each in given]
        for name in names:
            if len(name) > NAME_LENGTH:
                raise forms.ValidationError(
                    f"The name of {name[:40]}… must be {NAME_LENGTH} characters or less",
                    code="long",
                )
            if names.count(name) > 1:
                raise forms.ValidationError(
                    f"Two files are called {name}: give each a name of its own", code="twice"
                )
        for each in given:
            if not each.size:
                raise forms.ValidationError(f"{each.name} is empty: export it again", code="empty")
        return list(given)


class GiveFilesForm(forms.Form):
    """The files of a load, and the day they were made where they do not say it."""

    given = ManyFilesField(label="Files")
    as_at = DateField(
        label="Day the files were made",
        what="Day the files were made",
        help_text="Only where nothing in them says it. For example, 31 3 2016",
        required=False,
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        megabytes = most_bytes() // 1024**2
        self.fields["given"].help_text = f"At most {MOST_FILES} files, {megabytes} MB in all"

    def clean_as_at(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["as_at"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Day the files were made must be today or in the past")
        return day


class ReturnForm(forms.Form):
    """Why an earlier publication is returned to."""

    reason = forms.CharField(
        label="Why is this returned to?",
        help_text="Everybody who sees this page can read it. Do not name a child or family.",
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        error_messages={
            "required": "Say why this is returned to",
            "max_length": "The reason must be 500 characters or less",
        },
    )
