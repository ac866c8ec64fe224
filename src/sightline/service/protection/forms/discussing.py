"""The form of a strategy discussion: which agency took part, what was said, decided, and why."""

from typing import Any

from django import forms

from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.policies import AUTHORISE_WORK
from sightline.service.accounts.queries import holders
from sightline.service.protection.forms.parts import WithMoment, line, long_text, radios, select
from sightline.service.protection.models import AgencyAtDiscussion, StrategyDiscussion

_CHAIRS = AUTHORISE_WORK.roles | {"conference_chair"}


class HoldDiscussionForm(WithMoment):
    """A strategy discussion that was held. Each agency has its line; nothing is said of one beforehand."""

    chair = forms.ModelChoiceField(
        Person.objects.none(), label="Who chaired it?", empty_label="Choose the chair"
    )
    minutes = long_text("What was said", rows=8)
    decision = radios(
        "What was decided?", StrategyDiscussion.Decision.choices, "Select what was decided"
    )
    rationale = long_text("Why?", hint="It is part of the decision.")
    actions = long_text("What is to be done, by whom, by when?", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chair: Any = self.fields["chair"]
        chair.queryset = holders(_CHAIRS)
        self.agencies = list(Agency.objects.all())
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
                "decision",
                "rationale",
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
