"""Forms about whether two records are of one person."""

from typing import Any

from django import forms

from sightline.service.children.models import PossibleMatch

DECIDED = "Another has decided about this pair meanwhile."


class DecideForm(forms.Form):
    """Whether two records are of one person, which is kept, and why."""

    decision = forms.ChoiceField(
        label="Are they one person?",
        choices=[("same", "Yes, the same person"), ("different", "No, two people")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are one person"},
    )
    kept = forms.ChoiceField(
        label="If so, which record is kept?",
        help_text="Everything of the other goes into it, and comes back if they are parted.",
        widget=forms.RadioSelect,
        required=False,
    )
    why = forms.CharField(
        label="How do you know?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say how you know"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, match: PossibleMatch, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._state = str(match.state)
        self.initial["seen"] = self._state
        kept = self.fields["kept"]
        assert isinstance(kept, forms.ChoiceField)  # noqa: S101 - as above
        kept.choices = [
            (str(each.pk), f"{each.name}, {each.number}") for each in (match.one, match.other)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask which is kept, where one is; refuse what was written before another decided."""
        given = super().clean() or self.cleaned_data
        if (given.get("seen") or PossibleMatch.State.OPEN) != self._state:
            raise forms.ValidationError(DECIDED)
        if given.get("decision") == "same" and not given.get("kept") and "kept" not in self.errors:
            self.add_error("kept", "Say which record is kept")
        return given


class PartForm(forms.Form):
    """Why two records are parted again."""

    why = forms.CharField(
        label="Why are they two people after all?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why they are parted"},
    )
