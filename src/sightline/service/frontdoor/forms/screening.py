"""What an officer says of a contact: how urgent, whose, what kind; or takes down of a call."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from sightline.service.accounts.models import Agency
from sightline.service.accounts.sent_once import once_field
from sightline.service.accounts.versions import VersionedForm
from sightline.service.frontdoor.forms.parts import (
    came_at,
    came_fields,
    check_consent,
    feared,
    kinds,
    long_text,
    radios,
    sources,
)
from sightline.service.frontdoor.models import (
    Contact,
)
from sightline.service.frontdoor.questions import ChildForm
from sightline.service.frontdoor.seeds.reading import reasons_for

LONGEST_AGO = timedelta(days=366)
"""Before which nothing that is typed in now has come: the year is a slip."""


class PriorityForm(VersionedForm):
    """How urgent a contact is, and why."""

    priority = radios(
        "How urgent is it?", Contact.Priority.choices, "Select how urgent the contact is"
    )
    priority_because = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why it is so urgent, or is not"},
    )

    class Meta:
        model = Contact
        fields = ("priority", "priority_because")


CONSENT = ("consent", "consent_from", "override_basis", "override_reason")
"""What is known of consent, which may be reached only after the contact came."""


class ContactForm(VersionedForm):
    """What is known of a contact beside what the referrer wrote."""

    kind = forms.ChoiceField(label="Kind of concern", choices=kinds, required=False)
    missing, exploitation = feared(required=False)
    source = forms.ChoiceField(label="Who made the contact", choices=sources, required=False)
    override_basis = forms.ChoiceField(
        label="If it does not, or was not asked: on what ground does it go ahead?",
        choices=lambda: [("", "Not said"), *reasons_for("consent", timezone.localdate())],
        required=False,
    )

    class Meta:
        model = Contact
        fields = (
            "kind", "missing", "exploitation", "locality", "team", "source", "agency", "referrer_name",
            "referrer_role", "referrer_phone", "referrer_email", *CONSENT,
        )  # fmt: skip
        labels = {
            "locality": "Locality",
            "team": "Team",
            "agency": "Agency of the referrer",
            "referrer_name": "Name of the referrer",
            "referrer_role": "Their job",
            "referrer_phone": "Their telephone number",
            "referrer_email": "Their e-mail address",
            "consent": "Does the family agree that this is shared?",
            "consent_from": "If it does: who agreed, and when?",
            "override_reason": "And why does it go ahead?",
        }
        help_texts = {
            "locality": "Where the child lives: the officers and managers of it see the contact.",
        }
        widgets = {"override_reason": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, said in (("locality", "None yet"), ("team", "None yet"), ("agency", "None")):
            choose: Any = self.fields[name]
            choose.empty_label = said

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with consent, once anything of it is changed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not set(CONSENT).isdisjoint(self.changed_data):
            check_consent(self, data)
        return data


class AddChildForm(ChildForm):
    """One more child that a contact is about."""

    def clean(self) -> dict[str, Any]:
        """Ask for something."""
        data = super().clean()
        if not self.errors and self.is_empty:
            raise forms.ValidationError("Enter something about the child")
        return data


class PhoneForm(forms.Form):
    """A contact that somebody makes by telephone, or in another way without a form."""

    sent_once = once_field()
    way = radios(
        "How did it come?",
        [(x.value, x.label) for x in (Contact.Way.PHONE, Contact.Way.EMAIL, Contact.Way.IN_PERSON)],
        "Select how the contact came",
    )
    came_on, came_time = came_fields(
        "On which day did it come?", "Leave day and time empty for a call that you take now."
    )
    concern = long_text("What is the worry?", "Write down what the worry is", rows=6)
    missing, exploitation = feared()
    kind = forms.ChoiceField(label="Kind of concern", choices=kinds, required=False)
    source = forms.ChoiceField(label="Who makes the contact", choices=sources, required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label="Agency",
        required=False,
        empty_label="None, or not on this list",
    )
    is_anonymous = forms.BooleanField(label="They do not give a name", required=False)
    referrer_name = forms.CharField(label="Their name", max_length=200, required=False)
    referrer_phone = forms.CharField(label="Their telephone number", max_length=50, required=False)
    referrer_email = forms.EmailField(label="Their e-mail address", required=False)
    consent = radios(
        "Does the family agree that this is shared?",
        Contact.Consent.choices,
        "Select what is known of consent",
    )
    consent_from = forms.CharField(
        label="If they do: who agreed, and when?", max_length=300, required=False
    )
    override_basis = forms.ChoiceField(
        label="If they do not, or were not asked: on what ground is it shared?",
        choices=lambda: [("", "Not said"), *reasons_for("consent", timezone.localdate())],
        required=False,
    )
    override_reason = long_text(
        "And why does it go ahead?", "Say why it goes ahead", rows=3, required=False
    )
    priority = radios(
        "How urgent is it?", Contact.Priority.choices, "Select how urgent the contact is"
    )
    priority_because = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say why it is so urgent, or is not"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for when it came, and what goes with consent; who gives no name is not named."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["at"] = self._came(data)
        if data.get("is_anonymous"):
            data |= dict.fromkeys(("referrer_name", "referrer_phone", "referrer_email"), "")
        check_consent(self, data)
        return data

    def _came(self, data: dict[str, Any]) -> datetime | None:
        """Give when it came, None for now; a letter waits before anybody types it in, so it is asked for."""
        came = came_at(self, data)
        if {"came_on", "came_time"} & set(self.errors):
            return None
        if came is None and data.get("way") == Contact.Way.EMAIL:
            self.add_error("came_on", "Enter the day on which the e-mail or letter came")
        if came is not None and came < timezone.now() - LONGEST_AGO:
            self.add_error("came_on", "It cannot have come more than a year ago")
        return came
