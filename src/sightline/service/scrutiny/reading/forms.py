"""The forms about documents of minutes. No decision is chosen beforehand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from sightline.service.design.forms import DateField
from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.models import Committee, Member, ReadField
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.reading.queries import Join, Unknown

MOST_PASTED = 300_000
"""Characters that may be pasted; longer minutes are given as a file."""
_YES_NO = [("yes", "Yes"), ("no", "No")]


class GiveDocumentForm(forms.Form):
    """A document of minutes: a file, or its text pasted."""

    file = forms.FileField(
        label="File",
        help_text="A PDF, text, Markdown, a web page saved as HTML, or the XML of a meeting from ModernGov.",
        required=False,
        max_length=255,
        widget=forms.ClearableFileInput({"accept": ".pdf,.txt,.md,.html,.htm,.xml"}),
        error_messages={
            "empty": "The file is empty",
            "max_length": "The name of the file must be 255 characters or fewer",
        },
    )
    text = forms.CharField(
        label="Or paste the text of the minutes",
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea({"rows": 8, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        given = super().clean() or {}
        if self.errors:
            return given
        has_text = bool(given.get("text", "").strip())
        if given.get("file") and has_text:
            raise forms.ValidationError("Give a file or paste the text, not both")
        if not given.get("file") and not has_text:
            self.add_error("file", "Choose a file, or paste the text of the minutes")
        return given


class WhyForm(forms.Form):
    """Why something is done with a document."""

    why = forms.CharField(
        label="Why?",
        help_text="This is kept on record. Do not repeat anything that tells of a child or family.",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why"},
    )


class AlarmForm(WhyForm):
    """What somebody found who looked at a document that raised an alarm."""

    found = forms.ChoiceField(
        label="What did you find?",
        choices=[
            ("clear", "It tells of no child or family: show it"),
            ("remove", "It tells of a child or family: remove the file and its words for good"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you found"},
    )
    field_order = ("found", "why")


# --- Putting a field right


class TimeField(forms.TimeField):
    """A time of the day, as 10:00."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            help_text="For example, 10:00",
            input_formats=["%H:%M", "%H.%M"],
            widget=forms.TimeInput(
                {"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M"
            ),
            error_messages={"invalid": f"{label} must be a time, like 10:00"},
        )


