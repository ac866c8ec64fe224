"""Forms of pre-proceedings and care proceedings. No decision is chosen beforehand."""

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.actions.court import AFTER
from sightline.service.protection.forms.parts import line, long_text, radios, yes_no
from sightline.service.protection.models import CourtMeeting, PreProceedings

_Kind = CourtMeeting.Kind


class _Versioned(forms.Form):
    """A decision on what stood there when it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """That pre-proceedings begin, and why."""

    decided_on = DateField(label="On which day was it decided?", what="The day")
    rationale = long_text("Why?", hint="It is part of the decision.")


class LetterForm(VersionedForm):
    """What the letter before proceedings says, in plain words for the parents."""

    worries = long_text("What are we worried about?", required=False)
    must_change = long_text("What must change, and by when?", required=False)
    support = long_text("What help do we give?", required=False)
    child_view = long_text("What does the child say?", rows=3, required=False)
    parent_view = long_text("What do the parents say?", rows=3, required=False)

    class Meta:
        model = PreProceedings
        fields = ("worries", "must_change", "support", "child_view", "parent_view")


class SentForm(_Versioned):
    """The day on which the letter was sent."""

    letter_on = DateField(label="On which day was the letter sent?", what="The day")


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


class MeetingForm(forms.Form):
    """A meeting or a hearing that was held."""

    kind = radios(
        "Which meeting was it?",
        [(each.value, each.label) for each in (_Kind.MEETING, _Kind.FAMILY, _Kind.HEARING)],
        "Select which meeting it was",
    )
    held_on = DateField(label="Which day was it held?", what="The day")
    present = long_text("Who came? One a line", rows=4, required=False)
    agreed = long_text("What was agreed or ordered?")


class ReviewForm(_Versioned):
    """A review of pre-proceedings that was held."""

    held_on = DateField(label="Which day was it held?", what="The day")
    present = long_text("Who came? One a line", rows=4, required=False)
    agreed = long_text("What was decided, and why?", hint="Why it goes on, and until when.")
    late_because = line("If it was late: why?")


class StepDownForm(_Versioned):
    """That pre-proceedings end without court."""

    stepped_to = radios("What does the child have instead?", AFTER, "Select what")
    rationale = long_text("Why?", hint="It is part of the decision.")


class ApplyForm(_Versioned):
    """That an application is made to court."""

    application_on = DateField(label="On which day was the application made?", what="The day")
    rationale = long_text("Why?", hint="It is part of the decision.")


class OrderForm(_Versioned):
    """The final order of the court."""

    order_on = DateField(label="On which day did the court decide?", what="The day")
    order = radios("What did it decide?", PreProceedings.Order.choices, "Select what it decided")
    order_said = long_text("What else did it say?", rows=3, required=False)
