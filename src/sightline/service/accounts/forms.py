"""The forms of accounts."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from sightline.service.accounts.models import Agency, Appointment, Locality, Person, Team
from sightline.service.accounts.roles import ROLES, Reach, Role
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField


class PersonForm(VersionedForm):
    """Who somebody is."""

    class Meta:
        model = Person
        fields = ("name", "email", "agency", "worker", "registration")
        labels = {
            "name": "Full name",
            "email": "E-mail address",
            "agency": "Agency",
            "worker": "Name in the records",
            "registration": "Number in the register of social workers",
        }
        help_texts = {
            "email": "They sign in with it, and a link to choose a password is sent there.",
            "worker": "The name by which the files call them as a child's worker, exactly, and nobody else. "
            "Needed for a social worker, who sees their own children by it.",
            "registration": "Only a registered social worker may authorise what becomes of a contact.",
        }
        error_messages = {
            "name": {"required": "Enter their full name"},
            "email": {"required": "Enter their e-mail address"},
        }

    def clean_email(self) -> str:
        """Keep addresses in small letters: one person an address, however it is written."""
        email = str(self.cleaned_data["email"]).lower()
        if Person.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody has an account with this address already.")
        return email

    def clean_worker(self) -> str:
        """Refuse the name of another, closed accounts too: whoever had it would see their children."""
        name = str(self.cleaned_data["worker"])
        others = Person.objects.exclude(pk=self.instance.pk)
        if name and (other := others.filter(worker__iexact=name).first()):
            closed = "" if other.is_active else " (that account is closed)"
            raise forms.ValidationError(
                f"The records call {other} ({other.email}) so{closed}: this person would see the children "
                "of that one. Have the files call each by a name of their own, and enter that here."
            )
        return name


class AgencyForm(VersionedForm):
    """An agency."""

    class Meta:
        model = Agency
        fields = ("name", "kind")
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": "What kind of organisation is it?"}
        error_messages = {
            "name": {"required": "Enter the agency's name"},
            "kind": {"required": "Say what kind of organisation it is"},
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = Agency.Kind.choices  # type: ignore[attr-defined]


class TeamForm(VersionedForm):
    """A team."""

    class Meta:
        model = Team
        fields = ("name", "locality")
        help_texts = {
            "name": "Exactly as the files have it: whoever is appointed to the team sees the children "
            "whose record names it."
        }
        error_messages = {"name": {"required": "Enter the team's name"}}


class LocalityForm(VersionedForm):
    """A locality."""

    class Meta:
        model = Locality
        fields = ("name",)
        help_texts = {
            "name": "Exactly as your list of places has the district: whoever is appointed to the "
            "locality sees the children who live there."
        }
        error_messages = {"name": {"required": "Enter the locality's name"}}


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's role, from a day on. No role is chosen beforehand."""

    starts = DateField(label="First day", what="First day")
    ends = DateField(label="Last day", what="Last day", required=False)

    class Meta:
        model = Appointment
        fields = ("role", "team", "locality", "starts", "ends")
        widgets = {"role": forms.RadioSelect}
        labels = {"team": "Team", "locality": "Locality"}
        help_texts = {
            "team": "Only for a role that reaches the children of a team.",
            "locality": "For a role that reaches the children of localities; for several, appoint several "
            "times. For a role that reaches no children, the area whose figures are shown first.",
        }
        error_messages = {"role": {"required": "Choose a role"}}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.code, _explained(role)) for role in ROLES.values()
        ]


def _explained(role: Role) -> str:
    reach = "" if role.reach is Reach.NOBODY else f" Reaches {role.reach}."
    return f"{role.name}. {role.purpose}{reach}"


class EndAppointmentForm(forms.Form):
    """When an appointment ends."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[("now", "Now"), ("day", "At the end of a day")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say when it ends"},
    )
    last_day = DateField(label="Last day", what="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day where it does not end now."""
        given = super().clean() or {}
        if (
            given.get("when") == "day"
            and not given.get("last_day")
            and "last_day" not in self.errors
        ):
            self.add_error("last_day", "Enter the last day")
        return given


class PeopleFilter(forms.Form):
    """What the list of people is narrowed by."""

    mark_optional = False
    q = forms.CharField(label="Name or address", required=False, max_length=200)
    role = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[("", "Every role"), *((role.code, role.name) for role in ROLES.values())],
    )
    state = forms.ChoiceField(
        label="Account",
        required=False,
        choices=[("", "Open and closed"), ("open", "Open"), ("closed", "Closed")],
    )


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Signing in, in the words of the other pages."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["login"].label = "E-mail address"


class NewPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Asking for a link to choose a new password with."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["email"].label = "E-mail address"


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Adding a passkey: unless told otherwise, one that needs no password beside it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].label = "A name for it"
        alone = self.fields["passwordless"]
        alone.label = "Sign in with it alone, without a password"
        alone.help_text = (
            "It then asks for your finger, face or PIN. Otherwise, after the password."
        )
        alone.initial = True
