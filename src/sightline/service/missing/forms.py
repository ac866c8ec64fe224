"""Forms about missing and exploited children. No decision has a default."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from sightline.service.accounts.models import Locality, Person
from sightline.service.accounts.queries import holders
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import PARTS, DateField
from sightline.service.missing.actions.interviews import GRADES
from sightline.service.missing.models import (
    MissingEpisode,
    ProfileContribution,
    ReturnInterview,
)
from sightline.service.missing.states import INTERVIEWER
from sightline.service.missing.tools.reading import ANSWERS, Edition, Level
from sightline.service.protection.forms.parts import (
    WithMoment,
    line,
    long_text,
    moment_parts,
    radios,
    time_field,
    yes_no,
)

FOUND = "How and where was the child found?"


def _is_child() -> Any:
    return forms.BooleanField(
        label="No date of birth is known: I have made sure that this is a child", required=False
    )


def _district() -> Any:
    return forms.ModelChoiceField(
        Locality.objects.all(),
        label="In which district is it counted?",
        required=False,
        empty_label="Not known",
    )


class EpisodeForm(WithMoment, VersionedForm):
    """A time a child was missing, with the return where they have returned already.

    `asks_age`: whoever records somebody without a date of birth says that they are a child.
    """

    moments = ("", "police_", "returned_")

    kind = radios(
        "Missing, or away without leave?",
        MissingEpisode.Kind.choices,
        "Select which it is",
    )
    missing_from = radios("From where?", MissingEpisode.From.choices, "Select from where")
    risk = radios("How great is the risk?", MissingEpisode.Risk.choices, "Select the risk")
    risk_because = long_text("Why is the risk so?", rows=3)
    police_told = yes_no("Were the police told?", hint="Leave it open where you do not know.")
    police_day = DateField(
        label="When were they told?", what="The day they were told", required=False
    )
    police_time = time_field("At what time were they told?", required=False)
    police_reference = line("Their reference", most=100)
    circumstances = long_text(
        "What is known of it?",
        required=False,
        hint="Where, with whom, what was said before; what has been done to find the child.",
    )
    locality = _district()
    returned_day = DateField(
        label="If the child has returned already: on which day?",
        what="The day of the return",
        required=False,
    )
    returned_time = time_field("At what time did the child return?", required=False)
    found = long_text(FOUND, rows=3, required=False)
    harmed = yes_no("Did the child come to harm?", hint="Leave it open where you do not know.")
    late_because = line("If the return interview becomes late by this: why is it late?")
    is_child = _is_child()

    class Meta:
        model = MissingEpisode
        fields = (
            "kind", "missing_from", "risk", "risk_because", "police_told", "police_reference",
            "circumstances", "locality", "found", "harmed",
        )  # fmt: skip

    field_order = (
        "day", "time", "kind", "missing_from", "risk", "risk_because", "police_told", "police_day",
        "police_time", "police_reference", "circumstances", "locality",
    )  # fmt: skip

    def __init__(self, *args: Any, asks_age: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not asks_age:
            del self.fields["is_child"]
        self.fields["day"].label = "Missing since which day?"
        self.fields["time"].label = "Since what time?"
        kept = self.instance
        for name, moment in (("", kept.starts_at), ("police_", kept.police_told_at)):
            for part, value in moment_parts(moment).items():
                self.initial.setdefault(f"{name}{part}", value)
        if kept.pk is None or kept.returned_at is None:
            del self.fields["late_because"]
        if kept.pk is not None and kept.returned_at is None:
            for name in ("returned_day", "returned_time", "found", "harmed"):
                del self.fields[name]
        if kept.returned_at:
            self.fields["returned_day"].label = "On which day did the child return?"
            for name in ("returned_day", "returned_time", "found"):
                self.fields[name].required = True
            for part, value in moment_parts(kept.returned_at).items():
                self.initial.setdefault(f"returned_{part}", value)

    def clean(self) -> dict[str, Any]:
        """Ask for the time where a day is given; what else is needed the action says."""
        given = super().clean()
        if given.get("returned_day") and not given.get("returned_time"):
            self.add_error("returned_time", "Enter at what time the child returned")
        if given.get("police_time") and not given.get("police_day"):
            self.add_error("police_day", "Enter on which day the police were told")
        told_of_return = (
            given.get("returned_time") or given.get("found") or given.get("harmed") is not None
        )
        if told_of_return and "returned_day" in self.fields and not given.get("returned_day"):
            self.add_error("returned_day", "Enter when the child returned")
        if given.get("police_day") and not given.get("police_time"):
            self.add_error("police_time", "Enter at what time the police were told")
        if given.get("police_day") and not given.get("police_told"):
            self.add_error("police_told", "You gave a day: select that the police were told")
        return given

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column."""
        given = dict(self.cleaned_data)
        named = [f"{name}{part}" for name in self.moments for part in ("day", "time")]
        for name in ("version", "late_because", "is_child", *named):
            given.pop(name, None)
        given |= {"starts_at": self.moment, "police_told_at": self.moment_of("police_")}
        if "returned_day" in self.fields:
            given["returned_at"] = self.moment_of("returned_")
        return given


