"""The forms about asks. No state, colour or decision is chosen beforehand."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.scrutiny.asks.clocks import clocks
from sightline.service.scrutiny.asks.standing import LEVELS
from sightline.service.scrutiny.asks.who import possible_leads, saying
from sightline.service.scrutiny.identifying import what_may_identify
from sightline.service.scrutiny.models import (
    Ask,
    AskKind,
    AskState,
    Challenge,
    Committee,
    Impact,
    Item,
    Meeting,
    Reply,
    Topic,
)
from sightline.service.scrutiny.models.meetings import Privacy

_LONG = 20_000
_LINE = {"class": "govuk-input--width-20"}
_SHORT = {"class": "govuk-input--width-10"}


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class CheckedForm(forms.Form):
    """A form whose texts name no child: where one raises an alarm, a person says that it was checked.

    The box is there only then. `checked_fields` are the texts that are looked at.
    """

    checked_fields: tuple[str, ...] = ()
    checked = forms.BooleanField(
        label="I have checked: nothing in it tells who a child or family is", required=False
    )

    def alarm(self) -> str:
        """Say what in the texts may tell who a child is; empty where nothing does."""
        texts = (str(self.cleaned_data.get(name) or "") for name in self.checked_fields)
        return " ".join(dict.fromkeys(said for text in texts if (said := what_may_identify(text))))

    def clean(self) -> dict[str, Any]:
        """Ask for the check where a text raises an alarm."""
        cleaned = super().clean() or self.cleaned_data
        if (said := self.alarm()) and not cleaned.get("checked"):
            self.add_error("checked", f"{said} Take it out, or look again and tick this.")
        elif not said:
            self.fields["checked"].widget = forms.HiddenInput()
        return cleaned

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.is_bound:
            self.fields["checked"].widget = forms.HiddenInput()


class AskFilter(forms.Form):
    """What the list of requests is narrowed by."""

    mark_optional = False
    q = forms.CharField(label="Words", required=False, max_length=200)
    committee = forms.ModelChoiceField(
        Committee.objects.all(), required=False, empty_label="Every committee"
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any state"), ("open", "Not closed"), *AskState.choices],
    )
    rag = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[("", "Any"), ("overdue", "Overdue"), *LEVELS.items()],
    )
    lead = forms.ModelChoiceField(
        Person.objects.none(), label="Lead officer", required=False, empty_label="Anybody"
    )
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False, empty_label="Any topic")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        leads = Person.objects.filter(pk__in=Ask.objects.exclude(lead=None).values("lead"))
        self.fields["lead"].queryset = leads.order_by("name", "pk")  # type: ignore[attr-defined]

    def narrow(self, asks: "QuerySet[Ask]", person: Person) -> "QuerySet[Ask]":
        """Narrow asks `with_standing`; what was asked for wrongly narrows nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        for word in str(given.get("q") or "").split():
            asks = saying(person, asks, word)
        for name in ("committee", "lead", "topic"):
            if given.get(name):
                asks = asks.filter(**{name: given[name]})
        state, rag = given.get("state"), given.get("rag")
        if state == "open":
            asks = asks.exclude(state=AskState.CLOSED)
        elif state:
            asks = asks.filter(state=state)
        if rag == "overdue":
            return asks.filter(Q(late=1))
        return asks.filter(Q(rag=rag)) if rag else asks


