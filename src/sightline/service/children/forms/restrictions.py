"""The forms about restricted children. No decision is chosen beforehand."""

from typing import Any

from django import forms

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import OPEN_CHILDREN
from sightline.service.accounts.versions import VersionedForm
from sightline.service.children.models import RestrictedChild
from sightline.service.design.forms import DateField

_PEOPLE = "E-mail addresses of people who may open it, each on a line of its own"


class PeopleField(forms.CharField):
    """People by their e-mail addresses, one a line; gives the people.

    Only those whose role opens children's records at all: to name another would change nothing.
    """

    widget = forms.Textarea({"rows": 4, "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """Find the people, or say which lines are nobody's."""
        text = super().clean(value)
        lines = list(
            dict.fromkeys(line.strip().lower() for line in text.splitlines() if line.strip())
        )
        found = {
            person.email: person
            for person in Person.objects.filter(email__in=lines, is_active=True)
        }
        errors = [
            f"Nobody has an open account with the address {x}" for x in lines if x not in found
        ]
        errors += [
            f"{person} may open no child's record in their role, so they cannot be named"
            for person in found.values()
            if not OPEN_CHILDREN.allows(person)
        ]
        if errors:
            raise forms.ValidationError(errors)
        return [found[line] for line in lines]


class RestrictForm(VersionedForm):
    """Why a child is restricted, and who may still open the record."""

    people = PeopleField(label="Who may open it", help_text=f"{_PEOPLE}.", required=False)

    class Meta:
        model = RestrictedChild
        fields = ("child_id", "reason")
        labels = {"child_id": "The child's number in the records", "reason": "Why"}
        help_texts = {
            "reason": "Without anything that tells of the child: for example “family of staff”."
        }
        error_messages = {
            "child_id": {"required": "Enter the child's number"},
            "reason": {"required": "Say why the record is restricted"},
        }
        widgets = {
            "child_id": forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"})
        }

    def clean_child_id(self) -> str:
        """Keep the number without the spaces around it."""
        return str(self.cleaned_data["child_id"]).strip()


class ChangeRestrictionForm(RestrictForm):
    """The same for a child that is restricted already."""

    class Meta(RestrictForm.Meta):
        fields = ("reason",)  # type: ignore[assignment]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = self.instance.named.order_by("email").values_list("email", flat=True)
        self.initial["people"] = "\n".join(named)


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        label="Why does it end?",
        max_length=200,
        error_messages={"required": "Say why the restriction ends"},
    )


class BreakGlassForm(forms.Form):
    """Which child, and why now."""

    child_id = forms.CharField(
        label="The child's number in the records",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": "Enter the child's number"},
    )
    reason = forms.CharField(
        label="Why must you open this record now?",
        help_text="Whoever reviews this decides by what you write here.",
        max_length=2000,
        min_length=10,
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": "Say why you must open this record now",
            "min_length": "Say why in a sentence: whoever reviews this decides by it",
        },
    )


class ReviewForm(forms.Form):
    """Whether an opening was justified."""

    justified = forms.ChoiceField(
        label="Was it justified?",
        choices=[("yes", "Yes, it was justified"), ("no", "No, it was not justified")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was justified"},
    )
    finding = forms.CharField(
        label="What did you find?",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say what you found"},
    )


class HoursForm(forms.Form):
    """How long an opening lasts from a day on."""

    hours = forms.IntegerField(
        label="Hours",
        min_value=1,
        max_value=72,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "required": "Enter how many hours",
            "invalid": "Hours must be a whole number",
            "min_value": "Hours must be 1 or more",
            "max_value": "Hours must be 72 or fewer",
        },
    )
    starts = DateField(label="First day", what="First day")
    decided_by = forms.CharField(
        label="Who decided so",
        max_length=200,
        help_text="For example “Information governance board, 3 May 2016”.",
        error_messages={"required": "Say who decided so"},
    )
