"""Forms about findings."""

from collections.abc import Iterable
from unicodedata import category

import pyarrow as pa
import pyarrow.compute as pc
from django import forms

from sightline.quality.trend import Became
from sightline.service.measures.quality_lists import Findings, key_of

KINDS = (("", "Errors and queries"), ("error", "Errors"), ("query", "Queries"))
BECAME = {
    Became.NEW: "New",
    Became.STILL: "Still there",
    Became.NOT_KNOWN: "Not known to be new",
    Became.MENDED: "Mended",
    Became.RECORD_GONE: "Gone with their record",
    Became.NOT_LOOKED_AT: "Not looked at now",
}
"""What became of a finding, in words."""


class FindingsFilter(forms.Form):
    """Which findings are listed. What can be chosen is what the person may see."""

    mark_optional = False
    team = forms.ChoiceField(required=False)
    person = forms.ChoiceField(required=False)
    rule = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    trend = forms.ChoiceField(
        label="Since what was published before",
        choices=[("", "Found now"), *((str(each), text) for each, text in BECAME.items())],
        required=False,
    )

    def __init__(self, findings: Findings, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        every = pa.concat_tables([findings.listed, findings.gone])
        titles = dict(zip(every["code"].to_pylist(), every["title"].to_pylist(), strict=True))
        self._choose("team", "All teams", ((name, name) for name in _names(every, "team")))
        self._choose(
            "person", "Everybody", ((key_of(name), name) for name in _names(every, "worker"))
        )
        self._choose(
            "rule",
            "All rules",
            ((code, f"{code}: {titles[code]}") for code in sorted(titles)),
        )
        if not findings.since:
            del self.fields["trend"]

    def _choose(self, field: str, everything: str, choices: Iterable[tuple[str, str]]) -> None:
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = [("", everything), *choices]

    def wanted(self) -> dict[str, list[str]]:
        """Give what was chosen, as columns of the list and their values; for a valid form."""
        asked = self.cleaned_data
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101 - declared above
        named = dict(person.choices)  # type: ignore[arg-type]
        return {
            "team": [asked["team"]] if asked["team"] else [],
            "worker": [str(named[asked["person"]])] if asked["person"] else [],
            "code": [asked["rule"]] if asked["rule"] else [],
            "severity": [asked["kind"]] if asked["kind"] else [],
            "trend": [asked["trend"]] if asked.get("trend") else [],
        }

    def sentence(self) -> str:
        """Say which findings were chosen, or nothing if all; for a valid form."""
        wanted = self.wanted()
        called = {"team": "team", "worker": "person", "code": "rule", "severity": "kind"}
        parts = [f"{called[name]} {wanted[name][0]}" for name in called if wanted[name]]
        if wanted["trend"]:
            parts.append(BECAME[Became(wanted["trend"][0])].lower())
        return f"Only {', '.join(parts)}." if parts else ""


def _names(table: pa.Table, column: str) -> list[str]:
    return sorted(pc.unique(table[column]).to_pylist())


class FindingNoteForm(forms.Form):
    """Why a query is right as it is."""

    reason = forms.CharField(
        label="Why is it right as it is?",
        help_text="Whoever sees this finding can read it. For example, “Family abroad, agreed with "
        "the chair”.",
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        error_messages={
            "required": "Say why it is right as it is",
            "max_length": "The reason must be 500 characters or less",
        },
    )

    def clean_reason(self) -> str:
        """Give it on one line, as the store keeps it."""
        said = " ".join(self.cleaned_data["reason"].split())
        if any(category(each) in ("Cc", "Cs") for each in said):
            raise forms.ValidationError("The reason has signs that are no text: write it anew")
        return said
