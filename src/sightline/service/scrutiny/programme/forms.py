"""The forms of the work programme, of groups and of officers' reports. No decision is chosen beforehand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.indicators.definition import codes
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.scrutiny.identifying import what_may_identify
from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.models import (
    AskState,
    Committee,
    ForwardPlanEntry,
    Meeting,
    Member,
    Membership,
    ProgrammeEntry,
    Report,
    Suggestion,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme.actions import AHEAD
from sightline.service.scrutiny.programme.group_actions import NEXT, RESPONSES
from sightline.service.scrutiny.programme.scoring import Criteria, Score

NO_CHILD = "Do not name a child or family, or say anything by which one could be known."
MONTHS_AHEAD = 24
_NARROW = {"inputmode": "numeric", "class": "govuk-input--width-3"}


def area(rows: int) -> forms.Textarea:
    """Give a text area of so many rows."""
    return forms.Textarea({"rows": rows})


class NoChild(forms.BaseForm):
    """A form whose free texts may not tell who a child or family is (TRK-12)."""

    def clean(self) -> Any:
        """Look at each text, and say of which kind what was found is, without repeating it."""
        cleaned = super().clean()
        for name, said in list(self.cleaned_data.items()):
            written = isinstance(said, str) and type(self.fields[name]) is forms.CharField
            if written and (found := what_may_identify(said)):
                self.add_error(name, f"{found} Write it so that it does not.")
        return cleaned


class PlaceField(forms.ChoiceField):
    """Where an entry stands: at a meeting still to be held, in a month, or nowhere yet.

    Its value is a dict with `meeting` and `month`, at most one of them set.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label="When",
            help_text="A meeting that is called or planned, or a month where none is yet.",
            error_messages={"required": "Select when"},
            **more,
        )
        self.meetings: dict[str, Meeting] = {}

    def offer(self, committee: Committee, entry: ProgrammeEntry | None = None) -> None:
        """Offer the meetings ahead of a committee, and the months to come."""
        ahead = committee.meetings.filter(state__in=AHEAD, day__gte=timezone.localdate())
        self.meetings = {
            f"meeting-{each.pk}": each
            for each in ahead.select_related("committee").order_by("day", "starts")[:60]
        }
        first = timezone.localdate().replace(day=1)
        months = [add_months(first, n) for n in range(MONTHS_AHEAD + 1)]
        if entry and entry.month and entry.month not in months:
            months.insert(0, entry.month)
        self.choices = [
            ("", "Choose"),
            *(
                [("Meetings", [(key, f"{m.day:%-d %B %Y}") for key, m in self.meetings.items()])]
                if self.meetings
                else []
            ),
            ("Months, where no meeting is called", [(f"{m:%Y-%m}", f"{m:%B %Y}") for m in months]),
            ("later", "Some time, not decided yet"),
        ]

    def clean(self, value: Any) -> Any:
        """Give the meeting, or the first day of the month."""
        chosen = super().clean(value)
        month = date.fromisoformat(f"{chosen}-01") if chosen[:2].isdigit() else None
        return {"meeting": self.meetings.get(chosen), "month": month}


def place_of(entry: ProgrammeEntry) -> str:
    """Give the choice an entry stands at."""
    if entry.meeting_id:
        return f"meeting-{entry.meeting_id}"
    return f"{entry.month:%Y-%m}" if entry.month else "later"


class TopicForm(NoChild, VersionedForm):
    """A topic that is followed."""

    since = DateField(label="Followed since", what="Followed since", initial=timezone.localdate)

    class Meta:
        model = Topic
        fields = ("title", "description", "committee", "review_months", "since", "indicators")
        labels = {
            "title": "Topic",
            "description": "What it is about",
            "committee": "Committee that follows it",
            "review_months": "On the agenda at least once in so many months",
            "indicators": "Indicators",
        }
        help_texts = {
            "title": "As people say it, for example “Missing children”.",
            "review_months": "The work programme warns once this time is over. Leave it empty where the "
            "topic need not come back.",
            "indicators": "Codes with spaces between, as MI-01 MI-02: their latest figures stand on the "
            "topic’s page.",
        }
        widgets = {"description": area(4), "review_months": forms.TextInput(_NARROW)}

    def clean_indicators(self) -> str:
        """Check each code, and keep them apart by one space."""
        given = str(self.cleaned_data["indicators"]).upper().replace(",", " ").split()
        unknown = [code for code in given if code not in codes()]
        if unknown:
            raise forms.ValidationError(f"There is no indicator {', '.join(unknown)}")
        return " ".join(dict.fromkeys(given))


