"""What the forms of the front door are made of."""

from typing import Any

from django import forms
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.frontdoor.seeds.reading import concerns

LONG = 10_000
"""Characters a long answer may have."""


def long_text(
    label: str, said: str, *, rows: int = 5, required: bool = True, hint: str = ""
) -> Any:
    """Give a field for a long answer; `said` is what is said where it was left empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONG,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": said},
    )


def radios(label: str, choices: Any, said: str, *, required: bool = True, hint: str = "") -> Any:
    """Give a choice of one, none chosen beforehand; `said` is what is said where none was chosen."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": said},
    )


def kinds(day: Any = None) -> list[tuple[str, str]]:
    """Give the kinds of concern that may be chosen on a day, today unless one is given."""
    on = day or timezone.localdate()
    offered = [(each.code, each.name) for each in concerns() if not each.until or on <= each.until]
    return [("", "Not said yet"), *offered]


def sources() -> list[tuple[str, str]]:
    """Give who may have made a contact, by the codes of the census."""
    return [("", "Not said"), *codes("referral_source").items()]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = long_text("Why?", "Say why", rows=3)
