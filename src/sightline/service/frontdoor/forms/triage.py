"""Who was at a triage, and what was said there."""

from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.frontdoor.forms.parts import long_text
from sightline.service.frontdoor.models import (
    TriageAttendance,
    TriagedContact,
)


class AttendanceForm(forms.Form):
    """Whether one agency was at a triage."""

    status = forms.ChoiceField(
        label="Was it there?",
        choices=[("", "Not recorded"), *TriageAttendance.Status.choices],
        required=False,
    )
    name = forms.CharField(label="Who", max_length=200, required=False)
    fill_by = DateField(
        label="If the post is vacant: to be filled by", what="To be filled by", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask by when a vacant post is to be filled."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        vacant = data.get("status") == TriageAttendance.Status.VACANT
        if vacant and not data.get("fill_by") and "fill_by" not in self.errors:
            self.add_error("fill_by", "Enter by when the post is to be filled")
        if not vacant:
            data["fill_by"] = None
        return data


class DiscussionForm(VersionedForm):
    """What was said of a contact at a triage."""

    discussion = long_text("What was said", "Write what was said", rows=5)
    decision = long_text("What was decided", "Write what was decided", rows=3)
    actions = long_text("What is to be done, by whom, by when", "", rows=3, required=False)

    class Meta:
        model = TriagedContact
        fields = ("discussion", "decision", "actions")