class AddAskForm(CheckedForm):
    """A request that is entered by hand: from minutes, a group's report, a letter."""

    checked_fields = ("text", "public_summary")
    committee = forms.ModelChoiceField(Committee.objects.none())
    meeting = forms.ModelChoiceField(Meeting.objects.none(), required=False)
    minute = forms.CharField(
        label="Minute number", required=False, max_length=30, widget=forms.TextInput(_SHORT)
    )
    kind = forms.ChoiceField(label="What is it?", choices=AskKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Exact words",
        help_text="As they stand in the minutes.",
        max_length=_LONG,
        widget=_text(),
    )
    due_words = forms.CharField(
        label="When it is due, in the words of the minutes",
        help_text="For example “in six months’ time”, “next meeting”, “8 January 2019”, “when the roll-out "
        "takes place”. Leave it empty where they do not say.",
        required=False,
        max_length=200,
    )
    addressee = forms.CharField(label="Asked of", required=False, max_length=300)
    public_summary = forms.CharField(
        label="What the public may know of it",
        help_text="Only where it arose in private.",
        required=False,
        max_length=2000,
        widget=_text(2),
    )

    def __init__(self, committees: "QuerySet[Committee]", *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]
        held = Meeting.objects.filter(committee__in=committees, day__isnull=False)
        self.fields["meeting"].queryset = held.select_related("committee")[:200]  # type: ignore[attr-defined]
        # A sliced query cannot be searched again for what was chosen.
        self.fields["meeting"] = forms.TypedChoiceField(
            label="Meeting",
            required=False,
            coerce=lambda pk: held.select_related("committee").get(pk=pk),
            empty_value=None,
            choices=[("", "None")]
            + [(each.pk, str(each)) for each in held.select_related("committee")[:200]],
        )

    def clean(self) -> dict[str, Any]:
        """Find the minute in the meeting, and the meeting in the committee."""
        cleaned = super().clean()
        committee, meeting = cleaned.get("committee"), cleaned.get("meeting")
        number, item = str(cleaned.get("minute") or "").strip(), None
        if meeting and committee and meeting.committee_id != committee.pk:
            self.add_error("meeting", f"That was no meeting of {committee}.")
        elif number and not meeting:
            self.add_error("minute", "Say of which meeting the minute is.")
        elif number and meeting:
            item = Item.objects.filter(meeting=meeting, number=number).first()
            if item is None:
                self.add_error("minute", f"That meeting has no minute {number}.")
        return {**cleaned, "item": item}


class ChangeAskForm(VersionedForm):
    """Whose it is to answer, when it is due, what it is about."""

    due_words = forms.CharField(
        label="When it is due, in the words of the minutes",
        help_text="Only to have the date computed anew, for example from “in six months’ time”.",
        required=False,
        max_length=200,
    )
    due = DateField(label="Due", required=False)
    notice_received = DateField(
        label="Statutory notice received on",
        required=False,
        help_text="Only where a notice was given and received. A request noted in minutes is none.",
    )
    statutory_clock = forms.ChoiceField(
        label="Who received the notice?",
        required=False,
        choices=[("", "Nobody: no notice was given")],
    )

    class Meta:
        model = Ask
        fields = (
            *("summary", "kind", "addressee", "lead", "due", "recurs_months", "awaits"),
            *("topic", "indicator", "privacy", "public_summary"),
            *("notice_received", "statutory_clock"),
        )
        labels = {
            "summary": "In short",
            "addressee": "Asked of",
            "lead": "Lead officer",
            "recurs_months": "Asked again every so many months",
            "awaits": "Waits for an event",
            "indicator": "Indicator it is about",
            "public_summary": "What the public may know of it",
        }
        help_texts = {
            "lead": "Who is to answer it. They must have an account and a role that answers requests.",
            "recurs_months": "The next request is made once this one is answered.",
            "awaits": "For example “the roll-out in other districts”. It has no due date until then.",
            "indicator": "Its code, for example CP-05.",
            "public_summary": "Only where it arose in private.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "privacy": forms.RadioSelect,
            "recurs_months": forms.TextInput(
                {"class": "govuk-input--width-3", "inputmode": "numeric"}
            ),
            "indicator": forms.TextInput({"class": "govuk-input--width-5"}),
            "public_summary": _text(2),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["lead"].queryset = possible_leads()  # type: ignore[attr-defined]
        self.fields["kind"].choices = AskKind.choices  # type: ignore[attr-defined]
        self.fields["privacy"].choices = Privacy.choices  # type: ignore[attr-defined]
        self.fields["statutory_clock"].choices += [  # type: ignore[attr-defined]
            (each.code, each.name) for each in clocks()
        ]
        order = list(self.fields)
        order.insert(order.index("due") + 1, order.pop(order.index("due_words")))
        self.order_fields(order)

    def clean_recurs_months(self) -> int | None:
        """Accept one month to five years."""
        months: int | None = self.cleaned_data["recurs_months"]
        if months is not None and not 1 <= months <= 60:
            raise forms.ValidationError("Enter a number of months from 1 to 60")
        return months

    def clean_indicator(self) -> str:
        """Accept a code of the catalogue."""
        from sightline.indicators.definition import catalogue  # noqa: PLC0415 - read when it is needed

        code = str(self.cleaned_data["indicator"]).strip().upper()
        if code and code not in {each.code for each in catalogue()}:
            raise forms.ValidationError(f"There is no indicator {code}.")
        return code

    def clean_public_summary(self) -> str:
        """Refuse a summary that may tell who a child is."""
        text = str(self.cleaned_data["public_summary"])
        if said := what_may_identify(text):
            raise forms.ValidationError(said)
        return text

    def clean(self) -> dict[str, Any]:
        """Have a clock with a notice, and a notice with a clock."""
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("notice_received")) != bool(cleaned.get("statutory_clock")):
            missing = "statutory_clock" if cleaned.get("notice_received") else "notice_received"
            self.add_error(
                missing, "Give both the day the notice was received and who received it."
            )
        if cleaned.get("awaits") and cleaned.get("due"):
            self.add_error("awaits", "It either waits for an event or is due on a day.")
        return cleaned


