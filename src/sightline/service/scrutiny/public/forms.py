"""What the public narrows lists by, and how it asks for letters."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.service.scrutiny.public import search, visible

STATES = (
    ("", "All requests"),
    ("open", "Not closed"),
    ("overdue", "Overdue"),
    ("answered", "Answered"),
    ("closed", "Closed by the committee"),
)


class _Filter(forms.Form):
    """A filter; what is chosen is in the address."""

    mark_optional = False


class _OfCommittee(_Filter):
    """A filter that begins with the committee."""

    committee = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a committee from the list"}
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = visible.committees().values_list("slug", "name")
        self.fields["committee"].choices = [("", "All committees"), *chosen]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Give what was chosen; empty where nothing was, or nothing that is there."""
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""

    @property
    def year_chosen(self) -> int | None:
        """Give the year that was chosen."""
        year = self.chosen("year")
        return int(year) if year else None


class MeetingFilter(_OfCommittee):
    """Meetings of a committee and year."""

    year = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a year from the list"}
    )

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        listed = [(str(year), str(year)) for year in years]
        self.fields["year"].choices = [("", "All years"), *listed]  # type: ignore[attr-defined]


class RequestFilter(_OfCommittee):
    """Requests of a committee, and how far they have come."""

    state = forms.ChoiceField(
        label="Which",
        required=False,
        choices=STATES,
        error_messages={"invalid_choice": "Choose which requests from the list"},
    )


class SearchForm(_OfCommittee):
    """Words, and where to look for them."""

    q = forms.CharField(label="Words", required=False, max_length=None)
    kind = forms.ChoiceField(
        required=False,
        choices=[("", "Everything"), *((key, name) for key, (name, _) in search.KINDS.items())],
        error_messages={"invalid_choice": "Choose what to look in from the list"},
    )
    year = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a year from the list"}
    )
    field_order = ("q", "committee", "kind", "year")

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        listed = [(str(year), str(year)) for year in years]
        self.fields["year"].choices = [("", "All years"), *listed]  # type: ignore[attr-defined]


class SubscribeForm(forms.Form):
    """An address, and what its owner wants to be told of."""

    mark_optional = False
    about = forms.ChoiceField(
        label="What do you want to be told of?",
        required=False,
        error_messages={"invalid_choice": "Choose a committee or topic from the list"},
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="A letter is sent to it first, with a link to confirm. It is used for these letters alone, "
        "and forgotten when you end them.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the form name@example.com",
        },
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        committees = visible.committees().values_list("slug", "name")
        topics = visible.topics().values_list("slug", "title")
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "Everything"),
            *((f"committee:{slug}", name) for slug, name in committees),
            *((f"topic:{slug}", f"Topic: {title}") for slug, title in topics),
        ]
