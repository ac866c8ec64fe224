"""Whose work is in a calendar."""

from django import forms

from sightline.service.reminders.models import CalendarAddress


class CoversForm(forms.Form):
    """Whose work is in a calendar; none chosen beforehand."""

    covers = forms.ChoiceField(
        label="Whose work is in it?",
        choices=CalendarAddress.Covers.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whose work is in the calendar"},
    )
