"""Forms of homes, relationships and agencies."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sightline.service.accounts.models import Locality
from sightline.service.accounts.versions import VersionedForm
from sightline.service.children.actions.residing import checked_postcode
from sightline.service.children.models import Involvement, Relationship, Residence
from sightline.service.design.forms import DateField


class _Dated(VersionedForm):
    """Something from a day to a day."""

    starts = DateField(label="Since", what="Since", required=False, help_text="If it is known.")
    ends = DateField(label="Until", what="Until", required=False, help_text="If it is over.")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        given = super().clean() or self.cleaned_data
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "“Until” must be after “since”")
        return given


class _ChosenKind(_Dated):
    """With what kind it is, which nothing chooses beforehand."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0]]


class ChangeResidenceForm(_ChosenKind):
    """In what way and how long somebody lives somewhere; why, where it was not to be told until now."""

    why = forms.CharField(
        label="If the address may be told again: why?",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "why" in self.fields and self.instance.kind != Residence.Kind.SECRET:
            self.fields["why"].widget = forms.HiddenInput()

    class Meta:
        model = Residence
        fields = ("kind", "starts", "ends")
        labels = {"kind": "In what way do they live there?"}
        help_texts = {
            "kind": "Choose “Not to be told to anybody” where somebody must not find them: the address is "
            "then in no search and no letter."
        }
        widgets = {"kind": forms.RadioSelect}
        error_messages = {"kind": {"required": "Say in what way they live there"}}


class ResidenceForm(ChangeResidenceForm):
    """Where somebody lives or lived."""

    why = None  # type: ignore[assignment]
    lines = forms.CharField(
        label="Address",
        help_text="Without the postcode.",
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": "Enter the address"},
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-10"}),
    )
    locality = forms.ModelChoiceField(
        label="Locality",
        queryset=Locality.objects.all(),
        required=False,
        empty_label="Not known, or outside the authority",
    )
    field_order = ("lines", "postcode", "locality", "kind", "starts", "ends")

    def clean_postcode(self) -> str:
        """Write it in the one way."""
        try:
            return checked_postcode(self.cleaned_data["postcode"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["postcode"]) from None


class RelationshipForm(_ChosenKind):
    """What somebody is to a person."""

    class Meta:
        model = Relationship
        fields = ("kind", "parental_responsibility", "no_contact", "note", "starts", "ends")
        labels = {
            "parental_responsibility": "Do they have parental responsibility?",
            "no_contact": "They must not have contact",
        }
        widgets = {"kind": forms.RadioSelect, "parental_responsibility": forms.RadioSelect}
        error_messages = {"kind": {"required": "Say what they are to each other"}}


class InvolvementForm(_Dated):
    """A professional who works with somebody."""

    class Meta:
        model = Involvement
        fields = ("agency", "professional", "role", "phone", "email", "starts", "ends")
        labels = {
            "professional": "Name",
            "role": "What they do",
            "phone": "Telephone",
            "email": "E-mail address",
        }
        help_texts = {"role": "For example “class teacher” or “health visitor”."}
        error_messages = {"agency": {"required": "Select the agency"}}
