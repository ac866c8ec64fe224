"""Forms of assessments and enquiries. The child, the parents and the worker each have their own words."""

from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.forms.parts import (
    DecideForm,
    WithMoment,
    coded,
    line,
    long_text,
    radios,
    select,
    yes_no,
)
from sightline.service.protection.models import Assessment, Enquiry

_CHILD = "In the child’s own words as far as you can; of a baby, what you saw."


class Factors(forms.MultipleChoiceField):
    """Several codes, kept with spaces between."""

    widget = forms.CheckboxSelectMultiple({"small": True})

    def prepare_value(self, value: Any) -> Any:
        """Take apart what is kept."""
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """Put together what was chosen."""
        return " ".join(super().clean(value))


class AssessmentForm(VersionedForm):
    """What is written of an assessment; nothing is needed until it is handed in."""

    child_seen = yes_no("Was the child seen?")
    child_view = long_text("What does the child say?", required=False, hint=_CHILD)
    parent_view = long_text("What do the parents say?", required=False)
    judgement = long_text("What is your professional judgement?", rows=8, required=False)
    factors = Factors(label="Factors", choices=coded("assessment_factor"), required=False)
    outcome = radios("What follows?", Assessment.Outcome.choices, required=False)
    review_on = DateField(
        label="When is it looked at with your manager?",
        what="The day",
        required=False,
        help_text="A day on which you see together how far it is, as day 10.",
    )
    late_reason = select(
        "If it is late: why?", Assessment.LateReason.choices, "It is not, or not said yet"
    )

    class Meta:
        model = Assessment
        fields = (
            "child_seen", "child_view", "parent_view", "judgement", "factors", "outcome", "review_on",
            "late_reason",
        )  # fmt: skip


class DecideLateForm(DecideForm):
    """The decision about an assessment that is late by now, where nobody has said why yet."""

    late_reason = select(
        "With authorisation: why is it late?", Assessment.LateReason.choices, "Not said yet"
    )


class CallDiscussionForm(WithMoment):
    """When significant harm was suspected."""


class ConferenceNeededForm(forms.Form):
    """The decision of day five."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    needed = radios(
        "Is a child protection conference needed?",
        [("yes", "Yes"), ("no", "No")],
        "Select whether a conference is needed",
    )
    rationale = long_text("Why?", hint="It is part of the decision.")
    late_because = line("If it is after day five: why is it late?")


class EnquiryForm(VersionedForm):
    """What is written of an enquiry; nothing is needed until it is handed in."""

    child_view = long_text("What does the child say?", required=False, hint=_CHILD)
    parent_view = long_text("What do the parents say?", required=False)
    judgement = long_text("What is your professional judgement?", rows=8, required=False)
    finding = radios("What did the enquiry find?", Enquiry.Finding.choices, required=False)

    class Meta:
        model = Enquiry
        fields = ("child_view", "parent_view", "judgement", "finding")
