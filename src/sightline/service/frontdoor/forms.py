"""The forms that officers, managers, agencies and the board fill in. No decision is chosen beforehand."""

import tomllib
from typing import Any

from django import forms
from django.utils import timezone

from sightline.clocks.rules import rule_on
from sightline.records.codes import codes
from sightline.service.accounts.models import Agency
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    Guidance,
    Level,
    OutcomeNotice,
    ReferralForm,
    TriageAttendance,
    TriagedContact,
)
from sightline.service.frontdoor.models.decisions import Outcome
from sightline.service.frontdoor.questions import ChildForm
from sightline.service.frontdoor.seeds.reading import concerns, reasons_for

_LONG = 10_000


def _long(label: str, said: str, *, rows: int = 5, required: bool = True, hint: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=_LONG,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": said},
    )


def _radios(label: str, choices: Any, said: str, *, required: bool = True, hint: str = "") -> Any:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": said},
    )


def _kinds(day: Any = None) -> list[tuple[str, str]]:
    on = day or timezone.localdate()
    offered = [(each.code, each.name) for each in concerns() if not each.until or on <= each.until]
    return [("", "Not said yet"), *offered]


def _sources() -> list[tuple[str, str]]:
    return [("", "Not said"), *codes("referral_source").items()]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = _long("Why?", "Say why", rows=3)


class PriorityForm(VersionedForm):
    """How urgent a contact is, and why."""

    priority = _radios(
        "How urgent is it?", Contact.Priority.choices, "Select how urgent the contact is"
    )
    priority_because = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why it is so urgent, or is not"},
    )

    class Meta:
        model = Contact
        fields = ("priority", "priority_because")


