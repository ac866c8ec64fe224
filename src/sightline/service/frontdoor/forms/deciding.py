"""What is recommended, decided, told and disputed. Nothing is chosen beforehand."""

from typing import Any

from django import forms

from sightline.service.frontdoor.actions.deciding import guidance_for
from sightline.service.frontdoor.forms.parts import long_text, radios
from sightline.service.frontdoor.models import (
    Contact,
    Level,
    OutcomeNotice,
    Recommendation,
)
from sightline.service.frontdoor.models.decisions import Outcome


class RecommendForm(forms.Form):
    """What is recommended. Nothing is chosen beforehand."""

    outcome = radios("What should become of it?", Outcome.choices, "Select an outcome")
    level = forms.ModelChoiceField(
        Level.objects.none(),
        label="Which level of need is it?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the level of need"},
    )
    rationale = long_text("Why?", "Say why", rows=6, hint="On what information, weighed how.")
    offered_instead = long_text(
        "If social care does not help: what was offered instead?",
        "",
        rows=3,
        required=False,
        hint="Where nothing was, say so and why.",
    )
    taken_up = radios(
        "If something was offered: was it taken up?",
        [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        "",
        required=False,
    )

    def __init__(self, contact: Contact, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        level: Any = self.fields["level"]
        level.queryset = Level.objects.filter(guidance=guidance_for(contact))


class DecideForm(forms.Form):
    """What another, qualified person decides of what they read. Nothing is chosen beforehand."""

    recommendation = forms.IntegerField(widget=forms.HiddenInput)
    decision = radios(
        "What do you decide?",
        [
            ("return", "Return it to the officer"),
            ("authorise", "Authorise what is recommended"),
            ("another", "Authorise another outcome or level of need"),
        ],
        "Select what you decide",
    )
    outcome = forms.ChoiceField(
        label="If another outcome: which?",
        choices=[("", "Choose an outcome"), *Outcome.choices],
        required=False,
    )
    level = forms.ModelChoiceField(
        Level.objects.none(),
        label="If another level of need: which?",
        required=False,
        empty_label="As the officer assessed it",
    )
    offered_instead = long_text(
        "If by it social care does not help: what was offered instead?", "", rows=3, required=False
    )
    rationale = long_text("Why?", "Say why: it is part of the decision", rows=5)

    def __init__(self, recommendation: Recommendation | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if recommendation is not None:
            level: Any = self.fields["level"]
            level.queryset = Level.objects.filter(guidance=recommendation.level.guidance_id)
            self.initial["recommendation"] = recommendation.pk

    def clean(self) -> dict[str, Any]:
        """Ask which other outcome."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == "another" and not data.get("outcome"):
            self.add_error("outcome", "Choose the outcome you authorise")
        return data


class TellForm(forms.Form):
    """How the referrer was told, or why nobody can be."""

    how = radios("How is the referrer told?", OutcomeNotice.How.choices, "Select how they are told")
    email = forms.CharField(label="If by e-mail: to which address?", max_length=254, required=False)
    sent_to = forms.CharField(
        label="If by post or telephone: to which address or number?", max_length=254, required=False
    )
    confirmed = forms.BooleanField(
        label="I have confirmed that the referrer is who the form says, and that this reaches them",
        help_text="Anybody may send the form under any name and address. Ask their agency, by an address or "
        "number that you did not take from the form.",
        required=False,
    )
    why_nobody = forms.CharField(
        label="If nobody can be told: why?", max_length=300, required=False
    )

    def __init__(self, *args: Any, email: str = "", to_confirm: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("email", email)
        if not to_confirm:
            del self.fields["confirmed"]

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with the way, and keep nothing that goes with another."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        how, email = data.get("how"), data.pop("email", "")
        if how == OutcomeNotice.How.EMAIL:
            data["sent_to"] = email
            try:
                forms.EmailField().clean(email)
            except forms.ValidationError:
                self.add_error("email", "Enter an e-mail address, like name@example.org")
        if how == OutcomeNotice.How.NOBODY:
            data["sent_to"] = ""
            if not data.get("why_nobody"):
                self.add_error("why_nobody", "Say why nobody can be told")
        else:
            data["why_nobody"] = ""
        return data


class DisagreementForm(forms.Form):
    """Who disagrees, and why."""

    raised_by = forms.CharField(
        label="Who disagrees?",
        max_length=200,
        help_text="Name, job and agency.",
        error_messages={"required": "Say who disagrees"},
    )
    why = long_text("Why?", "Say why they disagree")


def _acceptance() -> Any:
    return long_text(
        "If they accept it: who told you so, and when?",
        "",
        rows=2,
        required=False,
        hint="Whoever disagreed, or who speaks for them: name, job and agency.",
    )


class SettleForm(forms.Form):
    """Who said that they accept an answer, or why it ends there."""

    how = radios(
        "How does it end?",
        [
            ("accepted", "They accept the answer"),
            ("ends", "It ends here, and they do not accept it"),
        ],
        "Select how it ends",
    )
    acceptance = _acceptance()
    why = long_text("If they do not accept it: why does it end here?", "", rows=3, required=False)

    @property
    def accepted(self) -> bool:
        """Whether they accept it."""
        return bool(self.cleaned_data["how"] == "accepted")

    @property
    def said(self) -> str:
        """The words that go with how it ends."""
        return str(self.cleaned_data["acceptance" if self.accepted else "why"])


class AnswerDisagreementForm(forms.Form):
    """What is answered, and whether it ends there."""

    answer = long_text("What is the answer?", "Write the answer")
    outcome_changed = radios(
        "Does the outcome change?",
        [("yes", "Yes: the contact is to be opened again"), ("no", "No, it stands")],
        "Select whether the outcome changes",
    )
    settled = radios(
        "Is it settled?",
        [("yes", "Yes, they accept the answer"), ("no", "No, or not known yet")],
        "Select whether it is settled",
    )
    acceptance = _acceptance()
