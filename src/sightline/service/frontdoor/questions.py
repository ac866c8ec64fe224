"""A referral form's questions, which are data, as pages of Django forms; and what was answered, as a contact.

A part is `{code, kind, label, help, required, choices}`. Those whose code is in `CORE` are kept as columns of
the contact, any other as an answer under its code.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html

from sightline.clocks.months import add_months
from sightline.service.accounts.models import Agency
from sightline.service.children.identifiers import postcode
from sightline.service.children.models.known import YesNo
from sightline.service.design.forms import DateField
from sightline.service.frontdoor.forms.parts import NOT_SAID, consent_alone, goes_with_nothing
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.frontdoor.queries.thresholds import levels_on
from sightline.service.frontdoor.seeds.reading import reasons_for

CORE = frozenset(
    {
        "concern", "missing", "exploitation", "source", "agency", "referrer_name", "referrer_role",
        "referrer_phone", "referrer_email", "is_anonymous", "level_declared", "level_evidence", "consent",
        "consent_from", "override_basis", "override_reason",
    }
)  # fmt: skip
KINDS = frozenset(
    {
        "page", "text", "long", "email", "phone", "date", "choice", "yes_no", "tick", "children", "agency",
        "level", "lawful",
    }
)  # fmt: skip
NEEDED = ("concern", "children", "source")
"""Questions no form may be without."""
MOST_CHILDREN = 12
_LONG, _SHORT = 10_000, 200


class QuestionError(ValueError):
    """A question that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Part:
    """One question."""

    code: str
    kind: str
    label: str
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass
class Page:
    """A page of a form: its heading, what stands under it, its questions."""

    title: str
    help: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def has_children(self) -> bool:
        """Whether the page asks which children it is about."""
        return any(part.kind == "children" for part in self.parts)


def pages_of(questions: Iterable[Mapping[str, Any]]) -> list[Page]:
    """Read a form's parts; `QuestionError` where one cannot be used, or one that is needed is missing."""
    pages: list[Page] = []
    seen: set[str] = set()
    for place, raw in enumerate(questions, start=1):
        part = _part(place, raw)
        if part.code in seen:
            raise QuestionError(f"Question {place} has the code {part.code!r} of an earlier one.")
        seen.add(part.code)
        if part.kind == "page":
            pages.append(Page(part.label, part.help))
        elif not pages:
            raise QuestionError(f"Question {place} ({part.code}) stands before the first page.")
        else:
            pages[-1].parts.append(part)
    if empty := [page.title for page in pages if not page.parts]:
        raise QuestionError(f"The page {empty[0]!r} has no question.")
    if missing := [code for code in NEEDED if code not in seen]:
        raise QuestionError(f"The form must ask for: {', '.join(missing)}.")
    return pages


def _part(place: int, raw: Mapping[str, Any]) -> Part:
    for name in ("code", "kind", "label"):
        if not isinstance(raw.get(name), str) or not raw[name]:
            raise QuestionError(f"Question {place} has no {name}.")
    code = raw["code"]
    if unknown := sorted(set(raw) - {"code", "kind", "label", "help", "required", "choices"}):
        raise QuestionError(f"Question {place} ({code}) has {unknown[0]!r}, which no question has.")
    if raw["kind"] not in KINDS:
        raise QuestionError(
            f"Question {place} ({code}): the kind {raw['kind']!r} is none of {', '.join(sorted(KINDS))}."
        )
    if not code.isidentifier():
        raise QuestionError(f"Question {place}: the code {code!r} must be letters, digits and _.")
    pairs = raw.get("choices", ())
    if not all(isinstance(each, list | tuple) and len(each) == 2 for each in pairs):
        raise QuestionError(f"Question {place} ({code}): each choice is a code and its words.")
    if (raw["kind"] == "choice") != bool(pairs):
        raise QuestionError(f"Question {place} ({code}): choices go with the kind “choice” alone.")
    return Part(
        code,
        raw["kind"],
        raw["label"],
        raw.get("help", ""),
        bool(raw.get("required", False)),
        tuple((str(a), str(b)) for a, b in pairs),
    )


# --- As forms