class StepForm(forms.Form):
    """One step of a request, with what it needs; which fields it has depends on the step."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label="Why?", max_length=2000, widget=_text(3), required=False)
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="At which meeting?",
        required=False,
        empty_label="Choose a meeting",
    )
    minute = forms.CharField(
        label="Minute number", max_length=30, required=False, widget=forms.TextInput(_SHORT)
    )

    def __init__(self, ask: Ask, *args: Any, reason: bool, minuted: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["version"] = ask.version
        self.fields["why"].required = reason
        if not minuted:
            del self.fields["meeting"], self.fields["minute"]
            return
        held = Meeting.objects.filter(state__in=(Meeting.State.OPEN, Meeting.State.HELD))
        if ask.committee.ended is None:
            held = held.filter(committee=ask.committee)
        if ask.made_on:
            held = held.filter(day__gte=ask.made_on)
        self.fields["meeting"].queryset = held.select_related("committee")  # type: ignore[attr-defined]
        self.fields["meeting"].required = self.fields["minute"].required = True


class ReplyForm(CheckedForm):
    """An answer, and what shows it."""

    checked_fields = ("text", "evidence")
    text = forms.CharField(
        label="Answer",
        help_text="Do not name a child or family, or tell of them so that they can be made out. Figures are "
        "added in the next step.",
        max_length=_LONG,
        widget=_text(10),
    )
    evidence = forms.CharField(
        label="What shows it",
        help_text="A published figure, a report, a minute, where it can be read. Without evidence a request "
        "never turns green.",
        required=False,
        max_length=4000,
        widget=_text(3),
    )
    by_name = forms.CharField(
        label="On behalf of", required=False, max_length=200, widget=forms.TextInput(_LINE)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reply: Reply | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("text", "evidence", "by_name", "version"):
            if reply is not None:
                self.initial.setdefault(name, getattr(reply, name))


class WhyForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(label="Why?", max_length=2000, widget=_text(3))


class JudgeForm(forms.Form):
    """The colour of a request by judgement."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="How does it stand?",
        required=False,
        choices=[
            ("", "By its dates and replies"),
            ("red", "Red: progress is not acceptable"),
            ("amber", "Amber: progress is acceptable"),
            ("green", "Green: it is achieved, and evidence was sent"),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Why?", max_length=500, widget=_text(3), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask why, for any judgement."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("level") and not str(cleaned.get("why") or "").strip():
            self.add_error("why", "Say why, for everybody who reads it")
        return cleaned


class ImpactForm(VersionedForm):
    """What came of a request."""

    looked_on = DateField(label="Looked at again on")

    class Meta:
        model = Impact
        fields = ("baseline", "found", "change", "looked_on", "voices")
        labels = {
            "baseline": "As it was before",
            "found": "What was found?",
            "change": "What changed",
            "voices": "Whose voice was heard",
        }
        help_texts = {
            "baseline": "With its figure, date and definition where there is one.",
            "voices": "Children, families, staff, partners: who said so, and how.",
        }
        widgets = {
            "baseline": _text(3),
            "change": _text(3),
            "voices": _text(3),
            "found": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["found"].choices = Impact.Found.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask what changed where something did; refuse texts that may tell who a child is."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("found") == Impact.Found.YES and not cleaned.get("change"):
            self.add_error("change", "Say what changed")
        for name in ("baseline", "change", "voices"):
            if said := what_may_identify(str(cleaned.get(name) or "")):
                self.add_error(name, said)
        return cleaned


class EventForm(forms.Form):
    """The event a request waits for has come."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.CharField(label="What happened, and when", max_length=150)
    due = DateField(label="Due now on", what="Day it is due")


class ChallengeForm(VersionedForm):
    """A challenge of one body to another."""

    made_on = DateField(label="Made on")
    ended_on = DateField(label="Ended on", required=False)

    class Meta:
        model = Challenge
        fields = ("made_on", "made_by", "made_to", "text", "response", "outcome", "ended_on")
        labels = {"made_by": "Made by", "made_to": "Made to", "text": "Challenge"}
        widgets = {"text": _text(4), "response": _text(4), "outcome": forms.RadioSelect}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = Challenge.Outcome.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Have an end after the beginning, and no text that may tell who a child is."""
        cleaned = super().clean() or self.cleaned_data
        made, ended = cleaned.get("made_on"), cleaned.get("ended_on")
        if made and ended and ended < made:
            self.add_error("ended_on", "It cannot end before it was made")
        for name in ("text", "response"):
            if said := what_may_identify(str(cleaned.get(name) or "")):
                self.add_error(name, said)
        return cleaned


class CatalogueForm(forms.Form):
    """What the catalogue is searched for."""

    mark_optional = False
    q = forms.CharField(label="Search the catalogue", required=False, max_length=200)


class FigureForm(forms.Form):
    """Which figure of an indicator: its period, and broken down or within a district."""

    mark_optional = False
    period = forms.ChoiceField(label="Period")
    how = forms.ChoiceField(label="How is it broken down?", widget=forms.RadioSelect)
    district = forms.ChoiceField(
        label="District", help_text="Only for one district alone.", required=False
    )

    def __init__(
        self,
        periods: list[tuple[str, str]],
        by: tuple[str, ...],
        districts: tuple[str, ...],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        choices = [("", "Not at all: one figure of the whole authority")]
        choices += [(each, f"By {each}") for each in by]
        choices += [("within", "One district alone")] if districts and "district" in by else []
        if by == ("category",):
            choices = [("category", "The whole authority, by category")]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]
        self.fields["how"].required = False
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a district"),
            *((each, each) for each in districts),
        ]
        if len(choices) < 3:
            del self.fields["district"]

    def clean(self) -> dict[str, Any]:
        """Ask which district."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("how") == "within" and not cleaned.get("district"):
            self.add_error("district", "Choose the district")
        return cleaned


class TrackerForm(forms.Form):
    """A tracker kept elsewhere, as a table."""

    committee = forms.ModelChoiceField(Committee.objects.none())
    file = forms.FileField(
        label="Tracker",
        help_text="CSV or a workbook (.xlsx), with headings in its first row with words.",
    )

    def __init__(self, committees: "QuerySet[Committee]", *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]