class ContactForm(VersionedForm):
    """What is known of a contact beside what the referrer wrote."""

    kind = forms.ChoiceField(label="Kind of concern", choices=_kinds, required=False)
    source = forms.ChoiceField(label="Who made the contact", choices=_sources, required=False)

    class Meta:
        model = Contact
        fields = (
            "kind", "missing", "exploitation", "locality", "team", "source", "agency", "referrer_name",
            "referrer_role", "referrer_phone", "referrer_email",
        )  # fmt: skip
        labels = {
            "missing": "A child is missing, or was lately",
            "exploitation": "Exploitation is feared",
            "locality": "Locality",
            "team": "Team",
            "agency": "Agency of the referrer",
            "referrer_name": "Name of the referrer",
            "referrer_role": "Their job",
            "referrer_phone": "Their telephone number",
            "referrer_email": "Their e-mail address",
        }
        help_texts = {
            "locality": "Where the child lives: the officers and managers of it see the contact.",
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, said in (("locality", "None yet"), ("team", "None yet"), ("agency", "None")):
            choose: Any = self.fields[name]
            choose.empty_label = said


class AddChildForm(ChildForm):
    """One more child that a contact is about."""

    def clean(self) -> dict[str, Any]:
        """Ask for something."""
        data = super().clean()
        if not self.errors and self.is_empty:
            raise forms.ValidationError("Enter something about the child")
        return data


class PhoneForm(forms.Form):
    """A contact that somebody makes by telephone, or in another way without a form."""

    way = _radios(
        "How did it come?",
        [(x.value, x.label) for x in (Contact.Way.PHONE, Contact.Way.EMAIL, Contact.Way.IN_PERSON)],
        "Select how the contact came",
    )
    concern = _long("What is the worry?", "Write down what the worry is", rows=6)
    missing = forms.BooleanField(label="A child is missing, or was lately", required=False)
    exploitation = forms.BooleanField(label="Exploitation is feared", required=False)
    kind = forms.ChoiceField(label="Kind of concern", choices=_kinds, required=False)
    source = forms.ChoiceField(label="Who makes the contact", choices=_sources, required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label="Agency",
        required=False,
        empty_label="None, or not on this list",
    )
    is_anonymous = forms.BooleanField(label="They do not give a name", required=False)
    referrer_name = forms.CharField(label="Their name", max_length=200, required=False)
    referrer_phone = forms.CharField(label="Their telephone number", max_length=50, required=False)
    referrer_email = forms.EmailField(label="Their e-mail address", required=False)
    consent = _radios(
        "Does the family agree that this is shared?",
        Contact.Consent.choices,
        "Select what is known of consent",
    )
    consent_from = forms.CharField(
        label="If they do: who agreed, and when?", max_length=300, required=False
    )
    override_basis = forms.ChoiceField(
        label="If they do not, or were not asked: on what ground is it shared?",
        choices=lambda: [("", "Not said"), *reasons_for("consent", timezone.localdate())],
        required=False,
    )
    override_reason = _long(
        "And why does it go ahead?", "Say why it goes ahead", rows=3, required=False
    )
    priority = _radios(
        "How urgent is it?", Contact.Priority.choices, "Select how urgent the contact is"
    )
    priority_because = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say why it is so urgent, or is not"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with consent."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        consent = data.get("consent")
        if consent == Contact.Consent.GIVEN and not data.get("consent_from"):
            self.add_error("consent_from", "Say who gave consent, and when")
        if consent in (Contact.Consent.REFUSED, Contact.Consent.NOT_SOUGHT):
            if not data.get("override_basis"):
                self.add_error("override_basis", "Select on what ground it is shared")
            if not data.get("override_reason"):
                self.add_error("override_reason", "Say why it goes ahead without consent")
        return data


class AskForm(forms.Form):
    """A question to an agency."""

    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label="Which agency?",
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
    question = _long(
        "What do you ask?",
        "Write what you ask",
        hint="Ask for no more than you need.",
    )
    lawful_basis = _radios("On which lawful basis?", (), "Select the lawful basis")
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

    def __init__(self, contact: Contact, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        children = contact.children.select_related("person")
        chosen: Any = self.fields["children"]
        chosen.queryset = children
        chosen.label_from_instance = lambda child: child.name
        basis: Any = self.fields["lawful_basis"]
        basis.choices = reasons_for("asking", timezone.localdate())
        self.initial.setdefault("hours", rule_on("INFO", timezone.localdate()).number)


class AnswerForm(forms.Form):
    """What an agency answers: one of three."""

    what = _radios(
        "What is the answer?",
        [
            ("reply", "This is what is known"),
            ("nothing", "Nothing is held about these children"),
            ("refused", "It cannot be shared"),
        ],
        "Select what the answer is",
    )
    reply = _long(
        "What is known", "", rows=8, required=False, hint="As the record has it, with dates."
    )
    refused_because = _long("If it cannot be shared: why?", "", rows=3, required=False)

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
    field_order = ("replied_by",)


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

    reason = _long(
        "If answers are missing: why does it go on without them?", "", rows=3, required=False
    )


class AnalysisForm(forms.Form):
    """What one makes of the information."""

    text = _long(
        "What do you make of it?",
        "Write what you make of the information",
        rows=8,
        hint="Judgement, not the information again: that stands above, as it was given.",
    )


class SharingForm(forms.Form):
    """Something shared, or not."""

    what = _long("What is it about?", "Say what it is about", rows=3)
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label="With which agency?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency"},
    )
    is_shared = _radios(
        "Is it shared?",
        [("yes", "Yes, it is shared"), ("no", "No, it is not")],
        "Select whether it is shared",
    )
    lawful_basis = forms.ChoiceField(
        label="If it is: on which lawful basis?",
        choices=lambda: [("", "Not said"), *reasons_for("sharing", timezone.localdate())],
        required=False,
    )
    why_not = _long("If it is not: why?", "", rows=3, required=False)
    escalated_to = forms.CharField(
        label="And to whom is the refusal taken?", max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the basis, or for the reason and who hears of it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_shared") == "yes" and not data.get("lawful_basis"):
            self.add_error("lawful_basis", "Select the lawful basis")
        if data.get("is_shared") == "no":
            if not data.get("why_not"):
                self.add_error("why_not", "Say why it is not shared")
            if not data.get("escalated_to"):
                self.add_error("escalated_to", "Say to whom the refusal is taken")
        return data


class AttendanceForm(forms.Form):
    """Whether one agency was at a triage."""

    status = forms.ChoiceField(
        label="Was it there?",
        choices=[("", "Not recorded"), *TriageAttendance.Status.choices],
        required=False,
    )
    name = forms.CharField(label="Who", max_length=200, required=False)
    fill_by = DateField(
        label="If the post is vacant: to be filled by", what="To be filled by", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask by when a vacant post is to be filled."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        vacant = data.get("status") == TriageAttendance.Status.VACANT
        if vacant and not data.get("fill_by") and "fill_by" not in self.errors:
            self.add_error("fill_by", "Enter by when the post is to be filled")
        if not vacant:
            data["fill_by"] = None
        return data


class DiscussionForm(VersionedForm):
    """What was said of a contact at a triage."""

    discussion = _long("What was said", "Write what was said", rows=5)
    decision = _long("What was decided", "Write what was decided", rows=3)
    actions = _long("What is to be done, by whom, by when", "", rows=3, required=False)

    class Meta:
        model = TriagedContact
        fields = ("discussion", "decision", "actions")


class RecommendForm(forms.Form):
    """What is recommended. Nothing is chosen beforehand."""

    outcome = _radios("What should become of it?", Outcome.choices, "Select an outcome")
    level = forms.ModelChoiceField(
        Level.objects.none(),
        label="Which level of need is it?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the level of need"},
    )
    rationale = _long("Why?", "Say why", rows=6, hint="On what information, weighed how.")
    offered_instead = _long(
        "If social care does not help: what was offered instead?",
        "",
        rows=3,
        required=False,
        hint="Where nothing was, say so and why.",
    )
    taken_up = _radios(
        "If something was offered: was it taken up?",
        [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        "",
        required=False,
    )

    def __init__(self, contact: Contact, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        level: Any = self.fields["level"]
        level.queryset = Level.objects.filter(guidance=contact.guidance_id)


class DecideForm(forms.Form):
    """What another, qualified person decides. Nothing is chosen beforehand."""

    decision = _radios(
        "What do you decide?",
        [
            ("return", "Return it to the officer"),
            ("authorise", "Authorise what is recommended"),
            ("another", "Authorise another outcome"),
        ],
        "Select what you decide",
    )
    outcome = forms.ChoiceField(
        label="If another outcome: which?",
        choices=[("", "Choose an outcome"), *Outcome.choices],
        required=False,
    )
    offered_instead = _long(
        "If by it social care does not help: what was offered instead?", "", rows=3, required=False
    )
    rationale = _long("Why?", "Say why: it is part of the decision", rows=5)

    def clean(self) -> dict[str, Any]:
        """Ask which other outcome."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == "another" and not data.get("outcome"):
            self.add_error("outcome", "Choose the outcome you authorise")
        return data


class TellForm(forms.Form):
    """How the referrer was told, or why nobody can be."""

    how = _radios(
        "How is the referrer told?", OutcomeNotice.How.choices, "Select how they are told"
    )
    sent_to = forms.CharField(
        label="To which e-mail address, number or postal address?", max_length=254, required=False
    )
    why_nobody = forms.CharField(
        label="If nobody can be told: why?", max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with the way."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        how, to = data.get("how"), data.get("sent_to", "")
        if how == OutcomeNotice.How.EMAIL:
            try:
                forms.EmailField().clean(to)
            except forms.ValidationError:
                self.add_error("sent_to", "Enter an e-mail address, like name@example.org")
        if how == OutcomeNotice.How.NOBODY and not data.get("why_nobody"):
            self.add_error("why_nobody", "Say why nobody can be told")
        return data


class DisagreementForm(forms.Form):
    """Who disagrees, and why."""

    raised_by = forms.CharField(
        label="Who disagrees?",
        max_length=200,
        help_text="Name, job and agency.",
        error_messages={"required": "Say who disagrees"},
    )
    why = _long("Why?", "Say why they disagree")


class AnswerDisagreementForm(forms.Form):
    """What is answered, and whether it ends there."""

    answer = _long("What is the answer?", "Write the answer")
    outcome_changed = _radios(
        "Does the outcome change?",
        [("yes", "Yes: the contact is to be opened again"), ("no", "No, it stands")],
        "Select whether the outcome changes",
    )
    settled = _radios(
        "Is it settled?",
        [("yes", "Yes, they accept the answer"), ("no", "No, or not known yet")],
        "Select whether it is settled",
    )


class GuidanceForm(VersionedForm):
    """An edition of the levels of need."""

    drafted = DateField(label="Draft dated", what="Draft dated", required=False)
    approved = DateField(label="Approved on", what="Approved on", required=False)
    starts = DateField(label="In force from", what="In force from")
    ends = DateField(label="In force until", what="In force until", required=False)
    review_by = DateField(label="Next review by", what="Next review by", required=False)

    class Meta:
        model = Guidance
        fields = (
            "title", "edition", "owner", "drafted", "approved", "starts", "ends", "review_by", "change_note",
            "published_to",
        )  # fmt: skip
        labels = {"edition": "Edition", "owner": "Owned by", "change_note": "What changed",
                  "published_to": "Sent to, each on a line of its own"}  # fmt: skip
        help_texts = {"edition": "As people call it, for example “May 2019”."}


class LevelForm(forms.Form):
    """One level."""

    number = forms.IntegerField(
        label="Number",
        min_value=1,
        max_value=20,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    name = forms.CharField(label="Name", max_length=100)
    need = forms.CharField(label="What need it is", widget=forms.Textarea({"rows": 3}))
    response = forms.CharField(
        label="Who answers", widget=forms.Textarea({"rows": 2}), required=False
    )
    meets_threshold = forms.BooleanField(label="Meets the threshold of social care", required=False)


LevelFormSet = forms.formset_factory(
    LevelForm, extra=0, min_num=1, max_num=20, validate_min=True, can_delete=False
)


class EditionForm(forms.Form):
    """A new edition of a referral form, with its questions as they are in `forms.toml`."""

    whom = _radios("Whom is it for?", ReferralForm.For.choices, "Select whom it is for")
    name = forms.CharField(label="Name", max_length=200)
    edition = forms.CharField(label="Edition", max_length=50)
    starts = DateField(label="Used from", what="Used from")
    questions = forms.CharField(
        label="Questions",
        help_text="In TOML. The questions of the edition in use stand here: change them.",
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
    )

    def clean_questions(self) -> list[dict[str, Any]]:
        """Read the questions, or say where they cannot be read."""
        try:
            read = tomllib.loads(self.cleaned_data["questions"])
        except tomllib.TOMLDecodeError as error:
            raise forms.ValidationError(f"The questions cannot be read: {error}") from None
        questions = read.get("question")
        if not isinstance(questions, list) or set(read) != {"question"}:
            raise forms.ValidationError(
                "Write each question as a part that begins with [[question]]"
            )
        return questions
