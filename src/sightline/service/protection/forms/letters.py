"""Forms of letters before proceedings: what every one says, and what is in the letter to one person alone."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.forms.court import Versioned
from sightline.service.protection.forms.parts import line, long_text
from sightline.service.protection.models import CourtLetter, PreProceedings
from sightline.service.protection.queries.parents import Parent

_VIEW = "Only what this person has told you. Nobody else is sent it."


class LetterForm(VersionedForm):
    """What every letter before proceedings says, in plain words for the parents."""

    worries = long_text("What are we worried about?", required=False)
    must_change = long_text("What must change, and by when?", required=False)
    support = long_text("What help do we give?", required=False)
    child_view = long_text(
        "What does the child say?",
        rows=3,
        required=False,
        hint="Only what may be told to every parent. Nothing the child has said in confidence.",
    )

    class Meta:
        model = PreProceedings
        fields = ("worries", "must_change", "support", "child_view")


class AddressForm(forms.Form):
    """To whom a letter is, and what they have told us."""

    to = forms.TypedChoiceField(
        label="To whom is the letter?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose to whom the letter is"},
        help_text="Those with parental responsibility, as the family record says.",
    )
    view = long_text("What have they told us?", rows=3, required=False, hint=_VIEW)

    def __init__(self, *args: Any, parents: Sequence[Parent], **more: Any) -> None:
        super().__init__(*args, **more)
        to: Any = self.fields["to"]
        to.choices = [(each.person.pk, each.words) for each in parents]


class ToParentForm(VersionedForm):
    """What somebody has told us, in the letter to them."""

    view = long_text("What have they told us?", rows=3, required=False, hint=_VIEW)

    class Meta:
        model = CourtLetter
        fields = ("view",)


class SentForm(Versioned):
    """The day on which a letter was sent; `read` is the version of what every letter says."""

    read = forms.IntegerField(widget=forms.HiddenInput)
    sent_on = DateField(label="On which day was the letter sent?", what="The day")


class CorrectSentForm(Versioned):
    """On which day a letter was sent, corrected, and why."""

    sent_on = DateField(label="On which day was the letter sent?", what="The day")
    corrected_because = line("Why is it corrected?", required=True)