class GatherForm(forms.Form):
    """Items and requests that belong under a topic, found by words."""

    mark_optional = False

    q = forms.CharField(label="Words in titles and requests", required=False, max_length=100)


class EntryForm(NoChild, VersionedForm):
    """What is to be looked at, why, and what is to come of it."""

    purpose = forms.CharField(
        label="Purpose",
        help_text="Why the committee looks at this, and what it wants to know.",
        widget=area(3),
        error_messages={"required": "Say why the committee looks at this"},
    )
    outcome = forms.CharField(
        label="Intended outcome",
        help_text="What should be different afterwards.",
        widget=area(3),
        error_messages={"required": "Say what should be different afterwards"},
    )

    class Meta:
        model = ProgrammeEntry
        fields = ("title", "topic", "purpose", "outcome", "invitees")
        labels = {"title": "What is looked at", "topic": "Topic"}
        widgets = {"invitees": area(3)}
        help_texts = {"invitees": "Posts rather than names where you can."}


class PlanForm(EntryForm):
    """The same, and when."""

    place = PlaceField()

    field_order = ("title", "topic", "place", "purpose", "outcome", "invitees")

    def __init__(self, *args: Any, committee: Committee, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].offer(committee)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """To which meeting or month, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = PlaceField()
    why = forms.CharField(
        label="Why does it move?",
        max_length=500,
        error_messages={"required": "Say why it moves"},
    )

    def __init__(self, *args: Any, entry: ProgrammeEntry, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].offer(entry.committee, entry)  # type: ignore[attr-defined]
        self.initial = {"version": entry.version, **self.initial}


class ReasonForm(forms.Form):
    """A reason, with the version of what it is about. `label` and `missing` are its words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(max_length=500)

    def __init__(
        self,
        *args: Any,
        version: int,
        label: str = "",
        hint: str = "",
        missing: str = "",
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        field = self.fields["why"]
        field.label, field.help_text, field.required = label, hint, bool(missing)
        field.error_messages["required"] = missing
        self.initial = {"version": version, **self.initial}


class SuggestionForm(NoChild, VersionedForm):
    """A subject somebody suggests."""

    class Meta:
        model = Suggestion
        fields = ("committee", "title", "why", "suggested_by")
        labels = {
            "committee": "Committee",
            "title": "What should be looked at?",
            "why": "Why does it matter?",
            "suggested_by": "Who suggests it",
        }
        help_texts = {
            "why": NO_CHILD,
            "suggested_by": "A name, a post, or “a member of the public”.",
        }
        widgets = {"why": area(5)}


class ScoreForm(forms.Form):
    """Points for each criterion. One left open is not scored, which is not 0."""

    mark_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, criteria: Criteria, score: Score, version: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._codes = {each.code: f"score_{n}" for n, each in enumerate(criteria.criteria)}
        self.initial = {"version": version, **self.initial}
        for each, given, _ in score.parts:
            name = self._codes[each.code]
            self.fields[name] = forms.TypedChoiceField(
                label=each.name,
                help_text=each.question,
                choices=[(number, f"{number}: {meaning}") for number, meaning in each.points],
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
            )
            if given is not None:
                self.initial.setdefault(name, given)

    @property
    def scores(self) -> dict[str, int]:
        """The points that were given, by criterion."""
        given = {code: self.cleaned_data.get(name) for code, name in self._codes.items()}
        return {code: points for code, points in given.items() if points is not None}


class DecideForm(NoChild, forms.Form):
    """Whether a suggestion is taken up, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Is it taken up?",
        choices=[("yes", "Yes, into the work programme"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is taken up"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="Whoever suggested it reads this. Say where it was decided, if at a meeting.",
        max_length=2000,
        widget=area(4),
        error_messages={"required": "Say why"},
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label="If it is, under which topic?",
        empty_label="A new topic of this title",
        required=False,
    )

    def __init__(self, *args: Any, version: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = {"version": version, **self.initial}


class ForwardPlanForm(NoChild, VersionedForm):
    """A decision the executive plans."""

    planned_for = DateField(label="Planned for", what="Planned for")
    notice_on = DateField(label="Notice published on", what="Notice published on", required=False)
    link = forms.URLField(
        label="Address of the forward plan", required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = ForwardPlanEntry
        fields = (
            "title",
            "decision_maker",
            "planned_for",
            "is_key",
            "is_private",
            "notice_on",
            "link",
            "topic",
            "committee",
        )
        labels = {
            "title": "Decision",
            "decision_maker": "Who decides",
            "is_key": "It is a key decision",
            "is_private": "It is to be taken in private",
            "committee": "Committee that follows it",
        }
        help_texts = {"decision_maker": "For example “Cabinet”, or the cabinet member’s post."}


class GroupForm(NoChild, VersionedForm):
    """What a task-and-finish group is about, who sits on it, what it heard and found."""

    class Meta:
        model = TaskGroup
        fields = ("title", "topic", "scope", "members", "evidence", "findings")
        labels = {
            "title": "Name of the group",
            "scope": "Scope",
            "members": "Members",
            "evidence": "Evidence heard",
            "findings": "Findings",
        }
        help_texts = {
            "scope": "What it looks at and what not, how, and by when.",
            "evidence": "Who was heard, what was read or visited, and when.",
            "findings": f"What the evidence shows. {NO_CHILD}",
        }
        widgets = {
            "scope": area(5),
            "evidence": area(6),
            "findings": area(8),
            "members": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, committee: Committee | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        of = committee or self.instance.committee
        now = Membership.objects.on().filter(committee=of).values("member")
        chosen = Q(pk__in=now)
        if self.instance.pk:
            chosen |= Q(task_groups=self.instance)
        members = Member.objects.filter(chosen).distinct()
        self.fields["members"].queryset = members  # type: ignore[attr-defined]
        if not members.exists():
            del self.fields["members"]


class SetUpGroupForm(GroupForm):
    """A new group: it has heard and found nothing yet."""

    class Meta(GroupForm.Meta):
        fields = ("title", "topic", "scope", "members")  # type: ignore[assignment]


class GroupStateForm(forms.Form):
    """How far a group has come now."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label="The group is now",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how far the group has come"},
    )
    on = DateField(label="Since", what="Since", initial=timezone.localdate)
    why = forms.CharField(
        label="Why, where it is closed without a report", max_length=500, required=False
    )

    def __init__(self, *args: Any, group: TaskGroup, **more: Any) -> None:
        super().__init__(*args, **more)
        after = NEXT[TaskGroup.State(group.state)]
        self.fields["state"].choices = [(each.value, each.label) for each in after]  # type: ignore[attr-defined]
        self.initial = {"version": group.version, **self.initial}


