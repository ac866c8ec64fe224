"""What the audit is narrowed by."""

from typing import Any

from django import forms

from sightline.service.accounts.policies import POLICIES
from sightline.service.audit.models import Verb
from sightline.service.audit.queries import OTHER_SUBJECTS, Wanted, subject_names

_DAY: dict[str, Any] = {
    "help_text": "For example 27/3/2026",
    "input_formats": ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
    "error_messages": {"invalid": "Enter a day as 27/3/2026"},
}


class AuditFilter(forms.Form):
    """Sent by POST: whom somebody looks for does not stand in an address."""

    mark_optional = False

    person = forms.CharField(
        label="Who",
        max_length=254,
        required=False,
        help_text="Part of a name, or an e-mail address",
    )
    verb = forms.ChoiceField(
        label="Did what", choices=[("", "Anything"), *Verb.choices], required=False
    )
    subject = forms.ChoiceField(label="To what", required=False)
    row = forms.CharField(
        label="Number",
        max_length=200,
        required=False,
        help_text="A child's or a row's number, in full",
    )
    request = forms.CharField(
        label="Request", max_length=40, required=False, help_text="The number a log line gives"
    )
    first = forms.DateField(label="From", required=False, **_DAY)
    last = forms.DateField(label="To", required=False, **_DAY)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        policies = {each.name for each in POLICIES}
        names = subject_names()
        tables = [(k, v) for k, v in names.items() if k not in policies | OTHER_SUBJECTS.keys()]
        subject = self.fields["subject"]
        assert isinstance(subject, forms.ChoiceField)  # noqa: S101 - said above
        subject.choices = [
            ("", "Anything"),
            ("Records", list(OTHER_SUBJECTS.items())),
            ("Kept in the service", sorted(tables, key=lambda pair: pair[1].lower())),
            ("Refused under", [(each.name, each.name) for each in POLICIES]),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the first day or after it")
        return said

    @property
    def wanted(self) -> Wanted:
        """What is asked for; the form is valid."""
        said = self.cleaned_data
        return Wanted(
            person=said["person"],
            verb=said["verb"],
            subject=said["subject"],
            row=said["row"],
            request=said["request"],
            first=said["first"],
            last=said["last"],
        )
