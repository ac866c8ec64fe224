"""The forms of a strategy discussion: who took part, what was said, and what was decided and why."""

from typing import Any

from django import forms

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.policies import AUTHORISE_WORK
from sightline.service.accounts.queries import holders
from sightline.service.accounts.versions import VersionedForm
from sightline.service.protection.forms.parts import (
    WithMoment,
    line,
    long_text,
    moment_parts,
    radios,
    select,
)
from sightline.service.protection.models import AgencyAtDiscussion, StrategyDiscussion

_CHAIRS = AUTHORISE_WORK.roles | {"conference_chair"}


class RecordDiscussionForm(WithMoment, VersionedForm):
    """A strategy discussion that was held. Each agency has its line; nothing is said of one beforehand."""

    chair = forms.ModelChoiceField(
        Person.objects.none(), label="Who chaired it?", empty_label="Choose the chair"
    )
    minutes = long_text("What was said", rows=8)
    actions = long_text("What is to be done, by whom, by when?", required=False)

    class Meta:
        model = StrategyDiscussion
        fields = ("chair", "minutes", "actions")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chair: Any = self.fields["chair"]
        chair.queryset = holders(_CHAIRS)
        for name, value in moment_parts(self.instance.held_at).items():
            self.initial.setdefault(name, value)
        self.agencies = list(Agency.objects.all())
        for each in self.instance.agencies.all() if self.instance.pk else ():
            self.initial.setdefault(f"of_{each.agency_id}", each.status)
            self.initial.setdefault(f"who_{each.agency_id}", each.name)
        for agency in self.agencies:
            self.fields[f"of_{agency.pk}"] = select(
                f"{agency}: did it take part?", AgencyAtDiscussion.Status.choices, "Not said"
            )
            self.fields[f"who_{agency.pk}"] = line(f"{agency}: who?", most=200)
        self.order_fields(
            [
                "day",
                "time",
                "chair",
                *(f"{kind}_{each.pk}" for each in self.agencies for kind in ("of", "who")),
                "minutes",
                "actions",
            ]
        )

    @property
    def attendance(self) -> dict[Agency, tuple[str, str]]:
        """What was said of each agency; those of which nothing was said are left out."""
        given = self.cleaned_data
        return {
            agency: (status, given.get(f"who_{agency.pk}", ""))
            for agency in self.agencies
            if (status := given.get(f"of_{agency.pk}"))
        }


class DecideDiscussionForm(forms.Form):
    """What is decided after a strategy discussion, of the record as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = radios(
        "What was decided?", StrategyDiscussion.Decision.choices, "Select what was decided"
    )
    rationale = long_text("Why?", hint="It is part of the decision.")
    without = long_text(
        "If police or health did not take part: why is it decided without them?",
        rows=3,
        required=False,
        hint="Background information counts as part. Meeting again needs no reason here.",
    )


class CorrectDiscussionForm(WithMoment):
    """When a discussion was held, corrected, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    late_because = line(
        "If it was then decided after day five whether a conference is needed: why?"
    )
    corrected_because = line("Why is it corrected?", required=True)
