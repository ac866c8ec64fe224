"""The forms of committees, meetings, agendas, attendance and minutes."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.scrutiny.meetings.deadlines import clock
from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.meetings.queries import interest_kinds
from sightline.service.scrutiny.models import (
    AskKind,
    Attendance,
    Committee,
    Declaration,
    InterestKind,
    Item,
    Meeting,
    Member,
    Membership,
    Report,
    StandingItem,
)
from sightline.service.scrutiny.models.meetings import Privacy

_TIME = re.compile(r"(\d{1,2})(?:\s*[.:]\s*(\d{2}))?\s*(am|pm|noon)?", re.IGNORECASE)
NARROW = "govuk-input--width-5"


class ClockField(forms.CharField):
    """A time of day as people write it: `10.00am`, `10:00`, `5.30pm`, `17:30`."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput({"class": NARROW, "autocomplete": "off"}))
        super().__init__(max_length=20, **more)

    def prepare_value(self, value: Any) -> Any:
        """Show a time as councils write it."""
        return clock(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """Give the time; None where the field is empty and may be."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = _TIME.fullmatch(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = (found[3] or "").lower() if found else ""
        if half in ("am", "pm"):
            hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
        elif half == "noon":
            hour = hour if hour == 12 and minute == 0 else 99
        elif found and found[2] is None:
            hour = 99  # `10` alone may be either half of the day
        if hour > 23 or minute > 59:
            raise ValidationError(
                f"{self.label or 'The time'} must be a time, like 10.00am or 17:30"
            )
        return time(hour, minute)


class CommitteeForm(VersionedForm):
    """What is kept of a committee."""

    participation_time = ClockField(label="Time on that day", required=False)
    began = DateField(label="Began on", what="The day it began", required=False)
    ended = DateField(label="Abolished on", what="The day it was abolished", required=False)

    class Meta:
        model = Committee
        fields = (
            "name",
            "council",
            "kind",
            "terms_of_reference",
            "quorum",
            "quorum_source",
            "number_form",
            "number_runs",
            "clear_days",
            "participation_rule",
            "participation_days",
            "participation_time",
            "participation_to",
            "is_public",
            "began",
            "ended",
        )
        labels = {
            "quorum": "Quorum",
            "quorum_source": "Where the quorum stands",
            "clear_days": "Clear days of public notice",
            "participation_rule": "Deadline for public participation",
            "participation_days": "How many of them",
            "participation_to": "Who is told",
            "is_public": "Show this committee on the public site",
            "number_runs": "Which part of it goes up",
        }
        help_texts = {
            "quorum": "The number in the constitution. Leave it empty if you do not know it.",
            "quorum_source": "For example “Constitution, part 4, rule 6”.",
            "number_form": "For example 285, CS.01 or 53/24. The first item gets this number, the next the "
            "one after. Leave it empty if minutes have no numbers.",
            "clear_days": "The law of England asks for five. Neither the day of publication nor that of the "
            "meeting counts, nor weekends and bank holidays.",
            "participation_days": "1 with “working days” is the working day before the meeting.",
        }
        widgets = {
            "terms_of_reference": forms.Textarea({"rows": 6}),
            "quorum": forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
            "clear_days": forms.TextInput(
                {"inputmode": "numeric", "class": "govuk-input--width-2"}
            ),
            "participation_days": forms.TextInput(
                {"inputmode": "numeric", "class": "govuk-input--width-2"}
            ),
            "number_form": forms.TextInput({"class": "govuk-input--width-10"}),
        }


class MemberForm(VersionedForm):
    """What is kept of a member."""

    began = DateField(label="Elected or appointed on", what="The first day", required=False)
    ended = DateField(label="Ceased on", what="The last day", required=False)

    class Meta:
        model = Member
        fields = (
            "name",
            "kind",
            "party",
            "ward",
            "is_executive",
            "also_known_as",
            "began",
            "ended",
        )
        help_texts = {"also_known_as": "Other spellings in minutes, each on a line of its own."}
        widgets = {"also_known_as": forms.Textarea({"rows": 3})}


class SeatForm(forms.ModelForm):  # type: ignore[type-arg]
    """A place on a committee for a member."""

    starts = DateField(label="First day", what="The first day")

    class Meta:
        model = Membership
        fields = ("member", "position", "votes", "starts")
        labels = {"votes": "May vote"}
        help_texts = {"votes": "Most co-opted members may not, or on education functions alone."}

    def _post_clean(self) -> None:
        """Leave the judging to the action, which sees the committee too."""


class EndSeatForm(forms.Form):
    """The last day of a place."""

    last_day = DateField(label="Last day", what="The last day")


class StandingItemForm(forms.Form):
    """One more item on every agenda."""

    kind = forms.ChoiceField(label="Kind", choices=StandingItem.Kind.choices)
    title = forms.CharField(label="Title", max_length=200)


class MeetingForm(VersionedForm):
    """When and where a meeting is held."""

    day = DateField(label="Date", what="The date")
    starts = ClockField(label="Starts at", help_text="For example 10.00am.")
    webcast = forms.URLField(label="Address of the webcast", required=False, assume_scheme="https")

    class Meta:
        model = Meeting
        fields = ("day", "starts", "venue", "webcast")


class OpenForm(forms.Form):
    """Who presides."""

    chair = forms.CharField(label="Who is in the chair?", max_length=200)


class CloseForm(forms.Form):
    """When a meeting ended."""

    ended = ClockField(label="Ended at", help_text="For example 12.05pm.")


class WhyForm(forms.Form):
    """Why a meeting was not held."""

    why = forms.CharField(
        label="Why?",
        max_length=500,
        help_text="The public reads this.",
        widget=forms.Textarea({"rows": 3}),
    )


class UrgencyForm(forms.Form):
    """The chair's reason for what comes late."""

    urgency = forms.CharField(
        label="Why does the chair rule it urgent?",
        help_text="Only where it is later than the notice allows. The special circumstances, as the minutes "
        "will state them.",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


def _paragraph_choices() -> list[tuple[str, str]]:
    return [("", "None: it is public or confidential")] + [
        (str(each.number), f"{each.number}. {each.words}") for each in paragraphs().values()
    ]


class PrivacyMixin(forms.Form):
    """Whether something is private, under which paragraph, and why."""

    privacy = forms.ChoiceField(
        label="May the public read it?",
        choices=[
            (Privacy.PUBLIC, "Yes, it is public"),
            (Privacy.EXEMPT, "No, it is exempt: by resolution, under a paragraph of Schedule 12A"),
            (Privacy.CONFIDENTIAL, "No, it is confidential: the law leaves no choice"),
        ],
        initial=Privacy.PUBLIC,
        widget=forms.RadioSelect,
    )
    paragraph = forms.TypedChoiceField(
        label="Paragraph of Schedule 12A",
        choices=_paragraph_choices,
        coerce=int,
        empty_value=None,
        required=False,
    )
    why_exempt = forms.CharField(
        label="Why it is private",
        help_text="Why the public interest in keeping it private outweighs that in disclosing it. The public "
        "reads this: say nothing that is private.",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ItemForm(PrivacyMixin, VersionedForm):
    """An item of an agenda."""

    class Meta:
        model = Item
        fields = (
            "title",
            "planned",
            "presenter",
            "topic",
            "privacy",
            "paragraph",
            "why_exempt",
            "urgency",
        )
        labels = {"topic": "Topic it belongs to", "urgency": "Why the chair rules it urgent"}
        help_texts = {
            "planned": "What the committee is asked to do. An empty line begins a new paragraph.",
            "urgency": "Only where it comes later than the notice allows.",
        }
        widgets = {
            "planned": forms.Textarea({"rows": 5}),
            "urgency": forms.Textarea({"rows": 2}),
        }

    def _post_clean(self) -> None:
        """Leave the judging to the action, which sees the agenda too."""


MOST_UPLOADED = "A PDF of at most 30 MB."


class PaperForm(PrivacyMixin):
    """A paper of an item."""

    title = forms.CharField(label="Title", max_length=300)
    file = forms.FileField(
        label="PDF",
        help_text=f"{MOST_UPLOADED} With neither a PDF nor a report it is “to follow”.",
        required=False,
    )
    report = forms.ModelChoiceField(
        label="Or a report written here",
        queryset=Report.objects.none(),
        required=False,
        empty_label="None",
    )
    urgency = forms.CharField(
        label="Why the chair rules it urgent",
        help_text="Only where it comes later than the notice allows.",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, committee: Committee, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        cleared = Report.objects.filter(committee=committee, state=Report.State.CLEARED)
        self.fields["report"].queryset = cleared  # type: ignore[attr-defined]
        self.order_fields(
            ["title", "file", "report", "privacy", "paragraph", "why_exempt", "urgency"]
        )

    def clean(self) -> dict[str, Any] | None:
        """One of the two at most."""
        given = super().clean() or self.cleaned_data
        if given.get("file") and given.get("report"):
            self.add_error("report", "Give a PDF or a report, not both")
        return given


class SupplyForm(forms.Form):
    """The PDF of a paper that was to follow."""

    file = forms.FileField(label="PDF", help_text=MOST_UPLOADED)
    urgency = forms.CharField(
        label="Why the chair rules it urgent",
        help_text="Only where it comes later than the notice allows.",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class AttendedForm(forms.Form):
    """One expected member in the list that is taken at the meeting."""

    mark_optional = False
    status = forms.ChoiceField(
        label="Attendance",
        choices=[("", "Not taken yet"), *Attendance.Status.choices],
        required=False,
    )
    came_at = ClockField(label="Came at, if late", required=False)
    left_at = ClockField(label="Left at, if early", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class AttendeeForm(forms.Form):
    """Somebody more who was there."""

    capacity = forms.ChoiceField(
        label="In which right",
        choices=[
            (value, label)
            for value, label in Attendance.Capacity.choices
            if value != Attendance.Capacity.MEMBER
        ],
    )
    member = forms.ModelChoiceField(
        label="Councillor or member kept here",
        queryset=Member.objects.all(),
        required=False,
        empty_label="Nobody kept here",
    )
    name = forms.CharField(label="Or the name", max_length=200, required=False)
    post = forms.CharField(label="Post or body", max_length=300, required=False)
    substitute_for = forms.ChoiceField(label="In whose place", required=False)
    status = forms.ChoiceField(
        label="How",
        choices=[
            (Attendance.Status.PRESENT, "In the room"),
            (Attendance.Status.REMOTE, "Remotely"),
        ],
        initial=Attendance.Status.PRESENT,
    )
    came_at = ClockField(label="Came at, if late", required=False)
    left_at = ClockField(label="Left at, if early", required=False)

    def __init__(self, members: list[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "Nobody’s"), *((name, name) for name in members)]
        self.fields["substitute_for"].choices = choices  # type: ignore[attr-defined]


class CorrectAttendanceForm(VersionedForm):
    """A correction of what was taken."""

    came_at = ClockField(label="Came at, if late", required=False)
    left_at = ClockField(label="Left at, if early", required=False)
    corrected_because = forms.CharField(label="Why is it corrected?", max_length=300)

    class Meta:
        model = Attendance
        fields = ("status", "post", "substitute_for", "came_at", "left_at")
        labels = {"status": "Attendance", "substitute_for": "In whose place"}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("corrected_because", "")


class DeclareForm(forms.Form):
    """An interest, or a party whip, that somebody declares."""

    who = forms.ChoiceField(label="Who declares it")
    what = forms.ChoiceField(
        label="What",
        choices=[("interest", "An interest"), ("whip", "A party whip")],
        initial="interest",
        widget=forms.RadioSelect,
    )
    kind = forms.ModelChoiceField(
        label="Kind of interest",
        queryset=InterestKind.objects.none(),
        required=False,
        empty_label="Choose a kind",
    )
    item = forms.ModelChoiceField(
        label="In which item",
        queryset=Item.objects.none(),
        required=False,
        empty_label="No item in particular",
    )
    nature = forms.CharField(
        label="Nature", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, meeting: Meeting, people: list[Attendance], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {str(row.pk): row for row in people}
        choices = [("", "Choose a person"), *((pk, row.name) for pk, row in self.people.items())]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        kinds = interest_kinds(meeting.day)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["item"].queryset = meeting.items.order_by("position")  # type: ignore[attr-defined]


class LeavingForm(VersionedForm):
    """Whether somebody left the room, when, and when they returned."""

    left = forms.TypedChoiceField(
        label="Did they leave the room?",
        choices=[("", "Not recorded"), ("yes", "Yes"), ("no", "No, they stayed")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    left_at = ClockField(label="Left at", required=False)
    returned_at = ClockField(label="Returned at", required=False)

    class Meta:
        model = Declaration
        fields = ("left", "left_at", "returned_at")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["left"] = {None: "", True: "yes", False: "no"}[self.instance.left]


class MinuteForm(VersionedForm):
    """What is minuted under an item."""

    class Meta:
        model = Item
        fields = ("minute", "public_summary")
        labels = {"public_summary": "What the public reads of it"}
        help_texts = {
            "minute": "An empty line begins a new paragraph. Name no child and no family.",
            "public_summary": "This item is private: a summary without anything exempt or confidential.",
        }
        widgets = {
            "minute": forms.Textarea({"rows": 16}),
            "public_summary": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["minute"].required = True
        if self.instance.privacy == Privacy.PUBLIC:
            del self.fields["public_summary"]


class AskForm(forms.Form):
    """Words of a minute that are a resolution, a request or an undertaking."""

    kind = forms.ChoiceField(label="What is it?", choices=AskKind.choices, initial=AskKind.REQUEST)
    text = forms.CharField(
        label="Exact words",
        help_text="Copy them from the minute above, from the first word to the last.",
        widget=forms.Textarea({"rows": 3}),
    )
    addressee = forms.CharField(label="Asked of", max_length=300, required=False)
    due_words = forms.CharField(
        label="When it is due, as the minute says it",
        help_text="For example “in six months’ time” or “at the next meeting”. Leave it empty if the minute "
        "does not say.",
        max_length=200,
        required=False,
    )
    public_summary = forms.CharField(
        label="What the public reads of it",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, item: Item, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if item.privacy == Privacy.PUBLIC:
            del self.fields["public_summary"]


class ConfirmForm(forms.Form):
    """At which meeting minutes are confirmed, and one correction where there is one."""

    at = forms.ModelChoiceField(
        label="At which meeting are they confirmed?",
        queryset=Meeting.objects.none(),
        empty_label="Choose a meeting",
    )

    def __init__(self, meeting: Meeting, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        later = Meeting.objects.filter(
            committee=meeting.committee_id, state__in=(Meeting.State.OPEN, Meeting.State.HELD)
        ).exclude(pk=meeting.pk)
        later = later.select_related("committee")
        if meeting.day:
            later = later.filter(day__gte=meeting.day)
        self.fields["at"].queryset = later.order_by("day", "pk")  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """A correction the committee makes before it confirms. Empty where there is none."""

    item = forms.ModelChoiceField(
        label="Minute",
        queryset=Item.objects.none(),
        required=False,
        empty_label="None in particular, as the attendance",
    )
    before = forms.CharField(
        label="Words as they stand", required=False, widget=forms.Textarea({"rows": 2})
    )
    after = forms.CharField(
        label="Words as corrected", required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, meeting: Meeting, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["item"].queryset = meeting.items.exclude(minute="")  # type: ignore[attr-defined]

    @property
    def is_given(self) -> bool:
        """Whether anything was entered."""
        return any(self.cleaned_data.get(name) for name in ("item", "before", "after"))


class SignForm(forms.Form):
    """Who signed, and when."""

    by_name = forms.CharField(label="Who signed them, presiding?", max_length=200)
    on = DateField(label="On which day?", what="The day of signing")


class InterestKindForm(forms.Form):
    """A kind of interest from a day on."""

    name = forms.CharField(label="Name", max_length=100)
    effect = forms.ChoiceField(label="What the member does", choices=InterestKind.Effect.choices)
    starts = DateField(label="From", what="The first day", required=False)
    source = forms.CharField(label="Where it stands", max_length=300, required=False)


class YearForm(forms.Form):
    """A municipal year, by the year it begins in, or the last twelve months."""

    mark_optional = False
    year = forms.TypedChoiceField(label="Meetings of", coerce=int, empty_value=None, required=False)

    def __init__(self, years: list[int], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "The last 12 months")]
        choices += [(str(year), f"May {year} to April {year + 1}") for year in years]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
