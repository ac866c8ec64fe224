"""Forms of plans: their text, actions, core groups, reviews; and of visits."""

from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.actions.need import STEPS_FROM, STEPS_TO
from sightline.service.protection.actions.planning import WITHOUT_CONFERENCE
from sightline.service.protection.forms.parts import (
    WithMoment,
    line,
    long_text,
    moment_parts,
    radios,
    select,
    yes_no,
)
from sightline.service.protection.models import (
    ChildInNeedPlan,
    PlanAction,
    ProtectionPlan,
    Visit,
)


class PlanForm(VersionedForm):
    """The text of a child protection plan."""

    danger = long_text("What are we worried about?", required=False)
    safety = long_text("What must change, and how will we know?", required=False)
    contingency = long_text("What if it does not?", required=False)

    class Meta:
        model = ProtectionPlan
        fields = ("danger", "safety", "contingency")


class AddActionForm(forms.Form):
    """What somebody does under a plan."""

    what = long_text("What is to be done?", rows=3)
    who = line("Who does it?", most=200, required=True)
    due = DateField(label="By when?", what="The day", required=False)


class ActionForm(VersionedForm):
    """How far an action is."""

    what = long_text("What is to be done?", rows=3)
    by = DateField(label="By when?", what="The day", required=False)
    done_on = DateField(
        label="When was it done?",
        what="The day",
        required=False,
        help_text="Leave it empty until it is.",
    )
    result = long_text("With what result?", rows=3, required=False)

    class Meta:
        model = PlanAction
        fields = ("what", "who", "by", "done_on", "result")
        labels = {"who": "Who does it?"}

    field_order = ("what", "who", "by", "done_on", "result")


FORGOTTEN = (
    "One that was held before another on record, and was forgotten, is put on record here too."
)


class CoreGroupForm(forms.Form):
    """A core group that was held."""

    held_on = DateField(label="Which day was it held?", what="The day", help_text=FORGOTTEN)
    present = long_text("Who came? One a line", rows=4)
    progress = long_text("What is better, and what is not?")
    child_view = long_text("What does the child say?")
    parent_view = long_text("What do the parents say?")
    late_because = line("If it was late: why?")


class CorrectCoreGroupForm(forms.Form):
    """On which day a core group was held, corrected, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = DateField(label="Which day was it held?", what="The day")
    late_because = line("If it was late: why?")
    corrected_because = line("Why is it corrected?", required=True)


class EndPlanForm(forms.Form):
    """Why a plan ends without a conference."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = radios("Why does no conference end it?", WITHOUT_CONFERENCE, "Select why")
    ends = DateField(
        label="On which day did it end?",
        what="The day",
        help_text="The day of the death, the move, the care order or the birthday.",
    )
    rationale = long_text("Why?", hint="It is part of the decision.")


class NeedPlanForm(VersionedForm):
    """The text of a child in need plan."""

    needs = long_text("What does the child need?")
    goals = long_text("What must change, and how will we know?")
    child_view = long_text("What does the child say?", required=False)
    parent_view = long_text("What do the parents say?", required=False)

    class Meta:
        model = ChildInNeedPlan
        fields = ("needs", "goals", "child_view", "parent_view")


class BeginNeedPlanForm(forms.Form):
    """A child in need plan that begins."""

    starts = DateField(label="From which day?", what="The day")
    stepped_from = select(
        "From what does the child step?", STEPS_FROM, "From neither: it follows from an assessment"
    )
    needs = long_text("What does the child need?")
    goals = long_text("What must change, and how will we know?")
    child_view = long_text("What does the child say?", required=False)
    parent_view = long_text("What do the parents say?", required=False)


class NeedReviewForm(forms.Form):
    """A review that was held."""

    held_on = DateField(label="Which day was it held?", what="The day", help_text=FORGOTTEN)
    decision = long_text("What was decided, and why?")
    late_because = line("If it was late: why?")


class CorrectNeedReviewForm(forms.Form):
    """A review that was held as it should have been recorded, and why it is corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = DateField(label="Which day was it held?", what="The day")
    decision = long_text("What was decided, and why?")
    late_because = line("If it was late: why?")
    corrected_because = line("Why is it corrected?", required=True)


class EndNeedPlanForm(forms.Form):
    """Why a child in need plan ends."""

    ends = DateField(label="Last day", what="The last day")
    stepped_to = radios("What does the child have instead?", STEPS_TO, "Select what")
    because_of = long_text("Why?", hint="What has changed for the child?")


class VisitForm(WithMoment, VersionedForm):
    """A visit, with whether the child was seen; nothing is chosen beforehand."""

    pathway = radios("What was the visit for?", Visit.Pathway.choices, "Select what it was for")
    seen = yes_no("Was the child seen?", required=True)
    seen_alone = yes_no("Was the child seen alone?")
    why_not = line("If not seen, or not alone: why not?")
    bedroom_seen = yes_no("Was the child’s bedroom seen?")
    own_words = long_text(
        "What did the child say, in their own words?",
        required=False,
        hint="Of a baby: what you saw.",
    )
    parent_view = long_text("What do the parents say?", rows=3, required=False)
    judgement = long_text("What do you make of it?", rows=3, required=False)
    is_announced = yes_no("Did the family know of the visit?")

    class Meta:
        model = Visit
        fields = (
            "pathway", "seen", "seen_alone", "why_not", "bedroom_seen", "own_words", "parent_view",
            "judgement", "is_announced",
        )  # fmt: skip

    field_order = (
        "day", "time", "pathway", "seen", "seen_alone", "why_not", "bedroom_seen", "own_words",
        "parent_view", "judgement", "is_announced",
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, value in moment_parts(self.instance.made_at).items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        """Ask why a child was not seen; what else is needed the action says."""
        given = super().clean() or self.cleaned_data
        if given.get("seen") is False and not given.get("why_not"):
            self.add_error("why_not", "Say why the child was not seen")
        return given

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "day", "time")
        }
        return {**given, "made_at": self.moment}


class CorrectVisitForm(VisitForm):
    """A visit as it should have been recorded, and why it is corrected."""

    corrected_because = line("Why is it corrected?", required=True)

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column; the reason apart."""
        return {name: value for name, value in super().changes.items() if name != REASON}


REASON = "corrected_because"