class ChildForm(forms.Form):
    """What a referrer knows of one child."""

    first_names = forms.CharField(label="First names", max_length=_SHORT, required=False)
    last_name = forms.CharField(label="Last name", max_length=_SHORT, required=False)
    born = DateField(
        label="Date of birth",
        what="Date of birth",
        help_text="For example, 27 3 2012",
        required=False,
    )
    is_unborn = forms.BooleanField(label="Not born yet", required=False)
    expected = DateField(
        label="If not born yet: when is the child expected?",
        what="When the child is expected",
        required=False,
    )
    address = forms.CharField(
        label="Address", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    school = forms.CharField(label="School or nursery", max_length=_SHORT, required=False)

    def clean_postcode(self) -> str:
        """Give the postcode as it is written."""
        try:
            return postcode(given) if (given := self.cleaned_data["postcode"]) else ""
        except ValueError as error:
            raise forms.ValidationError(f"{error}, or leave it empty") from None

    def clean(self) -> dict[str, Any]:
        """Refuse a date of birth of somebody not born, or one still to come."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        born, expected = data.get("born"), data.get("expected")
        if expected and not data.get("is_unborn"):
            self.add_error("expected", "Say that the child is not born yet, or leave this empty")
        elif expected and expected > add_months(timezone.localdate(), 10):
            self.add_error("expected", "No child is expected more than 10 months from now")
        if born and data.get("is_unborn"):
            self.add_error("born", "Leave the date of birth empty for a child not born yet")
        elif born and born > timezone.localdate():
            self.add_error("born", "Date of birth must be today or in the past")
        return data

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said of the child."""
        return not any(self.cleaned_data.values())


class _Children(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """Ask for something of one child at least."""
        if not any(self.errors) and all(form.is_empty for form in self.forms):
            self.forms[0].add_error(
                None, "Tell us something about the child, as a name or where they live"
            )


ChildFormSet = forms.formset_factory(
    ChildForm, formset=_Children, extra=0, min_num=1, max_num=MOST_CHILDREN, validate_max=True
)
CHILDREN = "child"
"""The prefix of the forms of children."""


class PageForm(forms.Form):
    """The questions of one page, but for those about children."""

    def __init__(self, page: Page, data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        for part in page.parts:
            made = _field(part)
            if made is not None:
                self.fields[part.code] = made

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with an answer: from whom consent came, or why it goes on without."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        consent = data.get("consent")
        if goes_with_nothing(data):
            self._ask("consent", NOT_SAID)
        if "consent" in self.fields:
            data |= {k: v for k, v in consent_alone(consent).items() if k in self.fields}
        if consent == Contact.Consent.GIVEN and not data.get("consent_from"):
            self._ask("consent_from", "Say who gave consent, and when")
        if consent in (Contact.Consent.REFUSED, Contact.Consent.NOT_SOUGHT):
            if not data.get("override_basis"):
                self._ask("override_basis", "Select on what ground you share it without consent")
            if not data.get("override_reason"):
                self._ask("override_reason", "Say why it goes ahead without consent")
        named = data.get("referrer_name") or data.get("is_anonymous")
        if {"is_anonymous", "referrer_name"} <= set(self.fields) and not named:
            self._ask("referrer_name", "Enter your name, or say that you do not want to give it")
        return data

    def _ask(self, name: str, message: str) -> None:
        if name in self.fields and name not in self.errors:
            self.add_error(name, message)


def _field(part: Part) -> forms.Field | None:
    common = {"label": part.label, "help_text": part.help, "required": part.required}
    return _FIELDS[part.kind](part, common) if part.kind in _FIELDS else None


Common = Mapping[str, Any]


def _radios(choices: Iterable[tuple[str, Any]], common: Common) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices), widget=forms.RadioSelect, **common)


def _phone(part: Part, common: Common) -> forms.Field:
    widget = forms.TextInput({"type": "tel", "class": "govuk-input--width-20"})
    return forms.CharField(max_length=50, widget=widget, **common)


class _LevelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        """Say what need the level is, beside its name."""
        return format_html("{}. {}", obj, obj.need) if obj.need else str(obj)


def _level(part: Part, common: Common) -> forms.Field | None:
    levels = levels_on(timezone.localdate())
    if not levels.exists():
        return None  # a board that has published no levels cannot be asked for one
    return _LevelField(levels, widget=forms.RadioSelect, empty_label=None, **common)


def _agency(part: Part, common: Common) -> forms.Field:
    agencies = Agency.objects.order_by("name")
    return forms.ModelChoiceField(agencies, empty_label="Not on this list", **common)


_FIELDS: Mapping[str, Callable[[Part, Common], forms.Field | None]] = {
    "text": lambda part, common: forms.CharField(max_length=_SHORT, **common),
    "long": lambda part, common: forms.CharField(
        max_length=_LONG, widget=forms.Textarea({"rows": 6}), **common
    ),
    "email": lambda part, common: forms.EmailField(max_length=254, **common),
    "phone": _phone,
    "date": lambda part, common: DateField(what=part.label, **common),
    "choice": lambda part, common: _radios(part.choices, common),
    "yes_no": lambda part, common: _radios(YesNo.choices, common),
    "tick": lambda part, common: forms.BooleanField(**{**common, "required": False}),
    "agency": _agency,
    "level": _level,
    "lawful": lambda part, common: _radios(reasons_for("consent", timezone.localdate()), common),
}
"""What field each kind of question is; pages and children are none."""


# --- As a contact


def about_contact(pages: Iterable[Page], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Turn answers into fields of a contact; those without a column of their own go into `answers`."""
    parts = [part for page in pages for part in page.parts if part.code in cleaned]
    about: dict[str, Any] = {"answers": {}}
    for part in parts:
        value = cleaned[part.code]
        if part.code in ("missing", "exploitation"):
            # What was answered is kept beside, as an officer may find out otherwise.
            about["answers"][part.code] = value
            about[part.code] = {YesNo.YES: True, YesNo.NO: False}.get(value)
        elif part.code in CORE:
            about[part.code] = value
        else:
            about["answers"][part.code] = (
                value.isoformat() if part.kind == "date" and value else value
            )
    if about.get("is_anonymous"):
        about |= dict.fromkeys(("referrer_name", "referrer_phone", "referrer_email"), "")
    return about


def about_children(forms_of: Iterable[ChildForm]) -> list[dict[str, Any]]:
    """Give the children that something was said of, by field of `ContactChild`."""
    names = {each.name for each in ContactChild._meta.fields}
    return [
        {name: value for name, value in form.cleaned_data.items() if name in names}
        for form in forms_of
        if not form.is_empty
    ]


def answers_shown(contact: Contact) -> list[tuple[str, str]]:
    """Give what a referrer answered beside the columns of a contact: question and answer, as it was asked."""
    if contact.form is None:
        return [(code, str(value)) for code, value in contact.answers.items() if value]
    parts = {part.code: part for page in pages_of(contact.form.questions) for part in page.parts}
    words = dict(YesNo.choices)
    shown = []
    for code, value in contact.answers.items():
        part = parts.get(code)
        if not value or part is None:
            continue
        said = dict(part.choices).get(value) or (
            words.get(value, value) if part.kind == "yes_no" else value
        )
        shown.append((part.label, str(said)))
    return shown
