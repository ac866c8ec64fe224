"""Forms of a case: transfer in, allocation, closure."""

from typing import Any

from django import forms

from sightline.service.accounts.models import Locality, Person, Team
from sightline.service.accounts.queries import holders
from sightline.service.accounts.versions import VersionedForm
from sightline.service.design.forms import DateField
from sightline.service.protection.actions.allocating import WORKERS
from sightline.service.protection.forms.parts import (
    coded,
    line,
    long_text,
    radios,
    select,
    yes_no,
    yes_no_unknown,
)
from sightline.service.protection.models import Referral


class TransferForm(forms.Form):
    """A child who has moved in."""

    transferred_from = line("Which authority did the child come from?", most=200, required=True)
    received_on = DateField(label="When were we told?", what="The day we were told")
    had_plan = yes_no_unknown(
        "Did the child have a child protection plan there?",
        hint="With one, a transfer-in conference is due within 15 working days.",
    )
    primary_need = select("Primary need", coded("primary_need"), "Not said yet")
    team = forms.ModelChoiceField(
        Team.objects.all(), label="Team", required=False, empty_label="None yet"
    )
    locality = forms.ModelChoiceField(
        Locality.objects.all(), label="Locality", required=False, empty_label="None yet"
    )


class AllocateForm(VersionedForm):
    """Who is to have a case."""

    worker = forms.ModelChoiceField(
        Person.objects.none(), label="Worker", empty_label="Choose a worker"
    )
    why_changed = select(
        "If another has it now: why does it change hands?",
        coded("worker_change"),
        "Choose a reason",
    )

    class Meta:
        model = Referral
        fields = ("team",)

    field_order = ("worker", "team", "why_changed")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        worker: Any = self.fields["worker"]
        worker.queryset = holders(WORKERS)
        now = self.instance.allocations.filter(ends_at=None).first() if self.instance.pk else None
        self.initial["worker"] = now.worker_id if now else None


class DescribeForm(VersionedForm):
    """What a case is about, and where."""

    primary_need = select(
        "Primary need", coded("primary_need"), "Choose the primary need", required=True
    )

    had_plan_there = yes_no(
        "Did the child have a child protection plan in the other authority?",
        hint="Leave it open while it is not known. With one, a transfer-in conference is due.",
    )

    class Meta:
        model = Referral
        fields = ("primary_need", "locality", "had_plan_there")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        case = self.instance
        if not case.transferred_from or case.had_plan_there is not None:
            del self.fields["had_plan_there"]


class CloseForm(forms.Form):
    """Why a case is to be closed."""

    reason = radios("Reason", coded("closure_reason"), "Select the reason")
    why = long_text(
        "Why, and on what evidence?", hint="What has changed for the child, and how is it known?"
    )
