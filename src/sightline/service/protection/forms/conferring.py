"""Forms of conferences: how one is booked, who is invited, what it decided."""

from typing import Any

from django import forms

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.queries import holders
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.actions.conferring import AFTER, OUTCOMES
from sightline.service.protection.forms.parts import (
    WithMoment,
    categories,
    coded,
    line,
    long_text,
    moment_parts,
    radios,
    select,
    yes_no,
)
from sightline.service.protection.models import AgencyAtConference, Conference


class BookForm(WithMoment, VersionedForm):
    """When, where and how people meet, and who chairs."""

    mode = radios("How do people meet?", Conference.Mode.choices, "Select how people meet")
    venue = forms.CharField(
        label="Room, or how to join remotely",
        max_length=300,
        help_text="An address or a telephone number.",
    )
    chair = forms.ModelChoiceField(
        Person.objects.none(), label="Chair", empty_label="Choose the chair"
    )

    class Meta:
        model = Conference
        fields = ("mode", "venue", "chair")

    field_order = ("day", "time", "mode", "venue", "chair")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chair: Any = self.fields["chair"]
        chair.queryset = holders({"conference_chair"})
        for name, value in moment_parts(self.instance.booked_for).items():
            self.initial.setdefault(name, value)

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered, by column."""
        given = self.cleaned_data
        return {
            "booked_for": self.moment,
            **{name: given[name] for name in ("mode", "venue", "chair")},
        }


class InviteForm(forms.Form):
    """An agency that is invited."""

    agency = forms.ModelChoiceField(
        Agency.objects.all(), label="Agency", empty_label="Choose an agency"
    )
    name = line("Who comes?", most=200)
    report_due_on = DateField(label="When is its report due?", what="The day the report is due")


class InvitedForm(VersionedForm):
    """Who comes of an agency, and its report."""

    report_due_on = DateField(label="When is its report due?", what="The day", required=False)
    report_received_on = DateField(
        label="When did its report come?",
        what="The day",
        required=False,
        help_text="Leave it empty while it has not.",
    )

    class Meta:
        model = AgencyAtConference
        fields = ("name", "report_due_on", "report_received_on")
        labels = {"name": "Who comes?"}


class PutOffForm(forms.Form):
    """Why a conference is put off, in words and in the code that is told of one held late."""

    reason = long_text("Why?", rows=3)
    late_reason = radios(
        "Which of these is it?", Conference.LateReason.choices, "Select the reason"
    )
    late_agency = forms.ModelChoiceField(
        Agency.objects.all(),
        label="If it is for an agency: which?",
        required=False,
        empty_label="None",
    )


class HoldForm(WithMoment):
    """What a conference was and decided. Nothing is chosen beforehand."""

    participation = radios(
        "How did the child take part?", coded("participation"), "Select how the child took part"
    )
    child_view = long_text("What does the child say?")
    parent_view = long_text("What do the parents say?")
    is_quorate = yes_no("Were enough agencies there?", required=True)
    outcome = radios("What was decided?", (), "Select what was decided")
    category = radios("With a plan: under which category?", categories(), required=False)
    previous_plans = forms.IntegerField(
        label="With a new plan: how many plans has the child had before, ever?",
        required=False,
        min_value=0,
        max_value=20,
        help_text="Leave it empty if it is not known.",
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    after = radios("Without a plan: what does the child have instead?", AFTER, required=False)
    rationale = long_text("Why?", hint="It is part of the decision.")
    late_reason = select(
        "If it was held late: why?", Conference.LateReason.choices, "It was not late"
    )
    late_agency = forms.ModelChoiceField(
        Agency.objects.all(),
        label="If it was late for an agency: which?",
        required=False,
        empty_label="None",
    )
    late_note = line("If it was late: what else is to be said of that?")

    def __init__(self, conference: Conference, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(each.value, each.label) for each in OUTCOMES[conference.kind]]
        # Why it was put off is shown to the chair, who confirms or changes it where it was late.
        for name in ("late_reason", "late_agency", "late_note"):
            self.initial.setdefault(name, getattr(conference, name))
        self.invited = list(conference.agencies.select_related("agency"))
        for each in self.invited:
            self.fields[f"came_{each.pk}"] = radios(
                f"Was {each.agency} there?",
                [("room", "Yes, in the room"), ("remote", "Yes, remotely"), ("no", "No")],
                f"Select whether {each.agency} was there",
            )
        if conference.kind == Conference.Kind.REVIEW:
            del self.fields["previous_plans"]
        self.order_fields(["day", "time", *(f"came_{each.pk}" for each in self.invited)])

    @property
    def attended(self) -> dict[int, tuple[bool, bool]]:
        """Of each agency invited, by key: whether it came, and whether remotely."""
        given = {each.pk: self.cleaned_data[f"came_{each.pk}"] for each in self.invited}
        return {pk: (said != "no", said == "remote") for pk, said in given.items()}


class CorrectConferenceForm(HoldForm):
    """What is on record of a conference, corrected, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    corrected_because = line(
        "Why is it corrected?", required=True, hint="It is printed on the record."
    )

    def __init__(self, conference: Conference, *args: Any, **more: Any) -> None:
        made = getattr(conference, "plan_made", None)
        initial = {
            **moment_parts(conference.held_at),
            **{name: getattr(conference, name) for name in _SAID},
            "previous_plans": made.previous_plans if made else None,
            "version": conference.version,
        }
        came = {None: "", True: "room", False: "no"}
        for each in conference.agencies.all():
            remotely = each.attended and each.remotely
            initial[f"came_{each.pk}"] = "remote" if remotely else came[each.attended]
        super().__init__(conference, *args, initial=initial, **more)


_SAID = (
    "participation", "child_view", "parent_view", "is_quorate", "outcome", "category", "rationale",
)  # fmt: skip


class ApproveMinutesForm(forms.Form):
    """The minutes as their chair has read them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MinutesForm(VersionedForm):
    """The minutes of a conference."""

    minutes = long_text("Minutes", rows=20)

    class Meta:
        model = Conference
        fields = ("minutes",)
