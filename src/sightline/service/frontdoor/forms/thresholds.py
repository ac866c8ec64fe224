"""Editions of the levels of need and of the referral forms."""

import tomllib
from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.frontdoor.forms.parts import radios
from sightline.service.frontdoor.models import (
    Guidance,
    ReferralForm,
)


class GuidanceForm(VersionedForm):
    """An edition of the levels of need."""

    drafted = DateField(label="Draft dated", what="Draft dated", required=False)
    approved = DateField(label="Approved on", what="Approved on", required=False)
    starts = DateField(label="In force from", what="In force from")
    ends = DateField(label="In force until", what="In force until", required=False)
    review_by = DateField(label="Next review by", what="Next review by", required=False)

    class Meta:
        model = Guidance
        fields = (
            "title", "edition", "owner", "drafted", "approved", "starts", "ends", "review_by", "change_note",
            "published_to",
        )  # fmt: skip
        labels = {"edition": "Edition", "owner": "Owned by", "change_note": "What changed",
                  "published_to": "Sent to, each on a line of its own"}  # fmt: skip
        help_texts = {"edition": "As people call it, for example “May 2019”."}


class LevelForm(forms.Form):
    """One level."""

    number = forms.IntegerField(
        label="Number",
        min_value=1,
        max_value=20,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    name = forms.CharField(label="Name", max_length=100)
    need = forms.CharField(label="What need it is", widget=forms.Textarea({"rows": 3}))
    response = forms.CharField(
        label="Who answers", widget=forms.Textarea({"rows": 2}), required=False
    )
    meets_threshold = forms.BooleanField(label="Meets the threshold of social care", required=False)


LevelFormSet = forms.formset_factory(
    LevelForm, extra=0, min_num=1, max_num=20, validate_min=True, can_delete=False
)


class EditionForm(forms.Form):
    """A new edition of a referral form, with its questions as they are in `forms.toml`."""

    whom = radios("Whom is it for?", ReferralForm.For.choices, "Select whom it is for")
    name = forms.CharField(label="Name", max_length=200)
    edition = forms.CharField(label="Edition", max_length=50)
    starts = DateField(label="Used from", what="Used from")
    questions = forms.CharField(
        label="Questions",
        help_text="In TOML. The questions of the edition in use stand here: change them.",
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
    )

    def clean_questions(self) -> list[dict[str, Any]]:
        """Read the questions, or say where they cannot be read."""
        try:
            read = tomllib.loads(self.cleaned_data["questions"])
        except tomllib.TOMLDecodeError as error:
            raise forms.ValidationError(f"The questions cannot be read: {error}") from None
        questions = read.get("question")
        if not isinstance(questions, list) or set(read) != {"question"}:
            raise forms.ValidationError(
                "Write each question as a part that begins with [[question]]"
            )
        return questions
