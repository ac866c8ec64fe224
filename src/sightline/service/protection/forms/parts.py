"""What the forms of the pathway are made of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from sightline.clocks.rules import LONDON
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


def time_field(label: str, *, required: bool = True) -> Any:
    """Give a field for a time of the day."""
    return forms.TimeField(
        label=label,
        required=required,
        help_text="For example 14:30",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(
            {"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M"
        ),
        error_messages={"invalid": "Enter the time as 14:30", "required": "Enter the time"},
    )


class WithMoment(forms.Form):
    """A form with a day and a time, as people write them down; `moment` is both.

    `moments` are the beginnings of the names of all such pairs. In the night in which the clocks go back the
    hour that comes twice is asked for; one that the clocks jump over is no time.
    """

    moments: ClassVar[tuple[str, ...]] = ("",)

    day = DateField(label="Which day?", what="The day")
    time = time_field("At what time?")

    def clean(self) -> dict[str, Any]:
        """Put each day and time together, where both are given."""
        given = super().clean() or self.cleaned_data
        self._moments = {name: self._together(name, given) for name in self.moments}
        return given

    @property
    def moment(self) -> datetime:
        """Day and time together, of the United Kingdom."""
        found = self.moment_of("")
        if found is None:
            raise ValueError("This form has no moment: it is not valid.")
        return found

    def moment_of(self, name: str) -> datetime | None:
        """Give one of `moments`; None where its day or its time is not given."""
        return self._moments[name]

    def _together(self, name: str, given: Mapping[str, Any]) -> datetime | None:
        day, time = given.get(f"{name}day"), given.get(f"{name}time")
        if day is None or time is None:
            return None
        first = datetime.combine(day, time, tzinfo=LONDON)
        if first.astimezone(UTC).astimezone(LONDON).time() != time:
            self.add_error(
                f"{name}time", "The clocks went forward: there was no such time that night"
            )
            return None
        if first.utcoffset() == first.replace(fold=1).utcoffset():
            return first.astimezone(UTC)
        asked = f"{name}fold"
        self.fields[asked] = radios(
            f"{self.fields[f'{name}time'].label} The clocks went back that night: which of the two hours?",
            [("0", "Before they went back"), ("1", "After they went back")],
        )
        fold = self.data.get(self.add_prefix(asked), "")
        if fold not in ("0", "1"):
            self.add_error(asked, "Select which of the two hours")
            return None
        return first.replace(fold=int(fold)).astimezone(UTC)


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
