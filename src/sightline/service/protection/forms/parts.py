"""What the forms of the pathway are made of."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.design.forms import DateField

LONG = 20_000
"""Characters a long text may have."""
YES_NO = (("True", "Yes"), ("False", "No"))


def long_text(label: str, *, rows: int = 5, required: bool = True, hint: str = "") -> Any:
    """Give a field for a long text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONG,
        widget=forms.Textarea({"rows": rows}),
    )


def line(label: str, *, most: int = 500, required: bool = False, hint: str = "") -> Any:
    """Give a field for a line of text."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most)


def radios(
    label: str, choices: Any, said: str = "", *, required: bool = True, hint: str = ""
) -> Any:
    """Give a choice of one, none chosen beforehand; `said` is what is said where none was chosen."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": said} if said else None,
    )


def select(label: str, choices: Any, empty: str, *, required: bool = False, hint: str = "") -> Any:
    """Give a choice from a list; `empty` is what it says where nothing is chosen."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=[("", empty), *choices], required=required
    )


def yes_no(label: str, *, required: bool = False, hint: str = "") -> Any:
    """Give a question that may be left unanswered: what is not known is not no."""
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=YES_NO,
        required=required,
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def yes_no_unknown(label: str, *, hint: str = "") -> Any:
    """Give a question that must be answered, where it may be that nobody knows yet."""
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=(*YES_NO, ("unknown", "Not known yet")),
        coerce={"True": True, "False": False}.get,
        empty_value=None,
        widget=forms.RadioSelect,
    )


def coded(name: str) -> list[tuple[str, str]]:
    """Give the choices of a code list that are in use, without those kept for old records."""
    return [(code, label) for code, label in codes(name).items() if "(old code)" not in label]


def categories() -> list[tuple[str, str]]:
    """Give the categories of abuse."""
    return coded("abuse_category")


class WithMoment(forms.Form):
    """A form with a day and a time, as people write them down; `moment` is both."""

    day = DateField(label="Which day?", what="The day")
    time = forms.TimeField(
        label="At what time?",
        help_text="For example 14:30",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(
            {"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M"
        ),
        error_messages={"invalid": "Enter the time as 14:30", "required": "Enter the time"},
    )

    @property
    def moment(self) -> datetime:
        """Day and time together, of the United Kingdom."""
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["day"], given["time"]))


def moment_parts(moment: datetime | None) -> dict[str, Any]:
    """Give the fields of `WithMoment` for a moment."""
    if moment is None:
        return {}
    local = timezone.localtime(moment)
    return {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = long_text("Why?", rows=3)


class DecideForm(forms.Form):
    """What another, qualified person decides of a text as they read it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = radios(
        "What do you decide?",
        [("authorise", "Authorise it"), ("return", "Return it")],
        "Select what you decide",
    )
    rationale = long_text("Why?", hint="It is part of the decision.")