class CorrectionForm(forms.Form):
    """What is right in place of what was read. One of a single field makes it by `single`."""

    @staticmethod
    def single(label: str) -> forms.Field | None:
        """Make the one field; None where the form declares its own."""
        return None

    def __init__(self, *args: Any, label: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if field := self.single(label):
            self.fields["value"] = field

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Give what the form begins with, for what was read; None where nothing was."""
        return {"value": value}

    def value(self, before: Any) -> Any:
        """Give what was entered, as plain JSON of `ReadField`. `before` is what was read."""
        return self.cleaned_data["value"]


class TextCorrection(CorrectionForm):
    """A line of text."""

    @staticmethod
    def single(label: str) -> forms.Field:
        """Make the field."""
        return forms.CharField(label=label, max_length=200)


class DateCorrection(CorrectionForm):
    """The day of the meeting, kept as `2017-09-13`."""

    @staticmethod
    def single(label: str) -> forms.Field:
        """Make the field."""
        return DateField(label=label, what=label)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Begin with the date that was read."""
        return {"value": date.fromisoformat(value) if value else None}

    def value(self, before: Any) -> Any:
        """Give it as it is kept."""
        return self.cleaned_data["value"].isoformat()


class TimeCorrection(CorrectionForm):
    """A time of the meeting, kept as `10:00`."""

    @staticmethod
    def single(label: str) -> forms.Field:
        """Make the field."""
        return TimeField(label=label)

    def value(self, before: Any) -> Any:
        """Give it as it is kept."""
        return f"{self.cleaned_data['value']:%H:%M}"


class ParticipationCorrection(CorrectionForm):
    """The deadline for public participation."""

    time = TimeField(label="Time")
    days = forms.IntegerField(
        label="Days before the meeting",
        min_value=1,
        max_value=60,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    rule = forms.ChoiceField(
        label="Which days count",
        choices=Committee.ParticipationRule.choices,
        widget=forms.RadioSelect,
    )
    to = forms.CharField(label="Notice goes to", max_length=200, required=False)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Begin with what was read."""
        return dict(value or {})

    def value(self, before: Any) -> Any:
        """Give the deadline; the day printed for this meeting stays as it was read."""
        given = self.cleaned_data
        return {
            "time": f"{given['time']:%H:%M}",
            "days": given["days"],
            "rule": given["rule"],
            "to": given["to"],
            "day": (before or {}).get("day"),
        }


class ItemCorrection(CorrectionForm):
    """An item with its texts; a private one with the reason."""

    number = forms.CharField(
        label="Minute number",
        max_length=30,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    title = forms.CharField(label="Title", max_length=500)
    text = forms.CharField(
        label="What was minuted",
        help_text="Leave an empty line between paragraphs.",
        required=False,
        widget=forms.Textarea({"rows": 14}),
    )
    agenda = forms.CharField(
        label="What was on the agenda", required=False, widget=forms.Textarea({"rows": 4})
    )
    privacy = forms.ChoiceField(
        label="Who may read it",
        choices=[
            (Privacy.PUBLIC, "The public"),
            (Privacy.EXEMPT, "Exempt: by resolution, under a paragraph of Schedule 12A"),
            (Privacy.CONFIDENTIAL, "Confidential: the public must be excluded"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who may read the item"},
    )
    paragraph = forms.TypedChoiceField(
        label="Paragraph of Schedule 12A, where it is exempt",
        required=False,
        coerce=int,
        empty_value=None,
    )
    why_exempt = forms.CharField(label="Why it is private", max_length=500, required=False)
    public_summary = forms.CharField(
        label="What the public may read of it", required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["paragraph"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((each.number, f"{each.number}. {each.words}") for each in paragraphs().values()),
        ]

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Begin with what was read. Who may read it is never chosen beforehand where it is private."""
        if not value:
            return {"privacy": Privacy.PUBLIC}
        begins = {**value, "text": _joined(value["text"]), "agenda": _joined(value["agenda"])}
        if not value.get("restricted"):
            begins["privacy"] = Privacy.PUBLIC
        return begins

    def clean(self) -> dict[str, Any]:
        """An exempt item says its paragraph and why."""
        given = super().clean() or {}
        if given.get("privacy") == Privacy.EXEMPT:
            if not given.get("paragraph"):
                self.add_error("paragraph", "Select the paragraph under which it is exempt")
            if not given.get("why_exempt"):
                self.add_error("why_exempt", "Say why it is private")
        return given

    def value(self, before: Any) -> Any:
        """Give the item, with its texts whole."""
        given = dict(self.cleaned_data)
        return {
            **given,
            "number": given["number"] or None,
            "restricted": given["privacy"] != Privacy.PUBLIC,
        }


class DeclarationCorrection(CorrectionForm):
    """An interest that was declared."""

    member = forms.CharField(label="Who declared it", max_length=200)
    kind = forms.CharField(label="Kind, as printed", max_length=200, required=False)
    item = forms.CharField(
        label="Minute number it is about",
        help_text="As printed, even where there is no such item.",
        max_length=50,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    left_meeting = forms.TypedChoiceField(
        label="Did they leave the meeting for it?",
        choices=[*_YES_NO, ("", "It does not say")],
        coerce=lambda given: given == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    nature = forms.CharField(label="What it is", required=False, widget=forms.Textarea({"rows": 3}))

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Begin with what was read."""
        value = value or {}
        left = {True: "yes", False: "no"}.get(value.get("left_meeting"), "")
        return {**value, "left_meeting": left}

    def value(self, before: Any) -> Any:
        """Give the declaration."""
        given = self.cleaned_data
        return {**given, "kind": given["kind"] or None, "item": given["item"] or None}


class AskCorrection(CorrectionForm):
    """A request, a recommendation, an undertaking or a decision."""

    text = forms.CharField(label="Exact words", widget=forms.Textarea({"rows": 4}))
    kind = forms.ChoiceField(
        label="What it is",
        choices=[
            ("request", "Request for information"),
            ("recommendation", "Recommendation"),
            ("undertaking", "Undertaking by an officer"),
            ("resolution", "Decision of the committee"),
        ],
        widget=forms.RadioSelect,
    )
    item = forms.CharField(
        label="Minute number",
        max_length=30,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    addressee = forms.CharField(label="Asked of", max_length=300, required=False)
    due_words = forms.CharField(
        label="When it is due, in the words of the minutes",
        help_text="For example, “in six months' time” or “to the next meeting”. The date follows from them.",
        max_length=200,
        required=False,
    )

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Begin with what was read."""
        return dict(value or {})

    def value(self, before: Any) -> Any:
        """Give the ask."""
        given = self.cleaned_data
        return {**given, "item": given["item"] or None}


_FORMS: Mapping[str, type[CorrectionForm]] = {
    "date": DateCorrection,
    "start": TimeCorrection,
    "end": TimeCorrection,
    "participation": ParticipationCorrection,
    "items": ItemCorrection,
    "declarations": DeclarationCorrection,
    "asks": AskCorrection,
}


def correction_form(field: str) -> type[CorrectionForm]:
    """Give the form for putting a field of this name right."""
    return _FORMS.get(field, TextCorrection)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "\n\n".join(text)


# --- Into a meeting


class CommitteeForm(forms.Form):
    """Whose minutes they are."""

    committee = forms.ModelChoiceField(
        Committee.objects.none(),
        label="Committee",
        empty_label="Choose a committee",
        error_messages={"required": "Choose the committee"},
    )

    def __init__(self, committees: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Into which meeting, and whether the committee has confirmed the minutes already."""

    into = forms.ChoiceField(
        label="Which meeting are these minutes of?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say which meeting these minutes are of"},
    )
    are_confirmed = forms.ChoiceField(
        label="Has the committee confirmed these minutes already?",
        help_text="Confirmed minutes are public at once. Others are a draft, which only those who keep "
        "committees see.",
        choices=[
            ("yes", "Yes, they were agreed as a correct record"),
            ("no", "No, or not yet: they are a draft"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the committee has confirmed these minutes"},
    )

    def __init__(
        self,
        committee: Committee,
        joins: Iterable[Join],
        others: Iterable[Any],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            *((str(each.meeting.pk), f"{each.meeting}. {each.why}") for each in joins),
            *((str(each.pk), str(each)) for each in others),
            ("new", f"A meeting of the {committee} that is not here yet"),
        ]


class WhoForm(forms.Form):
    """Whose a printed name is: one of the council's members, or somebody to be added to them."""

    name = forms.CharField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label="Who is this?", error_messages={"required": "Say who this is"})

    def __init__(
        self, unknown: Unknown | None, others: Iterable[Member], *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        likely = [(str(m.pk), f"{m}. {why}") for m, why in unknown.likely] if unknown else []
        known = {pk for pk, _ in likely}
        rest = [(str(m.pk), str(m)) for m in others if str(m.pk) not in known]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *([("May be", likely)] if likely else []),
            (
                "Nobody here yet: add them",
                [(f"new-{k}", label) for k, label in Member.Kind.choices],
            ),
            *([("Others of this committee", rest)] if rest else []),
        ]


class PartForm(WhyForm):
    """Why a printed name is not that member's."""

    name = forms.CharField(widget=forms.HiddenInput)
    member = forms.IntegerField(widget=forms.HiddenInput)


FIELD_LABELS = {
    "committee": "Committee",
    "council": "Council",
    "date": "Date",
    "venue": "Venue",
    "start": "Start",
    "end": "End",
    "chair": "In the chair",
    "participation": "Deadline for public participation",
    "present": "Present",
    "apologies": "Apologies",
    "in_attendance": "In attendance",
    "items": "Item",
    "declarations": "Declaration",
    "asks": "Request or decision",
}
"""What each field is called on a page."""


def label_of(field: ReadField | str) -> str:
    """Give what a field is called on a page."""
    name = field if isinstance(field, str) else field.field
    return FIELD_LABELS.get(name, name)
