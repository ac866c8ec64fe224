"""Forms of meetings before court, reviews and hearings: booked, held, corrected."""

from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.actions.meetings import MET
from sightline.service.protection.forms.court import Versioned
from sightline.service.protection.forms.parts import (
    WithMoment,
    line,
    long_text,
    moment_parts,
    radios,
)
from sightline.service.protection.models import CourtMeeting

_KINDS = [(each.value, each.label) for each in MET]
_EXTENSION = ("extended_until", "extended_because")
_SAID = ("present", "agreed", *_EXTENSION)
_COLUMNS = ("kind", "held_on", *_SAID)


def _which() -> Any:
    return radios("Which meeting is it?", _KINDS, "Select which meeting it is")


class BookMeetingForm(WithMoment):
    """A meeting or a hearing to come."""

    kind = _which()
    place = line("Where?", most=300)

    field_order = ("kind", "day", "time", "place")


class MoveMeetingForm(WithMoment, VersionedForm):
    """For when and where a meeting is booked."""

    place = line("Where?", most=300)

    class Meta:
        model = CourtMeeting
        fields = ("place",)

    field_order = ("day", "time", "place")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, value in moment_parts(self.instance.booked_for).items():
            self.initial.setdefault(name, value)


class _WhatWasSaid(forms.Form):
    """Who came to a meeting, what it agreed, and what more time the court gave."""

    held_on = DateField(label="Which day was it held?", what="The day")
    present = long_text("Who came? One a line", rows=4, required=False)
    agreed = long_text("What was agreed or ordered?")
    extended_until = DateField(
        label="If the court gave more time than 26 weeks: until which day?",
        what="The day",
        required=False,
        help_text="Leave it empty where it did not.",
    )
    extended_because = long_text("If it did: why?", rows=3, required=False)

    def __init__(self, *args: Any, in_court: bool, **more: Any) -> None:
        """Make the form; before the case is in court no court gives more time."""
        super().__init__(*args, **more)
        for name in () if in_court else _EXTENSION:
            del self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What was entered, by column of the meeting."""
        given = {"extended_until": None, "extended_because": "", **self.cleaned_data}
        return {name: value for name, value in given.items() if name in _COLUMNS}


class MeetingForm(_WhatWasSaid):
    """A meeting or a hearing that was held."""

    kind = _which()

    field_order = ("kind", "held_on", *_SAID)


class HoldMeetingForm(_WhatWasSaid, Versioned):
    """A meeting that was booked, and was held."""


class CorrectMeetingForm(_WhatWasSaid, VersionedForm):
    """What is on record of a meeting, corrected, and why."""

    kind = _which()
    corrected_because = line("Why is it corrected?", required=True)

    class Meta:
        model = CourtMeeting
        fields = _COLUMNS

    field_order = (*_COLUMNS, "corrected_because")

    def __init__(self, *args: Any, instance: CourtMeeting, **more: Any) -> None:
        in_court = instance.pre_proceedings.application_on is not None
        super().__init__(*args, instance=instance, in_court=in_court, **more)


class CorrectReviewForm(VersionedForm):
    """What is on record of a review, corrected, and why."""

    held_on = DateField(label="Which day was it held?", what="The day")
    present = long_text("Who came? One a line", rows=4, required=False)
    agreed = long_text("What was decided, and why?")
    late_because = line("If it was late: why?")
    corrected_because = line("Why is it corrected?", required=True)

    class Meta:
        model = CourtMeeting
        fields = ("held_on", "present", "agreed", "late_because")

    field_order = ("held_on", "present", "agreed", "late_because", "corrected_because")

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