class RecommendForm(NoChild, forms.Form):
    """One recommendation of a group."""

    text = forms.CharField(
        label="Recommendation",
        help_text="One thing, by whom, by when, and how it will be seen that it was done.",
        max_length=4000,
        widget=area(4),
    )
    addressee = forms.CharField(
        label="To whom", max_length=300, help_text="The executive, a post, or a partner."
    )
    due_words = forms.CharField(
        label="By when",
        max_length=200,
        required=False,
        help_text="A day, as 30 June 2027, or a time, as “in six months’ time”.",
    )


class RespondForm(NoChild, forms.Form):
    """What the executive answered to one recommendation."""

    response = forms.ChoiceField(
        label="What did the executive answer?",
        choices=[(each.value, AskState(each).label) for each in RESPONSES],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the executive answered"},
    )
    text = forms.CharField(
        label="In its words",
        help_text="Where it is refused, or accepted in part, the reason.",
        max_length=10_000,
        widget=area(5),
    )
    by_name = forms.CharField(
        label="Who answered", max_length=200, help_text="For example “Cabinet, 12 May 2027”."
    )


class WholeResponseForm(NoChild, forms.Form):
    """What the executive answered to the report as a whole."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    response = forms.CharField(label="The executive’s response", max_length=20_000, widget=area(8))
    on = DateField(label="Received on", what="Received on")

    def __init__(self, *args: Any, group: TaskGroup, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = {
            "version": group.version,
            "response": group.response,
            "on": group.responded_on,
            **self.initial,
        }


class ReportForm(VersionedForm):
    """An officer's report, part by part, in the order in which it is printed."""

    has_background_papers = forms.TypedChoiceField(
        label="Are there background papers?",
        help_text="Documents that the report relies on to a material extent, other than published works.",
        choices=[("", "Not decided yet"), ("yes", "Yes"), ("no", "No, there are none")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    paragraph = forms.TypedChoiceField(
        label="Paragraph of Schedule 12A, where it is exempt",
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Report
        fields = (
            "committee",
            "title",
            "relevant_member",
            "relevant_officer",
            "purpose",
            "recommendations",
            "text",
            "appendices",
            "contact",
            "has_background_papers",
            "background_papers",
            "proper_officer",
            "privacy",
            "paragraph",
            "why_exempt",
        )
        labels = {
            "committee": "To",
            "relevant_member": "Relevant member",
            "relevant_officer": "Relevant officer",
            "purpose": "What the report is for",
            "recommendations": "Recommendations, one a line",
            "text": "Background and report",
            "contact": "Contact points, one a line",
            "proper_officer": "Proper officer, in this case",
            "privacy": "Who may read it",
            "why_exempt": "Why it is private",
        }
        help_texts = {
            "relevant_member": "For example “Cabinet Member for Children and Families”.",
            "recommendations": "They are lettered (a), (b) and so on, after “It is recommended that …:”.",
            "text": "An empty line between paragraphs, which are numbered for you. A line that begins with # "
            "and a space is a heading, one that begins with - and a space a point of a list. [figure 1] on a "
            f"line of its own is where the first figure stands. {NO_CHILD}",
            "background_papers": "Where there are any.",
            "proper_officer": "The relevant officer, if left empty.",
            "appendices": "Each as it is called.",
            "why_exempt": "Where it is exempt: why the public interest in keeping it private outweighs that "
            "in disclosing it.",
        }
        widgets = {
            "purpose": area(3),
            "recommendations": area(4),
            "text": area(18),
            "contact": area(3),
            "background_papers": area(3),
            "appendices": area(2),
            "privacy": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        given = self.instance.has_background_papers
        self.initial["has_background_papers"] = {True: "yes", False: "no"}.get(given, "")
        self.fields["paragraph"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *(
                (each.number, f"{each.number}: {each.words[:110]}")
                for each in paragraphs().values()
            ),
        ]
        self.fields["privacy"].choices = Privacy.choices  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """Ask of an exempt report which paragraph makes it so, and why."""
        cleaned = super().clean()
        if self.cleaned_data.get("privacy") == Privacy.EXEMPT:
            if not self.cleaned_data.get("paragraph"):
                self.add_error("paragraph", "Select the paragraph that makes it exempt")
            if not self.cleaned_data.get("why_exempt"):
                self.add_error("why_exempt", "Say why it is private")
        return cleaned


class FigureForm(forms.Form):
    """Which figure to quote: an indicator, and by what it is broken down."""

    indicator = forms.ChoiceField(label="Indicator")
    by = forms.ChoiceField(label="Broken down by", required=False)

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[tuple[str, str]],
        dimensions: Mapping[str, str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["indicator"].choices = [("", "Choose"), *indicators]  # type: ignore[attr-defined]
        self.fields["by"].choices = [("", "Nothing: the whole authority"), *dimensions.items()]  # type: ignore[attr-defined]


class ClearForm(forms.Form):
    """That a report goes on an agenda; where its text raises an alarm, why it may."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    although = forms.CharField(
        label="Why does it not tell who a child or family is?", max_length=500, widget=area(2)
    )

    def __init__(self, *args: Any, report: Report, alarm: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = {"version": report.version, **self.initial}
        if alarm:
            self.fields["although"].help_text = alarm
        else:
            del self.fields["although"]


class DecisionForm(NoChild, forms.Form):
    """What was decided upon a report."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.CharField(
        label="What was decided",
        help_text="As minuted, lettered like the recommendations.",
        max_length=10_000,
        widget=area(5),
    )
    on = DateField(label="Decided on", what="Decided on")
    minute = forms.CharField(
        label="Minute number",
        max_length=30,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )

    def __init__(self, *args: Any, report: Report, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = {
            "version": report.version,
            "decision": report.decision,
            "on": report.decided_on,
            "minute": report.decision_minute,
            **self.initial,
        }
