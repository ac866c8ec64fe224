"""Forms of pre-proceedings and care proceedings. No decision is chosen beforehand."""

from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.actions.court import AFTER
from sightline.service.protection.forms.parts import line, long_text, radios, yes_no
from sightline.service.protection.models import PreProceedings


class Versioned(forms.Form):
    """A decision on what stood there when it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """That pre-proceedings begin, and why."""

    decided_on = DateField(label="On which day was it decided?", what="The day")
    rationale = long_text("Why?", hint="It is part of the decision.")


class FamilyMeetingForm(VersionedForm):
    """Whether a family group meeting was offered, and held."""

    family_meeting_offered = yes_no("Was a family group meeting offered?", required=True)
    family_meeting_why_not = line("If not: why not?")
    family_meeting_on = DateField(
        label="If it was held: on which day?",
        what="The day",
        required=False,
        help_text="Leave it empty until it is.",
    )

    class Meta:
        model = PreProceedings
        fields = ("family_meeting_offered", "family_meeting_why_not", "family_meeting_on")


class ReviewForm(Versioned):
    """A review of pre-proceedings that was held."""

    held_on = DateField(label="Which day was it held?", what="The day")
    present = long_text("Who came? One a line", rows=4, required=False)
    agreed = long_text("What was decided, and why?", hint="Why it goes on, and until when.")
    late_because = line("If it was late: why?")


class StepDownForm(Versioned):
    """That pre-proceedings end without court."""

    stepped_to = radios("What does the child have instead?", AFTER, "Select what")
    rationale = long_text("Why?", hint="It is part of the decision.")


class DecideForCourtForm(Versioned):
    """That an application is to be made to court."""

    decided_on = DateField(label="On which day was it decided?", what="The day")
    rationale = long_text("Why?", hint="It is part of the decision.")


class ApplyForm(Versioned):
    """That the application that was decided on was made."""

    application_on = DateField(label="On which day was the application made?", what="The day")


class OrderForm(Versioned):
    """The final order of the court."""

    order_on = DateField(label="On which day did the court decide?", what="The day")
    order = radios("What did it decide?", PreProceedings.Order.choices, "Select what it decided")
    order_said = long_text("What else did it say?", rows=3, required=False)


class WhyForm(Versioned):
    """Why something is called off, not sent or taken back."""

    reason = line("Why?", required=True)


class CorrectForm(VersionedForm):
    """What is on record of pre-proceedings and proceedings, corrected, and why."""

    decided_on = DateField(label="On which day was it decided to begin?", what="The day")
    court_on = DateField(label="On which day was it decided to go to court?", what="The day")
    outcome_on = DateField(label="On which day was it decided to go to court?", what="The day")
    application_on = DateField(label="On which day was the application made?", what="The day")
    order_on = DateField(label="On which day did the court decide?", what="The day")
    order = radios("What did it decide?", PreProceedings.Order.choices, "Select what it decided")
    order_said = long_text("What else did it say?", rows=3, required=False)
    corrected_because = line("Why is it corrected?", required=True)

    class Meta:
        model = PreProceedings
        fields = (
            *("decided_on", "court_on", "outcome_on", "application_on"),
            *("order_on", "order", "order_said"),
        )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        row = self.instance
        stands = {
            ("court_on",): row.court_on,
            ("outcome_on",): row.outcome == PreProceedings.Outcome.PROCEEDINGS,
            ("application_on",): row.application_on,
            ("order_on", "order", "order_said"): row.order_on,
        }
        for names, is_there in stands.items():
            for name in names if not is_there else ():
                del self.fields[name]

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column, of what is on record."""
        return {name: value for name, value in super().changes.items() if name in self.Meta.fields}
