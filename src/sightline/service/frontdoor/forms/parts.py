"""What the forms of the front door are made of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.children.models.known import YesNo
from sightline.service.design.forms import DateField
from sightline.service.frontdoor.models import Contact
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


class YesNoField(forms.TypedChoiceField):
    """Yes, no or not known, none chosen beforehand: True, False or None."""

    def __init__(self, label: str, said: str = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            choices=YesNo.choices,
            coerce=_YES_NO.get,
            empty_value=None,
            required=required,
            widget=forms.RadioSelect,
            error_messages={"required": said or "Select yes, no or not known"},
        )

    def prepare_value(self, value: Any) -> Any:
        """Give the code of what is kept; nothing is chosen where nobody has said yet."""
        return {True: YesNo.YES, False: YesNo.NO}.get(value, value)


_YES_NO = {YesNo.YES.value: True, YesNo.NO.value: False}


def feared(*, required: bool = True) -> tuple[Any, Any]:
    """Give the questions whether a child is missing, and whether exploitation is feared."""
    asked = (
        ("Is a child missing, or was one lately?", "Select whether a child is missing"),
        ("Is exploitation feared?", "Select whether exploitation is feared"),
    )
    first, second = (YesNoField(label, said, required=required) for label, said in asked)
    return first, second


def kinds(day: Any = None) -> list[tuple[str, str]]:
    """Give the kinds of concern that may be chosen on a day, today unless one is given."""
    on = day or timezone.localdate()
    offered = [(each.code, each.name) for each in concerns() if not each.until or on <= each.until]
    return [("", "Not said yet"), *offered]


_GROUPED = ("1X", "3X", "5X")
"""Sources of files that say no more; of a contact it is asked who it was."""


def sources() -> list[tuple[str, str]]:
    """Give who may have made a contact, by the codes of the census."""
    found = codes("referral_source").items()
    return [("", "Not said"), *((code, name) for code, name in found if code not in _GROUPED)]


def came_fields(label: str, hint: str) -> tuple[Any, Any]:
    """Give the fields `came_on` and `came_time`: when something came, both empty for now."""
    day = DateField(label=label, what="The day it came", help_text=hint, required=False)
    at = forms.TimeField(
        label="At what time?",
        required=False,
        help_text="For example 14:30",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(
            {"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M"
        ),
        error_messages={"invalid": "Enter the time as 14:30"},
    )
    return day, at


def came_at(form: forms.Form, data: dict[str, Any]) -> datetime | None:
    """Give when it came, None for now or where what was entered is wrong; it cannot be after now."""
    day, at = data.get("came_on"), data.get("came_time")
    if {"came_on", "came_time"} & set(form.errors) or not (day or at):
        return None
    if not day or not at:
        form.add_error("came_time" if day else "came_on", "Enter both the day and the time")
        return None
    came = timezone.make_aware(datetime.combine(day, at))
    if came > timezone.now():
        form.add_error("came_on", "It cannot have come after now")
    return came


NOT_SAID = "Say whether the family agrees"


def goes_with_nothing(data: Mapping[str, Any]) -> bool:
    """Whether something is said of consent, but not whether it was given: none of that is thrown away."""
    said = any(data.get(name) for name in ("consent_from", "override_basis", "override_reason"))
    return said and not data.get("consent")


def consent_alone(consent: Any) -> dict[str, str]:
    """Give what is emptied of what goes with consent: from whom it came, or why it goes ahead without."""
    if not consent:
        return {}
    if consent == Contact.Consent.GIVEN:
        return {"override_basis": "", "override_reason": ""}
    return {"consent_from": ""}


def check_consent(form: forms.Form | forms.ModelForm[Any], data: dict[str, Any]) -> None:
    """Empty what does not go with what is known of consent, and ask for what does."""
    consent = data.get("consent")
    if goes_with_nothing(data) and "consent" not in form.errors:
        form.add_error("consent", NOT_SAID)
    data |= consent_alone(consent)
    if consent == Contact.Consent.GIVEN and not data.get("consent_from"):
        form.add_error("consent_from", "Say who gave consent, and when")
    if consent in (Contact.Consent.REFUSED, Contact.Consent.NOT_SOUGHT):
        if not data.get("override_basis"):
            form.add_error("override_basis", "Select on what ground it is shared")
        if not data.get("override_reason"):
            form.add_error("override_reason", "Say why it goes ahead without consent")


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = long_text("Why?", "Say why", rows=3)
