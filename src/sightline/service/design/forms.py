"""Django's forms in the markup of GOV.UK Frontend: `{{ form }}` is an error summary and the fields.

Set `FORM_RENDERER = "sightline.service.design.forms.GovukRenderer"`, and list `sightline.service.design`
before `django.forms` in INSTALLED_APPS. A field's label is its label, its hint the `help_text`. A field that
may be left empty says "(optional)", unless the form has `mark_optional = False`, as a filter does.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from sightline.clocks.calendar import LAST_DAY

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),  # Django's is a kind of RadioSelect
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (Input, "govuk-input"),
)
"""The class of each kind of widget; the first that fits."""

MARKED_IN_ERROR = ("govuk-select", "govuk-textarea", "govuk-file-upload", "govuk-input")
"""Classes with a form of their own for a field in error; choices are marked by their group."""


DASHES = "---------"
"""What Django shows where nothing is chosen: no word to a screen reader."""


def lower_first(text: str) -> str:
    """Begin a label in the middle of a sentence, unless it begins with a capitalised name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


class GovukBoundField(BoundField):
    """A field with its value, that gives its widget the classes GOV.UK Frontend knows."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        """Say in a word that nothing is chosen, where Django has dashes."""
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
            field.empty_label = "Choose" if field.required else "None"
        super().__init__(form, field, name)

    def build_widget_attrs(
        self, attrs: Mapping[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the classes; leave out what the browser would say in its own words or hide.

        The browser's own checks (`required`, a `maxlength` that cuts off what is pasted) give way to the
        error messages of the service, and a placeholder to the hint.
        """
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(dict(attrs), widget)
        if widget.is_hidden:
            return built
        built.pop("required", None)
        built["placeholder"] = False
        if self.kind == "textarea":
            built["maxlength"] = False
        if name := self.widget_class(widget):
            classes = [name, widget.attrs.get("class", "")]
            if self.errors and name in MARKED_IN_ERROR:
                classes.append(f"{name}--error")
            if self.kind == "password":
                classes.append("govuk-password-input__input govuk-js-password-input-input")
            if self.most:
                classes.append("govuk-js-character-count")
            built["class"] = " ".join(filter(None, classes))
        if self.most and self.auto_id:
            # The script says there how much room is left.
            described = f"{built.get('aria-describedby') or ''} {self.auto_id}-info"
            built["aria-describedby"] = described.strip()
        return built

    @staticmethod
    def widget_class(widget: forms.Widget) -> str:
        """Give the class of a widget; none for one made of several."""
        return next((name for kind, name in CLASSES if isinstance(widget, kind)), "")

    @property
    def kind(self) -> str:
        """What to write: radios, checkboxes, checkbox, file, password, textarea, group or one."""
        kinds: tuple[tuple[type[forms.Widget], str], ...] = (
            (forms.CheckboxSelectMultiple, "checkboxes"),
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "checkbox"),
            (forms.FileInput, "file"),
            (forms.PasswordInput, "password"),
            (forms.Textarea, "textarea"),
            (forms.MultiWidget, "group"),
        )
        return next((kind for type_, kind in kinds if isinstance(self.field.widget, type_)), "one")

    @property
    def most(self) -> int | None:
        """The most characters a textarea may hold, where there is a limit."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def messages(self) -> list[str]:
        """What is wrong with the field; what Django says of no field in particular is said of this one."""
        said: list[str] = []
        plain = forms.Field.default_error_messages["required"]
        for error in self.errors.as_data():
            if error.code == "required" and error.message == plain:
                said.append(self.missing)
            elif error.code == "max_length" and error.params and "limit_value" in error.params:
                most = error.params["limit_value"]
                said.append(f"{self.label} must be {most:,} characters or fewer")
            else:
                said += error.messages
        return said

    @property
    def missing(self) -> str:
        """What to do about a field that was left empty."""
        label = str(self.label)
        if self.kind == "checkbox":
            return f"To go on, tick “{label}”"
        if label.endswith("?"):
            return f"Answer “{label}”"
        if self.kind == "file":
            return f"{label}: choose a file"
        verb = "Select" if isinstance(self.field, forms.ChoiceField) else "Enter"
        return f"{verb} {lower_first(label)}"

    @property
    def optional(self) -> bool:
        """Whether to say that the field may be left empty."""
        marked = getattr(self.form, "mark_optional", True)
        return marked and not self.field.required and self.kind != "checkbox"

    @property
    def first_id(self) -> str:
        """The id of what an error message leads to: the field, or the first choice or part of it."""
        if self.kind in ("radios", "checkboxes", "group"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


class GovukRenderer(TemplatesSetting):
    """Renders forms and fields by the templates of `design/forms/`."""

    form_template_name = "design/forms/form.html"
    formset_template_name = "design/forms/formset.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = GovukBoundField


class DateParts(forms.MultiWidget):
    """A date asked for as day, month and year, which people know by heart."""

    template_name = "design/forms/date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        part = {"inputmode": "numeric", "autocomplete": "off"}
        narrow = {**part, "class": "govuk-date-input__input govuk-input--width-2"}
        wide = {**part, "class": "govuk-date-input__input govuk-input--width-4"}
        super().__init__(
            {
                "day": forms.TextInput(narrow),
                "month": forms.TextInput(narrow),
                "year": forms.TextInput(wide),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        """Give day, month and year of a date; nothing of none."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the parts, for their labels."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        wrong = (attrs or {}).get("aria-invalid") == "true"
        for part, title in zip(context["widget"]["subwidgets"], PARTS, strict=True):
            own = self.widgets[PARTS.index(title)].attrs["class"]
            part["title"] = title.capitalize()
            part["attrs"]["class"] = f"govuk-input {own}{' govuk-input--error' if wrong else ''}"
        return context


PARTS = ("day", "month", "year")
YEARS = (1850, LAST_DAY.year)
"""The first and the last year of a day that is entered; no clock is told beyond it."""


class DateField(forms.MultiValueField):
    """A date in three fields. Says which part is missing, that there is no such day, or no such year.

    `what` begins the sentences: "Date of the visit must include a month".
    """

    widget = DateParts

    def __init__(self, *, what: str = "", **more: Any) -> None:
        self._what = what
        parts = tuple(forms.CharField(required=False, max_length=9) for _ in PARTS)
        super().__init__(parts, require_all_fields=False, **more)

    def clean(self, value: Any) -> date | None:
        """Give the date, or None where all parts are empty and that is allowed."""
        given = [str(part or "").strip() for part in value or []] or [""] * len(PARTS)
        what = self._what or str(self.label or "Date")
        if not any(given):
            if self.required:
                raise forms.ValidationError(f"Enter {lower_first(what)}", code="required")
            return None
        missing = [name for name, part in zip(PARTS, given, strict=True) if not part]
        if missing:
            named = " and ".join(f"a {name}" for name in missing)
            raise forms.ValidationError(f"{what} must include {named}", code="incomplete")
        try:
            day, month, year = map(int, given)
            found = date(year, month, day)
        except ValueError:
            raise forms.ValidationError(f"{what} must be a real date", code="invalid") from None
        if year < 1000:
            raise forms.ValidationError(f"{what} must have a year of 4 numbers", code="invalid")
        if not YEARS[0] <= year <= YEARS[1]:
            said = f"{what} must have a year from {YEARS[0]} to {YEARS[1]}"
            raise forms.ValidationError(said, code="invalid")
        self.run_validators(found)
        return found

    def compress(self, data_list: Any) -> Any:
        """Not used: `clean` judges the parts together."""
        return data_list