class EndForm(WithMoment):
    """That a child is no longer missing though they did not return."""

    reason = long_text(
        "Why is the child no longer missing without having returned?",
        rows=3,
        hint="For example: the child turned 18, died, or another authority took over.",
    )


class ReturnForm(WithMoment):
    """That a child has returned."""

    found = long_text(FOUND, rows=3)
    harmed = yes_no("Did the child come to harm?", hint="Leave it open where you do not know.")


def _person(label: str, empty: str) -> Any:
    return forms.ModelChoiceField(None, label=label, empty_label=empty, required=False)


def _holder() -> Any:
    return forms.ModelChoiceField(
        None,
        label="Who is to hold it?",
        empty_label="Choose who",
        help_text="Somebody independent of the child’s care, where there is anybody.",
    )


def _holders() -> Any:
    return holders(INTERVIEWER.policy.roles).order_by("name", "pk")


class OfferForm(WithMoment):
    """That a return interview was offered."""

    given_to = _holder()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["given_to"].queryset = _holders()  # type: ignore[attr-defined]


class GiveForm(VersionedForm):
    """Who is to hold a return interview."""

    given_to = _holder()

    class Meta:
        model = ReturnInterview
        fields = ("given_to",)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["given_to"].queryset = _holders()  # type: ignore[attr-defined]


class OfferedForm(WithMoment, VersionedForm):
    """When a return interview was first offered."""

    class Meta:
        model = ReturnInterview
        fields = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, value in moment_parts(self.instance.offered_at).items():
            self.initial.setdefault(name, value)


class DeclineForm(forms.Form):
    """Why a return interview was declined."""

    reason = line(
        "Why was it declined?",
        required=True,
        hint="In the child’s own words where they gave any.",
    )


class InterviewForm(WithMoment, VersionedForm):
    """A return interview that was held: the child's own words, and apart from them what one makes of it."""

    held_by = _person("Who held the interview?", "Somebody without an account here")
    interviewer = line("If they have no account here: their name", most=200)
    is_independent = yes_no("Are they independent of the child’s care?", required=True)
    own_words = long_text("What did the child say, in their own words?")
    judgement = long_text("Interviewer’s assessment")
    what_next = long_text("What happens next?", rows=3, required=False)
    late_because = line("If it was held later than 72 hours after the return: why?")

    class Meta:
        model = ReturnInterview
        fields = (
            "held_by", "interviewer", "is_independent", "own_words", "judgement", "what_next",
            "late_because",
        )  # fmt: skip

    field_order = ("day", "time", *Meta.fields)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Whoever held it stays the one who did, though they have left.
        theirs = Q(pk__in=_holders().values("pk")) | Q(pk=self.instance.held_by_id)
        held_by: Any = self.fields["held_by"]
        held_by.queryset = Person.objects.filter(theirs).order_by("name", "pk")
        if self.instance.held_by_id:
            self.initial["interviewer"] = ""  # the name of the account: it is chosen above
        for name, value in moment_parts(self.instance.completed_at).items():
            self.initial.setdefault(name, value)

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column."""
        given = dict(self.cleaned_data)
        for name in ("version", "day", "time"):
            given.pop(name)
        return {**given, "completed_at": self.moment}


class AuditForm(forms.Form):
    """What another makes of the quality of an interview, as they read it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    quality = radios(
        "How good is the interview?",
        [(str(grade), f"{grade}: {words}") for grade, words in GRADES.items()],
        "Select a grade",
    )
    quality_note = long_text("Why?", rows=4)


