"""What agencies are asked and answer, what is made of it, what is shared."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from sightline.clocks.rules import rule_on
from sightline.service.accounts.models import Agency
from sightline.service.frontdoor.forms.parts import came_at, came_fields, long_text, radios
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
)
from sightline.service.frontdoor.seeds.reading import reasons_for

TELEPHONE = "they cannot see this here, as nobody there answers here or the record of a child is restricted."


class AskForm(forms.Form):
    """A question to an agency."""

    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label="Which agency?",
        help_text=f"“Telephone them”: {TELEPHONE}",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency"},
    )
    asked_of = forms.CharField(label="Whom there, if you know?", max_length=200, required=False)
    children = forms.ModelMultipleChoiceField(
        ContactChild.objects.none(),
        label="About which children?",
        widget=forms.CheckboxSelectMultiple,
        help_text="The agency sees these names and your question, and nothing else of the contact.",
        error_messages={"required": "Select at least one child"},
    )
    question = long_text(
        "What do you ask?",
        "Write what you ask",
        hint="Ask for no more than you need.",
    )
    lawful_basis = radios("On which lawful basis?", (), "Select the lawful basis")
    hours = forms.IntegerField(
        label="Within how many hours is it due?",
        min_value=1,
        max_value=240,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "required": "Enter within how many hours it is due",
            "invalid": "Hours must be a whole number",
            "min_value": "Hours must be 1 or more",
            "max_value": "Hours must be 240 or fewer",
        },
    )

    def __init__(self, contact: Contact, seen_at: Collection[int], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        agency: Any = self.fields["agency"]
        agency.label_from_instance = lambda each: (
            str(each) if each.pk in seen_at else f"{each} (telephone them)"
        )
        children = contact.children.select_related("person")
        chosen: Any = self.fields["children"]
        chosen.queryset = children
        chosen.label_from_instance = lambda child: child.name
        basis: Any = self.fields["lawful_basis"]
        basis.choices = reasons_for("asking", timezone.localdate())
        self.initial.setdefault("hours", rule_on("INFO", timezone.localdate()).number)


class AnswerForm(forms.Form):
    """What an agency answers: one of three."""

    what = radios(
        "What is the answer?",
        [
            ("reply", "This is what is known"),
            ("nothing", "Nothing is held about these children"),
            ("refused", "It cannot be shared"),
        ],
        "Select what the answer is",
    )
    reply = long_text(
        "What is known", "", rows=8, required=False, hint="As the record has it, with dates."
    )
    refused_because = long_text("If it cannot be shared: why?", "", rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the text that goes with the answer, and keep no other."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        what = data.get("what")
        if what == "reply" and not data.get("reply"):
            self.add_error("reply", "Write what is known")
        if what == "refused" and not data.get("refused_because"):
            self.add_error("refused_because", "Say why it cannot be shared")
        if what == "nothing" and (data.get("reply") or data.get("refused_because")):
            self.add_error("what", "You wrote something below: select what it is, or take it out")
        return data

    @property
    def answer(self) -> dict[str, Any]:
        """Give the answer as the action takes it."""
        data = self.cleaned_data
        return {
            "reply": data["reply"] if data["what"] == "reply" else "",
            "nothing_known": data["what"] == "nothing",
            "refused_because": data["refused_because"] if data["what"] == "refused" else "",
        }


class EnteredAnswerForm(AnswerForm):
    """The same as an officer enters it, who says from whom it came."""

    replied_by = forms.CharField(
        label="Who answered?",
        max_length=200,
        error_messages={"required": "Say who answered, by name or job"},
    )
    came_on, came_time = came_fields(
        "On which day did the answer come?",
        "Leave day and time empty for an answer that you take down now. Whether it is in time goes by this.",
    )
    field_order = ("replied_by", "came_on", "came_time")

    def __init__(self, asked_at: datetime, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._asked_at = asked_at

    def clean(self) -> dict[str, Any]:
        """Refuse an answer from before the question was asked."""
        data = super().clean()
        # The minute in which it was asked is that in which it may be answered.
        came = data["at"] = came_at(self, data)
        if came is not None and came < self._asked_at.replace(second=0, microsecond=0):
            self.add_error("came_on", "It cannot have come before the question was asked")
        elif came is not None:
            data["at"] = max(came, self._asked_at)
        return data


class ChaseForm(forms.Form):
    """That an agency was chased."""

    how = forms.CharField(
        label="How was the agency chased?",
        max_length=200,
        help_text="For example “by telephone, spoke to the duty nurse”.",
        error_messages={"required": "Say how the agency was chased"},
    )
    escalated_to = forms.CharField(
        label="If it was taken higher: to whom?", max_length=200, required=False
    )


class GoOnForm(forms.Form):
    """Why a contact goes on without an answer."""

    reason = long_text(
        "If answers are missing: why does it go on without them?", "", rows=3, required=False
    )


class AnalysisForm(forms.Form):
    """What one makes of the information."""

    text = long_text(
        "What do you make of it?",
        "Write what you make of the information",
        rows=8,
        hint="Judgement, not the information again: that stands above, as it was given.",
    )


class SharingForm(forms.Form):
    """Something shared, or not."""

    what = long_text("What is it about?", "Say what it is about", rows=3)
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label="With which agency?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency"},
    )
    is_shared = radios(
        "Is it shared?",
        [("yes", "Yes, it is shared"), ("no", "No, it is not")],
        "Select whether it is shared",
    )
    lawful_basis = forms.ChoiceField(
        label="If it is: on which lawful basis?",
        choices=lambda: [("", "Not said"), *reasons_for("sharing", timezone.localdate())],
        required=False,
    )
    why_not = long_text("If it is not: why?", "", rows=3, required=False)
    escalated_to = forms.CharField(
        label="And to whom is the refusal taken?", max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the basis, or for the reason and who hears of it. The action keeps no other."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_shared") == "yes" and not data.get("lawful_basis"):
            self.add_error("lawful_basis", "Select the lawful basis")
        if data.get("is_shared") == "no":
            if not data.get("why_not"):
                self.add_error("why_not", "Say why it is not shared")
            if not data.get("escalated_to"):
                self.add_error("escalated_to", "Say to whom the refusal is taken")
        return data
