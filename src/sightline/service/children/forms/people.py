"""Forms of people: looking for them, who they are, what they need, their other names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sightline.records.codes import codes
from sightline.service.accounts.versions import VersionedForm
from sightline.service.children.actions.people import checked
from sightline.service.children.models import Alias, KnownPerson
from sightline.service.design.forms import DateField

_NARROW = {"autocomplete": "off", "class": "govuk-input--width-20"}


class FindForm(forms.Form):
    """What somebody is looked for by."""

    mark_optional = False

    text = forms.CharField(
        label="Name, number or postcode",
        help_text="Spelling and order do not matter. Also a number of the authority, the NHS or a school.",
        max_length=200,
        required=False,
        strip=True,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    born = DateField(label="Date of birth", what="Date of birth", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("text") and not given.get("born"):
            self.add_error("text", "Enter a name, a number, a postcode or a date of birth")
        return given


class _PersonForm(VersionedForm):
    """Part of what is known of a person."""

    def clean(self) -> dict[str, Any]:
        """Judge the fields as the action will, so that each error stands at its field."""
        given = super().clean() or self.cleaned_data
        try:
            given.update(checked({name: given[name] for name in given if name != "version"}))
        except ValidationError as error:
            for name, said in error.message_dict.items():
                self.add_error(name, said)
        return given


class WhoForm(_PersonForm):
    """Who somebody is."""

    born = DateField(label="Date of birth", what="Date of birth", required=False)
    expected = DateField(
        label="Expected date of birth",
        what="Expected date of birth",
        required=False,
        help_text="Of a child not born yet.",
    )
    sex = forms.ChoiceField(
        label="Sex",
        required=False,
        choices=[("", "Not recorded"), *codes("sex").items()],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = KnownPerson
        fields = (
            "first_names",
            "last_name",
            "born",
            "born_is_estimated",
            "expected",
            "sex",
            "nhs_number",
            "upn",
            "phone",
            "email",
        )
        labels = {
            "nhs_number": "NHS number",
            "upn": "Unique pupil number",
            "phone": "Telephone",
            "email": "E-mail address",
        }
        widgets = {
            name: forms.TextInput(_NARROW)
            for name in ("nhs_number", "upn", "phone", "email", "first_names", "last_name")
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Numbers are written with spaces; the check takes them out.
        for name in ("nhs_number", "upn"):
            field = self.fields[name]
            assert isinstance(field, forms.CharField)  # noqa: S101 - of the model
            field.max_length = None
            field.validators = []
            field.widget.attrs.pop("maxlength", None)


class RecordForm(WhoForm):
    """Somebody new."""

    class Meta(WhoForm.Meta):
        fields = (  # type: ignore[assignment]
            "first_names",
            "last_name",
            "born",
            "born_is_estimated",
            "expected",
            "sex",
            "nhs_number",
            "upn",
            "number",
        )
        labels = {**WhoForm.Meta.labels, "number": "Their number in the authority’s records"}
        help_texts = {"number": "If they have one from before. Else the service gives one."}
        widgets = {**WhoForm.Meta.widgets, "number": forms.TextInput(_NARROW)}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["number"].required = False


class NeedsForm(_PersonForm):
    """Language, disability and how somebody communicates."""

    ethnicity = forms.ChoiceField(
        label="Ethnicity",
        required=False,
        choices=[("", "Not recorded"), *codes("ethnicity").items()],
    )
    disabilities = forms.MultipleChoiceField(
        label="Which disabilities?",
        required=False,
        choices=[(code, label) for code, label in codes("disability").items() if code != "NONE"],
        widget=forms.CheckboxSelectMultiple,
    )
    died = DateField(label="Date of death", what="Date of death", required=False)

    class Meta:
        model = KnownPerson
        fields = (
            "ethnicity",
            "first_language",
            "needs_interpreter",
            "disabled",
            "disabilities",
            "communication",
            "died",
        )
        labels = {
            "needs_interpreter": "Is an interpreter needed?",
            "disabled": "Is the person disabled?",
            "communication": "How does the person communicate?",
        }
        help_texts = {"communication": "For example signs, pictures, a device, or who helps."}
        widgets = {
            "needs_interpreter": forms.RadioSelect,
            "disabled": forms.RadioSelect,
            "communication": forms.Textarea({"rows": 3}),
            "first_language": forms.TextInput({"class": "govuk-input--width-20"}),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["disabilities"] = str(self.initial.get("disabilities") or "").split()

    def clean_disabilities(self) -> str:
        """Keep the codes as the row does, with spaces between."""
        return " ".join(self.cleaned_data["disabilities"])

    def clean(self) -> dict[str, Any]:
        """Say where the two answers about disability do not agree."""
        given = super().clean()
        if given.get("disabilities") and given.get("disabled") != "yes":
            self.add_error(
                "disabled", "Answer “Yes”, or leave the list of disabilities below empty"
            )
        return given


class AliasForm(forms.ModelForm):  # type: ignore[type-arg]
    """Another name."""

    class Meta:
        model = Alias
        fields = ("first_names", "last_name", "what")
        labels = {"what": "What name is it?"}
        help_texts = {"what": "For example “before marriage”, “as the school spells it”."}

    def clean(self) -> dict[str, Any]:
        """Ask for a name."""
        given = super().clean() or self.cleaned_data
        if not given.get("first_names") and not given.get("last_name"):
            self.add_error("last_name", "Enter a name")
        return given