class ScreeningForm(forms.Form):
    """The questions of an edition, none answered beforehand; then, with the suggested level, the decision.

    `suggested` is the level that was shown for the answers sent; empty before any was.
    """

    edition = forms.CharField(widget=forms.HiddenInput)
    suggested = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, of: Edition, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.of = of
        self.initial.setdefault("edition", of.edition)
        for part in of.parts:
            for each in part.questions:
                self.fields[each.code] = asked = radios(
                    each.words, list(ANSWERS.items()), f"Answer “{each.words}”"
                )
                asked.widget.attrs["inline"] = True
            self.fields[f"shown_{part.code}"] = long_text(
                f"{part.name}: what shows it?", rows=2, required=False
            )

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by question."""
        return {each.code: self.cleaned_data[each.code] for each in self.of.questions}

    @property
    def shown_by(self) -> dict[str, str]:
        """What shows it, by part."""
        return {each.code: self.cleaned_data[f"shown_{each.code}"] for each in self.of.parts}

    def decide(
        self, suggested: Level, district: Locality | None, *, asks_age: bool = False
    ) -> None:
        """Ask for the level as well, none chosen beforehand; it is judged only where this level was shown.

        `asks_age`: whoever screens somebody without a date of birth says that they are a child.
        """
        shown = self.data.get("suggested") == suggested.code
        data = QueryDict(mutable=True)
        data.update(self.data)
        # What is sent next was decided with this level before one's eyes.
        data["suggested"] = suggested.code
        data.setdefault("locality", str(district.pk) if district else "")
        for part in PARTS:
            data.setdefault(f"made_on_{part}", str(getattr(timezone.localdate(), part)))
        self.data = data
        self.fields["level"] = radios(
            "Which level do you decide?",
            [(each.code, each.name) for each in self.of.levels],
            "Select the level",
        )
        self.fields["level_because"] = long_text(
            "If it is another than suggested, or not reviewed though not all is known: why?",
            rows=3,
            required=False,
        )
        self.fields["made_on"] = DateField(
            label="On which day was the child screened?", what="The day of the screening"
        )
        if asks_age:
            self.fields["is_child"] = _is_child()
        self.fields["next_step"] = long_text("What is done about it now?", rows=3, required=False)
        self.fields["locality"] = _district()
        self.is_decided = shown
        if shown:
            self.full_clean()


class ReviewForm(forms.Form):
    """A review of the risk; the level is none beforehand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="Which level is it now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the level"},
    )
    because = long_text("Why, and on what evidence?", rows=4)
    reviewed_on = DateField(
        label="On which day was the risk reviewed?",
        what="The day of the review",
        initial=timezone.localdate,
    )
    late_because = line("If it was later than the rule allows: why?")

    def __init__(self, levels: Sequence[Level], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (each.code, each.name if each.reviewed else f"{each.name}: the reviews end")
            for each in levels
        ]


NOTHING = "nothing"


class AnswerForm(forms.Form):
    """What came of a concern: something that is recorded of the child, or why nothing was opened."""

    came = forms.ChoiceField(
        label="What came of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what came of it"},
    )
    because = long_text("If nothing was opened: why?", rows=3, required=False)

    def __init__(self, recorded: Mapping[str, str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["came"].choices = [  # type: ignore[attr-defined]
            *recorded.items(),
            (NOTHING, "Nothing was opened"),
        ]


class ContributionForm(VersionedForm):
    """What an agency adds to the problem profile."""

    covers_from = DateField(label="Covers from", what="The first day")
    covers_until = DateField(label="Covers to", what="The last day")
    locality = forms.ModelChoiceField(
        Locality.objects.all(),
        label="Which district is it about?",
        required=False,
        empty_label="The whole authority",
    )
    text = long_text(
        "What does your agency know?",
        rows=8,
        hint="Places, times, patterns, how children are drawn in. No child’s name: agencies read it.",
    )
    names_nobody = forms.BooleanField(
        label="None of these words is a child’s name (for example, a street name)",
        required=False,
    )

    class Meta:
        model = ProfileContribution
        fields = ("covers_from", "covers_until", "locality", "text")

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AgreeForm(forms.Form):
    """Which meeting agreed the profile of the months that are shown, and when."""

    meeting = line("Which meeting agreed it?", most=200, required=True)
    agreed_on = DateField(label="On which day?", what="The day of the meeting")


EARLIEST = date(2010, 1, 1)
"""Before it nothing is looked for."""


class ProfileFilter(forms.Form):
    """Which months the profile covers."""

    mark_optional = False

    since = forms.DateField(
        label="From the month of", required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d", "%m/%Y"],
        help_text="For example 1/9/2026", error_messages={"invalid": "Enter a day as 1/9/2026"},
    )  # fmt: skip
    until = forms.DateField(
        label="To the month of", required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d", "%m/%Y"],
        help_text="For example 30/11/2026", error_messages={"invalid": "Enter a day as 30/11/2026"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse months that nothing can be counted of."""
        given = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            day = given.get(name)
            if day and day < EARLIEST:
                self.add_error(name, f"Enter a month from {EARLIEST:%B %Y} on")
            elif day and day.replace(day=1) > timezone.localdate():
                self.add_error(name, "Enter a month that is not in the future")
        return given


class ReportForm(WithMoment):
    """A child reported missing by a partner."""

    first_names = line("First names of the child", most=200)
    last_name = line("Last name", most=200)
    born = DateField(label="Date of birth", what="Date of birth", required=False)
    missing_from = radios("From where?", MissingEpisode.From.choices, "Select from where")
    concern = long_text(
        "What is known of it?",
        hint="Where, with whom, what was said; what is done to find the child.",
    )
    reference = line("Your agency’s reference", most=100)

    field_order = (
        "first_names", "last_name", "born", "day", "time", "missing_from", "concern", "reference",
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].label = "Missing since which day?"
        self.fields["time"].label = "Since what time?"

    def clean(self) -> dict[str, Any]:
        """Ask for a name at least."""
        given = super().clean()
        if not (given.get("first_names") or given.get("last_name")):
            self.add_error("first_names", "Enter the child’s name, as far as you know it")
        return given
